"""What strangers may put into a proposal: links, names, dates and texts made to leak, to mislead or to take for ever."""
# ruff: noqa: E501 (a finding is one line)

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import unicodedata
from pathlib import Path

import bad_articles
import bad_claims
import pytest
from bad_files import BASE, DOC
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from test_claims import by_id
from test_claims import made as claimed
from test_import import graph as graph
from test_import import one, reason, web
from test_site import SITE

from annotated_archive.anchor.annotate import Wish, make
from annotated_archive.anchor.form import read_form
from annotated_archive.anchor.reading import Reading, normal
from annotated_archive.check import REPORTERS, run
from annotated_archive.check.circles import on_circles
from annotated_archive.check.reporters import summary
from annotated_archive.claims.groups import NAMED, groups
from annotated_archive.claims.moments import moment, zone_of
from annotated_archive.exports.markup import MAX_TAGS, MAX_TEXT, UnreadableError, as_markdown
from annotated_archive.graph import Graph
from annotated_archive.pages import Settings
from annotated_archive.pages.notes import rendered
from annotated_archive.records import dates
from annotated_archive.records.annotation import MAX_NAME, Contributor, Target
from annotated_archive.records.bibliography import Work
from annotated_archive.records.diagnostic import ContentError, Diagnostic
from annotated_archive.records.markup import MAX_BODY, MAX_LINES, MAX_NESTING, MOST, unrenderable
from annotated_archive.records.text import MAX_MARKS, composed, crowded, stray
from annotated_archive.site import build as site
from annotated_archive.site.content import leads_elsewhere, read
from annotated_archive.store import load
from language import archive

LETTER = Settings("Test archive", "contact@archive.example", "")
LINKED = "1:1: FILE-LINK a symbolic link. Put the file itself here."
NOTE = bad_articles.NOTE
MARKS = "\u0315\u0300"
THEME = Path(site.__file__).parent / "theme"
BODIES = int(os.environ.get("ARCHIVE_HOSTILE_BODIES", "1000"))
"""How many bodies are rendered; some thousands look further than every pull request needs to."""


# Links


@pytest.mark.parametrize(
    "path",
    ["archive/schema/leak.json", "archive/originals/leak.txt", "archive/annotations/zz", "archive/articles/leak.md",
     "docs/leak.txt", "docs/leak.md", "docs/deep/er/leak", "archive/leak", "docs/.hidden"],
)  # fmt: skip
@pytest.mark.parametrize("folder", [False, True])
def test_a_link_is_an_error_wherever_it_lies(tmp_path: Path, path: str, folder: bool) -> None:
    made = archive(tmp_path, BASE)
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret/key").write_text("secret", encoding="utf-8")
    (made.root / path).parent.mkdir(parents=True, exist_ok=True)
    (made.root / path).symlink_to(tmp_path / ("secret" if folder else "secret/key"))
    assert f"{path}:{LINKED}" in made.check()
    assert f"{path}:{LINKED}" in [str(found) for found in run(made.root, [path]).diagnostics]


@pytest.mark.parametrize("top", ["archive", "docs", "archive/annotations"])
def test_a_folder_of_the_record_is_no_link(tmp_path: Path, top: str) -> None:
    made = archive(tmp_path, BASE, {NOTE: bad_articles.note("- exact: Goris")[NOTE] or "", DOC: "# A page\n"})
    (made.root / top).rename(tmp_path / "elsewhere")
    (made.root / top).symlink_to(tmp_path / "elsewhere")
    assert f"{top}:{LINKED}" in made.check()


def test_the_site_holds_nothing_that_a_link_leads_to(tmp_path: Path) -> None:
    """The check refuses links; should one get past it, the site still leaves out what it leads to."""
    made = archive(tmp_path, BASE, SITE, {"archive/schema/a.json": "{}", "docs/picture.txt": "x"})
    before = read(made.root, LETTER).files()
    assert {"schema/a.json", "originals/first.txt"} <= {name for name, _ in before}
    content = read(made.root, LETTER)
    (tmp_path / "key").write_text("secret", encoding="utf-8")
    for path in ("archive/schema/a.json", "archive/originals/first.txt"):
        (made.root / path).unlink()
        (made.root / path).symlink_to(tmp_path / "key")
    assert not {"schema/a.json", "originals/first.txt"} & {name for name, _ in content.files()}
    (made.root / "docs/deep").symlink_to(tmp_path)
    assert leads_elsewhere(made.root, made.root / "docs/deep/key")
    assert not leads_elsewhere(made.root, made.root / "docs/picture.txt")


def test_docs_behind_a_link_are_not_files_of_the_site(tmp_path: Path) -> None:
    from mkdocs.config import load_config
    from mkdocs.structure.files import get_files

    from annotated_archive.site.plugin import _is_linked

    made = archive(tmp_path, BASE, SITE, {"docs/picture.txt": "x"})
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret/key.txt").write_text("secret", encoding="utf-8")
    (made.root / "docs/deep").symlink_to(tmp_path / "secret")
    config = load_config(str(made.root / "mkdocs.yml"))
    linked = {file.src_uri: _is_linked(config, file) for file in get_files(config)}
    assert (linked["deep/key.txt"], linked["picture.txt"]) == (True, False)


def test_a_pipe_among_the_annotations_stops_no_summary(tmp_path: Path) -> None:
    from annotated_archive.check.changes import _Summary
    from annotated_archive.check.history import Since

    made = archive(tmp_path, BASE, {NOTE: bad_articles.note("- exact: Goris")[NOTE] or ""})
    os.mkfifo(made.root / "archive/annotations/first/aaaaaaa1.yml")
    (made.root / "archive/annotations/first/aaaaaaa2.yml").symlink_to(tmp_path)
    assert list(_Summary(made.root, Since("", (), (), ()), {}).homes) == ["k3f9q2x7"]


# Names of files


def test_no_name_of_a_file_begins_a_line_of_the_output(tmp_path: Path) -> None:
    made = archive(tmp_path, BASE)
    root = os.fsencode(made.root)
    for name in (b"q\n::stop-commands::zz", b"\xff", "a\u202eb".encode(), b"c\x1b[2J"):
        os.makedirs(root + b"/archive/annotations/" + name)
        for path in (b"/archive/annotations/" + name + b"/aaaaaaa1.yml", b"/docs/" + name + b".md"):
            os.makedirs(os.path.dirname(root + path), exist_ok=True)
            Path(os.fsdecode(root + path)).write_bytes(b"id: x\n")
    found = run(made.root).diagnostics
    assert {d.rule for d in found} >= {"FILE-NAME", "SCHEMA"}
    for form, report in REPORTERS.items():
        text = report(found)
        text.encode("utf-8")
        lines = text.splitlines()
        assert form == "json" or len(lines) == len(found)
        starts = ("::error file=archive/", "::error file=docs/") if form == "github" else ("archive/", "docs/")
        assert form == "json" or all(line.startswith(starts) for line in lines)
        assert not set(text) & set("\x1b\u202e")
    assert len(summary(found).encode("utf-8").splitlines()) == len(found) + 6
    one_of_them = "archive/annotations/q\n::stop-commands::zz/aaaaaaa1.yml"
    assert {d.rule for d in run(made.root, [one_of_them]).diagnostics} == {"FILE-NAME", "SCHEMA"}


def test_a_finding_is_one_line_whatever_it_holds() -> None:
    found = Diagnostic("a\n::error::b\udcff", 1, 1, "SCHEMA", "c\rd\u2028e", "f\x1bg")
    assert str(found) == r"a\u000a::error::b\udcff:1:1: SCHEMA c\u000dd\u2028e. f\u001bg"
    assert json.loads(REPORTERS["json"]([found]))[0]["path"] == r"a\u000a::error::b\udcff"


def test_the_step_summary_is_written_whatever_files_are_called(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = archive(tmp_path, BASE)
    (tmp_path / "an-archive" / "docs").mkdir(exist_ok=True)
    Path(os.fsdecode(os.fsencode(made.root) + b"/docs/\xff.md")).write_bytes(b"# A page\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    done = made.run("check", "--format", "github")
    assert (done.exit, "FILE-NAME" in done.stdout) == (1, True)
    assert "FILE-NAME" in (tmp_path / "summary.md").read_text(encoding="utf-8")


# Bodies

NASTY = ["[", "]", "(", ")", "<", ">", "![", "[a](", "[a][", "<a ", "<!--", "<?", "*", "**", "_", "`", "``", "```\n", "\n",
         "\n\n", "> ", "- ", "1. ", "    ", "\t", "#", "=\n", "---\n", "&", "&#", "\\", "a ", "<http://a", "[a]: b\n",
         "\"", "<div>", "</div>", "<p>", "  \n", "+ ", "* ", "x" * 50, "<![CDATA["]  # fmt: skip


def nasty(seed: int) -> str:
    """A body of signs that mean something, and of nothing else, cut down to what may be rendered."""
    chance = random.Random(seed)
    signs = chance.choices(NASTY, k=chance.choice((1, 2, 3, 6)))
    length = chance.choice((200, 1_000, 4_000))
    body = ""
    while len(body) < length:
        body += chance.choice(signs) * chance.choice((1, 1, 3, 30))
    for sign, most in MOST.items():
        parts = body.split(sign)
        body = sign.join(parts[: most + 1]) + "".join(parts[most + 1 :])
    return "\n".join(body.replace("<![", "").split("\n")[:MAX_LINES])[:MAX_BODY]


FUZZ = """
import sys
bodies, *sys.path[:0] = sys.argv[1:]
from test_hostile import nasty
from annotated_archive.pages.notes import rendered
from annotated_archive.records.markup import unrenderable
shown = 0
for seed in range(int(bodies)):
    body = nasty(seed)
    rendered(body)
    shown += unrenderable(body) is None
print(shown)
"""


def test_bodies_within_the_limits_are_rendered_in_reasonable_time() -> None:
    """A hundred of them take about a second; a single one without the limits took minutes."""
    done = subprocess.run(
        [sys.executable, "-c", FUZZ, str(BODIES), *map(str, Path(__file__).parents[:2])],
        capture_output=True, text=True, timeout=300, check=True,
    )  # fmt: skip
    assert int(done.stdout) > BODIES / 2


DEEP = "\n".join(f"{'    ' * level}- a" for level in range(60))


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("x" * (MAX_BODY + 1), "more than 20,000 characters"),
        ("a\n" * MAX_LINES, "more than 1,000 lines"),
        ("[" * 3000, "more than 100 times the character `[`"),
        ("[a](" * 2000, "more than 100 times the character `[`"),
        ("<a " * 3000, "more than 100 times the character `<`"),
        ("\\``" * 3000, "more than 400 times the character ```"),
        ("<![CDATA[", "the beginning of a CDATA section, `<![`"),
        ("1. " * 600, "lists or quotations more than 10 deep"),
        ("a\n\n" + "* " * 11 + "b", "lists or quotations more than 10 deep"),
        (">" * 11 + "b", "lists or quotations more than 10 deep"),
        (DEEP, "lists or quotations more than 10 deep"),
        ("\t" * 11 + "- a", "lists or quotations more than 10 deep"),
    ],
)  # fmt: skip
def test_a_body_that_is_not_rendered_stands_as_it_is(body: str, why: str) -> None:
    assert unrenderable(body) == why
    html = str(rendered(body))
    assert html.startswith("<p>") and html.endswith("</p>") and "<a" not in html and "<li>" not in html


@pytest.mark.parametrize(
    "body",
    ["", "x" * MAX_BODY, "> " * MAX_NESTING + "a", "a\n" * (MAX_LINES - 1), "[a](https://a.example) " * 100,
     "\n".join(f"{'    ' * level}- a" for level in range(MAX_NESTING + 1)), "1.1.1.1.1.1.1.1.1.1.1.1"],
)  # fmt: skip
def test_ordinary_bodies_are_rendered(body: str) -> None:
    assert unrenderable(body) is None


def test_a_converter_that_gives_up_breaks_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    class Deep:
        def reset(self) -> Deep:
            return self

        def convert(self, text: str) -> str:
            raise RecursionError

    monkeypatch.setattr("annotated_archive.pages.notes._markdown", Deep)
    assert rendered("<b> & *gives up*") == "<p>&lt;b&gt; &amp; *gives up*</p>"


@pytest.mark.parametrize("body", ["1. " * 600, "x" * (MAX_BODY + 1)])
def test_such_a_body_is_not_written(tmp_path: Path, body: str) -> None:
    made = archive(tmp_path, BASE)
    with pytest.raises(ContentError, match=r"NOTE-BODY|SCHEMA body"):
        make(load(made.root), Wish("first", "Shells fell", body=body), Target(exact="Shells fell"), None)


def test_a_long_body_is_no_record(tmp_path: Path) -> None:
    text = str(bad_articles.note("- exact: Goris")[NOTE]).replace("A note.", "x" * (MAX_BODY + 1))
    [finding] = archive(tmp_path, BASE, {NOTE: text}).check()
    assert finding == f"{NOTE}:6:7: SCHEMA “body”: string should have at most 20000 characters. Shorten it."


@pytest.mark.parametrize(
    ("link", "kept"),
    [("https://a.example/b?c#d", True), ("http://a.example", True), ("#p-3", True), ("//evil.example/x", False),
     ("\\\\\\\\evil.example/x", False), ("/x", False), ("../../x", False), ("javascript:alert(1)", False),
     ("https:/evil.example", False), ("https:\\\\\\\\evil.example", False), ("mailto:a@b.example", False), ("x", False)],
)  # fmt: skip
def test_links_of_a_body_lead_to_the_web_or_into_the_page(link: str, kept: bool) -> None:
    html = str(rendered(f"[words]({link})"))
    assert ("href" in html) == kept and "words" in html
    assert ("href" in str(rendered(f'<a href="{link}">words</a>'))) == kept
    assert not kept or 'rel="noopener noreferrer"' in html


# Dates


@pytest.mark.parametrize(
    "text",
    ["2022-09-13T10:00:00+14:01", "2022-09-13T10:00:00-23:59", "2022-09-13T10:00:00+99:99", "0001-01-01T00:00:00+14:00",
     "0999-12-31T00:00:00Z", "9999-12-31T23:59:59-12:00", "3000-01-01T00:00:00Z", "2022-02-31T10:00:00Z",
     "Y99999999999999999999", "Y-99999999999999999999"],
)  # fmt: skip
def test_dates_that_no_calendar_has(tmp_path: Path, text: str) -> None:
    with pytest.raises(dates.DateError):
        dates.bounds(text)
    scene = bad_claims.sound() | bad_claims.claim("claimone", 49, "49", as_of=text)
    made = archive(tmp_path, BASE, bad_claims.SCENE, {path: data for path, data in scene.items() if data is not None})
    [finding] = [found for found in made.check() if "claimone" in found.split(":")[0]]
    assert "SCHEMA “claim.as_of”: " in finding


@pytest.mark.parametrize(
    "created", ["2022-09-13T10:00:00+15:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"]
)
def test_times_of_annotations_that_no_calendar_has(tmp_path: Path, created: str) -> None:
    text = str(bad_articles.note("- exact: Goris")[NOTE]).replace("2026-11-22T10:00:00Z", created)
    [finding] = archive(tmp_path, BASE, {NOTE: text}).check()
    assert "SCHEMA “created”: " in finding


@given(st.datetimes(timezones=st.timezones()), st.integers(-24, 24))
def test_every_date_that_is_taken_has_a_moment_in_every_zone(when: object, hours: int) -> None:
    text = str(when).replace(" ", "T")
    try:
        dates.bounds(text)
    except dates.DateError:
        return
    local = zone_of(["2022-09-13T10:00:00+14:00"])
    assert local is not None
    moment(text, local)


# Import


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("<a " * (MAX_TAGS + 1), "times the character `<`"),
        ("x" * (MAX_TEXT + 1), "a text has more than 100,000 characters"),
        ("a" + MARKS * 30_000, "a text has more than 30 combining marks in a row"),
    ],
)
def test_hostile_texts_are_left_out_with_the_reason(graph: Graph, value: str, why: str) -> None:
    assert why in reason(graph, web(body={"value": value, "format": "text/html"}))
    with pytest.raises(UnreadableError):
        as_markdown(value, "text/html")
    assert one(graph, web(body={"value": "<p>x", "format": "text/html"})).body == "x"


def test_html_on_which_a_parser_gives_up_is_left_out(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    """Python's own does so by an assertion, for other texts in each version (`<![<![` in 3.11)."""

    def feed(parser: object, text: str) -> None:
        raise AssertionError("unknown declaration")

    monkeypatch.setattr("annotated_archive.exports.markup._Words.feed", feed)
    assert reason(graph, web(body={"value": "<![<![<![", "format": "text/html"})) == "a text is not HTML"


def test_a_body_that_cannot_be_shown_is_left_out(graph: Graph) -> None:
    assert reason(graph, web(body={"value": "1. " * 20, "format": "text/markdown"})) == (
        "its text holds lists or quotations more than 10 deep, which no page can show"
    )


# Forms


def test_headings_of_white_space_take_no_time() -> None:
    """The old expression took minutes for this one."""
    form = "### Article \t\n\nfirst\n\n### Your note\n\nhello\n\n### " + "\t" * 90_000 + "x\n"
    assert read_form(form, "form.md")["Article"] == "first"


# Combining marks


def test_marks_in_a_row_are_found_before_anything_is_normalised(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "a" + MARKS * 50_000
    asked: list[int] = []
    whole = unicodedata.normalize

    def normalize(form: str, words: str) -> str:
        asked.append(len(words))
        return whole(form, words)

    monkeypatch.setattr(unicodedata, "normalize", normalize)
    assert list(stray(text)) == [(1, "more than 30 combining marks in a row")]
    assert crowded(text) == 1 and composed(text) == text and Reading(text).plain == normal(text)
    assert max(asked) == 1


def test_marks_of_real_languages_are_none_of_these() -> None:
    zalgo = "a" + "\u0300" * MAX_MARKS
    for text in ("Ճիշտ՜", "тя\u0301га", "ệ" * 100, "—" * 100, "😀" * 100, "́".join("abc" * 50), zalgo + zalgo):
        assert crowded(text) is None and composed(text) == unicodedata.normalize("NFC", text)
    assert crowded(f"x{zalgo}\u0301") == 2
    assert crowded("\u0f73" * 31) == 0  # a mark only once it is taken apart


def test_a_name_of_marks_is_reported(tmp_path: Path) -> None:
    text = str(bad_articles.note("- exact: Goris")[NOTE]).replace("A reader", "a" + MARKS * 20)
    [finding] = archive(tmp_path, BASE, {NOTE: text}).check()
    assert f"{NOTE}:9:16: TEXT-UNICODE more than 30 combining marks in a row" in finding


# Chains


@given(st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdefg"), max_size=3)))
def test_circles(onward: dict[str, list[str]]) -> None:
    def reached(start: str) -> set[str]:
        found: set[str] = set()
        waiting = list(onward.get(start, ()))
        while waiting:
            if (one := waiting.pop()) not in found:
                found.add(one)
                waiting += onward.get(one, ())
        return found

    assert on_circles(onward) == {one for one in onward if one in reached(one)}


class Counted(list[str]):
    """Counts how often it is gone through."""

    walks = 0

    def __iter__(self):  # type: ignore[no-untyped-def]
        Counted.walks += 1
        return super().__iter__()


def test_a_long_chain_is_walked_once() -> None:
    length = 20_000
    chain = {str(n): Counted([str(n + 1)]) for n in range(length)}
    assert on_circles(chain) == set()
    assert Counted.walks <= 2 * length
    chain[str(length)] = Counted(["0"])
    assert len(on_circles(chain)) == length + 1


def test_what_a_figure_differs_from_is_named_in_part_and_counted_whole() -> None:
    claims = [claimed(f"c{n:07d}", {"number": n}) for n in range(40)]
    [group] = groups(by_id(*claims))
    ids = [figure.id for figure in group.figures]
    for figure in group.figures:
        others = tuple(other for other in ids if other != figure.id)
        assert (figure.differs, figure.differing) == (others[:NAMED], 39)


# Ids and names


@pytest.mark.parametrize("identifier", ["aa-previews", "aa-search"])
def test_a_work_takes_no_name_of_the_pages_own(identifier: str) -> None:
    record = {"type": "webpage", "title": "A page", "alignment": "tertiary"}
    Work.model_validate({"id": "aa", **record})
    with pytest.raises(ValidationError, match="kept for the pages themselves"):
        Work.model_validate({"id": identifier, **record})


def test_scripts_take_data_from_scripts_alone_and_read_broken_addresses() -> None:
    for path in sorted(THEME.rglob("*.js")):
        text = path.read_text(encoding="utf-8")
        for name in ("aa-previews", "aa-search"):
            assert f'getElementById("{name}")' not in text, path.name
        decoded = [line.strip() for line in text.splitlines() if "decodeURIComponent(" in line]
        assert all(line.startswith("try {") for line in decoded), (path.name, decoded)


@pytest.mark.parametrize("name", ["x" * (MAX_NAME + 1), "a\nb", "a\n::error::b", "", " a"])
def test_a_name_is_one_short_line(name: str) -> None:
    Contributor(name="x" * MAX_NAME)
    with pytest.raises(ValidationError):
        Contributor(name=name)
