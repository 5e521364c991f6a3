"""Claims: who says what figure, or what position, about whose losses or another measure, as of when, through whom."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, model_validator

from annotated_archive.records.base import Edtf, Id, Record, Reference, Text
from annotated_archive.records.conditions import absent, given, says, when

Measure = Literal[
    "deaths", "wounded", "captured", "missing", "displaced", "damage", "territory", "duration", "strength"
]
"""What is counted: people for the first five and `strength` (of a force), things hit for `damage`, square kilometres
for `territory`, days for `duration`."""
Category = Literal[
    "servicemen", "civilians", "people", "dead-and-missing", "settlements", "homes", "hotels", "schools",
    "medical-facilities", "ambulances",
]  # fmt: skip
"""Who or what exactly is counted. Figures of different categories are never joined, compared or added."""
Stance = Literal["own-losses", "opponent-losses", "third-party"]
LOSSES = frozenset({"deaths", "wounded", "captured", "missing"})
"""The measures that have a stance."""
UNCOUNTED = frozenset({"territory", "duration"})
"""The measures without a category."""
Amount = Annotated[int | float, Field(ge=0, le=10**12)]


class Subject(Record):
    """Whose figure it is: one `side` (a state or actor), or `all` sides together as the source counts them."""

    model_config = ConfigDict(json_schema_extra={"oneOf": [given("side"), given("all")]})

    side: Id | None = None
    all: Literal[True] | None = None
    category: Category | None = None

    @model_validator(mode="after")
    def _one(self) -> Subject:
        if bool(self.side) == bool(self.all):
            raise ValueError("give either `side` or `all: true`")
        return self


class Value(Record):
    """The figure: a `number`, or a `min` (“at least”), a `max`, or both. `as_written` is how the source prints it."""

    model_config = ConfigDict(
        json_schema_extra={"oneOf": [given("number"), {"anyOf": [given("min"), given("max")]}]}
    )

    number: Amount | None = None
    min: Amount | None = None
    max: Amount | None = None
    approx: Literal[True] | None = None
    as_written: Text

    @model_validator(mode="after")
    def _one(self) -> Value:
        if (self.number is None) == (self.min is None and self.max is None):
            raise ValueError("give either `number`, or `min` and `max` or one of them")
        return self


class Position(Record):
    """What a party says on a question that no number answers; `question` is an id of archive/questions.yml."""

    question: Id
    as_quoted: Annotated[Text, Field(description="The words of the answer, as the source prints them.")]


_FIGURE = ("measure", "subject", "value")


class Claim(Record):
    """Who asserts a figure (`measure`, `subject`, `value`) or a `position`. No field holds a verdict.

    `as_of` is when it was said, or the day it counts up to; `via` names through whom it was reported, in order.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "allOf": [
                when(given("position"), absent(*_FIGURE, "stance"), given(*_FIGURE)),
                when(says("measure", *sorted(LOSSES)), given("stance"), absent("stance")),
                when(
                    given("subject"),
                    when(
                        says("measure", *sorted(UNCOUNTED)),
                        {"properties": {"subject": absent("category")}},
                        {"properties": {"subject": given("category")}},
                    ),
                ),
            ]
        }
    )

    event: Id
    measure: Measure | None = None
    subject: Subject | None = None
    value: Value | None = None
    position: Position | None = None
    as_of: Edtf
    claimant: Id
    stance: Annotated[Stance | None, Field(description="Of losses only: whose, seen from the claimant.")] = None
    via: list[Reference] = []

    @model_validator(mode="after")
    def _whole(self) -> Claim:
        figure = (self.measure, self.subject, self.value)
        if self.position:
            if any(figure) or self.stance:
                raise ValueError("a `position` has no `measure`, `subject`, `value` or `stance`")
            return self
        if not all(figure):
            raise ValueError("give `measure`, `subject` and `value`, or a `position`")
        if (self.measure in LOSSES) != (self.stance is not None):
            raise ValueError("`stance` belongs to losses (deaths, wounded, captured, missing), and only to them")
        if self.subject and (self.measure in UNCOUNTED) == (self.subject.category is not None):
            raise ValueError("`subject.category` is needed, except for territory and duration, which have none")
        return self


class Relation(Record):
    """How a claim stands to another: `repeats` has the same origin, `confirms` an independent one."""

    type: Literal["updates", "disputes", "repeats", "confirms"]
    claim: Annotated[str, Field(pattern=r"^[a-z][a-z0-9]{7}$")]
