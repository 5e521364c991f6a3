"""The test language: an archive written as text, commands run on it, and their results asserted as text.

A tree is text in which a line `=== PATH` begins a file and everything up to the next such line is what it holds:

    made = archive(
        tmp_path,
        '''
        === archive/authority/places/goris.yml
        id: goris
        kind: place
        type: town
        name: Goris

        === docs/index.md
        # Home
        ''',
        article("first", "Shells fell on Goris."),
    )
    assert made.run("link") == Run(0, "...", "")
    made.assert_file("archive/articles/first.md", "...")
    assert made.check() == []

Each tree is dedented, and blank lines at the end of a file are dropped: they are for the reader of the test. Where
every byte counts, a dictionary of path → text or bytes stands in place of a tree; `place`, `actor`, `treaty`, `event`,
`works` and `article` give such dictionaries, with all a record needs beside what the test says, so that an archive made
of them passes the check; `site_files` gives those of its site. Originals that no manifest lists are given one.
"""

from __future__ import annotations

import contextlib
import hashlib
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from unittest.mock import patch

from click.testing import CliRunner

from annotated_archive.records import yamlio

if TYPE_CHECKING:
    from annotated_archive.pages import Page

Files = dict[str, str | bytes]
HEADER = "=== "
ORIGINALS = "archive/originals/"
LIST = "manifest-sha256.txt"
MANIFEST = f"{ORIGINALS}{LIST}"
PRIVATE = "private/originals/"
TAKEN_IN = "2026-11-22T10:00:00Z"
"""When every `archive ingest` of a test takes in what it takes in."""


class Run(NamedTuple):
    """What a command gave: its exit status and everything it printed."""

    exit: int
    stdout: str
    stderr: str


@dataclass(frozen=True)
class ArchiveText:
    """An archive in a folder of its own."""

    root: Path

    def run(self, *args: str) -> Run:
        """Run `archive ARGS` in the archive's folder, in this process; captures are taken in at `TAKEN_IN`."""
        from annotated_archive.cli import main

        with contextlib.chdir(self.root), patch("annotated_archive.ingest.take_in.now", lambda: TAKEN_IN):
            result = CliRunner(catch_exceptions=False).invoke(main, list(args), prog_name="archive")
        return Run(result.exit_code, result.stdout, result.stderr)

    def check(self) -> list[str]:
        """Every finding of `archive check`, as it is printed: about what is in `private/` too."""
        from annotated_archive.check import run

        return [str(diagnostic) for diagnostic in run(self.root, private=True).diagnostics]

    def write(self, *trees: str | Mapping[str, str | bytes]) -> ArchiveText:
        """Write more files, over those of the same path."""
        _write(self.root, trees)
        return self

    def file(self, path: str) -> str:
        """What a file holds, its line ends untouched."""
        return (self.root / path).read_bytes().decode("utf-8")

    def files(self) -> dict[str, bytes]:
        """All files by path: two such snapshots are equal when nothing was written."""
        found = sorted(path for path in self.root.rglob("*") if path.is_file() or path.is_symlink())
        return {path.relative_to(self.root).as_posix(): path.read_bytes() for path in found}

    def assert_file(self, path: str, text: str) -> None:
        """Assert that a file holds exactly `text` (dedented, without the blank lines around it)."""
        assert self.file(path) == plain(text)

    def pages(self) -> dict[str, Page]:
        """The generated pages by path."""
        from annotated_archive import pages
        from annotated_archive.graph import resolve
        from annotated_archive.store import load

        settings = pages.Settings(name="Test archive", contact="contact@archive.example", repo_url="")
        return {page.path: page for page in pages.pages(resolve(load(self.root)), settings)}

    def assert_page(self, path: str, text: str) -> None:
        """Assert what a reader sees of a generated page, by `readable`."""
        assert readable(self.pages()[path].html) == plain(text)


def archive(folder: Path, *trees: str | Mapping[str, str | bytes]) -> ArchiveText:
    """Write an archive below `folder`: trees of text, or dictionaries of files."""
    root = folder / "an-archive"
    (root / "archive").mkdir(parents=True)
    return ArchiveText(root).write(*trees)


def plain(text: str) -> str:
    """`text` dedented, without blank lines around it, ending in one newline."""
    return textwrap.dedent(text).strip("\n") + "\n"


def tree(text: str) -> Files:
    """A tree of files written as text, as path → content."""
    files: Files = {}
    lines: list[str] | None = None
    path = ""
    for line in [*plain(text).splitlines(), HEADER]:
        if not line.startswith(HEADER):
            assert lines is not None or not line.strip(), f"no file begins before {line!r}"
            if lines is not None:
                lines.append(line)
            continue
        if lines is not None:
            assert path not in files, f"{path} stands twice in the tree"
            content = "\n".join(lines).rstrip("\n")
            files[path] = f"{content}\n" if content else ""
        path, lines = line.removeprefix(HEADER).strip(), []
    return files


def _write(root: Path, trees: tuple[str | Mapping[str, str | bytes], ...]) -> None:
    files: dict[str, bytes] = {}
    for part in trees:
        for path, content in (tree(part) if isinstance(part, str) else part).items():
            files[path] = content.encode("utf-8") if isinstance(content, str) else content
    for folder in (ORIGINALS, PRIVATE):
        originals = {path.removeprefix(folder): data for path, data in files.items() if path.startswith(folder)}
        if originals and f"{folder}{LIST}" not in files:
            files[f"{folder}{LIST}"] = manifest(originals).encode("utf-8")
    for path, data in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def sha256(data: str | bytes) -> str:
    """The checksum of a text's UTF-8 form, or of bytes."""
    return hashlib.sha256(data.encode("utf-8") if isinstance(data, str) else data).hexdigest()


def manifest(originals: Mapping[str, str | bytes]) -> str:
    """The manifest of originals given as name → content."""
    return "".join(f"{sha256(data)}  {name}\n" for name, data in sorted(originals.items()))


def _named(identifier: str) -> str:
    return " ".join(word.capitalize() for word in identifier.split("-"))


def _authority(folder: str, identifier: str, record: dict[str, Any], fields: dict[str, Any]) -> Files:
    record = {"id": identifier, **record, "name": _named(identifier)}
    record |= {name.removesuffix("_"): value for name, value in fields.items()}
    return {f"archive/authority/{folder}/{identifier}.yml": yamlio.write(record)}


def place(identifier: str, /, **fields: Any) -> Files:
    """A place's file; `not_` stands for the key `not`."""
    return _authority("places", identifier, {"kind": "place", "type": "village"}, fields)


def actor(identifier: str, /, **fields: Any) -> Files:
    """An actor's file."""
    return _authority("actors", identifier, {"kind": "actor", "type": "ministry"}, fields)


def treaty(identifier: str, /, **fields: Any) -> Files:
    """A treaty's file."""
    return _authority("treaties", identifier, {"kind": "treaty", "type": "treaty"}, fields)


def event(identifier: str, /, date: str = "2022-09-13", **fields: Any) -> Files:
    """An event's file."""
    cited = {"date": date, "date_cite": fields.pop("date_cite", ["a-work"])}
    return _authority("events", identifier, {"kind": "event", "type": "fighting"}, {**cited, **fields})


def works(*entries: str | dict[str, Any]) -> Files:
    """The bibliography: an id alone, or the fields of a work. `listed: true`, so that nothing needs to cite it."""
    records = []
    for entry in entries:
        given = {"id": entry} if isinstance(entry, str) else entry
        filled = {"type": "webpage", "title": _named(given["id"]), "alignment": "tertiary", "listed": True}
        records.append({**given, **{name: value for name, value in filled.items() if name not in given}})
    return {"archive/bibliography.yml": yamlio.write(records)}


def article(identifier: str, body: str, /, **front: Any) -> Files:
    """An article's file, its ledger and its original, which holds the body and nothing else.

    One without a body, unless its `rights` say otherwise, is withheld, and what is kept of it is not here (`withheld`).
    """
    name = f"{identifier}.txt"
    record = {
        "id": identifier,
        "title": _named(identifier),
        "language": "en",
        "places": [],
        "actors": [],
        "treaties": [],
        "events": [],
        "original": {"path": name, "sha256": sha256(body), "capture": "unknown"},
        "rights": {"statement": "Of its author.", "publish": "full" if body else "metadata"},
    } | front
    if not body and record["rights"]["publish"] != "full":
        kept = record["original"] | {"kept": record["original"].get("kept", "private")}
        record |= {"original": kept, "text": record.get("text", {"sha256": sha256("withheld"), "characters": 100})}
        return {f"archive/articles/{identifier}.md": f"---\n{yamlio.write(record)}---\n"}
    source = {"path": name, "sha256": sha256(body), "encoding": "utf-8", "bom": False}
    text = f"---\n{yamlio.write(record)}---\n"
    return {
        f"archive/articles/{identifier}.md": f"{text}\n{body}\n" if body else text,
        f"archive/ledgers/{identifier}.yml": yamlio.write({"article": identifier, "original": source, "spans": []}),
        f"{ORIGINALS}{name}": body,
    }


def withheld(identifier: str, body: str, /, publish: str = "metadata", share: float = 0.1, **front: Any) -> Files:
    """An article whose text is kept in `private/`, with its ledger and its original there; its record is public."""
    rights = {"statement": "Of its author.", "publish": publish, **({"share": share} if publish == "excerpt" else {})}
    original = {"path": f"{identifier}.txt", "sha256": sha256(body), "capture": "unknown"}
    text = {"sha256": sha256(body), "characters": len(body)}
    ledger = article(identifier, body)[f"archive/ledgers/{identifier}.yml"]
    return {
        **article(identifier, "", **{"rights": rights, "original": original, "text": text} | front),
        f"private/texts/{identifier}.txt": f"{body}\n",
        f"private/ledgers/{identifier}.yml": ledger,
        f"private/originals/{identifier}.txt": body,
    }


def site_files(home: str = "News of Goris.\n", /, **settings: Any) -> Files:
    """The configuration of a site, which `settings` change or add to, and its home page."""
    configuration = {
        "site_name": "Test archive", "use_directory_urls": False, "nav": [{"Home": "index.md"}],
        "theme": {"name": "material"}, "plugins": ["annotated-archive"],
    }  # fmt: skip
    return {"mkdocs.yml": yamlio.write(configuration | settings), "docs/index.md": home}


BLOCKS = {
    *(
        "address",
        "article",
        "aside",
        "blockquote",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
    ),
    *("h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary"),
    *("table", "tbody", "td", "th", "thead", "tr", "ul"),
}
MARKS = " |>#-"
SILENT = {"script", "style", "svg", "template"}


class _Readable(HTMLParser):
    """Gathers the lines of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = [""]
        self.silent = 0
        self.links: list[str | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self.silent += 1
        elif tag == "br" or tag in BLOCKS:
            self._line_end(tag)
        elif tag == "a" and not self.silent:
            self.links.append(dict(attrs).get("href"))
            self.lines[-1] += "[" if self.links[-1] else ""

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self.silent -= 1
        elif tag in BLOCKS - {"td", "th"}:
            self._line_end("")
        elif tag == "a" and not self.silent and self.links:
            href = self.links.pop()
            self.lines[-1] += f"]({href})" if href else ""

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.lines[-1] += data

    def _line_end(self, tag: str) -> None:
        if self.silent:
            return
        filled = self.lines[-1].strip(MARKS)
        if tag in ("td", "th"):
            self.lines[-1] += " | " if filled else ""
            return
        if filled:
            self.lines.append("")
        mark = "#" * int(tag[1]) + " " if tag[1:].isdigit() else {"li": "- ", "blockquote": "> "}.get(tag, "")
        self.lines[-1] = mark or self.lines[-1]


def readable(html: str) -> str:
    """A page as a reader reads it: a line for each block, `[words](address)` for links, `#` before headings."""
    parser = _Readable()
    parser.feed(html)
    parser.close()
    lines = (" ".join(line.split()) for line in parser.lines)
    return "".join(f"{line}\n" for line in lines if line.strip(MARKS))
