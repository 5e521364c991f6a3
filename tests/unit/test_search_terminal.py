"""The search in a terminal: its query language, its index and how fresh that is, its answers, and the command."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Collection
from datetime import date
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from annotated_archive.cli import main, searching
from annotated_archive.records import program
from annotated_archive.search import meant as meaning
from annotated_archive.search import query, terminal
from annotated_archive.search.answers import Answer, Result, Wanted, answer
from annotated_archive.search.document import Document, Mark, Name, Named, Passage
from annotated_archive.search.excerpts import Piece
from annotated_archive.search.folding import folded
from annotated_archive.search.freshness import signature
from annotated_archive.search.query import LONGEST, Clause, Term, joined, parse, terms, tokens
from annotated_archive.search.terminal import INDEX
from annotated_archive.site.content import THEME
from annotated_archive.site.found import documents_of
from language import ArchiveText, Run, actor, archive, article, event, place, sha256, treaty, works

# The query language


@pytest.mark.parametrize(
    ("query", "clauses"),
    [
        ("drone strikes", [Clause(("drone",)), Clause(("strikes",))]),
        ('"Drone strikes" x', [Clause(("drone", "strikes"), quoted=True), Clause(("x",))]),
        ("-uav", [Clause(("uav",), excluded=True)]),
        ('-"the border"', [Clause(("the", "border"), quoted=True, excluded=True)]),
        ("Nagorno-Karabakh", [Clause(("nagorno", "karabakh"))]),
        ("“shells fell”", [Clause(("shells", "fell"), quoted=True)]),
        ('a "not closed', [Clause(("a",)), Clause(("not",)), Clause(("closed",))]),
        ("−uav x-y", [Clause(("uav",), excluded=True), Clause(("x", "y"))]),
        ('x"y z"w', [Clause(("x",)), Clause(("y", "z"), quoted=True), Clause(("w",))]),
        ("Xankəndi’s", [Clause(("xankendis",))]),
        ('- -- "" -"" … \0', []),
    ],
)
def test_a_query_is_words_phrases_and_what_is_left_out(query: str, clauses: list[Clause]) -> None:
    assert parse(query) == clauses


def test_of_a_long_query_the_beginning_is_read() -> None:
    assert parse("a" * LONGEST + " b") == [Clause(("a" * LONGEST,))]


def test_the_page_leaves_the_same_words_aside() -> None:
    script = (THEME / "assets/search-query.js").read_text(encoding="utf-8")
    [listed] = re.findall(r"var COMMON = new Set\(\((.*?)\)\.split", script, re.DOTALL)
    assert set("".join(re.findall(r'"([^"]*)"', listed)).split()) == query._COMMON
    constants = dict(re.findall(r"var (NAME|LETTERS) = (\d+);", script))
    assert (int(constants["NAME"]), int(constants["LETTERS"])) == (query._LONGEST_FORM, query._PREFIXED)


@given(st.text() | st.text(st.characters(max_codepoint=127)))
def test_words_are_folded_one_by_one_as_they_would_be_together(text: str) -> None:
    assert " ".join(token for word in text.split() for token in tokens(word)) == folded(joined(text))
    assert " ".join(terminal._words(text)) == folded(joined(text))


def test_commas_between_thousands_are_left_out_and_no_other_sign_joins_numbers() -> None:
    assert tokens("3,500") == tokens("3500") == ("3500",)
    assert tokens("12,345,678.") == ("12345678",)
    written = {"1.5": ("1", "5"), "12:00": ("12", "00"), "2–5": ("2", "5"), "1,5": ("1", "5"), "3,5000": ("3", "5000")}
    assert {word: tokens(word) for word in written} == written


FORMS = {"new york": {"ny"}, "york city": {"yc"}, "york": {"york-uk"}, "goris": {"goris"}}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("new york city", [Term((("new",), ("york",)), ("ny",), False, "new york"), Term((("city",),))]),
        ("New-York", [Term((("new", "york"),), ("ny",), False, "new york")]),
        ('"new york"', [Term((("new", "york"),), quoted=True)]),
        ('new "york"', [Term((("new",),)), Term((("york",),), quoted=True)]),
        ("new -york", [Term((("new",),)), Term((("york",),), ("york-uk",), True, "york")]),
        ("-new york", [Term((("new",),), (), True), Term((("york",),), ("york-uk",), False, "york")]),
        ('-"goris"', [Term((("goris",),), (), True, quoted=True)]),
        ("the war in the york", [Term((("war",),)), Term((("york",),), ("york-uk",), False, "york")]),
        ("to be", [Term((("to",),)), Term((("be",),))]),
        ("to be -it", [Term((("to",),)), Term((("be",),)), Term((("it",),), (), True)]),
        ('"the" war', [Term((("the",),), quoted=True), Term((("war",),))]),
    ],
)
def test_the_longest_name_in_a_query_counts_unless_it_is_quoted(query: str, found: list[Term]) -> None:
    assert terms(parse(query), lambda form, *_: FORMS.get(form, set())) == found


# The index and its answers

Ask = Callable[..., Answer]


def document(identifier: str, *passages: str, **fields: object) -> Document:
    """An article of these passages, the names in them being what `names` maps to entities."""
    given = {"title": identifier.capitalize(), "kind": "article", "page": f"articles/{identifier}", "language": "en"}
    blocks = tuple(Passage(text, f"p-{number}") for number, text in enumerate(passages, 1))
    return Document(id=f"articles/{identifier}", passages=blocks, **{**given, **fields})  # type: ignore[arg-type]


NAMES = [
    *(Name("Gadabay", "gadabay"), Name("Gədəbəy", "gadabay"), Name("Kedabek", "gadabay"), Name("Кедабек", "gadabay")),
    *(Name("Goris", "goris"), Name("Գորիս", "goris"), Name("New York", "new-york")),
]
NAMED = [
    Named("gadabay", "place", "Town", "Gadabay", "places/gadabay", "Azerbaijan"),
    Named("goris", "place", "Town", "Goris", "places/goris", "Armenia"),
    Named("new-york", "place", "City", "New York", "places/new-york"),
]
DOCUMENTS = [
    document(
        "drones", "They spoke of peace.", "Three drone strikes hit Kedabek. Nobody was hurt there.", date="2022-09-13",
        source="herald", entities=(("gadabay", 1),), mentions=(Mark(1, 24, 31, "gadabay"),),
    ),
    document(
        "shells", "Shells fell on Gədəbəy and Goris.", "A drone was seen.", date="2022", source="times",
        entities=(("gadabay", 2), ("goris", 1)), mentions=(Mark(0, 15, 22, "gadabay"), Mark(0, 27, 32, "goris")),
    ),
    document("strike", "Workers strike in New York; a drone flew by.", date="1999-12-31/2000-01-01", source="times"),
    Document("places/gadabay", "place", "Gadabay", "places/gadabay", (Passage("Gədəbəy"),), entities=(("gadabay", 1),)),
    document("century", "Peace of ages.", date="1901/2000"),
]  # fmt: skip


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    """Asks an index of DOCUMENTS."""
    path = tmp_path / "terminal.sqlite"
    terminal.write(path, "s", DOCUMENTS, NAMES, NAMED)
    index = terminal.opened(path, "s")
    assert index is not None
    with contextlib.closing(index):
        yield lambda query="", **wanted: answer(index, Wanted(query, **wanted))


def test_what_stands_inside_a_longer_name_is_found_and_is_no_mention(tmp_path: Path) -> None:
    path = tmp_path / "terminal.sqlite"
    inside = document("region", "It fell in the Gədəbəy region.", nested=(("gadabay", 1),))
    terminal.write(path, "s", [inside], NAMES, NAMED)
    index = terminal.opened(path, "s")
    assert index is not None
    with contextlib.closing(index):
        assert found(answer(index, Wanted("Kedabek"))) == ["region"]
        assert found(answer(index, Wanted('"Kedabek"'))) == []
        assert found(answer(index, Wanted(entities=("gadabay",)))) == []


def found(given: Answer) -> list[str]:
    assert given.total == len(given.results)
    return [result.id.removeprefix("articles/") for result in given.results]


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("drone strikes", {"drones", "strike"}),  # words of one stem are the same
        ('"drone strike"', {"drones"}),
        ("drone -strike", {"shells"}),
        ('drone -"strike in"', {"drones", "shells"}),
        ("drones", {"drones", "shells", "strike"}),
        ('"peace three"', set()),  # not from one passage into the next
        ("Kedabek", {"drones", "shells", "places/gadabay"}),
        ("gedebey", {"drones", "shells", "places/gadabay"}),
        ("КЕДАБЕК goris", {"shells"}),
        ('"kedabek"', {"drones"}),
        ("drone -gadabay", {"strike"}),
        ("-drone", {"places/gadabay", "century"}),
        ("Գորի՛ս", {"shells"}),
        ('drone OR title:x* NEAR(a b) ^"', set()),
        ("…", set()),
        ("new york", {"strike"}),
        ("a " * 400, {"shells", "strike"}),
        ("the drones in a", {"drones", "shells", "strike"}),
        ("workersx", set()),
        ("worke", {"strike"}),  # what stands nowhere may be a beginning
        ('"worke"', set()),
        ("wo", set()),
        ("drone -worke", {"drones", "shells"}),
        ("-there drone", {"shells", "strike"}),
    ],
)
def test_what_a_query_finds(ask: Ask, query: str, ids: set[str]) -> None:
    assert set(found(ask(query))) == ids


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        ({"kinds": ("place",)}, ["places/gadabay"]),
        ({"kinds": ("place", "article"), "entities": ("gadabay",)}, ["shells", "drones", "places/gadabay"]),
        ({"entities": ("gadabay", "goris")}, ["shells"]),
        ({"sources": ("times",)}, ["strike", "shells"]),
        ({"sources": ("times", "herald")}, ["strike", "shells", "drones"]),
        ({"years": (2022,)}, ["shells", "drones"]),
        ({"years": (1999,)}, ["strike"]),
        ({"years": (2000, 2022)}, ["strike", "shells", "drones"]),  # a century is of no year
        ({"first": date(2022, 9, 13)}, ["shells", "drones"]),  # 2022 may be that day; what has no date falls out
        ({"first": date(2022, 9, 14), "last": date(2022, 9, 20)}, ["shells"]),
        ({"last": date(1950, 1, 1)}, ["century"]),
    ],
)
def test_what_the_facets_leave(ask: Ask, wanted: dict[str, object], ids: list[str]) -> None:
    assert found(ask(**wanted, by_date=True)) == ids


def test_facets_and_words_go_together_and_the_limit_leaves_the_count(ask: Ask) -> None:
    assert found(ask("drone", sources=("times",), years=(2022,))) == ["shells"]
    few = ask("drone", limit=1)
    assert (few.total, len(few.results)) == (3, 1)


def test_an_entity_whose_name_was_typed_comes_first_and_then_what_names_it_most(ask: Ask) -> None:
    assert found(ask("kedabek"))[0] == "places/gadabay"
    assert found(ask("kedabek -peace", kinds=("article",))) == ["shells"]
    assert found(ask(by_date=True)) == ["century", "strike", "shells", "drones", "places/gadabay"]


def marked(given: Answer, number: int = 0) -> str:
    """The excerpt of a result, what is marked in brackets and the numbers of corrections in braces."""
    pieces = given.results[number].excerpt
    return "".join(
        (f"[{piece.text}]" if piece.marked else piece.text) + (f"{{{piece.correction}}}" if piece.correction else "")
        for piece in pieces
    )


def test_the_sentence_that_answers_most_is_shown_with_its_words_marked(ask: Ask) -> None:
    one = ask('"drone strike"')
    assert marked(one) == "Three [drone strikes] hit Kedabek."
    assert (one.results[0].page, one.results[0].date) == ("articles/drones.html#p-2", "2022-09-13")
    assert marked(ask("nobody kedabek")) == "Three drone strikes hit [Kedabek]."
    assert marked(ask("goris gadabay")) == "Shells fell on [Gədəbəy] and [Goris]."  # a name under another form
    assert marked(ask("worke")) == "[Workers] strike in New York; a drone flew by."
    assert ask("worke").begun == (("worke", ("workers",)),)
    assert ask("peace-worke -york-stri").begun == ()
    assert ask("-new-yor").begun == (("new yor", ("new york",)),)
    assert ask('"worke" workers').begun == ask("worker").begun == ()
    assert marked(ask("century")) == "Peace of ages."  # only its title has the word
    assert ask("goris").also[0].forms == ("Goris", "Գորիս")
    assert [(one.id, one.form) for one in ask("KEDABEK").also] == [("gadabay", "kedabek")]


def indexed(
    folder: Path, *documents: Document, query: str = "word", names: Collection[Name] = (), named: Collection[Named] = ()
) -> Answer:
    """What a search for `query` finds among documents."""
    terminal.write(folder / "i.sqlite", "s", documents, names, named)
    index = terminal.opened(folder / "i.sqlite", "s")
    assert index is not None
    with contextlib.closing(index):
        return answer(index, Wanted(query))


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("gors", set()),  # its stem is “gor”, with which Goris begins; as written it begins nothing
        ("sus", {"b"}),
        ("warni", {"b"}),
        ("us", {"a"}),  # the stem of “use”
        ("use", {"b"}),
        ("on", set()),  # the stem of “one”
        ("north-cau", {"b"}),
        ("north-gor", set()),
        ("350", set()),  # a number is never the beginning of another
        ("3500", {"b"}),
        ("3,500", {"b"}),
        ("15", set()),
        ("1.5", {"b"}),
        ("1200", set()),
        ("12:00", {"b"}),
    ],
)
def test_words_that_are_not_stemmed_and_words_that_are_begun(tmp_path: Path, query: str, ids: set[str]) -> None:
    a = document("a", "They tell us of Goris.")
    b = document("b", "One warning: drones used in the north-caucasus, suspended. At 12:00 some 3,500 went 1.5 km.")
    given = indexed(tmp_path, a, b, query=query)
    assert set(found(given)) == ids
    assert all(any(piece.marked for piece in result.excerpt) for result in given.results)


HOMONYMS = {
    "names": [
        *(Name("US", "usa"), Name("Кедабек", "gadabay", "kedabek"), Name("Սոս", "sos"), Name("Սոս", "sos", "sos")),
        Name("Pashinyan", "pashinyan"),
    ],
    "named": [
        Named(identifier, "actor", "Person", identifier.capitalize(), f"actors/{identifier}")
        for identifier in ("usa", "gadabay", "sos", "pashinyan")
    ],
}


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("US aid", ["usa"]),
        ("us aid", []),
        ("aid Us", []),
        ("us", ["usa"]),  # nothing else is asked for
        ("aid -US", []),
        ("kedabek aid", ["gadabay"]),
        ("sos aid", []),  # stands in a text, and is nobody's form
        ("Սոս aid", ["sos"]),
        ("Пашинян", ["pashinyan"]),
        ("Փաշինյան aid", ["pashinyan"]),
        ('"Пашинян"', []),
        ("Путин", []),
    ],
)
def test_which_names_a_query_means(tmp_path: Path, query: str, meant: list[str]) -> None:
    texts = [document("a", "They gave us aid."), document("b", "SOS was sent."), document("c", "Aid.", entities=(
        ("usa", 1), ("pashinyan", 1)))]  # fmt: skip
    given = indexed(tmp_path, *texts, query=query, **HOMONYMS)  # type: ignore[arg-type]
    assert [one.id for one in given.also] == meant
    if query == "aid -US":
        assert found(given) == []
    if query == "us aid":
        assert found(given) == ["a"]


def test_of_a_long_sentence_what_lies_around_the_words_is_shown(tmp_path: Path) -> None:
    text = " ".join([*map(str, range(100)), "word", *map(str, range(200, 300))])
    shown = marked(indexed(tmp_path, document("long", text)))
    assert shown == f"… {' '.join(map(str, range(85, 100)))} [word] {' '.join(map(str, range(200, 229)))} …"
    assert marked(indexed(tmp_path, document("late", f"{text} word"))).startswith("… 85 ")
    assert marked(indexed(tmp_path, document("end", " ".join([*map(str, range(100)), "word"])))).endswith(" 99 [word]")


def test_words_that_are_corrected_carry_the_correction(tmp_path: Path) -> None:
    fixed = document(
        "fixed", "The word was 14 dead.", corrections=(Mark(0, 13, 20, "a-x"), Mark(0, 16, 20, "a-y")),
        numbers=(("a-x", 3), ("a-y", 4)),
    )  # fmt: skip
    assert marked(indexed(tmp_path, fixed)) == "The [word] was 14 dead{3}{4}."


def test_no_corrected_words_are_shown_without_their_correction(tmp_path: Path) -> None:
    text = "It was so. The word was this. And no more."
    numbers = (("a-x", 3), ("a-y", 4))
    beyond = document("fixed", text, corrections=(Mark(0, 20, 40, "a-x"), Mark(0, 0, 9, "a-y")), numbers=numbers)
    assert marked(indexed(tmp_path, beyond)) == "The [word] was this.{3}"
    around = document("fixed", text, corrections=(Mark(0, 0, len(text), "a-x"),), numbers=numbers)
    assert marked(indexed(tmp_path, around)) == "The [word] was this.{3}"
    long = " ".join(["word", *map(str, range(100))])
    cut = document("fixed", long, corrections=(Mark(0, 5, 290, "a-x"), Mark(0, 280, 290, "a-y")), numbers=numbers)
    assert marked(indexed(tmp_path, cut)).endswith(" 43{3} …")


def test_the_corrections_of_a_title_stand_beside_it(tmp_path: Path) -> None:
    fixed = document(
        "fixed", "The word.", title="A word of 14", corrections=(Mark(-1, 10, 12, "a-x"), Mark(0, 0, 3, "a-y")),
        numbers=(("a-x", 3), ("a-y", 4)),
    )  # fmt: skip
    [result] = indexed(tmp_path, fixed).results
    assert result.corrections == (3,)
    assert click.unstyle(searching._shown(tmp_path, result)).startswith("A word of 14 [corrected: note 3]\n")
    assert searching._record(tmp_path, result)["corrections"] == (3,)


def test_a_phrase_that_goes_on_in_the_next_sentence_is_shown_whole(tmp_path: Path) -> None:
    text = document("two", "It began. They heard the word. Peace came late. It ended.")
    assert marked(indexed(tmp_path, text, query='"word peace"')) == "They heard the [word. Peace] came late."


@pytest.mark.parametrize("way", ["changed", "removed"])
def test_what_was_taken_out_stays_nowhere_in_the_file(tmp_path: Path, way: str) -> None:
    path = tmp_path / "a"
    secret = document("secret", " ".join(f"qzx{number}qzx" for number in range(2000)), title="Vqkpz")
    others = [document(f"other{number}", f"common words {number}") for number in range(300)]
    terminal.write(path, "s", [secret, *others], NAMES, NAMED)
    with contextlib.closing(sqlite3.connect(path)) as index:
        [[data]] = index.execute("SELECT data FROM content JOIN document USING (n) WHERE id = 'articles/secret'")
    assert data[:100] in path.read_bytes()
    assert b"qzx1" in path.read_bytes()
    terminal.write(path, "t", [*([document("secret", "Nothing.")] if way == "changed" else []), *others], NAMES, NAMED)
    left = path.read_bytes()
    assert not [part for part in (data[:100], data[1000:1100], b"qzx", b"9qzx", b"vqkpz", b"Vqkpz") if part in left]


def test_a_document_without_words_is_found_by_its_title(tmp_path: Path) -> None:
    [result] = indexed(tmp_path, document("x", title="A word")).results
    assert (result.page, result.excerpt, result.passage) == ("articles/x.html", (), "")


@pytest.mark.parametrize("query", ["goriss", "gois", "goirs", "gotis", "oris", '"gotis"', "shelling in gotis"])
def test_names_that_are_close_are_told_where_nothing_is_found(ask: Ask, query: str) -> None:
    given = ask(query)
    assert [(one.id, one.form) for one in given.near] == [("goris", "Goris")]
    assert given.begun == ()
    assert ask("goris").near == ()


def slips(word: str) -> set[str]:
    """Every text that one typing error makes of a word of the letters a, b and c."""
    made = {word[:at] + letter + word[at:] for at in range(len(word) + 1) for letter in "abc"}
    made |= {word[:at] + letter + word[at + 1 :] for at in range(len(word)) for letter in ("a", "b", "c", "")}
    made |= {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)}
    return made - {word}


def test_every_slip_of_one_letter_is_found_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meaning, "_NEAR", 1000)
    texts = ["".join(letters) for size in range(1, 6) for letters in itertools.product("abc", repeat=size)]
    names = [Name(text, f"e{text}") for text in texts]
    named = [Named(f"e{text}", "place", "Town", text, "places/x") for text in texts]
    terminal.write(tmp_path / "a", "s", [], names, named)
    index = terminal.opened(tmp_path / "a", "s")
    assert index is not None
    with contextlib.closing(index):
        for word in (text for text in texts if 2 < len(text) < 5):
            assert {one.form for one in answer(index, Wanted(f'"{word}"')).near} == slips(word)


# Writing, and reading what somebody else wrote


def everything(path: Path, queries: Collection[str] = ("drone", "peace", "kedabek", "century", "new")) -> list[Answer]:
    index = terminal.opened(path, "s")
    assert index is not None
    with contextlib.closing(index):
        return [answer(index, Wanted(query)) for query in queries]


def test_an_index_brought_up_to_date_answers_as_one_made_anew(tmp_path: Path) -> None:
    other = [
        document("shells", "A drone brought peace.", title="Changed", entities=(("goris", 1),)),
        document("new", "Something new of Kedabek.", entities=(("gadabay", 1),)),
        *DOCUMENTS[2:],
    ]
    terminal.write(tmp_path / "a", "s", DOCUMENTS, NAMES, NAMED)
    terminal.write(tmp_path / "a", "s", other, NAMES[1:], NAMED)
    terminal.write(tmp_path / "b", "s", other, NAMES[1:], NAMED)
    updated, anew = everything(tmp_path / "a"), everything(tmp_path / "b")
    assert [found(one) for one in updated] == [found(one) for one in anew]
    assert updated == anew
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]
    with contextlib.closing(sqlite3.connect(tmp_path / "a")) as index:
        index.execute("INSERT INTO words (words) VALUES ('integrity-check')")


def test_only_documents_that_differ_are_written_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    put_in = terminal._put_in
    monkeypatch.setattr(terminal, "_put_in", lambda *row: (written.append(row[-1].id), put_in(*row))[1])
    terminal.write(tmp_path / "a", "s", DOCUMENTS, NAMES, NAMED)
    terminal.write(tmp_path / "a", "s", [*DOCUMENTS[1:], document("drones", "Other words.")], NAMES, NAMED)
    assert written == [*(one.id for one in DOCUMENTS), "articles/drones"]


@pytest.mark.parametrize("data", [b"", b"not a database", b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_file_that_is_no_index_is_made_again(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a"
    path.write_bytes(data)
    assert terminal.opened(path, "s") is None
    terminal.write(path, "s", DOCUMENTS, NAMES, NAMED)
    assert found(everything(path)[3]) == ["century"]


def test_a_foreign_and_a_broken_database_are_made_again(tmp_path: Path) -> None:
    path = tmp_path / "a"
    with contextlib.closing(sqlite3.connect(path)) as foreign:
        foreign.executescript("CREATE TABLE about (key, value, other); CREATE TABLE document (id);")
    assert terminal.opened(path, "s") is None
    terminal.write(path, "s", DOCUMENTS, NAMES, NAMED)
    whole = path.read_bytes()
    size = 4096
    path.write_bytes(whole[:size] + b"".join(os.urandom(size) for _ in range(len(whole) // size - 1)))
    terminal.write(path, "s", DOCUMENTS, NAMES, NAMED)
    assert found(everything(path)[3]) == ["century"]


def test_an_index_of_other_files_or_another_program_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a"
    terminal.write(path, "s", DOCUMENTS, NAMES, NAMED)
    assert terminal.opened(path, "t") is None
    assert terminal.opened(tmp_path / "b", "s") is None
    monkeypatch.setattr(terminal, "checksum", lambda: "another")
    assert terminal.opened(path, "s") is None


def test_a_writing_that_fails_leaves_the_old_index_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a"
    terminal.write(path, "s", DOCUMENTS, NAMES, NAMED)
    before = path.read_bytes()

    def failing() -> object:
        yield DOCUMENTS[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        terminal.write(path, "t", failing(), NAMES, NAMED)  # type: ignore[arg-type]
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_what_a_killed_process_left_is_removed_once_it_is_old(tmp_path: Path) -> None:
    old, young = tmp_path / ".a.old", tmp_path / ".a.young"
    for path in (old, young):
        path.write_bytes(b"half")
    os.utime(old, (1, 1))
    terminal.write(tmp_path / "a", "s", [], [], [])
    assert sorted(path.name for path in tmp_path.iterdir()) == [".a.young", "a"]


# Freshness


def test_the_signature_changes_with_every_file_that_is_searched(tmp_path: Path) -> None:
    made = news(tmp_path)
    seen = {signature(made.root)}
    for name in (
        *("archive/articles/first.md", f"archive/annotations/first/{NOTE}.yml", "archive/authority/places/goris.yml"),
        *("archive/bibliography.yml", "docs/index.md", "mkdocs.yml", "archive/ledgers/first.yml", "docs/deep/er/x.md"),
        "archive/questions.yml",
    ):
        path = made.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(path.read_text() + "\n" if path.exists() else "")
        seen.add(signature(made.root))
    os.utime(made.root / "docs/index.md", ns=(1, 1))
    seen.add(signature(made.root))
    (made.root / "docs/index.md").unlink()
    seen.add(signature(made.root))
    assert len(seen) == 12
    assert signature(made.root) == signature(made.root)
    (made.root / "build").mkdir()
    (made.root / "build/other").write_text("")
    assert signature(made.root) in seen


# The command


def news(folder: Path, *more: str | dict[str, str | bytes]) -> ArchiveText:
    """An archive of three articles, one of them withheld, and what they name."""
    note = {
        "id": NOTE, "kind": "note", "article": "first", "body": "A helpful remark.", "author": {"name": "A reader"},
        "targets": [{"exact": "Shells fell", "start": 0, "text_sha256": sha256(FIRST)}],
        "created": "2026-11-22T10:00:00Z", "license": "CC-BY-4.0", "status": "open", "cite": ["a-work"],
    }  # fmt: skip
    return archive(
        folder,
        place("goris", type="town", forms=["Gorus"]),
        place("jermuk", type="town"),
        actor("herald", type="outlet"),
        article("first", FIRST, date="2022-09-13", date_source="page", source="herald", places=["goris"],
                actors=["herald"]),
        article("second", "Drone strikes near Jermuk.", date="1999", date_source="page", places=["jermuk"]),
        article("third", "", title="Withheld"),
        works("a-work"),
        {f"archive/annotations/first/{NOTE}.yml": json.dumps(note)},
        {"docs/index.md": "# Home\n"},
        {"mkdocs.yml": "site_name: News\ntheme: material\nplugins:\n- annotated-archive\n"},
        *more,
    )  # fmt: skip


NOTE = "n1n1n1n1"
FIRST = "Shells fell on Goris.\n\nThe Herald counted three drones."


def test_the_command_shows_what_it_found_and_where(tmp_path: Path) -> None:
    made = news(tmp_path)
    assert made.run("search", "gorus", "--kind", "article") == (
        0,
        "First\n"
        "  article · Herald · 13 September 2022\n"
        "  Shells fell on Goris.\n"
        "  articles/first.html#p-1  archive/articles/first.md:23\n"
        "\n"
        "1 result.\n"
        "Goris is found under its other names too: Gorus.\n",
        "",
    )
    assert made.file("archive/articles/first.md").splitlines()[22] == "Shells fell on Goris."
    assert made.run("search", "goriz", "-C", ".") == (
        0, "Nothing was found for “goriz”.\nNames that are close: Goris (place).\n", ""
    )  # fmt: skip
    assert made.run("search", "horus").stdout.endswith("close: Gorus (Goris, place).\n")
    assert made.run("search", "drones", "--limit", "1").stdout.endswith("\n2 results, the first 1 shown.\n")
    for words in (("--", "drones", "-jermuk"), ("drones", "-jermuk"), ("-jermuk", "--limit", "9", "-C", ".", "drones")):
        assert made.run("search", *words).stdout.count("articles/") == 2
    assert made.run("search", "-Cjermuk", "drones").stdout.count("articles/") == 4
    assert made.run("search", "drones", "--jermuk").exit == 2
    assert "No text holds “shel”; what begins so counts for it: shells.\n" in made.run("search", "shel").stdout


def test_words_are_bold_on_a_terminal_and_nothing_else_is_sent_to_it(tmp_path: Path) -> None:
    made = news(tmp_path)
    given = CliRunner().invoke(main, ["search", "shells", "-C", str(made.root), "--kind", "article"], color=True)
    assert "\n  \x1b[1mShells\x1b[0m fell on Goris.\n" in given.output
    evil = "a\x1b[2J\u202eb\n"
    result = Result("pages/x", "page", evil, f"{evil}.html", "", evil, "", evil, "en", "", (Piece(evil),))
    shown = searching._shown(made.root, result).replace("\x1b[1m", "").replace("\x1b[0m", "").replace("\n", "")
    assert shown.isprintable()


def test_as_json(tmp_path: Path) -> None:
    made = news(tmp_path)
    given = json.loads(made.run("search", "Gorus shells", "--kind", "article", "--format", "json").stdout)
    assert given == {
        "query": "Gorus shells",
        "total": 1,
        "results": [
            {
                "id": "articles/first", "kind": "article", "title": "First", "byline": "Herald", "source": "herald",
                "date": "2022-09-13", "dated": "13 September 2022", "language": "en", "page": "articles/first.html#p-1",
                "file": "archive/articles/first.md", "line": 23, "corrections": [],
                "excerpt": [
                    {"text": "Shells", "mark": 1}, {"text": " fell on ", "mark": 0}, {"text": "Goris", "mark": 1},
                    {"text": ".", "mark": 0},
                ],
            }
        ],
        "also": [{"id": "goris", "kind": "place", "name": "Goris", "form": "gorus", "forms": ["Goris", "Gorus"]}],
        "near": [],
        "begun": [],
    }  # fmt: skip


def test_what_is_no_text_is_searched_all_the_same(tmp_path: Path) -> None:
    made = news(tmp_path)
    for form in ("text", "json"):
        command = [sys.executable, "-m", "annotated_archive", "search", b"\xff\x1b[31m\xe2\x80\xae", "--format", form]
        done = subprocess.run(command, cwd=made.root, capture_output=True, timeout=120)
        assert (done.returncode, done.stderr) == (0, b"")
        assert b"\x1b" not in done.stdout


def ids(given: Run) -> list[str]:
    assert given.exit == 0, given.stderr
    return [result["id"] for result in json.loads(given.stdout)["results"]]


def test_every_facet(tmp_path: Path) -> None:
    made = news(
        tmp_path, treaty("accord"), event("battle"),
        article("third", "The Accord ended the Battle.", date="2022-10", date_source="page", treaties=["accord"],
                events=["battle"]),
    )  # fmt: skip

    def chosen(*options: str) -> list[str]:
        return ids(made.run("search", "--kind", "article", "--sort", "date", "--format", "json", *options))

    assert chosen() == ["articles/second", "articles/first", "articles/third"]
    assert chosen("--place", "jermuk") == ["articles/second"]
    assert chosen("--place", "jermuk", "--place", "goris") == []
    assert chosen("--actor", "herald") == chosen("--source", "herald") == ["articles/first"]
    assert chosen("--treaty", "accord") == chosen("--event", "battle") == ["articles/third"]
    assert chosen("--year", "1999", "--year", "2022") == ["articles/second", "articles/first", "articles/third"]
    assert chosen("--from", "2022") == ["articles/first", "articles/third"]
    assert chosen("--from", "1999", "--to", "2022-09") == ["articles/second", "articles/first"]
    assert ids(made.run("search", "--kind", "place", "--place", "goris", "--format", "json")) == ["places/goris"]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ((), "Say what to search for"),
        (("x", "--place", "gorris"), "There is no place “gorris”. Did you mean “goris”?"),
        (("x", "--actor", "goris"), "There is no actor “goris”."),
        (("x", "--source", "heraldd"), "There is no source “heraldd”. Did you mean “herald”?"),
        (("x", "--from", "yesterday"), "“yesterday”: not an EDTF date. Write 2022, 2022-09 or 2022-09-13."),
        (("x", "--kind", "nothing"), "'nothing' is not one of"),
    ],
)
def test_wrong_use(tmp_path: Path, options: tuple[str, ...], says: str) -> None:
    given = news(tmp_path).run("search", *options)
    assert (given.exit, given.stdout) == (2, "")
    assert says in given.stderr


def test_every_kind_of_result_says_which_file_it_comes_from(tmp_path: Path) -> None:
    question = "- id: who\n  question: Who began it?\n  event: battle\n"
    made = news(tmp_path, event("battle"), {"docs/background/war.md": "# War\n\nA war.\n"},
                {"archive/questions.yml": question})  # fmt: skip
    results = json.loads(made.run("search", "--limit", "50", "--format", "json", "--", "-zzz").stdout)["results"]
    assert {result["id"]: (result["file"], result["line"]) for result in results} == {
        "articles/first": ("archive/articles/first.md", 23),
        "articles/second": ("archive/articles/second.md", 21),
        "articles/third": ("archive/articles/third.md", None),
        f"annotations/{NOTE}": (f"archive/annotations/first/{NOTE}.yml", 1),
        "places/goris": ("archive/authority/places/goris.yml", None),
        "places/jermuk": ("archive/authority/places/jermuk.yml", None),
        "actors/herald": ("archive/authority/actors/herald.yml", None),
        "events/battle": ("archive/authority/events/battle.yml", None),
        "works/a-work": ("archive/bibliography.yml", 1),
        "questions/who": ("archive/questions.yml", 1),
        "pages/index": ("docs/index.md", None),
        "pages/background/war": ("docs/background/war.md", 3),
    }


def test_what_is_withheld_or_withdrawn_is_not_found(tmp_path: Path) -> None:
    made = news(tmp_path)
    assert ids(made.run("search", "helpful", "--format", "json")) == [f"annotations/{NOTE}"]
    path = f"archive/annotations/first/{NOTE}.yml"
    made.write({path: made.file(path).replace('"open"', '"withdrawn", "reason": "Wrong."')})
    assert ids(made.run("search", "helpful", "--format", "json")) == []
    assert ids(made.run("search", "shells", "--format", "json")) == ["articles/first"]
    (made.root / path).unlink()
    assert made.run("withhold", "first").exit == 0
    assert "Shells fell" in made.file("private/texts/first.txt")
    assert ids(made.run("search", "shells", "--format", "json")) == []


def test_content_with_errors_is_told_and_not_searched(tmp_path: Path) -> None:
    made = news(tmp_path).write({"archive/authority/places/goris.yml": "id: [\n"})
    given = made.run("search", "shells")
    assert (given.exit, given.stdout) == (1, "")
    assert given.stderr.startswith("archive/")
    assert not (made.root / INDEX).exists()


def test_the_archive_is_read_again_only_when_something_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = news(tmp_path)
    read: list[Path] = []
    real = documents_of
    monkeypatch.setattr("annotated_archive.site.found.documents_of", lambda root: (read.append(root), real(root))[1])
    assert ids(made.run("search", "peace", "--format", "json")) == []
    assert ids(made.run("search", "jermuk", "--kind", "article", "--format", "json")) == ["articles/second"]
    assert len(read) == 1
    made.write({"docs/index.md": "# Home\n\nPeace.\n"})
    assert ids(made.run("search", "peace", "--format", "json")) == ["pages/index"]
    assert len(read) == 2
    (made.root / INDEX).write_bytes(b"broken")
    assert ids(made.run("search", "peace", "--format", "json")) == ["pages/index"]
    assert len(read) == 3


@pytest.mark.parametrize("harm", ["UPDATE content SET data = x'00'", "DROP TABLE words", "DELETE FROM words_data"])
def test_an_index_that_breaks_in_the_middle_of_a_search_is_made_again(tmp_path: Path, harm: str) -> None:
    made = news(tmp_path)
    made.run("search", "peace")
    with contextlib.closing(sqlite3.connect(made.root / INDEX)) as index:
        index.execute(harm)
        index.commit()
    assert ids(made.run("search", "helpful", "--format", "json")) == [f"annotations/{NOTE}"]


def test_searches_at_the_same_time_leave_one_whole_index(tmp_path: Path) -> None:
    made = news(tmp_path)
    command = [sys.executable, "-m", "annotated_archive", "search", "helpful", "--format", "json", "-C", made.root]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)]
    for one in running:
        out, err = one.communicate(timeout=120)
        assert (one.returncode, err) == (0, b"")
        assert json.loads(out)["total"] == 1
    assert [path.name for path in (made.root / INDEX).parent.iterdir()] == ["search.sqlite"]
    with contextlib.closing(sqlite3.connect(made.root / INDEX)) as index:
        assert index.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_what_a_search_needs_is_light() -> None:
    code = (
        "import sys, annotated_archive.search.answers, annotated_archive.search.terminal\n"
        "import annotated_archive.search.whereabouts\n"
        "heavy = {'pydantic', 'yaml', 'jinja2', 'markdown', 'mkdocs', 'anyascii', 'annotated_archive.store'}\n"
        "print(*heavy & {*sys.modules})"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout == b"\n"


def test_a_program_is_told_by_what_its_modules_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "_PROGRAM", tmp_path)
    module = tmp_path / "room" / "module.py"
    module.parent.mkdir()

    def told(text: str, seconds: int) -> str:
        module.write_text(text)
        os.utime(module, (seconds, seconds))
        return program.checksum.__wrapped__()

    assert told("one = 1", 1) == told("one = 1", 2) != told("one = 2", 2)
    assert program.checksum.__wrapped__() == told("one = 2", 3)
