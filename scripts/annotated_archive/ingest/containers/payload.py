"""What a server sent, taken out of the packing it was sent in, and never more of it than a limit."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from importlib import import_module

from annotated_archive.ingest.containers.telling import damaged, quoted, too_large

_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]{0,1000})?\r?\n")
_STEP = 65_536
_GZIP = ("gzip", "x-gzip")


def payload(body: bytes, headers: dict[str, str], limit: int) -> bytes:
    """The content of an HTTP answer. Raises Unreadable where it is damaged or larger than `limit` bytes.

    Programs that write WARC files often unpack what they store and leave the headers as they were; what is not packed
    as its headers say is taken as it stands.
    """
    if headers.get("transfer-encoding", "").lower() == "chunked" and _CHUNK.match(body):
        body = b"".join(_chunks(body))
    for coding in reversed([part.strip().lower() for part in headers.get("content-encoding", "").split(",")]):
        if coding in _GZIP:
            body = _inflated(body, 31, limit) if body.startswith(b"\x1f\x8b") else body
        elif coding == "deflate":
            body = _deflated(body, limit)
        elif coding == "br":
            body = _brotli(body, limit)
        elif coding not in ("", "identity") and not _like_a_page(body):
            raise damaged(f"its content is packed in a way that cannot be read here: {quoted(coding)}")
    if len(body) > limit:
        raise too_large(len(body), limit)
    return body


def _like_a_page(body: bytes) -> bool:
    return body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<", b"%PDF-"))


def _chunks(body: bytes) -> Iterator[bytes]:
    at = 0
    while match := _CHUNK.match(body, at):
        size = int(match.group(1), 16)
        if not size:
            return
        at = match.end() + size
        if at > len(body):
            raise damaged("its content breaks off within a chunk")
        yield body[match.end() : at]
        at += 2 if body.startswith(b"\r\n", at) else body.startswith(b"\n", at)
    raise damaged("its content breaks off between two chunks")


def _deflated(body: bytes, limit: int) -> bytes:
    """Deflate is sent with zlib's wrapping, as the standard says, or without, as some servers do."""
    if _like_a_page(body):
        return body
    try:
        zlib.decompressobj().decompress(body, 1)
    except zlib.error:
        return _inflated(body, -15, limit)
    return _inflated(body, 15, limit)


def _inflated(body: bytes, window: int, limit: int) -> bytes:
    unzip = zlib.decompressobj(window)
    try:
        out = unzip.decompress(body, limit + 1)
    except zlib.error:
        raise damaged("its packed content is damaged") from None
    if len(out) > limit:
        raise too_large(len(out), limit)
    if not unzip.eof:
        raise damaged("its packed content breaks off")
    return out


def _brotli(body: bytes, limit: int) -> bytes:
    if _like_a_page(body):
        return body
    try:
        brotli = import_module("brotli")
    except ImportError:
        raise damaged("its content is packed with Brotli, which needs the package `brotli`") from None
    unzip = brotli.Decompressor()
    process: Callable[..., bytes] = unzip.process
    out: list[bytes] = []
    size = 0
    try:
        while size <= limit and not unzip.is_finished():
            got = process(b"" if out else body, output_buffer_limit=_STEP)
            if not got and not unzip.is_finished():
                raise damaged("its packed content breaks off")
            out.append(got)
            size += len(got)
    except brotli.error:
        raise damaged("its packed content is damaged") from None
    if size > limit:
        raise too_large(size, limit)
    return b"".join(out)
