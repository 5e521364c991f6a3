"""`archive link`: writes the ids of what each article mentions into its front matter, and touches nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from annotated_archive.names.link import lists_of, with_lists
from annotated_archive.names.matcher import Matcher
from annotated_archive.names.mentions import doubts
from annotated_archive.names.remembered import pieces_of
from annotated_archive.records.article import LINKED
from annotated_archive.records.diagnostic import ContentError, Diagnostic, one_line
from annotated_archive.store import Archive, ArticleFile, read_article_text, write_if_changed


class Linked(NamedTuple):
    """The paths whose lists changed, the number of mentions found, and what could be any of several entities."""

    changed: list[str]
    mentions: int
    doubts: list[Diagnostic]


def update_links(archive: Archive, *, dry_run: bool = False) -> Linked:
    """Bring the four lists of every article up to date.

    Raises ContentError for a decision that names no authority file.
    """
    kinds = {identifier: file.record.kind for identifier, file in archive.entities.items()}
    matcher = Matcher(file.record for file in archive.entities.values())
    changed: dict[str, str] = {}
    count = 0
    unsure: list[Diagnostic] = []
    pieces = pieces_of(archive, matcher)
    for identifier, article in archive.articles.items():
        _known(article, kinds)
        count += pieces.count(identifier)
        if pieces.in_doubt(identifier):
            unsure += doubts(article, pieces.mentions(pieces.place[identifier]))
        if article.withheld:
            continue  # its lists were made by an editor who has the text
        lists = lists_of(pieces.named(identifier), kinds)
        current = {name: list(getattr(article.record, name)) for name in LINKED.values()}
        if lists == current:
            continue
        text = with_lists((archive.root / article.path).read_text(encoding="utf-8"), lists, current)
        _verify(article, text, lists)
        changed[article.path] = text
    if not dry_run:
        for name, text in changed.items():
            write_if_changed(archive.root / name, text.encode())
    return Linked(list(changed), count, unsure)


def _known(article: ArticleFile, kinds: Mapping[str, str]) -> None:
    for number, mention in enumerate(article.record.mentions):
        if mention.id is not None and mention.id not in kinds:
            line, column = article.document.place(("mentions", number, "id"))
            raise ContentError(
                Diagnostic(
                    article.path, line, column, "REF-UNKNOWN", f"there is no authority file {one_line(mention.id)}",
                    "Mend the id, or write that file.",
                )
            )  # fmt: skip


def _verify(article: ArticleFile, text: str, lists: dict[str, list[str]]) -> None:
    """Make sure that the new text says what the old one said, with other lists."""
    parts = read_article_text(text, article.path)
    before = article.document.data
    wanted = {**before, **{name: ids for name, ids in lists.items() if ids or name in before}}
    if parts.body != ("" if article.text_file else article.body) or parts.document.data != wanted:
        raise ContentError(
            Diagnostic(
                article.path, 1, 1, "ARTICLE-FENCE", "the four lists could not be replaced alone",
                "Write each of them in the form of the other articles.",
            )
        )  # fmt: skip
