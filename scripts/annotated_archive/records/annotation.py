"""Annotations: a contributor's note, correction, question or link on exact words of an article."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from annotated_archive.records.base import ArticleId, Record, Reference, Sha256, Text

AnnotationId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]{7}$")]
"""Random, made once and never reused; also the name of the file."""


_ISO = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)")


def _moment(text: str) -> str:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or not _ISO.fullmatch(text):
        raise ValueError("not a date and time with a zone, such as 2026-11-22T10:00:00Z")
    return text


Moment = Annotated[str, AfterValidator(_moment)]


class Target(Record):
    """What an annotation is about: exact words of an article (W3C TextQuoteSelector and TextPositionSelector).

    Without `exact` it is the article as a whole. `start` counts code points in the part; it and `text_sha256`, the
    hash of the part's text, are kept by the tools.
    """

    part: Literal["body", "title"] = "body"
    exact: Annotated[str, StringConstraints(min_length=1, max_length=5000)] | None = None
    prefix: str = ""
    suffix: str = ""
    start: Annotated[int, Field(ge=0)] | None = None
    text_sha256: Sha256 | None = None


class Contributor(Record):
    """Whoever wrote the annotation. A pseudonym will do."""

    name: Text


class Annotation(Record):
    """One annotation. `removed` (for harm) leaves a tombstone without body and author."""

    id: AnnotationId
    kind: Literal["note", "correction", "question", "link"]
    article: ArticleId
    targets: Annotated[list[Target], Field(min_length=1)]
    body: str | None = None
    cite: list[Reference] = []
    author: Contributor | None = None
    created: Moment
    license: Literal["CC-BY-4.0"]
    status: Literal["open", "disputed", "withdrawn", "removed"]
    reason: Text | None = None

    @model_validator(mode="after")
    def _complete(self) -> Annotation:
        if self.status == "removed":
            if self.body or self.author:
                raise ValueError("`removed` keeps neither body nor author")
        elif not self.body or not self.author:
            raise ValueError("`body` and `author` are needed")
        if self.status != "open" and not self.reason:
            raise ValueError(f"`{self.status}` needs a reason")
        return self
