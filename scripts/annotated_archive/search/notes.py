"""Annotations and claims as a search finds them: what they say, the words they are about, and what replies to them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from annotated_archive.graph import SHOWN, Annotated
from annotated_archive.graph.tracing import Traced
from annotated_archive.names import Mention
from annotated_archive.search.articles import outlet, page_of
from annotated_archive.search.document import Document
from annotated_archive.search.gathering import Gathered, fragment_of
from annotated_archive.search.words import Words
from annotated_archive.store import AnnotationFile, ArticleFile

LANGUAGE = "en"
"""The language of what the archive itself says, as its pages have it."""


def of_annotation(
    graph: Traced, words: Words, article: ArticleFile, note: Annotated, fixes: list[Annotated]
) -> Document:
    """An annotation of an article, which stands on the article's page; `fixes` are the article's corrections.

    A note has the article's title in its byline: a search for the words of a title means the article, not every note
    on it. A claim is called by what it says, or what it answers, and dated by when it was said.
    """
    record = note.file.record
    fragment = fragment_of(record.id)
    made = Gathered(graph.matcher)
    if record.claim:
        title, date, dated = _asserted(graph, words, note.file), record.claim.as_of, ""
        byline = _claimant(graph, note.file)
        _claimed(graph, made, note.file, title)
    else:
        title, date = f"{record.kind.capitalize()} {note.number}", article.record.date or ""
        dated = words.dated(article.record)
        by = record.author.name if record.author else ""
        byline = ", ".join(part for part in (f"on “{article.record.title}”", outlet(graph, article), by) if part)
    if not _answers(note.file):
        made.add(words.plain(record.body or ""), fragment)
    _quote(graph, made, article, note, [] if record.kind == "correction" else fixes)
    if _answers(note.file):
        _answer(words, made, note.file, fragment)
    _reply(graph, words, made, note.file)
    return Document(
        id=f"annotations/{record.id}",
        kind="claim" if record.claim else "annotation",
        title=title,
        page=page_of(article),
        passages=tuple(made.passages),
        fragment=fragment,
        language=LANGUAGE,
        date=date,
        dated=dated,
        source=article.record.source or "",
        byline=byline,
        entities=made.entities,
        nested=made.nested,
        mentions=tuple(made.mentions),
        corrections=tuple(made.corrections),
        numbers=tuple(made.numbers.items()),
    )


def of_claim_of_work(graph: Traced, words: Words, file: AnnotationFile) -> Document:
    """A claim that a cited work carries: it stands beside the others on the same matter."""
    record, claim = file.record, file.record.claim
    assert claim is not None
    page, fragment = words.where(file)
    title = _asserted(graph, words, file)
    made = Gathered(graph.matcher)
    _claimed(graph, made, file, title)
    if not _answers(file):
        made.add(words.plain(record.body or ""), fragment)
    for target in record.targets:
        made.add(_quoted(target.exact), fragment)
    if _answers(file):
        _answer(words, made, file, fragment)
    _reply(graph, words, made, file)
    return Document(
        id=f"annotations/{record.id}",
        kind="claim",
        title=title,
        page=page,
        passages=tuple(made.passages),
        fragment=fragment,
        language=LANGUAGE,
        date=claim.as_of,
        byline=_claimant(graph, file),
        entities=made.entities,
        nested=made.nested,
        mentions=tuple(made.mentions),
    )


def _asserted(graph: Traced, words: Words, file: AnnotationFile) -> str:
    """What a claim is called: what it says; an answer by the question, since its words are a passage of their own."""
    claim = file.record.claim
    assert claim is not None
    if claim.position is None:
        return words.say(file)
    question = graph.archive.questions.get(claim.position.question)
    return f"{_claimant(graph, file)}: to the question “{question.question if question else claim.position.question}”"


def _answers(file: AnnotationFile) -> bool:
    """Whether an annotation is a claim without a figure: then the quoted words say it, and stand before remarks."""
    return bool(file.record.claim and file.record.claim.position)


def _answer(words: Words, made: Gathered, file: AnnotationFile, fragment: str) -> None:
    """Add the answer as it is quoted, unless the words that carry it hold it, and then the remarks on it."""
    position = file.record.claim.position if file.record.claim else None
    quoted = " ".join(position.as_quoted.split()) if position else ""
    if not any(quoted in " ".join(passage.text.split()) for passage in made.passages):
        made.add(_quoted(quoted), fragment)
    made.add(words.plain(file.record.body or ""), fragment)


def _claimed(graph: Traced, made: Gathered, file: AnnotationFile, sentence: str) -> None:
    """Note whom and what a claim names, in its sentence and in its record."""
    claim = file.record.claim
    assert claim is not None
    side = claim.subject.side if claim.subject else None
    made.title(sentence)
    made.about(one for one in (claim.claimant, side, claim.event, *claim.via) if one in graph.entities)


def _claimant(graph: Traced, file: AnnotationFile) -> str:
    claim = file.record.claim
    assert claim is not None
    entity = graph.label(claim.claimant)
    return entity.name if entity else claim.claimant


def _reply(graph: Traced, words: Words, made: Gathered, file: AnnotationFile) -> None:
    """Add all replies to an annotation and to its replies, but those to what is withdrawn or removed."""
    seen = {file.record.id}
    waiting = [*reversed(graph.replies(file.record.id))]
    while waiting:
        reply = waiting.pop().record
        if reply.status in SHOWN and reply.id not in seen:
            seen.add(reply.id)
            made.add(words.plain(reply.body or ""), fragment_of(reply.id))
            waiting += reversed(graph.replies(reply.id))


def _quote(graph: Traced, made: Gathered, article: ArticleFile, note: Annotated, fixes: list[Annotated]) -> None:
    """Add the words that an annotation is about, as far as `rights.publish` lets them be shown."""
    record, found = article.record, graph.mentions[article.record.id]
    _standing(made, note, "title", record.title, found.title, fixes)
    if record.rights.publish == "full":
        _standing(made, note, "body", article.body, found.body, fixes)
        if note.ledger:
            _standing(made, note, "ledger", graph.parts(article)["ledger"], (), fixes)
    for words in _elsewhere(note, record.rights.publish):
        made.add(_quoted(words), fragment_of(note.file.record.id))


def _standing(
    made: Gathered, note: Annotated, part: str, text: str, mentions: Sequence[Mention], fixes: list[Annotated]
) -> None:
    """Add the words that stand in a part of the article, whose `text` and `mentions` these are, with their corrections.

    Whoever quotes words carries their corrections along.
    """
    for start, end in getattr(note, part):
        inside = mentions[bisect_left(mentions, start, key=_start) : bisect_left(mentions, end, key=_start)]
        whole = [mention for mention in inside if mention.end <= end]
        number = made.add(_quoted(text[start:end]), fragment_of(note.file.record.id), whole, start - 1)
        for fix in fixes:
            for first, last in getattr(fix, part):
                made.corrected(number, max(first, start) - start + 1, min(last, end) - start + 1, fix)


def _start(mention: Mention) -> int:
    return mention.start


def _quoted(words: str | None) -> str:
    """Words of a text in quotation marks, by which a reader tells them from what is said about them."""
    return f"“{words}”" if words else ""


def _elsewhere(note: Annotated, publish: str) -> Iterator[str]:
    """The quoted words that stand nowhere in what is published. Of a text of which nothing may be shown, none."""
    lost = {number for number, _ in note.unplaced}
    for number, target in enumerate(note.file.record.targets):
        withheld = publish != "full" and target.part != "title"
        if target.exact and (withheld or number in lost) and not (withheld and publish == "metadata"):
            yield target.exact
