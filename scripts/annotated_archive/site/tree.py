"""The merged Markdown tree: every page as a file that any Markdown renderer can take."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from annotated_archive import pages
from annotated_archive.pages.docs import title as doc_title
from annotated_archive.records import yamlio
from annotated_archive.site import content
from annotated_archive.site.plugin import settings
from annotated_archive.site.renderer import SiteError, configure, mkdocs_session
from annotated_archive.store import write_if_changed

FENCED = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
"""Code, in which a line may begin as a heading does."""


def sound(root: Path, to: Path) -> content.Content:
    """What the site in `root` is made of, for writing below `to`. Raises SiteError when the check finds errors."""
    root = root.resolve()
    with mkdocs_session():
        config = configure(root, to, strict=False)
    try:
        return content.read(root, settings(config))
    except content.ContentRefused as refused:
        content.report(refused.diagnostics)
        raise SiteError(str(refused)) from None


def generate(root: Path, to: Path) -> int:
    """Write all pages of the archive in `root` below `to`, links ending in `.md`. Returns how many pages there are.

    A generated page is front matter and one block of HTML without blank lines; a hand-written one keeps its Markdown,
    its names linked. Files below `to` that are no longer made are left alone. Raises SiteError.
    """
    made = sound(root, to)
    count = 0
    for page in made.render(".md"):
        head = {"title": page.title, "description": page.description, "kind": page.kind}
        _write(to / page.path, head, f"<div>\n{_one_block(page.html)}\n</div>\n")
        count += 1
    for name, doc in made.graph.archive.docs.items():
        text = pages.doc_markdown(made.graph, made.settings, doc, ".md")
        if name == "index.md":
            home = pages.home_html(made.graph, made.settings, suffix=".md")
            text = f"{text.rstrip()}\n\n<div>\n{_one_block(home)}\n</div>\n"
        if not re.search(r"^# ", FENCED.sub("", text), re.MULTILINE):
            text = f"# {doc_title(doc)}\n\n{text.lstrip()}"  # not every theme sets the title above a page, as ours does
        head = {"title": doc_title(doc)} | dict(doc.document.data or {})
        _write(to / name, head, text)
        count += 1
    for name, source in made.files():
        write_if_changed(to / name, source if isinstance(source, bytes) else source.read_bytes())
    for name, text in made.exported.items():
        write_if_changed(to / name, text.encode())
    return count


def _one_block(html: str) -> str:
    return re.sub(r"\n\s*\n+", "\n", html).strip()


def _write(path: Path, head: dict[str, Any], text: str) -> None:
    front = f"---\n{yamlio.write(head)}---\n\n" if head else ""
    write_if_changed(path, (front + text).encode())
