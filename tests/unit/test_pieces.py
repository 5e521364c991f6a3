"""What is remembered of each article is what would be found anew, whatever changed since it was written down."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotated_archive.graph import Graph, resolve
from annotated_archive.names import Matcher, Mention, pieces, pieces_of, remembered
from annotated_archive.names.context import Setting
from annotated_archive.names.gathered import NOTHING, packed, unpacked
from annotated_archive.names.matcher import Decided
from annotated_archive.records.authority import KINDS, Entity
from annotated_archive.store import Archive, EntityFile, load
from language import actor, archive, article, place, works

FILE = "build/links/pieces"
FILES = [
    place("goris"), place("kapan"), actor("outlet"), works("a-work"), article("a", "Goris and Kapan.\n\nOf Goris."),
    article("b", "Kapan alone.", title="On Goris", date="2022-09-13", date_source="page", source="outlet"),
]  # fmt: skip


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """An archive of two articles, read once."""
    return load(archive(tmp_path_factory.mktemp("pieces"), *FILES).root)


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """However few articles there are, what is found in them is written down."""
    monkeypatch.setattr(remembered, "WORTH", 0)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The titles of the articles whose pieces are made."""
    titles: list[str] = []
    real = pieces.make

    def make(matcher: Matcher, title: str, *others: Any) -> pieces.Piece:
        titles.append(title)
        return real(matcher, title, *others)

    monkeypatch.setattr(pieces, "make", make)
    return titles


def said(graph: Graph) -> dict[str, Any]:
    """All that a graph says of names, as plain values."""
    named = {*graph.entities, *graph.backlinks, *graph.together}
    return {
        "mentions": {one: (graph.mentions[one], graph.piece_digest(one)) for one in sorted(graph.mentions)},
        "lists": {one: graph.named.pieces.named(one) for one in graph.mentions},
        "backlinks": {
            one: [(link.article, link.mentions, link.sentences) for link in graph.backlinks.get(one, ())]
            for one in sorted(named)
        },
        "together": {one: graph.together.get(one) for one in sorted(named)},
        "digests": {one: (graph.backlink_digest(one), graph.together_digest(one)) for one in sorted(named)},
    }


def anew(of: Archive) -> dict[str, Any]:
    """The same for an archive of which nothing is remembered."""
    shutil.rmtree(of.root / "nothing", ignore_errors=True)
    return said(resolve(replace(of, root=of.root / "nothing")))


FORMS = [
    "Goris", "goris", "Goris region", "Kapan", "the town", "WHO", "Who", "UN", "Bond", "BOND", "Vladimir Putin",
    "Putin", "Dmitry Putin", "Գորիս", "ԳՈՐԻՍ", "Карабах", "Laçın rayonu", "Laçın", "Nagorny Karabakh", "Elm", "ΟΔΟΣ",
    "straße",
]  # fmt: skip
WORDS = [
    *FORMS, "Vladimir", "Kirill", "who", "bond", "GORIS", "ΟΔΟΣ'Α", "οδος", "Գորիսում", "Գորի՞ս", "Карабаха", "Laçında",
    "STRASSE", "Nagorny-Karabakh", "said", "Corp", "AND", "of", ",", ".", "“", "’s", "\n", "\n\n",
    "Go\u00adris", "Ka-\npan",
]  # fmt: skip
some = st.lists(st.sampled_from(FORMS), max_size=3, unique=True)
rule = st.builds(
    lambda form, **conditions: {"forms": [form], **{name: one for name, one in conditions.items() if one}},
    st.sampled_from(FORMS),
    **{"language": st.sampled_from(["en", "hy"]), "with": st.lists(st.sampled_from("abcd"), max_size=1),
       "source_in": st.sampled_from([None, "a"])},
)  # fmt: skip
KIND = [("place", "town"), ("actor", "person"), ("actor", "organisation"), ("treaty", "treaty")]


@st.composite
def entity(draw: st.DrawFn, identifier: str) -> Entity:
    """An entity with forms of all sorts."""
    kind, type_ = draw(st.sampled_from(KIND))
    names = [
        {"text": text, "lang": draw(st.sampled_from(["en", "hy", "az"])), "cite": ["a-work"]} for text in draw(some)
    ]
    return KINDS[kind].model_validate(
        {"id": identifier, "kind": kind, "type": type_, "name": draw(st.sampled_from(FORMS)), "names": names,
         "forms": draw(some), "weak": draw(some), "not": draw(some), "context": draw(st.lists(rule, max_size=1)),
         "facts": draw(st.sampled_from([[], [{"text": "A fact.", "cite": ["a-work"]}]]))}
    )  # fmt: skip


bodies = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(lambda words: " ".join(words).strip())


@st.composite
def states(draw: st.DrawFn) -> Iterator[list[tuple[dict[str, Entity], dict[str, tuple[Any, ...]]]]]:
    """An authority and some articles, three times: each with something changed."""
    entities = {one: draw(entity(one)) for one in draw(st.sets(st.sampled_from("abcd"), min_size=1))}
    languages = st.sampled_from(["en", "hy", "az", "ru", "tr", "de"])
    texts = {one: (draw(bodies), draw(bodies), draw(languages)) for one in "xyz"}
    found = [(dict(entities), dict(texts))]
    for _ in range(2):
        for one in draw(st.sets(st.sampled_from("abcd"), max_size=2)):
            if one in entities and draw(st.booleans()):
                del entities[one]
            else:
                entities[one] = draw(entity(one))
        for one in draw(st.sets(st.sampled_from("xyz"), max_size=1)):
            if one in texts and draw(st.booleans()):
                del texts[one]
            else:
                texts[one] = (draw(bodies), draw(bodies), draw(languages))
        found.append((dict(entities), dict(texts)))
    return found


@settings(max_examples=int(os.environ.get("ARCHIVE_CASES", "100")), suppress_health_check=list(HealthCheck))
@given(
    st.sets(st.sampled_from("abcd"), min_size=1).flatmap(lambda ids: st.tuples(*(entity(one) for one in sorted(ids)))),
    bodies, bodies, st.sampled_from(["en", "hy", "az", "ru", "tr", "de"]), st.integers(0, 3),
)  # fmt: skip
def test_a_text_is_read_with_its_own_forms_as_with_all(
    entities: tuple[Entity, ...], title: str, body: str, language: str, decided: int
) -> None:
    whole, few = Matcher(entities), Matcher(entities)
    few.known(whole.readings(), {one.id: one for one in entities}.__getitem__)
    parts = [(title, [Decided(0, decided, None)] if decided else []), (body, [])]
    found = few.find_in_parts(parts, Setting(language, "armenia"))
    assert found == whole.find_in_parts(parts, Setting(language, "armenia"))
    for (text, _), (mentions, _) in zip(parts, found, strict=True):
        assert few.inside(text, mentions) == whole.inside(text, mentions)
        assert few.find(text) == whole.find(text)
    assert "_forms" not in vars(few)


def test_many_texts_are_read_with_all_forms(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotated_archive.names.matcher._FEW", 20)
    goris = KINDS["place"].model_validate({"id": "goris", "kind": "place", "type": "town", "name": "Goris"})
    few = Matcher([goris])
    few.known(Matcher([goris]).readings(), {"goris": goris}.__getitem__)
    assert few.find("To Goris.") == ([Mention(3, 8, "goris")], []) and "_forms" not in vars(few)
    assert few.find("And to Goris again.") == ([Mention(7, 12, "goris")], []) and "_forms" in vars(few)


class TestRemembered:
    @settings(max_examples=int(os.environ.get("ARCHIVE_CASES", "25")), suppress_health_check=list(HealthCheck))
    @given(states())
    def test_after_any_changes_it_is_what_is_found_anew(self, sound: Archive, changed: Any) -> None:
        (sound.root / FILE).unlink(missing_ok=True)
        like = dict.fromkeys("xyz", sound.articles["a"])
        document = sound.entities["goris"].document
        for entities, texts in changed:
            now = replace(
                sound,
                entities={one: EntityFile(record, f"{one}.yml", document) for one, record in sorted(entities.items())},
                articles={
                    one: replace(
                        like[one], body=body,
                        record=like[one].record.model_copy(
                            update={"id": one, "title": title, "language": language, "source": "a"}
                        ),
                    )
                    for one, (title, body, language) in sorted(texts.items())
                },
            )  # fmt: skip
            assert said(resolve(now)) == anew(now)

    def test_nothing_is_made_twice(self, tmp_path: Path, made: list[str]) -> None:
        root = archive(tmp_path, *FILES).root
        first = said(resolve(load(root)))
        assert len(made) == 2
        data = (root / FILE).read_bytes()
        assert said(resolve(load(root))) == first
        assert len(made) == 2
        assert (root / FILE).read_bytes() == data

    def test_only_what_changed_is_made_again(self, tmp_path: Path, made: list[str]) -> None:
        files = archive(tmp_path, *FILES)
        resolve(load(files.root))
        made.clear()
        path = files.root / "archive/articles/a.md"
        path.write_text(path.read_text("utf-8").replace("Of Goris", "Of old Goris"), "utf-8")
        now = load(files.root)
        assert said(resolve(now)) == anew(now)
        assert len(made) == 3  # one, and two anew

    @pytest.mark.parametrize(
        ("entity", "titles"),
        [
            (place("goris", summary="A town."), []),
            (place("goris", forms=["Kapan alone"]), ["On Goris"]),
            (place("goris", weak=["Nowhere"]), []),
            (place("nothing", name="On"), ["On Goris"]),
            (actor("outlet", side="goris"), ["On Goris"]),
        ],
        ids=["a summary", "a form", "a form that stands nowhere", "a new entity", "the country of an outlet"],
    )
    def test_an_article_is_made_again_when_a_form_in_it_changed(
        self, tmp_path: Path, made: list[str], entity: Any, titles: list[str]
    ) -> None:
        root = archive(tmp_path, *FILES).root
        resolve(load(root))
        made.clear()
        for path, text in entity.items():
            (root / path).write_text(text, "utf-8")
        now = load(root)
        found = resolve(now)
        assert made == titles
        assert said(found) == anew(now)

    def test_an_article_that_is_gone_leaves_nothing_behind(self, tmp_path: Path) -> None:
        files = archive(tmp_path, *FILES, place("secret"), article("gone", "Secret."))
        resolve(load(files.root))
        (files.root / "archive/articles/gone.md").unlink()
        resolve(load(files.root))
        known, about = unpacked((files.root / FILE).read_bytes())
        assert list(known.stamps) == ["a", "b"] and "secret" not in known.entities
        assert b"gone" not in (files.root / FILE).read_bytes()
        assert about["forms"]

    @pytest.mark.parametrize("damage", [b"", b"x", b"\0" * 100, None])
    def test_a_damaged_file_is_made_anew(self, tmp_path: Path, made: list[str], damage: bytes | None) -> None:
        root = archive(tmp_path, *FILES).root
        first = said(resolve(load(root)))
        whole = (root / FILE).read_bytes()
        (root / FILE).write_bytes(whole[:-1] if damage is None else damage)
        assert said(resolve(load(root))) == first
        assert len(made) == 4
        assert (root / FILE).read_bytes() == whole

    def test_another_version_is_made_anew(
        self, tmp_path: Path, made: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        root = archive(tmp_path, *FILES).root
        resolve(load(root))
        monkeypatch.setattr(remembered, "version_of", lambda: "another")
        resolve(load(root))
        assert len(made) == 4

    def test_where_nothing_can_be_written_all_is_found(self, tmp_path: Path) -> None:
        root = archive(tmp_path, *FILES).root
        (root / "build").write_text("a file is in the way")
        now = load(root)
        assert said(resolve(now)) == anew(now)

    def test_what_a_killed_program_left_is_cleared_away(self, tmp_path: Path) -> None:
        root = archive(tmp_path, *FILES).root
        (root / FILE).parent.mkdir(parents=True)
        old, new = root / "build/links/.pieces.old", root / "build/links/.pieces.new"
        for left in (old, new):
            left.write_bytes(b"half")
        os.utime(old, (0, 0))
        resolve(load(root))
        assert sorted(path.name for path in (root / "build/links").iterdir()) == [".pieces.new", "pieces"]

    def test_many_processes_find_what_one_finds(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        many = [article(f"n{number:03}", f"Goris {number}.\n\nKapan, Goris.") for number in range(140)]
        now = load(archive(tmp_path, *FILES, *many).root)
        spread = said(resolve(now))
        monkeypatch.setattr("annotated_archive.store.cores.cores", lambda: 1)
        assert spread == anew(now)

    def test_what_facts_name_is_found_once(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        fact = {"text": "Goris lies near Kapan.", "cite": ["a-work"]}
        made = archive(tmp_path, *FILES, place("goris", facts=[fact], summary="A town.", summary_cite=["a-work"]))
        root = made.root
        assert resolve(load(root)).named_in == {"kapan": ("goris",)}
        monkeypatch.setattr(Matcher, "find", lambda *_: pytest.fail("looked for again"))
        assert resolve(load(root)).named_in == {"kapan": ("goris",)}
        monkeypatch.undo()
        path = root / "build/links/prose"
        assert b"town" not in path.read_bytes() and b"near" not in path.read_bytes()
        path.write_bytes(path.read_bytes().replace(b"kapan", b"sotk "))  # damaged
        assert resolve(load(root)).named_in == {"kapan": ("goris",)}
        file = root / "archive/authority/places/goris.yml"
        file.write_text(file.read_text("utf-8").replace("near Kapan", "near Sotk"), "utf-8")
        asked: list[str] = []
        find = Matcher.find
        monkeypatch.setattr(Matcher, "find", lambda self, text, *more: asked.append(text) or find(self, text, *more))
        assert resolve(load(root)).named_in == {} and asked == ["Goris lies near Sotk."]
        made.write(place("sotk"))  # now it is a name, and all is read again
        assert resolve(load(root)).named_in == {"sotk": ("goris",)}
        assert sorted(asked[1:]) == ["A town.", "Goris lies near Sotk."]

    def test_no_pieces_are_packed_too(self) -> None:
        found, about = unpacked(packed(NOTHING, {"version": "1"}))
        assert found.stamps == {} and about == {"version": "1"}
        assert found.company("goris") == [] and len(found.rows_of("goris")) == 0

    def test_the_pieces_of_an_archive_without_articles(self, tmp_path: Path) -> None:
        empty = load(archive(tmp_path, place("goris"), works("a-work")).root)
        assert pieces_of(empty, Matcher([])).stamps == {}
        assert dict(resolve(empty).backlinks) == {} == dict(resolve(empty).together)
