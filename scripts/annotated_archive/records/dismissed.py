"""Proposed names that editors turned down, with their reasons: archive/dismissed.yml."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from annotated_archive.records.base import ONE_LINE, Language, Record, Text


class Dismissed(Record):
    """A form that `archive suggest` does not propose again; with `language`, in texts of that language only."""

    form: Annotated[str, StringConstraints(pattern=ONE_LINE, max_length=200)]
    reason: Text
    language: Annotated[Language | None, Field(description="Only in texts of this language.")] = None
