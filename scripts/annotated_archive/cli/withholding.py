"""The commands that take a text out of what is published, and put it back."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import click

from annotated_archive.cli.base import dry, in_folder, main
from annotated_archive.records.diagnostic import ContentError

if TYPE_CHECKING:
    from annotated_archive.records.article import Publish
    from annotated_archive.store import Archive, ArticleFile
    from annotated_archive.store.withholding import Moves

HISTORY = (
    "If the text was ever committed, git's history still holds it, and so do a site, bundles and downloads made before:"
    " build the site again, remove the old bundles, and see the removal policy."
)


@main.command()
@click.argument("article")
@click.option(
    "--publish", type=click.Choice(["excerpt", "metadata"]), default="metadata", show_default=True,
    help="What remains public: words that annotations quote, or the record alone.",
)  # fmt: skip
@click.option(
    "--share", type=click.FloatRange(0, 1, min_open=True), help="excerpt: the share of the text they may make up."
)
@dry
@in_folder
def withhold(article: str, publish: Publish, share: float | None, dry_run: bool, root: Path) -> None:
    """Move an article's text, ledger and original to private/, which git ignores."""
    from annotated_archive.store import withholding

    if share is not None and publish != "excerpt":
        raise click.UsageError("--share goes with --publish excerpt.")
    archive, file = _article(root, article)
    moves = withholding.withhold(archive, file, publish, share)
    _carry_out(root, moves, dry_run)
    if not dry_run:  # made of the record as it was, with words of the text
        shutil.rmtree(root / "build/terminal", ignore_errors=True)
        (root / f"build/reanchor/{file.record.id}.md").unlink(missing_ok=True)
    click.echo(HISTORY, err=True)


@main.command()
@click.argument("article")
@dry
@in_folder
def release(article: str, dry_run: bool, root: Path) -> None:
    """Publish a withheld article in full: its text, its ledger and what annotates it come back from private/."""
    from annotated_archive.store import withholding

    archive, file = _article(root, article)
    if file.record.rights.publish == "full":
        raise click.UsageError(f"{file.record.id} is published in full already.")
    _carry_out(root, withholding.release(archive, file), dry_run)


def _article(root: Path, identifier: str) -> tuple[Archive, ArticleFile]:
    from annotated_archive.anchor.annotate import Wish, article_of
    from annotated_archive.store import load

    archive = load(root, private=True)
    unread = [problem for problem in archive.problems if problem.path.startswith(("archive/", "private/"))]
    if unread:
        raise ContentError(*unread)  # what cannot be read could not be moved along
    return archive, article_of(archive, Wish(identifier), None)


def _carry_out(root: Path, moves: Moves, dry_run: bool) -> None:
    if not dry_run:
        moves.carry_out(root)
    would = "would be " if dry_run else ""
    for path, source in sorted(moves.moved.items()):
        click.echo(f"{source}: {would}moved to {path}.")
    for path in sorted(moves.written):
        click.echo(f"{path}: {would}written.")
    for path in sorted(moves.removed):
        click.echo(f"{path}: {would}removed.")
    click.echo("Next: run `archive link` and `archive check`." if not dry_run else "Nothing was changed.", err=True)
