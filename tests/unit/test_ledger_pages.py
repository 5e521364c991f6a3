"""What was set aside, as pages show it: few rows, folded where they are long, and without what readers wrote."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from custodial import PAGE, page

from annotated_archive.pages import Settings
from annotated_archive.pages.ledgers import lines
from annotated_archive.site import content
from language import ArchiveText, archive, readable, sha256

WROTE = "I live in Goris, and my neighbour Ani saw the shells."
COMMENTED = PAGE.replace("</body>", f'<div id="comments"><p>{WROTE}</p><p>So did I.</p></div><p>Imprint</p></body>')
MENU = "".join(f"<a href=/{n}>Technology and other news, part {n} of it</a><p>Photos</p>" for n in range(120))


def files(made: ArchiveText) -> dict[str, str]:
    read = content.read(made.root, Settings(name="Test", contact="contact@archive.example", repo_url=""))
    return {path: data.decode() for path, data in read.files() if isinstance(data, bytes)}


@pytest.fixture
def commented(tmp_path: Path) -> ArchiveText:
    made = archive(tmp_path, page("second", COMMENTED))
    assert made.check() == []
    return made


def test_no_page_shows_what_readers_wrote_but_says_that_it_is_left_out(commented: ArchiveText) -> None:
    length = len(f"{WROTE}\n\nSo did I.")
    html = commented.pages()["articles/second.md"].html
    shown = readable(html)
    assert WROTE not in html and "So did I." not in html
    assert f"What readers wrote, {length} characters, is left out here" in shown
    assert f"{length} characters, left out on this page" in shown
    assert "Imprint" in shown
    assert WROTE in commented.file("archive/ledgers/second.yml")


def test_the_text_that_was_read_says_what_is_left_out_of_it_and_the_checksum_of_the_whole(
    commented: ArchiveText,
) -> None:
    ledger = commented.file("archive/ledgers/second.yml")
    whole = re.search(r'^  text: "?(\w{64})', ledger, re.M)
    assert whole
    text = files(commented)["originals/read/second.txt"]
    first, rest = text.split("\n\n", 1)
    assert whole[1] in first and first.startswith("[Readers’ comments, 64 characters in all, are left out")
    assert rest.endswith("All rights reserved\n\n[Readers’ comments left out: 64 characters.]\n\nImprint")
    assert whole[1] in commented.pages()["articles/second.md"].html
    assert WROTE not in "".join(files(commented).values())


def test_a_text_without_comments_is_exactly_what_was_read(tmp_path: Path) -> None:
    made = archive(tmp_path, page("second"))
    text = files(made)["originals/read/second.txt"]
    assert re.search(f'^  text: "?{sha256(text)}', made.file("archive/ledgers/second.yml"), re.M)
    assert f"all text that was read: {sha256(text)}" in readable(made.pages()["articles/second.md"].html)


def test_what_is_long_is_folded_and_white_space_is_counted(tmp_path: Path) -> None:
    made = archive(tmp_path, page("second", PAGE.replace("<nav>", f"<nav>{MENU}")))
    html = made.pages()["articles/second.md"].html
    section = html[html.index('id="ledger"') :]
    assert html.index('id="cite"') < html.index('id="ledger"')
    assert "rows of what was set aside</summary>" in section
    assert "Technology and other news, part 1 of it<span" in section
    assert re.search(r"<summary>Technology and other news, part 0 of it Photos Technology and…? ", section)
    assert section.count("white space alone") == 1
    assert not re.search(r'<td class="words">(<span class="aa-nl"[^<]*</span>)+</td>', section)


def test_a_short_ledger_is_not_folded(tmp_path: Path) -> None:
    html = archive(tmp_path, page("second")).pages()["articles/second.md"].html
    assert "<details" not in html[html.index('id="ledger"') :].partition("</section>")[0]


def test_what_stands_on_lines_of_its_own_is_not_glued() -> None:
    assert re.sub(r"</?span[^>]*>", "", lines("Tech\n\nPhotos\nWorld <b>")) == "Tech↵↵<br>Photos↵<br>World &lt;b&gt;"
