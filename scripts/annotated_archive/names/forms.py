"""The forms an entity is written in, and the folding under which text and forms are compared."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from annotated_archive.records.authority import Entity

# One character for one, so that offsets stay: apostrophes, the two code points of schwa, spaces, hyphens and dashes.
_FOLD = (
    dict.fromkeys("’‘ʻʼ`´ʹ＇", "'")
    | {"ǝ": "ə", "Ǝ": "Ə"}
    | dict.fromkeys("\n\t\xa0\u2002\u2003\u2007\u2009\u200a\u202f\u3000", " ")
    | dict.fromkeys("‐‑‒–—−֊", "-")
)
_FOLD_ASCII = {one: other for one, other in _FOLD.items() if one.isascii()}
# Marks that stand inside words without being letters: the Armenian accents, the soft hyphen, the zero-width space.
_INSIDE = "\u055b\u055c\u055e\u00ad\u200b"
_HYPHENS = "-‐‑‒–—−֊"
_BLANK = " \t\xa0"
# What a matcher does not see: these marks, with the line end behind a soft hyphen; a line end behind a hyphen; and of
# white space that holds no more than one line end, all but the first character.
_UNSEEN = re.compile(
    f"(\u00ad\n|[{_INSIDE}])|[{_HYPHENS}](\n)(?=\\S)"
    f"|[{_BLANK}]([{_BLANK}]+\n?[{_BLANK}]*|\n[{_BLANK}]*)(?=\\S)|(?<=\\S)\n([{_BLANK}]+)(?=\\S)"
)
_MAY_GO = re.compile(f"^[{_BLANK}]|[{_INSIDE}\n\t\xa0]|  ")  # without one of these all of some words is seen
_SIGNS_OF_IT = (*_INSIDE, *(f"{hyphen}\n" for hyphen in _HYPHENS), "  ", "\t", "\xa0", " \n", "\n ")


@dataclass(frozen=True)
class Form:
    """A spelling of an entity's name, and its language (empty: not said).

    A weak form links only where a strong one stands in the same article, or where a rule says so.
    """

    text: str
    entity: str
    weak: bool
    language: str = ""


def fold(text: str) -> str:
    """`text` for comparison, with every character in its place."""
    # Five times as fast as `translate`: most of these stand in no text.
    for one, other in (_FOLD_ASCII if text.isascii() else _FOLD).items():
        text = text.replace(one, other)
    return text


@dataclass(frozen=True)
class AsRead:
    """A text folded, without what does not count in a name, and where its characters stand in the text as it is.

    What does not count: marks inside words, the break of a line behind a hyphen, and white space beside white space.
    `cuts` are the offsets (in `text`) before which something was left out, and `gone` how much up to there.
    """

    text: str
    cuts: tuple[int, ...] = ()
    gone: tuple[int, ...] = ()

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where characters [start, end), at least one, stand in the text as it is."""
        return start + self._gone(start), end + self._gone(end - 1)

    def _gone(self, at: int) -> int:
        before = bisect_right(self.cuts, at)
        return self.gone[before - 1] if before else 0


def as_read(text: str) -> AsRead:
    """`text` as names are looked for in it."""
    folded = fold(text)
    if not any(sign in text for sign in _SIGNS_OF_IT):
        return AsRead(folded)
    pieces: list[str] = []
    cuts: list[int] = []
    gone: list[int] = []
    end = 0
    for unseen in _UNSEEN.finditer(text):
        start, stop = unseen.span(unseen.lastindex or 0)
        pieces.append(folded[end:start])
        gone.append(stop - start + (gone[-1] if gone else 0))
        cuts.append(stop - gone[-1])
        end = stop
    return AsRead("".join([*pieces, folded[end:]]), tuple(cuts), tuple(gone))


def loose(text: str) -> str:
    """A text as it is in any case: of an abbreviation, the matcher asks whether its small letters are a form too."""
    return text.lower().replace("ς", "σ")


def read_alone(words: str) -> str | None:
    """Words of a text as they are read there, whatever stands around them; None where that cannot be told."""
    return None if _MAY_GO.search(words) else fold(words)


def key(form: str) -> str:
    """A form as the matcher looks for it: white space once, as between the words of a block."""
    text = read_alone(form)  # nearly always told, and sooner
    return " ".join(part for part in (as_read(form).text if text is None else text).split(" ") if part)


def is_usable(form: str) -> bool:
    """Whether a form can be searched for: two letters or digits or more, one at its beginning and one at its end.

    A final full stop or bracket is allowed ("U.S.", "Resolution 822 (1993)").
    """
    text = key(form)
    return sum(c.isalnum() for c in text) >= 2 and text[0].isalnum() and (text[-1].isalnum() or text[-1] in ".)")


@dataclass(frozen=True)
class Spelling:
    """A form as it is recorded, whether it is weak, and the language of the name that it is (empty: not said)."""

    text: str
    weak: bool
    language: str = ""


def recorded(entity: Entity) -> Iterator[Spelling]:
    """Every form of an entity as recorded: what `weak` lists is weak wherever else it stands."""
    weak = {key(form) for form in entity.weak}
    languages = {key(name.text): name.lang.split("-")[0] for name in reversed(entity.names)}
    names = [entity.name] if " / " not in entity.name else [entity.name, *entity.name.split(" / ")]
    for text in [*names, *(name.text for name in entity.names), *entity.forms]:
        if key(text) not in weak:
            yield Spelling(text, False, languages.get(key(text), ""))
    for text in entity.weak:
        yield Spelling(text, True, languages.get(key(text), ""))


def spellings(entity: Entity) -> Iterator[tuple[str, bool]]:
    """Every form of an entity as recorded, with whether it is weak."""
    for spelling in recorded(entity):
        yield spelling.text, spelling.weak


def variants(form: str, language: str = "") -> set[str]:
    """A form as the matcher looks for it: as it is written, with a capital, in capitals, and with both spellings of և.

    Two words with capitals may be joined by a hyphen (Nagorny Karabakh, Nagorny-Karabakh).
    In Azerbaijani and Turkish the capital of i is İ; a form with other letters than ASCII may be Turkish (Türkiye).
    """
    plain = key(form)
    first, _, last = plain.partition(" ")
    if first[:1].isupper() and last[:1].isupper() and f"{first}{last}".isalpha():
        return _cased(plain, language) | _cased(f"{first}-{last}", language)
    return _cased(plain, language)


def _cased(plain: str, language: str) -> set[str]:
    written = {plain, plain.replace("և", "եւ")}
    found = written | {one[:1].upper() + one[1:] for one in written}
    if len(plain) > 3:
        found |= {plain.upper(), plain.replace("և", "եվ").upper()}
        if language in ("az", "tr") or not plain.isascii():
            found.add(plain.replace("i", "İ").upper())
    return found


def forms_of(entity: Entity) -> list[Form]:
    """The usable forms of an entity, each once, with capitalised variants, longest first."""
    found: dict[str, Form] = {}
    for spelling in recorded(entity):
        if not is_usable(spelling.text):
            continue
        for variant in variants(spelling.text, spelling.language):
            found.setdefault(variant, Form(variant, entity.id, spelling.weak, spelling.language))
    return sorted(found.values(), key=lambda form: (-len(form.text), form.text))


def not_phrases(entity: Entity) -> list[str]:
    """The phrases in which no form of the entity matches, in the same variants as the forms themselves."""
    return sorted({variant for text in entity.not_ if key(text).strip() for variant in variants(text)})
