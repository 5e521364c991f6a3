"""Which records lead back to themselves, by way of others or straight away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence


def on_circles(onward: Mapping[str, Sequence[str]]) -> set[str]:
    """The ids from which following `onward` (id → ids) leads back to them, in time that grows with its size.

    Kosaraju's and Sharir's strongly connected components, without recursion.
    """
    backward: dict[str, list[str]] = defaultdict(list)
    for one, others in onward.items():
        for other in others:
            backward[other].append(one)
    found: set[str] = set()
    placed: set[str] = set()
    for root in reversed(_finished(onward)):
        together, waiting = set[str](), [root]
        while waiting:
            one = waiting.pop()
            if one not in placed:
                placed.add(one)
                together.add(one)
                waiting += backward.get(one, ())
        if len(together) > 1 or root in onward.get(root, ()):
            found |= together
    return found


def _finished(onward: Mapping[str, Sequence[str]]) -> list[str]:
    """All ids in the order in which a search in depth is done with them."""
    order: list[str] = []
    seen: set[str] = set()
    for root in onward:
        waiting = [] if root in seen else [(root, iter(onward[root]))]
        seen.add(root)
        while waiting:
            one, others = waiting[-1]
            other = next((other for other in others if other not in seen), None)
            if other is None:
                waiting.pop()
                order.append(one)
            else:
                seen.add(other)
                waiting.append((other, iter(onward.get(other, ()))))
    return order
