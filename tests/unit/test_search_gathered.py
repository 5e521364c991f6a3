"""Documents that are kept from one build to the next, and the process in which the search is made."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from edits import CONFIG, Editor, start
from test_search_documents import RECORD, first, note

from annotated_archive.graph import Graph, resolve
from annotated_archive.pages import Settings
from annotated_archive.search import gathered as room
from annotated_archive.search.cache import Cache
from annotated_archive.search.document import Document, Name
from annotated_archive.search.documents import Job, documents, jobs
from annotated_archive.search.gathered import LIST, gathered
from annotated_archive.search.pagefind import SearchError
from annotated_archive.search.spool import taken
from annotated_archive.site import lasting, searching
from annotated_archive.site.content import Content
from annotated_archive.site.searching import FOLDER, Searching
from annotated_archive.store import load, plain
from language import ArchiveText, archive, article, place, works

SETTINGS = Settings("Test archive", "contact@archive.example", "")
CASES = int(os.environ.get("SEARCH_EDITS", "6"))


def content(made: ArchiveText) -> Content | None:
    """What the archive holds now; None where it is broken."""
    read = load(made.root)
    return None if read.problems else Content(made.root, resolve(read), SETTINGS)


def kept(made: Content, folder: Path, version: str = "1") -> tuple[dict[str, Document], list[str]]:
    """All documents by id, with the help of what is kept in a folder; and the jobs that were done."""
    done: list[str] = []

    def noted(job: Job) -> Job:
        def make() -> Iterable[Document]:
            done.append(job.id)
            return job.make()

        return Job(job.id, make, job.besides)

    with Cache(folder) as cache:
        found = map(noted, jobs(made.graph, made.words))
        entries, remember = gathered(found, made.traced, cache, version)
        remember()
        return {document.id: document for document in taken(entries)}, sorted(done)


def anew(made: Content) -> dict[str, Document]:
    return {document.id: document for document in documents(made.graph, made.words)}


def small(folder: Path) -> ArchiveText:
    notes = note("anoteone", "Goris is quiet", body="Is it?") | note("anotetwo", "Sotk", article="second")
    return archive(folder, RECORD, first(), article("second", "Of Sotk nothing is known."), notes)


def now(made: ArchiveText) -> Content:
    found = content(made)
    assert found is not None
    return found


def test_what_has_not_changed_is_not_gathered_again(tmp_path: Path) -> None:
    made, cache = small(tmp_path), tmp_path / "cache"
    before, done = kept(now(made), cache)
    assert before == anew(now(made)) and "articles/first" in done
    written = (cache / LIST).stat()
    assert kept(now(made), cache) == (before, [])
    assert (cache / LIST).stat() == written
    made.write(note("anotetwo", "Sotk", article="second", body="Other words."))
    after, done = kept(now(made), cache)
    assert after == anew(now(made)) != before and done == ["articles/second"]
    assert kept(now(made), cache, version="2")[1] == sorted(job.id for job in jobs(now(made).graph, now(made).words))


def test_what_was_withdrawn_is_nowhere_in_the_cache(tmp_path: Path) -> None:
    made, cache = small(tmp_path), tmp_path / "cache"
    made.write(note("anotetwo", "Sotk", article="second", body="Nobody should read this."))

    def held() -> bool:
        return any(b"Nobody should read this" in path.read_bytes() for path in cache.rglob("*") if path.is_file())

    kept(now(made), cache)
    assert held()
    made.write(note("anotetwo", "Sotk", article="second", status="withdrawn"))
    kept(now(made), cache)
    assert not held()


def test_what_was_taken_away_is_nowhere_in_the_cache(tmp_path: Path) -> None:
    gone = works("a-work", "b-work", {"id": "c-work", "title": "Zebrafinch diary", "listed": True})
    made, cache = small(tmp_path), tmp_path / "cache"
    made.write(works("a-work", "b-work"))
    before, _ = kept(now(made), cache)

    def held() -> bool:
        files = [path for path in cache.rglob("*") if path.is_file()]
        return any(word in path.read_bytes() for path in files for word in (b"Zebrafinch", b"c-work"))

    made.write(gone)
    kept(now(made), cache)
    assert held()
    made.write(works("a-work", "b-work"))
    assert kept(now(made), cache)[0] == before
    assert not held()


def test_of_what_is_left_nothing_is_gathered_again(tmp_path: Path) -> None:
    made, cache = small(tmp_path), tmp_path / "cache"
    made.write(article("third", "Of it nothing is known."), {"docs/more.md": "# More\n"})
    kept(now(made), cache)
    for path in ("docs/more.md", "archive/articles/third.md", "archive/ledgers/third.yml"):
        (made.root / path).unlink()
    found, done = kept(now(made), cache)
    assert found == anew(now(made)) and done == []


@pytest.mark.parametrize("harm", ["list", "documents", "no documents", "garbage", "empty"])
def test_what_is_damaged_is_gathered_again(tmp_path: Path, harm: str) -> None:
    made, cache = small(tmp_path), tmp_path / "cache"
    before, _ = kept(now(made), cache)
    (file,) = cache.glob("t-*/documents")
    match harm:
        case "list":
            (cache / LIST).write_bytes((cache / LIST).read_bytes()[:-9])
        case "documents":
            file.write_bytes(file.read_bytes().replace(b"Goris", b"Gorus"))
        case "no documents":
            shutil.rmtree(file.parent)
        case "garbage":
            listed = ("1", {}, str(cache), [("entity", "", "")], [""], [[1]])
            (cache / LIST).write_bytes(plain.packed(listed))
        case _:
            (cache / LIST).write_text("[]")
    after, done = kept(now(made), cache)
    assert after == before and done
    assert kept(now(made), cache) == (before, [])


def test_a_cache_that_was_moved_is_made_anew(tmp_path: Path) -> None:
    made, cache = small(tmp_path), tmp_path / "cache"
    before, done = kept(now(made), cache)
    cache.rename(tmp_path / "moved")
    assert kept(now(made), tmp_path / "moved") == (before, done)
    assert kept(now(made), tmp_path / "moved") == (before, [])


def test_what_nothing_reads_any_more_is_not_asked_for(tmp_path: Path) -> None:
    made, cache = small(tmp_path), tmp_path / "cache"
    kept(now(made), cache)
    assert b"anotetwo" in (cache / LIST).read_bytes()
    (made.root / "archive/annotations/second/anotetwo.yml").unlink()
    assert kept(now(made), cache)[0] == anew(now(made))
    assert b"anotetwo" not in (cache / LIST).read_bytes()


def test_documents_are_in_several_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "_TOGETHER", 1)
    made, cache = small(tmp_path), tmp_path / "cache"
    kept(now(made), cache)
    files = {path.name for path in cache.glob("t-*")}
    assert len(files) > 3
    made.write(note("anotetwo", "Sotk", article="second", body="Other words."))
    assert kept(now(made), cache)[0] == anew(now(made))
    assert len({path.name for path in cache.glob("t-*")} - files) == 1
    monkeypatch.setattr(room, "_TOGETHER", 3)  # as if there were more of them now
    assert kept(now(made), cache) == (anew(now(made)), [])


@pytest.mark.parametrize("seed", range(CASES))
def test_after_any_edits_the_documents_are_those_of_a_clean_build(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    made = archive(tmp_path / "made", CONFIG, start(dice))
    made.run("link")
    editor = Editor(made, dice)
    kept(now(made), tmp_path / "cache")
    for _ in range(4):
        shutil.copytree(made.root, tmp_path / "before")
        edits = [editor.edit() for _ in range(dice.randint(1, 2))]
        made.run("link")
        found = content(made) if made.run("check").exit != 1 else None
        if found is None:
            shutil.rmtree(made.root)
            (tmp_path / "before").rename(made.root)
            continue
        shutil.rmtree(tmp_path / "before")
        assert kept(found, tmp_path / "cache")[0] == anew(content(made) or found), edits


# Whether anything has changed at all


def made_in(made: ArchiveText, site: Path, by_hand: dict[str, str] | None = None) -> dict[str, bytes]:
    """Every file of the search of what the archive holds now, made in this process."""
    searching._make(now(made), by_hand or {}, site)
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def test_where_nothing_has_changed_nothing_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = small(tmp_path / "made")
    before = made_in(made, tmp_path / "site")
    asked: list[int] = []
    listed = searching.jobs
    monkeypatch.setattr(searching, "jobs", lambda *args: asked.append(1) or listed(*args))
    assert made_in(made, tmp_path / "site") == made_in(made, tmp_path / "other") == before and not asked
    made.write(note("anotetwo", "Sotk", article="second", body="Other words."))
    after = made_in(made, tmp_path / "site")
    assert len(asked) == 1 and after != before
    assert made_in(made, tmp_path / "site") == after and len(asked) == 1
    made_in(made, tmp_path / "site", {"index.md": "index"})
    monkeypatch.setattr(searching, "program", lambda: "another")
    made_in(made, tmp_path / "site", {"index.md": "index"})
    assert len(asked) == 3
    shutil.rmtree(now(made).graph.archive.build / "search")
    monkeypatch.undo()
    assert made_in(made, tmp_path / "site") == after


@pytest.mark.parametrize(
    "gone", ["i-*", "d-*", "n-*", "x-*", "t-*", "s-*", "s-*/note.json", "i-*/meta.js", LIST]
)
def test_what_is_missing_is_made_again_though_nothing_has_changed(tmp_path: Path, gone: str) -> None:
    made = small(tmp_path / "made")
    before = made_in(made, tmp_path / "site")
    kept = now(made).graph.archive.build / "search"
    (path,) = kept.glob(gone)
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    assert made_in(made, tmp_path / "site") == before
    assert made_in(made, tmp_path / "site") == before
    assert len(list(kept.glob("s-*"))) == 1


def test_while_no_entity_changes_names_are_not_gathered_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, asked, forms = small(tmp_path / "made"), [0], searching.forms

    def counted(graph: Graph) -> Iterator[Name]:
        asked[0] += 1
        yield from forms(graph)

    monkeypatch.setattr(searching, "forms", counted)
    before = made_in(made, tmp_path / "site")
    made.write(note("anotetwo", "Sotk", article="second", body="Other words."))
    assert made_in(made, tmp_path / "site") != before and asked == [1]
    (names,) = (now(made).graph.archive.build / "search").glob("n-*")
    shutil.rmtree(names)
    made.write(note("anotetwo", "Sotk", article="second", body="And others."))
    assert f"{FOLDER}/{names.name}/0.js" in made_in(made, tmp_path / "site") and asked == [2]
    made.write(place("tegh"))
    assert f"{FOLDER}/{names.name}/0.js" not in made_in(made, tmp_path / "site") and asked == [3]


# The process that makes the search


@pytest.mark.usefixtures("alone")
def test_the_search_is_made_in_another_process(tmp_path: Path) -> None:
    made = now(small(tmp_path))
    one = Searching(made, {}, tmp_path / "site")
    one.finish()
    one.abandon()
    assert (tmp_path / "site" / FOLDER / "manifest.js").is_file()
    assert not list((made.graph.archive.build / "search").glob(".new-*"))


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (SearchError("the disk is full"), "the disk is full"),
        (ValueError("a word"), "the search index could not be made: ValueError: a word"),
        (KeyboardInterrupt(), "the search index could not be made: KeyboardInterrupt: "),
        (None, "its process was ended, perhaps for want of memory"),
    ],
)
def test_what_goes_wrong_there_is_said_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: BaseException | None, said: str
) -> None:
    def fail(*_: object) -> None:
        if fault is None:
            os.kill(os.getpid(), signal.SIGKILL)
        else:
            raise fault

    monkeypatch.setattr(searching, "_make", fail)
    one = Searching(now(small(tmp_path)), {}, tmp_path / "site")
    with pytest.raises(SearchError) as error:
        one.finish()
    assert said in str(error.value)
    one.abandon()


def _sleeping(mark: str) -> list[int]:
    """The processes that sleep for `mark` seconds."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if path.read_bytes() == f"sleep\0{mark}\0".encode():
                found.append(int(path.parent.name))
        except OSError:
            continue
    return found


def _until(holds: Callable[[], bool]) -> bool:
    for _ in range(200):
        if holds():
            return True
        time.sleep(0.05)
    return False


RUN = """
import subprocess, sys, time
from annotated_archive.site import lasting, searching
searching._make = lambda *_: subprocess.run(["sleep", sys.argv[1]])
searching.Searching(None, {}, None)
print("begun", flush=True)
time.sleep(600)
"""


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are not listed in /proc")
def test_nothing_is_left_when_the_build_is_killed() -> None:
    mark = f"{3000 + os.getpid() / 1e7:.7f}"
    with subprocess.Popen([sys.executable, "-c", RUN, mark], stdout=subprocess.PIPE) as build:
        assert build.stdout and build.stdout.readline() == b"begun\n"
        assert _until(lambda: len(_sleeping(mark)) == 1)
        build.kill()
    assert _until(lambda: not _sleeping(mark))


@pytest.mark.usefixtures("alone")
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are not listed in /proc")
def test_what_is_abandoned_ends_with_all_that_it_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mark = f"{4000 + os.getpid() / 1e7:.7f}"
    monkeypatch.setattr(searching, "_make", lambda *_: subprocess.run(["sleep", mark], check=True))
    one = Searching(now(small(tmp_path)), {}, tmp_path / "site")
    assert _until(lambda: len(_sleeping(mark)) == 1)
    one.abandon()
    assert _until(lambda: not _sleeping(mark))


def test_what_cannot_have_changed_is_not_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An annotation changes; of names, articles and works nobody asks the state."""
    made = small(tmp_path)
    cache, to = tmp_path / "cache", tmp_path / "site"

    def make() -> set[str]:
        found = now(made)
        asked: list[str] = []
        digest = found.traced.digest
        monkeypatch.setattr(type(found.traced), "digest", lambda _, key: (asked.append(key[0]), digest(key))[1])
        monkeypatch.setattr(searching, "CACHE", str(cache))
        searching._make(found, {}, to)
        monkeypatch.undo()
        return set(asked)

    assert {"label", "article"} < make()
    made.write(note("anotetwo", "Sotk", article="second", body="Other words."))
    assert not make() & lasting.APART
    made.write(article("second", "Another text."))
    assert (asked := make()) > {"article", "mentions"} and "label" not in asked
