"""The command that verifies the custody of the originals, and quotations against a text that is not published."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from annotated_archive.cli.base import CONTENT_ERRORS, count, in_folder, main, report
from annotated_archive.records.diagnostic import ERROR, Diagnostic, one_line


@main.command()
@click.argument("article", required=False)
@click.option("--again", is_flag=True, help="Read all captures again with the programs of today, and compare.")
@click.option(
    "--text", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
    help="A copy of a text: is it the one that is archived (as ARTICLE), and do its quotations stand in it?",
)  # fmt: skip
@in_folder
def verify(article: str | None, again: bool, text: Path | None, root: Path) -> None:
    """Verify that no original has changed, and that every article still follows from its original."""
    if text is not None:
        if again:
            raise click.UsageError("--again and --text are two things: ask for one of them.")
        _verify_text(root, text, article)
    elif article is not None:
        raise click.UsageError("An ARTICLE goes with --text.")
    else:
        _verify_originals(root, again)


def _verify_originals(root: Path, again: bool) -> None:
    from annotated_archive.check import custody, rereading

    archive = custody.read(root)
    captures = rereading.rereadable(archive)
    with _progress(custody.size(archive), "Originals") as advance:
        result = custody.verify(archive, advance)
    problems, same = list(result.problems), 0
    if again:
        with _progress(len(captures), "Captures") as advance:
            same, findings = rereading.read_again(archive, advance)
        problems += findings
    report(problems)
    click.echo(f"{count(result.files, 'original')} read, {result.size:,} bytes.")
    if result.elsewhere:
        click.echo(f"{count(result.elsewhere, 'original')} kept private and not here: not verified.")
    click.echo(
        f"{count(result.captures, 'capture')}: of {result.whole}, article and ledger give back what was read"
        f"{f'; of {result.closed}, the text is not here' if result.closed else ''}."
    )
    if again:
        click.echo(f"{count(same, 'capture')} read again, with the text that was read when it was taken in.")
    elif captures:
        others = count(sum(map(len, captures.values())), "capture")
        click.echo(f"Beside pasted texts {others}: compared with the ledger, and with the original itself by --again.")
    errors = sum(problem.severity == ERROR for problem in problems)
    click.echo(f"{count(errors, 'error') if errors else 'No errors'}.")
    if errors:
        sys.exit(CONTENT_ERRORS)


@contextmanager
def _progress(length: int, label: str) -> Iterator[Callable[[int], object]]:
    """A bar on a terminal, nothing elsewhere; gives what to call with each step done."""
    hidden = not sys.stderr.isatty()
    with click.progressbar(length=length, label=label, file=sys.stderr, hidden=hidden) as bar:
        yield bar.update


def _verify_text(root: Path, file: Path, identifier: str | None) -> None:
    from annotated_archive.check import holder
    from annotated_archive.ingest.decode import MAX_BYTES, decode
    from annotated_archive.records.text import digest
    from annotated_archive.store import load

    shown = one_line(file, 4096)[1:-1]
    with file.open("rb") as stream:
        text = holder.canonical(decode(stream.read(MAX_BYTES + 1), shown).text)
    archive = load(root, private=True)
    if identifier is not None and identifier not in archive.articles:
        raise click.UsageError(f"There is no article {one_line(identifier)}.")
    article = archive.articles[identifier] if identifier is not None else holder.identified(archive, text)
    if article is None:
        report([_not_the_text(shown, f"no article of the archive has this text: its SHA-256 is {digest(text)}",
                              "Name the article, and its quotations are looked for in this copy.")])  # fmt: skip
        sys.exit(CONTENT_ERRORS)
    wanted, of = holder.expected(article), article.record.id
    same = digest(text) == wanted
    if same:
        click.echo(f"{shown} is the text of {of}, to the character: SHA-256 {wanted}, {len(text):,} characters.")
    found = list(holder.quotations(archive, of, text, same=same))
    for one in found:
        click.echo(f"  {one.note.record.id} {one_line(one.exact, 60)}: {one}.")
    right = sum(one.right for one in found)
    click.echo(f"{count(len(found), 'quotation')} of it, {right} found in this copy.")
    wrong = [one for one in found if not one.right]
    if same:
        report(
            Diagnostic(one.note.path, 1, 1, "VERIFY-QUOTATION", f"{one_line(one.exact)}: {one}",
                       "Correct the annotation: it quotes what the text does not say there.")
            for one in wrong
        )  # fmt: skip
    else:
        length = article.record.text.characters if article.record.text else len(article.body)
        report([_not_the_text(
            shown, f"not the text of {of}: its SHA-256 is {digest(text)}, with {len(text):,} characters; the archived "
            f"text has {wanted} and {length:,}",
            "What is found in this copy stands in this copy; what is not may stand in the one that was archived.",
        )])  # fmt: skip
    if wrong or not same:
        sys.exit(CONTENT_ERRORS)


def _not_the_text(file: str, message: str, mend: str) -> Diagnostic:
    return Diagnostic(file, 1, 1, "VERIFY-TEXT", message, mend)
