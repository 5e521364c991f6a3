"""What keeps a Markdown body from being rendered: shapes on which converters take minutes, or break off."""

from __future__ import annotations

import re

MAX_BODY = 20_000
"""Characters of a body."""
MAX_LINES = 1_000
MOST = {"[": 100, "<": 100, "`": 400}
"""How often a sign may stand in a body: for each a converter may read on to the end."""
MAX_NESTING = 10
"""Lists and quotations in one another: a converter calls itself for each."""

_IN_A_ROW = re.compile(rf"^[ \t]*(?:(?:[-*+]|\d+\.)[ \t]+|>[ \t]*){{{MAX_NESTING + 1}}}", re.M)
_INDENTED = re.compile(r"^([ \t>]*)(?:[-*+]|\d+\.)[ \t]", re.M)
_INDENT = 4


def unrenderable(body: str) -> str | None:
    """What keeps a body from being rendered; None for a body that can be.

    The limits were found by measuring Python-Markdown 3.11: within them the slowest of some thousand bodies made of its
    own signs takes about a second.
    """
    if len(body) > MAX_BODY:
        return f"more than {MAX_BODY:,} characters"
    if body.count("\n") >= MAX_LINES:
        return f"more than {MAX_LINES:,} lines"
    for sign, most in MOST.items():
        if body.count(sign) > most:
            return f"more than {most} times the character `{sign}`"
    if "<![" in body:
        return "the beginning of a CDATA section, `<![`"
    if _IN_A_ROW.search(body) or any(_levels(m.group(1)) > MAX_NESTING for m in _INDENTED.finditer(body)):
        return f"lists or quotations more than {MAX_NESTING} deep"
    return None


def _levels(indent: str) -> int:
    """How many lists or quotations what stands behind this white space can lie in."""
    return len(indent.replace(">", "").expandtabs(_INDENT)) // _INDENT + indent.count(">")
