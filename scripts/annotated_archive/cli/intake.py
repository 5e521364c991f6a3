"""One run of `archive ingest`: the pages one by one, what is said of each, and the sums at the end."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from annotated_archive.cli.base import count, report
from annotated_archive.cli.repairing import proposed
from annotated_archive.cli.reviewing import Desk, counts, outlet_note, told
from annotated_archive.cli.sharing import Texts
from annotated_archive.ingest import Details, Intake, Page, Taken
from annotated_archive.ingest.batch import Accepted, Decision, Outcome, Skipped, Tally, run
from annotated_archive.ingest.repairs import MAX_REPAIRS, Repair, Words, repairs
from annotated_archive.records.diagnostic import one_line


class Session:
    """What a run knows of itself. `asked`: an editor decides on each page; else every page is taken as it is read."""

    def __init__(self, intake: Intake, details: Details, files: int, *, asked: bool, dry_run: bool) -> None:
        self.intake = intake
        self.details = details
        self.tally = Tally()
        self._files = files
        self._asked = asked
        self._dry_run = dry_run
        self._progress = sys.stderr.isatty() and not asked and files > 1
        self._rows: list[tuple[str, ...]] = []
        self._said: list[str] = []
        self._repairs: list[Repair] = []
        self._known: tuple[Texts, Words] | None = None
        self._desk = Desk(self._take, details, self._about, self._beside)

    def run(self, found: Sequence[object], skipped: Skipped) -> bool:
        """Take everything in, and say what came of each page; False if it was broken off from outside."""
        try:
            for outcome in run(self.intake, found, self._decide, skipped, self.tally, dry_run=self._dry_run):
                self._say(outcome)
        except (KeyboardInterrupt, click.Abort):
            click.echo(err=True)
            return False
        finally:
            self._clear()
        return True

    def _decide(self, page: Page) -> Decision:
        details = self.details
        if page.candidate.part and (details.title or details.url):
            raise click.UsageError(f"--title and --url belong to one page, and {one_line(page.path)} can hold several.")
        if self._progress:
            click.echo(f"\r\x1b[K{self._place()}  {page.name[:60]}", nl=False, err=True)
        if self._asked:
            return self._desk.review(page, self._place())
        taken = self._take(page, details)
        self._said, self._repairs = self._about(taken)
        return Accepted(taken, self._beside(taken, self._repairs))

    def _place(self) -> str:
        return f"{self.tally.files} of {self._files}"

    def _clear(self) -> None:
        if self._progress:
            click.echo("\r\x1b[K", nl=False, err=True)

    def _take(self, page: Page, details: Details) -> Taken:
        return self.intake.take(page, details)

    def _read(self) -> tuple[Texts, Words]:
        """The texts and the words of the archive, which are read when the first new page is there."""
        if self._known is None:
            names = (
                form
                for file in self.intake.archive.entities.values()
                for form in (file.record.name, *(name.text for name in file.record.names), *file.record.forms)
            )
            self._known = Texts(self.intake.bodies), Words(names, self.intake.bodies.values())
        return self._known

    def _about(self, taken: Taken) -> tuple[list[str], list[Repair]]:
        """What an editor should know of a page beside its doubts, and the repairs that are proposed."""
        known, article = taken.result.details, taken.result.article
        said = []
        if article.date is None:
            said.append("No date: the text does not give one. Add --date and --date-source if you know it.")
        if known.source and known.source not in self.intake.archive.entities:
            said.append(f"There is no archive/authority/actors/{known.source}.yml yet: write it before the check.")
        if note := outlet_note(known):
            said.append(note)
        if taken.capture > 1:
            return said, []
        texts, words = self._read()
        for shared in texts.against(taken.result.body):
            said.append(f"Shares {count(shared.words, 'word')} with {shared.other}.")
        found = repairs(taken.result.body, words)
        if len(found) > MAX_REPAIRS:
            said.append(f"{len(found)} places look damaged, which is more than slips: look for a better capture.")
            found = []
        return said, found

    def _beside(self, taken: Taken, chosen: list[Repair]) -> dict[str, bytes]:
        return proposed(self.intake.archive, taken, chosen)

    def _say(self, outcome: Outcome) -> None:
        self._clear()
        report(outcome.diagnostics)
        accepted = outcome.accepted
        if outcome.kind == "known":
            click.echo(f"{outcome.name}: already in the archive as {outcome.article}; nothing changed.")
        elif outcome.kind == "skipped" and not self._asked:
            click.echo(f"{outcome.name}: skipped by an editor before; --again asks anew.")
        elif accepted and outcome.kind == "capture":
            verb = "would be" if self._dry_run else "is now"
            number = accepted.taken.capture
            click.echo(f"{outcome.name}: the same text as {outcome.article}; {verb} its capture {number}.")
        elif accepted:
            texts, words = self._read()
            texts.add(accepted.taken.article, accepted.taken.result.body)
            words.add(accepted.taken.result.body)
            self._say_article(outcome.name, accepted.taken, len(accepted.beside))

    def _say_article(self, name: str, taken: Taken, notes: int) -> None:
        result = taken.result
        spans, proposals = len(result.ledger.spans), len(result.ledger.proposals)
        verb = "would become" if self._dry_run else "is now"
        click.echo(
            f"{name}: {verb} archive/articles/{taken.article}.md"
            f" ({spans} spans in the ledger{f', {proposals} proposed' if proposals else ''})."
        )
        article = result.article
        self._rows.append(
            (
                taken.article,
                article.date or "-",
                article.source or "-",
                article.language,
                counts(taken).partition(",")[0],
                str(len(result.doubts)),
                str(notes),
            )
        )
        if self._asked:
            return
        for line in self._said:
            click.echo(f"  {line}")
        for doubt in result.doubts:
            click.echo(f"  {doubt.rule} {one_line(doubt.message, 1000)[1:-1]}. {doubt.mend}")
        for line in dict.fromkeys(told(repair) for repair in self._repairs):
            click.echo(f"  Proposed in a note: {line}")

    def summary(self) -> None:
        """The table of what was taken in, and the sums; of a single page, its own line says it all."""
        tally = self.tally
        if tally.pages + tally.unread < 2 and not self._asked:
            return
        if self._rows:
            click.echo()
            for line in table([("Article", "Date", "Outlet", "Language", "Blocks", "Doubts", "Repairs"), *self._rows]):
                click.echo(line)
        unread = f", {tally.unread} of them without a page" if tally.unread else ""
        forms = f", beside {count(tally.forms, 'other form')} of the same pages" if tally.forms else ""
        click.echo(f"\n{count(tally.files, 'file')}{unread}{forms}: {count(tally.pages, 'page')}.")
        nothing = " Nothing was written." if self._dry_run else ""
        click.echo(
            f"{count(tally.articles, 'new article')}, {count(tally.captures, 'further capture')} of known texts,"
            f" {tally.known} already there, {tally.skipped} skipped, {tally.refused} refused.{nothing}"
        )
        if tally.faults:
            rules = ", ".join(f"{rule} {number}" for rule, number in sorted(tally.faults.items()))
            click.echo(f"What was wrong, by rule: {rules}.")


def table(rows: list[tuple[str, ...]]) -> list[str]:
    """Rows as lines with aligned columns; the first row is the head."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
