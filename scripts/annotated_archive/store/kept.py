"""What is kept of a file of the record that was read before, and the parts that are made of it when somebody asks.

Records are kept as JSON and validated again: nothing that a damaged or hostile file could say becomes a record that the
models do not take. Texts and the places of values are not kept; they are read from the file again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from annotated_archive.records import yamlio
from annotated_archive.records.diagnostic import ContentError, Diagnostic
from annotated_archive.store.files import FENCE, article_body, decoded, read_article_text, read_data
from annotated_archive.store.validating import validated

Signature = tuple[int, int, int, int]
"""Of a file: time of change (ns), size, inode, time at which anything about it changed (ns)."""
Made = TypeVar("Made", bound="Lazy")


class Kept(NamedTuple):
    """What is kept of one file.

    `digest` is that of its bytes, `brief` the short form of its record, `data` the record as JSON in UTF-8, empty for a
    file without one. `body_line` and `body` (a digest) are those of a text. `clean`: no value and no text in the file
    holds a character that the record does not take.
    """

    signature: Signature
    digest: str
    identifier: str
    brief: tuple[Any, ...]
    body_line: int
    body: str
    clean: bool
    data: bytes


def digest_of(data: bytes) -> str:
    """The digest by which the record's files are told apart: blake2b, 16 bytes, in hexadecimal."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def text_digest(text: str) -> str:
    """The digest by which texts are told apart, as that of a file with them."""
    return digest_of(text.encode("utf-8", "surrogatepass"))


class Source(NamedTuple):
    """Where a record comes from: the archive's folder, the file's path in it, the model, and what is kept of it.

    `text` is the file that holds the body where another does, and `body` the digest of that.
    """

    root: Path
    name: str
    model: type[BaseModel]
    kept: Kept
    text: str = ""
    body: str = ""

    def record_value(self) -> BaseModel:
        """The record."""
        try:
            return self.model.model_validate_json(self.kept.data)
        except ValidationError:  # whoever kept it kept something else: the file itself says what it is
            return validated(self.model, self.document_value(), self.name)

    def document_value(self) -> yamlio.Document:
        """The file's data with its places. Raises ContentError (FILE-CHANGED)."""
        data = read_data(self.root / self.name, self.name)
        if digest_of(data) != self.kept.digest:
            raise changed(self.name)
        text = decoded(data, self.name)
        if self.name.endswith(".md"):
            return read_article_text(text, self.name).document
        return yamlio.read(text, self.name)

    def body_value(self) -> str:
        """The canonical text. Raises ContentError (FILE-CHANGED)."""
        return _body(self.root, self.text or self.name, self.body or self.kept.body)


def changed(name: str) -> ContentError:
    """That a file is not any more what was read of it before."""
    return ContentError(
        Diagnostic(name, 1, 1, "FILE-CHANGED", "the file was changed while the archive was read", "Run it again.")
    )


HELD = 300_000_000
"""Bytes of texts that are held at most."""
_held: dict[str, bytes] = {}


@contextmanager
def held(files: Iterable[Lazy]) -> Iterator[None]:
    """Until the block ends, the texts of these files are not read anew for each who asks, as far as they have room.

    They are held as bytes: as strings they would take up to four times as much. For who forks processes that each read
    thousands of them. Raises ContentError (FILE-CHANGED).
    """
    room = HELD
    try:
        for source in (file.source for file in files):
            if source is None or (digest := source.body or source.kept.body) in _held:
                continue
            data = _read(source.root, source.text or source.name, digest)
            room -= len(data)
            if room < 0:
                break
            _held[digest] = data
        yield
    finally:
        _held.clear()


def _read(root: Path, name: str, digest: str) -> bytes:
    """The body in an article's file, or a private text, if its digest is this. Raises ContentError (FILE-CHANGED)."""
    data = read_data(root / name, name)
    body = article_body(data) if data.startswith(FENCE.encode()) and name.endswith(".md") else data.removesuffix(b"\n")
    if digest_of(body) != digest:
        raise changed(name)
    return body


@lru_cache(maxsize=32)
def _body(root: Path, name: str, digest: str) -> str:
    """As `_read`, as text. Whoever asks once asks again soon."""
    return (_held.get(digest) or _read(root, name, digest)).decode()


_PARTS = {"record": Source.record_value, "document": Source.document_value, "body": Source.body_value}


class Lazy:
    """A file of the record whose parts are made of what is kept of it (`_source`) when they are asked for.

    Bodies are made each time: together they are as large as the archive.
    """

    if not TYPE_CHECKING:  # it answers for declared fields only, which the type checker knows

        def __getattr__(self, name: str) -> Any:
            source = self.__dict__.get("_source")
            if source is None or name not in _PARTS:
                raise AttributeError(name)
            made = _PARTS[name](source)
            if name != "body":
                self.__dict__[name] = made
            return made

    @property
    def source(self) -> Source | None:
        """What is kept of the file; None where it was made from its parts."""
        found: Source | None = self.__dict__.get("_source")
        return found

    @property
    def data(self) -> Any:
        """The data of the file; what of it is only asked for its places stands in `document`."""
        return json.loads(self.source.kept.data) if self.source else self.__getattribute__("document").data

    @property
    def clean(self) -> bool:
        """Whether it is known that no value and no text here holds a character that the record does not take."""
        return self.source is not None and self.source.kept.clean


def lazily(kind: type[Made], source: Source, **known: object) -> Made:
    """A file of this kind, made of what is kept of it, with the fields that are `known` already."""
    file = object.__new__(kind)
    file.__dict__.update(known, _source=source)
    return file
