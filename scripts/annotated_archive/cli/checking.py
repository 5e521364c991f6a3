"""The commands that look at the archive and change nothing: the check, and what a proposal does."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from annotated_archive.cli.base import CONTENT_ERRORS, count, in_folder, main

if TYPE_CHECKING:
    from annotated_archive.check.history import Since


@main.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE]...")
@click.option("--since", "ref", metavar="REF", help="Only the files that differ from REF, a commit or branch of git.")
@click.option("--format", "form", type=click.Choice(["text", "github", "json"]), default="text", show_default=True)
@in_folder
def check(files: tuple[Path, ...], ref: str | None, form: str, root: Path) -> None:
    """Check everything in archive/ and docs/, or what is said of FILE... alone.

    `--format github` fills the job summary where one is offered.
    """
    from annotated_archive.check import REPORTERS, run
    from annotated_archive.check.reporters import summary

    if files and ref:
        raise click.UsageError("Name files, or a commit with --since, not both.")
    paths = _named(files, root) if files else _since(root, ref).paths if ref is not None else None
    result = run(root, paths, private=True)
    click.echo(REPORTERS[form](result.diagnostics), nl=False, err=form == "text")
    if form == "github" and (path := os.environ.get("GITHUB_STEP_SUMMARY")):
        with open(path, "a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(summary(result.diagnostics))
    if form == "text":
        archive = result.graph.archive
        what = (
            f"{count(len(archive.articles), 'article')}, {count(len(archive.entities), 'authority file')}, "
            f"{count(len(archive.works), 'work')}"
            if paths is None
            else f"{count(len(paths), 'file')} of the archive"
        )
        click.echo(f"{what}: {count(result.errors, 'error') if result.errors else 'no errors'}.")
    if result.errors:
        sys.exit(CONTENT_ERRORS)


@main.command()
@click.argument("ref")
@in_folder
def changes(ref: str, root: Path) -> None:
    """Say in Markdown what the working tree changes in the record since it left REF, for whoever reviews it."""
    from annotated_archive.check.changes import summary

    click.echo(summary(root, _since(root, ref)), nl=False)


def _since(root: Path, ref: str) -> Since:
    from annotated_archive.check.history import HistoryError, since

    try:
        return since(root, ref)
    except HistoryError as error:
        raise click.UsageError(f"{str(error)[:1].upper()}{str(error)[1:]}.") from None


def _named(files: tuple[Path, ...], root: Path) -> list[str]:
    """Files, and those in folders, as paths relative to the archive's folder.

    They are given as seen from here or, where nothing of the archive lies there, from the archive's folder.
    """
    top = Path(os.path.abspath(root))
    names: list[str] = []
    for path in files:
        whole = next((p for p in (Path(os.path.abspath(path)), top / path) if _inside(p, top)), None)
        if whole is None and not os.path.lexists(path):
            raise click.UsageError(f"There is no file {path}.")
        if whole is None:
            raise click.UsageError(f"{path} is not in archive/ or docs/ of the archive.")
        inside = sorted(p for p in whole.rglob("*") if not p.is_dir()) if whole.is_dir() else [whole]
        names += [found.relative_to(top).as_posix() for found in inside]
    return names


def _inside(path: Path, top: Path) -> bool:
    """Whether there is such a file or folder in archive/ or docs/ of the archive."""
    known = path.is_relative_to(top) and path.relative_to(top).parts[:1] in (("archive",), ("docs",))
    return known and os.path.lexists(path)
