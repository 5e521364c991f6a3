"""What a page says of its article in JSON-LD (schema.org). It may be hostile: nothing about its form is trusted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

MAX_BYTES = 2_000_000
_MAX_NODES = 2_000
# Where the page's own subject stands; lists of other articles lie elsewhere (`itemListElement`, `hasPart`).
_WITHIN = ("@graph", "mainEntity", "mainEntityOfPage")


@dataclass(frozen=True)
class Subject:
    """What JSON-LD says of one article: each value as it stands there, None where it says nothing."""

    headline: str | None
    date: str | None
    authors: tuple[str, ...]
    publisher: str | None
    language: str | None
    addresses: tuple[str, ...]
    free: bool = True


def subjects(scripts: Iterator[str]) -> list[Subject]:
    """The articles that a page's JSON-LD is about, without those that say the same again. What is no JSON is left out.

    Raises nothing: json.loads has its own limit of depth, and the walk does not recurse.
    """
    found: dict[Subject, None] = {}
    pages: dict[Subject, None] = {}  # where nothing is called an article, the page itself; its name is no headline
    for script in scripts:
        if len(script) > MAX_BYTES:
            continue
        try:
            data = json.loads(_bare(script), strict=False)
        except (ValueError, RecursionError):
            continue
        nodes = _nodes(data)
        by_id = {name: node for node in nodes if isinstance(name := node.get("@id"), str) and len(node) > 1}
        for node in nodes:
            if _is(node, ("Article", "BlogPosting", "Report")):
                found.setdefault(_subject(node, by_id))
            elif _is(node, ("WebPage", "ClaimReview")) and node.get("datePublished"):
                pages.setdefault(_subject({**node, "name": None}, by_id))
    return list(found or pages)


def _bare(script: str) -> str:
    """JSON out of the comments and CDATA marks that some pages put around it."""
    script = script.strip()
    for mark, end in (("<!--", "-->"), ("//<![CDATA[", "//]]>"), ("<![CDATA[", "]]>")):
        script = script.removeprefix(mark).removesuffix(end).strip()
    return script.rstrip(";")


def _nodes(data: Any) -> list[dict[str, Any]]:
    """The objects that describe the page itself, in their order."""
    nodes: list[dict[str, Any]] = []
    stack = [data]
    while stack and len(nodes) < _MAX_NODES:
        item = stack.pop()
        if isinstance(item, list):
            stack.extend(reversed(item[:_MAX_NODES]))
        elif isinstance(item, dict):
            nodes.append(item)
            stack.extend(item[key] for key in reversed(_WITHIN) if isinstance(item.get(key), dict | list))
    return nodes


def _is(node: dict[str, Any], kinds: tuple[str, ...]) -> bool:
    """Whether an object is of one of the kinds, or of one that schema.org derives from it (`NewsArticle`)."""
    types = node.get("@type")
    listed = types[:10] if isinstance(types, list) else [types]
    return any(isinstance(kind, str) and kind.endswith(kinds) for kind in listed)


def _subject(node: dict[str, Any], by_id: dict[str, dict[str, Any]]) -> Subject:
    language = node.get("inLanguage")
    if isinstance(language, dict):
        language = language.get("alternateName") or language.get("name")
    own = [node.get("url"), node.get("@id"), node.get("mainEntityOfPage")]
    addresses = [place.get("@id") or place.get("url") if isinstance(place, dict) else place for place in own]
    return Subject(
        headline=_text(node.get("headline")) or _text(node.get("name")),
        date=_text(node.get("datePublished")),
        authors=tuple(dict.fromkeys(_names(node.get("author"), by_id))),
        publisher=next(_names(node.get("publisher"), by_id), None),
        language=_text(language),
        addresses=tuple(place for place in addresses if isinstance(place, str) and place.startswith("http")),
        free=str(node.get("isAccessibleForFree", "true")).lower() != "false",
    )


def _names(value: Any, by_id: dict[str, dict[str, Any]]) -> Iterator[str]:
    """The names of persons or organisations, which stand as texts, objects, references to objects, or lists of them."""
    for item in value[:50] if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            known = by_id.get(item["@id"], item) if isinstance(item.get("@id"), str) else item
            names = item.get("name") or known.get("name")
            for name in names[:50] if isinstance(names, list) else [names]:
                if text := _text(name):
                    yield text
        elif (text := _text(item)) and not text.startswith(("http://", "https://")):
            yield text


def _text(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if len(value) == 1 else None
    return value.strip() or None if isinstance(value, str) else None
