"""One download: what is in it, what never is, that it can be verified, and that it is the same each time."""

from __future__ import annotations

import contextlib
import datetime
import os
import re
import shutil
import stat
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotated_archive import pages
from annotated_archive.graph import resolve
from annotated_archive.records import yamlio
from annotated_archive.site import bundle as bundling
from annotated_archive.site.bundling import naming, zipped
from annotated_archive.site.bundling.readme import readme
from annotated_archive.site.content import Content
from annotated_archive.site.plugin import settings
from annotated_archive.site.renderer import SiteError, configure, mkdocs_session
from annotated_archive.store import load
from language import ArchiveText, Files, actor, archive, article, place, sha256, site_files, works
from searchdata import unscript

NAME = "test-archive-2026-11-22"
SITE = site_files(
    "---\ntitle: Test archive\n---\n\nNews of Goris.\n", site_name="Test Archive", site_description="A test.",
    extra={"archive": {"contact": "objections@archive.example"}},
)  # fmt: skip
SECRET = "Words that nobody may publish."
BESIDE = "Words around the quoted ones."


def note(folder: str, identifier: str, **target: Any) -> Files:
    record = {
        "id": identifier, "kind": "note", "article": folder, "targets": [target], "body": "What I think.",
        "author": {"name": "Ani"}, "created": "2026-11-23T01:00:00+04:00", "license": "CC-BY-4.0", "status": "open",
    }  # fmt: skip
    return {f"archive/annotations/{folder}/{identifier}.yml": yamlio.write(record)}


def withheld(identifier: str, title: str, publish: str = "excerpt", **front: Any) -> Files:
    """An article that is not published in full."""
    files = article(
        identifier, "", title=title, rights={"statement": "Kept back.", "publish": publish, "share": 1.0},
        original={"path": f"{identifier}.txt", "sha256": sha256(SECRET), "capture": "unknown"}, **front,
    )  # fmt: skip
    span = {"start": 0, "end": len(SECRET), "rule": "advertisement", "reason": "Not its own.", "text": SECRET}
    source = {"path": f"{identifier}.txt", "sha256": sha256(SECRET), "encoding": "utf-8", "bom": False}
    ledger = {"article": identifier, "original": source, "spans": [span | {"replacement": ""}]}
    files[f"private/ledgers/{identifier}.yml"] = yamlio.write(ledger)
    return files | {f"private/originals/{identifier}.txt": SECRET}


RECORD: Files = {
    **place("goris"), **actor("office"), **works("a-work", {"id": "b-work", "accessed": "2026-11-22"}),
    **article("first", "Shells fell on Goris.\n\nThe office said nothing.", places=["goris"]),
    **withheld("second", "Second & <b>last</b>"),
    **note("first", "anote001", exact="Shells fell", suffix=" on Goris."),
    **note("second", "anote002", exact="nobody", prefix=BESIDE, unplaced="It is kept back."),
    "private/second.txt": SECRET,
    "archive/articles/.second.md.swp": SECRET,
    "archive/stray.txt": SECRET,
}  # fmt: skip


def small(folder: Path) -> ArchiveText:
    made = archive(folder, SITE, RECORD)
    assert made.check() == []
    return made


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> ArchiveText:
    """An archive that was bundled once, into build/bundle."""
    text = small(tmp_path_factory.mktemp("bundle"))
    done = text.run("bundle")
    assert (done.exit, done.stderr) == (0, "")
    return text


@pytest.fixture(scope="module")
def file(made: ArchiveText) -> Path:
    return made.root / f"build/bundle/{NAME}.zip"


@pytest.fixture(scope="module")
def unpacked(file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The one folder in it, unpacked into another with a space and Armenian letters in its name."""
    to = tmp_path_factory.mktemp("a stick") / "Իմ արխիվը"
    with zipfile.ZipFile(file) as opened:
        assert opened.testzip() is None
        opened.extractall(to)
    [folder] = to.iterdir()
    assert folder.name == NAME
    return folder


def test_it_holds_the_site_the_record_and_what_explains_them(file: Path) -> None:
    with zipfile.ZipFile(file) as opened:
        names = [name.removeprefix(f"{NAME}/") for name in opened.namelist()]
    assert names[0] == "README.html" and names[-1] == "SHA256SUMS"
    assert names[1:-1] == sorted(names[1:-1])
    assert [name for name in names if name.startswith("archive/")] == [
        "archive/annotations/first/anote001.yml", "archive/articles/first.md", "archive/articles/second.md",
        "archive/authority/actors/office.yml", "archive/authority/places/goris.yml", "archive/bibliography.yml",
        "archive/ledgers/first.yml", "archive/originals/first.txt", "archive/originals/manifest-sha256.txt",
    ]  # fmt: skip
    assert {"site/index.html", "site/articles/second.html", "site/assets/tokens.css"} <= set(names)


def test_the_command_says_what_it_wrote_and_the_checksum_stands_beside_it(made: ArchiveText, file: Path) -> None:
    digest = sha256(file.read_bytes())
    assert sorted(path.name for path in file.parent.iterdir()) == [file.name, f"{file.name}.sha256"]
    assert Path(f"{file}.sha256").read_text("utf-8") == f"{digest}  {file.name}\n"
    elsewhere = made.run("bundle", "--to", "build/else where")
    assert elsewhere.stdout.splitlines() == [
        f"{(made.root / 'build/else where' / file.name).resolve()}: {file.stat().st_size:,} bytes",
        f"  sha256 {digest}, also in {file.name}.sha256",
    ]


def test_another_folder_at_another_time_gives_the_same_bytes(file: Path, tmp_path: Path) -> None:
    again = small(tmp_path)
    for path in again.root.rglob("*"):
        if not path.is_symlink():
            os.utime(path, (1_000_000_000, 1_000_000_000))
            path.chmod(0o700)
    assert again.run("bundle").exit == 0
    assert (again.root / f"build/bundle/{NAME}.zip").read_bytes() == file.read_bytes()


def test_nothing_of_one_machine_is_in_it(file: Path) -> None:
    with zipfile.ZipFile(file) as opened:
        for info in opened.infolist():
            assert info.date_time == (1980, 1, 1, 0, 0, 0)
            assert (info.create_system, info.external_attr >> 16) == (3, stat.S_IFREG | 0o644)
            assert (info.extra, info.comment, info.compress_type) == (b"", b"", zipfile.ZIP_DEFLATED)


def test_what_is_withheld_is_nowhere_in_it(unpacked: Path) -> None:
    files = {path: path.read_bytes() for path in unpacked.rglob("*") if path.is_file()}
    # The search's files are scripts in UTF-16 around what is compressed: no words are seen in them as they lie there.
    for path in (unpacked / "site/assets/search").rglob("*.js"):
        with contextlib.suppress(zlib.error):
            files[path] = zlib.decompress(unscript(files[path])[1], 31)
    assert any(b"Shells fell on Goris" in data for path, data in files.items() if "search" in path.parts)
    for words in (SECRET, BESIDE):
        assert [str(path) for path, data in files.items() if words.encode() in data] == [], words
    front = (unpacked / "archive/articles/second.md").read_text("utf-8")
    assert sha256(SECRET) in front and front.endswith("---\n")


def test_the_rest_of_the_record_is_as_it_was(made: ArchiveText, unpacked: Path) -> None:
    for name in ("articles/first.md", "ledgers/first.yml", "authority/places/goris.yml", "originals/first.txt"):
        assert (unpacked / "archive" / name).read_bytes() == (made.root / "archive" / name).read_bytes()


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="there is no sha256sum here")
def test_it_is_verified_with_sha256sum(file: Path, unpacked: Path) -> None:
    def verify(folder: Path, sums: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["sha256sum", "--quiet", "--strict", "--check", sums], cwd=folder, capture_output=True, text=True,
            check=False,
        )  # fmt: skip

    for folder, sums in (
        (unpacked, "SHA256SUMS"),
        (unpacked / "archive/originals", "manifest-sha256.txt"),
        (file.parent, f"{file.name}.sha256"),
    ):
        assert verify(folder, sums).returncode == 0, verify(folder, sums).stderr
    listed = re.findall(r"^[0-9a-f]{64}  (.+)$", (unpacked / "SHA256SUMS").read_text("utf-8"), re.M)
    there = [path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*") if path.is_file()]
    assert sorted([*listed, "SHA256SUMS"]) == sorted(there)
    page = unpacked / "site/index.html"
    before = page.read_bytes()
    page.write_bytes(before + b" ")
    assert "site/index.html: FAILED" in verify(unpacked, "SHA256SUMS").stdout
    page.write_bytes(before)


def test_its_page_needs_nothing_and_says_what_is_withheld(unpacked: Path) -> None:
    page = (unpacked / "README.html").read_text("utf-8")
    assert "<script" not in page and "@import" not in page and " src=" not in page and "url(" not in page
    for href in re.findall(r'href="([^"#]+)"', page):
        assert href.startswith(("https://creativecommons.org/", "mailto:")) or (unpacked / href).is_file(), href
    assert "Second &amp; &lt;b&gt;last&lt;/b&gt;</a>. Kept back. It has 1 annotation, of which" in page
    assert 'href="site/articles/second.html"' in page
    assert "sha256sum --quiet --check SHA256SUMS" in page and f"Get-FileHash {NAME}.zip" in page
    assert "CC BY 4.0" in page and "objections@archive.example" in page and "Version 2026-11-22" in page


def content(root: Path, **stated: Any) -> Content:
    return Content(root, resolve(load(root)), pages.Settings(name="Test", contact="", repo_url="", **stated))


def test_its_page_says_that_nothing_is_withheld_where_nothing_is(tmp_path: Path) -> None:
    made = archive(tmp_path, article("first", "Shells fell."))
    page = readme(content(made.root, site_url="https://archive.example/"), "test-1", "1").decode()
    assert "Nothing: this version holds the text of every article in the archive and its original." in page
    assert "Correct and object" not in page and 'href="https://archive.example/"' in page


def test_a_text_of_which_excerpts_may_be_published_is_kept_back_whole(tmp_path: Path) -> None:
    made = archive(tmp_path, withheld("second", "Second", publish="excerpt"))
    assert [path for path, _ in bundling.record(content(made.root))] == ["archive/articles/second.md"]


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    made = archive(tmp_path, place("goris"), article("first", "Shells fell."))
    (made.root / "archive/articles").rename(tmp_path / "elsewhere")
    (made.root / "archive/articles").symlink_to(tmp_path / "elsewhere")
    found = [path for path, _ in bundling.record(content(made.root))]
    assert "archive/authority/places/goris.yml" in found and "archive/articles/first.md" not in found


def test_a_bundle_that_fails_leaves_the_last_one(made: ArchiveText, file: Path) -> None:
    before = {path.name: path.read_bytes() for path in file.parent.iterdir()}
    good = made.file("archive/authority/places/goris.yml")
    made.write({"archive/authority/places/goris.yml": "id: goris\n"})
    done = made.run("bundle")
    made.write({"archive/authority/places/goris.yml": good})
    assert done.exit == 1 and "archive/authority/places/goris.yml:1:1: SCHEMA" in done.stderr
    assert "Traceback" not in done.stderr
    assert {path.name: path.read_bytes() for path in file.parent.iterdir()} == before


def test_a_failure_while_writing_leaves_the_last_one(
    made: ArchiveText, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {path.name: path.read_bytes() for path in file.parent.iterdir()}

    def full(*_: object) -> Iterator[None]:
        raise OSError(28, "No space left on device", "a file")

    monkeypatch.setattr(bundling, "record", full)
    done = made.run("bundle")
    assert (done.exit, done.stderr) == (1, "Error: a file: No space left on device\n")
    assert {path.name: path.read_bytes() for path in file.parent.iterdir()} == before


@pytest.mark.parametrize("folder", ["docs", "docs/assets", "archive", "site/download"])
def test_a_bundle_is_not_put_where_the_next_one_would_take_it_in(made: ArchiveText, folder: str) -> None:
    done = made.run("bundle", "--to", folder)
    assert done.exit == 1 and "name another folder with --to" in done.stderr
    assert folder == "archive" or not any((made.root / folder).glob("*.zip"))


def test_without_libzim_one_sentence_says_how_to_get_it(made: ArchiveText, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "annotated_archive.site.zim", raising=False)
    monkeypatch.setitem(sys.modules, "libzim", None)
    done = made.run("bundle", "--zim", "--to", "build/none")
    assert done.exit == 2 and "--zim needs the package libzim" in done.stderr and "make zim" in done.stderr
    assert not (made.root / "build/none").exists()


# The name and the version


@pytest.mark.parametrize(
    ("site", "name"),
    [("The September 2022 archive", "the-september-2022-archive"), ("Գորիս", "archive"), ("Xankəndi!", "xankendi"),
     ("../../etc", "etc"), ("word " * 40, "-".join(["word"] * 12)), ("x" * 99, "x" * 60)],
)  # fmt: skip
def test_the_name_is_that_of_the_site_in_ascii(site: str, name: str) -> None:
    assert naming.name_of(site) == name


def test_the_version_is_stated_or_the_newest_day_of_the_record(tmp_path: Path) -> None:
    record = load(archive(tmp_path, RECORD).root)
    # The note's own clock says the 23rd at one in the morning; in UTC that is still the 22nd, as is the work's reading.
    assert naming.version_of("", record) == naming.version_of(None, record) == "2026-11-22"
    assert naming.version_of("v1.0", record) == "v1.0"
    assert naming.version_of(datetime.date(2026, 1, 2), record) == "2026-01-02"
    for stated in ("a/b", "..", "-x", "a b", "x" * 41, "ա"):
        with pytest.raises(SiteError, match=r"extra\.archive\.version"):
            naming.version_of(stated, record)
    for number in (1.10, 7, True):
        with pytest.raises(SiteError, match="quotes"):
            naming.version_of(number, record)


def test_a_record_without_a_date_has_no_version_of_its_own(tmp_path: Path) -> None:
    record = load(archive(tmp_path, place("goris")).root)
    with pytest.raises(SiteError, match="no date"):
        naming.version_of("", record)


# The container


def test_a_large_file_goes_in_by_pieces_and_beyond_32_bits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipped, "CHUNK", 1000)
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 2000)
    (tmp_path / "large").write_bytes(os.urandom(5000))
    with zipped.Zipped(tmp_path / "a.zip", "a") as made:
        made.add("ա բ", tmp_path / "large")
        made.add("small", b"x")
    with zipfile.ZipFile(tmp_path / "a.zip") as opened:
        assert opened.read("a/ա բ") == (tmp_path / "large").read_bytes()
        assert opened.infolist()[0].extra and opened.testzip() is None
        assert opened.read("a/SHA256SUMS").decode().splitlines()[1] == f"{sha256(b'x')}  small"


@given(st.text(st.characters(exclude_characters="\0"), min_size=1))
def test_a_line_of_checksums_is_read_as_sha256sum_reads_it(name: str) -> None:
    line = zipped.checksum_line("0" * 64, name)
    assert line.endswith("\n") and not re.search(r"[\n\r]", line[:-1])
    digest, _, written = line[:-1].partition("  ")
    if digest.startswith("\\"):
        letters = {r"\\": "\\", r"\n": "\n", r"\r": "\r"}
        written = re.sub(r"\\[\\nr]", lambda match: letters[match.group()], written)
    assert (digest.lstrip("\\"), written) == ("0" * 64, name)


def test_a_name_that_is_no_text_is_refused(tmp_path: Path) -> None:
    with zipped.Zipped(tmp_path / "a.zip", "a") as made, pytest.raises(ValueError, match="not Unicode"):
        made.add("\udcff", b"")


# The home page


def test_the_home_page_leads_to_the_download_where_there_is_one(tmp_path: Path) -> None:
    made = archive(tmp_path, article("first", "Shells fell."))
    without = pages.home_html(content(made.root).graph, content(made.root).settings)
    address = "https://files.example/a.zip?x=1&y=2"
    known = content(made.root, download=address)
    assert "Download" not in without
    assert (
        '<a href="https://files.example/a.zip?x=1&amp;y=2" rel="noopener">Download everything</a>: one file to read '
        "and search without a connection."
    ) in pages.home_html(known.graph, known.settings)


@pytest.mark.parametrize(
    ("stated", "taken"),
    [("", ""), ("https://files.example/a.zip", "https://files.example/a.zip"), ("download/a.zip", None),
     ("javascript:alert(1)", None), ("7", None), ("'https://a b'", None)],
)  # fmt: skip
def test_the_address_of_the_download_is_a_whole_one(tmp_path: Path, stated: str, taken: str | None) -> None:
    made = archive(tmp_path, SITE)
    made.write({"mkdocs.yml": made.file("mkdocs.yml") + f"    download: {stated}\n"})
    if taken is None:
        with pytest.raises(SiteError, match=r"extra\.archive\.download"), mkdocs_session():
            settings(configure(made.root, tmp_path / "site", strict=True))
    else:
        with mkdocs_session():
            assert settings(configure(made.root, tmp_path / "site", strict=True)).download == taken
