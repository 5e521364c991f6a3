"""What a claim, a reply, a credited author and what was set aside are, as records; and how they are written down."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from annotated_archive.records import dates, yamlio
from annotated_archive.records.annotation import Annotation, Contributor
from annotated_archive.records.base import plain
from annotated_archive.records.ledger import Span, set_aside

FIGURE: dict[str, Any] = {
    "event": "the-fighting",
    "measure": "deaths",
    "subject": {"side": "armenia", "category": "servicemen"},
    "value": {"min": 49, "as_written": "at least 49"},
    "as_of": "2022-09-13",
    "claimant": "the-ministry",
    "stance": "own-losses",
    "via": ["the-speaker"],
}
POSITION: dict[str, Any] = {
    "event": "the-fighting",
    "position": {"question": "who-began", "as_quoted": "They did."},
    "as_of": "2022-09-13",
    "claimant": "the-ministry",
}


def annotation(**fields: Any) -> dict[str, Any]:
    base: dict[str, Any] = {
        "id": "k3f9q2x7", "kind": "claim", "article": "first", "targets": [{"exact": "at least 49"}], "claim": FIGURE,
        "author": {"name": "A reader"}, "created": "2026-11-22T10:00:00Z", "license": "CC-BY-4.0", "status": "open",
    }  # fmt: skip
    return {name: value for name, value in (base | fields).items() if value is not None}


def claim(**fields: Any) -> dict[str, Any]:
    return annotation(claim={name: value for name, value in (FIGURE | fields).items() if value is not None})


GOOD = {
    "a figure": annotation(),
    "a position": annotation(claim=POSITION),
    "a figure of all sides": claim(subject={"all": True, "category": "people"}, stance="third-party"),
    "a range": claim(value={"min": 140, "max": 150, "as_written": "140-150"}),
    "territory has no category": claim(measure="territory", subject={"side": "armenia"}, stance=None),
    "an hour": claim(as_of="2022-09-14T20:00:00+04:00"),
    "a claim of a work": annotation(article=None, work="a-work", targets=[{}]),
    "a reply": annotation(kind="note", claim=None, body="So it is.", targets=[{"annotation": "aaaaaaaa"}]),
    "a reply to a work's claim": annotation(
        kind="question", claim=None, body="Who?", article=None, work="a-work", targets=[{"annotation": "aaaaaaaa"}]
    ),
    "a tombstone": annotation(status="removed", reason="It named a person", claim=None, author=None),
    "words that were lost": annotation(targets=[{"exact": "at least 49", "unplaced": "the words are not there"}]),
}
BAD = {
    "neither article nor work": (annotation(article=None), "give either `article` or `work`"),
    "article and work": (annotation(work="a-work"), "give either `article` or `work`"),
    "a work's note": (
        annotation(kind="note", claim=None, body="x", article=None, work="a-work"),
        "what a work carries is a `claim`, or a reply to one",
    ),
    "a note with a claim": (annotation(kind="note", body="x"), "`claim` and `relations` belong to the kind `claim`"),
    "a claim without a claim": (annotation(claim=None, body="x"), "a claim needs `claim`"),
    "a note without a body": (annotation(kind="note", claim=None), "`body` is needed"),
    "nobody's": (annotation(author=None), "`author` is needed"),
    "a tombstone that still speaks": (
        annotation(status="removed", reason="x", author=None),
        "`removed` keeps neither body, claim nor author",
    ),
    "an address for a name": (annotation(author={"name": "a.b@mail.example"}), "this is an e-mail address"),
    "no reason": (annotation(status="disputed"), "`disputed` needs a reason"),
    "a reply to two": (
        annotation(targets=[{"annotation": "aaaaaaaa"}, {"annotation": "aaaaaaab"}]),
        "a reply has one target",
    ),
    "a reply about words": (
        annotation(targets=[{"annotation": "aaaaaaaa", "exact": "x"}]),
        "a reply names an `annotation` and nothing else",
    ),
    "context of nothing": (annotation(targets=[{"prefix": "x"}]), "belong to `exact`"),
    "number and range": (claim(value={"number": 1, "min": 1, "as_written": "1"}), "give either `number`, or"),
    "no figure": (claim(value={"as_written": "many"}), "give either `number`, or"),
    "a side and all": (claim(subject={"side": "a", "all": True, "category": "people"}), "give either `side` or"),
    "losses without a stance": (claim(stance=None), "`stance` belongs to losses"),
    "territory with a stance": (claim(measure="territory", subject={"side": "armenia"}), "`stance` belongs to losses"),
    "deaths of nobody in particular": (claim(subject={"side": "armenia"}), "`subject.category` is needed"),
    "both at once": (claim(position=POSITION["position"]), "a `position` has no `measure`"),
    "neither": (claim(value=None), "give `measure`, `subject` and `value`, or a `position`"),
}


@pytest.mark.parametrize("data", GOOD.values(), ids=GOOD)
def test_what_a_claim_can_be(data: dict[str, Any]) -> None:
    record = Annotation.model_validate(data)
    assert yamlio.read(yamlio.write(plain(record)), "x").data == data


@pytest.mark.parametrize(("data", "message"), BAD.values(), ids=BAD)
def test_what_it_cannot_be(data: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError) as error:
        Annotation.model_validate(data)
    assert error.value.error_count() == 1
    assert message in str(error.value)


# ORCID's own examples of its checksum: an ordinary one, and one that ends in X.
@pytest.mark.parametrize("orcid", ["0000-0002-1825-0097", "0000-0001-5109-3700", "0000-0002-1694-233X"])
def test_an_orcid_proves_itself(orcid: str) -> None:
    assert Contributor.model_validate({"name": "A", "orcid": orcid}).orcid == orcid


@given(st.sampled_from(["0000-0002-1825-0097", "0000-0002-1694-233X"]), st.integers(0, 15), st.integers(1, 9))
def test_one_wrong_digit_is_seen(orcid: str, place: int, more: int) -> None:
    digits = list(orcid.replace("-", ""))
    digits[place] = str((int(digits[place].replace("X", "0")) + more) % 10)
    wrong = "".join(digits)
    with pytest.raises(ValidationError, match="checksum"):
        Contributor.model_validate({"name": "A", "orcid": "-".join(wrong[n : n + 4] for n in range(0, 16, 4))})


def test_canonical_annotations_keep_ids_on_one_line_and_bodies_in_blocks() -> None:
    record = Annotation.model_validate(annotation(body="It was so.", cite=["a-work", "2022-09-13-b"]))
    text = yamlio.write(plain(record))
    assert "body: |-\n  It was so.\n" in text
    assert 'cite: [a-work, "2022-09-13-b"]\n' in text
    assert "  via: [the-speaker]\n" in text


def test_a_list_under_cite_that_holds_more_than_ids_stays_a_block() -> None:
    assert yamlio.write({"cite": ["a, b"], "via": [["x"]]}) == "cite:\n  - a, b\nvia:\n  - - x\n"


def test_what_was_set_aside_is_a_text_of_its_own() -> None:
    spans = [
        Span(start=0, end=4, rule="r", reason="r", text="Home", replacement=""),
        Span(start=4, end=6, rule="r", reason="r", text="\n\n", replacement=""),
        Span(start=9, end=14, rule="r", reason="r", text="Leave", replacement=""),
    ]
    assert set_aside(spans) == "Home\n\nLeave"


def test_an_instant_is_a_day_with_an_hour() -> None:
    day = dates.bounds("2022-09-14")
    assert dates.bounds("2022-09-14T20:00:00+04:00") == day
    assert dates.bounds("2022-09-14T20:00:00Z") == day
    for wrong in ("2022-09-31T20:00:00Z", "2022-09-14T25:00:00Z", "2022-09-14T20:61:00Z"):
        with pytest.raises(dates.DateError):
            dates.bounds(wrong)
