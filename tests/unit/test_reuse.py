"""Shared text: what counts as the same words, which passages are found, and what the page of an article says of it."""

from __future__ import annotations

import multiprocessing
import random
import re
import tempfile
import time
import unicodedata
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from annotated_archive.cli.sharing import Texts, told_shared
from annotated_archive.graph import resolve
from annotated_archive.pages import shared as shared_pages
from annotated_archive.records.text import digest
from annotated_archive.reuse import Found, Passage, Shared, against, shared
from annotated_archive.reuse import remembered as remembered_module
from annotated_archive.reuse.aligning import ALONE, LEAST, TOGETHER, runs, worth
from annotated_archive.reuse.arrays import Sharing
from annotated_archive.reuse.index import COMMON, Index
from annotated_archive.reuse.matching import Lookup
from annotated_archive.reuse.pairing import pairs
from annotated_archive.reuse.remembered import index, remembered
from annotated_archive.reuse.shingles import SHINGLE, WINDOW, kept
from annotated_archive.reuse.words import _MARKS, read, words
from annotated_archive.store import load
from language import actor, archive, article, readable

MARKS = "".join(f"{chr(first)}-{chr(last - 1)}" for first, last in _MARKS)
WORD = re.compile(rf"[{MARKS}]*[^\W_][^\W_{MARKS}]*(?:[{MARKS}]+[^\W_{MARKS}]+)*")
SAID = "we have made clear for a long time that there can be no military solution to the conflict in the valley"


def noise(seed: int, count: int) -> str:
    """Words that no other seed gives."""
    chance = random.Random(seed)
    return " ".join(f"{chance.choice('bcdfgk')}{seed}x{chance.randrange(10**6)}" for _ in range(count))


def pairs_of(texts: dict[str, str]) -> tuple[Shared, ...]:
    """What two and two of these texts share."""
    return shared(texts).pairs


def found(texts: dict[str, str]) -> list[tuple[str, str, int]]:
    """Which texts share how many words."""
    return [(one.article, one.other, one.words) for one in shared(texts).pairs]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“Armenia’s border,” he said", "Armenia's BORDER: he said"),
        ("Գորիսու՞մ կրակո՜ց", "գորիսում ԿՐԱԿՈՑ"),
        ("Şuşa", "şuşa"),
        ("ШУША", "шуша"),
        ("soft\u00adly", "softly"),
        ("كتَابٌ", "كتاب"),
        ("a_b", "a b"),
        ("Երևան ԵՐԵՎԱՆ Երեւան", "Երեւան Երևան ԵՐԵՒԱՆ"),
        ("её ёлка й", "ее елка и\u0306"),
        ("Café", "CAFE\u0301"),
        ("ISPARTA İzmir", "ısparta izmir"),
        ("Straße", "STRASSE"),
        ("ﬁrst ﬂight", "first flight"),
        ("한국", unicodedata.normalize("NFD", "한국")),
        ("ガ", unicodedata.normalize("NFD", "ガ")),
    ],
)
def test_case_punctuation_and_marks_make_no_other_word(one: str, other: str) -> None:
    assert list(words(one).numbers) == list(words(other).numbers)


@pytest.mark.parametrize(("one", "other"), [("ab c", "a bc"), ("ab", "ba"), ("a", "aa"), ("49", "50"), ("ა", "a")])
def test_other_words_have_other_numbers(one: str, other: str) -> None:
    assert list(words(one).numbers) != list(words(other).numbers)


@given(st.lists(st.text(st.sampled_from("abÄß ՚.'\n_9\u055eԳო\u0301😀"), max_size=30), min_size=1, max_size=6))
@example(["", "a", ""])
@settings(max_examples=200, deadline=None)
def test_words_stand_where_they_stand(texts: list[str]) -> None:
    marks = re.compile(f"[{MARKS}]")
    for text, found in zip(texts, read(texts), strict=True):
        said = [text[a:b] for a, b in zip(found.starts, found.ends, strict=True)]
        bare = marks.sub("", "".join(said))
        assert bare == re.sub(r"[\W_]", "", marks.sub("", text))
        assert all(re.fullmatch(r"[^\W_]+", marks.sub("", word)) for word in said)
        assert len(found.numbers) == len(re.findall(r"[^\W_]+", marks.sub("", text)))
        assert list(found.numbers) == [words(word).numbers[0] for word in said]


@given(st.integers(0, 10**6), st.integers(0, 60), st.integers(0, 60))
@settings(max_examples=60, deadline=None)
def test_a_run_that_two_texts_share_leaves_the_same_number_in_both(seed: int, before: int, after: int) -> None:
    chance = np.random.default_rng(seed)
    run = chance.integers(0, 1 << 63, SHINGLE + WINDOW - 1, dtype=np.uint64)
    one = np.concatenate([chance.integers(0, 1 << 63, before, dtype=np.uint64), run])
    other = np.concatenate([run, chance.integers(0, 1 << 63, after, dtype=np.uint64)])
    assert set(kept(one).tolist()) & set(kept(other).tolist())


def test_a_quotation_is_found_in_long_texts_and_told_by_its_place() -> None:
    one = f"{noise(1, 400)} “As {SAID},” he said. {noise(2, 200)}"
    other = f"{noise(3, 30)}\n\nAs {SAID.upper()}! {noise(4, 500)}"
    (result,) = pairs_of({"a": one, "b": other})
    passage = result.passages[0]
    assert (result.article, result.other, result.words) == ("a", "b", 22)
    assert one[passage.start : passage.end] == f"As {SAID}"
    assert other[passage.other_start : passage.other_end] == f"As {SAID.upper()}"
    assert result.share == round(22 / 552, 4)


def test_a_quotation_that_was_cut_is_several_passages() -> None:
    half = SAID.split()
    cut = " ".join([*half[:10], "…", "said", "officials", *half[11:]])
    (result,) = pairs_of({"a": f"{noise(1, 50)} {SAID}", "b": f"{cut} {noise(2, 50)}"})
    assert [passage.words for passage in result.passages] == [10, 10]


def test_a_phrase_that_may_stand_anywhere_is_not_told() -> None:
    few = " ".join(SAID.split()[: ALONE - 1])
    assert found({"a": f"{noise(1, 50)} {few}", "b": f"{few} {noise(2, 50)}"}) == []
    many = np.zeros(99, dtype=np.uint32)
    assert worth(many, [(0, 0, ALONE)]) and not worth(many, [(0, 0, ALONE - 1)])
    assert worth(many, [(0, 0, LEAST), (20, 20, TOGETHER - LEAST)])
    assert worth(many + 1, [(0, 0, 2 * ALONE)]) and not worth(many + 1, [(0, 0, 2 * ALONE - 1)])


def test_passages_in_another_order_are_found() -> None:
    one, other = noise(1, 20), noise(2, 20)
    (result,) = pairs_of({"a": f"{one} middle {other}", "b": f"{other} {one}"})
    assert [(p.start, p.other_start) for p in result.passages] == [(0, len(other) + 1), (len(one) + 8, 0)]
    back = result.turned()
    assert (back.article, back.other) == ("b", "a")
    assert [(p.start, p.other_start) for p in back.passages] == [(0, len(one) + 8), (len(other) + 1, 0)]


def test_no_word_is_counted_twice() -> None:
    one = noise(1, 20)
    (result,) = pairs_of({"a": f"{one} . {one}", "b": one})
    assert result.words == 20 and result.share == 1


@given(st.lists(st.integers(0, 3), max_size=60), st.lists(st.integers(0, 3), max_size=60))
@settings(max_examples=150, deadline=None)
def test_passages_say_what_stands_there(one: list[int], other: list[int]) -> None:
    passages = runs(np.array(one, dtype=np.uint32), np.array(other, dtype=np.uint32))
    assert all(one[a : a + n] == other[b : b + n] for a, b, n in passages)
    assert all(n >= LEAST for _, _, n in passages) or one == other
    for which in (0, 1):
        taken = [at for passage in passages for at in range(passage[which], passage[which] + passage[2])]
        assert len(taken) == len(set(taken))


@given(st.lists(st.lists(st.integers(0, 3), max_size=60), min_size=1, max_size=5), st.booleans())
@settings(max_examples=60, deadline=None)
def test_all_others_at_once_share_what_each_alone_does(texts: list[list[int]], turned: bool) -> None:
    texts.append(texts[0] + texts[-1])  # these have something in common
    index_ = Index.made({str(at): " ".join(f"w{word}" for word in text) for at, text in enumerate(texts)})
    for one in range(len(index_.ids)):
        for lookup in (Lookup(index_, 0), Lookup(index_, len(index_.ids))):
            others = np.array([other for other in range(len(index_.ids)) if other != one], dtype=np.intp)
            mine, met = index_.text(one), lookup.met(lookup.shingles(np.array([one])), others)
            found, unclear = lookup.runs(mine, others, met, turned)
            for at, other in enumerate(others.tolist()):
                two = (index_.text(other), mine) if turned else (mine, index_.text(other))
                mine_here = found.only(found.of == at)
                rows = np.stack([mine_here.here, mine_here.there, mine_here.words], axis=1).tolist()
                assert unclear[at] or [tuple(row) for row in rows] == runs(*two)
                assert not unclear[at] or min(map(len, two)) < LEAST


def test_a_thousand_copies_are_one_group() -> None:
    texts = {f"{number:04}": SAID for number in range(1000)} | {"other": f"{noise(1, 40)} {SAID}"}
    result = shared(texts)
    (group,) = result.groups
    assert (group.words, group.whole, len(group.carriers), result.pairs) == (21, 1001, 1001, ())
    short = shared({f"{number:04}": "Dividend raised." for number in range(30)}).groups
    assert [(group.words, group.whole, len(group.carriers)) for group in short] == [(2, 30, 30)]


def test_a_copy_lists_what_its_twin_lists() -> None:
    texts = {"a": f"{SAID} {noise(1, 20)}", "b": f"{SAID.upper()}: {noise(1, 20)}!", "c": f"{noise(2, 30)} {SAID}"}
    assert found(texts) == [("a", "b", 41), ("a", "c", 21), ("b", "c", 21)]


def test_short_copies_are_copies() -> None:
    assert found({"a": "Dividend raised.", "b": "DIVIDEND raised", "c": "..."}) == [("a", "b", 2)]


@pytest.mark.parametrize("many", [COMMON + 1, 3 * COMMON])
def test_what_stands_in_many_texts_is_told_as_a_group(many: int) -> None:
    texts = {f"{number:03}": f"{noise(number, 60)}\n\n{SAID}. {noise(number + 999, 9)}" for number in range(many)}
    result = shared(texts)
    (group,) = result.groups
    assert (group.words, group.whole, group.unit, result.pairs) == (21, many, "word", ())
    assert [carrier.article for carrier in group.carriers] == sorted(texts)
    for carrier in group.carriers:
        ((start, end, words),) = carrier.passages
        assert (texts[carrier.article][start:end], words, carrier.words) == (SAID, 21, 21)
    quoting = texts | {name: f"{SAID} {noise(int(name), 60)} {noise(9999, 30)}" for name in ("001", "002")}
    assert found(quoting) == [("001", "002", 30)]  # the two alone have these
    fewer = shared(dict(sorted(texts.items())[:COMMON]))
    assert len(fewer.pairs) == COMMON * (COMMON - 1) // 2 and fewer.groups == ()


def test_many_versions_of_one_text_are_a_group() -> None:
    story = noise(1, 200)
    texts = {f"{number:03}": f"{story} {noise(number + 10, 3)}" for number in range(3 * COMMON)}
    (group,) = shared(texts).groups
    assert (group.words, group.whole, len(group.carriers)) == (200, len(texts), len(texts))


def test_two_statements_side_by_side_are_two_groups_and_a_part_of_one_is_told() -> None:
    one, other = SAID, noise(1, 30)
    half = " ".join(SAID.split()[:14])
    texts = {"00": f"{one} {other}"}
    texts |= {f"a{number}": f"{noise(number + 10, 20)} {one}" for number in range(30)}
    texts |= {f"b{number}": f"{noise(number + 90, 20)} {other}" for number in range(30)}
    texts |= {f"c{number}": f"{noise(number + 200, 20)} {half}" for number in range(5)}
    first, second = shared(texts).groups
    assert (first.words, first.whole, len(first.carriers)) == (21, 31, 36)
    assert (second.words, second.whole, len(second.carriers)) == (30, 31, 31)
    assert {carrier.words for carrier in first.carriers if carrier.article[0] == "c"} == {14}


def test_a_new_text_is_told_the_groups_that_it_will_be_in() -> None:
    texts = {f"{number:03}": f"{noise(number, 60)} {SAID} {noise(number + 999, 9)}" for number in range(3 * COMMON)}
    new = f"{noise(5000, 9)}. {SAID}."
    for count in (COMMON - 1, COMMON, 3 * COMMON):
        some = dict(sorted(texts.items())[:count])
        growing = Texts(dict(sorted(some.items())[:7]))
        for name, text in sorted(some.items())[7:]:
            growing.add(name, text)
        told, later = growing.against(new), shared(some | {"999": new})
        assert told == against(new, some)
        assert [(one.other, one.words) for one in told.pairs] == [
            (one.article, one.words) for one in later.pairs if one.other == "999"
        ]
        assert [(group.words, group.whole, len(group.carriers)) for group in told.groups] == [
            (group.words, group.whole, len(group.carriers)) for group in later.groups
        ]
    assert list(told_shared(told)) == [
        f"Shares 21 words, whole or in part, with {3 * COMMON} articles: 000, 001, 002 and {3 * COMMON - 3} others."
    ]


def test_the_words_next_to_a_group_are_no_group_and_no_pair() -> None:
    texts = {f"{number:03}": f"{noise(number, 60)} he told us {SAID}" for number in range(90)}
    texts |= {f"b{number:02}": f"{noise(number + 200, 60)} and so we say {SAID}" for number in range(40)}
    texts |= {f"c{number:02}": f"{noise(number + 300, 60)} as it is {SAID}" for number in range(4)}
    result = shared(texts)
    (group,) = result.groups
    assert 21 <= group.words <= 24 and len(group.carriers) == 134 and result.pairs == ()


def test_groups_cost_no_more_for_being_large() -> None:
    texts = {f"{number:04}": f"{noise(number, 20)} {SAID}" for number in range(2000)}
    began = time.process_time()
    assert len(shared(texts).groups[0].carriers) == 2000
    assert time.process_time() - began < 8


@pytest.mark.parametrize(
    "said",
    [
        "中华人民共和国外交部发言人在例行记者会上表示中方一贯主张通过对话协商和平解决争端反对使用武力",
        "政府は昨日の記者会見で国境地帯の情勢について深い懸念を表明し関係国に自制を求めると述べた",
        "รัฐบาลแถลงเมื่อวานนี้ว่ากำลังติดตามสถานการณ์บริเวณชายแดนอย่างใกล้ชิด",
        "រដ្ឋាភិបាលបានប្រកាសថាខ្លួនកំពុងតាមដានស្ថានភាពនៅតាមព្រំដែនយ៉ាងដិតដល់",
    ],
)
def test_scripts_without_spaces_are_compared_by_characters(said: str) -> None:
    (result,) = pairs_of({"a": f"甲乙丙丁{said}戊", "b": f"子丑寅{said}卯辰"})
    passage = result.passages[0]
    assert f"甲乙丙丁{said}戊"[passage.start : passage.end] == said
    assert (result.unit, passage.words > 30, passage.characters) == ("character", True, passage.words)
    few = "中华人民共和国主席习近平"  # a name and an office
    assert found({"a": f"甲乙丙丁{few}戊", "b": f"子丑寅{few}卯辰"}) == []


def test_a_new_text_against_those_that_are_there() -> None:
    texts = {"a": f"{noise(1, 40)} {SAID}", "b": noise(2, 40), "copy": noise(3, 40), "more": noise(3, 40)}
    assert [(one.article, one.other, one.words) for one in against(f"{SAID}. {noise(3, 40)}", texts).pairs] == [
        ("", "copy", 40),
        ("", "more", 40),
        ("", "a", 21),
    ]
    assert [(one.other, one.share) for one in against(texts["copy"], texts).pairs] == [("copy", 1), ("more", 1)]
    assert against("", texts) == Found()


def test_nothing_depends_on_the_order_of_the_texts() -> None:
    texts = {name: f"{noise(seed, 40)} {SAID}" for seed, name in enumerate("abcd")}
    assert shared(texts) == shared(dict(reversed(texts.items())))


def test_texts_without_words() -> None:
    assert shared({}) == shared({"a": "", "b": "—"}) == against("", {}) == Found()


def pair(first: str, second: str) -> tuple[dict[str, str | bytes], ...]:
    """Two articles of one outlet."""
    return (
        actor("gazette", type="outlet"),
        article("first", first, source="gazette", date="2030-05-13", date_source="page"),
        article("second", second),
    )


def section_of(page: str) -> list[str]:
    """The lines of a page on shared text."""
    return page[page.index("## Shared text") :].split("\n## ")[0].splitlines()


def test_the_page_shows_the_passage_and_where_it_stands_in_both(tmp_path: Path) -> None:
    made = archive(tmp_path, *pair(f"Before.\n\nThey said: “{SAID}.”", f"{noise(2, 30)} {SAID}"))
    page = readable(made.pages()["articles/second.md"].html)
    section = section_of(page)
    assert section[2:] == [
        "### Shares 21 words with [First](first.html) Gazette, 13 May 2030 · 88% of the shorter one",
        f"> … {SAID}",
        "21 words: [here in paragraph 1](#p-1), [there in paragraph 2](first.html#p-2)",
    ]
    assert "[shares text with 1 article](#shared)" in page
    assert "does not say who had them first, or from whom" in section[1]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"Before. {SAID}. After.", "{}"),
        (f"Before.\n\n“{SAID}”", "{}"),
        (f"He said: “{SAID}.”", "{}"),
        (f"He called it “{SAID}.” Then he left.", "… {}"),
        (f"(“Before.”) {SAID}, he said.", "{} …"),
        (f"It was {SAID}” again", "… {} …"),
        (f"Նա ասաց։ {SAID}։ Հետո", "{}"),
        (f"— {SAID} —\n\nafter", "{}"),
    ],
)
def test_a_passage_that_is_cut_within_a_sentence_says_so(tmp_path: Path, text: str, shown: str) -> None:
    made = archive(tmp_path, *pair(SAID, text))
    page = readable(made.pages()["articles/second.md"].html)
    assert section_of(page)[3] == f"> {shown.format(SAID)}"
    assert f"> {SAID}" in section_of(readable(made.pages()["articles/first.md"].html))


def test_a_long_passage_is_cut_at_its_ends(tmp_path: Path) -> None:
    long = noise(2, 170)
    made = archive(tmp_path, *pair(long, f"And {long} and more"))
    page = readable(made.pages()["articles/second.md"].html)
    shown = section_of(page)[3]
    assert shown.startswith(f"> … {long.split()[0]} ") and shown.endswith(f" {long.split()[-1]} …")
    assert "… 105 words …" in shown


def test_a_page_without_shared_text_says_nothing_of_it(tmp_path: Path) -> None:
    made = archive(tmp_path, *pair(noise(1, 30), noise(2, 30)))
    assert "hared text" not in made.pages()["articles/first.md"].html


def test_a_passage_over_paragraphs_and_a_long_one_are_cut_to_size(tmp_path: Path) -> None:
    text = f"{noise(1, 30)}\n\n{noise(2, 170)}"
    made = archive(tmp_path, *pair(text, text + " and more"))
    page = readable(made.pages()["articles/first.md"].html)
    assert "all words of the shorter one" in page and "135 words" in page
    assert " ".join(text.split()[:30]) in page.splitlines()[page.splitlines().index("## Shared text") + 3]


def test_long_lists_are_cut_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_pages, "OTHERS", 1)
    monkeypatch.setattr(shared_pages, "PASSAGES", 1)
    texts = [f"{noise(n, 30)} {SAID} {noise(n + 10, 20)} {noise(99, 20)}" for n in range(3)]
    made = archive(tmp_path, *(article(f"number-{n}", text) for n, text in enumerate(texts)))
    page = readable(made.pages()["articles/number-0.md"].html)
    assert "And 1 other passage." in page and "And 1 other article with fewer of its words." in page
    assert "[shares text with 2 articles](#shared)" in page


def test_the_page_tells_a_group_and_what_it_does_not_list(tmp_path: Path) -> None:
    texts = {f"number-{n:02}": f"{noise(n, 20)}\n\n{SAID}. {noise(n + 99, 9)}" for n in range(25)}
    made = archive(tmp_path, *(article(name, text) for name, text in texts.items()))
    page = readable(made.pages()["articles/number-00.md"].html)
    section = section_of(page)
    assert section[2:5] == [
        "### 21 words stand in 25 articles", f"> {SAID}", "21 words: [here in paragraph 2](#p-2)",
    ]  # fmt: skip
    assert section[5].startswith("This article, [Number 01](number-01.html#p-2) (outlet not recorded, ")
    assert section[5].endswith("and 14 other articles that this page does not list.") and len(section) == 6
    assert "[shares text with 24 articles](#shared)" in page
    graph = resolve(load(made.root))  # from the file that remembers
    assert len(graph.groups) == 25 and len(graph.groups["number-24"][0].carriers) == 25


def test_a_text_that_is_withheld_is_not_compared(tmp_path: Path) -> None:
    withheld = article("second", "", text={"sha256": "0" * 64, "characters": 9})
    made = archive(tmp_path, article("first", f"{noise(1, 30)} {SAID}"), withheld)
    assert resolve(load(made.root)).reuse == {}


def test_it_is_found_once_and_then_remembered_without_a_word_of_the_texts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = archive(tmp_path, *pair(f"{noise(1, 30)} {SAID}", f"{noise(2, 30)} {SAID}"))
    before = dict(resolve(load(made.root)).reuse)
    files = sorted((made.root / "build/reuse").iterdir())
    assert [file.name.split(".", 1)[1] for file in files if file.name != "texts.json"] == ["found.npz", "index.npz"]
    assert not any(b"military" in file.read_bytes() for file in files)
    monkeypatch.setattr("annotated_archive.reuse.remembered.pairs", lambda *_: pytest.fail("found again"))
    monkeypatch.setattr("annotated_archive.store.ArticleFile.blocks", lambda _: pytest.fail("read again"))
    assert dict(resolve(load(made.root)).reuse) == before
    monkeypatch.undo()
    for file in files:
        for damaged in (b"", file.read_bytes()[:-20], file.read_bytes().replace(b"\0", b"\1")):
            file.write_bytes(damaged)
            assert dict(resolve(load(made.root)).reuse) == before
    made.write(article("second", noise(2, 30)))
    assert resolve(load(made.root)).reuse == {}
    assert len(list((made.root / "build/reuse").iterdir())) == 3


def remember(texts: dict[str, str], folder: Path, read: list[str] | None = None) -> Sharing:
    """What texts share, by way of a folder; the ids of texts that were read for it go to `read`."""

    def text(name: str) -> str:
        if read is not None:
            read.append(name)
        return texts[name]

    return remembered({name: digest(body) for name, body in texts.items()}, text, folder)


def told(sharing: Sharing) -> object:
    """All that some texts share."""
    return dict(sharing.pairs), dict(sharing.groups), sharing.every_group


SENTENCES = [noise(number, 13) for number in range(900, 906)]


@given(st.integers(0, 10**9))
@settings(max_examples=8, deadline=None)
def test_what_changed_is_found_as_if_all_were_found_anew(seed: int) -> None:
    chance = random.Random(seed)

    def text() -> str:
        said = chance.sample(SENTENCES, chance.randrange(4))
        short = [" ".join(chance.choice(SENTENCES).split()[: chance.randrange(4, 12)]) for _ in range(2)]
        parts = [*said, *short, noise(chance.randrange(10**6), chance.randrange(30))]
        chance.shuffle(parts)
        return chance.choice([" ".join(parts), " ".join(parts), SENTENCES[0], "a", "", "Dividend raised."])

    texts = {f"{number:03}": text() for number in range(60)}
    with tempfile.TemporaryDirectory() as name:
        remember(texts, Path(name, "one"))
        for step in range(2):
            for _ in range(chance.choice([1, 1, 2, 5, 30])):
                which = f"{chance.randrange(70):03}"
                if chance.random() < 0.3:
                    texts.pop(which, None)
                else:
                    texts[which] = text()
            after, clean = remember(texts, Path(name, "one")), remember(texts, Path(name, f"clean-{step}"))
            assert told(after) == told(clean)
            assert [after.digest(one) for one in texts] == [clean.digest(one) for one in texts]
            found = shared(texts)
            assert after.every_group == found.groups
            pairs = [one for which in sorted(after.pairs) for one in after.pairs[which] if one.article < one.other]
            assert sorted(pairs, key=lambda one: (one.article, one.other)) == list(found.pairs)


def test_only_what_changed_is_read_and_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = {f"{number:03}": f"{noise(number, 40)} {SAID if number < 6 else ''}" for number in range(40)}
    before = remember(texts, tmp_path)
    digests = {name: before.digest(name) for name in texts}
    texts["039"] += SAID
    read: list[str] = []
    asked: list[int] = []
    monkeypatch.setattr(
        remembered_module, "pairs", lambda made, where, only=None: asked.append(only.sum()) or pairs(made, where, only)
    )
    after = remember(texts, tmp_path, read)
    assert set(read) == {"039"} and asked == [1]
    assert len(after.pairs["039"]) == 6
    changed = {name for name in texts if after.digest(name) != digests[name]}
    assert changed == {"000", "001", "002", "003", "004", "005", "039"}
    assert remember(texts, tmp_path, read).pairs["039"] == after.pairs["039"] and asked == [1]


def test_a_file_with_another_head_and_the_same_text_changes_nothing(tmp_path: Path) -> None:
    texts = {"a": f"{noise(1, 9)} {SAID}", "b": SAID}
    states = {"a": "1", "b": "1"}
    remembered(states, texts.__getitem__, tmp_path)
    files = {file.name for file in tmp_path.iterdir()}
    read: list[str] = []
    sharing = remembered({"a": "2", "b": "1"}, lambda name: read.append(name) or texts[name], tmp_path)
    assert read == ["a"] and sharing.pairs["a"][0].words == 21 and {file.name for file in tmp_path.iterdir()} == files


def built(folder: Path, texts: dict[str, str]) -> object:
    """All that some texts share, by way of a folder."""
    return told(remember(texts, folder))


def test_two_builds_at_once_do_not_harm_each_other(tmp_path: Path) -> None:
    one = {f"{number:02}": f"{noise(number, 30)} {SAID}" for number in range(30)}
    other = {**one, "07": noise(7, 30), "99": f"{SAID} {noise(3, 20)}"}
    expected = [built(tmp_path / "one", one), built(tmp_path / "other", other)]
    assert expected[0] != expected[1]
    with ProcessPoolExecutor(3, mp_context=multiprocessing.get_context("fork")) as pool:
        assert list(pool.map(partial(built, tmp_path / "both"), [one, other] * 6)) == expected * 6
    assert not list((tmp_path / "both").glob("*.new"))


def test_a_build_that_comes_while_another_one_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = {f"{number:02}": f"{noise(number, 30)} {SAID}" for number in range(6)}
    other = {**one, "03": noise(3, 30)}
    write = remembered_module._write
    between: list[object] = []

    def interrupted(*given: object) -> None:
        if not between:
            between.append(None)
            between[0] = built(tmp_path / "both", other)
        write(*given)

    monkeypatch.setattr(remembered_module, "_write", interrupted)
    first = built(tmp_path / "both", one)
    assert (first, between[0]) == (built(tmp_path / "one", one), built(tmp_path / "other", other))
    assert built(tmp_path / "both", other) == between[0]


def test_nothing_of_a_text_that_is_gone_stays(tmp_path: Path) -> None:
    texts = {name: f"{noise(seed, 40)} {SAID}" for seed, name in enumerate("abcde")}
    remember(texts, tmp_path)
    del texts["c"]
    remember(texts, tmp_path)
    made = index({name: digest(body) for name, body in texts.items()}, texts.__getitem__, tmp_path)
    assert made.ids == tuple("abde") and len(made.words) == 4 * 61
    with np.load(next(tmp_path.glob("*.index.npz"))) as kept:
        assert len(kept["words"]) == 4 * 61
    assert '"c"' not in (tmp_path / "texts.json").read_text()


def test_all_texts_may_go(tmp_path: Path) -> None:
    texts = {name: f"{noise(seed, 40)} {SAID}" for seed, name in enumerate("ab")}
    before = told(remember(texts, tmp_path))
    assert told(remember({}, tmp_path)) == ({}, {}, ())
    assert told(remember(texts, tmp_path)) == before != ({}, {}, ())


def test_words_far_apart_and_very_long_ones_stand_where_they_stand(tmp_path: Path) -> None:
    far = SAID.replace(" conflict", f"{' ' * 300}conflict") + " " + "x" * 400
    (result,) = pairs_of({"a": f"{noise(1, 30)} {far}", "b": far})
    assert result.passages[0].end - result.passages[0].start == len(far)


def test_a_folder_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    made = archive(tmp_path, *pair(f"{noise(1, 30)} {SAID}", f"{noise(2, 30)} {SAID}"), {"build": "a file"})
    assert resolve(load(made.root)).reuse["first"][0].words == 21


def test_turned_twice_is_the_same() -> None:
    one = Shared("a", "b", 3, 0.5, (Passage(0, 5, 9, 14, 1), Passage(8, 20, 0, 8, 2)))
    assert one.turned().turned() == one


def test_armenian_and_its_capitals() -> None:
    text = "Գորիսի և Ջերմուկի ուղղությամբ կրակոցները սկսվեցին կեսգիշերից հետո հայտնեց նախարարությունը այսօր երեկոյան"
    (result,) = pairs_of({"a": text, "b": unicodedata.normalize("NFC", text.lower()) + "։ Այլ բառեր"})
    assert result.share == 1
