"""The archive's YAML: a strict reader that remembers where every value stood, and a writer of one canonical form.

The reader takes the subset of YAML that reads the same everywhere: block and flow collections, and scalars that are
strings unless they are `true`, `false`, `null` or a JSON number. Anchors, aliases, tags, duplicate keys, tabs in the
indentation, several documents and nesting deeper than 50 are refused. It walks libyaml's *events*, which do not
recurse: its composer recurses, and crashes the process on 50,000 open brackets.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import yaml
from yaml import events

from annotated_archive.records.diagnostic import ContentError, Diagnostic, one_line
from annotated_archive.records.document import JSON_NUMBER as JSON_NUMBER
from annotated_archive.records.document import Document as Document
from annotated_archive.records.document import Path as Path
from annotated_archive.records.document import meaning
from annotated_archive.records.text import FORBIDDEN, is_plain
from annotated_archive.records.usual import read_usual

MAX_DEPTH = 50
MAX_CHARACTERS = 10_000_000
# Controls, line ends other than LF, what is no character; and tabs that indent.
_UNREADABLE = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff"
_REFUSED = re.compile(rf"[{_UNREADABLE}]|^ *\t", re.M)
_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Reader:
    def __init__(self, text: str, name: str, first_line: int) -> None:
        self.name, self.first_line = name, first_line
        self.document = Document(None)
        self.events: Iterator[events.Event] = yaml.parse(text, Loader=_PARSER)

    def fail(self, rule: str, mark: Any, message: str, mend: str) -> ContentError:
        line, column = self.at(mark)
        return ContentError(Diagnostic(self.name, line, column, rule, message, mend))

    def at(self, mark: Any) -> tuple[int, int]:
        return (mark.line + self.first_line, mark.column + 1) if mark else (self.first_line, 1)

    def next(self) -> events.Event:
        event = next(self.events)
        if anchor := getattr(event, "anchor", None):
            kind = "alias" if isinstance(event, events.AliasEvent) else "anchor"
            raise self.fail(
                "YAML-ANCHOR", event.start_mark, f"{kind} {one_line(anchor)}", "Write the value out in full."
            )
        if (tag := getattr(event, "tag", None)) is not None:
            raise self.fail("YAML-TAG", event.start_mark, f"tag {one_line(tag)}", "Remove the tag.")
        return event

    def read(self) -> Document:
        self.next()  # stream start
        event = self.next()
        if not isinstance(event, events.StreamEndEvent):
            self.document.data = self.value(self.next(), (), 1)
            self.next()  # document end
            extra = self.next()
            if not isinstance(extra, events.StreamEndEvent):
                raise self.fail(
                    "YAML-SYNTAX", extra.start_mark, "a second document begins here", "Keep one document in a file."
                )
        return self.document

    def value(self, event: events.Event, path: Path, depth: int) -> Any:
        if depth > MAX_DEPTH:
            raise self.fail("YAML-DEPTH", event.start_mark, f"nested deeper than {MAX_DEPTH} levels", "Flatten it.")
        self.document.places[path] = self.at(event.start_mark)
        if isinstance(event, events.ScalarEvent):
            return self.scalar(event)
        if isinstance(event, events.SequenceStartEvent):
            items: list[Any] = []
            while not isinstance(event := self.next(), events.SequenceEndEvent):
                items.append(self.value(event, (*path, len(items)), depth + 1))
            return items
        mapping: dict[str, Any] = {}
        while not isinstance(event := self.next(), events.MappingEndEvent):
            if not isinstance(event, events.ScalarEvent):
                raise self.fail("YAML-SYNTAX", event.start_mark, "a key that is not plain text", "Write a simple key.")
            key = event.value
            if key in mapping:
                first = self.document.keys[(*path, key)][0]
                raise self.fail(
                    "YAML-DUPLICATE-KEY",
                    event.start_mark,
                    f"key {one_line(key)} stands already in line {first}",
                    "Keep one of the two.",
                )
            self.document.keys[(*path, key)] = self.at(event.start_mark)
            mapping[key] = None
            mapping[key] = self.value(self.next(), (*path, key), depth + 1)
        return mapping

    def scalar(self, event: events.ScalarEvent) -> Any:
        if not event.implicit[0]:
            return event.value
        try:
            return meaning(event.value)
        except ValueError:
            raise self.fail("YAML-SYNTAX", event.start_mark, "a number too large to read", "Quote it.") from None


def read(text: str, name: str, first_line: int = 1) -> Document:
    """Read one YAML document strictly.

    `name` is the path for diagnostics and `first_line` the number of the text's first line in that file. Raises
    ContentError with one diagnostic (rules YAML-*).
    """
    if len(text) > MAX_CHARACTERS:
        raise ContentError(
            Diagnostic(name, first_line, 1, "YAML-SIZE", f"{len(text)} characters of YAML", "Split the file.")
        )
    if not is_plain(text) and (match := _REFUSED.search(text)):
        at = match.end() - 1
        line, column = first_line + text.count("\n", 0, at), at - text.rfind("\n", 0, at)
        tab = text[at] == "\t"
        rule = "YAML-TAB" if tab else "YAML-SYNTAX"
        message = "a tab in the indentation" if tab else f"character U+{ord(text[at]):04X}"
        mend = "Indent with spaces." if tab else "Remove it."
        raise ContentError(Diagnostic(name, line, column, rule, message, mend))
    if (usual := read_usual(text, first_line)) is not None:
        return usual
    return _strictly(text, name, first_line)


def _strictly(text: str, name: str, first_line: int) -> Document:
    """Read any YAML by its events. It takes about twice as long as what `read_usual` knows."""
    reader = _Reader(text, name, first_line)
    try:
        return reader.read()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = error.problem or "not YAML"
        mend = "Compare with a neighbouring file."
        if "mapping values" in problem:  # a colon in a text that is not quoted
            mend = "If this is one text with a colon in it, put it in quotation marks, or on the lines below `|-`."
        raise reader.fail("YAML-SYNTAX", mark, problem, mend) from None


_PLAIN = re.compile(r"[^\W\d_].*")
_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*|0|[1-9][0-9]*")
_NOT_PLAIN = re.compile(r": |:$| #|\s$")
_ID = re.compile(r"[a-z0-9-]+")
_RESERVED = re.compile(r"(?i:true|false|null|yes|no|on|off|y|n|nan|inf)")


def scalar(value: Any) -> str:
    """One value on one line: JSON for constants and numbers; text plain where every YAML reader agrees on it."""
    if value is None or isinstance(value, bool | int | float):
        return json.dumps(value, allow_nan=False)
    text = str(value)
    if _RESERVED.fullmatch(text) or _NOT_PLAIN.search(text) or FORBIDDEN.search(text) or not _PLAIN.fullmatch(text):
        return _quoted(text)
    return text


def _quoted(text: str) -> str:
    """`text` in double quotes, as JSON escapes it, with everything escaped that nobody could see in a review."""
    return FORBIDDEN.sub(lambda m: f"\\u{ord(m.group()):04x}", json.dumps(text, ensure_ascii=False))


def write(data: dict[str, Any] | list[Any]) -> str:
    """`data` as canonical YAML: block style, keys in the order given, one line a scalar, `|-` for several lines.

    What a reviewer reads as one thing stays together: ids cited (`cite`, `…_cite`, `via`) stand on one line, and a
    `body` is a literal block even if it is one line.
    """
    if not data:
        return "{}\n" if isinstance(data, dict) else "[]\n"
    return "".join(f"{line}\n" for line in _lines(data, 0))


def _lines(data: Any, indent: int) -> Iterator[str]:
    pad = " " * indent
    entries = data.items() if isinstance(data, dict) else ((None, item) for item in data)
    for key, value in entries:
        head = f"{pad}{_key(key)}:" if key is not None else f"{pad}-"
        if isinstance(value, list) and value and _is_row(key, value):
            yield f"{head} [{', '.join(scalar(item) for item in value)}]"
        elif isinstance(value, dict | list) and value:
            if key is None:
                inner = list(_lines(value, indent + 2))
                yield f"{head} {inner[0].lstrip()}"
                yield from inner[1:]
            else:
                yield head
                yield from _lines(value, indent + 2)
        elif isinstance(value, dict | list):
            yield f"{head} {'{}' if isinstance(value, dict) else '[]'}"
        elif isinstance(value, str) and _is_block(value, key == "body"):
            yield f"{head} |-"
            for line in value.split("\n"):
                yield f"{pad}  {line}" if line else ""
        else:
            yield f"{head} {scalar(value)}"


def _key(key: str) -> str:
    return key if _PLAIN_KEY.fullmatch(key) and not _RESERVED.fullmatch(key) else _quoted(key)


def _is_row(key: str | None, items: list[Any]) -> bool:
    """Whether the list under `key` holds ids that stand on one line."""
    named = key is not None and (key in ("cite", "via") or key.endswith("_cite"))
    return named and all(isinstance(item, str) and _ID.fullmatch(item) for item in items)


def _is_block(text: str, one_line: bool = False) -> bool:
    """Whether `text` can stand as a literal block and be read back unchanged; `one_line`: although it is one line."""
    return (
        ("\n" in text or (one_line and bool(text)))
        and not text.endswith("\n")
        and not text.startswith((" ", "\n"))
        and not re.search(r" $", text, re.M)
        and not FORBIDDEN.search(text)
    )
