"""Which files a check was asked about, and the least that must be read to answer.

Everything but the annotations is read whole: references lead everywhere. Of the annotations, which can be many, only
those are read that were asked for, that belong to an article asked for, or that these name, on and on; the others are
skimmed for what they cite. What is found in the files asked for is what a check of everything finds in them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from glob import escape
from pathlib import Path

from annotated_archive.records.diagnostic import one_line

ANNOTATIONS = "archive/annotations"
_ARTICLE = re.compile(r"archive/(?:articles|ledgers)/([^/]+?)(?:\.\d+)?\.(?:md|yml)")
_ID = re.compile(r"^id: ([a-z][a-z0-9]{7})$", re.M)
_NAMED = re.compile(r"(?<![a-z0-9])[a-z][a-z0-9]{7}(?![a-z0-9])")
_CITE = re.compile(r"^(?:cite: \[|  via: \[|work: )([a-z0-9, -]*)\]?$", re.M)
_MAY_CITE = re.compile(r"(?:cite|via|work)[\"' ]*:")
_CITED = re.compile(r"[a-z0-9-]+")


@dataclass(frozen=True)
class Scope:
    """The files that a check is about: all of them, where `paths` is None. Paths are relative to the archive's folder.

    An original stands and falls with the manifest, an article with its ledger, and both with their annotations: whoever
    asks for one is told of the other.
    """

    root: Path
    paths: frozenset[str] | None = None

    @classmethod
    def of(cls, root: Path, paths: Collection[str]) -> Scope:
        """The scope of `paths`, with what stands and falls with them."""
        asked = set(paths)
        if any(path.startswith("archive/originals/") for path in paths):
            asked.add("archive/originals/manifest-sha256.txt")
        for identifier in {match.group(1) for path in paths if (match := _ARTICLE.fullmatch(path))}:
            asked |= {f"archive/articles/{identifier}.md", f"archive/ledgers/{identifier}.yml"}
            further = (root / "archive/ledgers").glob(f"{escape(identifier)}.*.yml")
            asked.update(f"archive/ledgers/{path.name}" for path in further)
            asked.update(name for name, _ in _files(root, f"{ANNOTATIONS}/{identifier}"))
        asked |= {one_line(path, 4096)[1:-1] for path in asked}  # as findings write them
        for path in tuple(asked):  # a stray folder is found as such, not file by file
            asked.update(str(parent) for parent in Path(path).parents)
        return cls(root, frozenset(asked))

    def __contains__(self, path: str) -> bool:
        return self.paths is None or path in self.paths

    @cached_property
    def _texts(self) -> dict[str, str]:
        """Every annotation file by its path, as text."""
        return {name: _text(path) for name, path in _files(self.root, ANNOTATIONS)}

    @cached_property
    def annotations(self) -> frozenset[str] | None:
        """Paths of the annotations to be read; None: all."""
        if self.paths is None or any(_asks_for_claims(self.root / path) for path in self.paths):
            return None
        texts, needed = self._texts, set[str]()
        by_id: dict[str, list[str]] = {}
        for path, text in texts.items():
            stem = path.rpartition("/")[2].removesuffix(".yml")
            by_id.setdefault(stem, []).append(path)
            if path in self.paths or _ID.findall(text) != [stem] or not _is_plain(text):
                needed.add(path)
        waiting = list(needed)
        while waiting:
            for name in _NAMED.findall(texts[waiting.pop()]):
                new = [path for path in by_id.get(name, ()) if path not in needed]
                needed.update(new)
                waiting += new
        return frozenset(needed)

    def cited_elsewhere(self, read: Collection[str]) -> set[str]:
        """What annotations cite, as far as their texts show, other than those `read`."""
        texts = {path: text for path, text in self._texts.items() if path not in read}
        return {work for text in texts.values() for work in _cited(text)}


def _asks_for_claims(path: Path) -> bool:
    """Whether a file is a page that links to what was said: all claims together tell which pages there are."""
    return path.suffix == ".md" and "docs" in path.parts and "said/" in _text(str(path))


def _is_plain(text: str) -> bool:
    """Whether every citation stands where the canonical form has it."""
    return len(_CITE.findall(text)) == len(_MAY_CITE.findall(text))


def _cited(text: str) -> list[str]:
    """The works that a file relies on, or all that may be an id of one where it is not in the canonical form."""
    return _CITED.findall(" ".join(_CITE.findall(text)) if _is_plain(text) else text)


def _files(root: Path, folder: str) -> Iterator[tuple[str, str]]:
    """Every file below a folder: its path relative to `root`, as findings write it, and its path."""
    for top, _, names in os.walk(root / folder):
        inside = Path(top).relative_to(root).as_posix()
        yield from ((one_line(f"{inside}/{name}", 4096)[1:-1], os.path.join(top, name)) for name in names)


def _text(path: str) -> str:
    """What stands in a file as far as it can be read: a link or a device is not opened."""
    if os.path.islink(path) or not os.path.isfile(path):
        return ""
    with open(path, encoding="utf-8", errors="replace", newline="") as file:
        return file.read()
