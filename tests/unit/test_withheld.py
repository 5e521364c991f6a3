"""What may not be published in full is not published as an original either."""

from __future__ import annotations

from pathlib import Path

from annotated_archive.pages import Settings
from annotated_archive.site import content
from language import archive, article


def test_the_original_of_a_withheld_article_is_not_published(tmp_path: Path) -> None:
    rights = {"statement": "Of its author.", "publish": "metadata"}
    made = archive(tmp_path, article("first", "Nothing."), article("second", "", rights=rights))
    read = content.read(made.root, Settings(name="Test", contact="contact@archive.example", repo_url=""))
    assert [name for name, _ in read.files()] == ["originals/first.txt", "originals/manifest-sha256.txt"]
