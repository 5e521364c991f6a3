"""Claims grouped and compared: moments, origins, what follows what, what differs, and wordings word by word."""

from __future__ import annotations

from datetime import UTC, timedelta, timezone
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotated_archive.claims.groups import NAMED, Group, groups, repeated
from annotated_archive.claims.index import index
from annotated_archive.claims.moments import moment, zone_of, zone_words
from annotated_archive.claims.sides import side_of
from annotated_archive.claims.units import unit
from annotated_archive.claims.words import LEFT_OUT, compared
from annotated_archive.records import yamlio
from annotated_archive.records.annotation import Annotation
from annotated_archive.records.authority import Actor, Place
from annotated_archive.records.claim import Measure, Value
from annotated_archive.records.dates import DateError
from annotated_archive.store import AnnotationFile

YEREVAN = timezone(timedelta(hours=4))


def made(identifier: str, amount: dict[str, Any], as_of: str = "2022-09-13", **fields: Any) -> AnnotationFile:
    """A claim in a cited work; `relations` as {type: id}."""
    relations = [{"type": kind, "claim": other} for kind, other in fields.pop("relations", {}).items()]
    claim = {
        "event": "fighting", "measure": "deaths", "subject": {"side": "armenia", "category": "servicemen"},
        "value": {"as_written": "so many", **amount}, "as_of": as_of, "claimant": "ministry", "stance": "own-losses",
    } | fields  # fmt: skip
    record = {
        "id": identifier, "kind": "claim", "work": "a-work", "targets": [{"part": "body"}], "claim": claim,
        "relations": relations, "author": {"name": "A reader"}, "created": "2026-11-22T10:00:00Z",
        "license": "CC-BY-4.0", "status": "open",
    }  # fmt: skip
    return AnnotationFile(Annotation.model_validate(record), f"{identifier}.yml", yamlio.Document(None, {}), "a-work")


def by_id(*files: AnnotationFile) -> dict[str, AnnotationFile]:
    return {file.record.id: file for file in files}


def shown(found: list[Group]) -> list[tuple[str | None, str | None, list[str]]]:
    return [(group.side, group.category, [figure.id for figure in group.figures]) for group in found]


@pytest.mark.parametrize(
    ("as_of", "stamp", "precision", "words"),
    [
        ("2022-09-14T20:00:00+04:00", "2022-09-14T20:00", "hour", "14 September 2022, 20:00"),
        ("2022-09-14T20:00:00Z", "2022-09-15T00:00", "hour", "15 September 2022, 00:00"),
        ("2022-09-13", "2022-09-13T23:59", "day", "end of 13 September 2022"),
        ("2022-09", "2022-09-30T23:59", "month", "end of September 2022"),
        ("2022-02", "2022-02-28T23:59", "month", "end of February 2022"),
        ("[2022-09-13..2022-09-14]", "2022-09-14T23:59", "span", "end of 14 September 2022"),
        ("{2022-09-13,2022-09-15}", "2022-09-15T23:59", "span", "end of 15 September 2022"),
        ("2022-09-12/2022-09-14", "2022-09-14T23:59", "span", "end of 14 September 2022"),
        ("2022", "2022-12-31T23:59", "span", "end of 31 December 2022"),
        ("2022-09-13/..", "", "open", "time not recorded"),
    ],
)  # fmt: skip
def test_a_claim_counts_as_reported_by_the_last_moment_its_date_can_mean(
    as_of: str, stamp: str, precision: str, words: str
) -> None:
    found = moment(as_of, YEREVAN)
    assert (found.stamp, found.precision, found.words) == (stamp, precision, words)


def test_a_moment_needs_a_date() -> None:
    with pytest.raises(DateError):
        moment("soon", UTC)


def test_moments_go_by_time_and_open_ones_come_last() -> None:
    dates = ["2022-09-13/..", "2022-09", "2022-09-13", "2022-09-13T23:00:00+04:00", "2022-09-12T23:00:00Z"]
    ordered = sorted(dates, key=lambda as_of: moment(as_of, YEREVAN))
    assert ordered == ["2022-09-12T23:00:00Z", "2022-09-13T23:00:00+04:00", "2022-09-13", "2022-09", "2022-09-13/.."]


def test_the_zone_is_the_one_most_hours_are_given_in() -> None:
    assert zone_of(["2022-09-13", "2022-09"]) is None
    hours = ["2022-09-13T10:00:00+04:00", "2022-09-13T09:00:00+03:00", "2022-09-14T20:00:00+04:00", "2022-09-13"]
    assert zone_of(hours) == YEREVAN
    assert [zone_words(timezone(timedelta(minutes=m))) for m in (240, 0, -210)] == ["UTC+04:00", "UTC", "UTC−03:30"]


def test_an_actor_speaks_for_its_side_and_others_for_themselves() -> None:
    armenia = Place(id="armenia", kind="place", type="country", name="Armenia")
    ministry = Actor(id="ministry", kind="actor", type="ministry", name="Ministry", side="armenia")
    stray = Actor(id="stray", kind="actor", type="ministry", name="Stray", side="nowhere")
    entities = {entity.id: entity for entity in (armenia, ministry, stray)}
    sides = [side_of(entities, one) for one in ("ministry", "armenia", "stray", "unknown")]
    assert sides == ["armenia", "armenia", "stray", "unknown"]


def test_every_measure_has_a_unit() -> None:
    units = {measure: unit(measure) for measure in get_args(Measure)}
    assert (units["deaths"], units["territory"]) == ("people", "square kilometres")
    assert (units["duration"], units["damage"]) == ("days", "things hit")


def test_what_repeats_is_joined_whichever_way_it_points() -> None:
    files = by_id(
        made("claimaaa", {"number": 1}, relations={"repeats": "claimbbb"}),
        made("claimbbb", {"number": 1}, as_of="2022-09-14"),
        made("claimccc", {"number": 1}, relations={"repeats": "claimbbb"}),
        made("claimddd", {"number": 1}, relations={"repeats": "missing1", "confirms": "claimaaa"}),
        made("claimeee", {"number": 1}, relations={"repeats": "claimeee"}),
    )
    together = ("claimbbb", "claimaaa", "claimccc")  # the origin first, though it is dated later
    assert repeated(files) == dict.fromkeys(together, together)


def test_different_sides_and_categories_are_never_in_one_group() -> None:
    dead = {"side": "armenia", "category": "dead-and-missing"}
    files = by_id(
        made("claimall", {"number": 9}, subject={"all": True, "category": "servicemen"}, stance="third-party"),
        made("claimaze", {"number": 9}, subject={"side": "azerbaijan", "category": "servicemen"}),
        made("claimarm", {"number": 9}),
        made("claimdam", {"number": 8}, subject=dead),
    )
    found = groups(files)
    assert shown(found) == [
        ("armenia", "dead-and-missing", ["claimdam"]),
        ("armenia", "servicemen", ["claimarm"]),
        ("azerbaijan", "servicemen", ["claimaze"]),
        (None, "servicemen", ["claimall"]),
    ]
    assert all(figure.differs == () for group in found for figure in group.figures)


def test_a_figure_printed_twice_is_one_figure() -> None:
    files = by_id(
        made("claimone", {"number": 6500}), made("claimtwo", {"number": 6500}, relations={"repeats": "claimone"})
    )
    [group] = groups(files)
    [figure] = group.figures
    assert (figure.id, [also.record.id for also in figure.also]) == ("claimone", ["claimtwo"])


def test_a_figure_is_followed_by_the_next_of_its_voice_or_by_what_updates_it() -> None:
    files = by_id(
        made("claimaaa", {"number": 49}),
        made("claimbbb", {"number": 105}, as_of="2022-09-14"),
        made("claimccc", {"number": 135}, "2022-09-16", claimant="council", relations={"updates": "claimbbb"}),
        made("claimddd", {"number": 200}, "2022-09-17", stance="third-party"),
        made("claimeee", {"number": 50}, "2022-09-18", claimant="other"),
    )
    [group] = groups(files)
    assert {figure.id: figure.successor for figure in group.figures} == {
        "claimaaa": "claimbbb", "claimbbb": "claimccc", "claimccc": None, "claimddd": None, "claimeee": None,
    }  # fmt: skip


def test_figures_of_one_hour_do_not_follow_each_other() -> None:
    [group] = groups(by_id(made("claimaaa", {"number": 42}), made("claimbbb", {"number": 50})))
    assert [(f.id, f.successor, f.differs) for f in group.figures] == [
        ("claimaaa", None, ("claimbbb",)),
        ("claimbbb", None, ("claimaaa",)),
    ]


AMOUNTS = st.one_of(
    st.builds(lambda n: {"number": n}, st.integers(0, 4)),
    st.builds(lambda n: {"min": n}, st.integers(0, 4)),
    st.builds(lambda n: {"max": n}, st.integers(0, 4)),
    st.builds(lambda n, more: {"min": n, "max": n + more}, st.integers(0, 4), st.integers(0, 2)),
)


@given(st.lists(st.tuples(AMOUNTS, st.integers(1, 9), st.integers(0, 11)), max_size=30))
def test_figures_differ_that_stand_together_and_cannot_both_be_true(claims: list[tuple[Any, int, int]]) -> None:
    files = by_id(*(
        made(f"claim{number:03}", amount, f"2022-09-{day:02}", claimant=f"voice-{voice}")
        for number, (amount, day, voice) in enumerate(claims)
    ))  # fmt: skip
    for group in groups(files):
        day = {figure.id: figure.at for figure in group.figures}
        ends = {figure.id: day.get(figure.successor or "") for figure in group.figures}
        for figure in group.figures:
            others = []
            for other in group.figures:
                earlier, later = (figure, other) if figure.at <= other.at else (other, figure)
                end = ends[earlier.id]
                together = figure.at == other.at or end is None or later.at < end
                if figure is not other and together and _apart(figure.claim.value, other.claim.value):
                    others.append(other.id)
            assert (figure.differs, figure.differing) == (tuple(others[:NAMED]), len(others))


def _apart(one: Value | None, other: Value | None) -> bool:
    assert one and other
    low, high = (one.number, one.number) if one.number is not None else (one.min, one.max)
    least, most = (other.number, other.number) if other.number is not None else (other.min, other.max)
    below = high is not None and least is not None and high < least
    return below or (low is not None and most is not None and most < low)


def test_only_figures_that_stand_at_the_same_time_differ() -> None:
    theirs = {"claimant": "their-ministry", "stance": "opponent-losses"}
    files = by_id(
        made("claimaaa", {"number": 49}),
        made("claimbbb", {"number": 105}, as_of="2022-09-14"),
        made("claimccc", {"number": 450}, as_of="2022-09-15", **theirs),
        made("claimddd", {"number": 222}, as_of="2023-04"),
        made("claimeee", {"min": 100}, as_of="2022-09-15", claimant="watch", stance="third-party"),
    )
    [group] = groups(files)
    assert {figure.id: figure.differs for figure in group.figures} == {
        "claimaaa": (), "claimbbb": ("claimccc",), "claimccc": ("claimbbb", "claimddd"), "claimeee": (),
        "claimddd": ("claimccc",),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ({"number": 49}, {"number": 49.0}, True),
        ({"number": 49}, {"number": 50}, False),
        ({"min": 49}, {"number": 105}, True),
        ({"min": 140, "max": 150}, {"number": 10}, False),
        ({"min": 140, "max": 150}, {"min": 10}, True),
        ({"max": 9}, {"min": 10}, False),
    ],
)
def test_figures_differ_when_they_cannot_be_true_together(
    one: dict[str, Any], other: dict[str, Any], together: bool
) -> None:
    [group] = groups(by_id(made("claimaaa", one), made("claimbbb", other, claimant="other")))
    assert [bool(figure.differs) for figure in group.figures] == [not together] * 2


def test_the_index_knows_every_claim_by_what_it_is_about() -> None:
    position = {"measure": None, "subject": None, "value": None, "stance": None}
    answer = made("claimqqq", {"number": 1}, position={"question": "who", "as_quoted": "they"}, **position)
    later = made("claimbbb", {"number": 2}, as_of="2022-09-15", relations={"disputes": "claimaaa"})
    found = index(by_id(later, answer, made("claimaaa", {"number": 1})))
    assert {event: {m: list(c) for m, c in measures.items()} for event, measures in found.figures.items()} == {
        "fighting": {"deaths": ["claimaaa", "claimbbb"]}
    }
    assert list(found.answers["who"]) == ["claimqqq"]
    assert [file.record.id for file in found.made["ministry"]] == ["claimqqq", "claimaaa", "claimbbb"]
    assert [file.record.id for file in found.pointing["claimaaa", "disputes"]] == ["claimbbb"]


def test_wordings_are_compared_word_by_word() -> None:
    first, second = compared(["We urge an end, immediately.", f"We call for an {LEFT_OUT} end."])
    assert [(run.kind, run.text) for run in first] == [
        ("same", "We "), ("other", "urge "), ("same", "an end"), ("other", ", immediately"), ("same", "."),
    ]  # fmt: skip
    assert [(run.kind, run.text) for run in second] == [
        ("same", "We "), ("other", "call for "), ("same", "an "), ("same", f"{LEFT_OUT} "), ("same", "end"),
        ("gap", ""), ("same", "."),
    ]  # fmt: skip


@given(st.lists(st.text(alphabet="ab ,.’-\n", max_size=30), min_size=1, max_size=4))
def test_the_runs_of_a_wording_are_the_wording(wordings: list[str]) -> None:
    runs = compared(wordings)
    assert ["".join(run.text for run in own) for own in runs] == wordings
    assert all(run.kind != "gap" for run in runs[0])


@given(st.text(max_size=40))
def test_equal_wordings_do_not_differ(wording: str) -> None:
    assert all(run.kind == "same" for own in compared([wording, wording]) for run in own)
