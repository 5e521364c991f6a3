"""What may not be published in full is not published as an original either."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_search_documents import RECORD, claim

from annotated_archive.pages import Settings
from annotated_archive.site import content
from language import archive, article, sha256


def test_the_original_of_a_withheld_article_is_not_published(tmp_path: Path) -> None:
    rights = {"statement": "Of its author.", "publish": "metadata"}
    made = archive(tmp_path, article("first", "Nothing."), article("second", "", rights=rights))
    read = content.read(made.root, Settings(name="Test", contact="contact@archive.example", repo_url=""))
    files = dict(read.files())
    assert list(files) == ["originals/first.txt", "originals/manifest-sha256.txt"]
    assert files["originals/manifest-sha256.txt"] == f"{sha256('Nothing.')}  first.txt\n".encode()


def test_where_every_original_is_withheld_no_list_of_them_is_published(tmp_path: Path) -> None:
    rights = {"statement": "Of its author.", "publish": "metadata"}
    made = archive(tmp_path, article("second", "", rights=rights))
    assert dict(content.read(made.root, Settings("Test", "contact@archive.example", "")).files()) == {}


@pytest.mark.parametrize(("publish", "shown"), [("excerpt", True), ("metadata", False)])
def test_the_words_of_a_claim_stand_beside_others_only_where_they_may_be_quoted(
    tmp_path: Path, publish: str, shown: bool
) -> None:
    rights = {"statement": "Of its author.", "publish": publish}
    lost = [{"part": "body", "exact": "the heliotrope 49", "unplaced": "The text is withheld."}]
    made = archive(
        tmp_path, RECORD, article("first", "Of 49 dead they spoke."), article("second", "", rights=rights),
        claim("claimaaa", "49 dead"),
        claim("claimbbb", article="second", targets=lost, relations=[{"type": "repeats", "claim": "claimaaa"}]),
    )  # fmt: skip
    assert ("heliotrope" in made.pages()["said/raid-deaths.md"].html) == shown
