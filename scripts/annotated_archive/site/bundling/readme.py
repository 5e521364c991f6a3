"""The page beside the site in a download: how to open it, search it and verify it, and what may be done with it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from annotated_archive import __version__
from annotated_archive.site.bundling.record import withheld
from annotated_archive.site.content import THEME, Content

NAME = "README.html"


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(THEME / "bundle"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, auto_reload=False,
    )  # fmt: skip


def readme(content: Content, name: str, version: str) -> bytes:
    """The page of a download called `name` as UTF-8: complete in itself, with no script and no file beside it."""
    tokens = (THEME / "assets" / "tokens.css").read_text("utf-8")
    values: dict[str, Any] = {
        "tokens": Markup(re.sub(r"/\*.*?\*/", "", tokens, flags=re.DOTALL)),  # our own file
        "settings": content.settings,
        "name": name,
        "version": version,
        "program": __version__,
        "articles": len(content.graph.archive.articles),
        "annotations": len(content.graph.archive.annotations),
        "entities": len(content.graph.archive.entities),
        "withheld": withheld(content),
        "originals": bool(content.originals),
        "left_out": sum(capture.private for capture in content.published.captures),
    }
    return _environment().get_template(NAME).render(values).encode()
