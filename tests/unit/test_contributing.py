"""What pages offer those who put something right: addresses on each host, letters, the form, and its workflow."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import yaml
from mkdocs.exceptions import ConfigurationError

from annotated_archive import pages
from annotated_archive.anchor.form import LABELS, read_form
from annotated_archive.graph import resolve
from annotated_archive.pages import Settings, contributing, hosts
from annotated_archive.pages.draft import Draft, Site
from annotated_archive.records.text import digest
from annotated_archive.site import plugin
from annotated_archive.store import load
from language import Files, archive, article, place, readable, works

ROOT = Path(__file__).resolve().parents[2]
ASSETS = ROOT / "scripts/annotated_archive/site/theme/assets"
WORKFLOW = ".github/workflows/annotation-from-issue.yml"
SETTINGS = Settings("Test archive", "editors@archive.example", "https://github.com/a/b")
FILE = "archive/authority/places/velm.yml"
DOCS: Files = {f"docs/{name}.md": "# Words\n" for name in ("index", "contribute/annotate", "contribute/index")}


def at(address: str, **more: Any) -> Settings:
    return replace(SETTINGS, repo_url=address, **more)


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


# Hosts


@pytest.mark.parametrize(
    ("settings", "name", "edit", "new"),
    [
        (at("https://github.com/a/b/"), "GitHub", "/edit/main/x/y%20z.yml", "/new/main"),
        (at("https://www.github.com/a/b"), "GitHub", "/edit/main/x/y%20z.yml", "/new/main"),
        (at("https://gitlab.com/a/b"), "GitLab", "/-/edit/main/x/y%20z.yml", "/-/new/main"),
        (at("https://codeberg.org/a/b"), "Codeberg", "/_edit/main/x/y%20z.yml", "/_new/main/"),
        (at("https://forge.example/a/b", host="gitea"), "Gitea", "/_edit/main/x/y%20z.yml", "/_new/main/"),
        (at("https://forge.example/a/b", host="gitlab", edit_branch="a b"), "GitLab", "/-/edit/a%20b/x/y%20z.yml",
         "/-/new/a%20b"),
    ],
)  # fmt: skip
def test_each_host_has_its_editor(settings: Settings, name: str, edit: str, new: str) -> None:
    repository = settings.repo_url.rstrip("/")
    assert hosts.name_of(settings) == name
    assert hosts.edit(settings, "x/y z.yml") == repository + edit
    assert hosts.new(settings) == repository + new
    assert hosts.history(settings, "x").startswith(f"{repository}/")


@pytest.mark.parametrize(
    "address", ["https://forge.example/a/b", "https://github.com.evil.example/a/b", "", "git@github.com:a/b"]
)
def test_a_host_that_is_not_known_is_not_guessed(address: str) -> None:
    settings = at(address)
    assert hosts.host_of(settings) is None
    assert hosts.edit(settings, "x") == hosts.history(settings, "x") == hosts.new(settings) == ""
    assert hosts.name_of(settings) == ""
    assert hosts.issue(settings, "correction.yml", "t", {}) == ""


def test_only_hosts_that_fill_a_new_file_are_said_to() -> None:
    filled = {kind for kind, host in hosts.HOSTS.items() if host.new_contents}
    assert filled == {"github", "forgejo"}


def test_the_configuration_names_the_host_and_nothing_else(tmp_path: Path) -> None:
    def configured(host: Any) -> Settings:
        config: Any = SimpleNamespace(
            extra={"archive": {"host": host}}, site_name="", repo_url="https://forge.example/a/b", site_url=""
        )
        return plugin.settings(config)

    assert hosts.name_of(configured("forgejo")) == "Forgejo"
    assert configured(None).host == ""
    with pytest.raises(ConfigurationError, match=r"extra\.archive\.host: 'sourceforge' is none of github, gitlab"):
        configured("sourceforge")


# Suggest a correction


def velm(tmp_path: Path, settings: Settings) -> dict[str, str]:
    made = archive(
        tmp_path, DOCS, works("a-work"), place("velm", name="Velm & Co?"), article("first", "Shells fell on Velm."),
    )  # fmt: skip
    return {page.path: page.html for page in pages.pages(resolve(load(made.root)), settings)}


def links(html: str, section: str) -> list[str]:
    part = html[html.index(f'id="{section}"') :]
    return [link.replace("&amp;", "&") for link in re.findall(r'href="([^"]+)"', part[: part.index("</section>")])]


def test_every_page_of_a_record_suggests_a_correction(tmp_path: Path) -> None:
    edit, issue, mail, how = links(velm(tmp_path, SETTINGS)["places/velm.md"], "correct")
    assert edit == f"https://github.com/a/b/edit/main/{FILE}"
    asked = parse_qs(urlsplit(issue).query)
    assert issue.startswith("https://github.com/a/b/issues/new?")
    title = "Velm & Co?"
    assert asked == {"template": ["correction.yml"], "title": [f"Correction: {title}"], "page": [f"{title} ({FILE})"]}
    letter = parse_qs(urlsplit(mail).query)
    assert unquote(urlsplit(mail).path) == "editors@archive.example"
    assert letter["subject"] == ["Correction: Velm & Co?"]
    assert f"### Page\r\n\r\nVelm & Co? ({FILE})\r\n\r\n### The words as they stand" in letter["body"][0]
    assert "pseudonym" in letter["body"][0]
    assert how == "../contribute/index.html"


def test_the_prefilled_fields_are_fields_of_the_forms() -> None:
    def fields(name: str) -> dict[str, str]:
        body = yaml.safe_load(read(f".github/ISSUE_TEMPLATE/{name}"))["body"]
        return {field["id"]: field["attributes"]["label"] for field in body if "id" in field}

    assert fields("annotation.yml") == contributing.FIELDS
    assert tuple(contributing.FIELDS.values()) == LABELS
    assert contributing.CORRECTION.items() <= fields("correction.yml").items()


@pytest.mark.parametrize(
    ("repository", "title", "text"),
    [("https://codeberg.org/a/b", "title", "body"), ("https://gitlab.com/a/b", "issue[title]", "issue[description]")],
)
def test_other_hosts_take_the_form_as_text(tmp_path: Path, repository: str, title: str, text: str) -> None:
    _, issue, _, _ = links(velm(tmp_path, at(repository))["places/velm.md"], "correct")
    given = parse_qs(urlsplit(issue).query)
    assert given[text] == [f"### Page\n\nVelm & Co? ({FILE})"]
    assert given[title][0].startswith("Correction: ")


def test_without_a_known_host_the_repository_and_the_letter_remain(tmp_path: Path) -> None:
    html = velm(tmp_path, at("https://forge.example/a/b"))["places/velm.md"]
    assert links(html, "correct")[0] == "https://forge.example/a/b"
    assert "edit it and propose the change" in readable(html)
    alone = velm(tmp_path / "x", at(""))["places/velm.md"]
    assert [link.partition(":")[0] for link in links(alone, "correct")] == ["mailto", "../contribute/index.html"]
    assert "write to" in readable(velm(tmp_path / "y", at("", contact="the editors"))["places/velm.md"])


# The form on an article's page


def test_the_form_knows_the_article_its_version_and_the_host(tmp_path: Path) -> None:
    made = archive(tmp_path, DOCS, article("first", "Shells fell.", title='A "title" <b>'))
    graph = resolve(load(made.root))
    draft = Draft(Site(graph, SETTINGS), "articles/first")
    given = contributing.form(draft, graph.archive.articles["first"].record, digest("Shells fell."))
    assert given == {
        "article": "first", "title": 'A "title" <b>', "sha-body": digest("Shells fell."),
        "sha-title": digest('A "title" <b>'), "host": "GitHub", "repository": "https://github.com/a/b",
        "new": "https://github.com/a/b/new/main", "new-name": "filename", "new-contents": "value",
        "issue": "https://github.com/a/b/issues/new", "issue-title": "", "issue-text": "",
        "mail": "editors@archive.example", "how": "../contribute/annotate.html", "works": "../bibliography.html",
        "publish": "full", "most": "",
    }  # fmt: skip
    html = next(page.html for page in pages.pages(graph, SETTINGS) if page.path == "articles/first.md")
    assert 'data-title="A &#34;title&#34; &lt;b&gt;"' in html


def test_an_article_can_be_annotated_without_a_script(tmp_path: Path) -> None:
    html = velm(tmp_path, SETTINGS)["articles/first.md"]
    issue, mail, how = links(html, "annotate")
    assert parse_qs(urlsplit(issue).query) == {
        "template": ["annotation.yml"], "title": ["Annotation: First"], "article": ["first"],
    }  # fmt: skip
    assert read_form(parse_qs(urlsplit(mail).query)["body"][0], "a letter") == {"Article": "first"}
    assert how == "../contribute/annotate.html"
    seen = readable(html)
    for words in ("becomes public", "can be punished", "a pseudonym or none", "no private person"):
        assert words in seen


@pytest.mark.parametrize("contact", ["https://archive.example/write", "the editors", ""])
def test_a_contact_that_is_no_address_for_mail_gets_no_letter(contact: str) -> None:
    assert contributing.mail(contact, "Subject", "Text") == ""


# What runs in the page


def test_ids_are_drawn_from_the_generator_for_secrets_alone() -> None:
    scripts = {path.name: path.read_text("utf-8") for path in ASSETS.glob("*.js")}
    assert "crypto.getRandomValues" in scripts["annotation.js"]
    assert [name for name, text in scripts.items() if "Math.random" in text] == []


NEVER = (
    "fetch(", "XMLHttpRequest", "sendBeacon", "WebSocket", "localStorage", "sessionStorage", "innerHTML", "window.open",
    ".submit()", "eval(", "document.cookie",
)  # fmt: skip


def test_the_form_sends_nothing_and_keeps_nothing() -> None:
    for name in ("annotation.js", "proposing.js", "annotating.js", "contribute.js"):
        text = (ASSETS / name).read_text("utf-8")
        for word in NEVER:
            assert word not in text, f"{name}: {word}"


# The workflow


def workflow() -> dict[str, Any]:
    data = yaml.safe_load(read(WORKFLOW))
    return {"on" if key is True else key: value for key, value in data.items()}


def steps() -> dict[str, dict[str, Any]]:
    return {step.get("name", step.get("uses")): step for step in workflow()["jobs"]["propose"]["steps"]}


@pytest.mark.parametrize("schema", ["vendor.github-workflows", "custom.github-workflows-require-timeout"])
def test_the_workflow_is_valid(schema: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, WORKFLOW],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def test_the_workflow_runs_on_a_word_of_an_editor_with_the_least_it_needs() -> None:
    data = workflow()
    job = data["jobs"]["propose"]
    assert data["on"] == {"issues": {"types": ["labeled"]}}
    assert data["permissions"] == {"contents": "read"}
    assert job["permissions"] == {"contents": "write", "pull-requests": "write"}
    assert "github.event.label.name == 'accepted'" in job["if"]
    assert all(re.fullmatch(r"actions/[a-z-]+@v\d+", step["uses"]) for step in job["steps"] if "uses" in step)
    tokens = [name for name, step in steps().items() if "GH_TOKEN" in step.get("env", {})]
    assert tokens == ["Ask whether whoever set the label may write here", "Propose it"]
    assert "secrets." not in read(WORKFLOW)


def test_what_the_form_holds_is_part_of_no_command() -> None:
    for step in steps().values():
        assert "${{" not in step.get("run", "")
        assert set(step.get("env", {}).values()) <= {"${{ github.token }}"}


HOSTILE = "### Article\n\n$(touch pwned) `touch pwned` ${{ 1 }} \"'; touch pwned\n\n### Your note\n\n\\n %s ::error::x"


def test_the_form_reaches_the_command_as_it_was_written(tmp_path: Path) -> None:
    event = {"issue": {"body": HOSTILE, "number": 7}, "sender": {"login": "someone"}}
    (tmp_path / "event.json").write_text(json.dumps(event), "utf-8")
    env = {"PATH": os.environ["PATH"], "GITHUB_EVENT_PATH": str(tmp_path / "event.json"), "RUNNER_TEMP": str(tmp_path)}
    if subprocess.run(["which", "jq"], capture_output=True, check=False).returncode:
        pytest.skip("no jq here")
    run = steps()["Take the form as it was accepted"]["run"]
    subprocess.run(["bash", "-ec", run], env=env, cwd=tmp_path, check=True)
    assert (tmp_path / "form.md").read_text("utf-8") == HOSTILE
    assert not (tmp_path / "pwned").exists()


@pytest.mark.parametrize(("permission", "status"), [("admin", 0), ("write", 0), ("read", 1), ("none", 1), ("", 1)])
def test_a_label_of_somebody_who_may_not_write_counts_for_nothing(tmp_path: Path, permission: str, status: int) -> None:
    (tmp_path / "event.json").write_text(json.dumps({"sender": {"login": "someone"}}), "utf-8")
    for name, text in (("gh", f"echo {permission}"), ("jq", "echo someone")):
        (tmp_path / name).write_text(f"#!/bin/sh\n{text}\n", "utf-8")
        (tmp_path / name).chmod(0o755)
    env = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "GITHUB_EVENT_PATH": str(tmp_path / "event.json"),
           "GITHUB_REPOSITORY": "a/b"}  # fmt: skip
    run = steps()["Ask whether whoever set the label may write here"]["run"]
    assert subprocess.run(["bash", "-ec", run], env=env, capture_output=True, check=False).returncode == status


# What the pages about contributing promise


def test_every_form_and_page_says_what_becomes_public() -> None:
    forms = [f".github/ISSUE_TEMPLATE/{name}.yml" for name in ("annotation", "correction", "name", "new-article")]
    for name in (*forms, "docs/contribute/annotate.md", "CONTRIBUTING.md"):
        text = read(name).lower()
        assert all(word in text for word in ("public", "account", "time", "copies", "punished", "e-mail")), name


def test_the_page_about_annotating_answers_what_people_ask() -> None:
    text = read("docs/contribute/annotate.md")
    for heading in ("Your safety first", "By e-mail", "What happens next", "Removal", "Licence"):
        assert f"## {heading}\n" in text
    for button in ("Annotate these words", "Preview", "Save the file", "Reply", "Write an e-mail"):
        assert f"**{button}**" in text
        assert any(f'"{button}"' in path.read_text("utf-8") for path in ASSETS.glob("*.js")), button
