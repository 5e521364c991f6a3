"""The resolved archive: backlinks with their sentences, what is named together, relations, holders, the timeline."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotated_archive.graph import Graph, Related, Relation, references, resolve, sentence_spans
from annotated_archive.records.authority import Treaty, citations
from annotated_archive.store import Archive, load
from language import Files, actor, archive, article, event, place, treaty, works

TOWNS = {**place("goris"), **place("kapan"), **place("sotk"), **works("a-work")}


def graph(folder: Path, *parts: Files) -> Graph:
    """The resolved archive of some files."""
    return resolve(load(archive(folder, *parts).root))


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """An archive of three towns and an article, read once."""
    made = archive(tmp_path_factory.mktemp("graph"), TOWNS, place("goris", forms=["Գորիս"]), article("a", "Goris."))
    return load(made.root)


def backlinks(of: Graph, entity: str) -> dict[str, list[tuple[int, str]]]:
    """An entity's backlinks as article → [(block, sentence with the mentions in brackets)]."""
    shown: dict[str, list[tuple[int, str]]] = {}
    for backlink in of.backlinks.get(entity, ()):
        file = of.archive.articles[backlink.article]
        lines = shown.setdefault(backlink.article, [])
        for sentence in backlink.sentences:
            text = file.body if sentence.block else file.record.title
            words, at = "", sentence.start
            for start, end in sentence.marks:
                words += f"{text[at:start]}[{text[start:end]}]"
                at = end
            lines.append((sentence.block, words + text[at : sentence.end]))
    return shown


class TestBacklinks:
    def test_sentences_grouped_by_article_in_the_order_of_dates(self, tmp_path: Path) -> None:
        made = graph(
            tmp_path,
            TOWNS,
            article("b", "Kapan first. Goris too! None here. Then Goris.", date="2022-09-13", date_source="page"),
            article("a", "On Goris.", date="[2022-09-14..2022-09-15]", date_source="page"),
            article("c", "Of Goris.\n\nNot here.\n\nOf “Goris”?", title="Goris"),
        )
        assert backlinks(made, "goris") == {
            "b": [(1, "[Goris] too!"), (1, "Then [Goris].")],
            "a": [(1, "On [Goris].")],
            "c": [(0, "[Goris]"), (1, "Of [Goris]."), (3, "Of “[Goris]”?")],
        }
        assert list(backlinks(made, "goris")) == ["b", "a", "c"]
        assert [backlink.mentions for backlink in made.backlinks["goris"]] == [2, 1, 3]
        assert "sotk" not in made.backlinks

    def test_those_of_some_articles_are_found_without_the_others(self, tmp_path: Path) -> None:
        closed = {"rights": {"statement": "Theirs.", "publish": "metadata"}}
        made = graph(
            tmp_path, TOWNS, article("a", "Goris.", date="2022-09-13", date_source="page"), article("b", "Kapan."),
            article("c", "Goris? Goris!", title="Kapan"), article("d", "", places=["goris"], **closed),
        )  # fmt: skip
        for entity, found in made.backlinks.items():
            of = {link.article: (link.mentions, link.sentences) for link in found}
            assert made.named.mentioned_in(entity) == [(one, mentions) for one, (mentions, _) in of.items()]
            for asked in (["d", "c", "b", "a"], ["c"], []):
                some = made.named.backlinks_in(entity, asked)
                assert [(link.article, (link.mentions, link.sentences)) for link in some] == [
                    (one, of[one]) for one in asked if one in of
                ]
        assert [one for one, _ in made.named.mentioned_in("goris")] == ["a", "c", "d"]
        assert made.named.backlinks_in("nowhere", ["a"]) == [] == made.named.mentioned_in("nowhere")

    def test_two_mentions_in_one_sentence_are_one_sentence_with_two_marks(self, tmp_path: Path) -> None:
        made = graph(tmp_path, TOWNS, article("a", "First.\n\nGoris, Kapan and Goris again. Kapan."))
        assert backlinks(made, "goris") == {"a": [(2, "[Goris], Kapan and [Goris] again.")]}
        assert backlinks(made, "kapan") == {"a": [(2, "Goris, [Kapan] and Goris again."), (2, "[Kapan].")]}

    def test_abbreviations_and_quotations_do_not_end_a_sentence(self, tmp_path: Path) -> None:
        made = graph(
            tmp_path,
            TOWNS,
            article("a", "Mr. Smith of Goris said so. “It fell on Goris. Twice,” he said. Kapan saw it."),
        )
        assert backlinks(made, "goris") == {
            "a": [(1, "Mr. Smith of [Goris] said so."), (1, "“It fell on [Goris]. Twice,” he said.")]
        }

    def test_a_name_with_a_full_stop_keeps_its_sentence_whole(self, tmp_path: Path) -> None:
        states = place("states", name="the U.S.A. Department. Of State")
        made = graph(tmp_path, states, article("a", "Here the U.S.A. Department. Of State spoke. Then not."))
        ((_, sentence),) = backlinks(made, "states")["a"]
        assert "[the U.S.A. Department. Of State]" in sentence

    def test_armenian_sentences(self, tmp_path: Path) -> None:
        made = graph(
            tmp_path,
            place("goris", names=[{"text": "Գորիս", "lang": "hy", "cite": ["a-work"]}]),
            works("a-work"),
            article("a", "Գորիսում է։ Գորիս քաղաքում լուռ է։ Գորի՞ս եկան։", language="hy"),
        )
        assert backlinks(made, "goris") == {
            "a": [(1, "[Գորիսում] է։"), (1, "[Գորիս] քաղաքում լուռ է։"), (1, "[Գորի՞ս] եկան։")]
        }

    def test_a_language_nobody_knows(self, tmp_path: Path) -> None:
        made = graph(tmp_path, TOWNS, article("a", "One. Goris.", language="und"))
        assert backlinks(made, "goris") == {"a": [(1, "[Goris].")]}

    def test_an_editors_decision_is_a_mention(self, tmp_path: Path) -> None:
        made = graph(
            tmp_path, TOWNS, article("a", "The old town. Goris.", mentions=[{"exact": "old town", "id": "sotk"}])
        )
        assert backlinks(made, "sotk") == {"a": [(1, "The [old town].")]}


class TestSentences:
    def test_spans_leave_out_the_space_between(self) -> None:
        text = "One.  Two?\nThree"
        assert [text[a:b] for a, b in sentence_spans(text, "en")] == ["One.", "Two?", "Three"]

    def test_a_region_of_a_language(self) -> None:
        assert sentence_spans("One. Two.", "en-GB") == [(0, 4), (5, 9)]

    @given(
        st.lists(
            st.lists(
                st.sampled_from(
                    ["Goris", "Kapan", "Dr. ", ". ", "? ", "“", ".” ", "Գորի՞ս", "։ ", "\n", " ", "a", "…", "! "]
                ),
                min_size=1,
                max_size=12,
            ),
            max_size=4,
        ),
        st.sampled_from(["en", "hy", "az", "ru", "und"]),
    )
    def test_every_mention_stands_in_exactly_one_sentence(
        self, sound: Archive, parts: list[list[str]], language: str
    ) -> None:
        blocks = (" ".join("".join(words).split(" ")).strip() for words in parts)
        file = sound.articles["a"]
        file = replace(
            file,
            body="\n\n".join(block for block in blocks if block),
            record=file.record.model_copy(update={"language": language}),
        )
        made = resolve(replace(sound, articles={"a": file}))
        marks: list[Any] = []
        for entity, links in made.backlinks.items():
            for sentence in (s for link in links for s in link.sentences):
                marks += [(start, end, entity) for start, end in sentence.marks]
                assert all(sentence.start <= start < end <= sentence.end for start, end in sentence.marks)
                block = list(file.blocks())[sentence.block - 1]
                assert block.start <= sentence.start < sentence.end <= block.end
        assert sorted(marks) == [(m.start, m.end, m.entity) for m in made.mentions["a"].body]


class TestTogether:
    def test_counts_paragraphs_and_articles(self, tmp_path: Path) -> None:
        made = graph(
            tmp_path,
            TOWNS,
            article("a", "Goris, Kapan, Goris, Kapan.\n\nGoris and Kapan.\n\nSotk."),
            article("b", "Goris with Kapan and Sotk.\n\nGoris alone.", title="Sotk"),
        )
        assert made.together["goris"] == (Related("kapan", 3, 2), Related("sotk", 1, 1))
        assert made.together["sotk"] == (Related("goris", 1, 1), Related("kapan", 1, 1))

    def test_who_is_alone_has_no_company(self, tmp_path: Path) -> None:
        made = graph(tmp_path, TOWNS, article("a", "Goris.\n\nKapan."))
        assert made.together.get("goris", ()) == ()

    def test_blocks_hold_their_own_mentions(self, tmp_path: Path) -> None:
        made = graph(tmp_path, TOWNS, article("a", "Goris.\n\nNone.\n\nKapan, Goris."))
        file = made.archive.articles["a"]
        assert [
            (block.number, [file.body[m.start : m.end] for m in mentions])
            for block, mentions in made.block_mentions(file)
        ] == [(1, ["Goris"]), (2, []), (3, ["Kapan", "Goris"])]


class TestRelations:
    FILES: ClassVar[Files] = {
        **place("armenia", type="country", name="Armenia"),
        **place("syunik", type="province", within="armenia"),
        **place("goris", type="town", within="syunik", related=["kapan"]),
        **place("kapan", facts=[{"text": "Near Goris, on the Vorotan.", "says": "office", "cite": ["a-work"]}]),
        **actor("force", part_of=["office"]),
        **actor("office", side="armenia", offices=[{"title": "Office", "of": "force", "cite": ["a-work"]}]),
        **actor("union", type="international-organisation", members=["armenia"], members_cite=["another"]),
        **treaty("old-treaty", parties=["armenia", "union"], signed="1997", dates_cite=["a-work"], signed_at="goris"),
        **event("war", date="1991/1994", places=["goris"], actors=["force"], treaties=["old-treaty"]),
        **event("battle", date="1992", part_of_event="war", places=["goris"]),
        **works("a-work", "another"),
    }

    def test_what_other_records_say_of_an_entity(self, tmp_path: Path) -> None:
        made = graph(tmp_path, self.FILES)
        assert made.relations == {
            "armenia": (
                Relation("actor of this side", "office"),
                Relation("party to", "old-treaty"),
                Relation("contains", "syunik"),
                Relation("member of", "union"),
            ),
            "syunik": (Relation("contains", "goris"),),
            "goris": (Relation("event", "battle"), Relation("signed here", "old-treaty"), Relation("event", "war")),
            "kapan": (Relation("see also", "goris"),),
            "office": (Relation("part", "force"),),
            "force": (Relation("office holder", "office"), Relation("event", "war")),
            "union": (Relation("party to", "old-treaty"),),
            "old-treaty": (Relation("event", "war"),),
            "war": (Relation("part of this event", "battle"),),
        }

    def test_the_chain_of_holders(self, tmp_path: Path) -> None:
        made = graph(tmp_path, self.FILES)
        assert [place.id for place in made.chain(made.entities["goris"])] == ["syunik", "armenia"]
        assert made.chain(made.entities["armenia"]) == []

    def test_a_circle_of_holders_ends(self, tmp_path: Path) -> None:
        made = graph(tmp_path, place("one", within="two"), place("two", within="one"), place("lost", within="nowhere"))
        assert [place.id for place in made.chain(made.entities["one"])] == ["two", "one"]
        assert made.chain(made.entities["lost"]) == []

    def test_entities_whose_facts_name_an_entity(self, tmp_path: Path) -> None:
        made = graph(tmp_path, self.FILES, place("vorotan", facts=[{"text": "Vorotan, Goris.", "cite": ["a-work"]}]))
        assert made.named_in == {"goris": ("kapan", "vorotan"), "vorotan": ("kapan",)}

    def test_what_cites_a_work(self, tmp_path: Path) -> None:
        made = graph(tmp_path, self.FILES)
        assert made.cited_by == {
            "a-work": ("battle", "kapan", "office", "old-treaty", "war"),
            "another": ("union",),
        }
        work = made.work("a-work")
        assert work is not None and work.title == "A Work"
        assert made.work("goris") is None

    def test_references_and_citations_stand_at_their_paths(self) -> None:
        record = Treaty.model_validate(
            {
                "id": "t", "kind": "treaty", "type": "treaty", "name": "T", "parties": ["one", "two"],
                "signed_at": "goris",
                "names": [{"text": "T", "lang": "ru", "cite": ["w1", "w2"]}],
                "facts": [{"text": "F", "says": "one", "cite": ["w3"]}], "summary": "S", "summary_cite": ["w4"],
                "texts": [{"label": "L", "url": "https://archive.example/", "cite": ["w5"]}], "related": ["three"],
            }
        )  # fmt: skip
        assert sorted(references(record), key=str) == [
            (("facts", 0, "says"), "one"),
            (("parties", 0), "one"),
            (("parties", 1), "two"),
            (("related", 0), "three"),
            (("signed_at",), "goris"),
        ]
        assert sorted((path, works) for path, works in citations(record) if works) == [
            (("facts", 0, "cite"), ["w3"]),
            (("names", 0, "cite"), ["w1", "w2"]),
            (("summary_cite",), ["w4"]),
            (("texts", 0, "cite"), ["w5"]),
        ]


class TestTime:
    def test_the_timeline_sorts_by_the_end_of_what_a_date_begins_with(self, tmp_path: Path) -> None:
        wanted = ["1918/1920", "1988-02", "2022-09-13~", "[2022-09-13..2022-09-14]", "2022-09-14", "2023"]
        dates = dict(zip(["f", "e", "d", "c", "b", "a"], wanted, strict=True))
        made = graph(tmp_path, *(event(name, date=date) for name, date in dates.items()))
        assert [e.date for e in made.timeline] == wanted

    def test_events_of_one_day_by_their_time_then_their_id(self, tmp_path: Path) -> None:
        times = {
            "h": None, "g": "from 00:05 to 03:00 (local)", "f": "in the night", "e": "Morning", "d": "11:59", "c": None,
            "b": "12:30", "a": "evening", "z": "20:00", "y": "time unknown",
        }  # fmt: skip
        events = (event(name, **({"time": time} if time else {})) for name, time in times.items())
        made = graph(tmp_path, event("the-month", date="2022-09"), *events)
        assert [e.id for e in made.timeline] == ["g", "f", "e", "d", "c", "h", "y", "b", "a", "z", "the-month"]

    def test_a_larger_event_comes_before_what_happened_within_it(self, tmp_path: Path) -> None:
        made = graph(
            tmp_path,
            event("a-day", date="2022-09-13", part_of_event="the-month"),
            event("the-month", date="2022-09"),
            event("another-month", date="2022-09/2022-10"),
            event("z-day", date="2022-09-29"),
        )
        assert [e.id for e in made.timeline] == ["the-month", "a-day", "z-day", "another-month"]

    def test_articles_without_a_date_come_last(self, tmp_path: Path) -> None:
        made = graph(
            tmp_path,
            article("c", "x", date="2022-09-14", date_source="page"),
            article("a", "y", date=None),
            article("b", "z", date="2022-09-13", date_source="page"),
            article("d", "w", date="2022-09-13", date_source="page"),
        )
        assert [file.record.id for file in made.articles] == ["b", "d", "c", "a"]

    def test_the_articles_of_an_outlet(self, tmp_path: Path) -> None:
        made = graph(
            tmp_path,
            actor("gazette", type="outlet"),
            article("b", "x", source="gazette"),
            article("a", "y", source="gazette", date="2022", date_source="page"),
            article("c", "z"),
        )
        assert made.sources == {"gazette": ("a", "b")}


class TestAnnotations:
    def test_they_are_numbered_in_the_order_of_their_words(self, tmp_path: Path) -> None:
        targets = {
            "whole001": "{part: body}",
            "lost0001": "{exact: Sotk}",
            "kapan001": "{exact: Kapan}",
            "title001": "{part: title, exact: A}",
            "goris001": '{exact: Goris, suffix: ", again"}',
        }
        notes = {
            f"archive/annotations/a/{name}.yml": (
                f"id: {name}\nkind: note\narticle: a\ntargets:\n  - {target}\nbody: A note.\n"
                'author: {name: A reader}\ncreated: "2026-11-22T10:00:00Z"\nlicense: CC-BY-4.0\nstatus: open\n'
            )
            for name, target in targets.items()
        }
        made = graph(tmp_path, TOWNS, article("a", "Goris, again: Goris\n\nand Kapan."), notes)
        assert [
            (one.number, one.file.record.id, one.title, one.body, one.unplaced) for one in made.annotations["a"]
        ] == [
            (1, "title001", ((0, 1),), (), ()),
            (2, "goris001", (), ((0, 5),), ()),
            (3, "kapan001", (), ((25, 30),), ()),
            (4, "lost0001", (), (), ((0, "the words are not there"),)),
            (5, "whole001", (), (), ()),
        ]
