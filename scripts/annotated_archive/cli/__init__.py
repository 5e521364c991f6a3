"""The command line: parse, call, print. Exit status 0: done, 1: the content has errors, 2: wrong use."""

from annotated_archive.cli import archive, checking, exchange, notes  # noqa: F401  (each module adds its commands to the group)
from annotated_archive.cli.base import main

__all__ = ["main"]
