"""The forms an entity is written in, and the folding under which text and forms are compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from annotated_archive.records.authority import Entity

# One character for one, so that offsets stay: apostrophes, the two code points of schwa, spaces, hyphens and dashes.
_FOLD = str.maketrans(
    dict.fromkeys("’‘ʻʼ`´ʹ＇", "'")
    | {"ǝ": "ə", "Ǝ": "Ə"}
    | dict.fromkeys("\n\xa0\u2002\u2003\u2007\u2009\u200a\u202f\u3000", " ")
    | dict.fromkeys("‐‑‒–—−֊", "-")
)
# Marks that stand inside words without being letters: the Armenian accents, the soft hyphen, the zero-width space.
_INSIDE = "\u055b\u055c\u055e\u00ad\u200b"
_DROP = dict.fromkeys(map(ord, _INSIDE))


@dataclass(frozen=True)
class Form:
    """A spelling of an entity's name. A weak form links only where a strong one stands in the same article."""

    text: str
    entity: str
    weak: bool


def fold(text: str) -> str:
    """`text` for comparison, with every character in its place."""
    return text.translate(_FOLD)


def without_inner_marks(text: str) -> tuple[str, list[int] | None]:
    """`text` without the marks that stand inside words, and the offset of each remaining character (None: as is)."""
    if not any(mark in text for mark in _INSIDE):
        return text, None
    kept = [i for i, c in enumerate(text) if c not in _INSIDE]
    return "".join(text[i] for i in kept), [*kept, len(text)]


def key(form: str) -> str:
    """A form as the matcher looks for it: white space once, as between the words of a block."""
    return " ".join(part for part in fold(form.translate(_DROP)).split(" ") if part)


def is_usable(form: str) -> bool:
    """Whether a form can be searched for: two letters or digits or more, one at its beginning and one at its end.

    A final full stop or bracket is allowed ("U.S.", "Resolution 822 (1993)").
    """
    text = key(form)
    return sum(c.isalnum() for c in text) >= 2 and text[0].isalnum() and (text[-1].isalnum() or text[-1] in ".)")


def spellings(entity: Entity) -> Iterator[tuple[str, bool]]:
    """Every form of an entity as recorded, with whether it is weak: what `weak` lists is so wherever else it stands."""
    weak = {key(form) for form in entity.weak}
    names = [entity.name] if " / " not in entity.name else [entity.name, *entity.name.split(" / ")]
    for text in [*names, *(name.text for name in entity.names), *entity.forms]:
        if key(text) not in weak:
            yield text, False
    for text in entity.weak:
        yield text, True


def variants(form: str) -> set[str]:
    """A form as the matcher looks for it, as it is written and with capitals."""
    plain = key(form)
    return {plain, plain[:1].upper() + plain[1:], plain.upper() if len(plain) > 3 else plain}


def forms_of(entity: Entity) -> list[Form]:
    """The usable forms of an entity, each once, with capitalised variants, longest first."""
    found: dict[str, bool] = {}
    for text, weak in spellings(entity):
        if not is_usable(text):
            continue
        for variant in variants(text):
            found.setdefault(variant, weak)
    return [Form(text, entity.id, weak) for text, weak in sorted(found.items(), key=lambda f: (-len(f[0]), f[0]))]


def not_phrases(entity: Entity) -> list[str]:
    """The phrases in which no form of the entity matches, as the matcher looks for them."""
    return sorted({key(text) for text in entity.not_ if key(text).strip()})
