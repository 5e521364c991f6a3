"""Measures linking against human tags: precision, recall and F1 of the matcher on Reuters-21578.

An authority is built from the values of the tags, as they are spelled (`el-salvador`: El Salvador), and from general
knowledge only (`names_known.py` says which); then our matcher links title, dateline and text of every document, and the
entities that it links are compared with the tags that editors gave the document. Reported for each kind of tag, with
the interval that holds 95 of 100 resamplings of the documents; for tags of which the text has no form at all (implied:
no linking can find them) and without them; and apart for files 000-005, on which the rules were improved, and for
006-010, which were only measured. Run it with the folder of texts: `python tests/bench/names.py ../shared`.
"""

from __future__ import annotations

import gzip
import html
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from annotated_archive.names import Matcher, find_mentions
from annotated_archive.names.context import Setting
from annotated_archive.records.authority import Entity
from bench.names_known import KINDS, entities, literal

FILES = "reut2-*.sgm.gz"
TUNED = 6
"""The number of files, from the first, on which rules were improved."""
RESAMPLED = 1000
SETTING = Setting("en")


@dataclass(frozen=True)
class Document:
    """A document: its file's number, its parts as an article has them, and its tags as `kind-value`."""

    file: int
    title: str
    body: str
    tags: frozenset[str]


@dataclass(frozen=True)
class Score:
    """How many tags were found rightly, found wrongly, and not found."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / max(self.right + self.wrong, 1)

    @property
    def recall(self) -> float:
        return self.right / max(self.right + self.missed, 1)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(2 * self.right + self.wrong + self.missed, 1)


def documents(folder: Path) -> Iterator[Document]:
    """Every document of the set that has a text."""
    for number, path in enumerate(sorted(folder.glob(FILES))):
        text = gzip.decompress(path.read_bytes()).decode("latin-1")
        for raw in re.findall(r"<REUTERS .*?</REUTERS>", text, re.S):
            tags = frozenset(
                f"{kind}-{value}" for kind in KINDS for value in re.findall(r"<D>(.*?)</D>", _inside(raw, kind.upper()))
            )
            inner = _inside(raw, "TEXT")
            body = _inside(inner, "BODY") or re.sub(r"<[A-Z]+>.*?</[A-Z]+>", "", inner, flags=re.S)
            yield Document(number, _plain(_inside(inner, "TITLE")), _plain(_inside(inner, "DATELINE") + body), tags)


def _inside(text: str, tag: str) -> str:
    found = re.search(rf"<{tag}(?: [^>]*)?>(.*?)</{tag}>", text, re.S)
    return found.group(1) if found else ""


def _plain(text: str) -> str:
    """Paragraphs (which are indented) apart by a blank line, without the marks of the wire."""
    plain = re.sub(r"[^\S\n]*\n {4,}", "\n\n", re.sub(r"[\x00-\x08\x0b-\x1f]", "", html.unescape(html.unescape(text))))
    return re.sub(r"\n\n+", "\n\n", plain).strip()


def linked(matcher: Matcher, document: Document) -> tuple[frozenset[str], frozenset[str]]:
    """The tags that linking gives a document; and those of them that it is about.

    Editors tag what a report is about, and linking finds every mention. The second set shows how far the two differ:
    what stands in the title or the first paragraph, or twice.
    """
    found = find_mentions(matcher, document.title, document.body, [], SETTING)
    counts = Counter(mention.entity for mention in (*found.title, *found.body))
    lead = document.body.find("\n\n") % (len(document.body) + 1)
    first = {mention.entity for mention in found.body if mention.start < lead} | {m.entity for m in found.title}
    return frozenset(counts), frozenset(name for name, times in counts.items() if times > 1 or name in first)


def written(everything: Matcher, document: Document) -> frozenset[str]:
    """The tags of a document of which any form stands in it, weak ones too and in whatever context."""
    names: set[str] = set()
    for text in (document.title, document.body):
        for candidate in everything._candidates(text, SETTING):
            names |= candidate.strong | candidate.weak
    return document.tags & names


def score(pairs: Iterable[tuple[frozenset[str], frozenset[str]]]) -> Score:
    """The score over pairs of (tags, what was found)."""
    right = wrong = missed = 0
    for tags, found in pairs:
        right += len(tags & found)
        wrong += len(found - tags)
        missed += len(tags - found)
    return Score(right, wrong, missed)


def interval(pairs: list[tuple[frozenset[str], frozenset[str]]]) -> tuple[float, float]:
    """The F1 between which 95 of 100 resamplings of the documents lie (percentile bootstrap, always the same)."""
    counts = [(len(t & f), len(f - t), len(t - f)) for t, f in pairs if t or f]
    dice = random.Random(7)
    found = []
    for _ in range(RESAMPLED):
        drawn = dice.choices(counts, k=len(counts))
        right, rest = sum(c[0] for c in drawn), sum(c[1] + c[2] for c in drawn)
        found.append(2 * right / max(2 * right + rest, 1))
    found.sort()
    return found[int(RESAMPLED * 0.025)], found[int(RESAMPLED * 0.975)]


def _only(
    kind: str, pairs: list[tuple[frozenset[str], frozenset[str]]], but: str = ""
) -> list[tuple[frozenset[str], frozenset[str]]]:
    return [
        (frozenset(t for t in tags if t.startswith(f"{kind}-") and t != but),
         frozenset(f for f in found if f.startswith(f"{kind}-") and f != but))
        for tags, found in pairs
    ]  # fmt: skip


def report(name: str, pairs: list[tuple[frozenset[str], frozenset[str]]]) -> None:
    """Print one line of figures."""
    one, (low, high) = score(pairs), interval(pairs)
    print(
        f"  {name:<34} P {one.precision:.3f}  R {one.recall:.3f}  F1 {one.f1:.3f} ({low:.3f}-{high:.3f})"
        f"   {one.right} right, {one.wrong} wrong, {one.missed} missed"
    )


def compare(known: list[Entity], texts: list[Document], errors: bool) -> None:
    """Print the figures for one authority."""
    started = time.process_time()
    matcher = Matcher(known)
    matcher.prepare()
    built = time.process_time() - started
    started = time.process_time()
    found = [linked(matcher, document) for document in texts]
    taken = time.process_time() - started
    size = sum(len(d.body) + len(d.title) for d in texts) / 1e6
    print(f"  {len(known)} entities, built in {built:.2f} s; {size / taken:.1f} MB/s (CPU)")
    parts = (("000-005", lambda d: d.file < TUNED), ("006-010", lambda d: d.file >= TUNED), ("all", lambda d: True))
    for label, chosen in parts:
        print(f" files {label}")
        here = [(d, *f) for d, f in zip(texts, found, strict=True) if chosen(d)]
        all_ = [(d.tags, every) for d, every, _ in here]
        about = [(d.tags, main) for d, _, main in here]
        stated = [(written(matcher, d), every) for d, every, _ in here]
        for kind in KINDS:
            for but in ("", "places-usa") if kind == "places" else ("",):
                name = f"{kind}{', without usa' if but else ''}"
                report(name, _only(kind, all_, but))
                report(f"{name}, no implied tags", _only(kind, stated, but))
                report(f"{name}, main ones", _only(kind, about, but))
    if errors:
        tuned = [(d, every) for d, (every, _) in zip(texts, found, strict=True) if d.file < TUNED]
        for kind in KINDS:
            wrong = Counter(f for d, fs in tuned for f in fs - d.tags if f.startswith(f"{kind}-"))
            missed = Counter(t for d, fs in tuned for t in d.tags - fs if t.startswith(f"{kind}-"))
            print(f"  {kind}: wrong {wrong.most_common(25)}\n  {kind}: missed {missed.most_common(25)}")


def main(shared: Path, *options: str) -> None:
    """Print all figures. `--errors`: which tags are wrong and missed most in the files on which rules were improved."""
    folder = shared / "corpora/reuters-dev"
    texts = list(documents(folder))
    print(f"{len(texts)} documents")
    print("names as the tags spell them")
    compare(literal(folder), texts, False)
    print("with general knowledge")
    compare(entities(folder), texts, "--errors" in options)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
