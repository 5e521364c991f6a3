"""The search itself, behind every search box: what is found, in which order, and what is said of it."""

from __future__ import annotations

import itertools
import re
import shutil
import sys
import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from anyascii import anyascii
from hypothesis import example, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page
from serving import serving

from annotated_archive.records.authority import FOLDERS
from annotated_archive.search import volumes
from annotated_archive.search.coding import script
from annotated_archive.search.document import Document, Mark, Name, Named, Passage
from annotated_archive.search.folding import folded
from annotated_archive.search.shards import letters
from annotated_archive.search.telling import told_apart
from annotated_archive.search.write import ENGINE, write

if TYPE_CHECKING:
    from firefox import FirefoxPage

pytestmark = pytest.mark.browser
pytest_plugins = ("reading", "firefox")

ASSETS = Path(__file__).resolve().parents[2] / "scripts/annotated_archive/site/theme/assets"
# Entities by id: kind, type, preferred name, where, other forms.
ENTITIES: dict[str, tuple[str, str, str, str, tuple[str, ...]]] = {
    "goris": ("place", "Town", "Goris", "Syunik, Armenia", ("Գորիս", "Горис", "Gorus")),
    "gadabay": ("place", "Town", "Gadabay", "Azerbaijan", ("Gədəbəy", "Kedabek", "Кедабек")),
    "nagorno-karabakh": ("place", "Region", "Nagorno-Karabakh", "", ("Artsakh", "Нагорный Карабах")),
    "syunik-council": ("actor", "Organisation", "Syunik Regional Council", "", ()),
    "herald": ("actor", "Outlet", "Valley Herald", "", ()),
    "courier": ("actor", "Outlet", "River Courier", "", ()),
}


def page(identifier: str, text: str) -> Document:
    """The page of an entity."""
    kind, _, name, _, forms = ENTITIES[identifier]
    names = f"{name}, {', '.join(forms)}"
    return doc(
        f"{FOLDERS[kind]}/{identifier}", name, names, text,
        kind=kind, marks={identifier: (name, *forms)}, path=f"{FOLDERS[kind]}/{identifier}",
    )  # fmt: skip


def doc(identifier: str, title: str, *passages: str, **fields: Any) -> Document:
    """A document; `marks` are the words of each entity in it, `corrected` the words of corrections by fragment."""
    found: dict[str, list[Mark]] = {"marks": [], "corrected": []}
    for sort in found:
        for of, words in fields.pop(sort, {}).items():
            for word in words:
                for number, text in enumerate((title, *passages), -1):
                    at = text.find(word)
                    while at >= 0:
                        found[sort].append(Mark(number, at, at + len(word), of))
                        at = text.find(word, at + 1)
    counts: dict[str, int] = {}
    for mark in found["marks"]:
        counts[mark.of] = counts.get(mark.of, 0) + 1
    made = {"kind": "article", "language": "en", "page": fields.pop("path", f"articles/{identifier}"), **fields}
    return Document(
        id=identifier, title=title, passages=tuple(Passage(text, f"p-{n}") for n, text in enumerate(passages, 1)),
        entities=tuple(sorted(counts.items())), mentions=tuple(found["marks"]), corrections=tuple(found["corrected"]),
        numbers=tuple((mark.of, 3) for mark in found["corrected"]), **made,
    )  # fmt: skip


LONG = " ".join([*(f"word{number}" for number in range(90)), "the zenith", *(f"more{n}" for n in range(90))]) + "."
DOCUMENTS = [
    doc("one", "Shells fall on Goris",
        "Shells fell on Goris at night. Nobody was hurt, said Gen. Petrosyan on Tuesday.",
        "The army denied it. Peace talks go on.", marks={"goris": ["Goris"]}, date="2022-09-13", source="herald",
        byline="Valley Herald", corrected={"a-fix": ["at night"]}),
    doc("two", "Guns near Kedabek", "Guns were heard near Kedabek and again near Kedabek.", "A war of words followed.",
        marks={"gadabay": ["Kedabek"]}, date="2022-09-14", source="courier", byline="River Courier"),
    doc("three", "The road to Gədəbəy", "The road from Goris to Gədəbəy is shut. The warning came late.",
        marks={"gadabay": ["Gədəbəy"], "goris": ["Goris"]}, date="2021-12-31/2022-01-01", source="herald"),
    doc("four", "An old war", "The war ended long ago, and peace came to Nagorno-Karabakh.", LONG,
        marks={"nagorno-karabakh": ["Nagorno-Karabakh"]}, date="1994", source="courier"),
    doc("five", "Letters <b>home</b>", "A letter without a date says <img src=x onerror=alert(1)> and speaks of guns."),
    doc("six", "Eras", "The age of guns and of drums.", date="1988/1994"),
    doc("annotations/k3f9q2x7", "Note 1 on Shells fall on Goris", "Goris was shelled twice.", kind="annotation",
        path="articles/one", fragment="a-k3f9q2x7", marks={"goris": ["Goris"]}, date="2022-09-13", source="herald"),
    doc("seven", "Գորիսի ճանապարհը", "Գորիս քաղաքը լուռ է։ Ճանապարհը փակ է։", language="hy",
        marks={"goris": ["Գորիս"]}),
    doc("eight", "Новости", "Стреляли у Кедабека. Горис молчит.", language="ru",
        marks={"goris": ["Горис"], "gadabay": ["Кедабека"]}),
    doc("about/kites", "Kites", "A kite over the hill.", kind="page"),
    doc("works/kites", "Kites", "A kite over the hill.", kind="work"),
    doc("kites", "Kites", "A kite over the hill."),
    doc("background/kites", "Kites", "A kite over the hill.", kind="background"),
    replace(doc("nine", "A brigade", "The Gorus Brigade marched.", marks={"goris": ["Gorus"]}),
        entities=(), nested=(("goris", 1),)),
    page("goris", "A town in Syunik."),
    page("gadabay", "A town near the border, on the road to Goris."),
]  # fmt: skip
HOSTILE = [
    "<img onerror=alert(1)>", "x" * 10_000, "guns " * 2_000, ".*[a-z]+(?=", "\\", "مرحبا بالعالم", "\u202eguns",
    "\0guns\0", '"', '""""', '"guns', 'guns" "', "-", "--", "- -", '-"', "-guns", "“”", "👻", "\ud800", "__proto__",
    "constructor", "%", "&place=goris", "ﬁ ﷺ", "a" * 399 + "👻👻",
]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder, of a name that takes care, with the data of the search and a page that can search."""
    root = tmp_path_factory.mktemp("search") / "sëarch & 100% Հայ"
    named, names = [], []
    for of, (kind, type_, name, where, forms) in ENTITIES.items():
        named.append(Named(of, kind, type_, name, f"{FOLDERS[kind]}/{of}", where))
        names += [Name(form, of) for form in (name, *forms)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(volumes, "FEW", 0)  # a volume for each language, as where there is much in each
        write(DOCUMENTS, names, named, root / "assets/search", root.parent / "cache")
    client = (ASSETS / "search-client.js").read_text("utf-8")
    text = f'<!DOCTYPE html><meta charset="utf-8"><div data-aa-root="../"></div><script>{client}</script>'
    (root / "deep").mkdir()
    (root / "deep/page.html").write_text(text, "utf-8")
    return root


class Asker:
    """A page that searches."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def find(self, address: str, size: int = 20, whole: bool = True) -> dict[str, Any]:
        """What a search finds; `address` is a fragment, or a query. Unless it is `whole`, some comes later."""
        state = address if "=" in address and not address.startswith("<") else {"q": address}
        js = """([state, size, whole]) =>
          aaSearch.search(typeof state === 'string' ? aaSearch.parse(state) : state, size, whole)"""
        found: dict[str, Any] = self.page.evaluate(js, [state, size, whole])
        return found

    def pages(self, address: str) -> list[str]:
        """The pages that a search finds, in their order."""
        return list(map(on, self.find(address)["results"]))

    def first(self, address: str) -> dict[str, Any]:
        """The first result."""
        found: dict[str, Any] = self.find(address)["results"][0]
        return found

    def names(self, text: str, limit: int = 8) -> list[str]:
        """Which names complete a text."""
        return [f"{one['name']} ({one['form']})" for one in self.suggest(text, limit)]

    def suggest(self, text: str, limit: int = 8) -> list[dict[str, Any]]:
        """Names that complete a text."""
        js = "([text, limit]) => aaSearch.suggest(text, limit)"
        found: list[dict[str, Any]] = self.page.evaluate(js, [text, limit])
        return found


@pytest.fixture(scope="module")
def opened(chromium: Browser, folder: Path) -> Iterator[Page]:
    """The page, opened from its folder."""
    window = chromium.new_page()
    trouble: list[str] = []
    window.on("console", lambda message: trouble.append(message.text))
    window.on("pageerror", lambda error: trouble.append(str(error)))
    window.goto((folder / "deep/page.html").as_uri())
    yield window
    assert trouble == []
    window.close()


@pytest.fixture
def ask(opened: Page) -> Asker:
    return Asker(opened)


def on(result: dict[str, Any]) -> str:
    """The page to which a result leads, without suffix."""
    return str(result["href"]).partition("#")[0].removeprefix("../").removesuffix(".html")


def shown(result: dict[str, Any]) -> str:
    """The sentence of a result, what is marked in brackets, corrections in braces."""
    return "".join(
        (f"[{piece['text']}]" if piece["mark"] else piece["text"])
        + (f"{{{piece['correction']['number']}}}" if "correction" in piece else "")
        for piece in result["excerpt"]
    )


def counts(answer: dict[str, Any], facet: str) -> dict[str, int]:
    return {value: count for value, _, count in answer["facets"][facet]}


# What was typed


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("guns", ["articles/two", "articles/six", "articles/five"]),
        ("guns drums", ["articles/six"]),
        ("guns -drums", ["articles/two", "articles/five"]),
        ("guns −drums", ["articles/two", "articles/five"]),
        ('guns -"heard near"', ["articles/six", "articles/five"]),
        ('"age of guns"', ["articles/six"]),
        ("“age of guns”", ["articles/six"]),
        ('"guns of age"', []),
        ('guns "age of', ["articles/six"]),  # a quote that nothing closes
        ("the guns and the drums", ["articles/six"]),  # what stands everywhere is left out beside other words
        ("GUNS", ["articles/two", "articles/six", "articles/five"]),
        ("gun", ["articles/two", "articles/six", "articles/five"]),  # the stem
        ("war", ["articles/four", "articles/two"]),  # "warning" is another word
        ("warni", ["articles/three"]),  # but the beginning of one, where no word is so
        ("zzzz", []),
        ("gunsmithery", []),  # Pagefind would find "guns"
        ("?!", []),
        ("молчит", ["articles/eight"]),
        ("стрелять", ["articles/eight"]),  # the stem of a language with a program of its own
        ("ճանապարհ", ["articles/seven"]),
    ],
)
def test_words_phrases_and_what_must_not_be_there(ask: Asker, typed: str, found: list[str]) -> None:
    assert ask.pages(typed) == found


def test_a_name_finds_every_document_that_names_it_in_another_form(ask: Asker) -> None:
    answer = ask.find("Kedabek")
    assert ask.pages("Kedabek")[0] == "places/gadabay"
    assert {"articles/two", "articles/three"} <= set(ask.pages("Kedabek"))
    others = ["Gadabay", "Gədəbəy", "Кедабек"]
    assert answer["expanded"] == [
        {"id": "gadabay", "kind": "place", "name": "Gadabay", "typed": "Kedabek", "forms": others}
    ]
    assert [shown(result) for result in answer["results"] if "three" in result["href"]] == [
        "The road from Goris to [Gədəbəy] is shut."
    ]


@pytest.mark.parametrize("form", ["Gadabay", "gedebey", "GƏDƏBƏY", "кедабек", "Kedabek"])
def test_every_form_of_a_name_finds_the_same(ask: Asker, form: str) -> None:
    assert ask.pages(form)[0] == "places/gadabay"
    assert set(ask.pages(form)) == {"places/gadabay", "articles/two", "articles/three", "articles/eight"}


def test_a_name_inside_another_name_is_found_and_is_no_mention(ask: Asker) -> None:
    (result,) = [result for result in ask.find("Գորիս")["results"] if on(result) == "articles/nine"]
    assert shown(result) == "The [Gorus] Brigade marched."
    assert "articles/nine" not in ask.pages("place=goris")


def test_a_quoted_name_is_letters_only(ask: Asker) -> None:
    assert set(ask.pages('"Kedabek"')) == {"articles/two", "places/gadabay"}
    assert ask.find('"Kedabek"')["expanded"] == []


def test_a_name_of_several_words_is_one_clause(ask: Asker) -> None:
    assert ask.pages("Нагорный Карабах") == ["articles/four"]
    assert ask.pages("peace Artsakh") == ["articles/four"]
    assert shown(ask.first("Artsakh")) == "The war ended long ago, and peace came to [Nagorno-Karabakh]."


def test_a_name_beside_other_words_and_one_not_wanted(ask: Asker) -> None:
    assert ask.pages("Գորիս denied") == ["articles/one"]
    assert "articles/one" in ask.pages("Goris") and "articles/three" not in ask.pages("Goris -Kedabek")


def test_the_page_of_what_was_typed_comes_first_and_kinds_weigh(ask: Asker) -> None:
    assert ask.pages("Goris")[0] == "places/goris"
    assert ask.pages("Gorus")[0] == "places/goris"
    assert [result["kind"] for result in ask.find("kite")["results"]] == ["article", "background", "page", "work"]


# Facets


def test_facets_count_and_combine(ask: Asker) -> None:
    answer = ask.find("q=goris")
    assert counts(answer, "kind") == {"article": 5, "annotation": 1, "place": 2}
    assert counts(answer, "source") == {"herald": 3}
    assert counts(answer, "place") == {"goris": 6, "gadabay": 3}
    assert answer["facets"]["place"][0] == ["goris", "Goris", 6]
    chosen = ask.find("q=goris&kind=article")
    assert chosen["total"] == 5
    assert counts(chosen, "kind") == {"article": 5, "annotation": 1, "place": 2}  # its own choice does not count
    assert counts(chosen, "place") == {"goris": 4, "gadabay": 2}
    assert ask.find("q=goris&kind=article&kind=annotation")["total"] == 6  # one or the other
    assert ask.pages("place=goris&place=gadabay&kind=article") == ["articles/three", "articles/eight"]  # both
    unknown = ask.find("q=goris&source=nobody")
    assert unknown["facets"]["source"] == [["herald", "Valley Herald", 3], ["nobody", "nobody", 0]]


def test_without_words_a_facet_is_browsed(ask: Asker) -> None:
    assert ask.find("place=gadabay")["total"] == 4
    assert ask.pages("place=gadabay&kind=article")[0] == "articles/two"  # which names it more often
    assert shown(ask.first("place=gadabay&kind=article")).startswith("Guns were heard near [Kedabek]")
    assert ask.find("q=")["total"] == len(DOCUMENTS)


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ("from=2022-01-01", {"one", "two", "three"}),
        ("to=2021-12-31", {"three", "four", "six"}),
        ("from=1990-01-01&to=1990-01-02", {"six"}),
        ("year=2021", {"three"}),
        ("year=2022", {"one", "two", "three"}),
        ("year=1994", {"four"}),  # the era is longer than five years
        ("year=1994&year=2021", {"four", "three"}),
        ("from=2100-01-01", set()),
    ],
)
def test_dates_and_years(ask: Asker, chosen: str, found: set[str]) -> None:
    assert {page.removeprefix("articles/") for page in ask.pages(f"{chosen}&kind=article")} == found


def test_by_date_what_has_none_comes_last(ask: Asker) -> None:
    assert ask.pages("q=guns&sort=date") == ["articles/six", "articles/two", "articles/five"]
    assert ask.pages("q=guns&sort=-date") == ["articles/two", "articles/six", "articles/five"]


def test_pages_of_results(ask: Asker) -> None:
    whole = ask.pages("q=goris")
    parts = [ask.find(f"q=goris&page={page}", 3) for page in (1, 2, 3)]
    assert [len(part["results"]) for part in parts] == [3, 3, 2]
    assert [result["href"].partition(".html")[0][3:] for part in parts for result in part["results"]] == whole
    assert ask.find("q=goris&page=900000", 3)["state"]["page"] == 3


def test_nothing_found_says_what_could_be_dropped_and_which_names_are_close(ask: Asker) -> None:
    answer = ask.find("q=guns&place=goris&year=1994&from=2022-01-01")
    assert (answer["total"], answer["results"], answer["without"]) == (0, [], [])
    answer = ask.find("q=goris&place=gadabay&source=courier")
    assert answer["without"] == [
        {"facet": "source", "value": "courier", "label": "River Courier", "total": 3},
    ]
    assert ask.find("q=drums&from=2022-01-01&kind=article")["without"] == [
        {"facet": "from", "value": "2022-01-01", "label": "2022-01-01", "total": 1}
    ]
    (near,) = ask.find("Kedabk")["near"]
    assert (near["name"], near["form"], near["href"]) == ("Gadabay", "Kedabek", "../places/gadabay.html")
    assert [one["name"] for one in ask.find("zzzz Kedabk")["near"]] == ["Gadabay"]


# Results


def test_the_sentence_its_marks_and_its_address(ask: Asker) -> None:
    result = ask.first("denied peace")
    assert shown(result) == "The army [denied] it."
    assert result["href"] == "../articles/one.html#at=p-2&find=denied"
    assert (result["byline"], result["date"], result["lang"]) == ("Valley Herald", "13 September 2022", "en")
    assert result["more"] == 1
    assert result["title"] == [["Shells fall on Goris", 0]]
    assert ask.first("shells")["title"] == [["Shells", 1], [" fall on Goris", 0]]
    words = "+".join(map(quote, ("Goris", "Գորիս", "Горис", "Gorus")))
    assert ask.first("place=goris&kind=place")["href"] == f"../places/goris.html#at=p-1&find={words}"


def test_a_correction_stays_with_its_words(ask: Asker) -> None:
    result = ask.first("shells fell")
    assert shown(result) == "[Shells fell] on Goris at night.{3}"
    (correction,) = [piece["correction"] for piece in result["excerpt"] if "correction" in piece]
    assert correction["href"] == "../articles/one.html#a-fix"


def test_a_rank_does_not_end_a_sentence(ask: Asker) -> None:
    assert shown(ask.first("Petrosyan")) == "Nobody was hurt, said Gen. [Petrosyan] on Tuesday."


def test_a_long_sentence_is_cut_around_the_words(ask: Asker) -> None:
    text = shown(ask.first("zenith"))
    assert text.startswith("… ") and text.endswith(" …") and "[zenith]" in text
    assert len(text.split()) <= 47


def test_a_result_is_text_and_never_markup(ask: Asker) -> None:
    result = ask.first("letter")
    assert result["title"] == [["Letters", 1], [" <b>home</b>", 0]]
    assert "<img src=x onerror=alert(1)>" in shown(result)


def test_the_words_of_an_annotation_lead_to_it(ask: Asker) -> None:
    assert ask.first("shelled")["href"].startswith("../articles/one.html#at=")


@pytest.mark.parametrize("typed", HOSTILE)
def test_hostile_queries_are_answered(ask: Asker, typed: str) -> None:
    answer = ask.find(typed)
    assert answer["cut"] == (len(typed) > 400)
    assert isinstance(answer["total"], int)
    assert isinstance(ask.names(typed), list)


def test_a_long_query_is_cut(ask: Asker) -> None:
    assert ask.find("guns " * 200)["total"] == 3
    assert ask.find("guns " * 200)["cut"] is True
    assert ask.find("guns " + "x" * 600)["cut"] is True


# Names


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("gor", ["Goris (Goris)"]),
        ("goru", ["Goris (Gorus)"]),
        ("ГОР", ["Goris (Горис)"]),
        ("գորի՞ս", ["Goris (Գորիս)"]),
        ("gedebe", ["Gadabay (Gədəbəy)"]),
        ("Kedabk", ["Gadabay (Kedabek)"]),  # a letter left out
        ("Keddabek", ["Gadabay (Kedabek)"]),  # one too many
        ("Kadabek", ["Gadabay (Kedabek)"]),  # a wrong one
        ("Kedbaek", ["Gadabay (Kedabek)"]),  # two changed about
        ("Kebadek", []),  # two that do not stand side by side
        ("Gdaba", ["Gadabay (Gadabay)"]),  # as far as it was typed
        ("regional", ["Syunik Regional Council (Syunik Regional Council)"]),  # a later word
        ("r", ["River Courier (River Courier)", "Syunik Regional Council (Syunik Regional Council)"]),
        ("karaba", ["Nagorno-Karabakh (Nagorno-Karabakh)"]),
        ("", []),
        ("?!", []),
        ("zzzz", []),
    ],
)
def test_names_are_completed(ask: Asker, typed: str, found: list[str]) -> None:
    assert ask.names(typed) == found


def test_a_name_says_what_it_is(ask: Asker) -> None:
    assert ask.suggest("Gorus") == [
        {
            "id": "goris", "kind": "place", "type": "Town", "name": "Goris", "form": "Gorus",
            "href": "../places/goris.html", "where": "Syunik, Armenia", "from": 0,
        }
    ]  # fmt: skip


def engine(page: Page) -> None:
    """Put the engine's functions into a page, without a worker."""
    source = "".join((ASSETS / name).read_text("utf-8") for name in ENGINE)
    page.evaluate("source => (0, eval)(source)", source)


def test_names_fold_as_in_python_over_all_of_unicode(chromium: Browser) -> None:
    window = chromium.new_page()
    engine(window)
    known = [code for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) not in ("Cn", "Cs")]
    gaps = [edge for pair in itertools.pairwise(known) if pair[1] - pair[0] > 1 for edge in pair]
    js = """edges => {
      const found = [];
      for (let at = 0; at < edges.length; at += 2) {
        for (let code = edges[at]; code <= edges[at + 1]; code++) {
          const sign = String.fromCodePoint(code);
          found.push(aaEngine.folded(sign) + "," + aaEngine.folded("a" + sign + "b"));
        }
      }
      return found.join(";");
    }"""
    theirs = window.evaluate(js, [known[0], *gaps, known[-1]]).split(";")
    ours = [f"{folded(chr(code))},{folded(f'a{chr(code)}b')}" for code in known]
    assert [(hex(code), a, b) for code, a, b in zip(known, ours, theirs, strict=True) if a != b] == []
    window.close()


PLAIN = st.text(
    st.one_of(
        st.characters(max_codepoint=0x24F), st.sampled_from("ΣσςİıǅəՙԵւև՛՞ʼ’-\u0301\u0307\u0323\u200d\u00adßﬀ가ｶﾞ"),
        st.characters(min_codepoint=0x370, max_codepoint=0x58F),
    ),
    max_size=12,
).filter(lambda text: all(unicodedata.category(c) not in ("Cn", "Cs") for c in text))  # fmt: skip


def test_strings_fold_as_in_python(chromium: Browser) -> None:
    window = chromium.new_page()
    engine(window)

    @settings(deadline=None, max_examples=60)
    @given(st.lists(PLAIN, max_size=40))
    def check(texts: list[str]) -> None:
        assert window.evaluate("texts => texts.map(aaEngine.folded)", texts) == list(map(folded, texts))

    check()
    window.close()


def test_bytes_come_back_from_their_script(chromium: Browser) -> None:
    window = chromium.new_page()
    engine(window)
    window.evaluate("void (window.aaData = (name, size, text) => Array.from(aaEngine.bytes(text, size)))")
    every = b"".join(unit.to_bytes(2, "little") for unit in range(0x10000))

    @settings(deadline=None, max_examples=30)
    @given(st.lists(st.binary(max_size=60), max_size=20))
    @example([every, every[1:], b"", b"\0"])
    def check(data: list[bytes]) -> None:
        texts = [script("n", each).decode("utf-16") for each in data]
        assert window.evaluate("texts => texts.map(text => (0, eval)(text))", texts) == list(map(list, data))

    check()
    window.close()


# Addresses


@pytest.mark.parametrize(
    ("address", "state"),
    [
        ("#q=a+b%20c&place=goris&place=sotk&from=2022-01-01&sort=-date&page=3",
         {"q": "a b c", "place": ["goris", "sotk"], "from": "2022-01-01", "sort": "-date", "page": 3}),
        ("", {}),
        ("#", {}),
        ("#p-4", {}),
        ("#q=100%&kind=%E0%A4%A", {"q": "100%", "kind": ["%E0%A4%A"]}),
        ("#nothing=1&__proto__=x&constructor=y&toString=z&=q&q", {}),
        ("#from=2022-02-30&to=yesterday&sort=up&page=-1", {}),
        ("#page=1e9&from=0000-00-00", {}),
        ("#page=Infinity", {}),
        ("#page=2.5", {"page": 2}),
        ("#year=2022&year=x&year=99999", {"year": ["2022"]}),
        ("#place=goris&place=goris&place=", {"place": ["goris"]}),
        ("#q=a&q=b", {"q": "a"}),
        ("#q=" + "x" * 5000, {"q": "x" * 1000}),
        ("#" + "&".join(f"place=p{n}" for n in range(10_000)), {"place": [f"p{n}" for n in range(50)]}),
        ("#place=" + "x" * 1000, {}),
    ],
)  # fmt: skip
def test_an_address_is_read_with_care(ask: Asker, address: str, state: dict[str, Any]) -> None:
    lists: dict[str, Any] = {facet: [] for facet in ("kind", "place", "actor", "treaty", "event", "source", "year")}
    whole = {"q": "", **lists, "from": "", "to": "", "sort": "relevance", "page": 1, **state}
    assert ask.page.evaluate("hash => aaSearch.parse(hash)", address) == whole
    written = ask.page.evaluate("hash => aaSearch.write(aaSearch.parse(hash))", address)
    assert ask.page.evaluate("hash => aaSearch.parse(hash)", written) == whole


def test_addresses_are_short_and_what_is_no_text_is_replaced(ask: Asker) -> None:
    written = ask.page.evaluate("aaSearch.write({q: 'a b&c', year: ['2022'], page: 1, sort: 'relevance'})")
    assert written == "#q=a+b%26c&year=2022"
    assert ask.page.evaluate("aaSearch.write({q: 'a\\ud800b'})") == "#q=a%EF%BF%BDb"
    assert ask.page.evaluate("aaSearch.write()") == "#"


# Loading


@pytest.fixture
def copied(folder: Path, tmp_path: Path) -> Path:
    """A copy of the folder that may be spoilt."""
    shutil.copytree(folder, tmp_path / "site")
    return tmp_path / "site"


@pytest.fixture
def served(copied: Path) -> Iterator[str]:
    """The address of the copy over http."""
    with serving(copied) as address:
        yield address


@pytest.fixture
def window(chromium: Browser) -> Iterator[Page]:
    made = chromium.new_page()
    yield made
    made.close()


FAILED = "state => aaSearch.search(state, 5, true).then(() => 'answered', error => error.message)"


def only(folder: Path, pattern: str) -> list[Path]:
    """The files of the search that fit a pattern, of which there must be one at least."""
    found = sorted((folder / "assets/search").glob(pattern))
    assert found
    return found


def test_nothing_is_loaded_before_the_search_is_opened(window: Page, served: str) -> None:
    asked: list[str] = []
    window.on("request", lambda request: asked.append(request.url))
    window.goto(f"{served}deep/page.html")
    assert len(asked) == 1
    window.evaluate("aaSearch.open()")
    Asker(window).names("goris")
    assert [url for url in asked if "/manifest.js" in url]
    assert all(url.startswith((served, "blob:")) for url in asked)


def test_over_http_the_same_is_found(window: Page, served: str, ask: Asker) -> None:
    window.goto(f"{served}deep/page.html")
    for typed in ("Kedabek", "guns -drums", "q=goris&kind=article&sort=-date", "zenith", "zzzz"):
        ours, theirs = Asker(window).find(typed), ask.find(typed)
        assert {key: ours[key] for key in ("total", "results", "facets", "near", "without")} == {
            key: theirs[key] for key in ("total", "results", "facets", "near", "without")
        }


def test_in_firefox_the_same_is_found_in_a_folder(firefox_page: FirefoxPage, folder: Path, ask: Asker) -> None:
    firefox_page.goto((folder / "deep/page.html").as_uri())
    for typed in ("Kedabek", "guns -drums", "q=goris&kind=article&sort=-date", "zenith", "Petrosyan", "стрелять"):
        js = f"aaSearch.search(aaSearch.parse('{typed if '=' in typed else 'q=' + typed}'), 20, true)"
        ours, theirs = firefox_page.eval(js), ask.find(typed)
        assert [result["href"] for result in ours["results"]] == [result["href"] for result in theirs["results"]]
        assert list(map(shown, ours["results"])) == list(map(shown, theirs["results"]))
        assert ours["facets"] == theirs["facets"]
    assert firefox_page.console == []


@pytest.mark.parametrize(
    ("pattern", "spoilt"),
    [
        ("manifest.js", None), ("manifest.js", ""), ("engine-*.js", None), ("engine-*.js", "<!DOCTYPE html>no script"),
        ("wasm.en-*.js", None), ("i-*/meta.js", None), ("i-*/0.js", None), ("i-*/0.js", ""),
        ("d-*/table.js", None), ("d-*/names.js", None), ("d-*/0.js", None), ("n-*/0.js", None),
    ],
)  # fmt: skip
def test_a_file_that_is_missing_or_broken_is_told(window: Page, copied: Path, pattern: str, spoilt: str | None) -> None:
    for path in only(copied, pattern):
        path.unlink() if spoilt is None else path.write_text(spoilt, "utf-8")
    window.goto((copied / "deep/page.html").as_uri())
    told = window.evaluate(FAILED, {"q": "guns"})
    name = pattern.removesuffix(".js").partition("*")[0]
    assert told.startswith(f"A file of the search is missing from this folder: assets/search/{name}")


@pytest.mark.parametrize("pattern", ["manifest.js", "engine-*.js", "i-*/0.js", "wasm.en-*.js", "d-*/names.js"])
def test_a_damaged_file_is_told(window: Page, copied: Path, pattern: str) -> None:
    for path in only(copied, pattern):
        name = path.relative_to(copied / "assets/search").as_posix().removesuffix(".js")
        path.write_bytes(script(name, b"no gzip at all"))
    window.goto((copied / "deep/page.html").as_uri())
    told = window.evaluate(FAILED, {"q": "guns"})
    name = pattern.removesuffix(".js").partition("*")[0]
    assert told.startswith(f"A file of the search is damaged in this folder: assets/search/{name}")


def test_a_search_of_another_version_is_told(window: Page, copied: Path) -> None:
    (copied / "assets/search/manifest.js").write_bytes(script("manifest", zlib.compress(b'{"format":1}', 9, 31)))
    window.goto((copied / "deep/page.html").as_uri())
    told = window.evaluate(FAILED, {"q": "guns"})
    assert told == "The search of this site is of another version than this page. Load the page again."


def test_a_worker_that_says_nothing_is_given_up(window: Page, copied: Path) -> None:
    (engine_,) = only(copied, "engine-*.js")
    engine_.write_bytes(script(engine_.stem, zlib.compress(b"/* The search itself */", 9, 31)))
    window.clock.install()
    window.goto((copied / "deep/page.html").as_uri())
    with window.expect_event("worker"):
        window.evaluate(f"void (window.told = ({FAILED})({{ q: 'guns' }}))")
    window.clock.run_for(21_000)
    told = window.evaluate("window.told")
    assert told == "The search does not answer: its program may be damaged. Load the page again."


def asked_of(window: Page, pattern: str) -> list[str]:
    """A list that grows with every file of the search that is read, if its address fits a pattern."""
    read: list[str] = []
    window.on("request", lambda request: read.append(request.url) if re.search(pattern, request.url) else None)
    return read


def test_results_come_before_the_facets_of_entities(window: Page, copied: Path) -> None:
    read = asked_of(window, "/d-[^/]+/names")
    window.goto((copied / "deep/page.html").as_uri())
    ask = Asker(window)
    first = ask.find("guns", whole=False)
    assert read == [] and not first["whole"]
    assert set(first["facets"]) == {"kind", "source", "year"}
    whole = ask.find("guns")
    assert read and whole["whole"]
    assert {facet: whole["facets"][facet] for facet in first["facets"]} == first["facets"]
    assert [whole[key] for key in ("results", "total")] == [first[key] for key in ("results", "total")]
    assert counts(whole, "place") == {"gadabay": 1}
    assert ask.find("kite", whole=False)["whole"]  # by now all is there


@pytest.mark.parametrize("asked", ["Kedabek", "q=guns&place=gadabay", "place=goris"])
def test_who_is_named_is_read_first_where_results_need_it(window: Page, copied: Path, ask: Asker, asked: str) -> None:
    window.goto((copied / "deep/page.html").as_uri())
    first, whole = Asker(window).find(asked, whole=False), ask.find(asked)
    assert first["whole"] and first["results"] == whole["results"] and first["facets"] == whole["facets"]


def test_close_names_are_looked_for_only_where_no_facet_is_to_blame(window: Page, copied: Path, tmp_path: Path) -> None:
    named = [Named(f"n-{n}", "place", "Village", f"Village {n} {'x' * 90}", f"places/n-{n}") for n in range(3_000)]
    names = [Name(f"{'abcdefghijklmnopqrstuvwxy'[n % 25]}{one.name}", one.id) for n, one in enumerate(named)]
    shutil.rmtree(copied / "assets/search")
    write(DOCUMENTS, names, named, copied / "assets/search", tmp_path / "cache")
    read = asked_of(window, "/n-")
    window.goto((copied / "deep/page.html").as_uri())
    ask = Asker(window)
    answer = ask.find("q=drums&year=2022")
    assert (answer["total"], answer["near"], len(answer["without"])) == (0, [], 1)
    assert not ask.find("zvilage", whole=False)["whole"]
    assert len(set(read)) < len(only(copied, "n-*/*.js"))
    assert ask.find("zvilage")["whole"]
    assert len(set(read)) == len(only(copied, "n-*/*.js"))


def test_what_failed_is_tried_again(window: Page, copied: Path) -> None:
    (wasm,) = only(copied, "wasm.en-*.js")
    kept = wasm.read_bytes()
    wasm.unlink()
    window.goto((copied / "deep/page.html").as_uri())
    assert "wasm.en" in window.evaluate(FAILED, {"q": "guns"})
    wasm.write_bytes(kept)
    assert window.evaluate(FAILED, {"q": "guns"}) == "answered"


def test_a_site_published_anew_is_searched_anew(window: Page, copied: Path, served: str, tmp_path: Path) -> None:
    window.goto(f"{served}deep/page.html")
    ask = Asker(window)
    assert ask.find("q=")["total"] == len(DOCUMENTS)  # all is open; no word has been looked up
    shutil.rmtree(copied / "assets/search")
    write([doc("new", "New", "Guns are silent.")], [], [], copied / "assets/search", tmp_path / "cache")
    assert ask.pages("silent") == ["articles/new"]
    shutil.rmtree(copied / "assets/search")
    window.reload()
    told = window.evaluate(FAILED, {"q": "silent"})
    assert told == "A file of the search is missing on this site. Load the page again."


def test_only_the_newest_question_is_answered(ask: Asker) -> None:
    js = """async () => {
      const answered = [];
      const ask = q => aaSearch.search({ q }, 7).then(answer => answered.push([q, answer.total]));
      ask("drums"); ask("kite"); await ask("guns");
      await new Promise(ok => setTimeout(ok, 300));
      return answered;
    }"""
    assert ask.page.evaluate(js) == [["guns", 3]]


def test_an_archive_without_anything_answers(window: Page, copied: Path, tmp_path: Path) -> None:
    shutil.rmtree(copied / "assets/search")
    write([], [], [], copied / "assets/search", tmp_path / "cache")
    window.goto((copied / "deep/page.html").as_uri())
    ask = Asker(window)
    assert ask.find("guns")["total"] == ask.find("q=")["total"] == 0
    assert ask.names("guns") == []


def test_of_many_names_only_what_begins_so_is_read(window: Page, copied: Path, tmp_path: Path) -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    words = [a + b + c + d for a in letters for b in "aeiou" for c in letters for d in "aeo"]
    named = [Named(f"n-{word}", "place", "Village", f"{word.title()}ville", f"places/n-{word}") for word in words]
    names = [Name(form, one.id) for one in named for form in (one.name, f"Old {one.name}")]
    shutil.rmtree(copied / "assets/search")
    write([], names, named, copied / "assets/search", tmp_path / "cache")
    read: list[str] = []
    window.on("request", lambda request: read.append(request.url) if "/n-" in request.url else None)
    window.goto((copied / "deep/page.html").as_uri())
    ask = Asker(window)
    assert ask.names("kib", 3) == ["Kibaville (Kibaville)", "Kibeville (Kibeville)", "Kiboville (Kiboville)"]
    assert len(read) == 1 < len(only(copied, "n-*/*.js"))
    assert ask.names("old kiba", 3)[0] == "Kibaville (Old Kibaville)"
    assert ask.names("kibavlile", 3) == ["Kibaville (Kibaville)"]
    assert len(set(read)) == len(only(copied, "n-*/*.js"))


# What was typed otherwise than it stands


PEOPLE: dict[str, tuple[str, tuple[str, ...]]] = {
    "us": ("United States", ("US",)),
    "ilham-aliyev": ("Ilham Aliyev", ()),
    "nikol-pashinyan": ("Nikol Pashinyan", ("Pashinyan",)),
    "goris-council": ("Goris Council", ("Герусы",)),
    "house": ("House of Culture", ("Дом",)),
}


@pytest.fixture(scope="module")
def spelled(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asker]:
    """A page that searches texts about people."""
    root = tmp_path_factory.mktemp("spelled")
    named = [Named(of, "actor", "Person", name, f"actors/{of}") for of, (name, _) in PEOPLE.items()]
    names = [Name(form, of) for of, (name, forms) in PEOPLE.items() for form in (name, *forms)]
    names += [Name(form, of, folded(anyascii(form))) for of, (_, forms) in PEOPLE.items() for form in forms]
    texts = {
        "us": "Tell us of the United States.", "ilham-aliyev": "So said Ilham Aliyev to Armen.",
        "nikol-pashinyan": "Pashinyan was asked.", "goris-council": "The Goris Council met.",
        "house": "A dom was sold beside the House of Culture.",
    }  # fmt: skip
    documents = [
        doc(of, f"Text {of[0]}", text, marks={of: [*PEOPLE[of][:1], *PEOPLE[of][1]]}) for of, text in texts.items()
    ]
    write(documents, names, named, root / "assets/search", root / "cache")
    client = (ASSETS / "search-client.js").read_text("utf-8")
    (root / "page.html").write_text(f'<meta charset="utf-8"><div data-aa-root=""></div><script>{client}</script>')
    window = chromium.new_page()
    window.goto((root / "page.html").as_uri())
    yield Asker(window)
    window.close()


@pytest.mark.parametrize(
    ("typed", "expanded"),
    [
        ("US", ["us"]), ("us", ["us"]), ("tell us", []), ("tell US", ["us"]), ("tell united states", ["us"]),
        ("Пашинян", ["nikol-pashinyan"]), ("փաշինյան", ["nikol-pashinyan"]), ("ფაშინიან asked", []),
        ("Никол Пашинян", ["nikol-pashinyan"]),
        ("gerusy", ["goris-council"]),  # the letters of no form, which stand nowhere
        ("dom", []),  # and of none, but they are a word
        ("дом", ["house"]),
    ],
)  # fmt: skip
def test_what_counts_as_a_name(spelled: Asker, typed: str, expanded: list[str]) -> None:
    answer = spelled.find(typed)
    assert [one["id"] for one in answer["expanded"]] == expanded
    if expanded:
        assert f"articles/{expanded[0]}" in map(on, answer["results"])


def test_capitals_that_are_no_name_find_the_word_alone(spelled: Asker) -> None:
    assert spelled.pages("dom") == ["articles/house"]
    assert spelled.find("tell us")["total"] == 1


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Алиев", ["Ilham Aliyev (Ilham Aliyev)"]),
        ("Ալիև", ["Ilham Aliyev (Ilham Aliyev)"]),
        ("პაშინიან", ["Nikol Pashinyan (Pashinyan)"]),  # a slip
        ("Պաշինյան", ["Nikol Pashinyan (Pashinyan)"]),
        ("Пашин", ["Nikol Pashinyan (Pashinyan)"]),
        ("Փաշ", ["Nikol Pashinyan (Pashinyan)"]),
        ("Геру", ["Goris Council (Герусы)"]),
        ("Aliev", ["Ilham Aliyev (Ilham Aliyev)"]),  # a slip in a later word
        ("Pashynian", []),  # two slips
    ],
)
def test_names_in_other_letters_are_completed(spelled: Asker, typed: str, found: list[str]) -> None:
    assert spelled.names(typed) == found


def test_a_name_in_other_letters_is_near(spelled: Asker) -> None:
    assert [one["name"] for one in spelled.find("Алиев")["near"]] == ["Ilham Aliyev"]


def test_letters_are_turned_into_latin_ones_as_the_names_were(chromium: Browser) -> None:
    window = chromium.new_page()
    engine(window)
    window.evaluate("letters => { aaEngine.manifest = { names: { letters } }; }", letters())
    codes = itertools.chain(range(0x400, 0x530), range(0x531, 0x590), range(0x10D0, 0x1100))
    texts = [c for c in map(chr, codes) if c.isalpha()] + ["Ильхам Алиев", "Երևան", "Гянджа", "Йылдыз"]
    ours = [sorted({folded(text), folded(anyascii(text))} - {""}) for text in texts]
    theirs = window.evaluate("texts => texts.map(text => aaEngine.spellings(text).filter(Boolean))", texts)
    assert [pair for pair in zip(texts, ours, map(sorted, theirs), strict=True) if pair[1] != pair[2]] == []
    window.close()


@pytest.mark.parametrize(
    ("typed", "instead", "near"),
    [
        ("armenistan", [], []),  # nothing begins so, and the rest is too long for an ending
        ("armenai", [{"typed": "armenai", "held": "armen"}], []),
        ("pashin", [{"typed": "pashin", "held": "pashin"}], ["Nikol Pashinyan"]),
        ("asked pashin", [{"typed": "pashin", "held": "pashin"}], ["Nikol Pashinyan"]),
        ("pashinyan", [], []),
        ("asked -pashin", [], []),
        ("asked", [], []),
    ],
)
def test_what_was_found_instead_is_told(
    spelled: Asker, typed: str, instead: list[dict[str, str]], near: list[str]
) -> None:
    answer = spelled.find(typed)
    assert answer["instead"] == instead
    assert [one["name"] for one in answer["near"]] == near


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("asked Pash", [("Nikol Pashinyan", 6)]),
        ("So  said \t Pashinyan", [("Nikol Pashinyan", 11)]),
        ("asked nikol pash", [("Nikol Pashinyan", 6)]),
        ("asked Пашин", [("Nikol Pashinyan", 6)]),
        ("nikol pash", [("Nikol Pashinyan", 0)]),
        ("asked pa", []),  # too short
        ("asked culture", []),  # a later word of a name
    ],
)
def test_the_last_words_are_completed_where_all_are_no_name(
    spelled: Asker, typed: str, found: list[tuple[str, int]]
) -> None:
    assert [(one["name"], one["from"]) for one in spelled.suggest(typed)] == found


# What is told apart


def finder(window: Page, copied: Path, tmp_path: Path, *texts: Document) -> Asker:
    """A page that searches these documents."""
    shutil.rmtree(copied / "assets/search")
    names = [Name(form, of) for of, (*_, name, _, forms) in ENTITIES.items() for form in (name, *forms)]
    named = [
        Named(of, kind, type_, name, f"{FOLDERS[kind]}/{of}") for of, (kind, type_, name, *_) in ENTITIES.items()
    ]
    write(texts, names, named, copied / "assets/search", tmp_path / "cache")
    window.goto((copied / "deep/page.html").as_uri())
    return Asker(window)


FIGURES = (
    "15 September", "1.5 million", "25 men", "2–5 men", "2.5 men", "3,500 lost", "3500 lost", "120,000 gone",
    "2500 gone", "13-14 May", "at 12:00", "U.S. aid", "they told us",
)  # fmt: skip


def test_a_number_is_found_only_where_its_digits_are_parted_alike(
    window: Page, copied: Path, tmp_path: Path
) -> None:
    ask = finder(window, copied, tmp_path, *(doc(f"d{n:02}", "Title", text) for n, text in enumerate(FIGURES)))
    found = {
        "15": ["[15] September"], "1.5": ["[1.5] million"], '"1.5 million"': ["[1.5 million]"], "25": ["[25] men"],
        "2-5": ["[2–5] men"], "2.5": ["[2.5] men"], "3500": ["[3,500] lost", "[3500] lost"],
        "3,500": ["[3,500] lost", "[3500] lost"], "120": [], "120,000": ["[120,000] gone"], "250": [],
        "13–14": ["[13-14] May"], "14": ["[13-14] May"], "1314": [], "12:00": ["at [12:00]"], "1200": [],
        "us": ["they told [us]"], "U.S.": ["[U.S]. aid"], "US": ["[U.S]. aid"],
    }  # fmt: skip
    assert {typed: list(map(shown, ask.find(typed)["results"])) for typed in found} == found


def test_words_are_told_apart_as_in_python(chromium: Browser) -> None:
    window = chromium.new_page()
    window.evaluate("void (window.postMessage = () => {})")
    engine(window)
    texts = st.text(st.one_of(st.sampled_from("0159 .,:·×–-/_[US’'sa"), st.characters(codec="utf-8")), max_size=20)

    @settings(deadline=None, max_examples=60)
    @given(st.lists(texts, max_size=40))
    @example([*FIGURES, "U.S.’s US. U.S.A 1,234.5–2 13.09.2022"])
    def check(drawn: list[str]) -> None:
        assert window.evaluate("texts => texts.map(aaEngine.toldApart)", drawn) == list(map(told_apart, drawn))

    check()
    window.close()


def test_a_phrase_stands_in_one_passage(window: Page, copied: Path, tmp_path: Path) -> None:
    text = doc("one", "Quiet near Goris", "Shells fell at night.", "Nobody was hurt.", "Shells fell again.")
    ask = finder(window, copied, tmp_path, text)
    assert ask.pages('"near Goris shells"') == ask.pages('"at night nobody"') == []
    result = ask.first('"shells fell again"')
    assert shown(result) == "[Shells fell again]." and result["href"].endswith("#at=p-3&find=Shells+fell+again")
    assert ask.first("near")["title"] == [["Quiet ", 0], ["near", 1], [" Goris", 0]]
    assert shown(ask.first("hurt")) == "Nobody was [hurt]."


def test_a_correction_stays_with_the_words_of_a_title(window: Page, copied: Path, tmp_path: Path) -> None:
    text = doc("one", "Shells fell in May near", "A text.", corrected={"a-fix": ["in May"]})
    fix = {"number": 3, "href": "../articles/one.html#a-fix"}
    ask = finder(window, copied, tmp_path, text)
    assert ask.first("shells")["title"] == [["Shells", 1], [" fell in May", 0, fix], [" near", 0]]


# Order


def test_a_form_inside_another_name_weighs_half(window: Page, copied: Path, tmp_path: Path) -> None:
    named = doc("named", "One", "In Goris.", marks={"goris": ["Goris"]}, date="2020")
    inside = replace(doc("inside", "Two", "Its Gorus men.", date="2021"), nested=(("goris", 1),))
    ask = finder(window, copied, tmp_path, named, inside, doc("other", "Three", "Words."))
    assert ask.pages("Горис") == ["articles/named", "articles/inside"]  # the newer, which else were first, is second


def test_a_name_that_few_documents_have_weighs_more(window: Page, copied: Path, tmp_path: Path) -> None:
    rare, common = ("Gorus",), ("Artsakh",)
    marks = {"goris": rare, "nagorno-karabakh": common}
    often = doc("often", "One", "Artsakh, Artsakh, Artsakh, Gorus.", marks=marks, date="2021")
    seldom = doc("seldom", "Two", "Gorus, Gorus, Gorus, Artsakh.", marks=marks, date="2020")
    others = [doc(f"d{n}", "Other", "Artsakh.", marks={"nagorno-karabakh": common}) for n in range(20)]
    ask = finder(window, copied, tmp_path, often, seldom, *others)
    assert ask.pages("Горис Нагорный Карабах") == ["articles/seldom", "articles/often"]


def test_articles_come_before_what_is_only_called_so(window: Page, copied: Path, tmp_path: Path) -> None:
    article = doc("long", "One", f"{LONG} A truce held. {LONG}")
    kinds = ("event", "claim", "work", "annotation")
    others = [doc(f"{kind}s/x", "Truce", "A truce.", kind=kind, path=f"{kind}s/x") for kind in kinds]
    ask = finder(window, copied, tmp_path, article, *others, *(doc(f"d{n}", "Other", LONG) for n in range(40)))
    assert ask.pages("truce")[0] == "articles/long"
    assert ask.pages("truce")[-1] == "works/x"
