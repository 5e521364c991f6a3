"""The pages of questions: every side's answer in its own words, in the alphabetical order of the sides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from annotated_archive.claims.groups import claim_of, in_order, repeated, zone
from annotated_archive.claims.moments import moment
from annotated_archive.claims.sides import side_of
from annotated_archive.graph import Annotated
from annotated_archive.pages import notes, saying, statements
from annotated_archive.pages.base import Page
from annotated_archive.pages.draft import Draft, Site
from annotated_archive.records import dates
from annotated_archive.records.question import Question
from annotated_archive.store import AnnotationFile


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


def pages(site: Site) -> Iterator[Page]:
    """A page for each question."""
    for question in site.graph.archive.questions.values():
        yield _page(site, question)


def _page(site: Site, question: Question) -> Page:
    draft = Draft(site, f"questions/{question.id}")
    claims = site.said.answers.get(question.id, {})
    same = repeated(claims)
    local = zone(claims.values())
    by_side: dict[str, list[Answer]] = {side: [] for side in site.settings.sides}
    others: list[Answer] = []
    for file in in_order(claims.values(), local):
        together = same.get(file.record.id, (file.record.id,))
        if together[0] == file.record.id:
            side = side_of(site.graph.entities, claim_of(file).claimant)
            by_side.get(side, others).append(_answer(draft, file, [claims[other] for other in together[1:]]))
    groups = dict.fromkeys(same.values())
    found = [statements.statement(draft, [claims[one] for one in together]) for together in groups]
    event = site.graph.entities.get(question.event)
    return draft.page(
        "questions.html",
        title=question.question,
        description=f"What each side answers, in its own words{f': {event.name}' if event else ''}.",
        kind="said",
        source="archive/questions.yml",
        question=question,
        sides=sorted(
            ((draft.name(side), _name(draft, side), answers) for side, answers in by_side.items()),
            key=lambda entry: entry[1].casefold(),
        ),
        others=others,
        answers=len(others) + sum(len(answers) for answers in by_side.values()),
        places=len(claims),
        statements=[statement for statement in found if statement],
        rendered=notes,
    )


def _name(draft: Draft, identifier: str) -> str:
    entity = draft.graph.entities.get(identifier)
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
