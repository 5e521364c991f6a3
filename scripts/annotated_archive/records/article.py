"""The article: one text with its front matter, derived from an original."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from annotated_archive.records.base import ArticleId, Edtf, Id, Language, Record, Sha256, Text, Url

BlockKind = Literal["heading", "caption", "quotation"]
DateSource = Literal["page", "json-ld", "meta", "time", "url", "capture", "inferred"]
RelativePath = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*$", max_length=200)
]


class Mention(Record):
    """An editor's decision about one place: these words name that entity, or (`id: null`) none."""

    exact: Text
    prefix: str = ""
    suffix: str = ""
    id: Id | None


class Original(Record):
    """The capture an article was derived from. `path` is relative to `archive/originals`."""

    path: RelativePath
    sha256: Sha256
    captured: Edtf | None = None
    capture: Literal["known", "unknown"]


class Rights(Record):
    """Who holds the rights in the text as far as known, and how much of it may be published."""

    holder: str | None = None
    statement: Text
    publish: Literal["full", "excerpt", "metadata"]


class Article(Record):
    """An article's front matter. `places`, `actors`, `treaties` and `events` are written by `archive link`."""

    id: ArticleId
    title: Text
    date: Edtf | None = None
    date_source: DateSource | None = None
    source: Id | None = None
    credited: Annotated[str | None, Field(description="The source the text itself credits, as printed.")] = None
    url: Url | None = None
    author: str | None = None
    language: Language
    places: list[Id] = []
    actors: list[Id] = []
    treaties: list[Id] = []
    events: list[Id] = []
    mentions: list[Mention] = []
    blocks: Annotated[
        dict[Annotated[str, StringConstraints(pattern=r"^[1-9]\d{0,5}$")], BlockKind],
        Field(description="What is not a paragraph, by number from 1."),
    ] = {}
    original: Original
    rights: Rights
    formerly: list[ArticleId] = []


LINKED = {"place": "places", "actor": "actors", "treaty": "treaties", "event": "events"}
"""Kind of authority → the front-matter list that names the entities of that kind."""
