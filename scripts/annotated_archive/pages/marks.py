"""The words that notes are about, marked where they stand, and the number of each note behind its words."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

from annotated_archive.graph import SHOWN, Annotated
from annotated_archive.names import Mention
from annotated_archive.pages import wording
from annotated_archive.pages.links import with_links
from annotated_archive.records.text import Block

WORDS = {"correction": "Correction", "claim": "Claim", "question": "Question", "note": "Note", "link": "Link"}
"""The kinds of annotations and their words, in the order in which their lines lie over one another."""
CLUSTER = 3  # numbers that stand side by side; more are drawn together, as "1–7"
NAMED = 10  # notes that a reference names one by one
LIT = 40  # notes that light up when the pointer is on their words


@dataclass(frozen=True)
class Mark:
    """Characters [start, end) of one block that a note is about; the way back from the note leads to its `first`."""

    start: int
    end: int
    note: Annotated
    first: bool

    @property
    def number(self) -> int:
        """The note's number."""
        return self.note.number


def marks_of(notes: Iterable[Annotated], part: str, blocks: Sequence[Block]) -> dict[int, list[Mark]]:
    """What the notes mark in one part of an article, by the number of the block. No mark reaches over a block."""
    starts = [block.start for block in blocks]
    found: dict[int, list[Mark]] = defaultdict(list)
    for note in notes:
        if note.file.record.status not in SHOWN:
            continue
        first = True
        for start, end in dict.fromkeys(getattr(note, part)):
            for block in blocks[max(bisect_right(starts, start) - 1, 0) : bisect_right(starts, end)]:
                if max(start, block.start) < min(end, block.end):
                    mark = Mark(max(start, block.start), min(end, block.end), note, first)
                    found[block.number].append(mark)
                    first = False
    return found


def marked(
    text: str,
    offset: int,
    marks: Sequence[Mark],
    mentions: Iterable[Mention] = (),
    link: Callable[[str, str], Markup] | None = None,
    plain: Callable[[str], Markup] = escape,
) -> Markup:
    """The words of a block that begins at `offset`, with names linked and notes marked; `plain` escapes words.

    The text of the result is the block's, to the character: the style sheet draws the numbers of the notes (`data-n`),
    so that they are never copied as words.
    """
    if not marks:
        return with_links(text, mentions if link else (), link or _unlinked, offset, plain)
    weaver = _Weaver(text, offset, marks, plain)
    out: list[Markup] = []
    at = offset
    for mention in mentions if link else ():
        out += weaver.pieces(at, mention.start)
        out.append(link(mention.entity, Markup("".join(weaver.words(mention.start, mention.end)))))  # type: ignore[misc]
        out += weaver.numbers(mention.start, mention.end)
        at = mention.end
    return Markup("".join([*out, *weaver.pieces(at, offset + len(text))]))


def _unlinked(_: str, words: str) -> Markup:
    return escape(words)


class _Weaver:
    """Cuts the words of a block wherever a mark begins or ends: each piece once, however many marks cover it."""

    def __init__(self, text: str, offset: int, marks: Sequence[Mark], plain: Callable[[str], Markup]) -> None:
        self.text, self.offset, self.plain = text, offset, plain
        self.edges = sorted({edge for mark in marks for edge in (mark.start, mark.end)})
        self.covers = list(_covers(self.edges, marks))
        self.references = references(marks)
        self.ends = sorted(self.references)

    def pieces(self, start: int, end: int) -> Iterator[Markup]:
        """Words outside names, with the numbers of the notes that end in them."""
        for stop in self._between(self.ends, start, end):
            yield from self.words(start, stop)
            yield self.references[stop]
            start = stop
        yield from self.words(start, end)

    def words(self, start: int, end: int) -> Iterator[Markup]:
        """Words, marked."""
        if start >= end:
            return
        for first, last in pairwise(sorted({start, end, *self._between(self.edges, start, end)})):
            words = self.plain(self.text[first - self.offset : last - self.offset])
            at = bisect_right(self.edges, first) - 1
            kinds, numbers = self.covers[at] if at >= 0 else ("", "")
            if kinds:
                words = Markup(f'<mark class="aa-mark {kinds}" data-notes="{numbers}">{words}</mark>')
            yield words

    def numbers(self, start: int, end: int) -> Iterator[Markup]:
        """The numbers of the notes that end in a name; they stand behind it."""
        return (self.references[stop] for stop in self._between(self.ends, start, end))

    @staticmethod
    def _between(places: list[int], start: int, end: int) -> list[int]:
        """The places after `start`, up to `end`."""
        return places[bisect_right(places, start) : bisect_right(places, end)]


def _covers(edges: list[int], marks: Sequence[Mark]) -> Iterator[tuple[str, str]]:
    """For the words from each edge to the next: the kinds of the notes that cover them, and their numbers."""
    begin: dict[int, list[Mark]] = defaultdict(list)
    stop: dict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        begin[mark.start].append(mark)
        stop[mark.end].append(mark)
    numbers: list[int] = []
    kinds: Counter[str] = Counter()
    for edge in edges:
        for mark in stop[edge]:
            del numbers[bisect_right(numbers, mark.number) - 1]
            kinds[mark.note.file.record.kind] -= 1
        for mark in begin[edge]:
            insort(numbers, mark.number)
            kinds[mark.note.file.record.kind] += 1
        lit = dict.fromkeys(numbers[:LIT])
        yield " ".join(kind for kind in WORDS if kinds[kind]), " ".join(map(str, lit))


def overlapping(marks: Sequence[Mark]) -> Iterator[list[Mark]]:
    """The marks in groups: marks of one group overlap or touch, directly or through others."""
    group: list[Mark] = []
    reach = -1
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.number)):
        if group and mark.start > reach:
            yield group
            group = []
        group.append(mark)
        reach = max(reach, mark.end)
    if group:
        yield group


def references(marks: Sequence[Mark]) -> dict[int, Markup]:
    """Place → the links to the notes whose words end there.

    Each group of overlapping marks is one stop of the Tab key: the link to its lowest number, whose label names every
    note of the group. The other links are left out of the order of tabs; the notes themselves follow one another.
    """
    found: dict[int, Markup] = {}
    for group in overlapping(marks):
        everyone = {mark.number: mark.note for mark in group}
        lead = min(group, key=lambda mark: (mark.number, mark.end))
        ending: dict[int, dict[int, Mark]] = defaultdict(dict)
        for mark in sorted(group, key=lambda mark: (mark.number, not mark.first)):
            ending[mark.end].setdefault(mark.number, mark)
        for end, by_number in ending.items():
            stop = end == lead.end
            here = list(by_number.values())
            shares = [[mark] for mark in here] if len(here) <= CLUSTER else [here]
            found[end] = Markup("").join(
                _reference(share, everyone if stop and lead.number == share[0].number else None, later=number > 0)
                for number, share in enumerate(shares)
            )
    return found


def _reference(share: list[Mark], group: dict[int, Annotated] | None, *, later: bool) -> Markup:
    """A link to the first of some notes; with `group` it is the tab stop of these notes."""
    mark = share[0]
    kinds = {other.note.file.record.kind for other in share}
    kind = next(kind for kind in WORDS if kind in kinds)
    notes = group or {other.number: other.note for other in share}
    back = Markup('<span id="r-{}"></span>')
    others = Markup("").join(back.format(other.note.file.record.id) for other in share[1:] if other.first)
    return others + Markup(
        '<a class="aa-noteref {}"{} href="#a-{}" role="doc-noteref" data-n="{}" aria-label="{}"{}></a>'
    ).format(
        f"{kind} later" if later else kind,
        Markup(' id="r-{}"').format(mark.note.file.record.id) if mark.first else "",
        mark.note.file.record.id,
        spans([other.number for other in share]),
        named([notes[number] for number in sorted(notes)]),
        "" if group else Markup(' tabindex="-1"'),
    )


def named(notes: Sequence[Annotated]) -> str:
    """Notes for a reader who hears them: "Correction 3, claim 4 and note 5"."""
    words = [f"{WORDS[note.file.record.kind].lower()} {note.number}" for note in notes[:NAMED]]
    if len(notes) > NAMED:
        words.append(f"{len(notes) - NAMED} more")
    said = wording.joined(words)
    return said[:1].upper() + said[1:]


def spans(numbers: Sequence[int]) -> str:
    """Numbers in order, those that follow one another drawn together: "1, 3–7"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = [f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs]
    return ", ".join(parts)
