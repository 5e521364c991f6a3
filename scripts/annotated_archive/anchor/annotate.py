"""`archive annotate`: makes an annotation of exact words, with everything checked that can be before it is written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from annotated_archive.anchor.form import article_id
from annotated_archive.anchor.parts import parts
from annotated_archive.anchor.propose import propose
from annotated_archive.anchor.reading import Reading, normal, reading
from annotated_archive.anchor.select import all_places, target_at, whole_places
from annotated_archive.records.annotation import MAX_EXACT, Annotation, Target
from annotated_archive.records.diagnostic import ContentError, Diagnostic, one_line
from annotated_archive.records.markup import MAX_BODY, unrenderable
from annotated_archive.records.text import FORBIDDEN, composed
from annotated_archive.store import Archive, ArticleFile, annotation_path, new_id, now

KINDS = ("note", "correction", "question", "link")
NOBODY = "Anonymous"


@dataclass(frozen=True)
class Wish:
    """What a contributor asks for, unchecked. Without `exact` the annotation is about the article as a whole.

    `reply` is the id of the annotation that it answers, which is then all that it is about.
    """

    article: str = ""
    exact: str = ""
    prefix: str = ""
    paragraph: int | None = None
    part: str | None = None
    kind: str = "note"
    body: str = ""
    cite: tuple[str, ...] = ()
    name: str = NOBODY
    reply: str = ""


def from_form(values: dict[str, str], archive: Archive) -> Wish:
    """The wish that a form holds. Sources that are not in the bibliography are kept as the last lines of the note."""
    given = re.split(r"[\s,;]+", values.get("Sources", ""))
    known = tuple(dict.fromkeys(word for word in given if word in archive.works or word in archive.articles))
    body = values.get("Your note", "")
    if set(given) - {"", *known}:
        body = f"{body}\n\nSources given: {' '.join(values['Sources'].split())}"
    return Wish(
        article=article_id(values.get("Article", "")),
        exact=values.get("Exact words", ""),
        prefix=values.get("Words before", ""),
        kind=(values.get("Kind", "note").split() or [""])[0].strip(".,:;").lower(),
        body=body,
        cite=known,
        name=values.get("Name to show", NOBODY),
        reply=values.get("In reply to", "").removeprefix("#").removeprefix("a-"),
    )


def article_of(archive: Archive, wish: Wish, source: str | None) -> ArticleFile:
    """The article a wish is about. Raises ContentError: NOTE-ARTICLE, or why its file could not be read.

    `source` is the path of the form, where the wish comes from one.
    """
    if wish.article in archive.articles:
        return archive.articles[wish.article]
    path = f"archive/articles/{wish.article}.md"
    if unread := [problem for problem in archive.problems if problem.path == path]:
        raise ContentError(*unread)
    where = source or "archive/articles"
    mend = "The id is the name of a file in archive/articles, without `.md`."
    raise ContentError(Diagnostic(where, 1, 1, "NOTE-ARTICLE", f"no article {one_line(wish.article)}", mend))


def answered(archive: Archive, wish: Wish, source: str | None) -> tuple[Target, str]:
    """The target of a reply, and what it is about. Raises ContentError (NOTE-REPLY) where there is none to answer."""

    def fail(message: str, mend: str) -> ContentError:
        return ContentError(Diagnostic(source or "archive/annotations", 1, 1, "NOTE-REPLY", message, mend))

    file = archive.annotations.get(wish.reply)
    if file is None:
        raise fail(f"no annotation {one_line(wish.reply)}", "Its id ends the address of the note: #a-ID.")
    if file.record.article != wish.article:
        home = file.record.article or file.record.work
        raise fail(f"{one_line(wish.reply)} is an annotation of {one_line(home)}", "Name the article that it is about.")
    return Target(annotation=wish.reply), f"the annotation {wish.reply}"


Place = tuple[Target, str]
"""A target, and what tells it from others: its paragraph's number, and the words with some around them."""


def find(archive: Archive, article: ArticleFile, wish: Wish) -> list[Place]:
    """The places the wish may mean, at least one. Raises ContentError (NOTE-WORDS) for none.

    Without a part in the wish, the first of text, title and what was set aside counts that holds the words.
    """
    texts = parts(archive, article)
    for part in [wish.part] if wish.part else ["body", "title", "ledger"]:
        here = reading(texts[part])
        places = [place for place in whole_places(here, wish.exact) if _meant(here, wish, *place)]
        if places:
            brief = part != "title" and article.record.rights.publish != "full"
            return [(target_at(here.text, *place, part, brief), _context(here, *place)) for place in places]
    raise _not_found(article, texts, wish.part or "body", wish.exact.strip())


def _not_found(article: ArticleFile, texts: dict[str, str], part: str, exact: str) -> ContentError:
    """Why words have no place, as one diagnostic where they stand, or else at the text."""
    here = reading(texts[part])
    everywhere = all_places(here, exact) if len(exact) <= MAX_EXACT else []
    message, mend = "the words are not there", "Copy them from the article."
    if len(exact) > MAX_EXACT:
        message, mend = f"{len(exact):,} characters of words; at most {MAX_EXACT:,} are quoted", "Quote what matters."
    elif whole_places(here, exact):
        message, mend = "the words stand elsewhere", "Mend --prefix or --near, or leave them out."
    elif everywhere:
        first, last = here.paragraphs(*everywhere[0])
        message, mend = "the words stand only within longer words or numbers", "Quote whole words."
        if first != last:
            message, mend = f"the words run from paragraph {first} to {last}", "Make an annotation of words in one."
    elif similar := propose(here.text, Target(exact=exact), 1):
        mend = f"Did you mean {one_line(here.text[similar[0].start : similar[0].end], 200)}?"
    where = _at(article, part, everywhere[0][0] if everywhere else 0)
    return ContentError(Diagnostic(*where, "NOTE-WORDS", message, mend))


def doubled(article: ArticleFile, places: Sequence[Place]) -> ContentError:
    """What to say where words stand in several places and nobody can be asked."""
    target = places[0][0]
    return ContentError(
        Diagnostic(
            *_at(article, target.part, target.start or 0), "NOTE-WORDS",
            f"the words stand {len(places)} times: {'; '.join(about for _, about in places[:10])}",
            "Say which with the words before them (--prefix) or the paragraph's number (--near).",
        )
    )  # fmt: skip


def _context(here: Reading, start: int, end: int) -> str:
    text = here.text
    around = f"{text[max(0, start - 30) : start]}[{text[start:end]}]{text[end : end + 30]}"
    return f"paragraph {here.paragraphs(start, end)[0]}: {one_line(' '.join(around.split()), 200)}"


def make(archive: Archive, wish: Wish, target: Target, source: str | None) -> Annotation:
    """The annotation. Raises ContentError for a kind, text or citation that no annotation may have."""
    where = source or "archive/annotations"

    def fail(rule: str, message: str, mend: str) -> ContentError:
        return ContentError(Diagnostic(where, 1, 1, rule, message, mend))

    wish = replace(wish, body=_mended(wish.body), name=" ".join(_mended(wish.name).split()))
    if wish.kind not in KINDS:
        raise fail("SCHEMA", f"kind: {one_line(wish.kind)} is not {', '.join(KINDS)}", "Choose one of them.")
    if not wish.body or len(wish.body) > MAX_BODY:
        raise fail("SCHEMA", f"body: {len(wish.body):,} characters of text", f"Write between 1 and {MAX_BODY:,}.")
    if problem := unrenderable(wish.body):
        raise fail("NOTE-BODY", f"the text holds {problem}", "Write it more simply.")
    for field in (wish.body, wish.name):
        if match := FORBIDDEN.search(field):
            raise fail("TEXT-UNICODE", f"character U+{ord(match.group()):04X}", "Take it out.")
    for work in wish.cite:
        if work not in archive.works and work not in archive.articles:
            raise fail("CITE-UNKNOWN", f"no work or article {one_line(work)}", "See archive/bibliography.yml.")
    identifier = new_id(archive.annotations)
    fields: dict[str, Any] = {
        "id": identifier, "kind": wish.kind, "article": wish.article, "targets": [target], "body": wish.body,
        **({"cite": list(dict.fromkeys(wish.cite))} if wish.cite else {}),
        "author": {"name": wish.name or NOBODY}, "created": now(), "license": "CC-BY-4.0", "status": "open",
    }  # fmt: skip
    try:
        record = Annotation.model_validate(fields)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        path = ".".join(str(step) for step in first["loc"]) or "the annotation"
        raise fail("SCHEMA", f"{path}: {one_line(first['msg'])[1:-1]}", "Mend it.") from None
    if (archive.root / annotation_path(record)).exists():
        return make(archive, wish, target, source)
    return record


def _meant(here: Reading, wish: Wish, start: int, end: int) -> bool:
    """Whether the words at [start, end) stand after the words and in the paragraph that the wish gives."""
    before = normal(here.text[max(0, start - 3 * len(wish.prefix) - 100) : start]).rstrip()
    fits = before.endswith(normal(wish.prefix).strip())
    return fits and wish.paragraph in (None, here.paragraphs(start, end)[0])


def _at(article: ArticleFile, part: str, offset: int) -> tuple[str, int, int]:
    """Path, line and column of an offset in a part; what was set aside stands in no line of the article."""
    if part == "body":
        return article.text_file or article.path, *article.position(offset)
    return article.path, *article.document.place(("title",) if part == "title" else ())


def _mended(text: str) -> str:
    """Text from a form or a shell, as a file holds it: NFC, Unix line ends, no tabs, no spaces at the ends of lines."""
    text = composed(text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4))
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()
