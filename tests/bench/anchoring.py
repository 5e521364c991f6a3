"""Measures anchors: silent wrong placements (there must be none), recall, and the time for ten thousand annotations.

Texts (the articles of this archive, and invented ones in seven languages, written as lists of sentences) are annotated
with `select`, changed in one of the ways below, and the words are looked for in the changed text. Where they are then
is known by construction: every sentence keeps its number through the change, and edits within it carry the offsets
along. A placement is *wrong* if it is anywhere else than at these very words, or in a sentence in which a number, a
side or a place was changed. A sentence moved word for word is the same sentence; of two equal ones only the one that
was annotated counts, as long as it reads as it did.

So “0 wrong” is said per sentence. Who speaks in a sentence can be decided before it (“It said …”, a heading), which no
anchor holds: such cases have a class of their own, “context beyond the sentence”, where they are counted, not hidden.
A note there is shown beside its words, which say what they said. A claim would name the wrong claimant; therefore
`archive reanchor` renews no claim in a changed text by itself, which is measured as well: it must be none.

Recall is the share of the words still there, in a sentence that says the same, that were placed; `once` is that share
for sentences that the annotated text has only once (the invented ones repeat some, on purpose). Of those not placed,
`shown` counts the ones that `propose` offers first, in a sample. The exit status is 1 for anything wrong within a
sentence. Run it as `python tests/bench/anchoring.py [CASES] [SEED]`.
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from anchoring_texts import BEYOND, FAR, INVENTED

from annotated_archive.anchor import Placed, resolve_target
from annotated_archive.anchor.propose import propose
from annotated_archive.anchor.reading import Reading, normal, reading
from annotated_archive.anchor.reanchor import reanchor
from annotated_archive.anchor.select import target_at
from annotated_archive.graph import resolve
from annotated_archive.records.annotation import Annotation, Target
from annotated_archive.store import annotation_path, annotation_text, article_text, load

ROOT = Path(__file__).resolve().parents[2]
SIDES = [
    ("Armenian", "Azerbaijani"), ("Armenia", "Azerbaijan"), ("армянск", "азербайджанск"), ("Армени", "Азербайджан"),
    ("erməni", "azərbaycanlı"), ("Ermənistan", "Azərbaycan"), ("հայկական", "ադրբեջանական"), ("Հայաստան", "Ադրբեջան"),
    ("სომხეთ", "აზერბაიჯან"), ("أرمينيا", "أذربيجان"), ("亚美尼亚", "阿塞拜疆"),
]  # fmt: skip
PLACES = [
    ("Goris", "Jermuk"), ("Sotk", "Kapan"), ("Горис", "Джермук"), ("Сотк", "Капан"), ("Gorus", "Gədəbəy"),
    ("Laçın", "Cermuk"), ("Գորիս", "Ջերմուկ"), ("გორის", "კაპან"), ("غوريس", "جيرموك"), ("سوتك", "كابان"),
    ("戈里斯", "杰尔穆克"), ("索特克", "卡潘"),
]  # fmt: skip
PER_TEXT = 10
"""Annotations that are looked for in one changed text."""


@dataclass(frozen=True)
class Sentence:
    """A sentence: its number (shared by its copies), its text, where each old character went, whether it says the same.

    `moved[i]` is the offset in `text` of character i of the sentence as it was annotated; None: it was replaced.
    """

    number: int
    text: str
    moved: tuple[int | None, ...]
    true: bool = True
    copy: bool = False

    def edited(self, edits: list[tuple[int, int, str]], kept: bool = False, true: bool = True) -> Sentence:
        """The sentence with [start, end) replaced, for each edit; `kept`: the same characters, typed otherwise."""
        text, where, at, out = self.text, {}, 0, []
        length = 0
        for start, end, new in [*edits, (len(self.text), len(self.text), "")]:
            for i in range(at, start):
                where[i] = length + i - at
            out += [text[at:start], new]
            length += start - at
            for i in range(start, end):
                where[i] = length + min(i - start, max(len(new) - 1, 0)) if kept else None
            length += len(new)
            at = end
        where[len(text)] = length
        moved = tuple(where.get(i) if i is not None else None for i in self.moved)
        return replace(self, text="".join(out), moved=moved, true=self.true and true)


Text = list[list[Sentence]]
Mutation = Callable[[Text, random.Random], Text]


def cut(text: str) -> list[list[str]]:
    """Paragraphs of sentences of an article, cut more often than anchors cut them."""
    ends = re.compile(r"(?<=[.!?։…”»])\s(?=\W*[^\Wa-zа-яёա-ևəçşıöüğ])")
    return [ends.split(paragraph) for paragraph in text.split("\n\n")]


def numbered(text: list[list[str]]) -> Text:
    """A text as changes take it."""
    count = iter(range(100_000))
    return [[Sentence(next(count), words, tuple(range(len(words) + 1))) for words in each] for each in text]


def joined(text: Text) -> tuple[str, list[tuple[int, Sentence]]]:
    """The text, and where each sentence begins in it."""
    out, at, places = "", 0, []
    for paragraph in text:
        out += "\n\n" if out else ""
        for number, sentence in enumerate(paragraph):
            out += " " if number else ""
            at = len(out)
            places.append((at, sentence))
            out += sentence.text
    return out, places


def _each(text: Text, change: Callable[[Sentence], Sentence]) -> Text:
    return [[change(sentence) for sentence in paragraph] for paragraph in text]


def _one(text: Text, rng: random.Random) -> tuple[int, int]:
    paragraph = rng.choice([number for number, sentences in enumerate(text) if sentences])
    return paragraph, rng.randrange(len(text[paragraph]))


def _copied(text: Text) -> Text:
    return [list(paragraph) for paragraph in text]


def unchanged(text: Text, rng: random.Random) -> Text:
    return text


def typo(text: Text, rng: random.Random) -> Text:
    """Two letters of one small word change places, as in a typing error or its correction."""
    text = _copied(text)
    for _ in range(rng.randint(1, 4)):
        p, s = _one(text, rng)
        words = [m for m in re.finditer(r"[^\W\d_]{4,}", text[p][s].text) if m.group().islower()]
        words = [m for m in words if not any(m.group().startswith(side.lower()) for pair in SIDES for side in pair)]
        if words and None not in text[p][s].moved:
            match = rng.choice(words)
            at = rng.randrange(match.start() + 1, match.end() - 2) if match.end() - match.start() > 3 else match.start()
            pair = text[p][s].text[at : at + 2]
            if pair[0] != pair[1]:
                text[p][s] = text[p][s].edited([(at, at + 2, pair[::-1])])
    return text


def deleted(text: Text, rng: random.Random) -> Text:
    text = _copied(text)
    for _ in range(rng.randint(1, 3)):
        if sum(map(len, text)) > 3:
            p, s = _one(text, rng)
            del text[p][s]
    return [paragraph for paragraph in text if paragraph]


def reordered(text: Text, rng: random.Random) -> Text:
    """Two sentences change places."""
    text = _copied(text)
    (a, b), (c, d) = _one(text, rng), _one(text, rng)
    if text[a][b].text != text[c][d].text:
        text[a][b], text[c][d] = text[c][d], text[a][b]
    return text


def _swap(sentence: Sentence, pairs: list[tuple[str, str]]) -> Sentence:
    if not sentence.true:  # a second change could undo the first
        return sentence
    table = dict(pairs) | {b: a for a, b in pairs}
    matches = re.finditer("|".join(sorted(table, key=len, reverse=True)), sentence.text)
    edits = [(*match.span(), table[match.group()]) for match in matches]
    return sentence.edited(edits, true=False) if edits else sentence


def _other_number(sentence: Sentence, rng: random.Random) -> Sentence:
    matches = list(re.finditer(r"\d+", sentence.text))
    if not matches or not sentence.true:
        return sentence
    match = rng.choice(matches)
    number = match.group()
    other = rng.choice([str(int(number) + 1), number + "0", number[::-1] if number[::-1] != number else "1" + number])
    return sentence.edited([(*match.span(), other)], true=False)


def _alike(sentence: Sentence, rng: random.Random) -> Sentence:
    """The sentence about another side, place or number; itself, where it has none of them."""
    for change in rng.sample([0, 1, 2], 3):
        other = _other_number(sentence, rng) if change == 2 else _swap(sentence, [SIDES, PLACES][change])
        if not other.true:
            return other
    return sentence


def lookalike(text: Text, rng: random.Random) -> Text:
    """Beside a sentence comes one that reads the same but for a number, side or place."""
    text = _copied(text)
    for _ in range(3):
        p, s = _one(text, rng)
        other = _alike(text[p][s], rng)
        if not other.true:
            text[p].insert(rng.choice([s, s + 1]), other)
    return text


def replaced_by_lookalike(text: Text, rng: random.Random) -> Text:
    """Sentences give way to ones that read the same but for a number, side or place."""
    return _each(text, lambda sentence: _alike(sentence, rng) if rng.random() < 0.6 else sentence)


def sides(text: Text, rng: random.Random) -> Text:
    return _each(text, lambda sentence: _swap(sentence, SIDES) if rng.random() < 0.7 else sentence)


def places(text: Text, rng: random.Random) -> Text:
    return _each(text, lambda sentence: _swap(sentence, PLACES) if rng.random() < 0.7 else sentence)


def numbers(text: Text, rng: random.Random) -> Text:
    return _each(text, lambda sentence: _other_number(sentence, rng) if rng.random() < 0.6 else sentence)


def denied(text: Text, rng: random.Random) -> Text:
    """What a sentence says is put into another's mouth, or denied."""
    heads = ["It is not true that ", "Armenia denied: ", "Неправда, что ", "Yalandır ki, ", "Սխալ է, որ "]
    heads += ["ტყუილია, რომ ", "ليس صحيحا أن "]

    def change(sentence: Sentence) -> Sentence:
        return sentence.edited([(0, 0, rng.choice(heads))], true=False) if rng.random() < 0.5 else sentence

    return _each(text, change)


def repeated(text: Text, rng: random.Random) -> Text:
    """Sentences stand a second time, elsewhere or right there."""
    text = _copied(text)
    for _ in range(3):
        p, s = _one(text, rng)
        copy = replace(text[p][s], copy=True)
        q, t = rng.randrange(len(text)), rng.randrange(len(text[p]) + 1)
        # Of two that stand side by side nobody can tell which came first.
        text[q].insert(s + 1 if (q, t) == (p, s) else min(t, len(text[q])), copy)
    return text


def _typed(table: dict[str, str]) -> Mutation:
    def change(text: Text, rng: random.Random) -> Text:
        def one(sentence: Sentence) -> Sentence:
            edits = [(i, i + 1, table[c]) for i, c in enumerate(sentence.text) if c in table and rng.random() < 0.8]
            return sentence.edited(edits, kept=True)

        return _each(text, one)

    return change


def decomposed(text: Text, rng: random.Random) -> Text:
    def one(sentence: Sentence) -> Sentence:
        edits = [(i, i + 1, unicodedata.normalize("NFD", c)) for i, c in enumerate(sentence.text)]
        return sentence.edited([edit for edit in edits if len(edit[2]) > 1], kept=True)

    return _each(text, one)


def soft_hyphens(text: Text, rng: random.Random) -> Text:
    def one(sentence: Sentence) -> Sentence:
        inside = [m.start() + 2 for m in re.finditer(r"[^\W\d_]{5,}", sentence.text) if rng.random() < 0.5]
        return sentence.edited([(at, at, rng.choice("\u00ad\u200b")) for at in inside], kept=True)

    return _each(text, one)


def resplit(text: Text, rng: random.Random) -> Text:
    """Other paragraphs, of the same sentences."""
    sentences = [sentence for paragraph in text for sentence in paragraph]
    cuts = sorted(rng.sample(range(1, len(sentences)), min(len(sentences) - 1, rng.randint(1, 5))))
    return [sentences[a:b] for a, b in zip([0, *cuts], [*cuts, len(sentences)], strict=True)]


straight = _typed({"“": '"', "”": '"', "’": "'", "«": '"', "»": '"', "–": "-"})
curly = _typed({'"': "“", "'": "’", "“": "„", "«": "“", "»": "”", "-": "‑"})
fixed_spaces = _typed({" ": "\u00a0"})


def several(text: Text, rng: random.Random) -> Text:
    """Two to four of the others, one after the other."""
    for mutation in rng.sample(list(MUTATIONS.values())[1:-1], rng.randint(2, 4)):
        text = mutation(text, rng)
    return text


MUTATIONS: dict[str, Mutation] = {
    "nothing": unchanged,
    "typing errors": typo,
    "sentences deleted": deleted,
    "sentences change places": reordered,
    "lookalike beside": lookalike,
    "lookalike instead": replaced_by_lookalike,
    "sides swapped": sides,
    "places swapped": places,
    "numbers changed": numbers,
    "denied or attributed": denied,
    "sentences repeated": repeated,
    "decomposed (NFD)": decomposed,
    "straight quotation marks": straight,
    "curly quotation marks": curly,
    "no-break spaces": fixed_spaces,
    "soft hyphens": soft_hyphens,
    "other paragraphs": resplit,
    "several of these": several,
}


@dataclass
class Tally:
    """What became of the cases of one mutation."""

    cases: int = 0
    tiers: Counter[int] = field(default_factory=Counter)
    there: int = 0
    right: int = 0
    there_once: int = 0
    right_once: int = 0
    missed: int = 0
    shown: int = 0
    wrong: list[str] = field(default_factory=list)


def texts() -> list[list[list[str]]]:
    """The bodies of this archive's articles, and the invented texts."""
    return [*(cut(article.body) for article in load(ROOT).articles.values() if article.body), *INVENTED]


def annotated(text: Text, rng: random.Random, count: int) -> Iterator[tuple[Sentence, int, int, Target]]:
    """Words of a text: their sentence, their offsets in it, and their target."""
    body, starts = joined(text)
    for at, sentence in rng.choices(starts, k=count):
        words = [match.span() for match in re.finditer(r"[一-鿿]|[^\s一-鿿]+", sentence.text)]
        first = rng.randrange(len(words))
        last = min(first + rng.choice([0, 0, 1, 2, 3, 5, 8, 30]), len(words) - 1)
        start, end = words[first][0], words[last][1]
        while end - start > 1 and sentence.text[end - 1] in ".,։»”" and rng.random() < 0.8:
            end -= 1
        yield sentence, start, end, target_at(body, at + start, at + end)


def true_places(after: list[tuple[int, Sentence]], old: Sentence, start: int, end: int) -> set[tuple[int, int]]:
    """Where the words at [start, end) of a sentence are after the change, in a sentence that says the same."""
    first, reads = len(normal(old.text[:start])), normal(old.text)
    kept, edited, equal = set(), set(), set()
    for at, sentence in after:
        if sentence.number == old.number and sentence.true and None not in sentence.moved[start : end + 1]:
            span = (at + (sentence.moved[start] or 0), at + (sentence.moved[end] or 0))
            (equal if sentence.copy else kept if normal(sentence.text) == reads else edited).add(span)
        elif normal(sentence.text) == reads:
            inside = Reading(sentence.text).span(first, first + len(normal(old.text[start:end])))
            if inside:
                equal.add((at + inside[0], at + inside[1]))
    return kept or edited | equal


def measure(cases: int, seed: int, bodies: list[list[list[str]]]) -> dict[str, Tally]:
    """The mutation set: about `cases` cases, the same for the same seed."""
    rng = random.Random(seed)
    tallies = {name: Tally() for name in MUTATIONS}
    sources = [numbered(body) for body in bodies]
    while sum(tally.cases for tally in tallies.values()) < cases:
        for name, mutation in MUTATIONS.items():
            before = rng.choice(sources)
            changed, after = joined(mutation(before, rng))
            for sentence, start, end, target in annotated(before, rng, PER_TEXT):
                once = sum(other.text == sentence.text for paragraph in before for other in paragraph) == 1
                _count(tallies[name], changed, target, true_places(after, sentence, start, end), once, rng)
    return tallies


def far_ends(cases: int, seed: int) -> dict[str, Tally]:
    """Classes in which a sentence says another side far from the words; and a context that contradicts the position."""
    rng = random.Random(seed)
    tallies = {name: Tally() for name in [*FAR, "start and context contradict"]}
    for name, sentences in FAR.items():
        for number in range(cases):
            pattern, sides = rng.choice(sentences)
            one, other = rng.sample(sides, 2)
            head, tail = rng.choice(["12 + 3. ", ""]), rng.choice(["", " (1)", "\n\n45 67"])
            texts = [head + pattern.format(side) + tail for side in (one, other)]
            if number % 2:  # only a paragraph after it changes
                texts[1] = texts[0] + "\n\n89"
            at = len(head) + pattern.index("{}")
            spans = [(len(head), at), (at + len(one), len(texts[0]) - len(tail))]
            start, end = _words_in(texts[0], *max(spans, key=lambda span: span[1] - span[0]), rng)
            true = {(start, end)} if number % 2 else set()
            _count(tallies[name], texts[1], target_at(texts[0], start, end), true, True, rng)
    for _ in range(cases):
        pattern, sides = rng.choice(rng.choice(list(FAR.values())))
        first = pattern.format(sides[0])
        text = f"{first}\n\n{pattern.format(sides[1])}"
        at = pattern.index("{}")
        start, end = _words_in(first, *max((0, at), (at + len(sides[0]), len(first)), key=lambda s: s[1] - s[0]), rng)
        there = start + len(first) + 2 + (len(sides[1]) - len(sides[0]) if start > at else 0)
        meant = target_at(text, there, there + end - start)
        mixed = meant.model_copy(update={"start": start})
        _count(tallies["start and context contradict"], text, mixed, {(there, there + end - start)}, True, rng)
    return tallies


def _words_in(text: str, first: int, last: int, rng: random.Random) -> tuple[int, int]:
    """The span of some whole words of [first, last)."""
    words = [m.span() for m in re.finditer(r"[一-鿿]|[^\W一-鿿]+", text) if first <= m.start() and m.end() <= last]
    one = rng.randrange(len(words))
    return words[one][0], words[min(one + rng.choice([0, 1, 3]), len(words) - 1)][1]


def beyond(cases: int, seed: int) -> tuple[int, int, int]:
    """Words whose sentence stays, while who speaks in it changes before it: cases, notes placed, claims renewed."""
    rng = random.Random(seed)
    before, after, targets = [], [], []
    for _ in range(cases):
        head, words, sides = rng.choice(BEYOND)
        one, other = rng.sample(sides, 2)
        for made, side in ((before, one), (after, other)):
            made.append(head.format(side) + words)
        start = len(head.format(one))
        targets.append(target_at(before[-1], *_words_in(before[-1], start, len(before[-1]), rng)))
    placed = sum(isinstance(resolve_target(*case), Placed) for case in zip(after, targets, strict=True))
    with tempfile.TemporaryDirectory() as folder:
        for number, (text, target) in enumerate(zip(before, targets, strict=True)):
            _write(Path(folder), f"article-{number}", text, [(f"a{number:07}", target)], claim=True)
        archive = load(Path(folder))
        articles = {name: replace(file, body=after[int(name[8:])]) for name, file in archive.articles.items()}
        outcome = reanchor(replace(archive, articles=articles), articles)
    assert len(outcome.unread) == placed
    return cases, placed, outcome.placed


def _count(
    tally: Tally, changed: str, target: Target, true: set[tuple[int, int]], once: bool, rng: random.Random
) -> None:
    tally.cases += 1
    tally.there += bool(true)
    tally.there_once += bool(true) and once
    found = resolve_target(changed, target)
    if isinstance(found, Placed):
        tally.tiers[found.tier] += 1
        if any(same(changed, (found.start, found.end), place) for place in true):
            tally.right += 1
            tally.right_once += once
        else:
            around = changed[max(0, found.start - 80) : found.end + 80]
            tally.wrong.append(f"{target.prefix}[{target.exact}]{target.suffix}\n  → {around}")
    elif true and rng.random() < 0.05:
        tally.missed += 1
        offered = propose(changed, target, 1)
        tally.shown += any(same(changed, (p.start, p.end), t) and p.same for p in offered for t in true)


def same(text: str, found: tuple[int, int], true: tuple[int, int]) -> bool:
    """Whether two spans differ by nothing but what cannot be seen, or by quotation marks and stops at their ends."""
    edges = " \u00ad\u200b.,։:;\"'“”„«»’‑-–"
    def core(span: tuple[int, int]) -> tuple[int, int]:
        inside = text[span[0] : span[1]]
        start = span[0] + len(inside) - len(inside.lstrip(edges))
        return start, start + len(inside.strip(edges))

    return core(found) == core(true)


CLAIM = {
    "event": "e", "measure": "deaths", "subject": {"all": True, "category": "servicemen"},
    "value": {"number": 50, "as_written": "50"}, "as_of": "2022-09-13", "claimant": "c", "stance": "third-party",
}  # fmt: skip


def _write(root: Path, name: str, text: str, targets: list[tuple[str, Target]], claim: bool = False) -> None:
    """Write an article, and an annotation of each target by its id."""
    original = {"path": f"{name}.txt", "sha256": "0" * 64, "capture": "unknown"}
    front = {
        "id": name, "title": name, "language": "en", "original": original,
        "rights": {"statement": "Invented.", "publish": "full"},
    }  # fmt: skip
    files = {f"archive/articles/{name}.md": article_text(front, text)}
    said = {"kind": "claim", "claim": CLAIM} if claim else {"kind": "note", "body": "A note."}
    for identifier, target in targets:
        record = Annotation.model_validate(
            {
                "id": identifier, "article": name, "targets": [target], "author": {"name": "Bench"},
                "created": "2026-11-22T10:00:00Z", "license": "CC-BY-4.0", "status": "open", **said,
            }
        )  # fmt: skip
        files[annotation_path(record)] = annotation_text(record)
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(content, encoding="utf-8")


def time_it(articles: int, annotations: int) -> tuple[float, float, float]:
    """Seconds to read an archive, to place its annotations, and to place them after every text was changed."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        body = "\n\n".join(" ".join(paragraph) for text in INVENTED[:2] for paragraph in text)
        each = annotations // articles
        spans = [match.span() for match in re.finditer(r"\S+ \S+ \S+", body)]
        for number in range(articles):
            text = f"{body}\n\nArticle {number}."
            made = [target_at(text, *span) for span in spans]
            ids = [(f"a{number * each + i:07}", made[i % len(made)]) for i in range(each)]
            _write(root, f"article-{number}", text, ids)
        times = []
        start = time.perf_counter()
        archive = load(root)
        times.append(time.perf_counter() - start)
        for change in ("", "One more sentence. "):
            changed = {n: replace(a, body=change + a.body) for n, a in archive.articles.items()}
            graph = resolve(replace(archive, articles=changed))
            reading.cache_clear()
            start = time.perf_counter()
            placed = sum(len(one.body) for found in graph.annotations.values() for one in found)
            times.append(time.perf_counter() - start)
            print(f"    {placed:,} of {articles * each:,} placed{' after the change' if change else ''}")
        return times[0], times[1], times[2]


def main() -> None:
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    start = time.perf_counter()
    tallies = measure(cases, seed, texts()) | far_ends(cases // 20, seed)
    took = time.perf_counter() - start
    heads = ("cases", "tier 1", "tier 2", "tier 3", "there", "recall", "once", "shown", "wrong")
    print(f"{'change':32}" + "".join(f"{head:>8}" for head in heads))
    for name, tally in tallies.items():
        shares = ((tally.right, tally.there), (tally.right_once, tally.there_once), (tally.shown, tally.missed))
        row = [tally.cases, *(tally.tiers[tier] for tier in (1, 2, 3)), tally.there]
        row += [f"{part / whole:.1%}" if whole else "–" for part, whole in shares] + [len(tally.wrong)]
        print(f"{name:32}" + "".join(f"{value:>8}" for value in row))
    wrong = [case for tally in tallies.values() for case in tally.wrong]
    fields = ("cases", "there", "right", "there_once", "right_once")
    total, there, right, there_once, right_once = (
        sum(getattr(tally, name) for tally in tallies.values()) for name in fields
    )
    print(f"{total:,} cases (seed {seed}) in {took:.0f} s: {len(wrong)} placed wrongly")
    print(f"recall {right / there:.1%}; {right_once / there_once:.1%} in sentences that stand once")
    for case in wrong[:10]:
        print(case)
    beside, noted, claimed = beyond(max(100, cases // 100), seed)
    print(f"context beyond the sentence: {noted} of {beside} notes placed, {claimed} claims renewed")
    for articles in (1000, 1):
        print(f"10,000 annotations on {articles:,} article{'s' if articles > 1 else ''}")
        read, placed, again = time_it(articles, 10_000)
        print(f"    reading {read:.1f} s, placing {placed:.2f} s, placing after a change of every text {again:.2f} s")
    sys.exit(bool(wrong) or bool(claimed))


if __name__ == "__main__":
    main()
