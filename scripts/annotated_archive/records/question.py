"""Questions that parties answer in words and not in numbers; each has a page with every side's answer."""

from __future__ import annotations

from annotated_archive.records.base import Id, Record, Text


class Question(Record):
    """One question of archive/questions.yml, about one event; `note` says what a reader of the answers must know."""

    id: Id
    question: Text
    event: Id
    note: Text | None = None
