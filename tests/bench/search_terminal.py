"""Measures `archive search` on the 10,952 speeches of the UN General Debate, each a document of its own.

Making the index, its size, bringing it up to date after one changed speech, queries inside a process (the quickest of
RUNS) and whole processes from start to end. Run it with the folder of texts:
`python tests/bench/search_terminal.py ../shared`.
"""

from __future__ import annotations

import contextlib
import os
import random
import re
import resource
import subprocess
import sys
import tarfile
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, TypeVar

from annotated_archive.search.answers import Wanted, answer
from annotated_archive.search.document import Document, Mark, Name, Named, Passage
from annotated_archive.search.freshness import signature
from annotated_archive.search.terminal import INDEX, opened, write

T = TypeVar("T")
RUNS = 5
ENTITIES = 20_000
STATES = {
    "armenia": ("Armenia", "Հայաստան", "Армения"),
    "azerbaijan": ("Azerbaijan", "Azərbaycan", "Азербайджан"),
    "nagorno-karabakh": ("Nagorno-Karabakh", "Nagorny Karabakh", "Karabakh", "Арцах"),
    "russia": ("Russia", "Russian Federation", "Россия"),
    "united-states": ("United States", "USA", "United States of America"),
}
QUERIES = (
    "peace", "drone strikes", '"nuclear weapons"', "the of and to", "united states -peace", "Арцах", "karabkh",
    "Հայաստան ceasefire", "armenia azerbaijan nagorno-karabakh",
)  # fmt: skip
_FORMS = {form: entity for entity, forms in STATES.items() for form in forms}
_NAMES = re.compile(rf"\b(?:{'|'.join(sorted(_FORMS, key=len, reverse=True))})\b")


def speeches(shared: Path) -> Iterator[tuple[str, str]]:
    """Each speech: its name (ISO3_SESSION_YEAR) and its text."""
    with tarfile.open(shared / "corpora/ungdc.tar.xz") as tar:
        for member in tar:
            name = Path(member.name).name
            if re.fullmatch(r"[A-Z]{2,}_\d+_\d{4}\.txt", name) and (file := tar.extractfile(member)):
                yield name.removesuffix(".txt"), file.read().decode("utf-8", "replace").lstrip("\ufeff")


def document(name: str, text: str) -> Document:
    """A speech as a document, with the states that it names."""
    lines = [line for line in text.split("\n") if line.strip()]
    marks = tuple(
        Mark(number, *match.span(), _FORMS[match.group()])
        for number, line in enumerate(lines)
        for match in _NAMES.finditer(line)
    )
    return Document(
        f"articles/{name}", "article", name, f"articles/{name}", language="en", date=name[-4:],
        passages=tuple(Passage(line, f"p-{number}") for number, line in enumerate(lines, 1)), mentions=marks,
        entities=tuple(sorted(Counter(mark.of for mark in marks).items())),
    )  # fmt: skip


def names() -> tuple[list[Name], list[Named]]:
    """The states, and invented places of five forms each until there are ENTITIES."""
    dice = random.Random(7)
    invented = {
        f"place-{number}": ["".join(dice.choices("abdegiklmnoprstuvz", k=8)).capitalize() for _ in range(5)]
        for number in range(ENTITIES - len(STATES))
    }
    forms = {entity: list(given) for entity, given in STATES.items()} | invented
    named = [Named(entity, "place", "Place", given[0], f"places/{entity}") for entity, given in forms.items()]
    return [Name(form, entity) for entity, given in forms.items() for form in given], named


class Taken(NamedTuple):
    """The quickest of several runs, in seconds: from start to end, and of work (its own and of its processes)."""

    wait: float
    work: float

    def __str__(self) -> str:
        return f"{self.wait * 1000:,.0f} ms ({self.work * 1000:,.0f} of work)"


def timed(task: Callable[[], T], runs: int = 1) -> tuple[Taken, T]:
    """How long `task` takes, and what it gave last."""
    taken = []
    for _ in range(runs):
        start, before = time.perf_counter(), os.times()
        given = task()
        after = os.times()
        taken.append((time.perf_counter() - start, sum(after[:4]) - sum(before[:4])))
    return Taken(*map(min, zip(*taken, strict=True))), given


def main() -> None:
    shared = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in ("articles", "ledgers"):
            (root / "archive" / name).mkdir(parents=True)
        size = 0
        for name, text in speeches(shared):  # as many files as such an archive has: a search looks at their times
            (root / f"archive/articles/{name}.md").write_text(text, encoding="utf-8")
            (root / f"archive/ledgers/{name}.yml").touch()
            size += len(text.encode())
        files = sorted((root / "archive/articles").iterdir())
        looking, now = timed(lambda: signature(root), RUNS)
        print(f"{len(files):,} speeches, {size / 1e6:.0f} MB; looking whether one changed: {looking}")
        path, known = root / INDEX, names()

        def documents(changed: str = "") -> Iterator[Document]:
            for number, file in enumerate(files):
                made = document(file.stem, file.read_text(encoding="utf-8"))
                yield replace(made, title=changed) if changed and not number else made

        reading, _ = timed(lambda: sum(1 for _ in documents()))
        making, _ = timed(lambda: write(path, now, documents(), *known))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"reading them: {reading}; with writing the index: {making}")
        print(f"the index: {path.stat().st_size / 1e6:.0f} MB; memory at most: {memory:.0f} MB")
        changing, _ = timed(lambda: write(path, now, documents("Another title"), *known))
        print(f"bringing it up to date after one change: {changing}")
        print(f"{'query':40}{'found':>8}{'query alone':>28}{'whole process':>32}")
        for query in QUERIES:
            index = opened(path, now)
            assert index is not None
            with contextlib.closing(index):
                inside, given = timed(lambda index=index, query=query: answer(index, Wanted(query)), RUNS)
            command = [sys.executable, "-m", "annotated_archive", "search", "-C", root, "--", query]
            whole, done = timed(lambda command=command: subprocess.run(command, capture_output=True), RUNS)
            assert done.returncode == 0, done.stderr
            print(f"{query:40}{given.total:8,}{inside!s:>28}{whole!s:>32}")


if __name__ == "__main__":
    main()
