"""The list of originals: their checksums in the form of `sha256sum`, in a file beside them."""

from __future__ import annotations

import re
from pathlib import Path

from annotated_archive.records.diagnostic import ContentError, Diagnostic, one_line
from annotated_archive.store.files import decoded, read_data
from annotated_archive.store.kept import digest_of

MANIFEST = "archive/originals/manifest-sha256.txt"


def read_manifest(
    root: Path, file: str, problems: list[Diagnostic], digests: dict[str, str] | None = None
) -> tuple[dict[str, str], dict[str, int]]:
    """The checksums of originals by path, and the line in which each stands (hash, two spaces, path).

    `file` is that of the list, relative to `root`; its digest is added to `digests`. Lines of another form become
    problems (MANIFEST-LINE).
    """
    path = root / file
    manifest: dict[str, str] = {}
    lines: dict[str, int] = {}
    if not path.exists():
        return manifest, lines
    try:
        data = read_data(path, file)
        if digests is not None:
            digests[file] = digest_of(data)
        text = decoded(data, file)
    except ContentError as error:
        problems += error.diagnostics
        return manifest, lines
    for number, line in enumerate(text.removesuffix("\n").split("\n") if text else (), 1):
        digest, _, name = line.partition("  ")
        if not re.fullmatch(r"[0-9a-f]{64}", digest) or not _inside(name) or name in manifest:
            problems.append(
                Diagnostic(
                    file, number, 1, "MANIFEST-LINE", f"not `sha256  path inside the folder`: {one_line(line)}",
                    "Write it as `sha256sum` does, each path once.",
                )
            )  # fmt: skip
        else:
            manifest[name], lines[name] = digest, number
    return manifest, lines


def _inside(name: str) -> bool:
    """Whether `name` is a path that stays in its folder, written in the one way that says so."""
    parts = name.split("/")
    return not {"", ".", ".."}.intersection(parts) and len(name) <= 1000 and max(len(p.encode()) for p in parts) <= 255
