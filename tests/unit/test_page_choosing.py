"""Which blocks of a page are taken for the article, given the text that was found in it."""

from __future__ import annotations

from annotated_archive.ingest.html.blocks import read_blocks
from annotated_archive.ingest.html.choosing import chosen
from annotated_archive.ingest.page import parse

SENTENCES = [
    f"On day {number} the {side} side said that {number * 7} of its men were wounded near the village of {place}."
    for number, (side, place) in enumerate(
        [("one", "Goris"), ("other", "Sotk"), ("first", "Jermuk"), ("second", "Kapan"), ("third", "Vardenis")], 2
    )
]


def taken(body: str, text: str) -> list[str]:
    """The blocks of a page that are chosen."""
    blocks = read_blocks(parse(f"<html><body>{body}</body></html>", "page"), "page")
    return [block.text for block, keep in zip(blocks, chosen(blocks, text), strict=True) if keep]


def p(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def test_a_block_is_taken_where_most_of_its_words_were_found() -> None:
    body = p(
        SENTENCES[0] + " And more.",
        "Subscribe. " + SENTENCES[1][:20] + " to our letters, which come daily.",
        SENTENCES[2],
    )
    assert taken(body, f"{SENTENCES[0]} {SENTENCES[1][:20]} {SENTENCES[2]}") == [
        SENTENCES[0] + " And more.",
        SENTENCES[2],
    ]


def test_words_that_stand_several_times_are_taken_where_the_order_puts_them() -> None:
    body = (
        f"<ul><li>Background<li>{SENTENCES[1]}</ul>{p(SENTENCES[0])}<h2>Background</h2>{p(SENTENCES[1], SENTENCES[2])}"
    )
    text = "\n".join([SENTENCES[0], "Background", SENTENCES[1], SENTENCES[2]])
    assert taken(body, text) == [SENTENCES[0], "Background", SENTENCES[1], SENTENCES[2]]


def test_a_row_of_asterisks_goes_with_what_stands_around_it() -> None:
    body = p("* * *", SENTENCES[0], "* * *", SENTENCES[1], "* * *", "Subscribe")
    assert taken(body, "\n".join(SENTENCES[:2])) == [SENTENCES[0], "* * *", SENTENCES[1]]


def test_of_a_headline_above_the_text_the_nearest_is_taken_and_not_a_teaser_s() -> None:
    headline = "Soldiers wounded near five villages"
    body = f"<ul><li>{headline}<li>Another</ul><h1>{headline}</h1>{p(*SENTENCES)}"
    assert taken(body, "\n".join([headline, *SENTENCES])) == [headline, *SENTENCES]
    blocks = read_blocks(parse(f"<html><body>{body}</body></html>", "page"), "page")
    keep = chosen(blocks, "\n".join([headline, *SENTENCES]))
    assert not keep[0]
    assert keep[2]


def test_an_article_that_the_page_holds_twice_is_taken_once() -> None:
    text = "\n".join(SENTENCES)
    assert taken(f"<div>{p(*SENTENCES)}</div><div>{p(*SENTENCES)}</div>", text) == SENTENCES
    long = [f"{sentence} {number}" for number in range(60) for sentence in SENTENCES]
    assert taken(f"<div>{p(*long)}</div><div>{p(*long)}</div>", "\n".join(long)) == long
    hidden = f"<div hidden>{' '.join(SENTENCES)}</div>"
    assert taken(f"{hidden}<div>{p(*SENTENCES)}</div>{hidden}", text) == SENTENCES


def test_paragraphs_that_stand_as_those_found_do_are_taken_with_them() -> None:
    parts = "".join(f'<div class="part">{p(sentence)}</div><div>Advertisement</div>' for sentence in SENTENCES)
    assert taken(parts, "\n".join(SENTENCES[:3])) == SENTENCES
    assert taken(parts, "\n".join(SENTENCES[:2])) == SENTENCES[:2]  # two are no pattern


def test_the_paragraphs_of_another_text_are_not() -> None:
    first, others = (
        "".join(f"<div>{p(sentence)}</div>" for sentence in SENTENCES[:3]),
        f"<div>{p(*SENTENCES[3:])}</div>",
    )
    text = "\n".join(SENTENCES[:3])
    assert taken(f"{first}<h1>Another</h1>{others}", text) == SENTENCES[:3]
    assert taken(f"<article>{first}</article><article>{others}</article>", text) == SENTENCES[:3]
    assert taken(f"{first}<aside>{others}</aside>", text) == SENTENCES[:3]


def test_where_nothing_was_found_the_paragraphs_of_the_article_element_with_the_headline_are_the_article() -> None:
    article = (
        f"<article><h1>The headline</h1>{p(*SENTENCES)}<p><a href='/x'>{'More of the same ' * 8}</a></p></article>"
    )
    notice = "This copy is for your own use only."
    assert taken(p(notice) + article, notice) == SENTENCES
    assert taken(p(notice) + article, "") == SENTENCES
    assert taken(p(notice) + article.replace("h1", "h2"), notice) == [notice]
