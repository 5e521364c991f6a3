"""The known id that an unknown one was probably meant to be."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cached_property

from annotated_archive.records.diagnostic import one_line

_CANDIDATES = 20


class Nearest:
    """Suggests an id out of many. Only the few that share most letters in a row are compared, so that a file full of
    unknown ids costs no more than the reading of it."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = known

    @cached_property
    def _holders(self) -> dict[str, list[str]]:
        holders: dict[str, list[str]] = defaultdict(list)
        for name in self._known:
            for part in _threes(name):
                holders[part].append(name)
        return holders

    def __call__(self, unknown: str) -> str:
        """“ Did you mean …?”, to stand behind a sentence, or nothing where no known id is near."""
        shared = Counter(name for part in _threes(unknown[:100]) for name in self._holders.get(part, ()))
        likely = [name for name, _ in sorted(shared.items(), key=lambda pair: (-pair[1], pair[0]))[:_CANDIDATES]]
        near = get_close_matches(unknown[:100], likely, n=1, cutoff=0.78)
        return f" Did you mean {one_line(near[0])}?" if near else ""


def _threes(name: str) -> set[str]:
    """Every three characters in a row, with the name's ends marked."""
    framed = f"^{name}$"
    return {framed[at : at + 3] for at in range(len(framed) - 2)}
