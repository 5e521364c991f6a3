"""Words that look like a name and are none: a company's name, a common word in capitals, somebody else's surname."""

from __future__ import annotations

import re
from collections.abc import Container, Set


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_COMPANY = re.compile(
    r"(?: (?:&|[A-Z][\w'’&-]*))*? (?:Inc|Corp|Co|Cos|Ltd|Plc|PLC|plc|LLC|Pty|GmbH|Bhd|INC|CORP|CO|LTD)(?![\w-])"
    r"|(?: (?:&|[A-Z][\w'’&-]*))+? (?:AG|SA|NV|AB|SpA)(?![\w-]| [A-Z])"
)
"""Words with capitals that end in what companies are called by: “Marietta Corp” after “Martin”. An AG may also be an
attorney general: it ends a longer name, and no name follows it."""
_LONGEST = 80
"""So many characters behind or before a name are looked at."""
_PLAIN = r"(?<![\w.@#/-]){}(?![\w@/-]|\.\w)"
"""A word in running text: no part of an address, a hashtag or a compound."""

WORDS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("az", "ca", "es", "fr", "it", "oc"), ("un",)), **dict.fromkeys(("gl", "ro"), ("un", "eu")),
    "en": ("us",), "pt": ("eu",), "tr": ("un", "us"),
}  # fmt: skip
"""Words of a language that are written like an abbreviation where all is written in capitals."""

_SMALL = _words("""
    the and for but nor per via yet with from over into amid upon than les des del der die das und von mit aus
    dem den für que con por los las una sur par
""")
"""Words that stay small in headlines whose other words begin with a capital."""
_BEFORE = re.compile(r"(?<![\w'’.-])(?:[^\W\d_][\w'’.-]*[ \n\u00a0]){1,3}\Z")
_NO_GIVEN_NAME = _words("""
    president presidents premier prime minister ministers secretary chancellor chairman chairwoman chairperson
    chair governor mayor senator congressman congresswoman representative ambassador envoy speaker judge justice
    king queen prince princess emperor emir sultan pope bishop archbishop patriarch catholicos general
    lieutenant colonel major captain sergeant marshal admiral commander commissioner director professor doctor
    mr mrs ms miss dr sir madam lady lord gen lt col maj capt sgt sen rep gov prof hon pres sec excellency
    spokesman spokeswoman spokesperson secretary-general chief head leader comrade dictator autocrat analyst
    diplomat negotiator counterpart candidate monsieur madame président ministre premierminister präsident
    aussenminister außenminister herr frau presidente ministro señor signor senhor prezident nazir sədr başbakan
    cumhurbaşkanı bakan bakanı sayın cənab президент президента президенту президентом премьер премьера
    премьер-министр министр министра глава главы генерал посол господин господина товарищ նախագահ նախագահի
    վարչապետ վարչապետի նախարար նախարարի պարոն գեներալ a an the and but or in on at of for from by to with it he
    she we you they this that these those there here if as so our my its their his her your who whom whose what
    which when where why how not no yes also both even only just then than thus yet after before since until
    unless while although though because once under over against about between among amid despite unlike like
    without within during through toward towards upon per via is are was were be been do does did has have had
    will would can could may might must shall should let lets meanwhile however still now again today yesterday
    tomorrow later earlier instead perhaps maybe indeed speaking meeting asked asking calling addressing
    responding according following given dear told tell says said monday tuesday wednesday thursday friday
    saturday sunday january february march april june july august september october november december dans le la
    les et de du des en à que el los y il lo e o un una в на и а но по за с к о от для что как если когда это
""")
"""Titles and offices, days and months, and words that begin a sentence: a surname behind one of these stands alone."""


def begins_company(text: str, end: int) -> bool:
    """Whether the words behind a name that ends at `end` make a company's name of it: “Jordan Marsh Stores Corp”."""
    return bool(_COMPANY.match(text, end, end + _LONGEST))


def line_of(text: str, start: int, end: int) -> str:
    """The line in which [start, end) stands."""
    return text[text.rfind("\n", 0, start) + 1 : (text.find("\n", end) + 1 or len(text) + 1) - 1]


def in_capitals(text: str, start: int, end: int) -> bool:
    """Whether [start, end) stands with other words in a line all in capitals, which does not tell names from words."""
    line = line_of(text, start, end)
    return line.isupper() and end - start < len(line)


def is_a_word(words: str, article: str) -> bool:
    """Whether words in capitals are elsewhere mostly written small: BOND over an article about bonds is no Mr Bond."""
    small = other = 0
    for found in re.finditer(_PLAIN.format(re.escape(words)), article, re.I):
        if found.group().islower():
            small += 1
        elif not line_of(article, *found.span()).isupper():
            other += 1
    return small > other


def is_word_of(words: str, language: str) -> bool:
    """Whether an abbreviation is, in small letters, a word of the language."""
    return words.lower() in WORDS.get(language, ())


def is_doubtful(words: str, article: str) -> bool:
    """Whether an abbreviation in a line all in capitals stands in no other line, though there are some: WHO, AID."""
    other = "\n".join(line for line in article.split("\n") if line and not line.isupper())
    return bool(other) and not re.search(rf"(?<!\w){re.escape(words)}(?!\w)", other)


def follows_other_name(text: str, start: int, end: int, given: Set[str], known: Container[str], article: str) -> bool:
    """Whether the surname [start, end) stands behind a given name that is not one of `given`: “Kirill Lavrov”.

    `known` are words that name something themselves (“In Armenia Pashinyan said”). Where every word has a capital, a
    word is a given name only if it stands before the surname in running text too. Of whom no given name is known, none
    can be another's.
    """
    if not given:
        return False
    found = _BEFORE.search(text, max(0, start - _LONGEST), start)
    words = found.group().split() if found else []
    if not words or not words[-1][0].isupper() or not given.isdisjoint(words):
        return False
    last = words[-1]
    if all(len(part) == 1 for part in last.rstrip(".").split(".")):
        return last not in known and not any(name.startswith(last[0]) for name in given)
    if last[-1] in ".'’" or last[-2:] in ("'s", "’s") or last in known or (last.isupper() and len(last) <= 4):
        return False
    if len(words) > 1 and words[-2].lower() == "in":  # In Tbilisi Pashinyan said
        return False
    if not _NO_GIVEN_NAME.isdisjoint((last.lower(), last.lower().rpartition("-")[2])):
        return False
    if re.search(_PLAIN.format(re.escape(last.lower())), article):
        return False
    if _tells_names(line_of(text, start, end)):
        return True
    pair = re.compile(rf"(?<!\w){re.escape(last)}\s{re.escape(text[start:end])}(?!\w)", re.I)
    return any(_tells_names(line_of(article, *other.span())) for other in pair.finditer(article))


def _tells_names(line: str) -> bool:
    """Whether a line has words that are small though they are not among those that always are."""
    return any(word not in _SMALL for word in re.findall(r"(?<!\w)[^\W\d_]{3,}(?!\w)", line) if word.islower())
