"""What in a text looks like damage of its capture. It is only ever proposed, as a note beside words that stay."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from annotated_archive.records.text import FORBIDDEN, blocks, composed

MAX_REPAIRS = 20
"""More than these in one text are no slips: the page should be saved again."""
MAX_WORDS = 300
"""Characters of a damaged passage that are proposed as one repair."""
_WORD = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile(r"\S+")
_ADDRESS = re.compile(r"[@#/_]|\.\w")
"""What stands in names of accounts, hashtags, addresses and file names, whose words are run together on purpose."""
_AGAIN = re.compile(r"\b(\w[^\n]{3,59}?)(?<=\w)\1")
_SHORTEST = 3
_SHORTEST_BESIDE_A_NAME = 4
LOST = "\ufffd"


@dataclass(frozen=True)
class Repair:
    """Characters [start, end) of a text, what may have stood there (None: it is lost), and why that is thought.

    `sure` enough to be proposed by the program alone; else only a person proposes it.
    """

    start: int
    end: int
    exact: str
    instead: str | None
    why: str
    sure: bool = True


class Words:
    """The words that stand in an archive: in its texts, and in the names of its authority files.

    Texts are read when the first word is asked for: most pages have none that looks like a slip.
    """

    def __init__(self, names: Iterable[str] = (), texts: Iterable[str] = ()) -> None:
        self.names = {word for name in names for word in _WORD.findall(name) if word[:1].isupper()}
        self._words: set[str] = set()
        self._unread = list(texts)

    def add(self, text: str) -> None:
        """Take the words of a text in."""
        self._unread.append(text)

    def __contains__(self, word: str) -> bool:
        for text in self._unread:
            self._words.update(_WORD.findall(text))
        self._unread.clear()
        return word in self._words or word in self.names

    def named(self, word: str) -> bool:
        """Whether a word is of a name and no common word: one that never stands with a small letter."""
        return word in self.names and word.lower() not in self


def repairs(body: str, words: Words) -> list[Repair]:
    """The repairs that a text seems to need, in its order, all found: see MAX_REPAIRS.

    `words` are those of the rest of the archive.
    """
    own = Words(texts=[body])
    found: list[Repair] = []
    for block in blocks(body):
        misread = list(_misread(block.text))
        taken = [(start, end) for start, end, _ in misread]
        taken += [match.span() for match in _TOKEN.finditer(block.text) if _ADDRESS.search(match.group())]
        for start, end, instead in misread:
            why = "characters that were read in another encoding than they were written in" if instead else ""
            why = why or "a character of the page was lost before it was taken in"
            found.append(Repair(block.start + start, block.start + end, block.text[start:end], instead, why))
        for match in [] if _stuttering(block.text) else _WORD.finditer(block.text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            if halves := _run_together(match.group(), words, own):
                at = block.start + match.start()
                why = "two words run together: each stands elsewhere in the archive, and the whole does not"
                sure = any(words.named(half) and half.lower() not in own for half in halves)
                found.append(Repair(at, block.start + match.end(), match.group(), " ".join(halves), why, sure))
    return found


def _stuttering(text: str) -> bool:
    """Whether words are run together with the same words again: boxes of a page have got into a sentence."""
    return any(match[1][0].isupper() for match in _AGAIN.finditer(text))


def _run_together(word: str, words: Words, own: Words) -> tuple[str, str] | None:
    """The two words that a word is made of, where only one pair can be meant.

    Both halves stand elsewhere and the whole does not; and a capital letter stands within the word, or one half is a
    known name and the other a common word: "sunflower" is no slip.
    """
    pairs = []
    for at in range(_SHORTEST, len(word) - _SHORTEST + 1):
        first, second = word[:at], word[at:]
        capital = first[-1].islower() and second[0].isupper() and second[1:].islower()
        long = min(len(first), len(second)) >= _SHORTEST_BESIDE_A_NAME
        beside = long and second.islower() and words.named(first) and first.lower() not in own
        if (capital or beside) and all(half in own or half in words for half in (first, second)):
            pairs.append((first, second))
    return pairs[0] if len(pairs) == 1 and word not in words else None


def _misread(text: str) -> list[tuple[int, int, str | None]]:
    """Passages [start, end) in a wrong encoding, with what they should say; those with a lost character, with None."""
    if text.isascii():
        return []
    import ftfy

    config = ftfy.TextFixerConfig(
        unescape_html=False, remove_terminal_escapes=False, fix_latin_ligatures=False, fix_character_width=False,
        uncurl_quotes=False, fix_line_breaks=False, fix_surrogates=False, remove_control_chars=False,
        normalization="NFC", explain=False,
    )  # fmt: skip
    mended = ftfy.fix_text(text, config)
    found: list[tuple[int, int, str | None]] = []
    if mended != text:
        before, after = list(_TOKEN.finditer(text)), list(_TOKEN.finditer(mended))
        old, new = [match.group() for match in before], [match.group() for match in after]
        for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if tag != "replace":
                continue
            # One word for one where the numbers agree: each is a slip of its own.
            steps = [(a + i, a + i + 1, c + i, c + i + 1) for i in range(b - a)] if b - a == d - c else [(a, b, c, d)]
            for one, two, three, four in steps:
                start, end = before[one].start(), before[two - 1].end()
                instead = composed(mended[after[three].start() : after[four - 1].end()])
                if end - start <= MAX_WORDS and not FORBIDDEN.search(instead):
                    found.append((start, end, instead))
    taken = [(start, end) for start, end, _ in found]
    for match in _TOKEN.finditer(text) if LOST in text else ():
        if LOST in match.group() and not any(start < match.end() and match.start() < end for start, end in taken):
            found.append((match.start(), match.end(), None))
    return sorted(found, key=lambda one: one[:2])
