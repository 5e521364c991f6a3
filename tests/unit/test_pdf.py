"""The text of PDFs: columns, what repeats on pages, broken words, scripts, and files that are no good."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotated_archive.ingest import leftwards, pdf_program
from annotated_archive.ingest.article import Details, ingest
from annotated_archive.ingest.layout import Piece, columns, rows
from annotated_archive.ingest.pdf import read_pdf
from annotated_archive.ingest.printed import Block, printed
from annotated_archive.ingest.reading import Candidate, Reading
from annotated_archive.records.diagnostic import ContentError
from annotated_archive.records.ledger import rebuild
from annotated_archive.records.text import flaws
from pdfs import Line, column, pdf, stream

LEFT = [
    "The shelling of the villages near",
    "Velm began after midnight, said",
    "the ministry in a statement on the",
    "events of the night in Kara-",
    "bakh and its region. Many people",
    "left their houses before morning.",
]
RIGHT = [
    "Others stayed with their families",
    "until the evening. A cease-",
    "fire was announced, and Karabakh",
    "welcomed it. The cease-fire failed",
    "before noon. People in Upper-",
    "Velm heard of the settle-",
    "ment on Tuesday.",
]
PICTURE = stream(
    b"\xff\x00\x00", "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceRGB /BitsPerComponent 8"
)


def read(data: bytes, title: str | None = None) -> Reading:
    """Read a PDF; body and ledger give its text back, and the body is canonical."""
    reading = read_pdf(Candidate("pdf", "pdf", data), "a.pdf", title)
    assert rebuild(reading.body, reading.spans) == reading.text
    assert not list(flaws(reading.body))
    return reading


def said(reading: Reading) -> str:
    """All doubts as one text."""
    return "\n".join(f"{doubt.rule} {doubt.message}" for doubt in reading.doubts)


def refusal(data: bytes) -> str:
    """The one diagnostic of a PDF that is not read."""
    with pytest.raises(ContentError) as error:
        read(data)
    assert len(error.value.diagnostics) == 1
    return str(error.value)


@pytest.fixture(scope="module")
def paper() -> Reading:
    """Two pages of two columns with a head, page numbers and a headline."""
    pages: list[list[Line]] = []
    for number in (1, 2):
        words = [line if number == 1 else line.upper() for line in LEFT]
        page: list[Line] = [(60, 770, 8, "The Valley Gazette"), (300, 30, 8, f"{number} / 2")]
        page += [(60, 730, 20, "Shells fall on Velm as talks go on")] if number == 1 else []
        pages.append(page + column(words) + (column(RIGHT, x=320) if number == 1 else []))
    return read(pdf(pages, info={"Title": "a.indd"}))


def test_two_columns_are_read_one_after_the_other(paper: Reading) -> None:
    first, second = paper.body.split("\n\n")[:2]
    assert first.endswith("left their houses before morning.")
    assert second.startswith("Others stayed with their families until the evening.")


def test_columns_are_read_between_what_stands_across_them() -> None:
    def block(left: float, top: float, name: str) -> list[Piece]:
        return [
            Piece(f"{name} words of a line {n}", left, top + 12 * n, left + 200, top + 12 * n + 10) for n in range(4)
        ]

    across = Piece("A line that goes over both columns", 60, 120, 500, 130)
    page = [*block(60, 60, "a"), *block(300, 60, "b"), across, *block(60, 140, "c"), *block(300, 140, "d")]
    assert [column[0].text[0] for column in columns(page[::-1])] == ["a", "b", "A", "c", "d"]


def test_three_columns_and_columns_from_the_right() -> None:
    def page(words: str) -> list[Piece]:
        return [
            Piece(f"{words} {n}{c}", 60 + 180 * c, 60 + 12 * n, 200 + 180 * c, 70 + 12 * n)
            for n in range(5)
            for c in range(3)
        ]

    assert [column[0].text[-1] for column in columns(page("words of a column"))] == ["0", "1", "2"]
    assert [column[0].text[-1] for column in columns(page("کلمات در یک ستون"))] == ["2", "1", "0"]


def test_a_table_is_read_line_by_line() -> None:
    table = [Piece(f"{c}{n}", 60 + 200 * c, 60 + 12 * n, 90 + 200 * c, 70 + 12 * n) for n in range(5) for c in range(2)]
    assert [row.text for row in columns(table)[0]] == [f"0{n} 1{n}" for n in range(5)]


def test_what_repeats_at_the_edges_of_pages_is_set_aside(paper: Reading) -> None:
    taken = [(span.rule, span.text) for span in paper.spans if span.rule.startswith("page-")]
    head = ("page-header", "The Valley Gazette")
    assert taken == [head, ("page-number", "1 / 2"), head, ("page-number", "2 / 2")]


def test_a_line_of_one_page_is_kept_at_its_edge() -> None:
    body = read(pdf([[(60, 770, 10, f"{word} of the page"), *column(LEFT)] for word in ("Head", "Top")])).body
    assert "Head of the page" in body and "Top of the page" in body


def test_the_headline_becomes_the_title(paper: Reading) -> None:
    assert paper.title == "Shells fall on Velm as talks go on"
    assert [(one.field, one.origin) for one in paper.found] == [("title", "heading"), ("language", "text")]
    assert "Shells fall" not in paper.body


def test_a_title_that_an_editor_gives_is_taken_out_of_the_text() -> None:
    reading = read(pdf([column(["Shells  fall", "", *LEFT])]), title="Shells fall")
    assert reading.title == "Shells fall" and "Shells fall" not in reading.body
    assert [span.rule for span in reading.spans][:1] == ["headline"]


def test_broken_words_are_made_whole_only_where_the_document_tells(paper: Reading) -> None:
    assert "night in Karabakh and" in paper.body
    assert "A cease-fire was announced" in paper.body
    assert "People in Upper-Velm heard" in paper.body
    assert "settle-\nment" in paper.body
    assert [(proposal.rule, proposal.text) for proposal in paper.proposals] == [("line-end-hyphen", "-\n")]
    spans = [(span.rule, span.text) for span in paper.spans if "line" in span.rule and span.rule != "headline"]
    assert spans[:3] == [("line-end-hyphen", "-\n"), ("line-end", "\n"), ("line-end", "\n")]


def test_a_paragraph_goes_on_over_the_page() -> None:
    text = [*LEFT[:4], "night and the people of the valley"]
    reading = read(pdf([column(text), column(["went on to the next town until", "the morning came to the valley."])]))
    assert "people of the valley went on to the next town" in reading.body
    assert [span.rule for span in reading.spans if span.text == "\n\n"] == ["paragraph-end"]
    other = read(pdf([column(text), column(["Went on to the next town until", "the morning came to the valley."])]))
    assert "people of the valley\n\nWent on" in other.body


def test_a_heading_between_paragraphs_is_marked() -> None:
    page = [*column(LEFT), (60, 610, 14, "What was said"), *column(RIGHT, top=590)]
    reading = read(pdf([page]), title="Another")
    assert reading.body.split("\n\n")[1] == "What was said"
    assert reading.blocks == {2: "heading"}


@pytest.mark.parametrize(
    "text", ["Գորիսի և Ջերմուկի ուղղությամբ", "გორისი და ჯერმუკი", "Şuşa və Xankəndi", "обстрел Гориса", "A 😀 here"]
)
def test_scripts_that_run_to_the_right(text: str) -> None:
    assert read(pdf([column([text])])).body == text


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("نوشته شده"[::-1], "نوشته شده"),
        ("دوب 49 نیا", "این 49 بود"),
        ("CNN دوب نیا", "این بود CNN"),
        ("(دوب) نیا", "این (بود)"),
        (")دوب( نیا", "این (بود)"),
        ("שלום 12:30 abc", "12:30 abc םולש"),
        ("the town of سیروگ is", "the town of گوریس is"),
    ],
)
def test_letters_that_run_to_the_left_are_read_by_where_they_stand(seen: str, meant: str) -> None:
    assert leftwards.logical(list(seen)) == meant


def test_a_page_that_runs_to_the_left() -> None:
    lines = ["دش عورش بش همین زا سپ گوریس یاهاتسور رد یریگرد", "تشاد همادا حبص ات و"]
    reading = read(pdf([[(560 - 5 * len(line), 700 - 12 * n, 10, line) for n, line in enumerate(lines)]]))
    assert reading.body == "درگیری در روستاهای سیروگ پس از نیمه شب شروع شد و تا صبح ادامه داشت"


def test_marks_stay_with_their_letters_and_a_lam_before_its_alef() -> None:
    glyphs = [leftwards.Glyph("ا", 10, 0, 15, 10), leftwards.Glyph("ل", 10, 0, 15, 10)]
    assert [one.text for one in leftwards.pieces(glyphs)] == ["لا"]
    glyphs = [leftwards.Glyph("\u064e", 21, 0, 22, 10), leftwards.Glyph("ب", 20, 0, 25, 10)]
    assert [one.text for one in leftwards.pieces(glyphs)] == ["بَ"]


def test_signs_without_a_known_letter_are_shown_and_said() -> None:
    reading = read(pdf([column(["a\x01b"])]))
    assert reading.body == "a\ufffdb"
    assert "which letters 1 of its signs are" in said(reading)


def test_what_the_file_says_of_itself_is_no_date_of_the_article() -> None:
    info = {"Title": "On Velm", "Author": "someone", "CreationDate": "D:20220914120000+04'00'", "Creator": "Writer"}
    made = ingest(Candidate("pdf", "pdf", pdf([column(LEFT)], info=info)), "a.pdf", "0" * 64, Details())
    assert (made.article.title, made.article.author, made.article.date) == ("On Velm", "someone", None)
    assert made.article.original.capture == "unknown" and made.article.language == "en"
    messages = [doubt.message for doubt in made.doubts]
    assert any("neither a date of publication nor one of a capture" in message for message in messages)
    assert made.ledger.original.encoding is None and made.ledger.original.text


def test_what_a_browser_printed_says_when_and_where() -> None:
    info = {"Title": "On Velm", "CreationDate": "D:20220914120000+04'00'", "Creator": "Mozilla/5.0 (X11) Chrome/106"}
    foot = [[(60.0, 20.0, 8.0, f"https://gazette.example/velm {n}/2")] for n in (1, 2)]
    reading = read(pdf([column(LEFT) + foot[0], column(RIGHT) + foot[1]], info=info))
    found = {one.field: one.value for one in reading.found}
    assert found["captured"] == "2022-09-14T12:00:00+04:00"
    assert found["url"] == "https://gazette.example/velm"


def test_a_title_that_is_the_name_of_a_file_is_none() -> None:
    assert read(pdf([column(LEFT)], info={"Title": "Microsoft Word - velm.doc"})).title is None


def test_pictures_are_counted() -> None:
    content = b"q 10 0 0 10 0 0 cm /Im0 Do Q BT /F1 10 Tf 60 700 Td <00410042> Tj ET"
    file = pdf([content], more=[PICTURE], resources="/XObject << /Im0 10 0 R >>")
    assert read(file).pictures == 1
    assert read(pdf([column(LEFT)], more=[PICTURE])).pictures == 1  # on no page, but in the file
    assert read(pdf([column(LEFT)])).pictures == 0


def test_a_scan_says_that_it_has_no_text() -> None:
    file = pdf([b"/Im0 Do"] * 3, more=[PICTURE], resources="/XObject << /Im0 10 0 R >>")
    assert refusal(file).startswith("a.pdf:1:1: INGEST-NO-TEXT a scan: 3 pages, no text. ")
    assert refusal(pdf([[]])).startswith("a.pdf:1:1: INGEST-NO-TEXT 1 page, no text. ")
    mixed = read(pdf([column(LEFT), b"/Im0 Do"], more=[PICTURE], resources="/XObject << /Im0 10 0 R >>"))
    assert "no text on page 2: scanned, perhaps" in said(mixed)


def test_a_password() -> None:
    locked = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'11' * 32}> /U <{'22' * 32}> >> /ID [<00> <00>]"
    assert refusal(pdf([column(LEFT)], encrypt=locked)).startswith("a.pdf:1:1: INGEST-PASSWORD ")


def test_scripts_and_attachments_are_named_and_not_used() -> None:
    script = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
    file = stream(b"secret", "/Type /EmbeddedFile")
    spec = b"<< /Type /Filespec /F (x\\nINGEST-LIE.exe) /EF << /F 11 0 R >> >>"
    catalog = "/OpenAction 10 0 R /Names << /EmbeddedFiles << /Names [(x) 12 0 R] >> >>"
    reading = read(pdf([column(LEFT)], catalog=catalog, more=[script, file, spec]))
    assert "the PDF holds JavaScript, which was not run" in said(reading)
    assert "1 attached file(s), which were not opened: “x\\u000aINGEST-LIE.exe”" in said(reading)
    assert reading.pictures == 1  # nobody knows what the attachment shows: the original is not published


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 and nothing", pdf([column(LEFT)])[:900]])
def test_a_broken_file(data: bytes) -> None:
    assert refusal(data).startswith("a.pdf:1:1: INGEST-DAMAGED ")


def test_a_file_that_was_cut_off_behind_its_text() -> None:
    whole = pdf([column(LEFT)])
    assert "it may be cut off" in said(read(whole[: whole.rindex(b"startxref")]))


def test_many_pages_are_refused_before_they_are_read() -> None:
    message = refusal(pdf([b""] * 5000))
    assert message.startswith("a.pdf:1:1: INGEST-SIZE a PDF of 5,000 pages; at most 500 are read. ")


def test_a_crash_costs_one_diagnostic(tmp_path: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    program = f"{tmp_path}/crash.py"
    with open(program, "w") as file:
        file.write("import os\nos.abort()\n")
    monkeypatch.setattr(pdf_program, "__file__", program)
    assert refusal(b"%PDF").startswith("a.pdf:1:1: INGEST-DAMAGED the program that reads PDFs broke off")


def test_too_many_marks_on_one_letter() -> None:
    assert refusal(pdf([column(["a" + "\u0301" * 40])])).startswith("a.pdf:1:1: INGEST-DAMAGED ")


LETTERS = st.text(st.sampled_from("abc Kara-bakhԳոאב.1\u0301\u00ad"), min_size=1, max_size=12)


@given(st.lists(st.tuples(st.lists(LETTERS, min_size=1, max_size=4), st.sampled_from([None, "page-header"]))))
@settings(max_examples=150, deadline=None)
def test_body_and_ledger_rebuild_the_text(made: list[tuple[list[str], str | None]]) -> None:
    cleaned = [([re.sub(r"[\u0301\s]+", " ", line).strip() for line in lines], rule) for lines, rule in made]
    blocks = [
        Block(tuple(kept), 1, taken=rule, goes_on=True) for lines, rule in cleaned if (kept := [x for x in lines if x])
    ]
    result = printed(blocks, {"page-header": "…"})
    assert rebuild(result.body, result.spans) == result.text
    assert result.text == "\n\n".join(block.text for block in blocks)
    assert not list(flaws(result.body))
    assert [n for n, _ in enumerate(result.body.split("\n\n"), 1) if result.body] == list(result.blocks)


PIECES = st.builds(
    lambda x, y, w, h, t: Piece(t, x, y, x + w, y + h),
    *(st.floats(0, 600), st.floats(0, 800), st.floats(0, 500), st.floats(0.1, 40), LETTERS),
)


@given(st.lists(PIECES, max_size=40))
@settings(max_examples=100, deadline=None)
def test_no_letter_of_a_page_is_lost(pieces: list[Piece]) -> None:
    def letters(texts: list[str]) -> list[str]:
        return sorted("".join(texts).replace(" ", ""))

    every = letters([piece.text for piece in pieces])
    assert letters([row.text for column in columns(pieces) for row in column]) == every
    assert letters([row.text for row in rows(pieces)]) == every


@given(st.lists(st.sampled_from([*"abאב12 ()., گو"]), max_size=20))
@settings(max_examples=150, deadline=None)
def test_reading_a_line_keeps_its_signs(signs: list[str]) -> None:
    unmirrored = str.maketrans(")", "(")
    assert sorted(leftwards.logical(signs).translate(unmirrored)) == sorted("".join(signs).translate(unmirrored))


def test_paragraphs_of_few_lines_are_told_by_the_room_between_them() -> None:
    """As browsers print a page: most steps from line to line are those between paragraphs."""
    text = ["By A. Writer", *(f"This is what happened at noon of day {n}." for n in range(6)), LEFT[0], LEFT[1]]
    text[-1] += "."
    page: list[Line] = []
    top = 700.0
    for before, line in pairwise(["", *text]):
        top -= 12 if before == LEFT[0] else 22
        page.append((60, top, 10, line))
    assert read(pdf([page])).body.split("\n\n") == [*text[:-2], f"{text[-2]} {text[-1]}"]
    single = [(60, 700 - 22 * n, 10, line) for n, line in enumerate(text[:-2])]
    assert read(pdf([single])).body.split("\n\n") == text[:-2]


def test_lines_that_stand_far_apart_are_one_paragraph_all_the_same() -> None:
    assert read(pdf([column(LEFT[:3] * 4, leading=23)])).body.count("\n\n") == 0


def test_a_by_line_without_room_below_it_is_a_paragraph() -> None:
    page = column(["By A. Writer", *LEFT])
    assert read(pdf([page])).body.split("\n\n")[0] == "By A. Writer"
