"""Which version of the program made what is kept for the next time: another version makes it anew."""

from __future__ import annotations

import hashlib
import sys
import unicodedata
from functools import cache
from pathlib import Path

import pydantic
import yaml

_PROGRAM = Path(__file__).parent.parent


@cache
def program(*rooms: str) -> str:
    """A checksum over the modules of some rooms of this program (without `rooms`: of all), and of what reads for them.

    It is made of what the modules hold, not of their times: a checkout on another machine is the same version.
    """
    made = hashlib.blake2b(digest_size=16)
    for what in (sys.version.split()[0], unicodedata.unidata_version, pydantic.VERSION, yaml.__version__):
        made.update(f"{what}\n".encode())
    folders = [_PROGRAM / room for room in rooms] or [_PROGRAM]
    for path in sorted(path for folder in folders for path in folder.rglob("*.py")):
        data = path.read_bytes()
        made.update(f"{path.relative_to(_PROGRAM).as_posix()}\n{len(data)}\n".encode() + data)
    return made.hexdigest()
