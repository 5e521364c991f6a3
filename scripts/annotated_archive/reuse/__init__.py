"""Text reuse: which articles carry the same words, found by runs of words and confirmed word for word.

It says what texts share and where. Who had the words first, or from whom, no comparison can tell.
"""

from __future__ import annotations

from collections.abc import Mapping

from annotated_archive.reuse.passages import Carrier, Found, Group, Passage, Shared

__all__ = ["Carrier", "Found", "Group", "Passage", "Shared", "against", "shared"]


def shared(texts: Mapping[str, str]) -> Found:
    """What these texts (by id) share, in the order of their ids: two and two, and words that many have as a group."""
    from annotated_archive.reuse.grouping import groups, stretches
    from annotated_archive.reuse.index import Index
    from annotated_archive.reuse.pairing import hits, pairs
    from annotated_archive.reuse.pairing import shared as two

    index = Index.made(texts)
    where = hits(index, index.common.values)
    found = (
        two(index.ids[a.one], index.ids[a.other], (len(index.text(a.one)), len(index.text(a.other))), a.passages)
        for a in pairs(index, where)
    )
    return Found(tuple(found), tuple(one for one in groups(index, list(stretches(index, where))) if one))


def against(text: str, texts: Mapping[str, str]) -> Found:
    """What a text, whose id is empty, shares with each of these, most first, and the groups that it would be in.

    For several texts in turn, make indexes and ask `reuse.meeting.against`.
    """
    from annotated_archive.reuse.index import Index
    from annotated_archive.reuse.meeting import against

    return against(text, [Index.made(texts)])
