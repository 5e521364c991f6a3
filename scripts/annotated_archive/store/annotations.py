"""Annotation files as they are made: ids, times, where a file lies, and its canonical text."""

from __future__ import annotations

import secrets
import string
from collections.abc import Container
from datetime import UTC, datetime

from annotated_archive.records import yamlio
from annotated_archive.records.annotation import Annotation
from annotated_archive.records.base import plain
from annotated_archive.store.archive import OF_WORKS

_FIRST = string.ascii_lowercase
_LATER = string.ascii_lowercase + string.digits


def new_id(taken: Container[str]) -> str:
    """A random id for an annotation (a letter, then seven letters or digits) that is not in `taken`."""
    while True:
        identifier = secrets.choice(_FIRST) + "".join(secrets.choice(_LATER) for _ in range(7))
        if identifier not in taken:
            return identifier


def now() -> str:
    """The current time in UTC, to the second, as annotations give it: `2026-11-22T10:00:00Z`."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def annotation_path(record: Annotation) -> str:
    """Where the annotation's file belongs, relative to the archive's folder."""
    folder = record.article or f"{OF_WORKS}/{record.work}"
    return f"archive/annotations/{folder}/{record.id}.yml"


def annotation_text(record: Annotation) -> str:
    """The annotation's file: a line that names the schema for editors, then canonical YAML in the model's order."""
    up = "../../../" if record.work else "../../"
    return f"# yaml-language-server: $schema={up}schema/annotation.json\n{yamlio.write(plain(record))}"
