"""Which version of the program made what is kept for the next time: another version makes it anew."""

from __future__ import annotations

import pydantic
import yaml

from annotated_archive.records.program import checksum


def program(*rooms: str) -> str:
    """Says which modules of some rooms are at work (without `rooms`: of all), and what reads for them."""
    return f"{checksum(*rooms)} {pydantic.VERSION} {yaml.__version__}"
