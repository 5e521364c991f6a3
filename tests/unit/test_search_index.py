"""The search's files: what Pagefind counts, what stands in them, and that the same input gives the same bytes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import zlib
from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import replace
from html import escape
from pathlib import Path
from time import sleep
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from annotated_archive.search import cache, cbor, pagefind, parts, volumes
from annotated_archive.search.document import KINDS, Document, Mark, Name, Named, Passage
from annotated_archive.search.pagefind import SearchError
from annotated_archive.search.write import FORMAT, write
from searchdata import unscript

GORIS = Named("goris", "place", "town", "Goris", "places/goris", "Armenia")
CNN = Named("cnn", "actor", "outlet", "CNN", "actors/cnn")
NAMES = [Name("Goris", "goris"), Name("Գորիս", "goris"), Name("Gorus", "goris"), Name("CNN", "cnn")]
ARTICLE = Document(
    id="articles/a",
    kind="article",
    title="Shelling near  Goris",
    page="articles/a",
    passages=(
        Passage("Goris regional\thospital took\nin 49 wounded.", "p-1"),
        Passage("No-one in Goris’s centre.", "p-2"),
    ),
    language="en",
    date="2022-09-13",
    source="cnn",
    byline="CNN",
    entities=(("goris", 3), ("nobody", 1)),
    nested=(("cnn", 2),),
    mentions=(Mark(-1, 15, 20, "goris"), Mark(0, 0, 5, "goris"), Mark(1, 10, 15, "goris"), Mark(1, 0, 2, "nobody")),
    corrections=(Mark(0, 33, 35, "a-k3f9q2x7"),),
    numbers=(("a-k3f9q2x7", 2),),
)
PAGE = Document(id="pages/about", kind="page", title="About", page="about/index", passages=(Passage("Words of ours."),))


def made(to: Path, documents: Iterable[Document], **kwargs: Any) -> dict[str, bytes]:
    """Every file written, by the path of which its script speaks."""
    where = {"cache": to.parent / "cache"} | kwargs
    write(documents, where.pop("names", NAMES), where.pop("named", [GORIS, CNN]), to, **where)
    return {path.relative_to(to).as_posix(): path.read_bytes() for path in sorted(to.rglob("*")) if path.is_file()}


def value(files: dict[str, bytes], name: str) -> Any:
    called, data = unscript(files[f"{name}.js"])
    assert called == name
    return json.loads(zlib.decompress(data, 31))


def folders(files: dict[str, bytes], letter: str) -> set[str]:
    return {name.split("/")[0] for name in files if name.startswith(f"{letter}-")}


def test_the_manifest_says_where_everything_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(volumes, "FEW", 0)
    files = made(tmp_path / "search", [ARTICLE, PAGE])
    manifest = value(files, "manifest")
    assert (manifest["format"], manifest["pagefind"], manifest["kinds"]) == (FORMAT, pagefind.VERSION, list(KINDS))
    assert [(v["language"], v["wasm"], v["pages"], v["from"], v["to"]) for v in manifest["volumes"]] == [
        ("en", "en", 1, 19248, 19248),
        ("und", "unknown", 1, None, None),
    ]
    assert set(manifest["wasm"]) == {"en", "unknown"}
    assert len(manifest["weights"]) == len(KINDS)
    assert "_" in manifest["include_characters"]
    for volume in manifest["volumes"]:
        assert volume["meta"].startswith(volume["language"])
        assert f"{volume['index']}/meta.js" in files and f"{volume['data']}/table.js" in files
    for name in (*manifest["wasm"].values(), manifest["engine"]):
        assert unscript(files[f"{name}.js"])[0] == name
    assert {name for name in files if not name.endswith(".js")} == set()


def test_the_engine_is_pagefind_without_its_module_and_ours(tmp_path: Path) -> None:
    files = made(tmp_path / "search", [PAGE])
    source = zlib.decompress(unscript(files[value(files, "manifest")["engine"] + ".js"])[1], 31).decode()
    assert "class Pagefind" in source or "Pagefind=class" in source
    assert "import.meta" not in source and "export{" not in source


def test_a_table_and_its_packs_hold_what_results_and_facets_need(tmp_path: Path) -> None:
    files = made(tmp_path / "search", [ARTICLE, replace(ARTICLE, id="articles/b", source="unknown", date="2022-09/..")])
    (volume,) = value(files, "manifest")["volumes"]
    table = value(files, f"{volume['data']}/table")
    names = value(files, f"{volume['data']}/names")
    goris = names["values"].index(["goris", "place", "Goris"])
    assert table["kind"] == [0, 0]
    assert (table["from"], table["to"]) == ([19248, 19236], [19248, None])
    assert [table["sources"][number] for number in table["source"]] == [["cnn", "CNN"], ["unknown", "unknown"]]
    assert names["entities"] == [[goris, 3], [goris, 3]]
    assert names["own"] == []
    assert names["nested"] == [[names["values"].index(["cnn", "actor", "CNN"]), 2]] * 2
    assert table["packs"] == [0]
    first, _ = value(files, f"{volume['data']}/0")
    assert first == {
        "id": "articles/a", "t": "Shelling near Goris", "u": "articles/a.html", "f": "", "b": "CNN",
        "d": "13 September 2022", "l": "en",
        "p": [["p-1", "Goris regional hospital took in 49 wounded."], ["p-2", "No-one in Goris’s centre."]],
        "m": [[2, 1, goris], [3, 1, goris], [12, 1, goris]],
        "c": [[8, 1, 2, "a-k3f9q2x7"]],
    }  # fmt: skip


def test_a_table_says_which_rows_are_entities_own_pages(tmp_path: Path) -> None:
    goris = replace(PAGE, id="places/goris", kind="place", title="Goris", page="places/goris")
    nobody = replace(goris, id="places/nobody")  # of whom no name is known
    files = made(tmp_path / "search", [ARTICLE, nobody, goris, replace(ARTICLE, id="articles/goris")])
    (volume,) = value(files, "manifest")["volumes"]
    names = value(files, f"{volume['data']}/names")
    number, row = names["own"]
    assert names["values"][number][0] == "goris"
    assert value(files, f"{volume['data']}/0")[row]["id"] == "places/goris"


def test_long_documents_are_in_packs_of_their_own(tmp_path: Path) -> None:
    long = " ".join(f"word{number}" for number in range(5000))
    texts = [long, long, "short", "shorter", long]
    files = made(tmp_path / "search", [replace(PAGE, id=f"p{n}", passages=(Passage(t),)) for n, t in enumerate(texts)])
    (volume,) = value(files, "manifest")["volumes"]
    assert value(files, f"{volume['data']}/table")["packs"] == [0, 1, 2, 4]
    assert [row["id"] for row in value(files, f"{volume['data']}/2")] == ["p2", "p3"]


def test_names_are_sorted_into_shards_as_they_are_looked_up(tmp_path: Path) -> None:
    named = [replace(GORIS, id=f"v{n:05}", name=f"Village {n}", page=f"places/v{n:05}") for n in range(4_000)]
    names = [Name(f"{word} {n % 1000}", f"v{n:05}") for n in range(4_000) for word in ("Village", "Şəhər", "Գյուղ")]
    files = made(tmp_path / "search", [], names=[*names, Name("★", "v00001"), Name("Nobody", "nobody")], named=named)
    listed = value(files, "manifest")["names"]
    shards = [value(files, f"{listed['folder']}/{number}") for number in range(len(listed["first"]))]
    assert listed["entities"] == 4_000
    assert [shard["forms"][0][0] for shard in shards] == listed["first"] == sorted(listed["first"])
    forms = [(key, form, shard["entities"][of][0]) for shard in shards for key, form, of in shard["forms"]]
    assert len(forms) == 12_000 and forms == sorted(forms)
    keys = [{form[0] for form in shard["forms"]} for shard in shards]
    assert sum(map(len, keys)) == len(set.union(*keys)), "forms that fold alike are in one shard"
    sizes = [len(zlib.decompress(unscript(files[f"{listed['folder']}/{n}.js"])[1], 31)) for n in range(len(shards))]
    assert max(sizes) < 170_000 and min(sizes[:-1]) > 14_000
    assert shards[0]["entities"][0][1:] == ["place", "town", "Village 0", "places/v00000.html", "Armenia"]


def test_a_name_is_looked_up_by_its_key(tmp_path: Path) -> None:
    files = made(tmp_path / "search", [], names=[Name("Գորիս", "goris"), Name("Գորիս", "goris", "goris")])
    shard = value(files, value(files, "manifest")["names"]["folder"] + "/0")
    assert shard["forms"] == [["goris", "Գորիս", 0], ["գորիս", "Գորիս", 0]]


# Letters that part words for one and not for the other, signs of HTML, and what is no character.
TEXT = st.text(st.sampled_from("ab \t\n\r\0\x0b\x0c\x1c\x1f\x85\xa0\xad​‌⁠﻿  　<>&;\"'-.!՛՞ə的😀"), max_size=30)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(TEXT | st.text(max_size=30), min_size=1, max_size=4), min_size=1, max_size=40))
@example([["<script>alert(1)</script>", "<!-- &amp; -->", "]]> </p></body>"], ["​ ​", ".​ a​b ​​"]])
@example([["", ""], ["…"]])
@example([["a\x1cb \x1d c\x1e", "\x1f"]])
def test_pagefind_counts_the_words_that_we_count(drawn: list[list[str]]) -> None:
    pages = [[text.encode("utf-8", "replace").decode() for text in texts] for texts in drawn]
    with tempfile.TemporaryDirectory() as folder:
        found = pagefind.index(pages, "en", Path(folder)).words
    for number, texts in enumerate(pages):
        if number in found:
            # One more for each paragraph, so that no phrase reaches into it.
            assert found[number] == sum(len(text.split()) for text in texts) + len(texts) - 1
        else:
            assert not any(char.isalpha() for text in texts for char in text)


@given(st.lists(st.text(st.sampled_from("015U.S,–<& \n\x1c\x1d\u200bəx"), max_size=12), min_size=1, max_size=4))
def test_texts_made_ready_together_are_as_each_would_be(texts: list[str]) -> None:
    title, *paragraphs = (escape(pagefind.plain(text), quote=False) for text in texts)
    assert pagefind._body(texts) == (title, "".join(f"<p>\u2060 {text}</p>\n" for text in paragraphs))


def test_of_a_fragment_no_more_is_read_than_the_page_it_is_about() -> None:
    noise = "".join(map(chr, range(0x4E00, 0x9000, 3)))

    def fragment(url: str) -> str:
        page = json.dumps({"url": url, "content": noise}, separators=(",", ":"), ensure_ascii=False).encode()
        return b64encode(zlib.compress(parts.SIGN + page, 9, 31)).decode()

    assert pagefind._number(fragment("/12345.html")[:2000]) == 12345
    with pytest.raises(ValueError, match="what page"):
        pagefind._number(fragment("/about.html"))


def test_a_word_as_long_as_a_book_is_cut_for_the_index_and_still_counted(tmp_path: Path) -> None:
    assert [len(word) for word in pagefind.plain("x" * 1000 + " y " + "z" * 400).split()] == [400, 1, 400]
    document = replace(PAGE, title="x" * 1_000_000, passages=(Passage("y" * 1_000_000 + " Goris"),))
    marked = replace(document, mentions=(Mark(0, 1_000_001, 1_000_006, "goris"),))
    files = made(tmp_path / "search", [marked])
    (volume,) = value(files, "manifest")["volumes"]
    (row,) = value(files, f"{volume['data']}/0")
    assert row["t"] == "x" * 1_000_000 and row["m"] == [[2, 1, 0]]


def test_where_counts_differ_no_word_is_marked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pagefind, "plain", lambda text, _: f"{text} more")
    files = made(tmp_path / "search", [ARTICLE])
    (volume,) = value(files, "manifest")["volumes"]
    (row,) = value(files, f"{volume['data']}/0")
    assert (row["m"], row["c"]) == ([], [])


def test_hostile_texts_are_texts(tmp_path: Path) -> None:
    hostile = replace(
        ARTICLE, title="</h1><script>alert(1)</script>", passages=(Passage("&amp; \0 \ud800 <img onerror=x>", "p-1"),),
        mentions=(), corrections=(), language="../../etc", date="not a date", byline="\udfff",
    )  # fmt: skip
    files = made(tmp_path / "search", [hostile])
    (volume,) = value(files, "manifest")["volumes"]
    (row,) = value(files, f"{volume['data']}/0")
    assert row["t"] == "</h1><script>alert(1)</script>"
    assert row["p"] == [["p-1", "&amp; \0 \ufffd <img onerror=x>"]]
    assert (volume["language"], volume["from"], row["b"]) == ("und", None, "\ufffd")


def test_an_archive_without_documents_or_words_has_a_search_that_finds_nothing(tmp_path: Path) -> None:
    files = made(tmp_path / "search", [], names=[], named=[])
    manifest = value(files, "manifest")
    assert manifest["volumes"] == [] and manifest["names"]["first"] == []
    assert set(manifest["wasm"]) == {"unknown"} and f"{manifest['engine']}.js" in files
    empty = replace(PAGE, title="…", passages=())
    files = made(tmp_path / "search", [empty, replace(empty, id="pages/b")])
    (volume,) = value(files, "manifest")["volumes"]
    assert value(files, f"{volume['data']}/table")["kind"] == [KINDS.index("page")] * 2


RUN = """
import sys
from html import escape
from pathlib import Path
sys.path[:0] = [sys.argv[1], sys.argv[1] + "/.."]
from test_search_index import ARTICLE, PAGE, made
from dataclasses import replace
made(Path(sys.argv[2]) / "search", [ARTICLE, PAGE, *(replace(ARTICLE, id=f"articles/{n}") for n in range(50))])
"""


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    documents = [ARTICLE, PAGE, *(replace(ARTICLE, id=f"articles/{n}") for n in range(50))]
    first = made(tmp_path / "search", documents)
    assert made(tmp_path / "search", documents) == first, "from the cache"
    assert made(tmp_path / "search", reversed(documents), jobs=1, cache=tmp_path / "new", names=NAMES[::-1]) == first
    assert made(tmp_path / "search", documents, jobs=4, cache=tmp_path / "four") == first
    for seed, zone, locale in (("1", "Asia/Yerevan", "C"), ("2", "America/Anchorage", "tr_TR.UTF-8")):
        out = tmp_path / seed
        out.mkdir()
        call = [sys.executable, "-c", RUN, str(Path(__file__).parent), str(out)]
        subprocess.run(call, env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale}, check=True)
        found = (out / "search").rglob("*.js")
        assert {path.relative_to(out / "search").as_posix(): path.read_bytes() for path in found} == first


def test_pages_have_our_numbers_on_every_file_system(tmp_path: Path) -> None:
    pages = [[f"Page {number}", f"word{number} common", f"été ete {number % 7}"] for number in range(200)]
    first = pagefind.index(pages, "en", tmp_path)
    called = cbor.decoded(parts.plain(first.meta[1]))[1]
    assert [int(name) for name, _ in called] == list(range(200))
    shared = Path("/dev/shm")
    if os.access(shared, os.W_OK):
        with tempfile.TemporaryDirectory(dir=shared) as other:
            assert pagefind.index(pages, "en", Path(other)) == first


def test_only_what_changed_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[int] = []
    index = pagefind.index
    monkeypatch.setattr(pagefind, "index", lambda *args: runs.append(1) or index(*args))
    monkeypatch.setattr(volumes.volumes, "__defaults__", (0, 1, 1, None))  # a volume for each year
    documents = [replace(ARTICLE, id=f"articles/{year}", date=f"{year}") for year in (2001, 2002, 2003)]
    before = made(tmp_path / "search", documents)
    assert len(runs) == 3
    redated = made(tmp_path / "search", [replace(documents[0], date="2001-05"), *documents[1:]])
    assert len(runs) == 3 and folders(redated, "i") == folders(before, "i")
    assert len(folders(redated, "d") - folders(before, "d")) == 1
    documents[0] = replace(documents[0], title="Shelling seen from Goris")
    reworded = made(tmp_path / "search", documents)
    assert len(runs) == 4
    assert len(folders(reworded, "i") - folders(before, "i")) == len(folders(reworded, "d") - folders(before, "d")) == 1
    renamed = made(tmp_path / "search", documents, named=[replace(GORIS, name="Gorus"), CNN])
    assert len(runs) == 4 and not folders(renamed, "d") & folders(reworded, "d")


def test_nothing_of_an_earlier_search_is_left(tmp_path: Path) -> None:
    made(tmp_path / "search", [ARTICLE])
    after = made(tmp_path / "search", [PAGE])
    assert after == made(tmp_path / "other", [PAGE], cache=tmp_path / "new")


def test_the_cache_drops_at_once_what_is_no_longer_used(tmp_path: Path) -> None:
    kept = tmp_path / "cache"
    first = folders(made(tmp_path / "search", [ARTICLE]), "i")
    left = kept / ".new-killed"
    left.mkdir()
    with cache.Cache(kept):
        made(tmp_path / "search", [PAGE])
        assert first | {left.name} < {path.name for path in kept.iterdir()}, "another build may be using it"
    assert list(kept.iterdir()) == [], "the last build to end used none"
    with pytest.raises(KeyboardInterrupt), cache.Cache(kept) as failing:
        failing.have("i-1", lambda _: None)
        raise KeyboardInterrupt
    assert [path.name for path in kept.iterdir()] == ["i-1"], "a build that failed does not know what is used"
    last = made(tmp_path / "search", [PAGE])
    left = {path.name for path in kept.iterdir() if not path.name.startswith("r-")}
    assert left == folders(last, "i") | folders(last, "d") | folders(last, "n")


def test_a_half_made_index_is_never_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("annotated_archive.search.write._note", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        made(tmp_path / "search", [ARTICLE])
    assert not (tmp_path / "search").exists()
    assert list((tmp_path / "cache").iterdir()) == []
    whole = made(tmp_path / "search", [ARTICLE])
    assert whole == made(tmp_path / "search", [ARTICLE], cache=tmp_path / "new")


def test_two_builds_may_make_the_same_at_once(tmp_path: Path) -> None:
    kept, other = cache.Cache(tmp_path), cache.Cache(tmp_path)

    def slow(new: Path) -> None:
        (new / "file").write_text("ours")
        other.have("i-1", lambda folder: (folder / "file").write_text("theirs"))

    assert (kept.have("i-1", slow) / "file").read_text() == "theirs"
    assert [path.name for path in tmp_path.iterdir()] == ["i-1"]


@pytest.mark.parametrize("spoilt", ["*/0.js", "*/note.json", "r-*/program"])
@pytest.mark.parametrize("by", [b"{", None])
def test_what_is_damaged_in_the_cache_is_made_again(tmp_path: Path, spoilt: str, by: bytes | None) -> None:
    first = made(tmp_path / "search", [ARTICLE])
    paths = list((tmp_path / "cache").glob(spoilt))
    assert paths
    for path in paths:
        path.unlink() if by is None else path.write_bytes(by)
    assert made(tmp_path / "search", [ARTICLE]) == first


def test_one_letter_that_changed_in_the_cache_is_seen(tmp_path: Path) -> None:
    first = made(tmp_path / "search", [ARTICLE])
    (path,) = (tmp_path / "cache").glob("d-*/table.js")
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    assert made(tmp_path / "search", [ARTICLE]) == first


def test_what_stands_in_the_cache_as_it_was_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = made(tmp_path / "search", [ARTICLE])
    hashed: list[Path] = []
    whole = cache._hash
    monkeypatch.setattr(cache, "_hash", lambda folder: hashed.append(folder) or whole(folder))
    assert made(tmp_path / "search", [ARTICLE]) == first and hashed == []
    for path in (tmp_path / "cache").glob("*/*.js"):  # as a checkout or a cache from elsewhere has them
        os.utime(path, ns=(1, 1))
    assert made(tmp_path / "search", [ARTICLE]) == first and len(hashed) == 3
    assert made(tmp_path / "search", [ARTICLE]) == first and len(hashed) == 3


def test_files_of_the_cache_are_linked_into_the_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = made(tmp_path / "search", [ARTICLE])
    (index,) = folders(files, "i")
    one, other = (tmp_path / folder / index / "meta.js" for folder in ("cache", "search"))
    assert one.samefile(other)
    other.write_bytes(other.read_bytes()[:-1] + b"!")  # by somebody who does not know of the link
    assert made(tmp_path / "search", [ARTICLE]) == files
    monkeypatch.setattr(os, "link", lambda *_: (_ for _ in ()).throw(PermissionError))
    assert made(tmp_path / "search", [ARTICLE]) == files and not one.samefile(other)


def test_strangers_in_the_cache_break_nothing_and_do_not_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = made(tmp_path / "search", [ARTICLE])
    kept = tmp_path / "cache"
    (kept / ".DS_Store").write_bytes(b"x")
    (kept / "away").symlink_to(tmp_path / "nowhere")
    (index,) = kept.glob("i-*")
    (index / ".DS_Store").write_bytes(b"x")
    (data,) = kept.glob("d-*")
    data.rename(tmp_path / "data")
    data.write_bytes(b"a file where a folder should be")
    assert made(tmp_path / "search", [ARTICLE]) == first
    assert all(path.is_dir() for path in kept.iterdir())
    (kept / ".DS_Store").write_bytes(b"x")

    def fail(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "unlink", fail)
    assert made(tmp_path / "search", [ARTICLE]) == first


def test_settings_of_pagefind_from_elsewhere_are_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = made(tmp_path / "search", [ARTICLE])
    (tmp_path / "pagefind.yml").write_text("exclude_selectors: [p]\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PAGEFIND_EXCLUDE_SELECTORS", "p")
    assert made(tmp_path / "search", [ARTICLE], cache=tmp_path / "new") == expected


def test_a_missing_program_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> Path:
        raise FileNotFoundError("no such file")

    monkeypatch.setattr("pagefind_bin.get_executable", missing)
    with pytest.raises(SearchError, match=r"install the package pagefind-bin 1\.5\.2 for this platform"):
        made(tmp_path / "search", [ARTICLE])


def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Put a shell script in the place of Pagefind; `$real` is Pagefind."""
    import pagefind_bin

    path = tmp_path / "program"
    path.write_text(f"#!/bin/sh\nreal='{pagefind_bin.get_executable()}'\npython='{sys.executable}'\n{script}\n")
    path.chmod(0o755)
    monkeypatch.setattr("pagefind_bin.get_executable", lambda: path)


def test_a_failure_of_pagefind_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, monkeypatch, "echo no memory left >&2; exit 3")
    with pytest.raises(SearchError, match=r"Pagefind failed on the search index \(status 3\): no memory left"):
        made(tmp_path / "search", [ARTICLE])


def test_pagefind_that_is_killed_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, monkeypatch, "head -c 1 >/dev/null; kill -9 $$")
    long = [["Title", "word " * 100_000]]  # more than a pipe holds
    with pytest.raises(SearchError, match=r"Pagefind failed on the search index \(status -9\)"):
        pagefind.index(long, "en", tmp_path)


def test_pagefind_that_hangs_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, monkeypatch, "exec sleep 600")
    monkeypatch.setattr(pagefind, "_PATIENCE", 0.2)
    with pytest.raises(SearchError, match=r"it had not ended after 0\.2 seconds"):
        pagefind.index([["Title"]], "en", tmp_path)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"message_id": 0, "payload": {"type": "Error", "message": "Invalid config"}}, "index: Invalid config"),
        ({"message_id": 7, "payload": {"type": "NewIndex"}}, "its answer is not understood"),
        ({"message_id": 0}, "its answer is not understood"),
    ],
)
def test_what_pagefind_answers_is_understood_or_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: dict[str, Any], said: str
) -> None:
    program(tmp_path, monkeypatch, f"printf %s, {b64encode(json.dumps(answer).encode()).decode()}; exec cat >/dev/null")
    with pytest.raises(SearchError, match=said):
        pagefind.index([["Title"]], "en", tmp_path)


KILLED = """
import sys, time
from html import escape
from pathlib import Path
import pagefind_bin
from annotated_archive.search import pagefind
pagefind_bin.get_executable = lambda: Path(sys.argv[1], "program")
def pages():
    yield ["One"]
    yield ["Two"]
    print("under way", flush=True)
    time.sleep(600)
pagefind.index(pages(), "en", Path(sys.argv[1]))
"""


def test_pagefind_does_not_outlive_us(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, monkeypatch, '"$real" "$@"\necho "$?" >status\nmv status ended')
    with subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path)], stdout=subprocess.PIPE) as run:
        assert run.stdout and run.stdout.readline() == b"under way\n"
        run.kill()
    for _ in range(300):
        if (tmp_path / "ended").exists():
            break
        sleep(0.1)
    assert (tmp_path / "ended").read_text() == "0\n"


def test_pagefind_is_stopped_where_the_pages_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, monkeypatch, 'echo $$ >pid\nexec "$real" "$@"')

    def failing() -> Iterator[list[str]]:
        yield ["One"]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pagefind.index(failing(), "en", tmp_path)
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


# Pagefind with harm done to the files that it answers with.
HARMING = """
import base64, json, subprocess, sys
with subprocess.Popen([sys.argv[1], "--service"], stdout=subprocess.PIPE) as real:
    said = b""
    while piece := real.stdout.read1():
        said += piece
        if not said.endswith(b","):
            continue
        answer = json.loads(base64.b64decode(said[:-1]))
        files = answer["payload"].get("files", [])
        for file in files[:]:
            if sys.argv[2] in file["path"]:
                data = base64.b64decode(file["content"])[:int(sys.argv[3])]
                file["content"] = base64.b64encode(data).decode()
                if sys.argv[3] == "-1":
                    files.remove(file)
        sys.stdout.buffer.write(base64.b64encode(json.dumps(answer).encode()) + b",")
        sys.stdout.buffer.flush()
        said = b""
"""


@pytest.mark.parametrize(
    "harm",
    [
        *("pagefind-entry.json 0", "pagefind-entry.json -1", "pf_index 0", "pf_meta 40", "fragment/ -1"),
        *("fragment/ 0", "pagefind.js 0", "wasm.en.pagefind 0"),
    ],
)
def test_files_that_pagefind_cut_short_are_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, harm: str
) -> None:
    (tmp_path / "harming.py").write_text(HARMING)
    program(tmp_path, monkeypatch, f'exec "$python" {tmp_path}/harming.py "$real" {harm}')
    with pytest.raises(SearchError, match="Pagefind left the search index unfinished"):
        made(tmp_path / "search", [ARTICLE])
    assert not (tmp_path / "search").exists()


def test_another_version_of_pagefind_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pagefind, "VERSION", "9.9.9")
    with pytest.raises(SearchError, match=r"the search needs Pagefind 9\.9\.9, and found 1\.5\.2"):
        made(tmp_path / "search", [ARTICLE])


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SearchError, match="the search index could not be written: "):
        made(tmp_path / "search", [ARTICLE], cache=tmp_path / "file" / "cache")


def test_the_manifest_says_how_other_letters_are_written_in_latin_ones(tmp_path: Path) -> None:
    letters = value(made(tmp_path / "search", [PAGE]), "manifest")["names"]["letters"]
    assert [letters[letter] for letter in "шьйթև"] == ["sh", "", "y", "t", "ev"]
    assert all(len(letter) == 1 and latin.isascii() for letter, latin in letters.items())
