"""The file for Kiwix: its pages and their links, its two indexes, what it says of itself, and the same bytes again."""

from __future__ import annotations

import datetime
import hashlib
import re
import shutil
import struct
import subprocess
import zlib
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from test_search_documents import note

import annotated_archive
from annotated_archive import __version__
from annotated_archive.graph import resolve
from annotated_archive.pages import Settings
from annotated_archive.site.bundling import icon, zimfile
from annotated_archive.site.content import THEME, Content
from annotated_archive.site.renderer import SiteError
from annotated_archive.store import load
from language import ArchiveText, archive, article, place, site_files, withheld, works

HERE = "https://site.example/"
SITE = site_files(
    "---\ntitle: Test archive\n---\n\nNews of Goris.\n", site_name="Test Archive",
    site_description="News of Goris, and nothing else.", site_url="https://archive.example/september/",
    extra={"archive": {"version": "2022-10-01"}},
)  # fmt: skip


@pytest.fixture(scope="module")
def zim() -> Any:
    pytest.importorskip("libzim", reason="libzim is not installed: `make zim`")
    from annotated_archive.site import zim

    return zim


@pytest.fixture(scope="module")
def made(zim: Any, tmp_path_factory: pytest.TempPathFactory) -> ArchiveText:
    """An archive whose ZIM file was made once, in build/bundle."""
    quoting = note("notecccc", article="second", targets=[{"part": "body", "exact": "heliotrope"}])
    made = archive(
        tmp_path_factory.mktemp("zim"), SITE, works("a-work"),
        place("goris", names=[{"text": "Գորիս", "lang": "hy", "cite": ["a-work"]}], forms=["Goris town"]),
        article("first", "Shells fell on Goris.\n\nThe observatory said nothing.", places=["goris"], language="en"),
        note("noteaaaa", body="It was garnet."), note("notebbbb", body="Zircon.", status="withdrawn", reason="Opal."),
        withheld("second", "There was heliotrope."),
        {path.replace("archive", "private", 1): text for path, text in quoting.items()},
        {"docs/help.md": "---\ntitle: Help\nsearch: {exclude: true}\n---\n\nType jasper.\n"},
    )  # fmt: skip
    assert made.check() == []
    done = made.run("bundle", "--zim")
    assert (done.exit, done.stderr) == (0, "")
    assert re.fullmatch(r"(\S+\.zi[pm]: [\d,]+ bytes\n  sha256 [0-9a-f]{64}, also in \S+\n){2}", done.stdout)
    return made


@pytest.fixture(scope="module")
def file(made: ArchiveText) -> Path:
    return made.root / "build/bundle/test-archive-2022-10-01.zim"


@pytest.fixture(scope="module")
def opened(file: Path) -> Any:
    from libzim.reader import Archive

    return Archive(file)


def entries(opened: Any) -> dict[str, Any]:
    """All entries of the site by path."""
    found = (opened._get_entry_by_id(number) for number in range(opened.all_entry_count))
    return {entry.path: entry for entry in found if opened.has_entry_by_path(entry.path)}


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if dict(attrs).get("rel") not in ("canonical", "alternate"):
            self.found += [value for name, value in attrs if name in ("href", "src") and value]


def test_its_checksum_and_its_parts_are_sound(file: Path, opened: Any) -> None:
    data = file.read_bytes()
    assert opened.check()
    assert hashlib.md5(data[:-16], usedforsecurity=False).digest() == data[-16:]
    assert Path(f"{file}.sha256").read_text("utf-8") == f"{hashlib.sha256(data).hexdigest()}  {file.name}\n"


@pytest.mark.skipif(not shutil.which("zimcheck"), reason="there is no zimcheck here: Debian's zim-tools has it")
def test_zimcheck_accepts_it(file: Path) -> None:
    done = subprocess.run(["zimcheck", "--all", "--details", file], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Overall Test Status: Pass" in done.stdout
    assert "[ERROR]" not in done.stdout and "[WARNING]" not in done.stdout


def test_every_page_is_in_it_and_every_link_inside_leads_somewhere(made: ArchiveText, opened: Any) -> None:
    assert opened.main_entry.get_item().path == "index.html"
    known = entries(opened)
    pages = [path for path, entry in known.items() if not entry.is_redirect and path.endswith(".html")]
    assert {"index.html", "articles/first.html", "places/goris.html", "bibliography.html"} <= set(pages)
    assert not {"404.html", "sitemap.xml"} & known.keys()
    broken = []
    for path in pages:
        links = Links()
        links.feed(bytes(known[path].get_item().content).decode())
        for link in links.found:
            target = urlsplit(urljoin(HERE + path, link))
            inside = f"{target.scheme}://{target.netloc}/" == HERE
            if inside and unquote(target.path).lstrip("/") not in known:
                broken.append(f"{path}: {link}")
    assert broken == []


def test_titles_and_every_name_in_every_script_are_completed(opened: Any) -> None:
    from libzim.suggestion import SuggestionSearcher

    def first(text: str) -> str:
        found = SuggestionSearcher(opened).suggest(text).getResults(0, 1)
        return "".join(opened.get_entry_by_path(path).get_item().path for path in found)

    assert opened.has_title_index
    assert first("Gor") == first("Գորիս") == first("Goris town") == "places/goris.html"
    assert first("First") == "articles/first.html"
    assert first("Nowhere") == ""
    assert opened.get_entry_by_path("places/goris.html").title == "Goris"


def test_words_are_found_on_the_pages_that_say_them_themselves(opened: Any) -> None:
    from libzim.search import Query, Searcher

    def found(text: str) -> list[str]:
        search = Searcher(opened).search(Query().set_query(text))
        return list(search.getResults(0, 10))

    assert opened.has_fulltext_index
    assert found("observatory") == ["articles/first.html"]
    assert found("Գորիս")[0] == "places/goris.html"
    assert found("Skip to content") == []  # it stands at the head of every page
    assert found("garnet") == ["articles/first.html"]
    for nowhere in ("zircon", "opal", "annotation withdrawn", "heliotrope", "jasper"):
        assert found(nowhere) == [], "the site's search does not find it either"


def test_what_it_says_of_itself(opened: Any) -> None:
    def said(name: str) -> str:
        return bytes(opened.get_metadata(name)).decode()

    assert {name: said(name) for name in opened.metadata_keys if name not in ("Counter", "Illustration_48x48@1")} == {
        "Creator": "Contributors of Test Archive", "Date": "2022-10-01", "Language": "eng",
        "Description": "News of Goris, and nothing else.", "Name": "test-archive_en_all",
        "License": "Each article says who holds the rights in its text; all else: CC BY 4.0",
        "Publisher": "Contributors of Test Archive", "Scraper": f"annotated-archive {__version__}",
        "Source": "https://archive.example/september/", "Title": "Test Archive",
    }  # fmt: skip
    assert bytes(opened.get_illustration_item(48).content) == icon.png(THEME / "assets/favicon.svg", 48)


def described(zim: Any, root: Path, day: datetime.date | None = None, **config: str) -> dict[str, str]:
    settings = {"site_name": "Name", "site_description": "", "site_author": "", "site_url": ""} | config
    content = Content(root, resolve(load(root)), Settings(name="Name", contact="", repo_url=""))
    fields: dict[str, str] = zim.Description.of(SimpleNamespace(**settings), content, "name", day).fields
    return fields


def test_what_is_too_long_is_cut_and_languages_are_those_of_the_texts(zim: Any, tmp_path: Path) -> None:
    made = archive(
        tmp_path, article("first", "Shells fell.", language="ru"), article("second", "Shells.", language="hy-Latn"),
        article("third", "Nothing.", language="und"), article("fourth", "", language="fr"),
    )  # fmt: skip
    long = " ".join(["word"] * 30)
    fields = described(zim, made.root, datetime.date(2022, 1, 2), site_name=long, site_description=long)
    assert fields["Language"] == "eng,hye,rus"
    assert len(fields["Title"]) <= 30 and fields["Title"].endswith("word…")
    assert len(fields["Description"]) <= 80 and fields["LongDescription"] == long
    assert described(zim, made.root, datetime.date(2022, 1, 2), site_author="A")["Creator"] == "A"
    with pytest.raises(SiteError, match=r"extra\.archive\.version"):
        described(zim, made.root)


def test_it_is_the_same_bytes_again(made: ArchiveText, file: Path) -> None:
    done = made.run("bundle", "--zim", "--to", "build/again")
    assert done.exit == 0
    assert (made.root / "build/again" / file.name).read_bytes() == file.read_bytes()


def test_one_changed_word_gives_it_another_identity(zim: Any, made: ArchiveText, tmp_path: Path) -> None:
    from libzim.reader import Archive

    content = Content(made.root, resolve(load(made.root)), Settings(name="Name", contact="", repo_url=""))
    described = zim.Description({"Name": "n", "Language": "eng"})
    (tmp_path / "site").mkdir()
    identities = []
    for number, words in enumerate(("One", "One", "Two")):
        (tmp_path / "site/index.html").write_text(f"<title>T</title>{words}")
        (tmp_path / "site/places").mkdir(exist_ok=True)
        (tmp_path / "site/places/goris.html").write_text(f"<title>Goris</title>{words}")
        zim.write(tmp_path / "site", tmp_path / f"{number}.zim", content, described)
        identities.append(Archive(tmp_path / f"{number}.zim").uuid)
    assert identities[0] == identities[1] != identities[2]


@pytest.mark.parametrize("damage", ["short", "magic", "xapian"])
def test_a_file_of_another_form_is_refused(file: Path, tmp_path: Path, damage: str) -> None:
    data = bytearray(file.read_bytes())
    if damage == "short":
        data = data[:-1]
    elif damage == "magic":
        data[0] ^= 1
    else:
        data = bytearray(bytes(data).replace(b"\x0f\rXapian Glass", b"\x0f\rXapian Glazs"))
    (tmp_path / "a.zim").write_bytes(data)
    with pytest.raises(ValueError, match=r"form|not a ZIM file"):
        zimfile.finish(tmp_path / "a.zim")


# What needs no libzim


def test_one_module_alone_imports_what_is_under_the_gpl() -> None:
    program = Path(annotated_archive.__file__).parent
    importing = re.compile(r"^\s*(?:import|from) libzim\b", re.M)
    found = [path for path in program.rglob("*.py") if importing.search(path.read_text("utf-8"))]
    assert found == [program / "site/zim.py"]


def pixels(data: bytes) -> list[list[tuple[int, ...]]]:
    """The rows of a PNG whose lines are not filtered."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    width, height, depth, colours = struct.unpack(">IIBB", data[16:26])
    assert (depth, colours) == (8, 6)
    at = data.index(b"IDAT")
    raw = zlib.decompress(data[at + 4 : at + 4 + struct.unpack(">I", data[at - 4 : at])[0]])
    rows = [raw[y * (4 * width + 1) + 1 : (y + 1) * (4 * width + 1)] for y in range(height)]
    return [[tuple(row[4 * x : 4 * x + 4]) for x in range(width)] for row in rows]


def test_the_icon_is_that_of_the_site() -> None:
    drawn = pixels(icon.png(THEME / "assets/favicon.svg", 48))
    assert len(drawn) == len(drawn[0]) == 48
    paper, ink, accent = (0x7A, 0x3B, 0x1E, 255), (0xFB, 0xFA, 0xF7, 255), (0xE9, 0xB4, 0x8F, 255)
    assert drawn[0][0] == (0, 0, 0, 0) and drawn[47][47][3] == 0  # the corners are round
    assert drawn[5][24] == paper and drawn[13][24] == ink and drawn[36][34] == accent
    assert drawn[0][24] == paper


def test_an_icon_that_cannot_be_drawn_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text("<svg><circle r='3'/></svg>", "utf-8")
    with pytest.raises(ValueError, match="rounded square"):
        icon.png(tmp_path / "a.svg", 48)
