"""Rights: what may not be published stands in no file of the record, and what is quoted of it stays within bounds.

What is withheld lies in `private/`. Without that folder, as in any public copy, the record alone is judged; with it the
two are held against each other.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

from annotated_archive.check.inputs import Inputs, Key
from annotated_archive.check.memory import Memory
from annotated_archive.check.places import at
from annotated_archive.check.scope import ANNOTATIONS, Scope
from annotated_archive.records.annotation import Annotation
from annotated_archive.records.article import Original, Withheld
from annotated_archive.records.diagnostic import Diagnostic, one_line
from annotated_archive.records.text import digest
from annotated_archive.store import AnnotationFile, Archive, ArticleFile, private

MAX_NAME = 80
"""Characters: a decision under `mentions` about more than these quotes a passage, and does not name anything."""
PUBLISHING = frozenset(
    {"RIGHTS-COPY", "RIGHTS-HIDDEN", "RIGHTS-LEDGER", "RIGHTS-ORIGINAL", "RIGHTS-QUOTE", "RIGHTS-SHARE"}
)
"""The rules about what the public may see. Nothing is asked of them where an edition for oneself is built."""
_LEDGERS = "archive/ledgers"
_CAPTURE = re.compile(r"\.\d+$")


def check(archive: Archive, scope: Scope, inputs: Inputs, memory: Memory) -> Iterator[Diagnostic]:
    """All findings about what may be published. With an archive that was loaded with `private`, about that too."""

    def one(identifier: str) -> Iterator[Diagnostic]:
        return _article(archive, archive.articles[identifier], notes(identifier))

    def notes(identifier: str) -> list[AnnotationFile]:
        of_it = archive.annotations_of.get(identifier, ())
        return [file for file in of_it if file.path.startswith(f"{ANNOTATIONS}/")]

    open_ones: list[tuple[str, Key]] = []
    for identifier, article in archive.articles.items():
        if article.path in scope or any(file.path in scope for file in notes(identifier)):
            brief = article.brief
            if brief.publish == "full" and not brief.private:  # its own record is all that there is to judge
                open_ones.append((identifier, ("rights", *inputs.article(article))))
            else:
                yield from one(identifier)
    yield from memory.units(open_ones, one)
    if archive.private:
        yield from _strays(archive)
        for file in archive.annotations.values():
            if file.path.startswith(f"{ANNOTATIONS}/") and file.path in scope:
                yield from _hidden(archive, file)
    yield from _tracked(archive.root)


def _article(archive: Archive, article: ArticleFile, notes: list[AnnotationFile]) -> Iterator[Diagnostic]:
    record = article.record
    for number, original in enumerate((record.original, *record.captures)):
        yield from _original(archive, article, original, number)
    if record.rights.publish == "full":
        if record.text is not None:
            yield _found(
                article, ("text",), "RIGHTS-FULL", "the checksum of a withheld text, beside a text published in full",
                "Remove `text`, or withhold the article with `archive withhold`.",
            )  # fmt: skip
        return
    if article.body and not article.text_file:
        return  # the text itself stands here: ARTICLE-BODY says so, and what mends that mends the rest
    if record.text is None:
        yield _found(
            article, ("rights", "publish"), "RIGHTS-TEXT", "a withheld text whose checksum is not given",
            "Give the SHA-256 and the length of the canonical text as `text: {sha256, characters}`.",
        )  # fmt: skip
    elif article.text_file and record.text != Withheld(sha256=digest(article.body), characters=len(article.body)):
        yield _found(
            article, ("text", "sha256"), "RIGHTS-HASH", f"this is not the checksum and length of {article.text_file}",
            "Undo the edit of that file: quotations are checked against the text that was withheld.",
        )  # fmt: skip
    for name in _ledgers(archive.root, record.id):
        yield Diagnostic(
            name, 1, 1, "RIGHTS-LEDGER", "the ledger of a withheld text, which holds words of it",
            f"Move it to {private.LEDGERS}/.",
        )  # fmt: skip
    yield from _metadata(article, notes) if record.rights.publish == "metadata" else _excerpt(article, notes)


def _found(article: ArticleFile, path: tuple[str | int, ...], rule: str, message: str, mend: str) -> Diagnostic:
    line, column = article.document.place(path)
    return Diagnostic(article.path, line, column, rule, message, mend)


def _original(archive: Archive, article: ArticleFile, original: Original, number: int) -> Iterator[Diagnostic]:
    """An original that is not for the public is in no public file: not under its name, and not under another."""
    path: tuple[str | int, ...] = ("original",) if number == 0 else ("captures", number - 1)
    withheld = article.withheld or bool(article.text_file)
    if withheld and original.kept != "private":
        yield _found(
            article, (*path, "path"), "RIGHTS-ORIGINAL", "the original of a withheld text, not marked `kept: private`",
            f"Move it to {private.ORIGINALS}/, with its line of the manifest, and write `kept: private`.",
        )  # fmt: skip
    elif original.kept == "private":
        same = [name for name, sha256 in archive.manifest.items() if sha256 == original.sha256]
        if os.path.lexists(archive.root / "archive/originals" / original.path):
            same = [original.path, *same]
        for name in dict.fromkeys(same):
            yield _found(
                article, (*path, "path"), "RIGHTS-ORIGINAL",
                f"an original that is kept private, which is also {one_line(f'archive/originals/{name}', 300)[1:-1]}",
                f"Move it to {private.ORIGINALS}/, with its line of the manifest.",
            )  # fmt: skip


def _ledgers(root: Path, article: str) -> list[str]:
    """The ledgers of an article in the public record: of its first capture and of further ones."""
    further = (path.name for path in (root / _LEDGERS).glob(f"{article}.*.yml") if _CAPTURE.search(path.stem))
    names = [f"{article}.yml", *sorted(further)]
    return [f"{_LEDGERS}/{name}" for name in names if os.path.lexists(root / _LEDGERS / name)]


def _metadata(article: ArticleFile, notes: Iterable[AnnotationFile]) -> Iterator[Diagnostic]:
    """Of a text of which only the record is published, no public file quotes anything but its title."""
    for file in notes:
        for number, target in enumerate(file.record.targets):
            if target.exact and target.part != "title":
                yield at(
                    file, ("targets", number, "exact"), "RIGHTS-QUOTE",
                    "words of a text of which only the record may be published",
                    f"Move the file to {private.ANNOTATIONS}/{article.record.id}/, or make it an annotation of the"
                    " article as a whole.",
                )  # fmt: skip
    for number, mention in enumerate(article.record.mentions):
        if mention.prefix or mention.suffix or len(mention.exact) > MAX_NAME:
            yield _found(
                article, ("mentions", number), "RIGHTS-QUOTE",
                "a decision that quotes a text of which only the record may be published",
                "Give the name alone, or remove the decision.",
            )  # fmt: skip


def _excerpt(article: ArticleFile, notes: Iterable[AnnotationFile]) -> Iterator[Diagnostic]:
    if found := beyond_share(article, (file.record for file in notes)):
        yield found


def beyond_share(article: ArticleFile, notes: Iterable[Annotation]) -> Diagnostic | None:
    """What is to be said where the public annotations of an excerpt quote more than its share; None where they do not.

    `notes` are all of them: one that is about to be written is judged together with those that are there.
    """
    record = article.record
    if record.text is None or record.rights.publish != "excerpt":
        return None
    shown, allowed = published_characters(article, notes), int(record.rights.share * record.text.characters)
    if shown <= allowed:
        return None
    return _found(
        article, ("rights", "publish"), "RIGHTS-SHARE",
        f"annotations publish {shown:,} of {record.text.characters:,} characters; `share` allows {allowed:,}",
        f"Shorten `exact`, `prefix` and `suffix`, or move annotations to {private.ANNOTATIONS}/{record.id}/.",
    )  # fmt: skip


def published_characters(article: ArticleFile, notes: Iterable[Annotation]) -> int:
    """How many characters of a withheld text its public annotations and decisions hold, context included.

    Words that stand at the same place count once. Where their place is not known, or what is said of it contradicts
    another quotation, they count in full, unless another quotation holds them.
    """
    placed: dict[int, str] = {}
    loose: list[str] = []
    for note in notes:
        for target in note.targets:
            if not target.exact or target.part == "title":
                continue
            words = f"{target.prefix or ''}{target.exact}{target.suffix or ''}"
            first = None if target.start is None or target.part != "body" else target.start - len(target.prefix or "")
            if first is not None and all(placed.get(first + i, c) == c for i, c in enumerate(words)):
                placed.update(enumerate(words, first))
            else:
                loose.append(words)
    loose += [f"{mention.prefix}{mention.exact}{mention.suffix}" for mention in article.record.mentions]
    whole = "".join(placed[i] if i - 1 in placed else f"\0{placed[i]}" for i in sorted(placed))
    counted = len(placed)
    for words in sorted(dict.fromkeys(loose), key=len, reverse=True):
        if words not in whole:
            whole += f"\0{words}"
            counted += len(words)
    return counted


def _hidden(archive: Archive, file: AnnotationFile) -> Iterator[Diagnostic]:
    """What a public annotation refers to is public: in a copy without `private/` it would refer to nothing."""
    parent: tuple[tuple[str | int, ...], str | None] = (("targets", 0, "annotation"), file.parent)
    relations = ((("relations", number, "claim"), to) for number, (_, to) in enumerate(file.brief.relations))
    for path, identifier in (parent, *relations):
        other = archive.annotations.get(identifier or "")
        if other and other.path.startswith(f"{private.FOLDER}/"):
            yield at(
                file, path, "RIGHTS-HIDDEN", f"{one_line(identifier)} is kept private",
                f"Move this file to {private.ANNOTATIONS}/ too, or refer to another annotation.",
            )  # fmt: skip


def _strays(archive: Archive) -> Iterator[Diagnostic]:
    """Files of `private/` that belong to no withheld article: a text that was released, or whose article is gone."""
    known = archive.articles
    records = (article.record for article in known.values() if article.brief.private)
    originals = (one for record in records for one in (record.original, *record.captures))
    kept = {original.path for original in originals if original.kept == "private"}
    unread = archive.unread
    for folder, suffix in ((private.TEXTS, ".txt"), (private.LEDGERS, ".yml")):
        for path in sorted((archive.root / folder).glob(f"*{suffix}")):
            article = _CAPTURE.sub("", path.stem)
            if article not in unread and (article not in known or known[article].brief.publish == "full"):
                yield _stray(f"{folder}/{path.name}", "it belongs to no article that is withheld")
    for name, line in archive.private_manifest_lines.items():
        if name not in kept and not unread:
            yield _stray(private.MANIFEST, f"no article has {one_line(name)} as an original that is kept private", line)


def _stray(name: str, message: str, line: int = 1) -> Diagnostic:
    shown = one_line(name, 4096)[1:-1]
    return Diagnostic(shown, line, 1, "RIGHTS-STRAY", message, "Remove it, or mend the article's record.")


def _tracked(root: Path) -> Iterator[Diagnostic]:
    """What git publishes of `private/`, or would after the next `git add`. Without git or the folder: nothing."""
    if not os.path.lexists(root / private.FOLDER):
        return
    kept = _listed(root, "--cached")
    for name in kept:
        yield Diagnostic(
            name, 1, 1, "RIGHTS-TRACKED", "git keeps this file and publishes it",
            "Take it out with `git rm --cached`. Once it was pushed the history holds it too, and must be purged.",
        )  # fmt: skip
    if others := _listed(root, "--others", "--exclude-standard"):
        yield Diagnostic(
            others[0], 1, 1, "RIGHTS-TRACKED",
            f"git does not ignore {private.FOLDER}/: the next `git add` would publish {len(others):,} of its files",
            f"Write the line /{private.FOLDER} into .gitignore.",
        )  # fmt: skip


def _listed(root: Path, *which: str) -> list[str]:
    """The files of `private/` that git lists."""
    try:
        call = ["git", "-C", str(root), "ls-files", "-z", *which, "--", private.FOLDER]
        done = subprocess.run(call, capture_output=True, check=False)
    except FileNotFoundError:
        return []
    names = done.stdout.split(b"\0") if done.returncode == 0 else ()
    return [one_line(os.fsdecode(name), 4096)[1:-1] for name in names if name]
