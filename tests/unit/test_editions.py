"""The two editions: the public one holds no word of a withheld text but those it may quote, wherever one looks."""

from __future__ import annotations

import contextlib
import gzip
import html
import io
import re
import shutil
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from annotated_archive.records import yamlio
from annotated_archive.site.comparing import compare
from annotated_archive.site.editions import BANNER
from annotated_archive.site.renderer import SiteError
from annotated_archive.site.serve import Workshop, serve
from language import ArchiveText, Files, archive, article, event, place, sha256, site_files, withheld, works
from searchdata import unscript

SITE = """
    === mkdocs.yml
    site_name: Test archive
    site_url: https://archive.example/
    repo_url: https://github.com/example/archive
    use_directory_urls: false
    nav: [index.md]
    theme: {name: material}
    plugins: [annotated-archive]
    extra: {archive: {contact: editors@archive.example}}

    === docs/index.md
    # Home

    News of Goris.
"""
OPEN = "Shells fell on Goris in the night."
LENT = (
    "Marvolent herders near Goris counted thirtyseven lanterns along the dusky ridge before daybreak.\n\n"
    "Officials of the crellish ministry said 49 soldiers died beneath the amberine watchtower on Tuesday.\n\n"
    "Vintolian envoys refused any tressled bargain until the ferrymen had quarrelled over their lost copperware."
)
SEALED = (
    "Brindlewood cellars hid ninetyfour parchments from Goris while the obdurine magistrate slept.\n\n"
    "Quillonian sentries whispered of a marbled causeway that nobody in Velm had ever crossed alone."
)
QUOTED = ("49 soldiers died beneath the amberine watchtower", "tressled bargain")
"""The words of `LENT` that public annotations quote."""
ASIDE = "Subscribe now for peltaric newsletters every gossamer morning"


RARE = {"marvolent", "crellish", "vintolian", "copperware", "brindlewood", "obdurine", "quillonian", "peltaric"}
"""Words that stand nowhere else: an index of words must not hold them either."""


def note(article: str, identifier: str, exact: str | None, folder: str = "archive", **fields: Any) -> Files:
    """An annotation on words of an article, or on it as a whole."""
    target = {"part": "body", "exact": exact} if exact else {}
    record = {
        "id": identifier, "kind": "note", "article": article, "targets": [target],
        **({} if "claim" in fields else {"body": "What a reader thinks."}),
        "author": {"name": "A reader"}, "created": "2022-09-14T10:00:00Z", "license": "CC-BY-4.0", "status": "open",
    } | fields  # fmt: skip
    return {f"{folder}/annotations/{article}/{identifier}.yml": yamlio.write(record)}


CLAIM = {
    "event": "the-raid", "measure": "deaths", "subject": {"all": True, "category": "servicemen"},
    "value": {"number": 49, "as_written": "49 soldiers"}, "as_of": "2022-09-13", "claimant": "goris",
    "stance": "third-party",
}  # fmt: skip
BASE: Files = {
    **place("goris"), **place("velm"), **event("the-raid"), **works("a-work"), **article("open", OPEN),
    **note("lent", "noteaaaa", QUOTED[1]), **note("sealed", "noteeeee", None),
    **note("lent", "claimaaa", QUOTED[0], kind="claim", claim=CLAIM),
}  # fmt: skip


def kept(identifier: str, body: str, *more: Any) -> Files:
    """An article whose text is withheld; words that were set aside stand in its ledger and its original."""
    whole = f"{ASIDE}\n\n"
    original = {"path": f"{identifier}.txt", "sha256": sha256(whole + body), "capture": "unknown"}
    files = withheld(identifier, body, *more, title=f"The {identifier} article", original=original)
    ledger = yamlio.read(str(files[f"private/ledgers/{identifier}.yml"]), "").data
    ledger["original"]["sha256"] = sha256(whole + body)
    ledger["spans"] = [
        {"start": 0, "end": len(whole), "rule": "promotion", "reason": "Not its own.", "text": whole, "replacement": ""}
    ]
    private = {
        f"private/ledgers/{identifier}.yml": yamlio.write(ledger),
        f"private/originals/{identifier}.txt": whole + body,
    }
    return files | private


RECORD: Files = {
    **BASE, **kept("lent", LENT, "excerpt", 0.5), **kept("sealed", SEALED),
    **note("sealed", "noteffff", "marbled causeway that nobody", folder="private"),
    **note("lent", "notegggg", "thirtyseven lanterns along the dusky ridge", folder="private"),
}  # fmt: skip
FULL: Files = {**BASE, **article("lent", LENT), **article("sealed", SEALED)}


def unpacked(path: str, data: bytes) -> Iterator[str]:
    """Whatever can be read in a file, and in what is packed in it, as text."""
    yield data.decode("utf-8", "ignore")
    if data.startswith(b"\xff\xfea\0a\0D\0"):
        yield from unpacked("search data", unscript(data)[1])
    if data.startswith(b"\x1f\x8b"):
        yield from unpacked("unzipped", gzip.decompress(data))
    with contextlib.suppress(zlib.error):
        yield zlib.decompress(data).decode("utf-8", "ignore")
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for name in packed.namelist():
                yield name
                yield from unpacked(name, packed.read(name))
    if data.startswith(b"SQLite format 3"):
        with contextlib.closing(sqlite3.connect(":memory:")) as tables:
            tables.deserialize(data)
            for (table,) in tables.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                for row in tables.execute(f'SELECT * FROM "{table}"').fetchall():
                    for value in row:
                        yield from unpacked("row", value) if isinstance(value, bytes) else [str(value)]


def everything(*folders: Path) -> str:
    """All words of all files below some folders, in their order, however they are written."""
    words: list[str] = []
    for folder in folders:
        assert folder.is_dir()
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            words.append(path.name)
            for text in unpacked(path.name, path.read_bytes()):
                plain = html.unescape(unquote(re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), text)))
                for tags in ("", " "):
                    words += re.findall(r"\w+", re.sub(r"<[^>]*>", tags, plain).casefold())
    return f" {' '.join(words)} "


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def runs(text: str, length: int = 4) -> set[str]:
    """Every run of so many words in a text."""
    words = words_of(text)
    return {" ".join(words[i : i + length]) for i in range(len(words) - length + 1)}


def leaks(found: str) -> set[str]:
    """What of the withheld texts stands in some output beyond what may be quoted: runs of words, and rare words."""
    allowed = set().union(*(runs(words) for words in QUOTED))
    secret = set().union(*(runs(text) for text in (LENT, SEALED, ASIDE))) - allowed
    return {words for words in secret | RARE if f" {words} " in found}


def built(made: ArchiveText, *command: str) -> None:
    done = made.run(*command)
    assert (done.exit, done.stderr) == (0, "")


def published(made: ArchiveText) -> str:
    """Everything that the commands write for the public, and what they keep for themselves."""
    built(made, "build", "--strict")
    built(made, "search", "goris")
    built(made, "bundle")
    for form in ("jsonld", "csv", "bagit"):
        shutil.rmtree(made.root / "exported" / form, ignore_errors=True)
        built(made, "export", form, "--to", f"exported/{form}")
    built(made, "generate", "--to", "generated")
    return everything(*(made.root / folder for folder in ("site", "build", "exported", "generated")))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> ArchiveText:
    """An archive whose texts were published in full before they were withheld; every cache holds them."""
    made = archive(tmp_path_factory.mktemp("editions"), SITE, FULL)
    built(made, "link")
    before = published(made)
    assert {"brindlewood", "marvolent"} <= leaks(before)
    for name in ("ledgers/lent.yml", "ledgers/sealed.yml", "originals/lent.txt", "originals/sealed.txt"):
        (made.root / "archive" / name).unlink()
    (made.root / "archive/originals/manifest-sha256.txt").unlink()
    shutil.rmtree(made.root / "exported")
    shutil.rmtree(made.root / "generated")
    made.write(RECORD)
    built(made, "link")
    assert made.check() == []
    return made


def test_the_public_edition_holds_no_words_of_a_withheld_text(made: ArchiveText) -> None:
    built(made, "build", "--edition", "private")  # which must leave nothing to the public one
    found = published(made)
    assert leaks(found) == set()
    assert all(f" {' '.join(words_of(words))} " in found for words in QUOTED)  # what may be quoted is
    assert "private/" not in "".join(path for path in made.files() if not path.startswith("private/"))


def test_nor_where_it_lies_about_in_the_folders(made: ArchiveText) -> None:
    stray: Files = {
        "docs/.sealed.md.swp": SEALED, "archive/articles/.sealed.md": SEALED, "archive/.lent": LENT,
        "archive/texts/sealed.txt": SEALED, "archive/annotations/sealed/.draft.yml": SEALED,
    }  # fmt: skip
    made.write(stray)
    try:
        found = published(made)
        assert leaks(found) == set()
    finally:
        for name in stray:
            (made.root / name).unlink()


def test_the_public_edition_needs_nothing_private(made: ArchiveText, tmp_path: Path) -> None:
    copy = ArchiveText(tmp_path / "copy")
    shutil.copytree(made.root, copy.root, ignore=shutil.ignore_patterns("private", "build", "site", "exported"))
    assert copy.check() == []
    before = copy.files()
    built(copy, "link")
    assert copy.files() == before
    built(copy, "build", "--strict")
    built(made, "build", "--strict")
    ours, theirs = ({p: d for p, d in one.files().items() if p.startswith("site/")} for one in (made, copy))
    assert ours == theirs


def test_a_link_to_what_is_private_is_refused(made: ArchiveText) -> None:
    for name, target in (("docs/kept", "private"), ("docs/text.txt", "private/texts/sealed.txt")):
        (made.root / name).symlink_to(made.root / target)
        done = made.run("build")
        (made.root / name).unlink()
        assert done.exit == 1
        assert f"{name}:1:1: FILE-LINK" in done.stderr


@pytest.mark.parametrize(
    ("files", "rule"),
    [
        ({"archive/articles/sealed.md": f"\n{SEALED}\n"}, "ARTICLE-BODY"),
        ({"archive/ledgers/sealed.yml": RECORD["private/ledgers/sealed.yml"]}, "RIGHTS-LEDGER"),
        ({"archive/originals/copy.txt": RECORD["private/originals/sealed.txt"]}, "ORIGINAL-UNLISTED"),
        (note("sealed", "notehhhh", "marbled causeway"), "RIGHTS-QUOTE"),
        (note("lent", "notehhhh", LENT.split("\n\n")[0], targets=[
            {"part": "body", "exact": part} for part in LENT.split("\n\n")]), "RIGHTS-SHARE"),
    ],
)  # fmt: skip
def test_nothing_is_built_of_a_record_that_shows_too_much(
    made: ArchiveText, tmp_path: Path, files: Files, rule: str
) -> None:
    copy = ArchiveText(tmp_path / "copy")
    shutil.copytree(made.root, copy.root, ignore=shutil.ignore_patterns("private", "build", "site", "exported"))
    for path, data in files.items():
        there = copy.file(path) if (copy.root / path).is_file() else ""
        copy.write({path: f"{there}{data if isinstance(data, str) else data.decode()}"})
    done = copy.run("build")
    assert done.exit == 1
    assert rule in done.stderr
    assert not (copy.root / "site").exists()


def test_the_private_edition_shows_everything_and_says_so(made: ArchiveText) -> None:
    done = made.run("build", "--edition", "private", "--strict")
    assert (done.exit, done.stderr) == (0, "")
    assert done.stdout == "The private edition is in private/site: open private/site/index.html.\n"
    site = made.root / "private/site"
    found = everything(site)
    for text in (LENT, SEALED, ASIDE):
        assert all(f" {words} " in found for words in runs(text) if words in f" {' '.join(words_of(text))} ")
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 5
    for page in pages:
        text = page.read_text("utf-8")
        assert BANNER in text
        assert re.search(r'<meta name="robots" content="noindex', text)
    assert (site / "robots.txt").read_text("utf-8") == "User-agent: *\nDisallow: /\n"
    assert not (site / "sitemap.xml").exists()
    sealed = (site / "articles/sealed.html").read_text("utf-8")
    assert "marbled causeway that nobody" in re.sub(r"<[^>]*>", "", sealed)
    assert 'id="annotate"' not in sealed  # what a form there proposes would be public
    assert 'id="annotate"' in (site / "articles/open.html").read_text("utf-8")
    assert "github.com/example/archive/edit/main/private" not in found
    assert (made.root / "private/build/search").is_dir()


def test_the_public_edition_says_nothing_of_being_private(made: ArchiveText) -> None:
    built(made, "build")
    for page in (made.root / "site").rglob("*.html"):
        text = page.read_text("utf-8")
        assert BANNER not in text
        assert ('name="robots"' in text) == (page.name == "404.html")


def test_which_of_two_originals_is_private_is_seen_on_the_other_pages(tmp_path: Path) -> None:
    from annotated_archive.site.build import build

    first, second = "Nobody knows at all.", "The raid went on for days."
    whole = f"{first}\n\n{second}"
    made = archive(tmp_path / "archive", site_files("# Home\n"), article("one", first), article("two", second))

    def ledger(of: str, name: str, start: int, end: int) -> str:
        span = {"start": start, "end": end, "rule": "by-hand", "reason": "Another article.", "text": whole[start:end]}
        original = {"path": name, "sha256": sha256(whole), "encoding": "utf-8", "bom": False}
        return yamlio.write({"article": of, "original": original, "spans": [{**span, "replacement": ""}]})

    def capture(name: str, private: bool) -> dict[str, Any]:
        return {"path": name, "sha256": sha256(whole), "capture": "unknown", **({"kept": "private"} if private else {})}

    def keep(shared: bool, folder: Path) -> Path:
        """Take `one` from two captures, of which one is private; `two` from that which both share."""
        one = article("one", first, original=capture("shared.txt", shared), captures=[capture("other.txt", not shared)])
        two = article("two", second, original=capture("shared.txt", False))
        made.write({name: text for name, text in (one | two).items() if name.startswith("archive/articles/")})
        made.run("link")
        build(made.root, made.root / "private/site", strict=False, private=True)
        clean = ArchiveText(folder)
        shutil.copytree(made.root, folder, ignore=shutil.ignore_patterns("build", "site"))
        build(clean.root, clean.root / "private/site", strict=False, private=True)
        return clean.root / "private/site"

    made.write({
        "archive/originals/shared.txt": whole, "archive/originals/other.txt": whole,
        "archive/ledgers/one.yml": ledger("one", "shared.txt", len(first), len(whole)),
        "archive/ledgers/one.2.yml": ledger("one", "other.txt", len(first), len(whole)),
        "archive/ledgers/two.yml": ledger("two", "shared.txt", 0, len(first) + 2),
        "archive/originals/manifest-sha256.txt": f"{sha256(whole)}  other.txt\n{sha256(whole)}  shared.txt\n",
    })  # fmt: skip
    for name in ("one", "two"):
        (made.root / f"archive/originals/{name}.txt").unlink()
    (made.root / "private").mkdir()
    for number, shared in enumerate((True, False, True)):
        clean = keep(shared, tmp_path / str(number))
        assert list(compare(made.root / "private/site", clean)) == []


def test_the_private_edition_goes_nowhere_else(made: ArchiveText) -> None:
    from annotated_archive.site.build import build

    with pytest.raises(SiteError, match="no place for the private edition"):
        build(made.root, made.root / "site", strict=False, private=True)
    with pytest.raises(SiteError, match="on this computer only"):
        serve(made.root, "0.0.0.0", 0, private=True)


def test_a_folder_of_pages_that_holds_what_is_private_is_refused(made: ArchiveText, tmp_path: Path) -> None:
    copy = ArchiveText(tmp_path / "copy")
    shutil.copytree(made.root, copy.root, ignore=shutil.ignore_patterns("build", "site", "exported"))
    for folder in ("private/texts", "."):
        copy.write({"mkdocs.yml": made.file("mkdocs.yml") + f"docs_dir: {folder}\nsite_dir: ../elsewhere\n"})
        done = copy.run("build")
        assert done.exit == 1
        assert not (copy.root / "site").exists()


def test_a_private_text_that_changes_is_served_anew(made: ArchiveText, tmp_path: Path) -> None:
    copy = ArchiveText(tmp_path / "copy")
    shutil.copytree(made.root, copy.root, ignore=shutil.ignore_patterns("build", "site", "exported"))
    workshop = Workshop(copy.root, tmp_path / "served", private=True)
    workshop.build()
    page = tmp_path / "served/articles/sealed.html"
    assert "What a keeper thinks" not in page.read_text("utf-8")
    copy.write(note("sealed", "notehhhh", "parchments", folder="private", body="What a keeper thinks."))
    workshop.build(whole=False)
    assert "What a keeper thinks" in page.read_text("utf-8")
    assert copy.root / "private/build" not in workshop.tops


def test_what_the_page_of_a_withheld_article_tells(made: ArchiveText) -> None:
    built(made, "build")
    site = made.root / "site"
    sealed = (site / "articles/sealed.html").read_text("utf-8")
    assert sha256(SEALED) in sealed
    assert f"{len(SEALED)} characters" in sealed
    assert "archive verify --text FILE sealed" in sealed
    assert "Of its author." in sealed
    assert 'data-e="velm"' in sealed  # its lists say who is named
    assert "The sealed article" in (site / "places/velm.html").read_text("utf-8")
    lent = (site / "articles/lent.html").read_text("utf-8")
    assert f"<q>{QUOTED[1]}</q>" in lent
    assert "at most 50% of it" in lent
    assert sha256(SEALED)[:16] in re.sub(r"<[^>]*>", "", sealed).rpartition("Cite this page")[2]
