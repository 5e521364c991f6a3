"""For ProperDocs, which leaves links in HTML as they are: to `.md`, not to the pages made of it."""

from __future__ import annotations

import re
from typing import Any

_LINK = re.compile(r'(\shref="(?![a-z][a-z0-9+.-]*:|/)[^"#?]*)\.md(?=["#?])')


def on_page_content(html: str, **_: Any) -> str:
    """The HTML of a page with its links to other pages."""
    return _LINK.sub(r"\1.html", html)
