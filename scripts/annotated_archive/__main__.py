"""`python -m annotated_archive`: the command line."""

from annotated_archive.cli import program

program()
