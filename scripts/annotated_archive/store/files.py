"""Files as bytes and text: reading strictly, writing only what differs, and the article file's form."""

from __future__ import annotations

import os
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, AnyStr

import frontmatter
from frontmatter.default_handlers import BaseHandler

from annotated_archive.records import yamlio
from annotated_archive.records.diagnostic import ContentError, Diagnostic

MAX_BYTES = 20_000_000
FENCE = "---\n"


def linked(name: str) -> Diagnostic:
    """That a link stands where a file or folder should. `name` is its path for diagnostics."""
    return Diagnostic(name, 1, 1, "FILE-LINK", "a symbolic link", "Put the file itself here.")


def read_text(path: Path, name: str) -> str:
    """The text of a UTF-8 file without byte-order mark, line ends as they are.

    `name` is the path for diagnostics. Raises ContentError (TEXT-*).
    """
    return decoded(read_data(path, name), name)


def read_data(path: Path | str, name: str) -> bytes:
    """The bytes of an ordinary file that is not too large. Raises ContentError (FILE-LINK, TEXT-FILE, TEXT-SIZE)."""
    try:
        found = os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        found = None
    if found is not None and stat.S_ISLNK(found.st_mode):
        raise ContentError(linked(name))
    if found is None or not stat.S_ISREG(found.st_mode):
        raise ContentError(Diagnostic(name, 1, 1, "TEXT-FILE", "not an ordinary file", "Put a file here."))
    if found.st_size > MAX_BYTES:
        message = f"{found.st_size:,} bytes; at most {MAX_BYTES:,} are read"
        raise ContentError(Diagnostic(name, 1, 1, "TEXT-SIZE", message, "Split the file."))
    with open(path, "rb") as file:
        return file.read()


def decoded(data: bytes, name: str) -> str:
    """What the bytes of a file say. Raises ContentError (TEXT-ENCODING, TEXT-LINE-END)."""

    def fail(rule: str, message: str, mend: str, line: int = 1, column: int = 1) -> ContentError:
        return ContentError(Diagnostic(name, line, column, rule, message, mend))

    if data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        raise fail("TEXT-ENCODING", "begins with a byte-order mark", "Save it as UTF-8 without a byte-order mark.")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        column = error.start - (before.rfind(b"\n") + 1) + 1
        raise fail(
            "TEXT-ENCODING", "not UTF-8 from here", "Save it as UTF-8.", before.count(b"\n") + 1, column
        ) from None
    if "\r" in text:
        line = text[: text.index("\r")].count("\n") + 1
        raise fail("TEXT-LINE-END", "a carriage return", "Save it with Unix line ends (LF).", line)
    return text


def write_if_changed(path: Path, data: bytes) -> bool:
    """Write `data` in one step, unless the file holds it already. Returns whether it wrote."""
    try:
        if path.read_bytes() == data:
            return False
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return True


class _StrictHandler(BaseHandler):
    """python-frontmatter's way in for our YAML: exact fences, and the place of every value kept."""

    START_DELIMITER = END_DELIMITER = "---"

    def __init__(self, name: str) -> None:
        self.name = name
        self.document = yamlio.Document({})

    def detect(self, text: str) -> bool:
        return text.startswith(FENCE)

    def split(self, text: str) -> tuple[str, str]:
        head, fence, body = text.removeprefix(FENCE).partition(f"\n{FENCE}")
        return (head + "\n", body) if fence else (text.removeprefix(FENCE).removesuffix("---"), "")

    def load(self, fm: str, **_: object) -> Any:
        self.document = yamlio.read(fm, self.name, first_line=2)
        return self.document.data


@dataclass(frozen=True)
class ArticleText:
    """An article file taken apart: its front matter with places, and its body, which begins in `body_line`."""

    document: yamlio.Document
    body: str
    body_line: int


def read_article_text(text: str, name: str) -> ArticleText:
    """Take an article file apart. Raises ContentError (ARTICLE-FENCE, YAML-*)."""
    closing = text.find(f"\n{FENCE}", len(FENCE) - 1)
    if not text.startswith(FENCE) or (closing < 0 and not text.endswith("\n---")):
        raise ContentError(
            Diagnostic(
                name, 1, 1, "ARTICLE-FENCE", "the front matter is not between two lines `---`",
                "Begin the file with `---` and close the front matter with another.",
            )
        )  # fmt: skip
    handler = _StrictHandler(name)
    _, body = frontmatter.parse(text, handler=handler)
    fence_line = text.count("\n", 0, closing + 1) + 1
    raw = text[closing + 1 + len(FENCE) :] if closing >= 0 else ""
    if raw == (f"\n{body}\n" if body else ""):
        return ArticleText(handler.document, body, fence_line + 2)
    # Not the canonical form: keep the body as it stands, so that `check` can say what is wrong with it.
    return ArticleText(handler.document, article_body(text), fence_line + 1 + raw.startswith("\n"))


def article_body(text: AnyStr) -> AnyStr:
    """The body of an article file that `read_article_text` took apart before; its front matter is not read."""
    fence, end = (FENCE, "\n") if isinstance(text, str) else (FENCE.encode(), b"\n")
    closing = text.find(end + fence, len(fence) - 1)
    raw = text[closing + 1 + len(fence) :] if closing >= 0 else text[:0]
    return raw.removeprefix(end).removesuffix(end)


def article_text(front_matter: dict[str, Any], body: str) -> str:
    """An article file's text: front matter in canonical YAML, a blank line, the canonical text."""
    head = f"{FENCE}{yamlio.write(front_matter)}{FENCE}"
    return f"{head}\n{body}\n" if body else head
