"""Names: forms that can be told apart, decisions that hold, and front-matter lists that say what the text says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from annotated_archive.check.inputs import Inputs
from annotated_archive.check.memory import Memory
from annotated_archive.check.places import at
from annotated_archive.check.scope import Scope
from annotated_archive.graph import Graph
from annotated_archive.names import ArticleMentions
from annotated_archive.names.forms import forms_of, is_usable, key, recorded, variants
from annotated_archive.names.link import lists_of
from annotated_archive.names.mentions import doubts
from annotated_archive.records import yamlio
from annotated_archive.records.authority import Entity
from annotated_archive.records.diagnostic import Diagnostic, one_line
from annotated_archive.store import ArticleFile, EntityFile


def check(graph: Graph, scope: Scope, inputs: Inputs, memory: Memory) -> Iterator[Diagnostic]:
    """All findings about forms, decisions and lists."""
    yield from memory.unit(("forms", inputs.entities), lambda: _forms(graph, scope))
    kinds = {identifier: entity.kind for identifier, entity in graph.entities.items()}

    def one(identifier: str) -> Iterator[Diagnostic]:
        article, pieces = graph.archive.articles[identifier], graph.named.pieces
        if identifier in pieces.place and not pieces.in_doubt(identifier):  # no need to read every mention
            yield from _lists(article, pieces.named(identifier), kinds)
            return
        mentions = graph.mentions[identifier]
        yield from _doubts(article, mentions)
        yield from _lists(article, list(dict.fromkeys(m.entity for m in (*mentions.title, *mentions.body))), kinds)

    asked = [(name, file) for name, file in graph.archive.articles.items() if file.path in scope]
    named = inputs.entities
    units = ((name, ("names", named, *inputs.article(file))) for name, file in asked)
    yield from memory.units(units, one, ("names", named, inputs.articles))


def _doubts(article: ArticleFile, mentions: ArticleMentions) -> Iterator[Diagnostic]:
    """The decisions of one article, and what is ambiguous in it."""
    for number, times in () if article.withheld else mentions.lost:
        line, column = article.document.place(("mentions", number))
        exact = article.record.mentions[number].exact
        yield Diagnostic(
            article.path, line, column, "MENTION-LOST",
            f"{one_line(exact)} with its context stands {times} times in the text",
            "Mend `exact`, or add `prefix` and `suffix` until it stands once.",
        )  # fmt: skip
    for number in mentions.overlapping:
        line, column = article.document.place(("mentions", number))
        yield Diagnostic(
            article.path, line, column, "MENTION-OVERLAP",
            f"{one_line(article.record.mentions[number].exact)} shares words with another decision",
            "Keep one of the two.",
        )  # fmt: skip
    yield from doubts(article, mentions)


def _lists(article: ArticleFile, named: list[str], kinds: Mapping[str, str]) -> Iterator[Diagnostic]:
    """The lists of one article that mentions the entities `named`."""
    if any(identifier not in kinds for identifier in named):
        return  # an unknown id under `mentions`: reported as REF-UNKNOWN
    if article.withheld:
        return  # the lists were made from a text that is not here
    for name, ids in lists_of(named, kinds).items():
        if getattr(article.record, name) != ids:
            line, column = article.document.place((name,), key=True)
            yield Diagnostic(
                article.path, line, column, "LINK-STALE", f"`{name}` is not what the text mentions",
                "Run `archive link`.",
            )  # fmt: skip


def _forms(graph: Graph, scope: Scope) -> Iterator[Diagnostic]:
    strong: dict[str, list[str]] = defaultdict(list)
    ruled: dict[str, set[str]] = {}
    for identifier, entity in graph.entities.items():
        ruled[identifier] = {key(form) for rule in entity.context for form in rule.forms}
        for form in forms_of(entity):
            if not form.weak:
                strong[form.text].append(identifier)
    reported: set[tuple[str, ...]] = set()
    for file in graph.archive.entities.values():
        if file.path not in scope:
            continue
        for path, text in _written(file.record):
            if not is_usable(text):
                yield at(
                    file, path, "FORM-UNUSABLE", f"{one_line(text)} cannot be searched for",
                    "Give two characters or more, with a letter or digit at each end.",
                )  # fmt: skip
                continue
            if key(text) in ruled[file.record.id]:
                continue  # the editors know of it, and say when it is this one
            claims = sorted({claim for variant in variants(text) for claim in strong.get(variant, ())})
            if path[0] != "weak" and len(claims) > 1 and file.record.id in claims:
                others = ", ".join(other for other in claims if other != file.record.id)
                if (key(text), file.record.id) in reported:
                    continue
                reported.add((key(text), file.record.id))
                yield at(
                    file, path, "FORM-AMBIGUOUS", f"{one_line(text)} is a form of {others} too",
                    "Put it under `weak` in one of them, say under `context` when it is this one, or take it out.",
                )  # fmt: skip
        yield from _rules(file, strong)


def _rules(file: EntityFile, strong: Mapping[str, list[str]]) -> Iterator[Diagnostic]:
    """Rules about forms that the entity does not have, or that are its alone and link anyway."""
    weak = {key(spelling.text): spelling.weak for spelling in recorded(file.record)}
    for number, rule in enumerate(file.record.context):
        for place, form in enumerate(rule.forms):
            path = ("context", number, "forms", place)
            if key(form) not in weak:
                yield at(
                    file, path, "CONTEXT-FORM", f"{one_line(form)} is no form of {file.record.id}",
                    "Add it to `forms`, or to `weak` if it means this one only where a rule says so.",
                )  # fmt: skip
            elif not weak[key(form)] and len(strong.get(key(form), ())) < 2:
                yield at(
                    file, path, "CONTEXT-FORM",
                    f"{one_line(form)} is a full form and links without a rule",
                    "Put it under `weak` as well, or take the rule out.",
                )  # fmt: skip


def _written(entity: Entity) -> Iterator[tuple[yamlio.Path, str]]:
    """Every form as written in the file, with its path there."""
    yield ("name",), entity.name
    for number, name in enumerate(entity.names):
        yield ("names", number, "text"), name.text
    for field in ("forms", "weak"):
        for number, text in enumerate(getattr(entity, field)):
            yield (field, number), text
