"""Pagefind, run as a program on texts: a volume's index, and what the page needs to read one.

Its Python service is not used: it takes a tenth of a second for each page, and was seen to leave files cut short. Nor
are its filters, sorts and details of results, which come in another order in every run; facets are ours.
"""

from __future__ import annotations

import gzip
import html
import json
import os
import re
import subprocess
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotated_archive.search import parts
from annotated_archive.search.telling import told_apart

VERSION = "1.5.2"
# What parts words for Python and not for Pagefind, and words that Pagefind does not count.
_PARTING = re.compile(r"[\x1c-\x1f]")
_UNCOUNTED = re.compile(r"(?<!\S)\u200b+(?!\S)")
_COUNTED = "\u2060"
# Before each paragraph stands a word that nobody can type: no phrase reaches from one into the next.
_GAP = _COUNTED
# A word as long as a book takes minutes: its time grows with the square of the length.
_LONGEST = 400
_LONG = re.compile(rf"(\S{{{_LONGEST}}})\S+")
# Nothing is indexed of pages without any word. It takes a page then that nobody will find.
_LETTER = re.compile(r"[^\W\d_]")
_NO_WORDS = ("annotatedarchivenowords",)
_UNFINISHED = (OSError, EOFError, ValueError, KeyError, TypeError, zlib.error)
_CUT = "Pagefind left the search index unfinished: see that the disk is not full, and build again"


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
    out = _run(pages, language, folder)
    entry, _ = _entry(out, language)
    try:
        meta = (out / f"pagefind.{entry['hash']}.pf_meta").read_bytes()
        chunks = {path.stem: path.read_bytes() for path in (out / "index").glob("*.pf_index")}
        found = [_fragment(path) for path in (out / "fragment").iterdir()]
        contents, made = parts.parted(meta, chunks, {name: number for name, number, _ in found})
    except _UNFINISHED as error:
        raise SearchError(_CUT) from error
    if len(found) != entry["page_count"]:
        raise SearchError(_CUT)
    return Index((entry["hash"], contents), made, {number: words for _, number, words in found})


def runtime(language: str, folder: Path) -> Runtime:
    """What reads an index of a language, taken from one made in a folder that is empty. Raises SearchError."""
    out = _run([_NO_WORDS], language, folder)
    entry, characters = _entry(out, language)
    wasm = entry["wasm"] or "unknown"
    try:
        text = (out / "pagefind.js").read_text("utf-8")
        script = text[: text.rindex("export{")].replace("import.meta.url", '""')
        return Runtime(script, wasm, _whole(out / f"wasm.{wasm}.pagefind"), characters)
    except _UNFINISHED as error:
        raise SearchError(_CUT) from error


def plain(text: str) -> str:
    """`text` with words that Pagefind counts as `str.split()` does, told apart, the longest of them cut."""
    text = told_apart(_PARTING.sub(" ", text))
    if "\u200b" in text:
        text = _UNCOUNTED.sub(_COUNTED, text)
    long = len(text) > _LONGEST and max(map(len, text.split()), default=0) > _LONGEST
    return _LONG.sub(r"\1", text) if long else text


def _run(pages: Iterable[Sequence[str]], language: str, folder: Path) -> Path:
    """Write the pages, run the program over them, and return the folder that it wrote."""
    site, out = folder / "pages", folder / "out"
    words, number = False, -1
    try:
        site.mkdir()
        for number, texts in enumerate(pages):
            words = words or any(_LETTER.search(text) for text in texts)
            _write_page(site, number, texts)
        if not words:
            _write_page(site, number + 1, _NO_WORDS)
        done = subprocess.run(
            [*_program(), "--site", str(site), "--output-path", str(out), "--force-language", language, "--silent"],
            cwd=folder, env={name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")},
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
        )  # fmt: skip
    except OSError as error:
        raise SearchError(f"the search index could not be made: {error}") from error
    if done.returncode:
        said = " ".join(done.stdout.decode("utf-8", "replace").split())[:300]
        raise SearchError(f"Pagefind failed on the search index (status {done.returncode}): {said}")
    return out


def _program() -> list[str]:
    try:
        from pagefind_bin import get_executable

        return [str(get_executable())]
    except (ImportError, FileNotFoundError) as error:
        raise SearchError(
            f"the program of the search is missing: install the package pagefind-bin {VERSION} for this platform"
        ) from error


def _write_page(site: Path, number: int, texts: Sequence[str]) -> None:
    title, *paragraphs = (html.escape(plain(text), quote=False) for text in texts)
    body = "".join(f"<p>{_GAP} {text}</p>\n" for text in paragraphs)
    page = f"<!DOCTYPE html>\n<html><body>\n<h1>{title}</h1>\n{body}</body></html>\n"
    (site / f"{number}.html").write_text(page, "utf-8", newline="\n")


def _entry(out: Path, language: str) -> tuple[dict[str, Any], list[str]]:
    """What Pagefind says of the index of a language, and the signs that it counts among letters."""
    try:
        entry = json.loads((out / "pagefind-entry.json").read_bytes())
        version, found, characters = entry["version"], entry["languages"][language], entry["include_characters"]
    except _UNFINISHED as error:
        raise SearchError(_CUT) from error
    if version != VERSION:
        raise SearchError(f"the search needs Pagefind {VERSION}, and found {version}: install pagefind-bin {VERSION}")
    return found, characters


def _whole(path: Path) -> bytes:
    """The bytes of a compressed file, which was written to its end: Pagefind does not notice a full disk."""
    data = path.read_bytes()
    if not gzip.decompress(data):
        raise EOFError(f"{path.name} is empty")
    return data


def _fragment(path: Path) -> tuple[str, int, int]:
    """The name in the index of the page that a fragment is about, the page's number and that of its words."""
    page = json.loads(parts.plain(path.read_bytes()))
    return path.stem, int(page["url"].removeprefix("/").removesuffix(".html")), page["word_count"]
