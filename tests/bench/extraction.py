"""Measures which words of real pages `ingest` takes for the article, and what it reads of a page's own statements.

The 102 saved pages of `corpora/html-dev` with their hand-made bodies, by the metric of the benchmark they come from
(github.com/zytedata/article-extraction-benchmark, `evaluate.py`): runs of four words, counted as often as they stand;
precision and recall of each page, averaged, and F1 of the two averages, with the 95 % interval of 1,000 bootstrap
samples. Trafilatura's own output is measured beside ours. Run as `python tests/bench/extraction.py [shared folder]`.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import sys
import time
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from annotated_archive.ingest.html.charset import decode_page
from annotated_archive.ingest.html.choosing import article_text
from annotated_archive.ingest.page import parse, read_page
from annotated_archive.ingest.reading import Candidate, Reading
from annotated_archive.records.diagnostic import ContentError
from annotated_archive.records.ledger import rebuild

FIELDS = ("title", "date", "author", "url", "outlet", "language")
GRAM = 4
_DAY_IN_ADDRESS = re.compile(r"/(20\d\d)/(\d\d?)/(\d\d?)(?:/|$)")


@dataclass(frozen=True)
class Page:
    """A page of the benchmark: its bytes, the body that people copied out of it, and its address."""

    name: str
    data: bytes
    body: str
    url: str


def pages(shared: Path) -> list[Page]:
    """The pages, in the order of the ground truth."""
    folder = shared / "corpora/html-dev"
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    return [
        Page(name, gzip.decompress((folder / f"html/{name}.html.gz").read_bytes()), entry["articleBody"], entry["url"])
        for name, entry in truth.items()
    ]


def score(wanted: str, given: str) -> tuple[float, float]:
    """Precision and recall of a body."""
    true, said = _grams(wanted), _grams(given)
    both = sum((true & said).values())
    if not said.total():
        return (1.0, 1.0) if not true.total() else (0.0, 0.0)
    return both / said.total(), both / true.total() if true.total() else 1.0


def _grams(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[i : i + GRAM]) for i in range(max(1, len(words) - GRAM + 1)) if words)


def f1(scores: list[tuple[float, float]]) -> float:
    """F1 of average precision and average recall, as the benchmark counts it."""
    precision, recall = (sum(one[i] for one in scores) / len(scores) for i in (0, 1))
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def interval(scores: list[tuple[float, float]]) -> tuple[float, float]:
    """The 95 % bootstrap interval of F1."""
    draw = random.Random(0)
    samples = sorted(f1(draw.choices(scores, k=len(scores))) for _ in range(1000))
    return samples[25], samples[974]


def row(name: str, scores: list[tuple[float, float]]) -> str:
    """One line of the table."""
    precision, recall = (sum(one[i] for one in scores) / len(scores) for i in (0, 1))
    low, high = interval(scores)
    return f"| {name} | {precision:.3f} | {recall:.3f} | {f1(scores):.3f} | {low:.3f}–{high:.3f} |"


def contradicted(page: Page, reading: Reading) -> set[str]:
    """The fields whose value another source contradicts: one in the page, or the page's address."""
    said = {field: [one for one in reading.found if one.field == field] for field in FIELDS}
    fields = {
        field for field in FIELDS for doubt in reading.doubts
        if doubt.rule == "INGEST-DISAGREE" and f"about the {'address' if field == 'url' else field}:" in doubt.message
    }  # fmt: skip
    if (match := _DAY_IN_ADDRESS.search(page.url)) and said["date"]:
        day = "-".join(f"{int(part):02}" for part in match.groups())
        fields |= {"date"} if abs(_days(day) - _days(said["date"][0].value[:10])) > 1 else set()
    return fields


def _says(reading: Reading, field: str) -> bool:
    return any(one.field == field for one in reading.found)


def _days(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def measure(found: list[Page]) -> str:
    """All figures, as Markdown."""
    ours, theirs, readings = [], [], {}
    lines = []
    article_text(parse("<html><body><p>once, so that loading is not measured</p>", "first"), "first")
    wall, cpu = time.perf_counter(), time.process_time()
    for page in found:
        try:
            readings[page.name] = read_page(Candidate("html", "html", page.data), page.name)
        except ContentError as error:
            lines.append(f"refused: {error}")
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    characters = 0
    for page in found:
        raw = article_text(parse(decode_page(page.data, None, page.name).text, page.name), page.name)
        theirs.append(score(page.body, raw))
        reading = readings.get(page.name)
        ours.append(score(page.body, reading.body if reading else ""))
        if reading:
            characters += len(reading.text)
            assert rebuild(reading.body, reading.spans) == reading.text, page.name
    lines += [
        "| body | precision | recall | F1 | 95 % interval |", "|---|---:|---:|---:|---|",
        row("ingest", ours), row("trafilatura, precision mode", theirs), "",
        f"{len(found)} pages: {len(found) / wall:.1f} a second ({len(found) / cpu:.1f} by the processor's time). All of"
        f" their {characters:,} characters of text stand in body or ledger.", "",
        "| field | pages that say it | contradicted by another source | which |", "|---|---:|---:|---|",
    ]  # fmt: skip
    for field in FIELDS:
        having = [page for page in found if page.name in readings and _says(readings[page.name], field)]
        wrong = [page.url for page in having if field in contradicted(page, readings[page.name])]
        lines.append(f"| {field} | {len(having)} | {len(wrong)} | {' '.join(url[:60] for url in wrong[:4])} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(measure(pages(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared"))))
