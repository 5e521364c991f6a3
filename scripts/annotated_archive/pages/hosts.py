"""What the hosts of repositories let a reader open: the editor of a file, an empty or a filled new one, an issue.

Sources: GitHub's and Gitea's documentation of the query parameters `filename` and `value` of a new file, and of
`title`, `body`, `template` and a form's field ids of a new issue; GitLab's new-file page takes `file_name` and leaves
the editor empty whatever else it is given; Gitea from 1.25 on keeps the name and drops the contents.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit

from annotated_archive.pages.base import Settings
from annotated_archive.store import private


@dataclass(frozen=True)
class Host:
    """One kind of host. Its addresses are patterns below the repository's, `{branch}` and `{path}` filled in.

    `new_name` and `new_contents` are the query parameters that name a new file and fill it; `new_contents` is empty
    where the host fills nothing. `issue` says how an issue is prepared: `form` by the fields of a form, else by the
    names of the two parameters for its title and its text.
    """

    name: str
    edit: str
    new: str
    new_name: str
    new_contents: str
    history: str
    issues: str
    issue: tuple[str, str] | None = None


HOSTS = {
    "github": Host(
        "GitHub", "/edit/{branch}/{path}", "/new/{branch}", "filename", "value", "/commits/{branch}/{path}",
        "/issues/new",
    ),
    "gitlab": Host(
        "GitLab", "/-/edit/{branch}/{path}", "/-/new/{branch}", "file_name", "", "/-/commits/{branch}/{path}",
        "/-/issues/new", ("issue[title]", "issue[description]"),
    ),
    "forgejo": Host(
        "Forgejo", "/_edit/{branch}/{path}", "/_new/{branch}/", "filename", "value",
        "/commits/branch/{branch}/{path}", "/issues/new", ("title", "body"),
    ),
    "gitea": Host(
        "Gitea", "/_edit/{branch}/{path}", "/_new/{branch}/", "filename", "", "/commits/branch/{branch}/{path}",
        "/issues/new", ("title", "body"),
    ),
}  # fmt: skip
KNOWN = {"github.com": "github", "gitlab.com": "gitlab", "codeberg.org": "forgejo"}
OWN_NAMES = {"codeberg.org": "Codeberg"}


def repository(settings: Settings) -> str:
    """The repository's address without a slash at its end; empty if the site names none that a browser can open."""
    address = settings.repo_url.rstrip("/")
    return address if address.startswith(("https://", "http://")) else ""


def host_of(settings: Settings) -> Host | None:
    """The host's kind: what the configuration says, or else what the repository's address tells; None: not known."""
    kind = settings.host or KNOWN.get(_domain(settings), "")
    return HOSTS.get(kind) if repository(settings) else None


def name_of(settings: Settings) -> str:
    """How readers know the host."""
    host = host_of(settings)
    return OWN_NAMES.get(_domain(settings), host.name if host else "")


def edit(settings: Settings, path: str) -> str:
    """Where a file of the repository is edited; empty where that is not known, or the file is not in the repository."""
    host = host_of(settings)
    return _filled(settings, host.edit, path) if host and _is_public(path) else ""


def history(settings: Settings, path: str) -> str:
    """Where the history of a file stands; empty where that is not known, or the file is not in the repository."""
    host = host_of(settings)
    return _filled(settings, host.history, path) if host and _is_public(path) else ""


def _is_public(path: str) -> bool:
    return not path.startswith(f"{private.FOLDER}/")


def new(settings: Settings) -> str:
    """Where a new file is made, without its name; empty where that is not known."""
    host = host_of(settings)
    return _filled(settings, host.new, "") if host else ""


def issue(settings: Settings, template: str, title: str, fields: dict[str, tuple[str, str]]) -> str:
    """The address of a prepared issue. `fields`: the id of the form's field → (its heading, its value).

    GitHub fills the fields of the form `template`; the others take the same headings as text.
    """
    host = host_of(settings)
    if not host:
        return ""
    if host.issue is None:
        query = {"template": template, "title": title} | {key: value for key, (_, value) in fields.items()}
    else:
        query = {host.issue[0]: title, host.issue[1]: form_text(fields)}
    return f"{repository(settings)}{host.issues}?{urlencode(query, quote_via=quote)}"


def form_text(fields: dict[str, tuple[str, str]], empty: str = "_No response_") -> str:
    """The fields as GitHub writes a filled form: a heading each, and below it the value, or `empty`."""
    return "\n\n".join(f"### {heading}\n\n{value or empty}" for heading, value in fields.values())


def _domain(settings: Settings) -> str:
    return (urlsplit(settings.repo_url).hostname or "").removeprefix("www.")


def _filled(settings: Settings, pattern: str, path: str) -> str:
    branch = quote(settings.edit_branch)
    return repository(settings) + pattern.format(branch=branch, path=quote(path))
