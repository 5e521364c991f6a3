"""A text as anchors read it: characters that look alike made one, and where its blocks, sentences and words end."""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property, lru_cache

from annotated_archive.records.text import SEPARATOR, composed, digest

# One character for one, so that offsets stay. The minus sign is no hyphen (“−5” is not “-5”), and digits, letters and
# ligatures of any kind equal only themselves: whatever decides what a sentence says is compared as it stands.
_ALIKE = str.maketrans(
    dict.fromkeys("’‘ʻʼ`´‚‛", "'")
    | dict.fromkeys("“”„‟«»", '"')
    | dict.fromkeys("\n\t\xa0\u2002\u2003\u2007\u2009\u200a\u202f\u3000", " ")
    | dict.fromkeys("‐‑‒–—", "-")
)
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
# Where a sentence may end. One read too long only makes an anchor stricter, so what is doubtful ends none: “!”, “?” and
# “…” (“Yahoo! News”), a stop after fewer than four letters (“Gen.”, “U.S.”) or an abbreviation, one in a quotation or
# bracket or right before the mark that ends it, and one before a small letter, a number, a dash or a bracket. So a
# quotation is one sentence with its speaker. In Armenian, which has stops of its own, the Latin one announces speech.
_STOP = re.compile(
    r"""(?:(?<![^\W\d_])([^\W\d_]{3,}[^\W\d_\u0531-\u0587])["'”’»)\]]*\.|[։۔])(?=(\s+)["'“„«‘]*([^\W\d_]))"""
)
_ABBREVIATIONS = """
adms approx assn assoc asst atty brig calif capt chap cmdr comdr conf const cont conv corp decl dept depts dist
excl figs gens govs govt incl insp inst intl lieut messrs natl orig para paras parl pres prof profs prov publ reps
repr repub resol revd sect secy sens sept suppl supt tech terr thur thurs trans transl tues univ vols weds
азерб акад англ армян бульв воен военн гвард долл капит корп лейт микр млрд набер нояб ориг офиц площ подп полк
полковн пред предс прибл прим просп проф респ росс секр сент сентяб серж соотв спец трлн тысяч указ февр франц экон
azərb dekab ermən fevr kapit leyt mlrd müəl noyab oktyab polk polkov sent sentyab serj təxm trln yanv
აკად დეკემ იანვ ნოემ ოქტომ პროფ რესპ სექტ თებერ
"""  # of four letters and more
_ABBREVIATED = frozenset(_ABBREVIATIONS.split())
# Marks of quotations, and brackets. Single marks cannot be told from apostrophes: from one that may begin a quotation,
# the rest of the block is one.
_ENCLOSING = re.compile(r"""[“”„‟«»‹›"()\[\]‘‚]|(?<!\w)['`´](?=\w)""")
_OPENED_BY = {'"': '"', "”": "“„‟", "»": "«", "›": "‹", ")": "(", "]": "["}
# Letters of scripts that set no spaces between words, where every place would be inside a “word”.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ua4cf\uf900-\ufaff\U00020000-\U0003ffff]")
# Armenian marks of stress, exclamation and question stand inside words.
_INSIDE_WORDS = "՛՜՞"
# Numbers go on after a point or comma (“6,500”), a space before three digits (“6 500”), and behind a sign (“−5”).
_NUMBER = re.compile(r"(?<![\w)])[−-]?\d+(?:[.,:'’٫٬]\d+|[^\S\n]\d{3}(?!\d))+|(?<![\w)])[−-]\d+")
_OF_NUMBERS = re.compile(r"(?:[\d.,:'’٫٬−-]|[^\S\n])*")
"""What numbers consist of. From one run of it no number reaches into another."""
_NEAR = 200
"""Characters of such a run that are read for themselves; in a longer one, numbers are looked for in the whole text."""


def normal(words: str) -> str:
    """`words` composed (NFC), look-alikes made one, a paragraph's end made a space, invisible characters dropped."""
    words = composed(words).replace(SEPARATOR, " ")
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
        if composed(text) == text and not _INVISIBLE.search(text):
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
        inside = list(_enclosed(self.text))
        for stop in _STOP.finditer(self.text):
            word, space, letter = stop.groups()
            if (word or "").lower() in _ABBREVIATED or not letter.isalpha() or letter.islower():
                continue
            number = bisect_left(inside, (stop.end(),)) - 1
            if number < 0 or stop.end() > inside[number][1]:
                ends.append(stop.end())
                starts.append(stop.end() + len(space))
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
        before, after = self.text[at - 1], self.text[at]
        # Of any two neighbours in a number one is a digit.
        return ((before.isdecimal() or after.isdecimal()) and self._in_number(at)) or _one_word(before, after)

    def _in_number(self, at: int) -> bool:
        """Whether a number goes on from before offset `at` to behind it."""
        text, first = self.text, at
        while first > 0 and at - first < _NEAR and _OF_NUMBERS.fullmatch(text, first - 1, first):
            first -= 1
        run = _OF_NUMBERS.match(text, at, at + _NEAR)
        assert run
        if max(at - first, run.end() - at) < _NEAR:
            return any(found.start() < at < found.end() for found in _NUMBER.finditer(text, first, run.end()))
        starts, ends = self._numbers
        number = bisect_left(starts, at) - 1
        return number >= 0 and at < ends[number]


def _one_word(before: str, after: str) -> bool:
    """Whether two neighbouring characters belong to one word."""
    if _UNSPACED.match(before) or _UNSPACED.match(after):
        return False
    return (before.isalnum() or before in _INSIDE_WORDS) and (after.isalnum() or after in _INSIDE_WORDS)


def _enclosed(text: str) -> Iterator[tuple[int, int]]:
    """The spans of quotations and brackets, from the outermost mark to its end, in order; none overlap.

    One that does not end goes on to the end of its block, and one that ends without a beginning goes back to its
    beginning: a quotation may run over several paragraphs.
    """
    at = 0
    for block in text.split(SEPARATOR):
        spans: list[tuple[int, int]] = []
        opened: list[str] = []
        since = 0
        for match in _ENCLOSING.finditer(block):
            mark = match.group()
            openers = "„" if mark == "“" and "„" in opened else _OPENED_BY.get(mark, "")
            found = max((number for number, opener in enumerate(opened) if opener in openers), default=-1)
            if found >= 0:
                del opened[found:]
                if not opened:
                    spans.append((since, match.end()))
            elif openers and mark not in '"“':
                spans, since = [] if opened else [(0, match.end())], 0
            else:
                since = since if opened else match.start()
                opened.append(mark)
        if '"' in opened:
            spans, since = [], 0
        if opened:
            spans.append((since, len(block)))
        for start, end in spans:
            yield at + start, at + end
        at += len(block) + len(SEPARATOR)


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
