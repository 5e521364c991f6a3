"""The small changes after which a build is measured: each is one that an editor makes, and none is an error."""

from __future__ import annotations

import compileall
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import annotated_archive

PROGRAM = "program"
TEMPLATE = "annotated_archive/pages/templates/place.html"


def prepare(root: Path) -> dict[str, str]:
    """Lay a copy of this program beside the archive in `root`, whose templates are changed later.

    Returns what makes Python run that one. With a template of an archive's own, laid over the program's, no page would
    be kept from one build to the next: what it shows, nobody knows.
    """
    source = Path(annotated_archive.__file__).parent
    shutil.copytree(source, root / PROGRAM / source.name, ignore=shutil.ignore_patterns("__pycache__"))
    compileall.compile_dir(root / PROGRAM, quiet=1)
    return {"PYTHONPATH": str(root / PROGRAM)}


def _change(path: Path, pattern: str, new: str) -> None:
    """Replace the first match of `pattern` in a file. Raises ValueError where there is none."""
    text = path.read_text("utf-8")
    changed, count = re.subn(pattern, new, text, count=1, flags=re.M)
    if not count:
        raise ValueError(f"{path} holds nothing like {pattern}")
    path.write_text(changed, "utf-8")


def _named_in(root: Path, kind: str) -> list[str]:
    """The ids of a kind of entity, those first that most articles list."""
    counts: dict[str, int] = {path.stem: 0 for path in sorted((root / "archive/authority" / kind).iterdir())}
    for path in sorted((root / "archive/articles").iterdir()):
        front = path.read_text("utf-8").partition("\n---\n")[0]
        listed = re.search(rf"^{kind}:\n((?:  - .+\n)+)", front, re.M)
        for identifier in re.findall(r"- (.+)", listed.group(1)) if listed else ():
            counts[identifier] = counts.get(identifier, 0) + 1
    return sorted(counts, key=lambda identifier: (-counts[identifier], identifier))


def nothing(root: Path) -> None:
    """Change nothing."""


def annotation(root: Path) -> None:
    """Say more in one annotation."""
    notes = sorted((root / "archive/annotations").rglob("*.yml"))
    _change(notes[len(notes) // 2], r"^(body: \|-\n  .+)$", r"\1 A reader added this.")


def article(root: Path) -> None:
    """Give one article its author, whom nobody knew."""
    articles = sorted((root / "archive/articles").iterdir())
    _change(articles[len(articles) // 2], r"^author: null$", "author: A. Writer")


def authority(root: Path) -> None:
    """Say more in one fact on a place that some articles name."""
    names = _named_in(root, "places")
    path = root / "archive/authority/places" / f"{names[len(names) // 2]}.yml"
    _change(path, r"^(facts:\n  - text: .+)\.(\"?)$", r"\1, and later.\2")


def renamed(root: Path) -> None:
    """Give the tenth of the places that most articles name another name, and keep the old one as a form."""
    path = root / "archive/authority/places" / f"{_named_in(root, 'places')[:10][-1]}.yml"
    name = re.search(r"^name: (.+)$", path.read_text("utf-8"), re.M)
    if name is None:
        raise ValueError(f"{path} has no name")
    if "\nforms:\n" not in path.read_text("utf-8"):
        _change(path, r"^summary: ", "forms:\nsummary: ")
    _change(path, r"^forms:\n", f"forms:\n  - {name.group(1)}\n")
    _change(path, r"^name: .+$", f"name: Newly {name.group(1)}")


def template(root: Path) -> None:
    """Word what stands on the page of each place in another way."""
    _change(root / PROGRAM / TEMPLATE, r"<dt>Within</dt>", "<dt>Lies within</dt>")


EDITS: dict[str, Callable[[Path], None]] = {
    "nothing": nothing,
    "one annotation": annotation,
    "one article": article,
    "one authority file": authority,
    "a renamed place": renamed,
    "the template of places": template,
}
"""What changed, in words → what does it in the archive in a folder."""
