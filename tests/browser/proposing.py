"""What tests of proposing annotations share: an archive's files, and what the repository's host is handed."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page

from annotated_archive.records import yamlio
from language import Files, site_files

HOST = "https://github.com/a/b"


def proposable(**settings: object) -> Files:
    """The configuration of a site whose repository is on GitHub, and its home page."""
    contact = {"archive": {"contact": "editors@archive.example"}}
    return site_files("# Home\n", repo_url=HOST, extra=contact, **settings)


def existing(article: str, exact: str) -> Files:
    """A note on words of an article that is there already."""
    record = {
        "id": "existing", "kind": "note", "article": article, "targets": [{"exact": exact}],
        "body": "A note that is there.", "author": {"name": "Editors"}, "created": "2026-11-22T10:00:00Z",
        "license": "CC-BY-4.0", "status": "open",
    }  # fmt: skip
    return {f"archive/annotations/{article}/existing.yml": yamlio.write(record)}


def proposed(page: Page) -> tuple[str, str]:
    """The file's path and contents, as the host would be handed them: those that the form shows."""
    address = urlsplit(page.get_by_role("link", name="Propose on GitHub").get_attribute("href") or "")
    assert f"{address.scheme}://{address.netloc}{address.path}" == f"{HOST}/new/main"
    asked = parse_qs(address.query, strict_parsing=True)
    assert asked.keys() == {"filename", "value"}
    assert asked["value"][0] == page.locator("#aa-yaml").input_value()
    return asked["filename"][0], asked["value"][0]
