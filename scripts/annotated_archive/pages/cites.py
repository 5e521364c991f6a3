"""Citations: how a work or an article is written out, and the numbered footnotes of one page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from annotated_archive.graph.tracing import Traced
from annotated_archive.pages import wording
from annotated_archive.records import dates
from annotated_archive.records.article import Article
from annotated_archive.records.bibliography import Work


@dataclass(frozen=True)
class Citation:
    """A cited work written out: what stands before its title, the title, its address, and what follows.

    `side` says whose voice it is; `page` is where the site itself says more (`bibliography` with a fragment, or the
    article), without suffix.
    """

    id: str
    before: str
    title: str
    url: str | None
    after: str
    side: str
    page: str
    fragment: str


@dataclass
class Footnotes:
    """The citations of one page, numbered in the order of their first use."""

    graph: Traced
    numbers: dict[str, int] = field(default_factory=dict)
    uses: dict[str, int] = field(default_factory=dict)

    def use(self, identifiers: Iterable[str]) -> list[tuple[int, str]]:
        """(number, id of the reference) of each work cited at one place."""
        used = []
        for identifier in dict.fromkeys(identifiers):
            number = self.numbers.setdefault(identifier, len(self.numbers) + 1)
            self.uses[identifier] = self.uses.get(identifier, 0) + 1
            used.append((number, f"ref-{number}-{self.uses[identifier]}"))
        return sorted(used)

    def entries(self) -> list[tuple[int, Citation, list[str]]]:
        """(number, citation, ids of the references to it), in order."""
        return [
            (number, citation(self.graph, identifier), [f"ref-{number}-{n + 1}" for n in range(self.uses[identifier])])
            for identifier, number in self.numbers.items()
        ]


def citation(graph: Traced, identifier: str) -> Citation:
    """The work or article of that id written out. An unknown id is shown as it is."""
    if work := graph.work(identifier):
        return of_work(work)
    if article := graph.archive.articles.get(identifier):
        return of_article(graph, article.record)
    return Citation(identifier, "", f"[{identifier}: not in the bibliography]", None, "", "", "bibliography", "")


def of_work(work: Work) -> Citation:
    """A work of the bibliography written out."""
    authors = wording.joined([str(name) for name in work.author])
    container = work.container_title if work.container_title != authors else None
    publisher = work.publisher if work.publisher not in (container, authors) else None
    issued = dates.words(work.issued) if work.issued else "undated"
    after = ", ".join(part for part in (container, publisher, issued) if part) + "."
    if work.copy_at:
        after += f" Read in the copy at {work.copy_at}."
    if work.language and work.language.split("-")[0] != "en":
        after += f" In {wording.language(work.language)}."
    tag = wording.ALIGNMENT_TAGS[work.alignment]
    side = f"{tag}: {work.alignment_note}" if work.alignment_note else tag
    return Citation(
        work.id, f"{authors}, " if authors else "", quoted(work.title), work.url, after, side, "bibliography", work.id
    )


def of_article(graph: Traced, article: Article) -> Citation:
    """An article of the archive written out as a source."""
    outlet = graph.label(article.source) if article.source else None
    date = f"{dates.words(article.date)} ({how_known(article)})" if article.date else "undated"
    after = ", ".join(part for part in (outlet.name if outlet else None, date) if part) + "."
    return Citation(
        article.id, "", quoted(article.title), None, f"{after} In this archive.", "", f"articles/{article.id}", ""
    )


def short(graph: Traced, identifier: str) -> str:
    """A work or article in two or three words, for where it is linked to its full entry: "Reuters, 2022"."""
    if work := graph.work(identifier):
        authors = wording.joined([str(author) for author in work.author])
        name = work.container_title or work.publisher or authors or work.copy_at or work.title
        year = dates.year(work.issued)
        return f"{name}, {year}" if year else name
    article = graph.archive.articles.get(identifier)
    outlet = graph.label(article.record.source or "") if article else None
    return f"{outlet.name}, in this archive" if outlet else citation(graph, identifier).title


def quoted(title: str) -> str:
    """A title in quotation marks; a description of ours, which the bibliography keeps in brackets, stays bare."""
    return title if title.startswith("[") and title.endswith("]") else f"“{title}”"


def how_known(article: Article) -> str:
    """How the archive knows an article's date, in words."""
    return wording.DATE_SOURCES.get(article.date_source or "", "origin not recorded")
