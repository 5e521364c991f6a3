"""Pagefind, run as a program on texts: a volume's index, and what the page needs to read one.

Pagefind numbers pages as it gets them. From a folder it would get them in the order in which that file system lists
it, which is another one on another machine; so it runs as a service, which is told the pages one by one in our order.
It hands over what it made in its answer: files that it writes as a service were seen to be cut short. The package for
Python that speaks with it is not used, as it takes a tenth of a second for each page. Nor are Pagefind's filters, sorts
and details of results, which come in another order in every run; facets are ours.
"""

from __future__ import annotations

import base64
import gzip
import html
import json
import os
import re
import subprocess
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from threading import Event, Timer
from typing import Any

from pydantic_core import from_json, to_json

from annotated_archive.search import parts
from annotated_archive.search.telling import told_apart

VERSION = "1.5.2"
# What parts words for Python and not for Pagefind, and words that Pagefind does not count.
_PARTING = "\x1c\x1d\x1e\x1f"
_UNCOUNTED = re.compile(r"(?<!\S)\u200b+(?!\S)")
_COUNTED = "\u2060"
# Before each paragraph stands a word that nobody can type: no phrase reaches from one into the next.
_GAP = _COUNTED
# A word as long as a book takes minutes: its time grows with the square of the length.
_LONGEST = 400
_LONG = re.compile(rf"(\S{{{_LONGEST}}})\S+")
# What stands between the texts of a page while they are made ready together: white space, and in none of them.
_BETWEEN = _PARTING[0]
_BEGIN = 1200
"""Characters of a fragment in base64 that tell what page it is about: the address stands before all of the text."""
# Nothing is indexed of pages without any word. It takes a page then that nobody will find.
_LETTER = re.compile(r"[^\W\d_]")
_NO_WORDS = ("annotatedarchivenowords",)
_URL = re.compile(rb'\{"url":"/?([0-9]+)\.html"')
_UNFINISHED = (OSError, EOFError, ValueError, KeyError, TypeError, zlib.error)
_CUT = "Pagefind left the search index unfinished: build again"
_FAILED = "Pagefind failed on the search index"
_PATIENCE = 900
"""Seconds for an index, after which Pagefind is stopped: it takes six for the largest volume on a machine at rest."""


class SearchError(Exception):
    """The index of the search could not be made; the message is a sentence for the reader of a terminal."""


@dataclass(frozen=True)
class Index:
    """What Pagefind made of some pages.

    `meta` is the name and the bytes of its table of contents, which calls pages and `parts` by their numbers. `words`
    is the number of words of each page; one without any is not in it.
    """

    meta: tuple[str, bytes]
    parts: list[bytes]
    words: dict[int, int]


@dataclass(frozen=True)
class Runtime:
    """What reads an index: the script, the program for a language and its name, and how words are told apart."""

    script: str
    wasm: str
    program: bytes
    include_characters: list[str]


def index(pages: Iterable[Sequence[str]], language: str, folder: Path) -> Index:
    """The index of pages, each a title and its paragraphs, made in a folder that is empty. Raises SearchError.

    A paragraph counts for one word more than it has.
    """
    files = _run(pages, language, folder)
    entry, _ = _entry(files, language)
    try:
        meta = _decoded(files[f"pagefind.{entry['hash']}.pf_meta"])
        chunks = {name: _decoded(data) for name, data in _below(files, "index").items()}
        numbers = {name: _number(data) for name, data in _below(files, "fragment").items()}
        contents, made, words = parts.parted(meta, chunks, numbers)
    except _UNFINISHED as error:
        raise SearchError(_CUT) from error
    if not len(numbers) == len(words) == entry["page_count"]:
        raise SearchError(_CUT)
    return Index((entry["hash"], contents), made, words)


def runtime(language: str, folder: Path) -> Runtime:
    """What reads an index of a language, taken from one made in a folder that is empty. Raises SearchError."""
    files = _run([_NO_WORDS], language, folder)
    entry, characters = _entry(files, language)
    wasm = entry["wasm"] or "unknown"
    try:
        text = _decoded(files["pagefind.js"]).decode()
        script = text[: text.rindex("export{")].replace("import.meta.url", '""')
        return Runtime(script, wasm, _whole(_decoded(files[f"wasm.{wasm}.pagefind"])), characters)
    except _UNFINISHED as error:
        raise SearchError(_CUT) from error


def plain(text: str, parting: str = _PARTING) -> str:
    """`text` with words that Pagefind counts as `str.split()` does, told apart, the longest of them cut."""
    for sign in parting:
        text = text.replace(sign, " ")
    text = told_apart(text)
    if "\u200b" in text:
        text = _UNCOUNTED.sub(_COUNTED, text)
    return _LONG.sub(r"\1", text) if _may_be_long(text) else text


def _may_be_long(text: str) -> bool:
    """Whether there could be a word that is too long: no white space stands where half of one would be."""
    half = _LONGEST // 2
    return any(
        text.find(" ", at, at + half) < 0 and len(text[at : at + half].split(None, 1)) == 1
        for at in range(half, len(text) - half, half)
    )


def _run(pages: Iterable[Sequence[str]], language: str, folder: Path) -> dict[str, str]:
    """What Pagefind makes of pages, in base64 by path: it runs in the folder, where none of its settings are."""
    try:
        with (folder / "said").open("w+b") as said:
            process = subprocess.Popen(
                [*_program(), "--service"], cwd=folder, bufsize=0,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said,
                env={name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")},
            )  # fmt: skip
            # Where we are killed, Pagefind ends by itself: its input does.
            with process, _stopped_in_time(process) as late:
                try:
                    return _told(process, _requests(pages, language))
                except EOFError as error:
                    status = process.wait()
                    if late.is_set():
                        raise SearchError(f"{_FAILED}: it had not ended after {_PATIENCE} seconds") from error
                    said.seek(0)
                    words = " ".join(said.read().decode("utf-8", "replace").split())[:300]
                    raise SearchError(f"{_FAILED} (status {status}): {words}") from error
    except OSError as error:
        raise SearchError(f"the search index could not be made: {error}") from error


@contextmanager
def _stopped_in_time(process: subprocess.Popen[bytes]) -> Iterator[Event]:
    """Stop a program at the end, or when it takes too long: the event says so."""
    late = Event()

    def stop() -> None:
        late.set()
        process.kill()

    timer = Timer(_PATIENCE, stop)
    timer.daemon = True
    timer.start()
    try:
        yield late
    finally:
        timer.cancel()
        process.kill()


def _requests(pages: Iterable[Sequence[str]], language: str) -> Iterator[dict[str, Any]]:
    """What Pagefind is asked for, one after another."""
    yield {"type": "NewIndex", "config": {"force_language": language}}
    words, number = False, -1
    for number, texts in enumerate(pages):
        words = words or any(_LETTER.search(text) for text in texts)
        yield _add(number, texts)
    if not words:
        yield _add(number + 1, _NO_WORDS)
    yield {"type": "GetFiles", "index_id": 0}


def _add(number: int, texts: Sequence[str]) -> dict[str, Any]:
    title, body = _body(texts)
    page = f"<!DOCTYPE html>\n<html><body>\n<h1>{title}</h1>\n{body}</body></html>\n"
    return {"type": "AddFile", "index_id": 0, "file_path": f"{number}.html", "file_contents": page}


def _body(texts: Sequence[str]) -> tuple[str, str]:
    """The title and the paragraphs as HTML. They are made ready together: that is faster, and what parts words of one
    from those of the next is white space all the while."""
    together = _BETWEEN.join(texts)
    if together.count(_BETWEEN) != len(texts) - 1:
        together = _BETWEEN.join(text.replace(_BETWEEN, " ") for text in texts)
    title, *paragraphs = html.escape(plain(together, _PARTING[1:]), quote=False).split(_BETWEEN)
    return title, "".join([f"<p>{_GAP} {text}</p>\n" for text in paragraphs])


def _told(process: subprocess.Popen[bytes], requests: Iterable[dict[str, Any]]) -> dict[str, str]:
    """The files in the last answer to requests, in base64. Raises EOFError where Pagefind has ended.

    A request is made ready while Pagefind works on the one before, and sent when that one has its answer: so pages are
    numbered in their order, and Pagefind does not hold more of them than it has indexed.
    """
    answer: dict[str, Any] = {}
    for number, payload in enumerate(requests):
        request = to_json({"message_id": number, "payload": payload})  # in a tenth of the time of `json.dumps`
        message = base64.b64encode(request) + b","
        if number:
            answer = _answer(process, number - 1)
        _send(process, message)
    answer = _answer(process, number)
    try:
        return {file["path"].replace("\\", "/"): file["content"] for file in answer["files"]}
    except _UNFINISHED as error:
        raise SearchError(_CUT) from error


def _send(process: subprocess.Popen[bytes], message: bytes) -> None:
    assert process.stdin
    rest = memoryview(message)
    try:
        while rest:
            rest = rest[process.stdin.write(rest) :]
    except OSError as error:
        raise EOFError from error


def _answer(process: subprocess.Popen[bytes], number: int) -> dict[str, Any]:
    """The answer to the request of a number; there is no more than this one to come."""
    assert process.stdout
    said = bytearray()
    while not said.endswith(b","):
        read = process.stdout.read(1 << 20)
        if not read:
            raise EOFError
        said += read
    try:
        answer = from_json(base64.b64decode(memoryview(said)[:-1], validate=True))
        payload: dict[str, Any] = answer["payload"]
        if payload["type"] == "Error":
            raise SearchError(f"{_FAILED}: {payload['message']}")
        if answer["message_id"] != number:
            raise ValueError(f"an answer to request {answer['message_id']} and not to {number}")
    except _UNFINISHED as error:
        raise SearchError(f"{_FAILED}: its answer is not understood ({error})") from error
    return payload


def _program() -> list[str]:
    try:
        from pagefind_bin import get_executable

        return [str(get_executable())]
    except (ImportError, FileNotFoundError) as error:
        raise SearchError(
            f"the program of the search is missing: install the package pagefind-bin {VERSION} for this platform"
        ) from error


def _entry(files: Mapping[str, str], language: str) -> tuple[dict[str, Any], list[str]]:
    """What Pagefind says of the index of a language, and the signs that it counts among letters."""
    try:
        entry = json.loads(_decoded(files["pagefind-entry.json"]))
        version, found, characters = entry["version"], entry["languages"][language], entry["include_characters"]
    except _UNFINISHED as error:
        raise SearchError(_CUT) from error
    if version != VERSION:
        raise SearchError(f"the search needs Pagefind {VERSION}, and found {version}: install pagefind-bin {VERSION}")
    return found, characters


def _below(files: Mapping[str, str], folder: str) -> dict[str, str]:
    """The files in a folder by the first part of their names."""
    paths = {PurePosixPath(path): data for path, data in files.items()}
    return {path.stem: data for path, data in paths.items() if path.parent.name == folder}


def _decoded(data: str) -> bytes:
    return base64.b64decode(data)


def _whole(data: bytes) -> bytes:
    """The bytes of a compressed file, which are all there."""
    if not gzip.decompress(data):
        raise EOFError("a file is empty")
    return data


def _number(data: str) -> int:
    """The number of the page that a fragment is about. The rest of the fragment is all of its text, read by nobody."""
    begin = zlib.decompressobj(31).decompress(_decoded(data[:_BEGIN]))
    if not (found := _URL.match(begin.removeprefix(parts.SIGN))):
        raise ValueError("a fragment does not say what page it is about")
    return int(found[1])
