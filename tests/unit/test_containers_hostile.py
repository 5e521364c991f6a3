"""Captures that are damaged or made to do harm: bounded memory and time, one diagnostic each, the rest goes on."""

from __future__ import annotations

import json
import random
import struct
import sys
import time
import tracemalloc
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotated_archive.ingest.containers import Saved, discover, kinds, limits, pages
from annotated_archive.ingest.reading import Candidate
from annotated_archive.records.diagnostic import Diagnostic
from captures import HTML, answer, mhtml, records, response, singlefile, squeezed, wacz, warc, zipped

LOOK = "Look at the capture; save the page again if you can."


def held(tmp_path: Path, data: bytes) -> tuple[list[str | None], list[str]]:
    """The parts that could be read of one capture, and what is said of it."""
    path = tmp_path / "capture"
    path.write_bytes(data)
    found = list(pages(Saved(path)))
    said = [str(one).removeprefix(f"{path}:1:1: ") for one in found if isinstance(one, Diagnostic)]
    return [one.part for one in found if isinstance(one, Candidate)], said


@contextmanager
def bounded(megabytes: int, seconds: float) -> Iterator[None]:
    """Fails where the block holds more memory or takes more processor time."""
    tracemalloc.start()
    begun = time.process_time()
    try:
        yield
        took, peak = time.process_time() - begun, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (peak <= megabytes * 1_000_000, took <= seconds) == (True, True), f"{peak:,} bytes, {took:.1f} s"


def sparse(path: Path, head: bytes, size: int) -> Path:
    """A file of `size` bytes that takes no place on the disk."""
    with path.open("wb") as file:
        file.write(head)
        file.truncate(size)
    return path


# Lengths and packing that do not hold


def three(**second: str) -> bytes:
    return records([response(number=0), response(number=1, **second), response(number=2)])


@pytest.mark.parametrize(
    ("length", "said"),
    [
        ("100", "after the 100 bytes that it says it has, no record follows"),
        ("200", "after the 200 bytes that it says it has, no record follows"),
        ("9999999", "it says that it has 9,999,999 bytes, and there are 467"),
        ("-1", "its length is “-1”"),
        ("many", "its length is “many”"),
        ("", "its length is “”"),
        ("1" * 16, f"its length is “{'1' * 16}”"),
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_a_warc_with_a_lying_length(tmp_path: Path, packed: bool, length: str, said: str) -> None:
    data = three(Content_Length=length)
    at = data.index(b"WARC/", 10)
    where = f"{at}" if not packed else f"{at} of the gzip data at byte 0"
    parts, lines = held(tmp_path, squeezed(data) if packed else data)
    assert parts == ["urn:uuid:0", "urn:uuid:2"]
    assert lines == [f"INGEST-DAMAGED the record at byte {where} cannot be read: {said}. {LOOK}"]


def test_a_length_that_takes_in_the_next_record(tmp_path: Path) -> None:
    whole = len(three()) - three().index(b"HTTP/", three().index(b"uuid:1")) - 4
    parts, lines = held(tmp_path, three(Content_Length=str(whole)))
    assert parts == ["urn:uuid:0"]
    assert lines == [
        f"INGEST-DAMAGED record urn:uuid:1: another record stands within it, so its length is wrong. {LOOK}"
    ]


@pytest.mark.parametrize("cut", [5, 60, 200])
def test_a_truncated_gzip(tmp_path: Path, cut: int) -> None:
    data = warc(*(answer(f"https://example.com/{number}") for number in range(3)), packed=True)
    last = data.rindex(b"\x1f\x8b\x08")
    parts, lines = held(tmp_path, data[:-cut])
    assert parts == ["urn:uuid:0", "urn:uuid:1"]
    assert lines == [f"INGEST-DAMAGED the file ends within the gzip data that begin at byte {last:,}. {LOOK}"]


def test_damaged_gzip_data_in_the_middle(tmp_path: Path) -> None:
    data = bytearray(warc(*(answer(f"https://example.com/{number}") for number in range(3)), packed=True))
    starts = [at for at in range(len(data)) if data.startswith(b"\x1f\x8b\x08", at)]
    data[starts[2] + 20 : starts[2] + 60] = b"\xff" * 40
    parts, lines = held(tmp_path, bytes(data))
    assert parts == ["urn:uuid:0", "urn:uuid:2"]
    assert lines == [f"INGEST-DAMAGED the gzip data at byte {starts[2]} are damaged. {LOOK}"]


def test_what_stands_between_records(tmp_path: Path) -> None:
    one = records([response()])
    parts, lines = held(tmp_path, one + b"garbage\r\n" * 3 + records([response(number=1)]))
    assert parts == ["urn:uuid:1"]
    assert len(lines) == 1
    parts, lines = held(tmp_path, squeezed(one) + b"\x00" * 600)
    assert (parts, len(lines)) == (["urn:uuid:0"], 1)


def test_a_head_without_an_end(tmp_path: Path) -> None:
    path = tmp_path / "capture"
    path.write_bytes(b"WARC/1.0\r\nX: " + b"x" * 5_000_000 + records([response()]))
    with bounded(2, 2):
        found = list(pages(Saved(path)))
    assert [one.rule for one in found if isinstance(one, Diagnostic)] == ["INGEST-DAMAGED"]


def test_a_file_that_is_nothing_but_damage(tmp_path: Path) -> None:
    parts, lines = held(tmp_path, records([response(Content_Length="x")] * 5000))
    assert (parts, len(lines)) == ([], 101)
    assert lines[-1] == f"INGEST-DAMAGED damaged in 100 places; the rest was not read. {LOOK}"
    with bounded(20, 10):
        held(tmp_path, squeezed(records([response()])) + b"\x1f\x8b\x08\x00" * 20_000)


def test_two_records_of_one_id(tmp_path: Path) -> None:
    parts, lines = held(tmp_path, records([response(), response()]))
    assert (parts, len(lines)) == (["urn:uuid:0"], 1)
    assert "two records have the id “urn:uuid:0”" in lines[0]


@pytest.mark.parametrize(
    ("body", "headers", "said"),
    [
        (squeezed(HTML)[:-20], {"Content_Encoding": "gzip"}, "its packed content breaks off"),
        (squeezed(HTML)[:10] + b"\xff" * 50, {"Content_Encoding": "gzip"}, "its packed content is damaged"),
        (b"\xff\xff\xff", {"Content_Encoding": "deflate"}, "its packed content is damaged"),
        (b"50\r\n<p>", {"Transfer_Encoding": "chunked"}, "its content breaks off within a chunk"),
        (b"3\r\n<p>\r\n", {"Transfer_Encoding": "chunked"}, "its content breaks off between two chunks"),
        (b"\x00\x01", {"Content_Encoding": "zstd"}, "its content is packed in a way that cannot be read here: “zstd”"),
    ],
)
def test_damaged_content(tmp_path: Path, body: bytes, headers: dict[str, str], said: str) -> None:
    data = warc(answer("https://example.com/", body, **headers), answer("https://example.com/b"))
    assert held(tmp_path, data) == (["urn:uuid:1"], [f"INGEST-DAMAGED record urn:uuid:0: {said}. {LOOK}"])


def test_brotli_without_its_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "brotli", None)
    _, lines = held(tmp_path, warc(answer("https://example.com/", b"\x1b\x00", Content_Encoding="br")))
    assert lines == [
        f"INGEST-DAMAGED record urn:uuid:0: its content is packed with Brotli, which needs the package `brotli`. {LOOK}"
    ]


# Far too much


def test_a_page_of_100_megabytes_is_not_read(tmp_path: Path) -> None:
    for head, what in ((b"<!doctype html>", "a page"), (singlefile(), "a page"), (mhtml(), "an MHTML file")):
        path = sparse(tmp_path / "capture", head.ljust(limits.HEAD_BYTES, b" "), 100_000_000)
        with bounded(2, 1):
            assert [type(found) for found in discover([path])] == [Saved]
            (found,) = pages(Saved(path))
        assert isinstance(found, Diagnostic)
        assert (found.rule, found.message.partition("; ")) == (
            "INGEST-SIZE",
            ("100,000,000 bytes", "; ", f"{what} has at most {20 if what == 'a page' else 50},000,000"),
        )


def test_a_text_that_is_too_long(tmp_path: Path) -> None:
    assert held(tmp_path, b"x" * 10_000_001) == (
        [],
        ["INGEST-SIZE 10,000,001 bytes; an article has at most 10,000,000. Split the file."],
    )


def test_a_page_of_a_warc_that_is_too_large(tmp_path: Path) -> None:
    packed = squeezed(bytes(30_000_000))
    data = warc(
        answer("https://example.com/a", packed, Content_Encoding="gzip"),
        answer("https://example.com/b", squeezed(packed), Content_Encoding="gzip, gzip"),
        answer("https://example.com/c"),
    )
    with bounded(80, 5):
        parts, lines = held(tmp_path, data)
    assert (parts, [line.split(" ")[0] for line in lines]) == (["urn:uuid:2"], ["INGEST-SIZE"] * 2)
    head = records([response(Content_Length="90000000")])[: -len(HTML)]
    path = sparse(tmp_path / "large", head, 100_000_000)
    with bounded(2, 2):
        found = list(pages(Saved(path)))
    assert [one.rule for one in found if isinstance(one, Diagnostic)] == ["INGEST-DAMAGED"]


def test_a_page_of_a_warc_that_is_just_too_large(tmp_path: Path) -> None:
    data = warc(
        answer("https://example.com/a", HTML.ljust(20_000_001)), answer("https://example.com/b", b"x" * 20_100_000)
    )
    lines = held(tmp_path, data)[1]
    assert [line.partition(";")[0] for line in lines] == [
        "INGEST-SIZE record urn:uuid:0: 20,000,001 bytes",
        "INGEST-SIZE record urn:uuid:1: 20,100,059 bytes",
    ]


def test_gzip_that_unpacks_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FREE_BYTES", 10_000_000)
    body = HTML.ljust(30_000_000)
    path = tmp_path / "bomb.warc.gz"
    path.write_bytes(squeezed(records([response()])) + squeezed(records([response(body, number=1)])))
    with bounded(5, 5):
        found = [str(one) for one in discover([path]) if isinstance(one, Diagnostic)]
        assert found == []
        lines = [one.message for one in pages(Saved(path)) if isinstance(one, Diagnostic)]
    assert lines == [f"it unpacks to more than {10_000_000 + 100 * path.stat().st_size:,} bytes"]


def test_too_many_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PAGES", 2)
    parts, lines = held(tmp_path, three())
    assert (len(parts), lines) == (2, ["INGEST-SIZE more than 2 pages; the rest was not read. Split the file."])


def test_pages_are_held_in_memory_one_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "capture"
    many = (answer(f"https://example.com/{number}", HTML.ljust(200_000)) for number in range(100))
    path.write_bytes(warc(*many))
    with bounded(3, 5):
        assert sum(isinstance(found, Candidate) for found in pages(Saved(path))) == 100


def test_kinds_without_end_are_counted_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "KINDS", 2)
    others = (answer("https://example.com/", b"x", f"image/x{number}") for number in range(5))
    assert held(tmp_path, warc(answer("https://example.com/"), *others))[1] == [
        "INGEST-PASSED-OVER 5 records are no pages: 3 of other kinds, 1 image/x0, 1 image/x1"
    ]


# Zip archives


@pytest.mark.parametrize("name", ["../a", "a/../../b", "/etc/a", "C:/a", "a\\..\\b", "..", "a/.."])
def test_names_that_lead_out(tmp_path: Path, name: str) -> None:
    assert held(tmp_path, zipped({"datapackage.json": b"{}", name: b"x"})) == (
        [],
        [
            f"INGEST-UNSAFE 1 of its files have names that lead out of it: “{name}”. "
            "Nothing more of it was read. Ask whoever made it."
        ],
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["capture"]


def test_two_files_of_one_name(tmp_path: Path) -> None:
    data = zipped({"datapackage.json": b"{}", "datapackage.jsoN": b"{}"})
    assert "it holds “datapackage.jsoN” twice" in held(tmp_path, data)[1][0]


def test_a_zip_bomb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FREE_BYTES", 10_000_000)
    honest = zipped({"datapackage.json": b"{}", "archive/a.warc": bytes(30_000_000)}, deflate=True)
    # The same, but the list of files says that it unpacks to one byte.
    lying = honest.replace(struct.pack("<L", 30_000_000), struct.pack("<L", 1))
    with bounded(5, 5):
        _, (line,) = held(tmp_path, honest)
        assert line.startswith("INGEST-UNSAFE its ")
        _, lines = held(tmp_path, lying)
    assert [line.split(" ")[0] for line in lines] == ["INGEST-DAMAGED"] * 2
    large = zipped({"datapackage.json": bytes(6_000_000)}, deflate=True)
    assert "INGEST-UNSAFE “datapackage.json” has 6,000,000 bytes" in held(tmp_path, large)[1][0]


def test_a_hundred_thousand_entries(tmp_path: Path) -> None:
    entry = b"PK\x01\x02" + bytes(24) + struct.pack("<HHH", 6, 0, 0) + bytes(12)
    listed = b"".join(entry + b"%06d" % number for number in range(100_000))
    end = struct.pack("<4sQHHLLQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, 100_000, 100_000, len(listed), 0)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, len(listed), 1)
    last = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    data = b"PK\x03\x04" + bytes(26) + listed + end + locator + last
    with bounded(10, 1):
        _, (line,) = held(tmp_path, data)
    assert line == (
        "INGEST-UNSAFE it holds 100,000 files; at most 10,000 are read. "
        "Nothing more of it was read. Ask whoever made it."
    )
    lying = data.replace(struct.pack("<QQ", 100_000, 100_000), struct.pack("<QQ", 1, 1))
    _, (line,) = held(tmp_path, lying)
    assert line.startswith(("INGEST-UNSAFE", "INGEST-DAMAGED"))


def test_a_list_of_files_that_is_longer_than_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ENTRIES", 1)
    made = zipped({"datapackage.json": b"{}", "a": b"", "b": b""})
    lying = made.replace(struct.pack("<HH", 3, 3), struct.pack("<HH", 1, 1))
    for data in (made, lying):
        assert held(tmp_path, data)[1][0].startswith("INGEST-UNSAFE it holds 3 files; at most 1 are read.")


def test_a_zip_that_is_cut_short_or_encrypted(tmp_path: Path) -> None:
    made = wacz({"archive/a.warc": warc(answer("https://example.com/"))})
    assert "it has no list of files at its end" in held(tmp_path, made[:-30])[1][0]
    locked = bytearray(made)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + at] |= 1
    assert "“archive/a.warc” is encrypted" in held(tmp_path, bytes(locked))[1][0]


def test_places_and_names_that_are_none(tmp_path: Path) -> None:
    assert (
        "INGEST-PASSED-OVER 1 file is no page" in held(tmp_path, zipped({"datapackage.json": b"{}", "": b"x"}))[1][-1]
    )
    made = bytearray(zipped({"datapackage.json": b"{}"}))
    struct.pack_into("<L", made, made.index(b"PK\x05\x06") + 16, 0xFFFFFF)
    assert held(tmp_path, bytes(made))[1][0].startswith("INGEST-DAMAGED")


def test_json_without_end(tmp_path: Path) -> None:
    deep = b"[" * 100_000
    made = zipped({"datapackage.json": deep, "datapackage-digest.json": deep, "pages/pages.jsonl": deep})
    assert [line.split(" ")[0] for line in held(tmp_path, made)[1]] == ["INGEST-DAMAGED"] * 2


# MHTML


def test_parts_within_parts(tmp_path: Path) -> None:
    nested = b"".join(
        b"--b%d\r\nContent-Type: multipart/related; boundary=b%d\r\n\r\n" % (n, n + 1) for n in range(2000)
    )
    head = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b0\r\n\r\n"
    with bounded(10, 2):
        _, (line,) = held(tmp_path, head + nested)
    assert line.startswith("INGEST-UNSAFE parts lie in one another more than 10 deep.")


def test_too_many_parts(tmp_path: Path) -> None:
    part = "------b----\r\nContent-Type: text/css\r\n\r\na{}\r\n"
    assert held(tmp_path, mhtml(more=part * 5000))[1][0].startswith("INGEST-UNSAFE it has more than 5,000 parts.")


def test_an_mhtml_page_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PAGE_BYTES", 80)
    assert held(tmp_path, mhtml())[1][0].startswith("INGEST-SIZE 82 bytes; a page has at most 80.")


# Folders


def test_a_folder_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FILES", 3)
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text("x")
    found = [one for one in discover([tmp_path]) if isinstance(one, Diagnostic)]
    assert [(one.rule, one.message) for one in found] == [
        ("INGEST-SIZE", "more than 3 files; the rest was not looked at")
    ]


def test_folders_in_folders(tmp_path: Path) -> None:
    deep = tmp_path
    for _ in range(400):
        deep = deep / "a"
    deep.mkdir(parents=True)
    (deep / "b.txt").write_text("x")
    assert [type(found) for found in discover([tmp_path])] == [Saved]


# Whatever comes


NAMES = st.sampled_from(["url", "history", "start_ts", "status", "type", "resources", "path", "hash", "signedData"])


SEEDS = [
    HTML,
    singlefile(),
    mhtml(more="------b----\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n"),
    b"%PDF-1.7\n",
    warc(answer("https://example.com/a", zlib.compress(HTML), Content_Encoding="deflate"), answer("urn:x")),
    warc(answer("https://example.com/a"), answer("https://example.com/b", record="resource"), packed=True),
    wacz({"archive/a.warc.gz": warc(answer("https://e.com/a"), packed=True)}, signed={"signature": "x"}),
    zipped({"datapackage.json": b'{"resources": [{"path": "archive/a"}]}', "archive/a": warc()}, deflate=True),
]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(SEEDS), st.integers(0, 2**32), st.integers(0, 12))
def test_nothing_but_pages_and_diagnostics_comes_out(tmp_path: Path, seed: bytes, chance: int, changes: int) -> None:
    data = bytearray(seed)
    pick = random.Random(chance)
    for _ in range(changes):
        at = pick.randrange(len(data) + 1)
        match pick.randrange(5):
            case 0:
                data[at : at + 1] = bytes([pick.randrange(256)])
            case 1:
                del data[at : at + pick.randrange(40)]
            case 2:
                data[at:at] = pick.choice(
                    [b"\r\n\r\n", b"\x00", b"WARC/1.0\r\n", b"PK\x05\x06", b"--", b"=?x?q?=", b"%"]
                )
            case 3:
                data[at:at] = data[pick.randrange(len(data) + 1) :][: pick.randrange(60)]
            case 4:
                del data[at:]
    path = tmp_path / "capture"
    path.write_bytes(data)
    for found in [*discover([path]), *pages(Saved(path))]:
        assert isinstance(found, Saved | Candidate | Diagnostic)
        if isinstance(found, Candidate):
            assert found.part is None or found.part.strip()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just("2022-09-13T10:15:00+00:00"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(JSON, JSON)
def test_whatever_a_program_says_of_its_folder(tmp_path: Path, first: object, second: object) -> None:
    (tmp_path / "output.html").write_bytes(HTML)
    (tmp_path / "index.json").write_text(json.dumps(first))
    (tmp_path / "index.jsonl").write_text(f"{json.dumps(second)}\n{json.dumps(first)}")
    (tmp_path / "a.wacz").write_bytes(
        zipped({"datapackage.json": json.dumps(first).encode(), "datapackage-digest.json": json.dumps(second).encode()})
    )
    for found in discover([tmp_path]):
        assert isinstance(found, Saved | Diagnostic)
        if isinstance(found, Saved):
            assert all(isinstance(page, Candidate | Diagnostic) for page in pages(found))


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["", "a.html", "a.txt"]))
def test_any_bytes_are_of_some_kind_or_none(data: bytes, name: str) -> None:
    for head in (b"", b"<!--", b"MIME-Version: 1.0\n", b"\x1f\x8b\x08\x00", b"WARC/1.0\r\n"):
        kinds.kind(head + data, name)


def test_telling_a_kind_takes_no_time() -> None:
    worst = [
        b"<!--" + b"-" * 65_000,
        b"<!-- -->" * 8000,
        b"<html " + b"a='" * 20_000,
        b"a:b\r\n" * 13_000,
        b" " * 65_000,
    ]
    with bounded(5, 2):
        for head in worst:
            kinds.kind(head, "a.html")
