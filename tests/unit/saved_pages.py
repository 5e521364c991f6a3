"""Pages as a browser saves them, written for tests, and what reading them gives."""

from __future__ import annotations

from typing import Any

import pytest

from annotated_archive.ingest import Candidate
from annotated_archive.ingest.page import read_page
from annotated_archive.ingest.reading import Reading
from annotated_archive.records.diagnostic import ContentError
from annotated_archive.records.ledger import rebuild

TITLE = "Fighting flares along the border of the Old Valley"
FIRST = (
    "Fighting has flared along the border of the Old Valley, officials in the Old Valley said on Tuesday, and soldiers"
    " of both sides were killed during the night."
)
SECOND = (
    "The ministry of the other side said that its positions had come under fire first, which the officials in the Old"
    " Valley denied on Wednesday morning."
)
THIRD = (
    "“We heard it all night,” said a man in Upper Village, who had spent the hours in a cellar with his neighbours and"
    " did not want to give his name."
)
PARAGRAPHS = (FIRST, SECOND, THIRD)


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts or PARAGRAPHS)


def html(body: str, head: str = "", attributes: str = ' lang="en"') -> str:
    return f'<!doctype html><html{attributes}><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'


def story(inner: str = "", head: str = "", before: str = "", after: str = "") -> str:
    """A page with an article, and what stands in its head and around it."""
    return html(f"{before}<article><h1>{TITLE}</h1>{inner or paragraphs()}</article>{after}", head)


def read(page: str | bytes, title: str | None = None, **capture: Any) -> Reading:
    data = page.encode() if isinstance(page, str) else page
    reading = read_page(Candidate("html", "html", data, **capture), "page.html", title)
    assert rebuild(reading.body, reading.spans) == reading.text
    return reading


def refused(page: str | bytes, **capture: Any) -> str:
    with pytest.raises(ContentError) as caught:
        read(page, **capture)
    (diagnostic,) = caught.value.diagnostics
    return str(diagnostic)


def found(reading: Reading, field: str) -> list[tuple[str, str]]:
    return [(one.value, one.origin) for one in reading.found if one.field == field]


def rules(reading: Reading) -> dict[str, str]:
    """The text of every span that is set aside, with the rule that took it."""
    return {span.text: span.rule for span in reading.spans if span.text.strip()}


def doubts(reading: Reading) -> list[str]:
    return [f"{doubt.rule} {doubt.message}" for doubt in reading.doubts]
