"""The command that searches the archive. What it imports when it has nothing to index is light, so that it is quick."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Callable, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import click

from annotated_archive.cli.base import count, in_folder, main
from annotated_archive.records import dates
from annotated_archive.records.diagnostic import harmless, one_line
from annotated_archive.search.answers import Answer, Result, Wanted, answer, known
from annotated_archive.search.document import ENTITIES, KINDS
from annotated_archive.search.excerpts import Piece
from annotated_archive.search.freshness import signature
from annotated_archive.search.meant import Meant
from annotated_archive.search.terminal import INDEX, opened, write
from annotated_archive.search.whereabouts import whereabouts

_SHOWN_FORMS = 8


class _Excluding(click.Command):
    """Takes an argument with a minus that is no option for what a search leaves out: -russia."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the words behind the options, where a minus is no more than a letter."""
        valued = {name for one in self.params if isinstance(one, click.Option) and not one.is_flag for name in one.opts}
        options: list[str] = []
        words: list[str] = []
        rest = iter(args)
        for arg in rest:
            if arg == "--":
                words += rest
            elif arg.startswith("--") or arg in valued or arg in ctx.help_option_names:
                options += [arg, *islice(rest, arg in valued)]
            else:
                words.append(arg)
        return super().parse_args(ctx, [*options, "--", *words])


def _day(last: bool) -> Callable[[click.Context, click.Parameter, str | None], date | None]:
    """A callback that takes a date in EDTF as its first or last day."""

    def read(_: click.Context, __: click.Parameter, value: str | None) -> date | None:
        try:
            return dates.bounds(value)[last] if value is not None else None
        except dates.DateError as error:
            raise click.BadParameter(f"{one_line(value)}: {error}. Write 2022, 2022-09 or 2022-09-13.") from None

    return read


def _facet(name: str, words: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return click.option(f"--{name}", name, multiple=True, metavar="ID", help=f"{words}; may be repeated.")


@main.command(cls=_Excluding)
@click.argument("query", nargs=-1, metavar="[WORDS]...")
@click.option("--kind", multiple=True, type=click.Choice(KINDS), help="Only results of this kind; may be repeated.")
@_facet("place", "Only what names this place")
@_facet("actor", "Only what names this actor")
@_facet("treaty", "Only what names this treaty")
@_facet("event", "Only what names this event")
@_facet("source", "Only what this outlet published")
@click.option("--year", multiple=True, type=click.IntRange(1, 9999), help="Only what is of this year; may be repeated.")
@click.option("--from", "first", callback=_day(False), metavar="DATE", help="Only what may be of this day or later.")
@click.option("--to", "last", callback=_day(True), metavar="DATE", help="Only what may be of this day or earlier.")
@click.option(
    "--sort", type=click.Choice(["relevance", "date"]), default="relevance", show_default=True,
    help="By how well results answer, or the earliest first.",
)
@click.option("--limit", type=click.IntRange(1, 10_000), default=10, show_default=True, help="How many to show.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@in_folder
def search(
    query: tuple[str, ...], kind: tuple[str, ...], year: tuple[int, ...], first: date | None, last: date | None,
    sort: str, limit: int, form: str, root: Path, **facets: tuple[str, ...],
) -> None:  # fmt: skip
    """Find words, "phrases" and names in any of their forms in all that the site publishes.

    A minus leaves out what has a word: archive search shelling -drone. Without words, all that the options choose.
    """
    words = " ".join(query).encode("utf-8", "replace").decode()  # what is no text came as halves of pairs
    if not (words.strip() or kind or year or first or last or any(facets.values())):
        raise click.UsageError("Say what to search for, or choose with --kind, --place or another option.")
    sources, entities = facets["source"], tuple(id_ for kind in ENTITIES for id_ in facets[kind])
    wanted = Wanted(words, kind, sources, year, entities, first, last, sort == "date", limit)
    found = _answer(root, wanted, facets)
    if form == "json":
        results = [_record(root, result) for result in found.results]
        also, near = ([vars(one) for one in meant] for meant in (found.also, found.near))
        begun = [{"word": word, "words": searched} for word, searched in found.begun]
        record = {"query": words, "total": found.total, "results": results, "also": also, "near": near, "begun": begun}
        click.echo(json.dumps(record, ensure_ascii=False, indent=1))
        return
    for result in found.results:
        click.echo(_shown(root, result))
    click.echo(_summary(words, found))


def _answer(root: Path, wanted: Wanted, facets: dict[str, tuple[str, ...]]) -> Answer:
    """Search the index, after bringing it up to date; one that proves broken is made again."""
    path = root / INDEX
    try:
        return _searched(root, path, wanted, facets)
    except sqlite3.DatabaseError:
        path.unlink(missing_ok=True)
    try:
        return _searched(root, path, wanted, facets)
    except sqlite3.DatabaseError as error:
        raise click.ClickException(f"{one_line(path, 4096)[1:-1]}: {error}.") from error


def _searched(root: Path, path: Path, wanted: Wanted, facets: dict[str, tuple[str, ...]]) -> Answer:
    now = signature(root)
    index = opened(path, now)
    if index is None:
        from annotated_archive.site.found import documents_of

        write(path, now, *documents_of(root))
        index = opened(path, now)
    if index is None:
        raise sqlite3.DatabaseError("cannot be read as soon as it is written")
    with contextlib.closing(index):
        _check(index, facets)
        return answer(index, wanted)


def _check(index: sqlite3.Connection, facets: dict[str, tuple[str, ...]]) -> None:
    """Raises UsageError for an id that no entity of the kind has."""
    for kind, given in facets.items():
        ids = known(index, kind) if given else []
        for id_ in given:
            if id_ not in ids:
                from annotated_archive.check.nearest import Nearest

                raise click.UsageError(f"There is no {kind} {one_line(id_)}.{Nearest(ids)(id_)}")


def _record(root: Path, result: Result) -> dict[str, Any]:
    """A result as JSON has it."""
    file, line = whereabouts(root, result)
    excerpt = [
        {"text": piece.text, "mark": int(piece.marked)} | ({"correction": piece.correction} if piece.correction else {})
        for piece in result.excerpt
    ]
    return {
        "id": result.id, "kind": result.kind, "title": result.title, "byline": result.byline, "source": result.source,
        "date": result.date, "dated": result.dated, "language": result.language, "page": result.page, "file": file,
        "line": line, "corrections": result.corrections, "excerpt": excerpt,
    }  # fmt: skip


def _shown(root: Path, result: Result) -> str:
    """A result in lines: title; kind, outlet and date; the sentence; where it is on the site and in the archive."""
    about = [result.kind, result.byline, result.dated]
    sentence = "".join(map(_piece, result.excerpt))
    file, line = whereabouts(root, result)
    place = f"{result.page}  {file}{f':{line}' if line else ''}".rstrip()
    lines = [harmless(" · ".join(filter(None, about))), sentence, harmless(place)]
    title = click.style(harmless(result.title), bold=True) + "".join(map(_corrected, result.corrections))
    return "".join([f"{title}\n", *(f"  {line}\n" for line in lines if line.strip())])


def _piece(piece: Piece) -> str:
    text = click.style(harmless(piece.text), bold=True) if piece.marked else harmless(piece.text)
    return f"{text}{_corrected(piece.correction)}" if piece.correction else text


def _corrected(number: int) -> str:
    return f" [corrected: note {number}]"


def _summary(words: str, found: Answer) -> str:
    first = len(found.results)
    lines = [f"{count(found.total, 'result')}{f', the first {first} shown' if first < found.total else ''}."]
    if not found.total:
        lines = [f"Nothing was found{f' for {one_line(words, 400)}' if words.strip() else ''}."]
    for one in found.also:
        forms = [form for form in one.forms if form != one.name]
        if forms:
            lines.append(f"{one.name} is found under its other names too: {_some(forms)}.")
    for word, words_ in found.begun:
        lines.append(f"No text holds {one_line(word, 400)}; what begins so counts for it: {_some(words_)}.")
    if found.near:
        lines.append(f"Names that are close: {', '.join(map(_close, found.near))}.")
    return "\n".join(map(harmless, lines))


def _some(texts: Sequence[str]) -> str:
    return ", ".join([*texts[:_SHOWN_FORMS], *(["…"] if len(texts) > _SHOWN_FORMS else [])])


def _close(one: Meant) -> str:
    return f"{one.name} ({one.kind})" if one.form == one.name else f"{one.form} ({one.name}, {one.kind})"
