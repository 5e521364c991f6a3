"""MkDocs as this program runs it: quietly, on a configuration of its own, its ways of giving up made one."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import click

os.environ.setdefault("NO_MKDOCS_2_WARNING", "true")  # Material prints a banner when it is imported

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, MkDocsException


class SiteError(click.ClickException):
    """The site was not built; what was there before is untouched."""


def configure(root: Path, site: Path, *, strict: bool) -> MkDocsConfig:
    """The configuration in `root/mkdocs.yml`, to be built into `site`. Raises as MkDocs does."""
    return load_config(str(root / "mkdocs.yml"), site_dir=str(site), strict=strict)


def run(config: MkDocsConfig, command: Literal["build", "serve"]) -> None:
    """Have MkDocs build; `command` is what it tells its plugins it is doing."""
    config.plugins.on_startup(command=command, dirty=False)
    try:
        mkdocs_build(config)
    finally:
        config.plugins.on_shutdown()


@contextmanager
def mkdocs_session() -> Iterator[None]:
    """Show MkDocs' warnings and errors, not its progress; turn its ways of giving up into SiteError."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(levelname)s: %(message)s"))
    handler.setLevel(logging.WARNING)
    logger = logging.getLogger("mkdocs")
    before = logger.level
    logger.setLevel(logging.WARNING)
    logger.addHandler(handler)
    try:
        yield
    except Abort as error:
        raise SiteError(str(error)) from None
    except ConfigurationError as error:
        raise SiteError(f"mkdocs.yml: {error}") from None
    except MkDocsException as error:
        raise SiteError(str(error)) from error
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)
