"""The commands that link, build and show the archive."""

from __future__ import annotations

from pathlib import Path

import click

from annotated_archive.cli.base import count, dry, in_folder, main
from annotated_archive.records.collecting import uncollected
from annotated_archive.records.diagnostic import ContentError

_edition = click.option(
    "--edition", type=click.Choice(["public", "private"]), default="public", show_default=True,
    help="private: with the texts in private/, for those who keep the archive.",
)  # fmt: skip


@main.command()
@dry
@in_folder
def link(dry_run: bool, root: Path) -> None:
    """Find every mention of every known name, and list the ids in the articles' front matter."""
    from annotated_archive.names import update_links
    from annotated_archive.store import load

    archive = load(root, private=True)
    if archive.problems:
        raise ContentError(*archive.problems)
    changed, mentions, doubts = update_links(archive, dry_run=dry_run)
    for path in changed:
        click.echo(f"{path}: {'would change' if dry_run else 'lists written'}.")
    for doubt in doubts:
        click.echo(str(doubt), err=True)
    found, files = count(mentions, "mention"), count(len(changed), "file")
    click.echo(f"{found} in {count(len(archive.articles), 'article')}; {files} changed.")


@main.command()
@click.option("--strict", is_flag=True, help="Fail on warnings of the renderer too.")
@_edition
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="Make pages in N processes; by default one a core.")
@click.option("--timings", is_flag=True, help="Print how long each stage took: its name, seconds, CPU seconds.")
@click.option(
    "--verify-against", "other", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR",
    help="Compare the site with another build of it, and fail where they differ.",
)  # fmt: skip
@in_folder
def build(strict: bool, edition: str, jobs: int | None, timings: bool, other: Path | None, root: Path) -> None:
    """Build the site into site/. A build that fails leaves the last good site in place.

    The private edition shows withheld texts too, and goes to private/site/: it is not for publication.
    """
    with uncollected():
        from annotated_archive.site import build as site

    private = edition == "private"
    out = site.site_folder(root, private)
    if other is not None and other.resolve() == out.resolve():
        raise click.UsageError(f"{other} is where the site is built: put the other build elsewhere.")
    site.build(root, out, strict=strict, private=private, jobs=jobs)
    if timings:
        for name, wall, cpu in site.timings():
            click.echo(f"{name}\t{wall:.2f}\t{cpu:.2f}", err=True)
    click.echo(f"The {'private edition' if private else 'site'} is in {out}: open {out / 'index.html'}.")
    if other is not None:
        differences = list(site.compare(out, other))
        for line in differences:
            click.echo(line)
        if differences:
            raise click.ClickException(f"{count(len(differences), 'file')} of {out} and {other} differ")
        click.echo(f"It is the same as in {other}, to the byte.")
    main.all_done = True


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@_edition
@in_folder
def serve(host: str, port: int, edition: str, root: Path) -> None:
    """Show the site in a browser and refresh it after every change."""
    from annotated_archive.site import build as site

    site.serve(root, host, port, edition == "private")


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
