"""The search's files, made while MkDocs renders: the indexer runs in processes of its own, for which a thread waits."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from annotated_archive.search.documents import documents
from annotated_archive.search.naming import names
from annotated_archive.search.write import write
from annotated_archive.site.content import Content
from annotated_archive.site.said_words import PageWords

FOLDER = "assets/search"
"""Where a site keeps its search."""
CACHE = "search"
"""Where an archive keeps what it has indexed between builds, in its folder for such things."""


class Searching:
    """The search of `content` in the making, below the folder `site`.

    `by_hand` says which pages written by hand are on the site, and where (see `published.by_hand`).
    """

    def __init__(self, content: Content, by_hand: Mapping[str, str], site: Path) -> None:
        self._pool = ThreadPoolExecutor(1)
        self._made = self._pool.submit(_make, content, by_hand, site)

    def finish(self) -> None:
        """Wait until all is written. Raises SearchError."""
        self._made.result()

    def abandon(self) -> None:
        """Wait until nothing is written any more; whatever came of it."""
        self._pool.shutdown(cancel_futures=True)


def _make(content: Content, by_hand: Mapping[str, str], site: Path) -> None:
    forms, named = names(content.graph)
    words = PageWords(content, by_hand)  # not the content's own: that one is in use while MkDocs renders
    write(documents(content.graph, words), forms, named, site / FOLDER, content.graph.archive.build / CACHE)
