"""Races other programs that make sites of texts, on the same texts and in one run: Hugo with Pagefind, Material for
MkDocs, Zensical, and this one.

`python tests/bench/peers.py [SHARED] [ARTICLES]`, which is what `make bench-peers` runs: on all speeches where SHARED
holds them, on generated texts elsewhere. The others are installed, in the versions that `PACKAGES` names, into an
environment of their own in `build/bench/peers`. Each gets the articles as Markdown files with title and date, and makes
a page of each, a page of each place with links to the articles that name it, and a search over all of it; it does
nothing of what this program does besides. `docs/about/scale.md` shows the table of a run on all speeches.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from bench import costs, texts
from bench.scale import OUT, PAGE, ROOT, archive_of, command, machine, section

PACKAGES = {
    "hugo": "0.168.0", "pagefind": "1.5.2", "pagefind_bin": "1.5.2", "mkdocs": "1.6.1", "mkdocs-material": "9.8.1",
    "zensical": "0.0.73",
}  # fmt: skip
SECTION = "Beside other programs"
_QUIET = {"NO_MKDOCS_2_WARNING": "1"}
_MARKUP = str.maketrans({"<": "&lt;", "{": "&#123;", "[": "\\[", "*": "\\*", "_": "\\_", "`": "\\`"})

HUGO = """\
baseURL = "https://archive.example/"
title = "An archive to measure on"
disableKinds = ["RSS", "sitemap", "robotsTXT", "404"]
[taxonomies]
  place = "places"
[markup.goldmark.renderer]
  unsafe = false
"""
_PAGE = (
    "<!doctype html><html lang=en><head><meta charset=utf-8><title>{{ .Title }}</title></head><body>"
    "<main data-pagefind-body><h1>{{ .Title }}</h1>%s</main></body></html>"
)
_LISTED = '<ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>'
LAYOUTS = {
    "single.html": _PAGE % (
        "{{ .Content }}<ul>{{ range .GetTerms \"places\" }}<li><a href=\"{{ .RelPermalink }}\">{{ .Title }}</a></li>"
        "{{ end }}</ul>"
    ),
    "list.html": _PAGE % _LISTED, "term.html": _PAGE % _LISTED, "taxonomy.html": _PAGE % _LISTED,
    "home.html": _PAGE % _LISTED,
}  # fmt: skip
MKDOCS = """\
site_name: An archive to measure on
use_directory_urls: false
nav:
  - Home: index.md
not_in_nav: |
  /articles/
  /places/
validation:
  links:
    anchors: ignore
theme:
  name: material
plugins:
  - search
"""


class Text(NamedTuple):
    """An article as the others get it: what its front matter says, and its body as Markdown."""

    id: str
    title: str
    date: str
    places: list[str]
    body: str


class Race(NamedTuple):
    """A program's run: what ran, its settings in words, what it cost, and the files and bytes of what it made."""

    name: str
    settings: str
    cost: costs.Cost
    files: int
    size: int


def read(archive: Path) -> list[Text]:
    """The articles of an archive, the marks of Markdown in their words made harmless."""
    found = []
    for path in sorted((archive / "archive/articles").iterdir()):
        front, _, body = path.read_text("utf-8").partition("\n---\n")
        title, date = (re.search(rf"^{key}: \"?(.+?)\"?$", front, re.M) for key in ("title", "date"))
        listed = re.search(r"^places:\n((?:  - .+\n)+)", front, re.M)
        places = re.findall(r"- (.+)", listed.group(1)) if listed else []
        blocks = [re.sub(r"^([-+#>=]|\d+[.)])", r"\\\1", one) for one in body.strip().translate(_MARKUP).split("\n\n")]
        assert title and date
        found.append(Text(path.stem, title.group(1), date.group(1), places, "\n\n".join(blocks)))
    return found


def hugo_tree(root: Path, articles: list[Text]) -> None:
    """The articles for Hugo, with the barest theme there can be; places are a taxonomy."""
    for name, text in {"hugo.toml": HUGO, **{f"layouts/{name}": text for name, text in LAYOUTS.items()}}.items():
        _write(root / name, text)
    for one in articles:
        front = json.dumps({"title": one.title, "date": one.date, "places": one.places}, ensure_ascii=False)
        _write(root / f"content/articles/{one.id}.md", f"{front}\n\n{one.body}\n")


def mkdocs_tree(root: Path, articles: list[Text]) -> None:
    """The articles for MkDocs and Zensical; the pages of places are written here, for neither makes them."""
    naming: dict[str, list[Text]] = defaultdict(list)
    for one in articles:
        links = "".join(f"- [{place}](../places/{place}.md)\n" for place in one.places)
        _write(
            root / f"docs/articles/{one.id}.md",
            f"---\ntitle: {json.dumps(one.title)}\n---\n\n# {one.title}\n\n{one.date}\n\n{one.body}\n\n{links}",
        )
        for place in one.places:
            naming[place].append(one)
    for place, those in sorted(naming.items()):
        links = "".join(f"- [{one.title}](../articles/{one.id}.md)\n" for one in those)
        _write(root / f"docs/places/{place}.md", f"# {place}\n\n{links}")
    links = "".join(f"- [{place}](places/{place}.md)\n" for place in sorted(naming))
    _write(root / "docs/index.md", f"# An archive to measure on\n\n{links}")
    _write(root / "mkdocs.yml", MKDOCS)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def environment() -> Path:
    """The folder of the programs of the others' environment, made if it is not there. Needs a package index."""
    folder, wanted = OUT / "peers", [f"{name}=={version}" for name, version in PACKAGES.items()]
    ready = folder / ".ready"
    if not ready.exists() or ready.read_text("utf-8") != "\n".join(wanted):
        venv.create(folder, clear=True, with_pip=True)
        subprocess.run([str(folder / "bin/python"), "-m", "pip", "install", "-q", *wanted], check=True)
        ready.write_text("\n".join(wanted), "utf-8")
    return folder / "bin"


def race(archive: Path) -> list[Race]:
    """Let each program make its site of the archive's texts, one after the other, each from nothing."""
    programs, articles = environment(), read(archive)
    done: list[Race] = []
    with tempfile.TemporaryDirectory(dir=OUT) as name:
        folder = Path(name)
        hugo, plain = folder / "hugo", folder / "plain"
        hugo_tree(hugo, articles)
        mkdocs_tree(plain, articles)
        own = folder / "own"
        shutil.copytree(archive, own)
        del articles

        def enter(who: str, settings: str, words: list[str], where: Path, out: Path, told: Mapping[str, str]) -> None:
            ran = costs.run(words, where, folder / "log", told)
            done.append(Race(who, settings, ran.cost, *costs.size(out)))
            print(f"  {who}: {ran.cost}; {done[-1].files:,} files, {done[-1].size / 1e6:,.0f} MB", flush=True)

        python = str(programs / "python")
        version: Callable[[str], str] = PACKAGES.__getitem__
        enter(
            f"Hugo {version('hugo')}", "a theme of five bare templates, places as a taxonomy",
            [str(programs / "hugo"), "--quiet"], hugo, hugo / "public", {},
        )  # fmt: skip
        enter(
            f"Pagefind {version('pagefind')}", "over Hugo's site, one index, as it comes",
            [python, "-m", "pagefind", "--site", "public", "--quiet"], hugo, hugo / "public/pagefind", {},
        )  # fmt: skip
        enter(
            f"MkDocs {version('mkdocs')} with Material {version('mkdocs-material')}",
            "plain, the articles out of the navigation, its own search; the pages of places written beforehand",
            [python, "-m", "mkdocs", "build", "--quiet"], plain, plain / "site", _QUIET,
        )  # fmt: skip
        shutil.rmtree(plain / "site")
        enter(
            f"Zensical {version('zensical')}", "the same files and configuration, its own search",
            [str(programs / "zensical"), "build", "--clean"], plain, plain / "site", _QUIET,
        )  # fmt: skip
        enter(
            "this program", "`archive build --strict`, with nothing kept of an earlier one",
            command("build", "--strict", "-C", str(own)), ROOT, own / "site", {},
        )  # fmt: skip
    return done


def table(done: list[Race]) -> str:
    """The runs as Markdown."""
    out = "| Program | Settings | Seconds | of processor time | Peak of the largest process | Files | Size |\n"
    out += "| --- | --- | ---: | ---: | ---: | ---: | ---: |\n"
    for who, settings, cost, files, size in done:
        out += (
            f"| {who} | {settings} | {cost.wall:.1f} | {cost.cpu:.1f} | {cost.peak:,.0f} MB | {files:,}"
            f" | {size / 1e6:,.0f} MB |\n"
        )
    return out


def main() -> None:
    given = sys.argv[1:]
    shared = next((Path(word).resolve() for word in given if (Path(word) / texts.SPEECHES).exists()), None)
    sizes = [word for word in given if word.isdigit()]
    size = int(sizes[0]) if sizes else None if shared else 10_000
    archive = archive_of(size, shared)
    count = sum(1 for _ in (archive / "archive/articles").iterdir())
    print(f"{count:,} articles", flush=True)
    done = race(archive)
    kind = "speeches of the UN General Debate" if shared else "generated texts"
    report = f"On {count:,} {kind}, one after the other in one run; {machine()}.\n\n{table(done)}"
    (OUT / "peers.md").write_text(report, "utf-8")
    print(f"\n{report}")
    if shared:
        section(PAGE, SECTION, report)


if __name__ == "__main__":
    main()
