"""What is told of searching: every example of the page on it finds what the page says."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from annotated_archive.search import terminal
from annotated_archive.search.answers import Answer, Wanted, answer
from annotated_archive.site.found import documents_of

ROOT = Path(__file__).resolve().parents[2]
TOLD = (ROOT / "docs" / "about" / "searching.md").read_text("utf-8")
EXAMPLES = re.findall(r"^\| `(.+?)` \| (.+?) \|$", TOLD, re.MULTILINE)
Ask = Callable[[str], Answer]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Asks the archive of this repository; the page that holds the examples is not counted."""
    documents, names, named = documents_of(ROOT)
    path = tmp_path_factory.mktemp("index") / "search.sqlite"
    kept = (document for document in documents if document.id != "pages/about/searching")
    terminal.write(path, "s", kept, names, named)
    index = terminal.opened(path, "s")
    assert index is not None
    with contextlib.closing(index):
        yield lambda query: answer(index, Wanted(query, limit=1000))


def ids(given: Answer) -> set[str]:
    return {result.id for result in given.results}


def test_the_table_has_these_examples() -> None:
    assert [typed for typed, _ in EXAMPLES] == [
        "ceasefire border", '"drone strikes"', "ceasefire -russia", "Gorus", '"Gorus"',
    ]  # fmt: skip


@pytest.mark.parametrize("typed", [typed for typed, _ in EXAMPLES])
def test_every_example_finds_something(ask: Ask, typed: str) -> None:
    assert ask(typed).total > 0


def test_two_words_are_found_together_in_any_ending(ask: Ask) -> None:
    both = ids(ask("ceasefire border"))
    assert both == ids(ask("ceasefires borders"))
    assert both <= ids(ask("ceasefire")) & ids(ask("border"))


def test_a_phrase_is_found_one_word_after_the_other_in_any_ending(ask: Ask) -> None:
    assert ids(ask('"drone strikes"')) == ids(ask('"drone strike"')) < ids(ask("drone strikes"))


def test_a_minus_leaves_out(ask: Ask) -> None:
    assert ids(ask("ceasefire -russia")) | ids(ask("ceasefire russia")) == ids(ask("ceasefire"))
    assert not ids(ask("ceasefire -russia")) & ids(ask("russia"))


def test_a_name_finds_all_its_forms_and_in_quotation_marks_only_itself(ask: Ask) -> None:
    assert ids(ask('"Gorus"')) < ids(ask("Gorus")) == ids(ask("Goris")) == ids(ask("Գորիս"))


@pytest.mark.parametrize(("typed", "place"), [("Xankendi", "khankendi"), ("Kedabek", "gadabay")])
def test_accents_and_letters_do_not_matter(ask: Ask, typed: str, place: str) -> None:
    assert f"`{typed}` finds" in TOLD
    assert ask(typed).results[0].id == f"places/{place}"


@pytest.mark.parametrize("typed", ["ceasefire", "Lachin", "Pashinyan", "Armenia", "Sotk", "drones", "Goris"])
def test_readers_come_for_the_articles(ask: Ask, typed: str) -> None:
    assert "article" in [result.kind for result in ask(typed).results[:3]]
