"""The golden archive: from captures to pages, all of it compared with what stands in `expected/`.

`make golden` writes `expected/` again; the difference is reviewed like any other change.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from annotated_archive import pages
from annotated_archive.check import CATALOGUE
from annotated_archive.graph import resolve
from annotated_archive.store import load
from language import ArchiveText

HERE = Path(__file__).parent
MINI, EXPECTED = HERE / "mini", HERE / "expected"
INGEST = (
    ("shells-fall-on-velm.txt", "--source", "valley-gazette", "--date", "2030-05-13", "--date-source", "inferred",
     "--url", "https://gazette.example/velm?a=1&b=2", "--language", "en"),
    ("hostile.txt", "--title", "A headline with <script>alert(1)</script> and {{ 7*7 }} in it", "--language", "en",
     "--author", "<b>A. Hand</b>"),
)  # fmt: skip
WRITTEN = ("archive/articles", "archive/ledgers", "archive/originals/manifest-sha256.txt")
SETTINGS = pages.Settings(
    name="The Amber Valley archive",
    contact="contact@archive.example",
    repo_url="https://forge.example/amber/valley",
    sides=("ostland", "westmark"),
    as_of="1 June 2031",
)


def made() -> dict[str, str]:
    """Everything that comes of the golden archive, as path below `expected/` → text."""
    with tempfile.TemporaryDirectory() as folder:
        mini = ArchiveText(Path(folder) / "mini")
        shutil.copytree(MINI, mini.root)
        commands = [("ingest", f"captures/{name}", *options) for name, *options in INGEST]
        log = []
        for command in (*commands, ("link",), ("check",), *commands, ("link",)):
            result = mini.run(*command)
            log.append(f"$ archive {' '.join(command)}\n{result.stdout}{result.stderr}exit {result.exit}\n")
        files = {"log.txt": "\n".join(log)}
        for path, data in mini.files().items():
            if path.startswith(WRITTEN):
                files[path] = data.decode("utf-8")
        files |= {f"pages/{path}": text for path, text in _pages(mini.root)}
    return files


def _pages(root: Path) -> Iterator[tuple[str, str]]:
    graph = resolve(load(root))
    rules = [(rule.id, rule.finds, rule.why, "") for rule in list(CATALOGUE.values())[:3]]
    for page in pages.pages(graph, SETTINGS, rules=rules):
        head = f"<!-- {page.kind}: {page.title}\n{page.description}\n{page.source or 'generated'} -->\n"
        yield page.path.removesuffix(".md") + ".html", head + _short(page.html)
    for name, doc in graph.archive.docs.items():
        yield name, pages.doc_markdown(graph, SETTINGS, doc)
    yield "home.html", _short(pages.home_html(graph, SETTINGS))


def _short(html: str) -> str:
    """The HTML with the outlines of maps by their checksums, and one newline at its end."""
    path = re.compile(r'(?<= d=")[^"]{200,}(?=")')
    return path.sub(lambda m: f"sha256:{sha256(m.group().encode()).hexdigest()[:16]}", html).rstrip("\n") + "\n"


def expected() -> dict[str, str]:
    """What stands in `expected/`."""
    files = (path for path in sorted(EXPECTED.rglob("*")) if path.is_file())
    return {path.relative_to(EXPECTED).as_posix(): path.read_bytes().decode("utf-8") for path in files}


def main() -> int:
    """Write `expected/` again and say what changed."""
    new, old = made(), expected()
    if EXPECTED.exists():
        shutil.rmtree(EXPECTED)
    for path, text in new.items():
        target = EXPECTED / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode("utf-8"))
    changed = sorted(path for path in new.keys() | old.keys() if new.get(path) != old.get(path))
    for path in changed:
        print(f"{'added' if path not in old else 'removed' if path not in new else 'changed'} {path}")
    print(f"{len(new)} files, {len(changed)} changed; `git diff tests/golden/expected` shows how.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
