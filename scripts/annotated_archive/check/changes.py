"""What a proposal does to the record, in a summary that can be posted as a comment and read in a minute."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from annotated_archive.check.changed_notes import told
from annotated_archive.check.history import Since, contents
from annotated_archive.check.markdown import bounded, code, inner, listed
from annotated_archive.check.scope import ANNOTATIONS
from annotated_archive.records import yamlio
from annotated_archive.records.annotation import Annotation
from annotated_archive.records.article import LINKED, Article
from annotated_archive.records.authority import FOLDERS, KINDS
from annotated_archive.records.diagnostic import ContentError
from annotated_archive.records.text import digest
from annotated_archive.store import read_article_text, read_text
from annotated_archive.store.archive import BIBLIOGRAPHY, QUESTIONS
from annotated_archive.store.captures import ledger_name
from annotated_archive.store.validating import validated

_LISTS = {BIBLIOGRAPHY: "work", QUESTIONS: "question", "archive/dismissed.yml": "decision"}
_KINDS = {f"archive/authority/{folder}": KINDS[kind] for kind, folder in FOLDERS.items()}
_ORIGINALS = "archive/originals/"
_FULL = "`archive changes` prints the rest for a smaller step; the files are in the proposal."


@dataclass
class _Summary:
    """Gathers the points of each section."""

    root: Path
    since: Since
    before: dict[str, bytes]
    warnings: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    authority: list[str] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    done: list[tuple[str, str]] = field(default_factory=list)

    def old(self, path: str) -> str | None:
        """What a file held; None: it was not there."""
        return self.before[path].decode("utf-8", "replace") if path in self.before else None

    def new(self, path: str) -> str | None:
        """What a file holds; None: it is not there, or cannot be read, which the check says."""
        try:
            return read_text(self.root / path, path)
        except (ContentError, OSError):
            return None

    @cached_property
    def homes(self) -> dict[str, Path]:
        """Where each annotation lies, by the name of its file."""
        found = sorted((self.root / ANNOTATIONS).rglob("*.yml"))
        return {path.stem: path for path in found if path.is_file() and not path.is_symlink()}

    def annotation(self, identifier: str) -> Annotation | None:
        """An annotation as it is now."""
        path = self.homes.get(identifier)
        return _record(Annotation, self.new(path.relative_to(self.root).as_posix())) if path else None

    def leaning(self, identifier: str) -> list[str]:
        """The ids of the annotations whose files name an id that is gone."""
        named = (name for name, path in self.homes.items() if identifier in path.read_text("utf-8", errors="replace"))
        return [name for name in named if name != identifier]

    def title(self, identifier: str) -> str:
        """An article's title and id, or a work's id."""
        path = f"archive/articles/{identifier}.md"
        article, _ = _article(self.new(path) or self.old(path))
        return f"{code(article.title, 120)} ({code(identifier)})" if article else code(identifier)

    @cached_property
    def withheld(self) -> dict[str, Article]:
        """The articles whose text left the record for `private/`, by path, as they were."""
        found: dict[str, Article] = {}
        for path in self.since.changed:
            if path.startswith("archive/articles/"):
                (old, before), (new, after) = _article(self.old(path)), _article(self.new(path))
                if old and new and before and not after and new.text and new.text.sha256 == digest(before):
                    found[path] = old
        return found

    @cached_property
    def withdrawn(self) -> frozenset[str]:
        """The originals and ledgers that went with those texts."""
        return frozenset(
            name
            for old in self.withheld.values()
            for number, original in enumerate((old.original, *old.captures), 1)
            for name in (f"{_ORIGINALS}{original.path}", f"archive/ledgers/{ledger_name(old.id, number)}.yml")
        )

    def verb(self, path: str) -> str:
        """What happened to a file."""
        return "adds" if path in self.since.added else "deletes" if path in self.since.deleted else "changes"


def summary(root: Path, since: Since) -> str:
    """The summary, in Markdown that ends no sentence of a stranger's outside a code span."""
    made = _Summary(root, since, contents(root, since.base, (*since.changed, *since.deleted)))
    unread = []
    annotations = []
    for path in since.paths:
        folder = path.rpartition("/")[0]
        if path.startswith(f"{ANNOTATIONS}/"):
            old, new = (_record(Annotation, text) for text in (made.old(path), made.new(path)))
            annotations.append((path, old, new))
            if new is None and path not in since.deleted:
                unread.append(path)
        elif folder == "archive/articles":
            _text(made, path)
        elif folder in _KINDS:
            _entity(made, path, _KINDS[folder])
        elif path in _LISTS:
            _entries(made, path)
        elif path.startswith(_ORIGINALS) or folder == "archive/ledgers":
            _custody(made, path)
        elif path.startswith("docs/"):
            made.pages.append(f"{made.verb(path)} {code(path, 200)}")
            made.done.append((made.verb(path), "page"))
        else:
            made.others.append(f"{made.verb(path)} {code(path, 200)}")
    notes = told([change for change in annotations if change[0] not in unread], made.annotation, made.leaning)
    points = [line for home, said in notes.points.items() for line in (f"on {made.title(home)}", *map(inner, said))]
    made.others += [f"{code(path, 200)} cannot be read: the check says why" for path in unread]
    if notes.same:
        many = "annotation" if len(notes.same) == 1 else "annotations"
        made.others.append(f"writes {len(notes.same):,} {many} another way, with the same words: {listed(notes.same)}")
    done = Counter([*notes.done, *made.done])
    what = _sentence(done) if since.paths else "Nothing in archive/ or docs/ is changed."
    sections = [
        ("Look at these first", [f"{words[:1].upper()}{words[1:]}" for words in (*made.warnings, *notes.warnings)]),
        ("Annotations", points),
        ("Articles and originals", made.texts),
        ("Places, actors, treaties and events", made.authority),
        ("Works, questions and decisions", made.lists),
        ("Pages", made.pages),
        ("Other files", made.others),
    ]  # fmt: skip
    return bounded(sections, f"## What this change does\n\n{what}", _FULL)


def _sentence(done: Counter[tuple[str, str]]) -> str:
    """“Adds 2 corrections and 1 claim; withdraws 1 note.”"""
    verbs: dict[str, list[str]] = {}
    for (verb, thing), number in sorted(done.items()):
        many = "replies" if thing == "reply" else f"{thing}s"
        verbs.setdefault(verb, []).append(f"{number:,} {thing if number == 1 else many}")
    words = "; ".join(f"{verb} {_and(things)}" for verb, things in verbs.items())
    return f"{words[:1].upper()}{words[1:]}." if words else "No record is changed."


def _and(things: list[str]) -> str:
    return f"{', '.join(things[:-1])} and {things[-1]}" if len(things) > 1 else things[0]


def _record(model: type[BaseModel], text: str | None) -> Any:
    """A file's record, or None where there is none or it cannot be read."""
    try:
        return None if text is None else validated(model, yamlio.read(text, ""), "")
    except ContentError:
        return None


def _article(text: str | None) -> tuple[Article | None, str]:
    """An article's front matter and body."""
    try:
        parts = read_article_text(text or "", "")
        return validated(Article, parts.document, ""), parts.body
    except ContentError:
        return None, ""


def _fields(old: BaseModel, new: BaseModel) -> list[str]:
    """The keys whose values differ."""
    names = type(new).model_fields
    return [names[name].alias or name for name in names if getattr(old, name) != getattr(new, name)]


def _text(made: _Summary, path: str) -> None:
    """An article: its text is never edited, its front matter may be."""
    (old, before), (new, after) = _article(made.old(path)), _article(made.new(path))
    identifier = path.removeprefix("archive/articles/").removesuffix(".md")
    title, verb = made.title(identifier), made.verb(path)
    keys = _fields(old, new) if old and new else []
    linked = set(keys) and set(keys) <= set(LINKED.values())
    what = " (links found by the program)" if linked else f" ({listed(keys)})" if keys else ""
    made.texts.append(f"{verb} {title}{what}")
    made.done.append((verb, "article"))
    if verb == "deletes":
        made.warnings.append(f"the article {title} was deleted. Its address leads nowhere, and its annotations too.")
    if path in made.withheld:
        made.warnings.append(
            f"the text of {title} is withheld from now on: text, ledger and original leave the record, and stay in its"
            " history until that is purged."
        )
    elif old and new and old.text and digest(after) == old.text.sha256:
        made.warnings.append(f"the text of {title}, which was withheld, is published. Make sure that it may be.")
    elif old and new and before != after:
        made.warnings.append(
            f"the text of {title} changed. It is the record: a slip is noted beside the words, never mended in them."
        )
    if old and new and old.id != new.id:
        made.warnings.append(f"the id of {title} was {code(old.id)}. The old one belongs under `formerly`.")


def _entity(made: _Summary, path: str, model: type[BaseModel]) -> None:
    """An authority file."""
    old, new = _record(model, made.old(path)), _record(model, made.new(path))
    verb, one = made.verb(path), new or old
    name = f"{code(one.name)} ({one.kind} {code(one.id)})" if one else code(path, 200)
    keys = _fields(old, new) if old and new else []
    made.authority.append(f"{verb} {name}{f' ({listed(keys)})' if keys else ''}")
    made.done.append((verb, "authority file"))
    if verb == "deletes":
        made.warnings.append(f"the page of {name} goes with its file. Its address leads nowhere.")
    if old and new and old.id != new.id:
        made.warnings.append(f"the id of {name} was {code(old.id)}. An id is never changed: addresses rest on it.")


def _entries(made: _Summary, path: str) -> None:
    """A file that is one list: what was added to it, changed in it and taken out."""
    old, new = (_by_id(text) for text in (made.old(path), made.new(path)))
    for verb, ids in (
        ("adds", [name for name in new if name not in old]),
        ("changes", [name for name in new if name in old and old[name] != new[name]]),
        ("deletes", [name for name in old if name not in new]),
    ):
        if ids:
            thing = _LISTS[path] + ("" if len(ids) == 1 else "s")
            made.lists.append(f"{verb} {len(ids):,} {thing}: {listed(ids)}")
            made.done += [(verb, _LISTS[path])] * len(ids)


def _by_id(text: str | None) -> dict[str, Any]:
    """The entries of a list by their ids, or by all that they say where they have none."""
    try:
        data = yamlio.read(text or "", "").data
    except ContentError:
        data = None
    entries = data if isinstance(data, list) else []
    named = ((entry.get("id") or entry.get("form") if isinstance(entry, dict) else None, entry) for entry in entries)
    return {str(name or entry): entry for name, entry in named}


def _custody(made: _Summary, path: str) -> None:
    """An original, the manifest or a ledger."""
    verb = made.verb(path)
    made.texts.append(f"{verb} {code(path, 200)}")
    if path in made.withdrawn or (made.withheld and path.endswith("/manifest-sha256.txt")):
        return
    if path.startswith(_ORIGINALS) and not path.endswith("/manifest-sha256.txt") and verb != "adds":
        made.done.append((verb, "original"))
        happened = "deleted" if verb == "deletes" else "changed"
        made.warnings.append(f"the original {code(path, 200)} was {happened}. It is kept byte for byte: restore it.")
    elif verb != "adds" and path.startswith("archive/ledgers/"):
        happened = "deleted" if verb == "deletes" else "changed"
        made.warnings.append(
            f"the ledger {code(path, 200)} was {happened}. It says what was set aside between original and article."
        )
