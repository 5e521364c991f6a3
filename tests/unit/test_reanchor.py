"""`archive reanchor`: what is certain is brought up to date; what is only similar is shown; the rest is marked."""

from __future__ import annotations

from pathlib import Path

from annotated_archive.anchor import select
from annotated_archive.records import yamlio
from language import ArchiveText, Run, actor, archive, article, event, works

BODY = (
    "Azerbaijan said that at least 49 of its soldiers had died near Goris. Others were wounded in the night.\n\n"
    "Nobody could check the figure, the ministry’s spokesman said."
)
NOTE = "archive/annotations/first/abcdefgh.yml"
COUNT = "{} placed, {} only similar, {} unplaced; {} changed.\n"


def note(*targets: str, **fields: str) -> dict[str, str]:
    lines = "\n".join(f"  - {target}" for target in targets)
    return {
        NOTE: f"""# yaml-language-server: $schema=../../schema/annotation.json
id: abcdefgh
kind: note
article: first
targets:
{lines}
body: |-
  A note.
author:
  name: Someone
created: "2026-11-22T10:00:00Z"
license: CC-BY-4.0
status: open
"""
    }


def made(folder: Path, *targets: str, body: str = BODY) -> ArchiveText:
    return archive(folder, article("first", body), works(), note(*targets))


def targets(archive: ArchiveText) -> list[dict[str, object]]:
    found: list[dict[str, object]] = yamlio.read(archive.file(NOTE), NOTE).data["targets"]
    return found


def test_what_a_person_left_out_is_filled_in(tmp_path: Path) -> None:
    first = made(tmp_path, "exact: the ministry's spokesman", "{part: title, exact: First}")
    assert first.run("reanchor") == Run(0, f"{NOTE}: written.\n" + COUNT.format("2 targets", 0, 0, "1 file"), "")
    wanted = [*select(BODY, "the ministry’s spokesman"), *select("First", "First", "title")]
    assert targets(first) == [target.model_dump(exclude_unset=True) for target in wanted]
    before = first.files()
    assert first.run("reanchor") == Run(0, COUNT.format("2 targets", 0, 0, "0 files"), "")
    assert first.files() == before
    assert first.check() == []


def changed(folder: Path, exact: str, body: str) -> ArchiveText:
    """An archive whose annotation was made in BODY, and whose text is another now."""
    first = made(folder, f"exact: {exact}")
    assert first.run("reanchor").exit == 0
    return first.write(article("first", body))


def test_words_in_a_sentence_that_stayed_move_along(tmp_path: Path) -> None:
    body = "A new sentence.\n\n" + BODY
    first = changed(tmp_path, "at least 49", body)
    assert first.run("reanchor").stdout.endswith(COUNT.format("1 target", 0, 0, "1 file"))
    assert targets(first) == [target.model_dump(exclude_unset=True) for target in select(body, "at least 49")]


def test_words_in_a_sentence_with_a_small_change_are_only_shown(tmp_path: Path) -> None:
    first = changed(tmp_path, "at least 49", BODY.replace("soldiers had", "troops had"))
    before = first.file(NOTE)
    done = first.run("reanchor")
    assert "1 target" not in done.stdout and done.stdout.endswith(COUNT.format("0 targets", 0, 1, "1 file"))
    assert "not the same: soldiers → troops" in done.stdout
    first.write({NOTE: before})
    other = BODY.replace("soldiers", "soldeirs")
    first.write(article("first", other))
    done = first.run("reanchor")
    assert done.stdout.endswith(COUNT.format("0 targets", 1, 0, "0 files"))
    report = first.file("build/reanchor/first.md")
    assert "Similar words" in report
    assert "differs: soldiers → soldeirs: “Azerbaijan said that [[at least 49]] of its soldeirs had died" in report
    assert first.file(NOTE) == before
    (finding,) = first.check()
    assert "NOTE-UNPLACED" in finding and "prints finished targets" in finding
    _, _, finished = report.partition("old target:\n\n")
    finished = finished.partition("\n\n")[0] + "\n"
    first.write({NOTE: before[: before.index("  - part")] + finished + before[before.index("body:") :]})
    assert first.check() == []
    assert targets(first) == [target.model_dump(exclude_unset=True) for target in select(other, "at least 49")]
    assert first.run("reanchor").stdout == COUNT.format("1 target", 0, 0, "0 files")
    first.write(article("first", BODY), {NOTE: before})
    assert first.run("reanchor").exit == 0
    assert "build/reanchor/first.md" not in first.files()


def test_another_number_or_side_is_never_taken_for_the_words(tmp_path: Path) -> None:
    for number, other in enumerate((BODY.replace("49", "50"), BODY.replace("Azerbaijan", "Armenia"))):
        folder = tmp_path / str(number)
        folder.mkdir()
        first = changed(folder, "at least 49 of its soldiers", other)
        start = targets(first)
        done = first.run("reanchor")
        assert done.stdout.endswith(COUNT.format("0 targets", 0, 1, "1 file"))
        reason = "the words are not there" if number == 0 else "the words are there, but not in their context"
        assert targets(first) == [{**start[0], "unplaced": reason}]
        assert "not the same: " + ("49 → 50" if number == 0 else "Azerbaijan → Armenia") in done.stdout
        before = first.files()
        assert first.run("reanchor").stdout.endswith(COUNT.format("0 targets", 0, 1, "0 files"))
        assert first.files() == before


def test_words_that_come_back_lose_their_mark(tmp_path: Path) -> None:
    first = changed(tmp_path, "at least 49", "Nothing of the kind.")
    assert first.run("reanchor").stdout.endswith(COUNT.format("0 targets", 0, 1, "1 file"))
    assert first.write(article("first", BODY)).run("reanchor").exit == 0
    assert targets(first) == [target.model_dump(exclude_unset=True) for target in select(BODY, "at least 49")]


def test_a_mark_that_a_person_set_without_a_hash_stays(tmp_path: Path) -> None:
    first = made(tmp_path, "{exact: at least 49, unplaced: The figure is another side’s now.}")
    before = first.files()
    assert first.run("reanchor").exit == 0
    assert {k: v for k, v in first.files().items() if not k.startswith("build/")} == before


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    first = made(tmp_path, "exact: at least 49", "exact: never there")
    before = first.files()
    done = first.run("reanchor", "--dry-run", "first")
    assert done.stdout.startswith(f"{NOTE}: would change.\n- `{NOTE}`, target 2: the words are not there\n")
    assert first.files() == before


def test_comments_are_not_lost_and_what_cannot_be_read_is_reported(tmp_path: Path) -> None:
    first = made(tmp_path, "exact: at least 49 # why")
    first.write({"archive/annotations/first/brokenof.yml": "id: brokenof\ntargets: ["})
    before = first.files()
    done = first.run("reanchor")
    assert done.exit == 1
    assert [line.split(": ")[1].split()[0] for line in done.stderr.splitlines()] == ["YAML-SYNTAX", "FMT-COMMENT"]
    assert first.files() == before


def test_a_context_that_a_person_changed_is_not_written_over(tmp_path: Path) -> None:
    body = "Men of Armenia fell near Goris. Men of Azerbaijan fell near Jermuk."
    first = made(tmp_path, "{exact: Men, suffix: ' of Armenia'}", body=body)
    assert first.run("reanchor").exit == 0
    meant = select(body, "Men")[1].model_dump(exclude_unset=True)
    text = first.file(NOTE)
    between = text[text.index("    suffix:") : text.index("    start:")]
    first.write({NOTE: text.replace(between, "    suffix: \" of Azerbaijan fell near Jermuk.\"\n")})
    (finding,) = first.check()
    assert "NOTE-STALE the words do not stand there with their context" in finding
    assert first.run("reanchor").stdout.endswith(COUNT.format("1 target", 0, 0, "1 file"))
    assert targets(first) == [meant]
    first.write({NOTE: first.file(NOTE).replace(" of Azerbaijan fell", " of Turkey fell")})
    (finding,) = first.check()
    assert "NOTE-UNPLACED" in finding and "Copy them from the article again" in finding
    first.run("reanchor")
    assert " of Turkey fell" in first.file(NOTE)


def claim(folder: Path, body: str, exact: str) -> ArchiveText:
    """An archive with a claim, its target complete."""
    text = str(note(f"exact: {exact}")[NOTE]).replace("kind: note", "kind: claim").replace(
        "body: |-", CLAIM + "body: |-"
    )  # fmt: skip
    files = archive(folder, article("first", body), works("a-work"), actor("army"), event("battle"), {NOTE: text})
    assert files.run("reanchor").exit == 0
    assert [finding for finding in files.check() if NOTE in finding] == []
    return files


CLAIM = """claim:
  event: battle
  measure: deaths
  subject:
    all: true
    category: servicemen
  value:
    number: 50
    as_written: "50"
  as_of: "2022-09-13"
  claimant: army
  stance: third-party
"""


def test_a_claim_in_a_changed_text_waits_for_somebody_who_read_who_says_it(tmp_path: Path) -> None:
    one, other = "The army of Ostland spoke on Tuesday.", "The army of Westland spoke on Tuesday."
    said = "It said that 50 of its men had fallen."
    first = claim(tmp_path, f"{one}\n\n{said}\n\n{other}", "50 of its men")
    first.write(article("first", f"{other}\n\n{said}\n\n{one}"))
    (stale,) = [finding for finding in first.check() if NOTE in finding]
    assert "NOTE-STALE" in stale and "Read who says them there, then run `archive reanchor --claims`." in stale
    before = first.file(NOTE)
    done = first.run("reanchor")
    assert done.stdout.endswith("0 targets placed, 1 of claims to read, 0 only similar, 0 unplaced; 0 files changed.\n")
    told = (
        f"- `{NOTE}`, target 1: the words stand there; read who says them now\n"
        f"    - paragraph 1, before it: “{other}”\n"
        "    - paragraph 2: “It said that [[50 of its men]] had fallen.”\n"
    )
    assert told in done.stdout and told in first.file("build/reanchor/first.md")
    assert first.file(NOTE) == before
    assert first.run("reanchor", "--claims").stdout.endswith(COUNT.format("1 target", 0, 0, "1 file"))
    assert [finding for finding in first.check() if NOTE in finding] == []


def test_a_part_that_could_not_be_read_says_nothing_about_its_words(tmp_path: Path) -> None:
    first = made(tmp_path, "{part: ledger, exact: at least 49}", "{part: body, exact: at least 49}")
    path = "archive/ledgers/first.yml"
    first.write({path: "spans: ["})
    before = first.file(NOTE)
    done = first.run("reanchor")
    assert (done.exit, first.file(NOTE).count("unplaced")) == (1, 0)
    assert done.stderr.startswith(f"{path}:") and "{part: ledger" in before
    assert "part: ledger\n    exact: at least 49\n" in first.file(NOTE)


def test_a_withheld_text_says_nothing_about_its_annotations(tmp_path: Path) -> None:
    first = made(tmp_path, "exact: at least 49", body="")
    before = first.files()
    assert first.run("reanchor").stdout == COUNT.format("0 targets", 0, 0, "0 files")
    assert first.files() == before


def test_an_unknown_article(tmp_path: Path) -> None:
    assert made(tmp_path, "exact: at least 49").run("reanchor", "second") == Run(
        1, "",
        "archive/articles:1:1: NOTE-ARTICLE no article “second”."
        " The id is the name of a file in archive/articles, without `.md`.\n",
    )  # fmt: skip
