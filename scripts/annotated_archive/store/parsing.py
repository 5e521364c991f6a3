"""One file of the record, from its bytes to what is kept of it."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from pydantic import BaseModel

from annotated_archive.records import yamlio
from annotated_archive.records.annotation import Annotation
from annotated_archive.records.article import Article
from annotated_archive.records.authority import KINDS
from annotated_archive.records.diagnostic import ContentError, Diagnostic, one_line
from annotated_archive.records.ledger import Ledger
from annotated_archive.records.text import FORBIDDEN, flaws, is_plain, stray
from annotated_archive.store.brief import brief_of
from annotated_archive.store.files import decoded, read_article_text, read_data
from annotated_archive.store.kept import Kept, Signature, digest_of
from annotated_archive.store.validating import validated

MODELS: dict[str, type[BaseModel]] = {"article": Article, "ledger": Ledger, "annotation": Annotation, **KINDS}
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
TEXT = "text"
"""The kind of a file that holds the canonical text of a withheld article, and no record."""


class Listed(NamedTuple):
    """A file that was found: where it is, its path for diagnostics, its kind (of MODELS, or TEXT), its signature."""

    path: str
    name: str
    kind: str
    signature: Signature


def parsed(file: Listed) -> Kept | tuple[Diagnostic, ...]:
    """What is to be kept of a file, or what keeps it from being read."""
    try:
        data = read_data(file.path, file.name)
        text = decoded(data, file.name)
        if file.kind == TEXT:
            body = digest_of(text.removesuffix("\n").encode())
            return Kept(file.signature, digest_of(data), "", (), 1, body, False, b"")
        return _record(file, data, text)
    except ContentError as error:
        return error.diagnostics


def _record(file: Listed, data: bytes, text: str) -> Kept:
    if file.kind == "article":
        parts = read_article_text(text, file.name)
        document, body, line = parts.document, parts.body, parts.body_line
        clean = not any(flaws(body)) and _is_clean(text.removesuffix(f"{body}\n"), document)
    else:
        document, body, line = yamlio.read(text, file.name), "", 1
        clean = _is_clean(text, document)
    if file.kind in KINDS:
        _confirm(document, file.kind, file.name)
    record: Any = validated(MODELS[file.kind], document, file.name)
    plain = _JSON.encode(document.data).encode()
    inside = digest_of(body.encode()) if file.kind == "article" else ""
    identifier = record.id if file.kind != "ledger" else ""
    return Kept(file.signature, digest_of(data), identifier, brief_of(record), line, inside, clean, plain)


def _is_clean(text: str, document: yamlio.Document) -> bool:
    """Whether no value holds a character that records do not take.

    A value in plain ASCII can hold one only by an escape; most files are told by a look at them as a whole.
    """
    if text.isascii() and "\\" not in text:
        return is_plain(text) or not FORBIDDEN.search(text)
    return not any(what for value in strings(document.data) for what in stray(value[1]))


def strings(value: Any, path: yamlio.Path = ()) -> list[tuple[yamlio.Path, str]]:
    """Every text in the data of a file, with its path there."""
    if isinstance(value, str):
        return [(path, value)]
    if isinstance(value, dict):
        return [found for name, inner in value.items() for found in strings(inner, (*path, name))]
    if isinstance(value, list):
        return [found for number, inner in enumerate(value) for found in strings(inner, (*path, number))]
    return []


def _confirm(document: yamlio.Document, kind: str, name: str) -> None:
    """The `kind` that an authority file states is that of its folder. Raises ContentError (SCHEMA-KIND)."""
    stated = document.data.get("kind") if isinstance(document.data, dict) else None
    if stated != kind and stated is not None:
        line, column = document.place(("kind",))
        raise ContentError(
            Diagnostic(
                name, line, column, "SCHEMA-KIND", f"kind {one_line(stated)} in the folder of kind {kind}",
                f"Write `kind: {kind}`, or move the file.",
            )
        )  # fmt: skip
