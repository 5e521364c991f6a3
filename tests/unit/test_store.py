"""Reading the record from disk and writing it: strict with files, lossless with articles, silent about nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotated_archive.records.diagnostic import ContentError
from annotated_archive.records.text import flaws
from annotated_archive.store import article_text, load, read_article_text, read_text, write_if_changed
from annotated_archive.store.files import MAX_BYTES
from language import actor, archive, article, event, place, treaty, works


def problems(root: Path) -> list[str]:
    return [str(problem) for problem in load(root).problems]


# Files


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        *(
            (data, "a.yml:1:1: TEXT-ENCODING begins with a byte-order mark."
                   " Save it as UTF-8 without a byte-order mark.")
            for data in (b"\xef\xbb\xbfid: a", b"\xff\xfei\x00", b"\xfe\xff\x00i")
        ),
        (b"id: a\nname: \xc3\xa9t\xe9\n", "a.yml:2:10: TEXT-ENCODING not UTF-8 from here. Save it as UTF-8."),
        (b"id: a\r\nname: b\r\n", "a.yml:1:1: TEXT-LINE-END a carriage return. Save it with Unix line ends (LF)."),
        (b"id: a\nname: b\r", "a.yml:2:1: TEXT-LINE-END a carriage return. Save it with Unix line ends (LF)."),
    ],
)  # fmt: skip
def test_what_is_no_clean_text(tmp_path: Path, data: bytes, expected: str) -> None:
    (tmp_path / "a.yml").write_bytes(data)
    with pytest.raises(ContentError) as caught:
        read_text(tmp_path / "a.yml", "a.yml")
    assert str(caught.value) == expected


def test_what_is_no_ordinary_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "file")
    os.mkfifo(tmp_path / "pipe")
    for name in ("link", "pipe", "nothing", "."):
        link = name == "link"
        there = "FILE-LINK a symbolic link. Put the file itself here."
        rule = there if link else "TEXT-FILE not an ordinary file. Put a file here."
        with pytest.raises(ContentError) as caught:
            read_text(tmp_path / name, name)
        assert str(caught.value) == f"{name}:1:1: {rule}"


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    with (tmp_path / "fits").open("wb") as file:
        file.truncate(MAX_BYTES)
    assert len(read_text(tmp_path / "fits", "fits")) == MAX_BYTES
    with (tmp_path / "big").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(ContentError) as caught:
        read_text(tmp_path / "big", "big")
    assert str(caught.value) == "big:1:1: TEXT-SIZE 20,000,001 bytes; at most 20,000,000 are read. Split the file."


def test_only_what_differs_is_written(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "a.txt"
    assert write_if_changed(path, b"one") is True
    stamp = path.stat()
    assert write_if_changed(path, b"one") is False
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (stamp.st_ino, stamp.st_mtime_ns)
    assert write_if_changed(path, b"two") is True
    assert path.read_bytes() == b"two"
    assert path.stat().st_mode & 0o777 == 0o644
    assert [found.name for found in path.parent.iterdir()] == ["a.txt"]


def test_a_write_that_fails_leaves_the_old_file_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        write_if_changed(path, b"new")
    assert {found.name: found.read_bytes() for found in tmp_path.iterdir()} == {"a.txt": b"old"}


# Article files


def test_an_article_file_is_taken_apart() -> None:
    parts = read_article_text("---\nid: a\nlist:\n  - x\n---\n\nFirst.\n\nԵրկու.\n", "a.md")
    assert parts.document.data == {"id": "a", "list": ["x"]}
    assert parts.document.place(("list", 0)) == (4, 5)
    assert (parts.body, parts.body_line) == ("First.\n\nԵրկու.", 7)


@pytest.mark.parametrize(
    ("text", "body", "line"),
    [
        ("---\nid: a\n---\n\nBody.\n", "Body.", 5),
        ("---\nid: a\n---\nBody.\n", "Body.", 4),
        ("---\nid: a\n---\n\nBody.", "Body.", 5),
        ("---\nid: a\n---\n\n\nBody.\n\n", "\nBody.\n", 5),
        ("---\nid: a\n---\n\n  Body. \n", "  Body. ", 5),
        ("---\nid: a\n---\n\nOne.\n---\nTwo.\n", "One.\n---\nTwo.", 5),
        ("---\nid: a\n---\n\n---\nBody.\n---\n", "---\nBody.\n---", 5),
        ("---\nid: a\n---\n\n---\n", "---", 5),
        ("---\nid: |-\n  a\n  ---\n  b\n---\n\nBody.\n", "Body.", 8),
    ],
)
def test_a_body_is_kept_as_it_stands(text: str, body: str, line: int) -> None:
    parts = read_article_text(text, "a.md")
    assert (parts.body, parts.body_line) == (body, line)
    assert text.split("\n")[line - 1] == body.split("\n")[0]
    assert set(parts.document.data) == {"id"}


@pytest.mark.parametrize("text", ["---\nid: a\n---\n", "---\nid: a\n---"])
def test_a_body_may_be_absent(text: str) -> None:
    parts = read_article_text(text, "a.md")
    assert (parts.document.data, parts.body) == ({"id": "a"}, "")


@pytest.mark.parametrize(
    "text", ["", "id: a\n", "---\nid: a\n", "--- \nid: a\n---\n", "\n---\nid: a\n---\n", "---\nid: a\n----\n", "---"]
)
def test_an_article_without_fences(text: str) -> None:
    with pytest.raises(ContentError) as caught:
        read_article_text(text, "a.md")
    assert str(caught.value) == (
        "a.md:1:1: ARTICLE-FENCE the front matter is not between two lines `---`."
        " Begin the file with `---` and close the front matter with another."
    )


def test_yaml_errors_stand_in_the_line_of_the_file() -> None:
    with pytest.raises(ContentError) as caught:
        read_article_text("---\nid: a\nid: b\n---\n\nBody.\n", "a.md")
    assert str(caught.value) == "a.md:3:1: YAML-DUPLICATE-KEY key “id” stands already in line 2. Keep one of the two."


CANONICAL = st.text(alphabet=st.sampled_from("ab-.:#*|> \nՇ😀{%`")).filter(lambda text: not list(flaws(text)))


@given(
    st.dictionaries(st.from_regex(r"[a-z]{1,8}", fullmatch=True), st.text(max_size=20), min_size=1, max_size=4),
    CANONICAL,
)
def test_an_article_file_is_read_back(front_matter: dict[str, str], body: str) -> None:
    text = article_text(front_matter, body)
    parts = read_article_text(text, "a.md")
    assert (parts.document.data, parts.body) == (front_matter, body)
    assert article_text(parts.document.data, parts.body) == text
    assert not body or text.split("\n")[parts.body_line - 1] == body.split("\n")[0]


@given(st.text(alphabet=st.sampled_from("a-\n \u00a0")))
def test_what_follows_the_fence_is_kept_to_the_character(raw: str) -> None:
    """Whatever stands there, the body begins at its line, and nothing but the line end before and after it is cut."""
    text = f"---\nid: a\n---\n{raw}"
    parts = read_article_text(text, "a.md")
    assert "\n".join(text.split("\n")[parts.body_line - 1 :]).removesuffix("\n") == parts.body
    assert raw in (f"\n{parts.body}\n", f"\n{parts.body}", f"{parts.body}\n", parts.body)


# The whole record


def test_the_record_is_read_by_id(tmp_path: Path) -> None:
    made = archive(
        tmp_path,
        place("sotk"),
        place("goris"),
        place("goris-district"),
        actor("office"),
        treaty("a-treaty"),
        event("fighting"),
        works("b-work", "a-work"),
        article("second", "Two."),
        article("first", "One.\n\nTwo."),
        """
        === docs/index.md
        # Home
        === docs/about/index.md
        ---
        title: About
        ---

        Words.
        """,
    )
    found = load(made.root)
    assert found.problems == ()
    assert list(found.entities) == ["a-treaty", "fighting", "goris", "goris-district", "office", "sotk"]
    assert list(found.articles) == ["first", "second"]
    assert list(found.ledgers) == ["first", "second"]
    assert list(found.works) == ["a-work", "b-work"]
    assert found.work_places == {"a-work": (6, 7), "b-work": (1, 7)}
    assert list(found.manifest) == ["first.txt", "second.txt"]
    assert {name: (doc.text, doc.text_line) for name, doc in found.docs.items()} == {
        "index.md": ("# Home\n", 1),
        "about/index.md": ("Words.", 5),
    }
    assert [block.text for block in found.articles["first"].blocks()] == ["One.", "Two."]


def test_a_place_in_the_body_is_a_line_and_column_of_the_file(tmp_path: Path) -> None:
    made = archive(tmp_path, article("first", "😀 One.\nTwo.\n\nThree."))
    found = load(made.root).articles["first"]
    lines = made.file("archive/articles/first.md").split("\n")
    for words in ("One", "Two", "Three"):
        line, column = found.position(found.body.index(words))
        assert lines[line - 1][column - 1 :].startswith(words)


def test_what_cannot_be_read_is_said_and_the_rest_is_read(tmp_path: Path) -> None:
    made = archive(
        tmp_path,
        place("goris"),
        article("first", "One."),
        """
        === archive/authority/places/no-yaml.yml
        a: [

        === archive/authority/places/wrong.yml
        id: wrong
        kind: place
        type: hamlet
        nmae: Wrong

        === archive/authority/places/other-kind.yml
        kind: actor

        === archive/authority/actors/another-name.yml
        id: goris
        kind: actor
        type: outlet
        name: Goris

        === archive/authority/actors/notes.txt
        note

        === archive/authority/actors/.hidden
        x

        === archive/articles/no-fence.md
        Text.

        === archive/bibliography.yml
        - id: a-work
          type: webpage
          title: A work
          alignment: tertiary
        - id: a-work
          type: webpage
          title: 5
          alignment: tertiary
        - id: a-work
          type: webpage
          title: A work
          alignment: tertiary
        """,
    )
    assert problems(made.root) == [
        "archive/articles/no-fence.md:1:1: ARTICLE-FENCE the front matter is not between two lines `---`."
        " Begin the file with `---` and close the front matter with another.",
        "archive/authority/places/no-yaml.yml:2:1: YAML-SYNTAX did not find expected node content."
        " Compare with a neighbouring file.",
        "archive/authority/places/other-kind.yml:1:7: SCHEMA-KIND kind “actor” in the folder of kind place."
        " Write `kind: place`, or move the file.",
        "archive/authority/places/wrong.yml:3:7: SCHEMA “type”: input should be 'town', 'village', 'city', 'district',"
        " 'province', 'country', 'region', 'former-state' or 'massif'. Use one of the listed words.",
        "archive/authority/places/wrong.yml:1:1: SCHEMA “name”: field required. Add it.",
        "archive/authority/places/wrong.yml:4:1: SCHEMA-UNKNOWN-KEY “nmae”: unknown key."
        " Remove the key or mend its spelling; the schema lists the keys.",
        "archive/authority/actors/another-name.yml:1:5: ID-FILE-NAME id “goris” in a file named “another-name”."
        " Give both the same name.",
        "archive/authority/actors/another-name.yml:1:5: ID-DUPLICATE id “goris” stands already in"
        " archive/authority/places/goris.yml. Choose another id.",
        "archive/authority/actors/notes.txt:1:1: FILE-STRAY only *.yml files belong in archive/authority/actors."
        " Move it away.",
        "archive/bibliography.yml:7:10: SCHEMA “title”: input should be a valid string."
        ' Write text; a number or date that is text needs quotes ("2022").',
        "archive/bibliography.yml:9:7: ID-DUPLICATE work “a-work” stands already in line 1. Merge the two.",
    ]
    found = load(made.root)
    assert (list(found.articles), list(found.entities), list(found.works)) == (["first"], ["goris"], ["a-work"])


@pytest.mark.parametrize(
    "line",
    [
        *("", "not a line", f"{'0' * 64} a.txt", f"{'0' * 63}  a.txt", f"{'G' * 64}  a.txt", f"{'0' * 64}  ../a.txt"),
        *(f"{'0' * 64}  /a.txt", f"{'0' * 64}  a/../../b.txt", f"{'0' * 64}  ", f"{'0' * 64}  one.txt"),
    ],
)
def test_a_line_of_the_manifest_that_is_none(tmp_path: Path, line: str) -> None:
    text = f"{'0' * 64}  one.txt\n{line}\n{'0' * 64}  folder/two.txt\n"
    made = archive(tmp_path, {"archive/originals/manifest-sha256.txt": text})
    (problem,) = problems(made.root)
    assert problem.startswith(
        "archive/originals/manifest-sha256.txt:2:1: MANIFEST-LINE not `sha256  path inside the folder`: "
    )
    assert list(load(made.root).manifest) == ["one.txt", "folder/two.txt"]


def test_a_folder_without_an_archive(tmp_path: Path) -> None:
    assert problems(tmp_path) == [
        "archive:1:1: ARCHIVE-MISSING there is no folder `archive` here. Name the folder with -C."
    ]


def test_a_wrong_value_is_named_where_it_stands(tmp_path: Path) -> None:
    files = article("first", "One.")
    path = "archive/articles/first.md"
    made = archive(tmp_path, {**files, path: str(files[path]).replace("publish: full", "publish: some")})
    (problem,) = problems(made.root)
    line = made.file(path).split("\n").index("  publish: some") + 1
    assert problem == (
        f"{path}:{line}:12: SCHEMA “rights.publish”: input should be 'full', 'excerpt' or 'metadata'."
        " Use one of the listed words."
    )


def test_a_long_file_name_is_named_whole(tmp_path: Path) -> None:
    name = f"archive/articles/{'long-' * 30}x.txt"
    made = archive(tmp_path, {name: "x", "archive/articles/a\nb\u202e.txt": "x"})
    assert problems(made.root) == [
        f"{shown}:1:1: FILE-STRAY only *.md files belong in archive/articles. Move it away."
        for shown in ("archive/articles/a\\u000ab\\u202e.txt", name)
    ]
