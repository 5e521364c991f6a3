"""In what company a name stands: “in X”, “President X”, “X said”, at the beginning of a report …"""

from __future__ import annotations

import re
from collections.abc import Mapping

from annotated_archive.names.suggest.words import AFTER, BEFORE

TITLE = "president X"
DATELINE = "dateline"
QUOTED = "“X”"
_BEFORE = {kind: re.compile(rf"(?<!\w)(?:{words})[ \xa0\n]$", re.I) for kind, words in BEFORE.items()}
_AFTER = {kind: re.compile(words) for kind, words in AFTER.items()}
_DATELINE = re.compile(  # “BERD, Armenia, 13 Sept. (Agency) -”
    r"(?=,|/| ?\()(?:, ?[^\W\d_]{2,20}\.?(?: \d{1,2})?|[,/]? ?\d{1,2} [^\W\d_]{3,12}\.?/?| [^\W\d_]{3,12}\.? \d{1,2}"
    r"| ?\([^)\n]{2,40}\)){1,4} ?[-–—] ?(?=\S)"
)
_WIDTH = 40
_OF_ARTICLES = "the "


def kinds(text: str, start: int, end: int) -> set[str]:
    """The kinds of context of the words [start, end) of a text."""
    before, after = text[max(0, start - _WIDTH) : start], text[end : end + _WIDTH]
    found = {kind for kind, pattern in _AFTER.items() if pattern.match(after)}
    bare = before.removesuffix(_OF_ARTICLES)
    found |= {kind for kind, pattern in _BEFORE.items() if pattern.search(before) or pattern.search(bare)}
    if "(X)" in found and not before.endswith("("):
        found.remove("(X)")
    if before[-1:] in ("“", "«", "„") and after[:1] in ("”", "»", "“"):
        found.add(QUOTED)
    if (not before or before.endswith("\n\n")) and _DATELINE.match(after):
        found.add(DATELINE)
    return found


def ranked(counts: Mapping[str, int]) -> dict[str, int]:
    """Kinds of context with how often each was met, the most frequent first."""
    return dict(sorted(counts.items(), key=lambda kind: (-kind[1], kind[0])))
