"""Measures how many lines of real articles each removal rule of `ingest/rules.py` would take.

The 2,435 lines that are not blank of 102 hand-made article bodies (`corpora/html-dev`), in two ways: each line alone in
every place in which a rule looks (above the rest of its article; between a breadcrumb and the real headline; below the
rest; there, above a comment prompt), and each body whole, which has no headline and no furniture. Run it with the
folder of texts: `python tests/bench/false_deletions.py ../shared`.
"""

from __future__ import annotations

import gzip
import html
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from annotated_archive.ingest import rules
from annotated_archive.ingest.dump import read_dump

REMOVAL_RULES = ("breadcrumb", "category-line", "headline", "comment-prompt", "source-line")
_TITLE = re.compile(r"""<meta[^>]+property=["']og:title["'][^>]*content=(["'])(.+?)\1|<h1[^>]*>([^<]{10,})</h1>""")


@dataclass(frozen=True)
class Body:
    """A body of the ground truth, its lines that are not blank, and the headline that its page gives it."""

    text: str
    lines: tuple[str, ...]
    headline: str


@dataclass(frozen=True)
class Taken:
    """The lines a rule takes: of each alone, and of whole bodies."""

    alone: tuple[str, ...]
    whole: tuple[str, ...]


def bodies(shared: Path) -> Iterator[Body]:
    """The bodies of the ground truth."""
    folder = shared / "corpora/html-dev"
    for name, entry in json.loads((folder / "ground-truth.json").read_text(encoding="utf-8")).items():
        page = gzip.decompress((folder / f"html/{name}.html.gz").read_bytes()).decode("utf-8", "replace")
        match = _TITLE.search(page)
        headline = html.unescape(match.group(2) or match.group(3)).strip() if match else ""
        lines = (line.strip() for line in entry["articleBody"].split("\n"))
        yield Body(entry["articleBody"], tuple(line for line in lines if line), headline)


def _places(body: Body, number: int) -> Iterator[tuple[list[str], int]]:
    """One line in every place in which a rule looks for something to take: the dump's lines, and its index there."""
    line = body.lines[number]
    rest = [*body.lines[:number], *body.lines[number + 1 :]]
    yield [line, *rest], 0
    yield [f"Home » {body.headline}", line, body.headline, *rest], 1
    yield [*rest, line], len(rest)
    yield [*rest, line, "Leave a Comment"], len(rest)


def measure(found: list[Body]) -> dict[str, Taken]:
    """Rule → the lines it takes."""
    alone: dict[str, dict[tuple[int, int], str]] = defaultdict(dict)
    whole: dict[str, list[str]] = defaultdict(list)
    for at, body in enumerate(found):
        for number in range(len(body.lines)):
            for lines, index in _places(body, number):
                if took := rules.read(lines, [True] * len(lines)).taken.get(index):
                    alone[took.rule][at, number] = lines[index]
        for span in read_dump(body.text).spans:
            if span.rule in REMOVAL_RULES:
                whole[span.rule].append(span.text)
    seen = alone.keys() | whole.keys()
    assert seen <= set(REMOVAL_RULES), f"rules that are not measured: {sorted(seen - set(REMOVAL_RULES))}"
    return {rule: Taken(tuple(alone[rule].values()), tuple(whole[rule])) for rule in REMOVAL_RULES}


def headlines_found(found: list[Body]) -> int:
    """How many of the real headlines, each alone above its body, are taken for the headline."""
    texts = ([body.headline, *body.lines] for body in found if body.headline)
    return sum(rules.read(lines, [True] * len(lines)).title == lines[0] for lines in texts)


def table(found: list[Body]) -> str:
    """The measurement as a table in Markdown."""
    total = sum(len(body.lines) for body in found)
    rows = [
        f"{total:,} lines of {len(found)} articles; the first line is recognised as the headline, where it is one,"
        f" in {headlines_found(found)} of {sum(bool(body.headline) for body in found)}.",
        "",
        "| rule | lines taken alone | of whole bodies | share | examples |",
        "|---|---:|---:|---:|---|",
    ]
    for rule, took in measure(found).items():
        worst = max(len(took.alone), len(took.whole))
        examples = "; ".join(f"“{text[:70]}”" for text in dict.fromkeys([*took.whole, *took.alone]))
        rows.append(f"| {rule} | {len(took.alone)} | {len(took.whole)} | {worst / total:.2%} | {examples} |")
    return "\n".join(rows)


if __name__ == "__main__":
    print(table(list(bodies(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared")))))
