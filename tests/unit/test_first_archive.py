"""This repository's own archive: it passes its check, its originals are untouched, and its names mean what they say."""
# ruff: noqa: E501 (the mentions of a paragraph are one line)

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from annotated_archive.check import run
from annotated_archive.claims.groups import repeated
from annotated_archive.cli import main
from annotated_archive.graph import Graph, resolve
from annotated_archive.records.authority import Actor, Place
from annotated_archive.store import load
from language import plain

ROOT = Path(__file__).resolve().parents[2]
ORIGINALS = ROOT / "archive/originals"
FIRST = "2022-09-13-bismarck-herald-border-fighting-re-erupts"
SECOND = "2022-09-13-best-niche-articles-attacks-on-the-armenian"

# Every mention, paragraph by paragraph (0: the title), in the order of the text. What an editor decided by hand is
# marked with an asterisk.
MENTIONS = {
    FIRST: """
        0: Azerbaijan → azerbaijan; Armenia → armenia
        1: Yerevan → yerevan; Nagorno-Karabakh → nagorno-karabakh; Azerbaijan → azerbaijan; Nagorno-Karabakh → nagorno-karabakh; AFP → afp; AFP → afp; Getty Images → getty-images
        2: Azerbaijan → azerbaijan; Armenia → armenia; Goris → goris; Sotk → sotk; Jermuk → jermuk
        3: Armenia’s defence ministry → ministry-of-defence-of-armenia; Azerbaijan’s armed forces → armed-forces-of-azerbaijan
        4: Vardenis → vardenis; Sotk → sotk; Artanish → artanish; Ishkhanasar → ishkhanasar; Goris → goris; Jermuk → jermuk; Kapan → kapan; Armenia → armenia
        5: Azerbaijan’s defence ministry → ministry-of-defence-of-azerbaijan; Azerbaijan → azerbaijan; the fighting → fighting-of-september-2022*
        6: Armenia → armenia; Gadabay → gadabay-district*; Lachin regions → lachin-district; Armenia → armenia
        7: clashes in August → clashes-of-august-2022*; Nagorno-Karabakh → nagorno-karabakh; Azerbaijan → azerbaijan
        8: Russia → russia; peacekeeping force → russian-peacekeeping-contingent*; Nagorno-Karabakh → nagorno-karabakh; ceasefire in early November 2020 → trilateral-statement-2020; 44-day conflict → second-karabakh-war-2020*; Armenia’s forces → armed-forces-of-armenia
        9: Turkey → turkey; Bayraktar drones → bayraktar-tb2; Azerbaijan → azerbaijan; Armenia → armenia
        10: Bayraktar drones → bayraktar-tb2; Libya → libya; Syria → syria; Ethiopia → ethiopia; Ukraine → ukraine; Russia → russia; Kyiv → kyiv; Bayraktar → bayraktar-tb2
        11: 2020 Nagorno-Karabakhagreement → trilateral-statement-2020*; Armenia → armenia; Russia → russia; 2,000 peacekeepers → russian-peacekeeping-contingent*
        12: Russia’s foreign ministry → ministry-of-foreign-affairs-of-russia
        13: The Kremlin → kremlin; Armenia → armenia; the Russian military has a base → russian-base-in-gyumri*; Azerbaijan → azerbaijan
        14: Nagorno-Karabakh → nagorno-karabakh; Azerbaijan → azerbaijan; Soviet Union → soviet-union; the war that followed → first-karabakh-war*
        15: US State Department → us-state-department; United States → united-states; Armenia → armenia; Azerbaijan → azerbaijan; Armenia → armenia
        """,
    SECOND: """
        1: attacks → fighting-of-september-2022*; Azerbaijan → azerbaijan; Armenia → armenia
        2: Armenian Defense Ministry → ministry-of-defence-of-armenia; Azerbaijani Armed Forces → armed-forces-of-azerbaijan; Armenian Defense Ministry → ministry-of-defence-of-armenia; Goris → goris; Sotk → sotk; Jermuk → jermuk
        3: Azerbaijan’s Defense Ministry → ministry-of-defence-of-azerbaijan; Azerbaijan → azerbaijan
        4: Azerbaijani Defense Ministry → ministry-of-defence-of-azerbaijan; Armenian forces → armed-forces-of-armenia; Novoivanovka → novoivanovka; Gadabay region → gadabay-district; Husulu → husulu; Lachin region → lachin-district; Armenia → armenia
        5: Nagorno-Karabakh → nagorno-karabakh; Eastern Europe → eastern-europe; Western Asia → western-asia
        6: Soviet Union → soviet-union; Armenia → armenia; declared independence → proclamation-in-nagorno-karabakh-1991*; Azerbaijan → azerbaijan; Azerbaijan → azerbaijan
        7: Armenia → armenia; Russia → russia; 1997 defense treaty → treaty-of-friendship-1997*
        8: Russian Federation → russia; Treaty of Friendship, Cooperation and Mutual Assistance → treaty-of-friendship-1997; Collective Security Treaty Organization → csto; Security Council of the UN → un-security-council; Republic of Armenia → armenia; office of the Prime Minister of Armenia → office-of-the-prime-minister-of-armenia
        9: Armenian Security Council → security-council-of-armenia; Nikol Pashinyan → nikol-pashinyan; Vladimir Putin → vladimir-putin; Pashinyan’s office → office-of-the-prime-minister-of-armenia
        10: Russia → russia; peacekeeping forces → russian-peacekeeping-contingent*; ceasefire agreement in early November 2020 → trilateral-statement-2020; nearly two-month conflict → second-karabakh-war-2020*; Reuters → reuters
        11: Pashinyan → nikol-pashinyan; US → united-states; Antony Blinken → antony-blinken; Pashinyan → nikol-pashinyan; Azerbaijan → azerbaijan; Azerbaijan → azerbaijan; Armenia → armenia
        12: Blinken → antony-blinken; immediate cessation of hostilities → blinken-statement-of-12-september-2022*
        13: United States → united-states; Armenia → armenia; Blinken → antony-blinken
        """,
}  # fmt: skip
# Every place that an article names, others that the coverage of those days needs, and what holds them.
PLACES = {
    "goris", "sotk", "jermuk", "vardenis", "artanish", "ishkhanasar", "kapan", "yerevan", "gadabay", "lachin",
    "novoivanovka", "husulu", "nagorno-karabakh", "kyiv", "armenia", "azerbaijan", "russia", "turkey", "united-states",
    "ukraine", "libya", "syria", "ethiopia", "soviet-union", "eastern-europe", "western-asia", "khankendi", "shusha",
    "dashkasan", "kalbajar", "sisian", "gyumri", "gegharkunik", "syunik", "vayots-dzor", "gadabay-district",
    "lachin-district",
}  # fmt: skip

# Every figure claimed, as "carrier: claimant: figure as printed, measure, whose, category, day". (first) and (second) are
# the two articles; the others are cited works.
FIGURES = """
    (first) afp: around 6,000 deaths all people, 2021-03
    (first) bismarck-herald: 44-day duration all, [2022-09-13..2022-09-14]
    (first) bismarck-herald: Around 30,000 deaths all people, [2022-09-13..2022-09-14]
    (first) bismarck-herald: about 2,000 strength russia servicemen, [2022-09-13..2022-09-14]
    (first) bismarck-herald: at least 6,500 deaths all people, [2022-09-13..2022-09-14]
    (first) ministry-of-defence-of-armenia: at least 49 deaths armenia servicemen, 2022-09-13
    (first) ministry-of-defence-of-azerbaijan: 50 deaths azerbaijan servicemen, 2022-09-13
    (second) reuters: at least 6 500 deaths all people, [2022-09-13..2022-09-14]
    armenia-government-2023-report: armenia: 1 damage armenia medical-facilities, 2023-04
    armenia-government-2023-report: armenia: 192 damage armenia homes, 2023-04
    armenia-government-2023-report: armenia: 2 damage armenia ambulances, 2023-04
    armenia-government-2023-report: armenia: 2 damage armenia schools, 2023-04
    armenia-government-2023-report: armenia: 20 captured armenia servicemen, 2023-04
    armenia-government-2023-report: armenia: 222 deaths armenia servicemen, 2023-04
    armenia-government-2023-report: armenia: 293 wounded armenia servicemen, 2023-04
    armenia-government-2023-report: armenia: 3 damage armenia hotels, 2023-04
    armenia-government-2023-report: armenia: 3 deaths armenia civilians, 2023-04
    armenia-government-2023-report: armenia: 36 damage armenia settlements, 2023-04
    armenia-government-2023-report: armenia: 7 wounded armenia civilians, 2023-04
    armenia-security-council-2022-207: security-council-of-armenia: 1 damage armenia medical-facilities, 2022-09-19
    armenia-security-council-2022-207: security-council-of-armenia: 192 damage armenia homes, 2022-09-19
    armenia-security-council-2022-207: security-council-of-armenia: 2 damage armenia schools, 2022-09-19
    armenia-security-council-2022-207: security-council-of-armenia: 207 deaths armenia dead-and-missing, 2022-09-19
    armenia-security-council-2022-207: security-council-of-armenia: 293 wounded armenia servicemen, 2022-09-19
    armenia-security-council-2022-207: security-council-of-armenia: 3 damage armenia hotels, 2022-09-19
    armenia-security-council-2022-207: security-council-of-armenia: 36 damage armenia settlements, 2022-09-19
    armenia-security-council-2022-207: security-council-of-armenia: Dos damage armenia ambulances, 2022-09-19
    armenia-security-council-2022-207: security-council-of-armenia: Veinte captured armenia servicemen, 2022-09-19
    armenia-security-council-2022-207: security-council-of-armenia: dos missing armenia civilians, 2022-09-19
    armenia-security-council-2022-207: security-council-of-armenia: siete wounded armenia civilians, 2022-09-19
    armenia-security-council-2022-207: security-council-of-armenia: tres deaths armenia civilians, 2022-09-19
    azernews-2022-50-servicemen: ministry-of-defence-of-azerbaijan: 50 deaths azerbaijan servicemen, 2022-09-13
    azernews-2022-71-killed: ministry-of-defence-of-azerbaijan: 71 deaths azerbaijan servicemen, [2022-09-14..2022-09-15]
    azernews-2022-79-killed: ministry-of-defence-of-azerbaijan: 79 deaths azerbaijan servicemen, [2022-09-16..2022-09-30]
    cnn-2022-clashes-erupt: reuters: at least 6,500 deaths all people, 2022-09-12
    crisis-group-2022-upholding-ceasefire: crisis-group: 80 deaths azerbaijan servicemen, [2022-09-21..2022-09-30]
    havadiskolik-2022-79-asker: ministry-of-defence-of-azerbaijan: 282 wounded azerbaijan servicemen, [2022-09-15..2022-09-30]
    havadiskolik-2022-79-asker: ministry-of-defence-of-azerbaijan: 77 deaths azerbaijan servicemen, [2022-09-15..2022-09-29]
    massis-post-2022-430: armenia: Some 430 deaths azerbaijan servicemen, 2022-10-14
    north-county-tribune-2022-pashinyan-49: ministry-of-defence-of-armenia: 49 deaths armenia servicemen, 2022-09-13
    novaya-gazeta-europe-2022-ceasefire: nikol-pashinyan: 105 deaths armenia servicemen, 2022-09-14
    omondo-2022-105-dead: nikol-pashinyan: 10 territory armenia, 2022-09-14
    portal-analitika-2022-135: nikol-pashinyan: 135 deaths armenia servicemen, [2022-09-14..2022-09-30]
    un-news-2022-deeply-concerned: armenia: 105 deaths armenia servicemen, 2022-09-14
    un-news-2022-deeply-concerned: armenia: six wounded armenia civilians, 2022-09-14
    un-news-2022-deeply-concerned: azerbaijan: 71 deaths azerbaijan servicemen, [2022-09-14..2022-09-15]
    un-news-2022-deeply-concerned: azerbaijan: two wounded azerbaijan civilians, [2022-09-14..2022-09-15]
"""
# Who answers each question, the two sides first.
ANSWERS = {
    "who-fired-first": "armenia armenia armenia armenia armenia azerbaijan azerbaijan azerbaijan azerbaijan",
    "reason-given": "armenia azerbaijan azerbaijan azerbaijan azerbaijan",
    "civilians-targeted": "armenia armenia azerbaijan",
    "ceasefire": "armenia azerbaijan russia",
    "what-was-asked": "armenia armenia armenia miroslav-jenca russia russia united-states united-states united-states",
    "whose-territory": "armenia armenia armenia azerbaijan azerbaijan united-states",
    "firing-on-11-september": "armenia armenia azerbaijan azerbaijan azerbaijan",
}
# What is set aside of each article and noted as no part of it.
SET_ASIDE = {
    FIRST: ["Armenia Azerbaijan Conflict Global News", "Home »"],
    SECOND: ["Leave a Comment"],
}


@pytest.fixture(scope="module")
def graph() -> Graph:
    """The repository's own archive, resolved."""
    return resolve(load(ROOT))


def linked(graph: Graph, article: str) -> str:
    """The mentions of an article in the form of MENTIONS."""
    file, found = graph.archive.articles[article], graph.mentions[article]
    by_hand = {(decision.exact, decision.id) for decision in file.record.mentions}

    def shown(text: str, start: int, end: int, entity: str) -> str:
        return f"{text[start:end]} → {entity}{'*' if (text[start:end], entity) in by_hand else ''}"

    lines = [(0, [shown(file.record.title, m.start, m.end, m.entity) for m in found.title])]
    for block, mentions in graph.block_mentions(file):
        lines.append((block.number, [shown(file.body, m.start, m.end, m.entity) for m in mentions]))
    return "".join(f"{number}: {'; '.join(words)}\n" for number, words in lines if words)


def named(graph: Graph, text: str) -> list[str]:
    """What the archive's names find in a text, as `words → id`."""
    return [f"{text[m.start : m.end]} → {m.entity}" for m in graph.matcher.find(text)[0]]


def test_the_check_has_no_findings() -> None:
    assert [str(diagnostic) for diagnostic in run(ROOT).diagnostics] == []


def test_linking_changes_nothing() -> None:
    result = CliRunner().invoke(main, ["link", "--dry-run", "-C", str(ROOT)])
    assert (result.exit_code, result.stdout) == (0, "126 mentions in 2 articles; 0 files changed.\n")


@pytest.mark.parametrize("article", MENTIONS)
def test_every_mention(graph: Graph, article: str) -> None:
    assert linked(graph, article) == plain(MENTIONS[article])
    assert graph.mentions[article].ambiguous == ()


def test_both_articles_are_here(graph: Graph) -> None:
    assert set(graph.archive.articles) == set(MENTIONS)


def test_the_manifest_holds() -> None:
    lines = (ORIGINALS / "manifest-sha256.txt").read_text("ascii").splitlines()
    stated = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    found = {
        path.relative_to(ORIGINALS).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in ORIGINALS.rglob("*")
        if path.is_file() and path.name != "manifest-sha256.txt"
    }
    assert len(lines) == len(stated) == 2
    assert stated == found


@pytest.mark.shared
def test_the_originals_are_those_that_were_handed_over(shared: Path) -> None:
    given = {path.name: path.read_bytes() for path in (shared / "articles").glob("*.txt")}
    assert given
    assert given == {path.name: path.read_bytes() for path in ORIGINALS.glob("*.txt") if path.name in given}


def test_every_place_asked_for_has_a_file(graph: Graph) -> None:
    assert PLACES - {entity.id for entity in graph.entities.values() if isinstance(entity, Place)} == set()


class TestNamesThatMislead:
    @pytest.mark.parametrize("place", ["vardenis-aragatsotn", "husulu-aghjabadi"])
    def test_the_village_of_the_same_name_elsewhere_is_never_linked(self, graph: Graph, place: str) -> None:
        assert place in graph.entities
        assert place not in graph.backlinks

    @pytest.mark.parametrize(
        ("text", "wanted"),
        [
            ("strikes at Vardenis and Husulu", ["Vardenis → vardenis", "Husulu → husulu"]),
            ("in the Gadabay region", ["Gadabay region → gadabay-district"]),
            ("in the town of Gadabay", ["Gadabay → gadabay"]),
            ("in the Lachin district", ["Lachin district → lachin-district"]),
            ("the town of Lachin", ["Lachin → lachin"]),
            ("along the Lachin corridor and the Lachin road", []),
            ("Goris regional hospital", ["Goris → goris"]),
            ("Armenian, Azerbaijani and Russian", []),
            ("the ministry, the treaty, the president and the army", []),
            ("Stepanakert and Khankendi", ["Stepanakert → khankendi", "Khankendi → khankendi"]),
            ("Shusha, Shushi, Şuşa", ["Shusha → shusha", "Shushi → shusha", "Şuşa → shusha"]),
            ("the Shusha Declaration", ["Shusha Declaration → shusha-declaration-2021"]),
            ("UN Security Council", ["UN Security Council → un-security-council"]),
            ("Armenia’s Ministry of Defence", ["Armenia’s Ministry of Defence → ministry-of-defence-of-armenia"]),
            ("may march on Sunday in Baku", ["Baku → baku"]),
            ("us, US and U.S.", ["US → united-states", "U.S. → united-states"]),
        ],
    )
    def test_words(self, graph: Graph, text: str, wanted: list[str]) -> None:
        assert named(graph, text) == wanted

    def test_armenian_azerbaijani_and_russian_spellings(self, graph: Graph) -> None:
        assert named(graph, "Գորիսում չէ, Գորիս է; Gədəbəy, Gǝdǝbǝy; Горис") == [
            "Գորիսում → goris",
            "Գորիս → goris",
            "Gədəbəy → gadabay",
            "Gǝdǝbǝy → gadabay",
            "Горис → goris",
        ]


class TestCare:
    def test_no_page_for_the_photographer_or_other_private_persons(self, graph: Graph) -> None:
        assert named(graph, "ARIS MESSINIS, Aris Messinis") == []
        persons = [
            entity for entity in graph.entities.values() if isinstance(entity, Actor) and entity.type == "person"
        ]
        assert persons
        assert [person.id for person in persons if not person.offices] == []

    def test_captions_are_marked(self, graph: Graph) -> None:
        kinds = {name: [block.kind for block in file.blocks()] for name, file in graph.archive.articles.items()}
        assert kinds[FIRST] == ["caption"] + ["paragraph"] * 14
        assert kinds[SECOND] == ["paragraph"] * 13

    def test_dates_are_known_as_inferred(self, graph: Graph) -> None:
        for file in graph.archive.articles.values():
            assert (file.record.date, file.record.date_source) == ("[2022-09-13..2022-09-14]", "inferred")


class TestBackground:
    TEXT = (ROOT / "docs/background/nagorno-karabakh.md").read_text("utf-8")

    def test_it_is_long_enough_to_explain(self) -> None:
        assert len(re.sub(r"\[\^[^\]]*\]", "", self.TEXT.split("---\n", 2)[2]).split()) >= 2000

    def test_every_paragraph_cites_but_those_that_only_introduce(self) -> None:
        paragraphs = re.split(r"\n\n+", self.TEXT.split("---\n", 2)[2].strip())
        bare = [text for text in paragraphs if "[^" not in text and not text.startswith("#")]
        assert bare == [
            "Each line below gives one side’s count of its own losses. They count different categories and must not be "
            "added up or joined.",
            "Named without detail; for most of these no source has been read here:",
        ]


def of_party(graph: Graph, identifier: str) -> str:
    """The state that somebody speaks for, or else who it is."""
    entity = graph.entities[identifier]
    return (entity.side or identifier) if isinstance(entity, Actor) else identifier


class TestFirstAnnotations:
    def test_every_figure_is_claimed_with_its_source(self, graph: Graph) -> None:
        found = []
        for file in graph.claims.values():
            claim, record = file.record.claim, file.record
            if claim and claim.value and claim.subject:
                carrier = {FIRST: "(first)", SECOND: "(second)"}.get(record.article or "", f"{record.work}:")
                whose = " ".join(filter(None, [claim.subject.side or "all", claim.subject.category]))
                found.append(
                    f"{carrier} {claim.claimant}: {claim.value.as_written} {claim.measure} {whose}, {claim.as_of}"
                )
        assert sorted(found) == sorted(plain(FIGURES).splitlines())

    def test_every_number_in_the_articles_is_a_claim_or_a_date(self, graph: Graph) -> None:
        bare = {}
        for identifier, file in graph.archive.articles.items():
            claims = [span for one in graph.annotations[identifier] if one.file.record.claim for span in one.body]
            bare[identifier] = " ".join(
                file.body[match.start() : match.end() + 1].strip()
                for match in re.finditer(r"\d+(?:[, ]\d{3})*", file.body)
                if not any(start <= match.start() and match.end() <= end for start, end in claims)
            )
        assert bare == {FIRST: "2, 2021, 2020, 2020 2020 1990s 1991.", SECOND: "2020, 1997 2020,"}

    def test_who_answers_each_question(self, graph: Graph) -> None:
        found: dict[str, list[str]] = {question: [] for question in graph.archive.questions}
        for file in graph.claims.values():
            claim = file.record.claim
            if claim and claim.position:
                found[claim.position.question].append(of_party(graph, claim.claimant))
        assert {question: " ".join(sorted(sides)) for question, sides in found.items()} == ANSWERS

    def test_one_figure_in_two_articles_is_one_figure(self, graph: Graph) -> None:
        deaths = {i: f for i, f in graph.claims.items() if (c := f.record.claim) and c.value and c.value.min == 6500}
        assert len(deaths) == 3
        assert {len(together) for together in repeated(deaths).values()} == {3}

    def test_the_words_of_one_statement_stand_in_its_own_order(self, graph: Graph) -> None:
        """Claims of one work on one day are shown in the order of the work's `words`: that of its text."""
        words = [
            claim.position.as_quoted
            for file in graph.claims.values()
            if file.record.work == "trend-2022-mod-statement" and (claim := file.record.claim) and claim.position
        ]
        begins = ["The sabotage groups", "As a result of", "Some positions", "In order to prevent"]
        assert [one[: len(begin)] for one, begin in zip(words, begins, strict=True)] == begins

    def test_no_claim_rests_on_an_encyclopaedia(self, graph: Graph) -> None:
        works = {file.record.work for file in graph.claims.values() if file.record.work}
        assert [work for work in works if graph.archive.works[work].alignment == "tertiary"] == []

    def test_the_reversed_quotation_is_corrected_where_it_is_claimed(self, graph: Graph) -> None:
        words = "aggression launched by Azerbaijan against the sovereign territory of Azerbaijan.” ‘Armenia,”"
        kinds = [
            file.record.kind
            for file in graph.archive.annotations.values()
            if [target.exact for target in file.record.targets] == [words]
        ]
        assert sorted(kinds) == ["claim", "correction"]

    def test_what_was_set_aside_is_noted(self, graph: Graph) -> None:
        found = {
            identifier: sorted(
                target.exact or "" for one in annotated for target in one.file.record.targets if target.part == "ledger"
            )
            for identifier, annotated in graph.annotations.items()
        }
        assert found == SET_ASIDE

    def test_opinion_and_tone_are_not_corrected(self, graph: Graph) -> None:
        """A correction says how the words are to be read; what is only loaded or unsourced gets a note."""
        for file in graph.archive.annotations.values():
            if file.record.kind == "correction":
                assert file.record.body
                assert file.record.cite
                assert re.match(r"Read “|“[^”]+” is what|Three separate appeals", file.record.body), file.path


@pytest.mark.shared
def test_everything_a_careful_annotator_flags_is_annotated(graph: Graph, shared: Path) -> None:
    """Each flagged passage of the two originals stands under a note, correction or question, or in a note on the ledger.

    Flag A25 was dropped by its authors; B20 speaks of what an article does not say, and is a note on the whole of it.
    """
    by_original = {file.record.original.path: identifier for identifier, file in graph.archive.articles.items()}
    missed = []
    for flag in json.loads((shared / "facts/flags.json").read_text("utf-8"))["flags"]:
        article = by_original[flag["file"]]
        parts = graph.parts(graph.archive.articles[article])
        notes = [note for note in graph.annotations[article] if not note.file.record.claim]
        for fragment in flag["fragments"]:
            words = fragment["exact"]
            held = any(
                start < place.end() and place.start() < end
                for part, text in parts.items()
                for place in re.finditer(re.escape(words), text)
                for note in notes
                for start, end in getattr(note, part)
            )
            if not held:
                missed.append((flag["id"], words))
        if not flag["fragments"] and not any(not (n.title or n.body or n.ledger) for n in notes):
            missed.append((flag["id"], ""))
    assert [one for one in missed if one[0] != "A25"] == []
