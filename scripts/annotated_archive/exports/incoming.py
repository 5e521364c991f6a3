"""Annotations as other programs write them, read into one plain form: W3C Web Annotations, and Hypothesis.

Everything here is hostile. What cannot be understood becomes the `flaw` of its item; nothing is guessed and nothing
raises, except that a file that is no such file at all raises ContentError (IMPORT-FILE).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from annotated_archive.exports.annotation import DATA, GITHUB, MOTIVATIONS, ORCID
from annotated_archive.exports.markup import UnreadableError, as_markdown
from annotated_archive.records.diagnostic import ContentError, Diagnostic, one_line

MAX_BYTES = 50_000_000
MAX_DEPTH = 50
MAX_PARTS = 50
"""Bodies, targets or selectors of one annotation."""
_BESIDE = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*")
"""The name of a file in the same folder, and nothing else."""
_KINDS = {motivation: kind for kind, motivation in MOTIVATIONS.items()} | {"describing": "note"}
_FREE = re.compile(
    r"(?:https?://)?creativecommons\.org/(?:licenses/by/4\.0|publicdomain/zero/1\.0)(?:/(?:deed|legalcode)[.\w]*)?/?"
    r"|cc[- ]by[- ]4\.0|cc0(?:[- ]1\.0)?",
    re.IGNORECASE,
)
_ACCOUNTS = {
    "orcid": re.compile(re.escape(ORCID) + r"(\d{4}-\d{4}-\d{4}-\d{3}[\dX])", re.A),
    "github": re.compile(re.escape(GITHUB) + r"([A-Za-z0-9](?:-?[A-Za-z0-9]){0,38})"),
}


class _Flaw(Exception):
    """Why an item cannot be used."""


@dataclass(frozen=True)
class Quote:
    """Words of a text as a TextQuoteSelector gives them."""

    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True)
class Aim:
    """What an annotation is about: an address and, unless it is the whole, words of what stands there."""

    address: str
    quote: Quote | None = None


@dataclass
class Item:
    """One annotation as it came, by its number in the file from 1; `raw` is its JSON, and `identity` its address.

    `free` says whether its licence allows it to be published here, and `flaw` why it cannot be used; the other values
    then mean nothing. `links` are addresses, of works cited or of anything else.
    """

    number: int
    raw: Any = field(repr=False)
    identity: str = ""
    aims: list[Aim] = field(default_factory=list)
    parent: str = ""
    kind: str = "note"
    body: str = ""
    links: list[str] = field(default_factory=list)
    data: dict[str, Any] | None = None
    disputed: str = ""
    author: dict[str, str] = field(default_factory=dict)
    created: str = ""
    free: bool = False
    flaw: str = ""
    remarks: list[str] = field(default_factory=list)


def read(data: bytes, name: str, beside: Callable[[str], bytes | None] = lambda _: None) -> list[Item]:
    """The annotations in a file. `name` is its path for diagnostics. Raises ContentError (IMPORT-FILE).

    Where they are on pages of a collection that are files of their own, `beside` gives these by their names: the bytes
    of a file in the same folder, None where there is none.
    """
    whole = _json(data, name)
    if isinstance(whole, dict) and isinstance(whole.get("first"), str) and isinstance(whole.get("id"), str):
        found: list[Any] | None = [*_in_pages(whole["id"], whole["first"], name, beside, MAX_BYTES - len(data))]
    else:
        found = _annotations(whole)
    if found is None:
        message = "neither Web Annotations nor a Hypothesis export"
        raise _refused(name, message, "Give an AnnotationCollection or its pages.")
    return [_item(number, raw) for number, raw in enumerate(found, 1)]


def _refused(name: str, message: str, mend: str) -> ContentError:
    return ContentError(Diagnostic(name, 1, 1, "IMPORT-FILE", message, mend))


def _json(data: bytes, name: str) -> Any:
    if len(data) > MAX_BYTES:
        raise _refused(name, f"more than {MAX_BYTES:,} bytes", "Split the file.")
    try:
        whole = json.loads(data.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        problem = "nested too deeply" if isinstance(error, RecursionError) else f"not JSON: {error}"
        raise _refused(name, one_line(problem, 120)[1:-1], "Export it again as JSON.") from None
    if _depth(whole) > MAX_DEPTH:
        raise _refused(name, f"nested deeper than {MAX_DEPTH} levels", "No annotation needs it.")
    return whole


def _in_pages(
    collection: str, first: str, name: str, beside: Callable[[str], bytes | None], most: int
) -> Iterator[Any]:
    """The annotations of a collection's pages, which lie beside it and lead to each other; `most` bytes in all."""
    folder = collection.rpartition("/")[0]
    address, seen = first, set[str]()
    while address:
        file = address.removeprefix(f"{folder}/")
        data = beside(file) if _BESIDE.fullmatch(file) and address not in seen else None
        if data is None:
            message = f"its page {one_line(address, 200)} is not a file beside it"
            raise _refused(name, message, "Put all pages of the collection into its folder, or import them one by one.")
        seen.add(address)
        if (most := most - len(data)) < 0:
            raise _refused(name, f"more than {MAX_BYTES:,} bytes with its pages", "Import its pages one by one.")
        page = _json(data, file)
        items = page.get("items") if isinstance(page, dict) else None
        yield from items if isinstance(items, list) else []
        address = page.get("next") or "" if isinstance(page, dict) else ""
        address = address if isinstance(address, str) else ""


def _refuse_constant(constant: str) -> float:
    raise ValueError(f"{constant} is no JSON number")


def _depth(value: Any) -> int:
    """How deeply lists and objects are nested, by a walk that does not recurse."""
    deepest, waiting = 0, [(value, 1)]
    while waiting:
        inside, level = waiting.pop()
        if isinstance(inside, dict | list):
            deepest = max(deepest, level)
            inner = inside.values() if isinstance(inside, dict) else inside
            waiting += [(one, level + 1) for one in inner if isinstance(one, dict | list)]
    return deepest


def _annotations(whole: Any) -> list[Any] | None:
    """The annotations in whatever holds them: a list, a collection with its page, a page, an export, or one alone."""
    if isinstance(whole, list):
        return whole
    if not isinstance(whole, dict):
        return None
    for name in ("rows", "annotations", "items"):
        if isinstance(inside := whole.get(name), list):
            more = whole.get("replies") if name == "rows" else None
            return inside + (more if isinstance(more, list) else [])
    if isinstance(whole.get("left"), list):  # what an earlier import left out
        return [one.get("annotation") if isinstance(one, dict) else one for one in whole["left"]]
    if isinstance(whole.get("first"), dict):
        return _annotations(whole["first"])
    if whole.get("total") == 0:
        return []
    return [whole] if "target" in whole else None


def _item(number: int, raw: Any) -> Item:
    item = Item(number, raw)
    try:
        if not isinstance(raw, dict):
            raise _Flaw("it is not an annotation")
        if isinstance(raw.get("uri"), str):
            _hypothesis(item, raw)
        else:
            _web(item, raw)
    except (_Flaw, UnreadableError) as flaw:
        item.flaw = str(flaw)
    return item


def _web(item: Item, raw: dict[str, Any]) -> None:
    """An annotation of the W3C's model."""
    item.identity = _text(raw.get("id"), "id")
    item.free = any(isinstance(one, str) and _FREE.fullmatch(one.strip()) for one in _several(raw.get("rights")))
    item.created = _text(raw.get("created"), "created")
    item.author = _creator(raw.get("creator"))
    motivations = [one for one in _several(raw.get("motivation")) if isinstance(one, str)]
    item.kind = next((_KINDS[one] for one in motivations if one in _KINDS), "note")
    item.aims = [_aim(item, target) for target in _several(raw.get("target"))]
    if len(item.aims) == 1 and item.aims[0].quote is None:
        item.parent = item.aims[0].address  # if that is an annotation, which only the archive can tell
    texts: list[str] = []
    tags: list[str] = []
    if (value := _text(raw.get("bodyValue"), "bodyValue")) and "body" not in raw:
        texts.append(as_markdown(value, "text/plain"))
    for body in _bodies(raw.get("body")):
        _body(item, body, texts, tags)
    item.body = "\n\n".join(text for text in [*texts, _tags(tags)] if text)
    if item.data is not None:
        item.kind = "claim"


def _bodies(value: Any) -> Iterator[Any]:
    """All bodies, those in a choice or list of bodies too."""
    for body in _several(value):
        if isinstance(body, dict) and isinstance(body.get("items"), list):
            yield from _several(body["items"])
        else:
            yield body


def _body(item: Item, body: Any, texts: list[str], tags: list[str]) -> None:
    """Add one body to what the annotation says."""
    if isinstance(body, str):
        item.links.append(body)
        return
    if not isinstance(body, dict):
        raise _Flaw("a body is neither an address nor an object")
    purposes = _several(body.get("purpose"))
    if "value" not in body:
        source = body.get("source", body.get("id"))
        item.links.append(_text(source.get("id") if isinstance(source, dict) else source, "source"))
        return
    value, form = _text(body["value"], "value"), _text(body.get("format"), "format")
    if form == DATA and "classifying" in purposes:
        item.data = _data(value)
    elif "moderating" in purposes:
        item.disputed = " ".join(value.split())
    elif "tagging" in purposes:
        tags.append(value)
    elif not (form == "text/plain" and "describing" in purposes and _has_data(item.raw)):
        texts.append(as_markdown(value, form))


def _has_data(raw: dict[str, Any]) -> bool:
    """Whether the annotation brings a claim as data, so that its sentence need not be kept."""
    return any(isinstance(b, dict) and b.get("format") == DATA for b in _bodies(raw.get("body")))


def _data(value: str) -> dict[str, Any]:
    try:
        data = json.loads(value)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict) or not data.keys() <= {"claim", "relations"}:
        raise _Flaw("its data is not that of a claim")
    return data


def _aim(item: Item, target: Any) -> Aim:
    """A target: an address, or a resource with selectors, of which the quotation counts."""
    if isinstance(target, str):
        return Aim(target)
    if not isinstance(target, dict):
        raise _Flaw("a target is neither an address nor an object")
    source = target.get("source", target.get("id"))
    source = _text(source.get("id") if isinstance(source, dict) else source, "source")
    selectors = _several(target.get("selector"))
    for selector in selectors:
        if isinstance(selector, dict) and "TextQuoteSelector" in _several(selector.get("type")):
            if "refinedBy" in selector:
                item.remarks.append("the words are narrowed by a further selector, which was left aside")
            words = [_text(selector.get(name), name) for name in ("exact", "prefix", "suffix")]
            return Aim(source, Quote(*words))
    if selectors:
        raise _Flaw("its selectors quote no words (there is no TextQuoteSelector)")
    return Aim(source)


def _creator(value: Any) -> dict[str, str]:
    """The first creator: name and, where the address says them, ORCID iD and GitHub account."""
    creator = next(iter(_several(value)), None)
    if not isinstance(creator, dict):
        return {}
    found: dict[str, str] = {"name": " ".join(_text(creator.get("name", creator.get("nickname")), "name").split())}
    for address in (*_several(creator.get("id")), *_several(creator.get("homepage"))):
        for key, pattern in _ACCOUNTS.items():
            if isinstance(address, str) and (account := pattern.fullmatch(address)):
                found.setdefault(key, account[1])
    return {key: text for key, text in found.items() if text}


def _hypothesis(item: Item, raw: dict[str, Any]) -> None:
    """An annotation of Hypothesis, as its API and its client's export give it (https://h.readthedocs.io/en/latest/)."""
    item.identity = _text(raw.get("id"), "id")
    permissions = raw.get("permissions")
    readers = _several(permissions.get("read") if isinstance(permissions, dict) else None)
    # Its terms put what is public, and in no group, into the public domain (CC0).
    item.free = raw.get("group", "__world__") == "__world__" and "group:__world__" in readers
    if raw.get("hidden") is True:
        raise _Flaw("a moderator hid it")
    item.created = _text(raw.get("created"), "created")
    user = re.fullmatch(r"acct:([^@]+)@.+", _text(raw.get("user"), "user"))
    item.author = {"name": user[1]} if user else {}
    references = _several(raw.get("references"))
    if references:
        item.parent = _text(references[-1], "references")
    else:
        targets = [_aim(item, target) for target in _several(raw.get("target")) or [{}]]
        item.aims = [Aim(raw["uri"], target.quote) for target in targets]
    tags = [tag for tag in _several(raw.get("tags")) if isinstance(tag, str)]
    parts = (as_markdown(_text(raw.get("text"), "text"), "text/markdown"), _tags(tags))
    item.body = "\n\n".join(part for part in parts if part)


def _tags(tags: list[str]) -> str:
    return f"Tags: {', '.join(as_markdown(tag, 'text/plain') for tag in tags)}." if tags else ""


def _several(value: Any) -> list[Any]:
    """One or several values as a list. Raises _Flaw for more than anyone means."""
    if value is None:
        return []
    values = value if isinstance(value, list) else [value]
    if len(values) > MAX_PARTS:
        raise _Flaw(f"it has more than {MAX_PARTS} bodies, targets or selectors")
    return values


def _text(value: Any, name: str) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _Flaw(f"its `{name}` is not text")
    return value
