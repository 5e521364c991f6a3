"""The works cited: CSL fields, whose side each stands on, and the words relied on."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from annotated_archive.records.base import Edtf, Id, Language, Record, Text, Url

Alignment = Literal[
    "armenian", "azerbaijani", "russian", "turkish", "united-states", "international", "tertiary", "dataset"
]
WorkType = Literal[
    "webpage", "article-newspaper", "article", "report", "book", "legal_case", "legislation", "treaty", "dataset",
    "post",
]  # fmt: skip


class Name(Record):
    """A person (`family`, `given`) or a body (`literal`)."""

    family: Text | None = None
    given: Text | None = None
    literal: Text | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Name:
        if bool(self.literal) == bool(self.family):
            raise ValueError("give either `family` (and `given`) or `literal`")
        return self

    def __str__(self) -> str:
        return self.literal or " ".join(part for part in (self.given, self.family) if part)


OURS = "aa-"
"""How the names begin that pages give to parts of their own; a work is found on its page by its id."""


def _not_ours(identifier: str) -> str:
    if identifier.startswith(OURS):
        raise ValueError(f"an id does not begin with “{OURS}”, which is kept for the pages themselves")
    return identifier


class Work(Record):
    """One work. What is not known is left out; `copy_at` names the host where only a copy was read."""

    id: Annotated[Id, AfterValidator(_not_ours), Field(json_schema_extra={"not": {"pattern": f"^{OURS}"}})]
    type: WorkType
    title: Text
    author: list[Name] = []
    container_title: Text | None = None
    publisher: Text | None = None
    issued: Edtf | None = None
    url: Url | None = None
    archived: Annotated[Url | None, Field(description="A snapshot of the page in a web archive.")] = None
    accessed: Annotated[Edtf | None, Field(description="The day the work was read.")] = None
    copy_at: Text | None = None
    language: Language | None = None
    alignment: Alignment
    alignment_note: Text | None = None
    words: Annotated[list[Text], Field(description="The exact words relied on.")] = []
    licence: Text | None = None
    note: Text | None = None
    listed: Annotated[bool, Field(description="Shown although nothing cites it.")] = False
