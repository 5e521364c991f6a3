"""The language of a text: by its letters and words, said only where that is sure."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

# Shorter texts are not told apart with certainty.
_MIN_LETTERS = 100
_SAMPLE = 5_000
_SURE = 0.99
# Languages that are written in letters of their own here, for which no statistics are needed.
_SCRIPTS = (("hy", re.compile("[\u0531-\u0556\u0561-\u0587]")), ("ka", re.compile("[\u10d0-\u10fa\u1c90-\u1cba]")))
_CODE = re.compile(r"([a-z]{2,3})(?:[-_]([A-Za-z0-9]{2,8}(?:[-_][A-Za-z0-9]{2,8})*))?", re.I)


def code(value: str) -> str | None:
    """A declared language as BCP 47 writes it (`en-US`); None where it is none."""
    match = _CODE.fullmatch(value.strip())
    if not match or len(value) > 35:
        return None
    parts = re.split("[-_]", match.group(2)) if match.group(2) else []
    shaped = [part.upper() if len(part) == 2 else part.title() if len(part) == 4 else part.lower() for part in parts]
    return "-".join([match.group(1).lower(), *shaped])


def language_of(text: str) -> str | None:
    """The language of a text of some length, if it is sure; None otherwise."""
    sample = text[:_SAMPLE]
    letters = sum(character.isalpha() for character in sample)
    if letters < _MIN_LETTERS:
        return None
    for language, pattern in _SCRIPTS:
        if 2 * len(pattern.findall(sample)) > letters:
            return language
    language, probability = likely_language(sample)
    return language if probability >= _SURE else None


def likely_language(text: str) -> tuple[str, float]:
    """The language that the beginning of a text is likeliest in, and how likely that is."""
    language, probability = _identifier().classify(text[:_SAMPLE])
    return str(language), float(probability)


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
