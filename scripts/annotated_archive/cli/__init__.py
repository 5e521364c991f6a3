"""The command line: parse, call, print. Exit status 0: done, 1: the content has errors, 2: wrong use."""

from annotated_archive.cli.base import main

__all__ = ["main"]

# Each adds its commands to the group when it is imported: the lightest first, the others when they are asked for.
main.modules = tuple(
    f"{__name__}.{name}"
    for name in (
        "searching", "archive", "bundling", "checking", "custody", "exchange", "harvesting", "ingesting", "notes",
        "suggesting", "withholding",
    )
)  # fmt: skip
