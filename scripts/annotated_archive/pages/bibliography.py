"""The bibliography: every work with whose voice it is, the words relied on, the date read, and where it is cited."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from annotated_archive.pages import docs, wording
from annotated_archive.pages.base import Job, Page
from annotated_archive.pages.cites import Citation, of_work
from annotated_archive.pages.draft import Draft, Site
from annotated_archive.pages.notes import cut
from annotated_archive.pages.parts import Item, Listing, numbered
from annotated_archive.records.bibliography import Work
from annotated_archive.store import DocFile

PATH = "bibliography"
MOST = 250_000  # bytes of a page's works, about
TITLE = 40  # characters of a title that names a part


@dataclass(frozen=True)
class Entry:
    """A work for the page: itself, written out, and who cites it."""

    work: Work
    citation: Citation
    entities: tuple[str, ...]
    docs: list[DocFile]


def jobs(site: Site) -> Iterator[Job]:
    """The bibliography, in groups by whose voice the works are, and in parts where it is long."""
    return site.parts.jobs(PATH, _page)


def listing(site: Site) -> Listing:
    """All works. Their weights are about as many bytes as they take."""
    cited_by, cited = site.graph.cited_by, _cited_in(site)
    items = []
    for work in _ordered(site):
        told = work.title + (work.note or "") + (work.alignment_note or "") + 2 * (work.url or "")
        pages = len(cited_by.get(work.id, ())) + len(cited.get(work.id, ()))
        weight = 400 + len(told) + sum(len(words) + 60 for words in work.words) + 80 * pages
        items.append(Item(work.id, weight, _short(work)))
    return Listing(items, MOST, numbered(PATH))


def _ordered(site: Site) -> list[Work]:
    order = list(wording.ALIGNMENTS)
    return sorted(
        site.graph.record.works.values(),
        key=lambda work: (order.index(work.alignment), sort_words(work), work.id),
    )


def works(site: Site, _: str) -> tuple[list[tuple[str, int, str]], int]:
    """(alignment, how many works, path of the part where they begin) of each group, and how many works there are."""
    groups = []
    for alignment, group in groupby(_ordered(site), key=lambda work: work.alignment):
        of_group = list(group)
        groups.append((alignment, len(of_group), site.parts.place(PATH, of_group[0].id)))
    return groups, sum(amount for _, amount, _ in groups)


def cited_in(site: Site, work: str) -> list[DocFile]:
    """The hand-written pages that cite a work."""
    return _cited_in(site).get(work, [])


def _cited_in(site: Site) -> dict[str, list[DocFile]]:
    return site.once("cited in", lambda: docs.cited_in(site.graph))


def _page(site: Site, base: str, number: int) -> Page:
    part = site.parts.part(base, number)
    draft = Draft(site, part.path)
    groups, total = site.ask("works")
    amounts = {alignment: amount for alignment, amount, _ in groups}
    shown = [draft.graph.archive.works[one] for one in part.ids]
    return draft.page(
        "bibliography.html",
        title="Bibliography" if number == 1 else f"Bibliography, part {number}",
        description="Every work cited in this archive, with whose voice it is, the words relied on and the date read.",
        kind="bibliography",
        source="archive/bibliography.yml",
        ways=[(alignment, wording.ALIGNMENTS[alignment], amount, path) for alignment, amount, path in groups],
        groups=[
            (
                alignment,
                wording.ALIGNMENTS[alignment],
                amounts[alignment],
                [
                    Entry(work, of_work(work), site.graph.cited_by.get(work.id, ()), site.ask("cited in", work.id))
                    for work in group
                ],
            )
            for alignment, group in groupby(shown, key=lambda work: work.alignment)
        ],
        total=total,
        title_of=docs.title,
        parts=site.parts.nav(base),
        part=part,
    )


def _short(work: Work) -> str:
    """What a part is called that begins with a work: what it is sorted by, its title cut short."""
    first, title = _first(work), cut(work.title, TITLE)
    return f"{first}, {title}" if first else title


def _first(work: Work) -> str:
    return (work.author[0].family or str(work.author[0])) if work.author else work.container_title or ""


def sort_words(work: Work) -> str:
    """What a work is sorted by: its first author or container, then its title."""
    return f"{_first(work)} {work.title.lstrip('[“')}".casefold()
