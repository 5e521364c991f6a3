"""The command line: parse, call, print. Exit status 0: done, 1: the content has errors, 2: wrong use."""

from __future__ import annotations

import errno
import os
import sys
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, get_args

import click
from pydantic import TypeAdapter, ValidationError

from annotated_archive import __version__
from annotated_archive.records.article import DateSource
from annotated_archive.records.base import Edtf, Id, Language, Url
from annotated_archive.records.diagnostic import ContentError, Diagnostic, one_line
from annotated_archive.records.text import FORBIDDEN

CONTENT_ERRORS = 1

in_folder = click.option(
    "-C", "root", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path("."), metavar="DIR",
    help="The archive: a folder that holds archive/, docs/ and mkdocs.yml.",
)  # fmt: skip
dry = click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")


def report(diagnostics: Iterable[Diagnostic]) -> None:
    """Print findings to standard error, one a line."""
    for diagnostic in diagnostics:
        click.echo(str(diagnostic), err=True)


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


class _Commands(click.Group):
    """Turns bad content into diagnostics and exit status 1, wherever a command meets it."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ContentError as error:
            report(error.diagnostics)
            ctx.exit(CONTENT_ERRORS)
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise
            raise click.ClickException(f"{one_line(error.filename or '?', 4096)[1:-1]}: {error.strerror}") from error


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="archive")
def main() -> None:
    """Turn saved news articles into an annotated archive that anyone can read, check and search."""


def _checked(kind: Any, wanted: str) -> Callable[[click.Context, click.Parameter, str | None], str | None]:
    """A callback that takes what a record would take."""

    def check(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
        if value is not None:
            try:
                TypeAdapter(kind).validate_python(value)
            except ValidationError:
                raise click.BadParameter(f"{one_line(value)} is not {wanted}.") from None
        return value

    return check


def _words(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    """A callback that takes words on one line, and mends the white space between them."""
    if value is None:
        return None
    words = unicodedata.normalize("NFC", " ".join(value.split()))
    if not words or FORBIDDEN.search(words):
        raise click.BadParameter(f"{one_line(value)} is not one line of plain text.")
    return words


_edtf = _checked(Edtf, "a date in EDTF: 2022-09-13, or [2022-09-13..2022-09-14]")


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option(
    "--language",
    default="und",
    show_default=True,
    callback=_checked(Language, "a language code such as en"),
    help="Language of the text, such as en; und: unknown.",
)
@click.option(
    "--source",
    callback=_checked(Id, "an id: lower-case letters, digits and hyphens"),
    help="The outlet's id under archive/authority/actors.",
)
@click.option("--date", callback=_edtf, help="Date in EDTF; leave it out where it is not known.")
@click.option("--date-source", type=click.Choice(get_args(DateSource)), help="How the date is known.")
@click.option("--url", callback=_checked(Url, "an http or https address"), help="Address of the page.")
@click.option("--author", callback=_words, help="Author as named by the page.")
@click.option("--title", callback=_words, help="The headline; a line of the text that says the same is set aside.")
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
    changed, count = update_links(archive, dry_run=dry_run)
    for path in changed:
        click.echo(f"{path}: {'would change' if dry_run else 'lists written'}.")
    found, files = _count(count, "mention"), _count(len(changed), "file")
    click.echo(f"{found} in {_count(len(archive.articles), 'article')}; {files} changed.")


@main.command()
@click.option("--format", "form", type=click.Choice(["text", "github", "json"]), default="text", show_default=True)
@in_folder
def check(form: str, root: Path) -> None:
    """Check everything in archive/ and docs/. `--format github` fills the job summary where one is offered."""
    from annotated_archive.check import REPORTERS, run
    from annotated_archive.check.reporters import summary

    result = run(root)
    click.echo(REPORTERS[form](result.diagnostics), nl=False, err=form == "text")
    if form == "github" and (path := os.environ.get("GITHUB_STEP_SUMMARY")):
        with open(path, "a", encoding="utf-8") as file:
            file.write(summary(result.diagnostics))
    if form == "text":
        archive = result.graph.archive
        click.echo(
            f"{_count(len(archive.articles), 'article')}, {_count(len(archive.entities), 'authority file')}, "
            f"{_count(len(archive.works), 'work')}: {_count(result.errors, 'error') if result.errors else 'no errors'}."
        )
    if result.errors:
        sys.exit(CONTENT_ERRORS)


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
