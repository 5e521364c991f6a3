"""The golden archive: what comes of it is what stands in `tests/golden/expected`, and nothing hostile in it runs."""

from __future__ import annotations

import difflib
from html.parser import HTMLParser
from pathlib import Path

import pytest

from language import ArchiveText

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
SHOWN = 200
RELATIVE_OR_SAFE = ("https://", "mailto:")
LOADS = {"src", "srcset", "data", "poster", "action", "formaction", "background"}


@pytest.fixture(scope="module")
def golden() -> tuple[dict[str, str], dict[str, str]]:
    """What stands in `expected/`, and what comes of the golden archive now."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(GOLDEN))
        import regenerate
    return regenerate.expected(), regenerate.made()


def difference(wanted: dict[str, str], found: dict[str, str]) -> str:
    """How two trees of files differ, as a unified diff."""
    lines: list[str] = []
    for path in sorted(wanted.keys() | found.keys()):
        old, new = wanted.get(path, ""), found.get(path, "")
        lines += difflib.unified_diff(
            old.splitlines(), new.splitlines(), f"expected/{path}", f"now/{path}", lineterm="", n=1
        )
        if old != new and old.splitlines() == new.splitlines():
            lines.append(f"{path}: another line end")
        if (path in wanted) != (path in found):
            lines.append(f"{path}: {'no longer there' if path in wanted else 'new'}")
    return "\n".join(lines)


def test_what_comes_of_the_golden_archive(golden: tuple[dict[str, str], dict[str, str]]) -> None:
    lines = difference(*golden).splitlines()
    more = f"\n… {len(lines) - SHOWN} more lines" if len(lines) > SHOWN else ""
    assert not lines, (
        "\n".join(lines[:SHOWN]) + more + "\nIf this is meant, run `make golden` and review the difference."
    )


def test_the_difference_names_every_kind_of_change() -> None:
    assert difference({"a": "x\n", "b": "y\n", "c": "z\n"}, {"a": "x", "b": "new\n", "d": ""}).splitlines() == [
        "a: another line end", "--- expected/b", "+++ now/b", "@@ -1 +1 @@", "-y", "+new",
        "--- expected/c", "+++ now/c", "@@ -1 +0,0 @@", "-z", "c: no longer there", "d: new",
    ]  # fmt: skip


class _Parts(HTMLParser):
    """What a browser would load or run of a page, and the text of each block of the article."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.active: list[str] = []
        self.blocks: dict[str, str] = {}
        self.inside: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        for name, value in attrs:
            address = (value or "").strip().lower()
            safe = address.startswith(RELATIVE_OR_SAFE) or ":" not in address.partition("?")[0].partition("#")[0]
            if name.startswith("on") or name in LOADS or name == "style" or (name == "href" and not safe):
                self.active.append(f"{tag} {name}={value}")
        if tag in ("script", "iframe", "object", "embed", "img", "form", "base", "meta", "link"):
            self.active.append(tag)
        if "data-start" in given:
            self.inside = given["id"] or ""
            self.blocks[self.inside] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag in ("p", "h2"):
            self.inside = None

    def handle_data(self, data: str) -> None:
        if self.inside is not None:
            self.blocks[self.inside] += data


def parts(html: str) -> _Parts:
    """A page taken apart."""
    parser = _Parts()
    parser.feed(html)
    parser.close()
    return parser


def test_nothing_hostile_runs(golden: tuple[dict[str, str], dict[str, str]]) -> None:
    _, made = golden
    active = {path: parts(text).active for path, text in made.items() if path.endswith(".html")}
    assert {path: found for path, found in active.items() if found} == {}
    everything = "".join(made[path] for path in active)
    assert everything.count("&lt;script&gt;alert(1)&lt;/script&gt;") > 5
    assert everything.count("{{ 7*7 }}") > 5


def test_hostile_markup_is_found_by_the_test_itself() -> None:
    assert parts('<p><img src=x onerror=a><a href=" javascript:a">b</a><a href="x.html#y:z">c</a></p>').active == [
        "img src=x", "img onerror=a", "img", "a href= javascript:a",
    ]  # fmt: skip


def test_the_words_of_an_article_are_those_of_its_file(golden: tuple[dict[str, str], dict[str, str]]) -> None:
    _, made = golden
    pages = [path for path in made if path.startswith("pages/articles/") and not path.endswith("index.html")]
    assert len(pages) == 4
    for path in pages:
        source = made[path.replace("pages/", "archive/").replace(".html", ".md")]
        body = source.split("\n---\n", 1)[1].strip("\n")
        assert "\n\n".join(parts(made[path]).blocks.values()) == body


def test_regenerating_writes_what_is_expected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.syspath_prepend(str(GOLDEN))
    regenerate = __import__("regenerate")
    monkeypatch.setattr(regenerate, "EXPECTED", tmp_path / "expected")
    monkeypatch.setattr(regenerate, "made", lambda: {"a/b.txt": "one\n", "c.txt": "two"})
    assert regenerate.main() == 0
    assert capsys.readouterr().out.splitlines()[:2] == ["added a/b.txt", "added c.txt"]
    monkeypatch.setattr(regenerate, "made", lambda: {"a/b.txt": "other\n"})
    assert regenerate.main() == 0
    assert capsys.readouterr().out.splitlines() == [
        "changed a/b.txt",
        "removed c.txt",
        "1 files, 2 changed; `git diff tests/golden/expected` shows how.",
    ]
    assert ArchiveText(tmp_path / "expected").files() == {"a/b.txt": b"other\n"}
