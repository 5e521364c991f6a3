"""Plain data as records; what a record does not take, in words that a contributor understands, in the right line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from annotated_archive.records import yamlio
from annotated_archive.records.base import ARTICLE_ID_PATTERN, ID_PATTERN, ONE_LINE
from annotated_archive.records.diagnostic import ContentError, Diagnostic, one_line

Model = TypeVar("Model", bound=BaseModel)
_HINTS = {
    "extra_forbidden": "Remove the key or mend its spelling; the schema lists the keys.",
    "missing": "Add it.",
    "string_type": 'Write text; a number or date that is text needs quotes ("2022").',
    "literal_error": "Use one of the listed words.",
    "string_too_long": "Shorten it.",
    "string_too_short": "Write the words, or leave the key out.",
    "list_type": "Write `[one, another]`, or a line that begins with `- ` for each.",
    "model_type": "Write keys with their values, as in `name: …`.",
    "number": "Write digits without quotes, separators or words.",
}
_TYPES = {
    "list_type": "a list is wanted here",
    "model_type": "keys with values are wanted here",
    "number": "a number is wanted here",
    "too_short": "at least one is needed",
}
_ANNOTATION_ID = r"^[a-z][a-z0-9]{7}$"
_PATTERNS = {
    ID_PATTERN: "not an id: lower-case letters, digits and single hyphens, beginning with a letter",
    ARTICLE_ID_PATTERN: "not an id: lower-case letters, digits and single hyphens",
    _ANNOTATION_ID: "not the id of an annotation: a letter and seven letters or digits, all lower-case",
    r"^[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]$": "not an ORCID iD in the form 0000-0000-0000-0000",
    r"^[A-Za-z0-9](?:-?[A-Za-z0-9]){0,38}$": "not an account's name, which has no @ and no address around it",
    r"^[0-9a-f]{64}$": "not a SHA-256: 64 digits and letters from a to f",
    r"^\S": "begins with a space",
    ONE_LINE: "begins with a space, or is more than one line",
}


def validated(model: type[Model], document: yamlio.Document, name: str, path: yamlio.Path = ()) -> Model:
    """The document (or the part of it at `path`) as a record. Raises ContentError with a diagnostic for each error."""
    data = document.data
    for step in path:
        data = data[step]
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise ContentError(*dict.fromkeys(_findings(error, document, name, path))) from None


def _findings(error: ValidationError, document: yamlio.Document, name: str, base: yamlio.Path) -> Iterator[Diagnostic]:
    for found in error.errors(include_url=False, include_input=False):
        kind, where = found["type"], found["loc"]
        if kind in ("int_type", "float_type"):  # one of the two that a number may be
            kind, where = "number", where[:-1] if where[-1:] in (("int",), ("float",)) else where
        path = (*base, *where)
        unknown = kind == "extra_forbidden"
        message = _message(kind, found["msg"], found.get("ctx", {}))
        line, column = _meant(document, path, message) if kind == "value_error" else document.place(path, key=unknown)
        words = ".".join(str(part) for part in where) or "the file"
        rule = "SCHEMA-UNKNOWN-KEY" if unknown else "SCHEMA"
        yield Diagnostic(name, line, column, rule, f"{one_line(words)}: {message}.", _HINTS.get(kind, ""))


def _message(kind: str, message: str, context: dict[str, Any]) -> str:
    """What is wrong, in our words where pydantic's are those of a programmer."""
    if kind == "extra_forbidden":
        return "unknown key"
    if kind == "string_pattern_mismatch" and context.get("pattern") in _PATTERNS:
        return _PATTERNS[context["pattern"]]
    message = _TYPES.get(kind, message.removeprefix("Value error, "))
    return message[:1].lower() + message[1:]


def _meant(document: yamlio.Document, path: yamlio.Path, message: str) -> tuple[int, int]:
    """The place of the first key in backticks that stands below `path`, or else of such a value, or of the whole."""
    named = re.findall(r"`(\w+)", message)
    for name in named:
        if (*path, name) in document.keys:
            return document.keys[(*path, name)]
    data = document.data
    for step in path:
        data = data[step]
    for name in named if isinstance(data, dict) else ():
        for key, value in data.items():
            if value == name:
                return document.place((*path, key))
    return document.place(path)
