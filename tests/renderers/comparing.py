"""Compares a site that another renderer made of the Markdown tree with our own: pages, titles, links, fragments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit


@dataclass(frozen=True, order=True)
class Difference:
    """What differs: `page`, `title`, `link` (lost), `extra` (a page) or `broken` (a link that leads nowhere)."""

    kind: str
    page: str
    target: str = ""


@dataclass
class Page(HTMLParser):
    """A page: its heading, the ids in it, all its links as (page, fragment), and those of its content.

    The content is the `article` that Material puts it in; in other themes everything.
    """

    name: str
    title: str = ""
    ids: set[str] = field(default_factory=set)
    links: set[tuple[str, str]] = field(default_factory=set)
    content: set[tuple[str, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        super().__init__()
        self._heading = 0
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes what a tag names or leads to."""
        values = {name: value or "" for name, value in attrs}
        self.ids.update(value for name, value in values.items() if name in ("id", "name") and value)
        self._heading += tag == "h1" and not self.title
        if tag == "article" and (self._depth or "md-content__inner" in values.get("class", "")):
            self._depth += 1
        parts = urlsplit(values.get("href", ""))
        if tag == "a" and values.get("href") and not parts.scheme and not parts.netloc:
            path = normpath(join(dirname(self.name), unquote(parts.path))) if parts.path else self.name
            link = path + "/index.html" if parts.path.endswith("/") else path, unquote(parts.fragment)
            self.links.add(link)
            if self._depth:
                self.content.add(link)

    def handle_endtag(self, tag: str) -> None:
        """The end of a heading or of the content."""
        self._heading -= tag == "h1" and self._heading > 0
        self._depth -= tag == "article" and self._depth > 0

    def handle_data(self, data: str) -> None:
        """The words of the heading."""
        if self._heading:
            self.title += data


def pages(site: Path) -> dict[str, Page]:
    """The pages of a site by their paths, without those that only a server shows."""
    found = {}
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site).as_posix()
        if name != "404.html":
            page = Page(name)
            page.feed(path.read_text(encoding="utf-8"))
            page.close()
            page.title = " ".join(page.title.replace("¶", "").split())
            found[name] = page
    return found


def differences(ours: Path, theirs: Path) -> Iterator[Difference]:
    """How the site of another renderer differs from ours, page by page."""
    own, other = pages(ours), pages(theirs)
    yield from (Difference("extra", name) for name in sorted(other.keys() - own.keys()))
    for name, page in own.items():
        if name not in other:
            yield Difference("page", name)
            continue
        there = other[name]
        if page.title != there.title:
            yield Difference("title", name, there.title)
        for path, fragment in sorted((page.content or page.links) - there.links):
            yield Difference("link", name, f"{path}#{fragment}" if fragment else path)
        for path, fragment in sorted(there.links):
            target = f"{path}#{fragment}" if fragment else path
            if path in other:
                if fragment and fragment not in other[path].ids:
                    yield Difference("broken", name, target)
            elif not (theirs / path).is_file():
                yield Difference("broken", name, target)


def known(path: Path) -> list[tuple[str, str, str]]:
    """The losses that are stated in a file, as (kind, pattern of the page, pattern of the target): a line for each.

    A `#` and a space begin the reason, which each line must have. Raises ValueError.
    """
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        what, _, reason = line.partition("# ")
        if not what.strip():
            continue
        parts = what.split()
        if len(parts) not in (2, 3) or not reason.strip():
            raise ValueError(f"{path.name}: not a kind, a page, a target and a reason: {line}")
        found.append((parts[0], parts[1], parts[2] if len(parts) > 2 else "*"))
    return found


def unknown(found: list[Difference], losses: list[tuple[str, str, str]]) -> list[Difference]:
    """Differences that no line states."""
    return [
        one
        for one in found
        if not any(
            one.kind == kind and fnmatchcase(one.page, page) and fnmatchcase(one.target, target)
            for kind, page, target in losses
        )
    ]
