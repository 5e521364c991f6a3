"""What all records share: strict models, and the small types that appear in several of them."""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from annotated_archive.records import dates

ID_PATTERN = r"^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$"
ARTICLE_ID_PATTERN = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
ONE_LINE = r"^\S[^\n]*$"
SAFE_URL = re.compile(r"https?://[^\s/?#\"'<>\\@]+(?:[/?#][^\s\"<>\\]*)?")


def _edtf(text: str) -> str:
    try:
        dates.bounds(text)
    except dates.DateError as error:
        raise ValueError(f"{error}; write EDTF, such as 2022-09-13 or [2022-09-13..2022-09-14]") from None
    return text


def _url(text: str) -> str:
    if not SAFE_URL.fullmatch(text):
        raise ValueError("not an http or https address")
    return text


Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=60)]
ArticleId = Annotated[str, StringConstraints(pattern=ARTICLE_ID_PATTERN, max_length=60)]
Reference = Annotated[str, StringConstraints(pattern=ARTICLE_ID_PATTERN, max_length=60)]
Text = Annotated[str, StringConstraints(min_length=1, pattern=r"^\S")]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Edtf = Annotated[str, AfterValidator(_edtf), Field(json_schema_extra={"description": "A date in EDTF (ISO 8601-2)."})]
Url = Annotated[str, AfterValidator(_url), Field(json_schema_extra={"format": "uri"})]
Citations = Annotated[list[Reference], Field(min_length=1)]


class Record(BaseModel):
    """A part of the record. Unknown keys are errors: a misspelt key must not vanish silently."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
    last: ClassVar[tuple[str, ...]] = ()
    """The keys that a file ends with; all others come in the order of the fields."""


def plain(record: Record) -> dict[str, Any]:
    """The record as plain data for the canonical YAML, without what was not given."""
    data = record.model_dump(mode="json", exclude_unset=True, by_alias=True)
    return {key: data[key] for key in sorted(data, key=record.last.__contains__)}
