"""Python's search for garbage in cycles, put off while a record is read and pages are made of it.

Reading makes millions of objects and next to no garbage: looking through them again and again takes a third
of the time.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Nothing is searched until the block ends; what nobody holds any more is freed as ever.

    Then all that is here counts as old, which is searched seldom: or all of it would be at once.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if not gc.get_freeze_count():
                gc.freeze()
                gc.unfreeze()
            gc.enable()


def collected_from_now() -> None:
    """Search what comes from now on, and never what is here already: for a process that was forked to do much."""
    gc.freeze()
    gc.enable()
