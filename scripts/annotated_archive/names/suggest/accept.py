"""What an editor decides about a proposed name, as the file that says so: a new record, a new form, or a dismissal.

Each function gives the file and writes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from annotated_archive.names.context import Setting
from annotated_archive.names.forms import is_usable, key, spellings
from annotated_archive.names.matcher import Matcher
from annotated_archive.names.mentions import find_mentions
from annotated_archive.names.suggest import gazetteer
from annotated_archive.names.suggest.spelling import latin
from annotated_archive.records import dates, yamlio
from annotated_archive.records.authority import FOLDERS, KINDS, Authority, Place
from annotated_archive.records.base import plain
from annotated_archive.records.diagnostic import ContentError, Diagnostic, one_line
from annotated_archive.records.dismissed import Dismissed
from annotated_archive.records.text import FORBIDDEN, composed, crowded
from annotated_archive.store import Archive, ArticleFile, read_text
from annotated_archive.store.canonical import keep_comments
from annotated_archive.store.dismissed import DISMISSED, dismissed_text, read_dismissed
from annotated_archive.store.validating import validated

CITED = 3
"""How many articles a new name cites in each language: the earliest that hold it."""
_LINE = re.compile(r"[ \t]+\S|-(?:\s|$)|\s*(?:#|$)")
"""A line that may belong to the list above it."""
_BLANK = re.compile(r"\s*(?:#|$)")


@dataclass(frozen=True)
class Decision:
    """A file to be written (its path relative to the archive's folder, its text), and what to tell the editor."""

    path: str
    text: str
    notes: tuple[str, ...] = ()


def proposed_id(form: str) -> str:
    """An id that a form suggests; empty where its letters give none."""
    words = re.findall(r"[a-z0-9]+", latin(form))
    while words and not words[0][0].isalpha():
        words.pop(0)
    return "-".join(words)[:60].rstrip("-")


def as_new(archive: Archive, form: str, kind: str, identifier: str, type_: str, geonames: int | None) -> Decision:
    """A new authority file for a name that is known from articles only, which it cites.

    With `geonames`, the id and the coordinates of that entry are taken over, if the bibliography has GeoNames to cite.
    Raises ContentError (SUGGEST-*, ID-DUPLICATE, SCHEMA*).
    """
    form = _plain(form)
    path = f"archive/authority/{FOLDERS[kind]}/{identifier}.yml"
    _unknown(archive, form, path)
    taken = archive.entities.get(identifier) or archive.articles.get(identifier)
    if taken or identifier in archive.works or (archive.root / path).exists():
        where = taken.path if taken else path
        raise _fault(path, "ID-DUPLICATE", f"id {one_line(identifier)} stands already in {where}", "Choose another id.")
    data: dict[str, Any] = {"id": identifier, "kind": kind, "type": type_, "name": form}
    record = _record(kind, data, path)
    data["names"] = _names(archive, record, path)
    notes: tuple[str, ...] = ()
    if geonames is not None:
        taken_over, notes = _from_geonames(archive, kind, geonames, path)
        data |= taken_over
    record = _record(kind, data, path)
    header = f"# yaml-language-server: $schema=../../schema/{kind}.json\n"
    return Decision(path, header + yamlio.write(plain(record)), notes)


def as_form(archive: Archive, form: str, identifier: str) -> Decision:
    """A form more in the list `forms` of an authority file, which keeps every other byte.

    Raises ContentError (SUGGEST-*, REF-UNKNOWN, FMT-COMMENT).
    """
    form = _plain(form)
    file = archive.entities.get(identifier)
    if file is None:
        raise _fault(
            "archive/authority", "REF-UNKNOWN", f"there is no authority file {one_line(identifier)}", "Mend the id."
        )
    _unknown(archive, form, file.path)
    text = read_text(archive.root / file.path, file.path)
    new = _with_form(text, [*file.record.forms, form], file.path)
    after = yamlio.read(new, file.path)
    if after.data != {**file.document.data, "forms": [*file.record.forms, form]}:
        raise _fault(
            file.path, "SUGGEST-FORM", "the list `forms` could not be changed alone",
            "Write it as `archive fmt` does, or add the form by hand.",
        )  # fmt: skip
    validated(KINDS[file.record.kind], after, file.path)
    return Decision(file.path, new)


def covering(archive: Archive, form: str, base: str, identifier: str, language: str) -> str:
    """Which of two forms to add to an entity so that `form` is found: the base, if its endings are looked for then."""
    file = archive.entities.get(identifier)
    if file is None or not base or any(key(text) == key(base) for text, _ in spellings(file.record)):
        return form
    matcher = Matcher([file.record.model_copy(update={"forms": [*file.record.forms, base]})])
    mentions, _ = matcher.find(form, setting=Setting(language=language))
    return base if any((m.start, m.end) == (0, len(form)) for m in mentions) else form


def dismissal(archive: Archive, form: str, reason: str, language: str | None) -> Decision:
    """archive/dismissed.yml with one entry more. Raises ContentError (SUGGEST-*, SCHEMA*, FMT-COMMENT, …)."""
    form = _plain(form)
    file = read_dismissed(archive.root)
    if file.problems:
        raise ContentError(*file.problems)
    _unknown(archive, form, DISMISSED)
    if any(key(entry.form) == key(form) and entry.language in (None, language) for entry in file.entries):
        raise _fault(DISMISSED, "SUGGEST-KNOWN", f"{one_line(form)} is dismissed already", "Nothing is to be done.")
    keep_comments(file.text, file.document.data, DISMISSED)
    data = {"form": form, "reason": reason, **({"language": language} if language else {})}
    entry = validated(Dismissed, yamlio.Document(data), DISMISSED)
    return Decision(DISMISSED, dismissed_text([*file.entries, entry]))


def _fault(path: str, rule: str, message: str, mend: str) -> ContentError:
    return ContentError(Diagnostic(path, 1, 1, rule, message, mend))


def _plain(form: str) -> str:
    """A form as a record holds it. Raises ContentError (FORM-UNUSABLE)."""
    form = " ".join(form.split())
    if len(form) > 200 or crowded(form) is not None or FORBIDDEN.search(form) or not is_usable(form):
        raise _fault(
            "archive", "FORM-UNUSABLE", f"{one_line(form)} cannot be searched for",
            "Give 2 to 200 characters on one line, with a letter or digit at each end.",
        )  # fmt: skip
    return composed(form)


def _unknown(archive: Archive, form: str, path: str) -> None:
    """Raise ContentError (SUGGEST-KNOWN) if an authority file has the form."""
    for file in archive.entities.values():
        if any(key(text) == key(form) for text, _ in spellings(file.record)):
            raise _fault(
                path, "SUGGEST-KNOWN", f"{one_line(form)} is a form of {one_line(file.record.id)} already",
                "Edit that file, if the name is another's too.",
            )  # fmt: skip


def _record(kind: str, data: dict[str, Any], path: str) -> Authority:
    return validated(KINDS[kind], yamlio.Document(data), path)


def _names(archive: Archive, record: Authority, path: str) -> list[dict[str, Any]]:
    """The name by language, each citing the first articles that hold it."""
    matcher = Matcher([record])  # type: ignore[list-item]
    holding: dict[str, list[ArticleFile]] = {}
    for article in sorted(archive.articles.values(), key=lambda a: (dates.sort_key(a.record.date), a.record.id)):
        if find_mentions(matcher, article.record.title, article.body, []).body:
            holding.setdefault(article.record.language, []).append(article)
    if not holding:
        raise _fault(
            path, "SUGGEST-ABSENT", f"{one_line(record.name)} stands in the text of no article",
            "Write it as an article does: a name that no article holds needs a work to cite.",
        )  # fmt: skip
    return [
        {"text": record.name, "lang": language, "cite": [article.record.id for article in articles[:CITED]]}
        for language, articles in holding.items()
    ]


def _from_geonames(archive: Archive, kind: str, identifier: int, path: str) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Id and coordinates of an entry, with their citation; nothing but a note where there is nothing to cite."""
    entry = gazetteer.entry(identifier)
    if entry is None or kind != "place":
        what = f"{identifier} is no place of GeoNames here" if entry is None else "coordinates belong to places"
        raise _fault(path, "SUGGEST-GEONAMES", what, "`archive suggest` shows the ids that fit a name.")
    cite = _work(archive)
    if cite is None:
        return {}, (
            "Neither the id nor the coordinates were taken from GeoNames: they need a work to cite. Add an entry of"
            f" type dataset with the author GeoNames ({gazetteer.LICENCE}) to archive/bibliography.yml.",
        )
    ids = {"ids": {"geonames": entry.geonames, "cite": [cite]}}
    if entry.lat is None:
        return ids, (f"The id is that of {entry.name}, {entry.country}. Data: {gazetteer.LICENCE}.",)
    return (
        {**ids, "location": {"lat": entry.lat, "lon": entry.lon, "cite": [cite]}},
        (f"Id and coordinates are those of {entry.name}, {entry.country}. Data: {gazetteer.LICENCE}.",),
    )  # fmt: skip


def _work(archive: Archive) -> str | None:
    """The bibliography's entry for GeoNames."""
    for work in archive.works.values():
        authors = [*(str(name) for name in work.author), work.publisher or ""]
        if work.type == "dataset" and "GeoNames" in authors:
            return work.id
    return None


def _with_form(text: str, forms: Sequence[str], path: str) -> str:
    """The text of an authority file with `forms`, of which the last is new."""
    lines = text.splitlines(keepends=True)
    start = next((i for i, line in enumerate(lines) if re.match(r"forms\s*:", line)), None)
    if start is None:
        order = [field.alias or name for name, field in Place.model_fields.items()]
        before = set(order[: order.index("forms")])
        at = next((i for i, line in enumerate(lines) if (m := _KEY.match(line)) and m[1] not in before), len(lines))
        return "".join([*lines[:at], *_list(forms), *lines[at:]])
    end = start + 1
    while end < len(lines) and _LINE.match(lines[end]):
        end += 1
    while _BLANK.match(lines[end - 1]):
        end -= 1
    if end > start + 1 and (item := re.match(r"(\s*)- ", lines[end - 1])):  # a block: one line more, with its indent
        return "".join([*lines[:end], f"{item[1]}- {yamlio.scalar(forms[-1])}\n", *lines[end:]])
    shown = "".join(lines[start:end])
    keep_comments(shown, yamlio.read(shown, path).data, path, start + 1)
    return "".join([*lines[:start], *_list(forms), *lines[end:]])


_KEY = re.compile(r"([A-Za-z_]+)\s*:")


def _list(forms: Sequence[str]) -> list[str]:
    return yamlio.write({"forms": list(forms)}).splitlines(keepends=True)
