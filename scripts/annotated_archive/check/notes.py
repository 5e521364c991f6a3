"""Annotations: each stands beside exactly the words it is about, and cites works that exist."""

from __future__ import annotations

from collections.abc import Iterator

from annotated_archive.graph import Graph
from annotated_archive.records import yamlio
from annotated_archive.records.diagnostic import Diagnostic, one_line
from annotated_archive.records.text import digest
from annotated_archive.store import OF_WORKS, AnnotationFile


def check(graph: Graph) -> Iterator[Diagnostic]:
    """All findings about annotations."""
    for file in graph.archive.annotations.values():
        record = file.record
        wanted = record.article or f"{OF_WORKS}/{record.work}"
        if record.article and record.article not in graph.archive.articles:
            yield _at(file, ("article",), "NOTE-ARTICLE", f"no article {one_line(record.article)}", "Mend the id.")
        elif record.work and record.work not in graph.archive.works:
            yield _at(file, ("work",), "NOTE-ARTICLE", f"no work {one_line(record.work)}", "Mend the id.")
        elif wanted != file.folder:
            yield _at(
                file, ("article",) if record.article else ("work",), "NOTE-ARTICLE",
                f"{one_line(wanted)} in the folder {one_line(file.folder)}",
                f"Move the file to archive/annotations/{wanted}.",
            )  # fmt: skip
        for number, work in enumerate(record.cite):
            if work not in graph.archive.works and work not in graph.archive.articles:
                yield _at(
                    file, ("cite", number), "CITE-UNKNOWN", f"no work or article {one_line(work)}",
                    "Mend the id, or add the work to archive/bibliography.yml.",
                )  # fmt: skip
    for identifier, annotated in graph.annotations.items():
        article = graph.archive.articles[identifier]
        for one in annotated:
            for number, reason in one.unplaced:
                if one.file.record.targets[number].unplaced:
                    continue
                yield _at(
                    one.file, ("targets", number, "exact"), "NOTE-UNPLACED", f"{reason}",
                    "Copy them from the article again, with a few words of context in `prefix` and `suffix`.",
                )  # fmt: skip
            yield from _stale(one.file, graph.parts(article))


def _at(file: AnnotationFile, path: yamlio.Path, rule: str, message: str, mend: str) -> Diagnostic:
    line, column = file.document.place(path)
    return Diagnostic(file.path, line, column, rule, message, mend)


def _stale(file: AnnotationFile, parts: dict[str, str]) -> Iterator[Diagnostic]:
    for number, target in enumerate(file.record.targets):
        text = parts[target.part]
        if target.unplaced:
            continue
        if target.text_sha256 is not None and target.text_sha256 != digest(text):
            yield _at(
                file, ("targets", number, "text_sha256"), "NOTE-STALE", "this is the hash of another text",
                "Leave `start` and `text_sha256` out.",
            )  # fmt: skip
        elif target.start is not None and target.exact and not text.startswith(target.exact, target.start):
            yield _at(
                file, ("targets", number, "start"), "NOTE-STALE", "the words do not stand there",
                "Leave `start` and `text_sha256` out.",
            )  # fmt: skip
