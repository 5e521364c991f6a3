"""Keys for what is read, and mappings that note them."""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterator, Mapping, ValuesView
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

Value = TypeVar("Value")
Key = tuple[str, str]
"""What was read: of what kind, and which one."""
ALL = "*"
"""All of a kind, or which there are."""


@dataclass
class Notes:
    """The keys of what is being read, while somebody wants to know."""

    keys: set[Key] | None = field(default=None)

    def add(self, what: str, which: str = ALL) -> None:
        """Note one."""
        if self.keys is not None:
            self.keys.add((what, which))

    @contextmanager
    def noting(self) -> Iterator[set[Key]]:
        """Gives the keys noted until the block ends; whoever notes around the block notes them too."""
        outer, inner = self.keys, set[Key]()
        self.keys = inner
        try:
            yield inner
        finally:
            self.keys = outer
            if outer is not None:
                outer |= inner

    @contextmanager
    def apart(self) -> Iterator[None]:
        """Nothing is noted until the block ends."""
        outer, self.keys = self.keys, None
        try:
            yield
        finally:
            self.keys = outer


class Noted(Mapping[str, Value]):
    """A mapping that notes which of its entries are read: `in` only whether there is one."""

    def __init__(self, what: str, values: Callable[[], Mapping[str, Value]], notes: Notes) -> None:
        self._what, self._values, self._notes = what, values, notes

    def __getitem__(self, key: str) -> Value:
        self._notes.add(self._what, key)
        return self._values()[key]

    def get(self, key: str, default: Any = None) -> Any:
        """The entry of that key, or `default`."""
        self._notes.add(self._what, key)
        return self._values().get(key, default)

    def __contains__(self, key: object) -> bool:
        self._notes.add(f"{self._what}?", str(key))
        return key in self._values()

    def __iter__(self) -> Iterator[str]:
        self._notes.add(self._what)
        return iter(self._values())

    def __len__(self) -> int:
        self._notes.add(self._what)
        return len(self._values())

    def items(self) -> ItemsView[str, Value]:
        """All entries."""
        self._notes.add(self._what)
        return self._values().items()

    def values(self) -> ValuesView[Value]:
        """All values."""
        self._notes.add(self._what)
        return self._values().values()
