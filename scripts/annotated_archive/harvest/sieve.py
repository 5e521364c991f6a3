"""Which names a page could hold, told from its bytes as text: a thousandth of what it costs to read the page."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Iterable

from ahocorasick_rs import AhoCorasick

from annotated_archive.names import endings, forms_of
from annotated_archive.names.forms import as_read
from annotated_archive.records.authority import Entity
from annotated_archive.records.text import FORBIDDEN, composed

_TAG = re.compile(r"(<[^<>]*>)")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_NAME = re.compile(r"<(/?[A-Za-z]+)")
_NO_WORDS = ("script", "style")
_SURROGATES = range(0xD800, 0xE000)


class Sieve:
    """The beginnings of all forms of all names, without regard to where words begin and end or to what rules say."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        found: dict[str, set[str]] = defaultdict(set)
        for entity in entities:
            for form in forms_of(entity):
                found[form.text].add(entity.id)
                language = form.language or endings.language_of(form.text)
                if language in endings.LANGUAGES and (begin := endings.begin(form.text, language)):
                    found[begin].add(entity.id)
        self._texts = sorted(found)
        self._entities = [found[text] for text in self._texts]
        self._automaton = AhoCorasick(self._texts) if self._texts else None

    def possible(self, text: str) -> set[str]:
        """All entities that could be named in a text: more than a matcher finds there, and never fewer."""
        if self._automaton is None:
            return set()
        hits = {index for index, _, _ in self._automaton.find_matches_as_indexes(as_read(text).text, overlapping=True)}
        return set().union(*(self._entities[index] for index in hits))


def laid_open(markup: str) -> str:
    """All words that a page shows, or tells programs in its head.

    What it shows stands there twice, with the tags taken out and with a space in their place: a tag can stand within a
    word, or be all that parts two. A name with a tag of each kind in it is the one that would be missed.
    """
    parts = _TAG.split(_ESCAPE.sub(_letter, markup) if "\\u" in markup else markup)
    shown = parts[::2]
    told = (tag for tag in parts[1::2] if tag[1:5].lower() == "meta")
    page = html.unescape("\n".join(("".join(shown), " ".join(shown), *told)))
    return FORBIDDEN.sub("", composed(" ".join(page.split())))


def _letter(escape: re.Match[str]) -> str:
    code = int(escape.group(1), 16)
    return " " if code in _SURROGATES else chr(code)


def words_shown(markup: str, most: int) -> str:
    """Up to `most` characters of what a page shows, from its middle: the beginning is often a menu."""
    parts = _TAG.split(markup)
    shown: list[str] = []
    within = ""
    for text, tag in zip(parts[::2], ["", *parts[1::2]], strict=True):
        name = _NAME.match(tag)
        if name and name[1].lower() == f"/{within}":
            within = ""
        elif name and not within and name[1].lower() in _NO_WORDS:
            within = name[1].lower()
        if not within:
            shown.append(text)
    words = " ".join(html.unescape(" ".join(shown)).split())
    begin = max(0, (len(words) - most) // 2)
    return words[begin : begin + most]
