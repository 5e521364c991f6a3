"""What is known of keys without looking: whether what they stand for is as it was.

There are hundreds of thousands of keys, of some fifty kinds; of most kinds one can tell of all at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from annotated_archive.graph.noted import Key

Lasting = bool | Callable[[str], bool]
"""Whether all keys of a kind, or none, are known to be in the state that they had; or of which ones that is known."""
Lasts = Callable[[str], Lasting]
"""The same of any kind."""


def unknown(_: str) -> bool:
    """Of no key is anything known."""
    return False


def last(keys: Iterable[Key], lasts: Lasts) -> Iterator[bool]:
    """Whether each of the keys is known to be in the state that it had."""
    kinds: dict[str, Lasting] = {}
    for what, which in keys:
        known = kinds.get(what)
        if known is None:
            known = kinds[what] = lasts(what)
        yield known if known is True or known is False else known(which)
