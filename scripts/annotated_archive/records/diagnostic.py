"""One finding about the archive, as every command reports it."""

from __future__ import annotations

import re
from dataclasses import dataclass

ERROR = "error"
WARNING = "warning"


# Whatever could begin a line of its own, or show a line in another order than it is stored.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, order=True)
class Diagnostic:
    """A finding at a place in a file.

    `path` is relative to the archive's folder; `line` and `column` count from 1. `message` says what is wrong and
    `mend` what to do about it.
    """

    path: str
    line: int
    column: int
    rule: str
    message: str
    mend: str = ""
    severity: str = ERROR

    @property
    def words(self) -> str:
        """What is wrong and how to mend it, as sentences."""
        stop = "" if not self.mend or self.message.endswith((".", "?")) else "."
        return f"{self.message}{stop} {self.mend}".rstrip()

    def __str__(self) -> str:
        return harmless(f"{self.path}:{self.line}:{self.column}: {self.rule} {self.words}")


class ContentError(Exception):
    """Content that cannot be used; carries the diagnostics that say why."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__("\n".join(str(d) for d in diagnostics))
        self.diagnostics = diagnostics


def harmless(text: str) -> str:
    """`text` on one line, with the escapes of `one_line`: names of files hold whatever somebody put into them."""
    return _UNSAFE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def one_line(text: object, limit: int = 80) -> str:
    """`text` quoted for a message: one line, control characters escaped, at most `limit` characters."""
    shown = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in str(text)[: limit + 1])
    return f"“{shown[:limit]}…”" if len(shown) > limit else f"“{shown}”"
