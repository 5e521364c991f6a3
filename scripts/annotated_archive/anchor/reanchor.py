"""`archive reanchor`: brings targets up to date after a text changed; only what is certain is written.

A claim says who claims what, and what stands before its sentence can decide that. So in a changed text the targets of
claims are certain only to a person, who reads them there and says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from annotated_archive.anchor.parts import parts
from annotated_archive.anchor.propose import Proposal, propose
from annotated_archive.anchor.reading import reading
from annotated_archive.anchor.resolve import Placed, resolve_target
from annotated_archive.anchor.select import target_at
from annotated_archive.records import yamlio
from annotated_archive.records.annotation import Annotation, Target
from annotated_archive.records.base import plain
from annotated_archive.records.diagnostic import ContentError, Diagnostic, one_line
from annotated_archive.records.text import SEPARATOR
from annotated_archive.store import AnnotationFile, Archive, annotation_text, private, read_text, write_if_changed
from annotated_archive.store.canonical import keep_comments

_NO_TEXT = "0" * 64


@dataclass(frozen=True)
class Lost:
    """A target, by its number from 0, whose words have no certain place: why, and where they may have gone.

    `part` is the text that the proposals count in.
    """

    file: AnnotationFile
    number: int
    reason: str
    proposals: tuple[Proposal, ...]
    part: str = field(repr=False)

    @property
    def similar(self) -> bool:
        """Whether a person can choose: a place in which only the spelling of small words differs."""
        return any(proposal.same for proposal in self.proposals)

    def __str__(self) -> str:
        """What a person needs to decide, as Markdown."""
        target = self.file.record.targets[self.number]
        lines = [f"- `{self.file.path}`, target {self.number + 1}: {self.reason}", f"    - was: {_shown(target.exact)}"]
        for proposal in self.proposals:
            start, end = proposal.start, proposal.end
            around = f"{self.part[max(0, start - 60) : start]}[[{self.part[start:end]}]]{self.part[end : end + 60]}"
            differs = "; ".join(proposal.differs) or "only where it stands"
            verdict = f"proposed ({proposal.score:.2f}), differs" if proposal.same else "not the same"
            lines.append(f"    - {verdict}: {one_line(differs, 300)[1:-1]}: {_shown(around)}")
            lines.append("      If these are the words, paste this in place of the old target:")
            lines += ["", *_block(target_at(self.part, start, end, target.part)), ""]
        return "\n".join(lines)


@dataclass(frozen=True)
class Unread:
    """A target of a claim, by its number from 0, whose sentence stands unchanged at [start, end) of a changed text."""

    file: AnnotationFile
    number: int
    start: int
    end: int
    part: str = field(repr=False)

    def __str__(self) -> str:
        """What a person has to read, as Markdown."""
        here = reading(self.part)
        first, last = here.block(self.start, self.end)
        before = here.block(first - len(SEPARATOR), first - len(SEPARATOR))[0] if first else 0
        words = f"{self.part[first : self.start]}[[{self.part[self.start : self.end]}]]{self.part[self.end : last]}"
        number = here.paragraphs(self.start, self.end)[0]
        lines = [f"- `{self.file.path}`, target {self.number + 1}: the words stand there; read who says them now"]
        if first:
            lines.append(f"    - paragraph {number - 1}, before it: {_shown(self.part[before:first], 1000)}")
        return "\n".join([*lines, f"    - paragraph {number}: {_shown(words, 1000)}"])


@dataclass
class Outcome:
    """What `reanchor` found. `changed` maps the paths of annotation files to their new texts."""

    changed: dict[str, str] = field(default_factory=dict)
    placed: int = 0
    unread: list[Unread] = field(default_factory=list)
    similar: list[Lost] = field(default_factory=list)
    lost: list[Lost] = field(default_factory=list)
    problems: list[Diagnostic] = field(default_factory=list)


def reanchor(archive: Archive, articles: Iterable[str], claims: bool = False) -> Outcome:
    """Find every target of the articles' annotations again.

    Certain ones (tiers 1 to 3) get the words as the text has them, their context, position and hash, and lose an
    `unplaced`; those of claims in a changed text only with `claims`, which says that a person has read them there.
    Those with a proposal that says the same are left for a person. All others get `unplaced` and why. Targets in a
    text that is withheld, empty or could not be read are left as they are. Nothing is written.
    """
    outcome = Outcome()
    wanted = set(articles)
    texts: dict[str, dict[str, str]] = {}
    for file in archive.annotations.values():
        article = archive.articles.get(file.record.article or "")
        if article is None or article.record.id not in wanted or file.record.parent:
            continue
        text = texts.setdefault(article.record.id, parts(archive, article))
        brief = article.record.rights.publish != "full"
        targets = [_renewed(file, number, text, outcome, claims, brief) for number in range(len(file.record.targets))]
        if targets == file.record.targets and _set(targets) == _set(file.record.targets):
            continue
        record = Annotation.model_validate({**plain(file.record), "targets": [plain(target) for target in targets]})
        try:
            keep_comments(read_text(archive.root / file.path, file.path), file.document.data, file.path)
        except ContentError as error:
            outcome.problems += error.diagnostics
        else:
            outcome.changed[file.path] = annotation_text(record)
    return outcome


def _renewed(
    file: AnnotationFile, number: int, text: dict[str, str], outcome: Outcome, claims: bool, brief: bool
) -> Target:
    """A target as it should be; `outcome` learns what became of it."""
    target = file.record.targets[number]
    part = text[target.part]
    if target.exact is None or not part:
        return target
    sought = target
    if target.unplaced and target.text_sha256 is None:
        # Nobody vouches for these words any more: only an unchanged sentence brings them back.
        sought = target.model_copy(update={"text_sha256": _NO_TEXT})
    found = resolve_target(part, sought)
    if isinstance(found, Placed):
        other = sought.text_sha256 not in (None, reading(part).sha256)
        if other and file.record.claim and not claims:
            outcome.unread.append(Unread(file, number, found.start, found.end, part))
            return target
        outcome.placed += 1
        return target_at(part, found.start, found.end, target.part, brief and target.part != "title")
    lost = Lost(file, number, found.reason, tuple(propose(part, target)), part)
    if lost.similar and not target.unplaced:
        outcome.similar.append(lost)
        return target
    outcome.lost.append(lost)
    return target if target.unplaced else Target.model_validate({**plain(target), "unplaced": found.reason})


def _set(targets: list[Target]) -> list[set[str]]:
    return [target.model_fields_set for target in targets]


def _shown(words: str | None, most: int = 400) -> str:
    return one_line(" ".join((words or "").split()), most)


def _block(target: Target) -> list[str]:
    """The lines of a target as they stand in a file of an annotation, which is to say two spaces in."""
    return yamlio.write({"targets": [plain(target)]}).splitlines()[1:]


def write(archive: Archive, outcome: Outcome, articles: Iterable[str]) -> list[str]:
    """Write the changed annotations, and for each article a report of what needs a person to build/reanchor.

    That of a withheld text, which it quotes, goes to private/build/reanchor. Returns the paths of the reports. A report
    that has become empty is removed.
    """
    for name, text in outcome.changed.items():
        write_if_changed(archive.root / name, text.encode())
    reports = []
    for article in articles:
        folder = private.BUILD if archive.articles[article].text_file else "build"
        name = f"{folder}/reanchor/{article}.md"
        if text := "".join(_report(article, outcome)):
            write_if_changed(archive.root / name, text.encode())
            reports.append(name)
        else:
            (archive.root / name).unlink(missing_ok=True)
    return reports


def _report(article: str, outcome: Outcome) -> Iterator[str]:
    for heading, found in (
        ("Claims whose words stand there: read who says them, then run `archive reanchor --claims`", outcome.unread),
        ("Similar words: choose, and paste the finished target", outcome.similar),
        ("Lost: marked as unplaced", outcome.lost),
    ):
        mine = [str(one) for one in found if one.file.record.article == article]
        if mine:
            yield f"# {heading}\n\n" + "\n".join(mine) + "\n\n"
