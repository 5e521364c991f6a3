"""Links among pages: relative addresses, text with its names linked, and where an entity belongs."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from markupsafe import Markup, escape

from annotated_archive.graph import Graph
from annotated_archive.graph.tracing import Label
from annotated_archive.names import Mention
from annotated_archive.pages import wording
from annotated_archive.records import dates
from annotated_archive.records.authority import FOLDERS, Actor, Entity, Event, Place, Treaty

MAX_ALTERNATIVES = 3
_SHORT = re.compile(r"(?<!\S)(\S{1,7}[-–]\S{1,7})(?!\S)")


def relative(target: str, page: str) -> str:
    """The address of `target` as seen from `page`, both from the site's root."""
    return seen_from(posixpath.dirname(page), target)


@lru_cache(maxsize=65536)
def seen_from(folder: str, target: str) -> str:
    """The address of `target` as seen from a folder (empty: the root). Both are plain: without `.`, `..` or `//`."""
    if not folder:
        return target
    above, own = folder.split("/"), target.split("/")
    same = 0
    for one, other in zip(above, own[:-1], strict=False):
        if one != other:
            break
        same += 1
    return "../" * (len(above) - same) + "/".join(own[same:])


def place_of(entity: Entity | Label) -> str:
    """The path of an entity's page from the site's root, without suffix."""
    return f"{FOLDERS[entity.kind]}/{entity.id}"


def unbroken(text: str) -> Markup:
    """`text` escaped, its shorter hyphenated words and spans of numbers kept from breaking over two lines."""
    parts = _SHORT.split(text)
    shown = (f'<span class="aa-whole">{escape(one)}</span>' if at % 2 else escape(one) for at, one in enumerate(parts))
    return Markup("".join(shown))


def with_links(
    text: str,
    mentions: Iterable[Mention],
    link: Callable[[str, str], Markup],
    offset: int = 0,
    plain: Callable[[str], Markup] = escape,
) -> Markup:
    """`text` escaped (by `plain`), with `link(entity, words)` around each mention, counted from `offset`."""
    out: list[str] = []
    at = 0
    if plain is escape and escape(text) == text:  # then so are all its parts
        plain = Markup
    for mention in mentions:
        start, end = max(mention.start - offset, at), min(mention.end - offset, len(text))
        if start < end:
            out += [plain(text[at:start]), link(mention.entity, plain(text[start:end]))]
            at = end
    return Markup("".join([*out, plain(text[at:])]))


def with_marks(text: str, marks: Iterable[tuple[int, int]], start: int, end: int) -> Markup:
    """Characters [start, end) of `text` escaped, with `<mark>` around each of `marks`."""
    out: list[str] = []
    at = start
    whole = text[start:end]
    plain: Callable[[str], str] = str if escape(whole) == whole else escape  # then so are all its parts
    for first, last in marks:
        out += [plain(text[at:first]), "<mark>", plain(text[first:last]), "</mark>"]
        at = last
    return Markup("".join([*out, plain(text[at:end])]))


def where(graph: Graph, entity: Entity) -> str:
    """Where an entity belongs, in a few words: what holds a place, whose side an actor is on, when an event was."""
    if isinstance(entity, Place):
        return ", ".join(holder.name for holder in graph.chain(entity))
    if isinstance(entity, Actor):
        side = graph.entities.get(entity.side) if entity.side else None
        return side.name if side else ""
    if isinstance(entity, Treaty):
        return wording.joined([graph.entities[party].name for party in entity.parties if party in graph.entities])
    return ""


def when(entity: Entity) -> str:
    """The date of an event, or of a treaty's signature, in words; empty where there is none."""
    date = entity.date if isinstance(entity, Event) else entity.signed if isinstance(entity, Treaty) else None
    return dates.words(date) if date else ""


def alternatives(entity: Entity) -> list[list[str]]:
    """Up to three other names as [text, language code, language], one for each language first."""
    first: dict[str, list[str]] = {}
    for name in entity.names:
        code = f"{name.lang}-{name.script}" if name.script else name.lang
        first.setdefault(code, [name.text, code, wording.language(name.lang)])
    order = {"hy": 0, "az": 1, "ru": 2}
    named = sorted(first.values(), key=lambda n: ("-" in n[1], order.get(n[1], 3)))
    return named[:MAX_ALTERNATIVES]
