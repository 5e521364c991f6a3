"""Texts for archives to measure on: the speeches of the UN General Debate, and generated ones where those are not.

Both come as `Told`: a title, a day, the one who speaks, and the blocks of a canonical text. The generated ones follow
from their number and a seed alone: words of an invented lexicon by Zipf's law, as long as the speeches are, with names
woven in so that few of them stand in most texts and most of them in few.
"""

from __future__ import annotations

import itertools
import random
import re
import tarfile
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from annotated_archive.records.text import FORBIDDEN

SPEECHES = "corpora/ungdc.tar.xz"
_FILE = re.compile(r"([A-Z]{2,})_(\d+)_(\d{4})\.txt")
_ENDED = re.compile(r"[.!?:;][”\"’')\]]*$")
_WRAPPED = 100
# Characters of the speeches: their deciles, and the longest of 99 in 100.
LENGTHS = (2_400, 9_300, 11_100, 12_600, 14_200, 16_100, 18_400, 21_100, 24_400, 29_400, 47_000)
LEXICON = 30_000
"""How many words the generated texts choose from."""


class Told(NamedTuple):
    """A text: a key of ASCII letters, digits and hyphens that is its alone, its title, its day, and its blocks."""

    key: str
    title: str
    date: str
    blocks: list[str]


def cleaned(text: str) -> list[str]:
    """The blocks of a canonical text: its paragraphs, in NFC, without controls, white space once.

    About a third of the speeches break every line as print does: such lines are joined up to the end of a sentence.
    """
    plain = FORBIDDEN.sub(" ", unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")))
    lines = [line for line in (" ".join(line.split()) for line in plain.split("\n")) if line]
    if not lines or sorted(map(len, lines))[len(lines) // 2] >= _WRAPPED:
        return lines
    blocks: list[str] = []
    for line in lines:
        if blocks and not _ENDED.search(blocks[-1]):
            blocks[-1] += f" {line}"
        else:
            blocks.append(line)
    return blocks


def _day(dice: random.Random, year: int) -> str:
    """A day on which the General Debate may be held."""
    return f"{year}-{dice.choice(('09-2', '10-0', '10-1'))}{dice.randint(1, 9)}"


def speeches(shared: Path, count: int | None = None) -> list[Told]:
    """`count` of the speeches, spread evenly over the years, or all of them. `shared` holds `corpora/ungdc.tar.xz`."""
    with tarfile.open(shared / SPEECHES) as tar:
        found = {name: tar.extractfile(member) for member in tar if (name := Path(member.name).name)}
        texts = {name: file.read().decode("utf-8", "replace") for name, file in found.items() if file}
    # By year first, so that every part of the whole has all times in it.
    names = sorted((name for name in texts if _FILE.fullmatch(name)), key=lambda name: (name[-8:], name))
    chosen = names if count is None else [names[at * len(names) // count] for at in range(min(count, len(names)))]
    told = []
    for name in chosen:
        state, session, year = _FILE.fullmatch(name).groups()  # type: ignore[union-attr]
        dice = random.Random(name)
        title = f"General Debate of {year}, {int(session)}. session: {state}"
        told.append(Told(f"{state.lower()}-{int(session)}", title, _day(dice, int(year)), cleaned(texts[name])))
    return [one for one in told if one.blocks]


def _word(dice: random.Random) -> str:
    return "".join(
        dice.choice("bdfgklmnprstvz") + dice.choice(("a", "e", "i", "o", "u", "an", "er", "ol"))
        for _ in range(dice.choice((1, 2, 2, 3, 3, 4)))
    )


def invented(dice: random.Random, count: int) -> list[str]:
    """So many words that no language has, each once."""
    found: dict[str, None] = {}
    while len(found) < count:
        found.setdefault(_word(dice))
    return list(found)


@cache
def _lexicon(seed: int) -> list[str]:
    return invented(random.Random(f"lexicon {seed}"), LEXICON)


def falling(count: int, power: float = 1.0) -> list[float]:
    """Cumulative weights by Zipf's law: the n-th of `count` has the weight 1 / n ** power."""
    return list(itertools.accumulate(1 / rank**power for rank in range(1, count + 1)))


def made(count: int, names: list[str], seed: int = 7) -> Iterator[Told]:
    """`count` generated texts, in which `names` stand, the first of them most often."""
    dice = random.Random(seed)
    words, weights, called = _lexicon(seed), falling(LEXICON), falling(len(names))
    agency = [_paragraph(dice, words, weights, names, called) for _ in range(max(count // 25, 2))]
    for number in range(count):
        dice = random.Random(f"{seed} {number}")
        decile = dice.randrange(len(LENGTHS) - 1)
        left = dice.randint(LENGTHS[decile], LENGTHS[decile + 1])
        blocks: list[str] = []
        while left > 0:
            blocks.append(_paragraph(dice, words, weights, names, called))
            left -= len(blocks[-1])
        if dice.random() < 0.1:  # words of an agency, which others print too
            blocks.insert(dice.randint(0, len(blocks)), dice.choice(agency))
        title = " ".join(dice.choices(words, cum_weights=weights, k=5)).capitalize()
        yield Told(f"made-{number:05d}", title, _day(dice, 1946 + number % 80), blocks)


def _paragraph(
    dice: random.Random, words: list[str], weights: list[float], names: list[str], called: list[float]
) -> str:
    """Sentences of about a paragraph of a speech: about one name in 40 words, now and then a figure."""
    sentences = []
    for _ in range(dice.randint(2, 7)):
        said = dice.choices(words, cum_weights=weights, k=dice.randint(8, 34))
        for name in dice.choices(names, cum_weights=called, k=len(said) // 24):
            said[dice.randrange(1, len(said))] = name
        if dice.random() < 0.15:
            said[dice.randrange(1, len(said))] = f"{dice.randint(11, 9999)}"
        said[0] = said[0].capitalize()
        sentences.append(f"{' '.join(said)}.")
    return " ".join(sentences)
