"""The command that makes one file to download of the whole archive."""

from __future__ import annotations

from pathlib import Path

import click

from annotated_archive.cli.base import in_folder, main


@main.command()
@click.option(
    "--to", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
    help="Where to write it; build/bundle in the archive's folder by default.",
)  # fmt: skip
@click.option("--zim", is_flag=True, help="Write a ZIM file for Kiwix too.")
@in_folder
def bundle(to: Path | None, zim: bool, root: Path) -> None:
    """Write the site and the data as one file to download, with checksums. One that fails leaves the last in place."""
    from annotated_archive.site import bundle as bundling

    if zim:
        try:
            import annotated_archive.site.zim  # noqa: F401
        except ModuleNotFoundError as error:
            if (error.name or "").partition(".")[0] != "libzim":
                raise
            raise click.UsageError(
                "--zim needs the package libzim, which is installed by `make zim`, or with the extra `zim` of the "
                "package annotated-archive."
            ) from None
    for made in bundling.bundle(root, to or root / bundling.WHERE, zim=zim):
        click.echo(f"{made.path}: {made.size:,} bytes")
        click.echo(f"  sha256 {made.sha256}, also in {made.path.name}.sha256")
