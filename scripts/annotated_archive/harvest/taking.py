"""A candidate's record cut out of its web archive as a file of its own, which `archive ingest` takes like any other."""

from __future__ import annotations

import gzip
import hashlib
from io import BytesIO
from pathlib import Path
from typing import IO

from pydantic import TypeAdapter, ValidationError

from annotated_archive.harvest.screening import Place
from annotated_archive.ingest import Candidate as Capture
from annotated_archive.ingest.containers.frames import Frame, records_in
from annotated_archive.ingest.containers.members import GZIP, Budget, Member, Plain, Reader
from annotated_archive.ingest.containers.telling import Unreadable
from annotated_archive.ingest.containers.warc import pages, part_of
from annotated_archive.records import yamlio
from annotated_archive.records.diagnostic import ContentError, Diagnostic
from annotated_archive.store import write_if_changed
from annotated_archive.store.files import read_text

_END = b"\r\n\r\n"


def cut_out(candidate: Path, folder: Path) -> Path:
    """Write the record of a candidate's file into `folder`, named as the candidate is.

    The bytes are those of the web archive where the record stands in them by itself, packed or not; a record that is
    packed together with others is packed anew. Raises ContentError (HARVEST-RECORD, TEXT-*, YAML-*) where the candidate
    cannot be read, or the page in its record is no longer the one that was screened.
    """
    name = candidate.as_posix()
    data = yamlio.read(read_text(candidate, name), name).data
    try:
        said = TypeAdapter(dict[str, str | int]).validate_python(data["record"])
        sha256 = str(said.pop("sha256"))
        place = TypeAdapter(Place).validate_python(said)
    except (KeyError, TypeError, ValidationError):
        raise _problem(name, "this is no candidate of a harvest") from None
    try:
        with Path(place.file).open("rb") as file:
            found = _bytes(file, place)
    except OSError as error:
        raise _problem(name, f"{place.file}: {str(error.strerror or error).lower()}") from error
    except Unreadable as unreadable:
        raise _problem(name, f"{place.file}: {unreadable.message}") from None
    if found is None or not _is_page(found, sha256):
        raise _problem(name, f"the page is not at byte {place.offset:,} of {place.file} any more")
    path = folder / f"{candidate.stem}.warc{'.gz' if found.startswith(GZIP) else ''}"
    write_if_changed(path, found)
    return path


def _bytes(file: IO[bytes], place: Place) -> bytes | None:
    """The record at a place, as bytes of a web archive; None if it is not there."""
    file.seek(place.offset)
    packed = file.read(len(GZIP)) == GZIP
    wanted: Frame | None = None
    reader: Reader = Member(file, place.offset, _budget(place)) if packed else Plain(file)
    if not packed:
        reader.seek(place.offset)
    several = 0
    for one in records_in(reader, place.offset if packed else None):
        several += 1
        if isinstance(one, Frame) and part_of(one) == place.part:
            wanted = one
            if not packed or not place.length:
                break
    if wanted is None:
        return None
    if packed and several == 1 and place.length:
        file.seek(place.offset)
        return file.read(place.length)
    again: Reader = Member(file, place.offset, _budget(place)) if packed else Plain(file)
    again.seek(wanted.offset - wanted.head)
    record = again.peek(wanted.head + wanted.length) + _END
    return gzip.compress(record, mtime=0) if packed else record


def _budget(place: Place) -> Budget:
    return Budget(place.length)


def _is_page(data: bytes, sha256: str) -> bool:
    """Whether a web archive of one record holds the page with this checksum."""
    found = [one for one in pages(BytesIO(data), "") if isinstance(one, Capture)]
    return len(found) == 1 and hashlib.sha256(found[0].data).hexdigest() == sha256


def _problem(name: str, message: str) -> ContentError:
    return ContentError(Diagnostic(name, 1, 1, "HARVEST-RECORD", message, "Harvest the file again."))
