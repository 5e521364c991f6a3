"""Files and folders that an editor names, as captures to read. What is no capture is counted, never dropped unseen."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from annotated_archive.ingest.containers import kinds, limits, programs
from annotated_archive.ingest.containers.saved import Saved, no_capture, shown
from annotated_archive.ingest.containers.telling import Unreadable, finding, passed_over
from annotated_archive.records.diagnostic import Diagnostic

_MANIFEST = "manifest-sha256.txt"
# What is text by its content, and no page: styles, programs, tables, logs.
_BESIDE = {
    *(".json", ".jsonl", ".cdx", ".cdxj", ".css", ".js", ".mjs", ".map", ".csv", ".tsv", ".xml", ".svg", ".yml"),
    *(".yaml", ".toml", ".ini", ".conf", ".log", ".sh", ".py", ".pem", ".sha256", ".sha512", ".md5", ".sql", ".srt"),
    *(".vtt", ".rss", ".atom"),
}
# A file with such a name was meant to be a capture.
_MEANT = {
    *(".html", ".htm", ".xhtml", ".mhtml", ".mht", ".pdf", ".warc", ".gz", ".wacz", ".zip", ".txt", ".md"),
    *(".markdown", ".text"),
}
# Beside `Page.html` browsers lay a folder with what belongs to it, named in the language of the system.
_PARTS = (
    *("_files", "-files", ".files", "_Dateien", "-Dateien", "_fichiers", "_archivos", "_arquivos", "_ficheiros"),
    *("_bestanden", "_file", "_filer", "_pliki", "_soubory", "_dosyalar", "_fayllar", "_файлы"),
)


def discover(paths: Iterable[Path]) -> Iterator[Saved | Diagnostic]:
    """The captures among files and folders (at any depth), in the order of their names.

    What a folder holds beside captures is counted in one warning (INGEST-PASSED-OVER) for each folder that is named.
    Hidden files and our own manifest are left out. Links are not followed.
    """
    for path in paths:
        try:
            mode = path.lstat().st_mode
            if stat.S_ISLNK(mode):
                yield finding(shown(path), "INGEST-PATH", "a symbolic link, which is not followed", "Name the file.")
            elif stat.S_ISDIR(mode):
                yield from _folder(path)
            elif not stat.S_ISREG(mode):
                yield finding(shown(path), "INGEST-PATH", "not an ordinary file", "Name a file.")
            else:
                yield Saved(path) if _kind(path) else no_capture(path)
        except Unreadable as unreadable:
            yield unreadable.at(shown(path))
        except OSError as error:
            yield _failed(path, error)


def _failed(path: Path, error: OSError) -> Diagnostic:
    return finding(shown(path), "INGEST-PATH", str(error.strerror or error).lower(), "Name a file.")


def _kind(path: Path) -> kinds.Kind | None:
    with path.open("rb") as file:
        return kinds.kind(file.read(limits.HEAD_BYTES), path.name)


class _Walk:
    """A folder on the way through it: how many files were met, and how many of which kind were passed over."""

    def __init__(self) -> None:
        self.met = 0
        self.passed: Counter[str] = Counter()

    def entries(self, folder: Path) -> tuple[list[Path], list[Path]]:
        """The files and the folders in a folder, each in order. Raises Unreadable where there are too many."""
        files: list[Path] = []
        folders: list[Path] = []
        with os.scandir(folder) as entries:
            for entry in entries:
                self.met += 1
                if self.met > limits.FILES:
                    message = f"more than {limits.FILES:,} files; the rest was not looked at"
                    raise Unreadable("INGEST-SIZE", message, "Name folders within it.")
                if entry.name.startswith(".") or entry.name == _MANIFEST:
                    continue
                if entry.is_symlink():
                    self.passed["only linked"] += 1
                elif entry.is_dir():
                    folders.append(folder / entry.name)
                elif entry.is_file():
                    files.append(folder / entry.name)
                else:
                    self.passed["not ordinary"] += 1
        return sorted(files), sorted(folders)

    def below(self, folder: Path) -> list[Path]:
        """All files in a folder, at any depth."""
        found: list[Path] = []
        waiting = [folder]
        while waiting:
            files, folders = self.entries(waiting.pop())
            found += files
            waiting += reversed(folders)
        return found

    def pass_over(self, files: Iterable[Path]) -> None:
        """Count files that are no pages."""
        self.passed.update(kinds.suffix(path.name) for path in files)


def _folder(root: Path) -> Iterator[Saved | Diagnostic]:
    walk = _Walk()
    waiting = [root]
    try:
        while waiting:
            folder = waiting.pop()
            try:
                files, folders = walk.entries(folder)
                if (kept := programs.archivebox_root({path.name for path in [*files, *folders]})) is not None:
                    for path in folders:
                        walk.pass_over(walk.below(path) if path.name not in kept else ())
                    walk.pass_over(files)
                    waiting += [path for path in reversed(folders) if path.name in kept]
                    continue
                known = _known(folder, files, folders, walk)
            except OSError as error:
                yield _failed(folder, error)
                continue
            if known:
                if known.forms:
                    yield Saved(known.forms[0], known.forms[1:], known.url, known.captured)
                walk.pass_over(known.others)
                continue
            parts = {f"{path.stem}{ending}" for path in files for ending in _PARTS if path.suffix in (".html", ".htm")}
            for path in files:
                yield from _file(path, walk)
            for path in reversed(folders):
                if path.name in parts:
                    walk.pass_over(walk.below(path))
                else:
                    waiting.append(path)
    except Unreadable as unreadable:
        yield unreadable.at(shown(root))
    if walk.passed:
        yield passed_over(shown(root), walk.passed, "file")


def _known(folder: Path, files: list[Path], folders: list[Path], walk: _Walk) -> programs.Known | None:
    """The one page that a program saved in this folder, if one did."""
    if {"index.json", "index.jsonl"} & {path.name for path in files}:
        said = programs.archivebox_index(folder)
        if said is not None:
            below = [path for sub in folders for path in walk.below(sub)]
            return programs.archivebox(said, folder, [*files, *below])
    return programs.auto_archiver(files)


def _file(path: Path, walk: _Walk) -> Iterator[Saved | Diagnostic]:
    """One file that was met in a folder."""
    try:
        kind = _kind(path)
    except OSError as error:
        yield _failed(path, error)
        return
    suffix = path.suffix.lower()
    if kind is None and suffix in _MEANT:
        yield no_capture(path)
    elif (
        kind is None or (kind == "text" and suffix in _BESIDE) or (kind == "html" and programs.report(path) is not None)
    ):
        walk.pass_over([path])
    else:
        yield Saved(path)
