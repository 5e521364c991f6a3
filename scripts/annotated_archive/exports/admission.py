"""Which annotations from elsewhere may enter the archive, and as what: their article, their words, their licence.

A wrong anchor is worse than none: words are placed only where they stand exactly (look-alike characters aside) once
with what surrounds them. What has no place, no free licence or no words is left out, with the reason.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from annotated_archive.anchor.reading import Reading, normal, reading
from annotated_archive.anchor.select import target_at, whole_places
from annotated_archive.exports.incoming import Aim, Item, Quote
from annotated_archive.exports.lookup import Lookup
from annotated_archive.graph import Graph
from annotated_archive.records.annotation import MAX_EXACT, Annotation
from annotated_archive.records.base import SAFE_URL, plain
from annotated_archive.records.diagnostic import one_line
from annotated_archive.records.markup import MAX_BODY, unrenderable
from annotated_archive.records.text import FORBIDDEN
from annotated_archive.store import ArticleFile

OURS = re.compile(r"#a-([a-z][a-z0-9]{7})$")
"""How the address of an annotation of an archive like this one ends."""
SHORT = "the file holds less of its sentence than the archive: read whether the rest was the same there"
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


@dataclass(frozen=True)
class Terms:
    """What the importer says: the name to show for all authors, whether theirs are kept instead, whether all may be
    published under CC BY 4.0 whatever the file says, and the time that stands for a date not given."""

    name: str
    keep_names: bool
    licensed: bool
    now: str


@dataclass
class Admitted:
    """The new annotations, in an order in which each comes after what it replies to; and everything else.

    `left` are items with the reason why they were left out, `known` those that the archive has already.
    """

    records: list[Annotation] = field(default_factory=list)
    left: list[tuple[Item, str]] = field(default_factory=list)
    known: list[tuple[Item, str]] = field(default_factory=list)


class _Left(Exception):
    """Why an item is left out."""


def admit(graph: Graph, items: list[Item], terms: Terms) -> Admitted:
    """Turn items into annotations of this archive, as far as they can be."""
    return _Admission(graph, terms).all(items)


class _Admission:
    def __init__(self, graph: Graph, terms: Terms) -> None:
        self.graph, self.terms = graph, terms
        self.lookup = Lookup(graph)
        self.made: dict[str, tuple[Item, Annotation]] = {}
        self.ids: dict[str, str] = {}
        """Address of an item → the id that it has here."""
        self.done = Admitted()

    def all(self, items: list[Item]) -> Admitted:
        addresses = {item.identity for item in items if item.identity}
        waiting: dict[str, list[Item]] = {}
        for item in items:
            if not item.flaw and self._is_reply(item, addresses) and item.parent not in self.ids:
                waiting.setdefault(item.parent, []).append(item)
                continue
            ready = [item]
            while ready:
                current = ready.pop()
                self._one(current)
                if current.identity in self.ids:
                    ready += waiting.pop(current.identity, [])
        lost = [item for replies in waiting.values() for item in replies]
        self.done.left += [(item, "what it replies to was left out, or is not here") for item in lost]
        self._check_relations()
        self.done.records = [record for _, record in self.made.values()]
        self.done.left.sort(key=lambda pair: pair[0].number)
        return self.done

    def _is_reply(self, item: Item, addresses: set[str]) -> bool:
        """Whether an item is about an annotation, of this file or of the archive."""
        if not item.parent:
            return False
        here = next(_ids(item.parent))
        if item.parent not in addresses and here in self.graph.archive.annotations:
            self.ids[item.parent] = here
        known = item.parent in addresses or item.parent in self.ids
        return known or not item.aims or bool(OURS.search(item.parent))

    def _one(self, item: Item) -> None:
        try:
            if item.flaw:
                raise _Left(item.flaw)
            fields = self._fields(item)
            record = self._with_id(item, fields)
        except _Left as left:
            self.done.left.append((item, str(left)))
            return
        if record is not None:
            self.made[record.id] = (item, record)

    def _fields(self, item: Item) -> dict[str, Any]:
        """The annotation as plain data, without its id."""
        if not (item.free or self.terms.licensed):
            raise _Left("it is not marked CC0 or CC BY 4.0; say --licensed if it may be published so")
        parent = self._parent(item) if item.parent in self.ids else None
        if parent:
            about: dict[str, Any] = {"article": parent.article} if parent.article else {"work": parent.work}
            targets: list[dict[str, Any]] = [{"annotation": parent.id}]
        else:
            about, targets = self._targets(item)
        cite, body = self._links(item)
        if item.kind != "claim" and not body:
            raise _Left("it says nothing: there is no text")
        if len(body) > MAX_BODY:
            raise _Left(f"its text has {len(body):,} characters; at most {MAX_BODY:,} are taken")
        if problem := unrenderable(body):
            raise _Left(f"its text holds {problem}, which no page can show")
        data = item.data or {}
        author = item.author if self.terms.keep_names and item.author.get("name") else {"name": self.terms.name}
        fields = {"kind": item.kind} | about | {"targets": targets} | data
        fields |= {"body": body} if body else {}
        fields |= {"cite": cite} if cite else {}
        fields |= {"author": author, "created": _moment(item.created) or self.terms.now, "license": "CC-BY-4.0"}
        fields |= {"status": "disputed", "reason": item.disputed} if item.disputed else {"status": "open"}
        for text in _strings(fields):
            if match := FORBIDDEN.search(text):
                raise _Left(f"it holds the character U+{ord(match.group()):04X}, which no record may hold")
        if missing := self.lookup.missing(data.get("claim")):
            raise _Left(f"its claim names {missing}, which this archive does not have")
        return fields

    def _parent(self, item: Item) -> Annotation:
        identifier = self.ids[item.parent]
        made = self.made.get(identifier)
        return made[1] if made else self.graph.archive.annotations[identifier].record

    def _targets(self, item: Item) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """The article or work, and the words in it."""
        if not item.aims:
            raise _Left("it is about nothing: there is no target")
        places = {self.lookup.place(aim.address) for aim in item.aims}
        if len(places) > 1 and len({place and place[:2] for place in places}) > 1:
            raise _Left("its targets are not in one and the same article")
        place = next(iter(places))
        if place is None:
            raise _Left("no article of this archive has the address that it is about")
        kind, identifier, _ = place
        if kind == "work":
            return {"work": identifier}, [_quoted(aim) for aim in item.aims]
        article = self.graph.archive.articles[identifier]
        targets = []
        for aim in item.aims:
            found = self.lookup.place(aim.address)
            targets.append(self._target(article, aim, found[2] if found else "", item))
        return {"article": identifier}, targets

    def _target(self, article: ArticleFile, aim: Aim, part: str, item: Item) -> dict[str, Any]:
        if aim.quote is None:
            return {"part": "body"}
        if not aim.quote.exact.strip():
            raise _Left("it quotes no words")
        parts = self.graph.parts(article)
        found = []
        for name in [part] if part else parts:
            found += [(name, span) for span in _places(parts[name], aim.quote)]
        if len(found) == 1:
            name, (start, end) = found[0]
            if _shorter(aim.quote, reading(parts[name]), start, end):
                item.remarks.append(SHORT)
            brief = name != "title" and article.record.rights.publish != "full"
            return plain(target_at(parts[name], start, end, name, brief))
        if found:
            raise _Left(f"its words stand {len(found)} times with the same context")
        words = normal(aim.quote.exact).strip()
        if any(words in reading(text).plain for text in parts.values()):
            raise _Left("its words are there, but in another context, within longer words or over paragraphs")
        if article.record.rights.publish != "full":
            raise _Left("the text of its article is withheld, so that its words have no place")
        raise _Left("its words are not in the article")

    def _links(self, item: Item) -> tuple[list[str], str]:
        """The works cited by their ids, and the text, with every other address after it."""
        cite, others = [], []
        for link in item.links:
            if (identifier := self.lookup.cited(link)) and identifier not in cite:
                cite.append(identifier)
            elif not identifier and SAFE_URL.fullmatch(link):
                others.append(f"<{link}>")
            elif not identifier:
                raise _Left("it links to something that is neither a web page nor in the bibliography")
        return cite, "\n\n".join(text for text in (item.body, "\n".join(others)) if text)

    def _with_id(self, item: Item, fields: dict[str, Any]) -> Annotation | None:
        """The annotation under a free id: its own if it is one of ours, else one made of where it comes from.

        So the same file can be taken in twice. None if it is here already.
        """
        for identifier in _ids(item.identity or json.dumps(item.raw, sort_keys=True)):
            try:
                record = Annotation.model_validate({"id": identifier} | fields)
            except ValidationError as error:
                first = error.errors(include_url=False, include_input=False)[0]
                where = ".".join(str(step) for step in first["loc"]) or "annotation"
                raise _Left(f"{where}: {first['msg'].removeprefix('Value error, ')}") from None
            here = self.graph.archive.annotations.get(identifier)
            earlier = here.record if here else self.made[identifier][1] if identifier in self.made else None
            if earlier is None and identifier not in self.graph.archive.unread:
                self.ids.setdefault(item.identity, identifier)
                return record
            if earlier is not None and earlier.status == "removed":
                raise _Left("it was removed from this archive")
            if earlier is not None and (_same(earlier, record) or (here and _by_address(item, earlier))):
                self.ids.setdefault(item.identity, identifier)
                if not _same(earlier, record):
                    raise _Left(f"it is here already as {identifier}, and reads differently: compare the two")
                self.done.known.append((item, identifier))
                return None
        raise AssertionError("the ids are without end")

    def _check_relations(self) -> None:
        """Point relations at the ids that claims have here; leave out what depends on something that is not here."""
        own = {found[1]: here for address, here in self.ids.items() if (found := OURS.search(address))}
        for identifier, (item, record) in self.made.items():
            relations = [r.model_copy(update={"claim": own.get(r.claim, r.claim)}) for r in record.relations]
            if relations != record.relations:
                self.made[identifier] = (item, record.model_copy(update={"relations": relations}))
        while lost := [(item, record) for item, record in self.made.values() if self._lacks(record)]:
            for item, record in lost:
                self.done.left.append((item, self._lacks(record)))
            for _, record in lost:
                del self.made[record.id]

    def _lacks(self, record: Annotation) -> str:
        """What a record depends on and is not here, in words; empty if nothing."""
        if record.parent and record.parent not in self.made and record.parent not in self.graph.archive.annotations:
            return "what it replies to was left out"
        if any(r.claim not in self.made and r.claim not in self.graph.claims for r in record.relations):
            return "it relates to a claim that is not here"
        return ""


def _places(text: str, quote: Quote) -> list[tuple[int, int]]:
    """Where the words stand, with all that surrounds them in the quotation; the width of spaces there is no matter.

    Programs quote the text of a page, in which paragraphs follow each other with other white space than here, or none.
    At the edges of a text what the page has there counts too: “it is false that” may have stood before the first word.
    """
    found = []
    before, after = _squeezed(quote.prefix), _squeezed(quote.suffix)
    reach = 4 * (len(quote.prefix) + len(quote.suffix)) + 100
    for start, end in whole_places(reading(text), quote.exact[: MAX_EXACT + 1]):
        left, right = _squeezed(text[max(0, start - reach) : start]), _squeezed(text[end : end + reach])
        if left.endswith(before) and right.startswith(after):
            found.append((start, end))
    return found


def _shorter(quote: Quote, here: Reading, start: int, end: int) -> bool:
    """Whether a quotation holds less than the sentence that its words, at [start, end) of a text, stand in here."""
    first, last = here.sentence(start, end)
    before, after = _squeezed(here.text[first:start]), _squeezed(here.text[end:last])
    return not (_squeezed(quote.prefix).endswith(before) and _squeezed(quote.suffix).startswith(after))


def _squeezed(text: str) -> str:
    return "".join(normal(text).split())


def _quoted(aim: Aim) -> dict[str, Any]:
    """A target in a cited work, whose words are quoted and not placed."""
    return {"exact": aim.quote.exact.strip()} if aim.quote else {}


def _ids(seed: str) -> Iterator[str]:
    """The ids for an annotation by its address: that in it if it is one of ours, then others made of the address."""
    if found := OURS.search(seed):
        yield found[1]
    for number in range(1, 1_000_000):
        value = int.from_bytes(hashlib.sha256(f"{number}\n{seed}".encode(errors="surrogatepass")).digest(), "big")
        letters = [_LETTERS[value % 26]]
        for _ in range(7):
            value //= 36
            letters.append(_LETTERS[value % 36])
        yield "".join(letters)


def _moment(text: str) -> str:
    """A date and time as records give it, to the second; empty if there is none. Raises _Left without a zone."""
    if not text:
        return ""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise _Left(f"its date {one_line(text)} is not one") from None
    if moment.tzinfo is None:
        raise _Left(f"its date {one_line(text)} has no time zone")
    whole = moment.replace(microsecond=0).isoformat()
    return text if whole in (text, text.replace("Z", "+00:00")) else whole.replace("+00:00", "Z")


def _by_address(item: Item, earlier: Annotation) -> bool:
    """Whether the archive's annotation of this id is the item, though someone may have edited it since."""
    if OURS.search(item.identity):
        return (earlier.kind, earlier.created) == (item.kind, item.created)
    return earlier.id == next(_ids(item.identity)) if item.identity else False


def _same(one: Annotation, other: Annotation) -> bool:
    """Whether two annotations are one, as far as an import can tell: names and context may differ."""

    def what(record: Annotation) -> tuple[object, ...]:
        words = [(target.part, target.exact, target.annotation) for target in record.targets]
        return record.article, record.work, record.kind, words, record.body, record.claim

    return what(one) == what(other)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _strings(inner)
