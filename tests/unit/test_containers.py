"""What files and folders of captures hold, as pages: each container as the programs that write it do."""

from __future__ import annotations

import base64
import json
import os
import zlib
from pathlib import Path

import pytest

from annotated_archive.ingest.containers import Saved, discover, pages
from annotated_archive.ingest.containers.saved import saved_date
from annotated_archive.ingest.containers.telling import address, moment
from annotated_archive.ingest.reading import Candidate
from annotated_archive.records.diagnostic import WARNING, Diagnostic
from captures import DATE, HTML, answer, mhtml, records, response, singlefile, squeezed, wacz, warc, zipped

PICTURE = b"\x89PNG\r\n\x1a\n\x00\x00"


def held(tmp_path: Path, data: bytes, name: str = "capture") -> tuple[list[Candidate], list[str]]:
    """The pages of one capture, and what is said of it."""
    path = tmp_path / name
    path.write_bytes(data)
    found = list(pages(Saved(path)))
    said = [str(one).removeprefix(f"{path}:1:1: ") for one in found if isinstance(one, Diagnostic)]
    return [one for one in found if isinstance(one, Candidate)], said


def one(tmp_path: Path, data: bytes, name: str = "capture") -> Candidate:
    """The only page of a capture of which nothing is said."""
    (page,), said = held(tmp_path, data, name)
    assert said == []
    return page


def met(*paths: Path, under: Path) -> list[str]:
    """What is found at `paths`: captures with the other forms of the same page, and what is said."""
    lines = []
    for found in discover(paths):
        if isinstance(found, Diagnostic):
            lines.append(str(found).replace(f"{under}/", "").replace(str(under), "."))
        else:
            also = [path.relative_to(under).as_posix() for path in found.also]
            about = [word for word in (found.url, found.captured) if word]
            lines.append(
                " ".join([found.path.relative_to(under).as_posix(), *about, *(f"(= {name})" for name in also)])
            )
    return lines


def laid(root: Path, files: dict[str, bytes | str]) -> Path:
    for name, data in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    return root


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("https://example.com/Շուշի?a=b", "https://example.com/Շուշի?a=b"),
        ("<https://example.com/>", "https://example.com/"),
        ("https://example.com/" + "a" * 2000, None),
        ("https://example.com/\ud800", None),
        ("https://example.com/\u202eb", None),
        ("https://example.com/e\u0301", None),
        ("https://example.com/a b", None),
        ("ftp://example.com/", None),
        ("", None),
        (None, None),
        (7, None),
    ],
)
def test_addresses_that_a_record_can_hold(text: object, found: str | None) -> None:
    assert address(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2022-09-13T10:15:00Z", DATE),
        ("2022-09-13T10:15:00.123+0000", DATE),
        ("20220913101500", DATE),
        ("2022-09-13T10:15:00+04:00", "2022-09-13T10:15:00+04:00"),
        ("2022-09-13T10:15:00", None),
        ("2022-02-30T10:15:00Z", None),
        ("2022-09-13T25:15:00Z", None),
        ("2022-09-13", None),
        (None, None),
    ],
)
def test_moments(text: object, found: str | None) -> None:
    assert moment(text) == found


# What a file is, its bytes say


@pytest.mark.parametrize(
    ("data", "container", "media"),
    [
        (b"A border fight\n\nShells fell.\n", "text", "text"),
        (b"", "text", "text"),
        (b"# A heading\n\nShells <b>fell</b>.\n", "text", "text"),
        ("Շուշի\n\nԳորիս".encode(), "text", "text"),
        ("\ufeffShells fell.".encode("utf-16"), "text", "text"),
        ("Обстрел Гориса\n\nНочью.".encode("windows-1251"), "text", "text"),
        (b"From: Goris\nTo: Yerevan\n\nShells fell.\n", "text", "text"),
        (HTML, "html", "html"),
        (b"\xef\xbb\xbf\n<?xml version='1.0'?>\n<!-- a note -->\n<HTML><p>x", "html", "html"),
        ("<!doctype html><p>x".encode("utf-16"), "html", "html"),
        (b"<p>Shells fell.</p>", "html", "html"),
        (b"<!doctype html><!-- saved from url=(0019)https://example.com --><p>x", "html", "html"),
        (singlefile(), "singlefile", "html"),
        (b"<!-- Archive processed by SingleFile\n url: https://example.com\n--><html>", "singlefile", "html"),
        (b"<html><head></head><body><!-- Page saved with SingleFile\n url: https://e.com --></body>", "html", "html"),
        (mhtml(), "mhtml", "html"),
        (b"%PDF-1.7\n\x00\x01", "pdf", "pdf"),
        (warc(answer("https://example.com/")), "warc", "html"),
        (warc(answer("https://example.com/"), packed=True), "warc", "html"),
        (wacz({"archive/data.warc": warc(answer("https://example.com/"))}), "wacz", "html"),
    ],
)  # fmt: skip
def test_kinds_of_captures(tmp_path: Path, data: bytes, container: str, media: str) -> None:
    page = one(tmp_path, data, "misnamed.pdf")
    assert (page.container, page.media) == (container, media)


def test_a_text_with_tags_is_a_page_where_it_is_called_one(tmp_path: Path) -> None:
    assert one(tmp_path, b"Shells <b>fell</b>.", "page.htm").container == "html"
    assert one(tmp_path, b"Shells fell.", "page.htm").container == "text"


@pytest.mark.parametrize("data", [PICTURE, squeezed(b"a text"), b"\x1f\x8b\x08broken", b"\x00\x01\x02", b"a\x00b"])
def test_what_is_no_capture(tmp_path: Path, data: bytes) -> None:
    assert held(tmp_path, data) == (
        [],
        ["INGEST-NOT-TEXT neither text, a saved page, a PDF nor a web archive. Give the page as plain text."],
    )
    assert [str(found) for found in discover([tmp_path / "capture"])] == [
        f"{tmp_path}/capture:1:1: INGEST-NOT-TEXT neither text, a saved page, a PDF nor a web archive. "
        "Give the page as plain text."
    ]


# Pages of one file


def test_bytes_are_handed_on_untouched(tmp_path: Path) -> None:
    for data in (b"\xff\xfea\x00", HTML, singlefile(), b"%PDF-1.7"):
        assert one(tmp_path, data).data == data


def test_a_browser_says_where_a_page_came_from(tmp_path: Path) -> None:
    page = one(tmp_path, b"<!DOCTYPE html>\n<!-- saved from url=(0026)https://example.com/a?b=1&c -->\n<html>")
    assert page.url == "https://example.com/a?b=1&c"


def test_singlefile_says_where_and_when(tmp_path: Path) -> None:
    page = one(tmp_path, singlefile(body=b"<img src='data:image/png;base64,AA'><p style='x:url(DATA:image/gif;,)'>"))
    assert (page.url, page.captured) == ("https://example.com/page", "2022-09-13T14:15:00+04:00")
    assert (page.pictures, page.remarks) == (2, ())


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("Tue Sep 13 2022 14:15:00 GMT+0400 (Москва, стандартное время)", "2022-09-13T14:15:00+04:00"),
        ("Tue Sep 13 2022 14:15:00 GMT-0330", "2022-09-13T14:15:00-03:30"),
        ("Tue Sep 13 2022 14:15:00", "2022-09-13"),
        ("Tue Sep 13 2022", "2022-09-13"),
        ("Tue Sep 33 2022", None),
        ("Tue Sep 13 2022 14:15:00 GMT+2300", None),
        ("13/09/2022, 14:15:00", None),
        ("yesterday", None),
    ],
)
def test_singlefile_dates(words: str, date: str | None) -> None:
    assert saved_date(words) == date


def test_singlefile_with_a_date_that_is_none(tmp_path: Path) -> None:
    page = one(tmp_path, singlefile("yesterday").replace(b"https://example.com", b"file:///home"))
    assert (page.url, page.captured) == (None, None)
    assert page.remarks == (
        "SingleFile's date of saving is not one that can be read: “yesterday”",
        "SingleFile's address of the page is not an address of the web: “file:///home/page”",
    )


def test_mhtml(tmp_path: Path) -> None:
    more = (
        "------b----\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n"
        "------b----\r\nContent-Type: text/html\r\n\r\n<p>An advertisement <img src='data:image/png;base64,A'>\r\n"
        "------b----\r\nContent-Type: application/octet-stream\r\n\r\nAAAA\r\n"
    )
    page = one(tmp_path, mhtml(HTML, kind='text/html; charset="Windows-1251"', more=more))
    assert (page.data, page.charset) == (HTML, "windows-1251")
    assert (page.url, page.captured, page.pictures) == ("https://example.com/page", "2022-09-13T10:15:00Z", 3)
    assert page.remarks == ("pages of their own that it shows in frames, which were not read: 1",)


@pytest.mark.parametrize(
    ("encoding", "body"), [("base64", base64.encodebytes(HTML)), ("quoted-printable", HTML.replace(b"=", b"=3D"))]
)
def test_mhtml_in_transfer_encodings(tmp_path: Path, encoding: str, body: bytes) -> None:
    page = one(tmp_path, mhtml(body).replace(b"binary", encoding.encode()))
    assert page.data.strip() == HTML


def test_mhtml_begins_with_the_part_it_names(tmp_path: Path) -> None:
    data = mhtml(b"<p>First", more="------b----\r\nContent-Type: text/html\r\nContent-ID: <two>\r\n\r\n<p>Second\r\n")
    assert one(tmp_path, data.replace(b'type="text/html"', b'type="text/html"; start="<two>"')).data == b"<p>Second"
    assert one(tmp_path, data).data == b"<p>First"


def test_mhtml_of_a_single_part(tmp_path: Path) -> None:
    head = (
        b"MIME-Version: 1.0\r\nContent-Location: https://example.com/a\r\nContent-Type: text/html; charset=koi8-r\r\n"
    )
    page = one(tmp_path, head + b"Date: Tue, 13 Sep 2022 14:15:00 +0400\r\n\r\n<p>x")
    assert (page.url, page.captured, page.charset) == ("https://example.com/a", "2022-09-13T14:15:00+04:00", "koi8-r")


def test_mhtml_without_a_page(tmp_path: Path) -> None:
    assert held(tmp_path, mhtml(kind="text/css")) == (
        [],
        ["INGEST-NO-PAGE none of its 2 parts is a page of HTML. Look at the capture; save the page again."],
    )


def test_mhtml_with_a_date_that_is_none(tmp_path: Path) -> None:
    page = one(tmp_path, mhtml().replace(b"Tue, 13 Sep", b"Tue, 33 Sep").replace(b"https://example.com", b"cid:x"))
    assert (page.url, page.captured) == (None, None)
    assert page.remarks == (
        "the address of the page is not an address of the web: “cid:x/page”",
        "the date of saving is not one that can be read: “Tue, 33 Sep 2022 10:15:00 -0000”",
    )


# WARC


@pytest.mark.parametrize("packed", [False, True])
def test_warc(tmp_path: Path, packed: bool) -> None:
    data = warc(
        answer("https://example.com/a", b"<p>A", "text/html; charset=Windows-1254"),
        answer("https://example.com/a.png", PICTURE, "image/png"),
        answer("https://example.com/old", b"", status="301 Moved", Location="/a"),
        answer("https://example.com/b.pdf", b"%PDF-1.7", "application/pdf"),
        answer("https://example.com/c", b"<p>C", "application/xhtml+xml", status="200"),
        answer("https://example.com/a", b"", record="revisit"),
        answer("https://example.com/d", b"<p>D", record="resource"),
        answer("https://example.com/e", b"e", ""),
        packed=packed,
    )
    found, said = held(tmp_path, data)
    assert [(page.media, page.data, page.part, page.url, page.charset) for page in found] == [
        ("html", b"<p>A", "urn:uuid:0", "https://example.com/a", "windows-1254"),
        ("pdf", b"%PDF-1.7", "urn:uuid:3", "https://example.com/b.pdf", None),
        ("html", b"<p>C", "urn:uuid:4", "https://example.com/c", None),
        ("html", b"<p>D", "urn:uuid:6", "https://example.com/d", "utf-8"),
    ]
    assert {(page.captured, page.container, page.pictures, page.remarks) for page in found} == {(DATE, "warc", 1, ())}
    assert said == [
        "INGEST-PASSED-OVER 4 records are no pages: 1 image/png, 1 of type revisit, 1 with status 301, 1 without a type"
    ]


def test_a_warc_packed_as_one(tmp_path: Path) -> None:
    data = warc(*(answer(f"https://example.com/{n}", b"<p>%d" % n) for n in range(3)))
    found, said = held(tmp_path, squeezed(data))
    assert ([page.data for page in found], said) == ([b"<p>0", b"<p>1", b"<p>2"], [])


def chunked(body: bytes) -> bytes:
    return b"".join(b"%x;a=b\r\n%s\r\n" % (len(body[at : at + 7]), body[at : at + 7]) for at in range(0, len(body), 7))


RAW = zlib.compressobj(wbits=-15)
RAW_DEFLATED = RAW.compress(HTML) + RAW.flush()


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (squeezed(HTML), {"Content_Encoding": "gzip"}),
        (zlib.compress(HTML), {"Content_Encoding": "deflate"}),
        (RAW_DEFLATED, {"Content_Encoding": "Deflate"}),
        (chunked(HTML) + b"0\r\n\r\n", {"Transfer_Encoding": "chunked"}),
        (chunked(squeezed(HTML)) + b"0\r\n\r\n", {"Transfer_Encoding": "chunked", "Content_Encoding": "x-gzip"}),
        (squeezed(zlib.compress(HTML)), {"Content_Encoding": "deflate, gzip"}),
        # Unpacked by the program that stored it, with the headers left as they were.
        (HTML, {"Transfer_Encoding": "chunked", "Content_Encoding": "gzip"}),
        (HTML, {"Content_Encoding": "deflate"}),
        (HTML, {"Content_Encoding": "br"}),
        (HTML, {"Content_Encoding": "zstd"}),
        (HTML, {"Content_Encoding": "identity"}),
    ],
)
def test_what_a_server_packed(tmp_path: Path, body: bytes, headers: dict[str, str]) -> None:
    (page,), said = held(tmp_path, warc(answer("https://example.com/", body, **headers)))
    assert (page.data, said) == (HTML, [])


def test_brotli(tmp_path: Path) -> None:
    brotli = pytest.importorskip("brotli")
    data = warc(answer("https://example.com/", brotli.compress(HTML), Content_Encoding="br"))
    assert one(tmp_path, data).data == HTML
    bomb = warc(answer("https://example.com/", brotli.compress(bytes(30_000_000), quality=1), Content_Encoding="br"))
    assert "INGEST-SIZE" in held(tmp_path, bomb)[1][0]
    for broken in (brotli.compress(HTML)[:-5], b"\xff\xff\xff"):
        cut = warc(answer("https://example.com/", broken, Content_Encoding="br"))
        assert "INGEST-DAMAGED record urn:uuid:0: its packed content" in held(tmp_path, cut)[1][0]


def test_what_a_record_says_of_itself(tmp_path: Path) -> None:
    odd = {
        "WARC_Truncated": "length",
        "WARC_Block_Digest": "sha256:00",
        "WARC_Date": "once",
        "WARC_Target_URI": "urn:x",
    }
    assert one(tmp_path, records([response(**odd)])).remarks == (
        "the record's address is not an address of the web: “urn:x”",
        "the record's date is not one that can be read: “once”",
        "the capture was cut short: “length”",
        "the record's own checksum is not that of its content",
    )
    page = one(tmp_path, records([response(WARC_Date="2022-09-13T10:15:00.123456Z", WARC_Block_Digest="xx:1")]))
    assert page.captured == DATE
    assert page.remarks == ("the record's checksum is of a kind that is not known here: “xx:1”",)
    assert one(tmp_path, records([response(WARC_Target_URI="<https://example.com/>")])).url == "https://example.com/"


def test_a_record_without_an_id_is_named_by_its_place(tmp_path: Path) -> None:
    assert one(tmp_path, records([response(WARC_Record_ID="  ")])).part == "byte-197"


def test_a_warc_without_a_page(tmp_path: Path) -> None:
    assert held(tmp_path, warc(answer("https://example.com/a.png", PICTURE, "image/png")))[1] == [
        "INGEST-NO-PAGE no page is in it. Look at the capture; save the page again.",
        "INGEST-PASSED-OVER 1 record is no page: 1 image/png",
    ]


# WACZ


def test_wacz(tmp_path: Path) -> None:
    files = {
        "archive/data.warc.gz": warc(answer("https://example.com/a"), answer("https://example.com/frame"), packed=True),
        "indexes/index.cdx": b"x",
        "pages/pages.jsonl": b'{"format": "json-pages-1.0"}\n{"url": "https://example.com/a"}\nnot json\n',
        "screenshots/a.png": PICTURE,
    }
    found, said = held(tmp_path, wacz(files, signed={"signature": "x", "domain": "example.org", "created": DATE}))
    signed = f"signed by “example.org” on “{DATE}”; the signature was not verified"
    assert [(page.container, page.part, page.data, page.remarks) for page in found] == [
        ("wacz", "urn:uuid:0", HTML, (signed,)),
        ("wacz", "urn:uuid:1", HTML, (signed, "its WACZ does not list it as a page; it may be a frame of one")),
    ]
    assert said == ["INGEST-PASSED-OVER 1 file is no page: 1 .png"]


def test_a_wacz_that_was_changed(tmp_path: Path) -> None:
    files = {"archive/data.warc": warc(answer("https://example.com/a")), "archive/more.warc": warc(), "pages/p": b"x"}
    sums = {"archive/data.warc": "sha256:" + "0" * 64, "archive/gone.warc": "sha256:00", "pages/p": "crc:1"}
    (page,), said = held(tmp_path, wacz(files, sums=sums))
    assert page.remarks == ("the checksum of “archive/data.warc” in datapackage.json does not hold",)
    assert said == [
        "INGEST-DAMAGED “archive/data.warc” is not what its checksum in datapackage.json says; it was changed. "
        "Ask whoever made it for the original.",
        "INGEST-NO-PAGE no page is in it. Look at the capture; save the page again.",
        "INGEST-DAMAGED “archive/gone.warc” is missing, which datapackage.json lists. "
        "Look at the capture; save the page again if you can.",
    ]


def test_a_wacz_whose_list_of_checksums_was_changed(tmp_path: Path) -> None:
    files = {"archive/data.warc": warc(answer("https://example.com/a"))}
    (page,), said = held(tmp_path, wacz(files, signed={"signature": "x"}, said={"hash": "sha256:00"}))
    assert page.remarks == ("signed with a key of its own; the signature was not verified",)
    assert said == [
        "INGEST-DAMAGED datapackage.json is not the one that datapackage-digest.json has the checksum of. "
        "Look at the capture; save the page again if you can."
    ]


def test_a_wacz_without_a_list_of_checksums(tmp_path: Path) -> None:
    data = warc(answer("https://example.com/a"))
    (page,), said = held(tmp_path, zipped({"datapackage.json": b"[]", "archive/data.warc": data}))
    assert page.remarks == ("“archive/data.warc” is not in datapackage.json, so that its WACZ has no checksum of it",)
    assert said[0].startswith("INGEST-DAMAGED datapackage.json does not list the files with their checksums.")
    assert held(tmp_path, zipped({"a.txt": b"x"})) == (
        [],
        ["INGEST-NOT-TEXT a zip archive without datapackage.json is no WACZ. Unpack it, and name what is in it."],
    )


# Folders


def test_a_folder(tmp_path: Path) -> None:
    laid(
        tmp_path,
        {
            "b/2.html": HTML, "b/1.txt": "Shells fell.", "a.mhtml": mhtml(), "c.json": "{}", "d.png": PICTURE,
            "e.dat": PICTURE, "broken.warc.gz": PICTURE, ".hidden.txt": "x", "manifest-sha256.txt": "x", "notes": "x",
            "Page.html": HTML, "Page_files/frame.html": HTML, "Page_files/a.png": PICTURE, "z.JS": "x",
        },
    )  # fmt: skip
    (tmp_path / "link.txt").symlink_to(tmp_path / "notes")
    (tmp_path / "more").symlink_to(tmp_path / "b")
    os.mkfifo(tmp_path / "pipe")
    assert met(tmp_path, under=tmp_path) == [
        "Page.html",
        "a.mhtml",
        "broken.warc.gz:1:1: INGEST-NOT-TEXT neither text, a saved page, a PDF nor a web archive. "
        "Give the page as plain text.",
        "notes",
        "b/1.txt",
        "b/2.html",
        ".:1:1: INGEST-PASSED-OVER 9 files are no pages: 2 .png, 2 only linked, 1 .dat, 1 .html, 1 .js, 1 .json, "
        "1 not ordinary",
    ]
    assert [found.severity for found in discover([tmp_path]) if isinstance(found, Diagnostic)] == ["error", WARNING]


def test_what_is_named_by_itself(tmp_path: Path) -> None:
    laid(tmp_path, {"c.json": "{}", "notes": "x"})
    (tmp_path / "link").symlink_to(tmp_path / "notes")
    os.mkfifo(tmp_path / "pipe")
    names = ["c.json", "link", "pipe", "nothing", "notes", "a\nb"]
    assert met(*(tmp_path / name for name in names), under=tmp_path) == [
        "c.json",
        "link:1:1: INGEST-PATH a symbolic link, which is not followed. Name the file.",
        "pipe:1:1: INGEST-PATH not an ordinary file. Name a file.",
        "nothing:1:1: INGEST-PATH no such file or directory. Name a file.",
        "notes",
        "a\\u000ab:1:1: INGEST-PATH no such file or directory. Name a file.",
    ]


def test_a_file_that_went_away(tmp_path: Path) -> None:
    assert [str(found) for found in pages(Saved(tmp_path / "gone"))] == [
        f"{tmp_path}/gone:1:1: INGEST-PATH no such file or directory. Name a file."
    ]


OLD_INDEX = """{"url": "https://example.com/page", "timestamp": "1600000000", "history": {
  "singlefile": [{"status": "succeeded", "start_ts": "2022-09-13T10:15:00.5+00:00"}],
  "pdf": [{"status": "failed", "start_ts": "2022-09-14T10:15:00+00:00"},
          {"status": "succeeded", "start_ts": "2022-09-13T10:15:09+00:00"}]}}"""
NEW_INDEX = """{"type": "Snapshot", "id": "1", "url": "https://example.com/new", "created_at": "2020-01-01"}
{"type": "ArchiveResult", "plugin": "dom", "status": "succeeded", "start_ts": "2022-09-13T10:15:00+00:00"}
"""


def test_archivebox(tmp_path: Path) -> None:
    old, new = "archive/1600000000.0", "users/a/snapshots/20220913/example.com/1"
    bare = "archive/1600000001.0"
    laid(
        tmp_path,
        {
            "ArchiveBox.conf": "x", "index.sqlite3": PICTURE, "sources/1-import.txt": "https://example.com/",
            "logs/errors.log": "x", f"{old}/index.json": OLD_INDEX, f"{old}/index.html": HTML,
            f"{old}/singlefile.html": singlefile(), f"{old}/output.html": HTML, f"{old}/output.pdf": b"%PDF-1.7",
            f"{old}/warc/1600000000.warc.gz": warc(answer("https://example.com/page"), packed=True),
            f"{old}/screenshot.png": PICTURE, f"{old}/readability/content.html": HTML, f"{old}/htmltotext.txt": "x",
            f"{new}/index.jsonl": NEW_INDEX, f"{new}/index.html": HTML, f"{new}/dom/output.html": HTML,
            f"{new}/pdf/output.pdf": b"%PDF-1.7", f"{new}/singlefile/singlefile.html": "",
            f"{bare}/index.json": OLD_INDEX.replace("+00:00", ""), f"{bare}/example.com/page.html": HTML,
        },
    )  # fmt: skip
    assert met(tmp_path, under=tmp_path) == [
        f"{old}/singlefile.html https://example.com/page {DATE} (= {old}/warc/1600000000.warc.gz)"
        f" (= {old}/output.html) (= {old}/output.pdf)",
        f"{bare}/example.com/page.html https://example.com/page 2022-09-13",
        f"{new}/dom/output.html https://example.com/new {DATE} (= {new}/pdf/output.pdf)",
        ".:1:1: INGEST-PASSED-OVER 13 files are no pages: 4 .html, 2 .json, 2 .txt, 1 .conf, 1 .jsonl, 1 .log, 1 .png, "
        "1 .sqlite3",
    ]


@pytest.mark.parametrize(
    ("times", "captured"),
    [
        (["2022-09-13T10:15:00+00:00", "2022-09-13T09:00:00+00:00"], "2022-09-13T09:00:00Z"),
        (["2022-09-13 10:15:00.5+00:00"], DATE),
        (["2022-09-13T10:15:00"], "2022-09-13"),
        (["2022-09-13T10:15:00+00:00", "2022-09-14T10:15:00+00:00"], None),
        (["yesterday"], None),
        ([], None),
    ],
)
def test_when_archivebox_saved_a_page(tmp_path: Path, times: list[str], captured: str | None) -> None:
    results = [{"plugin": "dom", "start_ts": time} for time in times]
    index = {"url": "https://example.com/", "timestamp": "1600000000", "archive_results": results}
    laid(tmp_path, {"index.json": json.dumps(index), "output.html": HTML})
    (saved,) = (found for found in discover([tmp_path]) if isinstance(found, Saved))
    assert (saved.url, saved.captured) == ("https://example.com/", captured)


def test_what_a_folder_says_fills_what_the_page_does_not(tmp_path: Path) -> None:
    plain, full = tmp_path / "plain.html", tmp_path / "full.html"
    plain.write_bytes(HTML)
    full.write_bytes(singlefile())
    about = ((), "https://example.org/", "2020-01-01")
    (page,) = pages(Saved(plain, *about))
    assert isinstance(page, Candidate)
    assert (page.url, page.captured) == ("https://example.org/", "2020-01-01")
    (page,) = pages(Saved(full, *about))
    assert isinstance(page, Candidate)
    assert (page.url, page.captured) == ("https://example.com/page", "2022-09-13T14:15:00+04:00")


def test_auto_archiver(tmp_path: Path) -> None:
    report = '<html><title>u</title><h2>Archived media for <span class="copy">https://example.com/a?b&amp;c</span></h2>'
    report += '<a href="https://github.com/bellingcat/auto-archiver">bellingcat/auto-archiver</a>'
    archived = wacz({"archive/data.warc": warc(answer("https://example.com/a"))})
    laid(
        tmp_path,
        {
            "one/report.html": report, "one/a.wacz": archived, "one/shot.png": PICTURE, "one/page.html": HTML,
            "one/chat.zip": zipped({"a.json": b"{}"}),
            "flat/r1.html": report, "flat/r2.html": report, "flat/a.wacz": archived,
        },
    )  # fmt: skip
    assert met(tmp_path, under=tmp_path) == [
        "flat/a.wacz",
        "one/a.wacz https://example.com/a?b&c (= one/page.html)",
        ".:1:1: INGEST-PASSED-OVER 5 files are no pages: 3 .html, 1 .png, 1 .zip",
    ]
