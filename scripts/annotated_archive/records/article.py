"""The article: one text with its front matter, derived from an original."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from annotated_archive.records.base import ArticleId, Edtf, Id, Language, Record, Sha256, Text, Url

BlockKind = Literal["heading", "caption", "quotation"]
Container = Literal["text", "html", "singlefile", "mhtml", "pdf", "warc", "wacz"]
"""What a capture is: a pasted text, a saved page, a web archive."""
SHARE = 0.1
"""How much of a text an article with `publish: excerpt` shows at most, where its record says nothing else."""
Publish = Literal["full", "excerpt", "metadata"]
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
    """A capture that an article was derived from. `path` is relative to `archive/originals`."""

    path: RelativePath
    sha256: Sha256
    part: Annotated[
        Text | None, Field(description="Which page of a capture that holds several: the id of a WARC record.")
    ] = None
    captured: Edtf | None = None
    capture: Literal["known", "unknown"]
    kept: Annotated[
        Literal["archive", "private"],
        Field(description="private: in private/originals, which is not published: withheld, or it carries pictures."),
    ] = "archive"


class Withheld(Record):
    """What is published of a text that is not: the SHA-256 of the canonical text (UTF-8), and its length."""

    sha256: Sha256
    characters: Annotated[int, Field(gt=0)]


def statement(publish: Publish) -> str:
    """What the record says about the rights where nobody said more. Of a withheld text it does not say it is kept."""
    kept = "It is kept here unchanged, as a document of the coverage; the" if publish == "full" else "The"
    return f"The rights in this text belong to its author or publisher. {kept} archive claims no right in it."


class Rights(Record):
    """Who holds the rights in the text as far as known, and how much of it may be published."""

    holder: str | None = None
    statement: Text
    publish: Publish
    share: Annotated[
        float, Field(gt=0, le=1, description="excerpt: how much of the text its quoted passages make up at most.")
    ] = SHARE


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
    captures: Annotated[list[Original], Field(description="Further captures of the same text.")] = []
    rights: Rights
    text: Annotated[Withheld | None, Field(description="Of a text that is withheld.")] = None
    formerly: list[ArticleId] = []


LINKED = {"place": "places", "actor": "actors", "treaty": "treaties", "event": "events"}
"""Kind of authority → the front-matter list that names the entities of that kind."""
