"""What the search's scripts hand over, read as the page's script reads it and by nothing of the program's."""

from __future__ import annotations

import re

SPECIAL = (0, 1, 10, 13, 34, 92, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF)
"""What cannot stand in a script, in the order of its substitutes from U+4000; halves of pairs follow from U+4010."""


def unscript(text: bytes) -> tuple[str, bytes]:
    """The name and the bytes that a script hands over. Raises ValueError for any other text."""
    match = re.fullmatch(r'aaData\("([^"]*)",(\d+),"(.*)"\)', text.decode("utf-16"), re.DOTALL)
    if match is None:
        raise ValueError("not a script of search data")
    units = re.sub("\x01(.)", _unescape, match[3], flags=re.DOTALL)
    return match[1], units.encode("utf-16-le", "surrogatepass")[: int(match[2])]


def _unescape(match: re.Match[str]) -> str:
    code = ord(match[1])
    return chr(SPECIAL[code - 0x4000] if code < 0x4010 else code - 0x4010 + 0xD800)
