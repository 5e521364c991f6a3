"""Bad files, one rule of the check each: claims, the questions they answer, replies, and words of several paragraphs."""
# ruff: noqa: E501 (a finding is one line)

from __future__ import annotations

from typing import Any

from bad_articles import NOTE, note
from bad_files import Case, case, first

from annotated_archive.records import yamlio
from language import Files, actor, article, event, place, works

BODY = "The ministry said that at least 49 men were killed.\n\nLater it said 105, and around 6 500 for both."
SCENE: Files = {
    **place("armenia", name="Armenia", type="country"),
    **place("azerbaijan", name="Azerbaijan", type="country"),
    **actor("the-ministry", type="ministry", side="armenia", name="Blue House"),
    **actor("the-premier", type="person", side="armenia", name="P. Premier"),
    **actor("the-paper", type="outlet", side="armenia", name="Valley Paper"),
    **actor("the-staff", type="ministry", side="azerbaijan", name="Green House"),
    **event("another-event"),
    **works("a-work", {"id": "a-report", "words": ["“At least 49 men” were killed, 8 of them officers."]}),
    **article("first", BODY, places=[]),
    "archive/questions.yml": "- id: who-began\n  question: Who began?\n  event: the-fighting\n",
}
"""What the claims here are about, beside the files of `bad_files.BASE`: a sound archive."""
QUESTIONS = "archive/questions.yml"


def claim(
    identifier: str, number: int | float | None, written: str, *, to: str = "first", **change: Any
) -> dict[str, str | bytes | None]:
    """A claim of the ministry about its own dead; `change` replaces keys of its claim, None takes one out."""
    data: dict[str, Any] = {
        "event": "the-fighting",
        "measure": "deaths",
        "subject": {"side": "armenia", "category": "servicemen"},
        "value": {"number": number, "as_written": written},
        "as_of": "2022-09-13",
        "claimant": "the-ministry",
        "stance": "own-losses",
    }
    relations = change.pop("relations", [])
    outer = {name: change.pop(name) for name in ("status", "targets", "kind", "reason") if name in change}
    data = {name: value for name, value in (data | change).items() if value is not None}
    article_of = to == "first"
    record = {
        "id": identifier, "kind": "claim", "article" if article_of else "work": to,
        "targets": [{"exact": written}] if article_of else [{}],
        "claim": data, "relations": [{"type": kind, "claim": other} for kind, other in relations],
        "author": {"name": "A reader"}, "created": "2026-11-22T10:00:00Z", "license": "CC-BY-4.0", "status": "open",
    } | outer  # fmt: skip
    if record["kind"] != "claim" or record["status"] == "removed":
        del record["claim"]
    if record["status"] == "removed":
        del record["author"]
    return {path_of(identifier, to): yamlio.write({n: v for n, v in record.items() if v != []})}


def path_of(identifier: str, to: str = "first") -> str:
    """Where the claim `identifier` lies."""
    return f"archive/annotations/{'' if to == 'first' else '_works/'}{to}/{identifier}.yml"


ONE, TWO, THREE = (path_of(name) for name in ("claimone", "claimtwo", "claimthr"))
EARLY = claim("claimone", 49, "49")
POSITION: dict[str, Any] = {"measure": None, "subject": None, "value": None, "stance": None}


def bad(rule: str, *files: dict[str, str | bytes | None], findings: str) -> Case:
    """A case in the scene of the claims."""
    whole: dict[str, str | bytes | None] = {**SCENE}
    for part in files:
        whole |= part
    return case(rule, whole, findings)


def sound() -> dict[str, str | bytes | None]:
    """Claims that every rule lets through."""
    return {
        **EARLY,
        **claim("claimtwo", 105, "105", as_of="2022-09", claimant="the-premier", relations=[("updates", "claimone")]),
        **claim("claimthr", None, "around 6 500", value={"number": 6500, "approx": True, "as_written": "around 6 500"},
                subject={"all": True, "category": "people"}, claimant="the-gazette", stance="third-party"),
        **claim("claimfou", 49, "49", claimant="the-staff", stance="opponent-losses",
                relations=[("confirms", "claimone"), ("disputes", "claimtwo"), ("repeats", "claimone")]),
        **claim("claimfiv", None, "At least 49 men", to="a-report", value={"min": 49, "as_written": "At least 49 men"},
                targets=[{"exact": "“At least 49 men”"}]),
        **claim("claimsix", 8, "eight", to="a-work"),
        **claim("claimsev", None, "said 105", **POSITION, position={"question": "who-began", "as_quoted": "said 105"}),
        **claim("claimeig", 1, "ministry", status="withdrawn", reason="A slip.", claimant="the-staff"),
    }  # fmt: skip


def claims() -> list[Case]:
    """Figures, sides and relations."""
    return [
        bad(
            "CLAIM-DIGITS",
            claim("claimone", 50, "49"),
            claim("claimtwo", None, "at least 49 men", value={"min": 4, "max": 49, "as_written": "at least 49 men"}),
            claim("claimthr", 6.5, "6 500"),
            findings=f"""
            {ONE}:13:13: CLAIM-DIGITS 50 does not stand in “49”. Give the figure as the source prints it, and nothing that was calculated.
            {THREE}:13:13: CLAIM-DIGITS 6.5 does not stand in “6 500”. Give the figure as the source prints it, and nothing that was calculated.
            {TWO}:13:10: CLAIM-DIGITS 4 does not stand in “at least 49 men”. Give the figure as the source prints it, and nothing that was calculated.
            """,
        ),
        bad(
            "CLAIM-WORDS",
            claim("claimone", 49, "49 soldiers", targets=[{"exact": "49 men"}]),
            claim("claimtwo", 105, "105", targets=[{}]),
            claim("claimfou", 49, "49", to="a-report", targets=[{"exact": "49 men were wounded"}]),
            findings=f"""
            {path_of("claimfou", "a-report")}:5:12: CLAIM-WORDS these words are not among the `words` of “a-report”. Copy them from archive/bibliography.yml, or add them there.
            {ONE}:14:17: CLAIM-WORDS “49 soldiers” does not stand in the words of the target. Copy it from there, letter for letter.
            {TWO}:5:3: CLAIM-WORDS a claim of an article without the words that carry it. Give these words as `exact`.
            """,
        ),
        bad(
            "CLAIM-RANGE",
            claim("claimone", None, "49", value={"min": 105, "max": 49, "as_written": "49 men were killed.\n\nLater it said 105"},
                  targets=[{"exact": "49 men were killed."}, {"exact": "Later it said 105"}]),
            findings=f"""
            {ONE}:15:10: CLAIM-RANGE 49 is less than the `min` 105. Mend one of the two.
            {ONE}:16:17: CLAIM-WORDS “49 men were killed.\\u000a\\u000aLater it said 105” does not stand in the words of the target. Copy it from there, letter for letter.
            """,
        ),
        bad(
            "CLAIM-STANCE",
            claim("claimone", 49, "49", claimant="the-staff"),
            claim("claimtwo", 49, "49", stance="opponent-losses"),
            claim("claimthr", 49, "49", stance="third-party"),
            claim("claimfou", 49, "49", stance="opponent-losses", claimant="the-gazette"),
            claim("claimfiv", 49, "49", subject={"all": True, "category": "people"}),
            findings=f"""
            {path_of("claimfiv")}:17:11: CLAIM-STANCE “the-ministry” does not belong to “all sides”. Mend `stance`, or who says it (`claimant`) of whom (`subject`).
            {path_of("claimfou")}:17:11: CLAIM-STANCE “the-gazette” is no opponent of “armenia”. Mend `stance`, or who says it (`claimant`) of whom (`subject`).
            {ONE}:17:11: CLAIM-STANCE “the-staff” does not belong to “armenia”. Mend `stance`, or who says it (`claimant`) of whom (`subject`).
            {THREE}:17:11: CLAIM-STANCE “the-ministry” belongs to “armenia”. Mend `stance`, or who says it (`claimant`) of whom (`subject`).
            {TWO}:17:11: CLAIM-STANCE “the-ministry” is no opponent of “armenia”. Mend `stance`, or who says it (`claimant`) of whom (`subject`).
            """,
        ),
        bad(
            "CLAIM-QUESTION",
            claim("claimone", 0, "49 men", **POSITION, event="another-event", position={"question": "who-began", "as_quoted": "49 men"}),
            claim("claimtwo", 0, "49 men", **POSITION, position={"question": "who-begun", "as_quoted": "49 men"}),
            findings=f"""
            {ONE}:11:15: CLAIM-QUESTION this question is about “the-fighting”, the claim about “another-event”. Name a question about the claim's event, or mend `event`.
            {TWO}:11:15: REF-UNKNOWN there is no question “who-begun”. Mend the id, or add it to archive/questions.yml. Did you mean “who-began”?
            """,
        ),
        bad(
            "CLAIM-UNKNOWN",
            claim("claimone", 49, "49", relations=[("updates", "claimone"), ("repeats", "claimtoo"), ("disputes", "claimthr"), ("confirms", "k3f9q2x7")]),
            claim("claimtwo", 49, "49", status="withdrawn", reason="A slip.", relations=[("updates", "nowhere1")]),
            claim("claimthr", 49, "49", status="removed", reason="It did harm."),
            note('- exact: "49"'),
            findings=f"""
            {ONE}:20:12: CLAIM-UNKNOWN the claim itself. Mend the id, or take the relation out.
            {ONE}:22:12: CLAIM-UNKNOWN there is no claim “claimtoo”. Mend the id, or take the relation out. Did you mean “claimtwo”?
            {ONE}:24:12: CLAIM-UNKNOWN “claimthr” was removed. Mend the id, or take the relation out.
            {ONE}:26:12: CLAIM-UNKNOWN “k3f9q2x7” is not a claim. Mend the id, or take the relation out.
            {TWO}:20:12: CLAIM-UNKNOWN there is no claim “nowhere1”. Mend the id, or take the relation out.
            """,
        ),
        bad(
            "CLAIM-UPDATES",
            EARLY,
            claim("claimtwo", 105, "105", as_of="2022-09-12", relations=[("updates", "claimone")]),
            claim("claimthr", 105, "105", subject={"side": "armenia", "category": "people"}, relations=[("updates", "claimone")]),
            claim("claimfou", 105, "105", claimant="the-paper", relations=[("updates", "claimone")]),
            claim("claimfiv", 105, "105", claimant="the-staff", stance="opponent-losses", relations=[("updates", "claimone")]),
            findings=f"""
            {path_of("claimfiv")}:19:11: CLAIM-UPDATES updates “claimone”: only the claimant, or another official body of the same side, can update a figure. Mend the relation, or take it out.
            {path_of("claimfou")}:19:11: CLAIM-UPDATES updates “claimone”: only the claimant, or another official body of the same side, can update a figure. Mend the relation, or take it out.
            {THREE}:19:11: CLAIM-UPDATES updates “claimone”: an update has the same event, measure, subject and category, or the same question. Mend the relation, or take it out.
            {TWO}:19:11: CLAIM-UPDATES updates “claimone”: 2022-09-12 is before 2022-09-13. Mend the relation, or take it out.
            """,
        ),
        bad(
            "CLAIM-UPDATES",
            claim("claimone", 49, "49", as_of="2022-09-13T20:00:00+04:00"),
            claim("claimtwo", 105, "105", as_of="2022-09-13T16:00:00Z", relations=[("updates", "claimone")]),
            claim("claimthr", 105, "105", as_of="2022-09-13T21:00:00+04:00", relations=[("updates", "claimone")]),
            findings=f"{TWO}:19:11: CLAIM-UPDATES updates “claimone”: 2022-09-13T16:00:00Z is not later than 2022-09-13T20:00:00+04:00. Mend the relation, or take it out.",
        ),
        bad(
            "CLAIM-REPEATS",
            EARLY,
            claim("claimtwo", 49, "49", measure="wounded", relations=[("repeats", "claimone")]),
            findings=f"{TWO}:19:11: CLAIM-REPEATS repeats “claimone”: the two claims are about different things. Mend the relation, or take it out.",
        ),
        bad(
            "CLAIM-CONFIRMS",
            EARLY,
            claim("claimtwo", 49, "49", relations=[("confirms", "claimone")]),
            claim("claimthr", 49, "49", claimant="the-premier", event="another-event", relations=[("confirms", "claimone")]),
            findings=f"""
            {THREE}:19:11: CLAIM-CONFIRMS confirms “claimone”: the two claims are about different things. Mend the relation, or take it out.
            {TWO}:19:11: CLAIM-CONFIRMS confirms “claimone”: both claims are those of “the-ministry”. Mend the relation, or take it out.
            """,
        ),
        bad(
            "CLAIM-DISPUTES",
            EARLY,
            claim("claimtwo", 49, "49", event="another-event", relations=[("disputes", "claimone")]),
            findings=f"{TWO}:19:11: CLAIM-DISPUTES disputes “claimone”: the two claims are about different events. Mend the relation, or take it out.",
        ),
        bad(
            "CLAIM-CYCLE",
            claim("claimone", 49, "49", relations=[("updates", "claimthr")]),
            claim("claimtwo", 49, "49", relations=[("updates", "claimone")]),
            claim("claimthr", 49, "49", relations=[("updates", "claimtwo")]),
            claim("claimfou", 49, "49", relations=[("updates", "claimone")]),
            findings=f"""
            {ONE}:19:3: CLAIM-CYCLE the claim updates itself, by way of others. The later claim updates the earlier; take the other relation out.
            {THREE}:19:3: CLAIM-CYCLE the claim updates itself, by way of others. The later claim updates the earlier; take the other relation out.
            {TWO}:19:3: CLAIM-CYCLE the claim updates itself, by way of others. The later claim updates the earlier; take the other relation out.
            """,
        ),
        bad(
            "REF-UNKNOWN",
            claim("claimone", 49, "49", event="the-fightings", claimant="the-ministri", via=["a-work", "first", "the-paper", "no-one"]),
            claim("claimtwo", 49, "49", status="withdrawn", reason="A slip.", subject={"side": "armenien", "category": "servicemen"}),
            {QUESTIONS: "- id: who-began\n  question: Who began?\n  event: the-fight\n"},
            findings=f"""
            {ONE}:7:10: REF-UNKNOWN there is no authority file “the-fightings”. Mend the id, or write that file. Did you mean “the-fighting”?
            {ONE}:16:13: REF-UNKNOWN there is no authority file “the-ministri”. Mend the id, or write that file. Did you mean “the-ministry”?
            {ONE}:18:35: REF-UNKNOWN there is no authority file, work or article “no-one”. Mend the id, or write that record.
            {TWO}:10:11: REF-UNKNOWN there is no authority file “armenien”. Mend the id, or write that file. Did you mean “armenia”?
            {QUESTIONS}:1:7: REF-UNKNOWN there is no authority file “the-fight”. Mend `event`, or write that file. Did you mean “the-fighting”?
            """,
        ),
        bad(
            "REF-KIND",
            claim("claimone", 49, "49", event="armenia", claimant="the-fighting", stance=None, measure="displaced"),
            {QUESTIONS: "- id: who-began\n  question: Who began?\n  event: armenia\n"},
            findings=f"""
            {ONE}:7:10: REF-KIND “armenia” is not an event. Name a record of that kind.
            {ONE}:16:13: REF-KIND “the-fighting” is not a place or an actor. Name a record of that kind.
            {QUESTIONS}:1:7: REF-KIND “armenia” is not an event. Name the event that the question is about.
            """,
        ),
        bad(
            "TEXT-UNICODE",
            {QUESTIONS: '- id: who-began\n  question: "Who \\u202ebegan?"\n  event: the-fighting\n'},
            findings=f"{QUESTIONS}:2:13: TEXT-UNICODE character U+202E in “Who \\u202ebegan?”. Type the words again.",
        ),
    ]  # fmt: skip


def reply(identifier: str, to: str, **change: str) -> dict[str, str | bytes | None]:
    """A reply in the folder of `first`."""
    [(path, text)] = note(f"- annotation: {to}", id=identifier, **change).items()
    return {path.replace("k3f9q2x7", identifier): text}


def annotations() -> list[Case]:
    """Replies, and words of several paragraphs."""
    return [
        case(
            "NOTE-REPLY",
            {
                **note("- exact: Goris"),
                **reply("replyone", "k3f9q2x7"), **reply("replytwo", "replythr"), **reply("replythr", "replytwo"),
                **reply("replyfou", "nowhere1"), **reply("replyfiv", "replyfiv"), **reply("replysix", "replytwo"),
                **{path.replace("first/", "second/"): data for path, data in reply("replysev", "k3f9q2x7", article="second").items()},
                **article("second", "Text."),
            },
            """
            archive/annotations/first/replyfiv.yml:5:17: NOTE-REPLY an annotation that answers itself, by way of others or straight away. Name the annotation that it answers.
            archive/annotations/first/replyfou.yml:5:17: NOTE-REPLY no annotation “nowhere1”. Mend the id.
            archive/annotations/first/replythr.yml:5:17: NOTE-REPLY an annotation that answers itself, by way of others or straight away. Name the annotation that it answers.
            archive/annotations/first/replytwo.yml:5:17: NOTE-REPLY an annotation that answers itself, by way of others or straight away. Name the annotation that it answers.
            archive/annotations/second/replysev.yml:5:17: NOTE-REPLY “k3f9q2x7” is an annotation of “first”. A reply names the same `article` or `work` as what it answers.
            """,
        ),
        case(
            "NOTE-PARAGRAPHS",
            {**first("Shells fell on Goris.\n\nNo one was hurt."), **note('- exact: "Goris.\\n\\nNo one"')},
            f"{NOTE}:5:12: NOTE-PARAGRAPHS words of more than one paragraph. Make a target for the words of each paragraph.",
        ),
        case(
            "ID-DUPLICATE",
            {
                **note("- exact: Goris"),
                **{path.replace("first/", "second/"): data for path, data in note("- exact: Text", article="second").items()},
                **article("second", "Text."),
            },
            f"archive/annotations/second/k3f9q2x7.yml:1:5: ID-DUPLICATE id “k3f9q2x7” stands already in {NOTE}. Choose another id.",
        ),
        case("SCHEMA", note('- exact: ""'), f"{NOTE}:5:12: SCHEMA “targets.0.exact”: string should have at least 1 character. Write the words, or leave the key out."),
        case(
            "SCHEMA",
            note(f"- exact: {'x' * 10_000}"),
            f"{NOTE}:5:12: SCHEMA “targets.0.exact”: string should have at most 5000 characters. Shorten it.",
        ),
        case(
            "YAML-SYNTAX",
            {NOTE: str(note("- exact: Goris")[NOTE]).partition(", orcid")[0].partition("created")[0] + 'created: "2026'},
            f"{NOTE}:10:15: YAML-SYNTAX found unexpected end of stream. Compare with a neighbouring file.",
        ),
    ]  # fmt: skip
