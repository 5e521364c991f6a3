"""The texts of an article that annotations can be about."""

from __future__ import annotations

from annotated_archive.records.ledger import set_aside
from annotated_archive.store import Archive, ArticleFile


def parts(archive: Archive, article: ArticleFile) -> dict[str, str]:
    """Part → its text: the title, the canonical text, and what ingest set aside."""
    ledger = archive.ledgers.get(article.record.id)
    return {
        "title": article.record.title,
        "body": article.body,
        "ledger": set_aside(ledger.record.spans) if ledger else "",
    }
