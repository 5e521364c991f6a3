"""The same statement in several places: the words of each, side by side, with what differs marked."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup

from annotated_archive.claims.groups import claim_of
from annotated_archive.claims.sides import side_of
from annotated_archive.claims.words import LEFT_OUT, Run, compared
from annotated_archive.graph import Annotated
from annotated_archive.pages import notes, saying
from annotated_archive.pages.draft import Draft
from annotated_archive.records import dates
from annotated_archive.store import AnnotationFile


@dataclass(frozen=True)
class Column:
    """One place: its words in runs, where they stand, whose text it is, and corrections of these words."""

    runs: list[Run]
    place: str
    href: str
    claimant: Markup
    as_of: str
    note: str
    language: str
    fixes: list[tuple[Annotated, str]]


@dataclass(frozen=True)
class Statement:
    """One statement in all its places; `same` if every place has the same words.

    `apart` if none shares half of its words with the first: then nothing is marked, since nearly all would be.
    """

    columns: list[Column]
    same: bool
    apart: bool


def statement(draft: Draft, files: list[AnnotationFile]) -> Statement | None:
    """The statement that these claims of one origin carry, a cited work's own text first; None without two places."""
    carried = [(file, words) for file in files if (words := carrying(draft, file))]
    if len(carried) < 2:
        return None
    carried.sort(key=lambda pair: (not _own(draft, pair[0]), pair[0].record.work is None))
    runs = compared([words for _, words in carried])
    apart = all(2 * _shared(own) < _words(words) for own, (_, words) in zip(runs[1:], carried[1:], strict=True))
    if apart:
        runs = [[Run("same", words)] for _, words in carried]
    columns = [_column(draft, file, own) for (file, _), own in zip(carried, runs, strict=True)]
    return Statement(columns, not apart and all(run.kind == "same" for own in runs for run in own), apart)


def _words(text: str) -> int:
    return len(re.findall(r"\w+", text))


def _shared(runs: list[Run]) -> int:
    """How many words of a wording stand in the first one too."""
    return sum(_words(run.text) for run in runs if run.kind == "same")


def carrying(draft: Draft, file: AnnotationFile) -> str:
    """The words that carry a claim: those it is anchored to, where they may be shown, or the answer as quoted."""
    article = draft.graph.archive.articles.get(file.record.article or "")
    publish = article.record.rights.publish if article else "full"
    words = f" {LEFT_OUT} ".join(notes.quotable(file.record, publish))
    position = claim_of(file).position
    return " ".join((words or (position.as_quoted if position else "")).split())


def corrections(draft: Draft, file: AnnotationFile) -> list[Annotated]:
    """The corrections of the words that carry a claim; none where its article's text, and its notes, are not shown."""
    record = file.record
    article = draft.graph.archive.articles.get(record.article or "")
    if article is None or article.record.rights.publish != "full":
        return []
    return draft.graph.corrections_of(record.id)


def _column(draft: Draft, file: AnnotationFile, runs: list[Run]) -> Column:
    record, claim = file.record, claim_of(file)
    work = draft.graph.work(record.work or "")
    note = "an article of this archive"
    if work:
        note = "the publisher’s own text" if _own(draft, file) else "a cited work"
        note += f", read in the copy at {work.copy_at}" if work.copy_at else ""
    return Column(
        runs,
        saying.place(draft, file),
        saying.address(draft, file),
        draft.name(claim.claimant),
        dates.words(claim.as_of),
        note,
        saying.language(draft, file),
        [
            (fix, draft.href(f"articles/{fix.file.record.article}", f"a-{fix.file.record.id}"))
            for fix in corrections(draft, file)
        ],
    )


def _own(draft: Draft, file: AnnotationFile) -> bool:
    """Whether a claim is carried by a work of its claimant's own, or of a body of its side that published it."""
    work = draft.graph.work(file.record.work or "")
    if work is None:
        return False
    claim, entities = claim_of(file), draft.graph.outlines
    side = side_of(entities, claim.claimant)
    through = [one for one in claim.via if side_of(entities, one) == side]
    speakers = [entities[one] for one in (claim.claimant, *through) if one in entities]
    names = {str(author) for author in work.author} | {work.publisher, work.container_title}
    return any(names & {speaker.name, *speaker.forms} for speaker in speakers)
