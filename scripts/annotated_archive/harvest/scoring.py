"""How near an article is to the subject: points for the names in it, by rules that an editor can check by hand.

- A name of the subject's own gives 4 points, one that stands in any news (see `subject._own`) 2.
- Half of that where only a weak form of it stands in the article ("the ministry").
- As many points again where it stands in the headline, and 1 more where it stands three times or more in the text.
- The names that stand in any news give 4 points together at the most.
- Outlets and agencies give none: they are named as sources.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from annotated_archive.harvest.subject import Subject
from annotated_archive.names import Mention, Setting, find_mentions
from annotated_archive.names.forms import key

OWN, COMMON, COMMON_MOST, OFTEN = 4, 2, 4, 3
GRADES = {"about": 16, "touches": 8, "passing": 1}
"""What a score says in words, and from how many points: much of the article is about the subject; a name of its own
stands in the headline, or two in the text; any name at all does."""
_QUOTES, _AROUND = 5, 90


@dataclass(frozen=True)
class Reason:
    """Why an article has points: an entity, how often it stands in headline and text, and by what kind of form."""

    entity: str
    name: str
    own: bool
    strong: bool
    title: int
    text: int
    points: int


@dataclass(frozen=True)
class Score:
    """The points of an article, what they come from, the most first, and short quotations that name."""

    points: int
    reasons: tuple[Reason, ...]
    quotes: tuple[str, ...]

    @property
    def grade(self) -> str:
        """The score in a word; empty: nothing is named."""
        return grade(self.points)


def grade(points: int) -> str:
    """What a score says in a word; empty: nothing is named."""
    return next((word for word, least in GRADES.items() if points >= least), "")


def most(entities: Iterable[str], subject: Subject) -> int:
    """The most points that a page can have in which no other entities than these stand."""
    own = [subject.names[one].own for one in entities if one in subject.names]
    return sum(own) * (2 * OWN + 1) + (COMMON_MOST if not all(own) else 0)


def score(title: str, body: str, setting: Setting, subject: Subject) -> Score:
    """The score of an article: it grows with every name that is found, and falls with none."""
    found = find_mentions(subject.matcher, title, body, [], setting)
    reasons: list[Reason] = []
    titles, texts = _by_entity(found.title), _by_entity(found.body)
    for entity in sorted(titles.keys() | texts.keys()):
        if (named := subject.names.get(entity)) is None:
            continue
        written = [title[m.start : m.end] for m in titles[entity]] + [body[m.start : m.end] for m in texts[entity]]
        strong = any(key(words) not in subject.weak[entity] for words in written)
        points = (OWN if named.own else COMMON) // (1 if strong else 2)
        points = points * (2 if titles[entity] else 1) + (len(texts[entity]) >= OFTEN)
        reasons.append(Reason(entity, named.name, named.own, strong, len(titles[entity]), len(texts[entity]), points))
    reasons.sort(key=lambda reason: (not reason.own, -reason.points, reason.entity))
    own = sum(reason.points for reason in reasons if reason.own)
    common = sum(reason.points for reason in reasons if not reason.own)
    first = [texts[reason.entity][0] for reason in reasons if texts[reason.entity]]
    return Score(own + min(common, COMMON_MOST), tuple(reasons), _quotes(body, first))


def _by_entity(mentions: Iterable[Mention]) -> dict[str, list[Mention]]:
    found: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        found[mention.entity].append(mention)
    return found


def _quotes(body: str, mentions: list[Mention]) -> tuple[str, ...]:
    """The words around the first mention of each entity, on one line and cut between words; none twice."""
    quotes: list[str] = []
    covered: list[tuple[int, int]] = []
    for mention in mentions:
        if len(quotes) == _QUOTES:
            break
        if any(start <= mention.start and mention.end <= end for start, end in covered):
            continue
        start, end = max(0, mention.start - _AROUND), min(len(body), mention.end + _AROUND)
        while 0 < start < mention.start and not body[start - 1].isspace():
            start += 1
        while mention.end < end < len(body) and not body[end].isspace():
            end -= 1
        covered.append((start, end))
        words = " ".join(body[start:end].split())
        quotes.append(f"{'… ' if start else ''}{words}{' …' if end < len(body) else ''}")
    return tuple(quotes)
