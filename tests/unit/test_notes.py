"""Notes on the page: marks that leave the words alone, corrections that go wherever their words are quoted."""

from __future__ import annotations

import html
import re
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from annotated_archive import pages
from annotated_archive.graph import Annotated, resolve
from annotated_archive.names import Mention
from annotated_archive.pages import notes
from annotated_archive.pages.ledgers import visible
from annotated_archive.pages.links import unbroken
from annotated_archive.pages.margin import ledger_blocks
from annotated_archive.pages.marks import marked, marks_of, references, spans
from annotated_archive.records.annotation import Annotation
from annotated_archive.records.text import Block, blocks
from annotated_archive.records.yamlio import Document
from annotated_archive.store import AnnotationFile, load
from language import ArchiveText, Files, actor, archive, article, event, place, works

ROOT = Path(__file__).resolve().parents[2]
BODY = "Shells fell on Goris.\n\nThe army of Goris fired on Goris."
AUTHOR = "author:\n  name: A reader\n"
LETTER = pages.Settings("Test archive", "contact@archive.example", "")


def note(
    identifier: str, target: str = "exact: Shells fell", body: str = "A note.", kind: str = "note",
    status: str = "open", author: str = AUTHOR, more: str = "",
) -> Files:  # fmt: skip
    """An annotation of the article `first`."""
    written = "" if status == "removed" else f"body: |-\n  {body}\n{author}"
    return {
        f"archive/annotations/first/{identifier}.yml": f"id: {identifier}\nkind: {kind}\narticle: first\n"
        f'targets:\n  - {target}\n{written}created: "2026-11-22T10:00:00Z"\nlicense: CC-BY-4.0\n'
        f"status: {status}\n{more}"
    }


def made(folder: Path, *notes: Files, body: str = BODY, **front: object) -> ArchiveText:
    """The article `first` with notes."""
    return archive(folder, works("a-work"), place("goris"), article("first", body, places=["goris"], **front), *notes)


def first(made_of: ArchiveText, settings: pages.Settings = LETTER) -> str:
    """The page of the article `first`, of an archive that the check has nothing against."""
    assert made_of.check() == []
    found = pages.pages(resolve(load(made_of.root)), settings)
    return next(page.html for page in found if page.path == "articles/first.md")


def bare(markup: str) -> str:
    """The words of some HTML, as a browser reads them."""
    return html.unescape(re.sub(r"<[^>]+>", "", markup))


def words(page: str) -> list[str]:
    """The text of each block of an article's page."""
    return [bare(found) for found in re.findall(r'<(?:p|h2) [^>]*id="p-\d+"[^>]*>(.*?)</(?:p|h2)>', page, re.S)]


def title(page: str) -> str:
    """The article's title as HTML."""
    found = re.search(r'<h1 class="aa-title"[^>]*>(.*?)</h1>', page, re.S)
    assert found
    return found.group(1)


def links(page: str) -> list[tuple[str, str, bool]]:
    """(number drawn, label, whether the Tab key stops there) of every link from words to a note."""
    found = re.findall(r'<a class="aa-noteref[^"]*"[^>]*data-n="([^"]*)" aria-label="([^"]*)"( tabindex="-1")?>', page)
    return [(number, label, not left_out) for number, label, left_out in found]


def noted(page: str, identifier: str) -> str:
    """One note's HTML."""
    start = page.index(f'id="a-{identifier}"')
    end = page.find('<details class="aa-annot', start)
    return page[start : end if end > 0 else page.index("</div>\n</div>", start)]


def test_overlapping_notes_leave_every_character_in_place(tmp_path: Path) -> None:
    page = first(made(
        tmp_path,
        note("aaaaaaa1", "exact: fell on Goris"),
        note("aaaaaaa2", "exact: Shells fell", kind="correction"),
        note("aaaaaaa3", "exact: Goris fired on Goris", kind="question"),
    ))  # fmt: skip
    assert words(page) == BODY.split("\n\n")
    assert '<mark class="aa-mark correction" data-notes="1">Shells </mark>' in page
    assert '<mark class="aa-mark correction note" data-notes="1 2">fell</mark>' in page
    assert '<mark class="aa-mark note" data-notes="2"> on </mark>' in page


def test_a_group_of_overlapping_notes_is_one_tab_stop(tmp_path: Path) -> None:
    page = first(made(
        tmp_path,
        note("aaaaaaa1", "exact: fell on Goris"),
        note("aaaaaaa2", "exact: Shells fell", kind="correction"),
        note("aaaaaaa3", '{exact: Goris., prefix: "fell on "}', kind="link"),
        note("aaaaaaa4", "exact: fired on", kind="question"),
    ))  # fmt: skip
    assert links(page) == [
        ("1", "Correction 1, note 2 and link 3", True),
        ("2", "Note 2", False),
        ("3", "Link 3", False),
        ("4", "Question 4", True),
    ]
    others = '<a href="#a-aaaaaaa2">correction 1</a>, <a href="#a-aaaaaaa3">link 3</a>'
    assert f"On the same words: {others}" in noted(page, "aaaaaaa1")


def test_many_notes_that_end_together_share_one_number(tmp_path: Path) -> None:
    many = [note(f"aaaaaa{number:02}", "exact: Shells fell") for number in range(12)]
    page = first(made(tmp_path, *many))
    assert links(page) == [("1–12", f"{', '.join(['Note 1', *(f'note {n}' for n in range(2, 11))])} and 2 more", True)]
    ids = re.findall(r'id="(r-[^"]+)"', page)
    assert sorted(ids) == [f"r-aaaaaa{number:02}" for number in range(12)]  # where each note leads back to
    assert words(page) == BODY.split("\n\n")


def test_numbers_are_drawn_together() -> None:
    assert spans([1]) == "1"
    assert spans([1, 2]) == "1, 2"
    assert spans([1, 3, 4, 5, 9]) == "1, 3–5, 9"


def test_words_that_reach_into_the_next_block_are_marked_in_both() -> None:
    parts = list(blocks(BODY))
    marks = marks_of([annotated(1, 16, 31)], "body", parts)
    shown = [str(marked(part.text, part.start, marks[part.number])) for part in parts]
    assert [bare(text) for text in shown] == [part.text for part in parts]
    assert ">oris.</mark>" in shown[0] and ">The army</mark>" in shown[1]
    assert [text.count('data-n="1"') for text in shown] == [1, 1]
    assert [text.count('id="r-') for text in shown] == [1, 0]


def test_the_title_is_marked(tmp_path: Path) -> None:
    front = {"title": "Goris & the 12-14 days"}
    made_of = made(
        tmp_path, note("aaaaaaa1", "{part: title, exact: the 12-14}"), note("aaaaaaa2", "{part: title, exact: Goris}"),
        **front,
    )  # fmt: skip
    page = first(made_of)
    assert bare(title(page)) == front["title"]
    assert '<mark class="aa-mark note" data-notes="1">Goris</mark></a><a class="aa-noteref note"' in title(page)
    head = page[: page.index("</header>")]
    assert head.index('id="a-aaaaaaa1"') and head.index('id="a-aaaaaaa2"')


def test_what_was_set_aside_is_marked(tmp_path: Path) -> None:
    made_of = made(tmp_path, note("aaaaaaa1", '{part: ledger, exact: "Read\\nalso"}', body="A button of the page."))
    text = "Read\nalso: <b>"
    spans_of = [
        f'  - {{start: 0, end: {len(text)}, rule: r, reason: why, text: "Read\\nalso: <b>", replacement: ""}}',
        f'  - {{start: {len(text)}, end: {len(text) + 2}, rule: r, reason: why, text: "\\n\\n", replacement: ""}}',
    ]
    ledger = made_of.file("archive/ledgers/first.yml").replace("spans: []", "spans:\n" + "\n".join(spans_of))
    made_of.write({"archive/ledgers/first.yml": ledger})
    page = next(p.html for p in made_of.pages().values() if p.path == "articles/first.md")
    cells = re.findall(r'<td class="words">(.*?)</td>', page)
    assert [bare(cell) for cell in cells] == ["Read↵also: <b>", "white space alone, 1 time"]
    assert cells[0].startswith('<mark class="aa-mark note" data-notes="1">Read<span')
    section = page[page.index('id="cite"') :]
    section = section[section.index('id="ledger"') :]
    assert "A button of the page." in section


def test_notes_without_words_stand_in_lists_of_their_own(tmp_path: Path) -> None:
    page = first(made(
        tmp_path,
        note("aaaaaaa1", "{}", body="About all of it."),
        note("aaaaaaa2", '{exact: "Bombs fell", unplaced: the sentence was deleted}', body="Gone words."),
    ))  # fmt: skip
    whole, lost = page.index('id="notes-whole"'), page.index('id="notes-lost"')
    assert whole < page.index("About all of it.") < lost < page.index("Gone words.")
    assert "<q>Bombs fell</q> have no place in the text any more: the sentence was deleted." in page[lost:]


def test_every_article_of_this_archive_keeps_its_words() -> None:
    graph = resolve(load(ROOT))
    shown = {page.path: page.html for page in pages.pages(graph, LETTER, records={a.record.id for a in graph.articles})}
    for file in graph.articles:
        page = shown[f"articles/{file.record.id}.md"]
        assert words(page) == [block.text for block in file.blocks()]
        assert bare(title(page)) == file.record.title
        ledger = graph.archive.ledgers[file.record.id].record
        cells = re.findall(r'<td class="words">(.*?)</td>', page.partition("<h3>Kept, though")[0], re.S)
        assert [bare(re.sub(r'<span class="aa-became">.*|, \d+ times?$', "", cell)) for cell in cells] == [
            bare(visible(span.text)) for span in ledger.spans if span.text.strip()
        ] + ["white space alone"] * len({(s.rule, s.reason) for s in ledger.spans if not s.text.strip()})
        numbers = [a.number for a in graph.annotations[file.record.id]]
        assert numbers == list(range(1, len(numbers) + 1))


def test_a_correction_goes_wherever_its_words_are_quoted(tmp_path: Path) -> None:
    made_of = made(tmp_path, note("aaaaaaa1", body="No shell fell.", kind="correction"))
    fix = (
        '<div class="aa-fix"><b>Correction</b> <p>No shell fell.</p>'
        ' <a href="../articles/first.html#a-aaaaaaa1">Note 1</a></div>'
    )
    assert made_of.pages()["places/goris.md"].html.count(fix) == 1


def test_a_plain_note_stays_on_its_page(tmp_path: Path) -> None:
    made_of = made(tmp_path, note("aaaaaaa1", body="Heavy ones."))
    assert "Heavy ones" not in made_of.pages()["places/goris.md"].html


def test_hostile_notes_are_shown_as_words(tmp_path: Path) -> None:
    body = (
        "<script>alert(1)</script><img src=x onerror=alert(1)> [x](javascript:alert(1)) [y](https://a.example)"
        ' <b onclick="x">z</b>'
    )
    page = first(made(
        tmp_path, note("aaaaaaa1", body=body), note("aaaaaaa2", "annotation: aaaaaaa1", body=body),
        note("aaaaaaa3", '{exact: "<b>x</b>", unplaced: "<i>why"}', author="author:\n  name: <b>A\n"),
    ))  # fmt: skip
    shown = page[page.index('class="aa-notes') : page.index('class="aa-main aa-record"')]
    assert shown.count('<a href="https://a.example" rel="noopener noreferrer">y</a>') == 2
    assert not re.search(r"<script|<img|onerror|onclick|javascript:|<b>|<i>", shown)
    assert "&lt;b&gt;A" in shown and "<q>&lt;b&gt;x&lt;/b&gt;</q>" in shown


def test_withdrawn_and_removed_notes_mark_nothing(tmp_path: Path) -> None:
    page = first(made(
        tmp_path,
        note("aaaaaaa1", body="Wrong, as it turned out.", status="withdrawn", more="reason: It was mistaken\n"),
        note("aaaaaaa2", "exact: fired", status="removed", more="reason: It named a private person\n"),
    ))  # fmt: skip
    assert "<mark" not in page
    assert "Withdrawn: It was mistaken." in page
    assert "Note 2 was removed: It named a private person." in page
    assert "A reader" not in page[page.index("Note 2") :]
    assert "#r-" not in page  # no way back to words that are not marked


def test_a_disputed_note_says_so(tmp_path: Path) -> None:
    page = first(made(tmp_path, note("aaaaaaa1", status="disputed", more="reason: Two readers differ\n")))
    assert "<mark" in page
    assert "Disputed: Two readers differ." in page and '<span class="aa-status">disputed</span>' in page


def test_replies_stand_below_the_note_they_answer(tmp_path: Path) -> None:
    page = first(made(
        tmp_path,
        note("aaaaaaa1", body="A question of fact.", kind="question"),
        note("aaaaaaa2", "annotation: aaaaaaa1", body="An answer.", author="author:\n  name: Ani\n"),
        note("aaaaaaa3", "annotation: aaaaaaa2", body="An answer to the answer."),
        note("aaaaaaa4", "annotation: aaaaaaa2", status="removed", more="reason: It named a private person\n"),
        note("aaaaaaa5", "exact: fired"),
    ))  # fmt: skip
    assert links(page) == [("1", "Question 1", True), ("2", "Note 2", True)]
    asked = noted(page, "aaaaaaa1")
    answers = re.findall(r'class="aa-reply (?:\w+ )?(deep\d)" id="a-(\w+)"|class="aa-reply removed (deep\d)"', asked)
    assert [deep or gone for deep, _, gone in answers] == ["deep1", "deep2", "deep2"]
    assert asked.index("An answer.") < asked.index("Ani · 22 November 2026") < asked.index("An answer to the answer.")
    assert "A reply was removed: It named a private person." in asked


def test_a_removed_note_keeps_its_replies(tmp_path: Path) -> None:
    page = first(made(
        tmp_path,
        note("aaaaaaa1", status="removed", more="reason: It did harm\n"),
        note("aaaaaaa2", "annotation: aaaaaaa1", body="An answer."),
    ))  # fmt: skip
    assert page.index("Note 1 was removed") < page.index("An answer.")


def test_each_note_says_whose_it_is_and_how_to_change_it(tmp_path: Path) -> None:
    credited = "author:\n  name: Ani\n  github: ani-x\n  orcid: 0000-0002-1825-0097\n"
    made_of = made(
        tmp_path, note("aaaaaaa1", author=credited, more="cite: [a-work]\n"), url="https://news.example/a?b=1"
    )
    path = "archive/annotations/first/aaaaaaa1.yml"
    shown = noted(first(made_of, pages.Settings("T", "c@a.example", "https://github.com/a/b", "trunk")), "aaaaaaa1")
    assert "Ani · 22 November 2026 · <a href=\"../bibliography.html#a-work\">A Work</a>" in shown
    assert '<a href="https://github.com/ani-x" rel="noopener noreferrer external">github.com/ani-x</a>' in shown
    assert 'href="https://orcid.org/0000-0002-1825-0097"' in shown
    assert '<a href="https://creativecommons.org/licenses/by/4.0/"' in shown and ">CC BY 4.0</a>" in shown
    assert '<a href="#a-aaaaaaa1">Link to this note</a>' in shown
    assert f'<a href="https://github.com/a/b/commits/trunk/{path}"' in shown
    assert f'<a href="https://github.com/a/b/edit/trunk/{path}"' in shown
    assert '<a href="https://news.example/a?b=1#:~:text=Shells%20fell"' in shown
    assert '<a href="#r-aaaaaaa1" role="doc-backlink">' in shown


@pytest.mark.parametrize(
    ("repository", "history"),
    [
        ("https://gitlab.com/a/b", "https://gitlab.com/a/b/-/commits/main/archive/"),
        ("https://codeberg.org/a/b", "https://codeberg.org/a/b/commits/branch/main/archive/"),
        ("", ""),
    ],
)
def test_the_history_is_where_the_host_keeps_it(tmp_path: Path, repository: str, history: str) -> None:
    shown = noted(first(made(tmp_path, note("aaaaaaa1")), pages.Settings("T", "c@a.example", repository)), "aaaaaaa1")
    assert (f'href="{history}' in shown and ">History</a>" in shown) if history else ">History</a>" not in shown
    assert ('href="mailto:c@a.example?subject=Change' in shown) == (not repository)


CLAIM = """claim:
  event: fighting
  measure: deaths
  subject: {{side: goris, category: servicemen}}
  value: {{number: {number}, as_written: "{number}"}}
  as_of: "{day}"
  claimant: ministry
  stance: own-losses
"""


def test_a_claim_is_said_in_a_sentence_with_what_it_updates(tmp_path: Path) -> None:
    made_of = made(
        tmp_path,
        actor("ministry", side="goris"),
        event("fighting"),
        note("aaaaaaa1", "exact: killing 49", kind="claim", more=CLAIM.format(number=49, day="2022-09-13")),
        note(
            "aaaaaaa2", "exact: then 105", kind="claim", more=CLAIM.format(number=105, day="2022-09-14")
            + "relations: [{type: updates, claim: aaaaaaa1}]\n",
        ),
        body="Shells fell on Goris, killing 49 and then 105.",
    )  # fmt: skip
    page = first(made_of)
    earlier, later = noted(page, "aaaaaaa1"), noted(page, "aaaaaaa2")
    assert "49 service personnel of" in bare(earlier)
    assert '<a href="../said/fighting-deaths.html">What was said</a>' in earlier
    assert 'updated by <a href="#a-aaaaaaa2">105</a> (Ministry, 14 September 2022)' in earlier
    assert 'updates <a href="#a-aaaaaaa1">49</a> (Ministry, 13 September 2022)' in later


def test_a_withheld_text_is_quoted_only_where_excerpts_may_be(tmp_path: Path) -> None:
    for publish, quoted in (("metadata", False), ("excerpt", True)):
        made_of = made(
            tmp_path / publish, note("aaaaaaa1", body="My own words."), note("aaaaaaa2", "{part: title, exact: First}"),
            rights={"statement": "Of its author.", "publish": publish},
        )  # fmt: skip
        page = next(p.html for p in made_of.pages().values() if p.path == "articles/first.md")
        assert "My own words." in page and 'id="a-aaaaaaa1"' in page
        assert ("<q>Shells fell</q>" in page) == quoted
        assert '>First</mark><a class="aa-noteref' in title(page)
        assert "on Goris" not in page and page.count("<mark") == 1


def annotated(number: int, start: int, end: int, kind: str = "note") -> Annotated:
    record = Annotation.model_validate(
        {
            "id": f"aaaaaa{number:02}", "kind": kind, "article": "first", "targets": [{}], "body": "A note.",
            "author": {"name": "A reader"}, "created": "2026-11-22T10:00:00Z", "license": "CC-BY-4.0", "status": "open",
        }
    )  # fmt: skip
    return Annotated(AnnotationFile(record, "", Document({}), "first"), number, (), ((start, end),), ())


places = st.tuples(st.integers(0, 60), st.integers(1, 30)).map(lambda span: (span[0], span[0] + span[1]))


def linked(_: str, inner: str) -> Markup:
    return Markup("<a>{}</a>").format(inner)


@settings(max_examples=300)
@given(
    st.text(alphabet="ab <>&\"é-–1\n", min_size=1, max_size=60),
    st.integers(0, 20),
    st.lists(places, max_size=8),
    st.lists(st.integers(0, 60), max_size=6, unique=True),
    st.booleans(),
)
def test_marks_never_change_the_words(
    text: str, offset: int, chosen: list[tuple[int, int]], cuts: list[int], whole: bool
) -> None:
    block = Block(1, "paragraph", offset, offset + len(text), text)
    edges = sorted(cut for cut in cuts if cut <= len(text))
    mentions = [Mention(a + offset, b + offset, "x") for a, b in zip(edges[::2], edges[1::2], strict=False) if a < b]
    notes = [annotated(number, *span) for number, span in enumerate(chosen, 1)]
    marks = marks_of(notes, "body", [block])[1]
    shown = str(marked(text, offset, marks, mentions, linked, unbroken if whole else Markup.escape))
    assert bare(shown) == text
    inside = [note.number for note in notes if note.body[0][0] < block.end and block.start < note.body[0][1]]
    assert sorted({mark.number for mark in marks}) == inside
    assert len(re.findall(r'id="r-', shown)) == len(inside)
    drawn = [number for link in re.findall(r'data-n="([^"]*)"', shown) for number in counted(link)]
    assert sorted(drawn) == inside
    stops = shown.count("<a class") - shown.count('tabindex="-1"')
    assert stops == islands(marks)


def counted(numbers: str) -> Iterator[int]:
    """The numbers that "1, 3–7" stands for."""
    for part in numbers.split(", "):
        low, _, high = part.partition("–")
        yield from range(int(low), int(high or low) + 1)


def islands(marks: list[object]) -> int:
    """How many groups of marks overlap or touch, counted character by character."""
    covered = {place for mark in marks for place in (*range(2 * mark.start, 2 * mark.end + 1),)}  # type: ignore[attr-defined]
    return sum(1 for place in covered if place - 1 not in covered)


@settings(max_examples=200)
@given(st.lists(st.lists(st.text(alphabet="ab \n", max_size=6), min_size=1, max_size=3), max_size=4))
def test_the_blocks_of_what_was_set_aside_are_its_text(texts: list[list[str]]) -> None:
    from annotated_archive.records.ledger import Span, set_aside

    made_of = [
        Span(start=0, end=0, rule="r", reason="why", text="\n".join(lines), replacement="") for lines in texts
    ]
    whole = set_aside(made_of)
    assert all(whole[block.start : block.end] == block.text for block in ledger_blocks(made_of))


def test_ten_thousand_notes_on_one_paragraph_stay_within_bounds() -> None:
    text = "Shells fell on Goris. " * 400
    block = Block(1, "paragraph", 0, len(text), text)
    notes = [annotated(number % 99 + 1, number % 8000, number % 8000 + 90) for number in range(10_000)]
    marks = marks_of(notes, "body", [block])[1]
    shown = str(marked(text, 0, marks))
    assert bare(shown) == text
    assert len(shown) < 4_000_000
    assert len(references(marks)) <= len(text)


SIGNS = [
    "a", "B", "é", "1", " ", "  ", ".", "*", "**", "_", "`", "\\", "#", "-", "+", "1. ", "- ", "[", "]", "(x)", "!",
    "&", "<", ">", '"', "'", "~", "|", "{: #b}", "=", "\u00a0", "\u200b", "\t", "\n", "\x0b",
]  # fmt: skip


@given(st.lists(st.sampled_from(SIGNS) | st.sampled_from("ab *"), max_size=12))
def test_one_line_of_words_is_rendered_as_the_converter_would(signs: list[str]) -> None:
    text = f"a{''.join(signs)}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(notes, "_simple", lambda _: None)
        found = notes._rendered.__wrapped__(text)
    assert notes._rendered.__wrapped__(text) == found


@pytest.mark.parametrize("text", ["It was so.", "It was *not* so, “as *they* said” (twice).\n"])
def test_one_line_of_words_does_not_wait_for_the_converter(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notes, "_markdown", lambda: pytest.fail("converted"))
    assert notes._rendered.__wrapped__(text).striptags() == text.replace("*", "").strip()


def test_bodies_are_rendered_by_the_pages_and_the_search_at_once() -> None:
    texts = [f"A *note* {n}, see [{n}][r].\n\n[r]: https://one.example/{n}\n" + f"\n- item {n}" * 5 for n in range(200)]
    alone = [notes._rendered.__wrapped__(text) for text in texts]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as threads:
            assert list(threads.map(notes._rendered.__wrapped__, texts)) == alone
    finally:
        sys.setswitchinterval(interval)
