"""The path of the README, from a folder of saved pages to a site, command for command."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from captures import answer, warc
from language import actor, archive, place

README = Path(__file__).resolve().parents[2] / "README.md"
SAVED = """<!DOCTYPE html><html lang="en"><head><title>Shells fall on Goris</title>
<link rel="canonical" href="https://herald.example/goris">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Shells fall on Goris",
"datePublished": "2022-09-13"}</script></head><body>
<nav><a href="/">Home</a></nav><article><h1>Shells fall on Goris</h1>
<p>Shells fell on the town of Goris in the night, officials said on Tuesday, and many left for the cellars.</p>
<p>Nobody could say by the morning how many houses were damaged, or whether the road to Old Valley was open again.</p>
<p>Teachers said that the schools of Goris would stay closed until the road was open and the water ran again.</p>
</article><footer>About us</footer></body></html>"""
SITE = {
    "docs/index.md": "# Home\n",
    "mkdocs.yml": "site_name: News\nuse_directory_urls: false\ntheme: material\nplugins:\n- annotated-archive\n",
}


def test_the_commands_of_the_readme_lead_from_saved_pages_to_a_site(tmp_path: Path) -> None:
    block = README.read_text("utf-8").partition("## Add articles")[2].partition("\n## ")[0]
    typed = re.findall(r"^archive (.+)$", block, re.M)
    assert [line.split()[0] for line in typed] == ["ingest", "link", "suggest", "check", "build"]
    made = archive(tmp_path, place("goris"), actor("herald", type="outlet", domains=["herald.example"]), SITE)
    other = SAVED.replace("Shells", "Drones").replace("herald.example/goris", "else.example/goris").encode()
    made.write({"saved-pages/a.html": SAVED, "saved-pages/b.warc": warc(answer("https://else.example/goris", other))})
    for line in typed:
        done = made.run(*shlex.split(line))
        assert done.exit == 0, (line, done)
    pages = {path.name: path.read_text("utf-8") for path in (made.root / "site/articles").glob("2022-*.html")}
    assert sorted(pages) == [
        "2022-09-13-herald-shells-fall-on-goris.html",
        "2022-09-13-unknown-drones-fall-on-goris.html",
    ]
    for page in pages.values():
        assert 'href="../places/goris.html"' in page
        assert "About us" not in page.partition('id="ledger"')[0]
