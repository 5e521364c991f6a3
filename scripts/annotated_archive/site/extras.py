"""The site map and the error page, written by ourselves: both must be the same bytes whenever nothing changed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from urllib.parse import quote, urljoin, urlsplit

from annotated_archive.site.content import THEME

SECTIONS = ("articles", "places", "actors", "treaties", "events")
_ERROR_STYLE = """
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-content:center;padding:2rem;background:var(--aa-paper);color:var(--aa-ink);
font:400 1rem/1.6 var(--aa-ui)}
main{max-width:34rem}
p.banner{font:600 .9rem var(--aa-ui);border:2px solid var(--aa-accent);color:var(--aa-accent);padding:.5rem .8rem}
p.code{font:600 .78rem var(--aa-ui);letter-spacing:.09em;color:var(--aa-accent);margin:0 0 .7rem}
h1{font:600 2.2rem/1.17 var(--aa-text);letter-spacing:-.012em;margin:0 0 .9rem}
ul{display:flex;flex-wrap:wrap;gap:.3rem 1.2rem;list-style:none;padding:1rem 0 0;margin:1.4rem 0 0;
border-top:1px solid var(--aa-line)}
a{color:var(--aa-accent);text-underline-offset:.18em}
a:focus-visible{outline:2px solid var(--aa-accent);outline-offset:3px;border-radius:2px}
"""
# From a folder, or from a web folder whose address the build did not know, links lead from this file.
_ERROR_SCRIPT = """
document.documentElement.className="js";
if(location.protocol==="file:")document.querySelectorAll("a[data-to]").forEach(function(a){a.href=a.dataset.to});
"""


def site_map(site_url: str, addresses: Iterable[str]) -> str:
    """sitemap.xml for pages given relative to `site_url`. It states no dates: a clock is not a source."""
    base = site_url.rstrip("/") + "/"
    lines = [f"<url><loc>{escape(urljoin(base, quote(address)))}</loc></url>" for address in addresses]
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
            *lines,
            "</urlset>\n",
        ]
    )


def error_page(name: str, site_url: str | None, sections: Iterable[str], banner: str = "") -> str:
    """404.html: complete in itself, because a server shows it at any depth of address. `banner` heads it."""
    base = (urlsplit(site_url).path.rstrip("/") + "/") if site_url else ""
    tokens = re.sub(r"/\*.*?\*/", "", (THEME / "assets" / "tokens.css").read_text("utf-8"), flags=re.DOTALL)

    def link(to: str, words: str) -> str:
        return f'<a href="{escape(base + to)}" data-to="{escape(to)}">{escape(words)}</a>'

    items = "".join(f"<li>{link(f'{section}/index.html', section.capitalize())}</li>" for section in sections)
    return f"""<!doctype html>
<html lang="en" class="no-js">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex">
<link rel="icon" href="data:,">
<title>Page not found · {escape(name)}</title>
<style>{tokens}{_ERROR_STYLE}</style>
</head>
<body>
<main>
{f'<p class="banner">{escape(banner)}</p>' if banner else ""}<p class="code">404</p>
<h1>There is no page at this address.</h1>
<p>Addresses of this archive do not change, so the link that led here may be misspelt.
Begin at {link("index.html", name)}, or {link("search.html", "search it")}.</p>
<ul>{items}</ul>
</main>
<script>{_ERROR_SCRIPT}</script>
</body>
</html>
"""
