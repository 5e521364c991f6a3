"""What must be known of every record at once, so short that it is kept beside it: who refers to whom."""

from __future__ import annotations

from typing import NamedTuple

from pydantic import BaseModel

from annotated_archive.records.annotation import Annotation
from annotated_archive.records.article import Article
from annotated_archive.records.authority import Authority, citations, prose
from annotated_archive.records.claim import Claim
from annotated_archive.records.ledger import Ledger
from annotated_archive.store.kept import text_digest


class OfArticle(NamedTuple):
    """How much of an article is published, which of its originals are kept private, where its originals lie, when it
    appeared, and where (empty: not recorded), its title, and whom it credits, as printed (empty: nobody)."""

    publish: str
    private: tuple[str, ...]
    originals: tuple[str, ...]
    date: str
    source: str
    title: str
    credited: str


class OfEntity(NamedTuple):
    """A digest of all by which an entity is found in texts, the digests of what its record says in our own words, and
    of those that are facts, and the works that it cites."""

    forms: str
    prose: tuple[str, ...]
    facts: tuple[str, ...]
    cited: tuple[str, ...]


class OfLedger(NamedTuple):
    """The article that a ledger belongs to, and what its capture came in."""

    article: str
    container: str


class OfClaim(NamedTuple):
    """When a claim holds, who made it, and what it is about: an event and a measure, or a question (empty: not it)."""

    as_of: str
    claimant: str
    event: str
    measure: str
    question: str


class OfAnnotation(NamedTuple):
    """An annotation's article or work, and what it replies to (empty: none), its kind and status, when it was made and
    by whom (name, accounts; empty: nobody), the type and id of each relation, and the works that it relies on: cited,
    carrying it, or by which it was reported; where its first words begin in its article (0: not known); and what it
    claims (`OfClaim`; empty: nothing)."""

    article: str
    work: str
    parent: str
    kind: str
    status: str
    created: str
    author: tuple[str, str, str] | tuple[()]
    relations: tuple[tuple[str, str], ...]
    cited: tuple[str, ...]
    start: int
    claim: tuple[str, ...]


def of_article(record: Article) -> OfArticle:
    """The short form of an article's record."""
    originals = (record.original, *record.captures)
    private = tuple(one.path for one in originals if one.kept == "private")
    paths = tuple(one.path for one in originals)
    return OfArticle(
        record.rights.publish, private, paths, record.date or "", record.source or "", record.title,
        record.credited or "",
    )  # fmt: skip


def of_entity(record: Authority) -> OfEntity:
    """The short form of an authority file."""
    names = [(name.text, name.lang) for name in record.names]
    told = (record.id, record.kind, record.type, record.name, names, record.forms, record.weak, record.not_,
            record.context)  # fmt: skip
    cited = dict.fromkeys(work for _, works in citations(record) for work in works)
    return OfEntity(
        text_digest(repr(told)), tuple(map(text_digest, prose(record))),
        tuple(text_digest(fact.text) for fact in record.facts), tuple(cited),
    )  # fmt: skip


def of_ledger(record: Ledger) -> OfLedger:
    """The short form of a ledger."""
    return OfLedger(record.article, record.original.container)


def of_claim(claim: Claim) -> OfClaim:
    """The short form of a claim."""
    question = claim.position.question if claim.position else ""
    return OfClaim(claim.as_of, claim.claimant, claim.event, claim.measure or "", question)


def of_annotation(record: Annotation) -> OfAnnotation:
    """The short form of an annotation."""
    author = record.author
    carrier = (record.work, *(record.claim.via if record.claim else ()))
    return OfAnnotation(
        record.article or "", record.work or "", record.parent or "", record.kind, record.status, record.created,
        (author.name, author.github or "", author.orcid or "") if author else (),
        tuple((one.type, one.claim) for one in record.relations),
        (*record.cite, *(work for work in carrier if work)),
        record.targets[0].start or 0 if record.targets else 0,
        tuple(of_claim(record.claim)) if record.claim else (),
    )  # fmt: skip


def brief_of(record: BaseModel) -> tuple[object, ...]:
    """The short form of any record as a plain tuple: of others than these nothing."""
    if isinstance(record, Article):
        return tuple(of_article(record))
    if isinstance(record, Annotation):
        return tuple(of_annotation(record))
    if isinstance(record, Authority):
        return tuple(of_entity(record))
    return tuple(of_ledger(record)) if isinstance(record, Ledger) else ()
