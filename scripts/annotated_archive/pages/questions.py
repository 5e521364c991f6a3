"""The pages of questions: every side's answer in its own words, in the alphabetical order of the sides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from annotated_archive.claims.groups import claim_of, in_order, repeated, zone
from annotated_archive.claims.moments import moment
from annotated_archive.claims.sides import side_of
from annotated_archive.graph import Annotated
from annotated_archive.pages import notes, saying, statements
from annotated_archive.pages.base import Job, Page
from annotated_archive.pages.draft import Draft, Site
from annotated_archive.pages.parts import Item, Listing, numbered
from annotated_archive.records import dates
from annotated_archive.records.question import Question
from annotated_archive.store import AnnotationFile

MOST = 150_000  # bytes of a page's answers, about


@dataclass(frozen=True)
class Answer:
    """One answer: its words as quoted, who gave it as of when, through whom, and where else it is printed."""

    id: str
    words: str
    language: str
    claimant: Markup
    when: str
    datetime: str
    chain: list[Markup]
    also: list[tuple[str, Markup]]
    beside: list[tuple[str, list[Markup]]]
    disputed: str
    fixes: list[tuple[Annotated, str]]
    remarks: list[tuple[Markup, notes.Entry]]


def of_event(site: Site, event: str) -> list[Question]:
    """The questions about an event, in the order of the file."""
    return [question for question in site.graph.archive.questions.values() if question.event == event]


def jobs(site: Site) -> Iterator[Job]:
    """A page for each question."""
    for question in site.graph.archive.questions:
        yield from site.parts.jobs(f"questions/{question}", _page, identifier=question)


def listing(site: Site, question: str) -> Listing:
    """The answers to a question in the order of time, each with those of the same origin."""
    items = []
    for together in _origins(site.said.answers(question)):
        weight = 1500 * len(together) + 3 * sum(_length(file) for file in together)
        also = tuple(file.record.id for file in together[1:])
        items.append(Item(together[0].record.id, weight, dates.words(claim_of(together[0]).as_of), also=also))
    return Listing(items, MOST, numbered(f"questions/{question}", "/"))


def _origins(claims: dict[str, AnnotationFile]) -> list[list[AnnotationFile]]:
    """The answers of one origin together, in the order of time."""
    same = repeated(claims)
    found = []
    for file in in_order(claims.values(), zone(claims.values())):
        together = same.get(file.record.id, (file.record.id,))
        if together[0] == file.record.id:
            found.append([claims[one] for one in together])
    return found


def _length(file: AnnotationFile) -> int:
    """How many characters an answer has, with what is remarked on it."""
    position = claim_of(file).position
    return len(position.as_quoted if position else "") + len(file.record.body or "")


def _page(site: Site, base: str, number: int, identifier: str) -> Page:
    question = site.graph.archive.questions[identifier]
    part = site.parts.part(base, number)
    draft = Draft(site, part.path)
    claims = site.said.answers(identifier)
    everything = _origins(claims)
    by_side: dict[str, list[Answer]] = {side: [] for side in site.settings.sides}
    amounts: Counter[str] = Counter()
    others: list[Answer] = []
    here = set(part.ids)
    for together in everything:
        side = side_of(site.graph.outlines, claim_of(together[0]).claimant)
        amounts[side] += 1
        if together[0].record.id in here:
            by_side.get(side, others).append(_answer(draft, together[0], together[1:]))
    groups = [ids for ids in dict.fromkeys(repeated(claims).values()) if ids[0] in here]
    found = [statements.statement(draft, [claims[one] for one in together]) for together in groups]
    event = site.graph.label(question.event)
    return draft.page(
        "questions.html",
        title=question.question if number == 1 else f"{question.question} Part {number}",
        description=f"What each side answers, in its own words{f': {event.name}' if event else ''}.",
        kind="said",
        source="archive/questions.yml",
        question=question,
        sides=sorted(
            (
                (draft.name(side), _name(draft, side), answers, amounts[side])
                for side, answers in by_side.items()
            ),
            key=lambda entry: entry[1].casefold(),
        ),
        others=others,
        answers=len(everything),
        shown=len(part.ids),
        places=len(claims),
        statements=[statement for statement in found if statement],
        rendered=notes,
        parts=site.parts.nav(base),
        part=part,
    )


def _name(draft: Draft, identifier: str) -> str:
    entity = draft.graph.label(identifier)
    return entity.name if entity else identifier


def _answer(draft: Draft, file: AnnotationFile, also: list[AnnotationFile]) -> Answer:
    claim, record = claim_of(file), file.record
    assert claim.position
    at = moment(claim.as_of, zone([file]))
    return Answer(
        record.id,
        claim.position.as_quoted,
        saying.language(draft, file),
        draft.name(claim.claimant),
        dates.words(claim.as_of),
        claim.as_of if at.precision in ("hour", "day") else "",
        saying.chain(draft, file),
        [(f.record.id, Markup("also printed {}").format(saying.carrier(draft, f))) for f in also],
        saying.relations(draft, [file, *also]),
        (record.reason or "").rstrip(".") if record.status == "disputed" else "",
        [
            (fix, draft.href(f"articles/{fix.file.record.article}", f"a-{fix.file.record.id}"))
            for fix in statements.corrections(draft, file)
        ],
        list(notes.thread(draft, (file, *also))),
    )
