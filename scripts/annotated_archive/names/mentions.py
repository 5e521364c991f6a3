"""All mentions of an article: what the matcher finds, corrected by what an editor decided by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from annotated_archive.names.context import NOWHERE, Setting, setting_of
from annotated_archive.names.matcher import Ambiguity, Decided, Matcher, Mention
from annotated_archive.records.article import Mention as Decision
from annotated_archive.records.diagnostic import Diagnostic, one_line
from annotated_archive.records.text import SEPARATOR
from annotated_archive.store import Archive, ArticleFile


@dataclass(frozen=True)
class ArticleMentions:
    """Mentions in the title and in the body, what stayed ambiguous in each, and decisions without a place.

    `lost` holds the number (from 0) of each decision whose words do not stand exactly once, and how often they do;
    `overlapping` the number of each that shares words with an earlier one.
    """

    title: tuple[Mention, ...]
    body: tuple[Mention, ...]
    ambiguous: tuple[Ambiguity, ...]
    lost: tuple[tuple[int, int], ...]
    overlapping: tuple[int, ...]
    ambiguous_title: tuple[Ambiguity, ...] = ()


def article_mentions(matcher: Matcher, archive: Archive, article: ArticleFile) -> ArticleMentions:
    """The mentions of an article of the archive, in its language and with the country of its outlet."""
    record = article.record
    return find_mentions(matcher, record.title, article.body, record.mentions, setting_of(record, archive))


def find_mentions(
    matcher: Matcher, title: str, body: str, decisions: list[Decision], setting: Setting = NOWHERE
) -> ArticleMentions:
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
    (in_title, in_doubt), (found, unsure) = matcher.find_in_parts([(title, ()), (body, decided)], setting)
    return ArticleMentions(
        tuple(in_title), tuple(found), tuple(unsure), tuple(lost), tuple(overlapping), tuple(in_doubt)
    )


def doubts(article: ArticleFile, mentions: ArticleMentions) -> Iterator[Diagnostic]:
    """What stayed ambiguous in an article, as findings about its file."""
    rule = "rite a rule under `context` in one of their files."
    for doubt in mentions.ambiguous_title:
        line, column = article.document.place(("title",))
        yield Diagnostic(
            article.path, line, column, "MENTION-AMBIGUOUS", _either(article.record.title, doubt), f"W{rule}"
        )
    for doubt in mentions.ambiguous:
        line, column = article.position(doubt.start)
        yield Diagnostic(
            article.text_file or article.path, line, column, "MENTION-AMBIGUOUS", _either(article.body, doubt),
            f"Decide it under `mentions`, or w{rule}",
        )  # fmt: skip


def _either(text: str, doubt: Ambiguity) -> str:
    return f"{one_line(text[doubt.start : doubt.end])} may be {' or '.join(doubt.entities)}"


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
