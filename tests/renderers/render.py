"""Builds the Markdown tree of an archive with other renderers, and tells how their sites differ from ours.

    python tests/renderers/render.py SITE TREE WORK ZENSICAL PROPERDOCS

SITE is our site, TREE what `archive generate` wrote, WORK a folder for what is made; then the two programs. Ends with 1
where a page or a link is lost that `known-losses.txt` does not state.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from comparing import differences, known, unknown

HERE = Path(__file__).resolve().parent
SHOWN = 20
LOST = ("page", "link", "broken", "title")


def settings(tree: Path, site: Path, **more: Any) -> dict[str, Any]:
    """What both renderers are told."""
    return {
        "site_name": "Archive",
        "docs_dir": str(tree),
        "site_dir": str(site),
        "use_directory_urls": False,
        "markdown_extensions": ["footnotes", "tables"],
        **more,
    }


def build(name: str, program: str, tree: Path, work: Path) -> Path:
    """The site that a renderer makes of the tree. Raises CalledProcessError."""
    work.mkdir(parents=True, exist_ok=True)
    site = work / name
    shutil.rmtree(site, ignore_errors=True)
    config = work / f"{name}.yml"
    if name == "zensical":
        # Zensical reads its folders relative to the settings.
        said = settings(tree.relative_to(work), site.relative_to(work))
        command = [program, "build", "-c", "-f", str(config)]
    else:
        said = settings(tree, site, theme={"name": "mkdocs"}, plugins=[], hooks=[str(HERE / "hooks.py")])
        command = [program, "build", "-q", "-f", str(config)]
    config.write_text(json.dumps(said), encoding="utf-8")  # JSON is YAML
    subprocess.run(command, check=True, cwd=work)
    return site


def main(ours: Path, tree: Path, work: Path, programs: dict[str, str]) -> int:
    """Build and compare. Returns 1 if something is lost that is not stated."""
    lost = 0
    for name, program in programs.items():
        found = list(differences(ours, build(name, program, tree, work)))
        left = unknown(found, known(HERE / "known-losses.txt"))
        counts = Counter(one.kind for one in left)
        print(f"{name}: {len(found)} differences, {len(left)} of them not stated: {dict(sorted(counts.items()))}")
        for one in left[:SHOWN]:
            print(f"  {one.kind} {one.page} {one.target}")
        lost += sum(counts[kind] for kind in LOST)
    return 1 if lost else 0


if __name__ == "__main__":
    _, site, tree, work, zensical, properdocs = sys.argv
    folders = Path(site).resolve(), Path(tree).resolve(), Path(work).resolve()
    sys.exit(main(*folders, {"zensical": zensical, "properdocs": properdocs}))
