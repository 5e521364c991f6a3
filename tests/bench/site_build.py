"""Measures building this repository's own site: time, peak memory, and what an article page weighs.

`python tests/bench/site_build.py FOLDER` measures another archive.
"""

from __future__ import annotations

import gzip
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 3
ROOT = Path(__file__).resolve().parents[2]
# The peak is the child's own: only a child that ended tells it apart from this process.
BUILD = """
import resource, sys
from pathlib import Path
from annotated_archive.site.build import build
build(Path(sys.argv[1]), Path(sys.argv[2]), strict=True)
used = resource.getrusage(resource.RUSAGE_SELF)
print(used.ru_utime + used.ru_stime, used.ru_maxrss)
"""
_LOADED = re.compile(r'<script[^>]*\ssrc="([^"]+)"|<img[^>]*\ssrc="([^"]+)"|<link\s([^>]*)>')
_HREF = re.compile(r'\bhref="([^"]+)"')


def build(archive: Path, out: Path) -> tuple[float, float, float]:
    """Build once in a process of its own. Returns seconds, seconds of processor time, and megabytes."""
    begin = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", BUILD, str(archive), str(out)], stdout=subprocess.PIPE, text=True, check=True
    )
    processor, kilobytes = done.stdout.split()
    return time.perf_counter() - begin, float(processor), int(kilobytes) / 1024


def compressed(path: Path) -> int:
    """Bytes of a file under `gzip -9`."""
    return len(gzip.compress(path.read_bytes(), 9, mtime=0))


def loaded(page: Path) -> set[Path]:
    """The files that a page asks for by itself: styles, scripts, pictures, its icon."""
    found: set[Path] = set()
    for script, picture, link in _LOADED.findall(page.read_text("utf-8")):
        wanted = script or picture
        if link and re.search(r'\brel="?(?:stylesheet|icon|shortcut icon)\b', link) and (match := _HREF.search(link)):
            wanted = match.group(1)
        if wanted and ":" not in wanted:
            found.add((page.parent / wanted.partition("?")[0]).resolve())
    return found


def weight(page: Path) -> int:
    """Compressed bytes of a page with everything it loads, without search."""
    return compressed(page) + sum(compressed(path) for path in loaded(page))


def report(archive: Path) -> str:
    """Build the site several times and say what it took, as lines of text."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "site"
        runs = [build(archive, out) for _ in range(RUNS)]
        pages = list(out.rglob("*.html"))
        articles = [page for page in (out / "articles").glob("*.html") if page.name != "index.html"]
        heaviest = max(articles, key=weight)
        size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
        return "\n".join(
            [
                f"{len(pages)} pages, {size / 1e6:.1f} MB in all",
                f"build, median of {RUNS}: {statistics.median(run[0] for run in runs):.1f} s,"
                f" {statistics.median(run[1] for run in runs):.1f} s of processor time;"
                f" at most {max(run[2] for run in runs):.0f} MB of memory",
                f"heaviest article page: {weight(heaviest) / 1000:.0f} kB compressed with all it loads, without search;"
                f" its own HTML {compressed(heaviest) / 1000:.0f} kB ({heaviest.name})",
            ]
        )


if __name__ == "__main__":
    print(report(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT))
