"""What pages and records say of captures and withheld texts holds, whatever mixture of them an archive is."""

from __future__ import annotations

from pathlib import Path

import pytest
from custodial import PAGE, note, page, withheld

from annotated_archive.graph import Graph, resolve
from annotated_archive.pages import Settings, contributing, home
from annotated_archive.pages.draft import Draft, Site
from annotated_archive.records.article import statement
from annotated_archive.store import load
from captures import answer as answered
from captures import mhtml, singlefile, warc
from language import ArchiveText, actor, archive, article, readable

SECRET = "Nobody publishes this sentence. " * 9 + "It ends here."
QUOTED = note("lent", "noteaaaa", "It ends here", start=len(SECRET) - 13)
ADDRESS = "https://example.com/a"


def mixed(tmp_path: Path) -> ArchiveText:
    """A pasted text, a saved page, one whose original is private, and two withheld texts, one of which is quoted."""
    whole = page("pictures", PAGE.replace("Home", "Start"), title="Pictures")
    path = "archive/articles/pictures.md"
    hidden = {
        path: str(whole[path]).replace("  capture: known\n", "  capture: known\n  kept: private\n"),
        "archive/ledgers/pictures.yml": whole["archive/ledgers/pictures.yml"],
    }
    return archive(
        tmp_path, article("first", "Shells fell on Goris.", url=ADDRESS), page("second"), hidden,
        withheld("lent", SECRET), withheld("sealed", f"{SECRET} Yes.", "metadata"), QUOTED,
    )  # fmt: skip


def resolved(made: ArchiveText) -> Graph:
    return resolve(load(made.root))


def shown(made: ArchiveText, path: str) -> str:
    return readable(made.pages()[path].html)


# Custody


def test_every_statement_on_custody_is_counted(tmp_path: Path) -> None:
    made = mixed(tmp_path)
    assert made.check() == []
    text = shown(made, "custody.md")
    assert "5: 2 saved pages, HTML; 2 whose format is not stated; 1 pasted text" in text
    assert "is recorded for 2 of 5, for 0 as the capture itself says." in text
    for said in (
        "for 3 of 5 captures it stands in a public ledger too, and for 2 of 5 captures in the public list",
        "For 1 of 5 captures the original is on this site, for 2 of 5 captures the text that was read from it, for 2 of"
        " 5 captures neither.",
        "For 3 of 5 captures the original is kept private",
        "For 2 of 5 captures the original is in the public record",
        "For 3 of 5 captures the article is shown as a page",
        "For 3 of 5 captures the text is published",
    ):
        assert said in text
    for wrong in ("HR/PUB", "Every original can be verified", "three places", "Whatever may be published"):
        assert wrong not in text


def test_where_nothing_is_private_custody_says_so_in_the_same_words(tmp_path: Path) -> None:
    text = shown(archive(tmp_path, article("first", "Shells."), article("second", "Fire.")), "custody.md")
    assert "2: 2 pasted texts" in text
    assert "for 0 of 2 captures the text that was read from it, for 0 of 2 captures neither." in text
    assert "For 0 of 2 captures the original is kept private" in text


def test_who_named_an_address_is_told_as_far_as_it_is_published(tmp_path: Path) -> None:
    itself = page("second", PAGE.replace("<title>", f'<link rel="canonical" href="{ADDRESS}"><title>'))
    lent = withheld("lent", SECRET)
    path = "archive/articles/lent.md"
    made = archive(
        tmp_path, article("first", "Shells fell on Goris.", url=ADDRESS), itself, article("third", "Fire."),
        {path: str(lent[path]).replace("language: en\n", f"url: {ADDRESS}\nlanguage: en\n")},
        {"docs/about/origins.md": "# Origins\n"},
    )  # fmt: skip
    assert (
        "That of the page is named by the capture for 1 article; given by the editors for 1 article; recorded, without"
        " a public ledger that says by whom, for 1 article; not recorded for 1 article. "
        "[What is known of origins beyond the captures](about/origins.html)"
    ) in shown(made, "custody.md")


@pytest.mark.parametrize(
    ("name", "data", "moment"),
    [
        ("a.mhtml", mhtml(PAGE.encode()), "2022-09-13T10:15:00Z"),
        ("a.warc", warc(answered(ADDRESS, PAGE.encode())), "2022-09-13T10:15:00Z"),
        ("a.html", singlefile(body=PAGE.encode()), "2022-09-13T14:15:00+04:00"),
    ],
    ids=["mhtml", "warc", "singlefile"],
)  # fmt: skip
def test_what_a_container_says_is_kept_in_the_ledger(tmp_path: Path, name: str, data: bytes, moment: str) -> None:
    made = archive(tmp_path, {f"in/{name}": data})
    assert made.run("ingest", "--language", "en", f"in/{name}").exit == 0
    (ledger,) = load(made.root).ledgers.values()
    found = [(one.field, one.value) for one in ledger.record.found if one.origin == "capture"]
    assert found.count(("captured", moment)) == 1 and [field for field, _ in found].count("url") == 1
    assert "as the capture says" in shown(made, "custody.md")


def test_a_day_that_an_editor_gave_is_not_the_captures(tmp_path: Path) -> None:
    made = archive(tmp_path, {"in/a.warc": warc(answered(ADDRESS, PAGE.encode()))})
    assert made.run("ingest", "--captured", "2022-10-01", "in/a.warc").exit == 0
    assert "as its record says" in shown(made, "custody.md")


# Rights


def test_a_withheld_text_is_not_said_to_be_kept(tmp_path: Path) -> None:
    made = archive(
        tmp_path, {"in/a.html": PAGE, "in/b.html": PAGE.replace("Tuesday", "Friday").replace("Goris", "Velm")}
    )
    assert made.run("ingest", "--publish", "metadata", "in/a.html").exit == 0
    assert made.run("ingest", "--publish", "full", "in/b.html").exit == 0
    closed, opened = sorted(load(made.root).articles.values(), key=lambda one: one.record.rights.publish, reverse=True)
    assert closed.record.rights.statement == statement("metadata") and "kept" not in statement("metadata")
    assert opened.record.rights.statement == statement("full")
    identifier = opened.record.id
    assert made.run("withhold", identifier).exit == 0
    assert load(made.root).articles[identifier].record.rights.statement == statement("metadata")
    assert made.run("release", identifier).exit == 0
    assert load(made.root).articles[identifier].record.rights.statement == statement("full")


def test_a_statement_that_somebody_wrote_stays(tmp_path: Path) -> None:
    made = archive(tmp_path, article("first", "Shells fell."))
    written = load(made.root).articles["first"].record.rights.statement
    assert made.run("withhold", "first").exit == 0
    assert load(made.root).articles["first"].record.rights.statement == written


# Pages of withheld texts


def test_a_withheld_page_offers_nothing_that_needs_its_text(tmp_path: Path) -> None:
    made = mixed(tmp_path)
    sealed, lent, opened = (shown(made, f"articles/{name}.md") for name in ("sealed", "lent", "first"))
    for text in (sealed, lent):
        assert "#p-" not in text and "original and checksum" not in text
    assert "whether the words quoted here stand in it" not in sealed
    assert "whether the words quoted here stand in it" in lent
    assert "#p-" in opened and "original and checksum" in opened


def test_without_a_quotation_a_page_does_not_speak_of_any(tmp_path: Path) -> None:
    text = shown(archive(tmp_path, withheld("lent", SECRET)), "articles/lent.md")
    assert "so far none are quoted" in text and "words quoted here" not in text


def test_words_that_stand_nowhere_else_are_seen_without_opening_the_note(tmp_path: Path) -> None:
    html = mixed(tmp_path).pages()["articles/lent.md"].html
    assert 'id="a-noteaaaa" data-n="1" open>' in html and "<q>It ends here</q>" in html


def test_what_may_be_quoted_of_a_withheld_text_is_said_before_anybody_pastes_it(tmp_path: Path) -> None:
    made = mixed(tmp_path)
    assert "put no words of its text into what you write" in shown(made, "articles/sealed.md")
    limit = int(len(SECRET) * 0.1)
    assert f"at most {limit} characters, and paste nothing else of it" in shown(made, "articles/lent.md")
    assert "is withheld" not in shown(made, "articles/first.md")
    site = Site(resolved(made), Settings("T", "a@b.c", ""))
    forms = {
        name: contributing.form(Draft(site, "x"), site.graph.archive.articles[name].record, "")
        for name in ("first", "lent", "sealed")
    }
    assert {name: (form["publish"], form["most"]) for name, form in forms.items()} == {
        "first": ("full", ""), "lent": ("excerpt", str(limit)), "sealed": ("metadata", ""),
    }  # fmt: skip


def test_lists_mark_what_is_not_published(tmp_path: Path) -> None:
    made = mixed(tmp_path)
    index = shown(made, "articles/index.md")
    assert index.count("text not published") == 2 and " | –" in index
    dated = archive(tmp_path / "dated", {
        path: str(text).replace("language: en\n", "date: 2022-09-13\ndate_source: page\nlanguage: en\n")
        for path, text in withheld("lent", SECRET).items()
    })  # fmt: skip
    assert shown(dated, "timeline.md").count("text not published") == 1
    card = readable(home.html(Site(resolved(dated), Settings("T", "a@b.c", ""))))
    assert "Text not published" in card
    configuration = "site_name: Test\nplugins: [annotated-archive]\nextra: {archive: {contact: a@b.c}}\n"
    made.write({"mkdocs.yml": configuration, "docs/index.md": "# Home\n"})
    found = made.run("search", "--kind", "article", "lent")
    assert "text not published" in found.stdout, found


# By-lines, citations, order


def test_the_by_line_says_what_the_text_was_read_from(tmp_path: Path) -> None:
    made = mixed(tmp_path)
    size = len(PAGE.encode())
    assert f"text read from a saved page of {size} bytes, " in shown(made, "articles/second.md")
    assert "text read from a saved page, " in shown(made, "articles/pictures.md")
    assert "text as received, 21 bytes, " in shown(made, "articles/first.md")


def test_the_citation_names_author_and_address_and_not_how_the_day_is_known(tmp_path: Path) -> None:
    front = {
        "author": "Ani Petrosyan",
        "url": ADDRESS,
        "date": "2022-09-13",
        "date_source": "meta",
        "source": "a-paper",
    }
    made = archive(tmp_path, actor("a-paper", type="outlet", name="A Paper"), article("first", "Shells.", **front))
    text = shown(made, "articles/first.md")
    assert f"Ani Petrosyan, “First”, A Paper, 13 September 2022, {ADDRESS}. Test archive, " in text


def test_articles_of_one_day_stand_by_the_hour(tmp_path: Path) -> None:
    days = {
        "a": "2022-09-13T23:00:00+04:00", "b": "2022-09-13T18:00:00Z", "c": "2022-09-13",
        "d": "2022-09-13T08:00:00-03:00",
    }  # fmt: skip
    made = archive(
        tmp_path, *(article(name, f"Text {name}.", date=day, date_source="page") for name, day in days.items())
    )
    graph = resolved(made)
    assert [file.record.id for file in graph.articles] == ["c", "d", "b", "a"]
    assert [graph.archive.articles[name].record.id for name in days] == list(days)
    line = shown(made, "timeline.md")
    assert sorted("abcd", key=lambda name: line.index(f"articles/{name}.html")) == ["c", "d", "b", "a"]
