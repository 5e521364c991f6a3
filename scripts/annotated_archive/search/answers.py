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
from annotated_archive.search.meant import Meant, entities, meant, near
from annotated_archive.search.query import Phrase, Term, begun, expression, parse, terms
from annotated_archive.search.terminal import content_of
from annotated_archive.search.vocabulary import beginning, stands
from annotated_archive.search.weights import INSIDE, WEIGHTS, damped

_TITLE = 8
"""How much more a word counts in a title than in a text."""
_SATURATED = 1.2  # as `k1` of FTS5's bm25
_NAMED = 1000
"""Where the name of an entity alone was typed, its own page comes first of all."""


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
    """A document found: what it is, and the words of it that say why. `page` is where it leads, with its fragment.

    `corrections` are the numbers of those that are about words of the title.
    """

    id: str
    kind: str
    title: str
    page: str
    source: str
    byline: str
    date: str
    dated: str
    language: str
    passage: str
    excerpt: tuple[Piece, ...]
    corrections: tuple[int, ...] = ()


@dataclass(frozen=True)
class Answer:
    """How many documents were found, the first of them, the names searched in all forms, and names close by if none.

    `begun` are words that stand nowhere, each with the words that begin so and were searched in its place.
    """

    total: int
    results: tuple[Result, ...]
    also: tuple[Meant, ...]
    near: tuple[Meant, ...]
    begun: tuple[tuple[str, Phrase], ...] = ()


def answer(index: sqlite3.Connection, wanted: Wanted) -> Answer:
    """Search an index that `terminal.opened` gave. Raises sqlite3.DatabaseError where it is broken."""
    read = terms(parse(wanted.query), lambda *form: entities(index, *form))
    asked = [begun(term, lambda phrase: stands(index, phrase), lambda word: beginning(index, word)) for term in read]
    scores = _scores(index, asked) if asked else {} if wanted.query.strip() else None
    wished = [term for term in asked if not term.excluded]
    typed = {*wished[0].entities} if len(wished) == 1 else set()
    total, order = 0, []
    for n, id_, kind, first in _chosen(index, wanted):
        if scores is None or n in scores:
            total += 1
            score = (scores or {}).get(n, 0) * WEIGHTS[KINDS[kind]]
            if KINDS[kind] in ENTITIES and id_.rpartition("/")[2] in typed:
                score += _NAMED
            order.append((0 if wanted.by_date else -score, first or math.inf, id_, n))
    shown = [n for *_, n in heapq.nsmallest(wanted.limit, order)]
    also = [meant(index, entity, term.typed) for term in asked for entity in term.entities if not term.excluded]
    close = near(index, read) if not total else []
    other = [
        (" ".join(phrase), tuple(map(" ".join, term.written(phrase))))
        for term in asked if not term.entities
        for phrase in term.phrases if phrase[-1] in dict(term.begun)
    ]  # fmt: skip
    return Answer(total, tuple(_results(index, shown, asked)), tuple(also), tuple(close), tuple(other))


def known(index: sqlite3.Connection, kind: str) -> list[str]:
    """The ids that a facet can be given: those of the entities of a kind, or of every source of a document."""
    if kind == "source":
        return [id_ for (id_,) in index.execute("SELECT DISTINCT source FROM document WHERE source <> '' ORDER BY 1")]
    return [id_ for (id_,) in index.execute("SELECT id FROM entity WHERE kind = ? ORDER BY 1", (kind,))]


def _match(asked: Iterable[Term], joint: str) -> str:
    """Terms as FTS5 reads them."""
    found = []
    for term in asked:
        phrases = (" OR ".join(map(expression, term.written(phrase))) for phrase in term.phrases)
        found.append(" AND ".join(f"({phrase})" for phrase in phrases))
    return joint.join(f"({term})" for term in found)


def _scores(index: sqlite3.Connection, asked: list[Term]) -> dict[int, float] | None:
    """Document → how well it holds all terms that it must hold; None where it must hold none and lack none."""
    found: dict[int, float] | None = None
    plain = [term for term in asked if not term.excluded and not term.entities]
    if plain:
        found = _lettered(index, plain)
    for term in (term for term in asked if not term.excluded and term.entities):
        own = _lettered(index, [term])
        for n, score in _naming(index, term.entities):
            own[n] = max(own.get(n, 0), damped(score))
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
    # As if all terms had the same share of the sum, which is all that FTS5 tells.
    share = len(scored)
    return {n: share * damped(score / share) for n, score in rows if all(n in found for found in others)}


def _holding(index: sqlite3.Connection, match: str) -> set[int]:
    return {n for (n,) in index.execute("SELECT rowid FROM words(?)", (match,))}


def _size(index: sqlite3.Connection) -> int:
    [size] = index.execute("SELECT count(*) FROM document").fetchone()
    return int(size)


def _naming(index: sqlite3.Connection, entities: tuple[str, ...]) -> Iterator[tuple[int, float]]:
    """The documents in which entities stand under any form, scored as FTS5 would score one word that often."""
    size = _size(index)
    for entity in entities:
        rows = index.execute("SELECT n, times + inside * ? FROM naming WHERE entity = ?", (INSIDE, entity)).fetchall()
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
            content["byline"], content["date"], content["dated"], content["language"], text, excerpt,
            tuple(sorted({number for passage, *_, number in content["corrections"] if passage < 0})),
        )  # fmt: skip
