"""The results of all chunks as one harvest: the same whatever machine did which, and in which order."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from annotated_archive.harvest.running import CANDIDATE, Failed, Outcome, Result, found
from annotated_archive.harvest.screening import Candidate, Place, unpacked
from annotated_archive.records.diagnostic import Diagnostic
from annotated_archive.records.text import digest
from annotated_archive.reuse.shingles import kept
from annotated_archive.reuse.words import Numbers, read

SAME = 0.8
"""A text is the same as another where that has so much of it, counted in runs of eight words."""
COMMON = 20
"""A run that stands in more of the texts that are kept is a standing phrase, and says nothing about two of them."""
COPY, KNOWN = "copy", "known"


@dataclass(frozen=True)
class Copy:
    """A further record of a candidate's text: where it lies, its address, and how much of it the candidate has."""

    place: Place
    url: str
    sha256: str
    captured: str | None
    outlet: str | None
    share: float


@dataclass(frozen=True)
class Proposed:
    """A candidate for review, with the other records of the same text, in the order of their places."""

    candidate: Candidate
    copies: tuple[Copy, ...]


@dataclass(frozen=True)
class Harvest:
    """What came of all files: the candidates, the highest score first, and what became of every record.

    `counts` has the records by what became of them; together they are `records`. `known` gives for each candidate that
    the archive has already its place and the article. `failed` counts chunks that were not screened.
    """

    records: int
    counts: tuple[tuple[str, int], ...]
    proposed: tuple[Proposed, ...]
    known: tuple[tuple[Place, str], ...]
    problems: tuple[Diagnostic, ...]
    failed: int = 0


@dataclass(frozen=True)
class Known:
    """The texts of an archive: the article with each text, by its digest, and each article's runs of words."""

    digests: Mapping[str, str]
    runs: Mapping[str, Numbers]


def known_texts(texts: Mapping[str, str], digests: Mapping[str, str]) -> Known:
    """The texts of an archive by the ids of their articles; `digests` are those of texts that are not here."""
    ids = sorted(one for one in texts if texts[one])
    words = read([texts[one] for one in ids])
    runs = {one: np.unique(kept(found.numbers.astype(np.uint32))) for one, found in zip(ids, words, strict=True)}
    return Known({**{text: one for one, text in digests.items()}, **{digest(texts[one]): one for one in ids}}, runs)


def merge(outcomes: Iterable[Outcome], archive: Known) -> Harvest:
    """Put the outcomes of chunks together. Of several records with one text, one is a candidate.

    That is the longest text, of those as long the one that was captured first, then the first by file and place: so a
    cut version never stands for the whole, and the order of the outcomes does not matter.
    """
    done = sorted({outcome.chunk: outcome for outcome in outcomes}.values(), key=lambda outcome: outcome.chunk)
    results = [outcome for outcome in done if isinstance(outcome, Result)]
    failed = [outcome for outcome in done if isinstance(outcome, Failed)]
    counts: Counter[str] = Counter()
    for result in results:
        counts.update(dict(result.counts))
    candidates = sorted((one for result in results for one in result.candidates), key=_rank)
    proposed, known = _told_apart(candidates, archive)
    copies = sum(len(one.copies) for one in proposed)
    counts.subtract({CANDIDATE: copies + len(known)})
    counts.update({COPY: copies, KNOWN: len(known)})
    problems = [problem for result in results for problem in result.problems] + [one.problem for one in failed]
    return Harvest(
        records=sum(result.records for result in results),
        counts=tuple(sorted((reason, number) for reason, number in counts.items() if number)),
        proposed=tuple(sorted(proposed, key=_for_review)),
        known=tuple(sorted(known)),
        problems=tuple(sorted([*problems, *_seams(results)])),
        failed=len(failed),
    )


def _rank(candidate: Candidate) -> tuple[int, str, Place]:
    return -candidate.words, candidate.captured or "~", candidate.place


def _for_review(one: Proposed) -> tuple[int, str, Place]:
    return -one.candidate.points, one.candidate.date or "~", one.candidate.place


def _seams(results: list[Result]) -> Iterable[Diagnostic]:
    """Neighbouring chunks that do not meet: a cut was made within a record, which may hold a web archive itself."""
    for one, other in pairwise(results):
        if one.chunk.file == other.chunk.file and one.chunk.stop == other.chunk.start != one.end:
            message = f"a part begins at byte {other.chunk.start:,}, within a record that ends at byte {one.end:,}"
            yield found(one.chunk.file, other.chunk.start, "HARVEST-SEAM", message)


def _told_apart(candidates: list[Candidate], archive: Known) -> tuple[list[Proposed], list[tuple[Place, str]]]:
    """The candidates without copies, and those whose text the archive has. A text is held against those before it."""
    same_text = _SameText(candidates, archive)
    proposed: dict[int, list[Copy]] = {}
    known: list[tuple[Place, str]] = []
    payloads: dict[str, int] = {}
    texts: dict[str, int] = {}
    for number, one in enumerate(candidates):
        article, share = archive.digests.get(one.text), 1.0
        leader = payloads.get(one.sha256, texts.get(one.text))
        if article is None and leader is None:
            article, leader, share = same_text.find(number)
        if article is not None:
            known.append((one.place, article))
        elif leader is not None:
            proposed[leader].append(Copy(one.place, one.url, one.sha256, one.captured, one.outlet, share))
        else:
            proposed[number] = []
            same_text.keep(number)
            leader = number
        if article is None and leader is not None:
            payloads.setdefault(one.sha256, leader)
            texts.setdefault(one.text, leader)
    found = [Proposed(candidates[at], tuple(sorted(copies, key=lambda c: c.place))) for at, copies in proposed.items()]
    return found, known


class _SameText:
    """Which of the texts that were kept, or of the archive's, have most of the runs of words of another."""

    def __init__(self, candidates: list[Candidate], archive: Known) -> None:
        self._articles = sorted(archive.runs)
        runs = [np.unique(unpacked(one.runs)) for one in candidates]
        every, times = np.unique(np.concatenate([_NONE, *runs]), return_counts=True)
        # Runs that stand in one text alone can be no sign of another; of the archive's, those alone that stand here.
        self._runs = [one.tolist() for one in runs]
        self._shared = set(every[times > 1].tolist())
        self._owners: dict[int, list[int]] = defaultdict(list)
        for number, article in enumerate(self._articles):
            for run in np.intersect1d(archive.runs[article], every, assume_unique=True).tolist():
                self._owners[run].append(-1 - number)

    def find(self, number: int) -> tuple[str | None, int | None, float]:
        """The article, or else the number of the kept candidate, that has most of a text, and how much it has."""
        counted: Counter[int] = Counter()
        size = 0
        for run in self._runs[number]:
            owners = self._owners.get(run, ())
            if len(owners) <= COMMON:
                size += 1
                counted.update(owners)
        best = min(counted, key=lambda owner: (-counted[owner], owner), default=0)
        share = counted[best] / size if counted else 0.0
        if share < SAME:
            return None, None, 0.0
        return (self._articles[-1 - best], None, share) if best < 0 else (None, best, round(share, 4))

    def keep(self, number: int) -> None:
        """Take a text among those that others are held against."""
        for run in self._runs[number]:
            if run in self._shared:
                self._owners[run].append(number)


_NONE = np.empty(0, dtype=np.uint64)
