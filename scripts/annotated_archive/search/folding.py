"""The folding under which a reader's spelling and the forms of names are compared: no case, no accents, ə as e.

The same steps are taken by the page's script (`theme/assets/search-query.js`); a test compares the two.
"""

from __future__ import annotations

import unicodedata

_LETTERS = str.maketrans({
    "ə": "e", "ǝ": "e", "ı": "i", "ł": "l", "đ": "d", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d",
    # Armenian accents and what else stands inside words without being a letter; apostrophes are left out, or not, by
    # every other writer.
    "\u055a": "", "\u055b": "", "\u055c": "", "\u055e": "", "\u00ad": "", "\u200b": "", "\u200c": "", "\u200d": "",
    "'": "", "’": "", "‘": "", "ʻ": "", "ʼ": "", "`": "", "´": "", "ʹ": "", "ʿ": "", "ʾ": "",
})  # fmt: skip


def folded(text: str) -> str:
    """`text` as names are looked up: letters and digits, words parted by one space."""
    plain = unicodedata.normalize("NFKD", text.lower()).lower()
    bare = "".join(c for c in plain if not unicodedata.category(c).startswith("M")).translate(_LETTERS)
    return " ".join("".join(c if c.isalnum() else " " for c in bare).split())
