"""The archives that the benchmark measures are sound and always the same, and its changes to them are no errors."""

from __future__ import annotations

import math
import re
import sys
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest

from annotated_archive.check import run
from annotated_archive.store import load
from bench import archives, edits, loglog, scale, texts
from bench.cast import wanted
from bench.costs import Cost, Failed
from bench.costs import run as costing
from language import plain

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of 20 articles of generated text."""
    root = tmp_path_factory.mktemp("bench") / "archive"
    assert archives.write(root, 20) == 20
    return root


def test_an_archive_passes_the_check_before_and_after_every_change(made: Path) -> None:
    assert run(made).diagnostics == ()
    before = {path: path.read_bytes() for path in sorted(made.rglob("*")) if path.is_file()}
    edits.prepare(made)
    for name, change in edits.EDITS.items():
        held = {path: path.read_bytes() for path in made.rglob("*") if path.is_file()}
        change(made)
        changed = [path for path, data in held.items() if path.read_bytes() != data]
        assert len(changed) == (0 if name == "nothing" else 1), name
    assert run(made).diagnostics == ()
    for path, data in before.items():
        path.write_bytes(data)


def test_an_archive_has_names_claims_with_figures_and_replies(made: Path) -> None:
    archive = load(made)
    records = [file.record for file in archive.annotations.values()]
    assert len(records) == 20 * archives.PER_ARTICLE
    assert {"note", "correction", "claim"} <= {record.kind for record in records}
    assert any(record.claim and record.claim.value for record in records) and any(record.parent for record in records)
    named = Counter(i for file in archive.articles.values() for i in (*file.record.places, *file.record.actors))
    often = sorted(named.values(), reverse=True)
    assert often[0] == 20 and often[len(often) // 2] <= 5  # a few stand in most articles, most in few


def test_the_same_archive_is_written_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives.Writer, "link", lambda self: None)
    for name in ("one", "two"):
        archives.write(tmp_path / name, 8)
    one, two = (
        {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}
        for root in (tmp_path / "one", tmp_path / "two")
    )
    assert one == two


def test_ten_thousand_articles_name_what_the_measure_asks_for() -> None:
    assert wanted(10_000) == {"place": 200, "actor": 2_000, "treaty": 300, "event": 100}
    assert wanted(100)["actor"] == 200


def test_lines_that_print_broke_are_joined_and_paragraphs_stay() -> None:
    broken = "We are met here\nto keep the peace.\r\nNothing else\x0c will do.\n\n"
    assert texts.cleaned(broken) == ["We are met here to keep the peace.", "Nothing else will do."]
    long = "A paragraph that " + "goes on and " * 12
    assert texts.cleaned(f"{long}\n\n{long}") == [long.strip()] * 2


def test_the_exponent_of_growth_is_found() -> None:
    assert loglog.fit([(1, 1)]) is None
    found = loglog.fit([(n, 3 * n**1.5) for n in (100, 1_000, 10_000)])
    assert found and math.isclose(found[0], 3) and math.isclose(found[1], 1.5)


def runs(seconds: float) -> scale.Runs:
    built = scale.Built(Cost(seconds, seconds, 100), {"load": (seconds / 2, seconds), "pages": (0.0, 0.0)})
    return dict.fromkeys((scale.COLD, *edits.EDITS, scale.CHECK), built)


def test_table_and_picture_say_how_a_stage_grows() -> None:
    results = {100: runs(1), 1_000: runs(10), 10_000: runs(100)}
    table = scale.table(results)
    assert "| cold build | 1.0 s (1.0), 100 MB | 10.0 s (10.0), 100 MB | 100.0 s (100.0), 100 MB | 1.00 |" in table
    assert "| load | 0.50 (1.00) | 5.00 (10.00) | 50.00 (100.00) | 1.00 |" in table
    drawn = ElementTree.fromstring(scale.picture(results))
    words = [text.text for text in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert {"cold build", "load", "one annotation", "articles", "seconds"} <= set(words) and "pages" not in words


def test_timings_are_read_among_other_lines() -> None:
    said = "archive/a.yml:1:1: A-RULE words\nload\t1.25\t2.5\nexport\t0.01\t0.01\n"
    assert scale.stages(said) == {"load": (1.25, 2.5), "export": (0.01, 0.01)}


def test_a_command_that_fails_is_told_with_its_words(tmp_path: Path) -> None:
    with pytest.raises(Failed, match="no such thing"):
        costing(["sh", "-c", "echo no such thing >&2; exit 3"], tmp_path, tmp_path / "log")
    ran = costing(["sh", "-c", "echo here"], tmp_path, tmp_path / "log")
    assert (ran.out, ran.err) == ("here\n", "") and ran.cost.peak > 0


def test_programs_are_not_compiled_at_each_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    ran = costing([sys.executable, "-c", "import sys; print(sys.dont_write_bytecode)"], tmp_path, tmp_path / "log")
    assert ran.out == "False\n"


def test_a_section_of_the_page_is_replaced_alone(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(plain("# A\n\n## One\n\nold\n\n## Two\n\nstays\n"), "utf-8")
    scale.section(page, "One", "new")
    assert page.read_text("utf-8") == plain("# A\n\n## One\n\nnew\n\n## Two\n\nstays\n")
    scale.section(page, "Two", "last")
    assert page.read_text("utf-8").endswith("## Two\n\nlast\n")
    with pytest.raises(ValueError, match="Three"):
        scale.section(page, "Three", "")


def test_the_page_on_scale_has_what_the_measurements_replace_and_names_their_commands() -> None:
    page = scale.PAGE.read_text("utf-8")
    assert f"\n## {scale.SECTION}\n" in page and "\n## Beside other programs\n" in page
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M)
    assert {"bench", "bench-peers"} <= set(re.findall(r"`make ([a-z-]+)", page)) <= set(targets)
