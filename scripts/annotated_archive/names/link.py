"""The four generated lists of an article's front matter, and how they are replaced without touching anything else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from annotated_archive.names.mentions import ArticleMentions
from annotated_archive.records import yamlio
from annotated_archive.records.article import LINKED

_BELOW = re.compile(r"[ \t]+\S|-(?:\s|$)|\s*$")
"""A line that may belong to the list above it."""
_NO_ITEM = re.compile(r"\s*(?:#|$)")
_NOTE = re.compile(r"\s+#.*\n?")


def linked_lists(mentions: ArticleMentions, kinds: Mapping[str, str]) -> dict[str, list[str]]:
    """List name → the ids mentioned, in the order of their first mention. `kinds` gives each entity's kind."""
    return lists_of(dict.fromkeys(mention.entity for mention in (*mentions.title, *mentions.body)), kinds)


def lists_of(named: Iterable[str], kinds: Mapping[str, str]) -> dict[str, list[str]]:
    """List name → those of some ids that belong in it, in their order. `kinds` gives each entity's kind."""
    lists: dict[str, list[str]] = {name: [] for name in LINKED.values()}
    for identifier in named:
        lists[LINKED[kinds[identifier]]].append(identifier)
    return lists


def with_lists(text: str, lists: dict[str, list[str]], current: dict[str, list[str]]) -> str:
    """The article file's text with `lists` in its front matter.

    `current` is what the front matter says now: a list that says the same already keeps its bytes.
    """
    closing = text.find("\n---\n", 3)
    head_end = (closing if closing >= 0 else text.rindex("\n---")) + 1
    lines = text[:head_end].splitlines(keepends=True)
    for name, ids in lists.items():
        if current.get(name) == ids:
            continue
        new = yamlio.write({name: ids}).splitlines(keepends=True)
        start = next((i for i, line in enumerate(lines) if re.match(rf"{name}\s*:", line)), None)
        if start is None:
            lines += new
            continue
        end = start + 1
        while end < len(lines) and _BELOW.match(lines[end]):
            end += 1
        while _NO_ITEM.match(lines[end - 1]):
            end -= 1
        if note := _NOTE.search(lines[start]):  # no id holds a `#`
            new[0] = new[0].rstrip("\n") + note.group()
        lines[start:end] = new
    return "".join(lines) + text[head_end:]
