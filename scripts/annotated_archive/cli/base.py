"""What all commands share: the group, the options `-C` and `--dry-run`, how findings are printed, checked values."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

import click

from annotated_archive import __version__
from annotated_archive.records.diagnostic import ContentError, Diagnostic, one_line

CONTENT_ERRORS = 1
Command = TypeVar("Command", bound=Callable[..., Any])

in_folder = click.option(
    "-C", "root", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path("."), metavar="DIR",
    help="The archive: a folder that holds archive/, docs/ and mkdocs.yml.",
)  # fmt: skip
dry = click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")


def report(diagnostics: Iterable[Diagnostic]) -> None:
    """Print findings to standard error, one a line."""
    for diagnostic in diagnostics:
        click.echo(str(diagnostic), err=True)


def count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


class _Commands(click.Group):
    """Turns bad content into diagnostics and exit status 1, wherever a command meets it.

    The modules that hold the commands are imported when they are needed: a search needs none of the others.
    """

    modules: tuple[str, ...] = ()
    all_done = False
    """Whether the command that was run has left nothing to be done (see `cli.program`)."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands, by name."""
        for module in self.modules:
            import_module(module)
        return super().list_commands(ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, from its module or from any."""
        for module in self.modules:
            if (command := super().get_command(ctx, cmd_name)) is not None:
                return command
            import_module(module)
        return super().get_command(ctx, cmd_name)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ContentError as error:
            report(error.diagnostics)
            ctx.exit(CONTENT_ERRORS)
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise
            raise click.ClickException(f"{one_line(error.filename or '?', 4096)[1:-1]}: {error.strerror}") from error


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="archive")
def main() -> None:
    """Turn saved news articles into an annotated archive that anyone can read, check and search."""


def checked(kind: Any, wanted: str) -> Callable[[click.Context, click.Parameter, str | None], str | None]:
    """A callback that takes what a record would take."""

    def check(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
        from pydantic import TypeAdapter, ValidationError

        if value is not None:
            try:
                TypeAdapter(kind).validate_python(value)
            except ValidationError:
                raise click.BadParameter(f"{one_line(value)} is not {wanted}.") from None
        return value

    return check


def words(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    """A callback that takes words on one line, and mends the white space between them."""
    from annotated_archive.records.text import FORBIDDEN, composed, crowded

    if value is None:
        return None
    words = composed(" ".join(value.split()))
    if not words or FORBIDDEN.search(words) or crowded(words) is not None:
        raise click.BadParameter(f"{one_line(value)} is not one line of plain text.")
    return words


def taking_in(command: Command) -> Command:
    """The options of commands that take captures in: `--publish`, `--by`, `--yes`."""
    for option in reversed((
        click.option(
            "--publish", type=click.Choice(["full", "excerpt", "metadata"]), default="full", show_default=True,
            help="How much may be published; what may not goes to private/.",
        ),
        click.option(
            "--by", callback=words, metavar="NAME",
            help="A name of yours to publish as who took them in; else nobody is named.",
        ),
        click.option("--yes", is_flag=True, help="Ask nothing on a terminal: take every page in as it is read."),
    )):  # fmt: skip
        command = option(command)
    return command
