"""Bytes as a classic script: the one form of a file that a page can read from a server and from a folder alike.

A page opened from a folder may load scripts and nothing else. Base64 would make every file a third larger. Here the
bytes are the UTF-16 code units of a string literal, in a file in UTF-16 whose byte-order mark outranks whatever a
server says of its encoding; what cannot stand in such a literal is written as two units. That costs about 4 %.
"""

from __future__ import annotations

import re

# What a string literal may not hold, what ends a line, what is no character, and the escape itself.
_SPECIAL = '\x00\x01\n\r"\\\u2028\u2029\ufeff\ufffe\uffff'
# Halves of surrogate pairs that stand alone would be lost in decoding; whole pairs pass.
_ESCAPED = re.compile(f"[{re.escape(_SPECIAL)}\ud800-\udfff]")
_ESCAPE = "\x01"
_BASE, _SURROGATES = 0x4000, 0x4010
_ESCAPES = {char: _ESCAPE + chr(_BASE + at) for at, char in enumerate(_SPECIAL)}
_ESCAPES |= {chr(code): _ESCAPE + chr(_SURROGATES + code - 0xD800) for code in range(0xD800, 0xE000)}


def script(name: str, data: bytes) -> bytes:
    """The script that hands `data` over: `aaData(name, number of bytes, units)`. `name` is plain ASCII."""
    units = (data + b"\0" * (len(data) % 2)).decode("utf-16-le", "surrogatepass")
    literal = _ESCAPED.sub(lambda match: _ESCAPES[match[0]], units)
    return f'\ufeffaaData("{name}",{len(data)},"{literal}")'.encode("utf-16-le")
