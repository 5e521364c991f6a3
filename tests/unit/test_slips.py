"""A slip in an annotation gives one finding, in its line, in words that a contributor understands."""
# ruff: noqa: E501 (a finding is one line)

from __future__ import annotations

from pathlib import Path

import pytest
from bad_articles import NOTE, note
from bad_claims import EARLY, ONE, SCENE
from bad_files import BASE

from language import archive

NOTED, CLAIMED = str(note("- exact: The ministry")[NOTE]), str(EARLY[ONE])
A_LIST = "a list is wanted here. Write `[one, another]`, or a line that begins with `- ` for each."
A_MAPPING = "keys with values are wanted here. Write keys with their values, as in `name: …`."
SLIPS = [
    ("author: {name: A reader}", "author: {name: A reader, orcid: 0000-0002-1825-0098}", "9:33", "“author.orcid”: the checksum of this ORCID iD is wrong."),
    ("author: {name: A reader}", "author: {name: A reader, orcid: orcid.example}", "9:33", "“author.orcid”: not an ORCID iD in the form 0000-0000-0000-0000."),
    ("author: {name: A reader}", 'author: {name: A reader, github: "@reader"}', "9:34", "“author.github”: not an account's name, which has no @ and no address around it."),
    ("author: {name: A reader}", "author: A reader", "9:9", f"“author”: {A_MAPPING}"),
    ("article: first", "article: first\nwork: a-work", "3:1", "“the file”: give either `article` or `work`."),
    ("article: first\n", "", "1:1", "“the file”: give either `article` or `work`."),
    ("kind: note", "kind: claim", "2:7", "“the file”: a claim needs `claim`."),
    ('created: "2026-11-22T10:00:00Z"', 'created: "2026-11-22"', "10:10", "“created”: not a date and time with a zone, such as 2026-11-22T10:00:00Z."),
    ("status: open", "status: withdrawn", "12:9", "“the file”: `withdrawn` needs a reason."),
    ("- exact: The ministry", "- The ministry", "5:5", f"“targets.0”: {A_MAPPING}"),
    ("targets:\n  - exact", "targets:\n  exact", "5:3", f"“targets”: {A_LIST}"),
    ("- exact: The ministry", "- exact: The ministry\n    annotation: k3f9q2x8", "6:5", "“targets.0”: a reply names an `annotation` and nothing else."),
    ("- exact", "- prefix", "5:5", "“targets.0”: `prefix`, `suffix`, `start` and `text_sha256` belong to `exact`."),
    ("cite:\n  - a-work", "cite: a-work", "7:7", f"“cite”: {A_LIST}"),
    ("- a-work", "- https://work.example/", "8:5", "“cite.0”: not an id: lower-case letters, digits and single hyphens."),
    (NOTED, "- a list\n", "1:1", f"“the file”: {A_MAPPING}"),
    (NOTED, "", "1:1", f"“the file”: {A_MAPPING}"),
]  # fmt: skip
CLAIMS = [
    ("number: 49", "number: 49\n    min: 49", "13:5", "“claim.value”: give either `number`, or `min` and `max` or one of them."),
    ("number: 49", 'number: "49"', "13:13", "“claim.value.number”: a number is wanted here. Write digits without quotes, separators or words."),
    ("    category: servicemen\n", "", "9:3", "“claim”: `subject.category` is needed, except for territory and duration, which have none."),
    ("side: armenia", "side: armenia\n    all: true", "10:5", "“claim.subject”: give either `side` or `all: true`."),
    ('as_of: "2022-09-13"', "as_of: 13 September", "15:10", "“claim.as_of”: not an EDTF date; write EDTF, such as 2022-09-13 or [2022-09-13..2022-09-14]."),
    ("author:", "relations:\n  - type: updates\n    claim: claim-two\nauthor:", "20:12", "“relations.0.claim”: not the id of an annotation: a letter and seven letters or digits, all lower-case."),
    ("kind: claim", "kind: note\nbody: A note.", "7:1", "“the file”: `claim` and `relations` belong to the kind `claim`."),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "place", "message"), SLIPS + CLAIMS, ids=[slip[3][:40] for slip in SLIPS + CLAIMS])
def test_slip(tmp_path: Path, right: str, wrong: str, place: str, message: str) -> None:
    path, text = (ONE, CLAIMED) if (right, wrong, place, message) in CLAIMS else (NOTE, NOTED)
    assert text.count(right) == 1
    made = archive(tmp_path, BASE, SCENE, {path: text.replace(right, wrong)})
    assert made.check() == [f"{path}:{place}: SCHEMA {message}"]
