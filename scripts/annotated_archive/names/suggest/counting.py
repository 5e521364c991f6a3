"""Every candidate of all articles, counted in one pass: how often, in how many articles, and where it stands first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from annotated_archive.names.suggest.candidates import candidates
from annotated_archive.names.suggest.lexicon import Lexicon
from annotated_archive.names.suggest.runs import runs

KEPT = 40
"""Of how many uses of a form the place is kept: enough to tell in what company it stands."""

PAIRED = 3
"""How often two names must stand together to be taken for one."""


@dataclass(frozen=True)
class Text:
    """An article as names are looked for in it."""

    id: str
    language: str
    body: str = field(repr=False)


@dataclass(frozen=True)
class Use:
    """Characters [start, end) of the text of that number."""

    text: int
    start: int
    end: int
    titled: bool = False


@dataclass
class Counted:
    """A form with its uses. `sure` counts those whose capital is not owed to the place of the word."""

    form: str
    uses: int = 0
    sure: int = 0
    articles: int = 0
    last: int = -1
    languages: Counter[str] = field(default_factory=Counter)
    first: list[Use] = field(default_factory=list)

    def add(self, use: Use, language: str, sure: bool) -> None:
        """Count one use. Texts come in order."""
        self.uses += 1
        self.sure += sure
        if use.text != self.last:
            self.articles, self.last = self.articles + 1, use.text
            self.languages[language] += 1
        if len(self.first) < KEPT:
            self.first.append(use)


Known = Callable[[Text], Sequence[tuple[int, int]]]
"""The spans of a text that name something that the archive knows, in order."""


def count(texts: Sequence[Text], lexicon: Lexicon, known: Known, tick: Callable[[int], None]) -> dict[str, Counted]:
    """All candidates of the texts by form. `tick` is told the number of texts done."""
    found: dict[str, Counted] = {}
    pairs: dict[str, Counted] = {}
    for number, text in enumerate(texts):
        spans = known(text)
        for run in runs(text.body):
            first, last = run.words[0].start, run.words[-1].end
            near = [span for span in spans if span[0] < last and first < span[1]] if spans else ()
            for one in candidates(text.body, run, lexicon, near):
                counted = (pairs if one.pair else found).setdefault(one.form, Counted(one.form))
                counted.add(Use(number, one.start, one.end, one.titled), text.language, one.sure)
        tick(number + 1)
    return _paired(found, pairs)


def _paired(found: dict[str, Counted], pairs: dict[str, Counted]) -> dict[str, Counted]:
    """The candidates, with two names in place of each other's company where they hardly stand without it.

    “Trinidad and Tobago” is one name, since neither half stands alone; “France and Italy” are two.
    """
    for form, pair in sorted(pairs.items()):
        halves = [found[half] for half in form.split(" and ", 1) if half in found]
        if pair.uses >= PAIRED and halves and pair.uses >= 0.6 * max(half.uses for half in halves):
            found[form] = pair
            for half in halves:
                del found[half.form]
    return found


def small(forms: Iterable[str], texts: Iterable[str]) -> Counter[str]:
    """How often each form of several words stands in the texts with small letters only: “member states”."""
    from ahocorasick_rs import AhoCorasick

    wanted = {form.lower(): form for form in forms if " " in form}
    keys = sorted(wanted)
    counts: Counter[int] = Counter()
    if keys:
        automaton = AhoCorasick(keys)
        for text in texts:
            counts.update(index for index, _, _ in automaton.find_matches_as_indexes(text))
    return Counter({wanted[keys[index]]: number for index, number in counts.items()})
