"""What a page offers those who want to put something right: an editor, a prepared issue, a prepared e-mail, a form."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from annotated_archive.pages import hosts
from annotated_archive.records.article import Article
from annotated_archive.records.text import digest

if TYPE_CHECKING:  # a draft offers templates what stands here
    from annotated_archive.pages.draft import Draft

FIELDS = {
    "article": "Article",
    "words": "Exact words",
    "before": "Words before",
    "kind": "Kind",
    "note": "Your note",
    "sources": "Sources",
    "name": "Name to show", "reply": "In reply to",
}
"""The headings of the annotation form, by the id of the field. An e-mail uses them too: one reader serves both."""
CORRECTION = {
    "page": "Page",
    "words": "The words as they stand",
    "proposal": "What it should say",
    "source": "Source",
}
"""The headings of the form for facts."""
PAGE = "contribute/annotate"
QUOTED = 300
"""Characters that a passage quotes of a withheld text at most, when it is proposed on the site."""
LEAVE_IT_OUT = (
    "Please sign with a pseudonym or not at all, and leave out anything by which a private person could be found. "
    "Delete this line."
)


@dataclass(frozen=True)
class Ways:
    """The addresses by which a page is corrected; empty where there is no such way."""

    edit: str
    repository: str
    issue: str
    mail: str


def ways(draft: Draft, source: str, title: str) -> Ways:
    """How the page made from the file `source` is corrected."""
    settings = draft.settings
    fields = {key: (heading, f"{title} ({source})" if key == "page" else "") for key, heading in CORRECTION.items()}
    subject = f"Correction: {title}"
    return Ways(
        edit=draft.edit(source),
        repository=hosts.repository(settings),
        issue=hosts.issue(settings, "correction.yml", subject, {key: fields[key] for key in ("page",)}),
        mail=mail(settings.contact, subject, f"{LEAVE_IT_OUT}\n\n{hosts.form_text(fields, empty='')}"),
    )


def annotation_ways(draft: Draft, record: Article) -> Ways:
    """How an annotation of an article is proposed without a script."""
    settings = draft.settings
    fields = {key: (heading, record.id if key == "article" else "") for key, heading in FIELDS.items()}
    subject = f"Annotation: {record.title}"
    return Ways(
        edit="",
        repository=hosts.repository(settings),
        issue=hosts.issue(settings, "annotation.yml", subject, {"article": fields["article"]}),
        mail=mail(settings.contact, subject, f"{LEAVE_IT_OUT}\n\n{hosts.form_text(fields, empty='')}"),
    )


def form(draft: Draft, record: Article, body_sha256: str) -> dict[str, str]:
    """What the page's script needs to know, as the `data-` attributes of the form's section.

    The texts themselves stand on the page; their hashes say of which version an annotation speaks. Of a text that is
    withheld, `publish` says so, and `most` how many characters of it a passage may quote.
    """
    settings = draft.settings
    host = hosts.host_of(settings)
    parameters = (host.issue or ("", "")) if host else ("", "")
    return {
        "article": record.id,
        "title": record.title,
        "sha-body": body_sha256,
        "sha-title": digest(record.title),
        "host": hosts.name_of(settings),
        "repository": hosts.repository(settings),
        "new": hosts.new(settings),
        "new-name": host.new_name if host else "",
        "new-contents": host.new_contents if host else "",
        "issue": f"{hosts.repository(settings)}{host.issues}" if host else "",
        "issue-title": parameters[0],
        "issue-text": parameters[1],
        "mail": settings.contact if is_mail(settings.contact) else "",
        "how": draft.href(PAGE) if has_page(draft) else "",
        "works": draft.href("bibliography"),
        "publish": record.rights.publish,
        "most": str(longest(record)) if record.rights.publish == "excerpt" else "",
    }


def longest(record: Article) -> int:
    """How many characters of a withheld text one passage may quote: never more than the text's share."""
    return min(QUOTED, int(record.text.characters * record.rights.share)) if record.text else QUOTED


def has_page(draft: Draft) -> bool:
    """Whether the archive has a page that says how to annotate."""
    return f"{PAGE}.md" in draft.graph.archive.docs


def is_mail(contact: str) -> bool:
    """Whether the contact is an e-mail address."""
    return "@" in contact and ":" not in contact


def mail(contact: str, subject: str, text: str) -> str:
    """The address of a prepared e-mail (RFC 6068: lines end in CR LF); empty if the contact is no e-mail address."""
    if not is_mail(contact):
        return ""
    lines = "%0D%0A".join(map(_quoted, text.split("\n")))
    return f"mailto:{quote(contact, safe='@.+-_')}?subject={quote(subject)}&body={lines}"


@lru_cache(maxsize=1024)
def _quoted(line: str) -> str:
    """Most lines of an e-mail stand in all others too."""
    return quote(line)
