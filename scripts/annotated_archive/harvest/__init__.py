"""Harvests: web archives screened for pages about the archive's subject, on one machine or many.

`plan` cuts files into chunks, `run_chunk` holds each record against a subject by `screen`, `merge` puts the results
together, and the same functions serve one process, all cores and a cluster. Nothing is fetched, and nothing is taken
into the archive here.
"""

from annotated_archive.harvest.merging import Harvest, Known, known_texts, merge
from annotated_archive.harvest.running import Failed, Result, run_chunk
from annotated_archive.harvest.screening import Candidate, Dropped, screen
from annotated_archive.harvest.streaming import Chunk, Plan, plan
from annotated_archive.harvest.subject import Subject, subject_of

__all__ = [
    "Candidate",
    "Chunk",
    "Dropped",
    "Failed",
    "Harvest",
    "Known",
    "Plan",
    "Result",
    "Subject",
    "known_texts",
    "merge",
    "plan",
    "run_chunk",
    "screen",
    "subject_of",
]
