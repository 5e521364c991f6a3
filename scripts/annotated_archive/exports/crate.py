"""What a bag of the record says of itself: an RO-Crate (version 1.1) that describes each step from capture to note.

A step is a `CreateAction`: what it was made from (`object`), what came of it (`result`), with which programs
(`instrument`), by whom (`agent`) and when (`endTime`). What is not recorded is left out and said to be so in words:
no person, program or time is made up, and no placeholder stands for one, which would join strangers to one name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from annotated_archive.records.annotation import Contributor
from annotated_archive.records.dates import words
from annotated_archive.store import AnnotationFile, Archive, ArticleFile
from annotated_archive.store.captures import Capture, captures_of

METADATA = "ro-crate-metadata.json"
ORIGINALS = "originals"
RECORD = "record"
Node = dict[str, Any]
_SCHEMA = "http://schema.org/"
_OURS = (
    "ContactPoint", "CreateAction", "CreativeWork", "Dataset", "Organization", "Person", "SoftwareApplication",
    "WebPage", "about", "agent", "author", "contactPoint", "contentSize", "dateCreated", "datePublished",
    "description", "email", "encodingFormat", "endTime", "hasPart", "instrument", "license", "name", "object",
    "publisher", "result", "sha256", "startTime", "url", "version",
)  # fmt: skip
# By value and not by reference, which version 1.1 of the specification allows and calls archivable: nothing must be
# fetched to read it. Version 1.2 is validated with its context fetched, or kept from when it was.
CONTEXT = {term: f"{_SCHEMA}{term}" for term in _OURS} | {
    "File": f"{_SCHEMA}MediaObject",
    "conformsTo": "http://purl.org/dc/terms/conformsTo",
}
_FORMATS = {
    "text": "text/plain", "html": "text/html", "singlefile": "text/html", "mhtml": "multipart/related",
    "pdf": "application/pdf", "warc": "application/warc", "wacz": "application/zip",
}  # fmt: skip
_ENDINGS = {".md": "text/markdown", ".yml": "application/yaml", ".json": "application/json", ".txt": "text/plain"}
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:T[\d:]+(?:Z|[+-]\d\d:\d\d))?")
_UNSIGNED = "Who did it and when is not recorded."
_CC_BY = "https://creativecommons.org/licenses/by/4.0/"
RIGHTS = (
    "The rights in the texts of articles belong to their authors or publishers; each article’s record says what is "
    "known. Annotations and hand-written pages are under CC BY 4.0, authority data under CC BY 4.0 with credit to "
    "GeoNames and Who’s On First."
)


@dataclass(frozen=True)
class About:
    """What the whole is called, its address and one for mail (empty: not known), and the day it was made (EDTF)."""

    name: str
    address: str
    contact: str
    made: str


def crate(archive: Archive, files: Mapping[str, tuple[int, str]], about: About) -> bytes:
    """The description of `files`: path in the payload → number of bytes and SHA-256. The same bytes each time."""
    nodes: dict[str, Node] = {}
    for node in (*_frame(files, about), *_files(archive, files), *_steps(archive, files)):
        nodes.setdefault(node["@id"], node)
    text = json.dumps({"@context": CONTEXT, "@graph": list(nodes.values())}, ensure_ascii=False, indent=1)
    return f"{text}\n".encode()


def _frame(files: Iterable[str], about: About) -> Iterator[Node]:
    yield {
        "@id": METADATA, "@type": "CreativeWork", "about": {"@id": "./"},
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
    }  # fmt: skip
    yield {
        "@id": "./", "@type": "Dataset", "name": about.name,
        "description": "Captures of articles as they were taken in, byte for byte, and the record that was made of "
        "them, with each step between the two. What may not be published is not here.",
        "datePublished": about.made, "license": {"@id": "#rights"}, "publisher": {"@id": "#publisher"},
        "hasPart": _one_or_more({"@id": _address(path)} for path in files),
    }  # fmt: skip
    yield {"@id": "#rights", "@type": "CreativeWork", "name": "Rights", "description": RIGHTS}
    publisher: Node = {"@id": "#publisher", "@type": "Organization", "name": about.name}
    if about.address:
        publisher["url"] = about.address
    if about.contact:
        publisher["contactPoint"] = {"@id": f"mailto:{about.contact}"}
        yield {"@id": f"mailto:{about.contact}", "@type": "ContactPoint", "email": about.contact, "name": "Objections"}
    yield publisher
    yield {"@id": _CC_BY, "@type": "CreativeWork", "name": "CC BY 4.0", "description": "Attribution 4.0 International"}


def _files(archive: Archive, files: Mapping[str, tuple[int, str]]) -> Iterator[Node]:
    formats = {
        f"{ORIGINALS}/{capture.original.path}": _FORMATS[capture.ledger.container]
        for article in archive.articles.values()
        for capture in captures_of(archive, article)
        if capture.ledger
    }
    notes = {_path(file.path): file for file in archive.annotations.values()}
    for path, (size, sha256) in files.items():
        node: Node = {"@id": _address(path), "@type": "File", "name": path.rpartition("/")[2], "contentSize": str(size)}
        if kind := formats.get(path) or _ENDINGS.get("." + path.rpartition(".")[2]):
            node["encodingFormat"] = kind
        node["sha256"] = sha256
        if path in notes:
            note = notes[path].record
            node |= {"dateCreated": note.created, "license": {"@id": _CC_BY}}
            if note.author:
                node["author"] = {"@id": _person(note.author)["@id"]}
        yield node


def _steps(archive: Archive, files: Mapping[str, tuple[int, str]]) -> Iterator[Node]:
    """Each step, followed by what it speaks of that is no file of the payload."""
    for article in archive.articles.values():
        for capture in captures_of(archive, article):
            original = _original(capture, files)
            if "@type" in original:
                yield original
            yield from _captured(capture, {"@id": original["@id"]})
            yield from _taken_in(capture, {"@id": original["@id"]}, files)
    for note in archive.annotations.values():
        yield from _annotated(archive, note, files)


def _original(capture: Capture, files: Mapping[str, tuple[int, str]]) -> Node:
    """The original: a file of the payload, or what is known of one that is not here."""
    path = f"{ORIGINALS}/{capture.original.path}"
    if path in files:
        return {"@id": _address(path)}
    return {
        "@id": f"#original-{capture.original.sha256}", "@type": "CreativeWork", "name": capture.original.path,
        "sha256": capture.original.sha256, "description": "Kept, and not handed on; whoever holds it can compare the "
        "checksum.",
    }  # fmt: skip


def _captured(capture: Capture, original: Node) -> Iterator[Node]:
    known = capture.original.capture == "known"
    title, address = capture.article.record.title, capture.article.record.url
    step: Node = {"@id": f"#capture-{capture.name}", "@type": "CreateAction", "name": f"Capture: {title}"}
    if known:
        said = "Who saved it is not recorded."
        if capture.original.captured:
            source = "the capture says of itself" if capture.dates_itself else "its record says"
            said = f"Saved {words(capture.original.captured)}, as {source}. {said}"
    else:
        said = "Who saved it, when, and with what is not known."
    step["description"] = said
    if known and address:
        step["object"] = {"@id": address}
    if known:
        step |= _times(capture)
    yield step | {"result": original}
    if known and address:
        yield {"@id": address, "@type": "WebPage", "name": title}


def _taken_in(capture: Capture, original: Node, files: Mapping[str, tuple[int, str]]) -> Iterator[Node]:
    article = capture.article
    ledger = capture.ledger
    made = [article.path, *([ledger.path] if ledger else [])]
    step: Node = {"@id": f"#ingest-{capture.name}", "@type": "CreateAction", "name": f"Ingest: {article.record.title}"}
    programs = list(_programs(ledger.record.original.reader if ledger else None))
    signed = ledger.record.taken_in if ledger else None
    unsaid = "Its ledger is kept, and not handed on."
    if ledger:
        unsaid = "" if signed and signed.by else "Who did it is not recorded." if signed else _UNSIGNED
    part = f"Of the capture, the part {capture.original.part} was read. " if capture.original.part else ""
    step["description"] = (
        f"{part}The article was taken out of the text that was read; the ledger lists what was set aside. {unsaid}"
        f"{'' if programs or not ledger else ' The version of the program was not recorded.'}"
    ).rstrip()
    if ledger and ledger.record.doubts:
        step["description"] += f" In doubt: {'; '.join(doubt.message for doubt in ledger.record.doubts)}."
    if signed:
        step["endTime"] = signed.at
        if signed.by:
            # Not the address of an author of notes: that two chose one name does not make them one person.
            editor = f"#editor-{quote(signed.by, safe='')}"
            step["agent"] = {"@id": editor}
            yield {"@id": editor, "@type": "Person", "name": signed.by}
    if programs:
        step["instrument"] = _one_or_more({"@id": program["@id"]} for program in programs)
    results = [{"@id": _address(path)} for path in map(_path, made) if path in files]
    yield step | {"object": original, "result": _one_or_more(results)}
    yield from programs


def _annotated(archive: Archive, note: AnnotationFile, files: Mapping[str, tuple[int, str]]) -> Iterator[Node]:
    record, path = note.record, _path(note.path)
    if path not in files:
        return
    about: ArticleFile | None = archive.articles.get(record.article or "")
    step: Node = {
        "@id": f"#annotation-{record.id}", "@type": "CreateAction", "name": f"Annotation: {record.kind}",
        "endTime": record.created, "result": {"@id": _address(path)},
    }  # fmt: skip
    if about:
        step["object"] = {"@id": _address(_path(about.path))}
    if record.author:
        person = _person(record.author)
        yield person
        step["agent"] = {"@id": person["@id"]}
        step["description"] = "The name is the one that its author chose to have shown."
    yield step


def _programs(reader: str | None) -> Iterator[Node]:
    """The programs that a ledger names: `trafilatura 2.3.1, lxml 6.1.3`."""
    for program in reader.split(", ") if reader else ():
        name, _, version = program.rpartition(" ")
        node = {"@id": f"#program-{quote(program)}", "@type": "SoftwareApplication", "name": name or program}
        yield node | ({"version": version} if name else {})


def _person(author: Contributor) -> Node:
    identifier = f"https://orcid.org/{author.orcid}" if author.orcid else f"#author-{quote(author.name, safe='')}"
    return {"@id": identifier, "@type": "Person", "name": author.name}


def _path(path: str) -> str:
    """Where a file of the record lies in the payload."""
    return path.replace("archive/", f"{RECORD}/", 1)


def _address(path: str) -> str:
    return quote(path)


def _times(capture: Capture) -> Node:
    """When a capture was begun and ended, as far as that is a day at the least."""
    first, _, last = (capture.original.captured or "").rpartition("/")
    if not first and capture.dates_itself and _container(capture) in ("warc", "wacz"):
        first, last = last, ""  # a record of a web archive says when the capture of its page began
    return {key: day for key, day in (("startTime", first), ("endTime", last)) if _DAY.fullmatch(day)}


def _container(capture: Capture) -> str | None:
    return capture.ledger.container if capture.ledger else None


def _one_or_more(found: Iterable[Node]) -> Any:
    """A list, or the one that there is: so the specification writes it."""
    items = list(found)
    return items[0] if len(items) == 1 else items
