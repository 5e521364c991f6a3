"""The files that the site publishes for other programs, written to a folder of their own."""

from __future__ import annotations

from pathlib import Path

from annotated_archive import __version__
from annotated_archive.exports.bag import Bag, unbroken, zipped
from annotated_archive.exports.crate import METADATA, ORIGINALS, RECORD, About, crate
from annotated_archive.site.bundling.record import record
from annotated_archive.site.content import Content
from annotated_archive.site.tree import sound
from annotated_archive.store import write_if_changed


def export(root: Path, to: Path, form: str) -> list[Path]:
    """Write the exports of one format below `to`; returns their paths. Files that are no longer made are left alone.

    Raises SiteError when the check finds errors: what the site would not publish, this does not write.
    """
    written = []
    for name, text in sound(root, to).exported.items():
        if name.endswith(f".{form}"):
            write_if_changed(to / name, text.encode())
            written.append(to / name)
    return written


def bag(root: Path, to: Path, day: str, *, as_zip: bool) -> Bag:
    """Write the originals and the record as a BagIt bag into the folder `to`, dated `day` (`2026-11-22`).

    In the payload lie `originals/`, `record/` and a description of each step between them (RO-Crate). Only what is
    published is in it. With `as_zip` the folder is written as `TO.zip` too. Broken off, it leaves nothing. Raises
    SiteError; FileExistsError where `to` holds something.
    """
    with unbroken(to) as beside:
        content = sound(root, to)
        made = Bag(beside)
        _fill(made, content, day)
        if as_zip:
            zipped(beside, beside.with_name(f"{to.name}.zip"))
    return made


def _fill(made: Bag, content: Content, day: str) -> None:
    for path, source in record(content):
        name = path.removeprefix("archive/")
        if name != f"{ORIGINALS}/manifest-sha256.txt":  # the bag has a list of its own
            made.add(name if name.startswith(f"{ORIGINALS}/") else f"{RECORD}/{name}", source)
    settings = content.settings
    files = {path.removeprefix("data/"): (made.sizes[path], digest) for path, digest in sorted(made.sums.items())}
    mail = settings.contact if "@" in settings.contact and ":" not in settings.contact else ""
    made.add(METADATA, crate(content.graph.archive, files, About(settings.name, settings.site_url, mail, day)))
    info = {
        "Source-Organization": settings.name, "Contact-Email": mail,
        "External-Identifier": settings.site_url, "Bagging-Date": day,
        "Bag-Software-Agent": f"annotated-archive {__version__}",
    }  # fmt: skip
    made.close({label: value for label, value in info.items() if value})
