"""The bibliography: every work with whose voice it is, the words relied on, the date read, and where it is cited."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from annotated_archive.pages import docs, wording
from annotated_archive.pages.base import Page
from annotated_archive.pages.cites import Citation, of_work
from annotated_archive.pages.draft import Draft, Site
from annotated_archive.records.bibliography import Work
from annotated_archive.store import DocFile


@dataclass(frozen=True)
class Entry:
    """A work for the page: itself, written out, and who cites it."""

    work: Work
    citation: Citation
    entities: tuple[str, ...]
    docs: list[DocFile]


def page(site: Site) -> Page:
    """The bibliography page, in groups by whose voice the works are."""
    draft = Draft(site, "bibliography")
    order = list(wording.ALIGNMENTS)
    cited_in = docs.cited_in(site.graph)
    works = sorted(
        site.graph.archive.works.values(),
        key=lambda work: (order.index(work.alignment), sort_words(work), work.id),
    )
    groups = [
        (
            alignment,
            wording.ALIGNMENTS[alignment],
            [
                Entry(work, of_work(work), site.graph.cited_by.get(work.id, ()), cited_in.get(work.id, []))
                for work in group
            ],
        )
        for alignment, group in groupby(works, key=lambda work: work.alignment)
    ]
    return draft.page(
        "bibliography.html",
        title="Bibliography",
        description="Every work cited in this archive, with whose voice it is, the words relied on and the date read.",
        kind="bibliography",
        source="archive/bibliography.yml",
        groups=groups,
        total=len(works),
        quoted=sum(1 for work in works if work.words),
        title_of=docs.title,
    )


def sort_words(work: Work) -> str:
    """What a work is sorted by: its first author or container, then its title."""
    first = (work.author[0].family or str(work.author[0])) if work.author else work.container_title or ""
    return f"{first} {work.title.lstrip('[“')}".casefold()
