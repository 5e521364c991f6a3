"""The script that makes annotation files in the page, held to the program: the same values, selectors and ids."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page

from annotated_archive.anchor.reading import reading
from annotated_archive.anchor.select import target_at, whole_places
from annotated_archive.records import yamlio
from annotated_archive.records.text import digest
from annotated_archive.store import load

pytestmark = pytest.mark.browser
pytest_plugins = ("reading",)

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "scripts/annotated_archive/site/theme/assets/annotation.js"


@pytest.fixture(scope="session")
def kit(chromium: Browser) -> Iterator[Page]:
    """A page with the script that makes files, and nothing else."""
    page = chromium.new_page()
    page.add_script_tag(path=SCRIPT)
    yield page
    page.close()


STRINGS = [
    "", "no", "Yes", "NULL", "~", "12:30", "0x1", "1e3", "-1", "01", "1_000", ".inf", "NaN", "İnf", "ınf",
    "yeſ", "falſe", "a: b", "a:", "a:b", "a #b", "a#b", "# a", "- a", "-a", " a", "a ", "a\u00a0", "a\u3000",
    "“q”", '"q"', "'q'", "it's",
    "a\\b", 'a"b', "[a]", "{a}", "a, b", "> a", "| a", "@a", "`a", "%a", "!a", "&a", "*a", "? a", "https://a.example/b#c",
    "Երևան՞ում", "Գորիս: այո", "Zəngəzur", "Москва #1", "中文", "٣", "½", "²x", "Ⅷ", "\u0301a", "😀", "😀 a", "a 😀: b",
    "a\nb", "a\n\nb", "a\n b", " a\nb", "a \nb", "\na", "a\n", "a\tb", "a\r\nb", "a\u2028b", "a\u202eb",
    "a\u200bb", "\ufeffa",
    "a\x7fb", "a\x85b", "a\x00b", "A reader", "Editors", "\ud800",
]  # fmt: skip


def test_the_page_writes_values_as_the_program_does(kit: Page) -> None:
    chance = random.Random(1)
    alphabet = "ab: #-\n\"'\\éԱ😀 1.,[]{}|>%@`!&*?~\t\u202e"
    strings = STRINGS[:-1] + ["".join(chance.choices(alphabet, k=chance.randrange(1, 12))) for _ in range(2000)]
    assert kit.evaluate("all => all.map(aaAnnotation.scalar)", strings) == [yamlio.scalar(text) for text in strings]
    made = kit.evaluate("all => all.map(text => aaAnnotation.lines({body: text, name: text}, 0))", strings)
    for text, lines in zip(strings, made, strict=True):
        assert "".join(f"{line}\n" for line in lines) == yamlio.write({"body": text, "name": text})


def test_what_is_typed_is_made_fit_for_a_record(kit: Page) -> None:
    strings = [*STRINGS[:-1], "e\u0301", "a\r\n\r\n\r\n\r\nb  ", "\t- a", "a\u202eb\x00c"]
    for tidy in kit.evaluate("all => all.map(aaAnnotation.tidy)", strings):
        text = yamlio.write({"body": tidy})
        assert yamlio.read(text, "x").data["body"] == tidy
        assert tidy == "" or text.startswith("body: |-\n")


def texts() -> list[str]:
    found = load(ROOT).articles.values()
    invented = (
        "Երևան՞ում 6 500 մարդ։ Ա😀 բ.\n\nԱ😀 բ, −5 մ. The U.S. army fell back. «Go!» he said. Then 12,5 km. "
        "😀😀 Xx zone\n\nXx zone 中文字. « Ու ի՞նչ։ » – ասաց նա։ Xx\n\nOn the web site Yahoo! News of Sept. 13 "
        "(they fell. Back) "
        "it said: “We lost. All of it. ‘Go now. Come.’ Then” Then. One came. „Wir gehen. Los“ Er kam. Xx «Да. "
        "Нет» Сказал. Он ушёл. Проф. Xx пришёл... Xx\n\nit ended. Here.” X said. Then he left. – Xx said. It's over. "
        "Now (he) goes. \"So it was. He fled. And so\n\n\"One fell. Two fled.\" Xx said. Հաջորդը. Խոսք։ Մարդ 'Yes. "
        "He. Went. So it was. “Again. Then\n\n— Ушли все. Xx — Да. A b) goes here. Then [it was. So] Xx came. 😀 Xx"
    )
    return [invented, *(file.record.title for file in found), *(file.body for file in found if file.body)]


@pytest.mark.parametrize("number", range(5))
def test_the_page_makes_the_selectors_that_the_program_makes(kit: Page, number: int) -> None:
    if number >= len(texts()):
        pytest.skip("fewer texts")
    text, chance = texts()[number], random.Random(number)
    spans = []
    for _ in range(300):
        start = chance.randrange(len(text))
        spans.append((start, min(len(text), start + chance.choice([1, 3, 8, 20, 60, 200]))))
    read = "const here = aaAnnotation.read(text);"
    made = kit.evaluate(
        f"([text, all, sha]) => {{ {read} return all.map(s => aaAnnotation.target(here, s[0], s[1], 'body', sha)) }}",
        [text, spans, digest(text)],
    )
    for (start, end), target in zip(spans, made, strict=True):
        expected = target_at(text, start, end).model_dump(exclude_unset=True)
        assert list(target.items()) == list(expected.items())
    words = [text[start:end] for start, end in spans]
    found = kit.evaluate(
        f"([text, all]) => {{ {read} return all.map(words => aaAnnotation.places(here, words)) }}", [text, words]
    )
    assert found == [[list(span) for span in whole_places(reading(text), exact)] for exact in words]
    grown = kit.evaluate(
        f"([text, all]) => {{ {read} return all.map(s => aaAnnotation.grown(here, s[0], s[1])) }}", [text, spans]
    )
    for (start, end), span in zip(spans, grown, strict=True):
        if span is None:
            assert not text[start:end].strip()
        elif "\n\n" not in text[start:end].strip():
            assert tuple(span) in whole_places(reading(text), text[span[0] : span[1]])


def test_ids_are_random_and_of_the_right_form(kit: Page) -> None:
    made = kit.evaluate("() => Array.from({length: 500}, () => aaAnnotation.newId(() => false))")
    assert len(set(made)) == 500
    assert all(re.fullmatch("[a-z][a-z0-9]{7}", identifier) for identifier in made)
    assert kit.evaluate("() => { let n = 0; aaAnnotation.newId(() => n++ < 3); return n }") == 4


@pytest.mark.parametrize(
    ("name", "contents", "full"), [("value", "x" * 5000, True), ("value", "Ե" * 1100, False), ("", "x", False)]
)
def test_a_file_that_fits_no_address_is_not_put_into_one(kit: Page, name: str, contents: str, full: bool) -> None:
    host = {"newPage": "https://host.example/new", "nameKey": "filename", "contentsKey": name}
    made = kit.evaluate("([host, text]) => aaAnnotation.newFile(host, 'a/b c.yml', text)", [host, contents])
    assert made["full"] is full and len(made["href"]) <= 6000
    asked = parse_qs(urlsplit(made["href"]).query)
    assert asked == {"filename": ["a/b c.yml"], **({name: [contents]} if full else {})}
