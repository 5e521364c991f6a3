"""One annotation in the W3C Web Annotation Data Model (https://www.w3.org/TR/annotation-model/).

Nothing is added to the model's vocabulary: what it has no word for (the data of a claim) is the JSON text of a body.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from annotated_archive.anchor import Placed, resolve_target
from annotated_archive.graph import Graph
from annotated_archive.records.annotation import Annotation, Target
from annotated_archive.records.base import plain
from annotated_archive.store import AnnotationFile

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
RIGHTS = "https://creativecommons.org/licenses/by/4.0/"
ORCID = "https://orcid.org/"
GITHUB = "https://github.com/"
MOTIVATIONS = {
    "note": "commenting",
    "correction": "editing",
    "question": "questioning",
    "link": "linking",
    "claim": "describing",
}
"""Kind → motivation. A claim says what the words say: `assessing` would be a judgement, which the archive has not."""
DATA = "application/json"
PROSE = "text/markdown"


class Addresses:
    """Where things stand: below `base`, the address of the site; or, if that is empty, as seen from `annotations/`.

    `listed` gives the page, without suffix, on which a work stands: the bibliography is in parts where it is long.
    """

    def __init__(self, graph: Graph, base: str, listed: Callable[[str], str]) -> None:
        self._listed = listed
        self._annotations = graph.archive.annotations
        self._articles = graph.archive.articles
        self._base = f"{base.rstrip('/')}/" if base else "../"

    def file(self, path: str) -> str:
        """The address of a file of the site."""
        return f"{self._base}{path}"

    def article(self, identifier: str, part: str = "body") -> str:
        """The address of an article's page, or of its title or of what was set aside from it."""
        page = self.file(f"articles/{identifier}.html")
        return page if part == "body" else f"{page}#{part}"

    def work(self, identifier: str) -> str:
        """The address of a work's entry in the bibliography; an article that is cited has a page of its own."""
        if identifier in self._articles:
            return self.article(identifier)
        return f"{self.file(f'{self._listed(identifier)}.html')}#{identifier}"

    def annotation(self, identifier: str) -> str:
        """The address of an annotation: in its article, or, if a work carries it, in the site's collection."""
        file = self._annotations.get(identifier)
        article = file.record.article if file else None
        place = self.article(article) if article else self.file("annotations/all.jsonld")
        return f"{place}#a-{identifier}"


def annotation(
    graph: Graph, addresses: Addresses, file: AnnotationFile, say: Callable[[AnnotationFile], str]
) -> dict[str, Any]:
    """The annotation as the model's JSON. `say` puts a claim into a sentence of plain text."""
    record = file.record
    motivation = MOTIVATIONS[record.kind]
    targets = [_target(graph, addresses, record, target) for target in record.targets]
    bodies = _bodies(addresses, file, say)
    made: dict[str, Any] = {
        "id": addresses.annotation(record.id),
        "type": "Annotation",
        "motivation": ["replying", motivation] if record.parent else motivation,
    }
    if record.author:
        made["creator"] = _creator(record)
    made |= {"created": record.created, "rights": RIGHTS}
    made["body"] = bodies if len(bodies) > 1 else bodies[0]
    made["target"] = targets if len(targets) > 1 else targets[0]
    return made


def _creator(record: Annotation) -> dict[str, str]:
    """The author: a name, and an address only where the author asked for credit."""
    assert record.author
    creator = {"type": "Person", "name": record.author.name}
    github = f"{GITHUB}{record.author.github}" if record.author.github else ""
    if record.author.orcid:
        creator["id"] = f"{ORCID}{record.author.orcid}"
        if github:
            creator["homepage"] = github
    elif github:
        creator["id"] = github
    return creator


def _bodies(addresses: Addresses, file: AnnotationFile, say: Callable[[AnnotationFile], str]) -> list[dict[str, Any]]:
    """What was written; a claim in words and as data; the works cited; why it is disputed."""
    record = file.record
    bodies: list[dict[str, Any]] = []
    if record.claim:
        kept = plain(record)
        data = {name: kept[name] for name in ("claim", "relations") if name in kept}
        bodies.append(_textual(say(file), "text/plain", "describing"))
        bodies.append(_textual(json.dumps(data, ensure_ascii=False), DATA, "classifying"))
    if record.body:
        purpose = "commenting" if record.kind == "claim" else MOTIVATIONS[record.kind]
        bodies.append(_textual(record.body, PROSE, purpose))
    for work in record.cite:
        bodies.append({"type": "SpecificResource", "source": addresses.work(work), "purpose": "linking"})
    if record.status == "disputed" and record.reason:
        bodies.append(_textual(record.reason, "text/plain", "moderating"))
    return bodies


def _textual(value: str, form: str, purpose: str) -> dict[str, Any]:
    body = {"type": "TextualBody", "value": value, "format": form}
    return body | ({} if form == DATA else {"language": "en"}) | {"purpose": purpose}


def _target(graph: Graph, addresses: Addresses, record: Annotation, target: Target) -> str | dict[str, Any]:
    """The annotation replied to, or the article or work, with its words as quotation and, where they stand, position.

    A position counts code points in the part's own text: the article's, its title's or that of what was set aside.
    """
    if target.annotation:
        return addresses.annotation(target.annotation)
    source = addresses.article(record.article, target.part) if record.article else addresses.work(record.work or "")
    made: dict[str, Any] = {"type": "SpecificResource", "source": source}
    exact = quoted(graph, record, target)
    if exact is None:
        return made
    quote = {"type": "TextQuoteSelector", "exact": exact}
    article = graph.archive.articles.get(record.article or "")
    if article is None or (article.record.rights.publish != "full" and target.part != "title"):
        return made | {"selector": quote}  # of a text that is withheld, the annotation's own words and nothing more
    quote |= {name: words for name in ("prefix", "suffix") if (words := getattr(target, name))}
    if span := placed(graph, record, target):
        return made | {"selector": [quote, {"type": "TextPositionSelector", "start": span.start, "end": span.end}]}
    return made | {"selector": quote}


def quoted(graph: Graph, record: Annotation, target: Target) -> str | None:
    """The words of a target as they may go out: of an article that publishes its record alone, only the title's."""
    article = graph.archive.articles.get(record.article or "")
    withheld = article is not None and article.record.rights.publish == "metadata" and target.part != "title"
    return None if withheld else target.exact


def placed(graph: Graph, record: Annotation, target: Target) -> Placed | None:
    """Where the words of a target stand in their part of an article; None for those of works, lost or withheld."""
    article = graph.archive.articles.get(record.article or "")
    if article is None or quoted(graph, record, target) is None or target.unplaced:
        return None
    found = resolve_target(graph.parts(article)[target.part], target)
    return found if isinstance(found, Placed) else None
