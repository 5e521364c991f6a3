"""Archives with captures of several kinds, for tests of custody: pages, web archives, second captures, private ones."""

from __future__ import annotations

from typing import Any

from annotated_archive.ingest.article import Details, ingest
from annotated_archive.ingest.reading import Candidate
from annotated_archive.records import yamlio
from annotated_archive.records.base import plain
from annotated_archive.store import article_text
from language import Files, article, sha256

BODY = (
    "Shells fell on the village of Goris on Tuesday morning, the ministry of defence said in a statement.\n\n"
    "The ministry said that nobody in the village had been hurt, and that the fire had stopped by the evening."
)
PAGE = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shells fell on Goris</title>
<script>document.title = "run"</script></head>
<body><nav><a href="/">Home</a> <a href="/news">News</a></nav><article><h1>Shells fell on Goris</h1>
{"".join(f"<p>{block}</p>" for block in BODY.split(chr(10) * 2))}</article>
<footer>All rights reserved</footer></body></html>
"""


def page(identifier: str, html: str = PAGE, taken_in: dict[str, str] | None = None, **front: Any) -> Files:
    """An article that was taken out of a saved page, with its ledger and its original."""
    name, data = f"{identifier}.html", html.encode()
    made = ingest(
        Candidate("html", "html", data), name, sha256(data), Details(language="en", captured="2022-09-14T08:00:00Z")
    )
    record = plain(made.article) | {"id": identifier} | front
    signed = {"taken_in": taken_in} if taken_in else {}
    return {
        f"archive/articles/{identifier}.md": article_text(record, made.body),
        f"archive/ledgers/{identifier}.yml": yamlio.write(plain(made.ledger) | {"article": identifier} | signed),
        f"archive/originals/{name}": html,
    }


def withheld(identifier: str, body: str, publish: str = "excerpt") -> Files:
    """The public record of an article whose text, ledger and original are kept private."""
    front = {
        "rights": {"statement": "Of its publisher.", "publish": publish},
        "original": {"path": f"{identifier}.txt", "sha256": sha256(body), "capture": "unknown", "kept": "private"},
        "text": {"sha256": sha256(body), "characters": len(body)},
    }
    path = f"archive/articles/{identifier}.md"
    return {path: article(identifier, "", **front)[path]}


def kept(identifier: str, body: str) -> Files:
    """What of a withheld article lies in private/."""
    files = article(identifier, body)
    return {
        f"private/texts/{identifier}.txt": f"{body}\n",
        f"private/ledgers/{identifier}.yml": files[f"archive/ledgers/{identifier}.yml"],
        f"private/originals/{identifier}.txt": body,
        "private/originals/manifest-sha256.txt": f"{sha256(body)}  {identifier}.txt\n",
    }


def note(article: str, identifier: str, exact: str, start: int | None = None, **target: Any) -> Files:
    """A note on words of an article's text."""
    place = {"start": start} if start is not None else {}
    record = {
        "id": identifier, "kind": "note", "article": article, "targets": [{"exact": exact} | target | place],
        "body": "What I think.", "author": {"name": "Ani"}, "created": "2026-11-23T01:00:00+04:00",
        "license": "CC-BY-4.0", "status": "open",
    }  # fmt: skip
    return {f"archive/annotations/{article}/{identifier}.yml": yamlio.write(record)}


def again(files: Files, identifier: str, body: str) -> Files:
    """The files of an article with a second capture of its text: pasted, with a line of navigation above it."""
    data = f"Home\n\n{body}"
    name, path = f"{identifier}-again.txt", f"archive/articles/{identifier}.md"
    head = str(files[path])
    captures = yamlio.write({"captures": [{"path": name, "sha256": sha256(data), "capture": "unknown"}]})
    span = {"start": 0, "end": 6, "rule": "navigation", "reason": "Not its own.", "text": "Home\n\n", "replacement": ""}
    source = {"path": name, "sha256": sha256(data), "encoding": "utf-8", "bom": False}
    ledger = yamlio.write({"article": identifier, "original": source, "spans": [span]})
    return files | {
        path: head.replace("rights:\n", f"{captures}rights:\n", 1),
        f"archive/ledgers/{identifier}.2.yml": ledger,
        f"archive/originals/{name}": data,
    }
