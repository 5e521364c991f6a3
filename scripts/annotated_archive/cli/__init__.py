"""The command line: parse, call, print. Exit status 0: done, 1: the content has errors, 2: wrong use."""

import os
import sys

from annotated_archive.cli.base import main

__all__ = ["main", "program"]

# Each adds its commands to the group when it is imported: the lightest first, the others when they are asked for.
main.modules = tuple(
    f"{__name__}.{name}"
    for name in (
        "searching", "archive", "bundling", "checking", "custody", "exchange", "harvesting", "ingesting", "notes",
        "suggesting", "withholding",
    )
)  # fmt: skip


def program() -> None:
    """`archive` as a program of its own.

    After a command that leaves nothing to be done it ends at once: to free what a large archive was read into, object
    by object, takes seconds. (As mypy does.)
    """
    try:
        main()
    except SystemExit as end:
        if main.all_done and not end.code:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(0)
        raise
