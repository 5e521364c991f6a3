"""Claims: the figure stands in the words that carry it, the claimant's side fits, and relations hold."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cached_property

from annotated_archive.check.figures import numbers
from annotated_archive.check.inputs import Inputs
from annotated_archive.check.memory import Memory
from annotated_archive.check.nearest import Nearest
from annotated_archive.check.places import at, unknown
from annotated_archive.claims.sides import side_of
from annotated_archive.graph import Graph
from annotated_archive.records import dates, yamlio
from annotated_archive.records.authority import Actor, Entity, Event, Place
from annotated_archive.records.claim import Claim
from annotated_archive.records.diagnostic import Diagnostic, one_line
from annotated_archive.records.text import composed
from annotated_archive.store import AnnotationFile

_NO_BODY = {"outlet", "news-agency", "photo-agency", "company", "weapon-system"}
"""Types of actors that do not speak for a side."""
_ALIKE = str.maketrans(dict.fromkeys("’‘ʼ`´", "'") | dict.fromkeys("“”„«»", '"') | dict.fromkeys("‐‑‒–—−", "-"))


def check(
    graph: Graph, names: Collection[str], near: Nearest, inputs: Inputs, memory: Memory
) -> Iterator[Diagnostic]:
    """All findings about the claims among the annotations `names`. `near` suggests ids of authority files, works and
    articles."""
    rules, around = _Rules(graph, near, inputs), inputs.everything_named

    def one(identifier: str) -> Iterator[Diagnostic]:
        file = graph.archive.annotations[identifier]
        claim = file.record.claim
        if claim is not None:
            yield from rules.references(file, claim)
        yield from rules.related(file)
        if claim is None or file.record.status not in ("open", "disputed"):
            return
        yield from rules.words(file, claim)
        yield from rules.stance(file, claim)
        yield from rules.relations(file, claim)

    claims = (name for name in names if graph.archive.annotations[name].kind == "claim")  # others relate to nothing
    units = ((name, ("claim", *around, *inputs.annotations_with([graph.archive.annotations[name]]))) for name in claims)
    yield from memory.units(units, one, ("claims", *around, inputs.annotations))


class _Rules:
    """The rules about one claim, each with the whole archive at hand."""

    def __init__(self, graph: Graph, near: Nearest, inputs: Inputs) -> None:
        self.graph, self.archive, self.near, self.inputs = graph, graph.archive, near, inputs

    def references(self, file: AnnotationFile, claim: Claim) -> Iterator[Diagnostic]:
        """What the claim names exists and is of the right kind."""
        wanted: list[tuple[yamlio.Path, str, tuple[type, ...], str]] = [
            (("claim", "event"), claim.event, (Event,), "an event"),
            (("claim", "claimant"), claim.claimant, (Place, Actor), "a place or an actor"),
        ]
        if claim.subject and claim.subject.side:
            wanted.append((("claim", "subject", "side"), claim.subject.side, (Place, Actor), "a place or an actor"))
        for path, target, kinds, words in wanted:
            entity = self.graph.entities.get(target)
            if entity is None:
                yield unknown(file, path, target, self.near)
            elif not isinstance(entity, kinds):
                yield at(file, path, "REF-KIND", f"{one_line(target)} is not {words}", "Name a record of that kind.")
        for number, target in enumerate(claim.via):
            known = (self.graph.entities, self.archive.works, self.archive.articles)
            if not any(target in records for records in known):
                yield at(
                    file, ("claim", "via", number), "REF-UNKNOWN",
                    f"there is no authority file, work or article {one_line(target)}",
                    f"Mend the id, or write that record.{self.near(target)}",
                )  # fmt: skip
        if claim.position:
            named = claim.position.question
            question = self.archive.questions.get(named)
            path = ("claim", "position", "question")
            if question is None:
                yield at(
                    file, path, "REF-UNKNOWN", f"there is no question {one_line(named)}",
                    f"Mend the id, or add it to archive/questions.yml.{Nearest(self.archive.questions)(named)}",
                )  # fmt: skip
            elif question.event != claim.event:
                yield at(
                    file, path, "CLAIM-QUESTION",
                    f"this question is about {one_line(question.event)}, the claim about {one_line(claim.event)}",
                    "Name a question about the claim's event, or mend `event`.",
                )  # fmt: skip

    def words(self, file: AnnotationFile, claim: Claim) -> Iterator[Diagnostic]:
        """Figure and answer stand in the words that carry them."""
        quoted = [target.exact for target in file.record.targets if target.exact]
        if file.record.article and not quoted:
            yield at(
                file, ("targets",), "CLAIM-WORDS", "a claim of an article without the words that carry it",
                "Give these words as `exact`.",
            )  # fmt: skip
        work = self.archive.works.get(file.record.work or "")
        if work is not None and work.words:
            for number, target in enumerate(file.record.targets):
                if target.exact and not any(_within(target.exact, words) for words in work.words):
                    yield at(
                        file, ("targets", number, "exact"), "CLAIM-WORDS",
                        f"these words are not among the `words` of {one_line(work.id)}",
                        "Copy them from archive/bibliography.yml, or add them there.",
                    )  # fmt: skip
        written = claim.value.as_written if claim.value else claim.position.as_quoted if claim.position else ""
        path = ("claim", "value", "as_written") if claim.value else ("claim", "position", "as_quoted")
        if quoted and not any(_within(written, words) for words in quoted):
            yield at(
                file, path, "CLAIM-WORDS", f"{one_line(written)} does not stand in the words of the target",
                "Copy it from there, letter for letter.",
            )  # fmt: skip
        if claim.value is None:
            return
        value, named = claim.value, numbers(written)
        for name in ("number", "min", "max"):
            amount = getattr(value, name)
            if amount is not None and float(amount) not in named:
                yield at(
                    file, ("claim", "value", name), "CLAIM-DIGITS", f"{amount} does not stand in {one_line(written)}",
                    "Give the figure as the source prints it, and nothing that was calculated.",
                )  # fmt: skip
        if value.min is not None and value.max is not None and value.min > value.max:
            yield at(
                file, ("claim", "value", "max"), "CLAIM-RANGE", f"{value.max} is less than the `min` {value.min}",
                "Mend one of the two.",
            )  # fmt: skip

    def stance(self, file: AnnotationFile, claim: Claim) -> Iterator[Diagnostic]:
        """`stance` says how the claimant stands to those who were lost."""
        claimant = self.graph.entities.get(claim.claimant)
        if claim.stance is None or claim.subject is None or claimant is None:
            return
        side = self.side(claim.claimant)
        lost = self.side(claim.subject.side) if claim.subject.side else None
        problem = None
        if claim.stance == "own-losses" and side != lost:
            problem = f"{one_line(claim.claimant)} does not belong to {one_line(claim.subject.side or 'all sides')}"
        elif claim.stance == "opponent-losses" and (lost is None or side == lost or not _has_side(claimant)):
            problem = f"{one_line(claim.claimant)} is no opponent of {one_line(claim.subject.side or 'all sides')}"
        elif claim.stance == "third-party" and side == lost:
            problem = f"{one_line(claim.claimant)} belongs to {one_line(lost)}"
        if problem:
            yield at(
                file, ("claim", "stance"), "CLAIM-STANCE", problem,
                "Mend `stance`, or who says it (`claimant`) of whom (`subject`).",
            )  # fmt: skip

    def side(self, identifier: str) -> str:
        """The state that an entity belongs to, or else its own id."""
        return side_of(self.graph.entities, identifier)

    def related(self, file: AnnotationFile) -> Iterator[Diagnostic]:
        """Every relation leads to another claim, which was not removed."""
        for number, relation in enumerate(file.record.relations):
            other = self.archive.annotations.get(relation.claim)
            problem = None
            if relation.claim == file.record.id:
                problem = "the claim itself"
            elif other is None:
                problem = f"there is no claim {one_line(relation.claim)}"
            elif other.record.status == "removed":
                problem = f"{one_line(relation.claim)} was removed"
            elif other.record.kind != "claim":
                problem = f"{one_line(relation.claim)} is not a claim"
            if problem:
                yield at(
                    file, ("relations", number, "claim"), "CLAIM-UNKNOWN", problem,
                    f"Mend the id, or take the relation out.{'' if other else self.near_claim(relation.claim)}",
                )  # fmt: skip

    @cached_property
    def near_claim(self) -> Nearest:
        """Suggests ids of claims, by the names of their files: not all files need have been read."""
        return Nearest(sorted(path.stem for path in (self.archive.root / "archive/annotations").rglob("*.yml")))

    def relations(self, file: AnnotationFile, claim: Claim) -> Iterator[Diagnostic]:
        """Relations say what they may say of the two claims."""
        if file.record.id in self.inputs.updating:
            yield at(
                file, ("relations",), "CLAIM-CYCLE", "the claim updates itself, by way of others",
                "The later claim updates the earlier; take the other relation out.",
            )  # fmt: skip
        for number, relation in enumerate(file.record.relations):
            other = self.archive.annotations.get(relation.claim)
            if other is None or other.record.claim is None or relation.claim == file.record.id:
                continue
            earlier = other.record.claim
            problem = None
            if relation.type == "updates":
                problem = self._update(claim, earlier)
            elif relation.type in ("repeats", "confirms"):
                if _matter(claim)[:3] != _matter(earlier)[:3]:
                    problem = "the two claims are about different things"
                elif relation.type == "confirms" and claim.claimant == earlier.claimant:
                    problem = f"both claims are those of {one_line(claim.claimant)}"
            elif claim.event != earlier.event:
                problem = "the two claims are about different events"
            if problem:
                rule = {"updates": "CLAIM-UPDATES", "repeats": "CLAIM-REPEATS", "confirms": "CLAIM-CONFIRMS"}
                yield at(
                    file, ("relations", number, "type"), rule.get(relation.type, "CLAIM-DISPUTES"),
                    f"{relation.type} {one_line(relation.claim)}: {problem}", "Mend the relation, or take it out.",
                )  # fmt: skip

    def _update(self, claim: Claim, earlier: Claim) -> str | None:
        """Why `claim` cannot be a later word on the same thing, if it cannot."""
        if _matter(claim) != _matter(earlier):
            return "an update has the same event, measure, subject and category, or the same question"
        if dates.bounds(claim.as_of)[1] < dates.bounds(earlier.as_of)[0]:
            return f"{claim.as_of} is before {earlier.as_of}"
        hours = [dates.instant(date) for date in (earlier.as_of, claim.as_of)]
        if hours[0] and hours[1] and hours[1] <= hours[0]:
            return f"{claim.as_of} is not later than {earlier.as_of}"
        if claim.claimant == earlier.claimant:
            return None
        bodies = (claim.claimant, earlier.claimant)
        official = all(_is_official(self.graph.entities.get(body)) for body in bodies)
        if not official or self.side(bodies[0]) != self.side(bodies[1]):
            return "only the claimant, or another official body of the same side, can update a figure"
        return None


def _matter(claim: Claim) -> tuple[object, ...]:
    """What a claim is about: event, measure and question; then whose figure it is."""
    question = claim.position.question if claim.position else None
    subject = claim.subject
    return claim.event, claim.measure, question, subject and (subject.side, subject.all, subject.category)


def _has_side(entity: Entity) -> bool:
    return isinstance(entity, Place) or (isinstance(entity, Actor) and entity.side is not None)


def _is_official(entity: Entity | None) -> bool:
    return isinstance(entity, Place) or (isinstance(entity, Actor) and entity.type not in _NO_BODY)


def _within(part: str, whole: str) -> bool:
    """Whether words stand in others; quotation marks, dashes and the width of spaces make no difference."""
    return _plain(part) in _plain(whole)


def _plain(words: str) -> str:
    return re.sub(r"\s+", " ", composed(words).translate(_ALIKE)).strip()
