"""Notes as readers meet them: with the keyboard, in a narrow window, on paper, and in the lists of all annotations."""

from __future__ import annotations

from typing import Any

import pytest
from barriers import LOOKS, barriers
from playwright.sync_api import Page, expect

from annotated_archive.site.build import build
from language import Files, archive, article, place, site_files, works

pytestmark = pytest.mark.browser
pytest_plugins = ("reading",)

WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
BODY = "Shells fell on Goris, it was said on Tuesday.\n\nThe army fired on Goris.\n\nNothing else was heard of it."
SITE = site_files(
    "# Home\n", site_name="The crowded archive", extra={"archive": {"contact": "contact@archive.example"}},
    nav=[{"Home": "index.md"}, {"Articles": "articles/index.md"}, {"Annotations": "annotations/index.md"}],
)  # fmt: skip
KINDS = ("correction", "note", "question", "link")


def note(number: int, kind: str, target: str, author: str = "A reader") -> Files:
    """An annotation of the article."""
    return {
        f"archive/annotations/crowded/aaaaaa{number:02}.yml": f"id: aaaaaa{number:02}\nkind: {kind}\narticle: crowded\n"
        f"targets: [{target}]\nbody: |-\n  What note {number} says, at some length, about the words that it marks.\n"
        f'author: {{name: {author}}}\ncreated: "2026-11-22T10:{number:02}:00Z"\nlicense: CC-BY-4.0\nstatus: open\n'
    }


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address, as a folder, of a site whose article has ten notes on one sentence and some elsewhere."""
    words = ("Shells fell", "fell on", "Goris, it was said", "Shells fell on Goris", "said on Tuesday")
    ten = [note(number, KINDS[number % 4], f'{{exact: "{words[number % 5]}"}}') for number in range(10)]
    made = archive(
        tmp_path_factory.mktemp("crowded"), SITE, works("a-work"), place("goris"),
        article("crowded", BODY, title="Shells on Goris", places=["goris"]), *ten,
        note(10, "note", "{exact: fired}", author="Ani"), note(11, "correction", "{exact: army}"),
        note(12, "note", "{part: title, exact: Shells}"), note(13, "note", "{}"),
        note(14, "note", "{annotation: aaaaaa10}"),
    )  # fmt: skip
    out = made.root / "site"
    build(made.root, out, strict=False)
    return f"{out.as_uri()}/"


def opened(reader: Any, root: str, path: str = "articles/crowded.html", **options: Any) -> Page:
    """A window with a page of the crowded site."""
    window = reader("file", **{"reduced_motion": "reduce", **options})
    window.root = root
    page: Page = window.open(path)
    return page


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_overlapping_notes_raise_no_serious_barrier(reader: Any, crowded: str, scheme: str, width: str) -> None:
    found = []
    viewport = WIDE if width == "wide" else NARROW
    for path in ("articles/crowded.html", "annotations/index.html", "annotations/contributors.html"):
        page = opened(reader, crowded, path, viewport=viewport, color_scheme=scheme)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        found += [(path, barrier) for barrier in barriers(page, scheme, width)]
    assert found == []


def test_the_tab_key_stops_once_at_each_group(reader: Any, crowded: str) -> None:
    page = opened(reader, crowded)
    page.locator("#p-1").evaluate("words => { words.tabIndex = -1; words.focus() }")
    stops = []
    for _ in range(12):
        page.keyboard.press("Tab")
        label = page.evaluate(
            "(one => one.matches('.aa-noteref') && one.closest('#p-1') ? one.getAttribute('aria-label') : null)"
            "(document.activeElement)"
        )
        stops += [label] if label else []
    assert len(stops) == 1
    for number in range(2, 12):  # number 1 is on the title
        assert str(number) in stops[0]


def test_a_number_leads_to_its_note_and_back(reader: Any, crowded: str) -> None:
    page = opened(reader, crowded)
    link = page.locator("#p-2 a.aa-noteref.note")
    link.focus()
    page.keyboard.press("Enter")
    note = page.locator("#a-aaaaaa10")
    expect(note).to_have_attribute("open", "")
    expect(note.locator("summary").first).to_be_focused()
    expect(note.get_by_text("What note 14 says")).to_be_visible()  # the reply stands below it
    note.locator("[role=doc-backlink]").click()
    expect(page).to_have_url(f"{crowded}articles/crowded.html#r-aaaaaa10")
    expect(link).to_be_in_viewport()


def test_a_note_is_heard_as_a_note(reader: Any, crowded: str) -> None:
    page = opened(reader, crowded)
    expect(page.get_by_role("note", name="Correction 12")).to_be_visible()
    expect(page.locator("#p-2 [role=doc-noteref]")).to_have_count(2)


def test_the_numbers_are_not_among_the_words(reader: Any, crowded: str) -> None:
    page = opened(reader, crowded)
    page.locator("#p-1").evaluate("words => getSelection().selectAllChildren(words)")
    assert page.evaluate("getSelection().toString()") == BODY.split("\n\n")[0]


def test_notes_beside_the_text_do_not_lie_over_one_another(reader: Any, crowded: str) -> None:
    page = opened(reader, crowded, path="articles/crowded.html#a-aaaaaa10")
    boxes = [group.bounding_box() for group in page.locator(".aa-text .aa-notes").all()]
    first, second = boxes[0], boxes[1]
    assert first and second
    assert first["y"] + first["height"] <= second["y"]


def test_many_notes_wait_behind_one_line_in_a_narrow_window(reader: Any, crowded: str) -> None:
    page = opened(reader, crowded, viewport=NARROW)
    group = page.locator(".aa-text .aa-notes").first
    button = group.get_by_role("button", name="7 more notes on this paragraph")
    assert button.get_attribute("aria-expanded") == "false"
    expect(group.locator("details.correction").first).to_be_visible()
    expect(group.locator("details.note").first).to_be_hidden()
    button.click()
    expect(group.locator("details.note").first).to_be_visible()
    button.click()
    identifier = group.locator("details.note").first.get_attribute("id")
    page.goto(f"{crowded}articles/crowded.html#{identifier}")
    expect(page.locator(f"#{identifier} .aa-notebody")).to_be_visible()


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_without_javascript_the_notes_follow_the_text_open_and_numbered(
    reader: Any, crowded: str, viewport: dict[str, int]
) -> None:
    page = opened(reader, crowded, viewport=viewport, java_script_enabled=False)
    expect(page.locator(".aa-pile")).to_have_count(0)
    notes = page.locator(".aa-text .aa-annot")
    expect(notes).to_have_count(12)
    for note in notes.all():
        expect(note.locator(".aa-notebody").first).to_be_visible()

    def top(selector: str) -> float:
        box = page.locator(selector).first.bounding_box()
        assert box
        return box["y"]

    last = page.locator(".aa-text .aa-block").count()
    assert top("#p-2") < top("#a-aaaaaa11") < top("#p-3")  # a correction stays with its words
    ends = page.locator(".aa-text .aa-annot:not(.correction) > summary .aa-kind")
    tops = [box["y"] for box in (note.bounding_box() for note in ends.all()) if box]
    assert len(tops) == 8 and tops == sorted(tops) and tops[0] > top(f"#p-{last}")
    numbers = [int(words.split(" · ")[0]) for words in ends.all_inner_texts()]
    assert numbers == sorted(numbers)

    link = page.locator("#p-2 a.aa-noteref.note")
    link.click()
    note = page.locator("#a-aaaaaa10")
    expect(note.locator(".aa-notebody").first).to_be_in_viewport()
    note.locator("[role=doc-backlink]").click()
    expect(page).to_have_url(f"{crowded}articles/crowded.html#r-aaaaaa10")
    expect(link).to_be_in_viewport()


def test_on_paper_corrections_stay_with_their_words_and_notes_follow_the_text(reader: Any, crowded: str) -> None:
    page = opened(reader, crowded)
    page.emulate_media(media="print")

    def top(selector: str) -> float:
        box = page.locator(selector).first.bounding_box()
        assert box
        return box["y"]

    assert top("#p-2") < top("#a-aaaaaa11") < top("#p-3") < top("#a-aaaaaa10")
    for note in page.locator(".aa-text .aa-notebody").all():
        expect(note).to_be_visible()
    tops = [top(f"[id='{one}']") for one in page.locator(".aa-text .aa-annot:not(.correction)").evaluate_all(
        "all => all.map(one => one.id)"
    )]  # fmt: skip
    assert tops == sorted(tops)


def shown(page: Page) -> list[str]:
    """The kinds of the annotations that a list shows."""
    return [str(row.get_attribute("data-kind")) for row in page.locator(".aa-anno:visible").all()]


def test_the_list_is_filtered_and_the_address_keeps_the_choice(reader: Any, crowded: str) -> None:
    page = opened(reader, crowded, "annotations/index.html")
    assert len(shown(page)) == 14
    page.get_by_label("Kind").select_option("correction")
    assert shown(page) == ["correction"] * 4
    assert page.url.endswith("#kind=correction")
    expect(page.locator(".aa-choose output")).to_have_text("4 of 14")
    page.reload()
    assert shown(page) == ["correction"] * 4
    page.get_by_label("Author").select_option("Ani")
    assert shown(page) == []
    page.go_back()
    assert shown(page) == ["correction"] * 4
    page.get_by_role("button", name="Show all").click()
    assert len(shown(page)) == 14 and "#" not in page.url


def test_a_contributor_leads_to_what_they_wrote(reader: Any, crowded: str) -> None:
    page = opened(reader, crowded, "annotations/contributors.html")
    page.locator("li", has_text="Ani").get_by_role("link").click()
    expect(page.locator(".aa-anno:visible")).to_have_count(1)
    page.locator(".aa-anno:visible a").click()
    expect(page).to_have_url(f"{crowded}articles/crowded.html#a-aaaaaa10")
    expect(page.locator("#a-aaaaaa10 .aa-notebody").first).to_be_visible()


def test_the_list_is_whole_without_javascript(reader: Any, crowded: str) -> None:
    page = opened(reader, crowded, "annotations/index.html#kind=correction", java_script_enabled=False)
    assert len(shown(page)) == 14
    expect(page.locator(".aa-choose")).to_have_count(0)


def test_a_preview_holds_no_words_of_an_article(reader: Any, crowded: str) -> None:
    page = opened(reader, crowded)
    page.locator("#p-2 a.place").hover()
    expect(page.locator("#aa-peek")).to_be_visible()
    assert "fired" not in page.locator("#aa-peek").inner_text()
