"""Anchors: an annotation stands beside exactly its words, or nowhere. A wrong place is worse than none."""

from __future__ import annotations

import importlib.util
import sys
import unicodedata
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotated_archive.anchor import Placed, Unplaced, resolve_target, select
from annotated_archive.anchor.propose import Proposal, propose
from annotated_archive.anchor.reading import Reading, normal
from annotated_archive.records.annotation import Target
from annotated_archive.records.text import digest

TEXT = (
    "Armenia said that at least 49 Armenian soldiers were killed. Azerbaijan said that at least 50 Azerbaijani "
    "soldiers were killed.\n\nIt called for a “halt”."
)
NOT_THERE = Unplaced("the words are not there")
CHANGED = Unplaced("the words are there, but not in their context")
CUT = Unplaced("the words stand only within longer words or numbers")


def target(exact: str, **fields: object) -> Target:
    return Target.model_validate({"exact": exact, **fields})


def chosen(text: str, exact: str) -> Target:
    (found,) = select(text, exact)
    return found


def test_a_text_that_is_the_annotated_one_is_trusted_to_the_character() -> None:
    start = TEXT.rindex("soldiers")
    found = resolve_target(TEXT, target("soldiers", start=start, text_sha256=digest(TEXT)))
    assert found == Placed(start, start + 8, 1)


def test_a_context_that_contradicts_the_position_outweighs_it() -> None:
    first, second = select(TEXT, "soldiers were killed")
    mixed = first.model_copy(update={"prefix": second.prefix, "suffix": second.suffix})
    assert resolve_target(TEXT, mixed) == Placed(second.start or 0, (second.start or 0) + 20, 2)
    assert resolve_target(TEXT, first.model_copy(update={"prefix": "no such "})) == CHANGED


def test_a_position_within_a_word_or_number_is_none() -> None:
    for text, exact, start in (("an unarmed man", "armed", 5), ("6,500 men", "500 men", 2), ("armed men", "arm", 0)):
        assert resolve_target(text, target(exact, start=start, text_sha256=digest(text))) == CUT


def test_a_position_in_another_text_counts_for_nothing() -> None:
    moved = "New words come first. " + TEXT
    start = TEXT.index("at least 49")
    assert resolve_target(moved, chosen(TEXT, "at least 49")) == Placed(start + 22, start + 33, 2)


def test_words_without_context_are_not_certain_in_another_text() -> None:
    found = resolve_target("New words. " + TEXT, target("at least 49", text_sha256=digest(TEXT)))
    assert found == Unplaced("the text has changed, and the context is shorter than the sentence")


def test_words_without_a_hash_are_vouched_for_by_whoever_wrote_them_down() -> None:
    start = TEXT.index("at least 49")
    assert resolve_target(TEXT, target("at least 49")) == Placed(start, start + 11, 2)


def test_repeated_words_need_their_context() -> None:
    assert resolve_target(TEXT, target("soldiers were killed")) == Unplaced(
        "the words stand 2 times with the same context"
    )
    at = TEXT.rindex("soldiers were killed")
    assert resolve_target(TEXT, target("soldiers were killed", prefix="Azerbaijani ")) == Placed(at, at + 20, 2)


def test_words_that_are_repeated_in_another_typing_are_not_unique() -> None:
    found = resolve_target("A “halt”, they said. A \"halt\", they said.", target('"halt"'))
    assert found == Unplaced("the words stand 2 times with the same context")


LOOKALIKES = [
    # the words annotated, a text that holds only something alike
    ("at least 49 Armenian soldiers were killed", "At least 50 Azerbaijani soldiers were killed."),
    ("at least 49 Armenian soldiers were killed", "Then at least 94 Armenian soldiers were killed."),
    ("Azerbaijan attacked Armenia", "Armenia attacked Azerbaijan."),
    ("shelling at Goris", "There was shelling at Gorus."),
    ("sovereign territory of Armenia", "the sovereign territory of Azerbaijan"),
    ("Ստեփանակերտ", "Ստեփանավան"),
    ("Գորիս", "Գորի՞ս"),
    ("Xankəndi", "Xankendi"),
    ("Xankəndi", "Xankəndı"),
    ("6,500 people", "6500 people"),
    ("6500 people", "6 500 people"),
    ("49 soldiers", "٤٩ soldiers"),
    ("−5 degrees", "-5 degrees"),
    ("fire", "ﬁre"),
    ("Strasse", "Straße"),
]


@pytest.mark.parametrize(("exact", "text"), LOOKALIKES)
def test_words_that_are_only_alike_are_never_placed(exact: str, text: str) -> None:
    assert resolve_target(text, target(exact)) == NOT_THERE


CUTS = [
    ("50 personnel", "150 personnel"),
    ("500 people", "6 500 people"),
    ("at least 49", "at least 49,500"),
    ("at least 4", "at least 49"),
    ("5 degrees", "It was −5 degrees"),
    ("armed", "unarmed"),
    ("Գորի", "Գորի՞ս"),
    ("и", "и\u0301мя"),
    ("и", unicodedata.normalize("NFD", "йод")),
]


@pytest.mark.parametrize(("exact", "text"), CUTS)
def test_words_within_longer_words_or_numbers_are_not_the_words(exact: str, text: str) -> None:
    assert resolve_target(text, target(exact)) in (CUT, NOT_THERE)


OTHERS = [
    # the annotated words, their text, and one that makes the same words say something else
    ("50 men", "Azerbaijan claims that 50 men were killed.", "Armenia claims that 50 men were killed."),
    (
        "50 personnel",
        "The ministry of Armenia, in a statement that several agencies carried at night, spoke of 50 personnel.",
        "The ministry of Azerbaijan, in a statement that several agencies carried at night, spoke of 50 personnel.",
    ),
    ("were shelled", "Goris and Sotk were shelled at night.", "Goris and Kapan were shelled at night."),
    ("were killed", "On that day 49 men were killed.", "On that day 50 men were killed."),
    ("The town was shelled.", "The town was shelled.", "It is not true: the town was shelled."),
    ("погибли", "Армянские военные погибли под Горисом.", "Азербайджанские военные погибли под Горисом."),
    ("«Уходим»", "«Уходим.» – сказал Арам вечером.", "«Уходим.» – сказал Ильхам вечером."),
]


def far(text: str, words: str, old: str = "Armenia", new: str = "Azerbaijan") -> tuple[str, str, str]:
    """Words far from what another text says otherwise in the same sentence."""
    assert abs(text.index(old) - text.index(words)) > 50
    return words, text, text.replace(old, new)


OTHERS += [
    far("The army of Armenia said in a statement issued in the early hours of Sept. 13 that 50 men fell.", "50 men"),
    far("The army of Armenia said in a statement of the morning, read by Capt. Smith, that 50 men fell.", "50 men"),
    far("The army of Armenia, as the web site of Yahoo! News had it in the evening, said 50 men fell.", "50 men"),
    far("The army of Armenia said that in the night and in the early morning… 50 men fell.", "50 men"),
    far("The army of Armenia said that in the night (around 3 a.m.? Later?) and so on 50 men fell.", "50 men"),
    far("“50 men fell there. We call for a halt to the attacks,” the army of Armenia said.", "50 men"),
    far("“50 men fell there, and all of them were young! Stop.” The army of Armenia said no more.", "50 men"),
    far('"50 men fell there. We call for a halt to the attacks," the army of Armenia said.', "50 men"),
    far("'50 men fell there. We call for a halt to the attacks,' the army of Armenia said.", "50 men"),
    far("„50 Soldaten fielen dort. Wir fordern ein Ende der Angriffe“, so das Militär von Armenia.", "50 Soldaten"),
    far("He went on. 50 men fell there. We call for a halt to the attacks,” the army of Armenia said.", "50 men"),
    far("50 men fell in the night near the lake and near the town. – Ministry of Defence of Armenia", "50 men"),
    far("50 men fell in the night near the lake and near the town. (Ministry of Armenia)", "50 men"),
    far("Министерство Армении сообщило о том, что по состоянию на вечер 13 сент. 2022 года пали 50 человек.",
        "50 человек", "Армении", "Азербайджана"),
    far("Министерство Армении сообщило, со ссылкой на данные, что их привёл проф. Иванов, что пали 50 человек.",
        "50 человек", "Армении", "Азербайджана"),
    far("Հայաստանի նախարարությունը հայտնել է գիշերը և առավոտյան ժամերին. Գորիսի մոտ զոհվել է 50 զինծառայող։",
        "50 զինծառայող", "Հայաստանի", "Ադրբեջանի"),
]  # fmt: skip


@pytest.mark.parametrize(("exact", "before", "after"), OTHERS)
def test_the_same_words_in_a_changed_sentence_are_not_placed(exact: str, before: str, after: str) -> None:
    for found in select(before, exact):
        assert isinstance(resolve_target(after, found), Unplaced)
        assert not any(proposal.same for proposal in propose(after, found))


def test_a_context_shorter_than_the_sentence_does_not_hold_in_another_text() -> None:
    before = "Azerbaijan said at night that 50 personnel were killed."
    short = target("50 personnel", prefix="that ", suffix=" were", start=30, text_sha256=digest(before))
    assert isinstance(resolve_target(before, short), Placed)
    assert isinstance(resolve_target(before.replace("Azerbaijan", "Armenia"), short), Unplaced)


def test_a_sentence_that_stands_twice_in_the_changed_text_is_not_certain() -> None:
    before = "Shells fell in the night on the town. The ministry denied this."
    found = resolve_target(f"{before}\n\nA day went by. The ministry denied this.", chosen(before, "denied this"))
    assert found == Unplaced("the text has changed, and the sentence stands there more than once")


def test_the_paragraphs_may_be_others() -> None:
    before = "Shells fell on Goris. The ministry denied this. A day went by."
    after = "Shells fell on Goris.\n\nThe ministry denied this. A day went by."
    assert resolve_target(after, chosen(before, "ministry denied")) == Placed(27, 42, 3)


def test_words_that_run_over_paragraphs_are_refused() -> None:
    refused = Unplaced("the words run from paragraph 1 to 2; a target stays in one")
    assert resolve_target(TEXT, target("were killed.\n\nIt called", prefix="Azerbaijani soldiers ")) == refused
    over = {"start": TEXT.index("killed.\n"), "text_sha256": digest(TEXT)}
    assert resolve_target(TEXT, target("killed.\n\nIt", **over)) == refused


SAME = [
    ('called for a "halt"', "called for a “halt”"),
    ("Armenia's forces", "Armenia’s forces"),
    ("re-erupted between", "re-erupted\u00a0between"),
    ("re-erupted", "re‑erupted"),
    ("6 500", "6\u00a0500"),
    ("Գորիս", "Գո\u00adրիս"),
    ("Goris", "Go\u200bris"),
    ("Gədəbəy, Şuşa", unicodedata.normalize("NFD", "Gədəbəy, Şuşa")),
    (unicodedata.normalize("NFD", "Йеменский"), "Йеменский"),
]


@pytest.mark.parametrize(("exact", "printed"), SAME)
def test_the_same_words_in_another_typing_are_found_whole(exact: str, printed: str) -> None:
    text = f"Before {printed} after."
    assert resolve_target(text, target(exact)) == Placed(7, 7 + len(printed), 3)


@pytest.mark.parametrize("exact", [" ", "\u00ad", "\u00a0"])
def test_white_space_is_nothing_to_look_for(exact: str) -> None:
    assert resolve_target(TEXT, target(exact)) == Unplaced("there are no words to look for")


def test_no_words_means_the_article_as_a_whole() -> None:
    assert resolve_target(TEXT, Target()) == Placed(0, 0, 1)


@given(st.text(alphabet="ab 1“”\"’'é\u0301\u00ad\u00a0", max_size=40), st.data())
def test_what_is_placed_reads_like_the_words(text: str, data: st.DataObject) -> None:
    exact = data.draw(st.text(alphabet="ab 1“\"’'é", min_size=1, max_size=6))
    match resolve_target(text, target(exact)):
        case Placed(start, end, 1 | 2):
            assert text[start:end] == exact
        case Placed(start, end):
            alike = str.maketrans({"“": '"', "”": '"', "’": "'", "\u00a0": " ", "\u00ad": None})
            assert unicodedata.normalize("NFC", text[start:end]).translate(alike) == exact.translate(alike)
        case Unplaced():
            assert exact.strip() == "" or len(text.split(exact)) != 2 or normal(text).count(normal(exact)) > 1 or any(
                Reading(text).cuts(at) or unicodedata.combining(text[at : at + 1] or " ")
                for at in (text.index(exact), text.index(exact) + len(exact))
            )  # fmt: skip


@given(st.text(alphabet="0123 .,’-−\n\t\u00a0()aЖ٣", max_size=40), st.sampled_from(["", "1 " * 150, "9" * 450]))
def test_whether_a_number_goes_on_is_told_from_what_is_around(text: str, long: str) -> None:
    reading = Reading(text + long + text)
    for at in range(1, len(reading.text)):
        inside = any(start < at < end for start, end in zip(*reading._numbers, strict=True))
        digits = reading.text[at - 1].isdecimal() or reading.text[at].isdecimal()
        assert not digits or reading._in_number(at) == inside


def test_every_span_of_the_normal_form_leads_back() -> None:
    for text in ("a\n\nb “c”", "e\u0301 a\u00ad\n\nb", "\n\n\n\u00ad", "и\u0301\n\nи"):
        reading = Reading(text)
        for start in range(len(reading.plain)):
            for end in range(start + 1, len(reading.plain) + 1):
                if span := reading.span(start, end):
                    assert normal(text[slice(*span)]) == reading.plain[start:end]


def test_a_proposal_says_what_differs_and_whether_that_decides() -> None:
    before = chosen("Azerbaijan said that at least 49 of its soldiers had died.", "at least 49 of its soldiers")
    number = "Azerbaijan said that at least 50 of its soldiers had died."
    side = "Armenia said that at least 49 of its soldiers had died."
    typing = "Azerbaijan said that at least 49 of its soldeirs had died."
    assert propose(number, before) == [Proposal(21, 48, 0.92, False, ("49 → 50",))]
    assert [(p.same, p.differs) for p in propose(side, before)] == [(False, ("Azerbaijan → Armenia",))]
    assert [(p.same, p.differs) for p in propose(typing, before)] == [(True, ("soldiers → soldeirs",))]
    assert propose("Nothing of the kind.", before) == []


SLIPS = [
    ("the northern district", "northern", "southern"),
    ("men who were armed", "armed", "unarmed"),
    ("a million people", "million", "billion"),
    ("some thirteen men", "thirteen", "thirty"),
    ("some fifteen men", "fifteen", "fourteen"),
    ("the claim is legal", "is legal", "is not legal"),
    ("the claim is not legal", "is not legal", "is legal"),
    ("the claim is legal", "legal", "illegal"),
    ("the men were attacked", "attacked", "attached"),
    ("и они были вооружены", "вооружены", "невооружены"),
    ("и они вошли в село", "вошли", "вышли"),
    ("там миллион жителей", "миллион", "миллиард"),
    ("bu rəqəm təsdiq edilir", "edilir", "edilmir"),
    ("五十名士兵死亡", "五十", "四十"),
]


@pytest.mark.parametrize(("words", "old", "new"), SLIPS)
def test_a_word_more_less_or_other_is_not_the_same(words: str, old: str, new: str) -> None:
    for before in ("", "in the morning, as it was said there, "):
        text = before + words
        for proposal in propose(text.replace(old, new), chosen(text, words)):
            assert not proposal.same


@pytest.mark.parametrize(
    ("old", "new"), [("soldiers", "soldeirs"), ("committee", "comittee"), ("definitely", "definately")]
)
def test_a_slip_within_a_long_small_word_is_the_same(old: str, new: str) -> None:
    (found,) = propose(f"the {new} had gone by then", chosen(f"the {old} had gone by then", "had gone"))
    assert found.same


@given(st.text(max_size=80), st.text(min_size=1, max_size=20))
def test_proposals_lie_in_the_text(text: str, exact: str) -> None:
    for proposal in propose(text, target(exact)):
        assert 0 <= proposal.start < proposal.end <= len(text)


def bench() -> ModuleType:
    """The mutation set of the measurement, which is no package."""
    path = Path(__file__).resolve().parents[1] / "bench/anchoring.py"
    spec = importlib.util.spec_from_file_location("anchoring", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["anchoring"] = module
    sys.path.insert(0, str(path.parent))
    spec.loader.exec_module(module)
    return module


def test_a_slice_of_the_mutation_set_has_no_wrong_placement() -> None:
    made = bench()
    tallies = made.measure(2000, 7, made.INVENTED) | made.far_ends(120, 7)
    assert {name: tally.wrong for name, tally in tallies.items() if tally.wrong} == {}
    assert tallies["nothing"].right == tallies["nothing"].cases
    assert {name for name, tally in tallies.items() if tally.right <= tally.there / 6} == set()


def test_claims_whose_speaker_may_have_changed_are_not_renewed() -> None:
    cases, placed, renewed = bench().beyond(40, 7)
    assert (cases, renewed) == (40, 0) and placed > 20
