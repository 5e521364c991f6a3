"""What texts share, found once and written down until one of them changes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from annotated_archive.records.text import digest
from annotated_archive.reuse import Carrier, Found, Group, Passage, Shared, shared

FORMAT = 2  # goes up whenever the same texts give another result


def remembered(texts: Mapping[str, str], folder: Path) -> Found:
    """What `reuse.shared` finds in these texts, from a file in `folder` where that is about the very same texts.

    The file says which articles share how much, and where, but holds no word of them. What cannot be read is found
    anew, and what cannot be written is not.
    """
    hashed = hashlib.blake2b(str(FORMAT).encode(), digest_size=16)
    for identifier in sorted(texts):
        hashed.update(f"\0{identifier}\0{digest(texts[identifier])}".encode())
    path = folder / f"{hashed.hexdigest()}.json"
    with suppress(OSError, ValueError, TypeError, KeyError):
        return _found(json.loads(path.read_bytes()))
    found = shared(texts)
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        new = path.with_suffix(".new")
        new.write_text(json.dumps(asdict(found), separators=(",", ":")), encoding="utf-8")
        new.replace(path)
        for old in folder.iterdir():
            if old != path:
                old.unlink()
    return found


def _found(data: dict[str, list[dict[str, Any]]]) -> Found:
    pairs = (
        Shared(**{**one, "passages": tuple(Passage(**passage) for passage in one["passages"])}) for one in data["pairs"]
    )
    groups = (Group(**{**one, "carriers": tuple(map(_carrier, one["carriers"]))}) for one in data["groups"])
    return Found(tuple(pairs), tuple(groups))


def _carrier(one: dict[str, Any]) -> Carrier:
    passages = tuple((start, end, words) for start, end, words in one["passages"])
    return Carrier(one["article"], one["words"], passages)
