"""What a search of an archive finds, for a search that has no site to look at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from annotated_archive.records.diagnostic import ContentError
from annotated_archive.search.document import Document, Name, Named
from annotated_archive.search.documents import documents
from annotated_archive.search.naming import names
from annotated_archive.site import content, published
from annotated_archive.site.plugin import settings
from annotated_archive.site.renderer import configure, mkdocs_session
from annotated_archive.site.said_words import PageWords


def documents_of(root: Path) -> tuple[Iterator[Document], list[Name], list[Named]]:
    """The documents of the archive in `root`, the forms of its names, and the entities that bear them.

    Raises ContentError when the check finds errors, SiteError when `mkdocs.yml` cannot be read.
    """
    root = root.resolve()
    with mkdocs_session():
        config = configure(root, root / "site", strict=False)
        by_hand = published.by_hand(config)
    try:
        made = content.read(root, settings(config))
    except content.ContentRefused as refused:
        raise ContentError(*refused.diagnostics) from None
    return documents(made.graph, PageWords(made, by_hand)), *names(made.graph)
