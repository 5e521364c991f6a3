"""PDF files written by hand for tests: text at given places in any script, document information, broken things."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Line = tuple[float, float, float, str]
"""x, y (from the bottom, in points), size, text."""

_CMAP = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CMapName /Identity def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
1 beginbfrange <0000> <FFFF> <0000> endbfrange
endcmap CMapName currentdict /CMap defineresource pop end end"""
WIDTH = 0.5
"""Every letter is half as wide as the font is large."""


def stream(data: bytes, entries: str = "") -> bytes:
    """A stream object's bytes."""
    return b"<< /Length %d %s >>\nstream\n" % (len(data), entries.encode()) + data + b"\nendstream"


def shown(lines: Iterable[Line]) -> bytes:
    """The content of a page that shows these lines."""
    parts = (
        f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm <{text.encode('utf-16-be').hex()}> Tj ET" for x, y, size, text in lines
    )
    return "\n".join(parts).encode()


def pdf(
    pages: Sequence[Sequence[Line] | bytes],
    info: dict[str, str] | None = None,
    catalog: str = "",
    more: Sequence[bytes] = (),
    resources: str = "",
    page: str = "",
    encrypt: str = "",
) -> bytes:
    """A whole file. `more` are further objects, numbered from 10; `page`, `catalog`, `encrypt` add raw entries."""
    objects: dict[int, bytes] = {
        3: b"<< /Type /Font /Subtype /Type0 /BaseFont /Helvetica /Encoding /Identity-H"
        b" /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        4: b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Helvetica /DW %d /FontDescriptor 6 0 R"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>" % (WIDTH * 1000),
        5: stream(_CMAP),
        6: b"<< /Type /FontDescriptor /FontName /Helvetica /Flags 4 /ItalicAngle 0 /Ascent 800 /Descent -200"
        b" /CapHeight 700 /StemV 80 /FontBBox [0 -200 1000 800] >>",
        7: b"<< " + b" ".join(b"/%s %s" % (k.encode(), _text(v)) for k, v in (info or {}).items()) + b" >>",
    }
    objects |= dict(enumerate(more, 10))
    first = 10 + len(more)
    kids = []
    for number, content in enumerate(pages):
        at = first + 2 * number
        kids.append(f"{at} 0 R")
        objects[at] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {at + 1} 0 R {page}"
            f" /Resources << /Font << /F1 3 0 R >> {resources} >> >>"
        ).encode()
        objects[at + 1] = stream(content if isinstance(content, bytes) else shown(content))
    objects[1] = f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode()
    objects[2] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    out = bytearray(b"%PDF-1.7\n")
    offsets = {}
    for number, data in sorted(objects.items()):
        offsets[number] = len(out)
        out += b"%d 0 obj\n" % number + data + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, offset in sorted(offsets.items()):
        out += b"%d 1\n%010d 00000 n \n" % (number, offset)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info 7 0 R %s >>\n" % (max(objects) + 1, encrypt.encode())
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def column(text: Sequence[str], x: float = 60, top: float = 700, size: float = 10, leading: float = 12) -> list[Line]:
    """Lines below one another; an empty one leaves a gap."""
    return [(x, top - number * leading, size, line) for number, line in enumerate(text) if line]


def _text(value: str) -> bytes:
    return b"<feff" + value.encode("utf-16-be").hex().encode() + b">"
