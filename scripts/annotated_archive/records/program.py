"""Which version of this program is at work, by what its modules hold. Light: a search in a terminal asks it too."""

from __future__ import annotations

import hashlib
import sys
import unicodedata
from functools import cache
from pathlib import Path

_PROGRAM = Path(__file__).parent.parent


@cache
def checksum(*rooms: str) -> str:
    """A checksum over the modules of some rooms (without `rooms`: of all), and the Python that runs them.

    It is made of what the modules hold, not of their times: a checkout on another machine is the same version.
    """
    made = hashlib.blake2b(f"{sys.version.split()[0]}\n{unicodedata.unidata_version}\n".encode(), digest_size=16)
    folders = [_PROGRAM / room for room in rooms] or [_PROGRAM]
    for path in sorted(path for folder in folders for path in folder.rglob("*.py")):
        data = path.read_bytes()
        made.update(f"{path.relative_to(_PROGRAM).as_posix()}\n{len(data)}\n".encode() + data)
    return made.hexdigest()
