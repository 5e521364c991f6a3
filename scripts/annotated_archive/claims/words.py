"""The same statement in several wordings, compared word by word (`difflib.SequenceMatcher` on words and signs)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

LEFT_OUT = "[…]"
"""Stands between two quoted pieces of one wording. It is ours, and never marked as differing."""
_PIECE = re.compile(r"\[…\]|\w+(?:[’'.,\-]\w+)*|[^\w\s]|\s+")


@dataclass(frozen=True)
class Run:
    """Some words of one wording. `same` stands in the first wording too; `other` only here; `gap` (without words) is
    where this wording lacks words that the first one has. In the first wording, `other` is what another lacks."""

    kind: Literal["same", "other", "gap"]
    text: str


def compared(wordings: list[str]) -> list[list[Run]]:
    """Each wording as runs against the first. The text of its runs is the wording, to the character."""
    first = _pieces(wordings[0])
    lacking: set[int] = set()
    rest: list[list[Run]] = []
    for wording in wordings[1:]:
        pieces = _pieces(wording)
        runs: list[Run] = []
        for tag, a, b, c, d in SequenceMatcher(None, _keys(first), _keys(pieces), autojunk=False).get_opcodes():
            if tag == "equal":
                runs.append(Run("same", "".join(pieces[c:d])))
                continue
            lacking.update(range(a, b))
            runs += _runs(pieces[c:d], set(range(d - c)))
            if a < b and c == d:
                runs.append(Run("gap", ""))
        rest.append(runs)
    return [_runs(first, lacking), *rest]


def _runs(pieces: list[str], other: set[int]) -> list[Run]:
    """The pieces joined into runs; those of the numbers in `other` differ."""
    found: list[Run] = []
    for number, piece in enumerate(pieces):
        kind: Literal["same", "other"] = "other" if number in other and piece.strip() != LEFT_OUT else "same"
        if found and found[-1].kind == kind:
            found[-1] = Run(kind, found[-1].text + piece)
        else:
            found.append(Run(kind, piece))
    return found


def _pieces(text: str) -> list[str]:
    """Words and signs, each with the white space after it."""
    found: list[str] = []
    for piece in _PIECE.findall(text):
        if piece.isspace() and found:
            found[-1] += piece
        else:
            found.append(piece)
    return found


def _keys(pieces: list[str]) -> list[str]:
    """What pieces are compared by: white space does not count."""
    return [piece.strip() for piece in pieces]
