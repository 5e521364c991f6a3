"""The commands that take captures in, link, build and show the archive."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import get_args

import click

from annotated_archive.cli.base import CONTENT_ERRORS, checked, count, dry, in_folder, main, report, words
from annotated_archive.records.article import DateSource
from annotated_archive.records.base import Edtf, Id, Language, Url
from annotated_archive.records.diagnostic import ContentError, one_line

_edtf = checked(Edtf, "a date in EDTF: 2022-09-13, or [2022-09-13..2022-09-14]")


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option(
    "--language",
    default="und",
    show_default=True,
    callback=checked(Language, "a language code such as en"),
    help="Language of the text, such as en; und: unknown.",
)
@click.option(
    "--source",
    callback=checked(Id, "an id: lower-case letters, digits and hyphens"),
    help="The outlet's id under archive/authority/actors.",
)
@click.option("--date", callback=_edtf, help="Date in EDTF; leave it out where it is not known.")
@click.option("--date-source", type=click.Choice(get_args(DateSource)), help="How the date is known.")
@click.option("--url", callback=checked(Url, "an http or https address"), help="Address of the page.")
@click.option("--author", callback=words, help="Author as named by the page.")
@click.option("--title", callback=words, help="The headline; a line of the text that says the same is set aside.")
@click.option("--captured", callback=_edtf, help="When the page was saved, in EDTF.")
@dry
@in_folder
def ingest(
    files: tuple[Path, ...], language: str, source: str | None, date: str | None, date_source: DateSource | None,
    url: str | None, author: str | None, title: str | None, captured: str | None, dry_run: bool, root: Path,
) -> None:  # fmt: skip
    """Take captures in: each becomes an original, an article and a ledger."""
    from annotated_archive.ingest import Details, take_in
    from annotated_archive.store import load

    if bool(date) != bool(date_source):
        raise click.UsageError("--date and --date-source go together: say how the date is known.")
    if len(files) > 1 and (title or url):
        raise click.UsageError("--title and --url belong to one file.")
    details = Details(language, source, title, date, date_source, url, author, captured)
    failed = False
    for path in files:
        archive = load(root)
        try:
            taken = take_in(archive, path, details, dry_run=dry_run)
        except ContentError as error:
            report(error.diagnostics)
            failed = True
            continue
        name = one_line(path, 4096)[1:-1]
        if taken.result is None:
            click.echo(f"{name}: already in the archive as {taken.article}; nothing changed.")
            continue
        spans, proposals = len(taken.result.ledger.spans), len(taken.result.ledger.proposals)
        verb = "would become" if dry_run else "is now"
        click.echo(
            f"{name}: {verb} archive/articles/{taken.article}.md"
            f" ({spans} spans in the ledger{f', {proposals} proposed' if proposals else ''})."
        )
        if date is None:
            click.echo("  No date: the text does not give one. Add --date and --date-source if you know it.")
        if source and source not in archive.entities:
            click.echo(f"  There is no archive/authority/actors/{source}.yml yet: write it before the check.")
    if failed:
        sys.exit(CONTENT_ERRORS)


@main.command()
@dry
@in_folder
def link(dry_run: bool, root: Path) -> None:
    """Find every mention of every known name, and list the ids in the articles' front matter."""
    from annotated_archive.names import update_links
    from annotated_archive.store import load

    archive = load(root)
    if archive.problems:
        raise ContentError(*archive.problems)
    changed, mentions = update_links(archive, dry_run=dry_run)
    for path in changed:
        click.echo(f"{path}: {'would change' if dry_run else 'lists written'}.")
    found, files = count(mentions, "mention"), count(len(changed), "file")
    click.echo(f"{found} in {count(len(archive.articles), 'article')}; {files} changed.")


@main.command()
@click.option("--strict", is_flag=True, help="Fail on warnings of the renderer too.")
@in_folder
def build(strict: bool, root: Path) -> None:
    """Build the site into site/. A build that fails leaves the last good site in place."""
    from annotated_archive.site import build as site

    site.build(root, root / "site", strict=strict)
    click.echo(f"The site is in {root / 'site'}: open {root / 'site' / 'index.html'}.")


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@in_folder
def serve(host: str, port: int, root: Path) -> None:
    """Show the site in a browser and refresh it after every change."""
    from annotated_archive.site import build as site

    site.serve(root, host, port)


@main.command()
@click.option("--to", required=True, type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
@in_folder
def generate(to: Path, root: Path) -> None:
    """Write the merged tree of Markdown pages, for any other renderer."""
    from annotated_archive.site import build as site

    click.echo(f"{site.generate(root, to)} pages in {to}.")


@main.command()
@dry
@in_folder
def schema(dry_run: bool, root: Path) -> None:
    """Write the JSON Schemas of all records to archive/schema/."""
    from annotated_archive.records.schema import schemas
    from annotated_archive.store import write_if_changed

    for name, text in schemas().items():
        path = root / "archive/schema" / name
        same = path.exists() and path.read_text(encoding="utf-8") == text
        if not same and not dry_run:
            write_if_changed(path, text.encode())
        if not same:
            click.echo(f"{path}: {'would change' if dry_run else 'written'}.")
