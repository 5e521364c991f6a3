"""Where in the archive's files a result of the search stands."""

from __future__ import annotations

import re
from pathlib import Path

from annotated_archive.search.answers import Result

_RECORDS = {
    "articles": "archive/articles/{}.md", "places": "archive/authority/places/{}.yml",
    "actors": "archive/authority/actors/{}.yml", "treaties": "archive/authority/treaties/{}.yml",
    "events": "archive/authority/events/{}.yml", "works": "archive/bibliography.yml",
    "questions": "archive/questions.yml", "pages": "docs/{}.md",
}  # fmt: skip
"""What an id begins with, and the file that it was made of."""


def whereabouts(root: Path, result: Result) -> tuple[str, int | None]:
    """The file of the record that a result was made of, and the line in which its passage, or its entry, begins there.

    The line is None where the words stand otherwise in the file, or over several lines; no file is named where none of
    that name is.
    """
    folder, _, name = result.id.partition("/")
    file = _annotation(root, result.page, name) if folder == "annotations" else _RECORDS.get(folder, "").format(name)
    path = root / file
    if not file or path.is_symlink() or not path.is_file():
        return "", None
    text = path.read_text(encoding="utf-8", errors="replace")
    if folder in ("works", "questions"):
        entry = re.search(rf"^- id: {re.escape(name)}$", text, re.MULTILINE)
        return file, text.count("\n", 0, entry.start()) + 1 if entry else None
    at = text.find(result.passage) if result.passage.strip() else -1
    return file, text.count("\n", 0, at) + 1 if at >= 0 else None


def _annotation(root: Path, page: str, name: str) -> str:
    """The file of an annotation: with those of the article on whose page it stands, or of the work that carries it."""
    article = re.fullmatch(r"articles/([^/]+)\.html(?:#.*)?", page)
    if article:
        return f"archive/annotations/{article[1]}/{name}.yml"
    found = next((root / "archive/annotations/_works").glob(f"*/{name}.yml"), None)
    return found.relative_to(root).as_posix() if found else ""
