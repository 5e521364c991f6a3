"""MkDocs finds every file that is made here, and goes through none that nobody asked for."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from annotated_archive.site.addressed import Addressed, Ours, addresses
from annotated_archive.site.renderer import configure

OURS = {"places/goris.md": "places/goris.html", "data/all.jsonld": "data/all.jsonld"}


@pytest.fixture
def config(tmp_path: Path) -> MkDocsConfig:
    """A configuration that excludes a folder."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: Test\ntheme: material\nexclude_docs: data/\n")
    return configure(tmp_path, tmp_path / "site", strict=False)


@pytest.fixture
def files(config: MkDocsConfig) -> Addressed:
    """A page written by hand, and two files that are made here."""
    return Addressed([File("index.md", config.docs_dir, config.site_dir, False)], OURS, config)


def names(files: Files) -> list[str]:
    """The files that one meets who goes through them."""
    return [file.src_uri for file in files]


def test_what_is_made_here_is_found_by_its_path(files: Addressed) -> None:
    assert names(files) == ["index.md"]
    found = files.get_file_from_path("places/./goris.md")
    assert isinstance(found, Ours)
    assert (found.src_uri, found.dest_uri, found.url) == ("places/goris.md", "places/goris.html", "places/goris.html")
    assert found.inclusion == InclusionLevel.INCLUDED
    assert files.get_file_from_path("places/goris.md") is found
    assert names(files) == ["index.md", "places/goris.md"]
    assert [file.src_uri for file in files.documentation_pages()] == ["index.md"]
    files.copy_static_files()  # there is nothing to copy
    assert files.get_file_from_path("places/tegh.md") is None
    assert "data/all.jsonld" in files and "data/none.jsonld" not in files


def test_what_the_configuration_excludes_is_so_marked(files: Addressed) -> None:
    found = files.get_file_from_path("data/all.jsonld")
    assert found is not None and found.inclusion == InclusionLevel.EXCLUDED


def test_all_are_there_for_who_wants_them_all(files: Addressed) -> None:
    assert addresses(files) == {"index.md": "index.html", **OURS}
    assert set(files.src_uris) == {"index.md", *OURS}
    assert addresses(files) == {"index.md": "index.html", **OURS}
    assert addresses(Files(files)) == {"index.md": "index.html", **OURS}


def test_what_is_removed_or_replaced_is_made_here_no_more(files: Addressed, config: MkDocsConfig) -> None:
    goris = files.get_file_from_path("places/goris.md")
    assert goris is not None
    files.remove(goris)
    assert "places/goris.md" not in files
    own = File("data/all.jsonld", config.docs_dir, config.site_dir, False)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        files.append(own)
    assert files.get_file_from_path("data/all.jsonld") is own
    assert addresses(files) == {"index.md": "index.html", "data/all.jsonld": "data/all.jsonld"}
