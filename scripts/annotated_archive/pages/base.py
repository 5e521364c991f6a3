"""What the room gives away: a finished page, and what a site wants its pages to know about itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Page:
    """One generated page.

    `html` is the whole content column, with relative links; `source` the file in the repository that corrects it;
    `previews` what a reader is shown of each entity linked on it.
    """

    path: str
    title: str
    description: str
    kind: str
    html: str = field(repr=False)
    source: str | None
    previews: dict[str, dict[str, Any]] = field(repr=False)


@dataclass(frozen=True)
class Settings:
    """What the site says of itself. `sides` are the states whose accounts face each other.

    `host` is the kind of the repository's host (`hosts.HOSTS`), where its address does not tell. `download` is the
    address of the whole archive as one file, where there is one.
    """

    name: str
    contact: str
    repo_url: str
    edit_branch: str = "main"
    site_url: str = ""
    sides: tuple[str, ...] = ()
    as_of: str = ""
    host: str = ""
    download: str = ""


@dataclass(frozen=True)
class Rule:
    """A rule of the check, as its page explains it."""

    id: str
    title: str
    explanation: str
    mend: str
