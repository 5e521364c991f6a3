"""What the room gives away: a finished page, and what a site wants its pages to know about itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # a site is made of settings
    from annotated_archive.pages.draft import Site


@dataclass(frozen=True)
class Page:
    """One generated page.

    `html` is the whole content column, with relative links; `source` the file in the repository that corrects it.
    """

    path: str
    title: str
    description: str
    kind: str
    html: str = field(repr=False)
    source: str | None


@dataclass(frozen=True)
class File:
    """A generated file that is no page: its path on the site, and its bytes."""

    path: str
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class Job:
    """A page or a file that can be made, in any process: `make` gives it, and `path` is its path.

    Nothing is rendered before it is asked for.
    """

    path: str
    make: Callable[[Site], Page | File] = field(repr=False)


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
