"""Compiled templates, kept from one build to the next: to compile them takes longer than to fill most of them."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
import threading
from importlib.util import cache_from_source
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket, BytecodeCache

FOLDER = Path(cache_from_source(__file__)).parent
"""Where Python keeps this module compiled. What lies there is run: it is no place that an archive could write to."""


class Compiled(BytecodeCache):
    """The code of templates, in memory and in files below `folder`.

    A file is used only if it is whole, and made of the same source for the same Jinja, Python and ways of reading it;
    without one the template is compiled. Where nothing can be written, nothing is kept there.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        self.folder = folder
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template its code if it was compiled before; the bucket checks that its source is the same."""
        name = _name(bucket)
        if code := self._kept.get(name) or _read(self.folder / name):
            self._kept[name] = code
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template's code."""
        name = _name(bucket)
        code = self._kept[name] = bucket.bytecode_to_string()
        if not sys.dont_write_bytecode:
            with contextlib.suppress(OSError):
                _write(self.folder / name, hashlib.sha256(code).digest() + code)


COMPILED = Compiled()
"""The templates of this process."""


def _name(bucket: Bucket) -> str:
    """The name of the file for a template: of it, and of what its code depends on besides its source."""
    made = bucket.environment
    ways = (jinja2.__version__, sys.version, bool(made.autoescape), made.trim_blocks, made.lstrip_blocks)
    key = hashlib.sha256(repr((bucket.key, *ways, sorted(made.extensions))).encode()).hexdigest()
    return f"{key[:32]}.template"


def _read(path: Path) -> bytes:
    """The code in a file; empty where there is none, or not the one that was written."""
    with contextlib.suppress(OSError):
        data = path.read_bytes()
        if hashlib.sha256(data[32:]).digest() == data[:32]:
            return data[32:]
    return b""


def _write(path: Path, data: bytes) -> None:
    """Write a file so that whoever reads it at the same time finds the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}")
    try:
        beside.write_bytes(data)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
