"""The names by which a reader can ask for an entity, and how each entity is called in a completion."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotated_archive.graph import resolve
from annotated_archive.search.document import Named
from annotated_archive.search.folding import folded
from annotated_archive.search.naming import names
from annotated_archive.store import load
from language import Files, actor, archive, event, place, treaty, works

CITE = ["a-work"]


def named(folder: Path, *parts: Files) -> tuple[dict[str, list[str]], dict[str, Named]]:
    """Entity → its forms; and the entities by id."""
    forms, entities = names(resolve(load(archive(folder, works("a-work"), *parts).root)))
    found: dict[str, list[str]] = {}
    for name in forms:
        found.setdefault(name.entity, []).append(name.form)
    return found, {entity.id: entity for entity in entities}


def test_forms_in_every_script_once_for_those_that_fold_alike(tmp_path: Path) -> None:
    forms, _ = named(tmp_path, place(
        "gadabay", name="Gədəbəy",
        names=[
            {"text": "Gədəbəy", "lang": "az", "cite": CITE},
            {"text": "Գետաբեկ", "lang": "hy", "cite": CITE},
            {"text": "Кедабек", "lang": "ru", "cite": CITE},
        ],
        forms=["Gedebey", "GƏDƏBƏY", "Kedabek"],
    ))  # fmt: skip
    assert {of: list(dict.fromkeys(texts)) for of, texts in forms.items()} == {
        "gadabay": ["Gədəbəy", "Գետաբեկ", "Кедабек", "Kedabek"]
    }


def test_a_name_in_other_letters_is_looked_up_in_latin_ones_too(tmp_path: Path) -> None:
    goris = place(
        "goris",
        names=[
            {"text": "Գորիս", "lang": "hy", "cite": CITE},
            {"text": "Герусы", "lang": "ru", "cite": CITE},
        ],
    )
    forms, _ = names(resolve(load(archive(tmp_path, works("a-work"), goris).root)))
    assert [(name.form, name.key) for name in forms] == [
        ("Goris", "goris"), ("Գորիս", "գորիս"), ("Герусы", "герусы"), ("Герусы", "gerusy"),
    ]  # fmt: skip


def test_weak_forms_name_nothing_by_themselves(tmp_path: Path) -> None:
    ministry = actor("defence-ministry", name="Ministry of Defence", forms=["MoD"], weak=["ministry", "MoD"])
    forms, _ = named(tmp_path, ministry)
    assert forms == {"defence-ministry": ["Ministry of Defence"]}


def test_a_double_name_is_found_by_both_halves(tmp_path: Path) -> None:
    forms, _ = named(tmp_path, place("khankendi", name="Khankendi / Stepanakert"))
    assert forms == {"khankendi": ["Khankendi / Stepanakert", "Khankendi", "Stepanakert"]}


def test_a_form_of_signs_alone_cannot_be_typed(tmp_path: Path) -> None:
    forms, _ = named(tmp_path, actor("office", name="Office", forms=["★ ★"]))
    assert (forms, folded("★ ★")) == ({"office": ["Office"]}, "")


def test_two_entities_can_share_a_form(tmp_path: Path) -> None:
    forms, _ = named(tmp_path, place("old-goris", name="Goris"), place("goris", name="Goris"))
    assert forms == {"goris": ["Goris"], "old-goris": ["Goris"]}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (
            place("goris", type="town", within="syunik"),
            Named("goris", "place", "Town", "Goris", "places/goris", "Syunik, Armenia"),
        ),
        (
            actor("the-staff", type="armed-force", side="armenia"),
            Named("the-staff", "actor", "Armed force", "The Staff", "actors/the-staff", "Armenia"),
        ),
        (actor("un"), Named("un", "actor", "Ministry", "Un", "actors/un")),
        (
            treaty("accord", signed="2020-11-10"),
            Named("accord", "treaty", "Treaty", "Accord", "treaties/accord", "10 November 2020"),
        ),
        (treaty("accord"), Named("accord", "treaty", "Treaty", "Accord", "treaties/accord")),
        (
            event("raid", date="[2022-09-13..2022-09-14]"),
            Named("raid", "event", "Fighting", "Raid", "events/raid", "13 or 14 September 2022"),
        ),
    ],
)  # fmt: skip
def test_how_an_entity_is_called(tmp_path: Path, files: Files, expected: Named) -> None:
    around = {**place("armenia", type="country"), **place("syunik", type="province", within="armenia")}
    _, entities = named(tmp_path, around, files)
    assert list(entities) == sorted(entities)
    assert entities[expected.id] == expected
