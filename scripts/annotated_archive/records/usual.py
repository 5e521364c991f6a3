"""Reads YAML as it usually stands in the record, in about half the time that YAML in general takes.

That is the form of `yamlio.write` without what is rare: block collections indented by two, a scalar a line, literal
blocks, and ids in a row. Anything else is left to the reader of all YAML, whose answer this one's is where it answers.
"""

from __future__ import annotations

import json
import re
from typing import Any, cast

from annotated_archive.records.document import Document, Path, meaning

_LINE = re.compile(
    r"""(\ *)(-\ )?
    (?:([A-Za-z_][A-Za-z0-9_-]{0,99} | [0-9]{1,9} | "[^"\\\n\t]{0,99}"):(?:\ |(?=\n)))?
    (?:
        ((?:[^\W_]|-[0-9])[^\n\t]*)             # plain
        | "([^"\\\n\t]*)"
        | ("(?:[^"\\\n\t]|\\["\\n])*")          # with escapes that JSON reads alike
        | \[("?[a-z0-9][a-z0-9-]*"?(?:,\ "?[a-z0-9][a-z0-9-]*"?)*)\]
        | (\[\]|\{\}|\|-)
    )?\n""",
    re.X,
)
_IDS = re.compile(r"( *)- [a-z][a-z0-9-]*\n(?:\1- [a-z][a-z0-9-]*\n)*")
_ID = re.compile(r'("?)[a-z0-9-]+\1')
_NUMERIC = "-0123456789"
_WORDS = ("true", "false", "null")
_DEPTH = 40
"""Levels of nesting: fewer than the reader of all YAML takes."""


def read_usual(text: str, first_line: int) -> Document | None:
    """What the YAML in `text` says, and where; None where it holds anything that is not usual.

    `text` holds no character that the reader refuses; `first_line` is the number of its first line.
    """
    document = Document(None)
    places, keys, match = document.places, document.keys, _LINE.match
    at, line, end = 0, first_line, len(text)
    if text.startswith("#"):  # the line that names a schema
        at, line = text.find("\n") + 1, line + 1
        if not at:
            return None
    opened: list[tuple[int, Any, Path]] = []
    """The collections around, each with the column in which it stands, from 0, and its path."""
    indent, path = -2, cast(Path, ())  # of the innermost of them,
    into: Any = None  # which is this
    awaited: Path | None = ()
    """The path of a collection that must begin in the next line."""
    while at < end:
        found = match(text, at)
        if found is None:
            return None
        spaces, dash, key, plain, quoted, escaped, row, sign = found.groups()
        column = len(spaces)
        if awaited is not None:
            if column != indent + 2 or len(opened) > _DEPTH:
                return None
            made: Any = [] if dash else {}
            if into is None:
                document.data = made
            else:
                into[awaited[-1]] = made
            opened.append((indent, into, path))
            indent, into, path, awaited = column, made, awaited, None
            places[path] = (line, column + 1)
            if dash and (run := _IDS.match(text, at)):  # as the lists of an article
                for item in run.group()[column + 2 : -1].split(f"\n{spaces}- "):
                    places[(*path, len(made))] = (line, column + 3)
                    made.append(item if item not in _WORDS else meaning(item))
                    line += 1
                at = run.end()
                continue
        while column < indent:
            indent, into, path = opened.pop()
        if column != indent or (dash is not None) != (type(into) is list):
            return None
        if dash:
            here: Path = (*path, len(into))
            column += 2
            into.append(None)
            if key is not None:
                opened.append((indent, into, path))
                into[-1] = made = {}
                indent, into, path = column, made, here
                places[here] = (line, column + 1)
        if key is not None:
            name = key[1:-1] if key[0] == '"' else key
            if name in into:
                return None
            here = (*path, name)
            keys[here] = (line, column + 1)
            column += len(key) + 2
        elif not dash:
            return None
        places[here] = (line, column + 1)
        if plain is not None:
            if plain[-1] in " :" or ": " in plain or " #" in plain:
                return None
            value: Any = plain
            if plain[0] in _NUMERIC or plain in _WORDS:
                try:
                    value = meaning(plain)
                except ValueError:
                    return None
        elif quoted is not None:
            value = quoted
        elif escaped is not None:
            value = json.loads(escaped)
        elif row is not None:
            value, began = [], column + 2
            for item in row.split(", "):
                if not _ID.fullmatch(item):
                    return None
                places[(*here, len(value))] = (line, began)
                try:
                    value.append(item[1:-1] if item[0] == '"' else meaning(item))
                except ValueError:
                    return None
                began += len(item) + 2
        elif sign is None:  # a collection begins in the next line
            if key is None:
                return None
            awaited = here
            into[name] = None
            at, line = found.end(), line + 1
            continue
        elif sign == "|-":
            block = _literal(text, found.end(), indent + 2)
            if block is None:
                return None
            value, past = block
            into[here[-1]] = value
            line += text.count("\n", at, past)
            at = past
            continue
        else:
            value = [] if sign == "[]" else {}
        into[here[-1]] = value
        at, line = found.end(), line + 1
    return document if awaited is None else None


def _literal(text: str, at: int, indent: int) -> tuple[str, int] | None:
    """A literal block from `at` on whose lines are indented by `indent`, and where it ends; None for an unusual one."""
    pad = " " * indent
    if not text.startswith(pad, at) or text[at + indent : at + indent + 1] in (" ", "\n", ""):
        return None
    lines: list[str] = []
    while True:
        stop = text.find("\n", at)
        if stop < 0:
            break
        if stop == at:
            lines.append("")
        elif text.startswith(pad, at):
            lines.append(text[at + indent : stop])
        else:
            break
        at = stop + 1
    # A blank line at the end belongs to what follows; a line of spaces alone would be one too.
    return ("\n".join(lines), at) if lines[-1] and text[at - 2] != " " else None
