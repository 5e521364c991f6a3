"""Custody: `archive verify`, the check of originals and ledgers, and what the site says and serves of captures."""

from __future__ import annotations

import re
import shutil
import textwrap
from pathlib import Path

import pytest
from custodial import BODY, PAGE, again, kept, note, page, withheld
from hypothesis import given
from hypothesis import strategies as st

from annotated_archive.check import custody, fixity, holder
from annotated_archive.pages import Settings
from annotated_archive.records import yamlio
from annotated_archive.records.ledger import rebuild
from annotated_archive.records.text import composed, flaws
from annotated_archive.site import content
from annotated_archive.store.captures import Published
from captures import answer, mhtml, singlefile, wacz, warc
from language import TAKEN_IN, ArchiveText, Run, archive, article, readable, sha256
from pdfs import column, pdf

SECRET = "Nobody publishes this sentence. " * 9 + "It ends here."
FIRST = article("first", "Shells fell on Goris.")


def everything(tmp_path: Path) -> ArchiveText:
    """A pasted text with a second capture, a saved page, and an article that is withheld."""
    made = archive(tmp_path, again(FIRST, "first", "Shells fell on Goris."), page("second"), withheld("third", SECRET))
    assert made.check() == []
    return made


def put(made: ArchiveText, path: str, data: str | bytes) -> None:
    """Write a file as an intruder would: no list is brought up to date."""
    target = made.root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data.encode() if isinstance(data, str) else data)


def published(made: ArchiveText) -> content.Content:
    return content.read(made.root, Settings(name="Test", contact="contact@archive.example", repo_url=""))


# The originals


def test_all_is_as_it_was_taken_in(tmp_path: Path) -> None:
    size = len(PAGE.encode()) + len("Shells fell on Goris.") * 2 + len("Home\n\n")
    assert everything(tmp_path).run("verify") == Run(
        0,
        f"3 originals read, {size} bytes.\n1 original kept private and not here: not verified.\n"
        "4 captures: of 3, article and ledger give back what was read; of 1, the text is not here.\n"
        "Beside pasted texts 1 capture: compared with the ledger, and with the original itself by --again.\n"
        "No errors.\n",
        "",
    )


def test_what_is_private_is_verified_where_it_is_here(tmp_path: Path) -> None:
    made = everything(tmp_path).write(kept("third", SECRET))
    out = made.run("verify")
    assert out.exit == 0 and "4 originals read" in out.stdout and "not here" not in out.stdout
    assert "4 captures: of 4, article and ledger give back what was read." in out.stdout
    put(made, "private/originals/third.txt", "Other bytes.")
    out = made.run("verify")
    assert out.exit == 1
    assert out.stderr.startswith(
        "private/originals/manifest-sha256.txt:1:1: VERIFY-CHANGED “third.txt” has the SHA-256 "
    )


def test_a_file_that_changed_vanished_or_appeared_is_named(tmp_path: Path) -> None:
    made = everything(tmp_path)
    put(made, "archive/originals/first.txt", "Shells fell on Kapan.")
    (made.root / "archive/originals/second.html").unlink()
    put(made, "archive/originals/deep/new.txt", "Who put me here?")
    manifest = "archive/originals/manifest-sha256.txt"
    assert made.run("verify") == Run(
        1,
        "2 originals read, 48 bytes.\n1 original kept private and not here: not verified.\n"
        "4 captures: of 3, article and ledger give back what was read; of 1, the text is not here.\n3 errors.\n",
        "archive/originals/deep/new.txt:1:1: VERIFY-APPEARED the list of checksums does not name this file. "
        "Find out who put it here, or take it in.\n"
        f"{manifest}:2:1: VERIFY-CHANGED “first.txt” has the SHA-256 {sha256('Shells fell on Kapan.')}, and had "
        f"{sha256('Shells fell on Goris.')} when it was taken in. Restore it from a copy.\n"
        f"{manifest}:3:1: VERIFY-VANISHED “second.html” is not there. Restore it from a copy.\n",
    )


def test_a_link_in_place_of_an_original_is_no_original(tmp_path: Path) -> None:
    made = archive(tmp_path, FIRST)
    (made.root / "archive/originals/first.txt").rename(tmp_path / "outside.txt")
    (made.root / "archive/originals/first.txt").symlink_to(tmp_path / "outside.txt")
    assert "VERIFY-VANISHED “first.txt” is not there" in made.run("verify").stderr


def test_whoever_changes_file_and_list_together_is_found_by_the_article(tmp_path: Path) -> None:
    other = "Shells fell on Kapan."
    made = archive(tmp_path, FIRST)
    made.write(
        {"archive/originals/first.txt": other, "archive/originals/manifest-sha256.txt": f"{sha256(other)}  first.txt\n"}
    )
    out = made.run("verify")
    assert out.exit == 1 and "VERIFY-RECORD the list of checksums gives “first.txt”" in out.stderr


def test_an_edited_body_is_found(tmp_path: Path) -> None:
    made = archive(tmp_path, page("second"))
    path = "archive/articles/second.md"
    made.write({path: made.file(path).replace("nobody in the village", "somebody in the village")})
    out = made.run("verify")
    assert out.exit == 1 and "VERIFY-RECORD body and ledger do not give back what was read" in out.stderr
    assert "of 0, article and ledger" in out.stdout


def test_a_file_is_read_a_piece_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fixity, "CHUNK", 1000)
    (tmp_path / "large").write_bytes(b"x" * 2500)
    pieces: list[int] = []
    assert list(fixity.differences(tmp_path, {"large": sha256("x" * 2500)}, pieces.append)) == []
    assert pieces == [1000, 1000, 500]


def test_wrong_use(tmp_path: Path) -> None:
    made = archive(tmp_path, FIRST, {"copy.txt": "Shells fell on Goris."})
    assert made.run("verify", "first").exit == 2
    assert made.run("verify", "--again", "--text", "copy.txt").exit == 2
    assert made.run("verify", "--text", "copy.txt", "nowhere").exit == 2


# Reading again


def test_captures_are_read_again_with_the_programs_of_today(tmp_path: Path) -> None:
    out = everything(tmp_path).run("verify", "--again")
    assert (out.exit, out.stderr) == (0, "")
    assert "1 capture read again, with the text that was read when it was taken in.\n" in out.stdout


def test_another_text_by_other_programs_is_a_remark_and_by_the_same_ones_an_error(tmp_path: Path) -> None:
    made = archive(tmp_path, page("second"))
    ledger, body = "archive/ledgers/second.yml", "archive/articles/second.md"
    # Somebody edits body, ledger and checksum together, so that they still agree.
    made.write({body: made.file(body).replace("nobody in", "someone in")})
    span = made.file(ledger)
    text = custody.read(made.root)
    forged = rebuild(text.articles["second"].body, text.ledgers["second"].record.spans)
    recorded = text.ledgers["second"].record.original.text or ""
    made.write({ledger: span.replace(recorded, sha256(forged))})
    assert made.run("verify").exit == 0
    out = made.run("verify", "--again")
    assert out.exit == 1
    assert re.search(r"second\.yml:\d+:\d+: VERIFY-READING “second\.html”: 1 of \d paragraphs of", out.stderr)
    made.write({ledger: re.sub(r"trafilatura [\d.]+", "trafilatura 0.1", made.file(ledger))})
    out = made.run("verify", "--again")
    assert out.exit == 1, "words that no capture holds are none of the article's, whatever programs are named"
    assert re.search(r"1 of \d paragraphs of the article do not stand in it, such as “.*someone in", out.stderr)


def test_another_text_by_other_programs_that_holds_the_article_is_a_remark(tmp_path: Path) -> None:
    made = archive(tmp_path, {"in/a.mhtml": mhtml(PAGE.encode(), kind="text/html; charset=utf-8")})
    assert made.run("ingest", "in").exit == 0
    (ledger,) = (path for path in made.files() if path.startswith("archive/ledgers/"))
    beside = made.file(ledger).replace("All rights reserved", "All lights deserved")
    assert beside != made.file(ledger)
    made.write({ledger: beside})
    kept = custody.read(made.root)
    ((name, article),) = kept.articles.items()
    record = kept.ledgers[name].record
    made.write({ledger: beside.replace(record.original.text or "", sha256(rebuild(article.body, record.spans)))})
    assert "another text from it than the ledger states" in made.run("verify", "--again").stderr
    made.write({ledger: re.sub(r"trafilatura [\d.]+", "trafilatura 0.1", made.file(ledger))})
    out = made.run("verify", "--again")
    assert out.exit == 0 and "another text is read from it today, by annotated-archive" in out.stderr
    assert "trafilatura 0.1" in out.stderr and "All paragraphs of the article stand in it" in out.stderr


def test_what_the_record_says_of_a_page_is_held_against_the_page(tmp_path: Path) -> None:
    signed = PAGE.replace("<title>", '<meta name="author" content="Ani Sark"><title>')
    made = archive(tmp_path, {"in/a.warc": warc(answer("https://paper.example/goris", signed.encode()))})
    assert made.run("ingest", "in").exit == 0
    (name,) = (path for path in made.files() if path.startswith("archive/articles/"))
    before = made.file(name)
    assert made.run("verify", "--again").stderr == ""
    for field, value, called in (
        ("title", "Minister resigns", "title, but “Shells fell on Goris”"),
        ("author", "Jane Doe", "author, but “Ani Sark”"),
        ("url", "https://other.example/x", "address, but “https://paper.example/goris”"),
    ):
        made.write({name: re.sub(rf"^{field}:.*$", f"{field}: {value}", before, flags=re.M)})
        out = made.run("verify", "--again")
        assert (out.exit, f"it does not give “{value}” as its {called}" in out.stderr) == (0, True), out.stderr
    made.write({name: before.replace("captured: \"2022-09-13T10:15:00Z\"", "captured: \"2020-01-01\"")})
    assert "“2020-01-01” as its day of capture" in made.run("verify", "--again").stderr
    made.write({name: before})
    ledger = name.replace("articles", "ledgers").replace(".md", ".yml")
    made.write({ledger: made.file(ledger).replace("https://paper.example/goris", "https://other.example/goris")})
    assert "find other values in it than the ledger states" in made.run("verify", "--again").stderr


def test_an_original_kept_private_cannot_go_with_its_line(tmp_path: Path) -> None:
    made = archive(tmp_path, {"in/a.warc": warc(answer("https://paper.example/goris", PAGE.encode()))})
    made.run("ingest", "in")
    assert made.run("verify").exit == 0
    (made.root / "private/originals/a.warc").unlink()
    made.write({"private/originals/manifest-sha256.txt": ""})
    out = made.run("verify")
    assert out.exit == 1 and "VERIFY-VANISHED “a.warc” is kept private" in out.stderr
    shutil.rmtree(made.root / "private")
    assert made.run("verify").exit == 0, "a copy without private/ holds none of them"


PAGES = warc(
    answer("https://paper.example/goris", PAGE.encode()),
    answer("https://paper.example/kapan", PAGE.replace("Goris", "Kapan").encode()),
    packed=True,
)


@pytest.mark.parametrize(
    ("name", "data", "captures"),
    [
        ("a.pdf", pdf([column(textwrap.wrap(BODY, 60))], info={"Title": "Shells fell on Goris"}), 1),
        ("a.mhtml", mhtml(PAGE.encode(), kind="text/html; charset=utf-8"), 1),
        ("a.html", singlefile(body=PAGE.encode()), 1),
        ("a.warc.gz", PAGES, 2),
        ("a.wacz", wacz({"archive/data.warc.gz": PAGES}), 2),
    ],
)
def test_every_kind_of_capture_is_read_again(tmp_path: Path, name: str, data: bytes, captures: int) -> None:
    made = archive(tmp_path, {f"in/{name}": data})
    assert made.run("ingest", "in").exit == 0
    out = made.run("verify", "--again")
    assert (out.exit, out.stderr) == (0, "")
    assert re.search(rf"^{captures} captures? read again, with the text that was read when", out.stdout, re.M)
    # One of them now states another text than is read: it alone is found, and named.
    ledger = min(path for path in made.files() if path.startswith("archive/ledgers/"))
    made.write({ledger: re.sub("text: .*", f'text: "{sha256("another")}"', made.file(ledger), count=1)})
    out = made.run("verify", "--again")
    (found,) = [line for line in out.stderr.splitlines() if "VERIFY-READING" in line]
    part = yamlio.read(made.file(ledger), "").data["original"].get("part")
    assert found.startswith(f"{ledger}:")
    assert f"VERIFY-READING “{name}”{f', part “{part}”' if part else ''}: the same programs (annotated-" in found
    assert f"{captures - 1} capture{'s' * (captures != 2)} read again" in out.stdout


def test_a_capture_that_cannot_be_read_today_is_a_remark_and_one_that_changed_says_nothing(tmp_path: Path) -> None:
    made, data = archive(tmp_path, page("second")), b"\x89PNG\r\n\x1a\n" + bytes(99)
    put(made, "archive/originals/second.html", data)
    out = made.run("verify", "--again")
    assert out.exit == 1 and "VERIFY-CHANGED" in out.stderr and "VERIFY-READING" not in out.stderr
    for path in ("articles/second.md", "ledgers/second.yml", "originals/manifest-sha256.txt"):
        put(made, f"archive/{path}", made.file(f"archive/{path}").replace(sha256(PAGE), sha256(data)))
    out = made.run("verify", "--again")
    assert out.exit == 0 and "VERIFY-READING “second.html”: it cannot be read today: " in out.stderr
    assert "0 captures read again" in out.stdout


# A lawful holder's copy


def test_a_copy_of_the_text_is_recognised_and_its_quotations_are_found(tmp_path: Path) -> None:
    copy = "\ufeff" + SECRET.replace(". N", ".\u0020N") + "\r\n\r\n"
    made = archive(
        tmp_path, withheld("third", SECRET), note("third", "noteaaaa", "It ends here", start=len(SECRET) - 13),
        note("third", "notebbbb", "publishes this sentence"), {"copy.txt": copy},
    )  # fmt: skip
    assert made.run("verify", "--text", "copy.txt") == Run(
        0,
        f"copy.txt is the text of third, to the character: SHA-256 {sha256(SECRET)}, {len(SECRET)} characters.\n"
        "  noteaaaa “It ends here”: at its place, paragraph 1.\n"
        "  notebbbb “publishes this sentence”: found 9 times: which place is meant cannot be told.\n"
        "2 quotations of it, 2 found in this copy.\n",
        "",
    )


def test_a_quotation_that_is_not_at_its_place_is_an_error(tmp_path: Path) -> None:
    made = archive(
        tmp_path, withheld("third", SECRET), note("third", "noteaaaa", "It ends here", start=3),
        note("third", "notebbbb", "It never ends", start=3), {"copy.txt": SECRET},
    )  # fmt: skip
    out = made.run("verify", "--text", "copy.txt", "third")
    assert out.exit == 1 and "2 quotations of it, 0 found" in out.stdout
    assert "noteaaaa.yml:1:1: VERIFY-QUOTATION “It ends here”: not at its place; found 1 times elsewhere." in out.stderr
    assert "notebbbb.yml:1:1: VERIFY-QUOTATION “It never ends”: not found." in out.stderr


def test_another_copy_is_said_to_be_another(tmp_path: Path) -> None:
    made = archive(
        tmp_path, withheld("third", SECRET), note("third", "noteaaaa", "It ends here", start=3),
        {"copy.txt": f"{SECRET} And more."},
    )  # fmt: skip
    unknown = made.run("verify", "--text", "copy.txt")
    assert unknown.exit == 1 and unknown.stdout == ""
    assert "copy.txt:1:1: VERIFY-TEXT no article of the archive has this text" in unknown.stderr
    named = made.run("verify", "--text", "copy.txt", "third")
    assert named.exit == 1
    assert named.stdout.startswith("  noteaaaa “It ends here”: found once, paragraph 1.\n1 quotation of it, 1 found")
    assert f"the archived text has {sha256(SECRET)} and {len(SECRET)}" in named.stderr


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_a_canonical_text_stays_as_it_is(text: str) -> None:
    if not list(flaws(text)):
        assert holder.canonical(text) == text
    once = holder.canonical(text)
    assert holder.canonical(once) == once and composed(once) == once


# The check


def test_the_ledger_of_a_second_capture_is_checked_like_the_first(tmp_path: Path) -> None:
    made = archive(tmp_path, again(FIRST, "first", "Shells fell on Goris."))
    assert made.check() == []
    ledger = made.file("archive/ledgers/first.2.yml")
    made.write({"archive/ledgers/first.2.yml": ledger.replace("Home", "Room")})
    assert ["LEDGER-REBUILD" in line for line in made.check()] == [True]
    assert made.run("check", "archive/ledgers/first.2.yml").exit == 1
    made.write({"archive/ledgers/first.3.yml": ledger, "archive/ledgers/first.2.yml": ledger})
    assert ["the article “first” has no capture of the number “3”" in line for line in made.check()] == [True]
    (made.root / "archive/ledgers/first.3.yml").unlink()
    (made.root / "archive/ledgers/first.2.yml").unlink()
    assert ["there is no archive/ledgers/first.2.yml" in line for line in made.check()] == [True]


def test_two_articles_may_come_from_one_capture(tmp_path: Path) -> None:
    one, two = page("second"), page("third", PAGE)
    shared = {
        path: str(text).replace("third.html", "second.html") for path, text in two.items() if "originals" not in path
    }
    made = archive(tmp_path, one, shared)
    assert made.check() == []
    assert "1 original read" in made.run("verify").stdout


def test_what_is_kept_private_is_not_expected_in_the_record(tmp_path: Path) -> None:
    made = archive(tmp_path, withheld("third", SECRET))
    assert made.check() == []
    whole = page("second")
    private = str(whole["archive/articles/second.md"]).replace(
        "  capture: known\n", "  capture: known\n  kept: private\n"
    )
    record = {path: text for path, text in whole.items() if "originals" not in path}
    assert archive(tmp_path / "pictures", record, {"archive/articles/second.md": private}).check() == []


# What the site says and serves


def test_a_page_of_somebody_else_is_never_served_as_a_page(tmp_path: Path) -> None:
    made = everything(tmp_path)
    files = dict(published(made).files())
    assert list(files) == [
        "originals/first-again.txt",
        "originals/first.txt",
        "originals/manifest-sha256.txt",
        "originals/read/second.txt",
    ]
    read = f"Home News\n\nShells fell on Goris\n\n{BODY}\n\nAll rights reserved"
    assert files["originals/read/second.txt"] == read.encode()
    listed = files["originals/manifest-sha256.txt"]
    assert isinstance(listed, bytes) and [line[66:] for line in listed.decode().splitlines()] == [
        "first-again.txt",
        "first.txt",
    ]
    assert sorted(published(made).originals) == ["first-again.txt", "first.txt", "second.html"]


def test_a_capture_that_holds_a_withheld_page_too_is_not_handed_on(tmp_path: Path) -> None:
    text = str(withheld("third", SECRET)["archive/articles/third.md"]).replace("third.txt", "second.html")
    archived = custody.read(archive(tmp_path, page("second"), {"archive/articles/third.md": text}).root)
    published = Published(archived)
    assert published.originals == {}
    assert [address for address, _ in published.texts()] == ["originals/read/second.txt"]


def test_a_pasted_text_with_the_name_of_a_page_is_not_served_under_it(tmp_path: Path) -> None:
    files = {path.replace("first.txt", "first.html"): text for path, text in article("first", "<b>x</b>").items()}
    for path in ("archive/articles/first.md", "archive/ledgers/first.yml"):
        files[path] = str(files[path]).replace("first.txt", "first.html")
    made = archive(tmp_path, files)
    assert dict(published(made).files()) == {"originals/read/first.txt": b"<b>x</b>"}


def test_the_article_says_what_stands_in_place_of_its_original(tmp_path: Path) -> None:
    made = everything(tmp_path)
    pages = made.pages()
    shown = readable(pages["articles/second.md"].html)
    size = len(PAGE.encode())
    assert (
        f"second.html, saved page, HTML, {size} bytes, not shown here as the page it is: "
        "[the text that was read from it](../originals/read/second.txt); saved 14 September 2022, 08:00 UTC. "
        "[What is known of captures](../custody.html)"
    ) in shown
    assert "body and ledger rebuild all text that was read from the original exactly" in shown
    twice = readable(pages["articles/first.md"].html)
    assert "Captured again\n[first-again.txt](../originals/first-again.txt), 27 bytes" in twice


def test_the_page_says_what_is_known_and_what_is_not(tmp_path: Path) -> None:
    shown = readable(everything(tmp_path).pages()["custody.md"].html)
    assert "4: 2 pasted texts; 1 saved page, HTML; 1 whose format is not stated" in shown
    assert "When a capture was saved is recorded for 1 of 4, for 0 as the capture itself says." in shown
    assert "2 originals as saved; of 1 the text that was read; of 1 only the checksum." in shown
    for name in ("Authenticity", "Availability", "Identity", "Persistence", "Renderability", "Understandability"):
        assert f"### {name}\n" in shown
    assert f"{sha256(SECRET)} | capture: unknown | not published | kept private; text withheld\n" in shown


def test_the_page_says_when_and_by_whom_a_capture_was_taken_in(tmp_path: Path) -> None:
    signed = page("second", taken_in={"at": TAKEN_IN, "by": "A & B"})
    made = archive(tmp_path, FIRST, signed, page("third", PAGE + "\n", taken_in={"at": TAKEN_IN}))
    html = made.pages()["custody.md"].html
    shown = readable(html)
    assert "When is published for 2 of 3, and by whom for 1: only a name that somebody chose to have shown." in shown
    assert shown.count("taken in 22 November 2026, 10:00 UTC") == 2
    assert "taken in 22 November 2026, 10:00 UTC by A & B" in shown and "by A &amp; B<" in html
    alone = readable(archive(tmp_path / "alone", FIRST).pages()["custody.md"].html)
    assert "By whom and when is not published for any of them." in alone


def test_many_captures_go_on_on_further_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotated_archive.pages.custody.SIZE", 2)
    pages = everything(tmp_path).pages()
    parts = sorted(path for path in pages if path.startswith("custody"))
    assert len(parts) > 1 and sum(pages[path].html.count("<tr><td") for path in parts) == 4
    second = readable(pages["custody-2.md"].html)
    assert "[What is known of all captures](custody.html)" in second and "Authenticity" not in second
    for shown in (second, readable(pages["custody.md"].html)):
        assert "sorting and filtering look only through these" in shown


def test_an_archive_without_captures_says_so(tmp_path: Path) -> None:
    assert "Nothing has been taken in yet." in readable(archive(tmp_path).pages()["custody.md"].html)
