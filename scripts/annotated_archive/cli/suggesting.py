"""The command that proposes names the archive does not know, and writes down what an editor decides about them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from annotated_archive.cli.base import checked, count, dry, in_folder, main, report, words
from annotated_archive.records.base import Id, Language
from annotated_archive.records.diagnostic import ContentError, harmless, one_line

if TYPE_CHECKING:
    from annotated_archive.names.suggest import Suggestion
    from annotated_archive.names.suggest.accept import Decision

_KINDS = ("place", "actor", "treaty")
_an_id = checked(Id, "an id: lower-case letters, digits and hyphens")


@main.command()
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True, help="How many names.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--model", metavar="NAME", help="Order the names by a spaCy model, too: it must be installed.")
@click.option("--review", is_flag=True, help="Ask about one name after the other.")
@click.option("--accept", metavar="FORM", help="Take this name in: with --as, or with --form-of.")
@click.option(
    "--as", "kind", nargs=2, type=(click.Choice(_KINDS), str), metavar="KIND ID",
    help="What is accepted is a new place, actor or treaty of that id.",
)  # fmt: skip
@click.option("--type", "type_", metavar="TYPE", help="The type of the new record, such as town or person.")
@click.option("--geonames", type=click.IntRange(min=1), metavar="ID", help="Take GeoNames' id and coordinates over.")
@click.option("--form-of", metavar="ID", callback=_an_id, help="What is accepted is another form of that record.")
@click.option("--dismiss", metavar="FORM", callback=words, help="Do not propose this name again.")
@click.option("--why", metavar="TEXT", callback=words, help="Why it is dismissed.")
@click.option(
    "--language", callback=checked(Language, "a language code such as en"), metavar="CODE",
    help="Dismiss it in texts of this language only.",
)  # fmt: skip
@dry
@in_folder
def suggest(
    limit: int, form: str, model: str | None, review: bool, accept: str | None, kind: tuple[str, str] | None,
    type_: str | None, geonames: int | None, form_of: str | None, dismiss: str | None, why: str | None,
    language: str | None, dry_run: bool, root: Path,
) -> None:  # fmt: skip
    """List names that the archive does not know; accept or dismiss one."""
    if accept is not None and dismiss is not None:
        raise click.UsageError("Give --accept or --dismiss, not both.")
    if accept is not None and bool(kind) == bool(form_of):
        raise click.UsageError("Say with --as KIND ID what is accepted, or with --form-of ID whose form it is.")
    if bool(kind) != bool(type_):
        raise click.UsageError("--as and --type go together.")
    if (kind or form_of) and accept is None:
        raise click.UsageError("Name the form with --accept.")
    if geonames and not kind:
        raise click.UsageError("--geonames goes with --as place.")
    if bool(dismiss) != bool(why):
        raise click.UsageError("--dismiss and --why go together: editors read the reason later.")
    if language and dismiss is None:
        raise click.UsageError("--language goes with --dismiss.")
    if accept is not None:
        if kind and type_:
            _an_id(click.get_current_context(), _parameter("kind"), kind[1])
            if type_ not in _types(kind[0]):
                raise click.UsageError(f"--type of {kind[0]} is one of {', '.join(_types(kind[0]))}.")
        _write(root, _accepted(root, accept, kind, type_, geonames, form_of), dry_run)
    elif dismiss is not None and why is not None:
        _write(root, _dismissed(root, dismiss, why, language), dry_run)
    elif review:
        if not _terminal():
            raise click.UsageError("--review asks a person: run it on a terminal.")
        _review(root, _found(root, limit, model), dry_run)
    elif form == "json":
        click.echo(_json(_found(root, limit, model)))
    else:
        _show(_found(root, limit, model))


def _types(kind: str) -> tuple[str, ...]:
    """The types of a kind of record."""
    from typing import get_args

    from annotated_archive.records.authority import KINDS

    return get_args(KINDS[kind].model_fields["type"].annotation)


def _parameter(name: str) -> click.Parameter:
    return next(one for one in click.get_current_context().command.params if one.name == name)


def _terminal() -> bool:
    """Whether there is a person to ask."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _found(root: Path, limit: int, model: str | None) -> list[Suggestion]:
    """The suggestions; how far the reading has come is shown on a terminal."""
    from annotated_archive.names.suggest import suggest as propose
    from annotated_archive.names.suggest.dismissals import Dismissals
    from annotated_archive.store import load
    from annotated_archive.store.dismissed import read_dismissed

    archive, file = load(root, private=True), read_dismissed(root)
    problems = [*archive.problems, *file.problems]
    if problems:
        raise ContentError(*problems)
    shown = sys.stderr.isatty()
    total = len(archive.articles)

    def tick(done: int) -> None:
        if shown and (done % 100 == 0 or done == total):
            click.echo(f"\r{done:,} of {count(total, 'article')} read", nl=done == total, err=True)

    found = propose(archive, Dismissals(file.entries), 3 * limit if model else limit, tick)
    if model:
        from annotated_archive.names.suggest.model import NoModel, reranked

        try:
            found = reranked(found, model)[:limit]
        except NoModel as error:
            raise click.UsageError(str(error)) from None
    return found


def _accepted(
    root: Path, form: str, kind: tuple[str, str] | None, type_: str | None, geonames: int | None, form_of: str | None
) -> Decision:
    from annotated_archive.names.suggest import accept
    from annotated_archive.store import load

    archive = load(root, private=True)
    if kind and type_:
        return accept.as_new(archive, form, *kind, type_, geonames)
    return accept.as_form(archive, form, form_of or "")


def _dismissed(root: Path, form: str, why: str, language: str | None) -> Decision:
    from annotated_archive.names.suggest.accept import dismissal
    from annotated_archive.store import load

    return dismissal(load(root), form, why, language)


def _write(root: Path, decision: Decision, dry_run: bool) -> None:
    from annotated_archive.store import write_if_changed

    if dry_run:
        click.echo(f"{decision.path} would be:")
        click.echo(decision.text, nl=False)
    else:
        write_if_changed(root / decision.path, decision.text.encode())
        click.echo(f"{decision.path}: written.")
    for note in decision.notes:
        click.echo(note)
    if not dry_run and decision.path.startswith("archive/authority/"):
        click.echo("Run `archive link` to list it where it is mentioned.")


def _show(found: list[Suggestion]) -> None:
    """The suggestions for a person."""
    for number, one in enumerate(found, 1):
        _head(found, number)
        click.echo(_block(number, one))
    if any(one.gazetteer for one in found):
        from annotated_archive.names.suggest.gazetteer import LICENCE

        click.echo(f"Entries of the gazetteer are proposals, and their data are those of {LICENCE}.")
    click.echo(f"{count(len(found), 'name')} that the archive does not know.")


def _head(found: list[Suggestion], number: int) -> None:
    """The heading of the part that begins with a suggestion, if one does; no heading where all are of one kind."""
    likely = sum(one.likely for one in found)
    if likely and number == 1:
        click.echo("Perhaps other spellings of names that the archive knows:\n")
    elif likely and number == likely + 1:
        click.echo("Other names:\n")


def _block(number: int, one: Suggestion) -> str:
    """One suggestion: how often and where it stands, what it may be, and sentences."""
    lines = [f"{number}. {harmless(one.form)}", f"   {count(one.uses, 'use')} in {count(one.articles, 'article')}"]
    if one.kinds:
        lines[1] += f": {', '.join(f'{kind} ({times})' for kind, times in one.kinds.items())}"
    if one.base:
        lines.append(f"   without its ending perhaps {one_line(one.base)}")
    lines += [
        f"   perhaps a spelling of {one_line(variant.form)}, a form of {variant.entity} ({variant.alike} of 100)"
        for variant in one.variants
    ]
    for entry in one.gazetteer:
        where = "" if entry.lat is None else f", {entry.lat:.4f} {entry.lon:.4f}"
        far = "" if entry.distance is None else f", {entry.distance:,} km from the nearest place here"
        people = "a state" if entry.population is None else f"{entry.population:,} people"
        what = f"{harmless(entry.name)}, {entry.country}, {people}"
        lines.append(f"   GeoNames {entry.geonames}: {what}{where}{far}")
    for quoted in one.sentences:
        lines.append(f"   {quoted.article}: {one_line(' '.join(quoted.text.split()), 320)}")
    return "\n".join([*lines, ""])


def _json(found: list[Suggestion]) -> str:
    """The suggestions for a program."""
    import json
    from dataclasses import asdict

    from annotated_archive.names.suggest.gazetteer import LICENCE

    data = {"suggestions": [asdict(one) for one in found], "gazetteer_licence": LICENCE}
    return json.dumps(data, ensure_ascii=False, indent=2)


def _review(root: Path, found: list[Suggestion], dry_run: bool) -> None:
    """Ask about each suggestion. What was decided is written at once, so that one may stop at any time."""
    for number, one in enumerate(found, 1):
        _head(found, number)
        click.echo(_block(number, one))
        known = {str(key): variant.entity for key, variant in enumerate(one.variants, 1)}
        offered = "".join(f"[{key}] form of {entity}, " for key, entity in known.items())
        while True:
            answer = click.prompt(
                f"{offered}[a]ccept, [f]orm of another, [d]ismiss, [l]ater, [q]uit", default="l", show_default=False,
                type=click.Choice([*known, "a", "f", "d", "l", "q"]), show_choices=False,
            )  # fmt: skip
            if answer == "q":
                return
            if answer == "l":
                break
            try:
                decision = _another(root, one, known[answer]) if answer in known else _asked(root, one, answer)
                _write(root, decision, dry_run)
            except ContentError as error:
                report(error.diagnostics)
            else:
                break
    click.echo("That was the last name.")


def _another(root: Path, one: Suggestion, identifier: str) -> Decision:
    """A suggestion as a form of a known entity: its base where that is enough. Raises ContentError."""
    from annotated_archive.names.suggest.accept import as_form, covering
    from annotated_archive.store import load

    archive = load(root, private=True)
    form = covering(archive, one.form, one.base, identifier, one.language)
    if form != one.form:
        click.echo(f"{one_line(form)} is added: with its endings it is found as {one_line(one.form)}, too.")
    return as_form(archive, form, identifier)


def _asked(root: Path, one: Suggestion, answer: str) -> Decision:
    """The decision that a person makes about a suggestion. Raises ContentError."""
    from annotated_archive.names.suggest.accept import proposed_id

    if answer == "d":
        return _dismissed(root, one.form, click.prompt("Why"), None)
    if answer == "f":
        return _another(root, one, click.prompt("Whose form is it: id"))
    kind = click.prompt("What is it", type=click.Choice(_KINDS), default="place" if one.gazetteer else None)
    identifier = click.prompt("Its id", default=proposed_id(one.form) or None)
    type_ = click.prompt("Its type", type=click.Choice(_types(kind)))
    geonames = None
    if kind == "place" and one.gazetteer:
        geonames = click.prompt("GeoNames id to take over, 0 for none", type=click.IntRange(min=0), default=0) or None
    return _accepted(root, one.form, (kind, identifier), type_, geonames, None)
