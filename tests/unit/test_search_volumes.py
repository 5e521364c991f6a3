"""Which documents are indexed together: by language and year, so that an addition leaves other volumes as they are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotated_archive.search.document import Named
from annotated_archive.search.volumes import Entry, Volume, primary, volumes


def entry(
    identifier: str, year: int | None = 2000, size: int = 10, kind: str = "article", language: str = "en"
) -> Entry:
    return Entry(identifier, kind, language, year, size, identifier, f"whole {identifier}")


def ids(made: list[Volume]) -> list[list[str]]:
    return [[entry.id for entry in volume.entries] for volume in made]


def test_little_text_is_one_volume_for_each_language() -> None:
    entries = [entry("b", 2020), entry("a", 1990, kind="claim"), entry("c", language="hy"), entry("d", None)]
    made = volumes(entries, small=30, large=30, few=9)
    assert ids(made) == [["a", "b", "d"], ["c"]]
    assert [volume.language for volume in made] == ["en", "hy"]


def test_a_language_with_few_texts_goes_with_the_main_one() -> None:
    entries = [entry("b"), entry("a"), entry("c", language="hy"), entry("d", language="ru", size=11)]
    made = volumes(entries, few=10)
    assert [(volume.language, ids([volume])) for volume in made] == [("en", [["a", "b", "c"]]), ("ru", [["d"]])]
    assert volumes([]) == []


def test_more_text_is_parted_by_year_and_articles_from_the_rest() -> None:
    entries = [
        *(entry(f"{year}-{n}", year) for year in (2001, 2000, 1999, 1998) for n in (2, 1)),
        *(entry(kind, kind=kind) for kind in ("annotation", "claim", "page")), entry("undated", None),
    ]  # fmt: skip
    assert ids(volumes(entries, small=30, large=45)) == [
        ["1998-1", "1998-2", "1999-1", "1999-2"],
        ["2000-1", "2000-2", "2001-1", "2001-2"],
        ["undated"],
        ["annotation", "claim"],
        ["page"],
    ]


def test_a_year_that_is_too_large_by_itself_is_cut_evenly() -> None:
    entries = [entry("0", 1999), *(entry(f"{n}", 2000) for n in range(1, 9)), entry("9", 2001)]
    assert ids(volumes(entries, small=0, large=30)) == [["0"], ["1", "2"], ["3", "4"], ["5", "6"], ["7", "8"], ["9"]]


def test_a_document_that_is_too_large_is_a_volume_of_its_own() -> None:
    assert ids(volumes([entry("a"), entry("b", size=99), entry("c")], small=0, large=30)) == [["a"], ["b"], ["c"]]


def test_an_article_more_changes_one_volume() -> None:
    entries = [entry(f"{year}-{n}", year) for year in range(1990, 2000) for n in range(3)]
    before = {volume.index_hash() for volume in volumes(entries, small=0, large=100)}
    after = {volume.index_hash() for volume in volumes([*entries, entry("1994-new", 1994)], small=0, large=100)}
    assert len(before) == 4
    assert len(after - before) == 1


def test_an_annotation_more_changes_one_volume() -> None:
    entries = [entry(f"annotations/{n}", kind="annotation") for n in range(100)]
    before = {volume.index_hash() for volume in volumes(entries, small=0, often=200)}
    more = [*entries, entry("annotations/new", kind="claim")]
    after = {volume.index_hash() for volume in volumes(more, small=0, often=200)}
    fewer = {volume.index_hash() for volume in volumes(entries[1:], small=0, often=200)}
    assert len(before) == len(after) == 8
    assert len(after - before) == len(fewer - before) == 1


@given(
    st.lists(
        st.tuples(
            st.one_of(st.none(), st.integers(1990, 1995)), st.integers(1, 60),
            st.sampled_from(["article", "claim", "place"]), st.sampled_from(["en", "ru"]),
        )
    )
)  # fmt: skip
def test_every_document_is_in_one_volume_and_none_is_too_large(drawn: list[tuple[int | None, int, str, str]]) -> None:
    entries = [entry(f"{number}", *rest) for number, rest in enumerate(drawn)]
    made = volumes(entries, small=40, large=100, few=0)
    assert sorted(entry.id for volume in made for entry in volume.entries) == sorted(entry.id for entry in entries)
    for volume in made:
        assert sum(entry.size for entry in volume.entries) <= 100
        assert {entry.language for entry in volume.entries} == {volume.language}
    assert made == volumes(list(reversed(entries)), small=40, large=100, few=0)


def test_an_index_is_named_by_texts_and_its_data_by_everything() -> None:
    volume = Volume("en", (entry("a"), entry("b")))
    redated = Volume("en", (entry("a"), entry("b")._replace(whole="another date")))
    reworded = Volume("en", (entry("a"), entry("b")._replace(texts="another text")))
    assert volume.index_hash() == redated.index_hash() != reworded.index_hash()
    assert volume.data_hash({}) != redated.data_hash({})


def test_data_are_named_by_what_the_entities_are_called_that_stand_in_them() -> None:
    volume = Volume("en", (entry("a")._replace(names=("goris",)), entry("b")._replace(names=("goris", "nobody"))))
    goris, kapan = (Named(name, "place", "town", name.title(), f"places/{name}") for name in ("goris", "kapan"))
    before = volume.data_hash({"goris": goris})
    assert volume.data_hash({"goris": goris, "kapan": kapan}) == before
    assert volume.data_hash({"goris": replace(goris, where="Syunik")}) == before, "it is not in them"
    assert len({before, volume.data_hash({"goris": replace(goris, name="Gorus")}), volume.data_hash({})}) == 3


def test_the_language_and_the_version_are_in_the_name_of_an_index() -> None:
    volume = Volume("en", (entry("a"), entry("b")))
    assert volume.index_hash() != replace(volume, language="hy").index_hash() != volume.index_hash("2")


@pytest.mark.parametrize(
    ("tag", "subtag"),
    [
        *[("en", "en"), ("en-GB", "en"), ("EN_us", "en"), ("hyw", "hyw"), ("zh-Hant-TW", "zh"), ("und", "und")],
        *[("", "und"), ("english", "und"), ("x-private", "und"), ("../../etc", "und"), ("en\n", "und"), ("e1", "und")],
    ],
)
def test_a_language_is_its_primary_subtag(tag: str, subtag: str) -> None:
    assert primary(tag) == subtag
