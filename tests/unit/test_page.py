"""HTML pages: every block is read, the article's are kept, and what the page says of itself is told with its origin."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from saved_pages import (
    FIRST,
    PARAGRAPHS,
    SECOND,
    THIRD,
    TITLE,
    doubts,
    found,
    html,
    paragraphs,
    read,
    refused,
    rules,
    story,
)

from annotated_archive.ingest import Candidate, Details, ingest
from annotated_archive.ingest.html.blocks import Block, read_blocks, text_of
from annotated_archive.ingest.html.body import compose
from annotated_archive.ingest.page import MAX_BYTES, parse
from annotated_archive.records.ledger import rebuild
from language import sha256


def test_the_article_is_kept_and_everything_else_stands_in_the_ledger() -> None:
    page = read(
        story(
            before="<header>The Valley Times</header><nav><ul><li>World<li>Sport</ul></nav>",
            after='<aside>Most read</aside><div class="comments"><p>First!</p></div>'
            "<form><label>Your mail</label></form>"
            '<p style="display: none">You see nothing</p><footer>All rights reserved</footer>',
        )
    )
    assert page.body == "\n\n".join(PARAGRAPHS)
    assert page.title == TITLE
    assert rules(page) == {
        "The Valley Times": "header",
        "World\n\nSport": "navigation",
        TITLE: "headline",
        "Most read": "aside",
        "First!": "comments",
        "Your mail": "form",
        "You see nothing": "hidden",
        "All rights reserved": "footer",
    }


def test_the_headline_of_another_wording_leaves_the_text_too() -> None:
    page = read(story(paragraphs()), title="Border news")
    assert page.title == "Border news"
    assert TITLE not in page.body
    assert rules(page)[TITLE] in ("not-article", "heading")


def test_the_header_of_an_article_is_no_furniture() -> None:
    markup = html("<header>site</header><article><header>story</header></article>")
    blocks = read_blocks(parse(markup, "page.html"), "page.html")
    assert [(block.text, block.rule) for block in blocks] == [("site", "header"), ("story", None)]


def test_a_page_becomes_an_article_with_a_ledger_that_counts_in_the_text_of_the_page() -> None:
    data = story(head='<meta property="og:site_name" content="The Valley Times">').encode()
    result = ingest(Candidate("html", "html", data, captured="2022-09-14"), "page.html", sha256(data), Details())
    assert result.article.title == TITLE
    assert result.ledger.original.text == sha256(rebuild(result.body, result.ledger.spans))
    assert ("outlet", "The Valley Times") in [(one.field, one.value) for one in result.ledger.found]


@pytest.mark.parametrize(
    ("markup", "blocks"),
    [
        ("<p>one\n  two<b>three</b> four", ["one twothree four"]),
        ("<div>one<p>two</p>three</div>", ["one", "two", "three"]),
        ("<p>one<br>two<br><br>three<br> <br>four", ["one\ntwo", "three", "four"]),
        ("<pre>one\n  two\n\nthree</pre>", ["one\ntwo", "three"]),
        ("<p>one<script>x</script> two<style>y</style></p><template><p>z</p></template>", ["one two"]),
        ("<div><template shadowrootmode=open><p>shown</p></template></div>", ["shown"]),
        ("<p>one <span hidden>unseen</span>two</p>", ["one two", "unseen"]),
        (
            "<noscript><p>one</p></noscript><textarea>two</textarea><svg><text>three</text></svg>",
            ["one", "two", "three"],
        ),
        ("<table><tr><th>Side<th>Losses<tr><td>One<td>105</table>", ["Side\nLosses", "One\n105"]),
        ("<table><tr><td><p>one</p><p>two</p><td>three</table>", ["one", "two", "three"]),
        ("<table><tr><td><p>one</p><td>105</table>", ["one\n105"]),
        (f"<table><tr><td>one<td>{'long ' * 40}</table>", ["one", ("long " * 40).strip()]),
        ("<table><tr><td>one<br><br>two<td>three</table>", ["one", "two", "three"]),
        ("<p>one\u2028two\u0085three\u00a0four", ["one two three\u00a0four"]),
        ("<!-- no --><p>one<![CDATA[two]]>", ["one"]),
    ],
)
def test_every_block_is_read_with_white_space_as_browsers_show_it(markup: str, blocks: list[str]) -> None:
    assert read(html(markup)).text.split("\n\n") == blocks


def test_kinds_of_blocks_are_told_and_lines_like_buttons_only_proposed() -> None:
    heading, quotation = "<h2>The night in the village</h2>", f"<blockquote><p>{THIRD}</p></blockquote>"
    page = read(
        story(f"{paragraphs(FIRST)}{heading}{quotation}{paragraphs(SECOND, THIRD + ' Again.')}<p>Read more here</p>")
    )
    kinds = {text[:9]: page.blocks.get(number) for number, text in enumerate(page.body.split("\n\n"), 1)}
    assert kinds["The night"] == "heading"
    assert kinds["“We heard"] in ("quotation", None)
    assert page.blocks[3] == "quotation"


def test_a_photograph_s_credit_makes_a_caption_and_a_button_s_words_a_proposal() -> None:
    caption, button = "Soldiers stand in a line in Upper Village. (Photo by A Name / An Agency)", "Read more here"
    blocks = [Block(text, "paragraph", None, "p", 0, True, 1, ()) for text in (caption, FIRST, button)]
    text = text_of(blocks)
    for block in blocks:
        block.offset = text.index(block.text)
    body = compose(text, blocks, [None, None, None])
    assert body.kinds == {1: "caption"}
    assert [(one.rule, one.text) for one in body.proposals] == [("page-furniture", button)]
    assert body.text == text


def test_characters_that_no_text_holds_are_taken_out_of_the_body_and_stand_in_the_ledger() -> None:
    page = read(story(paragraphs("Rene\u0301 said \u202eso\u202c. " + FIRST, SECOND, THIRD)))
    assert page.body.startswith("René said so. Fighting")
    assert {span.rule for span in page.spans} >= {"normal-form", "forbidden-character"}


def test_paragraphs_that_stand_as_the_others_do_are_kept_with_them_but_not_those_of_another_text() -> None:
    parts = "".join(
        f'<section class="part">{paragraphs(text)}</section><div>Advertisement</div>' for text in PARAGRAPHS * 2
    )
    other = f'<article><h1>Another text</h1><section class="part">{paragraphs(FIRST[::-1])}</section></article>'
    page = read(story(parts, after=other))
    assert page.body.count("Fighting has flared") >= 1
    assert FIRST[::-1] not in page.body
    assert "Advertisement" not in page.body


def test_the_page_says_title_author_date_address_outlet_and_language_each_with_its_origin() -> None:
    data = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "Organization", "@id": "#us", "name": "The Valley Times"},
            {
                "@type": ["NewsArticle"], "headline": TITLE, "datePublished": "2022-09-13T10:00:00.000+0400",
                "author": [{"@type": "Person", "name": "A. Name"}, "B. Name"], "publisher": {"@id": "#us"},
                "inLanguage": "en-GB",
            },
        ],
    }  # fmt: skip
    head = (
        f"<title>{TITLE} | The Valley Times</title><link rel=canonical href='/story'>"
        f'<script type="application/ld+json">{json.dumps(data)}</script>'
        '<meta property="og:url" content="https://example.org/story/">'
        '<meta property="article:published_time" content="2022-09-13T06:00:00Z"><meta name=author content="A. Name">'
    )
    byline = '<div class="byline">By A. Name</div><time datetime="2022-09-13">Tuesday</time>'
    page = read(story(byline + paragraphs(), head), url="https://example.org/story?from=mail")
    assert found(page, "title") == [
        (TITLE, "json-ld"),
        (TITLE, "heading"),
        (f"{TITLE} | The Valley Times", "title-element"),
    ]
    assert found(page, "date") == [
        ("2022-09-13T10:00:00+04:00", "json-ld"), ("2022-09-13T06:00:00Z", "meta"), ("2022-09-13", "time"),
    ]  # fmt: skip
    assert found(page, "author") == [("A. Name, B. Name", "json-ld"), ("A. Name", "meta"), ("A. Name", "byline")]
    assert found(page, "url") == [
        ("https://example.org/story", "canonical"), ("https://example.org/story/", "open-graph"),
        ("https://example.org/story?from=mail", "capture"),
    ]  # fmt: skip
    assert found(page, "outlet") == [("The Valley Times", "json-ld")]
    assert found(page, "language") == [("en", "html-lang"), ("en-GB", "json-ld"), ("en", "text")]
    assert doubts(page) == []


def test_what_a_page_does_not_carry_stays_empty() -> None:
    page = read(html(paragraphs(), attributes=""))
    assert {one.field for one in page.found} == {"language"}
    assert page.title is None


def test_two_sources_that_disagree_are_both_named() -> None:
    head = (
        '<meta name=author content="C. Name"><meta name=date content="2022-09-15">'
        '<script type="application/ld+json">{"@type":"Article","datePublished":"2022-09-13","author":"A. Name"}'
        "</script>"
    )
    assert doubts(read(story(head=head))) == [
        f"INGEST-DISAGREE two sources in the page disagree about the {field}: “{one}” (json-ld) and “{other}” (meta)"
        for field, one, other in (("date", "2022-09-13", "2022-09-15"), ("author", "A. Name", "C. Name"))
    ]


@pytest.mark.parametrize(
    "value", ["2022-13-45", "0001-01-01T00:00:00Z", "1970-01-01", "03/04/2022", "soon", "2023-01-01"]
)
def test_a_date_that_is_impossible_or_can_be_read_in_two_ways_is_left_out_with_a_doubt(value: str) -> None:
    page = read(story(head=f'<meta property="article:published_time" content="{value}">'), captured="2022-09-20")
    assert found(page, "date") == []
    assert [doubt.rule for doubt in page.doubts] == ["INGEST-DATE"]


def test_a_date_of_another_text_on_the_page_is_not_the_article_s() -> None:
    later = '<div class="related"><h3>More</h3><time datetime="2021-01-01">then</time></div>'
    updated = '<p>Updated <time class="updated" datetime="2022-09-20">later</time></p>'
    assert found(read(story(updated + paragraphs(), after=later)), "date") == []
    outside = (
        f'<main><div><article><h1>{TITLE}</h1>{paragraphs()}</article><time datetime="2021-01-01">x</time></div></main>'
    )
    assert found(read(html(outside)), "date") == []


def test_the_text_s_own_language_goes_before_a_declaration_that_it_contradicts() -> None:
    armenian = "Պաշտպանության նախարարությունը հայտնում է, որ սահմանին իրավիճակը կայուն է և կրակոցներ չեն եղել։ " * 3
    page = read(
        html(f"<article><h1>Սահմանին հանգիստ է այսօր</h1>{paragraphs(armenian, armenian + ' Այսօր։')}</article>")
    )
    assert found(page, "language") == [("hy", "text"), ("en", "html-lang")]
    assert any("disagree about the language" in doubt for doubt in doubts(page))


def test_json_ld_of_any_shape_is_survived() -> None:
    scripts = [
        "[" * 50_000, "{", "null", "[[[[1]]]]", '{"@type":{"a":1},"headline":7}', "9" * 10_000,
        '{"@type":"Article","headline":["a","b"],"author":{"name":[{"x":1}]},"datePublished":{},"publisher":[[]]}',
        '{"@graph":{"@graph":{"@type":"Article","author":{"@id":"#a"},"mainEntityOfPage":7,"url":[1]}}}',
        f'{{"@type":"Article","headline":"{"x" * 2_100_000}"}}',
    ]  # fmt: skip
    head = "".join(f'<script type="application/ld+json">{script}</script>' for script in scripts)
    page = read(story(head=head))
    assert page.title == TITLE
    assert [one.origin for one in page.found if one.field == "title"] == ["heading"]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("404 Not Found", "Sorry, the page you requested cannot be found."),
        ("Страница не найдена", "К сожалению, такая страница не существует. Вернитесь на главную."),
        ("Sayfa bulunamadı", "Aradığınız sayfa bulunamadı."),
        ("Just a moment...", "Checking your browser before you can go on. This takes a few seconds."),
        ("The Valley Times", "Please enable JavaScript to continue using this application."),
        (
            "The Valley Times",
            "We use cookies and ask for your consent. Accept all or manage your choices about cookies.",
        ),
        ("Log in", "Enter your password. Forgot it? Create an account."),
        ("Sign in", "By going on you agree to our privacy policy. Forgot your password? Write to us."),
        ("Border news", "Subscribe to continue reading. Already a subscriber? Log in."),
    ],
)
def test_a_page_in_an_article_s_place_is_said_and_not_taken_in(title: str, text: str) -> None:
    assert "INGEST-WALL this is " in refused(
        html(f"<main><h1>{title}</h1><p>{text}</p></main>", f"<title>{title}</title>")
    )


def test_a_page_that_asks_for_a_password_is_a_log_in_form_whatever_its_small_print_speaks_of() -> None:
    form = "<form><label>E-mail <input name=e></label><input type=Password></form>"
    text = "<p>We use cookies, as our privacy policy says, and ask for your consent to all of that.</p>"
    for page, kind in (
        (html(f"<h1>Border news</h1>{form}{text}"), "a log-in form"),
        (html(f"<h1>Border news</h1>{text}"), "a cookie wall"),
        (html(f"<h1>Sign in to go on</h1>{text}<p>Your password?</p>"), "a log-in form"),
    ):
        assert f"INGEST-WALL this is {kind}, not" in refused(page)
    assert read(story(before=form)).body == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize("address", ["file:///C:/saved/A.Name/story.html", r"file:\/\/\/home\/a.name\/x", "file://x/y"])
def test_the_address_on_the_disk_of_whoever_saved_a_page_is_said_and_its_original_kept_private(address: str) -> None:
    page = read(story(after=f'<!-- saved from url=(0042){address} --><img src="x.png">'))
    said = "an address on the disk of whoever saved it (file://)"
    assert doubts(page) == [f"INGEST-LOCAL the capture holds {said}"]  # recorded, and published: without the name
    assert page.private
    assert read(story(), url="file:///C:/saved/A.Name/story.html").private
    assert not read(story(after="<p>The profile: //x and file: none.</p>")).private


def test_an_article_under_a_cookie_banner_or_about_passwords_is_an_article() -> None:
    banner = '<div id="cookie-banner"><p>We use cookies. Accept all cookies?</p><button>Accept</button></div>'
    assert read(story(before=banner)).body == "\n\n".join(PARAGRAPHS)
    about = [f"{text} Police said that the password of the log-in page was stolen." for text in PARAGRAPHS]
    assert "password" in read(story(paragraphs(*about))).body


def test_a_page_says_that_it_is_for_subscribers_and_that_frames_were_not_read() -> None:
    head = '<script type="application/ld+json">{"@type":"Article","isAccessibleForFree":"False"}</script>'
    page = read(story(head=head, after='<p>Subscribe to read the full story.</p><iframe srcdoc="<p>x"></iframe>'))
    assert [doubt.rule for doubt in page.doubts] == ["INGEST-PARTIAL", "INGEST-FRAME"]


def test_pictures_in_the_page_are_counted() -> None:
    image = '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="><img src="https://example.org/a.jpg">'
    assert read(story(image + paragraphs())).pictures == 1


def test_a_headline_that_an_editor_gives_is_the_title_and_leaves_the_text() -> None:
    page = read(html(f"<article><h2>{TITLE}</h2>{paragraphs()}</article>"), TITLE)
    assert (page.title, page.body) == (TITLE, "\n\n".join(PARAGRAPHS))


RUSSIAN = "Министерство обороны сообщило о перестрелке на границе, обе стороны обвинили в этом друг друга. "
TURKISH = "Bakanlık, sınırdaki çatışmaların durduğunu ve görüşmelerin süreceğini açıkladı; ığışİĞŞ. "


@pytest.mark.parametrize(
    ("text", "codec", "meta", "header", "encoding", "said"),
    [
        (RUSSIAN, "cp1251", "windows-1251", None, "cp1251", []),
        (RUSSIAN, "koi8-r", None, "KOI8-R", "koi8-r", []),
        (TURKISH, "cp1254", "iso-8859-9", None, "cp1254", []),
        (RUSSIAN, "utf-8", "windows-1251", None, "utf-8", ["the bytes are UTF-8"]),
        (RUSSIAN, "utf-8", None, "iso-8859-1", "utf-8", ["the bytes are UTF-8"]),
        (RUSSIAN, "utf-8-sig", "windows-1251", None, "utf-8", []),
        (RUSSIAN, "utf-16", None, None, "utf-16-le", []),
        (RUSSIAN, "cp1251", "utf-8", None, "cp1251", ["says “utf-8”, which the bytes are not", "read as cp1251"]),
        (RUSSIAN, "cp1251", None, None, "cp1251", ["no character set is declared; read as cp1251"]),
        (RUSSIAN, "koi8-r", None, None, "koi8-r", ["read as koi8-r"]),
        (TURKISH, "cp1254", None, None, "cp1254", ["read as cp1254"]),
        (RUSSIAN, "cp1251", "shift_jis", None, "cp1251", ["which the bytes are not", "read as cp1251"]),
        (RUSSIAN, "utf-8", "armscii-8", None, "utf-8", ["the bytes are UTF-8"]),
    ],
)
def test_a_page_is_read_in_the_encoding_that_its_bytes_are_in(
    text: str, codec: str, meta: str | None, header: str | None, encoding: str, said: list[str]
) -> None:
    declared = f'<meta charset="{meta}">' if meta else ""
    page = read(f"<html><head>{declared}</head><body><p>{text * 3}".encode(codec), charset=header)
    assert page.text == (text * 3).strip()
    assert (page.encoding, page.bom) == (encoding, codec in ("utf-8-sig", "utf-16"))
    charset = [doubt for doubt in doubts(page) if doubt.startswith("INGEST-CHARSET")]
    assert len(charset) == len(said)
    assert all(words in doubt for words, doubt in zip(said, charset, strict=True))


def test_a_few_broken_characters_are_counted_and_an_encoding_that_cannot_be_read_is_refused() -> None:
    broken = f"<meta charset=utf-8><p>{RUSSIAN * 3}".encode()[:-3] + b"</p>"
    assert doubts(read(broken))[0].startswith("INGEST-CHARSET 1 characters could not be read")
    assert "INGEST-CHARSET" in refused(b"<meta charset=armscii-8><p>" + bytes(range(0xB2, 0xF0)) * 9)
    assert "INGEST-NOT-TEXT" in refused(b"<p>\x00\x01\x02")


def test_right_to_left_text_keeps_its_order() -> None:
    persian = "وزارت امور خارجه اعلام کرد که وضعیت مرز پایدار است و از طرفین خواست خویشتنداری کنند."
    assert read(html(f'<p dir="rtl">{persian}</p>')).text == persian


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (b"<div>" * 100_000 + b"x", "INGEST-DEPTH"),
        (("<p>" + "x " * 10 + "</p>") * 20_001, "INGEST-PAGE more than 20,000 blocks"),
        (
            "<p " + " ".join(f"a{n}=x" for n in range(3_000)) + ">text",
            "INGEST-PAGE a tag with more than 2,000 attributes",
        ),
        (b" " * (MAX_BYTES + 1), "INGEST-SIZE"),
        (b"", "INGEST-EMPTY"),
    ],
)
def test_a_page_beyond_the_limits_is_refused_at_once(page: str | bytes, said: str) -> None:
    began = time.process_time()
    assert said in refused(page)
    assert time.process_time() - began < 5


TAGS = (
    *("p", "div", "span", "b", "a", "li", "ul", "table", "tr", "td", "h1", "h2", "article", "nav", "blockquote", "pre"),
    *("noscript", "form", "button", "br", "figure", "figcaption", "section", "textarea"),
)
ATTRIBUTES = ("", " hidden", ' class="comments"', ' style="display:none"', ' role="navigation"')
WORDS = st.lists(st.text("abcdefgé\u0301\u202eЯա \u00a0\n\t", max_size=8), max_size=6).map(" ".join)
NODES = st.recursive(
    WORDS,
    lambda inner: st.builds(
        lambda tag, attribute, parts: f"<{tag}{attribute}>{''.join(parts)}</{tag}>",
        st.sampled_from(TAGS), st.sampled_from(ATTRIBUTES), st.lists(inner, max_size=5),
    ),
    max_leaves=30,
)  # fmt: skip


@given(st.lists(NODES, max_size=6))
def test_no_word_of_any_page_is_lost(nodes: list[str]) -> None:

    page = html(f"<div>{' '.join(nodes)}</div><p>{FIRST}</p>")
    reading = read(page)
    words = [word for text in parse(page, "page.html").itertext() for word in text.split()]
    missing = [word for word in words if word not in reading.text]
    assert missing == []


def test_what_readers_wrote_is_told_from_all_else_and_an_editor_is_asked() -> None:
    wrote = "I live in Upper Village, and my neighbour saw it."
    for around in (
        f'<aside><div class="comments"><p>{wrote}</p></div></aside>',
        f'<footer><div id="comments" hidden><p>{wrote}</p></div></footer>',
        f'<section><article itemtype="https://schema.org/Comment"><p>{wrote}</p></article></section>',
        f'<ol class="commentlist"><li>{wrote}</ol>',
    ):
        page = read(story(after=around))
        assert rules(page)[wrote] == "comments"
        assert [doubt.message for doubt in page.doubts if doubt.rule == "INGEST-COMMENTS"] == [
            f"the page holds readers' comments, {len(wrote)} characters: the site leaves them out, the ledger has them"
        ]
    assert not [doubt for doubt in read(story()).doubts if doubt.rule == "INGEST-COMMENTS"]
