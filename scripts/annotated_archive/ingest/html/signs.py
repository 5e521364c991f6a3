"""Where a page says something of itself: its `meta` and `link` elements, JSON-LD, and what stands at its headline."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from annotated_archive.ingest.html.structured import Subject, subjects
from annotated_archive.records.text import FORBIDDEN, composed

MAX_VALUE = 500
_MAX_ELEMENTS = 5_000
# How far from the headline its date and byline may stand, in elements around it.
_LEVELS = 8
_MAX_HEADINGS = 300
_PROPERTIES = ("property", "name", "itemprop", "http-equiv")
_BYLINE = re.compile(r"(?:^|[\s_-])(?:by-?line|author(?:-?name)?)(?:$|[\s_])", re.I)
_ELSEWHERE = re.compile(r"comment|related|recommend|sidebar|promo|teaser|most-read|newsletter", re.I)
_LATER = re.compile(r"modif|updat", re.I)


@dataclass
class Signs:
    """What the page says, each value tidied: `meta` by lower-case name, links by relation, and so on."""

    meta: dict[str, list[str]] = field(default_factory=dict)
    canonical: list[str] = field(default_factory=list)
    title: str | None = None
    language: str | None = None
    subjects: list[Subject] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    bylines: list[str] = field(default_factory=list)

    def first(self, *names: str) -> Iterator[str]:
        """The values of the `meta` elements of these names, in the order of the names."""
        for name in names:
            yield from self.meta.get(name, ())


def tidy(value: str | None) -> str | None:
    """A value on one line, without entities, forbidden characters and white space around it; None if empty or long."""
    if not value or len(value) > 10 * MAX_VALUE:
        return None
    text = html.unescape(value) if "&" in value else value
    text = composed(" ".join(FORBIDDEN.sub(lambda m: "" if m.group() > "\x7f" else " ", text).split()))
    return text if 0 < len(text) <= MAX_VALUE else None


def read_signs(tree: Any) -> Signs:
    """What a page's elements for programs say. `read_near` adds what stands at its headline."""
    signs = Signs(language=tidy(tree.get("lang") or tree.get("xml:lang")))
    scripts: list[str] = []
    for number, element in enumerate(tree.iter("meta", "link", "title", "script")):
        if number > _MAX_ELEMENTS:
            break
        if element.tag == "meta":
            _meta(signs, element)
        elif element.tag == "link":
            if "canonical" in (element.get("rel") or "").lower().split() and (href := tidy(element.get("href"))):
                signs.canonical.append(href)
        elif element.tag == "title":
            if signs.title is None and _parent(element) in ("head", "html"):
                signs.title = tidy(element.text)
        elif (element.get("type") or "").strip().lower().startswith("application/ld+json") and element.text:
            scripts.append(element.text)
    signs.subjects = subjects(iter(scripts))
    return signs


def _parent(element: Any) -> str:
    above = element.getparent()
    return above.tag if above is not None else ""


def _meta(signs: Signs, element: Any) -> None:
    content = tidy(element.get("content"))
    if content is None:
        return
    for key in _PROPERTIES:
        for name in (element.get(key) or "").lower().split()[:10]:
            signs.meta.setdefault(name, []).append(content)


def read_near(signs: Signs, tree: Any, headline: str) -> None:
    """Add the dates and bylines in the smallest element around the headline that holds any."""
    wanted = headline.split()
    headings = islice(tree.iter("h1", "h2", "h3", "h4", "h5", "h6"), _MAX_HEADINGS)
    above = next((one for one in headings if "".join(one.itertext()).split() == wanted), None)
    if above is None:
        return
    for _ in range(_LEVELS):
        above = above.getparent()
        if above is None or above.tag in ("body", "html"):
            return
        for number, element in enumerate(above.iter()):
            if number > _MAX_ELEMENTS:
                break
            if isinstance(element.tag, str):
                _beside(signs, element, above, whole=not signs.times)
        if above.tag in ("article", "main") or (signs.times and signs.bylines):
            return


def _beside(signs: Signs, element: Any, around: Any, *, whole: bool) -> None:
    get = element.get
    said = get("datetime") or get("content")
    published = "datepublished" in (get("itemprop") or "").lower() or get("pubdate") is not None
    if element.tag == "time" or (published and element.tag != "meta"):
        marks = f"{get('class') or ''} {get('itemprop') or ''} {_marks(element.getparent())}"
        value = tidy(said)
        if value and value not in signs.times and not _LATER.search(marks) and not _elsewhere(element, around):
            signs.times.append(value)
        return
    author = "author" in (get("rel") or "").lower().split() or "author" in (get("itemprop") or "").lower().split()
    if author or (_BYLINE.search(get("class") or "") and element.tag in ("a", "span", "p", "div", "address", "li")):
        value = tidy(" ".join(islice(element.itertext(), MAX_VALUE)))
        if value and not _elsewhere(element, around) and value not in signs.bylines:
            signs.bylines.append(value)


def _marks(element: Any) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}" if element is not None else ""


def _elsewhere(element: Any, around: Any) -> bool:
    """Whether something between an element and the one around headline and all marks it as of another text."""
    while element is not None and element is not around:
        if element.tag in ("aside", "nav", "footer", "li") or _ELSEWHERE.search(_marks(element)):
            return element.tag != "li" or "author" not in (_marks(element) + _marks(element.getparent())).lower()
        element = element.getparent()
    return False
