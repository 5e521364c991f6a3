"""What an article shares with others, as its page says it: the words, and where they stand in both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from annotated_archive.pages.draft import Draft
from annotated_archive.pages.wording import day, number
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
class With:
    """What is shared with one other article; `more` passages are not shown."""

    title: str
    href: str
    language: str
    about: str
    words: str
    share: str
    passages: tuple[Markup, ...]
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
    passages: tuple[Markup, ...]
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


class _Text:
    """The text of an article, which is read once for all that a page says of it."""

    def __init__(self, article: ArticleFile) -> None:
        self.body, self._kinds, self.language = article.body, article.record.blocks, article.record.language

    def block(self, offset: int) -> tuple[int, str]:
        """The number of the block that holds a character, and what it is called."""
        # A separator that begins before the character, or with it, ends a block before it.
        number = 1 + self.body.count(SEPARATOR, 0, offset + len(SEPARATOR))
        return number, f"{self._kinds.get(str(number), 'paragraph')} {number}"


def shared(draft: Draft, article: ArticleFile) -> Section | None:
    """What the page of an article says, if there is anything; nothing of a text that is not here to be shown."""
    name = article.record.id
    pairs, groups = draft.graph.reuse.get(name, ()), draft.graph.groups.get(name, ())
    others = {one.other for one in pairs} | {carrier.article for group in groups for carrier in group.carriers}
    if not others:
        return None
    text = _Text(article)
    return Section(
        len(others - {name}),
        tuple(_with(draft, text, one) for one in pairs[:OTHERS]), max(len(pairs) - OTHERS, 0),
        tuple(_among(draft, text, name, one) for one in groups[:GROUPS]), max(len(groups) - GROUPS, 0),
    )  # fmt: skip


def _with(draft: Draft, text: _Text, one: Shared) -> With:
    other = draft.graph.archive.articles[one.other]
    page, theirs = f"articles/{other.record.id}", _Text(other)
    passages: list[Markup] = []
    for passage in one.passages[:PASSAGES]:
        block, name = theirs.block(passage.other_start)
        size = number(passage.words, one.unit)
        passages.append(_quoted(text, passage.start, passage.end, size, draft.href(page, f"p-{block}"), name))
    share = f"all {one.unit}s of the shorter one" if one.share > 0.995 else f"{one.share:.0%} of the shorter one"
    return With(
        other.record.title, draft.href(page), other.record.language, _about(draft, other),
        number(one.words, one.unit), share, tuple(passages), max(len(one.passages) - PASSAGES, 0),
    )  # fmt: skip


def _among(draft: Draft, text: _Text, name: str, group: Group) -> Among:
    own = next(carrier for carrier in group.carriers if carrier.article == name)
    others = [carrier for carrier in group.carriers if carrier is not own]
    listed = []
    for carrier in others[:CARRIERS]:
        other = draft.graph.archive.articles[carrier.article]
        block, _ = _Text(other).block(carrier.passages[0][0])
        href = draft.href(f"articles/{carrier.article}", f"p-{block}")
        listed.append(Other(other.record.title, href, other.record.language, _about(draft, other)))
    return Among(
        number(own.words, group.unit), len(group.carriers), group.whole,
        tuple(_quoted(text, a, b, number(n, group.unit)) for a, b, n in own.passages[:PASSAGES]),
        tuple(listed), len(others) - len(listed),
    )  # fmt: skip


def _about(draft: Draft, other: ArticleFile) -> str:
    """The outlet and the date."""
    outlet = draft.graph.label(other.record.source or "")
    date = day(other.record.date)
    return ", ".join(part for part in (outlet.name if outlet else "outlet not recorded", date) if part)


def _quoted(text: _Text, start: int, end: int, size: str, there: str = "", there_name: str = "") -> Markup:
    """A passage of an article with its size, its place there, and that in another article.

    Where it begins or ends within a sentence there is an ellipsis. Of a long one the middle is left out. Passages are
    much of the pages of an archive: they are laid out here, and not by a template.
    """
    here, name = text.block(start)
    beginning, left_out, ending = _shortened(text.body[start:end])
    if _cut_before(text.body, start):
        beginning = f"… {beginning}"
    if _cut_after(text.body, end):
        beginning, ending = (beginning, f"{ending} …") if ending else (f"{beginning} …", "")
    other = f', <a href="{escape(there)}">there in {escape(there_name)}</a>' if there else ""
    return Markup(
        f'<blockquote class="aa-quote" lang="{escape(text.language)}">'
        f'{"".join(_paragraphs(beginning, left_out, ending))}<footer>{size}: '
        f'<a href="#p-{here}">here in {escape(name)}</a>{other}</footer></blockquote>'
    )


def _paragraphs(beginning: str, left_out: str, ending: str) -> Iterator[str]:
    """The paragraphs of a passage as HTML; behind the last one, what is left out there and the end."""
    *paragraphs, last = beginning.split(SEPARATOR)
    for words in paragraphs:
        yield f"<p>{escape(words)}</p>"
    rest = f' <span class="aa-cut">… {left_out} …</span> {escape(ending)}' if left_out else ""
    yield f"<p>{escape(last)}{rest}</p>"


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
