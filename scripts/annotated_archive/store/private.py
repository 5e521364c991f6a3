"""The folder `private/`, which git ignores: it mirrors the record, and holds what of it may not be published.

All paths are relative to the archive's folder.
"""

from __future__ import annotations

from pathlib import Path

from annotated_archive.records.annotation import Annotation
from annotated_archive.records.text import digest
from annotated_archive.store.files import read_text, write_if_changed

FOLDER = "private"
TEXTS = f"{FOLDER}/texts"
"""Canonical texts, each followed by one line end, in files named after their articles."""
LEDGERS = f"{FOLDER}/ledgers"
ANNOTATIONS = f"{FOLDER}/annotations"
"""Annotations that quote what may not be quoted in public, each in the folder of its article."""
ORIGINALS = f"{FOLDER}/originals"
MANIFEST = f"{ORIGINALS}/manifest-sha256.txt"
SITE = f"{FOLDER}/site"
"""Where the private edition of the site is built."""
BUILD = f"{FOLDER}/build"
"""Where the private edition keeps what it need not make again."""


def text_path(article: str) -> str:
    """The file of an article's withheld text."""
    return f"{TEXTS}/{article}.txt"


def ledger_path(article: str, capture: int = 1) -> str:
    """The file of a withheld ledger: of the capture that an article was taken from, or of a further one, from 2."""
    return f"{LEDGERS}/{article}.yml" if capture == 1 else f"{LEDGERS}/{article}.{capture}.yml"


def original_path(path: str) -> str:
    """The file of an original that is kept private, by its `path` in the article's record."""
    return f"{ORIGINALS}/{path}"


def annotation_path(record: Annotation) -> str:
    """The file of an annotation of an article of which nothing may be quoted in public."""
    return f"{ANNOTATIONS}/{record.article}/{record.id}.yml"


def file_text(body: str) -> str:
    """What the file of a withheld text holds."""
    return f"{body}\n"


def write_text(root: Path, article: str, body: str) -> str:
    """Keep a canonical text in the archive in `root`. Returns its SHA-256, which the article's record publishes."""
    write_if_changed(root / text_path(article), file_text(body).encode())
    return digest(body)


def read_body(root: Path, article: str) -> str:
    """An article's withheld canonical text. Raises ContentError (TEXT-*) for a file that is not there or no text."""
    name = text_path(article)
    return read_text(root / name, name).removesuffix("\n")
