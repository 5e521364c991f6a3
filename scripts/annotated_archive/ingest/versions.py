"""Which programs read a capture: part of its custody, since another version may read it otherwise."""

from __future__ import annotations

from importlib.metadata import version
from typing import Literal

from annotated_archive import __version__

_PACKAGES = {"text": (), "html": ("trafilatura", "lxml"), "pdf": ("pypdfium2",)}


def readers(media: Literal["text", "html", "pdf"]) -> str:
    """The programs that read a page of this kind, with their versions: `annotated-archive 0.1.0, lxml 6.1.3`."""
    programs = [("annotated-archive", __version__), *((name, version(name)) for name in _PACKAGES[media])]
    return ", ".join(f"{name} {number}" for name, number in programs)
