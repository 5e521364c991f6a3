"""What stands among an article's blocks and is not its text, and what an editor is told to look at."""

from __future__ import annotations

from saved_pages import FIRST, PARAGRAPHS, SECOND, THIRD, TITLE, html, paragraphs, read, rules, story

from annotated_archive.ingest.html.blocks import read_blocks
from annotated_archive.ingest.html.foreign import doubtful
from annotated_archive.ingest.page import parse

LINKS = "".join(f'<a href="/{n}">Another story about {n} and its people</a> ' for n in ("Goris", "Sotk", "Kapan"))
LOOK = [f"INGEST-LOOK {text}" for text in ("a block is for the most part links", "a passage stands twice in the text")]


def said(body: str) -> list[str]:
    """What is said of a page all of whose blocks are kept."""
    blocks = read_blocks(parse(html(body), "page"), "page")
    return [f"{doubt.rule} {doubt.message.split(':')[0]}" for doubt in doubtful(blocks, [True] * len(blocks))]


def test_a_box_of_links_inside_a_sentence_is_a_block_of_its_own_and_not_the_sentence() -> None:
    box = f'<span><a href="/v">Old Valley</a><span class="box"><span>{LINKS}</span></span></span>'
    page = read(story(paragraphs(FIRST.replace("Old Valley,", f"{box},"), SECOND, THIRD)))
    assert page.body == "\n\n".join(PARAGRAPHS)
    assert {rule for text, rule in rules(page).items() if "Another story" in text} == {"links"}


def test_links_with_words_between_them_are_the_sentence() -> None:
    listed = "<span>" + LINKS.replace("</a> <a", "</a>, <a") + "</span>"
    page = read(story(paragraphs(f"{FIRST} {listed}", SECOND, THIRD)))
    assert "Another story about Sotk" in page.body
    short = "<span><a href=/a>@one</a> <a href=/b>@two</a> <a href=/c>@three</a></span>"
    assert "@one @two @three" in read(story(paragraphs(f"{FIRST} {short}", SECOND, THIRD))).body


def test_what_is_hidden_between_two_paragraphs_is_no_part_of_the_text() -> None:
    page = read(story(f"<p>{FIRST}</p><p hidden>Not shown</p>{paragraphs(SECOND, THIRD)}"))
    assert page.body == "\n\n".join(PARAGRAPHS)


def test_the_further_posts_of_a_blog_are_not_the_article_and_a_quoted_one_inside_it_is() -> None:
    other = [text.replace("Old", "New").replace("night", "day") for text in PARAGRAPHS]
    posts = "".join(f"<article><h2>Post {n}</h2><p>{text} {n}</p></article>" for n, text in enumerate(other))
    page = read(html(f"<main><article><h1>{TITLE}</h1>{paragraphs()}</article>{posts}</main>"))
    assert page.body == "\n\n".join(PARAGRAPHS)
    quoted = f"<article><p>{SECOND}</p></article>"
    assert read(story(f"<p>{FIRST}</p>{quoted}<p>{THIRD}</p>")).body == "\n\n".join(PARAGRAPHS)


def test_a_list_of_links_is_set_aside_and_a_single_one_is_said() -> None:
    linked = "<p><a href=/a>Another story about Goris and what came of it</a></p>"
    page = read(story(paragraphs() + 3 * linked))
    assert page.body == "\n\n".join(PARAGRAPHS)
    assert said(paragraphs(FIRST, SECOND) + linked) == LOOK[:1]


def test_a_lead_that_breaks_off_where_the_text_goes_on_is_set_aside() -> None:
    teaser = " ".join(FIRST.split()[:18]) + "..."
    page = read(story(paragraphs(teaser, *PARAGRAPHS)))
    assert page.body == "\n\n".join(PARAGRAPHS)
    assert rules(page)[teaser] == "teaser"
    open_end = "Nobody knew what was to come of all that in the end…"
    assert open_end in read(story(paragraphs(open_end, *PARAGRAPHS))).body


def test_a_passage_that_stands_twice_is_said_and_kept() -> None:
    assert said(paragraphs(FIRST, SECOND, THIRD, FIRST)) == LOOK[1:]
    assert said(paragraphs(FIRST, "Why?", SECOND, "Why?")) == []
