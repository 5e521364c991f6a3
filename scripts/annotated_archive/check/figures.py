"""Numbers in words that were quoted: whether a claim's figure stands in them.

A figure stands in words as digits, with or without separators between thousands (comma, full stop, apostrophe, or any
space), with `thousand`, `million` or `billion` behind them; or as an English or Spanish number word up to twenty.
A comma or full stop that could separate thousands or decimals is read both ways.
"""

from __future__ import annotations

import re

_SPACES = " \u00a0\u2007\u2009\u202f"
_NUMBER = re.compile(
    rf"(?<![0-9])(?:[0-9]{{1,3}}(?:([,.'’{_SPACES}])[0-9]{{3}}(?:\1[0-9]{{3}})*)(?![0-9])|[0-9]+)(?:([.,])([0-9]+))?"
)
_POWERS = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
_POWER = re.compile(rf"[{_SPACES}-]({'|'.join(_POWERS)})\b", re.I)
_WORDS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
_SPANISH = (
    *("uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez"),
    *("once", "doce", "trece", "catorce", "quince", "dieciséis", "diecisiete", "dieciocho", "diecinueve", "veinte"),
)
_AMOUNTS = {word: number for words in (_WORDS, _SPANISH) for number, word in enumerate(words, 1) if word != "once"}
"""Number words and what they mean. Spanish “once” is left out: it is an English word."""
_NUMBER_WORD = re.compile(
    rf"(?<![\w-])({'|'.join(sorted(_AMOUNTS, key=len, reverse=True))})(?!\w|-(?:{'|'.join(_WORDS)})\b)", re.I
)
_LONGEST = 15
"""Digits of the longest number read; an amount has at most 13."""


def numbers(words: str) -> set[float]:
    """Every number that `words` can be read to name."""
    found: set[float] = set()
    for match in _NUMBER.finditer(words):
        separator, _, decimals = match.groups()
        if len(match.group()) > 2 * _LONGEST:
            continue
        whole = match.group() if decimals is None else match.group()[: -len(decimals) - 1]
        readings = {float("".join(filter(str.isdigit, whole)))}
        if decimals is not None:
            readings = {float(f"{int(next(iter(readings)))}.{decimals}")}
        elif separator in (",", ".") and whole.count(separator) == 1:
            readings.add(float(whole.replace(separator, ".")))
        if power := _POWER.match(words, match.end()):
            readings = {reading * _POWERS[power.group(1).lower()] for reading in readings}
        found |= readings
    for match in _NUMBER_WORD.finditer(words):
        amount = float(_AMOUNTS[match.group(1).lower()])
        power = _POWER.match(words, match.end())
        found.add(amount * _POWERS[power.group(1).lower()] if power else amount)
    return found
