"""Hand-written pages: their Markdown with every name linked and every footnote defined."""

from __future__ import annotations

import re
from collections import defaultdict

from markdown import Markdown

from annotated_archive.graph import Graph
from annotated_archive.names import Mention
from annotated_archive.pages import cites, links
from annotated_archive.pages.base import Settings
from annotated_archive.pages.draft import Site, site_of
from annotated_archive.store import DocFile

FOOTNOTE = re.compile(r"\[\^([^\]\s]+)\](?!:)")
DEFINITION = re.compile(r"^\[\^([^\]\s]+)\]:", re.M)
_SPECIAL = re.compile(r"([\\`*_{}\[\]#!])|([<>&|~^])")
_BLANK = "\x00"

# What no link may be put into, in the order in which it is looked for.
_BLOCKS = [
    re.compile(r"^(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^(?P=fence)[`~]*[^\S\n]*$|\Z)", re.M | re.S),  # fenced code
    re.compile(r"<!--.*?-->", re.S),
]
_TAG = re.compile(rf"<(/?)({'|'.join(sorted(Markdown().block_level_elements, key=len, reverse=True))})\b[^<>]*>", re.I)
_VOID = {"hr", "link", "meta", "source", "param", "track", "frame"}
_LINES = [
    re.compile(r"^ {0,3}#{1,6}(?=[^\S\n]|$)[^\n]*$", re.M),  # headings
    re.compile(r"^[^\n]+\n(?=[ ]{0,3}(?:=+|-+)[^\S\n]*$)", re.M),  # headings underlined in the next line
    re.compile(r"^ {0,3}\[[^\]\n]+\]:[^\n]*(?:\n(?: {4}|\t)[^\n]+)*", re.M),  # definitions of links and footnotes
    re.compile(r"^[^\S\n]*\|?[^\S\n]*:?-{3,}[-| :]*$", re.M),  # rules between a table's head and body
    re.compile(r"^ {0,3}(?:!{3}|\?{3}\+?)[^\n]*$", re.M),  # heads of admonitions
]
_INLINE = [
    re.compile(r"(?<!\\)(`+)(?:(?!\n[^\S\n]*\n).)+?(?<!`)\1(?!`)", re.S),  # code, as Python-Markdown takes it
    re.compile(r"\{\{.*?\}\}"),  # tokens
    re.compile(r"\[\^[^\]\s]+\]"),  # footnote references
    re.compile(r"!?\[(?:[^\[\]]|\[[^\[\]]*\])*\](?:\((?:[^()\n]|\([^()\n]*\))*\)|[^\S\n]?\[[^\]\n]*\])"),  # links
    re.compile(r"<[^\s<>][^<>]*>"),  # tags and addresses in angle brackets
    re.compile(r"\{:?[^{}\n]*\}"),  # attribute lists
    re.compile(r"(?:https?://|www\.)[^\s<>\]]+|[\w.+-]+@[\w-]+\.[\w.-]+"),  # bare addresses
]


def doc_markdown(graph: Graph, settings: Settings, doc: DocFile, suffix: str = ".md") -> str:
    """The page's Markdown with each name outside code, links and headings linked, `[^id]` defined, tokens replaced.

    `suffix` is what the links to other pages end in. What cites an unknown id is left as it is: `check` reports it.
    """
    site = site_of(graph, settings, suffix)
    graph = site.graph
    graph.note("settings")
    graph.note("doc", doc.name)
    out: list[str] = []
    at = 0
    for mention in site.ask("doc names", doc.name):
        if mention.start and doc.text[mention.start - 1] in "!\\":
            continue  # it would make an image of the link, or take its bracket away
        label = graph.label(mention.entity)
        assert label is not None
        target = links.relative(links.place_of(label) + suffix, doc.name)
        words = doc.text[mention.start : mention.end]
        out += [doc.text[at : mention.start], f"[{_label(words)}]({target})"]
        at = mention.end
    body = "".join([*out, doc.text[at:]])
    body = re.sub(r"\{\{\s*contact\s*\}\}", lambda _: contact(settings.contact), body)
    body = re.sub(r"\{\{\s*as_of\s*\}\}", lambda _: escaped(settings.as_of), body) if settings.as_of else body
    notes = [f"[^{identifier}]: {note(site, identifier, doc.name)}" for identifier in undefined(graph, doc)]
    return "\n".join([body.rstrip("\n"), "", *notes, ""]) if notes else body


def names(site: Site, doc: str) -> list[Mention]:
    """The names in a hand-written page that are linked."""
    return site.graph.matcher.find(masked(site.graph.archive.docs[doc].text))[0]


def masked(text: str) -> str:
    """`text` with everything that no link may be put into blanked out, every other character in its place."""
    for pattern in _BLOCKS:
        text = pattern.sub(_blank, text)
    text = _without_indented_code(_without_html_blocks(text))
    labels = set(re.findall(r"^ {0,3}\[([^\]^\n][^\]\n]*)\]:", text, re.M))
    for pattern in (*_LINES, *_INLINE):
        text = pattern.sub(_blank, text)
    for label in sorted(labels):
        text = re.sub(re.escape(f"[{label}]"), _blank, text, flags=re.I)
    return text


def _without_html_blocks(text: str) -> str:
    """Blanks what stands between the tags of a block-level element that begins a line; unclosed, all that follows."""
    at = 0
    while match := re.compile(rf"^ {{0,3}}(?={_TAG.pattern})", re.M | re.I).search(text, at):
        depth, end = 0, len(text)
        for tag in _TAG.finditer(text, match.end()):
            if tag[2].lower() in _VOID or tag.group().endswith("/>"):
                depth += 0
            else:
                depth += -1 if tag[1] else 1
            if depth <= 0:
                end = tag.end()
                break
        line = text.find("\n", end)
        end = len(text) if line < 0 else line
        text = text[: match.start()] + re.sub(r"[^\n]", _BLANK, text[match.start() : end]) + text[end:]
        at = end
    return text


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", _BLANK, match.group())


def _without_indented_code(text: str) -> str:
    """Blanks lines that Markdown takes for code: indented by four, after a blank line, and not inside a list."""
    lines = text.split("\n")
    code = listed = False
    before = ""
    for number, whole in enumerate(lines):
        line = re.sub(r"^(?: {0,3}> ?)+", "", whole).expandtabs(4)
        indented = line.startswith("    ")
        if line.strip():
            if not indented:
                listed = bool(re.match(r" {0,3}(?:[-*+]|\d+[.)])\s|(?:!{3}|\?{3})|\[\^", line)) or (
                    listed and bool(before.strip())
                )
            code = indented and not listed and (code or not before.strip())
            if code:
                lines[number] = _BLANK * len(whole)
        ends = re.match(r" {0,3}#|[ ]{0,3}(?:[-=*_][ ]*){3,}$", line)  # headings and rules end a block
        before = "" if ends else line
    return "\n".join(lines)


def _label(words: str) -> str:
    """The words of a link as they stood in the Markdown, with what would end the link's text made harmless."""
    return re.sub(r"(?<!\\)([\[\]|])", r"\\\1", words)


def escaped(text: str) -> str:
    """A text of the record as Markdown that shows just that text: not every renderer takes `\\~` for a tilde."""
    return _SPECIAL.sub(lambda m: f"\\{m[1]}" if m[1] else f"&#{ord(m[2])};", " ".join(text.split()))


def contact(address: str) -> str:
    """The address for objections as a Markdown link."""
    if "@" in address and not re.search(r"[\s()<>:\"]", address):
        return f"[{escaped(address)}](mailto:{address})"
    return f"<{address}>" if re.fullmatch(r"https?://[^\s<>]+", address) else escaped(address)


def note(site: Site, identifier: str, page: str) -> str:
    """The text of a footnote: the work written out, and the way to its entry."""
    work = cites.citation(site.graph, identifier)
    title = escaped(work.title)
    entry_page = site.parts.place(work.page, work.fragment) if work.fragment else work.page
    here = links.relative(entry_page + site.suffix, page)
    if work.url:
        title = f"[{title}](<{work.url}>)"
    elif not work.fragment:
        title = f"[{title}]({here})"
    side = f" {escaped(work.side)}." if work.side else ""
    entry = f" [Entry]({here}#{work.fragment})" if work.fragment else ""
    return f"{escaped(work.before)}{' ' if work.before else ''}{title}, {escaped(work.after)}{side}{entry}"


def cited(doc: DocFile) -> list[str]:
    """The ids in the page's footnote references, in the order of their first use."""
    text = doc.text
    for pattern in _BLOCKS:
        text = pattern.sub(_blank, text)
    text = _INLINE[0].sub(_blank, _without_indented_code(_without_html_blocks(text)))
    return list(dict.fromkeys(FOOTNOTE.findall(text)))


def undefined(graph: Graph, doc: DocFile) -> list[str]:
    """The cited ids that the record knows and the page does not define itself."""
    own = set(DEFINITION.findall(doc.text))
    works, articles = graph.archive.works, graph.archive.articles
    return [one for one in cited(doc) if one not in own and (one in works or one in articles)]


def cited_in(graph: Graph) -> dict[str, list[DocFile]]:
    """Work → the hand-written pages that cite it."""
    found: dict[str, list[DocFile]] = defaultdict(list)
    for doc in graph.archive.docs.values():
        for identifier in cited(doc):
            found[identifier].append(doc)
    return found


def title(doc: DocFile) -> str:
    """The page's title: from its front matter, or its first heading, or its name."""
    data = doc.document.data
    if isinstance(data, dict) and isinstance(data.get("title"), str):
        return str(data["title"])
    heading = re.search(r"^# +(.+?)\s*#*$", doc.text, re.M)
    return heading.group(1) if heading else doc.name.removesuffix(".md")
