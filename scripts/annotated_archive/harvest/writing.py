"""A harvest as files for review: a record of each candidate, a table, and a page to read them on."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from annotated_archive.harvest.merging import COPY, KNOWN, Copy, Harvest, Proposed
from annotated_archive.harvest.running import CANDIDATE
from annotated_archive.harvest.scoring import Reason, grade
from annotated_archive.harvest.screening import REASONS, Place
from annotated_archive.records import yamlio
from annotated_archive.records.base import SAFE_URL
from annotated_archive.store import write_if_changed

CANDIDATES, TABLE, PAGE, LIST = "candidates", "candidates.csv", "index.html", "harvest.txt"
_HEAD = "The files of `archive harvest` in this folder, which the next run replaces:"
_OURS = re.compile(rf"{CANDIDATES}/[0-9a-f]{{16}}\.yml|{re.escape(TABLE)}|{re.escape(PAGE)}")
_COLUMNS = (
    "score", "grade", "date", "outlet", "language", "title", "names", "address", "captured", "copies", "record",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "＝", "＋", "－", "＠")
_BECAME = {
    CANDIDATE: "for review",
    COPY: "further records of a candidate's text",
    KNOWN: "texts that the archive has",
    **REASONS,
}


def claim(folder: Path) -> str | None:
    """Take a folder for harvests, unless it holds something that is not a harvest's: the name of that is returned.

    Files that are beside those of an earlier harvest, and that no harvest writes, are left alone. Raises OSError.
    """
    listed = _listed(folder)
    if listed is None:
        for path in sorted(folder.iterdir()) if folder.exists() else ():
            return path.name
        _list(folder, set())
        return None
    return next((name for name in (TABLE, PAGE) if name not in listed and (folder / name).exists()), None)


def write(harvest: Harvest, folder: Path) -> None:
    """Write the candidates of a harvest into `folder`, and remove those that an earlier one wrote there.

    Raises OSError. What is written holds quotations from pages, and is for editors only.
    """
    made = {f"{CANDIDATES}/{identifier(one)}.yml": yamlio.write(record(one)).encode() for one in harvest.proposed}
    made |= {TABLE: table(harvest).encode(), PAGE: page(harvest).encode()}
    before = _listed(folder) or set()
    _list(folder, before | set(made))  # ahead of the files: none is there unlisted if this is broken off
    for name, data in made.items():
        write_if_changed(folder / name, data)
    for name in sorted(before - set(made)):
        (folder / name).unlink(missing_ok=True)
    _list(folder, set(made))


def _listed(folder: Path) -> set[str] | None:
    """The files that earlier harvests wrote into a folder; None if it is none of theirs."""
    try:
        head, *names = (folder / LIST).read_text("utf-8").splitlines()
    except (OSError, ValueError):
        return None
    return {name for name in names if _OURS.fullmatch(name)} if head == _HEAD else None


def _list(folder: Path, names: set[str]) -> None:
    write_if_changed(folder / LIST, "".join(f"{line}\n" for line in (_HEAD, *sorted(names))).encode())


def identifier(one: Proposed) -> str:
    """The name of a candidate: the beginning of the checksum of its page."""
    return one.candidate.sha256[:16]


def said(reason: str) -> str:
    """What became of records, in words."""
    return f"{reason}: {_BECAME[reason]}" if reason in _BECAME else f"{reason}: pages or places that cannot be read"


def record(one: Proposed) -> dict[str, Any]:
    """A candidate as its file has it."""
    found = one.candidate
    return {
        "id": identifier(one),
        "score": found.points,
        "grade": grade(found.points),
        "title": found.title,
        "date": found.date,
        "date_source": found.date_source,
        "outlet": found.outlet,
        "language": found.language,
        "words": found.words,
        "address": found.url,
        "captured": found.captured,
        "record": {**_place(found.place), "sha256": found.sha256},
        "names": [_named(reason) for reason in found.reasons],
        "quotes": list(found.quotes),
        "copies": [_copy(copy) for copy in one.copies],
    }


def _place(place: Place) -> dict[str, Any]:
    return {"file": place.file, "offset": place.offset, "length": place.length, "part": place.part}


def _named(reason: Reason) -> dict[str, Any]:
    return {
        "id": reason.entity, "name": reason.name, "points": reason.points,
        "kind": "own" if reason.own else "common", "form": "strong" if reason.strong else "weak",
        "in_title": reason.title, "in_text": reason.text,
    }  # fmt: skip


def _copy(copy: Copy) -> dict[str, Any]:
    return {
        "address": copy.url, "outlet": copy.outlet, "captured": copy.captured, "share": copy.share,
        "record": {**_place(copy.place), "sha256": copy.sha256},
    }  # fmt: skip


def _row(one: Proposed) -> dict[str, str]:
    found = one.candidate
    cells = {
        "score": str(found.points), "grade": grade(found.points), "date": found.date, "outlet": found.outlet,
        "language": found.language, "title": found.title, "address": found.url, "captured": found.captured,
        "names": "; ".join(f"{reason.name} {reason.points}" for reason in found.reasons),
        "copies": str(len(one.copies)), "record": f"{CANDIDATES}/{identifier(one)}.yml",
    }  # fmt: skip
    return {column: cells[column] or "" for column in _COLUMNS}


def table(harvest: Harvest) -> str:
    """The candidates as a table (CSV as in RFC 4180, UTF-8), the highest score first.

    A text that a spreadsheet would take for a formula begins with an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for one in harvest.proposed:
        writer.writerow(f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in _row(one).values())
    return out.getvalue()


def page(harvest: Harvest) -> str:
    """The candidates as a page that a browser shows from its file, without a program in it."""
    left_out = [(reason, number) for reason, number in harvest.counts if reason != CANDIDATE]
    counts = "".join(f"<li>{number:,} {html.escape(said(reason))}</li>" for reason, number in left_out)
    return _PAGE.format(
        candidates=_count(len(harvest.proposed), "candidate"), records=_count(harvest.records, "record"),
        counts=f"<p>Left out:</p>\n<ul>{counts}</ul>" if counts else "",
        items="\n".join(map(_item, harvest.proposed)),
    )  # fmt: skip


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def _item(one: Proposed) -> str:
    row: Mapping[str, str] = {name: html.escape(cell) for name, cell in _row(one).items()}
    address = row["address"]
    if SAFE_URL.fullmatch(one.candidate.url):
        address = f'<a href="{address}" rel="noreferrer">{address}</a>'
    quotes = "".join(f"<blockquote>{html.escape(quote)}</blockquote>" for quote in one.candidate.quotes)
    copies = f"<br>{_count(len(one.copies), 'further record')} of this text" if one.copies else ""
    language = html.escape(one.candidate.language, quote=True)
    return (
        f'<li><h2 lang="{language}">{row["title"]}</h2>'
        f"<p>{row['score']} points ({row['grade']}): {row['names']}<br>{row['date'] or 'no date'}, "
        f"{row['outlet'] or 'outlet not known'}, {row['language']}<br>{address}{copies}<br>"
        f'<a href="{row["record"]}">{row["record"]}</a></p><div lang="{language}">{quotes}</div></li>'
    )


_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>Candidates of a harvest</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 1rem/1.5 sans-serif; max-width: 45rem; margin: 2rem auto; padding: 0 1rem; }}
h2 {{ font-size: 1.1rem; margin: 1.5rem 0 0; }}
blockquote {{ font-family: serif; margin: .3rem 0 .3rem 1rem; }}
a {{ overflow-wrap: anywhere; }}
@media (prefers-color-scheme: dark) {{
body {{ background: #1b1c20; color: #e2e3e8; }}
a {{ color: #9dbcff; }}
a:visited {{ color: #c9b2f5; }}
}}
</style>
</head>
<body>
<h1>{candidates} from {records}</h1>
<p>For editors: these are quotations from pages that nobody has taken in. <code>archive accept</code> takes one in.</p>
{counts}
<ol>
{items}
</ol>
</body>
</html>
"""
