"""Harvest on disk: damaged and hostile web archives, work that is broken off, what is written, and what is taken in."""

from __future__ import annotations

import csv
import gzip
import hashlib
import os
import random
import signal
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from harvested import ABOUT, about, harvested, many, news, screened, subject, subject_files, written

from annotated_archive.harvest import Chunk, Failed, Known, Result, merge, plan, run_chunk, writing
from annotated_archive.harvest.checkpoints import Checkpoints, outcomes
from annotated_archive.harvest.running import Outcome, again, given_up, here, on_cores
from annotated_archive.harvest.taking import cut_out
from annotated_archive.ingest.containers import limits
from annotated_archive.records import yamlio
from annotated_archive.records.diagnostic import ContentError
from captures import answer, records, response, squeezed, warc
from language import archive

# What is damaged, or made to do harm


def members(data: bytes) -> list[bytes]:
    """The gzip members of a web archive, apart."""
    starts = [at for at in range(len(data)) if data.startswith(b"\x1f\x8b\x08", at)]
    return [data[start:end] for start, end in zip(starts, [*starts[1:], len(data)], strict=True)]


def test_what_is_damaged_is_counted_and_the_rest_screened(tmp_path: Path) -> None:
    parts = members(many(8))
    body = bytearray(parts[3])
    body[len(body) // 2] ^= 0xFF
    lying = squeezed(records([response(about(9), Content_Length="9999999")]))
    parts[3:5] = [bytes(body), parts[4], b"garbage between the records", lying]
    data = b"".join(parts)
    file = written(tmp_path, data)
    result = screened(file, subject(tmp_path))
    assert dict(result.counts) == {"INGEST-DAMAGED": 3, "candidate": 4, "no-answer": 1, "no-name": 3}
    places = [sum(map(len, parts[:number])) for number in (3, 5, 6)]
    assert [str(one).split(": ")[0] for one in result.problems] == [f"{file}:1:{place}" for place in places]
    assert f"at byte {places[0]:,}" in result.problems[0].message
    assert {one.severity for one in result.problems} == {"warning"}


@pytest.mark.parametrize("size", [64_000_000, 2_000])
def test_a_file_that_was_cut_short_is_screened_to_its_end(tmp_path: Path, size: int) -> None:
    data = many(8)
    file = written(tmp_path, data[: len(data) - 40])
    harvest = harvested(file, subject(tmp_path), size)
    assert dict(harvest.counts) == {"INGEST-DAMAGED": 1, "candidate": 3, "no-answer": 1, "no-name": 4}
    assert "the file ends within the gzip data" in str(harvest.problems[0])


def test_a_chunk_with_no_end_of_damage_is_left(tmp_path: Path) -> None:
    good = members(many(2))[1]
    data = good + b"".join(b"no" + good for _ in range(limits.FAULTS + 5))
    result = screened(written(tmp_path, data), subject(tmp_path))
    assert dict(result.counts)["INGEST-DAMAGED"] == limits.FAULTS + 1
    assert f"damaged in {limits.FAULTS} places; the rest of this part" in str(result.problems[-1])


def test_a_bomb_costs_no_memory_and_not_the_records_behind_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FREE_BYTES", 3_000_000)
    monkeypatch.setattr(limits, "RATIO", 10)
    first, *rest = members(many(3))
    bomb = squeezed(records([response(b"<p>" + b"\0" * 40_000_000)]))
    file = written(tmp_path, first + bomb + b"".join(rest))
    about_goris = subject(tmp_path)
    screened(file, about_goris)  # what is made once is not counted
    tracemalloc.start()
    result = screened(file, about_goris)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert dict(result.counts) == {"INGEST-UNSAFE": 1, "candidate": 1, "no-answer": 1, "no-name": 2}
    assert peak < 8_000_000
    endless = written(tmp_path, first + bomb * 9 + b"".join(rest), "endless.warc.gz")
    assert dict(screened(endless, about_goris).counts) == {"INGEST-UNSAFE": 5, "no-answer": 1}


def test_pages_that_unpack_without_end_and_pages_without_end_are_refused(tmp_path: Path) -> None:
    packed = answer("https://herald.example/1", gzip.compress(b"x" * (limits.PAGE_BYTES + 1)), Content_Encoding="gzip")
    result = screened(written(tmp_path, warc(packed, packed=True)), subject(tmp_path))
    assert dict(result.counts) == {"INGEST-SIZE": 1, "no-answer": 1}


def test_a_web_archive_within_a_record_is_not_screened_for_its_own_sake(tmp_path: Path) -> None:
    chance = random.Random(1)
    inner = many(4)
    outer = warc(
        answer("https://herald.example/1", about(1)),
        answer("https://herald.example/inner", inner + chance.randbytes(3_000), "application/gzip"),
        answer("https://herald.example/2", about(3)),
        packed=True,
    )
    result = screened(written(tmp_path, outer), subject(tmp_path))
    assert dict(result.counts) == {"candidate": 2, "no-answer": 1, "not-html": 1}


@pytest.mark.parametrize("seed", range(20))
def test_whatever_happens_to_a_file_every_record_is_counted_once(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(many(6))
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(100, len(data))
        data[at : at + chance.choice((0, 1, 40))] = chance.randbytes(chance.choice((1, 40)))
    file = written(tmp_path, bytes(data))
    for size in (64_000_000, 1_500):
        harvest = harvested(file, subject(tmp_path), size)
        assert sum(number for _, number in harvest.counts) == harvest.records
        found = [one.candidate.place for one in harvest.proposed]
        assert len(set(found)) == len(found)


# Broken off, and gone on with


def test_what_is_done_is_not_done_again(tmp_path: Path) -> None:
    about_goris = subject(tmp_path)
    chunks = plan([written(tmp_path, many(20))], 1_500).chunks
    kept = Checkpoints(tmp_path / "chunks", about_goris)
    ran: list[Chunk] = []

    def run(some: list[Chunk]) -> Iterator[Outcome]:
        for chunk in some:
            ran.append(chunk)
            yield run_chunk(chunk, about_goris)

    begun = outcomes(chunks, kept, run)
    first = [next(begun), next(begun)]
    begun.close()  # broken off: the third may have been begun
    whole = list(outcomes(chunks, kept, run))
    assert sorted(ran) == sorted([*chunks, *ran[2 : -len(chunks) + 2]])
    assert merge(whole, Known({}, {})) == merge(here(chunks, about_goris), Known({}, {}))
    assert all(one in whole for one in first)
    ran.clear()
    assert merge(outcomes(chunks, kept, run), Known({}, {})) == merge(whole, Known({}, {}))
    assert ran == []
    for damaged, data in enumerate((b"", b"{}", kept.path(chunks[0]).read_bytes()[:-9])):
        kept.path(chunks[damaged]).write_bytes(data)
    assert merge(outcomes(chunks, kept, run), Known({}, {})) == merge(whole, Known({}, {}))
    assert ran == list(chunks[:3])
    other = Checkpoints(tmp_path / "chunks", subject(tmp_path, threshold="about"))
    assert other.load(chunks[0]) is None
    assert kept.load(chunks[0]) is not None


def test_a_failed_chunk_is_not_kept(tmp_path: Path) -> None:
    about_goris = subject(tmp_path)
    chunks = plan([written(tmp_path, many(2))]).chunks
    (tmp_path / "news.warc.gz").write_bytes(b"")
    kept = Checkpoints(tmp_path / "chunks", about_goris)
    (failed,) = outcomes(chunks, kept, lambda some: here(some, about_goris))
    assert isinstance(failed, Failed)
    assert kept.load(chunks[0]) is None


def test_chunks_that_nobody_finishes_are_tried_three_times(tmp_path: Path) -> None:
    one, other, *_ = plan([written(tmp_path, many(20))], 1_500).chunks
    tried: list[list[Chunk]] = []

    def attempt(some: list[Chunk]) -> Iterator[Outcome]:
        tried.append(list(some))
        yield from (run_chunk(chunk, subject(tmp_path)) for chunk in some if chunk == one)

    first, second = again([one, other], attempt)
    assert isinstance(first, Result)
    assert isinstance(second, Failed)
    assert tried == [[one, other], [other], [other]]
    assert "HARVEST-CHUNK" in str(second.problem)


def test_all_cores_find_what_one_process_finds(tmp_path: Path) -> None:
    about_goris = subject(tmp_path)
    chunks = plan([written(tmp_path, many(12))], 3_000).chunks
    found = []
    for number, outcome in enumerate(on_cores(chunks, about_goris, 2)):
        if not number:  # a process that is ended takes the others of its pool with it: all begin anew
            os.kill(_children()[-1], signal.SIGKILL)
        found.append(outcome)
    assert merge(found, Known({}, {})) == merge(here(chunks, about_goris), Known({}, {}))
    assert sorted(outcome.chunk for outcome in found) == list(chunks)


def _children() -> list[int]:
    """The processes that this one started and that screen."""
    import multiprocessing

    return [child.pid for child in multiprocessing.active_children() if child.pid]


# What is written, and what is taken in


def test_the_command_writes_candidates_for_review(tmp_path: Path) -> None:
    made = archive(tmp_path, subject_files())
    title = "=Shells fall on Goris &amp; <b>Jermuk</b>"
    file = written(
        tmp_path,
        warc(
            answer("https://herald.example/1", about(1)),
            answer("https://herald.example/2", news(title, *ABOUT)),
            answer("https://elsewhere.example/3", about(3)),
            packed=True,
        ),
    )
    done = made.run("harvest", file, "--jobs", "1")
    assert (done.exit, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "           2  candidate: for review",
        "           1  no-answer: records about the capture itself, requests, and answers that repeat another",
        "           1  outlet: of another outlet",
        "           4  records and damaged places in 1 part of files",
        "2 candidates: read build/harvest/index.html.",
    ]
    folder = made.root / "build/harvest"
    (first, second) = csv.DictReader((folder / "candidates.csv").read_text("utf-8").splitlines())
    assert (first["title"], first["score"]) == ("'=Shells fall on Goris & Jermuk", "17")
    assert (second["title"], second["score"]) == ("Shells fall on Goris in night 1", "13")
    page = (folder / "index.html").read_text("utf-8")
    assert "<script" not in page
    assert "=Shells fall on Goris &amp; Jermuk" in page
    record = yamlio.read((folder / second["record"]).read_text("utf-8"), "").data
    assert (record["record"]["file"], record["record"]["part"]) == (file, "urn:uuid:0")
    assert record["record"]["sha256"] == hashlib.sha256(about(1)).hexdigest()
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert made.run("harvest", file, "--jobs", "2") == done
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_a_harvest_replaces_what_an_earlier_one_wrote_and_nothing_else(tmp_path: Path) -> None:
    first = harvested(written(tmp_path, many(4)), subject(tmp_path))
    then = harvested(written(tmp_path, many(2)), subject(tmp_path))
    folder = tmp_path / "out"
    assert writing.claim(folder) is None
    writing.write(first, folder)
    (folder / "candidates" / "my-own.yml").write_text("id: x\n")
    (folder / "notes.txt").write_text("mine\n")
    (tmp_path / "theirs.yml").write_text("id: x\n")
    with (folder / writing.LIST).open("a") as listed:
        listed.write("notes.txt\n../theirs.yml\n")
    assert writing.claim(folder) is None
    writing.write(then, folder)
    (left,) = then.proposed
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} == {
        "candidates.csv", "candidates/my-own.yml", f"candidates/{writing.identifier(left)}.yml", "harvest.txt",
        "index.html", "notes.txt",
    }  # fmt: skip
    assert (tmp_path / "theirs.yml").exists()


def test_a_folder_that_holds_other_things_is_refused_untouched(tmp_path: Path) -> None:
    made = archive(tmp_path, subject_files())
    file = written(tmp_path, many(2))
    for name in ("index.html", "candidates/a.yml", "harvest.txt"):
        theirs = made.root / name.replace("/", "-") / name
        theirs.parent.mkdir(parents=True)
        theirs.write_text("theirs")
        folder = made.root / name.replace("/", "-")
        refused = made.run("harvest", file, "--outlet", "any", "--to", str(folder))
        assert (refused.exit, f"holds {name.split('/')[0]}, which no harvest wrote" in refused.stderr) == (2, True)
        assert [path for path in folder.rglob("*") if path.is_file()] == [theirs]
        assert theirs.read_text() == "theirs"
    assert writing.claim(made.root / "new") is None
    (made.root / "new/index.html").write_text("theirs")
    assert writing.claim(made.root / "new") == "index.html"


def test_a_run_that_screened_nothing_leaves_the_last_harvest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = archive(tmp_path, subject_files())
    assert made.run("harvest", written(tmp_path, many(4)), "--outlet", "any", "--jobs", "1").exit == 0
    folder = made.root / "build/harvest"
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    for name in ("mistyped.warc.gz", written(tmp_path, b"none", "a.warc")):
        failed = made.run("harvest", name, "--outlet", "any", "--to", str(folder))
        assert (failed.exit, "HARVEST-FILE" in failed.stderr, failed.stdout) == (1, True, "")
    nowhere = made.run("harvest", "mistyped.warc.gz", "--outlet", "any", "--to", str(tmp_path / "new"))
    assert (nowhere.exit, (tmp_path / "new").exists()) == (1, False)

    def lost(chunks: list[Chunk], subject: object) -> Iterator[Outcome]:
        return (given_up(chunk) for chunk in chunks)

    monkeypatch.setattr("annotated_archive.harvest.running.here", lost)
    failed = made.run("harvest", written(tmp_path, many(2), "b.warc.gz"), "--outlet", "any", "--jobs", "1")
    assert (failed.exit, "HARVEST-CHUNK" in failed.stderr, failed.stdout) == (1, True, "")
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_the_page_counts_in_words_that_fit_and_has_a_dark_scheme(tmp_path: Path) -> None:
    twice = warc(*(answer(f"https://herald.example/{n}", about(1)) for n in range(2)), packed=True)
    page = writing.page(harvested(written(tmp_path, twice), subject(tmp_path)))
    assert "<h1>1 candidate from 3 records</h1>" in page
    assert "1 further record of this text" in page
    assert "candidate: " not in page
    assert "<li>1 copy: further records of a candidate&#x27;s text</li>" in page
    assert '<meta name="color-scheme" content="light dark">' in page
    assert "@media (prefers-color-scheme: dark) {" in page


def test_the_command_says_what_was_not_screened(tmp_path: Path) -> None:
    made = archive(tmp_path, subject_files())
    none = made.run("harvest", written(tmp_path, b"none", "a.warc"), "--outlet", "any")
    assert none.exit == 1
    assert "HARVEST-FILE no WARC file" in none.stderr
    damaged = made.run("harvest", written(tmp_path, many(4)[:-40]), "--outlet", "any", "--jobs", "1")
    assert damaged.exit == 0
    assert "INGEST-DAMAGED the file ends within the gzip data" in damaged.stderr
    both = made.run("harvest", "a.warc", "--jobs", "2", "--scheduler", "tcp://127.0.0.1:1")
    assert both.exit == 2


def test_a_candidate_is_taken_in_with_its_record_untouched(tmp_path: Path) -> None:
    made = archive(tmp_path, subject_files())
    data = warc(
        answer("https://herald.example/0", news("Bridge", "Goris is a town.")),
        answer("https://herald.example/1", about(1)),
        packed=True,
    )
    file = written(tmp_path, data)
    assert made.run("harvest", file, "--jobs", "1").exit == 0
    (candidate,) = (made.root / "build/harvest/candidates").glob("*.yml")
    dry = made.run("accept", str(candidate), "--dry-run")
    assert (dry.exit, "would become archive/articles/" in dry.stdout) == (0, True), dry
    done = made.run("accept", str(candidate), "--publish", "metadata")
    assert (done.exit, "is now archive/articles/" in done.stdout) == (0, True), done
    (article,) = (made.root / "archive/articles").iterdir()
    record = yamlio.read(article.read_text("utf-8").split("---\n")[1], "").data
    assert (record["source"], record["url"]) == ("herald", "https://herald.example/1")
    (original,) = (made.root / "private/originals").glob("*.gz")
    assert original.read_bytes() == data[len(data) - original.stat().st_size :] == members(data)[2]
    assert record["original"]["sha256"] == hashlib.sha256(original.read_bytes()).hexdigest()
    again = made.run("harvest", file, "--jobs", "1")
    assert "           1  known: texts that the archive has" in again.stdout
    assert not list((made.root / "build/harvest/candidates").iterdir())


@pytest.mark.parametrize("packed", [False, True])
def test_a_record_among_others_is_cut_out_alone(tmp_path: Path, packed: bool) -> None:
    plain = warc(*(answer(f"https://herald.example/{n}", about(n)) for n in range(3)))
    file = written(tmp_path, squeezed(plain) if packed else plain)
    writing.write(harvested(file, subject(tmp_path)), tmp_path / "out")
    cut = [cut_out(path, tmp_path / "records") for path in sorted((tmp_path / "out/candidates").iterdir())]
    found = [gzip.decompress(path.read_bytes()) if packed else path.read_bytes() for path in cut]
    assert {path.suffixes[-1] for path in cut} == {".gz" if packed else ".warc"}
    assert sorted(found) == sorted(b"WARC/1.0" + part for part in plain.split(b"WARC/1.0")[2:])


def test_a_candidate_whose_page_is_gone_is_not_taken_in(tmp_path: Path) -> None:
    file = written(tmp_path, many(2))
    writing.write(harvested(file, subject(tmp_path)), tmp_path / "out")
    (candidate,) = (tmp_path / "out/candidates").iterdir()
    for change, said in (
        (many(4)[::-1], "any more"),
        (warc(answer("https://herald.example/1", about(5)), packed=True), "any more"),
        (b"", "any more"),
        (None, "no such file or directory"),
    ):
        Path(file).unlink() if change is None else written(tmp_path, change)
        with pytest.raises(ContentError, match=f"HARVEST-RECORD .*{said}"):
            cut_out(candidate, tmp_path / "records")
    candidate.write_text("id: x\n")
    with pytest.raises(ContentError, match="HARVEST-RECORD this is no candidate of a harvest"):
        cut_out(candidate, tmp_path / "records")
