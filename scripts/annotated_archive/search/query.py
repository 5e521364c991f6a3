"""What a reader asks for: words that must all occur, phrases in quotation marks, what a minus leaves out, and names.

The terminal's search reads a query as the page's does (`theme/assets/search-engine.js`). Words are compared as names
are, by `folded`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from annotated_archive.search.folding import folded

LONGEST = 400
"""How many characters of a query are read."""
_LONGEST_FORM = 8
"""How many words of a query are looked at together, as one form of a name."""
_PREFIXED = 3
"""Letters that a word has at least which, where it stands nowhere, is taken for the beginning of others."""
_COMMON = {
    *("a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "has", "have", "in", "is", "it", "its", "of"),
    *("on", "or", "that", "the", "this", "to", "was", "were", "which", "with"),
}
"""What is not looked for beside other words."""
_PART = re.compile(r'([-\u2212]?)"([^"]*)"|([^\s"]+)')
_QUOTES = str.maketrans("“”„‟«»", '""""""')

Phrase = tuple[str, ...]
"""Folded words that stand in a row. The last may end in a star: it is the beginning of a word."""


@dataclass(frozen=True)
class Clause:
    """One part of a query: a word (which can fold to several, as “well-known” does) or what stands in quotes."""

    words: Phrase
    quoted: bool = False
    excluded: bool = False


@dataclass(frozen=True)
class Term:
    """What a document must hold, or must not: all of `phrases`, or in their place a mention of one of `entities`.

    `typed` is the form of a name that was found in the query, folded; `quoted`, that its letters are to be found as
    they are.
    """

    phrases: tuple[Phrase, ...]
    entities: tuple[str, ...] = ()
    excluded: bool = False
    typed: str = ""
    quoted: bool = False

    @property
    def common(self) -> bool:
        """Whether it is a word that nearly every text has."""
        return self.phrases[0][0] in _COMMON and self == Term(self.phrases[:1]) and len(self.phrases[0]) == 1


@lru_cache(maxsize=1 << 18)
def tokens(word: str) -> Phrase:
    """The folded words of which one written word consists, most often one; of a sign, none."""
    return (word.lower(),) if word.isascii() and word.isalnum() else tuple(folded(word).split())


def parse(query: str) -> list[Clause]:
    """The parts of a query, the first LONGEST characters of it. A quotation mark that nothing closes is none."""
    clauses = []
    for minus, phrase, word in _PART.findall(query[:LONGEST].translate(_QUOTES)):
        quoted, excluded = not word, bool(minus) or word.startswith(("-", "\u2212"))
        if found := tuple(token for part in (phrase or word).split() for token in tokens(part)):
            clauses.append(Clause(found, quoted, excluded))
    return clauses


def terms(clauses: Sequence[Clause], entities: Callable[[str], Collection[str]]) -> list[Term]:
    """The parts of a query with names found in them. `entities` gives the ids that a folded form can stand for.

    The longest form counts, over words that stand beside one another; what is quoted is searched by its letters alone.
    """
    found: list[Term] = []
    at = 0
    while at < len(clauses):
        term = _longest(clauses[at : at + _LONGEST_FORM], entities)
        found.append(term)
        at += len(term.phrases)
    told = [term for term in found if not term.common]
    return told if any(not term.excluded for term in told) else found


def begun(term: Term, stands: Callable[[Phrase], bool]) -> Term:
    """A term with what `stands` nowhere as it is taken for a beginning, unless it is quoted or very short."""
    if term.quoted:
        return term
    phrases = tuple(
        (*phrase[:-1], f"{phrase[-1]}*") if len(phrase[-1]) >= _PREFIXED and not stands(phrase) else phrase
        for phrase in term.phrases
    )
    return replace(term, phrases=phrases)


def expression(phrase: Phrase) -> str:
    """A phrase as FTS5 reads it. Folded words hold letters and digits alone, and stand in quotes."""
    words = " ".join(phrase)
    return f'"{words[:-1]}" *' if words.endswith("*") else f'"{words}"'


def _longest(clauses: Sequence[Clause], entities: Callable[[str], Collection[str]]) -> Term:
    """The longest name with which `clauses` begin, or the first of them alone."""
    first = clauses[0]
    beside = next((n for n, clause in enumerate(clauses) if clause.quoted or clause.excluded), len(clauses))
    if first.excluded and not first.quoted:
        beside = 1
    for length in range(beside, 0, -1):
        phrases = tuple(clause.words for clause in clauses[:length])
        form = " ".join(word for phrase in phrases for word in phrase)
        if ids := entities(form):
            return Term(phrases, tuple(sorted(ids)), first.excluded, form)
    return Term((first.words,), (), first.excluded, "", first.quoted)
