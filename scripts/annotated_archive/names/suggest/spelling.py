"""Which known name another spelling may be: names of several scripts brought to one rough sound, and compared.

Stepanakert, Степанакерт and Ստեփանակերտ, or Khankendi and Xankəndi, differ in their letters and hardly in their sound.
A name is written in Latin letters (anyascii, after rules for letters that it renders as one language does and not the
others), then reduced to what the ways of writing a name agree on, and compared by edits (`rapidfuzz`). The result is a
proposal for a person: names of different things sound alike too, so nothing is ever linked for it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from anyascii import anyascii
from rapidfuzz import fuzz, process

from annotated_archive.names.forms import spellings
from annotated_archive.records.authority import Entity

LIKELY = 84
"""How alike two rough sounds are, of 100, for a proposal."""
_SHORT, _LONG = 4, 7
"""Fewer sounds are compared with none; fewer than the second must begin alike."""
_MARKS = re.compile("[\u055b\u055c\u055e\u00ad\u200b\u200c]")
"""Marks that stand inside words without being letters."""
_MAX = 120
_LETTERS = str.maketrans({
    # Armenian and Georgian by sound: anyascii follows the spelling (ու → ow, թ → t').
    "և": "ev", "ե": "e", "է": "e", "ը": "e", "թ": "t", "ժ": "zh", "խ": "kh", "ծ": "ts", "ձ": "dz", "ղ": "gh", "ճ": "ch",
    "շ": "sh", "չ": "ch", "ջ": "j", "ռ": "r", "ց": "ts", "փ": "p", "ք": "k", "օ": "o", "ւ": "v",
    "ქ": "k", "ღ": "gh", "ყ": "q", "შ": "sh", "ჩ": "ch", "ც": "ts", "ძ": "dz", "წ": "ts", "ჭ": "ch", "ხ": "kh",
    "ჯ": "j", "ჰ": "h", "ჟ": "zh", "თ": "t", "ფ": "p",
    # Azerbaijani and Turkish letters by sound, where the letter tells the language.
    "ə": "a", "ǝ": "a", "ş": "sh", "ç": "ch", "ğ": "gh", "ı": "i", "ö": "o", "ü": "u",
    # Russian and Ukrainian.
    "х": "kh", "щ": "shch", "ё": "e", "э": "e", "ъ": "", "ь": "",
})  # fmt: skip
_TURKIC = re.compile("[əǝğışƏĞİŞ]")
_DIGRAPHS = (
    ("dzh", "j"), ("dj", "j"), ("tch", "c"), ("shch", "s"), ("sch", "s"), ("ch", "c"), ("sh", "s"), ("zh", "z"),
    ("kh", "k"), ("gh", "k"), ("ph", "f"), ("th", "t"), ("ts", "s"), ("tz", "s"), ("dz", "z"), ("ck", "k"), ("ou", "u"),
    ("ow", "u"), ("oo", "u"), ("ee", "i"), ("ya", "a"), ("ia", "a"), ("yu", "u"), ("iu", "u"), ("ye", "e"),
    ("ie", "e"), ("yev", "ev"), ("q", "k"), ("x", "k"), ("g", "k"), ("w", "v"), ("j", "z"), ("y", "i"), ("e", "a"),
    ("o", "a"),
)  # fmt: skip
_TWICE = re.compile(r"(.)\1+")
_CONSONANTS = re.compile(r"[aiu ]")
_UNWRITTEN = re.compile(r"[\u0590-\u08ff]")
"""Scripts that leave vowels unwritten: Hebrew, Arabic and their relatives."""


def latin(text: str, language: str = "") -> str:
    """`text` in small Latin letters, roughly as it sounds. In Azerbaijani `c` is j, `x` is kh and `q` is g."""
    text = unicodedata.normalize("NFC", _MARKS.sub("", text[:_MAX]))
    turkic = _TURKIC.search(text) is not None or language[:2] in ("az", "tr")
    text = text.replace("I", "ı").replace("İ", "i").lower() if turkic else text.lower()
    text = re.sub("ու|ոււ", "u", text).replace("ո", "o")
    if turkic:
        text = text.replace("c", "j").replace("x", "kh").replace("q", "gh")
    plain = anyascii(text.translate(_LETTERS)).lower()
    return " ".join(re.sub(r"[^a-z0-9 ]", "", plain.replace("-", " ")).split())


def sound(text: str, language: str = "") -> str:
    """What spellings of one name agree on: e, a and o are one vowel; k, kh, g, gh, q and x one consonant …"""
    plain = latin(text, language)
    for letters, one in _DIGRAPHS:
        plain = plain.replace(letters, one)
    return _TWICE.sub(r"\1", plain)


def script(form: str) -> str:
    """The script of the first letter of a form, as Unicode names it: LATIN, CYRILLIC …"""
    return next((unicodedata.name(c, "").split(" ")[0] for c in form if c.isalpha()), "")


@dataclass(frozen=True)
class Variant:
    """A known name that a form may be a spelling of; `alike` is out of 100."""

    entity: str
    form: str
    alike: int


class Spellings:
    """All spellings of a set of entities, to be compared with forms that are not among them."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._known: dict[str, tuple[str, str]] = {}
        self._bones: dict[str, list[str]] = {}
        for entity in entities:
            languages = {name.text: name.lang for name in entity.names}
            for text, weak in spellings(entity):
                if weak:
                    continue
                words = text.split()
                person = entity.kind == "actor" and entity.type == "person" and len(words) > 1
                for part in [text, words[-1]] if person else [text]:
                    key = sound(part, languages.get(text, ""))
                    if len(key) >= _SHORT and key not in self._known:
                        self._known[key] = (entity.id, text)
                        self._bones.setdefault(_CONSONANTS.sub("", key), []).append(key)
        self._keys = list(self._known)

    def of(self, form: str, language: str = "", limit: int = 3, least: int = LIKELY) -> tuple[Variant, ...]:
        """The known names that `form` may be, the likeliest first, each entity once; `least` is how alike, of 100."""
        key = sound(form, language)
        bones = _CONSONANTS.sub("", key)
        if _UNWRITTEN.search(form):
            found = self._bones.get(bones, ()) if len(bones) > 2 else ()
            return tuple(Variant(*self._known[other], LIKELY) for other in found)[:limit]
        if len(key) < _SHORT:
            return ()
        near = {
            other: alike
            for other, alike, _ in process.extract(key, self._keys, scorer=fuzz.ratio, score_cutoff=least, limit=20)
            if len(key) >= _LONG or key[0] == other[0]
        }
        for other in self._bones.get(bones, ()) if len(bones) > 1 else ():  # Shushi and Shusha, Goris and Gorus
            if len(other) == len(key):
                near.setdefault(other, fuzz.ratio(key, other))
        best: dict[str, Variant] = {}
        for other, alike in sorted(near.items(), key=lambda item: (-item[1], item[0])):
            entity, text = self._known[other]
            best.setdefault(entity, Variant(entity, text, round(alike)))
        return tuple(sorted(best.values(), key=lambda v: (-v.alike, v.entity)))[:limit]
