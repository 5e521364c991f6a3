"""The names in what the authority itself says: found once and written down, so that a page of an entity can be made
anew without reading all forms of all names first."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from annotated_archive.names import remembered
from annotated_archive.names.matcher import Matcher, Mention
from annotated_archive.names.remembered import FOLDER, authority_of, version_of, write
from annotated_archive.records.authority import prose
from annotated_archive.store import Archive
from annotated_archive.store.kept import text_digest

_FILE = "prose"
Found = dict[str, list[Mention]]
"""Digest of a text → the names in it."""


def named_in_prose(archive: Archive, matcher: Matcher) -> Found:
    """The names in the prose of all entities, which are those of the matcher, by the digest of each text.

    What was found before stands while the matcher would find the same: the file holds digests of texts and where names
    stand in them, no words. What cannot be read is found anew, and what cannot be written is not.
    """
    path = archive.build / FOLDER / _FILE
    key = text_digest(f"{version_of()} {authority_of(archive)}")
    known = _read(path, key)
    found: Found = {}
    for file in archive.entities.values():
        for number, digest in enumerate(file.brief.prose):
            if digest not in found:
                new = digest not in known
                found[digest] = matcher.find(list(prose(file.record))[number])[0] if new else known[digest]
    if known.keys() != found.keys() and (len(archive.entities) >= remembered.WORTH or path.exists()):
        listed = {digest: [(one.start, one.end, one.entity) for one in names] for digest, names in found.items()}
        data = json.dumps(listed, separators=(",", ":"))
        write(path, f"{key} {text_digest(data)}\n{data}".encode())
    return found


def _read(path: Path, key: str) -> Found:
    """What is kept; nothing where that is not there, is damaged, or was found by another key."""
    with suppress(OSError, ValueError, TypeError, AttributeError):
        head, _, data = path.read_bytes().decode().partition("\n")
        if head == f"{key} {text_digest(data)}":
            return {digest: [Mention(*one) for one in names] for digest, names in json.loads(data).items()}
    return {}
