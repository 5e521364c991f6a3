"""The commands for annotations: make one, find their words again, and write every record in one form."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from annotated_archive.cli.base import CONTENT_ERRORS, count, dry, in_folder, main, report
from annotated_archive.records.diagnostic import ContentError, Diagnostic, one_line

if TYPE_CHECKING:
    from annotated_archive.records.annotation import Annotation
    from annotated_archive.store import Archive

_TEXTS = ("archive/annotations/", "archive/articles/", "archive/ledgers/", "private/")
"""Where words of annotations stand: what cannot be read there says nothing about them."""


@main.command()
@click.argument("article", required=False, metavar="[ARTICLE]")
@click.argument("words", required=False, metavar="[WORDS]")
@click.option(
    "--kind", type=click.Choice(["note", "correction", "question", "link", "claim"]),
    help="What it is; note, where neither this nor the form says it. A claim is written in an editor.",
)
@click.option("--body", metavar="TEXT", help="What you want to say, in Markdown; - reads it from standard input.")
@click.option("--cite", multiple=True, metavar="ID", help="A work or article it rests on; may be repeated.")
@click.option("--name", metavar="NAME", help="Name to show; Anonymous, where neither this nor the form gives one.")
@click.option(
    "--part", type=click.Choice(["body", "title", "ledger"]),
    help="Where the words stand (ledger: what was set aside); else the first of these that holds them.",
)
@click.option("--prefix", metavar="TEXT", help="Words right before them, where they stand more than once.")
@click.option("--near", type=click.IntRange(min=1), metavar="N", help="Number of the paragraph they stand in.")
@click.option("--reply", metavar="ID", help="Answer this annotation of the article, in place of words.")
@click.option("--form", metavar="FILE", help="Take everything not given here from an issue form; - is standard input.")
@dry
@in_folder
def annotate(
    article: str | None, words: str | None, kind: str | None, body: str | None, cite: tuple[str, ...], name: str | None,
    part: str | None, prefix: str | None, near: int | None, reply: str | None, form: str | None,
    dry_run: bool, root: Path,
) -> None:  # fmt: skip
    """Make an annotation of exact words of an article; without words, of the article as a whole."""
    from annotated_archive.anchor import annotate as making
    from annotated_archive.anchor.form import read_form
    from annotated_archive.check.rights import beyond_share
    from annotated_archive.records.annotation import Target
    from annotated_archive.store import annotation_path, annotation_text, load, private, write_if_changed

    if kind == "claim":
        raise click.UsageError(
            "A claim has fields of its own: copy a claim from archive/annotations in an editor that knows YAML; the"
            " schema named in its first line completes the fields. Then run `archive fmt` and `archive reanchor`."
        )
    if not form and not article:
        raise click.UsageError("Name the article, or give --form.")
    if form == "-" and body == "-":
        raise click.UsageError("Standard input can be the form or the body, not both.")
    archive = load(root, private=True)
    source = None if form is None else "standard-input" if form == "-" else one_line(form, 4096)[1:-1]
    wish = making.from_form(read_form(_input(form), source), archive) if form and source else making.Wish()
    asked = {
        "article": article, "exact": words, "prefix": prefix, "paragraph": near, "kind": kind, "name": name,
        "body": _input("-") if body == "-" else body, "cite": cite or None, "part": part, "reply": reply,
    }  # fmt: skip
    wish = replace(wish, **{key: value for key, value in asked.items() if value is not None})  # type: ignore[arg-type]
    if not wish.body:
        raise click.UsageError("Say something with --body.")
    if words is not None and not words.strip():
        raise click.UsageError("The words are empty: leave them out to annotate the article as a whole.")
    file = making.article_of(archive, wish, source)
    if wish.reply and wish.exact:
        raise click.UsageError("A reply is about an annotation: give words, or --reply, not both.")
    if wish.reply:
        target, about = making.answered(archive, wish, source)
    elif wish.exact:
        places = making.find(archive, file, wish)
        if len(places) > 1 and not _terminal():
            raise making.doubled(file, places)
        target, about = places[_ask([about for _, about in places]) if len(places) > 1 else 0]
    else:
        target, about = Target(), "the article as a whole"
    record = making.make(archive, wish, target, source)
    if dry_run:
        click.echo(annotation_text(record), nl=False)
        return
    parent = archive.annotations.get(target.annotation or "")
    sealed = file.record.rights.publish == "metadata" and bool(target.exact) and target.part != "title"
    secret = sealed or bool(parent and parent.path.startswith(f"{private.FOLDER}/"))
    path = private.annotation_path(record) if secret else annotation_path(record)
    write_if_changed(root / path, annotation_text(record).encode())
    click.echo(path)
    if secret:
        why = "Of this article nothing may be quoted" if sealed else "What it answers is kept private"
        click.echo(f"On {about}. {why}: the file stays in {private.FOLDER}/.", err=True)
        return
    if beyond := beyond_share(file, [*_public(archive, file.record.id), record]):
        report([beyond])
        click.echo(f"On {about}. `archive check` will refuse it: too much of this article is quoted.", err=True)
        return
    click.echo(f"On {about}. Next: run `archive check`, then commit the file and open a pull request.", err=True)


def _public(archive: Archive, article: str) -> Iterator[Annotation]:
    """The annotations of an article that are published."""
    for file in archive.annotations.values():
        if file.record.article == article and file.path.startswith("archive/"):
            yield file.record


def _terminal() -> bool:
    """Whether there is a person to ask."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _ask(shown: list[str]) -> int:
    """The place that a person chooses, from 0."""
    for number, place in enumerate(shown, 1):
        click.echo(f"{number:3}  {place}", err=True)
    chosen: int = click.prompt("Which of them", type=click.IntRange(1, len(shown)), err=True)
    return chosen - 1


def _input(name: str) -> str:
    """The text of a file or of standard input, which may hold anything."""
    from annotated_archive.anchor.form import MAX_FORM

    where = "standard-input" if name == "-" else one_line(name, 4096)[1:-1]
    if name == "-":
        data = sys.stdin.buffer.read(8 * MAX_FORM)
    else:
        with Path(name).open("rb") as file:
            data = file.read(8 * MAX_FORM)
    try:
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError:
        raise ContentError(Diagnostic(where, 1, 1, "TEXT-ENCODING", "not UTF-8", "Save it as UTF-8.")) from None


@main.command()
@click.argument("paths", nargs=-1, metavar="[PATH...]")
@dry
@in_folder
def fmt(paths: tuple[str, ...], dry_run: bool, root: Path) -> None:
    """Write records in their canonical form: all, or those at or below each PATH. Texts are left alone."""
    from annotated_archive.store import write_if_changed
    from annotated_archive.store.canonical import formatted, record_files

    names = record_files(root, [path.removeprefix("./").rstrip("/") for path in paths])
    if paths and not names:
        raise click.UsageError(f"There is no record at {one_line(paths[0])}: give a path such as archive/annotations.")
    changed, failed = 0, False
    for name in names:
        try:
            file = formatted(root, name)
        except ContentError as error:
            report(error.diagnostics)
            failed = True
            continue
        if file.canonical != file.text:
            changed += 1
            if not dry_run:
                write_if_changed(root / name, file.canonical.encode())
            click.echo(f"{one_line(name, 4096)[1:-1]}: {'would change' if dry_run else 'written'}.")
    click.echo(f"{count(len(names), 'file')}; {changed} {'would change' if dry_run else 'changed'}.")
    if failed:
        sys.exit(CONTENT_ERRORS)


@main.command()
@click.argument("articles", nargs=-1, metavar="[ARTICLE...]")
@click.option("--claims", is_flag=True, help="Renew claims too: you have read who says their words in the new text.")
@dry
@in_folder
def reanchor(articles: tuple[str, ...], claims: bool, dry_run: bool, root: Path) -> None:
    """Find the words of annotations again after a text changed: in all articles, or in those named."""
    from annotated_archive.anchor.annotate import Wish, article_of
    from annotated_archive.anchor.reanchor import reanchor as found_again
    from annotated_archive.anchor.reanchor import write
    from annotated_archive.store import load

    archive = load(root, private=True)
    for article in articles:
        article_of(archive, Wish(article), None)
    outcome = found_again(archive, articles or archive.articles, claims)
    unread = [p for p in archive.problems if p.path.startswith(_TEXTS)]
    report([*unread, *outcome.problems])
    reports = [] if dry_run else write(archive, outcome, articles or archive.articles)
    for path in outcome.changed:
        click.echo(f"{path}: {'would change' if dry_run else 'written'}.")
    for one in [*outcome.unread, *outcome.similar, *outcome.lost]:
        click.echo(str(one))
    for path in reports:
        click.echo(f"{path}: what needs a person.")
    waiting = f"{len(outcome.unread)} of claims to read, " if outcome.unread else ""
    click.echo(
        f"{count(outcome.placed, 'target')} placed, {waiting}{len(outcome.similar)} only similar,"
        f" {len(outcome.lost)} unplaced;"
        f" {count(len(outcome.changed), 'file')} {'would change' if dry_run else 'changed'}."
    )
    if unread or outcome.problems:
        sys.exit(CONTENT_ERRORS)
