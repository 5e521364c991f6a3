"""The names in what the authority itself says: found once and written down, so that a page of an entity can be made
anew without reading all forms of all names first."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from annotated_archive.names import remembered
from annotated_archive.names.matcher import Matcher, Mention
from annotated_archive.names.remembered import FOLDER, authority_of, digest_of, version_of, write
from annotated_archive.records.authority import Actor, Entity, Place, Treaty
from annotated_archive.store import Archive

_FILE = "prose"
Found = dict[str, list[Mention]]
"""Text → the names in it."""


def prose(entity: Entity) -> Iterator[str]:
    """The texts of our own that a record holds."""
    texts: list[str | None] = [entity.summary, *(fact.text for fact in entity.facts)]
    if isinstance(entity, Place) and entity.location:
        texts.append(entity.location.note)
    if isinstance(entity, Treaty):
        texts.append(entity.status)
    if isinstance(entity, Actor):
        texts += [office.title for office in entity.offices]
    return filter(None, texts)


def named_in_prose(archive: Archive, matcher: Matcher) -> Found:
    """The names in the prose of all entities, which are those of the matcher.

    What was found before stands while the matcher would find the same: the file holds digests of texts and where names
    stand in them, no words. What cannot be read is found anew, and what cannot be written is not.
    """
    texts = {text: digest_of(text) for file in archive.entities.values() for text in prose(file.record)}
    path = archive.build / FOLDER / _FILE
    key = digest_of(f"{version_of()} {authority_of(archive)}")
    known = _read(path, key)
    found = {text: known[digest] if digest in known else matcher.find(text)[0] for text, digest in texts.items()}
    if known.keys() != set(texts.values()) and (len(archive.entities) >= remembered.WORTH or path.exists()):
        listed = {texts[text]: [(one.start, one.end, one.entity) for one in names] for text, names in found.items()}
        data = json.dumps(listed, separators=(",", ":"))
        write(path, f"{key} {digest_of(data)}\n{data}".encode())
    return found


def _read(path: Path, key: str) -> Found:
    """Digest of a text → the names in it; nothing where that is not there, is damaged, or was found by another key."""
    with suppress(OSError, ValueError, TypeError, AttributeError):
        head, _, data = path.read_bytes().decode().partition("\n")
        if head == f"{key} {digest_of(data)}":
            return {digest: [Mention(*one) for one in names] for digest, names in json.loads(data).items()}
    return {}
