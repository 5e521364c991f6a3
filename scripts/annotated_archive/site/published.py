"""Which pages written by hand MkDocs puts on the site, and where: only these are found."""

from __future__ import annotations

from collections.abc import Iterable

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel, get_files

UNPUBLISHED = (InclusionLevel.EXCLUDED, InclusionLevel.DRAFT)
"""What `exclude_docs` and `draft_docs` name, or MkDocs leaves out by itself. Only `mkdocs serve` would show a draft."""


def by_hand(config: MkDocsConfig, files: Iterable[File] | None = None) -> dict[str, str]:
    """Path in the docs folder → path on the site without suffix, of every page there that is published.

    `files` are those that MkDocs has found there already.
    """
    found = get_files(config) if files is None else files
    return {
        file.src_uri: file.dest_uri.removesuffix(".html")
        for file in found
        if file.is_documentation_page() and file.inclusion not in UNPUBLISHED
    }
