"""Annotations: each stands beside exactly the words it is about, answers what exists, and cites works that exist."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator

from annotated_archive.anchor import Placed, resolve_target
from annotated_archive.check.inputs import Inputs
from annotated_archive.check.memory import Memory
from annotated_archive.check.nearest import Nearest
from annotated_archive.check.places import at, uncited
from annotated_archive.check.scope import Scope
from annotated_archive.graph import Graph
from annotated_archive.records.annotation import Target
from annotated_archive.records.diagnostic import Diagnostic, one_line
from annotated_archive.records.markup import unrenderable
from annotated_archive.records.text import SEPARATOR, digest
from annotated_archive.store import OF_WORKS, AnnotationFile


def check(
    graph: Graph, names: Collection[str], scope: Scope, near: Nearest, inputs: Inputs, memory: Memory
) -> Iterator[Diagnostic]:
    """All findings about the annotations `names`, which are those in the scope. `near` suggests ids of works
    and articles."""
    archive, around = graph.archive, inputs.everything_named
    carried: dict[str, list[AnnotationFile]] = {}
    for name in names:
        file = archive.annotations[name]
        carried.setdefault(file.article or f"{OF_WORKS}/{file.brief.work}", []).append(file)

    def one(carrier: str) -> Iterator[Diagnostic]:
        for file in carried[carrier]:
            yield from _home(graph, file, near)
            yield from _reply(graph, file, file.id in inputs.replying)
            yield from _body(file)
            for number, work in enumerate(file.record.cite):
                if work not in archive.works and work not in archive.articles:
                    yield uncited(file, ("cite", number), work, near)
        if carrier in graph.annotations:
            yield from _in_place(graph, carrier, scope)

    units = ((carrier, ("notes", *around, *inputs.notes(carrier, files))) for carrier, files in carried.items())
    everything = "notes", *around, inputs.articles, inputs.ledgers, inputs.annotations
    # Where words stand is found once, for this check and for whoever asks later.
    yield from memory.units(units, one, everything, lambda carriers: graph.place_all(carriers, memory.whole))


def _in_place(graph: Graph, identifier: str, scope: Scope) -> Iterator[Diagnostic]:
    """Whether the annotations of an article stand beside their words."""
    article = graph.archive.articles[identifier]
    placed = [one for one in graph.annotations[identifier] if one.file.path in scope]
    if not article.withheld and all(one.sure for one in placed):
        return
    parts = graph.parts(article)
    hashes = {part: digest(text) for part, text in parts.items()}
    for one in placed:
        # Where a text is withheld and not here, only what is said of its title can be checked.
        hidden = {n for n, t in enumerate(one.file.record.targets) if article.withheld and t.part != "title"}
        lost = {n: reason for n, reason in one.unplaced if not one.file.record.targets[n].unplaced}
        yield from _placed(one.file, {n: reason for n, reason in lost.items() if n not in hidden}, hashes)
        yield from _stale(one.file, parts, hashes, lost.keys() | hidden)


def _home(graph: Graph, file: AnnotationFile, near: Nearest) -> Iterator[Diagnostic]:
    """The article, or the work, that the annotation is about, and the folder it lies in."""
    record = file.record
    wanted = record.article or f"{OF_WORKS}/{record.work}"
    if record.article and record.article not in graph.archive.articles:
        mend = f"Mend the id.{near(record.article)}"
        yield at(file, ("article",), "NOTE-ARTICLE", f"no article {one_line(record.article)}", mend)
    elif record.work and record.work not in graph.archive.works:
        mend = f"Mend the id.{near(record.work)}"
        yield at(file, ("work",), "NOTE-ARTICLE", f"no work {one_line(record.work)}", mend)
    elif wanted != file.folder:
        yield at(
            file, ("article",) if record.article else ("work",), "NOTE-ARTICLE",
            f"{one_line(wanted)} in the folder {one_line(file.folder)}",
            f"Move the file to archive/annotations/{wanted}.",
        )  # fmt: skip


def _body(file: AnnotationFile) -> Iterator[Diagnostic]:
    """A body that can be turned into a page."""
    if problem := unrenderable(file.record.body or ""):
        yield at(file, ("body",), "NOTE-BODY", f"the text holds {problem}", "Write it more simply.")


def _reply(graph: Graph, file: AnnotationFile, circular: bool) -> Iterator[Diagnostic]:
    """A reply answers an annotation of the same article or work, and not itself by way of others."""
    parent = file.record.parent
    if parent is None:
        return
    path = ("targets", 0, "annotation")
    other = graph.archive.annotations.get(parent)
    if circular:
        yield at(
            file, path, "NOTE-REPLY", "an annotation that answers itself, by way of others or straight away",
            "Name the annotation that it answers.",
        )  # fmt: skip
    elif other is None:
        yield at(file, path, "NOTE-REPLY", f"no annotation {one_line(parent)}", "Mend the id.")
    elif (other.record.article, other.record.work) != (file.record.article, file.record.work):
        home = other.record.article or other.record.work
        yield at(
            file, path, "NOTE-REPLY", f"{one_line(parent)} is an annotation of {one_line(home)}",
            "A reply names the same `article` or `work` as what it answers.",
        )  # fmt: skip


def _placed(file: AnnotationFile, reasons: dict[int, str], hashes: dict[str, str]) -> Iterator[Diagnostic]:
    """Words that were not found, or not only once."""
    for number, target in enumerate(file.record.targets):
        path = ("targets", number, "exact")
        if target.exact and SEPARATOR in target.exact and not target.unplaced:
            yield at(
                file, path, "NOTE-PARAGRAPHS", "words of more than one paragraph",
                "Make a target for the words of each paragraph.",
            )  # fmt: skip
        elif number in reasons:
            yield at(
                file, path, "NOTE-UNPLACED", reasons[number],
                "Copy them from the article again, with a few words of context in `prefix` and `suffix`."
                if target.text_sha256 in (None, hashes[target.part])
                else "Run `archive reanchor`: it prints finished targets for where they may have gone. Paste the right"
                " one in place of this, or leave the mark it sets.",
            )  # fmt: skip


def _stale(
    file: AnnotationFile, parts: dict[str, str], hashes: dict[str, str], lost: Container[int]
) -> Iterator[Diagnostic]:
    """What the tools keep is up to date. Of words that have no place (`lost`) nothing more needs to be said."""
    for number, target in enumerate(file.record.targets):
        text = parts[target.part]
        if target.unplaced or number in lost:
            continue
        if target.text_sha256 is not None and target.text_sha256 != hashes[target.part]:
            yield at(
                file, ("targets", number, "text_sha256"), "NOTE-STALE", "this is the hash of another text",
                "Run `archive reanchor`, which keeps both."
                if file.record.claim is None
                else "Run `archive reanchor`, which shows where the words stand now. Read who says them there, then run"
                " `archive reanchor --claims`.",
            )  # fmt: skip
        elif target.start is not None and target.exact and not _stands(text, target):
            yield at(
                file, ("targets", number, "start"), "NOTE-STALE", "the words do not stand there with their context",
                "Run `archive reanchor`, which finds them by the context and mends `start`.",
            )  # fmt: skip


def _stands(text: str, target: Target) -> bool:
    """Whether the words stand at `start`, whole, with the context that is given."""
    return isinstance(found := resolve_target(text, target), Placed) and found.start == target.start
