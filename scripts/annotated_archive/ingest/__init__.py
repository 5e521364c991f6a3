"""Captures become articles: bytes → (article, ledger). Pure functions, no network, nothing removed unseen."""

from annotated_archive.ingest.article import Details, Ingested, ingest, slug
from annotated_archive.ingest.decode import decode
from annotated_archive.ingest.reading import Candidate, Doubt, Reading
from annotated_archive.ingest.take_in import Intake, Page, Taken

__all__ = [
    "Candidate",
    "Details",
    "Doubt",
    "Ingested",
    "Intake",
    "Page",
    "Reading",
    "Taken",
    "decode",
    "ingest",
    "slug",
]
