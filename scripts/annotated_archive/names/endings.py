"""Inflected names: which endings a name takes in Armenian, Azerbaijani, Russian and Turkish, and how they are found.

Only what is listed here is found, and only behind a form that the authority knows; nothing is guessed from a stem. A
table is a list of (how a word ends, what may stand in place of that), the first line that fits a word being used.
Sources: for Armenian Dum-Tragut, *Armenian: Modern Eastern Armenian* (2009), 2.1 (declension of nouns); for Russian
Švedova (ed.), *Russkaja grammatika* (1980), vol. 1, declension of nouns, adjectives and names; for Azerbaijani Öztopçu,
*Elementary Azerbaijani* (2000), case endings; for Turkish Göksel and Kerslake, *Turkish: A Comprehensive Grammar*
(2005), 8.1 (nominal inflection), and the rule of the Turkish Language Association on the apostrophe after names.

Not listed, and so not found: plurals of names, fleeting vowels (Елец, Ельца) and possessive adjectives.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

LANGUAGES = ("hy", "az", "ru", "tr")
SHORTEST = 4
"""A name of fewer letters takes no endings: too many other words begin with it."""
SHORTEST_FOREIGN = 6
"""The same for a name of another language, or of none that is said, in a text in Azerbaijani or Turkish: there “kapana”
is a trap."""

_SCRIPTS = {"hy": re.compile("[\u0530-\u058f\\W\\d_]+"), "ru": re.compile("[\u0400-\u052f\\W\\d_]+"),
            "az": re.compile("[A-Za-z\u00c0-\u024f\u0259\\W\\d_]+")}  # fmt: skip
_SCRIPTS["tr"] = _SCRIPTS["az"]
"""What consists of the letters of a language's script."""

_Table = tuple[tuple[str, str], ...]

# How a word ends → "letters that go>endings that come", several of these apart by |.
_ARMENIAN: _Table = (
    ("ություն", "ություն>ության ությանը ությանն ությունը ությունն ությունից ությունում ությամբ"),
    ("ու", "ու>վի վին վից վով վում|>ն"),
    ("ի", ">ի ին ից ով ում ն|ի>ու ուն ուց"),
    ("ա", ">ն յի յին յից յով յում"),
    ("ո", ">ն յի յին յից յով յում"),
    ("", ">ը ն ի ին ինը ից ով ում ումն"),
)
_RUSSIAN: _Table = (
    ("кий", "ий>ого ому им ом"), ("гий", "ий>ого ому им ом ия ию ием ии"), ("хий", "ий>ого ому им ом"),
    ("ый", "ый>ого ому ым ом"), ("ий", "ий>ия ию ием ии его ему им ем"), ("ой", "ой>ого ому ым ом"),
    ("ые", "ые>ых ым ыми"), ("ие", "ие>их им ими ия ию ием ии"), ("ое", "ое>ого ому ым ом"), ("ее", "ее>его ему им ем"),
    ("ая", "ая>ой ую"), ("яя", "яя>ей юю"), ("ия", "я>и ю ей"), ("ья", "я>и е ю ей"), ("я", "я>и е ю ей"),
    *((f"{before}а", "а>и е у ой ей") for before in "гкхжшчщ"),
    ("ца", "а>ы е у ей"), ("а", "а>ы е у ой ою"),
    *((f"{before}о", "о>а у ом е") for before in ("ов", "ев", "ёв", "ин", "ын", "ств")),
    ("ы", "ы>ов ам ами ах"), ("ь", "ь>и я ю е ем ём ью"), ("й", "й>я ю ем е и"),
    *((ending, ">а у ым ом е") for ending in ("ов", "ев", "ёв", "ин", "ын")),
    *((before, ">а у ом ем е") for before in "жшчщц"),
    *((before, ">а у ом е") for before in "бвгдзклмнпрстфх"),
)  # fmt: skip
"""Of a name in several words every word may change: Нагорного Карабаха, Никола Пашиняна, Министерства обороны."""
_TABLES = {"hy": _ARMENIAN, "ru": _RUSSIAN}

_BACK, _FRONT = "aıou", "əeiöü"
_CLOSE = {"a": "ı", "ı": "ı", "o": "u", "u": "u", "ə": "i", "e": "i", "i": "i", "ö": "ü", "ü": "ü"}
_VOICELESS = "çfhkpsşt"


def language_of(text: str) -> str:
    """The language whose endings a form takes by its letters alone: hy or ru; for other letters none (empty)."""
    return "" if text.isascii() else next((name for name in ("hy", "ru") if _SCRIPTS[name].fullmatch(text)), "")


def is_long(text: str) -> bool:
    """Whether a form that is recorded in no Turkic language takes endings in a text in one."""
    return sum(c.isalpha() for c in text) >= SHORTEST_FOREIGN


def begin(text: str, language: str) -> str:
    """How every inflected form of a name begins; empty where it takes no endings.

    `text` is a form as the matcher looks for it, in small letters, capitals or both.
    """
    if sum(c.isalpha() for c in text) < SHORTEST or not _SCRIPTS[language].fullmatch(text):
        return ""
    kept = ""
    for word, inflected in _words(text, language):
        if inflected:
            return kept + min((stem for stem, _ in inflected), key=len)
        kept += f"{word} "
    return ""


@lru_cache(maxsize=4096)
def pattern(text: str, language: str) -> re.Pattern[str]:
    """What matches the inflected forms of a name, whole, from its first letter (and the plain form too)."""
    words = []
    for word, inflected in _words(text, language):
        longer = "".join(f"{re.escape(stem)}(?:{'|'.join(endings)})|" for stem, endings in inflected)
        words.append(f"(?:{longer}{re.escape(word)})")
    return re.compile(" ".join(words) + r"(?!\w)")


def bases(word: str, language: str) -> list[str]:
    """What names of one word a word may be an inflected form of, by the endings that are listed; itself is the first.

    They are possibilities: of which of them there is a name, an ending does not say.
    """
    if language in _TABLES:
        found = [
            word.removesuffix(come) + goes
            for _, changes in _TABLES[language]
            for change in changes.split("|")
            for goes, comes in [change.split(">")]
            for come in comes.split(" ")
            if word.endswith(come)
        ]
    else:
        stems = [word[:end] for end in range(max(2, len(word) - _LONGEST), len(word))]
        found = [*stems, *(stem[:-1] + hard for stem in stems for hard in _HARD.get(stem[-1], ""))]
    possible = (base for base in dict.fromkeys(found) if len(base) >= SHORTEST)
    return [word, *(base for base in possible if base != word and _takes(base, word, language))]


_LONGEST = 5
"""Letters of the longest ending of a Turkic name (`'daki`)."""
_HARD = {"ğ": "q", "y": "k"}


def _takes(base: str, word: str, language: str) -> bool:
    """Whether a word is an inflected form of another."""
    return any(
        word.startswith(stem) and re.fullmatch("|".join(endings), word[len(stem) :])
        for stem, endings in _words(base, language)[0][1]
    )


def _words(text: str, language: str) -> list[tuple[str, list[tuple[str, list[str]]]]]:
    """Each word of a form, and its stems with the endings they take."""
    words = text.split(" ")
    if language == "ru":
        return [(word, _by_table(word, language)) for word in words]
    last = _by_table(words[-1], language) if language == "hy" else _turkic(words[-1], language, len(words) > 1)
    return [*((word, []) for word in words[:-1]), (words[-1], last)]


@cache
def _lines(language: str, last: str) -> _Table:
    """The lines of a language's table for words whose last letter is this."""
    return tuple((ending, changes) for ending, changes in _TABLES[language] if last.endswith(ending[-1:]))


def _by_table(word: str, language: str) -> list[tuple[str, list[str]]]:
    small = word.lower()
    capitals = word.isupper()
    if len(small) < 3 or not small[-1].isalpha():
        return []
    found: list[tuple[str, list[str]]] = []
    changes = next((changes for ending, changes in _lines(language, small[-1]) if small.endswith(ending)), "")
    for change in changes.split("|") if changes else ():
        goes, comes = change.split(">")
        endings = [ending.upper() if capitals else ending for ending in comes.split(" ")]
        found.append((word[: len(word) - len(goes)], endings))
    return found


def _turkic(word: str, language: str, compound: bool) -> list[tuple[str, list[str]]]:
    """The case endings by vowel harmony; in Turkish with an apostrophe, which names of bodies go without.

    n stands before all of them only behind a compound's own ending (Laçın rayonu, Laçın rayonuna): Şuşana is another
    name than Şuşa.
    """
    small = word.replace("İ", "i").replace("I", "ı" if language in ("az", "tr") else "i").lower()
    vowels = [c for c in small if c in _CLOSE]
    if not vowels or not small[-1].isalpha():
        return []
    last = vowels[-1]
    near = _CLOSE[last]
    wide = "a" if last in _BACK else "ə" if language == "az" else "e"
    d = "[dt]" if language == "tr" and small[-1] in _VOICELESS else "d"
    ki = ("kı" if last in _BACK else "ki") if language == "az" else "ki"
    if small[-1] in _CLOSE:
        accusative = "n" if language == "az" else "y"
        vowel = [f"n{near}n", f"y{wide}", f"{accusative}{near}", *([f"n{wide}", f"n{near}"] if compound else [])]
        other = [f"{'n?' if compound else ''}{d}{wide}(?:n|{ki})?", f"y?l{wide}"]
    else:
        vowel = [f"{near}n", wide, near]
        other = [f"{d}{wide}(?:n|{ki})?", f"l{wide}"]
    endings = [*vowel, *other]
    soft = {"q": "ğ", "k": "y"}.get(small[-1], "") if language == "az" else ""
    stems = [(word, [("'?" if language == "tr" else "") + ending for ending in endings])]
    if soft and len(vowels) > 1:
        stems.append((word[:-1], [soft + ending for ending in vowel]))
    if word.isupper():
        return [(stem, [_capitals(ending) for ending in those]) for stem, those in stems]
    return stems


def _capitals(ending: str) -> str:
    return ending.replace("i", "İ").upper()
