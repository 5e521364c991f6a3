"""`archive build --verify-against`: where two builds differ, in words."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_shell import PLAIN, NoSearch

from annotated_archive.site import plugin
from annotated_archive.site.comparing import compare
from language import archive, place


def differences(tmp_path: Path, one: dict[str, bytes], two: dict[str, bytes]) -> list[str]:
    """What is said of two folders with these files, called `a` and `b`."""
    for name, files in (("a", one), ("b", two)):
        (tmp_path / name).mkdir()
        for path, data in files.items():
            (tmp_path / name / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name / path).write_bytes(data)
    lines = compare(tmp_path / "a", tmp_path / "b")
    return [line.replace(f"{tmp_path}/", "") for line in lines]


def test_equal_folders(tmp_path: Path) -> None:
    files = {"index.html": b"<p>", "places/goris.html": b"", "x.bin": bytes(range(256))}
    assert differences(tmp_path, files, dict(reversed(files.items()))) == []


@pytest.mark.parametrize(
    ("one", "two", "said"),
    [
        (b"a\nb\n", b"a\nc\n", "2:1: 'b' here, 'c' in the other"),
        (b"a\nb", b"a\nb\n", "2:2: 'b' here, 'b' in the other"),
        (b"", b"a", "1:1: '' here, 'a' in the other"),
        ("Երևան, այո".encode(), "Երևան, ոչ".encode(), "1:8: 'Երևան, այո' here, 'Երևան, ոչ' in the other"),
        (b"x" * 5000 + b"1" + b"y" * 90, b"x" * 5000 + b"2" + b"y" * 90,
         f"1:5001: '{'x' * 30}1{'y' * 29}' here, '{'x' * 30}2{'y' * 29}' in the other"),
        (b"\xff\x00\x01", b"\xff\x00\x02\x03", "byte 3 of 3 and 4"),
    ],
)  # fmt: skip
def test_the_first_place_that_differs(tmp_path: Path, one: bytes, two: bytes, said: str) -> None:
    assert differences(tmp_path, {"f": one}, {"f": two}) == [f"f:{said}"]


def test_files_that_are_in_one_only(tmp_path: Path) -> None:
    assert differences(tmp_path, {"a/x": b"", "z": b"1"}, {"b/y": b"", "z": b"2"}) == [
        "a/x: only in a", "b/y: only in b", "z:1:1: '1' here, '2' in the other",
    ]  # fmt: skip


def test_a_build_is_compared_with_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plugin, "Searching", NoSearch)
    made = archive(tmp_path, PLAIN, place("velm"))
    assert made.run("build").exit == 0
    (made.root / "site").rename(tmp_path / "before")
    again = made.run("build", "--jobs", "2", "--verify-against", str(tmp_path / "before"), "--timings")
    assert again.exit == 0
    assert again.stdout.splitlines()[-1] == f"It is the same as in {tmp_path / 'before'}, to the byte."
    stages = [line.split("\t") for line in again.stderr.splitlines()]
    assert [stage[0] for stage in stages] == [
        "load", "check", "link", "graph", "pages", "render", "index", "export", "swap",
    ]  # fmt: skip
    assert all(float(seconds) >= 0 for stage in stages for seconds in stage[1:])
    made.write(place("velm", name="Velmi"))
    changed = made.run("build", "--verify-against", str(tmp_path / "before"))
    assert changed.exit == 1
    assert any(line.startswith("places/velm.html:") and "Velmi" in line for line in changed.stdout.splitlines())
    assert "differ" in changed.stderr
