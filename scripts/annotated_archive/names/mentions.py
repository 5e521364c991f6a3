"""All mentions of an article: what the matcher finds, corrected by what an editor decided by hand."""

from __future__ import annotations

from dataclasses import dataclass

from annotated_archive.names.matcher import Ambiguity, Matcher, Mention
from annotated_archive.records.article import Mention as Decision


@dataclass(frozen=True)
class ArticleMentions:
    """Mentions in the title and in the body, what stayed ambiguous in the body, and decisions without a place.

    `lost` holds the number (from 0) of each decision whose words do not stand exactly once, and how often they do.
    """

    title: tuple[Mention, ...]
    body: tuple[Mention, ...]
    ambiguous: tuple[Ambiguity, ...]
    lost: tuple[tuple[int, int], ...]


def find_mentions(matcher: Matcher, title: str, body: str, decisions: list[Decision]) -> ArticleMentions:
    """Find the mentions of one article. A decision beats every automatic mention that it overlaps."""
    found, doubts = matcher.find(body)
    decided: list[tuple[int, int, str | None]] = []
    lost: list[tuple[int, int]] = []
    for number, decision in enumerate(decisions):
        places = _places(body, decision)
        if len(places) == 1:
            decided.append((places[0], places[0] + len(decision.exact), decision.id))
        else:
            lost.append((number, len(places)))
    free = [m for m in found if not any(m.start < end and start < m.end for start, end, _ in decided)]
    doubts = [d for d in doubts if not any(d.start < end and start < d.end for start, end, _ in decided)]
    chosen = [Mention(start, end, entity) for start, end, entity in decided if entity is not None]
    in_title, _ = matcher.find(title)
    return ArticleMentions(
        tuple(in_title),
        tuple(sorted(free + chosen, key=lambda m: (m.start, m.end))),
        tuple(doubts),
        tuple(lost),
    )


def _places(body: str, decision: Decision) -> list[int]:
    """Where the decision's words stand with their context."""
    whole = decision.prefix + decision.exact + decision.suffix
    places: list[int] = []
    at = body.find(whole)
    while at >= 0:
        places.append(at + len(decision.prefix))
        at = body.find(whole, at + 1)
    return places
