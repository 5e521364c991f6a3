"""What a note shows of an annotation: its words, its author and sources, and the ways to its history and its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

import markdown
import nh3
from markupsafe import Markup

from annotated_archive.anchor.fragment import text_fragment
from annotated_archive.graph import SHOWN, Annotated
from annotated_archive.pages import contributing, hosts, saying
from annotated_archive.pages.cites import citation, short
from annotated_archive.pages.draft import Draft
from annotated_archive.pages.marks import WORDS
from annotated_archive.records import dates
from annotated_archive.records.annotation import Annotation, Contributor, Target
from annotated_archive.records.base import SAFE_URL
from annotated_archive.records.markup import unrenderable
from annotated_archive.store import AnnotationFile

TEASER = 72
DEEPEST = 3  # how far replies to replies are set in
ANSWERS = {
    "updates": "updated by", "disputes": "disputed by", "repeats": "repeated by", "confirms": "confirmed by",
}  # fmt: skip
SHORT = 2000  # characters of a line
_SIMPLE = re.compile(r"[^\W\d_](?:[^*\\`_\[<>&]|\*(?! )[^*\\`_\[<>&]+(?<! )\*(?!\*))*")
_EMPHASIS, _EM = re.compile(r"\*([^*]+)\*"), r"<em>\1</em>"
_FRAGMENT = re.compile(r"#[^\s\"<>\\]*")
_CONVERTING = Lock()  # one converter serves the pages and the search, which are made at the same time
_TAGS = {"p", "em", "strong", "del", "a", "ul", "ol", "li", "blockquote", "code", "br"}


@dataclass(frozen=True)
class Way:
    """A link: its words and its address; `outward` if it leaves the site."""

    words: str
    href: str
    outward: bool = False


@dataclass(frozen=True)
class Entry:
    """One annotation, or a reply at some `depth`, with its body as HTML and what is said about it."""

    record: Annotation
    body: Markup
    credit: tuple[Way, ...]
    sources: tuple[Way, ...]
    ways: tuple[Way, ...]
    depth: int = 0


@dataclass(frozen=True)
class Note:
    """An annotation as its page shows it.

    `lost` are words that have no place any more, each with the reason; `quotes` the words it is about, where the text
    itself is not shown; `beside` other notes on the same words; `relations` what a claim says of others, and others of
    it; `said` the page where it stands among other claims; `back` whether its words are marked.
    """

    number: int
    word: str
    entry: Entry
    teaser: str
    sentence: Markup
    relations: tuple[tuple[str, Markup], ...]
    said: Way | None
    lost: tuple[tuple[str, str], ...]
    quotes: tuple[str, ...]
    beside: tuple[Way, ...]
    replies: tuple[Entry, ...]
    back: bool


def note(draft: Draft, annotated: Annotated, publish: str, beside: Iterable[Annotated] = ()) -> Note:
    """An annotation for the page of its article; `beside` are the notes that share words with it.

    `publish` is what may be shown of the article's text (`rights.publish`).
    """
    file = annotated.file
    record = file.record
    claim = saying.sentence(draft, file) if record.claim else Markup("")
    lost = [(quoted(record.targets[number]), reason) for number, reason in annotated.unplaced]
    placed = annotated.title or (publish == "full" and (annotated.body or annotated.ledger))
    return Note(
        number=annotated.number,
        word=WORDS[record.kind],
        entry=entry(draft, file, annotated),
        teaser=teaser(draft, file),
        sentence=claim,
        relations=tuple(relations(draft, record)),
        said=Way("What was said", saying.page_of(draft, file)) if record.claim and record.status in SHOWN else None,
        lost=tuple(lost) if publish == "full" else (),
        quotes=tuple(quotable(record, publish)) if publish != "full" and not annotated.title else (),
        beside=tuple(_neighbours(annotated, beside)),
        replies=tuple(_replies(draft, file)),
        back=bool(placed) and record.status in SHOWN,
    )


def _neighbours(annotated: Annotated, beside: Iterable[Annotated]) -> Iterator[Way]:
    for other in beside:
        if other.number != annotated.number:
            record = other.file.record
            yield Way(f"{WORDS[record.kind].lower()} {other.number}", f"#a-{record.id}")


def entry(draft: Draft, file: AnnotationFile, annotated: Annotated | None = None, depth: int = 0) -> Entry:
    """An annotation, or a reply at some depth, with its body and what is said about it."""
    record = file.record
    sources = []
    for identifier in record.cite:
        work = citation(draft.graph, identifier)
        sources.append(Way(short(draft.graph, identifier), draft.href(work.page, work.fragment)))
    return Entry(
        record=record,
        body=rendered(record.body or ""),
        credit=tuple(credit(record.author)) if record.author else (),
        sources=tuple(sources),
        ways=tuple(_ways(draft, file, annotated)),
        depth=depth,
    )


def _ways(draft: Draft, file: AnnotationFile, annotated: Annotated | None) -> Iterator[Way]:
    """The quiet line of a note: its own address, the file's history, how to change it, and the publisher's page."""
    # A claim that a work carries stands on the page that compares it.
    own = "a" if file.record.article or file.record.parent else "c"
    yield Way("Link to this note" if own == "a" else "Link to this claim", f"#{own}-{file.record.id}")
    if history := hosts.history(draft.settings, file.path):
        yield Way("History", history, outward=True)
    if edit := draft.edit(file.path):
        yield Way("Suggest a change", edit, outward=True)
    elif mail := contributing.mail(draft.settings.contact, f"Change of {file.path}", contributing.LEAVE_IT_OUT):
        yield Way("Suggest a change", mail)
    article = draft.graph.archive.articles.get(file.record.article or "")
    if article and article.record.url and annotated and annotated.body:
        target = next(t for t in file.record.targets if t.part == "body" and t.exact)
        words = text_fragment(article.record.url, target.exact or "", target.prefix, target.suffix)
        yield Way("These words on the publisher’s page", words, outward=True)


def thread(draft: Draft, files: Sequence[AnnotationFile]) -> Iterator[tuple[Markup, Entry]]:
    """Claims of one origin for a page that compares them; those of works with their replies, which have no other page.

    All but the first say which of the claims they are.
    """
    for file in files:
        which = Markup("") if file is files[0] else saying.carrier(draft, file)
        yield which, entry(draft, file)
        if file.record.work:
            yield from ((which, reply) for reply in _replies(draft, file))


def _replies(draft: Draft, file: AnnotationFile) -> Iterator[Entry]:
    """All replies to an annotation, each followed by the replies to it."""
    seen = {file.record.id}
    waiting = [(reply, 1) for reply in reversed(draft.graph.replies(file.record.id))]
    while waiting:
        reply, depth = waiting.pop()
        if reply.record.id not in seen:
            seen.add(reply.record.id)
            yield entry(draft, reply, depth=min(depth, DEEPEST))
            waiting += [(later, depth + 1) for later in reversed(draft.graph.replies(reply.record.id))]


def credit(author: Contributor) -> Iterator[Way]:
    """The accounts of an author who asked for credit."""
    if author.github:
        yield Way(f"github.com/{author.github}", f"https://github.com/{author.github}", outward=True)
    if author.orcid:
        yield Way(f"ORCID {author.orcid}", f"https://orcid.org/{author.orcid}", outward=True)


def relations(draft: Draft, record: Annotation) -> Iterator[tuple[str, Markup]]:
    """What a claim says of others and others say of it: ("updates", link to the other)."""
    for relation in record.relations:
        if other := draft.graph.claims.get(relation.claim):
            yield relation.type, _claim(draft, other)
    if record.claim:
        for type_, words in ANSWERS.items():
            for other in draft.site.said.pointing(record.id, type_):
                yield words, _claim(draft, other)


def _claim(draft: Draft, file: AnnotationFile) -> Markup:
    """Another claim as a link to the words that carry it: its figure as printed, or the words, and when."""
    claim = file.record.claim
    assert claim is not None
    words = claim.position.as_quoted if claim.position else claim.value.as_written if claim.value else ""
    link = Markup('<a href="{}">{}</a> ({}, {})')
    who = draft.graph.label(claim.claimant)
    return link.format(
        saying.address(draft, file), cut(words, TEASER), who.name if who else claim.claimant, dates.words(claim.as_of)
    )


def rendered(text: str) -> Markup:
    """Markdown as HTML, with everything but plain text formatting and links taken out."""
    return _rendered(text) if text else Markup("")


@lru_cache(maxsize=32768)
def _rendered(text: str) -> Markup:
    """A correction is shown on every page that quotes its words, and each annotation in lists: it is rendered once."""
    if found := _simple(text):
        return found
    if unrenderable(text):
        return _as_it_stands(text)
    try:
        with _CONVERTING:
            html = _markdown().reset().convert(text)
    except RecursionError:
        return _as_it_stands(text)
    clean = nh3.clean(
        html, tags=_TAGS, attributes={"a": {"href"}}, attribute_filter=_safe, url_schemes={"http", "https"}
    )
    return Markup(clean)


def _simple(text: str) -> Markup | None:
    """As the converter renders one line of words in which nothing but `*` means anything to it; None for other texts.

    Most notes are such a line, and the converter takes a hundred times as long.
    """
    line = text.removesuffix("\n")
    if len(line) > SHORT or not line.isprintable() or line.endswith(" ") or not _SIMPLE.fullmatch(line):
        return None
    return Markup(f"<p>{_EMPHASIS.sub(_EM, line)}</p>")


def _as_it_stands(text: str) -> Markup:
    return Markup("<p>{}</p>").format(text)


def _safe(tag: str, name: str, value: str) -> str | None:
    """The address of a link to the web or to a part of the same page; None for any other, which could lead anywhere."""
    return value if name != "href" or SAFE_URL.fullmatch(value) or _FRAGMENT.fullmatch(value) else None


@lru_cache(maxsize=1)
def _markdown() -> markdown.Markdown:
    """One converter for all notes: to make it takes longer than to use it."""
    return markdown.Markdown(output_format="html")


def body(annotated: Annotated) -> Markup:
    """A note's text as HTML."""
    return rendered(annotated.file.record.body or "")


def corrections(draft: Draft, article: str, found: Iterable[Annotated]) -> Markup:
    """The corrections that a quoted passage of an article carries along."""
    fix = Markup('<div class="aa-fix"><b>Correction</b> {} <a href="{}">Note {}</a></div>\n')
    return Markup("").join(
        fix.format(body(one), draft.href(f"articles/{article}", f"a-{one.file.record.id}"), one.number) for one in found
    )


def teaser(draft: Draft, file: AnnotationFile) -> str:
    """The first words of a note, for where it is folded; of a claim what it is about, and whose it is."""
    claim = file.record.claim
    if claim is None:
        return cut(rendered(file.record.body or "").striptags(), TEASER)
    who = draft.graph.label(claim.claimant)
    if claim.position:
        question = draft.graph.archive.questions.get(claim.position.question)
        words = question.question if question else claim.position.question
    else:
        words = f"{saying.counted(draft, claim).striptags()}:"
    return cut(f"{words} {who.name if who else claim.claimant}", 2 * TEASER)


def quotable(record: Annotation, publish: str = "full") -> list[str]:
    """The words that an annotation is about. Of a text of which nothing may be published only those of its title."""
    shown = [target for target in record.targets if target.exact and (publish != "metadata" or target.part == "title")]
    return [quoted(target) for target in shown] if record.status != "removed" else []


def quoted(target: Target) -> str:
    """The words of a target on one line."""
    return " ".join((target.exact or "").split())


def cut(text: str, length: int) -> str:
    """`text` on one line, shortened at a space to about `length` characters."""
    text = " ".join(text.split())
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0] + "…"
