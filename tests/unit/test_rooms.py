"""The rooms of the program: who may know whom, how long a module may grow, and that the core reaches no network."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import annotated_archive

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "scripts"
PACKAGE = Path(annotated_archive.__file__).parent
MODULES = sorted(SCRIPTS.rglob("*.py"))
MAX_LINES = 400
# `site` serves pages on this machine; nothing else has a reason to open a connection.
OFFLINE = [
    "records", "store", "ingest", "names", "reuse", "anchor", "claims", "graph", "exports", "pages", "search", "check",
    "harvest", "cli",
]  # fmt: skip
NETWORK = {"urllib", "urllib3", "http", "requests", "httpx", "aiohttp", "socket", "ssl", "ftplib", "smtplib", "asyncio"}
NETWORK_EXCEPT = {"urllib.parse"}


def imported(path: Path) -> set[str]:
    """The full names of all modules that a module imports, anywhere in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


def offline_modules() -> list[Path]:
    """Every module of the rooms that work without a network."""
    return sorted(
        path
        for room in OFFLINE
        for path in ([PACKAGE / room] if room.endswith(".py") else (PACKAGE / room).rglob("*.py"))
    )


def test_the_contracts_between_the_rooms_hold() -> None:
    # In a process of its own: the linter switches off the loggers of whoever calls it.
    program = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(SCRIPTS)},
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Contracts: 2 kept, 0 broken." in done.stdout


def test_every_room_is_under_a_contract() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    layers = {name.strip() for layer in contracts[0]["layers"] for name in layer.split("|")}
    rooms = {
        f"annotated_archive.{path.stem}"
        for path in PACKAGE.iterdir()
        if path.name != "__init__.py" and (path.suffix == ".py" or (path / "__init__.py").exists())
    }
    assert layers == rooms


def test_modules_can_be_read_in_one_sitting() -> None:
    lengths = {path.relative_to(SCRIPTS).as_posix(): len(path.read_text("utf-8").splitlines()) for path in MODULES}
    assert {name: length for name, length in lengths.items() if length > MAX_LINES} == {}


def test_modules_say_what_they_are_for() -> None:
    silent = [path for path in MODULES if not ast.get_docstring(ast.parse(path.read_text("utf-8")))]
    assert [path.relative_to(SCRIPTS).as_posix() for path in silent] == []


def test_no_way_out_to_a_network() -> None:
    reaching = {
        f"{path.relative_to(PACKAGE).as_posix()}: {name}"
        for path in offline_modules()
        for name in imported(path)
        if name.split(".")[0] in NETWORK and not any(f"{name}.".startswith(f"{fine}.") for fine in NETWORK_EXCEPT)
    }
    assert reaching == set()


def test_the_rooms_are_all_there() -> None:
    assert {path.parts[len(PACKAGE.parts)] for path in offline_modules()} == set(OFFLINE)


def test_mkdocs_is_not_needed_to_check_an_archive(tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    program = (
        "import sys; sys.modules['mkdocs'] = sys.modules['material'] = None\n"
        "from annotated_archive.cli import main; main(['check', '-C', sys.argv[1]])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, cwd=SCRIPTS, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (
        0,
        "0 articles, 0 authority files, 0 works: no errors.\n",
        "",
    )
