"""What comes in: W3C Web Annotations and Hypothesis, placed with certainty or not at all; and hostile files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from exchanged import ALL, ANNOTATIONS, ARTICLE_URL, BODY, CLAIM, CORRECTION, PUBLIC, annotation, made
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_exports import exported, graph_of

from annotated_archive.exports import collections
from annotated_archive.exports.admission import Terms, admit
from annotated_archive.exports.incoming import read
from annotated_archive.exports.markup import as_markdown
from annotated_archive.graph import Graph
from annotated_archive.records.annotation import Annotation
from annotated_archive.records.diagnostic import ContentError
from annotated_archive.store import annotation_text, load
from language import ArchiveText, Files, Run

FREE = "https://creativecommons.org/licenses/by/4.0/"
PAGE = "https://paper.example/2022/goris"
TERMS = Terms("imported", False, False, "2026-11-22T10:00:00Z")
Json = dict[str, Any]


def quote(exact: str, prefix: str = "", suffix: str = "") -> Json:
    return {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix}


def web(exact: str | None = "Shells fell", **fields: Any) -> Json:
    """A Web Annotation of another program."""
    target = {"source": PAGE, "selector": quote(exact)} if exact else PAGE
    body = {"type": "TextualBody", "value": "A remark.", "format": "text/markdown"}
    return {"@context": "http://www.w3.org/ns/anno.jsonld", "id": "https://other.example/1", "type": "Annotation",
            "rights": FREE, "created": "2022-09-15T10:00:00Z", "body": body, "target": target} | fields  # fmt: skip


def row(identifier: str = "AbC_1", exact: str | None = "Shells fell", **fields: Any) -> Json:
    """An annotation of Hypothesis."""
    target = [{"source": PAGE} | ({"selector": [{"type": "RangeSelector"}, quote(exact)]} if exact else {})]
    return {"id": identifier, "uri": PAGE, "created": "2022-09-15T10:00:00.123456+00:00", "text": "A *remark*.",
            "user": "acct:someone@hypothes.is", "group": "__world__", "tags": [],
            "permissions": {"read": ["group:__world__"]}, "target": target} | fields  # fmt: skip


def take(graph: Graph, data: Any, terms: Terms = TERMS) -> tuple[list[Annotation], list[str]]:
    """The annotations taken in, and why the others were left out."""
    admitted = admit(graph, read(json.dumps(data).encode(), "file.json"), terms)
    return admitted.records, [reason for _, reason in admitted.left]


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    return graph_of(made(tmp_path_factory.mktemp("import")))


def one(graph: Graph, data: Any, terms: Terms = TERMS) -> Annotation:
    [record], left = take(graph, data, terms)
    assert left == []
    return record


def reason(graph: Graph, data: Any, terms: Terms = TERMS) -> str:
    records, [why] = take(graph, data, terms)
    assert records == []
    return why


# There and back


def public(files: Files) -> dict[str, str]:
    return {path: str(text) for path, text in files.items() if Path(path).stem in PUBLIC}


@pytest.mark.parametrize("base", ["https://archive.example/", ""])
def test_what_goes_out_comes_back_the_same(base: str, tmp_path: Path) -> None:
    out = exported(graph_of(made(tmp_path / "out", ALL)), base)
    back = made(tmp_path / "back", {"all.jsonld": out["annotations/all.jsonld"]})
    run = back.run("import", "all.jsonld", "--keep-names")
    assert (run.exit, run.stderr) == (0, "")
    written = {path: text.decode() for path, text in back.files().items() if path.startswith(ANNOTATIONS)}
    assert written.keys() == public(ALL).keys()
    again = load(back.root).annotations
    for identifier, file in load(tmp_path / "out" / "an-archive").annotations.items():
        if identifier in PUBLIC:
            assert again[identifier].record == file.record
            assert written[file.path] == annotation_text(file.record)
    assert [line for line in back.check() if ANNOTATIONS in line] == []
    assert exported(graph_of(back), base) == out


def test_a_collection_in_several_files_comes_back_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collections, "PAGE", 4)
    out = exported(graph_of(made(tmp_path / "out", ALL)))
    files = {name.removeprefix("annotations/"): text for name, text in out.items() if name.endswith(".jsonld")}
    back = made(tmp_path / "back", files)
    assert (run := back.run("import", "all.jsonld", "--keep-names")).exit == 0, run.stderr
    assert exported(graph_of(back)) == out


@pytest.mark.parametrize("address", ["https://x.example/all.first.jsonld", "../all.first.jsonld", "all.first.jsonld"])
def test_pages_that_are_not_beside_a_collection_are_asked_for(tmp_path: Path, address: str) -> None:
    page = json.dumps({"type": "AnnotationPage", "items": [web()], "next": "all.2.jsonld"})
    whole = {"type": "AnnotationCollection", "id": "all.jsonld", "first": address}
    small = made(tmp_path, {"in/all.jsonld": json.dumps(whole), "all.first.jsonld": page})
    run = small.run("import", "in/all.jsonld")
    assert "IMPORT-FILE" in run.stderr and "is not a file beside it" in run.stderr


def test_pages_that_lead_in_a_circle_end(graph: Graph) -> None:
    page = json.dumps({"items": [web()], "next": "here/2.json"}).encode()
    whole = json.dumps({"id": "here/all.json", "first": "here/2.json"}).encode()
    with pytest.raises(ContentError, match="is not a file beside it"):
        read(whole, "all.json", lambda _: page)


def test_a_second_import_changes_nothing(tmp_path: Path) -> None:
    small = made(tmp_path, {"h.json": json.dumps({"rows": [row(), row("AbC_2", "Goris was quiet")]})})
    assert small.run("import", "h.json").stdout.endswith("2 annotations taken in, 0 here already, 0 left out.\n")
    before = small.files()
    assert small.run("import", "h.json").stdout == "0 annotations taken in, 2 here already, 0 left out.\n"
    assert small.files() == before


def test_what_reads_differently_here_is_said_and_not_taken_in_again(tmp_path: Path) -> None:
    items = {"rows": [row()], "total": 1}
    small = made(tmp_path, {"h.json": json.dumps(items)})
    small.run("import", "h.json")
    [path] = [path for path in small.files() if path.startswith(ANNOTATIONS)]
    differs = f"it is here already as {Path(path).stem}, and reads differently: compare the two.\n"
    small.write({path: small.file(path).replace("A *remark*.", "A better remark.")})
    reply = row("B", None, references=["AbC_1"], text="I agree.")  # to what an earlier import took in
    small.write({"h.json": json.dumps({"rows": [row(), reply]})})
    run = small.run("import", "h.json")
    assert "1 annotation taken in, 0 here already, 1 left out.\n" in run.stdout
    assert (run.exit, run.stderr.endswith(differs)) == (1, True)
    assert "A better remark." in small.file(path)
    out = exported(graph_of(small))["annotations/all.jsonld"]
    small.write({path: small.file(path).replace("A better", "An even better"), "o.json": out})
    run = small.run("import", "o.json")
    assert "0 annotations taken in, 1 here already, 1 left out.\n" in run.stdout and run.stderr.endswith(differs)


def test_lists_of_files_of_one_name_do_not_overwrite_each_other(tmp_path: Path) -> None:
    small = made(tmp_path, {f"{n}/h.json": json.dumps([row(f"id{n}", "No such words")]) for n in (1, 2)})
    for n in (1, 2):
        assert small.run("import", f"{n}/h.json").exit == 1
    assert len([path for path in small.files() if path.startswith("build/import/h-")]) == 2


def test_what_was_removed_here_does_not_come_back(tmp_path: Path) -> None:
    out = exported(graph_of(made(tmp_path / "out", CORRECTION)))
    removed = annotation("correct1", "correction", "Goris was quiet", status="removed", reason="For harm.")
    graph = graph_of(made(tmp_path / "back", removed))
    assert reason(graph, json.loads(out["annotations/all.jsonld"])) == "it was removed from this archive"


def test_an_id_that_another_annotation_has_is_not_taken(tmp_path: Path) -> None:
    out = json.loads(exported(graph_of(made(tmp_path / "out", ALL)))["annotations/all.jsonld"])
    other = annotation("claima01", "note", "Shells", body="Something else.", created="2026-11-21T10:00:00Z")
    admitted = admit(graph_of(made(tmp_path / "back", other)), read(json.dumps(out).encode(), "x"), TERMS)
    assert admitted.left == []
    new = {record.id: record for record in admitted.records}
    [claim] = [record for record in new.values() if record.claim and record.article]
    assert claim.id != "claima01"
    assert new["workclm1"].relations[0].claim == claim.id


def test_two_annotations_of_one_id_are_two_and_the_same_twice_is_one(graph: Graph) -> None:
    records, left = take(graph, [web(), web("Goris was quiet"), web()])
    assert (len({record.id for record in records}), left) == (2, [])


# From other programs


@pytest.mark.parametrize("wrap", [
    lambda found: found[0], lambda found: found, lambda found: {"type": "AnnotationPage", "items": found},
    lambda found: {"type": "AnnotationCollection", "total": 1, "first": {"type": "AnnotationPage", "items": found}},
    lambda found: {"left": [{"reason": "none", "annotation": found[0]}]},
])  # fmt: skip
def test_web_annotations_come_in_several_wrappings(wrap: Any, graph: Graph) -> None:
    assert one(graph, wrap([web()])).body == "A remark."


@pytest.mark.parametrize("wrap", [
    lambda found: {"rows": found, "total": 1}, lambda found: {"export_date": "x", "annotations": found},
    lambda found: found, lambda found: {"rows": [], "replies": found},
])  # fmt: skip
def test_hypothesis_comes_in_several_wrappings(wrap: Any, graph: Graph) -> None:
    record = one(graph, wrap([row(tags=["odd", "a*b"])]))
    assert record.body == "A *remark*.\n\nTags: odd, a\\*b."
    assert (record.kind, record.article, record.created) == ("note", "first", "2022-09-15T10:00:00Z")
    target = record.targets[0]
    assert (target.exact, target.start) == ("Shells fell", 0) and target.text_sha256


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("https://x.example/", "<https://x.example/>"),
        ({"value": "1. *No* list\n# or <b>head</b>"}, "1\\. \\*No\\* list\n\\# or \\<b\\>head\\</b\\>"),
        ({"value": "<p>One <b>two</b><script>x()</script><p><a href='https://x.example/'>T</a>", "format": "text/html"},
         "One two\n\nT (https://x.example/)"),
        ({"type": "Choice", "items": [{"value": "one"}, {"value": "two"}]}, "one\n\ntwo"),
        ([{"value": "text"}, {"value": "tag", "purpose": "tagging"}, {"id": "https://x.example/"}],
         "text\n\nTags: tag.\n\n<https://x.example/>"),
        ({"source": "https://archive.example/bibliography.html#a-work", "purpose": "linking"}, None),
        ({"source": "https://archive.example/bibliography-12.html#a-work", "purpose": "linking"}, None),
        ({"value": "cafe\u0301\r\nbar\t!", "format": "text/markdown"}, "café\nbar !"),
    ],
)  # fmt: skip
def test_bodies_of_every_shape(body: Any, text: str | None, graph: Graph) -> None:
    if text is None:
        assert one(graph, web(body=[body, {"value": "See there."}])).cite == ["a-work"]
    else:
        assert one(graph, web(body=body)).body == text


def test_a_body_value_is_plain_text(graph: Graph) -> None:
    item = web(bodyValue="*plain*")
    del item["body"]
    assert one(graph, item).body == "\\*plain\\*"


@pytest.mark.parametrize(
    ("motivation", "kind"),
    [("editing", "correction"), ("questioning", "question"), ("linking", "link"), ("describing", "note"),
     (["tagging", "editing"], "correction"), ("highlighting", "note"), (None, "note")],
)  # fmt: skip
def test_motivations_become_kinds(motivation: Any, kind: str, graph: Graph) -> None:
    assert one(graph, web(motivation=motivation)).kind == kind


@pytest.mark.parametrize("address", [
    "https://www.paper.example/2022/goris/?utm_source=feed", "http://paper.example/2022/goris#part",
    "https://mirror.example/x/articles/first.html", "../articles/first.html", "articles/old-first.html",
    {"id": PAGE},
])  # fmt: skip
def test_an_article_is_known_by_every_address_it_has(address: Any, graph: Graph) -> None:
    assert one(graph, web(target={"source": address, "selector": [quote("Shells fell")]})).article == "first"


@pytest.mark.parametrize("address", [
    "https://paper.example/2022/other", "https://paper.example/2022/goris?id=5", "javascript:alert(1)", "first",
    "https://[bad/2022/goris", "https://mirror.example/articles/none.html", "",
])  # fmt: skip
def test_another_address_is_no_article(address: str, graph: Graph) -> None:
    why = reason(graph, web(target={"source": address, "selector": quote("Shells fell")}))
    assert why == "no article of this archive has the address that it is about"


def test_a_target_without_selector_is_the_article_as_a_whole(graph: Graph) -> None:
    assert one(graph, web(None)).targets[0].exact is None
    assert one(graph, row(exact=None)).targets[0].exact is None


# Words are placed with certainty or not at all


@pytest.mark.parametrize(
    "words",
    [
        quote("killing at least 49 soldiers"),
        quote("  killing at least 49 soldiers. \n"),
        quote("killing at least\u00a049 soldiers", "on Goris, ", ".The office"),  # as a page runs paragraphs together
        quote("“not so”", "It was\n    ", ".\n\n\n"),
        quote('"not so"', "", ""),
    ],
)
def test_words_with_their_context_are_placed(words: Json, graph: Graph) -> None:
    record = one(graph, web(target={"source": PAGE, "selector": words}))
    target = record.targets[0]
    assert target.exact and target.start is not None
    assert BODY[target.start :].startswith(target.exact)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (quote("at least 50 soldiers"), "its words are not in the article"),
        (quote("at least 49 soldiers", "Azerbaijan says that "), "its words are there, but in another context"),
        (quote("at least 49 soldiers", "", " of Azerbaijan"), "its words are there, but in another context"),
        (quote("east 49 sol"), "its words are there, but in another context, within longer words"),
        (quote("soldiers.\n\nThe office"), "its words are there, but in another context"),
        (quote("Shells fell", "It is false that ", " on Goris"), "its words are there, but in another context"),
        (quote("“not so”", "It was ", ". Said Ani."), "its words are there, but in another context"),
        (quote("Goris"), "its words stand 4 times with the same context"),
        (quote(" \n"), "it quotes no words"),
        (quote("x" * 10_000), "its words are not in the article"),
        ({"type": "FragmentSelector", "value": "p-3"}, "its selectors quote no words"),
        (["x"], "its selectors quote no words"),
    ],
)
def test_words_that_are_not_certain_are_not_placed(words: Any, why: str, graph: Graph) -> None:
    assert reason(graph, web(target={"source": PAGE, "selector": words})).startswith(why)


def test_words_of_a_withheld_text_have_no_place(graph: Graph) -> None:
    target = {"source": "articles/second.html", "selector": quote("a secret")}
    assert reason(graph, web(target=target)).startswith("the text of its article is withheld")
    assert one(graph, web(target="articles/second.html")).article == "second"


def test_targets_in_two_articles_are_not_one_annotation(graph: Graph) -> None:
    assert reason(graph, web(target=[PAGE, "articles/second.html"])).startswith("its targets are not in one")


def test_a_narrower_selector_is_left_aside_with_a_warning(tmp_path: Path) -> None:
    narrower = {"type": "TextPositionSelector", "start": 0, "end": 6}
    words = quote("Shells fell", "", BODY[11:51]) | {"refinedBy": narrower}
    item = web(target={"source": PAGE, "selector": words})
    run = made(tmp_path, {"w.json": json.dumps(item)}).run("import", "w.json")
    assert run.exit == 0
    assert run.stderr == (
        "w.json:1:1: IMPORT-NARROWED item 1: the words are narrowed by a further selector, which was left aside.\n"
    )


def test_less_than_the_sentence_is_taken_in_with_a_warning(tmp_path: Path) -> None:
    whole = quote("at least 49 soldiers", "Shells fell on Goris, killing ", ".")
    for number, words in enumerate((whole, whole | {"prefix": "killing "}, whole | {"suffix": ""})):
        item = web(target={"source": PAGE, "selector": words})
        folder = tmp_path / str(number)
        folder.mkdir()
        run = made(folder, {"w.json": json.dumps(item)}).run("import", "w.json")
        warning = (
            "w.json:1:1: IMPORT-NARROWED item 1: the file holds less of its sentence than the archive: read whether"
            " the rest was the same there.\n"
        )
        assert (run.exit, run.stderr) == (0, warning if number else "")


# Replies


def test_replies_find_what_they_answer_in_any_order(graph: Graph) -> None:
    deep = row("C", None, references=["A", "B"])
    records, left = take(graph, {"rows": [deep, row("B", None, references=["A"]), row("A")]})
    assert left == []
    by_parent = {record.parent: record.id for record in records}
    assert by_parent[by_parent[by_parent[None]]] and len(by_parent) == 3


def test_replies_to_what_was_left_out_are_left_out(graph: Graph) -> None:
    lost = row("A", "No such words")
    assert take(graph, [lost, row("B", None, references=["A"]), row("C", None, references=["B"])])[0] == []
    assert reason(graph, row("B", None, references=["Z"])).startswith("what it replies to was left out")
    circle = [row("A", None, references=["B"]), row("B", None, references=["A"]), row("C", None, references=["C"])]
    assert take(graph, circle)[0] == [] and len(take(graph, circle)[1]) == 3
    nobody = web(target="https://archive.example/articles/first.html#a-zzzzzzz9")
    assert reason(graph, nobody).startswith("what it replies to was left out")


def test_a_reply_to_an_annotation_of_the_archive(tmp_path: Path) -> None:
    graph = graph_of(made(tmp_path, CLAIM))
    record = one(graph, web(target="https://archive.example/articles/first.html#a-claima01"))
    assert (record.parent, record.article) == ("claima01", "first")


# Names and licences


def test_names_are_published_only_if_the_importer_says_so(graph: Graph) -> None:
    creator = {"type": "Person", "name": "Ani", "id": "https://github.com/ani", "homepage": "https://ani.example/"}
    for item in (web(creator=creator), web(creator=[creator]), row()):
        assert one(graph, item).author.model_dump(exclude_none=True) == {"name": "imported"}  # type: ignore[union-attr]
    keep = Terms("Class of 2026", True, False, TERMS.now)
    names = [one(graph, item, keep).author for item in (web(creator=creator), row(), web(creator="https://x.example/"))]
    assert [author and author.model_dump(exclude_none=True) for author in names] == [
        {"name": "Ani", "github": "ani"}, {"name": "someone"}, {"name": "Class of 2026"}]  # fmt: skip


@pytest.mark.parametrize("rights", [
    "http://creativecommons.org/publicdomain/zero/1.0/", "https://creativecommons.org/licenses/by/4.0/deed.en",
    "CC0", ["https://x.example/", FREE],
])  # fmt: skip
def test_free_licences_are_taken(rights: Any, graph: Graph) -> None:
    assert one(graph, web(rights=rights)).license == "CC-BY-4.0"


@pytest.mark.parametrize("item", [
    web(rights=None), web(rights="https://creativecommons.org/licenses/by-nc/4.0/"), web(rights=[5]),
    row(group="aBcDe"), row(permissions={"read": ["acct:someone@hypothes.is"]}), row(permissions=None),
])  # fmt: skip
def test_what_is_not_free_needs_the_importers_word(item: Json, graph: Graph) -> None:
    assert reason(graph, item).startswith("it is not marked CC0 or CC BY 4.0")
    assert one(graph, item, Terms("imported", False, True, TERMS.now))


def test_what_a_moderator_hid_stays_hidden(graph: Graph) -> None:
    assert reason(graph, row(hidden=True), Terms("x", True, True, TERMS.now)) == "a moderator hid it"


# Bad values, each with its reason


@pytest.mark.parametrize(
    ("item", "why"),
    [
        ("text", "it is not an annotation"),
        (row(text=""), "it says nothing"),
        (web(body=[]), "it says nothing"),
        (web(target=None), "it is about nothing"),
        (web(target=[5]), "a target is neither an address nor an object"),
        (web(body=[5]), "a body is neither an address nor an object"),
        (web(body={"value": 5}), "its `value` is not text"),
        (web(id=5), "its `id` is not text"),
        (web(body=[{"value": "x"}] * 51), "it has more than 50 bodies"),
        (web(body={"value": "x" * 50_001}), "its text has 50,001 characters"),
        (web(created="yesterday"), "its date “yesterday” is not one"),
        (web(created="2022-09-15T10:00:00"), "its date “2022-09-15T10:00:00” has no time zone"),
        (web(body={"value": "a\u202eb"}), "it holds the character U+202E"),
        (web(body={"value": "a\ud800b"}), "it holds the character U+D800"),
        (web(body="javascript:alert(1)"), "it links to something that is neither"),
        (web(body={"value": "{", "format": "application/json", "purpose": "classifying"}), "its data is not"),
        (web(body={"value": '{"id": 1}', "format": "application/json", "purpose": "classifying"}), "its data is not"),
        (web(body={"value": '{"claim": 1}', "format": "application/json", "purpose": "classifying"}), "claim: "),
        (web(body={"value": '{"claim": {"event": "e", "via": [1]}}', "format": "application/json",
                   "purpose": "classifying"}), "its claim names e, which"),
        (row(uri="urn:x-pdf:1"), "no article of this archive has the address"),
    ],
)  # fmt: skip
def test_each_bad_value_has_its_reason(item: Any, why: str, graph: Graph) -> None:
    assert reason(graph, [item]).startswith(why)


def test_a_claim_that_relates_to_nothing_here_is_left_out(tmp_path: Path) -> None:
    out = json.loads(exported(graph_of(made(tmp_path / "out", ALL)))["annotations/all.jsonld"])
    items = [item for item in out["first"]["items"] if not item["id"].endswith("claima01")]
    assert take(graph_of(made(tmp_path / "back")), items)[1] == ["it relates to a claim that is not here"]


@pytest.mark.parametrize("data", [
    b"", b"{", b"\xff\xfe", b"[NaN]", b"5", b"{}", b'"x"', b'{"first": "https://x.example/2"}', b"[" * 100_000,
    b"[" * 60 + b"]" * 60, b'{"total": ' + b"9" * 5000 + b"}",
])  # fmt: skip
def test_a_file_of_another_kind_is_one_diagnostic(data: bytes, tmp_path: Path) -> None:
    small = made(tmp_path, {"x.json": data})
    before = small.files()
    run = small.run("import", "x.json")
    assert (run.exit, run.stdout) == (1, "")
    assert run.stderr.startswith("x.json:1:1: IMPORT-FILE ") and run.stderr.count("\n") == 1
    assert small.files() == before


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotated_archive.exports.incoming.MAX_BYTES", 10)
    with pytest.raises(ContentError, match="IMPORT-FILE more than 10 bytes"):
        read(b"[" + b" " * 10 + b"]", "x.json")


WORDS = st.sampled_from(["Shells fell", "Goris", PAGE, ARTICLE_URL, FREE, "editing", "group:__world__", "\ud800"])
KEYS = st.sampled_from([
    "id", "type", "uri", "text", "target", "body", "bodyValue", "value", "source", "selector", "exact", "prefix",
    "purpose", "format", "items", "first", "rows", "annotations", "replies", "left", "annotation", "references",
    "created", "creator", "name", "rights", "motivation", "permissions", "read", "group", "user", "tags", "hidden",
])  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | WORDS | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=25,
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(whole=JSON, target=JSON, body=JSON)
def test_any_json_is_taken_or_left_and_never_breaks_anything(whole: Any, target: Any, body: Any, graph: Graph) -> None:
    for data in (whole, [whole], web(target=target, body=body), row(target=target, text=body, references=whole)):
        try:
            items = read(json.dumps(data).encode(), "x.json")
        except ContentError:
            continue
        admitted = admit(graph, items, Terms("imported", True, True, TERMS.now))
        assert len(admitted.records) + len(admitted.left) + len(admitted.known) == len(items)
        for record in admitted.records:
            assert annotation_text(record).encode()


@given(st.text(), st.sampled_from(["", "text/plain", "text/html", "text/markdown"]))
def test_any_text_becomes_markdown_without_carriage_returns(text: str, form: str) -> None:
    assert not {"\r", "\t"} & set(as_markdown(text, form))


# The command


def imported(small: ArchiveText, *options: str) -> Run:
    return small.run("import", "h.json", *options)


def test_the_command_writes_reports_and_keeps_what_it_left(tmp_path: Path) -> None:
    lost = row("AbC_2", "No such words", text="\ud800")
    small = made(tmp_path, {"h.json": json.dumps({"rows": [row(), lost]})})
    before = small.files()
    dry = imported(small, "--dry-run", "--name", "Class of 2026")
    assert dry.exit == 1 and small.files() == before
    run = imported(small, "--name", "Class of 2026")
    [path] = [path for path in small.files().keys() - before.keys() if path.startswith(ANNOTATIONS)]
    [left] = [path for path in small.files() if path.startswith("build/import/h-")]
    assert run.stdout == (
        f"{path}: written.\n1 annotation taken in, 0 here already, 1 left out.\n"
        f"What was left out, with the reasons: {left}.\n"
    )
    assert dry.stdout.startswith(f"{path}: would be written.\n1 annotation would be taken in,")
    assert run.stderr == dry.stderr
    assert run.stderr.endswith("h.json:1:1: IMPORT-LEFT item 2 (“AbC_2”): its words are not in the article.\n")
    assert "name: Class of 2026" in small.file(path)
    assert json.loads(small.file(left)) == {
        "left": [{"item": 2, "reason": "its words are not in the article", "annotation": lost}]}  # fmt: skip
    assert [line for line in small.check() if path in line] == []
    assert small.run("import", left).stderr.startswith(f"{left}:1:1: IMPORT-LEFT item 1")


def test_a_broken_archive_takes_nothing_in(tmp_path: Path) -> None:
    small = made(tmp_path, {"h.json": json.dumps([row()]), f"{ANNOTATIONS}/first/a.yml": "id: [\n"})
    before = small.files()
    assert imported(small).exit == 1
    assert small.files() == before


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    run = imported(made(tmp_path))
    assert (run.exit, run.stderr) == (1, "Error: h.json: No such file or directory\n")


def test_ten_thousand_annotations_are_taken_in(graph: Graph) -> None:
    rows = [row(f"id{number}", text=f"Remark {number}.") for number in range(5_000)]
    rows += [row(f"re{number}", None, references=[f"re{number + 1}"]) for number in range(4_999)]
    records, left = take(graph, [*rows, row("re4999")])
    assert (len(records), len({record.id for record in records}), left) == (10_000, 10_000, [])
