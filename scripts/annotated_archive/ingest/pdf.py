"""The text of a PDF, in the order in which it is read, and what the file says of itself.

The file is opened by a program of its own (`pdf_program`): what crashes it, or takes too long, costs one diagnostic.
Its day of creation is no date of publication, and none of a capture unless a browser printed the page into the file.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from annotated_archive.ingest import leftwards, pdf_program
from annotated_archive.ingest.html.language import language_of
from annotated_archive.ingest.layout import Piece
from annotated_archive.ingest.printed import Block, printed
from annotated_archive.ingest.printed_pages import REASONS, blocks
from annotated_archive.ingest.reading import Candidate, Doubt, Reading
from annotated_archive.records.diagnostic import ContentError, Diagnostic, one_line
from annotated_archive.records.ledger import Found
from annotated_archive.records.text import FORBIDDEN, composed, crowded

SECONDS = 120
HEADING, HEADLINE = 1.15, 1.25  # how much larger than those of the text the letters of a heading are
MAX_HEADING = 300
UNKNOWN = "\ufffd"
_INVISIBLE = re.compile("[\u2028-\u202e\u2066-\u2069\ufeff\u00ad]")
_ADDRESS = re.compile(r"https?://[^\s\"<>]+")
_BROWSER = re.compile(r"Mozilla/5\.0|Chromium|Mozilla Firefox|Safari")
_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:Z|([+-]\d\d)'?(\d\d)'?)?")
_FILE_NAME = re.compile(
    r"untitled.*|\S+\.(?:docx?|pdf|odt|rtf|indd|html?|aspx?|php)|Microsoft Word - .*|about:blank|https?://.*", re.I
)
_PICTURE = re.compile(rb"/Subtype\s*/Image\b")
_LOOK = "Look at the capture."


def read_pdf(candidate: Candidate, name: str, title: str | None) -> Reading:
    """Read a PDF; `title` is the headline where an editor gives it. Raises ContentError (INGEST-*)."""
    raw = _opened(candidate.data, name)
    pages = [list(_pieces(page)) for page in raw["pages"]]
    # A picture is a stream, and streams stand in the file as they are: what no page shows is found, too.
    pictures = sum(page["pictures"] for page in raw["pages"]) or len(_PICTURE.findall(candidate.data))
    if not any(pages):
        many = f"{len(pages)} page{'s' if len(pages) != 1 else ''}, no text"
        mend = "Have its text recognised, and take that in; or take in another capture."
        raise _refused(name, "INGEST-NO-TEXT", f"a scan: {many}" if pictures else many, mend)
    read = blocks(pages)
    usual = _usual_size(read)
    found = list(_found(raw["info"], read, usual))
    headline = title or next((one.value for one in found if one.field == "title"), None)
    made = printed(_without(read, headline), REASONS)
    if language := language_of(made.body):
        found.append(Found(field="language", value=language, origin="text"))
    if crowded(made.text) is not None:
        raise _refused(name, "INGEST-DAMAGED", "more marks stand on one letter than any language writes", _LOOK)
    doubts = _doubts(raw, pages, made.text, found, whole=b"%%EOF" in candidate.data[-1024:])
    if b"/JavaScript" in candidate.data or raw["scripts"]:
        doubts.append(Doubt("INGEST-REMARK", "the PDF holds JavaScript, which was not run", _LOOK))
    return Reading(
        text=made.text,
        encoding=None,
        bom=False,
        title=headline,
        body=made.body,
        blocks={number: "heading" for number, block in made.blocks.items() if _larger(block, usual, HEADING)},
        spans=made.spans,
        proposals=made.proposals,
        found=tuple(found),
        doubts=tuple(doubts),
        pictures=pictures + len(raw["attachments"]),  # an attachment can hold anything, a picture too
    )


def _opened(data: bytes, name: str) -> dict[str, Any]:
    """What the program that opens PDFs says of this one. Raises ContentError."""
    # By its path: nothing of the package is loaded; and with -P no file beside it stands in for another module.
    command = [sys.executable, "-P", str(Path(pdf_program.__file__))]
    try:
        done = subprocess.run(command, input=data, capture_output=True, check=False, timeout=SECONDS)
        raw: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        raw = {"error": "stopped"}
    match raw.get("error"):
        case None:
            return raw
        case "password":
            raise _refused(name, "INGEST-PASSWORD", "the PDF opens only with a password", "Save it without one.")
        case "pages":
            message = f"a PDF of {raw['count']:,} pages; at most {pdf_program.MAX_PAGES:,} are read"
        case "characters":
            message = f"a PDF with more than {pdf_program.MAX_CHARACTERS:,} characters"
        case "stopped":
            message = "the program that reads PDFs broke off, or took more time or memory than it is given"
            raise _refused(name, "INGEST-DAMAGED", message, "Save it again.")
        case _:
            raise _refused(name, "INGEST-DAMAGED", "a PDF that cannot be opened", "Save it again.")
    raise _refused(name, "INGEST-SIZE", message, "Save the pages of the article alone.")


def _refused(name: str, rule: str, message: str, mend: str) -> ContentError:
    return ContentError(Diagnostic(name, 1, 1, rule, message, mend))


def _pieces(page: dict[str, Any]) -> Iterator[Piece]:
    """The pieces of a page as they can stand in a record; a sign that the file knows no letter for is U+FFFD there."""
    found = page["pieces"]
    if page["glyphs"]:
        glyphs = leftwards.pieces([leftwards.Glyph(*glyph) for glyph in page["glyphs"]])
        found = [(one.text, one.left, one.top, one.right, one.bottom, True) for one in glyphs]
    for order, (text, left, top, right, bottom, spaced) in enumerate(found):
        words = composed(" ".join(FORBIDDEN.sub(UNKNOWN, _INVISIBLE.sub("", text)).split()))
        if words:
            yield Piece(words, left, top, right, max(bottom, top + 0.1), spaced, order)


def _usual_size(read: Sequence[Block]) -> float:
    """The height of most letters of the text."""
    sizes: Counter[float] = Counter()
    for block in read:
        sizes[block.size] += 0 if block.taken else len(block.text)
    return sizes.most_common(1)[0][0]


def _larger(block: Block, usual: float, factor: float) -> bool:
    return block.size >= factor * usual and len(block.text) <= MAX_HEADING


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _without(read: Sequence[Block], headline: str | None) -> Iterator[Block]:
    """The blocks; the first on the first page that says what the title says is set aside."""
    wanted = _plain(headline) if headline else None
    for block in read:
        if wanted and not block.taken and block.page == 1 and _plain(block.text) == wanted:
            wanted = None
            yield replace(block, taken="headline")
        else:
            yield block


def _found(info: dict[str, str], read: Sequence[Block], usual: float) -> Iterator[Found]:
    """What the file says: its largest heading, its own properties, and the address that a browser printed on it."""
    first = [block for block in read if block.page == 1 and not block.taken and _larger(block, usual, HEADLINE)]
    if first:
        largest = max(first, key=lambda block: block.size)
        yield Found(field="title", value=" ".join(largest.text.split()), origin="heading")
    title, author = (_value(info[name]) for name in ("Title", "Author"))
    if title and not _FILE_NAME.fullmatch(title):
        yield Found(field="title", value=title, origin="document")
    if author:
        yield Found(field="author", value=author, origin="document")
    printed_on = (_ADDRESS.search(block.text) for block in read if block.taken in ("page-header", "page-footer"))
    if address := next((match.group() for match in printed_on if match), None):
        yield Found(field="url", value=address, origin="text")
    if _BROWSER.search(info["Creator"]) and (moment := _moment(info["CreationDate"])):
        yield Found(field="captured", value=moment, origin="document")


def _value(text: str) -> str:
    return composed(" ".join(FORBIDDEN.sub(" ", text).split()))


def _moment(date: str) -> str | None:
    """A date of a PDF as an EDTF instant; None where it is not whole, or its time zone not known."""
    match = _DATE.fullmatch(date.strip())
    if not match or not (match[7] or date.strip().endswith("Z")):
        return None
    year, month, day, hour, minute, second = match.groups()[:6]
    zone = f"{match[7]}:{match[8]}" if match[7] and (match[7][1:], match[8]) != ("00", "00") else "Z"
    return f"{year}-{month}-{day}T{hour}:{minute}:{second}{zone}"


def _doubts(
    raw: dict[str, Any], pages: Sequence[Sequence[Piece]], text: str, found: Sequence[Found], whole: bool
) -> list[Doubt]:
    """What an editor should look at."""
    said: list[str] = []
    titles = [one.value for one in found if one.field == "title"]
    if any(one.field == "author" for one in found):
        said.append("the author is the one whom the file's properties name: often whoever made the file")
    if raw["info"]["CreationDate"] and not any(one.field == "captured" for one in found):
        made = one_line(raw["info"]["CreationDate"])
        said.append(f"the file says it was made {made}: neither a date of publication nor one of a capture")
    empty = [str(number) for number, page in enumerate(pages, 1) if not page]
    if empty:
        said.append(f"no text on {'page' if len(empty) == 1 else 'pages'} {', '.join(empty[:20])}: scanned, perhaps")
    if unknown := text.count(UNKNOWN):
        said.append(f"the file does not say which letters {unknown} of its signs are; they stand as {UNKNOWN}")
    if not whole:
        said.append("the file has no end mark; it may be cut off")
    if raw["attachments"]:
        names = ", ".join(one_line(name) for name in raw["attachments"][:5])
        said.append(f"the PDF carries {len(raw['attachments'])} attached file(s), which were not opened: {names}")
    doubts = [Doubt("INGEST-REMARK", message, _LOOK) for message in said]
    if len(titles) > 1 and _plain(titles[0]) != _plain(titles[1]):
        message = f"the page says {one_line(titles[0])}, the file's properties {one_line(titles[1])}"
        doubts.append(Doubt("INGEST-DISAGREE", message, "Read which is the title; --title names it."))
    return doubts
