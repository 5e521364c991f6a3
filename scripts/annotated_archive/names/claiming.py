"""All forms of a set of entities, by what is looked for in a text, and who claims them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from hashlib import blake2b

from ahocorasick_rs import AhoCorasick

from annotated_archive.names import endings
from annotated_archive.names.forms import forms_of, not_phrases, spellings, variants
from annotated_archive.records.authority import Context, Entity

Rules = tuple[tuple[str, Context], ...]
"""Entities, each with a rule by which a form means it."""


@dataclass
class Claims:
    """Who claims a form, who refuses it as a phrase, and the rules about it."""

    strong: Set[str] = frozenset()
    weak: Set[str] = frozenset()
    refused: Set[str] = frozenset()
    rules: Rules = ()

    def add(self, role: str, entity: str) -> None:
        """Let one more entity claim the form, or refuse it."""
        setattr(self, role, getattr(self, role) | {entity})


class Forms:
    """All forms of a set of entities, by what the automaton finds of them."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        exact: dict[str, Claims] = defaultdict(Claims)
        inflected: dict[str, dict[tuple[str, str], Claims]] = defaultdict(lambda: defaultdict(Claims))
        self.bent: set[str] = set()  # what takes endings in articles in Azerbaijani or Turkish
        self.places: set[str] = set()
        self.given: dict[str, set[str]] = {}
        for entity in entities:
            if entity.kind == "place":
                self.places.add(entity.id)
            elif entity.type == "person":
                self.given[entity.id] = {name for text, _ in spellings(entity) for name in text.split()[:-1]}
            rules: dict[str, Rules] = defaultdict(tuple)
            for rule in entity.context:
                for text in {variant for form in rule.forms for variant in variants(form, "tr")}:
                    rules[text] += ((entity.id, rule),)
            forms = [(f.text, f.language or endings.language_of(f.text), "weak" if f.weak else "strong")
                     for f in forms_of(entity)]  # fmt: skip
            forms += [(phrase, endings.language_of(phrase), "refused") for phrase in not_phrases(entity)]
            for text, language, role in forms:
                if role == "refused" or language in ("az", "tr") or endings.is_long(text):
                    self.bent.add(text)
                homes = [exact[text]]
                if language in endings.LANGUAGES and (begin := endings.begin(text, language)):
                    homes.append(inflected[begin][text, language])
                for claims in homes:
                    claims.add(role, entity.id)
                    claims.rules += rules.get(text, ())
        self.persons = frozenset(self.given)
        self.written = exact.keys()
        self.texts = sorted(exact.keys() | inflected.keys())
        self.exact = [exact.get(text) for text in self.texts]
        self.inflected = [tuple(inflected[text].items()) if text in inflected else () for text in self.texts]
        self.automaton = AhoCorasick(self.texts) if self.texts else None

    def readings(self) -> Iterator[tuple[str, str]]:
        """Each text that the automaton looks for, with a digest of all that is known about it, and of whom it is known.

        A text in which no form stands of which something else is known is read as before.
        """
        for text, exact, inflected in zip(self.texts, self.exact, self.inflected, strict=True):
            there = [exact, *(claims for _, claims in inflected)]
            told = [_told_of(claims, self) if claims else None for claims in there]
            known = repr((told, [form for form, _ in inflected], text in self.bent))
            digest = blake2b(known.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
            who = set().union(*(claims.strong | claims.weak | claims.refused for claims in there if claims))
            yield text, " ".join([digest, *sorted(who)])


def _told_of(claims: Claims, forms: Forms) -> tuple[object, ...]:
    """All that is known of some claims, in one order."""
    claimants = sorted(claims.strong | claims.weak)
    about = [(one, one in forms.places, sorted(forms.given[one]) if one in forms.given else None) for one in claimants]
    return sorted(claims.strong), sorted(claims.weak), sorted(claims.refused), claims.rules, about
