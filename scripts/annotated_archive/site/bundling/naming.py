"""What a download is called: a name from the site's, a version that is stated or is the newest day in the record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date

from annotated_archive.ingest.article import ascii_words
from annotated_archive.records import dates
from annotated_archive.site.renderer import SiteError
from annotated_archive.store import Archive

MAX_NAME = 60
NAMELESS = "archive"
"""The name of a site whose own has no letter with an ASCII base."""
_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")


def name_of(site_name: str) -> str:
    """The name of a site's files: the ASCII words of its own, at most 60 characters."""
    name = ""
    for word in ascii_words(site_name):
        longer = f"{name}-{word}" if name else word[:MAX_NAME]
        if len(longer) > MAX_NAME:
            break
        name = longer
    return name or NAMELESS


def version_of(stated: object, archive: Archive) -> str:
    """The version that mkdocs.yml states, else the newest day of the record. Raises SiteError if there is neither.

    A clock is no source: one record has one version, whenever it is bundled.
    """
    if not isinstance(stated, str | date | None):
        raise SiteError(
            f"mkdocs.yml: extra.archive.version: {stated!r} is a number, of which YAML keeps no more than its value: "
            f"write it in quotes, or as v{stated}"
        )
    version = str(stated or "")
    if version and not _VERSION.fullmatch(version):
        raise SiteError(
            f"mkdocs.yml: extra.archive.version: {version!r} is not up to 40 ASCII letters, digits, dots, hyphens and "
            "underscores that begin with a letter or a digit"
        )
    newest = newest_day(archive)
    if not version and newest is None:
        raise SiteError("mkdocs.yml: the record holds no date to take a version from: state extra.archive.version")
    return version or str(newest)


def newest_day(archive: Archive) -> date | None:
    """The newest day on which the record says that something was published, captured, read or noted.

    Of a date that is uncertain this is the first day that it can mean. None: the record has no dates.
    """
    return max(_days(archive), default=None)


def _days(archive: Archive) -> Iterator[date]:
    for article in archive.articles.values():
        yield from _first_days(article.record.date, article.record.original.captured)
    yield from _first_days(*(work.accessed for work in archive.works.values()))
    for note in archive.annotations.values():
        if created := dates.instant(note.record.created):
            yield created.astimezone(UTC).date()


def _first_days(*texts: str | None) -> Iterator[date]:
    for text in texts:
        if text and (first := dates.bounds(text)[0]) != dates.OPEN_START:
            yield first
