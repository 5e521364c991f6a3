"""What addresses mean in this archive: its own pages on any site, and the publishers' pages of its articles."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from annotated_archive.graph import Graph

Place = tuple[str, str, str]
"""`article` or `work`, its id, and the part of the article; no part: not known."""
_PAGE = re.compile(r"(?:.*/)?articles/([a-z0-9-]+)\.html")
_WORKS = re.compile(r"(?:.*/)?bibliography(?:-[0-9]+)?\.html")
_TRACKING = re.compile(r"utm_.*|fbclid|gclid|mc_[ce]id", re.IGNORECASE)


class Lookup:
    """Finds articles, works and claims' names by what a file from elsewhere calls them."""

    def __init__(self, graph: Graph) -> None:
        archive = graph.archive
        self._known = archive.entities.keys() | archive.works.keys() | archive.articles.keys()
        self._works, self._questions = archive.works, archive.questions
        self._articles = {identifier: identifier for identifier in archive.articles}
        self._pages: dict[str, set[str]] = {}
        for article in archive.articles.values():
            self._articles |= dict.fromkeys(article.record.formerly, article.record.id)
            if key := _key(article.record.url or ""):
                self._pages.setdefault(key, set()).add(article.record.id)

    def place(self, address: str) -> Place | None:
        """What an address is about. A publisher's page that two articles have been taken from is neither."""
        path, _, fragment = address.partition("#")
        path = path.partition("?")[0]
        if (page := _PAGE.fullmatch(path)) and page[1] in self._articles:
            return "article", self._articles[page[1]], fragment if fragment in ("title", "ledger") else "body"
        if _WORKS.fullmatch(path) and fragment in self._works:
            return "work", fragment, ""
        found = self._pages.get(_key(address), set())
        return ("article", next(iter(found)), "") if len(found) == 1 else None

    def cited(self, address: str) -> str:
        """The id of the work, or of the article with a page on the site, that an address cites; empty if none."""
        place = self.place(address)
        return place[1] if place and (place[0] == "work" or place[2]) else ""

    def missing(self, claim: Any) -> str:
        """The first name in a claim's data that this archive does not know."""
        if not isinstance(claim, dict):
            return ""
        inner = [part for name in ("subject", "position") if isinstance(part := claim.get(name), dict)]
        named = [claim.get("event"), claim.get("claimant"), *(part.get("side") for part in inner)]
        named += claim["via"] if isinstance(claim.get("via"), list) else []
        unknown = [name for name in named if isinstance(name, str) and name not in self._known]
        asked = [part.get("question") for part in inner]
        unknown += [name for name in asked if isinstance(name, str) and name not in self._questions]
        return unknown[0] if unknown else ""


def _key(url: str) -> str:
    """A web address without what does not tell pages apart: scheme, `www.`, last slash, fragment, tracking."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    query = urlencode([pair for pair in parse_qsl(parts.query) if not _TRACKING.fullmatch(pair[0])])
    return f"{host.removeprefix('www.')}{parts.path.rstrip('/')}?{query}"
