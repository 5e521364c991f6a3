"""Long lists stand in parts: no page grows with the archive, and what leads to an entry leads to the part it is on."""

from __future__ import annotations

import re
from posixpath import dirname, join, normpath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotated_archive import pages
from annotated_archive.exports.annotation import Addresses
from annotated_archive.graph import resolve
from annotated_archive.pages import annolist, bibliography, entity, indexes, passages, questions, said, timeline
from annotated_archive.pages.parts import ENOUGH, Item, Listing, cut, numbered
from annotated_archive.records import yamlio
from annotated_archive.search.works import of_work
from annotated_archive.site.content import Content
from annotated_archive.store import load
from language import actor, archive, article, event, place, readable, works

SETTINGS = pages.Settings("Test archive", "contact@archive.example", "", sides=("eastland",))
IDS = st.lists(st.text("abcdef", min_size=3, max_size=8), unique=True, min_size=1, max_size=300)


def listed(ids: list[str], most: int = 20) -> list[tuple[str, ...]]:
    return [part.ids for part in cut(Listing([Item(one) for one in ids], most, numbered("a/index")))]


@given(IDS)
def test_parts_hold_every_entry_once_and_are_neither_full_nor_thin(ids: list[str]) -> None:
    parts = listed(ids)
    assert [one for part in parts for one in part] == ids
    assert all(ENOUGH * 20 <= len(part) <= 20 for part in parts[:-1]) and len(parts[-1]) <= 20
    assert len(parts) == 1 or len(ids) > 20


def test_an_entry_more_changes_few_parts() -> None:
    ids = [f"article-{number}" for number in range(3000)]
    before, after = listed(ids, 200), listed([*ids[:700], "one-more", *ids[700:]], 200)
    assert len(before) > 15 and len(set(after) - set(before)) <= 3


def test_of_what_goes_by_time_the_newest_stand_at_the_lists_own_path() -> None:
    listing = Listing([Item(f"n{number}") for number in range(50)], 20, numbered("changes"), last=True)
    found = cut(listing)
    assert [part.path for part in found] == [*(f"changes-{n}" for n in range(2, len(found) + 1)), "changes"]
    assert found[-1].ids[-1] == "n49"


@pytest.fixture(scope="module")
def long(built: tuple[dict[str, pages.Page], Content]) -> dict[str, pages.Page]:
    """The pages by path."""
    return built[0]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, pages.Page], Content]:
    """An archive of sixty articles with claims, on pages for a tenth of what they hold otherwise."""
    claims: dict[str, str | bytes] = {}
    texts: dict[str, str | bytes] = {}
    for number in range(60):
        name = f"article-{number:02}"
        texts |= article(
            name, f"Velm lost {number} men. They did it {number} times.", source="gazette",
            date=f"20{number % 20:02}-01-01",
        )  # fmt: skip
        subject = {"side": "eastland", "category": "servicemen"}
        figure = {
            "event": "shelling", "measure": "deaths", "subject": subject, "stance": "own-losses",
            "value": {"number": number, "as_written": str(number)}, "as_of": "2022-09-13", "claimant": "ministry",
        }  # fmt: skip
        answer = {
            "event": "shelling", "as_of": "2022-09-13", "claimant": "ministry",
            "position": {"question": "who-fired", "as_quoted": "They did it"},
        }  # fmt: skip
        for kind, exact, claim in (("f", f"{number} men", figure), ("q", "They did it", answer)):
            record = {
                "id": f"{kind}nnnnn{number:02}", "kind": "claim", "article": name, "claim": claim,
                "targets": [{"part": "body", "exact": exact}], "author": {"name": f"Reader {number}"},
                "created": f"2026-11-20T10:00:{number:02}Z", "license": "CC-BY-4.0", "status": "open",
            }  # fmt: skip
            claims[f"archive/annotations/{name}/{record['id']}.yml"] = yamlio.write(record)
    cited = [{"id": f"work-{number:02}", "title": f"Work {number}", "alignment": "dataset"} for number in range(60)]
    fact = [{"text": "It is there.", "cite": ["work-00", "work-59"]}]
    text = archive(
        tmp_path_factory.mktemp("long"), works(*cited), place("eastland", type="country"), place("velm", facts=fact),
        actor("ministry", side="eastland"), actor("gazette", type="outlet"), event("shelling"),
        article("much", "\n\n".join("Velm again." for _ in range(60)), date="1999-01-01"), texts, claims,
        {"archive/questions.yml": yamlio.write([{"id": "who-fired", "question": "Who fired?", "event": "shelling"}])},
    )  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        for module in (entity, timeline, bibliography, said, questions):
            patch.setattr(module, "MOST", module.MOST // 20)
        patch.setattr(indexes, "SIZE", 20)
        patch.setattr(annolist, "SIZE", 20)
        patch.setattr(annolist, "DAYS", 20)
        graph = resolve(load(text.root))
        content = Content(text.root, graph, SETTINGS)
        found = {page.path: page for page in pages.pages(content.traced, SETTINGS)}
        for base in ("bibliography", "said/shelling-deaths", "questions/who-fired"):
            content.site.parts.all(base)
        found["index.md"] = pages.Page("index.md", "", "", "", pages.home_html(graph, SETTINGS), None)
    return found, content


LISTS = [
    "places/velm/", "actors/gazette/articles-", "actors/ministry/claims-", "timeline-", "bibliography-",
    "articles/index-", "annotations/index-", "annotations/changes-", "said/shelling-deaths/", "questions/who-fired/",
]  # fmt: skip


@pytest.mark.parametrize("name", LISTS)
def test_every_list_that_grows_has_parts_that_lead_to_each_other(long: dict[str, pages.Page], name: str) -> None:
    paths = [path for path in long if re.fullmatch(rf"{name}\d+\.md", path)]
    assert len(paths) >= 2
    second = long[f"{name}2.md"].html
    assert 'rel="next"' in second or 'rel="prev"' in second
    assert '<span aria-current="page">' in second


def test_every_link_to_an_entry_leads_to_its_part(long: dict[str, pages.Page]) -> None:
    ids = {path: set(re.findall(r' id="([^"]+)"', page.html)) for path, page in long.items()}
    for path, page in long.items():
        assert len(re.findall(r' id="', page.html)) == len(ids[path]), f"an id stands twice in {path}"
        for href in re.findall(r' href="([^"]+)"', page.html):
            address, _, fragment = href.partition("#")
            if ":" in address or not fragment:
                continue
            target = normpath(join(dirname(path), address)).removesuffix(".html") + ".md" if address else path
            if target in ids:
                assert fragment in ids[target], f"{path} links to {href}"


def test_all_entries_stand_on_some_part(long: dict[str, pages.Page]) -> None:
    quoted = "".join(page.html for path, page in long.items() if path.startswith("places/velm"))
    assert all(quoted.count(f'articles/article-{number:02}.html"') == 1 for number in range(60))
    said_of = "".join(page.html for path, page in long.items() if path.startswith("said/shelling-deaths"))
    assert all(f'id="c-fnnnnn{number:02}"' in said_of for number in range(60))


def test_of_one_article_not_every_passage_is_shown(long: dict[str, pages.Page]) -> None:
    page = next(page for path, page in long.items() if path.startswith("places/velm") and "much.html" in page.html)
    assert "And 20 other passages in [this article](" in readable(page.html)
    assert page.html.count("much.html#p-") == passages.QUOTES


def test_a_part_says_which_it_is_and_what_it_begins_with(long: dict[str, pages.Page]) -> None:
    first, second = readable(long["articles/index.md"].html), readable(long["articles/index-2.md"].html)
    assert re.search(r"Part 1 of \d+: \d+ entries of 61, 1 January 1999 to 1 January 20\d\d; sorting and", first)
    assert re.search(r"Part 2 of \d+: \d+ entries, 1 January 20\d\d to 1 January 20\d\d; sorting", second)
    assert "[Velm](../velm.html)" in readable(long["places/velm/2.md"].html)
    assert "of 60" not in second
    for path in ("places/velm.md", "actors/gazette.md", "timeline.md", "bibliography.md"):
        assert re.search(r"Part 1 of \d+: \d+ entr(y|ies)\b", readable(long[path].html)), path
    assert re.search(r"Part 2 of \d+: \d+ entries, 20\d\d to 20\d\d\.", readable(long["timeline-2.md"].html))
    works_from = r"Part 2 of \d+: \d+ entries, Work \d+ to Work \d+\."
    assert re.search(works_from, readable(long["bibliography-2.md"].html))
    assert all('data-search="../search.html"' in long[f"articles/{name}.md"].html for name in ("index", "index-2"))
    assert "data-search" not in long["treaties/index.md"].html


def test_of_recent_changes_the_newest_are_the_first_part(long: dict[str, pages.Page]) -> None:
    newest, oldest = long["annotations/changes.md"], long["annotations/changes-2.md"]
    parts = len([path for path in long if path.startswith("annotations/changes")])
    assert f"Part 1 of {parts}: " in newest.html and f"Part {parts} of {parts}: " in oldest.html
    assert oldest.title.endswith(f", part {parts}")
    assert "Older part" in newest.html and "Newer part" not in newest.html
    assert "Newer part" in oldest.html and "Older part" not in oldest.html
    assert "filters below" not in newest.html and "filters below" in long["annotations/index.md"].html
    assert newest.html.index('aria-current="page">1 ') < newest.html.index("changes-2.html")


def test_what_search_and_exports_say_of_works_and_claims_leads_to_their_parts(
    built: tuple[dict[str, pages.Page], Content],
) -> None:
    long, content = built
    with content.traced.noting() as keys:
        found = [of_work(content.traced, content.words, work) for work in content.graph.archive.works.values()]
    assert len({document.page for document in found}) > 1 and ("place in parts", "bibliography work-59") in keys
    leads = [(document.page, document.fragment) for document in found]
    leads += [content.words.where(file) for file in content.graph.archive.annotations.values()]
    assert all(f'id="{fragment}"' in long[f"{page}.md"].html for page, fragment in leads)
    addresses = Addresses(content.graph, "https://a.example", content.words.listed)
    assert addresses.work("work-59") == "https://a.example/bibliography-3.html#work-59"


def test_a_very_long_sentence_is_shown_around_the_name() -> None:
    from annotated_archive.graph import Sentence

    text = "x " * 2000 + "Velm" + " y" * 2000
    shown = passages._words(text, Sentence(1, 0, len(text), ((4000, 4004),)))
    assert shown.startswith("… ") and shown.endswith(" …") and "<mark>Velm</mark>" in shown
    assert len(shown) < passages.LONGEST + 40
