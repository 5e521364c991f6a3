"""All mentions of an article: what the matcher finds, corrected by what an editor decided by hand."""

from __future__ import annotations

from dataclasses import dataclass

from annotated_archive.names.matcher import Ambiguity, Decided, Matcher, Mention
from annotated_archive.records.article import Mention as Decision
from annotated_archive.records.text import SEPARATOR


@dataclass(frozen=True)
class ArticleMentions:
    """Mentions in the title and in the body, what stayed ambiguous in the body, and decisions without a place.

    `lost` holds the number (from 0) of each decision whose words do not stand exactly once, and how often they do;
    `overlapping` the number of each that shares words with an earlier one.
    """

    title: tuple[Mention, ...]
    body: tuple[Mention, ...]
    ambiguous: tuple[Ambiguity, ...]
    lost: tuple[tuple[int, int], ...]
    overlapping: tuple[int, ...]


def find_mentions(matcher: Matcher, title: str, body: str, decisions: list[Decision]) -> ArticleMentions:
    """Find the mentions of one article. A decision beats every automatic mention that it overlaps."""
    decided: list[Decided] = []
    lost: list[tuple[int, int]] = []
    overlapping: list[int] = []
    for number, decision in enumerate(decisions):
        places = _places(body, decision)
        if len(places) != 1:
            lost.append((number, len(places)))
            continue
        start, end = places[0], places[0] + len(decision.exact)
        if any(start < other.end and other.start < end for other in decided):
            overlapping.append(number)
        else:
            decided.append(Decided(start, end, decision.id))
    found, doubts = matcher.find(body, decided)
    in_title, _ = matcher.find(title)
    return ArticleMentions(tuple(in_title), tuple(found), tuple(doubts), tuple(lost), tuple(overlapping))


def _places(body: str, decision: Decision) -> list[int]:
    """Where the decision's words stand with their context. A mention never crosses from one block to the next."""
    if SEPARATOR in decision.exact:
        return []
    whole = decision.prefix + decision.exact + decision.suffix
    places: list[int] = []
    at = body.find(whole)
    while at >= 0:
        places.append(at + len(decision.prefix))
        at = body.find(whole, at + 1)
    return places
