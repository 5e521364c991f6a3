"""Values of plain kinds as the bytes of a file: numbers, texts, bytes, tuples, lists, dictionaries and nothing else.

For what is kept between builds, where JSON takes several times as long. Nothing that a file holds is ever run.
"""

from __future__ import annotations

import hashlib
import io
import pickle
from typing import Any

_SUM = 16


def packed(value: object) -> bytes:
    """The bytes, behind a checksum."""
    data = pickle.dumps(value, protocol=5)
    return hashlib.blake2b(data, digest_size=_SUM).digest() + data


def unpacked(data: bytes) -> Any:
    """The value. Raises ValueError for what is damaged, or holds something else."""
    whole = memoryview(data)
    if hashlib.blake2b(whole[_SUM:], digest_size=_SUM).digest() != whole[:_SUM]:
        raise ValueError("damaged")
    try:
        return _Plain(io.BytesIO(whole[_SUM:])).load()
    except Exception as error:  # whatever a hostile file makes of the unpickler
        raise ValueError("no plain value") from error


class _Plain(pickle.Unpickler):
    """Reads plain kinds, and nothing that names anything."""

    def find_class(self, module: str, name: str) -> Any:
        raise pickle.UnpicklingError(f"{module}.{name} is nothing plain")
