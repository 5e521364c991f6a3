"""Names in scripts without capitals: Georgian, Arabic and Hebrew letters.

No letter says there that a word is a name. So only two kinds of words are proposed: one that sounds like a name that
the archive knows, and one that stands after a title or after a word for a place (“president”, “town”).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from annotated_archive.names.suggest.counting import Counted, Known, Text, Use
from annotated_archive.names.suggest.spelling import Spellings
from annotated_archive.names.suggest.words import TITLES_UNCASED

_WORD = re.compile(r"[\u10a0-\u10ff\u1c90-\u1cbf\u0590-\u08ff\ufb50-\ufdff\ufe70-\ufeff\u200c]{3,60}")
_TITLED = re.compile(rf"(?<!\w)(?:{'|'.join(TITLES_UNCASED.values())})[ \xa0]({_WORD.pattern})")
_MOST = 20_000
"""How many different words are compared with known names, the first met."""


def uncased(texts: Sequence[Text], known: Known, names: Spellings) -> Iterator[Counted]:
    """The candidates of the texts that hold such scripts, counted."""
    found: dict[str, Counted] = {}
    alike: dict[str, bool] = {}
    for number, text in enumerate(texts):
        if not _WORD.search(text.body):
            continue
        spans = known(text)
        titled = {match.start(1): match.end(1) for match in _TITLED.finditer(text.body)}
        at = 0
        for match in _WORD.finditer(text.body):
            start = match.start()
            if start < at or any(s < match.end() and start < e for s, e in spans):
                continue
            end = titled.get(start, match.end())
            form = text.body[start:end]
            if start not in titled:
                if form not in alike and len(alike) < _MOST:
                    alike[form] = bool(names.of(form, text.language))
                if not alike.get(form):
                    continue
            at = end
            found.setdefault(form, Counted(form)).add(Use(number, start, end, start in titled), text.language, True)
    yield from found.values()
