"""Which forms editors turned down."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from annotated_archive.names.forms import key
from annotated_archive.names.suggest.counting import Counted
from annotated_archive.records.dismissed import Dismissed


class Dismissals:
    """The forms that are not proposed again, in whatever spelling of apostrophes, hyphens and spaces."""

    def __init__(self, entries: Iterable[Dismissed]) -> None:
        self._forms: dict[str, set[str | None]] = defaultdict(set)
        for entry in entries:
            self._forms[key(entry.form)].add(entry.language)

    def covers(self, one: Counted) -> bool:
        """Whether a form was turned down, in every language that it was found in."""
        languages = self._forms.get(key(one.form), set())
        return None in languages or one.languages.keys() <= languages
