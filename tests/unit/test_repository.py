"""The repository as a newcomer meets it: what its documents say exists, and what it pins, licenses and runs holds."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import click
import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from pydantic import BaseModel

from annotated_archive import __version__
from annotated_archive.cli import main
from annotated_archive.records import (
    annotation,
    article,
    authority,
    bibliography,
    claim,
    dates,
    dismissed,
    ledger,
    question,
    yamlio,
)
from annotated_archive.store.archive import validated

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = "docs/contribute/commands.md"
FORMATS = "docs/contribute/formats.md"
FRONT = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "CODE_OF_CONDUCT.md", "LICENSES.md"]
DOCUMENTS = [
    *FRONT,
    ".github/PULL_REQUEST_TEMPLATE.md",
    *sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md")),
]
WORKFLOWS = [".github/workflows/check.yml", ".github/workflows/pages.yml", ".github/workflows/renderers.yml"]
FORMS = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml")
    if path.name != "config.yml"
)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def repository_files() -> Iterator[Path]:
    """All files but those that are generated, installed or kept back."""
    skipped = {".git", ".venv", "build", "site", "private", "node_modules"}
    for entry in sorted(ROOT.iterdir()):
        if entry.name in skipped or entry.name.endswith("_cache") or entry.name.startswith((".site.", ".hypothesis")):
            continue
        for path in [entry] if entry.is_file() else sorted(entry.rglob("*")):
            if path.is_file() and not any(p == "__pycache__" or p.endswith(".egg-info") for p in path.parts):
                yield path


def section(text: str, heading: str) -> str:
    """What stands under a heading, up to the next of its level or above."""
    level = len(heading) - len(heading.lstrip("#"))
    begin = re.search(rf"^{re.escape(heading)}$", text, re.M)
    assert begin, f"there is no heading {heading!r}"
    rest = text[begin.end() :]
    prose = re.sub(r"^```.*?^```", lambda m: "x" * len(m.group()), rest, flags=re.M | re.S)  # "#" begins comments there
    end = re.search(rf"^#{{1,{level}}} ", prose, re.M)
    return rest[: end.start()] if end else rest


def rows(text: str) -> list[list[str]]:
    """The rows of all tables, without their heads."""
    found: list[list[str]] = []
    for table in re.findall(r"(?:^\|.*\|\n)+", text, re.M):
        found += [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]
    return found


def code(text: str) -> list[str]:
    return re.findall(r"`([^`\n]+)`", text)


# What the documents tell people to type


def shell_lines(text: str) -> list[str]:
    blocks = re.findall(r"^```sh\n(.*?)^```", text, re.M | re.S)
    lines = [line.strip() for block in blocks for line in block.replace("\\\n", " ").splitlines()]
    return [line for line in lines if line and not line.startswith("#")]


def typed() -> list[tuple[str, str]]:
    """Every command line in a shell block, and every `archive …` or `make …` in running text, with its document."""
    found = []
    for name in DOCUMENTS:
        text = read(name)
        inline = re.sub(r"^```.*?^```", "", text, flags=re.M | re.S)
        lines = shell_lines(text) + [line for line in code(inline) if line.startswith(("archive ", "make "))]
        found += [(name, line) for line in dict.fromkeys(lines)]
    return found


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z][a-z-]*):", read("Makefile"), re.M))


def try_make(words: list[str]) -> None:
    variables = {word.partition("=")[0] for word in words if "=" in word}
    targets = {word for word in words if "=" not in word}
    assert targets <= make_targets()
    assert all(f"$({variable})" in read("Makefile") for variable in variables)


def program() -> click.Context:
    """The context of the whole program: a command keeps the first help option that it made, so it must be ours."""
    return click.Context(main, **main.context_settings)


def try_archive(words: list[str]) -> None:
    """Parse a command line as the program would, placeholders in capitals taken for small words. Runs nothing."""
    if words[0].startswith("-"):
        assert words[0] in {option for param in main.get_params(program()) for option in param.opts}
        return
    command = main.get_command(click.Context(main), words[0])
    if words[0] == "COMMAND":
        return
    assert command is not None, f"there is no command {words[0]!r}"
    if len(words) == 1:  # named, not called
        return
    arguments = [word.lower() if re.fullmatch(r"[A-Z]+(\.{3})?", word) else word for word in words[1:]]
    arguments = ["." if before == "-C" else word for before, word in zip(["", *arguments], arguments, strict=False)]
    with command.make_context(words[0], arguments, parent=program()):
        pass


@pytest.mark.parametrize(("document", "line"), typed())
def test_what_documents_tell_people_to_type_exists(document: str, line: str) -> None:
    words = shlex.split(line.partition(" > ")[0])
    if words[0] == "make":
        try_make(words[1:])
    elif words[0] == "archive":
        try_archive(words[1:])
    else:
        assert line == "source .venv/bin/activate", f"a command that no test knows, in {document}"


@pytest.mark.parametrize(
    ("line", "error"),
    [("make cake", AssertionError), ("make test CAKE=1", AssertionError), ("archive cake", AssertionError),
     ("archive link --cake", click.NoSuchOption), ("archive generate --dry-run", click.UsageError),
     ("archive check --format cake", click.BadParameter), ("archive --cake", AssertionError)],
)  # fmt: skip
def test_a_command_that_does_not_exist_would_be_found(line: str, error: type[Exception]) -> None:
    words = line.split()
    with pytest.raises(error):
        (try_make if words[0] == "make" else try_archive)(words[1:])


@pytest.mark.parametrize("document", FRONT)
def test_links_of_the_front_documents_lead_somewhere(document: str) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", read(document)):
        if target.startswith(("https://", "mailto:")):
            continue
        path, _, fragment = target.partition("#")
        assert (ROOT / (path or document)).exists(), target
        if fragment:
            headings = re.findall(r"^#+ (.+)$", read(path or document), re.M)
            assert fragment in {re.sub(r"[^\w -]", "", h.lower()).replace(" ", "-") for h in headings}, target


# Make


def test_every_make_target_explains_itself() -> None:
    make = ["make", "-C", str(ROOT), "--no-print-directory"]
    listed = subprocess.run(make, capture_output=True, text=True, check=True)
    assert {line.split()[1] for line in listed.stdout.splitlines()} == make_targets()
    assert {"site", "test", "serve", "bench", "golden", "check", "lint"} <= make_targets()
    assert listed.stderr == ""


def test_make_site_checks_before_it_builds() -> None:
    dry = subprocess.run(["make", "-n", "-C", str(ROOT), "site"], capture_output=True, text=True, check=True).stdout
    assert 0 < dry.index(".venv/bin/archive check") < dry.index(".venv/bin/archive build --strict")


# The lock


LOCKS = ["requirements.lock", "requirements-zim.lock"]


def locked(name: str) -> list[tuple[Requirement, list[str]]]:
    """Every pin of a lock with its hashes. Any line of another form fails."""
    pins: list[tuple[Requirement, list[str]]] = []
    for line in read(name).splitlines():
        if line.startswith("#"):
            continue
        text = line.removesuffix("\\").strip()
        if line.startswith("    --hash="):
            assert re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", text), line
            pins[-1][1].append(text)
        else:
            assert re.match(r"[a-z0-9-]+==\S+( ; .+)?$", text), line
            pins.append((Requirement(text), []))
    return pins


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_pins_everything_by_hash_and_names_no_index(name: str) -> None:
    assert all(hashes for _, hashes in locked(name))
    text = read(name)
    assert "://" not in text
    assert "index-url" not in text and "find-links" not in text and "@ file" not in text
    assert [line for line in text.splitlines() if line.startswith("#")][-1] == "#    make lock"


def test_the_lock_of_everyone_holds_nothing_of_the_extra_under_the_gpl() -> None:
    extra = {canonicalize_name(Requirement(line).name) for line in PROJECT["project"]["optional-dependencies"]["zim"]}
    assert extra.isdisjoint(canonicalize_name(pin.name) for pin, _ in locked("requirements.lock"))


def test_every_dependency_is_in_a_lock_at_a_version_that_it_allows() -> None:
    project = PROJECT["project"]
    wanted = [
        *project["dependencies"],
        # `ner` is for those who have a spaCy model: no target of make installs it.
        *(line for extra, lines in project["optional-dependencies"].items() if extra != "ner" for line in lines),
        *PROJECT["build-system"]["requires"],
    ]
    pins: dict[str, set[str]] = {}
    for pin, _ in (pin for name in LOCKS for pin in locked(name)):
        pins.setdefault(canonicalize_name(pin.name), set()).add(str(pin.specifier).removeprefix("=="))
    for line in wanted:
        requirement = Requirement(line)
        versions = pins.get(canonicalize_name(requirement.name))
        assert versions, f"{requirement.name} is in no lock: run `make lock`"
        assert all(requirement.specifier.contains(version) for version in versions), f"{line}, but {versions}"


# Continuous integration


def lint(schema: str, *names: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *names],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("schema", "names"),
    [
        ("vendor.github-workflows", WORKFLOWS),
        ("custom.github-workflows-require-timeout", WORKFLOWS),
        ("vendor.github-issue-forms", FORMS),
        ("vendor.github-issue-config", [".github/ISSUE_TEMPLATE/config.yml"]),
        ("vendor.citation-file-format", ["CITATION.cff"]),
    ],
)
def test_the_hosts_files_are_valid(schema: str, names: list[str]) -> None:
    assert names
    lint(schema, *names)


def workflow(name: str) -> dict[str, Any]:
    """A workflow. YAML 1.1 reads its key `on` as true; that is put right."""
    data = yaml.safe_load(read(name))
    return {"on" if key is True else key: value for key, value in data.items()}


def steps(name: str) -> list[dict[str, Any]]:
    return [step for job in workflow(name)["jobs"].values() for step in job["steps"]]


@pytest.mark.parametrize("name", WORKFLOWS)
def test_workflows_run_what_exists_and_pin_their_actions(name: str) -> None:
    for step in steps(name):
        if "uses" in step:
            assert re.fullmatch(r"actions/[a-z-]+@v\d+", step["uses"])
        for line in step.get("run", "").splitlines():
            words = line.split()
            if words[0] == "make":
                try_make(words[1:])
            elif words[0].startswith("."):
                assert os.access(ROOT / words[0], os.X_OK)
    assert ".ci/run" in {step.get("run") for step in steps(WORKFLOWS[0])}


def test_proposals_are_looked_at_without_secrets_and_with_leave_to_read_only() -> None:
    check = workflow(WORKFLOWS[0])
    assert "pull_request" in check["on"] and "pull_request_target" not in check["on"]
    assert check["permissions"] == {"contents": "read"}
    assert not any("permissions" in job for job in check["jobs"].values())
    assert "secrets" not in re.sub(r"#.*", "", read(WORKFLOWS[0]))
    kept = [step for step in steps(WORKFLOWS[0]) if step.get("uses", "").startswith("actions/upload-artifact@")]
    assert [step["with"]["path"] for step in kept] == ["build/changes.md", "site/"]


@pytest.mark.parametrize(
    ("contact", "status"),
    [("", 1), ("objections@annotated-archive.example", 1), ("https://annotated-archive.example/", 1),
     ("editors@archive.org.am", 0)],
)  # fmt: skip
def test_nothing_is_published_without_a_contact(contact: str, status: int) -> None:
    build = workflow(WORKFLOWS[1])["jobs"]["build"]
    assert build["env"]["ARCHIVE_CONTACT"] == "${{ vars.ARCHIVE_CONTACT }}"
    first = build["steps"][0]["run"]
    done = subprocess.run(["bash", "-ec", first], env={"ARCHIVE_CONTACT": contact}, capture_output=True, check=False)
    assert done.returncode == status
    assert workflow(WORKFLOWS[1])["jobs"]["deploy"]["needs"] == "build"


def test_the_forms_warn_before_they_ask() -> None:
    assert len(FORMS) >= 4
    for name in FORMS:
        first = yaml.safe_load(read(name))["body"][0]
        assert first["type"] == "markdown"
        assert "form is public" in first["attributes"]["value"], name
    assert yaml.safe_load(read(".github/ISSUE_TEMPLATE/config.yml")) == {"blank_issues_enabled": False}
    template = read(".github/PULL_REQUEST_TEMPLATE.md")
    assert all(word in template for word in ("public", "e-mail", "CC BY 4.0", "MIT"))


# The rooms


def test_contributing_names_every_room_of_the_program() -> None:
    folder = ROOT / "scripts/annotated_archive"
    rooms = {f"{path.name}/" for path in folder.iterdir() if (path / "__init__.py").exists()}
    rooms |= {path.name for path in folder.glob("*.py") if not path.name.startswith("__")}
    text = section(read("CONTRIBUTING.md"), "## The rooms of the program")
    assert {code(row[0])[0] for row in rows(text)} == rooms
    [drawn] = re.findall(r"^```\n(.*)\n```", text, re.M)
    assert re.findall(r"\w+", drawn) == [code(row[0])[0].removesuffix("/").removesuffix(".py") for row in rows(text)]


# Licences, citation, and what must not stand in the repository


def test_licences_and_citation_agree_with_the_project() -> None:
    assert read("LICENSE").startswith("MIT License\n\nCopyright (c) 2026 Annotated Archive contributors\n")
    assert PROJECT["project"]["license"] == "MIT"
    licences = read("LICENSES.md")
    for words in (
        "CC BY 4.0", "GeoNames", "Who's On First", "Natural Earth", "`archive/articles/`", "public domain",
        "Pagefind (MIT)", "`libzim` (GPL)",
    ):  # fmt: skip
        assert words in licences
    citation = yaml.safe_load(read("CITATION.cff"))
    assert (citation["version"], citation["license"]) == (__version__, "MIT")


HOSTS = re.compile(
    "|".join(
        re.escape(".".join(parts))
        for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"), ("crates", "io"),
                      ("debian", "org"), ("proxy", "golang"))
    )
)  # fmt: skip
# Of the folders of a machine only those that people and machines call their own: `/usr/bin/env` is everywhere.
FOLDERS = re.compile(rf"(?<![\w.*}}/-])/(?:{'|'.join(('work', 'tmp', 'root', 'home', 'Users', 'opt'))})/")


def local_names(text: str) -> list[str]:
    """Package indexes, and paths of one machine, that a text names. Addresses of the web may hold such words."""
    return HOSTS.findall(text) + FOLDERS.findall(re.sub(r"https?://\S+", "", text))


def test_no_file_names_a_package_index_or_a_folder_of_somebodys_machine() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in repository_files()
        if ROOT / "archive/originals" not in path.parents  # not ours to change
        for name in local_names(path.read_bytes().decode("utf-8", "replace"))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("text", "count"),
    [("see https://" + ".".join(("files", "pythonhosted", "org")) + "/x", 1), ("in /" + "tmp/x", 1),
     ("(/" + "home/me/x)", 1), ("https://courier.example/work/x", 0), ("docs/work/x", 0), ("#!/usr/bin/env", 0)],
)  # fmt: skip
def test_such_names_would_be_found(text: str, count: int) -> None:
    assert len(local_names(text)) == count


# The documented commands


def option_names(command: click.Command) -> dict[str, click.Option]:
    return {max(p.opts, key=len): p for p in command.params if isinstance(p, click.Option)}


def test_every_command_is_documented_and_no_other() -> None:
    headings = re.findall(r"^## archive (\S+)$", read(COMMANDS), re.M)
    assert sorted(headings) == sorted(main.list_commands(click.Context(main)))


@pytest.mark.parametrize("name", sorted(main.list_commands(click.Context(main))))
def test_every_option_is_documented_with_its_default_and_choices(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command is not None
    text = section(read(COMMANDS), f"## archive {name}")
    documented = {code(row[0])[0]: row[1] for row in rows(text)}
    options = option_names(command)
    assert documented.keys() == options.keys()
    for option, param in options.items():
        words = code(documented[option])
        if isinstance(param.type, click.Choice):
            assert set(map(str, param.type.choices)) <= set(words), option
        if param.show_default:
            assert str(param.default) in words, option


# The documented formats


def keys(*models: type[BaseModel]) -> set[str]:
    """The keys of records as they are written in files."""
    return {info.alias or name for model in models for name, info in model.model_fields.items()}


COMMON = keys(authority.Authority) | {"kind", "type"}


def literals(model: type[BaseModel], *names: str) -> tuple[Any, ...]:
    return tuple(model.model_fields[name].annotation for name in names)


RECORDS: list[tuple[str, set[str], set[str], tuple[Any, ...]]] = [
    # heading; keys of the record, which the first cells name; keys within them; closed lists
    ("## Articles", keys(article.Article), keys(article.Mention, article.Original, article.Rights),
     (article.DateSource, article.BlockKind, *literals(article.Rights, "publish"))),
    ("## Ledgers", keys(ledger.Ledger), keys(ledger.Source, ledger.Found, ledger.Span, ledger.Proposal),
     (article.Container, *literals(ledger.Found, "field", "origin"))),
    ("## Annotations", keys(annotation.Annotation), keys(annotation.Target, annotation.Contributor),
     (*literals(annotation.Annotation, "kind", "status", "license"), *literals(annotation.Target, "part"))),
    ("## Claims", keys(claim.Claim), keys(claim.Subject, claim.Value, claim.Position, claim.Relation),
     (claim.Measure, claim.Category, claim.Stance, *literals(claim.Relation, "type"))),
    ("## Questions", keys(question.Question), set(), ()),
    ("### Keys of every authority file", COMMON,
     keys(authority.NameForm, authority.Context, authority.Fact, authority.Identifiers), ()),
    ("### Places", keys(authority.Place) - COMMON, keys(authority.Location), (authority.PlaceType,)),
    ("### Actors", keys(authority.Actor) - COMMON, keys(authority.Office), (authority.ActorType,)),
    ("### Treaties", keys(authority.Treaty) - COMMON, keys(authority.OfficialText), (authority.TreatyType,)),
    ("### Events", keys(authority.Event) - COMMON, set(), (authority.EventType,)),
    ("## Dismissed names", keys(dismissed.Dismissed), set(), ()),
    ("## Bibliography", keys(bibliography.Work), keys(bibliography.Name),
     (bibliography.WorkType, bibliography.Alignment)),
]  # fmt: skip


@pytest.mark.parametrize(("heading", "own", "inner", "lists"), RECORDS, ids=[record[0] for record in RECORDS])
def test_every_key_is_documented_and_no_other(
    heading: str, own: set[str], inner: set[str], lists: tuple[Any, ...]
) -> None:
    text = section(read(FORMATS), heading)
    assert {key for row in rows(text) for key in code(row[0])} == own
    assert inner | {str(value) for values in lists for value in get_args(values)} <= set(code(text))


@pytest.mark.parametrize(
    ("headings", "model"),
    [(["## Articles"], article.Article), (["## Ledgers"], ledger.Ledger),
     (["## Annotations", "## Claims"], annotation.Annotation), (["## Questions"], question.Question),
     (["## Authority files"], authority.Place), (["## Dismissed names"], dismissed.Dismissed),
     (["## Bibliography"], bibliography.Work)],
)  # fmt: skip
def test_the_examples_hold_and_show_every_key(headings: list[str], model: type[BaseModel]) -> None:
    shown: set[str] = set()
    for heading in headings:
        examples = re.findall(r"^```yaml\n(.*?)^```", section(read(FORMATS), heading), re.M | re.S)
        assert examples
        for example in examples:
            document = yamlio.read(example, FORMATS)
            listed = isinstance(document.data, list)
            validated(model, document, FORMATS, (0,) if listed else ())
            shown |= set(document.data[0] if listed else document.data)
    assert shown == keys(model)


def test_the_documented_dates_read_as_the_site_reads_them() -> None:
    table = rows(section(read(FORMATS), "## What all files share"))
    assert len(table) > 5
    for written, reading in table:
        [text] = code(written)
        assert re.split(r"[,:]", reading)[0] == dates.words(text.strip('"'))
