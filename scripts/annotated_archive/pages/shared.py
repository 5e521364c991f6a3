"""What an article shares with others, as its page says it: the words, and where they stand in both."""

from __future__ import annotations

from dataclasses import dataclass, replace

from annotated_archive.pages.draft import Draft
from annotated_archive.pages.wording import number
from annotated_archive.records import dates
from annotated_archive.records.text import SEPARATOR
from annotated_archive.reuse import Group, Shared
from annotated_archive.reuse.passages import unit
from annotated_archive.store import ArticleFile

OTHERS = 20  # articles that a page lists
PASSAGES = 12  # passages of each that it shows
GROUPS = 12  # groups of many articles that a page tells
CARRIERS = 10  # articles of a group that it lists
LONGEST, HEAD, TAIL = 80, 45, 20  # words: of a longer passage only its beginning and its end are shown
_ENDS = ".!?…։؟۔।॥။។።。．！？"  # what sentences end with
_OPENING, _CLOSING = "“„‟‘‚«‹「『\"'([", "”“’»›」』\"')]"


@dataclass(frozen=True)
class Quoted:
    """A passage: its paragraphs, how much is left out between the two parts of a long one, and both places.

    Where it begins or ends within a sentence there is an ellipsis.
    """

    paragraphs: tuple[str, ...]
    left_out: str
    ending: str
    words: str
    here: str
    here_name: str
    there: str = ""
    there_name: str = ""


@dataclass(frozen=True)
class With:
    """What is shared with one other article; `more` passages are not shown."""

    title: str
    href: str
    language: str
    about: str
    words: str
    share: str
    passages: tuple[Quoted, ...]
    more: int


@dataclass(frozen=True)
class Other:
    """Another article that has the words of a group, and where they begin in it."""

    title: str
    href: str
    language: str
    about: str


@dataclass(frozen=True)
class Among:
    """What an article carries of the words of a group: how many articles do, and how many of these have them all."""

    words: str
    articles: int
    whole: int
    passages: tuple[Quoted, ...]
    others: tuple[Other, ...]
    more: int


@dataclass(frozen=True)
class Section:
    """What a page says: of `articles` others; `beyond` pairs and `many` groups are not shown."""

    articles: int
    pairs: tuple[With, ...]
    beyond: int
    groups: tuple[Among, ...]
    many: int


def shared(draft: Draft, article: ArticleFile) -> Section | None:
    """What the page of an article says, if there is anything; nothing of a text that is not here to be shown."""
    name = article.record.id
    pairs, groups = draft.graph.reuse.get(name, ()), draft.graph.groups.get(name, ())
    others = {one.other for one in pairs} | {carrier.article for group in groups for carrier in group.carriers}
    if not others:
        return None
    return Section(
        len(others - {name}),
        tuple(_with(draft, article, one) for one in pairs[:OTHERS]), max(len(pairs) - OTHERS, 0),
        tuple(_among(draft, article, one) for one in groups[:GROUPS]), max(len(groups) - GROUPS, 0),
    )  # fmt: skip


def _with(draft: Draft, article: ArticleFile, one: Shared) -> With:
    other = draft.graph.archive.articles[one.other]
    page = f"articles/{other.record.id}"
    passages: list[Quoted] = []
    for passage in one.passages[:PASSAGES]:
        there = _block(other, passage.other_start)
        quoted = _quoted(article, passage.start, passage.end, number(passage.words, one.unit))
        passages.append(replace(quoted, there=draft.href(page, f"p-{there[0]}"), there_name=_name(there)))
    share = f"all {one.unit}s of the shorter one" if one.share > 0.995 else f"{one.share:.0%} of the shorter one"
    return With(
        other.record.title, draft.href(page), other.record.language, _about(draft, other),
        number(one.words, one.unit), share, tuple(passages), max(len(one.passages) - PASSAGES, 0),
    )  # fmt: skip


def _among(draft: Draft, article: ArticleFile, group: Group) -> Among:
    own = next(carrier for carrier in group.carriers if carrier.article == article.record.id)
    others = [carrier for carrier in group.carriers if carrier is not own]
    listed = []
    for carrier in others[:CARRIERS]:
        other = draft.graph.archive.articles[carrier.article]
        there = _block(other, carrier.passages[0][0])
        href = draft.href(f"articles/{carrier.article}", f"p-{there[0]}")
        listed.append(Other(other.record.title, href, other.record.language, _about(draft, other)))
    return Among(
        number(own.words, group.unit), len(group.carriers), group.whole,
        tuple(_quoted(article, a, b, number(n, group.unit)) for a, b, n in own.passages[:PASSAGES]),
        tuple(listed), len(others) - len(listed),
    )  # fmt: skip


def _about(draft: Draft, other: ArticleFile) -> str:
    """The outlet and the date."""
    outlet = draft.graph.label(other.record.source or "")
    date = dates.words(other.record.date) if other.record.date else "undated"
    return ", ".join(part for part in (outlet.name if outlet else "outlet not recorded", date) if part)


def _quoted(article: ArticleFile, start: int, end: int, size: str) -> Quoted:
    """A passage of an article and its place there."""
    here = _block(article, start)
    beginning, left_out, ending = _shortened(article.body[start:end])
    if _cut_before(article.body, start):
        beginning = f"… {beginning}"
    if _cut_after(article.body, end):
        beginning, ending = (beginning, f"{ending} …") if ending else (f"{beginning} …", "")
    return Quoted(tuple(beginning.split(SEPARATOR)), left_out, ending, size, f"#p-{here[0]}", _name(here))


def _cut_before(body: str, start: int) -> bool:
    """Whether words of the same sentence stand before a passage."""
    before = body[:start].rpartition(SEPARATOR)[2].rstrip()
    outside = before.rstrip(_OPENING).rstrip()
    # A colon and a quotation mark lead to a sentence of its own; a mark after a sentence may be of it or of the next.
    ends = f"{_ENDS}:" if outside != before else _ENDS
    said = outside.rstrip(_CLOSING)
    return any(map(str.isalnum, said)) and not said.endswith(tuple(ends))


def _cut_after(body: str, end: int) -> bool:
    """Whether words of the same sentence stand after a passage."""
    after = body[end:].partition(SEPARATOR)[0].lstrip().lstrip(_CLOSING).lstrip()
    return any(map(str.isalnum, after)) and not after.startswith(tuple(_ENDS))


def _block(article: ArticleFile, offset: int) -> tuple[int, str]:
    """The number and the kind of the block of an article that holds a character."""
    # A separator that begins before the character, or with it, ends a block before it.
    number = 1 + article.body.count(SEPARATOR, 0, offset + len(SEPARATOR))
    return number, article.record.blocks.get(str(number), "paragraph")


def _name(block: tuple[int, str]) -> str:
    return f"{block[1]} {block[0]}"


def _shortened(text: str) -> tuple[str, str, str]:
    """The beginning of a passage, how much is left out, and its end; the whole of a short one."""
    if len(text) <= LONGEST:
        return text, "", ""
    from annotated_archive.reuse.words import characters, words

    found = words(text)
    if len(found.numbers) <= LONGEST:
        return text, "", ""
    left_out = len(found.numbers) - HEAD - TAIL
    what = unit(left_out, int(characters(found.numbers.astype("uint32"))[HEAD:-TAIL].sum()))
    return text[: found.ends[HEAD - 1]], number(left_out, what), " ".join(text[found.starts[-TAIL] :].split())
