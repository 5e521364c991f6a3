"""The words that stand in the texts of the terminal's search, in any of their endings and just as they are written."""

from __future__ import annotations

import sqlite3

from annotated_archive.search.query import Phrase, expression

_BEGUN = 500
"""How many words are looked for at most in the place of one that stands nowhere, and begins them."""


def stands(index: sqlite3.Connection, phrase: Phrase) -> bool:
    """Whether any text holds a phrase, its words in any of their endings."""
    return index.execute("SELECT 1 FROM words(?) LIMIT 1", (expression(phrase),)).fetchone() is not None


def spelled(index: sqlite3.Connection, words: Phrase) -> bool:
    """Whether each of these words stands somewhere in just this spelling."""
    known = "SELECT 1 FROM spelling WHERE word = ?"
    return all(index.execute(known, (word,)).fetchone() is not None for word in words)


def beginning(index: sqlite3.Connection, word: str) -> Phrase:
    """The words that begin so and stand in most documents, in the order of the alphabet."""
    most = "SELECT word FROM spelling WHERE word BETWEEN ? AND ? ORDER BY documents DESC, word LIMIT ?"
    return tuple(sorted(one for (one,) in index.execute(most, (word, word + "\U0010ffff", _BEGUN))))
