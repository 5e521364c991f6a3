"""A further capture of a text that the archive has: it is added to the article's record, and nothing else changes."""

from __future__ import annotations

import re

from annotated_archive.records import yamlio
from annotated_archive.records.article import Original
from annotated_archive.records.base import plain
from annotated_archive.records.diagnostic import ContentError, Diagnostic
from annotated_archive.store import read_article_text

_BELOW = re.compile(r"[ \t]+\S|-\s|\s*(?:#|$)")
"""A line that belongs to the list above it, or to nothing."""
_NO_ITEM = re.compile(r"\s*(?:#|$)")


def with_capture(text: str, name: str, capture: Original) -> str:
    """An article file's text with one more capture; every other byte stays.

    `name` is the file's path for diagnostics. Raises ContentError (ARTICLE-FENCE) where the front matter is written in
    a form in which the list cannot be continued.
    """
    before = read_article_text(text, name)
    closing = text.find("\n---\n", 3)
    head_end = (closing if closing >= 0 else text.rindex("\n---")) + 1
    lines = text[:head_end].splitlines(keepends=True)
    item = yamlio.write({"captures": [plain(capture)]}).splitlines(keepends=True)
    start = next((i for i, line in enumerate(lines) if re.match(r"captures\s*:", line)), None)
    if start is None:
        at = next((i for i, line in enumerate(lines) if re.match(r"rights\s*:", line)), len(lines))
    elif not before.document.data["captures"]:  # an empty list, written out
        at = start
        del lines[start]
    else:
        at = start + 1
        while at < len(lines) and _BELOW.match(lines[at]):
            at += 1
        while _NO_ITEM.match(lines[at - 1]):
            at -= 1
        del item[0]
    changed = "".join([*lines[:at], *item, *lines[at:]]) + text[head_end:]
    wanted = {**before.document.data, "captures": [*before.document.data.get("captures", []), plain(capture)]}
    try:
        after = read_article_text(changed, name)
    except ContentError:
        after = None
    if after is None or (after.document.data, after.body) != (wanted, before.body):
        message = "a further capture cannot be added to the list alone"
        raise ContentError(Diagnostic(name, 1, 1, "ARTICLE-FENCE", message, "Run `archive fmt` on it first."))
    return changed
