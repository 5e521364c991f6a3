"""What cannot have changed since the last build, known without looking at it.

Of hundreds of thousands of things that pages are made of, an edit changes a few. The record is taken in parts, each
with a digest: where a part has the digest that it had, whatever is made of it alone is as it was.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from annotated_archive.graph.noted import Key
from annotated_archive.graph.since import Lasting, Lasts
from annotated_archive.pages import draft
from annotated_archive.site.made import SOURCE
from annotated_archive.store import private as kept
from annotated_archive.store.brief import OfAnnotation
from annotated_archive.store.kept import text_digest

if TYPE_CHECKING:  # which knows its bases
    from annotated_archive.site.content import Content

ANNOTATIONS, CLAIMS, SHAPE = "annotations", "claims", "shape"
"""Parts: all annotations (behind a slash stands the article or work of those that are a part by themselves), the claims
among them, and which annotations there are: of what, by whom and when, of which kind and status."""
ARTICLES, BRIEFS = "articles", "briefs"
"""Parts: all articles with their texts and ledgers (behind a slash stands one of them), and what stands of them in
short forms."""
AUTHORITY, ORIGINALS, TEMPLATES, REST = "authority", "originals", "templates", "rest"
"""Parts: the authority files, the originals with their lists, our templates; and all else, with the settings."""
RECORD = (ARTICLES, AUTHORITY, ORIGINALS)
"""The record but for annotations and what is of the rest."""
_SHAPE = OfAnnotation._fields.index("author") + 1
"""How many fields of an annotation's short form tell of its shape."""
_FOLDERS = {
    "archive/annotations/": ANNOTATIONS, f"{kept.ANNOTATIONS}/": ANNOTATIONS, "archive/authority/": AUTHORITY,
    "archive/originals/": ORIGINALS, f"{kept.ORIGINALS}/": ORIGINALS,
}  # fmt: skip
"""Where the files of some parts lie."""
OF_THE_SITE = "site-"
"""How kinds of keys begin that stand for something of the site, which bases do not tell; but for originals."""
APART = frozenset({
    "article", "entity", "work", "question", "ledger", "doc", "mentions", "together", "relations", "sources",
    "named_in", "cited_by", "reuse", "groups", "label", "settings", "names", "names in", "doc names", "forms", "around",
    "event around", "events within", "timeline within", "years", "credited", "addresses", "size", "counts", "where",
    "exports", "custody", "cited in", "works", "outline", "template",
})  # fmt: skip
"""Kinds of keys that stand for nothing of an annotation (those of queries by their names in `pages`). A test holds
each of them to that, and all kinds to what is said of them here."""
OF_PARTS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys((
        "entity", "outline", "label", "where", "relations", "named_in", "cited_by", "names in", "forms",
        "event around", "events within",
    ), (AUTHORITY,)),
    **dict.fromkeys((
        "annotations counted", "annotations around", "annotations from and to", "annotations in order",
    ), (SHAPE, BRIEFS)),
    **dict.fromkeys(("work", "question", "doc", "settings"), ()),
    "around": (BRIEFS,), "addresses": (BRIEFS, ORIGINALS), "size": (ORIGINALS,), "template": (TEMPLATES,),
}  # fmt: skip
"""Kinds of keys that stand for something of some parts alone, and of the rest."""
PARTS = frozenset({"part", "parts", "total of parts", "place in parts"})
"""Kinds of keys that stand for parts of lists."""
LIST_OF_ANNOTATIONS, LISTS_OF_CLAIMS, CLAIMED = "annotations/", ("questions/", "said/"), "#claims"
"""How lists begin that name annotations, or claims alone; and what the list of its claims is called on the page of an
entity. No other list names any."""
OF_CLAIMS = frozenset({"claim", "pointing", "figures", "answers", "said of", "said events", "amounts", "claims"})
"""Kinds of keys that stand for nothing of an annotation that is no claim."""
OF_SHAPE = frozenset({"annotation counts", "annotation kinds", "people", "home"})
"""Kinds of keys that stand for what there is of annotations, and not for what these say."""
OF_ARTICLES, OF_NOTES = frozenset({"annotations", "corrections"}), frozenset({"annotation", "replies"})
"""Kinds of keys that stand for the annotations of one article, and where they stand in it; for one of them, or its
replies, without that."""
PLACED = "annotated"
"""The kind of keys that stand for an annotation, and where it stands in its article."""


def bases(content: Content) -> dict[str, str]:
    """The present state of the parts of the record; of the rest are also the settings."""
    archive = content.graph.archive
    parts: dict[str, list[str]] = {
        name: [] for name in (ANNOTATIONS, CLAIMS, SHAPE, ARTICLES, BRIEFS, AUTHORITY, ORIGINALS, TEMPLATES, REST)
    }
    claims = {file.path for file in archive.annotations.values() if file.kind == "claim"}
    homes = {path: article for article, file in archive.articles.items() for path in (file.path, file.text_file)}
    homes |= {file.path: file.article for file in archive.ledgers.values()}
    for path, digest in sorted(archive.digests.items()):
        told = f"{path}\0{digest}\0"
        home = homes.get(path)
        part = next((of for top, of in _FOLDERS.items() if path.startswith(top)), REST) if home is None else ARTICLES
        parts[part].append(told)
        if part == ANNOTATIONS:
            home = path.partition("/annotations/")[2].rpartition("/")[0]
            if path in claims:
                parts[CLAIMS].append(told)
        if home is not None:
            parts.setdefault(f"{part}/{home}", []).append(told)
    parts[SHAPE] += [repr((identifier, file.brief[:_SHAPE])) for identifier, file in archive.annotations.items()]
    for files in (archive.articles, archive.ledgers):
        parts[BRIEFS] += [repr((identifier, file.brief)) for identifier, file in files.items()]
    folders = ["archive/originals", *([kept.ORIGINALS] if archive.private else [])]
    parts[ORIGINALS] += [repr(sorted(_there(content.root / folder))) for folder in folders]
    parts[REST].append(repr((content.settings, archive.private)))
    for template in sorted(draft.TEMPLATES.glob("*")):
        parts[TEMPLATES].append(f"{template.name}\0{blake2b(template.read_bytes()).hexdigest()}")
    return {name: text_digest("".join(told)) for name, told in sorted(parts.items())}


def _there(folder: Path | str) -> Iterator[tuple[str, int, int, int, int]]:
    """What tells that a file is as it was, of every file: which originals are here is not told by digests."""
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _there(entry.path)
        else:
            status = entry.stat(follow_symlinks=False)
            yield entry.path, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def lasting(content: Content, before: Mapping[str, str]) -> Lasts:
    """Which keys are known to be in the state that they had, given the bases of then."""
    now, annotations = content.bases, content.graph.archive.annotations

    def same(*parts: str) -> bool:
        return all(before.get(part) == now.get(part) for part in parts)

    if not same(REST):
        return lambda _: False
    record = same(*RECORD)
    if record and same(ANNOTATIONS, TEMPLATES):
        return lambda what: _is_original if what == SOURCE else not what.startswith(OF_THE_SITE)
    same_claims, same_shape = record and same(CLAIMS), record and same(SHAPE)
    noted = {article for article in content.graph.archive.articles if same(f"{ANNOTATIONS}/{article}")}
    whole = {article for article in noted if same(f"{ARTICLES}/{article}")}

    def of_note(which: str) -> bool:
        file = annotations.get(which)
        return file is not None and file.article in noted

    def placed(which: str) -> bool:
        file = annotations.get(which)
        return file is not None and file.article in whole

    def of_list(which: str) -> bool:
        if which.startswith(LIST_OF_ANNOTATIONS):
            return same(SHAPE, BRIEFS)
        if CLAIMED in which:
            return same(CLAIMS)
        return record and (same_claims or _is_of_list_apart(which))

    def lasts(what: str) -> Lasting:
        if what in OF_NOTES:
            return of_note
        if what in OF_ARTICLES:
            return whole.__contains__
        if what == PLACED:
            return placed
        if what == SOURCE:
            return _is_original if same(ORIGINALS) else False
        if what in PARTS:
            return of_list
        kind = what.removesuffix("?")
        if kind in OF_PARTS:
            return same(*OF_PARTS[kind])
        return (record and kind in APART) or (same_claims and kind in OF_CLAIMS) or (same_shape and kind in OF_SHAPE)

    return lasts


def lists(content: Content, before: Mapping[str, str], known: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Of the lists that are known from then, with the paths of their parts, those that are known to be as they were."""
    lasts = lasting(content, before)("parts")
    return {name: paths for name, paths in known.items() if lasts is True or (lasts and lasts(name))}


def is_apart(key: Key) -> bool:
    """Whether a key stands for nothing of an annotation."""
    what, which = key
    if what in PARTS:
        return _is_of_list_apart(which)
    return what.removesuffix("?") in APART or (what == SOURCE and _is_original(which))


def _is_of_list_apart(which: str) -> bool:
    return not which.startswith((LIST_OF_ANNOTATIONS, *LISTS_OF_CLAIMS)) and CLAIMED not in which


def _is_original(which: str) -> bool:
    return which.startswith("archive/originals/")
