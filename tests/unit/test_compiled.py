"""Compiled templates are kept, and nothing that is kept wrongly is ever run."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from annotated_archive.pages.compiled import Compiled


@pytest.fixture(autouse=True)
def writing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python may write what it compiles."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


def filled(folder: Path, source: str = "One {{ n }}.", **ways: bool) -> tuple[str, int]:
    """A template filled by a process that has just begun, and how often one was compiled for it."""
    made = Environment(loader=DictLoader({"a": source}), bytecode_cache=Compiled(folder), **ways)  # type: ignore[arg-type]
    compiled: list[str] = []
    whole = made.compile
    made.compile = lambda *given, **named: compiled.append("a") or whole(*given, **named)  # type: ignore[method-assign, func-returns-value, assignment]
    return made.get_template("a").render(n="<b>"), len(compiled)


def test_a_template_is_compiled_once(tmp_path: Path) -> None:
    assert filled(tmp_path) == ("One <b>.", 1)
    assert filled(tmp_path) == ("One <b>.", 0)
    assert [path.suffix for path in tmp_path.iterdir()] == [".template"]


def test_another_source_or_another_way_of_reading_it_is_compiled_anew(tmp_path: Path) -> None:
    filled(tmp_path)
    assert filled(tmp_path, "Two {{ n }}.") == ("Two <b>.", 1)
    assert filled(tmp_path, "Two {{ n }}.", autoescape=True) == ("Two &lt;b&gt;.", 1)


@pytest.mark.parametrize("damage", [b"", b"x", b"x" * 500])
def test_a_damaged_file_is_not_used(tmp_path: Path, damage: bytes) -> None:
    filled(tmp_path)
    (kept,) = tmp_path.iterdir()
    whole = kept.read_bytes()
    for data in (damage, whole[:-1], whole[:40] + b"x" + whole[41:]):
        kept.write_bytes(data)
        assert filled(tmp_path) == ("One <b>.", 1)
        assert kept.read_bytes() == whole


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    assert filled(tmp_path / "file") == ("One <b>.", 1)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert filled(tmp_path / "new") == ("One <b>.", 1)
    assert not (tmp_path / "new").exists()
