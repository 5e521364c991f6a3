"""The JSON Schema of annotations says in an editor what the check says: neither takes what the other refuses."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from bad_claims import claim, sound
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from annotated_archive.records import yamlio
from annotated_archive.records.annotation import Annotation
from annotated_archive.records.schema import schemas

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = jsonschema.Draft202012Validator(json.loads(schemas()["annotation.json"]))
NOTE: dict[str, Any] = {
    "id": "k3f9q2x7", "kind": "note", "article": "first", "targets": [{"exact": "Goris"}], "body": "A note.",
    "author": {"name": "A reader"}, "created": "2026-11-22T10:00:00Z", "license": "CC-BY-4.0", "status": "open",
}  # fmt: skip
[CLAIM] = [yamlio.read(str(text), "").data["claim"] for text in claim("claimone", 49, "49").values()]
POSITION = {"event": "e", "as_of": "2022", "claimant": "c", "position": {"question": "q", "as_quoted": "No."}}


def taken(record: Any) -> bool:
    """Whether the model takes a record; and whether the schema does is the same."""
    try:
        Annotation.model_validate(record)
    except ValidationError:
        model = False
    else:
        model = True
    assert SCHEMA.is_valid(record) == model, record
    return model


def some(**keys: list[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Records in which each key has one of these values, or is left out."""
    return st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in keys.items()})


TARGET = some(exact=["Goris", None], prefix=["", "x"], suffix=["", "x"], start=[3, None], text_sha256=["0" * 64, None],
              part=["title"], annotation=["k3f9q2x8", None], unplaced=["Gone."])  # fmt: skip
FIGURE = some(
    measure=["deaths", "damage", "territory", None], stance=["own-losses", None], position=[POSITION["position"], None],
    subject=[{"side": "s", "category": "people"}, {"all": True}, {"side": "s"}, {}, {"side": "s", "all": True}, None],
    value=[{"number": 1, "as_written": "1"}, {"min": 1, "as_written": "1"}, {"as_written": "1"},
           {"number": 1, "max": 2, "as_written": "1"}, {"min": 1, "max": 2, "as_written": "1"}, None],
)  # fmt: skip


@settings(max_examples=300)
@given(
    some(
        kind=["note", "claim"], article=["first", None], work=["a-work", None], body=["", "A note.", None],
        status=["open", "withdrawn", "removed"], reason=["Because.", None], claim=[CLAIM, POSITION, None],
        author=[{"name": "A reader"}, None], relations=[[], [{"type": "repeats", "claim": "claimtwo"}]],
        targets=[[{}], [{"annotation": "k3f9q2x8"}], [{"exact": "a"}, {"annotation": "k3f9q2x8"}], [{}, {}]],
    ),
    st.sets(st.sampled_from(sorted(NOTE)), max_size=2),
)  # fmt: skip
def test_schema_and_model_agree_about_annotations(change: dict[str, Any], without: set[str]) -> None:
    taken({name: value for name, value in {**NOTE, **change}.items() if name not in without})


@settings(max_examples=200)
@given(TARGET)
def test_schema_and_model_agree_about_targets(target: dict[str, Any]) -> None:
    taken({**NOTE, "targets": [target]})


@settings(max_examples=300)
@given(FIGURE)
def test_schema_and_model_agree_about_claims(figure: dict[str, Any]) -> None:
    whole = {"event": "e", "as_of": "2022", "claimant": "c", **figure}
    taken({**NOTE, "kind": "claim", "claim": whole})


def test_what_is_sound_is_taken() -> None:
    assert taken(NOTE)
    assert all(taken(yamlio.read(str(text), "").data) for text in sound().values())
    files = sorted((ROOT / "archive/annotations").rglob("*.yml"))
    assert files and all(taken(yamlio.read(path.read_text("utf-8"), path.name).data) for path in files)


@pytest.mark.parametrize(
    "change",
    [{"work": "a-work"}, {"article": None}, {"kind": "claim"}, {"claim": CLAIM}, {"body": None}, {"author": None},
     {"status": "withdrawn"}, {"status": "removed", "reason": "Harm."}, {"targets": []}, {"bogus": 1}, {"id": "short"},
     {"targets": [{"exact": ""}]}, {"targets": [{"prefix": "x"}]}, 
     {"targets": [{"annotation": "k3f9q2x8", "part": "title"}]},
     {"author": {"name": "A", "orcid": "0000"}}, {"license": "MIT"}, {"created": 2026}],
)  # fmt: skip
def test_what_is_not_is_refused(change: dict[str, Any]) -> None:
    assert not taken({**NOTE, **change})


def test_every_record_names_a_schema_that_is_there() -> None:
    named = {}
    for path in (ROOT / "archive").rglob("*.yml"):
        first = path.read_text("utf-8").partition("\n")[0]
        if found := re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first):
            named[path] = (path.parent / found.group(1)).resolve()
    schemas_of = {path.relative_to(ROOT / "archive").parts[0]: schema.name for path, schema in named.items()}
    assert {"annotations": "annotation.json", "questions.yml": "questions.json"}.items() <= schemas_of.items()
    assert all(schema.exists() and schema.parent == ROOT / "archive/schema" for schema in named.values())


def test_the_published_schemas_are_up_to_date() -> None:
    for name, text in schemas().items():
        assert (ROOT / "archive/schema" / name).read_text("utf-8") == text
