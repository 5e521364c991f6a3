"""Links to exact words on a publisher's own page, which a browser finds by itself.

The syntax and the matching (whole words only; every part of the directive within one block; letter case and the width
of white space ignored) are those of “Text Fragments”, a report of the Web Incubator Community Group:
`#:~:text=[prefix-,]start[,end][,-suffix]`.
"""

from __future__ import annotations

import re
from urllib.parse import quote

DELIMITER = ":~:"
LONGEST = 200
"""Characters up to which words are given whole; longer ones by their beginning and their end."""
EDGE = 5
"""Words that stand for the beginning or the end of a long quotation, and at most for what surrounds one."""
MOST = 30
"""Words to which that end may grow, where shorter ones are repeated."""
_WORD = re.compile(r"\w")
_HEAD = re.compile(r"^\w+")
_TAIL = re.compile(r"\w+$")


def text_fragment(url: str, exact: str, prefix: str = "", suffix: str = "") -> str:
    """`url` with a directive for the words `exact` between `prefix` and `suffix`, as an article holds them.

    A fragment that the address has is kept; an older directive is replaced. Words cut in two by the quotation are
    completed from what surrounds it, since a browser matches whole words. Without a word to look for, `url` itself.
    """
    address, _, fragment = url.partition("#")
    fragment = fragment.partition(DELIMITER)[0]
    directive = _directive(exact, prefix, suffix)
    if not directive:
        return url
    return f"{address}#{fragment}{DELIMITER}text={directive}"


def _directive(exact: str, prefix: str, suffix: str) -> str:
    exact, prefix, suffix = _completed(exact, prefix, suffix)
    if not _WORD.search(exact):
        return ""
    blocks = [block.split() for block in exact.split("\n") if block.strip()]
    short = len(blocks) == 1 and len(exact) <= LONGEST
    middle = [" ".join(blocks[0])] if short else _ends(blocks)
    # Only the nearest block counts: the words of a directive must not reach over the edge of one.
    before = prefix.rpartition("\n")[2].split()[-EDGE:]
    after = suffix.partition("\n")[0].split()[:EDGE]
    parts = [_encoded(part) for part in middle]
    if _WORD.search(" ".join(before)):
        parts.insert(0, f"{_encoded(' '.join(before))}-")
    if _WORD.search(" ".join(after)):
        parts.append(f"-{_encoded(' '.join(after))}")
    return ",".join(parts)


def _completed(exact: str, prefix: str, suffix: str) -> tuple[str, str, str]:
    """The three with words that the edges of `exact` cut in two given to `exact` whole."""
    if _HEAD.search(exact) and (cut := _TAIL.search(prefix)):
        exact, prefix = cut.group() + exact, prefix[: cut.start()]
    if _TAIL.search(exact) and (cut := _HEAD.search(suffix)):
        exact, suffix = exact + cut.group(), suffix[cut.end() :]
    return exact, prefix, suffix


def _ends(blocks: list[list[str]]) -> list[str]:
    """The beginning and the end of a long quotation, each within one block and not overlapping the other.

    A browser takes the first place after the beginning where the end stands, so the end grows until that is the last.
    """
    first, last = blocks[0], blocks[-1]
    head = first[: EDGE if len(blocks) > 1 else min(EDGE, max(1, len(first) // 2))]
    rest = [*first[len(head) :], *(word for block in blocks[1:] for word in block)]
    room = len(last) if len(blocks) > 1 else len(last) - len(head)
    if room < 1:
        return [" ".join(head)]
    room = min(room, MOST)
    size = min(EDGE, room)
    while size < room and _stands(rest[-size:], rest) > 1:
        size += 1
    return [" ".join(head), " ".join(rest[-size:])]


def _stands(words: list[str], among: list[str]) -> int:
    """How often `words` stand `among` other words, letter case aside."""
    wanted, text = f" {' '.join(words)} ".casefold(), f" {' '.join(among)} ".casefold()
    return sum(text.startswith(wanted, at) for at in range(len(text)))


def _encoded(text: str) -> str:
    """`text` percent-encoded; so are the hyphen, the comma and the ampersand, which are signs of the directive."""
    return quote(text, safe="", errors="replace").replace("-", "%2D")
