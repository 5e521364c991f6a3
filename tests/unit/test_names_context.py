"""Contested names are decided by rules an editor can read, or not at all; inflected names are found whole."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotated_archive.names import Matcher, Setting
from annotated_archive.names.endings import LANGUAGES, begin, pattern
from annotated_archive.records.authority import Actor, Context, Entity, Place
from language import ArchiveText, Run, actor, archive, article, place

FIRST = "archive/articles/first.md"


def town(identifier: str, name: str, lang: str = "", **fields: Any) -> Place:
    """A place of that name; with a language, the name stands under `names`."""
    names = [{"text": name, "lang": lang, "cite": ["w"]}] if lang else []
    english = identifier.title() if lang else name
    return Place.model_validate(
        {"id": identifier, "kind": "place", "type": "town", "name": english, "names": names, **fields}
    )


GORIS = town("goris", "Goris")


def found(text: str, *entities: Entity, language: str = "", country: str | None = None) -> list[str]:
    """What is found in `text`, as `words → id`; `words → ?` where several entities claim them."""
    mentions, doubts = Matcher(entities).find(text, (), Setting(language, country))
    named = [(m.start, f"{text[m.start : m.end]} → {m.entity}") for m in mentions]
    return [words for _, words in sorted(named + [(d.start, f"{text[d.start : d.end]} → ?") for d in doubts])]


def lists(made: ArchiveText) -> str:
    """The places and actors that `archive link` wrote into the first article."""
    front = made.file(FIRST)
    return front[front.index("places:") : front.index("treaties:")]


class TestHomonyms:
    GEORGIA = (
        *(place("tbilisi", name="Tbilisi"), place("atlanta", name="Atlanta"), place("armenia", name="Armenia")),
        place("georgia", type="country",
              context=[{"forms": ["Georgia"], "with": ["tbilisi", "armenia"], "without": ["atlanta"]}]),
        place("georgia-state", type="province", name="Georgia", context=[{"forms": ["Georgia"], "with": ["atlanta"]}]),
    )  # fmt: skip

    @pytest.mark.parametrize(
        ("body", "named"),
        [
            ("Georgia opened its border. Officials met in Tbilisi.", "places:\n  - georgia\n  - tbilisi\n"),
            ("Voters in Georgia, from Savannah to Atlanta.", "places:\n  - georgia-state\n  - atlanta\n"),
            ("GEORGIA'S ENVOY WAS IN TBILISI", "places:\n  - georgia\n  - tbilisi\n"),
        ],
    )
    def test_georgia_is_the_country_or_the_state(self, tmp_path: Path, body: str, named: str) -> None:
        made = archive(tmp_path, *self.GEORGIA, article("first", body))
        assert made.run("link").exit == 0
        assert lists(made) == f"{named}actors: []\n"
        assert made.check() == []

    @pytest.mark.parametrize(
        "body", ["Georgia won.", "A flight to Georgia.", "Georgia, by way of Tbilisi and Atlanta."]
    )
    def test_what_no_rule_or_two_rules_decide_is_reported_and_not_linked(self, tmp_path: Path, body: str) -> None:
        state = place("georgia-state", name="Georgia", context=[{"forms": ["Georgia"], "with": ["atlanta", "tbilisi"]}])
        country = place("georgia", context=[{"forms": ["Georgia"], "with": ["tbilisi"]}])
        made = archive(tmp_path, *self.GEORGIA[:3], state, country, article("first", body))
        result = made.run("link")
        if "Tbilisi" in body:
            assert "“Georgia” may be georgia or georgia-state. Decide it under `mentions`, or write" in result.stderr
        line = f"{FIRST}:18:{body.index('Georgia') + 1}"
        assert result.stderr.splitlines()[0].startswith(f"{FIRST}:") and result.exit == 0
        assert line.rpartition(":")[2] == result.stderr.split(":")[2].split()[0]
        assert "georgia" not in lists(made)
        assert [finding.split(" ")[1] for finding in made.check()] == ["MENTION-AMBIGUOUS"]

    def test_a_contested_title_is_reported_at_the_title(self, tmp_path: Path) -> None:
        made = archive(tmp_path, *self.GEORGIA, article("first", "Nobody was hurt.", title="Fire in Georgia"))
        assert made.check() == [
            f"{FIRST}:3:8: MENTION-AMBIGUOUS “Georgia” may be georgia or georgia-state."
            " Write a rule under `context` in one of their files."
        ]
        assert made.run("link").stderr.startswith(f"{FIRST}:3:8: MENTION-AMBIGUOUS")

    def test_what_the_body_names_decides_the_title(self, tmp_path: Path) -> None:
        made = archive(tmp_path, *self.GEORGIA, article("first", "Tbilisi burns.", title="Fire in Georgia"))
        assert made.run("link").stderr == ""
        assert lists(made) == "places:\n  - georgia\n  - tbilisi\nactors: []\n"

    def test_jordan_is_the_country_unless_the_article_is_about_the_player(self, tmp_path: Path) -> None:
        jordan = place("jordan", type="country", weak=["Jordan"], name="Hashemite Kingdom of Jordan",
                       context=[{"forms": ["Jordan"], "language": "en", "without": ["michael-jordan"]}])  # fmt: skip
        player = actor("michael-jordan", type="person", weak=["Jordan"])
        for number, (body, named) in enumerate(
            [
                ("Jordan closed its border.", "places:\n  - jordan\nactors: []\n"),
                ("Michael Jordan spoke. Jordan laughed.", "places: []\nactors:\n  - michael-jordan\n"),
                ("The Hashemite Kingdom of Jordan invited Michael Jordan.",
                 "places:\n  - jordan\nactors:\n  - michael-jordan\n"),
            ]
        ):  # fmt: skip
            made = archive(tmp_path / str(number), jordan, player, article("first", body))
            assert made.run("link").stderr == ""
            assert lists(made) == named
            assert made.check() == []

    def test_two_arayik_harutyunyans(self, tmp_path: Path) -> None:
        leader = actor("arayik-harutyunyan", type="person", name="Arayik Harutyunyan",
                       context=[{"forms": ["Arayik Harutyunyan"], "with": ["stepanakert"]}])  # fmt: skip
        minister = actor("arayik-harutyunyan-minister", type="person", name="Arayik Harutyunyan",
                         context=[{"forms": ["Arayik Harutyunyan"], "with": ["ministry-of-education"]}])  # fmt: skip
        known = (leader, minister, place("stepanakert"), actor("ministry-of-education"))
        made = archive(tmp_path, *known, article("first", "Arayik Harutyunyan spoke in Stepanakert."))
        assert made.run("link").stderr == ""
        assert lists(made) == "places:\n  - stepanakert\nactors:\n  - arayik-harutyunyan\n"
        made.write(article("first", "Arayik Harutyunyan left the Ministry Of Education."))
        assert made.run("link").stderr == ""
        assert lists(made) == "places: []\nactors:\n  - arayik-harutyunyan-minister\n  - ministry-of-education\n"
        made.write(article("first", "Arayik Harutyunyan spoke."))
        assert "may be arayik-harutyunyan or arayik-harutyunyan-minister." in made.run("link").stderr
        assert lists(made) == "places: []\nactors: []\n"

    def test_the_second_vardenis(self, tmp_path: Path) -> None:
        village = place("vardenis-aragatsotn", name="Vardenis (Aragatsotn)", weak=["Vardenis"],
                        context=[{"forms": ["Vardenis"], "with": ["aragatsotn"], "without": ["sotk"]}])  # fmt: skip
        known = (village, place("vardenis", type="town"), place("aragatsotn"), place("sotk"))
        made = archive(tmp_path, *known, article("first", "Shells fell on Vardenis."))
        for body, named in (
            ("Shells fell on Vardenis.", "  - vardenis\n"),
            ("Vardenis in Aragatsotn has a church.", "  - vardenis-aragatsotn\n  - aragatsotn\n"),
            ("Aragatsotn sent help to Sotk and Vardenis.", "  - aragatsotn\n  - sotk\n  - vardenis\n"),
        ):
            made.write(article("first", body))
            assert made.run("link").stderr == ""
            assert lists(made) == f"places:\n{named}actors: []\n"
            assert made.check() == []


class TestConditions:
    def test_the_language_of_the_article(self) -> None:
        rule = [{"forms": ["Gence"], "language": "tr"}]
        ganja = town("ganja", "Ganja", weak=["Gence"], context=rule)
        assert found("Gence", ganja, language="tr") == found("Gence", ganja, language="tr-TR") == ["Gence → ganja"]
        assert (
            found("Gence", ganja, language="en") == found("Gence", ganja) == found("Gence", ganja, language="tra") == []
        )

    def test_the_country_of_the_outlet(self, tmp_path: Path) -> None:
        ministry = actor("ministry-of-defence", weak=["the ministry"],
                         context=[{"forms": ["the ministry"], "source_in": "armenia"}])  # fmt: skip
        known = (
            *(ministry, place("armenia", type="country"), place("georgia", type="country")),
            actor("press-house", type="organisation", side="armenia"),
            actor("courier", type="outlet", side="armenia"),
            actor("gazette", type="outlet", part_of=["press-house", "gazette"]),
            actor("herald", type="outlet", side="georgia"),
            actor("orphan", type="outlet"),
        )
        for source, linked in (("courier", True), ("gazette", True), ("herald", False), ("orphan", False)):
            made = archive(tmp_path / source, *known, article("first", "An official of the ministry.", source=source))
            assert made.run("link").exit == 0
            assert ("ministry-of-defence" in lists(made)) == linked
            assert made.check() == []

    def test_all_conditions_must_hold(self) -> None:
        rule = {"forms": ["the town"], "language": "en", "source_in": "armenia", "with": ["kapan"], "without": ["sotk"]}
        goris = town("goris", "Goris", weak=["the town"], context=[rule])
        rest = (town("kapan", "Kapan"), town("sotk", "Sotk"))
        armenian = {"language": "en", "country": "armenia"}
        assert found("the town, Kapan", goris, *rest, **armenian) == ["the town → goris", "Kapan → kapan"]
        assert found("the town, Kapan, Sotk", goris, *rest, **armenian) == ["Kapan → kapan", "Sotk → sotk"]
        assert found("the town", goris, *rest, **armenian) == []
        assert found("the town, Kapan", goris, *rest, language="hy", country="armenia") == ["Kapan → kapan"]
        assert found("the town, Kapan", goris, *rest, language="en") == ["Kapan → kapan"]

    def test_a_strong_name_in_the_article_does_without_a_rule(self) -> None:
        goris = town("goris", "Goris", weak=["the town"], context=[{"forms": ["the town"], "with": ["kapan"]}])
        assert found("Goris, the town", goris) == ["Goris → goris", "the town → goris"]

    def test_what_a_rule_decides_is_named_for_weak_forms_but_not_for_rules(self) -> None:
        goris = town("goris", "Goris", weak=["Gorus", "the town"], context=[{"forms": ["Gorus"], "with": ["kapan"]}])
        sotk = town("sotk", "Sotk", weak=["Zod"], context=[{"forms": ["Zod"], "with": ["goris"]}])
        assert found("Kapan, Gorus, the town, Zod", goris, sotk, town("kapan", "Kapan")) == [
            "Kapan → kapan",
            "Gorus → goris",
            "the town → goris",
        ]

    def test_a_rule_that_holds_beats_a_full_form(self) -> None:
        state = town("state", "Georgia State", weak=["Georgia"], context=[{"forms": ["Georgia"], "with": ["atlanta"]}])
        assert found("Georgia, Atlanta", town("georgia", "Georgia"), state, town("atlanta", "Atlanta")) == [
            "Georgia → state",
            "Atlanta → atlanta",
        ]

    def test_weak_forms_without_rules_stay_silent(self) -> None:
        places = [town("a", "Alpha", weak=["the town"]), town("b", "Beta", weak=["the town"])]
        assert found("the town", *places) == []

    @pytest.mark.parametrize(
        "rule", [{"forms": ["x"]}, {"forms": ["x"], "with": [], "without": []}, {"language": "en"}]
    )
    def test_a_rule_has_forms_and_a_condition(self, rule: dict[str, Any]) -> None:
        with pytest.raises(ValueError, match=r"condition|forms"):
            Context.model_validate(rule)


class TestRecord:
    def test_fmt_keeps_a_rule_as_it_is_read_aloud(self, tmp_path: Path) -> None:
        rule = {"forms": ["Georgia"], "language": "en", "with": ["tbilisi"], "without": ["atlanta"]}
        made = archive(tmp_path, place("georgia", weak=["Georgia"], name="Sakartvelo", context=[rule]))
        assert made.run("fmt").exit == 0
        text = made.file("archive/authority/places/georgia.yml")
        assert "context:\n  - forms: [Georgia]\n    language: en\n    with: [tbilisi]\n" in text or (
            "context:\n  - forms:\n      - Georgia\n    language: en\n    with:\n      - tbilisi\n" in text
        )
        before = made.files()
        assert made.run("fmt").exit == 0
        assert made.files() == before

    @pytest.mark.parametrize(
        "rule",
        [
            {"forms": ["x"], "language": "en"},
            {"forms": ["x"], "with": ["a"]},
            {"forms": ["x"], "with": [], "without": ["a"]},
            {"forms": ["x"], "source_in": "a"},
            {"forms": ["x"], "language": None},
            {"forms": ["x"], "with": []},
            {"forms": [], "language": "en"},
            {"forms": ["x"]},
        ],
    )
    def test_the_schema_takes_what_the_record_takes(self, rule: dict[str, Any]) -> None:
        import jsonschema

        schema = Context.model_json_schema(by_alias=True)
        try:
            Context.model_validate(rule)
        except ValueError:
            taken = False
        else:
            taken = True
        assert jsonschema.Draft202012Validator(schema).is_valid(rule) == taken


class TestCheck:
    def test_rules_that_decide_nothing_and_ids_that_are_not_there(self, tmp_path: Path) -> None:
        rules = [
            {"forms": ["Goris"], "with": ["kapam"]},
            {"forms": ["Gorus"], "source_in": "mayor", "without": ["nobody"]},
        ]
        made = archive(
            tmp_path,
            place("goris", context=rules),
            place("kapan"),
            actor("mayor"),
            article("first", "Kapan.", places=["kapan"]),
        )
        path = "archive/authority/places/goris.yml"
        assert made.check() == [
            f"{path}:7:9: CONTEXT-FORM “Goris” is a full form and links without a rule."
            " Put it under `weak` as well, or take the rule out.",
            f"{path}:9:9: REF-UNKNOWN there is no authority file “kapam”."
            " Mend the id, or write that file. Did you mean “kapan”?",
            f"{path}:11:9: CONTEXT-FORM “Gorus” is no form of goris."
            " Add it to `forms`, or to `weak` if it means this one only where a rule says so.",
            f"{path}:12:16: REF-KIND “mayor” is not a place. Name a record of that kind.",
            f"{path}:14:9: REF-UNKNOWN there is no authority file “nobody”. Mend the id, or write that file.",
        ]

    def test_a_contested_form_needs_a_rule_in_each_file(self, tmp_path: Path) -> None:
        made = archive(
            tmp_path,
            place("vardenis"),
            place("village", name="Vardenis", context=[{"forms": ["Vardenis"], "with": ["sotk"]}]),
            place("sotk"),
            article("first", "Sotk.", places=["sotk"]),
        )
        assert made.check() == [
            "archive/authority/places/vardenis.yml:4:7: FORM-AMBIGUOUS “Vardenis” is a form of village too."
            " Put it under `weak` in one of them, say under `context` when it is this one, or take it out."
        ]


class TestEndings:
    @pytest.mark.parametrize(
        ("name", "lang", "words"),
        [
            ("Երևան", "hy", "Երևանում Երևանի Երևանից Երևանը Երեւանում ԵՐԵՎԱՆՈՒՄ ԵՐԵՎԱՆ Երևա՞նում"),
            ("Գորիս", "hy", "Գորիսի Գորիսում Գորիսով Գորիսն Գորիսին"),
            ("Շուշի", "hy", "Շուշիի Շուշիում Շուշիից Շուշին"),
            ("Բաքու", "hy", "Բաքվի Բաքվում Բաքվից Բաքուն"),
            ("Նիկոլ Փաշինյան", "hy", "Նիկոլ/Փաշինյանը Նիկոլ/Փաշինյանի Նիկոլ/Փաշինյանին"),
            ("Պաշտպանության նախարարություն", "hy", "Պաշտպանության/նախարարության Պաշտպանության/նախարարությունից"),
            ("Степанакерт", "ru", "Степанакерта Степанакерте Степанакертом СТЕПАНАКЕРТА"),
            ("Шуша", "ru", "Шуши Шуше Шушу Шушой"),
            ("Россия", "ru", "России Россию Россией"),
            ("Нагорный Карабах", "ru", "Нагорного/Карабаха Нагорном/Карабахе Нагорным/Карабахом"),
            ("Никол Пашинян", "ru", "Никола/Пашиняна Николу/Пашиняну"),
            ("Министерство обороны", "ru", "Министерства/обороны Министерством/обороны"),
            ("Новоивановка", "ru", "Новоивановки Новоивановке Новоивановку Новоивановкой"),
            ("Bakı", "az", "Bakıda Bakının Bakıya Bakını Bakıdan Bakıdakı BAKIDA"),
            ("Gorus", "az", "Gorusun Gorusa Gorusu Gorusda Gorusdan Gorusla"),
            ("Gəncə", "az", "Gəncədə Gəncənin Gəncəyə Gəncədən GƏNCƏDƏ"),
            ("Laçın", "az", "Laçına Laçının Laçında Laçınla"),
            ("İrəvan", "az", "İrəvanda İRƏVANDA İrəvanın"),
            ("Laçın rayonu", "az", "Laçın/rayonunda Laçın/rayonunun Laçın/rayonuna"),
            ("Zəngilançay", "az", "Zəngilançayda"),
            ("Qazıkəndlik", "az", "Qazıkəndliyə Qazıkəndlikdə"),
            ("Türkiye", "tr", "Türkiye'nin Türkiye’de Türkiye'ye Türkiye'den Türkiye'yi TÜRKİYE'NİN"),
            ("Kars", "tr", "Kars'ta Kars'ın Kars'a Kars'tan"),
            ("Savunma Bakanlığı", "tr", "Savunma/Bakanlığı'nın Savunma/Bakanlığının Savunma/Bakanlığı'nda"),
        ],
    )
    def test_the_mention_is_the_whole_inflected_word(self, name: str, lang: str, words: str) -> None:
        for word in (
            words.replace("/", " ").split(" ") if "/" not in words else [w.replace("/", " ") for w in words.split(" ")]
        ):
            assert found(f"({word}), x", town("it", name, lang)) == [f"{word} → it"], word

    @pytest.mark.parametrize(
        ("name", "lang", "words"),
        [
            ("Երևան", "hy", "Երևանցի Երևանյան երևանում"),
            ("Шуша", "ru", "Шушинский Шушка Шу шуши"),
            ("Горис", "ru", "Горисский Горисец Горисина"),
            ("Bakı", "az", "Bakılı Bakıdək Bakıxanov"),
            ("Баку", "ru", "Баке Бака Бакый"),
            ("Дон", "ru", "Дона Дону"),
            ("Ağa", "az", "Ağanın Ağada"),
            ("Berdzor", "hy", "Berdzorի Berdzori"),
            ("Goris", "", "Gorisin Gorisdə Goris2"),
        ],
    )
    def test_nothing_but_the_listed_endings_and_none_for_short_names(self, name: str, lang: str, words: str) -> None:
        for word in words.split():
            assert found(word, town("it", name, lang)) == [], word

    def test_forms_without_a_language_take_the_endings_of_their_letters(self) -> None:
        place = town("it", "Goris", forms=["Գորիս", "Горис"])
        assert found("Գորիսում, в Горисе", place) == ["Գորիսում → it", "Горисе → it"]

    def test_latin_forms_take_those_of_the_language_of_the_article(self) -> None:
        berdzor = town("berdzor", "Berdzor")
        assert found("Berdzorun, Berdzorda", berdzor, language="az") == ["Berdzorun → berdzor", "Berdzorda → berdzor"]
        assert found("Berdzor'un, Berdzor'da", berdzor, language="tr") == [
            "Berdzor'un → berdzor",
            "Berdzor'da → berdzor",
        ]
        assert found("Berdzor'un, Berdzorun", berdzor, language="en") == ["Berdzor → berdzor"]

    def test_a_short_latin_form_takes_endings_only_in_a_language_like_its_own(self) -> None:
        kapan, qafan = town("kapan", "Kapan"), town("kapan", "Qafan", "az")
        assert found("Kapana kısıldılar.", kapan, language="tr") == []  # a trap
        assert found("Qafana getdi.", qafan, language="tr") == ["Qafana → kapan"]
        assert found("Kapan'a.", kapan, language="tr") == ["Kapan → kapan"]
        refusing = town("kapan", "Kapan", **{"not": ["Kapan kalesi"]})
        assert found("Kapan kalesinde", refusing, language="tr") == []

    def test_endings_of_a_compound_are_not_those_of_a_name_in_one_word(self) -> None:
        shusha = town("shusha", "Şuşa", "az")
        assert found("Şuşana xanım, ŞUŞANA, Şuşanda; Şuşaya, Şuşanı", shusha) == ["Şuşaya → shusha", "Şuşanı → shusha"]
        assert found("Şuşa rayonuna", town("shusha", "Şuşa rayonu", "az")) == ["Şuşa rayonuna → shusha"]

    def test_a_word_in_which_no_form_matches_is_inflected_too(self) -> None:
        sotk = town("sotk", "Сотк", "ru", **{"not": ["Сотка"]})
        assert found("Сотка земли. Сотки. Сотку. СОТКА. Сотк", sotk) == ["Сотк → sotk"]

    def test_an_exact_form_beats_an_inflected_one(self) -> None:
        shusha, shushi = town("shusha", "Шуша", "ru"), town("shushi", "Шуши", "ru")
        assert found("Шуши и Шуше", shusha, shushi) == ["Шуши → shushi", "Шуше → shusha"]
        weak = town("weak", "Other", weak=["Шуши"])
        assert found("Шуши", shusha, weak) == []

    def test_a_word_that_two_names_are_inflected_to_is_neither(self) -> None:
        assert found("Марине", town("a", "Марина", "ru"), town("b", "Марин", "ru")) == ["Марине → ?"]

    def test_a_phrase_in_which_no_form_matches_is_inflected_too(self) -> None:
        lachin = town("lachin", "Լաչին", "hy", **{"not": ["Լաչինի միջանցք"]})
        assert found("Լաչինի միջանցքում, Լաչինում", lachin) == ["Լաչինում → lachin"]

    def test_a_weak_form_stays_weak_when_inflected_and_a_rule_goes_with_it(self) -> None:
        shusha = town("shusha", "Shusha", weak=["Шуша"], context=[{"forms": ["Шуша"], "language": "ru"}])
        assert found("в Шуше", shusha) == []
        assert found("в Шуше, Shusha", shusha) == ["Шуше → shusha", "Shusha → shusha"]
        assert found("в Шуше", shusha, language="ru") == ["Шуше → shusha"]

    @given(st.sampled_from(LANGUAGES), st.text("ԵրևանուիШушаыйьəıiBakqıo 'k.", min_size=1, max_size=12))
    def test_every_inflected_form_begins_as_is_said(self, language: str, text: str) -> None:
        text = " ".join(text.split())
        if begun := begin(text, language):
            assert text.startswith(begun)
            assert pattern(text, language).match(text)


class TestPrint:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("the Nagorno-\nKarabakh question", "Nagorno-\nKarabakh"),
            ("Nagorno \n Karabakh", None),
            ("“Nagorno-Karabakh’s” army", "Nagorno-Karabakh"),
            ("«Nagorno-Karabakh»", "Nagorno-Karabakh"),
            ("NAGORNO-KARABAKH ARMY", "NAGORNO-KARABAKH"),
            ("Nagorno-Kara\u00ad\nbakh", "Nagorno-Kara\u00ad\nbakh"),
            ("pro-Nagorno-Karabakh", "Nagorno-Karabakh"),
            ("Nagorno-\n\nKarabakh", None),
        ],
    )
    def test_line_ends_hyphens_and_quotation_marks(self, text: str, words: str | None) -> None:
        expected = [f"{words} → nk"] if words else []
        assert found(text, town("nk", "Nagorno-Karabakh")) == expected

    @pytest.mark.parametrize("space", ["  ", " \n", "\n ", "\t", "\u00a0 ", " \n  "])
    def test_white_space_that_is_set_wide(self, space: str) -> None:
        assert found(f"a Upper{space}Valley.", town("v", "Upper Valley")) == [f"Upper{space}Valley → v"]

    @pytest.mark.parametrize("space", ["\n\n", " \n\n ", "\n  \n"])
    def test_no_name_goes_over_an_empty_line(self, space: str) -> None:
        assert found(f"Upper{space}Valley.", town("v", "Upper Valley")) == []


def person(identifier: str, name: str) -> Actor:
    """A person of that name."""
    return Actor.model_validate({"id": identifier, "kind": "actor", "type": "person", "name": name})


class TestMisread:
    BOND = person("bond", "Bond")
    WHO = Actor.model_validate(
        {"id": "who", "kind": "actor", "type": "international-organisation", "name": "World Health Organization",
         "forms": ["WHO"]}
    )  # fmt: skip

    def test_a_word_in_a_headline_in_capitals(self) -> None:
        assert found("BOND PRICES FALL\n\nThe bond fell.", self.BOND) == []
        assert found("BOND SPEAKS\n\nThe minister spoke.", self.BOND) == ["BOND → bond"]
        assert found("Bond sold a bond.", self.BOND) == ["Bond → bond"]

    def test_a_form_in_small_letters_is_no_common_word(self) -> None:
        ministry = town("m", "Yerevan", forms=["the ministry"])
        assert found("NO WORD FROM THE MINISTRY\n\nSo the ministry.", ministry) == [
            "THE MINISTRY → m",
            "the ministry → m",
        ]

    def test_an_address_is_no_word(self) -> None:
        assert found("GORIS SHELLED\n\nSee www.goris.am or @goris.", GORIS)[:1] == ["GORIS → goris"]

    def test_an_abbreviation_in_capitals_needs_its_name_elsewhere(self) -> None:
        assert found("WHO WILL PAY\n\nNobody knows.", self.WHO) == []
        assert found("WHO WARNS\n\nThe World Health Organization warned.", self.WHO) == [
            "WHO → who",
            "World Health Organization → who",
        ]
        assert found("WHO WARNS\n\nThe WHO warned.", self.WHO) == ["WHO → who", "WHO → who"]
        assert found("WHO WARNS", self.WHO) == ["WHO → who"]
        assert found("The WHO warned.", self.WHO) == ["WHO → who"]

    def test_what_the_title_says_counts_with_the_body(self) -> None:
        matcher = Matcher([self.BOND, GORIS, town("kapan", "Kapan", weak=["the town"])])
        parts = matcher.find_in_parts([("KAPAN BOND", ()), ("A bond for the town.", ())])
        assert [[m.entity for m in mentions] for mentions, _ in parts] == [["kapan"], ["kapan"]]

    def test_a_small_word_must_outweigh_the_name(self) -> None:
        assert found("GORIS VOTES\n\n#goris, goris.am, goris-based", GORIS) == ["GORIS → goris"]
        assert found("GORIS VOTES\n\nGoris; goris.", GORIS) == ["GORIS → goris", "Goris → goris"]

    UN = Actor.model_validate(
        {"id": "un", "kind": "actor", "type": "international-organisation", "name": "United Nations", "forms": ["UN"]}
    )
    US = town("us", "United States", forms=["US"])

    @pytest.mark.parametrize(
        ("text", "language", "names"),
        [
            ("UN MORT À EREVAN", "fr", []),
            ("UN MORT\n\nUnited Nations, UN", "fr", ["United Nations → un", "UN → un"]),
            ("Pour l’UN", "fr-FR", []),
            ("UN MISSION IM LAND", "de", ["UN → un"]),
            ("UN SENDS HELP", "en", ["UN → un"]),
            ("UN SENDS HELP", "", ["UN → un"]),
            ("CONTACT US", "en", []),
            ("CONTACT US", "", []),
            ("CONTACT US", "und", []),
            ("HELP FROM US\n\nThe United States", "en", ["US → us", "United States → us"]),
            ("The US helps", "en", ["US → us"]),
            ("US", "en", ["US → us"]),
        ],
    )
    def test_an_abbreviation_that_is_a_word_in_the_language(self, text: str, language: str, names: list[str]) -> None:
        assert found(text, self.UN, self.US, language=language) == names

    @pytest.mark.parametrize("company", ["Goris Corp", "Goris Marble & Stone Ltd", "Goris Sparkasse AG"])
    def test_a_place_or_person_in_the_name_of_a_company(self, company: str) -> None:
        assert found(f"Shares of {company} rose.", GORIS) == []
        assert found(f"Shares of {company} rose.", person("goris", "Goris"), town("kapan", "Kapan")) == []

    def test_a_company_is_not_taken_from_itself(self) -> None:
        images = Actor.model_validate({"id": "valley", "kind": "actor", "type": "company", "name": "Valley Images"})
        assert found("Valley Images Inc said", images) == ["Valley Images → valley"]

    @pytest.mark.parametrize(
        "text",
        [
            *("Goris said Valley Corp", "Goris. Valley Corp", "Goris, Marble Corp", "Goris corps"),
            *("Goris and Valley Corp", "Goris of the Valley Corp", "Goris\nValley Corp", "Goris Co-Chair"),
            *("Goris AG William Barr", "Goris Deputy AG William Barr", "Goris AG", "Goris President A. Valley Corp"),
        ],
    )
    def test_words_that_are_no_company(self, text: str) -> None:
        assert found(text, GORIS) == ["Goris → goris"]

    def test_a_whole_name_of_a_person_is_no_company(self) -> None:
        assert found("Ivan Bond Corp", person("bond", "Ivan Bond")) == ["Ivan Bond → bond"]


class TestNamesakes:
    LAVROV = Actor.model_validate(
        {"id": "lavrov", "kind": "actor", "type": "person", "name": "Sergey Lavrov", "forms": ["Sergei Lavrov"],
         "weak": ["Lavrov"]}
    )  # fmt: skip
    PUTIN = Actor.model_validate(
        {"id": "putin", "kind": "actor", "type": "person", "name": "Vladimir Putin", "forms": ["Putin"]}
    )

    @pytest.mark.parametrize(
        "text",
        [
            "Kirill Putin the actor said so.",
            "The actor Kirill\nPutin said so.",
            "G. Putin said so.",
            "Ivan Petrovich Putin said so.",
            "Kirill Putin Dies\n\nKirill Putin, the actor, died.",
            "KIRILL PUTIN DIES\n\nKirill Putin, the actor, died.",
        ],
    )
    def test_a_surname_behind_another_given_name_is_somebody_else(self, text: str) -> None:
        assert found(text, self.PUTIN) == []

    def test_nor_is_a_weak_one_beside_the_whole_name(self) -> None:
        assert found("Sergey Lavrov and Kirill Lavrov came; Lavrov spoke.", self.LAVROV) == [
            "Sergey Lavrov → lavrov",
            "Lavrov → lavrov",
        ]

    @pytest.mark.parametrize(
        "text",
        [
            *("President Putin spoke.", "Ex-President Putin spoke.", "As Putin said so.", "On Tuesday Putin spoke."),
            *("V. Putin said so.", "V.V. Putin said so.", "Vladimir Vladimirovich Putin spoke.", "PM Putin spoke."),
            *("Russia's Putin spoke.", "In Goris Putin spoke.", "In Tbilisi Putin spoke.", "In Goris. Putin spoke."),
            *("Goris Meets Putin", "GORIS MEETS PUTIN", "Defying Putin, he left. Others were defying him."),
            *("the actor, Putin", "Kirill\n\nPutin spoke.", "He met Putin.", "“Putin” spoke."),
        ],
    )
    def test_what_stands_before_a_surname_alone(self, text: str) -> None:
        assert [words for words in found(text, self.PUTIN, GORIS) if "putin" in words] != []

    def test_german_writes_every_noun_with_a_capital(self) -> None:
        assert found("Machthaber Putin sprach.", self.PUTIN, language="de") == ["Putin → putin"]

    def test_of_whom_no_given_name_is_known(self) -> None:
        assert found("Kirill Bond said so.", TestMisread.BOND) == ["Bond → bond"]


class TestBench:
    def test_scores_and_intervals(self) -> None:
        from bench.names import Document, Score, interval, linked, score

        tags, both = frozenset({"places-iran"}), frozenset({"places-iran", "places-iraq"})
        pairs = [(tags, both), (both, tags), (tags, tags)]
        assert score(pairs) == Score(3, 1, 1)
        assert (score(pairs).precision, score(pairs).recall, score(pairs).f1) == (0.75, 0.75, 0.75)
        low, high = interval(pairs * 40)
        assert low < 0.75 < high and math.isclose(low, 0.75, abs_tol=0.1) and interval(pairs * 40) == (low, high)
        iran = Place.model_validate({"id": "places-iran", "kind": "place", "type": "country", "name": "Iran"})
        document = Document(0, "IRAN SPEAKS", "Words.", tags)
        assert linked(Matcher([iran]), document)[0] == tags

    def test_documents_are_read_as_printed(self, tmp_path: Path) -> None:
        import gzip

        from bench.names import documents

        sgml = (
            '<REUTERS NEWID="1">\n<PLACES><D>iran</D><D>usa</D></PLACES><ORGS></ORGS>\n<TEXT>&#2;\n'
            "<TITLE>A &lt;B> C</TITLE>\n<DATELINE>    TEHRAN, March 1 - </DATELINE>"
            "<BODY>First line\nsecond.\n    Next. Reuter\n&#3;</BODY></TEXT>\n</REUTERS>"
        )
        (tmp_path / "reut2-000.sgm.gz").write_bytes(gzip.compress(sgml.encode("latin-1")))
        [one] = documents(tmp_path)
        assert (one.title, one.body) == ("A <B> C", "TEHRAN, March 1 - First line\nsecond.\n\nNext. Reuter")
        assert one.tags == {"places-iran", "places-usa"}


def test_link_counts_and_says_nothing_where_all_is_clear(tmp_path: Path) -> None:
    made = archive(tmp_path, place("goris"), article("first", "Goris.", places=["goris"]))
    assert made.run("link") == Run(0, "1 mention in 1 article; 0 files changed.\n", "")
