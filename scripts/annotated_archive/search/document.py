"""What a search finds: a document for each article, annotation, claim, entity, cited work and page written by hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Literal, NamedTuple, get_args

from annotated_archive.records import dates
from annotated_archive.search.folding import folded

Kind = Literal[
    "article", "annotation", "claim", "place", "actor", "treaty", "event", "background", "work", "page"
]  # fmt: skip
KINDS: tuple[str, ...] = get_args(Kind)
"""The kinds of documents, in the order in which a reader is offered them."""
ENTITIES = ("place", "actor", "treaty", "event")
"""The kinds of entities, each a facet of its own."""


class Passage(NamedTuple):
    """A block of plain text, and the id under which it stands on its page (empty: it has none of its own)."""

    text: str
    fragment: str = ""


class Mark(NamedTuple):
    """Words [start, end), in code points, of a passage (its number from 0; -1 is the title).

    `of` is what they carry: the id of the entity they name, or the fragment of the correction that is about them.
    """

    passage: int
    start: int
    end: int
    of: str


@dataclass(frozen=True)
class Document:
    """Something that a search can find, in plain text.

    `id` is unique and stays the same while the record stands (`articles/ID`, `annotations/ID`, `places/ID`). `page`
    is the path on the site without suffix and `fragment` the place on it where the document begins; that of a
    passage is nearer. `date` is EDTF or empty, and `dated` its words where more must be said than what it is;
    `source` is the id of an outlet or empty. `byline` says in a few words where it comes from, as a result shows
    it. `entities` says how often each entity is named, ids of all kinds together, and `nested` how often a form of
    it stands inside the longer name of another, which is found but is no mention. `mentions` (of both sorts) and
    `corrections` say where the words stand that name one, or that a correction is about (`numbers` of the
    corrections as the page shows them, by fragment).
    """

    id: str
    kind: Kind
    title: str
    page: str
    passages: tuple[Passage, ...]
    fragment: str = ""
    language: str = "und"
    date: str = ""
    dated: str = ""
    source: str = ""
    byline: str = ""
    entities: tuple[tuple[str, int], ...] = ()
    nested: tuple[tuple[str, int], ...] = ()
    mentions: tuple[Mark, ...] = ()
    corrections: tuple[Mark, ...] = ()
    numbers: tuple[tuple[str, int], ...] = ()

    @property
    def when(self) -> str:
        """The date in words, as a result shows it."""
        return self.dated or (dates.words(self.date) if self.date else "")

    def texts(self) -> Iterator[str]:
        """The title, then the text of every passage."""
        yield self.title
        yield from (passage.text for passage in self.passages)

    @cached_property
    def in_line(self) -> list[str]:
        """The title, then the text of every passage, its words, as white space parts them, one space apart."""
        return [text if _is_in_line(text) else " ".join(text.split()) for text in self.texts()]

    @cached_property
    def lengths(self) -> list[int]:
        """How many words the title has, then each passage."""
        return [text.count(" ") + 1 if text else 0 for text in self.in_line]

    def words_of(self, marks: tuple[Mark, ...]) -> list[tuple[int, int, str]]:
        """Marks as (first word, number of words, what they carry).

        Words are counted as white space parts them, over the title and all passages.
        """
        if not marks:
            return []
        places: dict[int, set[int]] = defaultdict(set)
        for passage, start, end, _ in marks:
            places[passage].update((start, end))
        texts, in_line = [*self.texts()], self.in_line
        begun = {}
        for passage, inside in places.items():
            text = texts[passage + 1]
            begun[passage] = (_counted if text == in_line[passage + 1] else _begun)(text, inside)
        firsts = [0, *accumulate(self.lengths)]
        found = []
        for passage, start, end, of in marks:
            before = begun[passage][start] - _is_inside(texts[passage + 1], start)
            found.append((firsts[passage + 1] + before, max(begun[passage][end] - before, 1), of))
        return found


def _is_in_line(text: str) -> bool:
    """Whether words surely stand one space apart: no other white space is printable. To part them takes far longer."""
    return text.isprintable() and "  " not in text and text[:1] != " " and text[-1:] != " "


def _begun(text: str, places: Iterable[int]) -> dict[int, int]:
    """How many words of a text begin before each of some places."""
    found: dict[int, int] = {}
    last = count = 0
    for place in sorted(places):
        count += len(text[last:place].split()) - (place > last and _is_inside(text, last))
        found[place] = count
        last = place
    return found


def _counted(text: str, places: Iterable[int]) -> dict[int, int]:
    """The same of a text whose words stand one space apart, as most do: spaces are counted faster than words."""
    return {place: place and 1 + text.count(" ", 0, place - 1) for place in places}


def _is_inside(text: str, place: int) -> bool:
    """Whether a place is inside a word, and not where one begins or ends."""
    return 0 < place < len(text) and not text[place - 1].isspace() and not text[place].isspace()


@dataclass(frozen=True)
class Name:
    """A form of an entity's name, for completion and for finding the other forms. Weak forms are none.

    It is looked up as `key`: the form folded, unless something else is given, such as what it is in Latin letters.
    """

    form: str
    entity: str
    key: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", self.key or folded(self.form))


@dataclass(frozen=True)
class Named:
    """An entity as a completion shows it: kind, type in words, preferred name, page without suffix, where it lies."""

    id: str
    kind: str
    type: str
    name: str
    page: str
    where: str = ""
