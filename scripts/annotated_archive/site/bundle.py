"""The whole archive as one file to download: the site, the record without what is withheld, and checksums."""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from annotated_archive.search.documents import documents
from annotated_archive.site import published
from annotated_archive.site.bundling import naming, readme
from annotated_archive.site.bundling.record import record
from annotated_archive.site.bundling.zipped import Zipped, checksum_line
from annotated_archive.site.content import Content
from annotated_archive.site.plugin import archive_plugin
from annotated_archive.site.renderer import SiteError, configure, mkdocs_session, run
from annotated_archive.site.said_words import PageWords

__all__ = ["Bundled", "SiteError", "bundle"]

WHERE = "build/bundle"
"""Where a bundle is written by default, in the archive's folder."""


@dataclass(frozen=True)
class Bundled:
    """A file to download: where it is, its size in bytes and its SHA-256, which also stands in a file beside it."""

    path: Path
    size: int
    sha256: str


def bundle(root: Path, to: Path, *, zim: bool = False) -> list[Bundled]:
    """Build the archive in `root` and write it into the folder `to` as NAME-VERSION.zip; with `zim`, as .zim too.

    Files of the same name are replaced, and only when all has succeeded. Raises SiteError, and ImportError for `zim`
    where libzim is not installed; findings of the check are printed to standard error before.
    """
    root, to = root.resolve(), to.resolve()
    if zim:
        from annotated_archive.site import zim as kiwix
    with mkdocs_session():
        config = configure(root, root / "site", strict=True)
    for folder in (Path(config.docs_dir), root / "archive", root / "site"):
        if to.is_relative_to(folder):
            raise SiteError(f"{to} is part of what is bundled or built; name another folder with --to")
    to.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".bundling-", dir=to) as work:
        site = Path(work) / "site"
        content, config = _built(root, site)
        said: dict[str, Any] = config.extra.get("archive") or {}
        version = naming.version_of(said.get("version"), content.graph.archive)
        name = f"{naming.name_of(config.site_name)}-{version}"
        made = [Path(work) / f"{name}.zip"]
        _zip(content, site, made[0], name, version)
        if zim:
            made.append(Path(work) / f"{name}.zim")
            day = _day(version) or naming.newest_day(content.graph.archive)
            described = kiwix.Description.of(config, content, naming.name_of(config.site_name), day)
            words = PageWords(content, published.by_hand(config))
            kiwix.write(site, made[1], content, described, documents(content.graph, words))
        return [_put(path, to) for path in made]


def _built(root: Path, site: Path) -> tuple[Content, Any]:
    """Build the site, strictly: what it is made of, and MkDocs' configuration as it was at the end."""
    with mkdocs_session():
        config = configure(root, site, strict=True)
        run(config, "build")
    return archive_plugin(config).content, config


def _zip(content: Content, site: Path, to: Path, name: str, version: str) -> None:
    with Zipped(to, name) as zipped:
        zipped.add(readme.NAME, readme.readme(content, name, version))
        for path, source in record(content):
            zipped.add(path, source)
        for inside in sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()):
            try:
                zipped.add(f"site/{inside}", site / inside)
            except ValueError as error:
                raise SiteError(f"the site holds a file that cannot be bundled: {error}") from None


def _put(made: Path, to: Path) -> Bundled:
    """Move a finished file to its place, with its checksum beside it."""
    with made.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    path, sums = to / made.name, to / f"{made.name}.sha256"
    beside = made.with_name(sums.name)
    beside.write_text(checksum_line(digest, path.name), "utf-8", newline="\n")
    sums.unlink(missing_ok=True)  # an old one beside a new file would be a false alarm
    os.replace(made, path)
    os.replace(beside, sums)
    return Bundled(path, path.stat().st_size, digest)


def _day(version: str) -> date | None:
    """The day that a version is, if it is one."""
    try:
        return date.fromisoformat(version)
    except ValueError:
        return None
