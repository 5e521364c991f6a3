"""What is read from YAML: plain data with the places of its values, and what a value without quotation marks means."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass, field
from typing import Any

JSON_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?", re.A)
_CONSTANTS = {"true": True, "false": False, "null": None, "": None, "~": None}

Path = tuple[str | int, ...]


@dataclass
class Document:
    """Plain data and, for each value and key in it, where it stood.

    `places` maps a path such as `("facts", 2, "cite")` to (line, column), both from 1; `keys` does so for keys.
    """

    data: Any
    places: dict[Path, tuple[int, int]] = field(default_factory=dict)
    keys: dict[Path, tuple[int, int]] = field(default_factory=dict)

    def place(self, path: Path, key: bool = False) -> tuple[int, int]:
        """Where the value at `path` stands, or else the nearest thing around it that has a place."""
        path = tuple(path)
        if key and path in self.keys:
            return self.keys[path]
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, (1, 1))


def meaning(text: str) -> Any:
    """The value that stands in a file as `text` without quotation marks. Raises ValueError for an endless number."""
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if not JSON_NUMBER.fullmatch(text):
        return text
    number = json.loads(text)  # raises it for more digits than Python converts
    if math.isinf(number):
        raise ValueError("a number too large to read")
    return number
