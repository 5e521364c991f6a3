"""Which lists there are that stand in parts, by the paths of their first parts; and what the modules of pages ask."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from annotated_archive.pages import (
    annolist,
    bibliography,
    custody,
    docs,
    entity,
    home,
    indexes,
    questions,
    said,
    search,
    timeline,
)
from annotated_archive.pages.draft import Site
from annotated_archive.pages.parts import Listing

QUERIES: dict[str, Callable[[Site, str], Any]] = {
    "years": timeline.years, "timeline within": timeline.within, "amounts": timeline.amounts,
    "annotation counts": annolist.counts, "annotation kinds": annolist.kinds, "people": annolist.people,
    "works": bibliography.works, "cited in": bibliography.cited_in, "custody": custody.summary,
    "said events": said.events, "said of": said.said_list, "claims": said.claims,
    "home": home.shown, "written": search.written, "doc names": docs.names,
}  # fmt: skip
"""What each asks of the archive: the name of the query, and what answers it."""


def listing(site: Site, base: str) -> Listing:
    """The list of that path (of a list on an entity's page: the page's path, `#` and its name), with all entries."""
    path, _, name = base.partition("#")
    folder, _, rest = path.partition("/")
    if name:
        return entity.listing(site, path, name)
    match folder:
        case "timeline":
            return timeline.listing(site)
        case "bibliography":
            return bibliography.listing(site)
        case "custody":
            return custody.listing(site)
        case "annotations":
            return annolist.listing(site, rest)
        case "questions":
            return questions.listing(site, rest)
        case "said":
            return said.listing(site, rest)
    return indexes.listing(site, folder)
