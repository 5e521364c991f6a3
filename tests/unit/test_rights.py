"""Rights: what is withheld stays out of the record, is worked on by those who have it, and can be released again."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from bad_rights import TEXT, note, quoting
from hypothesis import given
from hypothesis import strategies as st

from annotated_archive.check import run
from annotated_archive.check.rights import published_characters
from annotated_archive.graph import resolve
from annotated_archive.pages import Settings
from annotated_archive.records import yamlio
from annotated_archive.site import content
from annotated_archive.site.content import ContentRefused
from annotated_archive.store import load, private
from language import ArchiveText, Run, archive, article, place, sha256, withheld

SECOND = "archive/articles/second.md"
VALLEY = place("valley", name="Valley", forms=["valley"])


def made_of(folder: Path, *parts: Any) -> ArchiveText:
    """An archive with a full article, and the places that the withheld one names."""
    return archive(folder, VALLEY, article("first", "Nothing happened."), *parts)


def test_the_private_folder_is_read_only_when_asked_for(tmp_path: Path) -> None:
    made = made_of(tmp_path, withheld("second", TEXT), note("noteaaaa", quoting("Quiet words"), folder="private"))
    public, whole = load(made.root), load(made.root, private=True)
    assert (public.articles["second"].body, public.articles["second"].withheld) == ("", True)
    assert (public.ledgers.keys(), public.annotations, public.private_manifest) == ({"first"}, {}, {})
    assert public.build == made.root / "build"
    second = whole.articles["second"]
    assert (second.body, second.text_file, second.withheld) == (TEXT, "private/texts/second.txt", False)
    assert (set(whole.ledgers), set(whole.annotations)) == ({"first", "second"}, {"noteaaaa"})
    assert whole.private_manifest == {"second.txt": sha256(TEXT)}
    assert whole.manifest == public.manifest == {"first.txt": sha256("Nothing happened.")}
    assert whole.build == made.root / "private/build"
    assert whole.original_file(second.record.original) == made.root / "private/originals/second.txt"
    assert public.original_file(second.record.original) == made.root / "archive/originals/second.txt"


def test_a_private_text_takes_no_part_where_the_article_has_its_own(tmp_path: Path) -> None:
    made = made_of(tmp_path, {"private/texts/first.txt": "Something else.\n"})
    assert load(made.root, private=True).articles["first"].body == "Nothing happened."


def test_paths_and_texts_of_the_private_folder(tmp_path: Path) -> None:
    assert private.write_text(tmp_path, "one", "Words.\n\nMore.") == sha256("Words.\n\nMore.")
    assert (tmp_path / "private/texts/one.txt").read_text("utf-8") == "Words.\n\nMore.\n"
    assert private.ledger_path("one") == "private/ledgers/one.yml"
    assert private.ledger_path("one", 2) == "private/ledgers/one.2.yml"


def test_link_takes_the_lists_of_a_withheld_article_from_its_text(tmp_path: Path) -> None:
    made = made_of(tmp_path, withheld("second", TEXT))
    stale = f"{SECOND}:5:1: LINK-STALE `places` is not what the text mentions. Run `archive link`."
    assert made.check() == [stale]
    assert made.run("link").stdout.startswith(f"{SECOND}: lists written.\n1 mention in 2 articles; 1 file changed.")
    assert made.check() == []
    assert "valley" in made.file(SECOND)
    assert TEXT not in made.file(SECOND)
    shutil.rmtree(made.root / "private")
    before = made.files()
    assert made.run("link") == Run(0, "0 mentions in 2 articles; 0 files changed.\n", "")
    assert (made.check(), made.files()) == ([], before)
    backlinks = resolve(load(made.root)).backlinks["valley"]
    assert [(one.article, one.mentions) for one in backlinks] == [("second", 0)]


def test_what_cannot_be_seen_is_not_held_against_a_record(tmp_path: Path) -> None:
    """Blocks, decisions, and words of annotations can be judged by the text alone."""
    decided = [{"exact": "valley", "prefix": "the ", "id": None}]
    made = made_of(
        tmp_path, withheld("second", TEXT, "excerpt", 0.5, blocks={"2": "caption"}, mentions=decided),
        note("noteaaaa", quoting("Quiet words")),
    )  # fmt: skip
    assert made.check() == []
    made.write(note("noteaaaa", {"part": "body", "exact": "Quite words"}))
    assert ["NOTE-UNPLACED" in line for line in made.check()] == [True]
    shutil.rmtree(made.root / "private")
    assert made.check() == []


def test_a_note_on_the_title_is_checked_all_the_same(tmp_path: Path) -> None:
    made = made_of(tmp_path, withheld("second", TEXT), note("noteaaaa", {"part": "title", "exact": "Sekond"}))
    shutil.rmtree(made.root / "private")
    assert ["NOTE-UNPLACED" in line for line in made.check()] == [True]


def test_annotate_keeps_to_itself_what_quotes_a_sealed_text(tmp_path: Path) -> None:
    made = made_of(tmp_path, withheld("second", TEXT, places=["valley"]))
    quoted = made.run("annotate", "second", "spoken in the valley", "--body", "By whom?")
    path = quoted.stdout.strip()
    assert path.startswith("private/annotations/second/")
    assert "nothing may be quoted: the file stays in private/" in quoted.stderr
    reply = made.run("annotate", "second", "--reply", path.rpartition("/")[2][:-4], "--body", "By nobody.")
    assert reply.stdout.startswith("private/annotations/second/")
    assert "What it answers is kept private" in reply.stderr
    about = made.run("annotate", "second", "--body", "A rare text.").stdout.strip()
    title = made.run("annotate", "second", "Second", "--part", "title", "--body", "Or first?").stdout.strip()
    assert {about.rpartition("/")[0], title.rpartition("/")[0]} == {"archive/annotations/second"}
    assert made.check() == []
    excerpt = made_of(tmp_path / "other", withheld("second", TEXT, "excerpt", 0.9, places=["valley"]))
    path = excerpt.run("annotate", "second", "spoken in the valley", "--body", "By whom?").stdout.strip()
    assert path.startswith("archive/annotations/second/")
    assert excerpt.check() == []


def test_reanchor_works_on_private_texts_and_reports_there(tmp_path: Path) -> None:
    made = made_of(
        tmp_path, withheld("second", TEXT, places=["valley"]),
        note("noteaaaa", {"part": "body", "exact": "spoken in the valley"}, folder="private"),
        note("notebbbb", {"part": "body", "exact": "never said"}, folder="private"),
    )  # fmt: skip
    done = made.run("reanchor")
    assert "private/annotations/second/noteaaaa.yml: written." in done.stdout
    assert "private/build/reanchor/second.md: what needs a person." in done.stdout
    assert f"start: {TEXT.index('spoken')}" in made.file("private/annotations/second/noteaaaa.yml")
    assert not (made.root / "build").exists()


def test_git_must_keep_nothing_private(tmp_path: Path) -> None:
    made = made_of(tmp_path, withheld("second", TEXT, places=["valley"]))
    assert made.check() == []  # no repository

    def git(*words: str) -> None:
        safe = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        subprocess.run(["git", "-C", str(made.root), *words], check=True, capture_output=True, env=safe)

    git("init")
    (line,) = made.check()
    assert line.endswith("would publish 4 of its files. Write the line /private into .gitignore.")
    made.write({".gitignore": "/private\n"})
    assert made.check() == []
    git("add", "--force", "private/texts")
    found = made.check()
    assert [line.split(" ")[1] for line in found] == ["RIGHTS-TRACKED"]
    assert found[0].startswith("private/texts/second.txt:1:1: ")
    assert [str(one) for one in run(made.root).diagnostics] == found  # the public check finds it too


def target(start: int | None, words: str, **more: str) -> dict[str, Any]:
    return {"part": "body", "exact": words, **({} if start is None else {"start": start}), **more}


@pytest.mark.parametrize(
    ("targets", "count"),
    [
        ([target(0, "Quiet words")], 11),
        ([target(0, "Quiet words"), target(6, "words, which")], 18),
        ([target(6, "words", prefix="Quiet ", suffix=", which")], 18),
        ([target(0, "Quiet words"), target(None, "words")], 11),
        ([target(0, "Quiet words"), target(None, "other words")], 22),
        ([target(None, "same"), target(None, "same")], 4),
        ([target(0, "Quiet words"), target(0, "Other words")], 22),
        ([target(1, "x", prefix="more than before")], 17),
        ([{"part": "ledger", "exact": "Home » News"}], 11),
        ([{"part": "title", "exact": "Second"}], 0),
    ],
)
def test_what_is_published_is_counted_honestly(tmp_path: Path, targets: list[dict[str, Any]], count: int) -> None:
    parts = [note(f"note{letter * 4}", one) for letter, one in zip("abcdefgh", targets, strict=False)]
    made = made_of(tmp_path, withheld("second", TEXT, "excerpt", 1.0), *parts)
    read = load(made.root)
    assert published_characters(read.articles["second"], [file.record for file in read.annotations.values()]) == count


@given(st.lists(st.tuples(st.integers(0, 90), st.integers(1, 40), st.booleans()), max_size=6))
def test_true_quotations_never_count_for_less_than_they_show(spans: list[tuple[int, int, bool]]) -> None:
    """However words overlap, and whether or not they say where they stand: all that is shown is counted."""
    from annotated_archive.records.annotation import Annotation
    from annotated_archive.records.article import Article, Original, Rights
    from annotated_archive.store import AnnotationFile, ArticleFile

    nowhere = yamlio.Document({})
    shown: set[int] = set()
    total, targets = 0, []
    for start, length, known in spans:
        words = TEXT[start : start + length]
        if words.strip() and "\n\n" not in words:
            shown |= set(range(start, start + len(words)))
            total += len(words)
            targets.append(target(start if known else None, words))
    files = [
        AnnotationFile(
            Annotation.model_validate({
                "id": f"note{letter * 4}", "kind": "note", "article": "second", "targets": [one], "body": "Words.",
                "author": {"name": "A reader"}, "created": "2022-09-14T10:00:00Z", "license": "CC-BY-4.0",
                "status": "open",
            }), "", nowhere, "second",
        )
        for letter, one in zip("abcdef", targets, strict=False)
    ]  # fmt: skip
    original = Original(path="x.txt", sha256="0" * 64, capture="unknown")
    rights = Rights(statement="Of its author.", publish="excerpt")
    record = Article(id="second", title="Second", language="en", original=original, rights=rights)
    counted = published_characters(ArticleFile(record, "", SECOND, nowhere), [file.record for file in files])
    distinct = {TEXT[i] for i in shown}
    assert counted <= total
    assert counted >= len(distinct)
    if all(known for _, _, known in spans):
        assert counted == len(shown)


class TestWithhold:
    """`archive withhold` and `archive release`."""

    BODY = f"{TEXT}\n\nWhat else was said is not known."

    def made(self, folder: Path) -> ArchiveText:
        quoted = {"part": "body", "exact": "spoken in the valley"}
        made = made_of(folder, article("second", self.BODY), note("noteaaaa", quoted), note("notebbbb", {}))
        assert made.run("link").exit == 0
        assert made.run("fmt").exit == 0
        assert made.run("reanchor").exit == 0
        assert made.check() == []
        return made

    def test_withheld_and_released_a_record_is_what_it_was(self, tmp_path: Path) -> None:
        made = self.made(tmp_path)
        before = made.files()
        done = made.run("withhold", "second")
        assert done.exit == 0
        assert "git's history still holds it" in done.stderr
        assert made.check() == []
        public = {path: data for path, data in made.files().items() if path.startswith("archive/")}
        assert not [path for path, data in public.items() if b"spoken in the valley" in data]
        assert sorted(path for path in made.files() if path.startswith("private/")) == [
            "private/annotations/second/noteaaaa.yml", "private/ledgers/second.yml",
            "private/originals/manifest-sha256.txt", "private/originals/second.txt", "private/texts/second.txt",
        ]  # fmt: skip
        assert made.run("withhold", "second").exit == 0  # once more changes nothing
        assert public == {path: data for path, data in made.files().items() if path.startswith("archive/")}
        assert made.run("release", "second").exit == 0
        assert {path: data for path, data in made.files().items() if path.startswith("archive/")} == before
        assert [path for path in made.files() if path.startswith("private/")] == [private.MANIFEST]
        assert made.check() == []

    def test_an_excerpt_keeps_its_quotations(self, tmp_path: Path) -> None:
        made = self.made(tmp_path)
        assert made.run("withhold", "second", "--publish", "excerpt", "--share", "0.9").exit == 0
        assert made.check() == []
        assert "archive/annotations/second/noteaaaa.yml" in made.files()
        assert "share: 0.9" in made.file(SECOND)
        assert made.run("withhold", "second", "--publish", "excerpt", "--share", "0.1").exit == 0
        assert ["RIGHTS-SHARE" in line for line in made.check()] == [True]
        assert made.run("withhold", "second").exit == 0
        assert made.check() == []

    def test_a_dry_run_changes_nothing(self, tmp_path: Path) -> None:
        made = self.made(tmp_path)
        before = made.files()
        done = made.run("withhold", "second", "--dry-run")
        assert "private/texts/second.txt: would be written." in done.stdout
        assert "archive/ledgers/second.yml: would be moved to private/ledgers/second.yml." in done.stdout
        assert made.files() == before

    def test_a_run_cut_short_loses_nothing_and_is_repeated(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Killed before each of its steps."""
        from annotated_archive.store import withholding

        move, write = shutil.move, withholding.write_if_changed

        def until(left: list[int], act: Any) -> Any:
            def step(*given: Any) -> Any:
                left[0] -= 1
                if left[0] < 0:
                    raise KeyboardInterrupt
                return act(*given)

            return step

        for steps in range(7):
            made = self.made(tmp_path / str(steps))
            left = [steps]
            with monkeypatch.context() as patch:
                patch.setattr(withholding.shutil, "move", until(left, move))
                patch.setattr(withholding, "write_if_changed", until(left, write))
                with contextlib.suppress(KeyboardInterrupt):
                    made.run("withhold", "second")
            assert left == [-1]
            everything = b"".join(made.files().values())
            assert b"spoken in the valley" in everything
            assert made.run("withhold", "second").exit == 0
            assert made.check() == []

    def test_a_capture_of_several_pages_goes_as_a_whole(self, tmp_path: Path) -> None:
        capture = {"path": "first.txt", "sha256": sha256("Nothing happened."), "capture": "unknown"}
        files = article("second", "Nothing happened.", original=capture)
        ledger = "archive/ledgers/second.yml"
        files[ledger] = str(files[ledger]).replace("second.txt", "first.txt")
        del files["archive/originals/second.txt"]
        made = made_of(tmp_path, files)
        assert made.check() == []
        assert made.run("withhold", "second").exit == 0
        assert made.check() == []
        assert "kept: private" in made.file("archive/articles/first.md")
        assert "Nothing happened." in made.file("archive/articles/first.md")
        assert made.run("release", "second").exit == 0  # the capture stays, as the other article says
        assert made.check() == []

    def test_what_is_not_here_cannot_be_released(self, tmp_path: Path) -> None:
        made = made_of(tmp_path, withheld("second", TEXT, places=["valley"]))
        made.write({"private/texts/second.txt": f"{TEXT}!\n"})
        before = made.files()
        done = made.run("release", "second")
        assert done.exit == 1
        assert done.stderr.startswith("private/texts/second.txt:1:1: RIGHTS-HASH this is not the text that was")
        assert made.files() == before

    @pytest.mark.parametrize(
        ("command", "status"),
        [
            (("release", "first"), 2), (("withhold", "gone"), 1), (("withhold", "first", "--share", "0.5"), 2),
            (("withhold", "first", "--publish", "full"), 2),
        ],
    )  # fmt: skip
    def test_wrong_use(self, tmp_path: Path, command: tuple[str, ...], status: int) -> None:
        made = made_of(tmp_path)
        before = made.files()
        assert made.run(*command).exit == status
        assert made.files() == before

    def test_front_matter_with_a_comment_is_left_alone(self, tmp_path: Path) -> None:
        made = self.made(tmp_path)
        made.write({SECOND: made.file(SECOND).replace("language: en", "language: en # surely")})
        before = made.files()
        assert "FMT-COMMENT" in made.run("withhold", "second").stderr
        assert made.files() == before


def test_annotate_publishes_no_more_of_an_excerpt_than_the_words_and_says_when_that_is_too_much(tmp_path: Path) -> None:
    made = made_of(tmp_path, withheld("second", TEXT, "excerpt", 0.5, places=["valley"]))
    done = made.run("annotate", "second", "spoken in the valley", "--body", "By whom?")
    path = done.stdout.strip()
    assert "RIGHTS-SHARE" not in done.stderr
    assert ("prefix" in made.file(path), "suffix" in made.file(path)) == (False, False)
    assert made.run("reanchor").exit == 0
    assert ("prefix" in made.file(path), made.check()) == (False, [])
    made.write({SECOND: made.file(SECOND).replace("share: 0.5", "share: 0.1")})
    again = made.run("annotate", "second", "Quiet words", "--body", "How quiet?")
    assert (again.exit, again.stdout.count(".yml")) == (0, 1)
    assert "RIGHTS-SHARE annotations publish 31 of" in again.stderr
    assert "`archive check` will refuse it" in again.stderr


def test_what_only_publishing_makes_wrong_does_not_stop_the_private_edition(tmp_path: Path) -> None:
    settings = Settings("Test", "contact@archive.example", "")
    quoted = note("noteaaaa", quoting("Quiet words"))
    for publish in ("metadata", "excerpt"):
        made = made_of(tmp_path / publish, withheld("second", TEXT, publish, 0.01, places=["valley"]), quoted)
        assert [re.search("RIGHTS-(QUOTE|SHARE)", line) is not None for line in made.check()] == [True]
        with pytest.raises(ContentRefused):
            content.read(made.root, settings)
        assert content.read(made.root, settings, private=True).warnings == ()
