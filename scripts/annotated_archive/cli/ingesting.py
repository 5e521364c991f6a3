"""`archive ingest`: takes captures in, page by page, after an editor has looked at each or said that none need be."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import get_args

import click
from click.core import ParameterSource

from annotated_archive.cli.base import CONTENT_ERRORS, checked, dry, in_folder, main, taking_in, words
from annotated_archive.records.article import DateSource
from annotated_archive.records.base import Edtf, Id, Language, Url

_edtf = checked(Edtf, "a date in EDTF: 2022-09-13, or [2022-09-13..2022-09-14]")


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@click.option(
    "--language",
    callback=checked(Language, "a language code such as en"),
    help="Language of the text, such as en; else as the page says, or und: unknown.",
)
@click.option(
    "--source",
    callback=checked(Id, "an id: lower-case letters, digits and hyphens"),
    help="The outlet's id under archive/authority/actors; else the one that has the page's domain.",
)
@click.option("--date", callback=_edtf, help="Date in EDTF; leave it out where it is not known.")
@click.option("--date-source", type=click.Choice(get_args(DateSource)), help="How the date is known.")
@click.option("--url", callback=checked(Url, "an http or https address"), help="Address of the page.")
@click.option("--author", callback=words, help="Author as named by the page.")
@click.option("--title", callback=words, help="The headline; a line of the text that says the same is set aside.")
@click.option("--captured", callback=_edtf, help="When the page was saved, in EDTF.")
@taking_in
@click.option("--again", is_flag=True, help="Ask again about pages that were skipped before.")
@dry
@in_folder
def ingest(
    paths: tuple[Path, ...], language: str | None, source: str | None, date: str | None,
    date_source: DateSource | None, url: str | None, author: str | None, title: str | None, captured: str | None,
    publish: str, by: str | None, yes: bool, again: bool, dry_run: bool, root: Path,
) -> None:  # fmt: skip
    """Take captures in: files, or all that lie in folders. Each page becomes an original, an article and a ledger."""
    from annotated_archive.cli.intake import Session
    from annotated_archive.ingest import Details, Intake
    from annotated_archive.ingest.batch import Skipped
    from annotated_archive.ingest.containers import Saved, discover
    from annotated_archive.store import load

    if bool(date) != bool(date_source):
        raise click.UsageError("--date and --date-source go together: say how the date is known.")
    asked = _terminal() and not yes and not dry_run
    if asked:
        click.echo("Reading the archive and what you named …")
    intake = Intake(load(root, annotations=()), by)
    found = list(discover(paths))
    if (title or url) and sum(isinstance(one, Saved) for one in found) > 1:
        raise click.UsageError("--title and --url belong to one page.")
    details = Details(language, source, title, date, date_source, url, author, captured, publish)  # type: ignore[arg-type]
    given = click.get_current_context().get_parameter_source("publish") is not ParameterSource.DEFAULT
    session = Session(intake, details, len(found), asked=asked, dry_run=dry_run, decided=given)
    whole = session.run(found, Skipped(root, again))
    session.summary()
    if not whole:
        click.echo("Broken off: what was taken in is whole. Run the same command to go on.", err=True)
    if not whole or session.tally.faults:
        sys.exit(CONTENT_ERRORS)


def _terminal() -> bool:
    """Whether there is a person to ask."""
    return sys.stdin.isatty() and sys.stdout.isatty()
