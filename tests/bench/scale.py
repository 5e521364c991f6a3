"""Measures how the build grows: archives of 100, 1,000 and 10,000 articles, built cold, and again after small changes.

`python tests/bench/scale.py [SHARED] [SIZE …]`, which is what `make bench` runs. The texts are the speeches where
SHARED holds them, else generated ones. Each build is a process of its own; its stages are what `archive build
--timings` says. A table and the picture of it go to `build/bench/`; `docs/about/scale.md` shows those of a run of all
sizes on the speeches, which brings it up to date.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from bench import costs, edits, loglog, texts

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
OUT = ROOT / "build/bench"
PAGE = ROOT / "docs/about/scale.md"
PICTURE = ROOT / "docs/assets/scale.svg"
SIZES = (100, 1_000, 10_000)
SECTION = "The last run"
COLD = "cold"
CHECK = "check"
_SHORT = 0.02
"""Seconds below which a stage says nothing of how it grows."""
_STAGE = re.compile(r"^([a-z]+)\t([0-9.]+)\t([0-9.]+)$", re.M)


class Built(NamedTuple):
    """What a build cost, and of each stage the seconds from start to end and those of processor time."""

    cost: costs.Cost
    stages: dict[str, tuple[float, float]]


Runs = dict[str, Built]
"""Every build of one archive: `cold`, and what changed before it → what it cost; `check` is that command's cost."""


def command(*words: str) -> list[str]:
    """`archive WORDS` as the program of this interpreter."""
    return [sys.executable, "-m", "annotated_archive", *words]


def stages(complained: str) -> dict[str, tuple[float, float]]:
    """What `--timings` printed: stage → seconds, and seconds of processor time."""
    return {name: (float(wall), float(cpu)) for name, wall, cpu in _STAGE.findall(complained)}


def archive_of(size: int | None, shared: Path | None) -> Path:
    """The folder of an archive of `size` articles (None: all speeches), made if there is none; not to be changed."""
    sources = [HERE / f"{name}.py" for name in ("archives", "cast", "texts")]
    made_by = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:12]
    many = str(size or "all")
    folder = OUT / "archives" / f"{'speeches' if shared else 'made'}-{many}-{made_by}"
    if not folder.exists():
        beside = folder.with_name(f".{folder.name}")
        shutil.rmtree(beside, ignore_errors=True)
        beside.parent.mkdir(parents=True, exist_ok=True)
        print(f"writing an archive of {many} articles", flush=True)
        words = [sys.executable, str(HERE / "archives.py"), str(beside), many, *([str(shared)] if shared else [])]
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
        beside.rename(folder)
    return folder


def measured(archive: Path) -> Runs:
    """Build a copy of an archive cold and after each of the changes, and check it."""
    runs: Runs = {}
    with tempfile.TemporaryDirectory(dir=OUT) as folder:
        root, log = Path(folder) / "archive", Path(folder) / "log"
        shutil.copytree(archive, root, ignore=shutil.ignore_patterns("build"))  # what was found when it was made
        told = edits.prepare(root)
        for name, change in {COLD: edits.nothing, **edits.EDITS}.items():
            change(root)
            ran = costs.run(command("build", "--strict", "--timings", "-C", str(root)), ROOT, log, told)
            runs[name] = Built(ran.cost, stages(ran.err))
            print(f"  {name}: {ran.cost}", flush=True)
        files, size = costs.size(root / "site")
        print(f"  the site: {files:,} files, {size / 1e6:,.0f} MB", flush=True)
        for name in ("build", "site"):
            shutil.rmtree(root / name)
        runs[CHECK] = Built(costs.run(command("check", "-C", str(root)), ROOT, log, told).cost, {})
        print(f"  check: {runs[CHECK].cost}", flush=True)
    return runs


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |\n"


def _head(*cells: str) -> str:
    return _row(*cells) + _row("---", *("---:" for _ in cells[1:]))


def _growth(points: Iterable[tuple[int, float]]) -> str:
    """The exponent b of seconds = a × articles^b, where there are enough points to tell."""
    fitted = loglog.fit([point for point in points if point[1] >= _SHORT])
    return f"{fitted[1]:.2f}" if fitted else "–"


def table(results: dict[int, Runs]) -> str:
    """The measurements as Markdown: the whole builds, the stages of a cold one, and those after a change."""
    sizes = sorted(results)
    out = _head("What", *(f"{size:,} articles" for size in sizes), "grows as *n* to the")
    for name in (COLD, *edits.EDITS, CHECK):
        label = {COLD: "cold build", CHECK: "`archive check`, cold"}.get(name, f"after a change: {name}")
        label = {"nothing": "again, nothing changed"}.get(name, label)
        cells = [results[size][name].cost for size in sizes]
        shown = [f"{cost.wall:.1f} s ({cost.cpu:.1f}), {cost.peak:,.0f} MB" for cost in cells]
        out += _row(label, *shown, _growth(zip(sizes, (cost.wall for cost in cells), strict=True)))
    out += "\nThe stages of a cold build, in seconds:\n\n"
    out += _head("Stage", *(f"{size:,} articles" for size in sizes), "grows as *n* to the")
    for stage in results[sizes[-1]][COLD].stages:
        spent = [results[size][COLD].stages.get(stage, (0.0, 0.0)) for size in sizes]
        shown = [f"{wall:.2f} ({cpu:.2f})" for wall, cpu in spent]
        out += _row(stage, *shown, _growth(zip(sizes, (wall for wall, _ in spent), strict=True)))
    out += f"\nThe stages after a change, at {sizes[-1]:,} articles, in seconds:\n\n"
    out += _head("Stage", *(name.removeprefix("one ").removeprefix("a ") for name in edits.EDITS))
    for stage in results[sizes[-1]][COLD].stages:
        spent = [results[sizes[-1]][name].stages.get(stage, (0.0, 0.0)) for name in edits.EDITS]
        out += _row(stage, *(f"{wall:.2f} ({cpu:.2f})" for wall, cpu in spent))
    return out


def picture(results: dict[int, Runs]) -> str:
    """The measurements as an SVG file: the stages of a cold build, and the builds after a change."""
    sizes = sorted(results)

    def line(name: str, of: list[float], whole: bool = False) -> loglog.Line:
        points = [(size, seconds) for size, seconds in zip(sizes, of, strict=True) if seconds >= _SHORT]
        return loglog.Line(name, points, whole)

    colds = [results[size][COLD] for size in sizes]
    whole = line("cold build", [built.cost.wall for built in colds], True)
    parts = [line(stage, [built.stages.get(stage, (0, 0))[0] for built in colds]) for stage in colds[-1].stages]
    after = [line(name, [results[size][name].cost.wall for size in sizes]) for name in edits.EDITS]
    panels = [
        ("A cold build and its stages", [whole, *(part for part in parts if part.points)]),
        ("The build after a change", [whole, *after]),
    ]
    about = "Seconds that a build takes against the number of articles, both on logarithmic scales"
    return loglog.picture(about, panels, "articles", "seconds")


def machine() -> str:
    """What this was measured on: processor, cores, memory, system, Python, and the commit."""
    processor, memory = platform.processor() or platform.machine(), ""
    if (known := Path("/proc/cpuinfo")).exists():
        found = re.search(r"^model name\s*: (.+)$", known.read_text(), re.M)
        processor = found.group(1) if found else processor
        kilobytes = re.search(r"^MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text(), re.M)
        memory = f", {int(kilobytes.group(1)) / 1e6:.0f} GB of memory" if kilobytes else ""
    git = ["git", "-C", str(ROOT), "describe", "--always", "--dirty"]
    commit = subprocess.run(git, capture_output=True, text=True, check=False).stdout.strip() or "unknown"
    day = datetime.date.today()
    return (
        f"{day.day} {day:%B %Y}, commit {commit}, {os.cpu_count()} cores ({processor}){memory}, {platform.system()},"
        f" Python {platform.python_version()}"
    )


def section(page: Path, heading: str, text: str) -> None:
    """Put `text` in place of what stands under a heading of second rank. Raises ValueError if there is no such one."""
    before, mark, rest = page.read_text("utf-8").partition(f"\n## {heading}\n")
    if not mark:
        raise ValueError(f"{page} has no heading {heading}")
    _, following, after = rest.partition("\n## ")
    page.write_text(f"{before}{mark}\n{text.strip()}\n{following}{after}", "utf-8")


def main() -> None:
    given = sys.argv[1:]
    sizes = [int(word.replace(",", "")) for word in given if word.replace(",", "").isdigit()] or list(SIZES)
    folders = [Path(word).resolve() for word in given if not word.replace(",", "").isdigit()]
    shared = next((folder for folder in folders if (folder / texts.SPEECHES).exists()), None)
    kind = "speeches of the UN General Debate" if shared else "generated texts"
    results = {}
    for size in sorted(sizes):
        archive = archive_of(size, shared)
        print(f"{size:,} {kind}", flush=True)
        results[size] = measured(archive)
    OUT.mkdir(parents=True, exist_ok=True)
    report = (
        f"Measured on {machine()}, on {kind}. Seconds from start to end, in brackets those of processor time, and the"
        f" peak of the largest process.\n\n{table(results)}"
    )
    (OUT / "scale.md").write_text(report, "utf-8")
    (OUT / "scale.svg").write_text(picture(results), "utf-8")
    (OUT / "scale.json").write_text(json.dumps(results, indent=1), "utf-8")
    print(f"\n{report}")
    if shared and tuple(sorted(results)) == SIZES:
        about = "Seconds of a build against the number of articles, on logarithmic scales; the tables have the figures"
        section(PAGE, SECTION, f"![{about}](../assets/{PICTURE.name})\n\n{report}")
        shutil.copyfile(OUT / "scale.svg", PICTURE)


if __name__ == "__main__":
    main()
