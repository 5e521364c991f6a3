"""The test language itself: the tree becomes these files, and what it gives passes the check."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from conftest import NetworkRefused
from language import actor, archive, article, event, place, readable, treaty, tree, works


def test_a_tree_of_files() -> None:
    assert tree("""
        === a/b.yml
        id: b
        list:
          - one

        === empty.txt
        === c.md
        first

        last

    """) == {"a/b.yml": "id: b\nlist:\n  - one\n", "empty.txt": "", "c.md": "first\n\nlast\n"}


def test_text_before_the_first_file_is_refused() -> None:
    with pytest.raises(AssertionError, match="no file begins before 'lost'"):
        tree("lost\n=== a.txt")


def test_an_archive_of_the_helpers_passes_the_check(tmp_path: Path) -> None:
    made = archive(
        tmp_path,
        place("goris"),
        actor("office"),
        treaty("old-treaty"),
        event("the-fighting"),
        works("a-work"),
        article("first", "Shells fell on Goris.", places=["goris"]),
        article("second", "Nothing else."),
    )
    assert made.check() == []
    assert sorted(made.files()) == [
        "archive/articles/first.md",
        "archive/articles/second.md",
        "archive/authority/actors/office.yml",
        "archive/authority/events/the-fighting.yml",
        "archive/authority/places/goris.yml",
        "archive/authority/treaties/old-treaty.yml",
        "archive/bibliography.yml",
        "archive/ledgers/first.yml",
        "archive/ledgers/second.yml",
        "archive/originals/first.txt",
        "archive/originals/manifest-sha256.txt",
        "archive/originals/second.txt",
    ]


def test_a_page_as_its_reader_reads_it() -> None:
    html = (
        '<div><h1 id="top">Goris</h1><p>A town\n in <a class="n" href="armenia.html">Armenia</a>,\n&lt;here&gt;.</p>'
        "<svg><title>A map</title></svg><ul><li>one</li><li><p>two</p></li></ul><script>alert(1)</script>"
        "<table><tr><th>name</th><th>language</th></tr><tr><td>Գորիս</td><td>Armenian</td></tr></table>"
        '<blockquote>Shells fell on <mark>Goris</mark>.</blockquote><a id="anchor"></a></div>'
    )
    assert readable(html) == (
        "# Goris\nA town in [Armenia](armenia.html), <here>.\n- one\n- two\nname | language\nԳորիս | Armenian\n"
        "> Shells fell on Goris.\n"
    )


def test_no_test_reaches_another_machine() -> None:
    with pytest.raises(NetworkRefused, match=r"refused to look up 'archive.example'"):
        socket.create_connection(("archive.example", 80))
    with socket.socket() as one, pytest.raises(NetworkRefused, match="refused to connect to"):
        one.connect(("192.0.2.1", 80))
    with socket.socket() as server, socket.socket() as client:
        server.bind(("127.0.0.1", 0))
        server.listen()
        client.connect(server.getsockname())
