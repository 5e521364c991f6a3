"""Finds the forms of all known entities in a text.

Aho-Corasick over all forms at once (`ahocorasick_rs`), with overlapping matches; then word boundaries, then
leftmost-longest. The library's own leftmost-longest chooses before it knows of word boundaries, and would lose
"Goris" in "Goris regional" to a form "Goris region". Inflected forms are not forms of the automaton: where the
beginning of one is found, the rest of the word is compared with the listed endings.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property

from annotated_archive.names import endings, misread
from annotated_archive.names.claiming import Claims, Forms, Rules
from annotated_archive.names.context import NOWHERE, Setting, holds
from annotated_archive.names.forms import as_read, loose, read_alone
from annotated_archive.records.authority import Entity

_FEW = 300_000
"""Characters of texts that are sooner read each with its own forms than with all that there are."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Characters [start, end) of a text that name an entity."""

    start: int
    end: int
    entity: str


@dataclass(frozen=True, slots=True)
class Decided:
    """Characters [start, end) of a text of which an editor has decided what they name; None: nothing."""

    start: int
    end: int
    entity: str | None


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """Characters [start, end) that could name any of several entities, and are therefore not linked."""

    start: int
    end: int
    entities: tuple[str, ...]


@dataclass(eq=False, slots=True)
class _Candidate:
    start: int
    end: int
    strong: Set[str]
    weak: Set[str]
    rules: Rules

    def ruled(self, setting: Setting, sure: set[str]) -> set[str]:
        """Whom the form means by rules that hold."""
        return {entity for entity, rule in self.rules if holds(rule, setting, sure)}

    def without(self, entities: set[str]) -> _Candidate:
        """The candidate without the claims of some entities."""
        if not entities:
            return self
        rules = tuple(rule for rule in self.rules if rule[0] not in entities)
        return replace(self, strong=self.strong - entities, weak=self.weak - entities, rules=rules)

    @property
    def plain(self) -> bool:
        """Whether the form is one entity's alone, with no rule that could give it to another."""
        return len(self.strong) == 1 and all(entity in self.strong for entity, _ in self.rules)


class Matcher:
    """All forms of a set of entities, which are read when a text is first to be read.

    Of an archive with thousands of entities that takes a second. So while only a few texts are asked for, and what
    forms there are is `known`, each text is read with those of its own: a form that stands nowhere in a text, however
    written, decides nothing there.
    """

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._entities = entities
        self._held: dict[str, Set[str] | None] = {}  # words that named something → who has names in them
        self._known: Mapping[str, str] = {}
        self._record: Callable[[str], Entity] | None = None
        self._left = _FEW

    def known(self, readings: Mapping[str, str], record: Callable[[str], Entity]) -> None:
        """Take over what `readings` gave for the same entities, each of which is `record` of its id. Nothing is done
        with that once all forms are read."""
        self._known, self._record = readings, record

    @cached_property
    def _forms(self) -> Forms:
        return Forms(self._entities)

    @cached_property
    def _loosely(self) -> list[tuple[str, str]]:
        """What is looked for, in any case, with the entities of which something is known by it."""
        return [(loose(text), reading.partition(" ")[2]) for text, reading in self._known.items()]

    def _own(self, *texts: str) -> Matcher:
        """What reads these texts as this does: with the forms alone that stand in them, or this itself."""
        self._left -= sum(map(len, texts))
        if self._record is None or self._left < 0 or "_forms" in self.__dict__:
            return self
        there = loose("\n".join(as_read(text).text for text in texts))
        who = set(" ".join(of for text, of in self._loosely if text in there).split())
        return Matcher(map(self._record, sorted(who)))

    def prepare(self) -> None:
        """Read the forms now: processes that are forked after this need not."""
        _ = self._forms

    def readings(self) -> dict[str, str]:
        """What is looked for → a digest of all that is known about it: a text is read by what stands in it."""
        return dict(self._forms.readings())

    def find(
        self, text: str, decided: Sequence[Decided] = (), setting: Setting = NOWHERE
    ) -> tuple[list[Mention], list[Ambiguity]]:
        """The mentions in `text`, and what could not be decided, both in order and without overlap.

        Nothing is found in words that are `decided` (without overlap); what they name counts as named there.
        """
        return self.find_in_parts([(text, decided)], setting)[0]

    def find_in_parts(
        self, parts: Sequence[tuple[str, Sequence[Decided]]], setting: Setting = NOWHERE
    ) -> list[tuple[list[Mention], list[Ambiguity]]]:
        """The same for the parts of an article, such as title and body: what one part names counts in the others."""
        if (own := self._own(*(text for text, _ in parts))) is not self:
            return own.find_in_parts(parts, setting)
        article = "\n".join(text for text, _ in parts)
        read = [
            [
                weighed
                for c in self._candidates(text, setting)
                if not (decided and any(_touch(c, d) for d in decided))
                and (weighed := self._weighed(text, c, article, setting))
            ]
            for text, decided in parts
        ]
        sure = {d.entity for _, decided in parts for d in decided if d.entity is not None}
        sure.update(*(c.strong for part in read for c in _longest(c for c in part if c.strong) if c.plain))
        by_rule = {c: c.ruled(setting, sure) for part in read for c in part if c.rules}
        named = set(sure)
        for part in read if by_rule else ():
            for candidate in _longest(c for c in part if c.strong or by_rule.get(c)):
                if len(meant := by_rule.get(candidate, set())) == 1:
                    named |= meant
        return [
            _told(candidates, decided, named, by_rule) for candidates, (_, decided) in zip(read, parts, strict=True)
        ]

    def inside(self, text: str, mentions: Iterable[Mention]) -> list[Mention]:
        """Forms that stand inside the longer name of another entity: "Gadabay" in "Gadabay region", in order.

        They name nothing there and are never linked; but who looks for every spelling of a name looks for these too.
        `mentions` are without overlap.
        """
        if (own := self._own(text)) is not self:
            return own.inside(text, mentions)
        longer = sorted((m for m in mentions if self._may_hold_another(text, m)), key=lambda m: m.start)
        starts = [mention.start for mention in longer]
        found: set[Mention] = set()
        for candidate in self._candidates(text, NOWHERE) if longer else ():
            around = bisect_right(starts, candidate.start) - 1
            if around >= 0 and candidate.end <= longer[around].end and len(candidate.strong) == 1:
                found.update(Mention(candidate.start, candidate.end, entity) for entity in candidate.strong
                             if entity != longer[around].entity)  # fmt: skip
        return sorted(found, key=lambda m: (m.start, m.end))

    def _may_hold_another(self, text: str, mention: Mention) -> bool:
        """Whether the words of a mention by themselves, all else left aside, could hold a name of another entity."""
        words = text[mention.start : mention.end]
        if words not in self._held:
            self._held[words] = self._strong_in(words)
        held = self._held[words]
        return held is None or not held <= {mention.entity}

    def _strong_in(self, words: str) -> Set[str] | None:
        """Who has a strong form that stands or begins in these words; None where that cannot be told.

        Nobody else has one there in any text that holds the words: what stands around them can only make it less.
        """
        plain, forms = read_alone(words), self._forms
        if plain is None or forms.automaton is None:
            return None
        found: set[str] = set()
        for index, start, end in forms.automaton.find_matches_as_indexes(plain, overlapping=True):
            if not _inside_word(plain, start):
                exact = forms.exact[index] if not _inside_word(plain, end) else None
                found.update(exact.strong if exact else (), *(claims.strong for _, claims in forms.inflected[index]))
        return found

    def _weighed(self, text: str, candidate: _Candidate, article: str, setting: Setting) -> _Candidate | None:
        """The candidate as it is to be taken among all words of its article; None if it is no name there.

        A short abbreviation in a headline all in capitals is weak: WHO needs the World Health Organization beside it.
        """
        forms = self._forms
        words = text[candidate.start : candidate.end]
        language = setting.language.split("-")[0].replace("und", "") or "en"
        claimants = candidate.strong | candidate.weak if candidate.weak else candidate.strong
        surnames: Set[str] = frozenset()
        if not claimants.isdisjoint(forms.persons) and len(words.split()) == 1:
            surnames = forms.persons & claimants
            if language != "de":  # in German every noun has a capital: Machthaber Putin
                candidate = candidate.without({p for p in surnames if self._is_namesake(text, candidate, p, article)})
                claimants = candidate.strong | candidate.weak
        if not claimants:
            return None
        if misread.begins_company(text, candidate.end) and claimants <= forms.places | surnames:
            return None
        if not words.isupper() or words.lower() in forms.written:
            return candidate
        capitals = misread.in_capitals(text, candidate.start, candidate.end)
        if misread.is_word_of(words, language) and (capitals or language != "en"):
            return None if capitals and language != "en" else replace(candidate, strong=frozenset(), weak=claimants)
        if not capitals:
            return candidate
        if misread.is_a_word(words, article):
            return None
        if words.isalpha() and words.capitalize() not in forms.written and misread.is_doubtful(words, article):
            return replace(candidate, strong=frozenset(), weak=claimants)
        return candidate

    def _is_namesake(self, text: str, candidate: _Candidate, entity: str, article: str) -> bool:
        """Whether a surname that a person has stands behind somebody else's given name."""
        given = self._forms.given[entity]
        return misread.follows_other_name(text, candidate.start, candidate.end, given, self._forms.written, article)

    def _candidates(self, text: str, setting: Setting) -> list[_Candidate]:
        """What could be names, by where they begin; of those that begin in one place, the longest first."""
        forms = self._forms
        if forms.automaton is None:
            return []
        read = as_read(text)
        plain, size = read.text, len(read.text)
        exact, begun, within = forms.exact, forms.inflected, _IN_WORD
        found: dict[tuple[int, int], Claims] = {}
        inflected: dict[tuple[int, int], list[Claims]] = defaultdict(list)
        turkic = setting.language.split("-")[0] if setting.language.split("-")[0] in ("az", "tr") else ""
        for index, start, end in forms.automaton.find_matches_as_indexes(plain, overlapping=True):
            if start and within[plain[start - 1]] and within[plain[start]]:
                continue
            if claims := exact[index]:
                if end == size or not (within[plain[end - 1]] and within[plain[end]]):
                    found[start, end] = claims
                form = forms.texts[index]
                if turkic and form in forms.bent and endings.begin(form, turkic):
                    self._inflect(plain, start, form, turkic, claims, inflected)
            for (form, language), others in begun[index]:
                self._inflect(plain, start, form, language, others, inflected)
        for place, several in inflected.items():
            if place not in found:  # an inflected form gives way to what is written so
                found[place] = _joined(several)
        refused = [(start, end, claims.refused) for (start, end), claims in found.items() if claims.refused]
        candidates: list[_Candidate] = []
        for (start, end), claims in found.items():
            strong, weak, rules = claims.strong, claims.weak, claims.rules
            if refused:
                barred = {e for s, t, entities in refused if s < end and start < t for e in entities}
                strong, weak = strong - barred, weak - barred
                rules = tuple((entity, rule) for entity, rule in rules if entity not in barred)
            if strong or weak:
                first, last = read.place(start, end) if read.cuts else (start, end)
                candidates.append(_Candidate(first, last, strong, weak, rules))
        candidates.sort(key=lambda c: (c.start, -c.end))
        return candidates

    @staticmethod
    def _inflect(
        plain: str, start: int, form: str, language: str, claims: Claims, found: dict[tuple[int, int], list[Claims]]
    ) -> None:
        match = endings.pattern(form, language).match(plain, start)
        if match and not _inside_word(plain, match.end()) and match.group() != form:
            found[match.span()].append(claims)


def _joined(several: list[Claims]) -> Claims:
    """The claims of all names that are inflected to the same word."""
    if len(several) == 1:
        return several[0]
    return Claims(
        set().union(*(claims.strong for claims in several)),
        set().union(*(claims.weak for claims in several)),
        set().union(*(claims.refused for claims in several)),
        tuple(rule for claims in several for rule in claims.rules),
    )


def _told(
    candidates: list[_Candidate], decided: Sequence[Decided], named: set[str], by_rule: dict[_Candidate, set[str]]
) -> tuple[list[Mention], list[Ambiguity]]:
    """The mentions and doubts of one part, where `named` are the entities that the article names for certain.

    A rule that holds comes first, then a full form, then a weak one of what is named. A form that several claim and
    that only a rule could decide is a doubt even if it is weak.
    """
    meant = {c: by_rule.get(c) or c.strong or c.weak & named for c in candidates}
    mentions = [Mention(d.start, d.end, d.entity) for d in decided if d.entity is not None]
    doubts: list[Ambiguity] = []
    for candidate in _longest(c for c in candidates if meant[c] or (c.rules and len(c.weak) > 1)):
        entities = meant[candidate] or candidate.weak
        if len(entities) == 1:
            mentions.append(Mention(candidate.start, candidate.end, *entities))
        else:
            doubts.append(Ambiguity(candidate.start, candidate.end, tuple(sorted(entities))))
    return sorted(mentions, key=lambda m: m.start), doubts


def _touch(one: _Candidate, other: Decided) -> bool:
    return one.start < other.end and other.start < one.end


def _longest(candidates: Iterable[_Candidate]) -> list[_Candidate]:
    """Of overlapping candidates the leftmost, of those the longest. They come in the order of `_candidates`."""
    chosen: list[_Candidate] = []
    end = 0
    for candidate in candidates:
        if candidate.start >= end:
            chosen.append(candidate)
            end = candidate.end
    return chosen


class _InWord(dict[str, bool]):
    """Whether a character stands inside words: found out once for each."""

    def __missing__(self, character: str) -> bool:
        inside = character.isalnum() or character == "_" or unicodedata.category(character)[0] == "M"
        self[character] = inside
        return inside


_IN_WORD = _InWord()


def _inside_word(text: str, at: int) -> bool:
    """Whether the cut before `text[at]` would go through a word."""
    return 0 < at < len(text) and _IN_WORD[text[at - 1]] and _IN_WORD[text[at]]
