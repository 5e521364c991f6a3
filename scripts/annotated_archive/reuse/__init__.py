"""Text reuse: which articles carry the same words, found by runs of words and confirmed word for word.

It says what texts share and where. Who had the words first, or from whom, no comparison can tell.
"""

from __future__ import annotations

from collections.abc import Mapping

from annotated_archive.reuse.passages import Carrier, Found, Group, Passage, Shared

__all__ = ["Carrier", "Found", "Group", "Passage", "Shared", "against", "shared"]


def shared(texts: Mapping[str, str]) -> Found:
    """What these texts (by id) share, in the order of their ids: two and two, and words that many have as a group."""
    from annotated_archive.reuse.arrays import sharing
    from annotated_archive.reuse.index import Index

    found = sharing(Index.made(texts))
    return Found(found.every_pair, found.every_group)


def against(text: str, texts: Mapping[str, str]) -> Found:
    """What a text, whose id is empty, shares with each of these, most first, and the groups that it would be in.

    For several texts in turn, make indexes and ask `reuse.meeting.against`.
    """
    from annotated_archive.reuse.index import Index
    from annotated_archive.reuse.meeting import against

    return against(text, [Index.made(texts)])
