"""The folders of programs that save pages: which file is the page, and what the program says of it.

ArchiveBox keeps a folder for each page: up to 0.8 `archive/<timestamp>/` with index.json, its files side by side; from
0.9 `users/<user>/snapshots/<day>/<domain>/<id>/` with index.jsonl and a folder for each program that saved it.
auto-archiver (Bellingcat) keeps one folder for each address, with a report in HTML that says what it saved.
"""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from annotated_archive.ingest.containers import kinds, limits
from annotated_archive.ingest.containers.telling import address, edtf, moment

# The best form first: what a browser showed with all its parts, then what the server sent, then the rest.
_FORMS: tuple[kinds.Kind, ...] = ("singlefile", "zip", "warc", "html", "mhtml", "pdf")
_ROOT = {"ArchiveBox.conf", "index.sqlite3"}
_KEPT = {"archive", "users"}
_PAGES = {"singlefile.html", "output.html", "output.pdf"}
_REPORT = re.compile(r"<h2>Archived media for <span[^>]{0,100}>([^<]{1,2000})</span>")


@dataclass(frozen=True)
class Known:
    """A folder that holds one page: its files, the best first, what is said of it, and the files that are no pages."""

    forms: tuple[Path, ...]
    others: tuple[Path, ...]
    url: str | None
    captured: str | None


def archivebox_root(names: set[str]) -> set[str] | None:
    """The folders with pages in ArchiveBox's own folder; None if a folder with files of these `names` is another."""
    return _KEPT & names if _ROOT & names and _KEPT & names else None


def archivebox(said: dict[str, Any], folder: Path, files: list[Path]) -> Known:
    """A page that ArchiveBox saved in `folder`, by its index; `files` are all files in it, at any depth."""
    found = [(path, kind) for path in files if (kind := _kind(path))]
    forms = [
        (path, kind) for path, kind in found if path.name in _PAGES or kind in ("singlefile", "zip", "warc", "mhtml")
    ]
    # Without one of those, the page is what wget laid down under the name of the site.
    if not forms:
        forms = [form for form in found if form[1] == "html" and form[0].parent != folder][:1]
    return _known(forms, files, address(said.get("url")), _started(said))


def auto_archiver(files: list[Path]) -> Known | None:
    """A page that auto-archiver saved, if that is what the `files` of one folder are."""
    reports = [(path, url) for path in files if (url := report(path)) is not None]
    if len(reports) != 1:
        return None
    (path, url) = reports[0]
    forms = [(form, kind) for form in files if form != path and (kind := _kind(form))]
    return _known(forms, files, address(html.unescape(url)), None)


def report(path: Path) -> str | None:
    """The address that auto-archiver's report is about, which is no page itself; None of any other file."""
    if path.suffix != ".html":
        return None
    match = _REPORT.search(_read(path, limits.HEAD_BYTES).decode("utf-8", "replace"))
    return match.group(1) if match else None


def _known(forms: list[tuple[Path, kinds.Kind]], files: list[Path], url: str | None, captured: str | None) -> Known:
    ordered = tuple(path for path, _ in sorted(forms, key=lambda form: (_FORMS.index(form[1]), form[0])))
    return Known(ordered, tuple(path for path in files if path not in ordered), url, captured)


def _kind(path: Path) -> kinds.Kind | None:
    head = _read(path, limits.HEAD_BYTES)
    kind = kinds.kind(head, path.name) if head else None
    return kind if kind in _FORMS and (kind != "zip" or _is_wacz(path)) else None


def _is_wacz(path: Path) -> bool:
    """Whether the list at the end of a zip archive names what makes it a WACZ."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - limits.HEAD_BYTES))
        return b"datapackage.json" in file.read()


def _read(path: Path, most: int = limits.METADATA_BYTES) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(most)
    except OSError:
        return b""


def archivebox_index(folder: Path) -> dict[str, Any] | None:
    """What ArchiveBox wrote about the page of a folder; None where it wrote nothing."""
    for name, line in (("index.json", False), ("index.jsonl", True)):
        data = _read(folder / name)
        try:
            records = [json.loads(part) for part in data.splitlines()[:1000]] if line else [json.loads(data)]
        except (ValueError, RecursionError):
            continue
        said = next((record for record in records if isinstance(record, dict) and "url" in record), None)
        if said is None or not ({"history", "archive_results"} & said.keys() or said.get("type") == "Snapshot"):
            continue
        return {**said, "lines": records}
    return None


def _started(said: dict[str, Any]) -> str | None:
    """When the page was saved, if all that was saved of it began on one day: of several hours, the first.

    The time that names the folder is when the address was added, which may be years before, and says nothing.
    """
    history = said.get("history")
    results: list[Any] = [*said.get("lines", [])]
    if isinstance(said.get("archive_results"), list):
        results += said["archive_results"]
    if isinstance(history, dict):
        results += [result for method in history.values() if isinstance(method, list) for result in method]
    times = sorted(
        result["start_ts"]
        for result in results
        if isinstance(result, dict) and isinstance(result.get("start_ts"), str) and _passed(result)
    )
    if not times or times[0][:10] != times[-1][:10]:
        return None
    return moment(times[0].replace(" ", "T", 1)) or _day(times[0])


def _passed(result: dict[str, Any]) -> bool:
    return result.get("status") in ("succeeded", "success", None)


def _day(text: str) -> str | None:
    """The day of a time without a zone, which older versions wrote."""
    try:
        return edtf(datetime.fromisoformat(text).date().isoformat())
    except ValueError:
        return None
