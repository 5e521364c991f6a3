"""Annotations: a contributor's note, correction, claim, question or link on exact words of an article."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints, model_validator

from annotated_archive.records.base import ONE_LINE, ArticleId, Id, Record, Reference, Sha256, Text
from annotated_archive.records.claim import Claim, Relation
from annotated_archive.records.conditions import absent, given, says, when, written
from annotated_archive.records.dates import DateError, instant
from annotated_archive.records.markup import MAX_BODY

AnnotationId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]{7}$")]
"""Random, made once and never reused; also the name of the file."""


_ISO = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)")


def _moment(text: str) -> str:
    try:
        moment = instant(text)
    except DateError as error:
        raise ValueError(str(error)) from None
    if moment is None or not _ISO.fullmatch(text):
        raise ValueError("not a date and time with a zone, such as 2026-11-22T10:00:00Z")
    return text


Moment = Annotated[str, AfterValidator(_moment)]


def _orcid(text: str) -> str:
    """An ORCID iD whose last character is its checksum (ISO 7064, MOD 11-2)."""
    digits = text.replace("-", "")
    total = 0
    for digit in digits[:15]:
        total = (total + int(digit)) * 2
    if "0123456789X"[(12 - total % 11) % 11] != digits[15]:
        raise ValueError("the checksum of this ORCID iD is wrong")
    return text


Orcid = Annotated[
    str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]$"), AfterValidator(_orcid)
]
MAX_EXACT = 5000


class Target(Record):
    """What an annotation is about: exact words of an article (W3C TextQuoteSelector and TextPositionSelector).

    `part` `ledger` is what ingest set aside (`ledger.set_aside`). Without `exact` it is the article, or the work, as a
    whole; `annotation` alone makes the annotation a reply to another. `start` counts code points in the part; it and
    `text_sha256`, the hash of the part's text, are kept by the tools. `unplaced` says why words have lost their place.
    The words of a cited work (`work`) are quoted, not placed.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "allOf": [
                when(given("annotation"), {"propertyNames": {"const": "annotation"}}),
                when(
                    absent("exact"),
                    {"not": {"anyOf": [*map(written, ("prefix", "suffix")), given("start"), given("text_sha256")]}},
                ),
            ]
        }
    )

    part: Literal["body", "title", "ledger"] = "body"
    exact: Annotated[str, StringConstraints(min_length=1, max_length=MAX_EXACT)] | None = None
    prefix: str = ""
    suffix: str = ""
    start: Annotated[int, Field(ge=0)] | None = None
    text_sha256: Sha256 | None = None
    unplaced: Text | None = None
    annotation: AnnotationId | None = None

    @model_validator(mode="after")
    def _one_thing(self) -> Target:
        if self.annotation and self.model_fields_set - {"annotation"}:
            raise ValueError("a reply names an `annotation` and nothing else")
        if self.exact is None and (self.prefix or self.suffix or self.start is not None or self.text_sha256):
            raise ValueError("`prefix`, `suffix`, `start` and `text_sha256` belong to `exact`")
        return self


_ADDRESS = re.compile(r"\S@\S+\.\S")


def _no_address(text: str) -> str:
    """A name is published: an e-mail address in its place would be a slip that cannot be taken back."""
    if _ADDRESS.search(text):
        raise ValueError("this is an e-mail address, and a name is published; give a name or a pseudonym")
    return text


MAX_NAME = 80


class Contributor(Record):
    """Whoever wrote the annotation. A pseudonym will do; `github` and `orcid` only if the author asks for credit."""

    name: Annotated[
        str,
        StringConstraints(min_length=1, max_length=MAX_NAME, pattern=ONE_LINE),
        AfterValidator(_no_address),
    ]
    github: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9](?:-?[A-Za-z0-9]){0,38}$")] | None = None
    orcid: Orcid | None = None


_REPLY = {"properties": {"targets": {"prefixItems": [given("annotation")]}}}
_ONE_TARGET = {"properties": {"targets": {"maxItems": 1}}}
_NO_RELATIONS = {"properties": {"relations": {"maxItems": 0}}}


class Annotation(Record):
    """One annotation, of an article or (claims, and replies to them) of a cited work.

    `removed` (for harm) leaves a tombstone without body, claim and author.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [given("article"), given("work")],
            "allOf": [
                when({"properties": {"targets": {"contains": given("annotation")}}}, _ONE_TARGET),
                when({"allOf": [given("work"), {"not": _REPLY}]}, says("kind", "claim")),
                when(says("kind", "claim"), {}, {"allOf": [absent("claim"), _NO_RELATIONS]}),
                when(
                    says("status", "removed"),
                    {"allOf": [absent("claim", "author"), {"not": written("body")}]},
                    {"allOf": [given("author"), when(says("kind", "claim"), given("claim"), written("body"))]},
                ),
                when(says("status", "open"), {}, given("reason")),
            ],
        }
    )

    id: AnnotationId
    kind: Literal["note", "correction", "claim", "question", "link"]
    article: ArticleId | None = None
    work: Id | None = None
    targets: Annotated[list[Target], Field(min_length=1)]
    claim: Claim | None = None
    relations: list[Relation] = []
    body: Annotated[str, StringConstraints(max_length=MAX_BODY)] | None = None
    cite: list[Reference] = []
    author: Contributor | None = None
    created: Moment
    license: Literal["CC-BY-4.0"]
    status: Literal["open", "disputed", "withdrawn", "removed"]
    reason: Text | None = None

    @property
    def parent(self) -> str | None:
        """The annotation that this one replies to."""
        return self.targets[0].annotation

    @model_validator(mode="after")
    def _complete(self) -> Annotation:
        if bool(self.article) == bool(self.work):
            raise ValueError("give either `article` or `work`")
        if any(target.annotation for target in self.targets) and len(self.targets) > 1:
            raise ValueError("a reply has one target, the annotation it replies to")
        if self.work and self.kind != "claim" and not self.parent:
            raise ValueError("what a work carries is a `claim`, or a reply to one")
        if (self.claim or self.relations) and self.kind != "claim":
            raise ValueError("`claim` and `relations` belong to the kind `claim`")
        if self.status == "removed":
            if self.body or self.author or self.claim:
                raise ValueError("`removed` keeps neither body, claim nor author")
        elif not self.author:
            raise ValueError("`author` is needed")
        elif self.kind == "claim" and not self.claim:
            raise ValueError("a claim needs `claim`")
        elif self.kind != "claim" and not self.body:
            raise ValueError("`body` is needed")
        if self.status != "open" and not self.reason:
            raise ValueError(f"`{self.status}` needs a reason")
        return self
