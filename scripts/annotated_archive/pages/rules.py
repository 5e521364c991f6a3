"""The page that explains every rule of the check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import groupby

from annotated_archive.pages.base import Job, Page, Rule
from annotated_archive.pages.draft import Draft, Site


def jobs(rules: Iterable[tuple[str, str, str, str]]) -> Iterator[Job]:
    """The page of the rules."""
    yield Job("rules.md", partial(page, rules=tuple(rules)))


def page(site: Site, rules: Iterable[tuple[str, str, str, str]]) -> Page:
    """The page of the rules, each given as (id, title, explanation, how to mend it), in groups by their first word."""
    draft = Draft(site, "rules")
    known = sorted((Rule(*rule) for rule in rules), key=lambda rule: rule.id)
    groups = [(name, list(group)) for name, group in groupby(known, key=lambda rule: rule.id.split("-")[0])]
    return draft.page(
        "rules.html",
        title="Rules of the check",
        description="Every rule that archive check applies, what it means and how to mend what it finds.",
        kind="rules",
        groups=groups,
        total=len(known),
    )
