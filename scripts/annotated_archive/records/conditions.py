"""Rules between the keys of a record, for its JSON Schema: an editor then shows them while a person types.

Each is a rule that a validator of the model holds too; `null` counts as not given, as it does there.
"""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]


def given(*names: str) -> Schema:
    """All these keys are there, and none is null."""
    return {"required": list(names), "properties": {name: {"not": {"type": "null"}} for name in names}}


def absent(*names: str) -> Schema:
    """None of these keys is there, or they are null."""
    return {"not": {"anyOf": [given(name) for name in names]}}


def written(name: str) -> Schema:
    """The key is there, with text that is not empty."""
    return {"required": [name], "properties": {name: {"type": "string", "minLength": 1}}}


def says(name: str, *values: str) -> Schema:
    """The key is there, with one of these values."""
    return {"required": [name], "properties": {name: {"enum": list(values)}}}


def when(condition: Schema, then: Schema, otherwise: Schema | None = None) -> Schema:
    """`then` where `condition` holds, and else `otherwise`."""
    return {"if": condition, **({"then": then} if then else {}), **({"else": otherwise} if otherwise else {})}
