"""Adjectives and names of peoples made from the names of known countries and regions: “Armenian”, “Azerbaijani”.

They name nothing that an authority file is missing. Only regular ones are seen; an archive dismisses the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from annotated_archive.names.forms import spellings
from annotated_archive.records.authority import Entity, Place

ENDINGS = {
    "en": "n an ian ean i ese ish ns ans ians eans is",
    "fr": "n en ne enne ens nes ennes ain aine ains aines ais aise aises ois oise oises",
    "de": "r er ier isch ische ischen ischer isches ern iern",
    "es": "o a os as no na nos nas ano ana anos anas és esa eses",
    "ru": "ец цы ин ины ин не ка янин яне анин ане ский ская ское ские ского ской ских скую ском",
    "tr": "li lı lu lü liler lılar",
    "az": "lı li lu lü lılar lilər",
    "hy": "ցի ցիներ ական եան",
}
"""Language → what stands after the stem of a country in an adjective or in what its people are called."""
_ENDINGS = sorted({ending for endings in ENDINGS.values() for ending in endings.split()})
_SHORTEST = 3
_VOWELS = re.compile(r"(?:[aeiouyáéíóúа-яё]?[aeiouyéáаеияё]|ia|ey)$")
_HYPHEN = re.compile("[-‐‑]")


class Demonyms:
    """The adjectives of known countries and regions."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._known: set[str] = set()
        for entity in entities:
            if not isinstance(entity, Place) or entity.type not in ("country", "region", "former-state"):
                continue
            for text, _ in spellings(entity):
                name = text.casefold()
                if name.isalpha():
                    for stem in {name, name[:-1], _VOWELS.sub("", name)}:
                        if len(stem) >= _SHORTEST:
                            self._known.update(stem + ending for ending in _ENDINGS)
                    self._known.discard(name)

    def has(self, form: str) -> bool:
        """Whether a form of one word is such an adjective, or begins with one before a hyphen (“Russian-supplied”)."""
        if " " in form:
            return False
        first, *others = _HYPHEN.split(form)
        return first.casefold() in self._known and all(
            part[:1].islower() or part.casefold() in self._known for part in others
        )
