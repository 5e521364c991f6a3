"""Notes on the page: marks that leave the words alone, corrections that go wherever their words are quoted."""

from __future__ import annotations

import html
import re
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from annotated_archive.graph import Annotated
from annotated_archive.names import Mention
from annotated_archive.pages.notes import marks_of, with_notes
from annotated_archive.records.annotation import Annotation
from annotated_archive.records.text import Block
from annotated_archive.records.yamlio import Document
from annotated_archive.store import AnnotationFile
from language import ArchiveText, Files, archive, article, place, tree, works

BODY = "Shells fell on Goris.\n\nThe army of Goris fired on Goris."


def note(identifier: str, exact: str, body: str = "A note.", **fields: str) -> Files:
    status = fields.pop("status", "open")
    more = "".join(f"{name}: {value}\n" for name, value in fields.items())
    author = "" if status == "removed" else f"body: |-\n  {body}\nauthor:\n  name: A reader\n"
    return tree(f"=== archive/annotations/first/{identifier}.yml\n") | {
        f"archive/annotations/first/{identifier}.yml": f"id: {identifier}\nkind: {fields.get('kind', 'note')}\n"
        f"article: first\ntargets:\n  - exact: {exact}\n{author}"
        f'created: "2026-11-22T10:00:00Z"\nlicense: CC-BY-4.0\nstatus: {status}\n'
        + "".join(line for line in more.splitlines(keepends=True) if not line.startswith("kind"))
    }


def made(folder: Path, *notes: Files) -> ArchiveText:
    return archive(folder, works("a-work"), place("goris"), article("first", BODY, places=["goris"]), *notes)


def words(page: str) -> list[str]:
    """The text of each block of an article's page, as a browser reads it."""
    return [
        html.unescape(re.sub(r"<[^>]+>", "", found))
        for found in re.findall(r'<p [^>]*id="p-\d+"[^>]*>(.*?)</p>', page, re.S)
    ]


def test_overlapping_notes_leave_every_character_in_place(tmp_path: Path) -> None:
    made_of = made(
        tmp_path,
        note("aaaaaaa1", "fell on Goris"),
        note("aaaaaaa2", "Shells fell", kind="correction"),
        note("aaaaaaa3", "Goris fired on Goris", kind="question"),
    )
    assert made_of.check() == []
    page = made_of.pages()["articles/first.md"].html
    assert words(page) == BODY.split("\n\n")
    assert page.count('<mark class="aa-mark correction">') == 0  # every mark names its notes
    assert '<mark class="aa-mark correction" data-notes="1">Shells </mark>' in page
    assert '<mark class="aa-mark correction note" data-notes="1 2">fell</mark>' in page
    assert '<mark class="aa-mark note" data-notes="2"> on </mark>' in page


def test_a_correction_goes_wherever_its_words_are_quoted(tmp_path: Path) -> None:
    made_of = made(tmp_path, note("aaaaaaa1", "Shells fell", "No shell fell.", kind="correction"))
    pages = made_of.pages()
    fix = (
        '<div class="aa-fix"><b>Correction</b> <p>No shell fell.</p>'
        ' <a href="../articles/first.html#a-aaaaaaa1">Note 1</a></div>'
    )
    assert pages["places/goris.md"].html.count(fix) == 1


def test_a_plain_note_stays_on_its_page(tmp_path: Path) -> None:
    made_of = made(tmp_path, note("aaaaaaa1", "Shells fell", "Heavy ones."))
    assert "Heavy ones" not in made_of.pages()["places/goris.md"].html


def test_hostile_notes_are_shown_as_words(tmp_path: Path) -> None:
    body = (
        "<script>alert(1)</script><img src=x onerror=alert(1)> [x](javascript:alert(1)) [y](https://a.example)"
        ' <b onclick="x">z</b>'
    )
    page = made(tmp_path, note("aaaaaaa1", "Shells fell", body)).pages()["articles/first.md"].html
    shown = page[page.index('class="aa-notebody"') : page.index('class="aa-who"')]
    assert '<a href="https://a.example" rel="noopener noreferrer">y</a>' in shown
    assert not re.search(r"<script|<img|onerror|onclick|javascript:|<b", shown)


def test_withdrawn_and_removed_notes_mark_nothing(tmp_path: Path) -> None:
    made_of = made(
        tmp_path,
        note("aaaaaaa1", "Shells fell", "Wrong, as it turned out.", status="withdrawn", reason="It was mistaken"),
        note("aaaaaaa2", "fired", status="removed", reason="It named a private person"),
    )
    assert made_of.check() == []
    page = made_of.pages()["articles/first.md"].html
    assert "<mark" not in page
    assert "Withdrawn: It was mistaken." in page
    assert "Note 2 was removed: It named a private person." in page
    assert "A reader" not in page[page.index("Note 2") :]


def annotated(number: int, start: int, end: int) -> Annotated:
    record = Annotation.model_validate(
        {
            "id": f"aaaaaa{number:02}", "kind": "note", "article": "first", "targets": [{}], "body": "A note.",
            "author": {"name": "A reader"}, "created": "2026-11-22T10:00:00Z", "license": "CC-BY-4.0", "status": "open",
        }
    )  # fmt: skip
    return Annotated(AnnotationFile(record, "", Document({}), "first"), number, (), ((start, end),), ())


spans = st.tuples(st.integers(0, 60), st.integers(1, 30)).map(lambda span: (span[0], span[0] + span[1]))


@settings(max_examples=300)
@given(
    st.text(alphabet="ab <>&\"é\n", min_size=1, max_size=60),
    st.integers(0, 20),
    st.lists(spans, max_size=6),
    st.lists(st.integers(0, 60), max_size=6, unique=True),
)
def test_marks_never_change_the_words(text: str, offset: int, marked: list[tuple[int, int]], cuts: list[int]) -> None:
    block = Block(1, "paragraph", offset, offset + len(text), text)
    edges = sorted(cut for cut in cuts if cut <= len(text))
    mentions = [Mention(a + offset, b + offset, "x") for a, b in zip(edges[::2], edges[1::2], strict=False) if a < b]
    notes = [annotated(number, *span) for number, span in enumerate(marked, 1)]

    def link(_: str, inner: str) -> object:
        from markupsafe import Markup

        return Markup("<a>{}</a>").format(inner)

    shown = str(with_notes(block, mentions, link, marks_of(notes)))  # type: ignore[arg-type]
    assert html.unescape(re.sub(r"<[^>]+>", "", shown)) == text
    for note_ in notes:
        (start, end) = note_.body[0]
        if block.start < end <= block.end and start < block.end and block.start <= start:
            assert f'data-n="{note_.number}"' in shown
