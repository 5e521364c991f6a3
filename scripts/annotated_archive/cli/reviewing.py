"""The review of a page on a terminal: what was found and what is doubted, and what the editor makes of it."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Literal, get_args
from urllib.parse import urlsplit

import click
from pydantic import TypeAdapter, ValidationError

from annotated_archive.cli.laying import wrapped
from annotated_archive.cli.repairing import grouped
from annotated_archive.ingest.article import Details, likely_title, read
from annotated_archive.ingest.batch import Accepted, Decision
from annotated_archive.ingest.repairs import Repair
from annotated_archive.ingest.take_in import Page, Taken
from annotated_archive.records import yamlio
from annotated_archive.records.article import DateSource, Publish
from annotated_archive.records.base import Edtf, Id, Language, Text, Url
from annotated_archive.records.diagnostic import ContentError, one_line
from annotated_archive.records.text import composed, stray

FIELDS: dict[str, Any] = {
    "title": Text, "date": Edtf, "date_source": DateSource, "source": Id, "author": Text, "url": Url,
    "language": Language, "captured": Edtf, "publish": Publish,
}  # fmt: skip
"""What an editor can mend, each with the type that the record gives it."""
LABELS = {
    "title": "Title", "date": "Date", "date_source": "Date known from", "source": "Outlet", "author": "Author",
    "url": "Address", "language": "Language", "captured": "Captured", "publish": "Publish",
}  # fmt: skip
"""What the fields are called on the screen."""
_CURABLE = {"INGEST-TITLE", "INGEST-ID"}
_UNKNOWN = "-"
_WORDS = 12


class Desk:
    """Where pages are reviewed. `take` makes of a page what it would become; `about` says what else was noticed."""

    def __init__(
        self,
        take: Callable[[Page, Details], Taken],
        details: Details,
        about: Callable[[Taken], tuple[list[str], list[Repair]]],
        beside: Callable[[Taken, list[Repair]], dict[str, bytes]],
    ) -> None:
        self.take = take
        self.details = details
        self.about = about
        self.beside = beside

    def review(self, page: Page, place: str) -> Decision:
        """Show a page and ask until there is a decision. Raises ContentError for what no editor can mend."""
        details = self.details
        while True:
            click.echo(f"\n{click.style(place, bold=True)}  {wrapped(page.name, 2)}")
            try:
                taken = self.take(page, details)
            except ContentError as error:
                if {found.rule for found in error.diagnostics} - _CURABLE:
                    raise
                for found in error.diagnostics:
                    click.echo(wrapped(f"  {found.rule} {found.words}", 4))
                likely = headline(page) if details.title is None and _untitled(error) else None
                propose = "[a]ccept it as the title, " if likely else ""
                match _ask(f"{propose}[e]dit, [s]kip, [q]uit", "aesq" if likely else "esq"):
                    case "a":
                        details = replace(details, title=likely)
                    case "e":
                        details = edited(details)
                    case "s":
                        return "skip"
                    case _:
                        return "quit"
                continue
            decision = self._decide(page, taken, details)
            if decision != "edit":
                return decision
            details = edited(taken.result.details)

    def _decide(self, page: Page, taken: Taken, details: Details) -> Decision | Literal["edit"]:
        """Ask about what a page would become."""
        notes, repairs = self.about(taken)
        groups = grouped(repairs)
        numbers = [str(number + 1) for number in range(len(groups))]
        several = f"[1-{len(groups)}]" if len(groups) > 1 else "[1]"
        choose = f", {several} propose a repair or not" if groups else ""
        chosen: set[int] = set()
        while True:
            for line in screen(page, taken, details, notes, groups, chosen):
                click.echo(line)
            match _ask(f"[a]ccept, [e]dit, [t]ext in full, [s]kip, [q]uit{choose}", "aetsq", numbers):
                case "a":
                    kept = [repair for number in sorted(chosen) for repair in groups[number]]
                    return Accepted(taken, self.beside(taken, kept))
                case "e":
                    return "edit"
                case "t":
                    click.echo_via_pager(in_full(taken))
                case "s":
                    return "skip"
                case "q":
                    return "quit"
                case number:
                    chosen ^= {int(number) - 1}


def _untitled(error: ContentError) -> bool:
    return [found.rule for found in error.diagnostics] == ["INGEST-TITLE"]


def headline(page: Page) -> str | None:
    """The line of a page that is likely its headline, as the record takes it; None where there is none."""
    likely = likely_title(read(page.candidate, page.path.name))
    try:
        return _proper("title", Text, likely)
    except ValueError:
        return None


def _ask(choices: str, letters: str, numbers: list[str] | None = None) -> str:
    allowed = click.Choice([*letters, *(numbers or [])], case_sensitive=False)
    answer: str = click.prompt(choices, type=allowed, show_choices=False, default=letters[0])
    return answer


def screen(
    page: Page, taken: Taken, given: Details, notes: list[str], repairs: list[list[Repair]], chosen: set[int]
) -> list[str]:
    """What an editor needs to know of a page, in lines. `given` is what was not left to the page."""
    result = taken.result
    article, known = result.article, result.details
    origins: dict[tuple[str, str], str] = {}
    capture = {"url": page.candidate.url, "captured": page.candidate.captured}
    for field, value in capture.items():
        origins[field, value or ""] = "capture"
    for found in reversed(result.ledger.found):
        origins[found.field, found.value] = found.origin

    def row(label: str, value: object, origin: str = "") -> str:
        shown = "not known" if value in (None, "", "und") else one_line(value, 300)[1:-1]
        return wrapped(f"  {label:<10}{shown}{f'  ({origin})' if origin and value else ''}", 12)

    def whence(field: str) -> str:
        return origins.get((field, getattr(known, field) or ""), "as given" if getattr(given, field) else "the text")

    lines = [
        row("Title", article.title, whence("title")),
        row("Date", known.date, known.date_source or ""),
        row("Outlet", known.source or _no_outlet(known), _outlet_from(known, given)),
        row("Author", known.author, whence("author")),
        row("Address", known.url, whence("url")),
        row("Language", known.language, whence("language")),
        row("Captured", known.captured, whence("captured")),
        row("Publish", known.publish, "the original is kept private" if article.original.kept == "private" else ""),
    ]
    words = result.body.split()
    short = " ".join(words) if len(words) <= 2 * _WORDS else f"{' '.join(words[:_WORDS])} … {' '.join(words[-_WORDS:])}"
    lines += [row("Text", short), row("Blocks", counts(taken))]
    if taken.capture > 1:
        lines.append(row("The same", f"text as {taken.article}: this becomes its capture {taken.capture}"))
    lines += [row("Look at", f"{doubt.rule} {doubt.message}") for doubt in result.doubts]
    lines += [row("Note", note) for note in notes]
    for number, same in enumerate(repairs):
        state = "a note will propose it" if number in chosen else "not proposed"
        places = f" in {len(same)} places" if len(same) > 1 else ""
        lines.append(row(f"Repair {number + 1}", f"{told(same[0])}{places} ({state})"))
    return lines


def in_full(taken: Taken) -> str:
    """The text as the article would hold it, and below it what was set aside, and why."""
    lines = ["(q leads back to the questions)", "", taken.result.article.title, "", taken.result.body, "", "Set aside:"]
    for span in taken.result.ledger.spans:
        if span.text.strip() and not span.replacement:
            lines.append(f"- {span.reason}: {one_line(' '.join(span.text.split()), 500)}")
    return "\n".join(lines) + "\n"


def counts(taken: Taken) -> str:
    """How much of the page the article keeps, in blocks."""
    kept = taken.result.body.count("\n\n") + 1
    aside = sum(bool(span.text.strip()) and not span.replacement for span in taken.result.ledger.spans)
    proposed = len(taken.result.ledger.proposals)
    return f"{kept} kept, {aside} set aside{f', {proposed} to be looked at' if proposed else ''}"


def told(repair: Repair) -> str:
    """A repair in few words."""
    return f"{one_line(repair.exact)}: {repair.why if repair.instead is None else f'{one_line(repair.instead)}?'}"


def unknown_domain(details: Details) -> str | None:
    """The domain of a page that belongs to no outlet."""
    host = (urlsplit(details.url).hostname or "").removeprefix("www.") if details.url else ""
    return None if details.source else host or None


def _no_outlet(details: Details) -> str | None:
    host = unknown_domain(details)
    return f"not known: no outlet has the domain {host}" if host else None


def _outlet_from(details: Details, given: Details) -> str:
    return "" if not details.source else "as given" if given.source else "by its domain"


def edited(details: Details) -> Details:
    """The details as the editor mends them: in their text editor, or field by field. What is left empty is unknown."""
    values = {name: getattr(details, name) or None for name in FIELDS}
    if os.environ.get("VISUAL") or os.environ.get("EDITOR"):
        return _in_editor(details, values)
    click.echo(f"  Return keeps a value; {_UNKNOWN} says that it is not known.")
    for name, kind in FIELDS.items():
        dated = name == "date_source" and bool(values["date"])
        if name == "date_source" and not dated:
            values[name] = None
            continue

        def proper(text: str, name: str = name, kind: Any = kind, needed: bool = dated) -> str | None:
            try:
                if needed and text == _UNKNOWN:
                    raise ValueError("say how the date is known")
                return _proper(name, kind, None if text == _UNKNOWN else text)
            except ValueError as error:
                raise click.UsageError(str(error)) from None

        default = values[name] or ("page" if dated else _UNKNOWN)
        values[name] = click.prompt(f"  {LABELS[name]}", default=default, value_proc=proper)
    return _as_details(details, values)


def _in_editor(details: Details, values: dict[str, Any]) -> Details:
    form = f"# What is null is not known. Close without saving to leave all as it was.\n{yamlio.write(values)}"
    while True:
        text = click.edit(form, extension=".yml")
        if text is None:
            return details
        form = text
        try:
            data = yamlio.read(text, "form").data
            if not isinstance(data, dict) or data.keys() - FIELDS.keys():
                raise ValueError(f"the keys are {', '.join(FIELDS)}")
            read = {name: _proper(name, kind, data.get(name)) for name, kind in FIELDS.items()}
            return _as_details(details, read)
        except (ContentError, ValueError) as error:
            click.echo(f"  {error}")
            if not click.confirm("  Open it again", default=True):
                return details


def _proper(name: str, kind: Any, value: Any) -> str | None:
    """A value as the record takes it. Raises ValueError."""
    if value in (None, ""):
        return None
    if isinstance(value, str):
        value = composed(" ".join(value.split()))
    try:
        TypeAdapter(kind).validate_python(value, strict=True)
        problem = next((what for _, what in stray(value)), None)
    except ValidationError as error:
        choices = get_args(kind) if name in ("date_source", "publish") else ()
        problem = f"one of {', '.join(choices)}" if choices else error.errors()[0]["msg"].removeprefix("Value error, ")
    if problem:
        raise ValueError(f"{name}: {one_line(value)}: {problem}")
    text: str = value
    return text


def _as_details(details: Details, values: dict[str, Any]) -> Details:
    """The values as details: what is not known is not taken from the page either. Raises ValueError."""
    if bool(values["date"]) != bool(values["date_source"]):
        raise ValueError("a date and how it is known (date_source) go together")
    known: dict[str, Any] = {name: values[name] or "" for name in FIELDS}
    known["date_source"] = values["date_source"]
    known["publish"] = values["publish"] or details.publish
    return replace(details, **known)
