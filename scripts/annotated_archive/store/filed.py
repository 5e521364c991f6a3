"""The files of the record as they are handed out: a record each, its path, and the places of its values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from annotated_archive.records import yamlio
from annotated_archive.records.annotation import Annotation
from annotated_archive.records.article import Article
from annotated_archive.records.authority import Entity
from annotated_archive.records.ledger import Ledger
from annotated_archive.records.text import Block, blocks
from annotated_archive.store.brief import (
    OfAnnotation,
    OfArticle,
    OfClaim,
    OfEntity,
    OfLedger,
    of_annotation,
    of_article,
    of_entity,
    of_ledger,
)
from annotated_archive.store.kept import Lazy


@dataclass(frozen=True)
class EntityFile(Lazy):
    """An authority file: its record, its path relative to the archive's folder, and where each value stands."""

    record: Entity
    path: str
    document: yamlio.Document = field(repr=False)

    @cached_property
    def brief(self) -> OfEntity:
        """The short form of the record, for which that is not made."""
        return OfEntity(*self.source.kept.brief) if self.source else of_entity(self.record)

    @property
    def id(self) -> str:
        """The id."""
        return self.source.kept.identifier if self.source else self.record.id


@dataclass(frozen=True)
class ArticleFile(Lazy):
    """An article file: front matter, canonical text, path, the places of values, the body's first line.

    `text_file` is the file of `private/` that a withheld text was read from; empty: it stands in `path`, or nowhere.
    `id` and `date` are those of the record, which is not made for them.
    """

    record: Article
    body: str = field(repr=False)
    path: str
    document: yamlio.Document = field(repr=False)
    body_line: int = 1
    text_file: str = ""

    @cached_property
    def brief(self) -> OfArticle:
        """The short form of the record, for which that is not made."""
        return OfArticle(*self.source.kept.brief) if self.source else of_article(self.record)

    @property
    def id(self) -> str:
        """The id."""
        return self.source.kept.identifier if self.source else self.record.id

    @property
    def date(self) -> str | None:
        """When it appeared, as far as that is recorded."""
        return self.brief.date or None

    @property
    def withheld(self) -> bool:
        """Whether the text may not be published in full and is not here either: nothing can be said about its words."""
        return self.record.rights.publish != "full" and not self.body

    def blocks(self) -> Iterator[Block]:
        """The blocks of the canonical text, with their kinds."""
        return blocks(self.body, {int(number): kind for number, kind in self.record.blocks.items()})

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of a code point of the body, in the file that holds the text."""
        before = self.body[:offset]
        return self.body_line + before.count("\n"), offset - (before.rfind("\n") + 1) + 1


@dataclass(frozen=True)
class LedgerFile(Lazy):
    """A ledger, its path and the places of its values."""

    record: Ledger
    path: str
    document: yamlio.Document = field(repr=False)

    @cached_property
    def brief(self) -> OfLedger:
        """The short form of the record, for which that is not made."""
        return OfLedger(*self.source.kept.brief) if self.source else of_ledger(self.record)

    @property
    def article(self) -> str:
        """The id of the article that it says it belongs to."""
        return self.brief.article

    @property
    def container(self) -> str:
        """What its capture came in."""
        return self.brief.container


@dataclass(frozen=True)
class AnnotationFile(Lazy):
    """An annotation, its path, the places of its values, and the folder it should lie in by where it does lie.

    `folder` is the id of an article, or `_works/` and the id of a work. `id`, `article`, `parent`, `kind`, `status` and
    `created` are those of the record, which is not made for them.
    """

    record: Annotation
    path: str
    document: yamlio.Document = field(repr=False)
    folder: str

    @cached_property
    def brief(self) -> OfAnnotation:
        """The short form of the record, for which that is not made."""
        return OfAnnotation(*self.source.kept.brief) if self.source else of_annotation(self.record)

    @property
    def id(self) -> str:
        """The id."""
        return self.source.kept.identifier if self.source else self.record.id

    @property
    def created(self) -> str:
        """When it was made."""
        return self.brief.created

    @property
    def article(self) -> str | None:
        """The id of the article that it is about."""
        return self.brief.article or None

    @property
    def parent(self) -> str | None:
        """The id of the annotation that it replies to."""
        return self.brief.parent or None

    @property
    def kind(self) -> str:
        """What kind of annotation it is."""
        return self.brief.kind

    @property
    def claim(self) -> OfClaim:
        """What is claimed by an annotation that is known to be a claim, in short."""
        return OfClaim(*self.brief.claim)

    @property
    def status(self) -> str:
        """Whether it is open, disputed, withdrawn or removed."""
        return self.brief.status


@dataclass(frozen=True)
class DocFile:
    """A page written by hand: its front matter, its Markdown, and the line in which that begins.

    `name` is its path inside `docs`, `path` that inside the archive's folder.
    """

    name: str
    path: str
    document: yamlio.Document = field(repr=False)
    text: str = field(repr=False)
    text_line: int = 1
