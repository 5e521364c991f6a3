"""Words that look like a name and are none: part of a company's name, or a common word in a line of capitals."""

from __future__ import annotations

import re

_COMPANY = re.compile(
    r"(?:[ \n](?:and|of|the|&|[A-Z][\w'’.&-]*))*?"
    r"[ \n](?:Inc|Corp|Co|Cos|Ltd|Plc|PLC|plc|LLC|Pty|AG|SA|NV|AB|SpA|GmbH|Bhd|INC|CORP|CO|LTD)\b"
)
"""Words with capitals that end in what companies are called by: “Marietta Corp” after “Martin”."""
_LONGEST = 80
"""So many characters behind a name are looked at."""


def begins_company(text: str, end: int) -> bool:
    """Whether the words behind a name that ends at `end` make a company's name of it: “Jordan Marsh Stores Corp”."""
    return bool(_COMPANY.match(text, end, end + _LONGEST))


def in_capitals(text: str, start: int, end: int) -> bool:
    """Whether [start, end) stands with other words in a line all in capitals, which does not tell names from words."""
    line = text[text.rfind("\n", 0, start) + 1 : (text.find("\n", end) + 1 or len(text) + 1) - 1]
    return line.isupper() and end - start < len(line)


def is_a_word(words: str, article: str) -> bool:
    """Whether words in capitals stand elsewhere in small letters: BOND over an article about bonds is no Mr Bond."""
    return re.search(rf"(?<![\w.@/-]){re.escape(words.lower())}(?![\w@/-])", article) is not None


def is_doubtful(words: str, article: str) -> bool:
    """Whether an abbreviation in a line all in capitals stands in no other line, though there are some: WHO, AID."""
    other = "\n".join(line for line in article.split("\n") if line and not line.isupper())
    return bool(other) and not re.search(rf"(?<!\w){re.escape(words)}(?!\w)", other)
