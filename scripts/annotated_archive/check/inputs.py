"""What the findings about a part of the archive depend on, as digests: the keys of the units of a check."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import cached_property

from annotated_archive.check.circles import on_circles
from annotated_archive.store import AnnotationFile, Archive, ArticleFile
from annotated_archive.store.archive import BIBLIOGRAPHY, QUESTIONS
from annotated_archive.store.captures import ledger_name

Key = tuple[str | None, ...]
"""Of digests and names; None where a digest is not known."""


class Inputs:
    """The keys of one archive's parts."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive

    def digest(self, path: str) -> str | None:
        """The digest of a file that was read."""
        return self.archive.digests.get(path)

    def together(self, paths: Iterable[str]) -> str | None:
        """One digest for many files, in their order."""
        parts = [(path, self.digest(path)) for path in paths]
        return None if any(digest is None for _, digest in parts) else _digest(repr(parts))

    @cached_property
    def entities(self) -> str | None:
        """All authority files."""
        return self.together(file.path for file in self.archive.entities.values())

    @cached_property
    def works(self) -> str | None:
        """The bibliography."""
        return self.digest(BIBLIOGRAPHY) or (None if self.archive.works else "")

    @cached_property
    def everything_named(self) -> Key:
        """All that a record may name but annotations: authority files, works, questions, and articles by their ids."""
        questions = self.digest(QUESTIONS) or (None if self.archive.questions else "")
        return self.entities, self.works, questions, _digest("\0".join(self.archive.articles))

    @cached_property
    def articles(self) -> str | None:
        """All articles with their texts."""
        files = self.archive.articles.values()
        return self.together(path for file in files for path in (file.path, file.text_file) if path)

    @cached_property
    def ledgers(self) -> str | None:
        """All ledgers."""
        return self.together(file.path for file in self.archive.ledgers.values())

    @cached_property
    def annotations(self) -> str | None:
        """All annotations."""
        return self.together(file.path for file in self.archive.annotations.values())

    @cached_property
    def lists(self) -> str:
        """The lists of originals."""
        return _digest(repr((self.archive.manifest, self.archive.private_manifest)))

    def article(self, file: ArticleFile) -> Key:
        """An article with its text."""
        text = self.digest(file.text_file) if file.text_file else ""
        return file.path, self.digest(file.path), file.text_file, text

    def captures(self, file: ArticleFile) -> Key:
        """An article with its ledgers, and what the lists of originals say of its captures."""
        key: list[str | None] = [*self.article(file)]
        identifier = file.id
        for number, original in enumerate(file.brief.originals, 1):
            ledger = self.archive.ledgers.get(ledger_name(identifier, number))
            lists = (self.archive.manifest, self.archive.private_manifest)
            key += [original, *(sums.get(original, "") for sums in lists)]
            key += [ledger.path, self.digest(ledger.path)] if ledger else [""]
        return tuple(key)

    def notes(self, carrier: str, files: Sequence[AnnotationFile]) -> Key:
        """Annotations, with the article that carries them, and its ledger; see `annotations_with`."""
        file, ledger = self.archive.articles.get(carrier), self.archive.ledgers.get(carrier)
        own = self.digest(ledger.path) if ledger else ""
        return *(self.article(file) if file else ()), own, *self.annotations_with(files)

    def annotations_with(self, files: Sequence[AnnotationFile]) -> Key:
        """Annotations with those that they name, and which of them lead in a circle by their replies or updates."""
        own = {file.id for file in files}
        named = {name for file in files for name in (file.brief.parent, *(claim for _, claim in file.brief.relations))}
        others = [(name, self.archive.annotations.get(name)) for name in sorted(named - own - {""})]
        circles = [sorted(own & circle) for circle in (self.replying, self.updating)]
        return (
            self.together(file.path for file in files), _digest(repr((circles, [name for name, _ in others]))),
            self.together(file.path for _, file in others if file),
        )  # fmt: skip

    @cached_property
    def replying(self) -> set[str]:
        """The annotations that answer themselves, by way of others or straight away."""
        return on_circles({i: [f.parent] for i, f in self.archive.annotations.items() if f.parent})

    @cached_property
    def updating(self) -> set[str]:
        """The claims that update themselves by way of others. What leads straight to itself is another matter."""
        onward: dict[str, list[str]] = {}
        for identifier, file in self.archive.annotations.items():
            if relations := file.brief.relations:
                onward[identifier] = [to for kind, to in relations if kind == "updates" and to != identifier]
        return on_circles(onward)

def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
