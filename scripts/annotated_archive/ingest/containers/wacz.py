"""WACZ: a zip archive of WARC files with checksums of them all, and perhaps a signature.

Format: https://specs.webrecorder.net/wacz/1.1.1/ and https://specs.webrecorder.net/wacz-auth/0.1.0/.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from tempfile import TemporaryFile
from typing import IO, Any
from zipfile import ZipFile, ZipInfo

from annotated_archive.ingest.containers import kinds, limits, warc, zips
from annotated_archive.ingest.containers.members import Budget
from annotated_archive.ingest.containers.telling import Unreadable, damaged, finding, passed_over, quoted
from annotated_archive.ingest.reading import Candidate
from annotated_archive.records.diagnostic import Diagnostic

_PACKAGE, _DIGEST = "datapackage.json", "datapackage-digest.json"
_OWN = ("indexes/", "pages/", "logs/")
_SUMS = {"sha256", "sha512", "sha1", "md5"}


@dataclass
class _Package:
    """What a WACZ says of itself: checksums by path, remarks on the whole, addresses listed as pages."""

    sums: dict[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    listed: set[str] = field(default_factory=set)


def pages(file: IO[bytes], path: str) -> Iterator[Candidate | Diagnostic]:
    """The pages of all WARC files in a WACZ, and which of its files are not what its checksums say.

    A page from a WARC file whose checksum does not hold is given all the same, with a remark. Raises Unreadable.
    """
    with zips.opened(file) as archive:
        entries = {info.filename: info for info in archive.infolist() if not info.filename.endswith("/")}
        if _PACKAGE not in entries:
            message = "a zip archive without datapackage.json is no WACZ"
            raise Unreadable("INGEST-NOT-TEXT", message, "Unpack it, and name what is in it.")
        budget = Budget(file.seek(0, 2))
        package = _Package()
        yield from _described(archive, entries, package, path)
        others: Counter[str] = Counter()
        for name in sorted(entries.keys() - {_PACKAGE, _DIGEST}):
            yield from _entry(archive, entries[name], package, budget, path, others)
        for name in sorted(package.sums.keys() - entries.keys() - {_PACKAGE}):
            yield damaged(f"{quoted(name)} is missing, which datapackage.json lists").at(path)
        if others:
            yield passed_over(path, others, "file")


def _described(archive: ZipFile, entries: dict[str, ZipInfo], package: _Package, path: str) -> Iterator[Diagnostic]:
    """Read what the archive says of itself into `package`; what is wrong with that is given back."""
    data = zips.whole(archive, entries[_PACKAGE], limits.METADATA_BYTES)
    said = _json(data)
    resources = said.get("resources") if isinstance(said, dict) else None
    if not isinstance(resources, list):
        yield damaged("datapackage.json does not list the files with their checksums").at(path)
        resources = []
    for resource in resources[: limits.ENTRIES]:
        if isinstance(resource, dict) and isinstance(name := resource.get("path"), str):
            package.sums[name] = said if isinstance(said := resource.get("hash"), str) else ""
    if _DIGEST in entries:
        digest = _json(zips.whole(archive, entries[_DIGEST], limits.METADATA_BYTES))
        digest = digest if isinstance(digest, dict) else {}
        if digest.get("hash") != f"sha256:{hashlib.sha256(data).hexdigest()}":
            yield damaged("datapackage.json is not the one that datapackage-digest.json has the checksum of").at(path)
        if remark := _signature(digest.get("signedData")):
            package.remarks.append(remark)
    for name in ("pages/pages.jsonl", "pages/extraPages.jsonl"):
        if name in entries and entries[name].file_size <= limits.METADATA_BYTES:
            for line in zips.whole(archive, entries[name], limits.METADATA_BYTES).splitlines():
                page = _json(line)
                if isinstance(page, dict) and isinstance(page.get("url"), str):
                    package.listed.add(page["url"])


def _json(data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def _signature(signed: object) -> str | None:
    """What is said of a signature, which cannot be verified without certificates from elsewhere."""
    if not isinstance(signed, dict) or not ({"signature", "signatures"} & signed.keys()):
        return None
    domain, created = signed.get("domain"), signed.get("created")
    by = f" by {quoted(domain)}" if isinstance(domain, str) else " with a key of its own"
    when = f" on {quoted(created)}" if isinstance(created, str) else ""
    return f"signed{by}{when}; the signature was not verified"


def _entry(
    archive: ZipFile, info: ZipInfo, package: _Package, budget: Budget, path: str, others: Counter[str]
) -> Iterator[Candidate | Diagnostic]:
    """The pages of one file in the archive, if it is a WARC file, and whether its checksum holds."""
    name = info.filename
    said = package.sums.get(name)
    kind, _, value = (said or "").partition(":")
    total = hashlib.new(kind if kind in _SUMS else "sha256", usedforsecurity=False)
    with TemporaryFile() as copy:
        is_warc = False
        try:
            for number, block in enumerate(zips.blocks(archive, info, budget)):
                if not number:
                    is_warc = kinds.kind(block[: limits.HEAD_BYTES], name) == "warc"
                total.update(block)
                if is_warc:
                    copy.write(block)
        except Unreadable as unreadable:
            if unreadable.rule == "INGEST-UNSAFE":
                raise
            yield unreadable.at(path)
            return
        remarks = list(package.remarks)
        if said is None:
            remarks.append(f"{quoted(name)} is not in datapackage.json, so that its WACZ has no checksum of it")
        elif kind not in _SUMS:
            remarks.append(f"the checksum of {quoted(name)} is of a kind that is not known here: {quoted(said)}")
        elif total.hexdigest() != value.lower():
            message = f"{quoted(name)} is not what its checksum in datapackage.json says; it was changed"
            yield finding(path, "INGEST-DAMAGED", message, "Ask whoever made it for the original.")
            remarks.append(f"the checksum of {quoted(name)} in datapackage.json does not hold")
        if is_warc:
            for found in warc.pages(copy, path, "wacz", tuple(remarks)):
                yield _listed(found, package) if isinstance(found, Candidate) else found
        elif not name.startswith(_OWN):
            others[kinds.suffix(name)] += 1


def _listed(page: Candidate, package: _Package) -> Candidate:
    """A page that the archive's own list does not name may be a frame of another."""
    if not package.listed or page.url in package.listed:
        return page
    return replace(page, remarks=(*page.remarks, "its WACZ does not list it as a page; it may be a frame of one"))
