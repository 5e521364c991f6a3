"""Lists of links that stand inside a sentence: boxes which a page shows when the pointer is over a name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

_INLINE = {"b", "em", "font", "i", "label", "mark", "small", "span", "strong"}
_NO_TEXT = {"script", "style", "template"}
# So many links, with so many characters, and no words or commas between them, are no part of a sentence.
_LINKS = 3
_LENGTH = 80
_OWN_WORDS = re.compile(r"[\w,;]")


@dataclass
class _Counted:
    links: int = 0
    length: int = 0
    words: bool = False
    listed: bool = False


def link_lists(tree: Any) -> set[Any]:
    """The innermost inline elements of a tree that hold nothing but several links, long ones. In linear time."""
    from lxml import etree

    found: set[Any] = set()
    inside: list[_Counted] = [_Counted()]
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag
        if event == "start":
            inside.append(_Counted())
            continue
        own = inside.pop()
        above = inside[-1]
        if isinstance(tag, str) and tag not in _NO_TEXT:
            text = element.text or ""
            own.words = tag != "a" and (own.words or bool(_OWN_WORDS.search(text)))
            own.length += len(text)
            own.links = 1 if tag == "a" else own.links
            enough = own.links >= _LINKS and own.length >= _LENGTH
            if tag in _INLINE and not own.words and not own.listed and enough:
                found.add(element)
                own.listed = True
            above.listed = above.listed or own.listed
            above.links += own.links
            above.length += own.length
            above.words = above.words or own.words
        tail = element.tail or ""
        above.length += len(tail)
        above.words = above.words or bool(_OWN_WORDS.search(tail))
    return found
