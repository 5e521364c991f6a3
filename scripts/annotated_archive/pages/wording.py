"""The words that pages use for the record's closed lists: types, languages, dates' origins, alignments, relations."""

from __future__ import annotations

from annotated_archive.records import dates
from annotated_archive.records.article import Article

KINDS = {"place": "Place", "actor": "Actor", "treaty": "Treaty", "event": "Event"}
PLURALS = {"place": "Places", "actor": "Actors", "treaty": "Treaties and statements", "event": "Events"}
LANGUAGES = {
    "ar": "Arabic", "az": "Azerbaijani", "be": "Belarusian", "cs": "Czech", "de": "German", "el": "Greek",
    "en": "English", "es": "Spanish", "fa": "Persian", "fr": "French", "he": "Hebrew", "hy": "Armenian",
    "it": "Italian", "ka": "Georgian", "cnr": "Montenegrin",
    "kk": "Kazakh", "ku": "Kurdish", "ky": "Kyrgyz", "pl": "Polish",
    "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "tg": "Tajik", "tr": "Turkish", "uk": "Ukrainian",
    "zh": "Chinese",
}  # fmt: skip
SCRIPTS = {"Latn": "Latin", "Cyrl": "Cyrillic", "Armn": "Armenian", "Arab": "Arabic", "Geor": "Georgian"}
DATE_SOURCES = {
    "page": "as the page gives it", "json-ld": "from the page’s metadata", "meta": "from the page’s metadata",
    "time": "from the page’s metadata", "url": "from the address", "capture": "from the capture",
    "inferred": "inferred",
}  # fmt: skip
ALIGNMENTS = {
    "armenian": "Armenian", "azerbaijani": "Azerbaijani", "russian": "Russian", "turkish": "Turkish",
    "united-states": "United States", "international": "International or third party",
    "tertiary": "Encyclopaedias and their mirrors", "dataset": "Data sets",
}  # fmt: skip
ALIGNMENT_TAGS = ALIGNMENTS | {"international": "International", "tertiary": "Encyclopaedia", "dataset": "Data set"}
WORK_TYPES = {
    "webpage": "Web page", "article-newspaper": "News report", "article": "Article", "report": "Report",
    "book": "Book", "legal_case": "Court record", "legislation": "Legislation", "treaty": "Treaty text",
    "dataset": "Data set", "post": "Post",
}  # fmt: skip
ROLES = {
    "contains": "Places within it",
    "part": "Bodies that are part of it",
    "member of": "Member of",
    "office holder": "Office-holders",
    "actor of this side": "Actors of this side",
    "party to": "Treaties and statements",
    "signed here": "Signed here",
    "part of this event": "Within this event",
    "event": "Events",
    "see also": "See also",
}
"""What another record says of an entity → the heading for such records on the entity's page, in the pages' order."""

MEASURES = {
    "deaths": "Deaths", "wounded": "Wounded", "captured": "Captured", "missing": "Missing", "displaced": "Displaced",
    "damage": "Damage", "territory": "Territory", "duration": "Duration", "strength": "Strength",
}  # fmt: skip
DONE = {
    "deaths": "killed", "wounded": "wounded", "captured": "captured", "missing": "missing", "displaced": "displaced",
    "damage": "hit", "strength": "in strength",
}  # fmt: skip
"""A claim's measure → the words that follow what is counted: "49 service personnel killed"."""
CATEGORIES = {
    "servicemen": "service personnel", "civilians": "civilians", "people": "people, of whatever kind",
    "dead-and-missing": "dead and missing, counted together", "settlements": "settlements", "homes": "homes",
    "hotels": "hotels", "schools": "schools", "medical-facilities": "medical facilities", "ambulances": "ambulances",
}  # fmt: skip
STANCES = {"own-losses": "own losses", "opponent-losses": "opponent’s losses", "third-party": "third party"}


def type_word(type_: str) -> str:
    """The type of an entity for readers: "former-state" is "Former state"."""
    return type_.replace("-", " ").capitalize()


def language(code: str) -> str:
    """The language's name in English, or its code where we have no word for it."""
    return LANGUAGES.get(code.split("-")[0], code)


def closed(article: Article) -> str:
    """What stands beside the title of an article whose text is withheld; of any other, nothing."""
    return "text not published" if article.rights.publish != "full" else ""


def day(date: str | None) -> str:
    """The date of an article in words, or that it has none."""
    return dates.words(date) if date else "undated"


def number(value: int, one: str, many: str | None = None) -> str:
    """ "1 mention", "3,377 bytes"."""
    return f"{value:,} {one if value == 1 else many or one + 's'}"


def span(first: str | None, last: str | None) -> str:
    """Two EDTF dates as the beginning and end of something; what is not recorded is said to be so."""
    if first and last:
        return f"{dates.words(first)} to {dates.words(last)}"
    if first:
        return f"from {dates.words(first)}; end not recorded"
    return f"until {dates.words(last)}; beginning not recorded" if last else "dates not recorded"


def joined(words: list[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
