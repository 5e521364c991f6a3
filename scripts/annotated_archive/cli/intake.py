"""One run of `archive ingest`: the pages one by one, what is said of each, and the sums at the end."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import click

from annotated_archive.cli.base import count, report
from annotated_archive.cli.laying import table, width, wrapped
from annotated_archive.cli.repairing import grouped, proposed
from annotated_archive.cli.reviewing import Desk, counts, told, unknown_domain
from annotated_archive.cli.sharing import NEAR_WITHHELD, Texts, near_withheld, told_shared
from annotated_archive.ingest import Details, Intake, Page, Taken
from annotated_archive.ingest.article import outlet_at
from annotated_archive.ingest.batch import Accepted, Decision, Outcome, Skipped, Tally, run
from annotated_archive.ingest.captures import still_published
from annotated_archive.ingest.reading import Doubt
from annotated_archive.ingest.repairs import MAX_REPAIRS, Repair, Words, repairs
from annotated_archive.records.diagnostic import ContentError, Diagnostic, one_line
from annotated_archive.reuse import Found
from annotated_archive.reuse.remembered import index


class Session:
    """What a run knows of itself. `asked`: an editor decides on each page; else every page is taken as it is read.

    `decided`: the editor has said how much may be published of these pages.
    """

    def __init__(
        self, intake: Intake, details: Details, files: int, *, asked: bool, dry_run: bool, decided: bool = False
    ) -> None:
        self.intake = intake
        self.details = details
        self.tally = Tally()
        self._files = files
        self._asked = asked
        self._dry_run = dry_run
        self._decided = decided
        self._progress = sys.stderr.isatty() and not asked and files > 1
        self._rows: list[tuple[str, ...]] = []
        self._said: list[str] = []
        self._repairs: list[Repair] = []
        self._domains: Counter[str] = Counter()
        self._left = 0
        self._turned_down = ""
        self._known: tuple[Texts, Words] | None = None
        self._shared = Found()
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
            decision = self._desk.review(page, self._place())
            self._left = self._files - self.tally.files + 1 if decision == "quit" else 0
            self._turned_down = page.name if decision == "skip" else ""
            return decision
        taken = self._take(page, details)
        kept_back = [doubt for doubt in taken.result.doubts if doubt.rule == NEAR_WITHHELD]
        if kept_back and not self._decided:
            raise ContentError(*(Diagnostic(page.name, 1, 1, one.rule, one.message, one.mend) for one in kept_back))
        self._said, self._repairs = self._about(taken)
        return Accepted(taken, self._beside(taken, [repair for repair in self._repairs if repair.sure]))

    def _place(self) -> str:
        return f"{self.tally.files} of {self._files}"

    def _clear(self) -> None:
        if self._progress:
            click.echo("\r\x1b[K", nl=False, err=True)

    def _take(self, page: Page, details: Details) -> Taken:
        """What a page would become, with a doubt where it would publish most of a text that is withheld."""
        taken = self.intake.take(page, details)
        self._shared = Found() if taken.capture > 1 else self._read()[0].against(taken.result.body)
        if taken.result.article.rights.publish != "full":
            return taken
        articles, bodies = self.intake.archive.articles, self.intake.bodies
        kept_back = {one: text for one, text in bodies.items() if articles[one].record.rights.publish != "full"}
        doubts = (*taken.result.doubts, *near_withheld(self._shared, taken.result.body, kept_back))
        return replace(taken, result=replace(taken.result, doubts=doubts))

    def _read(self) -> tuple[Texts, Words]:
        """The texts and the words of the archive, which are read when the first new page is there."""
        if self._known is None:
            names = (
                form
                for file in self.intake.archive.entities.values()
                for form in (file.record.name, *(name.text for name in file.record.names), *file.record.forms)
            )
            archive, bodies = self.intake.archive, self.intake.bodies
            read = {name: file for name, file in archive.articles.items() if file.path in archive.digests}
            digests = {name: archive.digests[file.text_file or file.path] for name, file in read.items()}
            known = index(digests, lambda name: read[name].body, archive.build / "reuse")
            others = {name: body for name, body in bodies.items() if not (name in read and read[name].body)}
            self._known = Texts(others, known), Words(names, bodies.values())
        return self._known

    def _about(self, taken: Taken) -> tuple[list[str], list[Repair]]:
        """What an editor should know of a page beside its doubts, and the repairs that are proposed."""
        known, article = taken.result.details, taken.result.article
        said = []
        if article.date is None:
            said.append("No date: the text does not give one. Add --date and --date-source if you know it.")
        if known.source and known.source not in self.intake.archive.entities:
            said.append(f"There is no archive/authority/actors/{known.source}.yml yet: write it before the check.")
        if taken.capture > 1:
            return said, []
        _, words = self._read()
        said += told_shared(self._shared)
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
            self._line(f"{outcome.name}: already in the archive as {outcome.article}; nothing changed.")
            record = self.intake.archive.articles[outcome.article or ""].record
            if doubt := still_published(record, self.details.publish):
                self._line(f"  {said_of(doubt)}")
            if record.source is None and (outlet := outlet_at(record.url, self.intake.outlets)):
                path = f"archive/articles/{record.id}.md"
                self._line(f"  Its outlet is known now: write `source: {outlet}` in place of `source: null` in {path}.")
        elif outcome.kind == "skipped" and outcome.name != self._turned_down:
            self._line(f"{outcome.name}: skipped by an editor before; --again asks anew.")
        elif accepted and outcome.kind == "capture":
            verb = "would be" if self._dry_run else "is now"
            number = accepted.taken.capture
            self._line(f"{outcome.name}: the same text as {outcome.article}; {verb} its capture {number}.")
            self._say_doubts(accepted.taken, [])
        elif accepted:
            texts, words = self._read()
            texts.add(accepted.taken.article, accepted.taken.result.body)
            words.add(accepted.taken.result.body)
            self._say_article(outcome.name, accepted.taken, len(accepted.beside))

    def _line(self, line: str) -> None:
        """Say something: on a terminal where an editor reads along, wrapped at its words."""
        click.echo(wrapped(line, 2 + len(line) - len(line.lstrip())) if self._asked else line)

    def _say_article(self, name: str, taken: Taken, notes: int) -> None:
        result = taken.result
        spans, proposals = len(result.ledger.spans), len(result.ledger.proposals)
        verb = "would become" if self._dry_run else "is now"
        self._line(
            f"{name}: {verb} archive/articles/{taken.article}.md"
            f" ({spans} spans in the ledger{f', {proposals} proposed' if proposals else ''})."
        )
        article = result.article
        self._domains.update(filter(None, [unknown_domain(result.details)]))
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
        self._say_doubts(taken, self._said)
        for same in [] if self._asked else grouped(self._repairs):
            what = "Proposed in a note" if same[0].sure else "Perhaps damaged, and not proposed"
            click.echo(f"  {what}: {told(same[0])}")

    def _say_doubts(self, taken: Taken, said: list[str]) -> None:
        """What there is to know of a page, unless an editor has seen it on the screen."""
        if not self._asked:
            for line in (*said, *map(said_of, taken.result.doubts)):
                click.echo(f"  {line}")

    def summary(self) -> None:
        """The domains of no outlet, the table of what was taken in, and the sums, which a single page needs not."""
        self._sums()
        if self._left:
            click.echo(f"{count(self._left, 'file')} left: run the same command to go on.")

    def _say_domains(self) -> None:
        if self._domains:
            mend = "give --source, or write them under `domains` in the outlet's file (archive/authority/actors/ID.yml)"
            self._line(f"No outlet has these domains: {mend}.")
            for domain, pages in self._domains.most_common():
                click.echo(f"  {domain}: {count(pages, 'page')}")

    def _sums(self) -> None:
        tally = self.tally
        self._say_domains()
        if tally.pages + tally.unread < 2 and not self._asked:
            return
        if self._rows:
            click.echo()
            head = ("Article", "Date", "Outlet", "Language", "Blocks", "Doubts", "Notes")
            for line in table([head, *self._rows], width() - 1 if sys.stdout.isatty() else None):
                click.echo(line)
        unread = f", {tally.unread} of them without a page" if tally.unread else ""
        forms = f", beside {count(tally.forms, 'other form')} of the same pages" if tally.forms else ""
        click.echo(f"\n{count(tally.files, 'file')}{unread}{forms}: {count(tally.pages, 'page')}.")
        nothing = " Nothing was written." if self._dry_run else ""
        self._line(
            f"{count(tally.articles, 'new article')}, {count(tally.captures, 'further capture')} of known texts,"
            f" {tally.known} already there, {tally.skipped} skipped, {tally.refused} refused.{nothing}"
        )
        if tally.faults:
            rules = ", ".join(f"{rule} {number}" for rule, number in sorted(tally.faults.items()))
            self._line(f"What was wrong, by rule: {rules}.")


def said_of(doubt: Doubt) -> str:
    """A doubt in a line."""
    return f"{doubt.rule} {one_line(doubt.message, 1000)[1:-1]}. {doubt.mend}"
