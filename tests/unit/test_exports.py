"""What goes out: annotations in the W3C's model, and claims as a table."""

from __future__ import annotations

import copy
import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from exchanged import AD, ALL, BASE, BODY, CLAIM, PUBLIC, TITLE, annotation, figure, made

from annotated_archive import exports
from annotated_archive.exports import collections
from annotated_archive.graph import Graph, resolve
from annotated_archive.graph.tracing import Key, Traced, traced
from annotated_archive.pages import Settings
from annotated_archive.site import build as site
from annotated_archive.site import content
from annotated_archive.store import AnnotationFile, load
from language import ArchiveText, article

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
IRI = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+", re.IGNORECASE)
MKDOCS = """
    === mkdocs.yml
    site_name: Test archive
    site_url: !ENV [SITE_URL, ""]
    use_directory_urls: false
    nav: [index.md]
    theme:
      name: material
    plugins:
      - annotated-archive
"""


def graph_of(made: ArchiveText) -> Graph:
    made.run("link")
    return resolve(load(made.root))


def listed(work: str) -> str:
    return "bibliography-2" if work == "b-work" else "bibliography"


def exported(graph: Graph, base: str = BASE) -> dict[str, str]:
    def say(file: AnnotationFile) -> str:
        assert file.record.claim
        return f"{file.record.claim.claimant} says so."

    return dict(exports.files(graph, "Test archive", base, say, listed))


@cache
def whole() -> dict[str, str]:
    """The exports of the archive with everything."""
    return exported(graph_of(made(Path(mkdtemp()), ALL)))


def collection(name: str = "all") -> dict[str, Any]:
    found = json.loads(whole()[f"annotations/{name}.jsonld"])
    assert isinstance(found, dict)
    return found


def items(name: str = "all") -> dict[str, dict[str, Any]]:
    """The annotations of a collection by the last part of their address."""
    return {item["id"].rpartition("#a-")[2]: item for item in collection(name)["first"]["items"]}


# The assertions that the W3C's test suite for the model makes with MUST, by the names of its files


def is_iri(value: Any) -> bool:
    return isinstance(value, str) and IRI.fullmatch(value) is not None


def has(value: Any, wanted: str) -> bool:
    return value == wanted or (isinstance(value, list) and wanted in value)


def several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def is_moment(value: Any) -> bool:
    return datetime.fromisoformat(value).tzinfo is not None


def one_iri(data: dict[str, Any], key: str) -> bool:
    return key not in data or is_iri(data[key])


def is_recognised(value: Any) -> bool:
    """An address, an external resource, a textual body, or a specific resource, and only one of these."""
    if isinstance(value, str):
        return is_iri(value)
    if "value" in value:
        return isinstance(value["value"], str) and not value.keys() & {"source", "selector", "items", "id"}
    if "source" in value:
        return is_iri(value["source"]) and "items" not in value
    return is_iri(value.get("id")) and "purpose" not in value


def selectors(annotation: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for target in several(annotation["target"]):
        if isinstance(target, dict):
            yield from several(target.get("selector", []))


def quote_is_valid(selector: dict[str, Any]) -> bool:
    texts = [selector.get(name, "") for name in ("exact", "prefix", "suffix")]
    return selector["type"] != "TextQuoteSelector" or ("exact" in selector and all(isinstance(t, str) for t in texts))


def position_is_valid(selector: dict[str, Any]) -> bool:
    if selector["type"] != "TextPositionSelector":
        return True
    return all(type(selector.get(name)) is int and selector[name] >= 0 for name in ("start", "end"))


def bodies(annotation: dict[str, Any]) -> list[Any]:
    return several(annotation["body"])


Musts = dict[str, tuple[Callable[[dict[str, Any]], bool], dict[str, Any]]]
ANNOTATION: Musts = {
    "3.1-annotationIdValidated": (lambda a: is_iri(a["id"]), {"id": "here"}),
    "3.1-annotationTypeValidated": (lambda a: has(a["type"], "Annotation"), {"type": "Note"}),
    "3.1-targetKeyFound": (lambda a: bool(a["target"]), {"target": []}),
    "3.2-bodyObjectsRecognized": (lambda a: all(map(is_recognised, bodies(a))), {"body": {"purpose": "linking"}}),
    "3.2-targetObjectsRecognized": (
        lambda a: all(map(is_recognised, several(a["target"]))), {"target": {"source": "there"}}),
    "3.2.5-notBodyBodyValue": (lambda a: not {"body", "bodyValue"} <= a.keys(), {"bodyValue": "x"}),
    "3.3.1-annotationCreatedValidated": (lambda a: is_moment(a["created"]), {"created": "2026-11-22T10:00:00"}),
    "3.3.1-annotationModifiedValidated": (
        lambda a: "modified" not in a or is_moment(a["modified"]), {"modified": "2026-11-22"}),
    "3.3.1-annotationGeneratedValidated": (
        lambda a: "generated" not in a or is_moment(a["generated"]), {"generated": "2026-11-22"}),
    "3.3.6-annotationRightsValidated": (lambda a: one_iri(a, "rights"), {"rights": "CC BY"}),
    "3.3.7-annotationCanonicalValidated": (lambda a: one_iri(a, "canonical"), {"canonical": "here"}),
    "3.3.7-annotationViaValidated": (lambda a: one_iri(a, "via"), {"via": "there"}),
    "3.2.1-bodyTextDirectionValidated": (
        lambda a: all(b.get("textDirection", "auto") in ("ltr", "rtl", "auto") for b in bodies(a)),
        {"body": {"type": "TextualBody", "value": "x", "textDirection": "up"}}),
    "3.3.1-bodyCreatedValidated": (
        lambda a: all("created" not in b or is_moment(b["created"]) for b in bodies(a)),
        {"body": {"value": "x", "created": "2026-11-22T10:00:00"}}),
    "3.3.6-bodyRightsValidated": (lambda a: all(one_iri(b, "rights") for b in bodies(a)), {"body": {"rights": "x"}}),
    "3.3.5-bodyEWRNoPurpose": (
        lambda a: not any("purpose" in b and not {"value", "source"} & b.keys() for b in bodies(a)),
        {"body": {"id": "https://x.example/", "purpose": "linking"}}),
    "4-bodyEmbeddedTextualNoSource": (
        lambda a: not any({"value", "source"} <= b.keys() for b in bodies(a)),
        {"body": {"value": "x", "source": "https://x.example/"}}),
    "3.2.7-bodyEmbeddedTextualNoItems": (
        lambda a: not any({"value", "items"} <= b.keys() for b in bodies(a)), {"body": {"value": "x", "items": []}}),
    "4.2-selectorValidIfPresent": (
        lambda a: all(isinstance(s.get("type"), str) for s in selectors(a)),
        {"target": {"source": BASE, "selector": {"exact": "x"}}}),
    "4.2.4-textQuoteSelectorValid": (
        lambda a: all(quote_is_valid(s) for s in selectors(a)),
        {"target": {"source": BASE, "selector": {"type": "TextQuoteSelector", "prefix": "x"}}}),
    "4.2-TextDataPositionSelectorValid": (
        lambda a: all(position_is_valid(s) for s in selectors(a)),
        {"target": {"source": BASE, "selector": {"type": "TextPositionSelector", "start": "5", "end": 6}}}),
}  # fmt: skip
COLLECTION: Musts = {
    "5.1-collectionContextValidated": (lambda c: has(c.get("@context"), CONTEXT), {"@context": "https://x.example/"}),
    "5.1-collectionIdValidated": (lambda c: is_iri(c["id"]), {"id": "all"}),
    "5.1-collectionTypeValidated": (lambda c: has(c["type"], "AnnotationCollection"), {"type": "Collection"}),
    "5.1-collectionLabelValidated": (lambda c: isinstance(c.get("label", ""), str), {"label": 5}),
    "5.1-collectionTotalValidated": (lambda c: type(c["total"]) is int and c["total"] >= 0, {"total": -1}),
    "5.1-collectionFirstValidated": (
        lambda c: c["total"] == 0 or is_iri(c["first"]) or has(c["first"]["type"], "AnnotationPage"),
        {"first": {"type": "Page"}}),
    "5.1-collectionLastValidated": (lambda c: one_iri(c, "last"), {"last": "end"}),
}  # fmt: skip
PAGE: Musts = {
    "5.2-pageIdValidated": (lambda p: is_iri(p["id"]), {"id": "1"}),
    "5.2-pageTypeValidated": (lambda p: has(p["type"], "AnnotationPage"), {"type": "Page"}),
    "5.2-pageItemsValidated": (
        lambda p: all(is_iri(i) or has(i["type"], "Annotation") for i in p["items"]), {"items": [{"type": "x"}]}),
    "5.2-pageStartIndexValidated": (
        lambda p: type(p["startIndex"]) is int and p["startIndex"] >= 0, {"startIndex": "0"}),
    "5.2-pagePartOfValidated": (lambda p: is_iri(p["partOf"]["id"]), {"partOf": {"id": "all"}}),
    "5.2-pageNextValidated": (lambda p: one_iri(p, "next"), {"next": "2"}),
    "5.2-pagePrevValidated": (lambda p: one_iri(p, "prev"), {"prev": "1"}),
    "5.2-pageTotalValidated": (lambda p: type(p["partOf"]["total"]) is int, {"partOf": {"id": BASE, "total": "1"}}),
    "5.2-pageLabelValidated": (lambda p: isinstance(p["partOf"]["label"], str), {"partOf": {"id": BASE, "label": 1}}),
}  # fmt: skip


@pytest.mark.parametrize("name", ANNOTATION)
def test_every_annotation_keeps_what_the_model_demands(name: str) -> None:
    holds, slip = ANNOTATION[name]
    for found in collection()["first"]["items"]:
        assert holds(found), found
        assert not holds(copy.deepcopy(found) | slip)


@pytest.mark.parametrize("name", COLLECTION)
def test_every_collection_keeps_what_the_model_demands(name: str) -> None:
    holds, slip = COLLECTION[name]
    for found in (collection(), collection("first")):
        assert holds(found)
        assert not holds(found | slip)


@pytest.mark.parametrize("name", PAGE)
def test_every_page_keeps_what_the_model_demands(name: str) -> None:
    holds, slip = PAGE[name]
    for found in (collection()["first"], collection("first")["first"]):
        assert holds(found)
        assert not holds(found | slip)


def test_a_collection_of_more_than_a_page_has_a_page_for_each_article_and_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collections, "PAGE", 4)
    out = exported(graph_of(made(Path(mkdtemp()), ALL))).items()
    files = {name.removeprefix("annotations/"): json.loads(text) for name, text in out if name.endswith(".jsonld")}
    names = ["all.first.jsonld", "all.first.2.jsonld", "all.first.3.jsonld", "all.work_b-work.jsonld"]
    assert sorted(files) == sorted(["first.jsonld", "first.2.jsonld", "first.3.jsonld", *names, "all.jsonld"])
    whole, pages = files["all.jsonld"], [files[name] for name in names]
    ids = [f"{BASE}annotations/{name}" for name in names]
    assert (whole["first"], whole["last"], whole["total"]) == (ids[0], ids[-1], len(PUBLIC))
    assert [page["id"] for page in pages] == ids
    assert [page.get("next") for page in pages] == [*ids[1:], None]
    assert [page.get("prev") for page in pages] == [None, *ids[:-1]]
    assert [item["id"][-8:] for page in pages for item in page["items"]] == list(items())
    for holds, _ in COLLECTION.values():
        assert holds(whole)
    for page in pages:
        assert page["@context"] == CONTEXT and page["partOf"]["id"] == whole["id"]
        for name, (holds, _) in PAGE.items():
            assert name in ("5.2-pageStartIndexValidated", "5.2-pageTotalValidated") or holds(page)
    own = [files["first.jsonld"]["first"], files["first.2.jsonld"], files["first.3.jsonld"]]
    assert [page["startIndex"] for page in own] == [0, 4, 8]
    assert [page.get("next") for page in own] == [own[1]["id"], own[2]["id"], None]
    assert [page.get("prev") for page in own] == [None, own[0]["id"], own[1]["id"]]
    assert files["first.jsonld"]["last"] == own[2]["id"] == f"{BASE}annotations/first.3.jsonld"
    assert [page["items"] for page in own] == [page["items"] for page in pages[:-1]]
    for page in own:
        for holds, _ in PAGE.values():
            assert holds(page)


@pytest.mark.parametrize("size", [4, 1000])
def test_a_file_is_the_same_while_nothing_that_it_was_made_of_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(collections, "PAGE", size)
    other = article("other", "Shells fell on Kapan.") | annotation("anoteoth", "note", article="other", body="Words.")
    archive = made(tmp_path, ALL | other)
    archive.run("link")

    def now() -> tuple[dict[str, str], dict[str, set[Key]], Traced]:
        graph = resolve(load(archive.root))
        found, keys = {}, {}
        for job in exports.jobs(graph, "Test archive", BASE, lambda file: f"{file.record.id} says so.", listed):
            with traced(graph).noting() as keys[job.path]:
                found[job.path] = job.make()
        return found, keys, traced(graph)

    before, read, state = now()
    digests = {key: state.digest(key) for keys in read.values() for key in keys}
    archive.write(annotation("anoteoth", "note", article="other", body="Other words."))
    after, _, state = now()
    stale = {path for path, keys in read.items() if any(state.digest(key) != digests[key] for key in keys)}
    changed = {path for path in before if before[path] != after[path]}
    all_ = "annotations/all.other.jsonld" if size == 4 else "annotations/all.jsonld"
    assert before.keys() == after.keys()
    assert changed == {"annotations/other.jsonld", all_} <= stale
    assert "annotations/first.jsonld" not in stale


# What the annotations say


def test_what_is_withdrawn_or_removed_does_not_go_out_nor_do_replies_to_it() -> None:
    assert sorted(items()) == PUBLIC
    assert "For harm." not in "".join(whole().values())
    assert sorted(items("first")) == [name for name in PUBLIC if name != "workclm1"]


@pytest.mark.parametrize(
    ("identifier", "motivation"),
    [("anote001", "commenting"), ("correct1", "editing"), ("several1", "questioning"), ("alink001", "linking"),
     ("claima01", "describing"), ("replyto1", ["replying", "questioning"]), ("replyto2", ["replying", "commenting"])],
)  # fmt: skip
def test_each_kind_has_its_motivation(identifier: str, motivation: Any) -> None:
    assert items()[identifier]["motivation"] == motivation


def test_both_selectors_say_where_the_words_stand() -> None:
    quote, position = items()["correct1"]["target"]["selector"]
    assert (quote["type"], position["type"]) == ("TextQuoteSelector", "TextPositionSelector")
    assert BODY[position["start"] : position["end"]] == quote["exact"] == "Goris was quiet"
    assert BODY[: position["start"]].endswith(quote["prefix"])
    assert BODY[position["end"] :].startswith(quote["suffix"])


@pytest.mark.parametrize(("identifier", "part", "text"), [("alink001", "title", TITLE), ("setaside", "ledger", AD)])
def test_title_and_what_was_set_aside_are_named_and_counted_apart(identifier: str, part: str, text: str) -> None:
    target = items()[identifier]["target"]
    quote, position = target["selector"]
    assert target["source"] == f"{BASE}articles/first.html#{part}"
    assert text[position["start"] : position["end"]] == quote["exact"]


def test_targets_of_every_shape() -> None:
    page = f"{BASE}articles/first.html"
    assert items()["anote001"]["target"] == {"type": "SpecificResource", "source": page}
    assert [target["source"] for target in items()["several1"]["target"]] == [page, page]
    assert items()["replyto1"]["target"] == f"{page}#a-correct1"
    assert items()["workclm1"]["target"] == {
        "type": "SpecificResource", "source": f"{BASE}bibliography-2.html#b-work",
        "selector": {"type": "TextQuoteSelector", "exact": "105 were killed"},
    }  # fmt: skip


def test_credit_is_given_to_those_who_asked_for_it() -> None:
    assert items()["disputed"]["creator"] == {
        "type": "Person", "name": "Իշխան", "id": "https://orcid.org/0000-0002-1825-0097",
        "homepage": "https://github.com/ishkhan",
    }  # fmt: skip
    assert items()["anote001"]["creator"] == {"type": "Person", "name": "Ani"}


def test_text_citations_and_doubt_are_bodies() -> None:
    text, cited = items()["correct1"]["body"]
    assert text == {"type": "TextualBody", "value": "It was *not*.\n\n- see there", "format": "text/markdown",
                    "language": "en", "purpose": "editing"}  # fmt: skip
    assert cited == {"type": "SpecificResource", "source": f"{BASE}bibliography.html#a-work", "purpose": "linking"}
    doubt = items()["disputed"]["body"][1]
    assert (doubt["value"], doubt["purpose"]) == ("Two readers disagree.", "moderating")
    assert items()["workclm1"]["body"][2]["source"] == f"{BASE}articles/first.html"  # an article that is cited


def test_a_claim_is_a_sentence_and_its_data() -> None:
    sentence, data = items()["claima01"]["body"]
    assert (sentence["value"], sentence["format"]) == ("the-office says so.", "text/plain")
    assert data["format"] == "application/json"
    assert json.loads(data["value"])["claim"] == figure(49, via=["the-office"])
    relations = json.loads(items()["workclm1"]["body"][1]["value"])["relations"]
    assert relations == [{"type": "updates", "claim": "claima01"}]


@pytest.mark.parametrize("publish", ["excerpt", "metadata"])
def test_of_a_withheld_article_only_what_may_be_quoted_goes_out(tmp_path: Path, publish: str) -> None:
    secret = {"part": "body", "exact": "a secret", "prefix": "This is ", "suffix": " of mine", "start": 8}
    withheld = article("third", "This is a secret of mine.", title="Of Goris",
                       rights={"statement": "Of its author.", "publish": publish})  # fmt: skip
    notes = annotation("secret01", "note", secret, {"part": "title", "exact": "Goris"}, article="third")
    notes |= annotation("secret02", "claim", secret, article="third", claim=figure(5))
    files = exported(graph_of(made(tmp_path, withheld, notes)))
    body, title = json.loads(files["annotations/third.jsonld"])["first"]["items"][0]["target"]
    quoted = {"selector": {"type": "TextQuoteSelector", "exact": "a secret"}} if publish == "excerpt" else {}
    assert body == {"type": "SpecificResource", "source": f"{BASE}articles/third.html"} | quoted
    assert [selector["type"] for selector in title["selector"]] == ["TextQuoteSelector", "TextPositionSelector"]
    assert title["selector"][0]["exact"] == "Goris"
    row = {row["id"]: row for row in csv.DictReader(io.StringIO(files["claims.csv"]))}["secret02"]
    assert row["exact"] == ("a secret" if publish == "excerpt" else "")
    everything = "".join(files.values())
    assert "This is" not in everything and "of mine" not in everything
    assert ("secret of" if publish == "excerpt" else "a secret") not in everything


def test_words_that_lost_their_place_have_no_position(tmp_path: Path) -> None:
    lost = [{"exact": "No such words"}, {"exact": "Shells", "unplaced": "The words are gone."}]
    graph = graph_of(made(tmp_path, annotation("lostword", "note", *lost)))
    found = json.loads(exported(graph)["annotations/first.jsonld"])["first"]["items"][0]
    assert [target["selector"]["exact"] for target in found["target"]] == ["No such words", "Shells"]


def test_without_an_address_everything_is_relative_to_the_file() -> None:
    graph = graph_of(made(Path(mkdtemp()), ALL))
    files = exported(graph, base="")
    found = json.loads(files["annotations/all.jsonld"])
    here = "https://anywhere.example/deep/annotations/all.jsonld"
    assert urljoin(here, found["id"]) == here
    source = found["first"]["items"][0]["target"]["source"]
    assert urljoin(here, source).startswith("https://anywhere.example/deep/articles/first.html")
    assert "https://archive.example" not in "".join(files.values())


def test_the_same_archive_gives_the_same_bytes() -> None:
    assert exported(graph_of(made(Path(mkdtemp()), *reversed([{k: v} for k, v in ALL.items()])))) == whole()


def test_an_archive_without_annotations_has_an_empty_collection(tmp_path: Path) -> None:
    files = exported(graph_of(made(tmp_path)))
    assert list(files) == ["annotations/all.jsonld", "claims.csv"]
    empty = json.loads(files["annotations/all.jsonld"])
    assert (empty["total"], empty.keys() & {"first", "last"}) == (0, set())
    assert files["claims.csv"].count("\n") == 1


# Claims as a table


def rows(text: str) -> dict[str, dict[str, str]]:
    return {row["id"]: row for row in csv.DictReader(io.StringIO(text, newline=""), strict=True)}


def test_each_claim_is_one_row() -> None:
    found = rows(whole()["claims.csv"])
    assert sorted(found) == ["claima01", "workclm1"]
    assert {name: value for name, value in found["claima01"].items() if value} == {
        "id": "claima01", "event": "the-fighting", "measure": "deaths", "side": "goris-state",
        "category": "servicemen", "min": "49", "as_written": "49", "as_of": "2022-09-13", "claimant": "the-office",
        "stance": "own-losses", "via": "the-office", "carried_by": "first", "exact": "killing at least 49 soldiers",
        "start": "22", "status": "open", "created": "2026-11-22T10:00:00+04:00", "author": "Ani",
        "license": "CC-BY-4.0",
    }  # fmt: skip
    work = found["workclm1"]
    assert (work["carried_by"], work["relations"], work["cite"]) == ("b-work", "updates: claima01", "first")


def test_the_table_is_plain_csv(tmp_path: Path) -> None:
    position = {"event": "the-fighting", "position": {"question": "why", "as_quoted": 'They, "so\nto say", fired'},
                "as_of": "2022-09-13", "claimant": "the-office"}  # fmt: skip
    graph = graph_of(made(tmp_path, annotation("claimb01", "claim", "Shells fell", claim=position)))
    text = exported(graph)["claims.csv"]
    assert "\r" not in text and text.endswith("\n")
    assert text.splitlines()[0] == (
        "id,event,measure,side,all,category,number,min,max,approx,as_written,question,as_quoted,as_of,claimant,stance,"
        "via,relations,carried_by,exact,start,status,created,author,license,cite,corrected_by,correction"
    )
    row = rows(text)["claimb01"]
    assert (row["question"], row["as_quoted"]) == ("why", 'They, "so\nto say", fired')


def test_the_table_says_which_words_are_corrected(tmp_path: Path) -> None:
    claimed = annotation("claimb01", "claim", "Shells fell", claim=figure(5))
    fix = annotation("wrong001", "correction", "fell")
    text = exported(graph_of(made(tmp_path, claimed, fix)))["claims.csv"]
    row = rows(text)["claimb01"]
    assert (row["corrected_by"], row["correction"]) == ("wrong001", "What I *think* of it.")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "＝", "＋", "－", "＠"])
def test_no_text_is_a_formula_for_a_spreadsheet(start: str, tmp_path: Path) -> None:
    quoted = f"{start}HYPERLINK(1)" if start.strip() else "x"
    value = {"number": 5, "approx": True, "as_written": quoted}
    notes = annotation("claimb01", "claim", {"exact": f"{start}cmd|calc"}, claim=figure(5, value=value))
    row = rows(exported(graph_of(made(tmp_path, notes)))["claims.csv"])["claimb01"]
    assert row["exact"] == f"'{start}cmd|calc"
    assert (row["number"], row["approx"]) == ("5", "true")
    if start.strip():
        assert row["as_written"] == f"'{quoted}"


# The site, and the command


def test_the_site_publishes_the_files_and_its_pages_name_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_URL", BASE)
    small = made(tmp_path, MKDOCS, ALL)
    small.run("link")
    site.build(small.root, tmp_path / "site", strict=False)
    site.generate(small.root, tmp_path / "tree")
    for form, names in (("jsonld", {"annotations/all.jsonld", "annotations/first.jsonld"}), ("csv", {"claims.csv"})):
        run = small.run("export", form, "--to", str(tmp_path / form))
        assert (run.exit, run.stderr) == (0, "")
        written = {path.relative_to(tmp_path / form).as_posix() for path in (tmp_path / form).rglob("*.*")}
        assert written == names
        for name in names:
            assert (tmp_path / form / name).read_bytes() == (tmp_path / "site" / name).read_bytes()
            assert (tmp_path / form / name).read_bytes() == (tmp_path / "tree" / name).read_bytes()
    page = (tmp_path / "site/articles/first.html").read_text("utf-8")
    head = page.partition("</head>")[0]
    [link] = re.findall(r'<link rel="alternate" type="([^"]*)" href="([^"]*)">', head)
    assert link == (f"application/ld+json; profile=&#34;{CONTEXT}&#34;", "../annotations/first.jsonld")
    assert 'rel="alternate"' not in (tmp_path / "site/articles/second.html").read_text("utf-8")
    for item in json.loads((tmp_path / "site/annotations/first.jsonld").read_text("utf-8"))["first"]["items"]:
        assert f'id="{urlsplit(item["id"]).fragment}"' in page, item["id"]


def test_indexes_of_annotations_and_claims_name_their_files(tmp_path: Path) -> None:
    settings = Settings(name="Test", contact="contact@archive.example", repo_url="")
    small = made(tmp_path, CLAIM)
    small.run("link")
    read = content.read(small.root, settings)
    assert read.alternates("annotations/index.md") == [(content.ANNOTATIONS, "annotations/all.jsonld")]
    assert read.alternates("said/the-fighting-deaths.md") == [("text/csv", "claims.csv")]
    assert [read.alternates(path) for path in ("places/goris.md", "index.md", "articles/index.md")] == [[], [], []]
    said = json.loads(read.exported["annotations/all.jsonld"])["first"]["items"][0]["body"][0]["value"]
    assert said.startswith("The Office: at least 49 ") and "<" not in said


def test_what_the_check_refuses_is_not_exported(tmp_path: Path) -> None:
    small = made(tmp_path, MKDOCS, annotation("lostword", "note", {"exact": "No such words"}))
    run = small.run("export", "jsonld", "--to", str(tmp_path / "out"))
    assert run.exit == 1
    assert "NOTE-UNPLACED" in run.stderr and not (tmp_path / "out").exists()
