"""An archive with an annotation of every kind, status and part, for the tests of what goes out and comes in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from annotated_archive.anchor import select
from annotated_archive.records import yamlio
from annotated_archive.records.base import plain
from language import ArchiveText, Files, actor, archive, article, event, place, sha256, works

BASE = "https://archive.example/september/"
AD = "Buy a car of Goris today!"
BODY = "Shells fell on Goris, killing at least 49 soldiers.\n\nThe office said that Goris was quiet. It was “not so”."
TITLE = "Shells on Goris"
ARTICLE_URL = "https://www.paper.example/2022/goris/?utm_source=feed"
ANNOTATIONS = "archive/annotations"


def annotation(identifier: str, kind: str = "note", *targets: Any, **fields: Any) -> Files:
    """An annotation's file. A target is exact words of the body, or a dictionary."""
    where = {"work": fields.pop("work")} if "work" in fields else {"article": fields.pop("article", "first")}
    record: dict[str, Any] = {"id": identifier, "kind": kind} | where
    record["targets"] = [plain(select(BODY, t)[0]) if isinstance(t, str) else t for t in targets or ("Shells fell",)]
    for name in ("claim", "relations"):
        if name in fields:
            record[name] = fields.pop(name)
    if "body" in fields or kind != "claim":
        record["body"] = fields.pop("body", "What I *think* of it.")
    if cite := fields.pop("cite", None):
        record["cite"] = cite
    if fields.get("status") != "removed":
        record["author"] = fields.pop("author", {"name": "Ani"})
    else:
        del record["body"]
    record["created"] = fields.pop("created", "2026-11-22T10:00:00+04:00")
    record |= {"license": "CC-BY-4.0", "status": "open"} | fields
    folder = f"_works/{record['work']}" if "work" in record else record["article"]
    schema = "../" * (3 if "work" in record else 2) + "schema/annotation.json"
    text = f"# yaml-language-server: $schema={schema}\n{yamlio.write(record)}"
    return {f"{ANNOTATIONS}/{folder}/{identifier}.yml": text}


def figure(number: int, **fields: Any) -> dict[str, Any]:
    """A claim of deaths."""
    return {
        "event": "the-fighting", "measure": "deaths", "subject": {"side": "goris-state", "category": "servicemen"},
        "value": {"min": number, "as_written": str(number)}, "as_of": "2022-09-13", "claimant": "the-office",
        "stance": "own-losses",
    } | fields  # fmt: skip


CLAIM = annotation("claima01", "claim", "killing at least 49 soldiers", claim=figure(49, via=["the-office"]))
FIRING = "It was *not*.\n\n- see there"
CORRECTION = annotation("correct1", "correction", "Goris was quiet", body=FIRING, cite=["a-work"])
REPLY = annotation("replyto1", "question", {"annotation": "correct1"}, body="Who says so?")
ANSWER = annotation("replyto2", "note", {"annotation": "replyto1"}, body="I do.", created="2026-11-23T10:00:00Z")
OTHERS: Files = {
    **annotation("anote001", "note", {"part": "body"}, body="About the whole."),
    **annotation("several1", "question", "Shells fell", "killing at least", body="Which?"),
    **annotation("alink001", "link", plain(select(TITLE, "Goris", "title")[0]), body="See <https://x.example/>."),
    **annotation("setaside", "note", plain(select(AD, "Buy a car", "ledger")[0]), body="An advertisement."),
    **annotation(
        "disputed", "note", "“not so”", body="Indeed.", status="disputed", reason="Two readers disagree.",
        author={"name": "Իշխան", "github": "ishkhan", "orcid": "0000-0002-1825-0097"},
    ),
    **annotation(
        "workclm1", "claim", {"exact": "105 were killed"}, work="b-work", claim=figure(105, as_of="2022-09-14"),
        relations=[{"type": "updates", "claim": "claima01"}], cite=["first"],
    ),
    **annotation("withdrw1", "note", "Shells", status="withdrawn", reason="A mistake."),
    **annotation("replyto3", "note", {"annotation": "withdrw1"}, body="To what is gone."),
    **annotation("removed1", "note", "Shells", status="removed", reason="For harm."),
}  # fmt: skip
ALL: Files = {**CLAIM, **CORRECTION, **REPLY, **ANSWER, **OTHERS}
PUBLIC = sorted(Path(path).stem for path in ALL if Path(path).stem not in ("withdrw1", "replyto3", "removed1"))


def made(folder: Path, *notes: Files) -> ArchiveText:
    """The archive, with these annotations."""
    original = f"{AD}\n\n{BODY}"
    front = {"title": TITLE, "url": ARTICLE_URL, "formerly": ["old-first"], "places": ["goris"]}
    first = article("first", BODY, **front, actors=["the-office"])
    ledger = yamlio.read(str(first["archive/ledgers/first.yml"]), "")
    front_text = str(first["archive/articles/first.md"]).replace(sha256(BODY), sha256(original))
    set_aside = ((0, AD), (len(AD), "\n\n"))
    spans = [
        {"start": at, "end": at + len(words), "rule": "by-hand", "reason": "No news.", "text": words, "replacement": ""}
        for at, words in set_aside
    ]
    source = ledger.data["original"] | {"sha256": sha256(original)}
    withheld = {"statement": "Of its author.", "publish": "metadata"}
    return archive(
        folder,
        place("goris"), place("goris-state", type="country"), actor("the-office", side="goris-state"),
        event("the-fighting"), works("a-work", {"id": "b-work", "words": ["105 were killed"]}),
        {
            **first, "archive/originals/first.txt": original, "archive/articles/first.md": front_text,
            "archive/ledgers/first.yml": yamlio.write(ledger.data | {"original": source, "spans": spans}),
        },
        article("second", "", rights=withheld, title="Kept back"),
        "=== docs/index.md\n# Home\n",
        *notes,
    )  # fmt: skip
