"""Measures the search's files on the 10,952 speeches of the UN General Debate, each a document of its own.

The whole, then again with nothing changed, with one text and with one date changed: seconds by the clock and of the
processor, peak memory of this process and of the largest Pagefind, of which two run at a time; and what was written.
Run it with the folder of texts: `python tests/bench/search_index.py ../shared`.
"""

from __future__ import annotations

import pickle
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from search_terminal import STATES, document, speeches

from annotated_archive.search.document import Document, Name, Named, Passage
from annotated_archive.search.write import write

CHANGED = 5000
CHANGES = {
    "all anew": lambda made: made,
    "nothing changed": lambda made: made,
    "one text changed": lambda made: replace(made, passages=(*made.passages, Passage("One sentence more."))),
    "one date changed": lambda made: replace(made, date=f"{made.date}-09-20"),
}


def documents(file: Path, change: str) -> Iterator[Document]:
    """The documents set down in `file`, one of them changed."""
    with file.open("rb") as stream:
        number = 0
        while stream.peek(1):
            made = pickle.load(stream)
            yield CHANGES[change](made) if number == CHANGED else made
            number += 1


def build(folder: Path, change: str) -> None:
    """Build once in this process, whose peak is then its own, and print what it took."""
    names = [Name(form, entity) for entity, forms in STATES.items() for form in forms]
    named = [Named(entity, "place", "country", forms[0], f"places/{entity}") for entity, forms in STATES.items()]
    begin = time.perf_counter()
    write(documents(folder / "documents", change), names, named, folder / "site", folder / "cache")
    seconds = time.perf_counter() - begin
    ours, theirs = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    processor = "".join(f"{used.ru_utime + used.ru_stime:10.1f}" for used in (ours, theirs))
    peaks = "".join(f"{used.ru_maxrss / 1024:10.0f}" for used in (ours, theirs))
    print(f"{change:18}{seconds:8.1f}{processor}{peaks}", flush=True)


def report(shared: Path) -> None:
    """Print a table of builds and one of what the last wrote."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        size = 0
        with (folder / "documents").open("wb") as stream:
            for speech, text in speeches(shared):
                pickle.dump(document(speech, text), stream)
                size += len(text.encode())
        print(f"{'':18}{'s':>8}{'s, ours':>10}{'Pagefind':>10}{'MB, ours':>10}{'Pagefind':>10}")
        for change in CHANGES:
            subprocess.run([sys.executable, __file__, "--build", name, change], check=True)
        print(f"\n{'':18}{'files':>8}{'MB':>10}{'of text':>10}")
        for label, pattern in {"index": "i-*/*", "data": "d-*/*", "names": "n-*/*", "all": "**/*.js"}.items():
            sizes = [path.stat().st_size for path in (folder / "site").glob(pattern)]
            print(f"{label:18}{len(sizes):8}{sum(sizes) / 1e6:10.1f}{sum(sizes) / size:10.1%}")
        volumes = len(list((folder / "site").glob("i-*")))
        print(f"{volumes} volumes; {size / 1e6:.1f} MB of text")


if __name__ == "__main__":
    if sys.argv[1] == "--build":
        build(Path(sys.argv[2]), sys.argv[3])
    else:
        report(Path(sys.argv[1]))
