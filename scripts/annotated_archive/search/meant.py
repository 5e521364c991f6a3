"""The entities that a query names, in whatever letters, and those that it nearly names."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from annotated_archive.search.folding import folded
from annotated_archive.search.query import Term, names
from annotated_archive.search.vocabulary import spelled, stands

_NEAR = 5
_LOOKED_AT = 12
"""How many words of a query names may be near to."""


@dataclass(frozen=True)
class Meant:
    """An entity that a query names, or nearly: its id, kind, preferred name, the form typed or meant, all forms."""

    id: str
    kind: str
    name: str
    form: str
    forms: tuple[str, ...]


def entities(index: sqlite3.Connection, form: str, typed: str, whole: bool) -> set[str]:
    """The entities that are meant by a form (folded, and as typed); one in other letters may stand in Latin ones."""
    found = _named(index, form, typed, whole)
    if not found and not form.isascii():
        from anyascii import anyascii  # its tables are large, and seldom needed

        found = _named(index, folded(anyascii(typed)), typed, whole)
    return found


def _named(index: sqlite3.Connection, key: str, typed: str, whole: bool) -> set[str]:
    """The entities with a form that is looked up as `key`.

    One that is no form, but only how a form would be written in Latin letters, counts where no text has such words.
    """
    rows = index.execute("SELECT form, entity FROM form WHERE folded = ?", (key,)).fetchall()
    own = {form for form, _ in rows if folded(form) == key}
    words = tuple(key.split())
    if len(own) < len({form for form, _ in rows}) and not (spelled(index, words) and stands(index, words)):
        own |= {form for form, _ in rows}
    return {entity for form, entity in rows if form in own and names(form, typed, whole)}


def meant(index: sqlite3.Connection, entity: str, form: str) -> Meant:
    """An entity, with the form by which it was found."""
    kind, name = index.execute("SELECT kind, name FROM entity WHERE id = ?", (entity,)).fetchone()
    forms = index.execute("SELECT form FROM form WHERE entity = ? GROUP BY form ORDER BY min(rowid)", (entity,))
    return Meant(entity, kind, name, form, tuple(one for (one,) in forms))


def near(index: sqlite3.Connection, asked: list[Term]) -> list[Meant]:
    """Entities with a form that is one typing error away from what was asked for, or from one word of it."""
    phrases = [phrase for term in asked if not term.excluded for phrase in term.phrases]
    typed = list(dict.fromkeys([" ".join(word for phrase in phrases for word in phrase), *map(" ".join, phrases)]))
    found: dict[str, str] = {}
    for text in [text for text in typed if len(text) > 2][:_LOOKED_AT]:
        for key, form, entity in _alike(index, text):
            if len(found) < _NEAR and one_slip(text, key):
                found.setdefault(entity, form)
    return [meant(index, entity, form) for entity, form in found.items()]


def _alike(index: sqlite3.Connection, text: str) -> list[tuple[str, str, str]]:
    """Forms that begin or end like `text`: of two letters that are swapped, and of one that is not the same, one half
    of a word always stays."""
    half = (len(text) - 1) // 2
    begins, ends = text[:half], text[:half:-1]
    return index.execute(
        "SELECT folded, form, entity FROM form WHERE folded BETWEEN ? AND ? OR backwards BETWEEN ? AND ?"
        " ORDER BY folded, entity",
        (begins, begins + "\U0010ffff", ends, ends + "\U0010ffff"),
    ).fetchall()


def one_slip(a: str, b: str) -> bool:
    """Whether two texts are one typing error apart: a letter more, less or other, or two beside one another swapped."""
    start = next((at for at, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    a, b = a[start:], b[start:]
    swapped = a[:2] == b[1::-1] and len(b) > 1 and a[2:] == b[2:]
    return a != b and (swapped or b in (a[1:],) or a == b[1:] or a[1:] == b[1:])
