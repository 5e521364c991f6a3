"""Measures anchors: silent wrong placements (there must be none), recall, and the time for ten thousand annotations.

Texts (the articles of this archive, and invented ones in English, Russian, Azerbaijani and Armenian) are taken apart
into sentences, words in them are annotated with `select`, the text is changed in one of the ways below, and the words
are looked for in the changed text. Where they are then is known by construction: every sentence keeps its number
through the change, and edits within it carry the offsets along. A placement is *wrong* if it is anywhere else than at
these very words, or in a sentence in which a number, a side or a place was changed. A sentence moved word for word is
the same sentence; of two equal ones only the one that was annotated counts, as long as it reads as it did.

Recall is the share of the words still there, in a sentence that says the same, that were placed; `once` is that share
for sentences that the annotated text has only once (the invented ones repeat some, on purpose). Of those
not placed, `shown` counts the ones that `propose` offers first, in a sample. Run it as
`python tests/bench/anchoring.py [CASES] [SEED]`.
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

from annotated_archive.anchor import Placed, resolve_target
from annotated_archive.anchor.propose import propose
from annotated_archive.anchor.reading import Reading, normal, reading
from annotated_archive.anchor.select import target_at
from annotated_archive.graph import resolve
from annotated_archive.records.annotation import Annotation, Target
from annotated_archive.store import annotation_path, annotation_text, article_text, load

ROOT = Path(__file__).resolve().parents[2]
INVENTED = [
    (
        "The Defence Ministry of Armenia said that at least 49 of its soldiers were killed near Goris on "
        "Tuesday. The Defence Ministry of Azerbaijan said that at least 50 of its soldiers were killed near "
        "Jermuk on Tuesday. “We call for a halt,” the spokesman said. Neither figure could be checked.\n\n"
        "“We call for a halt,” the spokesman said. In a statement carried by several agencies during the "
        "night, and repeated in the morning without any change, the Armenian side spoke of 105 dead. In a "
        "statement carried by several agencies during the night, and repeated in the morning without any "
        "change, the Azerbaijani side spoke of 71 dead. The village of Sotk was shelled for 2 hours. The "
        "shelling didn't stop before 7.30 in the morning.\n\n"
        "Armenian troops left 6 positions above Vardenis. Azerbaijani troops left 6 positions above Kapan. It "
        "was -5 degrees in Sotk, and 6 500 people had no heating. A re-opened road leads from Goris to Kapan. "
        "The ministry denied this. Observers counted 12 drones. The ministry denied this."
    ),
    (
        "Министерство обороны Армении сообщило, что под Горисом погибли не менее 49 военнослужащих. "
        "Министерство обороны Азербайджана сообщило, что под Джермуком погибли не менее 50 военнослужащих. "
        "«Мы призываем прекратить огонь», – сказал представитель ведомства. Проверить эти данные не удалось.\n\n"
        "По словам собеседника агентства, который просил не называть его имени и говорил вечером по телефону, "
        "армянские подразделения отошли с 6 позиций. По словам собеседника агентства, который просил не "
        "называть его имени и говорил вечером по телефону, азербайджанские подразделения отошли с 6 позиций. "
        "«Мы призываем прекратить огонь», – сказал представитель ведомства. Село Сотк обстреливали 2 часа.\n\n"
        "Ранены 205 человек, из них 12 мирных жителей. Йеменский наблюдатель насчитал 7 беспилотников. Дорога "
        "из Гориса в Капан закрыта. В ведомстве это отрицали. Ещё 3 человека пропали без вести. В ведомстве "
        "это отрицали."
    ),
    (
        "Azərbaycan Müdafiə Nazirliyi bildirib ki, Gədəbəy istiqamətində ən azı 50 hərbçi həlak olub. "
        "Ermənistan Müdafiə Nazirliyi bildirib ki, Gorus istiqamətində ən azı 49 hərbçi həlak olub. “Atəşi "
        "dayandırmağa çağırırıq”, – deyə sözçü bildirib. Bu rəqəmləri yoxlamaq mümkün olmayıb.\n\n"
        "Gecə saatlarında bir neçə agentliyin yaydığı və səhər dəyişmədən təkrarlanan açıqlamada erməni "
        "tərəfi 105 ölü barədə danışıb. Gecə saatlarında bir neçə agentliyin yaydığı və səhər dəyişmədən "
        "təkrarlanan açıqlamada azərbaycanlı tərəfi 71 ölü barədə danışıb. Laçın yolu 2 saat bağlı qalıb. "
        "Şuşada isə vəziyyət sakit olub.\n\n"
        "Cermukda 12 ev dağılıb. Nazirlik bunu təkzib edib. Daha 3 nəfər itkin düşüb. Nazirlik bunu təkzib "
        "edib. “Atəşi dayandırmağa çağırırıq”, – deyə sözçü bildirib."
    ),
    (
        "Հայաստանի պաշտպանության նախարարությունը հայտնել է, որ Գորիսի մոտ զոհվել է առնվազն 49 զինծառայող։ "
        "Ադրբեջանի պաշտպանության նախարարությունը հայտնել է, որ Ջերմուկի մոտ զոհվել է առնվազն 50 զինծառայող։ "
        "«Կոչ ենք անում դադարեցնել կրակը», – ասել է խոսնակը։ Այս թվերը ստուգել չի հաջողվել։\n\n"
        "Գիշերը մի քանի գործակալության տարածած և առավոտյան անփոփոխ կրկնված հայտարարության մեջ հայկական կողմը "
        "խոսել է 105 զոհի մասին։ Գիշերը մի քանի գործակալության տարածած և առավոտյան անփոփոխ կրկնված "
        "հայտարարության մեջ ադրբեջանական կողմը խոսել է 71 զոհի մասին։ Սոթք գյուղը հրետակոծվել է 2 ժամ։ Ե՞րբ է "
        "բացվելու Գորիսի ճանապարհը։\n\n"
        "Վիրավորվել է 205 մարդ, որոնցից 12-ը քաղաքացիական անձ է։ Նախարարությունը դա հերքել է։ Եվս 3 մարդ "
        "անհետ կորել է։ Նախարարությունը դա հերքել է։ «Կոչ ենք անում դադարեցնել կրակը», – ասել է խոսնակը։"
    ),
]
SIDES = [
    ("Armenian", "Azerbaijani"), ("Armenia", "Azerbaijan"), ("армянск", "азербайджанск"), ("Армени", "Азербайджан"),
    ("erməni", "azərbaycanlı"), ("Ermənistan", "Azərbaycan"), ("հայկական", "ադրբեջանական"), ("Հայաստան", "Ադրբեջան"),
]  # fmt: skip
PLACES = [
    ("Goris", "Jermuk"), ("Sotk", "Kapan"), ("Горис", "Джермук"), ("Сотк", "Капан"), ("Gorus", "Gədəbəy"),
    ("Laçın", "Cermuk"), ("Գորիս", "Ջերմուկ"),
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


def taken_apart(text: str) -> Text:
    """Paragraphs of sentences."""
    found, number = [], 0
    for paragraph in text.split("\n\n"):
        sentences = []
        for sentence in re.split(r"(?<=[.!?։…”»])\s(?=\W*[^\Wa-zа-яёա-ևəçşıöüğ])", paragraph):
            sentences.append(Sentence(number, sentence, tuple(range(len(sentence) + 1))))
            number += 1
        found.append(sentences)
    return found


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


def texts() -> list[str]:
    """The bodies of this archive's articles, and the invented texts."""
    return [*(article.body for article in load(ROOT).articles.values() if article.body), *INVENTED]


def annotated(text: Text, rng: random.Random, count: int) -> Iterator[tuple[Sentence, int, int, Target]]:
    """Words of a text: their sentence, their offsets in it, and their target."""
    body, starts = joined(text)
    for at, sentence in rng.choices(starts, k=count):
        words = [match.span() for match in re.finditer(r"\S+", sentence.text)]
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


def measure(cases: int, seed: int, bodies: list[str]) -> dict[str, Tally]:
    """The mutation set: about `cases` cases, the same for the same seed."""
    rng = random.Random(seed)
    tallies = {name: Tally() for name in MUTATIONS}
    sources = [taken_apart(body) for body in bodies]
    while sum(tally.cases for tally in tallies.values()) < cases:
        for name, mutation in MUTATIONS.items():
            before = rng.choice(sources)
            changed, after = joined(mutation(before, rng))
            for sentence, start, end, target in annotated(before, rng, PER_TEXT):
                once = sum(other.text == sentence.text for paragraph in before for other in paragraph) == 1
                _count(tallies[name], changed, target, true_places(after, sentence, start, end), once, rng)
    return tallies


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


def time_it(articles: int, annotations: int) -> tuple[float, float, float]:
    """Seconds to read an archive, to place its annotations, and to place them after every text was changed."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        body = "\n\n".join(INVENTED[:2])
        each = annotations // articles
        spans = [match.span() for match in re.finditer(r"\S+ \S+ \S+", body)]
        for number in range(articles):
            name = f"article-{number}"
            original = {"path": f"{name}.txt", "sha256": "0" * 64, "capture": "unknown"}
            front = {
                "id": name, "title": name, "language": "en", "original": original,
                "rights": {"statement": "Invented.", "publish": "full"},
            }  # fmt: skip
            text = f"{body}\n\nArticle {number}."
            path = root / f"archive/articles/{name}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(article_text(front, text), encoding="utf-8")
            for i in range(each):
                record = Annotation.model_validate(
                    {
                        "id": f"a{number * each + i:07}", "kind": "note", "article": name,
                        "targets": [target_at(text, *spans[i % len(spans)])], "body": "A note.",
                        "author": {"name": "Bench"}, "created": "2026-11-22T10:00:00Z", "license": "CC-BY-4.0",
                        "status": "open",
                    }
                )  # fmt: skip
                path = root / annotation_path(record)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(annotation_text(record), encoding="utf-8")
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
    tallies = measure(cases, seed, texts())
    took = time.perf_counter() - start
    heads = ("cases", "tier 1", "tier 2", "tier 3", "there", "recall", "once", "shown", "wrong")
    print(f"{'change':26}" + "".join(f"{head:>8}" for head in heads))
    for name, tally in tallies.items():
        shares = ((tally.right, tally.there), (tally.right_once, tally.there_once), (tally.shown, tally.missed))
        row = [tally.cases, *(tally.tiers[tier] for tier in (1, 2, 3)), tally.there]
        row += [f"{part / whole:.1%}" if whole else "–" for part, whole in shares] + [len(tally.wrong)]
        print(f"{name:26}" + "".join(f"{value:>8}" for value in row))
    wrong = [case for tally in tallies.values() for case in tally.wrong]
    fields = ("cases", "there", "right", "there_once", "right_once")
    total, there, right, there_once, right_once = (
        sum(getattr(tally, name) for tally in tallies.values()) for name in fields
    )
    print(f"{total:,} cases (seed {seed}) in {took:.0f} s: {len(wrong)} placed wrongly")
    print(f"recall {right / there:.1%}; {right_once / there_once:.1%} in sentences that stand once")
    for case in wrong[:10]:
        print(case)
    for articles in (1000, 1):
        print(f"10,000 annotations on {articles:,} article{'s' if articles > 1 else ''}")
        read, placed, again = time_it(articles, 10_000)
        print(f"    reading {read:.1f} s, placing {placed:.2f} s, placing after a change of every text {again:.2f} s")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
