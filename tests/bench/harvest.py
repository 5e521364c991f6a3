"""How many records a second `archive harvest` screens, stage by stage, and what a second process or worker adds.

    python tests/bench/harvest.py SHARED [RECORDS]

Web archives are made in the form of Common Crawl's news: each record packed by itself, three quarters of them pages,
the rest answers that are none. The pages are those of SHARED/corpora/html-dev, each time at another address and with
words of its own, and generated ones where that folder is not there. The subject is this repository's archive. Stages:
records read and cut by outlet alone; all outlets, where most pages are cut because too few names stand in them; and
every page read (`ingest`), which is what a page costs that is not cut. Rates are by processor time, for one core; for
two processes, and one and two workers of Dask, by the clock, which says nothing on a machine that has other work.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from annotated_archive.harvest import Known, Result, Subject, merge, plan, run_chunk, subject_of
from annotated_archive.harvest.cluster import on_cluster
from annotated_archive.harvest.running import Outcome, on_cores
from annotated_archive.harvest.scoring import GRADES
from annotated_archive.ingest import Candidate, Details, ingest
from annotated_archive.records.diagnostic import ContentError
from annotated_archive.store import load
from captures import answer, warc

ROOT = Path(__file__).resolve().parents[2]
RECORDS, SAMPLE, CHUNK = 2_000, 100, 8_000_000
WORDS = ("council", "road", "bridge", "winter", "price", "school", "market", "team", "player", "minister", "vote")


def pages(shared: Path) -> list[bytes]:
    """The pages of which the records are made."""
    folder = shared / "corpora" / "html-dev" / "html"
    if found := [gzip.decompress(path.read_bytes()) for path in sorted(folder.glob("*.html.gz"))]:
        return found
    chance = random.Random(1)
    made = []
    for number in range(100):
        told = "".join(f"<p>{' '.join(chance.choices(WORDS, k=60)).capitalize()}.</p>" for _ in range(12))
        furniture = "".join(f'<li><a href="/{n}">{chance.choice(WORDS)}</a></li>' for n in range(400))
        made.append(
            f"<html><head><title>Story {number}</title></head><body><ul>{furniture}</ul>"
            f"<article><h1>Story {number}</h1>{told}</article></body></html>".encode()
        )
    return made


def written(path: Path, number: int, of: list[bytes]) -> str:
    """A web archive of so many records."""
    head = warc(packed=True)
    with path.open("wb") as file:
        file.write(head)
        for at in range(number):
            address = f"https://news-{at % 997}.example/{at}"
            if at % 4 == 3:
                made = answer(address, b"", status="301 Moved Permanently")
            else:
                page = of[at % len(of)].replace(b"</p>", f" {at} words of its own.</p>".encode(), 3)
                made = answer(address, page)
            file.write(warc(made, packed=True).removeprefix(head))
    return str(path)


@contextmanager
def measured(what: str, records: int) -> Iterator[None]:
    """Print the rate at which the block screens so many records, by processor time and by the clock."""
    wall, cpu = time.perf_counter(), spent()
    yield
    wall, cpu = time.perf_counter() - wall, spent() - cpu
    print(f"{what}: {records / cpu:,.1f} records/s of a core, {records / wall:,.1f} by the clock ({wall:.1f} s)")


def spent() -> float:
    """Processor seconds of this process and of its children that have ended."""
    return sum(
        used.ru_utime + used.ru_stime
        for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def told(outcomes: Iterable[Outcome]) -> None:
    """Print what became of the records."""
    harvest = merge(outcomes, Known({}, {}))
    print("   ", ", ".join(f"{reason} {number:,}" for reason, number in harvest.counts))


def stages(file: str, of: list[bytes]) -> None:
    """Each stage in one process, in one chunk."""
    archive = load(ROOT)
    (chunk,) = plan([file], 1 << 60).chunks
    for what, outlet in (("read, and cut by outlet", "nowhere.example"), ("all outlets, cut by names", "any")):
        subject = subject_of(archive, [outlet], [], GRADES["touches"])
        assert subject.matcher and subject.sieve
        result = run_chunk(chunk, subject)  # once for the libraries, which are loaded when they are needed
        assert isinstance(result, Result)
        with measured(what, result.records):
            result = run_chunk(chunk, subject)
        told([result])
    slowest = 0.0
    begun = time.process_time()
    for page in of[:SAMPLE]:
        before = time.process_time()
        with suppress(ContentError):
            ingest(Candidate("warc", "html", page, "x"), "x.warc", "0" * 64, Details())
        slowest = max(slowest, time.process_time() - before)
    took = time.process_time() - begun
    number = len(of[:SAMPLE])
    print(f"every page read: {number / took:,.1f} pages/s of a core; the slowest took {slowest:.2f} s")


def scaling(file: str, subject: Subject, folder: Path) -> None:
    """The same work in one and two processes, and on one and two workers of Dask."""
    chunks = plan([file], CHUNK).chunks
    whole = merge(on_cores(chunks, subject, 2), Known({}, {}))
    count = whole.records
    for jobs in (1, 2):
        with measured(f"{jobs} process(es)", count):
            assert merge(on_cores(chunks, subject, jobs), Known({}, {})) == whole
    for workers in (1, 2):
        with cluster(workers, folder) as address:
            list(on_cluster(chunks[:2], subject, address))  # the libraries, again
            wall = time.perf_counter()
            assert merge(on_cluster(chunks, subject, address), Known({}, {})) == whole
            wall = time.perf_counter() - wall
            print(f"{workers} Dask worker(s): {count / wall:,.1f} records/s by the clock ({wall:.1f} s)")


@contextmanager
def cluster(workers: int, folder: Path) -> Iterator[str]:
    """The address of a scheduler with so many workers, each a process with one thread."""
    said = folder / f"scheduler-{workers}.json"
    with ExitStack() as stack:

        def start(*arguments: str) -> None:
            process = subprocess.Popen([sys.executable, "-m", *arguments], stderr=subprocess.DEVNULL)
            stack.callback(process.wait)
            stack.callback(process.kill)

        alone = ("--host", "127.0.0.1", "--no-dashboard")
        start("distributed.cli.dask_scheduler", *alone, "--port", "0", "--no-show", "--scheduler-file", str(said))
        while not said.exists():
            time.sleep(0.05)
        address = str(json.loads(said.read_text("utf-8"))["address"])
        for number in range(workers):
            start(
                "distributed.cli.dask_worker", address, *alone, "--no-nanny", "--nthreads", "1",
                "--local-directory", str(folder / f"{workers}-{number}"),
            )  # fmt: skip
        yield address


def main() -> None:
    shared, number = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else RECORDS
    of = pages(shared)
    with tempfile.TemporaryDirectory() as folder:
        file = written(Path(folder) / "news.warc.gz", number, of)
        size = Path(file).stat().st_size
        each = f"{size / 1e6:,.0f} MB packed, {size / number / 1e3:,.0f} kB each"
        print(f"{number:,} answers, {each}; {os.cpu_count()} cores")
        stages(file, of)
        scaling(file, subject_of(load(ROOT), ["any"], [], GRADES["touches"]), Path(folder))
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(f"the largest process held {peak // 1024} MB")


if __name__ == "__main__":
    main()
