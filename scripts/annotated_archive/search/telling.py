"""Words written so that the index tells them apart: Pagefind leaves signs out of words, and takes 1.5 for 15.

What a reader types is written in the same way by the page's script (`theme/assets/search-index.js`); a test compares
the two. The number of words stays as it is.
"""

from __future__ import annotations

import re

JOIN = "\ua4f8"
"""A letter that texts do not have; Pagefind leaves it in a word."""
_SIGN = r"[!-/:-@\[-`{-~°·×\u2010-\u2027\u2030-\u205e\u2212]"
_THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
_DECIMAL = re.compile(r"(?<![0-9])(?<![0-9][.,:·])([0-9]+)[.,:·]([0-9]+)(?![0-9]|[.,:·][0-9])")
_BETWEEN = re.compile(rf"(?<=[0-9]){_SIGN}+(?=[0-9])")
_NUMBERED = re.compile(r"[0-9]\S*")
_AT_END = ".,;:)’”"
# With full stops or in capitals it is a name, and else a pronoun. Its first letter stands first: so it is found fast.
_STATES = re.compile(r"U(?<![0-9A-Za-z.]U)(?:\.S|S)(?:\.(?![0-9A-Za-z])|(?![0-9A-Za-z.]))(?:['’]s(?![0-9A-Za-z]))?")


def told_apart(text: str) -> str:
    """`text` as the index is given it: 3,500 as 3500, 1.5 as a word that is not 15, 2–5 as 2 and 5, U.S. not as us."""
    if "US" in text or "U.S" in text:
        text = _STATES.sub(f"U{JOIN}S", text)
    return _NUMBERED.sub(_figures, text)


def _figures(word: re.Match[str]) -> str:
    """What begins with a number, up to the next white space: no sign before it counts."""
    text = word.group()
    if text.rstrip(_AT_END).isdecimal():  # most are: no sign between figures
        return text
    text = _DECIMAL.sub(rf"\1{JOIN}\2", _THOUSANDS.sub("", text))
    return _BETWEEN.sub(f"-{JOIN}{JOIN}-", text)  # hyphens, so that each number is found by itself too
