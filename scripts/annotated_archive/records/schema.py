"""JSON Schemas of all records, generated from the models, for completion and errors in an editor."""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel, TypeAdapter

from annotated_archive.records.annotation import Annotation
from annotated_archive.records.article import Article
from annotated_archive.records.authority import KINDS
from annotated_archive.records.bibliography import Work
from annotated_archive.records.dismissed import Dismissed
from annotated_archive.records.ledger import Ledger
from annotated_archive.records.question import Question

_RECORDS: dict[str, type[BaseModel]] = {"annotation": Annotation, "article": Article, "ledger": Ledger, **KINDS}


def schemas() -> dict[str, str]:
    """File name → JSON Schema (draft 2020-12), as text."""
    found: dict[str, dict[str, Any]] = {
        name: model.model_json_schema(by_alias=True) for name, model in _RECORDS.items()
    }
    found["bibliography"] = TypeAdapter(list[Work]).json_schema(by_alias=True)
    found["dismissed"] = TypeAdapter(list[Dismissed]).json_schema(by_alias=True)
    found["questions"] = TypeAdapter(list[Question]).json_schema(by_alias=True)
    return {
        f"{name}.json": json.dumps(
            {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}, indent=2, ensure_ascii=False
        )
        + "\n"
        for name, schema in sorted(found.items())
    }
