"""Captures made in code, for the tests: WARC, WACZ, MHTML and SingleFile, as the programs that write them do."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from collections.abc import Iterable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

DATE = "2022-09-13T10:15:00Z"
HTML = b"<!DOCTYPE html><html><body><p>Shells fell on Goris in the night.</p></body></html>"


def squeezed(data: bytes) -> bytes:
    """The data as gzip packs it, without the time: tests are named after what they are given."""
    return gzip.compress(data, mtime=0)


def answer(
    address: str,
    body: bytes = HTML,
    kind: str = "text/html; charset=utf-8",
    status: str = "200 OK",
    record: str = "response",
    **headers: str,
) -> tuple[str, bytes, list[tuple[str, str]], str, str]:
    """What a server answered, for `warc`. Names of headers are given with `_` for `-`."""
    sent = [("Content-Type", kind)] if kind else []
    return address, body, [*sent, *((name.replace("_", "-"), value) for name, value in headers.items())], status, record


def warc(*answers: tuple[str, bytes, list[tuple[str, str]], str, str], packed: bool = False) -> bytes:
    """A WARC file, each record of it `packed` with gzip; their ids are `urn:uuid:0`, `urn:uuid:1`, …"""
    about = {"WARC-Type": "warcinfo", "Content-Type": "application/warc-fields", "Content-Length": "16"}
    made = [records([(about, b"software: a test")])]
    for number, (address, body, headers, status, record) in enumerate(answers):
        head = "".join([f"HTTP/1.1 {status}\r\n", *(f"{name}: {value}\r\n" for name, value in headers), "\r\n"])
        content = body if record == "resource" else head.encode() + body
        fields = {
            "WARC-Type": record,
            "WARC-Record-ID": f"<urn:uuid:{number}>",
            "WARC-Target-URI": address,
            "WARC-Date": DATE,
            "WARC-Block-Digest": f"sha1:{base64.b32encode(hashlib.sha1(content).digest()).decode()}",
            "Content-Type": headers[0][1] if record == "resource" else "application/http; msgtype=response",
            "Content-Length": str(len(content)),
        }
        made.append(records([(fields, content)]))
    return b"".join(squeezed(one) if packed else one for one in made)


def records(raw: Iterable[tuple[dict[str, str], bytes]]) -> bytes:
    """A WARC file with exactly these headers and contents."""
    return b"".join(
        "".join(["WARC/1.0\r\n", *(f"{name}: {value}\r\n" for name, value in headers.items()), "\r\n"]).encode()
        + content
        + b"\r\n\r\n"
        for headers, content in raw
    )


def response(
    body: bytes = HTML, kind: str = "text/html", number: int = 0, **headers: str
) -> tuple[dict[str, str], bytes]:
    """One record for `records`, with the right length unless told otherwise."""
    content = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n".encode() + body
    fields = {
        "WARC-Type": "response",
        "WARC-Record-ID": f"<urn:uuid:{number}>",
        "WARC-Target-URI": f"https://example.com/{number}",
        "WARC-Date": DATE,
        "Content-Type": "application/http; msgtype=response",
        "Content-Length": str(len(content)),
    }
    return {**fields, **{name.replace("_", "-"): value for name, value in headers.items()}}, content


def zipped(files: dict[str, bytes], *, deflate: bool = False) -> bytes:
    """A zip archive, the same bytes every time."""
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name, data in files.items():
            info = ZipInfo(name)
            info.filename = name  # ZipInfo mends names that lead out of the archive
            archive.writestr(info, data, ZIP_DEFLATED if deflate else ZIP_STORED)
    return out.getvalue()


def wacz(
    files: dict[str, bytes],
    *,
    signed: dict[str, str] | None = None,
    sums: dict[str, str] | None = None,
    said: dict[str, str] | None = None,
) -> bytes:
    """A WACZ of `files`, with the checksums of all of them (or `sums`), and a digest (or what is `said`) if signed."""
    hashes = {name: f"sha256:{hashlib.sha256(data).hexdigest()}" for name, data in files.items()} | (sums or {})
    listed = [{"name": name, "path": name, "hash": said, "bytes": 0} for name, said in hashes.items()]
    package = json.dumps({"profile": "data-package", "wacz_version": "1.1.1", "resources": listed}).encode()
    digest = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(package).hexdigest()}"}
    if signed is not None:
        files = {
            **files,
            "datapackage-digest.json": json.dumps({**digest, "signedData": signed, **(said or {})}).encode(),
        }
    return zipped({**files, "datapackage.json": package})


def mhtml(body: bytes = HTML, *, head: str = "", kind: str = "text/html", more: str = "") -> bytes:
    """An MHTML file as Chromium writes it."""
    return (
        (
            "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.com/page\r\n"
            "Subject: A page\r\nDate: Tue, 13 Sep 2022 10:15:00 -0000\r\nMIME-Version: 1.0\r\n"
            f'{head}Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----b----"\r\n\r\n\r\n'
            f"------b----\r\nContent-Type: {kind}\r\nContent-ID: <frame-1@mhtml.blink>\r\n"
            "Content-Transfer-Encoding: binary\r\nContent-Location: https://example.com/page\r\n\r\n"
        ).encode()
        + body
        + f"\r\n{more}------b------\r\n".encode()
    )


def singlefile(date: str = "Tue Sep 13 2022 14:15:00 GMT+0400 (Armenia Standard Time)", body: bytes = HTML) -> bytes:
    """A page as SingleFile saves it."""
    comment = f"<!--\n Page saved with SingleFile \n url: https://example.com/page \n saved date: {date}\n-->"
    return f'<!DOCTYPE html> <html lang="en" style>{comment}'.encode() + body
