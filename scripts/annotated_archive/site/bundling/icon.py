"""The site's icon as a PNG file, drawn from the SVG: a rounded square, and horizontal strokes with round ends."""

from __future__ import annotations

import re
import struct
import zlib
from pathlib import Path
from typing import NamedTuple

_RECT = re.compile(r'<rect width="([\d.]+)" height="\1" rx="([\d.]+)" fill="#([0-9a-f]{6})"/>')
_PATH = re.compile(r'<path d="([^"]+)" stroke="#([0-9a-f]{6})" stroke-width="([\d.]+)"')
_LINE = re.compile(r"M([\d.]+) ([\d.]+)h([\d.]+)")
_SAMPLES = 4  # in each direction, for smooth edges


class _Stroke(NamedTuple):
    """A horizontal stroke in the units of the drawing: its ends, its height, half its width, and its colour."""

    left: float
    right: float
    y: float
    radius: float
    colour: bytes

    def covers(self, x: float, y: float) -> bool:
        """Whether a point lies on it, or on one of its round ends."""
        aside = max(self.left - x, 0.0, x - self.right)
        return aside * aside + (y - self.y) ** 2 <= self.radius**2


def png(svg: Path, size: int) -> bytes:
    """The icon `svg` as a PNG of `size` × `size` pixels, corners transparent. Raises ValueError for other drawings."""
    text = svg.read_text("utf-8")
    rect = _RECT.search(text)
    if not rect:
        raise ValueError(f"{svg} does not begin with a rounded square")
    side, corner, paper = float(rect[1]), float(rect[2]), bytes.fromhex(rect[3])
    strokes = [
        _Stroke(float(x), float(x) + float(length), float(y), float(width) / 2, bytes.fromhex(colour))
        for path, colour, width in _PATH.findall(text)
        for x, y, length in _LINE.findall(path)
    ]
    rows = [b"\0" + b"".join(_pixel(x, y, side / size, side, corner, paper, strokes) for x in range(size))
            for y in range(size)]  # fmt: skip
    head = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(b"".join(rows), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def _pixel(
    column: int, row: int, unit: float, side: float, corner: float, paper: bytes, strokes: list[_Stroke]
) -> bytes:
    """The colour of one pixel, the mean of its samples, as four bytes."""
    seen = []
    for sample in range(_SAMPLES**2):
        x = (column + (sample % _SAMPLES + 0.5) / _SAMPLES) * unit
        y = (row + (sample // _SAMPLES + 0.5) / _SAMPLES) * unit
        outside = (max(corner - x, 0.0, x - side + corner), max(corner - y, 0.0, y - side + corner))
        if outside[0] ** 2 + outside[1] ** 2 <= corner**2:
            seen.append(next((stroke.colour for stroke in reversed(strokes) if stroke.covers(x, y)), paper))
    if not seen:
        return bytes(4)
    colour = bytes(round(sum(band) / len(seen)) for band in zip(*seen, strict=True))
    return colour + bytes([round(255 * len(seen) / _SAMPLES**2)])


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
