"""What a reader asks for: words that must all occur, phrases in quotation marks, what a minus leaves out, and names.

The terminal's search reads a query as the page's does (`theme/assets/search-query.js`). Words are compared as names
are, by `folded`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from annotated_archive.search.folding import folded

LONGEST = 400
"""How many characters of a query are read."""
_LONGEST_FORM = 8
"""How many words of a query are looked at together, as one form of a name."""
_PREFIXED = 3
"""Letters that a word has at least which, where it stands nowhere, is taken for the beginning of others."""
_SHORT = 4
"""Letters that a form has at most which, all in capitals, is the name only where it is so typed: US, WHO, CNN."""
_UNSTEMMED = 3
"""Letters from which a word has endings: FTS5 would else take “us” for the stem of “use”."""
_AS_IS = "\u2060"
"""Ends a word that is to be left as it is, as no ending ends; FTS5 takes it for a letter."""
_COMMON = {
    *("a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "has", "have", "in", "is", "it", "its", "of"),
    *("on", "or", "that", "the", "this", "to", "was", "were", "which", "with"),
}
"""What is not looked for beside other words."""
_PART = re.compile(r'([-\u2212]?)"([^"]*)"|([^\s"]+)')
_QUOTES = str.maketrans("“”„‟«»", '""""""')
_THOUSANDS = re.compile(r",(?<=[0-9],)(?=[0-9]{3}(?![0-9]))")

Phrase = tuple[str, ...]
"""Folded words that stand in a row."""
Entities = Callable[[str, str, bool], Collection[str]]
"""Gives the ids that a form can stand for: the form folded, as it was typed, and whether it is the whole query."""


@dataclass(frozen=True)
class Clause:
    """One part of a query: a word (which can fold to several, as “well-known” does) or what stands in quotes.

    `typed` is how it was written.
    """

    words: Phrase
    quoted: bool = False
    excluded: bool = False
    typed: str = field(default="", compare=False)


@dataclass(frozen=True)
class Term:
    """What a document must hold, or must not: all of `phrases`, or in their place a mention of one of `entities`.

    `typed` is the form of a name that was found in the query, folded; `quoted`, that its letters are to be found as
    they are; `begun`, the last words of phrases that stand nowhere, and for each the words that are found in its place.
    """

    phrases: tuple[Phrase, ...]
    entities: tuple[str, ...] = ()
    excluded: bool = False
    typed: str = ""
    quoted: bool = False
    begun: tuple[tuple[str, Phrase], ...] = ()

    @property
    def common(self) -> bool:
        """Whether it is a word that nearly every text has."""
        return self.phrases[0][0] in _COMMON and self == Term(self.phrases[:1]) and len(self.phrases[0]) == 1

    def written(self, phrase: Phrase) -> list[Phrase]:
        """What is looked for to find a phrase of this term: the phrase, or how it goes on."""
        return [(*phrase[:-1], last) for last in dict(self.begun).get(phrase[-1], phrase[-1:])]


@lru_cache(maxsize=1 << 18)
def tokens(word: str) -> Phrase:
    """The folded words of which one written word consists, most often one; of a sign, none.

    “3,500” is 3500, but “1.5” is 1 and 5.
    """
    return (word.lower(),) if word.isascii() and word.isalnum() else tuple(folded(joined(word)).split())


def joined(text: str) -> str:
    """A text without the commas that part thousands."""
    return _THOUSANDS.sub("", text) if "," in text else text


def lasting(words: Iterable[str]) -> str:
    """Folded words as FTS5 is given them: it takes the endings of English off, but not of words of two letters."""
    return " ".join([word if len(word) >= _UNSTEMMED else word + _AS_IS for word in words])


def parse(query: str) -> list[Clause]:
    """The parts of a query, the first LONGEST characters of it. A quotation mark that nothing closes is none."""
    clauses = []
    for minus, phrase, word in _PART.findall(query[:LONGEST].translate(_QUOTES)):
        quoted, excluded = not word, bool(minus) or word.startswith(("-", "\u2212"))
        if found := tuple(token for part in (phrase or word).split() for token in tokens(part)):
            clauses.append(Clause(found, quoted, excluded, (phrase or word).lstrip("-\u2212")))
    return clauses


def terms(clauses: Sequence[Clause], entities: Entities) -> list[Term]:
    """The parts of a query with names found in them.

    The longest form counts, over words that stand beside one another; what is quoted is searched by its letters alone.
    """
    found: list[Term] = []
    at = 0
    while at < len(clauses):
        term = _longest(clauses[at : at + _LONGEST_FORM], entities, len(clauses))
        found.append(term)
        at += len(term.phrases)
    told = [term for term in found if not term.common]
    return told if any(not term.excluded for term in told) else found


def begun(term: Term, stands: Callable[[Phrase], bool], beginning: Callable[[str], Phrase]) -> Term:
    """A term with what `stands` nowhere taken for a beginning, unless it is quoted, a number or very short.

    `beginning` gives the words that begin so. Where there are none the word remains as it is, and finds nothing.
    """
    if term.quoted:
        return term
    found: dict[str, Phrase] = {}
    for *before, last in term.phrases:
        if len(last) >= _PREFIXED and not any(map(str.isdigit, last)) and not stands((*before, last)):
            words = tuple(word for word in beginning(last) if not before or stands((*before, word)))
            found |= {last: words} if words else {}
    return replace(term, begun=tuple(found.items()))


def names(form: str, typed: str, whole: bool) -> bool:
    """Whether who typed this means a name of this form, whose letters it has.

    Few letters all in capitals are often a word too: “us” is not the US, but where nothing else is asked for.
    """
    short = form.isupper() and sum(map(str.isalpha, form)) <= _SHORT
    return whole or not short or typed.isupper()


def expression(phrase: Phrase) -> str:
    """A phrase as FTS5 reads it. Folded words hold letters and digits alone, and stand in quotes."""
    return f'"{lasting(phrase)}"'


def _longest(clauses: Sequence[Clause], entities: Entities, all_: int) -> Term:
    """The longest name with which `clauses` begin, of a query that has `all_` of them, or the first of them alone."""
    first = clauses[0]
    beside = next((n for n, clause in enumerate(clauses) if clause.quoted or clause.excluded), len(clauses))
    if first.excluded and not first.quoted:
        beside = 1
    for length in range(beside, 0, -1):
        phrases = tuple(clause.words for clause in clauses[:length])
        form = " ".join(word for phrase in phrases for word in phrase)
        typed = " ".join(clause.typed for clause in clauses[:length])
        if ids := entities(form, typed, length == all_):
            return Term(phrases, tuple(sorted(ids)), first.excluded, form)
    return Term((first.words,), (), first.excluded, "", first.quoted)
