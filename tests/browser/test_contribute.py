"""Annotating from the page of an article: from the words chosen to the file that the repository's host is handed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from barriers import LOOKS, barriers
from playwright.sync_api import Page, expect
from proposing import existing, proposable, proposed
from serving import serving

from annotated_archive.anchor.form import read_form
from annotated_archive.anchor.reading import reading
from annotated_archive.anchor.resolve import Placed, resolve_target
from annotated_archive.anchor.select import whole_places
from annotated_archive.records import yamlio
from annotated_archive.records.annotation import Annotation
from annotated_archive.site.build import build
from annotated_archive.store import annotation_path, annotation_text
from annotated_archive.store.archive import validated
from language import ArchiveText, archive, article, place, works

pytestmark = pytest.mark.browser
pytest_plugins = ("reading",)

NARROW = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
TITLE = "Shells fell on Velm 😀"
CAPTION = "Smoke over Velm on Tuesday."
FIRST = (
    "“At least 49 soldiers of Ostland were killed,” the ministry said. Velm burned; it’s said that Velm 😀 burned "
    "twice."
)
SECOND = "At least 50 people left Velm before 12:30. It was quiet, they said: no one came."
LONG = " ".join(f"Բառ{number} Երևանի մասին" for number in range(60)) + "։"
BODY = "\n\n".join((CAPTION, FIRST, SECOND, LONG))
PAGE = "articles/first.html"
TARGET = {"exact": "Velm burned", "prefix": "the ministry said. ", "start": BODY.index("Velm burned")}


@pytest.fixture(scope="session")
def annotatable(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small site whose repository is on GitHub."""
    made = archive(
        tmp_path_factory.mktemp("annotatable"), works("a-work"), place("velm"), place("ostland", type="country"),
        article("first", BODY, title=TITLE, blocks={"1": "caption"}),
        existing("first", "49 soldiers of Ostland"), proposable(not_in_nav="/contribute/"),
        {"docs/contribute/annotate.md": "# Annotate\n"},
    )  # fmt: skip
    assert made.run("link").exit == 0
    build(made.root, made.root / "site", strict=False)
    return made.root


@pytest.fixture(scope="session")
def site(annotatable: Path) -> Path:
    """The site's folder."""
    return annotatable / "site"


@pytest.fixture(scope="session")
def http_root(site: Path) -> Iterator[str]:
    """The site's address over http."""
    with serving(site) as address:
        yield address


@pytest.fixture(scope="session")
def file_root(site: Path) -> str:
    """The site's address as a folder."""
    return f"{site.as_uri()}/"


# A reader's way


SELECT = """([first, from, last, to]) => {
  const at = (id, offset) => {
    const walker = document.createTreeWalker(document.querySelector(id), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      if (offset <= walker.currentNode.length) return [walker.currentNode, offset];
      offset -= walker.currentNode.length;
    }
  };
  document.querySelector(first).scrollIntoView({block: "center"});
  getSelection().setBaseAndExtent(...at(first, from), ...at(last, to));
}"""


def units(text: str) -> int:
    """The length of a text as browsers count it."""
    return len(text.encode("utf-16-le")) // 2


def select(page: Page, words: str, block: str = FIRST, selector: str = "#p-2") -> None:
    """Select words of a block, as a finger or a mouse would."""
    start = units(block[: block.index(words)])
    page.evaluate(SELECT, [selector, start, selector, start + units(words)])


def fill(page: Page, note: str = "What I know.", **fields: str) -> None:
    page.fill("#aa-f-note", note)
    for name, text in fields.items():
        page.fill(f"#aa-f-{name}", text)
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("#aa-yaml")).to_be_visible()


def record(path: str, text: str) -> Annotation:
    """The annotation as the store reads it, after asserting that its file is canonical."""
    made = validated(Annotation, yamlio.read(text, path), path)
    assert annotation_path(made) == path
    assert annotation_text(made) == text
    return made


def placed(made: Annotation, text: str = BODY) -> list[str]:
    """The words at which the annotation's targets resolve, by position and again by context."""
    found = []
    for target in made.targets:
        place = resolve_target(text, target)
        assert isinstance(place, Placed) and place.tier == 1
        assert resolve_target(text, target.model_copy(update={"start": None, "text_sha256": None})) is not None
        found.append(text[place.start : place.end])
    return found


@pytest.mark.parametrize(
    ("scheme", "options", "words"),
    [("http", {}, "49 soldiers of Ostland were killed"), ("http", NARROW, "Velm 😀 burned twice"),
     ("file", {}, "said. Velm burned"), ("file", NARROW, "soldiers of Ostland were killed,” the ministry")],
)  # fmt: skip
def test_selected_words_become_a_file_that_holds_them(
    reader: Any, scheme: str, options: dict[str, Any], words: str
) -> None:
    page = reader(scheme, **options).open(PAGE)
    select(page, words)
    page.get_by_role("button", name="Annotate these words").click()
    expect(page.get_by_label("Words of the article")).to_have_value(words)
    expect(page.get_by_text("In paragraph 2.")).to_be_visible()
    page.get_by_label("Correction").check()
    fill(page, "Read “fifty”: so says\nthe ministry.  ", sources="a-work, a-work", name="  Ֆ. 1: x ")
    made = record(*proposed(page))
    assert placed(made) == [words]
    assert (made.kind, made.article, made.cite, made.status) == ("correction", "first", ["a-work"], "open")
    assert made.body == "Read “fifty”: so says\nthe ministry."
    assert made.author and made.author.name == "Ֆ. 1: x"


def test_a_file_proposed_passes_the_check(reader: Any, annotatable: Path) -> None:
    page = reader("http").open(PAGE)
    select(page, "Velm burned")
    page.get_by_role("button", name="Annotate these words").click()
    fill(page)
    path, text = proposed(page)
    made = ArchiveText(annotatable).write({path: text})
    try:
        assert [line for line in made.check() if path in line] == []
        assert made.run("fmt", path, "--dry-run").stdout.splitlines()[-1] == "1 file; 0 would change."
    finally:
        (annotatable / path).unlink()


def drag(page: Page) -> None:
    """Select some words at the beginning of paragraph 3 with the mouse, from within a word to within a word."""
    page.locator("#p-3").scroll_into_view_if_needed()
    box = page.locator("#p-3").bounding_box()
    assert box
    page.mouse.move(box["x"] + 18, box["y"] + 12)
    page.mouse.down()
    page.mouse.move(box["x"] + 150, box["y"] + 12, steps=4)
    page.mouse.up()


def test_a_selection_by_mouse_takes_whole_words(reader: Any) -> None:
    page = reader("http").open(PAGE)
    drag(page)
    page.get_by_role("button", name="Annotate these words").click()
    words = page.get_by_label("Words of the article").input_value()
    assert words and (SECOND.index(words), SECOND.index(words) + len(words)) in whole_places(reading(SECOND), words)


def test_a_triple_click_takes_the_paragraph_and_no_more(reader: Any) -> None:
    page = reader("http").open(PAGE)
    page.locator("#p-3").click(click_count=3, position={"x": 40, "y": 12})
    page.get_by_role("button", name="Annotate these words").click()
    expect(page.get_by_label("Words of the article")).to_have_value(SECOND)
    assert page.get_by_label("Words of the article").count() == 1


def test_the_title_and_a_caption_can_be_annotated(reader: Any) -> None:
    page = reader("http").open(PAGE)
    for selector, whole, words, part, text in (
        ("h1", TITLE, "Velm 😀", "title", TITLE), ("#p-1", CAPTION, "Smoke over Velm", "body", BODY),
    ):  # fmt: skip
        select(page, words, whole, selector)
        page.get_by_role("button", name="Annotate these words").click()
        fill(page)
        made = record(*proposed(page))
        assert [target.part for target in made.targets] == [part]
        assert placed(made, text) == [words]
        page.get_by_role("button", name="Done").click()


def test_a_selection_over_paragraphs_becomes_a_passage_of_each(reader: Any) -> None:
    page = reader("http").open(PAGE)
    start = units(FIRST[: FIRST.index("burned twice")])
    page.evaluate(SELECT, ["#p-2", start, "#p-3", units("At least 50 people")])
    page.get_by_role("button", name="Annotate these words").click()
    expect(page.get_by_text("Your selection runs over several paragraphs.")).to_be_visible()
    fill(page)
    assert placed(record(*proposed(page))) == ["burned twice.", "At least 50 people"]
    page.get_by_role("button", name="Back").click()
    page.get_by_role("button", name="Remove this passage").first.click()
    fill(page)
    assert placed(record(*proposed(page))) == ["At least 50 people"]


def test_keys_alone_will_do(reader: Any) -> None:
    page = reader("http").open(PAGE)
    plus = page.get_by_role("button", name="Annotate paragraph 3")
    plus.focus()
    page.keyboard.press("Enter")
    words = page.get_by_label("Words of the article")
    expect(words).to_have_value(SECOND)
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.querySelector('.aa-dialog').contains(document.activeElement)")
    words.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("they said: no one")
    expect(page.get_by_text("In paragraph 3.")).to_be_visible()
    page.locator("#aa-f-note").focus()
    page.keyboard.type("By keys.")
    page.get_by_role("button", name="Preview").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "Check it, then propose it"
    assert placed(record(*proposed(page))) == ["they said: no one"]
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).not_to_be_visible()
    expect(plus).to_be_focused()


def test_a_tab_leads_from_the_selection_to_the_button(reader: Any) -> None:
    page = reader("http").open(PAGE)
    drag(page)
    for _ in range(9):  # the selection grows by keys
        page.keyboard.press("Shift+ArrowRight")
    expect(page.get_by_role("button", name="Annotate these words")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Annotate these words")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Annotate paragraph 3")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    assert page.get_by_label("Words of the article").input_value() in SECOND


def test_words_can_be_typed_with_plain_quotation_marks(reader: Any) -> None:
    page = reader("http").open(PAGE)
    page.get_by_role("button", name="annotate the article or words you type").click()
    page.get_by_label("Words of the article").fill('killed," the ministry said. Velm burned; it\'s')
    fill(page)
    assert placed(record(*proposed(page))) == ["killed,” the ministry said. Velm burned; it’s"]


def test_of_words_that_stand_more_than_once_the_reader_chooses(reader: Any) -> None:
    page = reader("http").open(PAGE)
    page.get_by_role("button", name="annotate the article or words you type").click()
    page.get_by_label("Words of the article").fill("Velm")
    expect(page.get_by_text("These words stand 5 times. Which do you mean?")).to_be_visible()
    which = page.get_by_label("Which of these places")
    page.fill("#aa-f-note", "What I know.")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("#aa-yaml")).not_to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("These words stand 5 times. Which do you mean?")
    expect(which).to_have_attribute("aria-invalid", "true")
    expect(which).to_be_focused()
    which.select_option(index=5)
    fill(page)
    made = record(*proposed(page))
    assert made.targets[0].part == "title" and placed(made, TITLE) == ["Velm"]


@pytest.mark.parametrize(
    ("chosen", "typed", "wanted"),
    [
        ("Velm burned; it’s", "Velm", BODY.index("Velm burned")),  # the one in the selection
        ("burned; it’s", "Velm burned; it’s", BODY.index("Velm burned")),  # the one around it
        ("soldiers of Ostland", "Ostland", BODY.index("Ostland")),
        ("At least 49 soldiers", "Velm", None),  # two in the paragraph, neither in the selection
        (FIRST[1:], "Velm", None),  # both in the selection
        ("said. Velm burned", "At least", BODY.index("At least")),  # the only one in the paragraph
    ],
)
def test_words_edited_after_a_selection_stay_at_it(reader: Any, chosen: str, typed: str, wanted: int | None) -> None:
    page = reader("http").open(PAGE)
    select(page, chosen)
    page.get_by_role("button", name="Annotate these words").click()
    page.get_by_label("Words of the article").fill(typed)
    page.fill("#aa-f-note", "What I know.")
    page.get_by_role("button", name="Preview").click()
    if wanted is None:
        expect(page.get_by_role("alert")).to_contain_text("Which do you mean?")
        expect(page.locator("#aa-yaml")).not_to_be_visible()
    else:
        assert record(*proposed(page)).targets[0].start == wanted


def test_no_words_mean_the_article_as_a_whole(reader: Any) -> None:
    page = reader("http").open(PAGE)
    page.get_by_role("button", name="annotate the article or words you type").click()
    fill(page)
    made = record(*proposed(page))
    assert made.targets[0].exact is None
    assert made.author and made.author.name == "Anonymous"


def test_what_is_wrong_is_said_at_its_field(reader: Any) -> None:
    page = reader("http").open(PAGE)
    page.get_by_role("button", name="annotate the article or words you type").click()
    preview = page.get_by_role("button", name="Preview")
    alert = page.get_by_role("alert")
    for words, said in (
        ("At least 49 people", "do not stand in the article"), ("oldier", "whole words"),
        ("twice.\n\nAt least", "run over several paragraphs"),
    ):  # fmt: skip
        page.get_by_label("Words of the article").fill(words)
        preview.click()
        expect(alert).to_contain_text(said)
        expect(page.get_by_label("Words of the article")).to_be_focused()
        expect(page.get_by_label("Words of the article")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Words of the article").fill("")
    preview.click()
    expect(alert).to_contain_text("Write your note.")
    page.fill("#aa-f-note", "Something.")
    page.fill("#aa-f-sources", "A book, by me")
    preview.click()
    expect(alert).to_contain_text("“A” is no id of a work")
    expect(page.locator("#aa-yaml")).to_have_count(0)


def test_what_was_written_is_there_again_after_closing(reader: Any) -> None:
    page = reader("http").open(PAGE)
    page.get_by_role("button", name="Annotate paragraph 2").click()
    page.fill("#aa-f-note", "Half a thought")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Annotate paragraph 3").click()
    expect(page.locator("#aa-f-note")).to_have_value("Half a thought")
    expect(page.get_by_label("Words of the article")).to_have_value(SECOND)


def test_a_reply_is_an_annotation_of_the_note(reader: Any) -> None:
    page = reader("http").open(f"{PAGE}#a-existing")
    page.get_by_role("button", name="Reply to this note").click()
    expect(page.get_by_text("Your answer will stand below the note “1 · Note”.")).to_be_visible()
    expect(page.get_by_label("Correction")).not_to_be_visible()
    fill(page, "I doubt it.")
    made = record(*proposed(page))
    assert made.parent == "existing"
    link = page.get_by_role("link", name="Fill in the form on GitHub").get_attribute("href") or ""
    form = parse_qs(urlsplit(link).query)
    assert form["reply"] == ["existing"] and "words" not in form


def test_mending_a_word_makes_no_second_annotation(reader: Any) -> None:
    page = reader("http").open(PAGE)
    page.get_by_role("button", name="Annotate paragraph 3").click()
    fill(page)
    first = page.get_by_label("The file", exact=True).input_value()
    page.get_by_role("button", name="Back").click()
    page.get_by_label("Your note").fill("Another word.")
    page.get_by_role("button", name="Preview").click()
    second = page.get_by_label("The file", exact=True).input_value()
    assert "Another word." in second and second.splitlines()[1] == first.splitlines()[1]


def test_an_address_is_no_name(reader: Any) -> None:
    page = reader("http").open(PAGE)
    page.get_by_role("button", name="Annotate paragraph 3").click()
    page.get_by_label("Your note").fill("A note.")
    page.get_by_label("Name to show").fill("ani@mail.example")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("#aa-f-name-error")).to_contain_text("a name is published")


def test_a_page_that_was_translated_still_gives_the_words_of_the_source(reader: Any) -> None:
    page = reader("http").open(PAGE)
    page.evaluate("document.querySelector('#p-3').textContent = 'Mindestens fünfzig Menschen verließen Velm.'")
    page.get_by_role("button", name="Annotate paragraph 3").click()
    expect(page.get_by_text("The words on this page were changed")).to_be_visible()
    fill(page)
    assert placed(record(*proposed(page))) == [SECOND]


# The ways that the file can go


def stay(page: Page) -> None:
    """Let links be pressed without leaving the page or opening another."""
    page.evaluate("addEventListener('click', event => event.target.closest('a[href]') && event.preventDefault(), true)")


def test_a_long_file_is_copied_and_an_empty_one_opened(reader: Any) -> None:
    window = reader("http")
    window.context.grant_permissions(["clipboard-read"])
    page = window.open(PAGE)
    page.get_by_role("button", name="Annotate paragraph 4").click()
    fill(page)
    stay(page)
    link = page.get_by_role("link", name="Copy the file and open GitHub")
    asked = parse_qs(urlsplit(link.get_attribute("href") or "").query)
    assert asked.keys() == {"filename"}
    link.click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    text = page.evaluate("navigator.clipboard.readText()")
    assert text == page.locator("#aa-yaml").input_value()
    assert placed(record(asked["filename"][0], text)) == [LONG]


def test_a_host_that_takes_no_contents_gets_an_empty_file(reader: Any) -> None:
    page = reader("http").open(PAGE)
    page.evaluate("""() => Object.assign(document.getElementById("annotate").dataset,
      {host: "GitLab", new: "https://gitlab.com/a/b/-/new/main", newName: "file_name", newContents: ""})""")
    page.get_by_role("button", name="Annotate paragraph 3").click()
    fill(page)
    link = page.get_by_role("link", name="Copy the file and open GitLab").get_attribute("href") or ""
    made = validated(Annotation, yamlio.read(page.locator("#aa-yaml").input_value(), "x"), "x")
    assert unquote(link) == f"https://gitlab.com/a/b/-/new/main?file_name={annotation_path(made)}"


def test_without_a_repository_the_file_is_saved(reader: Any) -> None:
    page = reader("http").open(PAGE)
    page.evaluate('Object.assign(document.getElementById("annotate").dataset, {host: "", new: "", issue: ""})')
    page.get_by_role("button", name="Annotate paragraph 3").click()
    fill(page)
    assert page.locator(".aa-ways a, .aa-ways button").all_inner_texts() == [
        "Save the file", "Copy the file", "Write an e-mail",
    ]  # fmt: skip


def test_from_a_folder_the_file_is_saved(reader: Any) -> None:
    page = reader("file").open(PAGE)
    select(page, "Velm burned")
    page.get_by_role("button", name="Annotate these words").click()
    fill(page)
    first = page.locator(".aa-ways a").first
    expect(first).to_have_text("Save the file")
    with page.expect_download() as download:
        first.click()
    text = Path(download.value.path()).read_text("utf-8")
    made = record(f"archive/annotations/first/{download.value.suggested_filename}", text)
    assert placed(made) == ["Velm burned"]
    expect(page.locator(".aa-said")).to_contain_text("Send it to editors@archive.example, or add it to the repository")
    expect(page.locator(".aa-said")).to_contain_text(annotation_path(made))


def test_the_form_and_the_letter_carry_what_was_written(reader: Any) -> None:
    page = reader("http").open(PAGE)
    select(page, "Velm burned")
    page.get_by_role("button", name="Annotate these words").click()
    page.get_by_label("Question").check()
    fill(page, "When?\n\nAnd why?", sources="a-work", name="M.")
    filled = {"Article": "first", "Exact words": "Velm burned", "Kind": "Question", "Your note": "When?\n\nAnd why?",
              "Sources": "a-work", "Name to show": "M."}  # fmt: skip
    link = page.get_by_role("link", name="Fill in the form on GitHub").get_attribute("href") or ""
    form = parse_qs(urlsplit(link).query)
    assert form["template"] == ["annotation.yml"]
    assert form["words"] == ["Velm burned"] and form["note"] == ["When?\n\nAnd why?"] and form["kind"] == ["Question"]
    letter = page.get_by_role("link", name="Write an e-mail").get_attribute("href") or ""
    assert letter.startswith("mailto:editors@archive.example?subject=Annotation")
    read = read_form(parse_qs(urlsplit(letter).query)["body"][0], "a letter")
    assert {**read, "Words before": ""} == {**filled, "Words before": ""}
    assert read["Words before"].endswith("said.")


def test_a_long_letter_is_copied(reader: Any) -> None:
    window = reader("http")
    window.context.grant_permissions(["clipboard-read"])
    page = window.open(PAGE)
    page.get_by_role("button", name="Annotate paragraph 4").click()
    fill(page)
    stay(page)
    link = page.get_by_role("link", name="Copy the text and write an e-mail")
    assert len(link.get_attribute("href") or "") < 2000
    link.click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    assert read_form(page.evaluate("navigator.clipboard.readText()"), "a letter")["Exact words"] == LONG


def test_before_the_page_is_left_the_reader_is_warned(reader: Any) -> None:
    page = reader("http").open(PAGE)
    page.get_by_role("button", name="Annotate paragraph 3").click()
    warning = page.locator(".aa-warning:visible")
    for words in ("becomes public", "account", "Copies remain", "punished", "pseudonym", "private person"):
        expect(warning).to_contain_text(words)
    fill(page)
    expect(warning).to_have_count(1)
    for link in page.locator(".aa-ways a[target=_blank]").all():
        assert link.get_attribute("rel") == "noopener noreferrer external"


# For everybody


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_the_form_has_no_serious_barrier(reader: Any, scheme: str, width: str) -> None:
    options = {} if width == "wide" else NARROW
    page = reader("http", color_scheme=scheme, reduced_motion="reduce", **options).open(PAGE)
    select(page, "Velm burned")
    pick = page.get_by_role("button", name="Annotate these words")
    expect(pick).to_be_visible()

    assert barriers(page, scheme, width) == []
    pick.click()
    page.get_by_role("button", name="Preview").click()
    assert barriers(page, scheme, width) == []
    fill(page)
    assert barriers(page, scheme, width) == []


def test_on_a_small_screen_nothing_is_wider_than_it(reader: Any) -> None:
    page = reader("http", **NARROW).open(PAGE)
    select(page, "Velm burned")
    pick = page.get_by_role("button", name="Annotate these words")
    expect(pick).to_be_visible()
    box = pick.bounding_box()
    assert box and box["y"] + box["height"] > 780 and box["height"] >= 44
    pick.tap()
    fill(page)
    assert page.evaluate("document.querySelector('dialog').scrollWidth <= innerWidth")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_a_script_the_ways_are_there(reader: Any) -> None:
    page = reader("http", java_script_enabled=False).open(PAGE)
    section = page.locator("#annotate")
    expect(section.get_by_role("link", name="by a form on GitHub")).to_be_visible()
    expect(section.get_by_role("link", name="by a prepared e-mail")).to_be_visible()
    expect(page.get_by_role("link", name="edit it and propose the change")).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)


def test_nothing_of_it_is_printed(reader: Any) -> None:
    page = reader("http").open(PAGE)
    page.emulate_media(media="print")
    for name in (".aa-pick-block", ".aa-contribute", ".aa-answer"):
        assert page.locator(f"{name}:visible").count() == 0


def test_a_page_written_by_hand_leads_to_its_editor(site: Path) -> None:
    html = (site / "contribute/annotate.html").read_text("utf-8")
    assert 'href="https://github.com/a/b/edit/main/docs/contribute/annotate.md"' in html
