"""The commands that give annotations and claims to other programs, and take annotations from them."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

import click

from annotated_archive.cli.base import CONTENT_ERRORS, count, dry, in_folder, main, report, words
from annotated_archive.exports import FORMATS
from annotated_archive.records.diagnostic import WARNING, ContentError, Diagnostic, one_line

BAG = "bagit"


@main.command()
@click.argument("form", metavar="FORMAT", type=click.Choice((*FORMATS, BAG)))
@click.option("--to", required=True, type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
@click.option("--zip", "as_zip", is_flag=True, help="Write the bag as DIR.zip too.")
@in_folder
def export(form: str, to: Path, as_zip: bool, root: Path) -> None:
    """Write annotations (jsonld) or claims (csv) as files for other programs, or the record as a bag (bagit)."""
    from annotated_archive.site import exported
    from annotated_archive.store import now

    if as_zip and form != BAG:
        raise click.UsageError("--zip goes with bagit.")
    if form == BAG:
        if to.exists() and any(to.iterdir()):
            raise click.UsageError(f"{to} is not empty: a bag holds nothing but what its lists name.")
        made = exported.bag(root, to, now()[:10], as_zip=as_zip)
        click.echo(f"{count(len(made.sums), 'file')} and their checksums in {to}{f' and {to}.zip' if as_zip else ''}.")
        return
    click.echo(f"{count(len(exported.export(root, to, form)), 'file')} in {to}.")


@main.command("import")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--name", default="imported", show_default=True, callback=words, help="The author's name to show.")
@click.option("--keep-names", is_flag=True, help="Show the names in the file: only if their owners agreed to it.")
@click.option("--licensed", is_flag=True, help="You may publish all of it under CC BY 4.0, whatever the file says.")
@dry
@in_folder
def import_(file: Path, name: str, keep_names: bool, licensed: bool, dry_run: bool, root: Path) -> None:
    """Take annotations in from W3C Web Annotation JSON-LD or a Hypothesis export."""
    from annotated_archive.exports.admission import Terms, admit
    from annotated_archive.exports.incoming import MAX_BYTES, read
    from annotated_archive.graph import resolve
    from annotated_archive.store import annotation_path, annotation_text, load, now, write_if_changed

    shown = one_line(file, 4096)[1:-1]

    def bytes_of(path: Path) -> bytes:
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)

    def beside(name: str) -> bytes | None:
        return bytes_of(file.parent / name) if (file.parent / name).is_file() else None

    data = bytes_of(file)
    items = read(data, shown, beside)
    archive = load(root)
    if archive.problems:
        raise ContentError(*archive.problems)
    admitted = admit(resolve(archive), items, Terms(name, keep_names, licensed, now()))
    for record in admitted.records:
        path = annotation_path(record)
        if not dry_run:
            write_if_changed(root / path, annotation_text(record).encode())
        click.echo(f"{path}: {'would be written' if dry_run else 'written'}.")
    report(
        Diagnostic(shown, 1, 1, "IMPORT-NARROWED", f"item {item.number}: {remark}.", severity=WARNING)
        for item in items
        for remark in item.remarks
    )
    report(
        Diagnostic(shown, 1, 1, "IMPORT-LEFT", f"item {item.number}{_named(item.identity)}: {reason}.")
        for item, reason in admitted.left
    )
    click.echo(
        f"{count(len(admitted.records), 'annotation')} {'would be ' if dry_run else ''}taken in, "
        f"{len(admitted.known)} here already, {len(admitted.left)} left out."
    )
    if admitted.left:
        if not dry_run:
            # Files of one name, from several people, keep a list each.
            left = root / "build/import" / f"{file.stem}-{hashlib.sha256(data).hexdigest()[:8]}.json"
            kept = [{"item": item.number, "reason": reason, "annotation": item.raw} for item, reason in admitted.left]
            write_if_changed(left, (json.dumps({"left": kept}, indent=1) + "\n").encode())
            click.echo(f"What was left out, with the reasons: {left}.")
        sys.exit(CONTENT_ERRORS)


def _named(identity: str) -> str:
    return f" ({one_line(identity)})" if identity else ""
