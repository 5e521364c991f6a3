"""Which candidates are likely spellings of known names: of another script, or with an ending that the language adds."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import islice, product

from annotated_archive.names import endings
from annotated_archive.names.suggest.spelling import LIKELY, Spellings, Variant, script

_SAME = 96
"""How alike, of 100, a form must be to a name in its own script, where no ending tells them apart; and a base, to be
shown."""
_ENDED = 90
"""How alike its base must be, where one does."""
_WITH_ENDING = 70
"""How alike a form with an ending must be for its bases to be compared."""
_SHORTEST = 5
"""Letters of a base that is compared: a shorter one sounds like too many names."""
_MOST = 50
"""How many bases of one form are compared."""


@dataclass(frozen=True)
class Likeness:
    """The known names that a form may be a spelling of; whether that is likely; and its base (empty: itself)."""

    variants: tuple[Variant, ...] = ()
    likely: bool = False
    base: str = ""


def likeness(form: str, language: str, names: Spellings) -> Likeness:
    """What a form is like, of a text in `language`."""
    variants = names.of(form, language)
    bases = _bases(form, language)
    if not variants and not (bases and names.of(form, language, least=_WITH_ENDING)):
        return Likeness()
    base, best = form, variants[0].alike if variants else 0
    for other in sorted(bases, key=len):  # the shortest of those that sound the same
        of_other = names.of(other, language) if len(other) >= _SHORTEST else ()
        if of_other and of_other[0].alike > best:
            base, variants, best = other, of_other, of_other[0].alike
    if not variants:
        return Likeness()
    first = variants[0]
    enough = LIKELY if script(form) != script(first.form) else _SAME if base == form else _ENDED
    return Likeness(variants, first.alike >= enough, base if base != form and first.alike >= _SAME else "")


def base_in(form: str, language: str, words: Collection[str]) -> str:
    """The base of a form all of whose words stand among `words`; empty if there is none.

    In Russian every word must have lost an ending: in “Кондитерская Олега Ильина” the last has lost none alone.
    """
    inflected = form.split(" ")
    russian = endings.language_of(form) == "ru"
    for base in _bases(form, language):
        pairs = list(zip(base.split(" "), inflected, strict=True))
        if all(one in words and (one != other or not russian) for one, other in pairs):
            return base
    return ""


def _bases(form: str, language: str) -> list[str]:
    """What a form may be an inflected form of, without itself."""
    spoken = endings.language_of(form) or language.split("-")[0]
    if spoken not in endings.LANGUAGES or form.isupper():
        return []
    words = form.split(" ")
    inflected = [
        endings.bases(word, spoken) if spoken == "ru" or number == len(words) else [word]
        for number, word in enumerate(words, 1)
    ]
    return [base for several in islice(product(*inflected), _MOST) if (base := " ".join(several)) != form]
