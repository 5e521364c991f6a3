"""Names: which words of a text are found, which are left alone, and what an editor's decision does."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotated_archive.names import Matcher, Mention, find_mentions, forms_of, linked_lists
from annotated_archive.names.context import NOWHERE
from annotated_archive.names.forms import as_read, is_usable, key
from annotated_archive.records.article import Mention as Decision
from annotated_archive.records.authority import Place
from language import Run, archive, article, place


def town(identifier: str, name: str | None = None, **fields: Any) -> Place:
    """A place of that name with `forms`, `weak` and `not_`."""
    data = {field.removesuffix("_"): value for field, value in fields.items()}
    return Place.model_validate(
        {"id": identifier, "kind": "place", "type": "town", "name": name or identifier.title(), **data}
    )


GORIS = town("goris")


def found(text: str, *places: Place) -> list[str]:
    """What is found in `text`, as `words → id`; `words → ?` where several entities claim them."""
    mentions, doubts = Matcher(places or [GORIS]).find(text)
    named = [(m.start, f"{text[m.start : m.end]} → {m.entity}") for m in mentions]
    return [words for _, words in sorted(named + [(d.start, f"{text[d.start : d.end]} → ?") for d in doubts])]


def test_a_form_inside_the_longer_name_of_another_entity() -> None:
    places = [GORIS, town("goris-region", "Goris Region"), town("kapan")]
    text = "Kapan, Goris Region, Goris"

    def inside(matcher: Matcher) -> list[tuple[int, str]]:
        return [(mention.start, mention.entity) for mention in matcher.inside(text, matcher.find(text)[0])]

    assert inside(Matcher(places)) == [(7, "goris")]
    assert inside(Matcher([*places, town("two", "Goris")])) == []  # what two are called is neither's


NAMED = ("Goris", "Goris region", "Region", "Goris-Kapan", "Гавар", "Гавара", "Սոթք", "US", "North Goris", "US Region")
ROLES = ("name", "weak", "not_")
BETWEEN = (" ", "  ", "\n", "-", "-\n", "\u00ad\n", "\u200b", "\xa0", " \n ", "", "’", "s ", "ում ", "ой ")


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_forms_inside_others_are_those_of_all_that_could_be_names(data: st.DataObject) -> None:
    """Whatever else stands in the text, whatever an editor has decided, and wherever lines break."""
    draw = data.draw
    claimed = draw(st.lists(st.tuples(st.sampled_from(NAMED), st.integers(0, 3), st.sampled_from(ROLES)), max_size=12))
    places = []
    for number in range(4):
        own = {role: [word for word, of, as_ in claimed if (of, as_) == (number, role)] for role in ROLES}
        place = town(f"p{number}", f"Nowhere {number}", forms=own["name"], weak=own["weak"])
        places.append(place.model_copy(update={"not_": own["not_"]}))
    text = "".join(draw(st.lists(st.sampled_from([*NAMED, *BETWEEN]), max_size=12)))
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    ids = st.sampled_from([place.id for place in places])
    mentions = [Mention(start, end, draw(ids)) for start, end in pairwise(cuts) if start < end]
    matcher = Matcher(places)
    every = {
        Mention(one.start, one.end, entity)
        for one in matcher._candidates(text, NOWHERE)
        for entity in one.strong
        for mention in mentions
        if len(one.strong) == 1 and mention.start <= one.start and one.end <= mention.end and entity != mention.entity
    }
    assert matcher.inside(text, draw(st.permutations(mentions))) == sorted(every, key=lambda m: (m.start, m.end))


class TestBoundaries:
    @pytest.mark.parametrize(
        "text",
        [
            "Goris",
            "Goris.",
            "Goris's mayor",
            "Goris’s mayor",
            "Gorisʼ mayor",
            "“Goris”",
            "«Goris»",
            "(Goris)",
            "the Goris-Kapan road",
            "the Kapan–Goris road",
            "Kapan/Goris",
            "Goris regional office",
            "in\nGoris\n",
            "GORIS".title(),
        ],
    )
    def test_a_name_is_found_at_word_boundaries(self, text: str) -> None:
        assert found(text) == ["Goris → goris"]

    @pytest.mark.parametrize(
        "text", ["Gorisian", "Nagoris", "goris", "Goris2", "_Goris", "Goris\u0301", "gOrIs", "Gor is"]
    )
    def test_no_name_is_found_inside_words_or_in_other_letters(self, text: str) -> None:
        assert found(text) == []

    def test_capitals(self) -> None:
        assert found("SHELLS FELL ON GORIS") == ["GORIS → goris"]
        assert found("IN SOTK", town("sotk")) == ["SOTK → sotk"]
        assert found("IN UST", town("ust")) == []
        assert found("The un said so", town("un", "UN")) == []
        assert found("THE US SAID", town("us", "Us")) == []
        assert found("The ministry. Ministry of Defence", town("x", "ministry of Defence")) == [
            "Ministry of Defence → x"
        ]

    def test_the_capital_of_i_in_a_form_with_other_letters_than_ascii(self) -> None:
        assert found("TÜRKİYE'DE, TÜRKIYE", town("turkey", forms=["Türkiye"])) == [
            "TÜRKİYE → turkey",
            "TÜRKIYE → turkey",
        ]

    @pytest.mark.parametrize("space", [" ", "\n", "\u00a0", "\u202f", "\u2009"])
    def test_a_name_over_a_line_end_or_another_space(self, space: str) -> None:
        assert found(f"in Nagorno{space}Karabakh.", town("nk", "Nagorno Karabakh")) == [f"Nagorno{space}Karabakh → nk"]

    def test_no_name_goes_from_one_block_to_the_next(self) -> None:
        places = town("nk", "Nagorno Karabakh", forms=["Nagorno  Karabakh"])
        assert found("in Nagorno\n\nKarabakh.", places) == []

    @pytest.mark.parametrize("hyphen", ["-", "\u2010", "\u2011", "–", "—", "\u2212", "\u058a"])
    def test_hyphens_are_alike(self, hyphen: str) -> None:
        assert found(f"Nagorno{hyphen}Karabakh", town("nk", "Nagorno-Karabakh")) == [f"Nagorno{hyphen}Karabakh → nk"]

    def test_two_words_may_be_joined_by_a_hyphen(self) -> None:
        valley = town("v", "Upper Valley")
        assert found("Upper-Valley, UPPER-VALLEY, Upper-\nValley", valley) == [
            "Upper-Valley → v",
            "UPPER-VALLEY → v",
            "Upper-\nValley → v",
        ]
        assert found("Goris-town, Goris-Town-Hall", town("t", "Goris town")) == []

    @pytest.mark.parametrize("apostrophe", list("'’‘ʻʼ`´ʹ＇"))
    def test_apostrophes_are_alike(self, apostrophe: str) -> None:
        assert found(f"in Sot{apostrophe}k", town("sotk", "Sot’k")) == [f"Sot{apostrophe}k → sotk"]

    def test_both_code_points_of_schwa(self) -> None:
        assert found("Gǝdǝbǝy və GƏDƏBƏY, ǝ", town("gadabay", "Gədəbəy")) == ["Gǝdǝbǝy → gadabay", "GƏDƏBƏY → gadabay"]

    def test_armenian_marks_inside_a_word(self) -> None:
        assert found("Գորի՞ս, Գորիս՛ և ԳՈՐԻՍ։", town("goris", "Գորիս")) == [
            "Գորի՞ս → goris",
            "Գորիս → goris",
            "ԳՈՐԻՍ → goris",
        ]

    def test_soft_hyphen_and_zero_width_space(self) -> None:
        assert found("Go\u00adris and Ka\u200bpan.", GORIS, town("kapan")) == [
            "Go\u00adris → goris",
            "Ka\u200bpan → kapan",
        ]
        assert found("Goris", town("goris", "Go\u00adris")) == ["Goris → goris"]


class TestForms:
    def test_of_two_names_the_longest(self) -> None:
        district = town("goris-district", "Goris district")
        assert found("Goris, Goris district, the Goris districts", GORIS, district) == [
            "Goris → goris",
            "Goris district → goris-district",
            "Goris → goris",
        ]

    def test_a_longer_form_that_ends_inside_a_word_does_not_hide_the_shorter(self) -> None:
        assert found("Goris regional", GORIS, town("region", "Goris region")) == ["Goris → goris"]

    def test_of_overlapping_names_the_leftmost(self) -> None:
        places = [town("abc", "Alpha Beta"), town("bcd", "Beta Gamma Delta")]
        assert found("Alpha Beta Gamma Delta", *places) == ["Alpha Beta → abc"]

    def test_every_name_and_form_of_an_entity(self) -> None:
        place = town(
            "khankendi",
            "Khankendi / Stepanakert",
            names=[
                {"text": "Xankəndi", "lang": "az", "cite": ["w"]},
                {"text": "Ստեփանակերտ", "lang": "hy", "cite": ["w"]},
            ],
            forms=["Khankandi"],
        )
        assert found("Khankendi, Stepanakert, Xankəndi, Ստեփանակերտ, Khankandi, Khankendi / Stepanakert", place) == [
            "Khankendi → khankendi",
            "Stepanakert → khankendi",
            "Xankəndi → khankendi",
            "Ստեփանակերտ → khankendi",
            "Khankandi → khankendi",
            "Khankendi / Stepanakert → khankendi",
        ]

    def test_a_phrase_in_which_no_form_matches(self) -> None:
        place = town("lachin", forms=["Lachin town"], not_=["Lachin region", "Lachin corridor"])
        assert found("Lachin, the Lachin region, Lachin regions, LACHIN", place) == [
            "Lachin → lachin",
            "Lachin → lachin",
            "LACHIN → lachin",
        ]
        assert found("the Lachin\ncorridor", place) == []
        assert found("LACHIN CORRIDOR CLOSED", place) == []

    def test_a_phrase_bars_no_name_that_only_touches_it(self) -> None:
        assert found("U.S.Goris", town("goris", not_=["U.S."])) == ["Goris → goris"]
        assert found("U.S.Goris", town("us", "U.S.", not_=["Goris"])) == ["U.S. → us"]

    def test_names_that_touch_are_both_found(self) -> None:
        assert found("U.S.Goris", GORIS, town("us", "U.S.")) == ["U.S. → us", "Goris → goris"]

    def test_a_phrase_bars_only_the_entity_that_names_it(self) -> None:
        district = town("lachin-district", "Lachin region")
        assert found("the Lachin region", town("lachin", not_=["Lachin region"]), district) == [
            "Lachin region → lachin-district"
        ]

    @pytest.mark.parametrize(
        "form", ["", " ", "G", ".", ".*", "[A-Z]+", "(Goris", "G.", "…", "’s", "\u00ad", "Goris|", "^Goris"]
    )
    def test_forms_that_cannot_be_searched_for_find_nothing(self, form: str) -> None:
        assert not is_usable(form)
        assert found("G Goris. (Goris [A-Z]+ .* …’s ^Goris Goris|", town("x", "Kapan", forms=[form], weak=[form])) == []

    @pytest.mark.parametrize(
        "form", ["G.*s", "a+b", "C(1)", "US", "U.S.", "Resolution 822 (1993)", "\\d+ 3".removeprefix("\\")]
    )
    def test_signs_of_regular_expressions_mean_themselves(self, form: str) -> None:
        assert found(f"Goris aab C1 {form}!", town("x", form)) == [f"{form} → x"]

    def test_an_empty_authority_finds_nothing(self) -> None:
        assert Matcher([]).find("Goris") == ([], [])
        assert Matcher([town("x", "X")]).find("X") == ([], [])

    def test_forms_of_an_entity_are_listed_once_the_longest_first(self) -> None:
        forms = forms_of(town("goris", forms=["Goris", "the town of Goris"], weak=["the town"]))
        assert [(form.text, form.weak) for form in forms] == [
            ("THE TOWN OF GORIS", False),
            ("The town of Goris", False),
            ("the town of Goris", False),
            ("THE TOWN", True),
            ("The town", True),
            ("the town", True),
            ("GORIS", False),
            ("Goris", False),
        ]


class TestWeakForms:
    TOWN = town("goris", weak=["the town", "Gorus"])

    def test_a_weak_form_links_beside_a_strong_one_of_its_entity(self) -> None:
        assert found("The town of Kapan. Goris, the town.", self.TOWN) == [
            "The town → goris",
            "Goris → goris",
            "the town → goris",
        ]

    def test_a_weak_form_alone_does_not(self) -> None:
        assert found("The town of Kapan; Gorus.", self.TOWN, town("kapan")) == ["Kapan → kapan"]

    def test_a_form_listed_as_weak_is_weak_even_if_it_is_the_name(self) -> None:
        assert found("In Goris.", town("goris", weak=["Goris"])) == []

    def test_a_strong_form_that_is_only_part_of_a_longer_name_does_not_count(self) -> None:
        assert found("Goris district: the town.", self.TOWN, town("district", "Goris district")) == [
            "Goris district → district"
        ]

    def test_a_strong_form_that_two_claim_does_not_count(self) -> None:
        assert found("Goris: the town.", self.TOWN, town("other", "Goris")) == ["Goris → ?"]

    def test_of_two_claimants_the_one_that_is_named(self) -> None:
        other = town("kapan", weak=["the town"])
        assert found("Kapan, the town.", self.TOWN, other) == ["Kapan → kapan", "the town → kapan"]
        assert found("Kapan and Goris, the town.", self.TOWN, other) == [
            "Kapan → kapan",
            "Goris → goris",
            "the town → ?",
        ]


class TestDoubts:
    def test_words_that_two_claim_link_to_neither(self) -> None:
        mentions, doubts = Matcher([town("b", "Vardenis"), town("a", "Vardenis")]).find("In Vardenis.")
        assert mentions == []
        assert [(d.start, d.end, d.entities) for d in doubts] == [(3, 11, ("a", "b"))]

    def test_a_strong_claim_beats_a_weak_one(self) -> None:
        assert found("Vardenis", town("a", "Vardenis"), town("b", "Other", weak=["Vardenis"])) == ["Vardenis → a"]


def decided(body: str, *decisions: dict[str, Any], title: str = "") -> tuple[list[str], Any]:
    """The body's mentions under an editor's decisions, as `words → id`, and the whole result."""
    matcher = Matcher([town("goris", weak=["the town"]), town("kapan"), town("goris-district", "Goris district")])
    result = find_mentions(matcher, title, body, [Decision.model_validate(decision) for decision in decisions])
    return [f"{body[m.start : m.end]} → {m.entity}" for m in result.body], result


class TestDecisions:
    def test_an_entity_for_words_that_are_no_form_of_it(self) -> None:
        words, result = decided("The old town; Kapan.", {"exact": "old town", "id": "goris"})
        assert words == ["old town → goris", "Kapan → kapan"]
        assert (result.lost, result.overlapping) == ((), ())

    def test_another_entity_than_the_form_says(self) -> None:
        assert decided("In Goris.", {"exact": "Goris", "id": "kapan"})[0] == ["Goris → kapan"]

    def test_not_a_name(self) -> None:
        assert decided("Goris met Kapan.", {"exact": "Goris", "id": None})[0] == ["Kapan → kapan"]

    def test_not_a_name_takes_its_weak_forms_along(self) -> None:
        assert decided("Goris left the town.", {"exact": "Goris", "id": None})[0] == []

    def test_a_decision_counts_as_naming(self) -> None:
        assert decided("Gorus: the town.", {"exact": "Gorus", "id": "goris"})[0] == [
            "Gorus → goris",
            "the town → goris",
        ]

    def test_a_decision_about_part_of_a_name_leaves_the_rest_free(self) -> None:
        assert decided("Goris district.", {"exact": "district", "id": None})[0] == ["Goris → goris"]

    def test_a_decision_about_the_words_between_two_names_leaves_both(self) -> None:
        assert decided("Goris and Kapan", {"exact": "and", "prefix": " ", "id": None})[0] == [
            "Goris → goris",
            "Kapan → kapan",
        ]
        assert decided("Goris-/-Kapan", {"exact": "-/-", "id": None})[0] == ["Goris → goris", "Kapan → kapan"]

    def test_the_context_tells_places_apart(self) -> None:
        words, _ = decided("Goris, and Goris again.", {"exact": "Goris", "suffix": " again", "id": "kapan"})
        assert words == ["Goris → goris", "Goris → kapan"]
        _, result = decided("Goris, and Goris again.", {"exact": "Goris", "prefix": "and ", "id": None})
        assert [(m.start, m.end) for m in result.body] == [(0, 5)]

    def test_words_that_do_not_stand_exactly_once_decide_nothing(self) -> None:
        words, result = decided("Goris and Goris.", {"exact": "Goris", "id": None}, {"exact": "Sotk", "id": None})
        assert words == ["Goris → goris", "Goris → goris"]
        assert result.lost == ((0, 2), (1, 0))

    def test_overlapping_places_are_counted(self) -> None:
        assert decided("aaa", {"exact": "aa", "id": None})[1].lost == ((0, 2),)

    def test_of_two_decisions_about_the_same_words_the_first_holds(self) -> None:
        words, result = decided(
            "Goris district.", {"exact": "Goris district", "id": "kapan"}, {"exact": "Goris", "id": "goris"}
        )
        assert words == ["Goris district → kapan"]
        assert result.overlapping == (1,)

    def test_a_decision_does_not_cross_from_one_block_to_the_next(self) -> None:
        words, result = decided("Goris\n\nKapan", {"exact": "Goris\n\nKapan", "id": "goris"})
        assert words == ["Goris → goris", "Kapan → kapan"]
        assert result.lost == ((0, 0),)

    def test_a_decision_settles_a_doubt(self) -> None:
        matcher = Matcher([town("a", "Vardenis"), town("b", "Vardenis")])
        result = find_mentions(matcher, "", "In Vardenis.", [Decision(exact="Vardenis", id="b")])
        assert [(m.start, m.end, m.entity) for m in result.body] == [(3, 11, "b")]
        assert result.ambiguous == ()

    def test_the_lists_follow_title_and_body_in_the_order_of_first_mention(self) -> None:
        _, result = decided("Goris and Kapan.", title="Kapan and Goris district")
        assert linked_lists(result, {"goris": "place", "kapan": "actor", "goris-district": "place"}) == {
            "places": ["goris-district", "goris"],
            "actors": ["kapan"],
            "treaties": [],
            "events": [],
        }


class TestLink:
    def test_link_writes_what_the_text_names(self, tmp_path: Path) -> None:
        made = archive(
            tmp_path,
            place("goris", forms=["Gorus"]),
            place("kapan"),
            article("first", "Kapan, then Gorus.", mentions=[{"exact": "Kapan", "id": None}], places=["kapan"]),
        )
        assert made.run("link") == Run(
            0, "archive/articles/first.md: lists written.\n1 mention in 1 article; 1 file changed.\n", ""
        )
        assert "places:\n  - goris\nactors: []\n" in made.file("archive/articles/first.md")
        before = made.files()
        assert made.run("link") == Run(0, "1 mention in 1 article; 0 files changed.\n", "")
        assert made.files() == before
        assert made.check() == []

    def test_lists_that_are_not_there_are_written_only_where_the_text_names_something(self, tmp_path: Path) -> None:
        made = archive(tmp_path, place("goris"), article("first", "Goris.", title="First"))
        path = made.root / "archive/articles/first.md"
        lists = "places: []\nactors: []\ntreaties: []\nevents: []\n"
        text = path.read_text("utf-8").replace(lists, "")
        path.write_text(text, "utf-8")
        assert made.run("link").exit == 0
        assert made.file("archive/articles/first.md") == text.replace(
            "publish: full\n", "publish: full\nplaces:\n  - goris\n"
        )
        assert made.check() == []

    def test_a_decision_for_an_entity_that_is_not_there(self, tmp_path: Path) -> None:
        decisions = [{"exact": "The", "id": None}, {"exact": "town", "id": "sotk"}]
        made = archive(tmp_path, place("goris"), article("first", "The town; Goris.", mentions=decisions))
        before = made.files()
        assert made.run("link") == Run(
            1,
            "",
            "archive/articles/first.md:20:9: REF-UNKNOWN there is no authority file “sotk”."
            " Mend the id, or write that file.\n",
        )
        assert made.files() == before

    def test_a_front_matter_at_the_end_of_the_file(self, tmp_path: Path) -> None:
        rights = {"statement": "Of its author.", "publish": "full"}
        made = archive(tmp_path, place("goris"), article("first", "", title="On Goris", rights=rights))
        path = made.root / "archive/articles/first.md"
        path.write_text(path.read_text("utf-8").removesuffix("\n"), "utf-8")
        assert made.run("link").exit == 0
        assert made.file("archive/articles/first.md").endswith("publish: full\n---")
        assert "places:\n  - goris\n" in made.file("archive/articles/first.md")


ALPHABET = st.sampled_from([*"GorisKapn ab-’'.\n", "\u00ad", "՞", "\u0301", "ə", "ǝ", "ß", "İ", "\u00a0", "(", "1"])
WORDS = st.text(ALPHABET, max_size=8)
NAMES = st.lists(
    st.tuples(
        WORDS.filter(lambda w: w[:1].strip()),
        st.lists(WORDS, max_size=3),
        st.lists(WORDS, max_size=2),
        st.lists(WORDS, max_size=2),
    ),
    max_size=5,
)


@given(NAMES, st.lists(st.text(ALPHABET, max_size=30) | WORDS, max_size=6), st.data())
def test_mentions_never_overlap_and_are_whole_known_words(
    names: list[Any], parts: list[str], data: st.DataObject
) -> None:
    places = [
        town(f"p{number}", name, forms=forms, weak=weak, not_=barred)
        for number, (name, forms, weak, barred) in enumerate(names)
    ]
    known = [form for name, forms, weak, _ in names for form in (name, *forms, *weak)]
    text = " ".join(data.draw(st.sampled_from([part, *known])) for part in parts)
    decisions = [
        Decision(exact=exact, id=identifier)
        for exact, identifier in data.draw(
            st.lists(st.tuples(st.sampled_from([*known, "Goris"]), st.sampled_from([None, "p0"])), max_size=3)
        )
        if exact[:1].strip()
    ]
    result = find_mentions(Matcher(places), "", text, decisions)
    by_hand = {decision.exact for decision in decisions}
    forms = {(form.entity, form.text) for place in places for form in forms_of(place)}
    end = 0
    for mention in sorted([*result.body, *result.ambiguous], key=lambda m: m.start):
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end
    for mention in result.body:
        words = text[mention.start : mention.end]
        if words in by_hand:
            continue
        assert (mention.entity, key(words)) in forms
        assert key(words) == as_read(words).text
        read = as_read(text)
        plain = read.text
        start, stop = next(
            (start, stop)
            for start in range(len(plain))
            for stop in range(start + 1, len(plain) + 1)
            if read.place(start, stop) == (mention.start, mention.end)
        )
        assert not (start and plain[start - 1].isalnum())
        assert not (stop < len(plain) and plain[stop].isalnum())
