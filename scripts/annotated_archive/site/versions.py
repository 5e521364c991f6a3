"""What decides how a site comes out beside the archive and mkdocs.yml: this program, and those that it stands on."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from importlib.metadata import version as version_of
from pathlib import Path

from annotated_archive.store.version import program

PACKAGES = (
    "mkdocs", "mkdocs-material", "jinja2", "markupsafe", "markdown", "pymdown-extensions", "nh3", "edtf",
    "ahocorasick-rs", "sentencex", "anyascii",
)  # fmt: skip


@cache
def version() -> str:
    """Another one for every change of the program or of a package that shapes pages.

    Templates are left out: what a page is made of says which ones.
    """
    made = blake2b(program().encode(), digest_size=16)
    for package in PACKAGES:
        made.update(f"{package} {version_of(package)}\n".encode())
    home = Path(__file__).parent.parent
    for path in sorted((home / "pages").glob("*.json")):
        made.update(path.read_bytes())
    return made.hexdigest()
