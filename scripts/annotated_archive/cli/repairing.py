"""What looks like damage of a capture, as proposed annotations: the text itself is never mended."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from annotated_archive.anchor.annotate import Wish, make
from annotated_archive.anchor.select import target_at
from annotated_archive.ingest.repairs import Repair
from annotated_archive.ingest.take_in import Taken
from annotated_archive.store import Archive, annotation_path, annotation_text, private

AUTHOR = "archive ingest"
_SIGNS = re.compile(r"([\\`*_{}\[\]()#+.!|~-])")
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


def proposed(archive: Archive, taken: Taken, repairs: Sequence[Repair]) -> dict[str, bytes]:
    """The files (path → bytes) of the annotations that propose these repairs; the same words share one.

    Ids follow from what is proposed, so that a run that was broken off writes the same files again.
    """
    article = taken.result.article
    withheld = article.rights.publish != "full"
    files: dict[str, bytes] = {}
    for same in grouped(repairs):
        body = taken.result.body
        targets = [target_at(body, one.start, one.end) for one in same]
        wish = Wish(article=taken.article, kind="correction", body=_body(same[0]), name=AUTHOR)
        record = make(archive, wish, targets[0], None)
        identifier = _identifier(f"{taken.article}\n{same[0].start}\n{same[0].exact}\n{same[0].instead}")
        record = record.model_copy(update={"id": identifier, "targets": targets})
        path = private.annotation_path(record) if withheld else annotation_path(record)
        files[path] = annotation_text(record).encode()
    return files


def grouped(repairs: Sequence[Repair]) -> list[list[Repair]]:
    """The repairs of the same words together: one note proposes them."""
    groups: dict[tuple[str, str | None], list[Repair]] = {}
    for repair in repairs:
        groups.setdefault((repair.exact, repair.instead), []).append(repair)
    return list(groups.values())


def _body(repair: Repair) -> str:
    """The words of the annotation, in Markdown."""
    if repair.instead is None:
        return (
            "A character is missing here: it was lost before the page was taken in. The text is as it was captured;"
            " nobody has compared it with the page yet."
        )
    words, instead = _plain(repair.exact), _plain(repair.instead)
    return (
        f"“{words}” may stand for “{instead}”: {repair.why}. The text is as it was captured; nobody has compared it"
        " with the page yet."
    )


def _plain(text: str) -> str:
    """Words as Markdown that shows them as they are."""
    return _SIGNS.sub(r"\\\1", text.replace("&", "&amp;").replace("<", "&lt;"))


def _identifier(seed: str) -> str:
    """The id of an annotation that follows from `seed`: a letter, and seven letters or digits."""
    number = int.from_bytes(hashlib.sha256(seed.encode()).digest())
    letters = []
    for base in (26, *[36] * 7):
        number, letter = divmod(number, base)
        letters.append(_LETTERS[letter])
    return "".join(letters)
