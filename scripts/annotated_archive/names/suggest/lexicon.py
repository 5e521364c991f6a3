"""How the words of an archive are written: mostly with a capital, or mostly without."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable

_WORDS = re.compile(r"[^\W\d_]{1,60}")


class Lexicon:
    """Counts of every word as it is written."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._counts: Counter[str] = Counter()
        for text in texts:
            self._counts.update(_WORDS.findall(text))

    def words(self) -> Collection[str]:
        """Every word as it is written."""
        return self._counts.keys()

    def common(self, word: str) -> float:
        """The share of the uses of a word that begin with a small letter; of its parts, where hyphens join it."""
        shares = [self._share(part) for part in _WORDS.findall(word)]
        return min(shares) if shares else 0.0

    def _share(self, word: str) -> float:
        small = 0 if word.islower() else self._counts[word.lower()]
        return small / (small + self._counts[word]) if small else 0.0
