"""What a page reads of the archive is noted: while all of it is the same, so is the page, to the byte."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotated_archive import pages
from annotated_archive.graph import Graph, resolve
from annotated_archive.graph.tracing import Key, Traced, TracedArchive
from annotated_archive.pages import draft
from annotated_archive.records import yamlio
from annotated_archive.store import Archive, load
from language import ArchiveText, actor, archive, article, event, place, treaty, works

SETTINGS = pages.Settings("Test archive", "contact@archive.example", "", sides=("eastland", "westmark"))
CLAIM = {
    "event": "shelling", "measure": "deaths", "subject": {"side": "eastland", "category": "servicemen"},
    "value": {"number": 49, "as_written": "49"}, "as_of": "2022-09-13", "claimant": "ministry", "stance": "own-losses",
}  # fmt: skip
ANSWER = {
    "position": {"question": "who-fired", "as_quoted": "they did"}, "event": "shelling", "as_of": "2022-09-13",
    "claimant": "ministry",
}  # fmt: skip


def noted(name: str, of: str, exact: str | None, kind: str = "note", **more: object) -> dict[str, str | bytes]:
    """An annotation of words of an article; without words, of all of it."""
    target = {"part": "body", "exact": exact} if exact else {"part": "body"}
    record = {
        "id": name, "kind": kind, "article": of, "targets": [target], "body": f"About {exact}.",
        "author": {"name": "Ani"}, "created": "2026-11-20T10:00:00Z", "license": "CC-BY-4.0", "status": "open",
    }  # fmt: skip
    return {f"archive/annotations/{of}/{name}.yml": yamlio.write(record | more)}


def fact(text: str) -> dict[str, object]:
    return {"text": text, "cite": ["a-work"]}


def valley(folder: Path) -> ArchiveText:
    """A small archive with something of every kind."""
    reply = {"targets": [{"annotation": "aaaaaaa1"}], "body": "Indeed."}
    return archive(
        folder,
        works("a-work"),
        place("eastland", type="country"), place("westmark", type="country"),
        place("velm", within="eastland", facts=[fact("Sotk lies near Velm.")]), place("sotk"),
        actor("ministry", side="eastland"), actor("gazette", type="outlet"),
        treaty("accord", parties=["eastland", "westmark"]),
        event("shelling", places=["velm"]), event("first-shot", part_of_event="shelling"),
        article("first", "Shells fell on Velm. Then 49 died.\n\nVelm and Sotk burned.", source="gazette"),
        article("second", "Nothing fell on Velm.\n\nThe Ministry said they did it.", credited="Gazette"),
        article("third", "Sotk is quiet.", rights={"statement": "Theirs.", "publish": "metadata"}),
        noted("aaaaaaa1", "first", "fell on"), noted("aaaaaaa2", "first", "burned", "correction"),
        noted("aaaaaaa3", "first", "49", "claim", claim=CLAIM),
        noted("aaaaaaa4", "second", "they did", "claim", claim=ANSWER),
        noted("aaaaaaa5", "second", None, "question"), noted("aaaaaaa6", "first", None, **reply),
        {
            "archive/questions.yml": yamlio.write([{"id": "who-fired", "question": "Who fired?", "event": "shelling"}]),
            "docs/index.md": "# Home\n", "docs/about/page.md": "# About\n\nVelm.[^a-work]\n",
        },
    )  # fmt: skip


Made = dict[str, tuple[pages.Page | pages.File | str, dict[Key, str]]]


def made(root: Path) -> tuple[Made, Traced]:
    """Every page and file with the digests of what it read, and the graph that gives them."""
    graph = resolve(load(root))
    site = pages.site_of(graph, SETTINGS)
    found: Made = {}

    def keep(path: str, make: Callable[[], pages.Page | pages.File | str]) -> None:
        with site.graph.noting() as keys:
            page = make()
        found[path] = page, {key: site.graph.digest(key) for key in keys}

    for job in pages.jobs(graph, SETTINGS, rules=[("A-B", "a", "b", "c")]):
        keep(job.path, partial(job.make, site))
    keep("home", partial(pages.home_html, graph, SETTINGS))
    for doc in graph.archive.docs.values():
        keep(f"docs/{doc.name}", partial(pages.doc_markdown, graph, SETTINGS, doc))
    return found, site.graph


def stale(before: Made, root: Path) -> set[str]:
    """The pages that read something that changed. Asserts that all others are what they were."""
    after, graph = made(root)
    found = set()
    for path, (page, keys) in before.items():
        if any(graph.digest(key) != digest for key, digest in keys.items()):
            found.add(path)
        elif path in after:
            assert after[path][0] == page, path
    return found


class Before(tuple[ArchiveText, Made]):
    """Hypothesis writes down what a test is given: this in one word."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "before"


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Before:
    text = valley(tmp_path_factory.mktemp("before"))
    return Before((text, made(text.root)[0]))


def edited(text: ArchiveText, path: str, old: str, new: str) -> None:
    whole = text.file(path)
    assert old in whole, whole
    text.write({path: whole.replace(old, new, 1)})


DIGESTS = ("piece_digest", "backlink_digest", "together_digest", "shared_digest")


def test_nothing_of_a_graph_or_an_archive_is_read_unnoted() -> None:
    """What is inherited as it is reads nothing itself, or by what notes it."""
    for traced, plain, inherited in (
        (Traced, Graph, {"chain", "work", "block_mentions", "place_all", *DIGESTS}),
        (TracedArchive, Archive, {"build", "original_file", "annotations_of", "unread"}),
    ):
        public = {name for name in vars(plain) if not name.startswith("_")}
        assert public - vars(traced).keys() <= inherited, plain


def test_what_is_not_given_cannot_be_read(before: Before) -> None:
    traced = Traced(resolve(load(before[0].root)))
    for name in ("manifest", "root", "digests", "problems"):
        with pytest.raises(AttributeError, match="nothing notes it"):
            getattr(traced.archive, name)
    with pytest.raises(AttributeError):
        traced.archive.build  # noqa: B018


def test_a_template_that_changes_makes_the_pages_stale_that_use_it(
    before: Before, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = draft.environment().loader
    assert known is not None
    source = known.get_source

    def changed(environment: object, name: str) -> object:
        text, *rest = source(environment, name)  # type: ignore[arg-type]
        return (text + "x" if name == "note.html" else text, *rest)

    monkeypatch.setattr(known, "get_source", changed)
    digests = {name: draft.template_digest(name) for name in ("article.html", "rules.html")}
    monkeypatch.undo()
    assert digests["article.html"] != draft.template_digest("article.html")
    assert digests["rules.html"] == draft.template_digest("rules.html")


def test_a_changed_annotation_makes_few_pages_stale(before: Before, tmp_path: Path) -> None:
    text = valley(tmp_path)
    edited(text, "archive/annotations/first/aaaaaaa1.yml", "About fell on", "Of")
    assert {path for path in stale(before[1], text.root) if not path.startswith("annotations/")} == {
        "articles/first.md",
    }


def test_an_annotation_more_makes_the_pages_stale_that_show_numbers_of_others(
    before: tuple[ArchiveText, Made], tmp_path: Path
) -> None:
    text = valley(tmp_path)
    text.write(noted("aaaaaaa7", "first", "Shells"))
    assert {path for path in stale(before[1], text.root) if not path.startswith("annotations/")} == {
        "articles/first.md",
        "places/velm.md", "places/sotk.md",  # they quote the article, whose correction has another number now
        "home",  # so does its card
        "said/shelling-deaths.md",  # a claim in the article, whose words may be corrected
    }  # fmt: skip


def test_a_changed_fact_makes_few_pages_stale(before: tuple[ArchiveText, Made], tmp_path: Path) -> None:
    text = valley(tmp_path)
    edited(text, "archive/authority/places/velm.yml", "Sotk lies near Velm.", "Sotk lies far from Velm.")
    assert stale(before[1], text.root) == {"places/velm.md", "places/index.md", "assets/previews/velm.js"}


def test_a_page_notes_the_same_whichever_is_made_first(before: tuple[ArchiveText, Made]) -> None:
    """What one page was the first to ask is noted by the others that ask it too."""
    graph = resolve(load(before[0].root))
    site = pages.site_of(graph, SETTINGS)
    jobs = pages.jobs(graph, SETTINGS, rules=[("A-B", "a", "b", "c")])
    for job in [*reversed(jobs), *jobs]:
        with site.graph.noting() as keys:
            job.make(site)
        assert keys == before[1][job.path][1].keys(), job.path
    for _ in range(2):
        for doc in graph.archive.docs.values():
            with site.graph.noting() as keys:
                pages.doc_markdown(graph, SETTINGS, doc)
            assert keys == before[1][f"docs/{doc.name}"][1].keys()


def test_whatever_is_read_of_a_graph_is_noted_each_time(before: tuple[ArchiveText, Made]) -> None:
    traced = Traced(resolve(load(before[0].root)))
    asked: dict[str, Callable[[], object]] = {
        name: partial(_read, owner, name)
        for owner in (traced, traced.archive)
        for kind in type(owner).__mro__[:-1]
        for name, member in vars(kind).items()
        if not name.startswith("_") and isinstance(member, property | cached_property) and name not in NOT_READ
    }
    assert {"matcher", "articles", "docs", "outlines", "timeline"} <= asked.keys()
    for name, ask in asked.items():
        noted = []
        for _ in range(2):
            with traced.noting() as keys:
                ask()
            noted.append(keys)
        assert noted[0] == noted[1] != set(), name


NOT_READ = {"record", "annotation", "private", "build", "annotations_of", "unread", "digests"}
"""What says nothing of the record, cannot be read, or is for queries."""


def _read(owner: object, name: str) -> object:
    """All of what is read."""
    found = getattr(owner, name)
    return list(found) if hasattr(found, "__iter__") else found


def test_a_name_makes_stale_what_the_matcher_was_asked_for_and_a_fact_does_not(tmp_path: Path) -> None:
    text = valley(tmp_path)
    digest = Traced(resolve(load(text.root))).digest(("forms", "*"))
    edited(text, "archive/authority/places/velm.yml", "Sotk lies near Velm.", "Sotk lies far from Velm.")
    assert Traced(resolve(load(text.root))).digest(("forms", "*")) == digest
    _in("archive/authority/places/velm.yml", forms=["Velmi"])(text)
    assert Traced(resolve(load(text.root))).digest(("forms", "*")) != digest


def test_a_renamed_entity_makes_the_pages_stale_that_name_it(before: Before, tmp_path: Path) -> None:
    text = valley(tmp_path)
    edited(text, "archive/authority/treaties/accord.yml", "name: Accord", "name: The accord of then")
    assert {path for path in stale(before[1], text.root) if path.endswith(".md")} <= {
        "treaties/accord.md", "treaties/index.md", "places/eastland.md", "places/westmark.md",
    }  # fmt: skip


ENTITIES = {"places/velm": "Velm", "places/sotk": "Sotk", "actors/ministry": "Ministry", "events/shelling": "Shelling"}
NOTES = ["first/aaaaaaa1", "first/aaaaaaa2", "first/aaaaaaa3", "second/aaaaaaa4", "second/aaaaaaa5", "first/aaaaaaa6"]
Edit = Callable[[ArchiveText], None]


def _in(path: str, **more: object) -> Edit:
    """Sets values of a YAML file."""

    def edit(text: ArchiveText) -> None:
        if (text.root / path).exists():
            data = yamlio.read(text.file(path), path).data
            assert isinstance(data, dict)
            text.write({path: yamlio.write(data | more)})

    return edit


def _front(name: str, line: str, new: str) -> Edit:
    """Replaces a line of an article's front matter, which begins so, or adds it."""

    def edit(text: ArchiveText) -> None:
        path = f"archive/articles/{name}.md"
        if (text.root / path).exists():
            head, body = text.file(path).removeprefix("---\n").split("---\n", 1)
            lines = [one for one in head.splitlines() if not one.startswith(f"{line}:")]
            text.write({path: "---\n" + "\n".join([*lines, f"{line}: {new}"]) + f"\n---\n{body}"})

    return edit


def _gone(path: str) -> Edit:
    return lambda text: (text.root / path).unlink(missing_ok=True)


def _new(files: dict[str, str | bytes]) -> Edit:
    return lambda text: text.write(files) and None  # type: ignore[func-returns-value]


EDITS: list[Edit] = [
    *(_in(f"archive/authority/{path}.yml", name=f"{name} hill") for path, name in ENTITIES.items()),
    *(_in(f"archive/authority/{path}.yml", forms=["Nothing"]) for path in ENTITIES),
    *(_in(f"archive/authority/{path}.yml", facts=[fact("Velm was seen.")]) for path in ENTITIES),
    *(_in(f"archive/authority/{path}.yml", summary="Near Sotk.", summary_cite=["a-work"]) for path in ENTITIES),
    *(_in(f"archive/annotations/{path}.yml", body="Other words.") for path in NOTES),
    *(_in(f"archive/annotations/{path}.yml", status="withdrawn", reason="A slip.") for path in NOTES),
    *(_gone(f"archive/annotations/{path}.yml") for path in NOTES),
    *(_front(name, "title", "Another title") for name in ("first", "second", "third")),
    *(_front(name, "date", "2023-01-01") for name in ("first", "second", "third")),
    _front("first", "credited", "Gazette"),
    _front("third", "author", "Somebody"),
    _new(article("second", "Nothing fell on Sotk.\n\nThe Ministry said they did it.")),
    _new(article("fourth", "Velm again. Shells fell on Velm.", date="2022-09-20", source="gazette")),
    _new(noted("aaaaaaa7", "third", None)),
    _new(noted("aaaaaaa8", "second", "fell", "correction")),
    _new(place("edge", within="velm")),
    _new({"docs/about/page.md": "# About us\n\nSotk.\n", "docs/contribute/index.md": "# How\n"}),
    *(_in(f"archive/annotations/{path}.yml", created="2026-11-19T10:00:00Z") for path in NOTES[:3]),
    _in("archive/annotations/first/aaaaaaa1.yml", targets=[{"part": "body", "exact": "Sotk burned"}]),
    _new(noted("aaaaaaa9", "first", None, targets=[{"annotation": "aaaaaaa2"}], body="No.")),
    _in("archive/authority/events/shelling.yml", date="2021"),
    _in("archive/authority/places/velm.yml", type="city", location={"lat": 40.1, "lon": 45.2, "cite": ["a-work"]}),
    _new({"archive/originals/first.txt": "Another original."}),
    _in("archive/authority/places/velm.yml", within="westmark"),
    _in("archive/authority/actors/ministry.yml", side="westmark"),
    lambda text: edited(text, "archive/bibliography.yml", "title: ", "title: The ") if "The The" not in text.file(
        "archive/bibliography.yml") else None,
    lambda text: text.write({"archive/questions.yml": yamlio.write(
        [{"id": "who-fired", "question": "Who fired first?", "event": "first-shot"}])}) and None,
]  # fmt: skip


@settings(max_examples=int(os.environ.get("ARCHIVE_TRACED_EDITS", "10")), deadline=None)
@given(st.lists(st.integers(0, len(EDITS) - 1), min_size=1, max_size=4))
def test_what_read_nothing_that_changed_is_the_same(before: Before, edits: list[int]) -> None:
    """`ARCHIVE_TRACED_EDITS` says how many archives are edited."""
    with TemporaryDirectory() as folder:
        text = valley(Path(folder))
        for edit in edits:
            EDITS[edit](text)
        stale(before[1], text.root)
