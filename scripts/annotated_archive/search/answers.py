"""What the terminal's search finds: the documents that hold a query's terms, chosen by facets, in their order."""

from __future__ import annotations

import heapq
import math
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from annotated_archive.search.document import ENTITIES, KINDS
from annotated_archive.search.excerpts import Excerpts, Piece
from annotated_archive.search.query import Phrase, Term, begun, expression, parse, terms
from annotated_archive.search.terminal import content_of

_WEIGHTS = {
    "article": 1.5, "annotation": 1, "claim": 1, "place": 1.3, "actor": 1.3, "treaty": 1.3, "event": 1.3,
    "background": 1, "work": 0.5, "page": 0.5,
}  # fmt: skip
"""How much a match counts in a document of each kind, as on the page."""
_TITLE = 8
"""How much more a word counts in a title than in a text."""
_SATURATED = 1.2  # as `k1` of FTS5's bm25
_NAMED = 1000
"""An entity whose own name was typed comes first of all."""
_NEAR = 5
_LOOKED_AT = 12
"""How many words of a query names may be near to."""


@dataclass(frozen=True)
class Wanted:
    """What is searched for. Kinds, sources and years: one of them; entities: all of them; empty: any.

    A document counts where its date can lie between `first` and `last`.
    """

    query: str = ""
    kinds: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    entities: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    by_date: bool = False
    limit: int = 10


@dataclass(frozen=True)
class Result:
    """A document found: what it is, and the words of it that say why. `page` is where it leads, with its fragment."""

    id: str
    kind: str
    title: str
    page: str
    source: str
    byline: str
    date: str
    language: str
    passage: str
    excerpt: tuple[Piece, ...]


@dataclass(frozen=True)
class Meant:
    """An entity that a query names, or nearly: its id, kind, preferred name, the form typed or meant, all forms."""

    id: str
    kind: str
    name: str
    form: str
    forms: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """How many documents were found, the first of them, the names searched in all forms, and names close by if none."""

    total: int
    results: tuple[Result, ...]
    also: tuple[Meant, ...]
    near: tuple[Meant, ...]


def answer(index: sqlite3.Connection, wanted: Wanted) -> Answer:
    """Search an index that `terminal.opened` gave. Raises sqlite3.DatabaseError where it is broken."""
    read = terms(parse(wanted.query), lambda form: _entities(index, form))
    asked = [begun(term, lambda phrase: _stands(index, phrase)) for term in read]
    scores = _scores(index, asked) if asked else {} if wanted.query.strip() else None
    typed = {entity for term in asked if not term.excluded for entity in term.entities}
    total, order = 0, []
    for n, id_, kind, first in _chosen(index, wanted):
        if scores is None or n in scores:
            total += 1
            score = (scores or {}).get(n, 0) * _WEIGHTS[KINDS[kind]]
            if KINDS[kind] in ENTITIES and id_.rpartition("/")[2] in typed:
                score += _NAMED
            order.append((0 if wanted.by_date else -score, first or math.inf, id_, n))
    shown = [n for *_, n in heapq.nsmallest(wanted.limit, order)]
    also = [_meant(index, entity, term.typed) for term in asked for entity in term.entities if not term.excluded]
    near = _near(index, read) if not total else []
    return Answer(total, tuple(_results(index, shown, asked)), tuple(also), tuple(near))


def known(index: sqlite3.Connection, kind: str) -> list[str]:
    """The ids that a facet can be given: those of the entities of a kind, or of every source of a document."""
    if kind == "source":
        return [id_ for (id_,) in index.execute("SELECT DISTINCT source FROM document WHERE source <> '' ORDER BY 1")]
    return [id_ for (id_,) in index.execute("SELECT id FROM entity WHERE kind = ? ORDER BY 1", (kind,))]


def _entities(index: sqlite3.Connection, form: str) -> set[str]:
    return {entity for (entity,) in index.execute("SELECT entity FROM form WHERE folded = ?", (form,))}


def _stands(index: sqlite3.Connection, phrase: Phrase) -> bool:
    return index.execute("SELECT 1 FROM words(?) LIMIT 1", (expression(phrase),)).fetchone() is not None


def _match(asked: Iterable[Term], joint: str) -> str:
    """Terms as FTS5 reads them."""
    return joint.join(f"({' AND '.join(map(expression, term.phrases))})" for term in asked)


def _scores(index: sqlite3.Connection, asked: list[Term]) -> dict[int, float] | None:
    """Document → how well it holds all terms that it must hold; None where it must hold none and lack none."""
    found: dict[int, float] | None = None
    plain = [term for term in asked if not term.excluded and not term.entities]
    if plain:
        found = _lettered(index, plain)
    for term in (term for term in asked if not term.excluded and term.entities):
        own = _lettered(index, [term])
        for n, score in _naming(index, term.entities):
            own[n] = max(own.get(n, 0), score)
        found = own if found is None else {n: found[n] + own[n] for n in found.keys() & own.keys()}
    if excluded := [term for term in asked if term.excluded]:
        if found is None:
            found = dict.fromkeys((n for (n,) in index.execute("SELECT n FROM document")), 0.0)
        gone = {n for term in excluded for n, _ in _naming(index, term.entities)}
        gone |= _holding(index, _match(excluded, " OR "))
        found = {n: score for n, score in found.items() if n not in gone}
    return found


def _lettered(index: sqlite3.Connection, asked: list[Term]) -> dict[int, float]:
    """The documents that hold the letters of all of `asked`, with their scores.

    Terms that more than half of the documents hold weigh nothing beside rarer ones, and would take FTS5 most of the
    time: they are not scored, but for the rarest where there are no others.
    """
    holding = {term: _holding(index, _match([term], " AND ")) for term in dict.fromkeys(asked)}
    half = _size(index) / 2
    scored = [term for term, found in holding.items() if len(found) <= half]
    scored = scored or [min(holding, key=lambda term: len(holding[term]))]
    match = _match(scored, " AND ")
    rows = index.execute(f"SELECT rowid, -bm25(words, {_TITLE}, 1) FROM words(?)", (match,)).fetchall()
    others = [found for term, found in holding.items() if term not in scored]
    return {n: score for n, score in rows if all(n in found for found in others)}


def _holding(index: sqlite3.Connection, match: str) -> set[int]:
    return {n for (n,) in index.execute("SELECT rowid FROM words(?)", (match,))}


def _size(index: sqlite3.Connection) -> int:
    [size] = index.execute("SELECT count(*) FROM document").fetchone()
    return int(size)


def _naming(index: sqlite3.Connection, entities: tuple[str, ...]) -> Iterator[tuple[int, float]]:
    """The documents in which entities stand under any form, scored as FTS5 would score one word that often."""
    size = _size(index)
    for entity in entities:
        rows = index.execute("SELECT n, times + inside FROM naming WHERE entity = ?", (entity,)).fetchall()
        rarity = math.log(1 + (size - len(rows) + 0.5) / (len(rows) + 0.5))
        for n, times in rows:
            yield n, rarity * times * (_SATURATED + 1) / (times + _SATURATED)


def _chosen(index: sqlite3.Connection, wanted: Wanted) -> Iterator[tuple[int, str, int, int | None]]:
    """The documents that the facets leave: number, id, number of the kind, first day."""
    parts: list[str] = []
    values: list[Any] = []

    def one_of(column: str, given: Iterable[Any]) -> None:
        given = list(given)
        if given:
            parts.append(f"{column} IN ({', '.join('?' * len(given))})")
            values.extend(given)

    one_of("kind", map(KINDS.index, wanted.kinds))
    one_of("source", wanted.sources)
    if wanted.years:
        parts.append(f"({' OR '.join(['? BETWEEN first_year AND last_year'] * len(wanted.years))})")
        values.extend(wanted.years)
    for entity in wanted.entities:
        parts.append("n IN (SELECT n FROM naming WHERE entity = ? AND times > 0)")
        values.append(entity)
    if wanted.first is not None:
        parts.append("last >= ?")
        values.append(wanted.first.toordinal())
    if wanted.last is not None:
        parts.append("first <= ?")
        values.append(wanted.last.toordinal())
    yield from index.execute(f"SELECT n, id, kind, first FROM document WHERE {' AND '.join(parts) or '1'}", values)


def _results(index: sqlite3.Connection, shown: list[int], asked: list[Term]) -> Iterator[Result]:
    found: list[tuple[str, str, str, dict[str, Any]]] = []
    for n in shown:
        [id_, kind, source, data] = index.execute(
            "SELECT id, kind, source, data FROM document JOIN content USING (n) WHERE n = ?", (n,)
        ).fetchone()
        found.append((id_, KINDS[kind], source, content_of(data)))
    words = Excerpts(asked, [text for *_, content in found for _, text in content["passages"]])
    for id_, kind, source, content in found:
        number, excerpt = words.of(content)
        fragment, text = content["passages"][number] if number is not None else ("", "")
        fragment = fragment or content["fragment"]
        yield Result(
            id_, kind, content["title"], f"{content['page']}.html{f'#{fragment}' if fragment else ''}", source,
            content["byline"], content["date"], content["language"], text, excerpt,
        )  # fmt: skip


def _meant(index: sqlite3.Connection, entity: str, form: str) -> Meant:
    kind, name = index.execute("SELECT kind, name FROM entity WHERE id = ?", (entity,)).fetchone()
    forms = index.execute("SELECT form FROM form WHERE entity = ? GROUP BY form ORDER BY min(rowid)", (entity,))
    return Meant(entity, kind, name, form, tuple(one for (one,) in forms))


def _near(index: sqlite3.Connection, asked: list[Term]) -> list[Meant]:
    """Entities with a form that is one typing error away from what was asked for, or from one word of it."""
    phrases = [phrase for term in asked if not term.excluded for phrase in term.phrases]
    typed = list(dict.fromkeys([" ".join(word for phrase in phrases for word in phrase), *map(" ".join, phrases)]))
    found: dict[str, str] = {}
    for text in [text for text in typed if len(text) > 2][:_LOOKED_AT]:
        for folded, form, entity in _alike(index, text):
            if len(found) < _NEAR and one_slip(text, folded):
                found.setdefault(entity, form)
    return [_meant(index, entity, form) for entity, form in found.items()]


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
