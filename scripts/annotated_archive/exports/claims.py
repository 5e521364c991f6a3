"""Every claim as one row of a table (CSV as in RFC 4180, UTF-8, lines ending in LF)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from annotated_archive.exports.annotation import placed, quoted
from annotated_archive.graph import Graph
from annotated_archive.records.annotation import Annotation
from annotated_archive.records.claim import Subject, Value

CLAIMS = "claims.csv"
COLUMNS = (
    "id", "event", "measure", "side", "all", "category", "number", "min", "max", "approx", "as_written", "question",
    "as_quoted", "as_of", "claimant", "stance", "via", "relations", "carried_by", "exact", "start", "status", "created",
    "author", "license", "cite", "corrected_by", "correction",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "＝", "＋", "－", "＠")
"""What makes a spreadsheet take a cell for a formula, which can call programs and send data away."""
SEVERAL = "; "
PASSAGES = " […] "


def claims_csv(graph: Graph) -> str:
    """The claims that are open or disputed, of articles and of works, in the order of their ids.

    Several values in one cell stand apart by `; `, the words of several passages by ` […] `. A text that a spreadsheet
    would take for a formula begins with an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for _, file in sorted(graph.claims.items()):
        row = _row(graph, file.record)
        writer.writerow([row[column] for column in COLUMNS])
    return out.getvalue()


def _row(graph: Graph, record: Annotation) -> dict[str, str]:
    claim = record.claim
    assert claim
    subject, value, position = claim.subject, claim.value, claim.position
    cells: dict[str, object] = {
        "id": record.id, "event": claim.event, "measure": claim.measure, "as_of": claim.as_of,
        "claimant": claim.claimant, "stance": claim.stance, "via": _several(claim.via),
        "relations": _several(f"{relation.type}: {relation.claim}" for relation in record.relations),
        "carried_by": record.article or record.work,
        "exact": PASSAGES.join(words for target in record.targets if (words := quoted(graph, record, target))),
        "start": _several(str(span.start) for target in record.targets if (span := placed(graph, record, target))),
        "status": record.status, "created": record.created, "license": record.license, "cite": _several(record.cite),
        "corrected_by": _several(fix.file.record.id for fix in graph.corrections_of(record.id)),
        "correction": PASSAGES.join(fix.file.record.body or "" for fix in graph.corrections_of(record.id)),
        "author": record.author.name if record.author else None,
        "question": position.question if position else None, "as_quoted": position.as_quoted if position else None,
    }  # fmt: skip
    for part, names in ((subject, Subject.model_fields), (value, Value.model_fields)):
        cells |= {name: getattr(part, name, None) for name in names}
    return {column: _cell(cells[column]) for column in COLUMNS}


def _several(values: Iterable[str]) -> str:
    return SEVERAL.join(values)


def _cell(value: object) -> str:
    """A value as text; numbers as JSON writes them, what is true as `true`, what is not there as nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text
