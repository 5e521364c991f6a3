"""The two editions of a site: the public one, and the private one, which shows withheld texts to those who keep them.

The public edition is made of the record alone, and never reads `private/`. The private one is built inside that folder,
and keeps there whatever it need not make again.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from annotated_archive.graph import Graph
from annotated_archive.store import private as kept

BANNER = "Private edition: holds texts that may not be published"
"""Stands at the top of every page of the private edition."""
ROBOTS = "User-agent: *\nDisallow: /\n"
"""The private edition's robots.txt, should a server ever be given it by mistake."""
READ = (kept.TEXTS, kept.LEDGERS, kept.ANNOTATIONS, kept.ORIGINALS)
"""The folders of `private/` that the private edition is made of, relative to the archive's folder."""


def site_folder(root: Path, private: bool) -> Path:
    """Where an edition of the archive in `root` is built."""
    return root / (kept.SITE if private else "site")


def in_full(graph: Graph) -> Graph:
    """The graph of an archive that was loaded with `private`, every text that is there taken as one to be shown."""
    articles = {
        identifier: replace(
            file, record=file.record.model_copy(
                update={"rights": file.record.rights.model_copy(update={"publish": "full"})}
            )
        ) if file.text_file else file
        for identifier, file in graph.archive.articles.items()
    }  # fmt: skip
    return replace(graph, archive=replace(graph.archive, articles=articles))
