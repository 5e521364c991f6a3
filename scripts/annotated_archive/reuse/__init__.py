"""Text reuse: which articles carry the same words, found by runs of words and confirmed word for word.

It says what two texts share and where. Who had the words first, or from whom, no comparison can tell.
"""

from __future__ import annotations

from collections.abc import Mapping

from annotated_archive.reuse.passages import Passage, Shared

__all__ = ["Passage", "Shared", "against", "shared"]


def shared(texts: Mapping[str, str]) -> list[Shared]:
    """What any two of these texts (by id) share, in the order of their ids.

    Of texts with the same words only the first by id is compared with others; its copies are listed with it alone.
    """
    from annotated_archive.reuse.index import Index

    return sorted(Index(texts).pairs(), key=lambda found: (found.article, found.other))


def against(text: str, texts: Mapping[str, str]) -> list[Shared]:
    """What a text shares with each of these, most first; its own id is empty.

    For several texts in turn, make one `reuse.index.Index` and ask that.
    """
    from annotated_archive.reuse.index import Index

    return sorted(Index(texts).against(text), key=lambda found: (-found.words, found.other))
