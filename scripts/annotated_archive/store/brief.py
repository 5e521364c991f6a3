"""What must be known of every record at once, so short that it is kept beside it: who refers to whom."""

from __future__ import annotations

from typing import NamedTuple

from pydantic import BaseModel

from annotated_archive.records.annotation import Annotation
from annotated_archive.records.article import Article
from annotated_archive.records.ledger import Ledger


class OfArticle(NamedTuple):
    """How much of an article is published, whether an original of it is kept private, where its originals lie, when it
    appeared, and where (empty: not recorded), and its title."""

    publish: str
    private: bool
    originals: tuple[str, ...]
    date: str
    source: str
    title: str


class OfLedger(NamedTuple):
    """The article that a ledger belongs to, and what its capture came in."""

    article: str
    container: str


class OfAnnotation(NamedTuple):
    """An annotation's article or work, and what it replies to (empty: none), its kind and status, when it was made and
    by whom (name, accounts; empty: nobody), the type and id of each relation, and the works that it relies on: cited,
    carrying it, or by which it was reported; and where its first words begin in its article (0: not known)."""

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


def of_article(record: Article) -> OfArticle:
    """The short form of an article's record."""
    originals = (record.original, *record.captures)
    private = any(one.kept == "private" for one in originals)
    paths = tuple(one.path for one in originals)
    return OfArticle(record.rights.publish, private, paths, record.date or "", record.source or "", record.title)


def of_ledger(record: Ledger) -> OfLedger:
    """The short form of a ledger."""
    return OfLedger(record.article, record.original.container)


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
    )  # fmt: skip


def brief_of(record: BaseModel) -> tuple[object, ...]:
    """The short form of any record as a plain tuple: of others than these nothing."""
    if isinstance(record, Article):
        return tuple(of_article(record))
    if isinstance(record, Annotation):
        return tuple(of_annotation(record))
    return tuple(of_ledger(record)) if isinstance(record, Ledger) else ()
