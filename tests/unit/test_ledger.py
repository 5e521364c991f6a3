"""Nothing is lost: an article's body and its ledger give back the original, whatever the original was."""

from __future__ import annotations

import codecs
import contextlib
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotated_archive.ingest.decode import decode
from annotated_archive.ingest.dump import Dump, read_dump
from annotated_archive.records.diagnostic import ContentError
from annotated_archive.records.ledger import Ledger, LedgerError, Span, rebuild
from annotated_archive.records.text import blocks, flaws

HARD = (
    "\n\n\n\r\r\n\t\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029 \u00a0\u2003\u3000\u200b\u00ad\ufeff\u202a\u202e\u2066\u2069"
    "\x00\x07\x7f"
    "e\u0301\u0327a\u030a\u1100\u1161\u11a8\u0344\u212b\u0958\ufb1d՛Գորի՞սև السلام‎دزفول ə😀\uffff.»"
)  # fmt: skip
LINE_ENDS = st.sampled_from(
    ["\n", "\n\n", "\n\n\n", "\r\n", "\r\n\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", " \n \n", ""]
)
HEADLINE = "Attacks on the border of the old valley break out, potentially reigniting a conflict"
FURNITURE = st.sampled_from(
    [
        HEADLINE,
        f"Home » {HEADLINE}",
        "Home » News » Old Valley",
        "Valley Border Conflict News",
        "Soldiers stand in a line. (Photo by A Name / An Agency)",
        "Old conflict: attacks break out on the border of the valley, reports say, and more of it follows below.",
        "Read more",
        "Source: The Valley Times",
        "Source: The Valley Times \u202e",
        "Leave a Comment",
        "No comments",
        "Leave a Reply Cancel reply",
        "A sentence of the text stands here.",
    ]
)
LINES = st.tuples(FURNITURE | st.text(alphabet=HARD, max_size=12) | st.text(max_size=20), LINE_ENDS).map("".join)
DUMPS = st.lists(LINES, max_size=12).map("".join)
TEXTS = st.text() | st.text(alphabet=HARD) | DUMPS


def assert_nothing_lost(original: str, dump: Dump) -> None:
    """The invariants of every ledger."""
    assert rebuild(dump.body, dump.spans) == original
    assert list(flaws(dump.body)) == []
    ends = [0, *(span.end for span in dump.spans)]
    assert all(end <= span.start < span.end for end, span in zip(ends, dump.spans, strict=False) if span.text)
    assert all(original[span.start : span.end] == span.text != span.replacement for span in dump.spans)
    assert all(original[proposal.start : proposal.end] == proposal.text for proposal in dump.proposals)
    count = len(list(blocks(dump.body)))
    assert all(1 <= number <= count for number in dump.blocks)


@given(TEXTS)
@example(f"Home » {HEADLINE}\nValley Border News\n\n{HEADLINE}\n\nText.\n\nSource: X\nNo comments\nLeave a Comment\n")
@example("a\u0301\n\u0301b")
@example("\ufeff\n \u202e\n\x00")
def test_body_and_ledger_rebuild_the_original(original: str) -> None:
    assert_nothing_lost(original, read_dump(original))


@given(DUMPS, st.sampled_from([HEADLINE, "A sentence of the text stands here.", "Another title"]))
def test_they_do_with_a_title_given(original: str, title: str) -> None:
    dump = read_dump(original, title)
    assert_nothing_lost(original, dump)
    assert dump.title in (None, title)


@given(TEXTS)
def test_what_is_taken_stands_in_the_ledger_with_its_rule(original: str) -> None:
    """No word leaves the body but by a rule of its own: white space and characters are all that the others change."""
    for span in read_dump(original).spans:
        if span.rule == "white-space" or span.rule == "one-line-paragraph":
            cleaned = re.sub("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]", "", span.text)
            assert not cleaned.strip() and not span.replacement.strip()
        elif span.rule in ("normal-form", "forbidden-character"):
            assert len(span.text) <= len(original) and span.text != span.replacement
        else:
            assert span.rule in ("breadcrumb", "category-line", "headline", "comment-prompt", "source-line")
            assert span.replacement == "" and "\n" not in span.text


def assert_bytes_come_back(data: bytes) -> None:
    try:
        decoded = decode(data, "dump.txt")
    except ContentError as error:
        (found,) = error.diagnostics
        assert found.rule in ("INGEST-EMPTY", "INGEST-NOT-TEXT")
        return
    dump = read_dump(decoded.text)
    assert decoded.encode(rebuild(dump.body, dump.spans)) == data


@given(TEXTS)
def test_bytes_come_back_from_unicode(original: str) -> None:
    assert_bytes_come_back(original.encode("utf-8"))
    assert_bytes_come_back(codecs.BOM_UTF8 + original.encode("utf-8"))
    assert_bytes_come_back(codecs.BOM_UTF16_LE + original.encode("utf-16-le"))
    assert_bytes_come_back(codecs.BOM_UTF16_BE + original.encode("utf-16-be"))


@given(st.text(alphabet=st.characters(codec="windows-1252")), st.text(alphabet=st.characters(codec="iso-8859-1")))
def test_bytes_come_back_from_one_byte_a_letter(windows: str, latin: str) -> None:
    assert_bytes_come_back(windows.encode("windows-1252"))
    assert_bytes_come_back(latin.encode("iso-8859-1"))


@given(
    st.binary()
    | st.binary().map(lambda data: codecs.BOM_UTF16_LE + data)
    | st.binary().map(lambda d: b"\xef\xbb\xbf" + d)
)
def test_bytes_come_back_whatever_they_are(data: bytes) -> None:
    assert_bytes_come_back(data)


@pytest.mark.parametrize(
    ("data", "encoding", "bom", "text"),
    [
        ("Գորիս".encode(), "utf-8", False, "Գորիս"),
        (codecs.BOM_UTF8 + b"Goris", "utf-8", True, "Goris"),
        (codecs.BOM_UTF8 * 2 + b"Goris", "utf-8", True, "\ufeffGoris"),
        (codecs.BOM_UTF16_LE + "Գորիս".encode("utf-16-le"), "utf-16-le", True, "Գորիս"),
        (codecs.BOM_UTF16_BE + "Գորիս".encode("utf-16-be"), "utf-16-be", True, "Գորիս"),
        (b"Caf\xe9 \x93quoted\x94", "windows-1252", False, "Café “quoted”"),
        (b"Caf\xe9 \x81", "iso-8859-1", False, "Café \x81"),
    ],
)
def test_how_bytes_are_read(data: bytes, encoding: str, bom: bool, text: str) -> None:
    decoded = decode(data, "dump.txt")
    assert (decoded.encoding, decoded.bom, decoded.text) == (encoding, bom, text)
    assert decoded.encode(decoded.text) == data


def span(start: int, end: int, text: str, replacement: str = "") -> Span:
    return Span(start=start, end=end, rule="headline", reason="x", text=text, replacement=replacement)


def test_rebuild() -> None:
    assert rebuild("One.\n\nTwo.", [span(0, 6, "Home\n\n"), span(10, 13, "\r\n ", "\n\n"), span(17, 18, "\n")]) == (
        "Home\n\nOne.\r\n Two.\n"
    )
    assert rebuild("One.", []) == "One."
    assert rebuild("", [span(0, 1, "a"), span(1, 2, "b")]) == "ab"


@pytest.mark.parametrize(
    ("body", "spans", "message"),
    [
        ("One.", [span(0, 2, "a")], "span 1: 0–2 overlaps another or does not fit its text"),
        ("One.", [span(0, 2, "ab"), span(1, 2, "c")], "span 2: 1–2 overlaps another or does not fit its text"),
        ("One.", [span(5, 6, "a")], "span 1 begins beyond the end of the body"),
        ("One.", [span(1, 2, "a", "x")], "span 1: the body does not hold its replacement at offset 1"),
    ],
)
def test_rebuild_says_where_body_and_ledger_part(body: str, spans: list[Span], message: str) -> None:
    with pytest.raises(LedgerError) as caught:
        rebuild(body, spans)
    assert str(caught.value) == message


@given(st.text(alphabet="ab\n", max_size=30), st.data())
def test_an_edit_of_the_body_never_gives_the_original_again(original: str, data: st.DataObject) -> None:
    dump = read_dump(original)
    edited = data.draw(st.text(alphabet="ab\n", max_size=30).filter(lambda text: text != dump.body))
    with contextlib.suppress(LedgerError):
        assert rebuild(edited, dump.spans) != original


def test_a_ledger_refuses_what_it_does_not_know() -> None:
    source = {"path": "a.txt", "sha256": "0" * 64, "encoding": "utf-8", "bom": False}
    Ledger.model_validate({"article": "a", "original": source})
    for wrong in ({"path": "../a.txt"}, {"path": "/a.txt"}, {"encoding": "utf-7"}, {"sha256": "0"}):
        with pytest.raises(ValueError):
            Ledger.model_validate({"article": "a", "original": source | wrong})
