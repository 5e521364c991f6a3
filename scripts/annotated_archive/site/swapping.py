"""Puts a finished site in the place of the last one."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from pathlib import Path

_HERE = -100  # AT_FDCWD: paths are as they are given
_EXCHANGE = 2


def swap(finished: Path, out: Path, old: Path) -> None:
    """Move the folder `finished` to `out`; what was there goes to `old`, for the caller to remove.

    On Linux both change places in one step. Elsewhere there is no site for a moment; should the process end just then,
    the next build finds the last one as `old`.
    """
    if out.exists() and _exchanged(finished, out):
        finished.rename(old)
        return
    if out.exists():
        out.rename(old)
    finished.rename(out)


def _exchanged(one: Path, other: Path) -> bool:
    """Have two paths change places. Returns whether system and file system can do that."""
    if sys.platform != "linux":
        return False
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    return bool(rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0)


def remove(*folders: Path) -> None:
    """Remove folders with all that is in them, if they are there."""
    for folder in folders:
        if folder.exists():
            shutil.rmtree(folder)
