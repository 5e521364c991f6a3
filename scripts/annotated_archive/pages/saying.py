"""A claim in words: who says what, as of when, through whom, and the link to the words that carry it."""

from __future__ import annotations

from collections.abc import Collection

from markupsafe import Markup, escape

from annotated_archive.graph import Graph
from annotated_archive.pages import cites, wording
from annotated_archive.pages.draft import Draft
from annotated_archive.records import dates
from annotated_archive.records.claim import Claim, Value
from annotated_archive.store import AnnotationFile

RELATIONS = {
    "updates": "updates", "repeats": "repeats", "confirms": "confirms, independently,", "disputes": "disputes",
}  # fmt: skip
BACK = {"confirms": "confirmed, independently, by", "disputes": "disputed by"}
THE = ("United ", "Soviet ")
"""How names of states begin that take an article in a sentence."""


def path_of(graph: Graph, claim: Claim) -> str:
    """The path, without suffix, of the page on which a claim stands beside the others of its event or question."""
    if claim.position:
        known = claim.position.question in graph.archive.questions
        return f"questions/{claim.position.question}" if known else "said/index"
    return f"said/{claim.event}-{claim.measure}"


def sentence(draft: Draft, file: AnnotationFile) -> Markup:
    """The claim as one plain sentence, without a full stop, with links: "Ministry …: 49 … killed, as of …, in …"."""
    claim = file.record.claim
    if claim is None:
        return Markup("")
    parts = [
        Markup("{}: {}").format(draft.name(claim.claimant), content(draft, claim)),
        escape(f"as of {dates.words(claim.as_of)}"),
    ]
    return Markup(", ").join([*parts, *chain(draft, file)])


def made(draft: Draft, claimant: str, which: Collection[str]) -> list[tuple[str, Markup, str]]:
    """Of the claims that an entity made, in the order of time, those `which` are listed: (as of when, what, address of
    the page that compares)."""
    found = []
    for identifier in which:
        file = draft.graph.claims[identifier]
        if claim := file.record.claim:
            words = Markup(", ").join([content(draft, claim), *chain(draft, file)])
            found.append((dates.words(claim.as_of), words, compared(draft, file)))
    return found


def compared(draft: Draft, file: AnnotationFile) -> str:
    """The address of a claim where it stands beside the others."""
    assert file.record.claim
    page = path_of(draft.graph, file.record.claim)
    return draft.href(draft.site.parts.place(page, file.record.id), f"c-{file.record.id}")


def page_of(draft: Draft, file: AnnotationFile) -> str:
    """The address of the page, or part of one, on which a claim stands beside the others."""
    assert file.record.claim
    return draft.href(draft.site.parts.place(path_of(draft.graph, file.record.claim), file.record.id))


def content(draft: Draft, claim: Claim) -> Markup:
    """What is claimed: the figure and what it counts, or the answer to a question."""
    if claim.position:
        question = draft.graph.archive.questions.get(claim.position.question)
        asked = question.question if question else claim.position.question
        return Markup("to the question “{}”: <q>{}</q>").format(asked, claim.position.as_quoted)
    return counted(draft, claim)


def counted(draft: Draft, claim: Claim) -> Markup:
    """The figure and what it counts: "at least 49 service personnel of Armenia killed"."""
    assert claim.value and claim.subject and claim.measure
    figure = escape(amount(claim.value))
    side = whose(draft, claim)
    match claim.measure:
        case "territory":
            return Markup("{} square kilometres of territory ({})").format(figure, side)
        case "duration":
            return Markup("{} days ({})").format(figure, side)
    if claim.subject.category == "dead-and-missing":
        return Markup("{} of {} dead and missing").format(figure, side)
    one = (wording.CATEGORIES[claim.subject.category or "people"]).split(",")[0]
    return Markup("{} {} of {} {}").format(figure, one, side, wording.DONE[claim.measure])


def whose(draft: Draft, claim: Claim) -> Markup:
    """Whose figure a claim gives, as a link: "Armenia", "the United States", "all sides together"."""
    if not claim.subject or not claim.subject.side:
        return Markup("all sides together")
    name = draft.name(claim.subject.side)
    return Markup("the {}").format(name) if name.striptags().startswith(THE) else name


def amount(value: Value) -> str:
    """A figure in our words: "49", "at least 10", "140–150", "about 450"."""
    low, high = (None if n is None else f"{n:,}" for n in (value.min, value.max))
    if value.number is not None:
        words = f"{value.number:,}"
    elif low is not None and high is not None:
        words = low if low == high else f"{low}–{high}"
    else:
        words = f"at least {low}" if low is not None else f"at most {high}"
    return f"about {words}" if value.approx else words


def chain(draft: Draft, file: AnnotationFile) -> list[Markup]:
    """Through whom a claim reached this archive: "via X", "via Y", "in the Z article" with a link to its words."""
    claim = file.record.claim
    through = [Markup("via {}").format(_named(draft, one)) for one in (claim.via if claim else [])]
    return [*through, carrier(draft, file)]


def carrier(draft: Draft, file: AnnotationFile) -> Markup:
    """The article or the work that carries a claim, as a link to its words: "in the Valley Gazette article"."""
    return Markup('in <a href="{}">{}</a>').format(address(draft, file), place(draft, file))


def place(draft: Draft, file: AnnotationFile) -> str:
    """The article or the work that carries a claim, in a few words."""
    record = file.record
    article = draft.graph.archive.articles.get(record.article or "")
    if article is None:
        return cites.short(draft.graph, record.work or "")
    outlet = draft.graph.label(article.record.source or "")
    return f"the {outlet.name} article" if outlet else f"the article “{article.record.title}”"


def address(draft: Draft, file: AnnotationFile) -> str:
    """Where the words of a claim stand: the note on them in their article, or the work's entry."""
    record = file.record
    if article := draft.graph.archive.articles.get(record.article or ""):
        shown = article.record.rights.publish == "full"
        return draft.href(f"articles/{record.article}", f"a-{record.id}" if shown else "")
    return draft.href("bibliography", record.work or "")


def language(draft: Draft, file: AnnotationFile) -> str:
    """The language of the words that carry a claim, as a code; empty where it is not recorded."""
    if article := draft.graph.archive.articles.get(file.record.article or ""):
        return article.record.language
    work = draft.graph.work(file.record.work or "")
    return (work.language or "") if work else ""


def _named(draft: Draft, identifier: str) -> Markup:
    """An actor, a work or an article by its short name, as a link."""
    if draft.graph.label(identifier):
        return draft.name(identifier)
    cited = cites.citation(draft.graph, identifier)
    words = cites.short(draft.graph, identifier)
    return Markup('<a href="{}">{}</a>').format(draft.href(cited.page, cited.fragment), words)


def label(draft: Draft, file: AnnotationFile, year: int | None = None, named: bool = False) -> Markup:
    """A claim in a few words, as a link to where it stands beside the others: "49 (13 September)".

    `year` is the one that the reader is in, which is not said again; `named` adds who makes the claim.
    """
    claim = file.record.claim
    if claim is None:
        return Markup("")
    words = amount(claim.value) if claim.value else _shortened(claim.position.as_quoted if claim.position else "")
    href = compared(draft, file)
    day = dates.words(claim.as_of.partition("T")[0]).removesuffix(f" {year}")
    found = Markup('<a href="{}">{}</a> ({})').format(href, words, day)
    return Markup("{}, {}").format(found, draft.name(claim.claimant)) if named else found


def relations(draft: Draft, files: list[AnnotationFile]) -> list[tuple[str, list[Markup]]]:
    """How a claim (with those that repeat it) says it stands to others, and what others say of it, in words."""
    own = dict.fromkeys(file.record.id for file in files)
    year = dates.year(files[0].record.claim.as_of) if files[0].record.claim else None
    found: list[tuple[str, list[Markup]]] = []
    for kind, words in RELATIONS.items():
        targets = dict.fromkeys(r.claim for file in files for r in file.record.relations if r.type == kind)
        known = [draft.graph.claims[target] for target in targets if target not in own and target in draft.graph.claims]
        if known:
            found.append((words, [label(draft, file, year, named=kind != "updates") for file in known]))
    for kind, words in BACK.items():
        pointing = {file.record.id: file for one in own for file in draft.site.said.pointing(one, kind)}
        if pointing:
            found.append((words, [label(draft, file, year, named=True) for file in pointing.values()]))
    return found


def _shortened(words: str, most: int = 48) -> str:
    """The first words of a quotation, in quotation marks."""
    return f"“{words}”" if len(words) <= most else f"“{words[:most].rsplit(' ', 1)[0]} …”"
