"""The program that opens a PDF: in a process of its own, since PDFium is a large C++ library and the file a stranger's.

It reads the file from standard input and writes JSON to standard output: what `ingest.pdf` makes a text of. It runs no
script of the file, opens no attachment, draws nothing, and imports nothing of this package.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import math
import re
import sys
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

MAX_PAGES = 500
MAX_CHARACTERS = 3_000_000
MAX_OBJECTS = 20_000  # of a page, among which pictures are counted
MEMORY = 2 << 30
PROCESSOR_SECONDS = 60
GAP = 1.0  # of the letters' size: what stands further apart may belong to another column
LINE = 0.35  # of the letters' size: what stands higher or lower by more is on another line
HYPHEN, PDFIUM_HYPHEN = 0x2D, 0x02  # what PDFium says of a hyphen that ends a line
_SPACES = frozenset((0x09, 0x0A, 0x0D, 0x20, 0xA0))
_LEFTWARDS = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""


def limit() -> None:
    """Let the system end this process when it takes too much; there are no such limits on Windows."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read(data: bytes) -> dict[str, Any]:
    """What the file says of itself, and its pages; or `error`: password, damaged, pages, characters."""
    import pypdfium2
    from pypdfium2 import raw

    try:
        document = pypdfium2.PdfDocument(data)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        return {"error": "password" if error.err_code == raw.FPDF_ERR_PASSWORD else "damaged"}
    if count > MAX_PAGES:
        return {"error": "pages", "count": count}
    pages: list[dict[str, Any]] = []
    characters = 0
    for number in range(count):
        try:
            page = document[number]
        except pypdfium2.PdfiumError:
            pages.append({"damaged": True, "width": 0, "height": 0, "pictures": 0, "pieces": [], "glyphs": []})
            continue
        found = _page(page, MAX_CHARACTERS - characters)
        if found is None:
            return {"error": "characters", "count": count}
        characters += sum(len(piece[0]) for piece in found["pieces"])
        pages.append(found)
        page.close()
    return {
        "pages": pages,
        "info": {name: document.get_metadata_value(name) for name in ("Title", "Author", "Creator", "CreationDate")},
        "scripts": max(raw.FPDFDoc_GetJavaScriptActionCount(document.raw), 0),
        "attachments": [
            document.get_attachment(i).get_name() for i in range(min(max(document.count_attachments(), 0), 100))
        ],
    }


def _page(page: Any, most: int) -> dict[str, Any] | None:
    """The pieces of text of a page, as [text, left, top, right, bottom, whether a space stands before it].

    None where it has more than `most` characters. Points, from the upper left of the page as it is shown.
    """
    from pypdfium2 import raw

    text = page.get_textpage()
    if raw.FPDFText_CountChars(text.raw) > most:
        return None
    width, height = page.get_size()
    left, _, _, top = page.get_bbox()
    turn = page.get_rotation()

    def seen(box: Box) -> list[float]:
        """A box of the page's own coordinates as it stands on the page that is shown."""
        x0, x1, y0, y1 = box[0] - left, box[2] - left, top - box[3], top - box[1]
        if turn == 90:
            x0, x1, y0, y1 = width - y1, width - y0, x0, x1
        elif turn == 180:
            x0, x1, y0, y1 = width - x1, width - x0, height - y1, height - y0
        elif turn == 270:
            x0, x1, y0, y1 = y0, y1, height - x1, height - x0
        return [round(value, 1) for value in (x0, y0, x1, y1)]

    pieces: list[list[Any]] = [[words, *seen(box), spaced] for words, box, spaced in _pieces(text.raw)]
    glyphs: list[list[Any]] = []
    if any(_LEFTWARDS.search(piece[0]) for piece in pieces):  # PDFium's order is not to be relied on there
        glyphs = [[sign, *seen(box)] for sign, box in _glyphs(text.raw)]
    objects = islice(page.get_objects(max_depth=10), MAX_OBJECTS)
    pictures = sum(one.type == raw.FPDF_PAGEOBJ_IMAGE for one in objects)
    text.close()
    return {"width": width, "height": height, "pictures": pictures, "pieces": pieces, "glyphs": glyphs}


def _pieces(text: Any) -> Iterator[tuple[str, Box, bool]]:
    """Runs of letters that stand on one line with no gap between them: words, box, whether a space stood before."""
    from pypdfium2 import raw

    place, measure = _measure(text)
    letter = raw.FPDFText_GetUnicode
    units: list[int] = []
    left = right = line = size = last = 0.0
    spaced = waiting = True

    def piece() -> tuple[str, Box, bool]:
        words = b"".join(unit.to_bytes(2, "little") for unit in units).decode("utf-16-le", "replace")
        return words.rstrip(" "), _around(left, right, line, size), spaced

    for index in range(raw.FPDFText_CountChars(text)):
        unit = letter(text, index)
        if unit in _SPACES:
            if unit in (0x0A, 0x0D) and units:
                yield piece()
                units = []
            elif units and units[-1] != 0x20:
                units.append(0x20)
            waiting = True
            continue
        start, end, base = place(index)
        if units and (max(start - last, left - end) > GAP * size or abs(base - line) > LINE * size):
            yield piece()
            units = []
        if units:
            left, right = min(left, start), max(right, end)
        else:
            left, right, line, size, spaced = start, end, base, measure(index), waiting
        unit = HYPHEN if unit == PDFIUM_HYPHEN else unit
        units += [unit] if unit < 0x10000 else _pair(unit)
        last, waiting = end, False
    if units:
        yield piece()


def _glyphs(text: Any) -> Iterator[tuple[str, Box]]:
    """Every letter with its box, and the spaces that the file itself has."""
    from pypdfium2 import raw

    place, measure = _measure(text)
    high = 0
    for index in range(raw.FPDFText_CountChars(text)):
        unit = raw.FPDFText_GetUnicode(text, index)
        if 0xD800 <= unit < 0xDC00:  # the first half of a letter beyond U+FFFF
            high = unit
            continue
        if 0xDC00 <= unit < 0xE000:
            unit = 0x10000 + ((high - 0xD800) << 10) + unit - 0xDC00 if high else 0xFFFD
        high = 0
        if unit in (0x0A, 0x0D) or raw.FPDFText_IsGenerated(text, index) == 1:
            continue
        left, right, base = place(index)
        sign = 0x20 if unit in _SPACES else HYPHEN if unit == PDFIUM_HYPHEN else unit
        yield chr(sign), _around(left, right, base, measure(index))


def _measure(text: Any) -> tuple[Callable[[int], tuple[float, float, float]], Callable[[int], float]]:
    """Two functions of a letter's number: its left, right and base line; and its size, in points as it is shown.

    Its own height says nothing: fonts differ in what they make of it.
    """
    from pypdfium2 import raw

    box, x, y, matrix = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double(), raw.FS_MATRIX()
    to_box, to_x, to_y, to_matrix = (ctypes.byref(one) for one in (box, x, y, matrix))
    loose, origin = raw.FPDFText_GetLooseCharBox, raw.FPDFText_GetCharOrigin

    def place(index: int) -> tuple[float, float, float]:
        loose(text, index, to_box)
        origin(text, index, to_x, to_y)
        return box.left, box.right, y.value

    def size(index: int) -> float:
        points: float = raw.FPDFText_GetFontSize(text, index)
        if raw.FPDFText_GetMatrix(text, index, to_matrix):
            points *= math.hypot(matrix.c, matrix.d)
        return max(points, 0.1)

    return place, size


def _around(left: float, right: float, base: float, size: float) -> Box:
    return left, base - 0.2 * size, right, base + 0.8 * size


def _pair(unit: int) -> list[int]:
    return [0xD800 + ((unit - 0x10000) >> 10), 0xDC00 + ((unit - 0x10000) & 0x3FF)]


if __name__ == "__main__":
    limit()
    json.dump(read(sys.stdin.buffer.read()), sys.stdout)
