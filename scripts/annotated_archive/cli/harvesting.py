"""`archive harvest` screens web archives for pages about the subject; `archive accept` takes a candidate in."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from annotated_archive.cli.base import CONTENT_ERRORS, checked, count, dry, in_folder, main, report, taking_in
from annotated_archive.records.base import Language
from annotated_archive.records.diagnostic import ERROR

if TYPE_CHECKING:
    from annotated_archive.harvest import Known
    from annotated_archive.harvest.running import Outcome
    from annotated_archive.store import Archive

_language = checked(Language, "a language code such as en")
_FOLDER = Path("build/harvest")


def _languages(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(value for value in values if _language(context, parameter, value))


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(), metavar="FILE...")
@click.option(
    "--outlet",
    "outlets",
    multiple=True,
    metavar="ID",
    help="Only pages of this outlet: an id with domains, a domain, or any. Without it, all of the archive's outlets.",
)
@click.option(
    "--language",
    "languages",
    multiple=True,
    callback=_languages,
    metavar="CODE",
    help="Only pages in this language, such as en, or in one that cannot be told. Without it, in all.",
)
@click.option(
    "--threshold",
    type=click.Choice(["about", "touches", "passing"]),
    default="touches",
    show_default=True,
    help="How near a page must be to the subject.",
)
@click.option(
    "--to",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Where the candidates go, in place of those of the run before; else build/harvest in the archive.",
)
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="So many processes; else one for each core.")
@click.option("--scheduler", metavar="ADDRESS", help="Work on the Dask cluster with this scheduler: tcp:// or tls://.")
@in_folder
def harvest(
    files: tuple[str, ...], outlets: tuple[str, ...], languages: tuple[str, ...], threshold: str, to: Path | None,
    jobs: int | None, scheduler: str | None, root: Path,
) -> None:  # fmt: skip
    """Screen web archives (WARC) for pages about the archive's subject, and write candidates for review."""
    from annotated_archive.harvest import merge, plan, subject_of, writing
    from annotated_archive.harvest.checkpoints import Checkpoints, outcomes
    from annotated_archive.harvest.running import here, on_cores
    from annotated_archive.harvest.scoring import GRADES
    from annotated_archive.store import load

    if jobs and scheduler:
        raise click.UsageError("--jobs is for this machine; --scheduler hands the work to others.")
    archive = load(root, annotations=(), private=True)
    subject = subject_of(archive, outlets, languages, GRADES[threshold])
    folder = to or root / _FOLDER
    planned = plan(files)
    if not planned.chunks:
        report(planned.problems)
        sys.exit(CONTENT_ERRORS)
    if foreign := writing.claim(folder):
        mend = "name another folder with --to, or move it away"
        raise click.UsageError(f"{folder} holds {foreign}, which no harvest wrote: {mend}.")
    jobs = min(jobs or _cores(), len(planned.chunks))
    if scheduler:
        from annotated_archive.harvest.cluster import on_cluster

        run = partial(on_cluster, subject=subject, scheduler=scheduler)
    else:
        run = partial(on_cores, subject=subject, jobs=jobs) if jobs > 1 else partial(here, subject=subject)
    kept = Checkpoints(folder / "chunks", subject)
    try:
        made = list(_shown(outcomes(planned.chunks, kept, run), len(planned.chunks)))
    except KeyboardInterrupt:
        click.echo("\nBroken off: run the same command to go on.", err=True)
        sys.exit(CONTENT_ERRORS)
    found = merge(made, _known(archive))
    problems = [*planned.problems, *found.problems]
    report(problems)
    if found.failed == len(planned.chunks):  # nothing was screened: what an earlier harvest found stays
        sys.exit(CONTENT_ERRORS)
    writing.write(found, folder)
    for reason, number in found.counts:
        click.echo(f"{number:>12,}  {writing.said(reason)}")
    click.echo(f"{found.records:>12,}  records and damaged places in {count(len(planned.chunks), 'part')} of files")
    click.echo(f"{count(len(found.proposed), 'candidate')}: read {folder / writing.PAGE}.")
    if any(problem.severity == ERROR for problem in problems):
        sys.exit(CONTENT_ERRORS)


def _cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _shown(made: Iterator[Outcome], of: int) -> Iterator[Outcome]:
    """The outcomes, counted on a terminal."""
    shown = sys.stderr.isatty() and of > 1
    for number, outcome in enumerate(made, 1):
        if shown:
            click.echo(f"\r\x1b[K{number} of {of} parts", nl=False, err=True)
        yield outcome
    if shown:
        click.echo("\r\x1b[K", nl=False, err=True)


def _known(archive: Archive) -> Known:
    """The texts that the archive has."""
    from annotated_archive.harvest import known_texts

    articles = archive.articles.values()
    withheld = {file.record.id: file.record.text.sha256 for file in articles if file.record.text}
    return known_texts({file.record.id: file.body for file in articles}, withheld)


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(dir_okay=False, path_type=Path), metavar="FILE...")
@taking_in
@dry
@in_folder
@click.pass_context
def accept(
    context: click.Context, paths: tuple[Path, ...], publish: str, by: str | None, yes: bool, dry_run: bool, root: Path,
) -> None:  # fmt: skip
    """Take candidates of a harvest in: each record is cut out of its web archive, and goes through `archive ingest`."""
    from click.core import ParameterSource

    from annotated_archive.cli.ingesting import ingest
    from annotated_archive.harvest.taking import cut_out

    cut = [cut_out(candidate, candidate.parent.parent / "records") for candidate in paths]
    given = context.get_parameter_source("publish") is not ParameterSource.DEFAULT
    arguments = ["-C", str(root), *(["--publish", publish] if given else []), *(["--by", by] if by else [])]
    arguments += ["--yes"] * yes + ["--dry-run"] * dry_run + ["--", *map(str, cut)]
    with ingest.make_context("ingest", arguments, parent=context.parent) as inner:
        ingest.invoke(inner)
