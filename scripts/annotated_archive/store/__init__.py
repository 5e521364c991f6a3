"""Reads `archive/` into one immutable `Archive`, and writes records back in canonical form."""

from annotated_archive.store.annotations import annotation_path, annotation_text, new_id, now
from annotated_archive.store.archive import (
    OF_WORKS,
    AnnotationFile,
    Archive,
    ArticleFile,
    DocFile,
    EntityFile,
    LedgerFile,
    load,
)
from annotated_archive.store.files import (
    ArticleText,
    article_text,
    linked,
    read_article_text,
    read_text,
    write_if_changed,
)

__all__ = [
    "OF_WORKS",
    "AnnotationFile",
    "Archive",
    "ArticleFile",
    "ArticleText",
    "DocFile",
    "EntityFile",
    "LedgerFile",
    "annotation_path",
    "annotation_text",
    "article_text",
    "linked",
    "load",
    "new_id",
    "now",
    "read_article_text",
    "read_text",
    "write_if_changed",
]
