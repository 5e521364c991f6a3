"""The generated pages: what comes from a record is text, links lead somewhere, and words stay as they were."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, join, normpath, relpath
from typing import Any

import markdown
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotated_archive import pages
from annotated_archive.graph import Graph, resolve
from annotated_archive.pages import docs, links, maps, previews
from annotated_archive.pages.base import Settings
from annotated_archive.store import load
from language import ArchiveText, actor, archive, article, event, place, readable, treaty, works

REPOSITORY = "https://forge.example/a/b"
SETTINGS = Settings("Test archive", "contact@archive.example", REPOSITORY, sides=("eastland", "westmark"))
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror="alert(1)">',
    "{{ 7*7 }} {% raw %} {# gone #}",
    "</p></div><a href='javascript:alert(1)'>x</a>",
    "[a](javascript:alert(1)) `b` **c** &lt;d&gt; &#60;e",
]


class Parsed(HTMLParser):
    """The start tags of a page, and the text of the elements that carry `data-start`."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[tuple[int, str]] = []
        self.inside = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if start := dict(attrs).get("data-start"):
            self.words.append((int(start), ""))
            self.inside = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self.inside:
            self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside:
            start, words = self.words[-1]
            self.words[-1] = start, words + data

    @property
    def ids(self) -> list[str]:
        return [str(attrs["id"]) for _, attrs in self.tags if attrs.get("id")]

    @property
    def hrefs(self) -> list[str]:
        return [str(attrs["href"]) for tag, attrs in self.tags if tag == "a" and attrs.get("href")]


def graph_of(made: ArchiveText) -> Graph:
    read = load(made.root)
    assert read.problems == ()
    return resolve(read)


def fact(text: str, **more: str) -> dict[str, object]:
    return {"text": text, "cite": ["a-work"], **more}


def valley(folder: Path) -> ArchiveText:
    """A small archive with something of everything."""
    return archive(
        folder,
        works("a-work", {"id": "a-report", "title": "A report", "alignment": "armenian", "words": ["words relied on"],
                         "url": "https://works.example/report?a=1&b=2", "copy_at": "copies.example", "language": "hy"}),
        place("eastland", type="country"),
        place("westmark", type="country"),
        place("velm", within="eastland", location={"lat": 40.2, "lon": 45.87, "cite": ["a-work"]},
              names=[{"text": "Վելմ", "lang": "hy", "note": "Armenian name", "cite": ["a-report"]}],
              summary="Village in Eastland.", summary_cite=["a-work"],
              facts=[fact("Velm lies in Eastland."),
                     fact("Westmark said that it did not fire.", says="westmark", topic="The night"),
                     fact("Eastland said that shells fell.", says="ministry-of-eastland", topic="The night")]),
        place("far-away", type="city", location={"lat": -33.9, "lon": 18.4, "cite": ["a-work"]}),
        actor("ministry-of-eastland", side="eastland", facts=[fact("It said so.", says="ministry-of-eastland")]),
        actor("valley-gazette", type="outlet", name="Valley Gazette"),
        actor("old-post", type="outlet", name="Old Post"),
        treaty("the-pact", name="Pact of 1997", parties=["eastland", "westmark"], signed="1997-08-29",
               texts=[{"label": "Text", "url": "https://works.example/pact"}]),
        event("shelling", name="Shelling of Velm", places=["velm"], treaties=["the-pact"]),
        event("first-shot", name="First shot", part_of_event="shelling", time="at night"),
        event("last-year", date="2021", name="The year before"),
        article("first", "Shells fell on Velm.\n\nVelm is a village. Velm burned.", date="2022-09-13",
                date_source="inferred", source="valley-gazette", credited="Old Post", title="Velm under fire",
                blocks={"1": "caption"}),
        article("second", "Nothing fell on Velm.", date="2022-09-14", date_source="page", source="valley-gazette"),
        article("withheld", "Secret words about Velm.", rights={"statement": "Of its author.", "publish": "metadata"}),
        {"docs/index.md": "# Home\n", "docs/contribute/index.md": "# How\n"},
    )  # fmt: skip


def test_every_link_leads_to_a_page_or_an_anchor(tmp_path: Path) -> None:
    made = valley(tmp_path)
    graph = graph_of(made)
    everything = {page.path: Parsed(page.html) for page in pages.pages(graph, SETTINGS, rules=[("A-B", "a", "b", "c")])}
    everything["index.md"] = Parsed(pages.home_html(graph, SETTINGS))
    everything["contribute/index.md"] = Parsed("")
    for path, parsed in everything.items():
        assert len(parsed.ids) == len(set(parsed.ids)), f"an id stands twice in {path}"
        for href in parsed.hrefs:
            if href.startswith(("https://", "mailto:")):
                continue
            assert not href.startswith("/")
            address, _, fragment = href.partition("#")
            target = normpath(join(dirname(path), address)) if address else path
            if target.startswith("originals/"):
                assert (made.root / "archive" / target).is_file()
                continue
            name = target.removesuffix(".html") + ".md" if address else target
            assert name in everything, f"{path} links to {href}"
            assert not fragment or fragment in everything[name].ids, f"{path} links to {href}"


def test_the_same_pages_twice_and_no_blank_line(tmp_path: Path) -> None:
    graph = graph_of(valley(tmp_path))
    first = list(pages.pages(graph, SETTINGS))
    assert first == list(pages.pages(resolve(graph.archive), SETTINGS))
    assert not [page.path for page in first if re.search(r"\n\s*\n", page.html)]


def test_every_entity_that_is_linked_has_a_preview(tmp_path: Path) -> None:
    graph = graph_of(valley(tmp_path))
    site = pages.site_of(graph, SETTINGS)
    files = {made.path: made for job in pages.jobs(graph, SETTINGS) if isinstance(made := job.make(site), pages.File)}
    for page in pages.pages(graph, SETTINGS):
        linked = [str(attrs["data-e"]) for _, attrs in Parsed(page.html).tags if attrs.get("data-e")]
        assert not [one for one in linked if f"assets/previews/{one}.js" not in files], page.path
    name, data = _handed(files["assets/previews/velm.js"])
    assert name == "velm"
    assert (data["name"], data["kind"], data["mentions"], data["articles"]) == ("Velm", "place", 6, 3)
    assert data["pin"] == [45.87, 40.2] and data["alt"] == [["Վելմ", "hy", "Armenian"]]
    assert _handed(files["assets/previews/shelling.js"])[1]["date"] == "13 September 2022"
    assert _handed(files[previews.MAP]) == ("_map", json.loads(json.dumps(maps.mini_outline())))
    assert all(file.data.isascii() for file in files.values())


def _handed(file: pages.File) -> tuple[str, Any]:
    """What a preview's script hands over."""
    called = re.fullmatch(r'aaPreview\("([a-z0-9_-]+)",(.*)\);\n', file.data.decode())
    assert called
    return called[1], json.loads(called[2])


def test_the_words_of_an_article_are_its_canonical_text(tmp_path: Path) -> None:
    body = "Velm & <b>Velm</b>\u00a0“Velm”\nsecond line  two spaces\n\nVelm's Velm-Velm.\n\n<script>x</script>"
    made = archive(tmp_path, place("velm"), article("one", body, blocks={"1": "heading", "2": "quotation"}))
    graph = graph_of(made)
    parsed = Parsed(next(page.html for page in pages.pages(graph, SETTINGS) if page.path == "articles/one.md"))
    assert parsed.words == [(block.start, block.text) for block in graph.archive.articles["one"].blocks()]
    assert sum(1 for _, attrs in parsed.tags if attrs.get("class") == "n place") == 6


def test_a_withheld_text_is_quoted_nowhere(tmp_path: Path) -> None:
    graph = graph_of(valley(tmp_path))
    everything = [*(page.html for page in pages.pages(graph, SETTINGS)), pages.home_html(graph, SETTINGS)]
    assert not [html for html in everything if "Secret words" in html]
    assert any("The text of this article is not published here." in html for html in everything)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_text(tmp_path: Path, text: str) -> None:
    cited = {"cite": ["a-work"]}
    made = archive(
        tmp_path,
        works({"id": "a-work", "title": text, "author": [{"literal": text}], "container_title": text, "note": text,
               "alignment_note": text, "words": [text], "copy_at": text, "licence": text}),
        place("velm", name=f"Velm {text}", summary=f"Velm {text}"[:200], summary_cite=["a-work"], iso=text,
              names=[{"text": text, "lang": "hy", "note": text, **cited}],
              location={"lat": 40, "lon": 46, "note": text, **cited},
              facts=[{"text": f"Velm {text}", "topic": text, **cited}, {"text": text, "says": "velm", **cited}]),
        actor("someone", name=text, offices=[{"title": text, **cited}]),
        treaty("a-pact", name=text, status=text, texts=[{"label": text, "url": "https://a.example/"}]),
        event("an-event", name=text, time=text, places=["velm"]),
        article("one", f"Velm {text}", title=f"Velm {text}", author=text, credited=text, date="2022-09-13",
                rights={"holder": text, "statement": text, "publish": "full"}),
        {"docs/index.md": "# Home\n"},
    )  # fmt: skip
    graph = graph_of(made)
    settings = Settings(text, text, text)
    everything = {page.path: page for page in pages.pages(graph, settings, rules=[("A-B", text, text, text)])}
    shown = {path: page.html for path, page in everything.items()} | {"index.md": pages.home_html(graph, settings)}
    for path, html in shown.items():
        for tag, attrs in Parsed(html).tags:
            assert tag not in ("script", "img", "iframe", "style"), path
            assert not [name for name in attrs if name.startswith("on")], path
            assert not str(attrs.get("href", "")).lower().startswith(("javascript", "data")), path
        assert not re.search(r"\b49\b(?! )", readable(html)), path
    for path in ("places/velm.md", "actors/someone.md", "articles/one.md", "bibliography.md", "rules.md"):
        assert " ".join(text.split()) in " ".join(Visible(shown[path]).text.split()), path


class Visible(HTMLParser):
    """All text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.feed(html)
        self.close()

    def handle_data(self, data: str) -> None:
        self.text += data


def test_accounts_stand_side_by_side_in_alphabetical_order(tmp_path: Path) -> None:
    found = {page.path: page for page in pages.pages(graph_of(valley(tmp_path)), SETTINGS)}
    seen = readable(found["places/velm.md"].html)
    assert seen.index("\nEastland\n") < seen.index("\nWestmark\n")
    assert "No account by" not in seen
    assert "No account by Westmark is recorded on this page." in readable(found["actors/ministry-of-eastland.md"].html)


def test_a_side_that_a_fact_calls_silent_is_not_called_so_twice(tmp_path: Path) -> None:
    said = [fact("Eastland said so.", says="eastland"), fact("No statement by Westmark on this is in this archive.")]
    made = archive(tmp_path, works("a-work"), place("eastland"), place("westmark"), place("velm", facts=said))
    page = next(p for p in pages.pages(graph_of(made), SETTINGS) if p.path == "places/velm.md")
    assert "No account by" not in page.html


def test_a_place_page(tmp_path: Path) -> None:
    page = next(p for p in pages.pages(graph_of(valley(tmp_path)), SETTINGS) if p.path == "places/velm.md")
    seen = readable(page.html)
    for words in (
        "# Velm",
        "6 mentions in 3 articles",
        "40.2° N, 45.87° E",
        "Վելմ | Armenian name",
        "[Velm under fire](../articles/first.html)",
        "[paragraph 2](../articles/first.html#p-2)",
        "[caption 1](../articles/first.html#p-1)",
        "[Shelling of Velm](../events/shelling.html)",
        "archive/authority/places/velm.yml",
        "edit it and propose the change",
    ):
        assert words in seen
    assert "<svg" in page.html
    assert "<mark>Velm</mark> burned." in page.html
    assert page.source == "archive/authority/places/velm.yml"


def test_a_place_off_the_outlines_has_no_map(tmp_path: Path) -> None:
    page = next(p for p in pages.pages(graph_of(valley(tmp_path)), SETTINGS) if p.path == "places/far-away.md")
    assert "<svg" not in page.html
    assert "33.9° S, 18.4° E" in readable(page.html)
    assert "Not named in the articles of this archive so far." in page.html


def test_an_outlet_lists_its_articles_and_those_that_credit_it(tmp_path: Path) -> None:
    found = {page.path: readable(page.html) for page in pages.pages(graph_of(valley(tmp_path)), SETTINGS)}
    assert "## Articles from this source" in found["actors/valley-gazette.md"]
    assert "## Articles that credit it" in found["actors/old-post.md"]
    assert "Old Post | Outlet | 0 | 1" in re.sub(r"\[(.*?)\]\(.*?\)", r"\1", found["sources/index.md"])


def test_an_event_shows_its_neighbours_and_what_is_within_it(tmp_path: Path) -> None:
    found = {page.path: readable(page.html) for page in pages.pages(graph_of(valley(tmp_path)), SETTINGS)}
    assert "## Within this event" in found["events/shelling.md"]
    assert "[First shot](first-shot.html)" in found["events/shelling.md"]
    assert "(last-year.html)" in found["events/first-shot.md"] or "(last-year.html)" in found["events/shelling.md"]
    timeline = found["timeline.md"]
    assert timeline.index("2021") < timeline.index("Shelling of Velm") < timeline.index("First shot")


def test_events_that_hold_each_other_still_stand_on_the_timeline(tmp_path: Path) -> None:
    made = archive(tmp_path, works("a-work"), event("one", part_of_event="two"), event("two", part_of_event="one"))
    found = {page.path: page for page in pages.pages(graph_of(made), SETTINGS)}
    assert "One" in readable(found["timeline.md"].html) and "Two" in readable(found["timeline.md"].html)


def test_a_work_is_written_out(tmp_path: Path) -> None:
    found = {page.path: page.html for page in pages.pages(graph_of(valley(tmp_path)), SETTINGS)}
    seen = readable(found["bibliography.md"])
    assert "[“A report”](https://works.example/report?a=1&b=2), undated. Read in the copy at copies.example." in seen
    assert "In Armenian." in seen
    assert "words relied on" in seen
    assert "read: not recorded · archived copy: none recorded" in seen


def test_an_archive_without_anything_has_its_pages(tmp_path: Path) -> None:
    graph = graph_of(archive(tmp_path, {"docs/index.md": "# Home\n"}))
    found = {page.path for page in pages.pages(graph, SETTINGS)}
    assert {"articles/index.md", "places/index.md", "timeline.md", "bibliography.md", "rules.md"} <= found
    assert "The articles" in pages.home_html(graph, SETTINGS)


# Maps


def test_a_map_shows_only_pins_that_lie_on_it() -> None:
    near, far = maps.Pin(46.0, 40.0, "Near"), maps.Pin(10.0, 10.0, "Far")
    found = maps.locator([near, far])
    assert found and [mark["pin"].name for mark in found["marks"]] == ["Near"]
    assert maps.locator([far]) is None


@given(st.lists(st.tuples(st.floats(42.6, 50.9), st.floats(38.1, 42.1)), min_size=1, max_size=30))
def test_labels_never_cover_each_other(spots: list[tuple[float, float]]) -> None:
    pins = [maps.Pin(lon, lat, f"Village {number}") for number, (lon, lat) in enumerate(spots)]
    found = maps.locator(pins)
    assert found is not None
    letter = found["letter"]
    boxes = []
    for mark in found["marks"]:
        if label := mark["label"]:
            width = len(mark["pin"].name) * letter * 0.54
            left = {"start": 0, "middle": width / 2, "end": width}[label["anchor"]]
            x, y = label["x"] - left, label["y"]
            boxes.append((x, y - letter * 0.8, x + width, y + letter * 0.22))
    for number, (a, b, c, d) in enumerate(boxes):
        for e, f, g, h in boxes[number + 1 :]:
            assert c <= e + 0.2 or g <= a + 0.2 or d <= f + 0.2 or h <= b + 0.2


def test_the_small_outline_is_small() -> None:
    mini = maps.mini_outline()
    assert len(mini["path"]) <= 2000 and mini["path"].startswith("M")


# Titles


FOLDERS = st.lists(st.sampled_from(["actors", "places", "a", "b"]), max_size=4)


@given(FOLDERS, FOLDERS)
def test_addresses_are_relative_to_the_folder_of_the_page(folder: list[str], other: list[str]) -> None:
    target = "/".join([*other, "a.html"])
    assert links.seen_from("/".join(folder), target) == relpath(target, "/".join(folder) or ".")


@given(st.text(max_size=60))
def test_keeping_words_whole_changes_no_word(text: str) -> None:
    assert links.unbroken(text).striptags() == links.escape(text).striptags()
    assert re.sub(r"</?span[^>]*>", "", links.unbroken(text)) == str(links.escape(text))


# Pages written by hand


@pytest.fixture(scope="module")
def by_hand(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    return graph_of(
        archive(
            tmp_path_factory.mktemp("hand"),
            works(
                "a-work", {"id": "b-report", "title": "[A *report*] on <b> ~ |", "url": "https://works.example/(a)_b"}
            ),
            place("velm"),
            place("sotk", forms=["Upper Sotk"]),
        )
    )


def linked(graph: Graph, text: str, name: str = "about/page.md") -> str:
    from annotated_archive.records.yamlio import Document
    from annotated_archive.store import DocFile

    doc = DocFile(name, f"docs/{name}", Document({}), text)
    return docs.doc_markdown(replace(graph, archive=replace(graph.archive, docs={name: doc})), SETTINGS, doc)


V = "[Velm](../places/velm.md)"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Velm, Velm and Velm's.", f"{V}, {V} and {V}'s."),
        ("**Velm** and *Velm*", f"**{V}** and *{V}*"),
        ("Upper\nSotk fell.", "[Upper\nSotk](../places/sotk.md) fell."),
        ("| Velm | x |\n|---|---|\n| Velm | y |", f"| {V} | x |\n|---|---|\n| {V} | y |"),
        ("- Velm\n\n    Velm again", f"- {V}\n\n    {V} again"),
        ("> Velm", f"> {V}"),
        ('!!! note "Velm"\n    Velm', f'!!! note "Velm"\n    {V}'),
        ("`Velm` ``a ` Velm`` Velm", f"`Velm` ``a ` Velm`` {V}"),
        ("```\nVelm\n```\nVelm", f"```\nVelm\n```\n{V}"),
        ("~~~ Velm\nVelm", "~~~ Velm\nVelm"),
        ("a\n\n    Velm code\n\nVelm", f"a\n\n    Velm code\n\n{V}"),
        ("# Velm\n\nVelm\n\nVelm\n====\n", f"# Velm\n\n{V}\n\nVelm\n====\n"),
        ("[Velm](x.md) [about Velm][ref] ![Velm](a.png)", "[Velm](x.md) [about Velm][ref] ![Velm](a.png)"),
        ("see [Velm]\n\n[Velm]: https://a.example/Velm", "see [Velm]\n\n[Velm]: https://a.example/Velm"),
        ("[Velm burns]", f"[{V} burns]"),
        ("<https://a.example/Velm> https://a.example/Velm x", "<https://a.example/Velm> https://a.example/Velm x"),
        ('<p title="Velm">x</p> Velm', '<p title="Velm">x</p> Velm'),
        ('An <b title="Velm">x</b> Velm', f'An <b title="Velm">x</b> {V}'),
        ("<div>\nVelm\n</div>\n\nVelm", f"<div>\nVelm\n</div>\n\n{V}"),
        ("<!-- Velm\n\nVelm -->\nVelm", f"<!-- Velm\n\nVelm -->\n{V}"),
        ("Velm {: .Velm }", f"{V} {{: .Velm }}"),
        ("Velmland xVelm Velm_x", "Velmland xVelm Velm_x"),
        ("Nothing here.", "Nothing here."),
    ],
)
def test_names_are_linked_where_markdown_takes_links(by_hand: Graph, text: str, expected: str) -> None:
    assert linked(by_hand, text) == expected


def test_footnotes_are_defined_once_and_unknown_ones_left(by_hand: Graph) -> None:
    made = linked(by_hand, "Velm.[^a-work][^b-report][^a-work][^unknown] `[^a-work]`[^own]\n\n[^own]: Mine, Velm.\n")
    assert made.startswith(f"{V}.[^a-work][^b-report][^a-work][^unknown] `[^a-work]`[^own]\n\n[^own]: Mine, Velm.\n")
    assert made.count("[^a-work]: ") == 1 and made.count("[^b-report]: ") == 1 and "[^unknown]: " not in made
    html = markdown.markdown(made, extensions=["footnotes"])
    assert "“[A *report*] on <b> ~ |”" in Visible(html).text
    assert 'href="https://works.example/(a)_b"' in html
    assert 'href="../bibliography.md#b-report"' in html


def test_the_contact_is_put_in(by_hand: Graph) -> None:
    made = linked(by_hand, "Write to {{ contact }}, not {{ 7*7 }}.")
    assert made == "Write to [contact@archive.example](mailto:contact@archive.example), not {{ 7*7 }}."


# Emphasis and HTML blocks only in whole: Python-Markdown itself loses track of links in emphasis that overlaps.
FRAGMENTS = st.sampled_from(
    ["Velm", "Upper Sotk", " ", "\n", "\n\n", "    ", "\t", "`", "``", "```\n", "~~~", " **Velm** ", " *Upper Sotk* ",
     "_", "[", "]", "(", ")", "<", ">", "\n\n<div>\nVelm\n</div>\n\n", "<b>", "|", "|---|", "# ", "- ", "1. ", "> ",
     "===", "---", "!", "[^a]", "[x](y)", "[x]: y", "\\", "{: .c }", "https://a.example/", "&amp;", "word", ".",
     "\n!!! note\n    ", "\n\n<!-- Velm -->\n\n"]
)  # fmt: skip


@given(st.lists(FRAGMENTS, max_size=24).map("".join))
@example("Velm\n---\nVelm | Velm\n--- | ---\nVelm | Velm")
@example("[Velm] `Velm")
@example("\\[Velm](x)")
def test_linking_changes_no_word_that_a_reader_sees(by_hand: Graph, text: str) -> None:
    extensions = ["tables", "fenced_code", "footnotes"]
    before = Visible(markdown.markdown(text, extensions=extensions)).text
    after = Visible(markdown.markdown(linked(by_hand, text), extensions=extensions)).text
    assert " ".join(after.split()) == " ".join(before.split())
