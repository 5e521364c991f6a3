"""Measures the check of everything and of one changed file, at 1,000 articles and 10,000 annotations.

A second archive has all 10,000 annotations on one article. Both are made of invented words, the same at every run.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from annotated_archive.records import yamlio
from language import Files, archive, article, place, sha256, works

RUNS = 3
TOWNS = ("Goris", "Kapan", "Jermuk", "Vardenis", "Sotk", "Artanish", "Lachin", "Meghri")
WORDS = ["shells", "fell", "on", "the", "town", "in", "night", "and", "people", "left", "while", "ministry", "said"]


def annotated(articles: int, annotations: int, paragraphs: int) -> Files:
    """An archive of articles, each with an equal share of the annotations, which hold words, place and hash."""
    dice = random.Random(7)
    files: Files = {**works("a-work")}
    for town in TOWNS:
        files |= place(town.lower(), name=town, type="town")
    made = 0
    for number in range(articles):
        identifier = f"2022-09-13-an-outlet-{number:04d}"
        blocks = [
            f"Line {number} {block} said that {' '.join(dice.choices(WORDS, k=50))} near {dice.choice(TOWNS)}."
            for block in range(paragraphs)
        ]
        body, named = "\n\n".join(blocks), []
        for block in blocks:
            town = block.rstrip(".").rsplit(" ", 1)[1].lower()
            named += [] if town in named else [town]
        files |= article(identifier, body, places=named)
        for one in range(annotations // articles):
            name, exact = f"n{made:07d}", f"Line {number} {one % paragraphs} said"
            target = {"exact": exact, "start": body.index(exact), "text_sha256": sha256(body)}
            files[f"archive/annotations/{identifier}/{name}.yml"] = yamlio.write(
                {
                    "id": name, "kind": "note", "article": identifier, "targets": [target],
                    "body": "A note on this, in words of our own, about what another report of that night says.",
                    "cite": ["a-work"], "author": {"name": "A reader"}, "created": "2026-11-22T10:00:00Z",
                    "license": "CC-BY-4.0", "status": "open",
                }
            )  # fmt: skip
            made += 1
    return files


def seconds(root: Path, *words: str) -> str:
    """The quickest of RUNS calls of `archive check`, each in a process of its own: wait and work."""
    taken = []
    for _ in range(RUNS):
        begin, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [sys.executable, "-m", "annotated_archive", "check", "-C", str(root), *words]
        subprocess.run(command, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        taken.append((time.perf_counter() - begin, used))
    wait, used = (min(column) for column in zip(*taken, strict=True))
    return f"{wait:6.2f} s, {used:6.2f} s of processor time"


def main() -> None:
    for name, shape in (
        ("1,000 articles, 10,000 annotations", (1000, 10_000, 10)),
        ("one article, 10,000 annotations", (1, 10_000, 1000)),
    ):
        with tempfile.TemporaryDirectory() as folder:
            made = archive(Path(folder), annotated(*shape))
            one = sorted((made.root / "archive/annotations").rglob("*.yml"))[4321]
            text = sorted((made.root / "archive/articles").iterdir())[-1]
            print(f"{name}\n  everything                  {seconds(made.root)}")
            print(f"  one changed annotation      {seconds(made.root, str(one))}")
            works_file = str(made.root / "archive/bibliography.yml")
            print(f"  and the bibliography        {seconds(made.root, str(one), works_file)}")
            print(f"  one article, with its notes {seconds(made.root, str(text))}")


if __name__ == "__main__":
    main()
