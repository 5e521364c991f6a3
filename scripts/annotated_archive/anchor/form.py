"""The issue form of an annotation, as a host hands it over: Markdown with one heading for each field. It is hostile."""

from __future__ import annotations

import re

from annotated_archive.records.diagnostic import ContentError, Diagnostic

LABELS = ("Article", "Exact words", "Words before", "Kind", "Your note", "Sources", "Name to show", "In reply to")
MAX_FORM = 100_000
"""Characters; an issue holds 65,536."""
_HEADING = re.compile(r"^### (.*)", re.M)
_EMPTY = "_No response_"


def read_form(text: str, name: str) -> dict[str, str]:
    """Label → value, without those that were left empty. `name` is the path for diagnostics.

    A heading of the contributor's own stays in the value it stands in. Raises ContentError (NOTE-FORM) for a form that
    is too long, lacks its headings or has one of them twice: which of the two counts would be a guess.
    """

    def fail(message: str, mend: str, line: int = 1) -> ContentError:
        return ContentError(Diagnostic(name, line, 1, "NOTE-FORM", message, mend))

    if len(text) > MAX_FORM:
        raise fail(f"{len(text):,} characters; a form has at most {MAX_FORM:,}", "Shorten it.")
    text = text.replace("\r\n", "\n")
    headings = [match for match in _HEADING.finditer(text) if match.group(1).rstrip() in LABELS]
    values: dict[str, str] = {}
    for number, match in enumerate(headings):
        label = match.group(1).rstrip()
        if label in values:
            line = text.count("\n", 0, match.start()) + 1
            raise fail(f"the heading “{label}” stands twice", "Take one of the two out.", line)
        end = headings[number + 1].start() if number + 1 < len(headings) else len(text)
        values[label] = text[match.end() : end].strip()
    if not {"Article", "Your note"} <= values.keys():
        raise fail("not an annotation form", "It needs the headings “### Article” and “### Your note”.")
    return {label: value for label, value in values.items() if value not in ("", _EMPTY)}


def article_id(value: str) -> str:
    """The article's id from what was given: the id itself, or the address of its page."""
    return re.sub(r"\.(?:html|md)$", "", value.split("#")[0].split("?")[0].rstrip("/").rpartition("/")[2])
