"""A text as anchors read it: characters that look alike made one, and where its blocks, sentences and words end."""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property, lru_cache

from annotated_archive.records.text import SEPARATOR, digest

# One character for one, so that offsets stay. The minus sign is no hyphen (“−5” is not “-5”), and digits, letters and
# ligatures of any kind equal only themselves: whatever decides what a sentence says is compared as it stands.
_ALIKE = str.maketrans(
    dict.fromkeys("’‘ʻʼ`´‚‛", "'")
    | dict.fromkeys("“”„‟«»", '"')
    | dict.fromkeys("\n\t\xa0\u2002\u2003\u2007\u2009\u200a\u202f\u3000", " ")
    | dict.fromkeys("‐‑‒–—", "-")
)
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
# The end of a sentence, as carefully as it must be here: a sentence read too long only makes an anchor stricter, so an
# abbreviation (“Gen.”, “U.S.”), a number, and a small letter as the next one (“«…», – said”) end none.
_STOP = re.compile(r"""(?:[^\W\d_]{4}["'”’»)\]]*\.|[!?…։؟۔])[.!?…։؟۔]*["'”’»)\]]*(?=\s)""")
_NEXT, _WORD = re.compile(r"\S"), re.compile(r"[^\W_]")
# Letters of scripts that set no spaces between words, where every place would be inside a “word”.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ua4cf\uf900-\ufaff\U00020000-\U0003ffff]")
# Armenian marks of stress, exclamation and question stand inside words.
_INSIDE_WORDS = "՛՜՞"
# Numbers go on after a point or comma (“6,500”), a space before three digits (“6 500”), and behind a sign (“−5”).
_NUMBER = re.compile(r"(?<![\w)])[−-]?\d+(?:[.,:'’٫٬]\d+|[^\S\n]\d{3}(?!\d))+|(?<![\w)])[−-]\d+")


def normal(words: str) -> str:
    """`words` composed (NFC), look-alikes made one, a paragraph's end made a space, invisible characters dropped."""
    words = unicodedata.normalize("NFC", words).replace(SEPARATOR, " ")
    return _INVISIBLE.sub("", words.translate(_ALIKE))


class Reading:
    """One text, its normal form `plain`, and the way back from offsets in that to offsets in the text."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def sha256(self) -> str:
        """The name of this version of the text."""
        return digest(self.text)

    @cached_property
    def plain(self) -> str:
        """The text as `normal` makes it."""
        return normal(self.text)

    @cached_property
    def _back(self) -> tuple[list[int], array[int], array[int]]:
        """The way back from `plain`: the offsets in it of what was a paragraph's end, or else, for a text that is not
        composed or holds invisible characters, where what each character stands for begins and ends."""
        text = self.text
        gaps: list[int] = []
        starts, ends = array("l"), array("l")
        if unicodedata.is_normalized("NFC", text) and not _INVISIBLE.search(text):
            at = text.find(SEPARATOR)
            while at >= 0:
                gaps.append(at - len(gaps))
                at = text.find(SEPARATOR, at + len(SEPARATOR))
            return gaps, starts, ends
        for start, end in _letters(text):
            for _ in normal(text[start:end]):
                starts.append(start)
                ends.append(end)
        return gaps, starts, ends

    def find(self, words: str) -> Iterator[int]:
        """Every offset in `plain` at which `words`, in their normal form, stand; they may overlap."""
        at = self.plain.find(words)
        while at >= 0:
            yield at
            at = self.plain.find(words, at + 1)

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """The span of the text that characters [start, end) of `plain` stand for; None if it would split a letter."""
        gaps, starts, ends = self._back
        if not starts:
            start, end = start + bisect_left(gaps, start), end + bisect_left(gaps, end)
        elif start == end:
            start = end = starts[start] if start < len(starts) else len(self.text)
        else:
            if any(0 < edge < len(starts) and starts[edge - 1] == starts[edge] for edge in (start, end)):
                return None
            start, end = starts[start], ends[end - 1]
        if any(edge < len(self.text) and unicodedata.category(self.text[edge])[0] == "M" for edge in (start, end)):
            return None
        return start, end

    @cached_property
    def _sentences(self) -> tuple[list[int], list[int]]:
        """Where sentences begin, and where they end."""
        starts, ends, block = [0], [len(self.text)], self.text.find(SEPARATOR)
        while block >= 0:
            ends.append(block)
            starts.append(block + len(SEPARATOR))
            block = self.text.find(SEPARATOR, starts[-1])
        for stop in _STOP.finditer(self.text):
            after = _NEXT.search(self.text, stop.end())
            letter = _WORD.search(self.text, stop.end())
            if after and letter and not letter.group().islower():
                ends.append(stop.end())
                starts.append(after.start())
        return sorted(set(starts)), sorted(set(ends))

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """The span of the sentence, or sentences, that [start, end) stands in."""
        starts, ends = self._sentences
        return starts[bisect_right(starts, start) - 1], ends[min(bisect_left(ends, end), len(ends) - 1)]

    def sentences(self) -> list[tuple[int, int]]:
        """The spans of all sentences, in order."""
        starts, ends = self._sentences
        return [(start, ends[min(bisect_left(ends, start), len(ends) - 1)]) for start in starts]

    def block(self, start: int, end: int) -> tuple[int, int]:
        """The span of the block, or blocks, that [start, end) stands in."""
        before, after = self.text.rfind(SEPARATOR, 0, start), self.text.find(SEPARATOR, end)
        return (before + len(SEPARATOR) if before >= 0 else 0), (after if after >= 0 else len(self.text))

    def paragraphs(self, start: int, end: int) -> tuple[int, int]:
        """The numbers, from 1, of the blocks in which [start, end) begins and ends."""
        first = self.text.count(SEPARATOR, 0, start) + 1
        return first, first + self.text.count(SEPARATOR, start, end)

    @cached_property
    def _numbers(self) -> tuple[list[int], list[int]]:
        """Where numbers of more than plain digits begin, and where they end."""
        found = [match.span() for match in _NUMBER.finditer(self.text)]
        return [start for start, _ in found], [end for _, end in found]

    def cuts(self, at: int) -> bool:
        """Whether a word or a number goes on from before offset `at` to behind it."""
        if not 0 < at < len(self.text):
            return False
        starts, ends = self._numbers
        number = bisect_left(starts, at) - 1
        return (number >= 0 and at < ends[number]) or _one_word(self.text[at - 1], self.text[at])


def _one_word(before: str, after: str) -> bool:
    """Whether two neighbouring characters belong to one word."""
    if _UNSPACED.match(before) or _UNSPACED.match(after):
        return False
    return (before.isalnum() or before in _INSIDE_WORDS) and (after.isalnum() or after in _INSIDE_WORDS)


def _letters(text: str) -> Iterator[tuple[int, int]]:
    """The spans of letters, each with the marks that combine with it, and of the ends of paragraphs."""
    at = 0
    while at < len(text):
        end = at + (len(SEPARATOR) if text.startswith(SEPARATOR, at) else 1)
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        yield at, end
        at = end


@lru_cache(maxsize=2048)
def reading(text: str) -> Reading:
    """The reading of a text, kept: an article is read once, however many annotations it has."""
    return Reading(text)
