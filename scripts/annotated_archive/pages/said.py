"""What was said: for each event and measure every figure claimed, whose it is, as of when, and through whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from annotated_archive.claims.groups import Figure, Group, claim_of, groups, origins, zone
from annotated_archive.claims.moments import Moment, zone_words
from annotated_archive.claims.sides import side_of
from annotated_archive.claims.units import unit
from annotated_archive.pages import notes, questions, said_chart, saying, statements, wording
from annotated_archive.pages.base import Page
from annotated_archive.pages.draft import Draft, Site
from annotated_archive.records import dates
from annotated_archive.records.authority import Event
from annotated_archive.records.claim import Measure, Value
from annotated_archive.store import AnnotationFile


@dataclass(frozen=True)
class Row:
    """One figure for the page. `stamp` and `until` are local moments for machines; `reading` is empty where the source
    prints the figure as we would; `beside` says how it stands to other claims."""

    id: str
    day: str
    hour: str
    stamp: str
    until: str
    words: str
    language: str
    reading: str
    href: str
    claimant: Markup
    side: Markup
    stance: str
    chain: list[Markup]
    also: list[tuple[str, Markup]]
    beside: list[tuple[str, list[Markup]]]
    differs: bool
    disputed: str
    fixes: list[tuple[str, int]]
    remarks: list[tuple[Markup, notes.Entry]]


@dataclass(frozen=True)
class Section:
    """One category of one side: its rows by day, and its chart."""

    id: str
    category: str
    days: list[tuple[str, list[Row]]]
    chart: said_chart.Chart | None
    statements: list[statements.Statement]

    @property
    def single(self) -> bool:
        """Whether there is nothing to compare the one figure with."""
        return sum(len(rows) for _, rows in self.days) == 1


def pages(site: Site) -> Iterator[Page]:
    """The index, and a page for each event and measure that has claims."""
    yield _index(site)
    for event, measures in _events(site):
        for measure in measures:
            yield _page(site, event, measure)


def _events(site: Site) -> list[tuple[Event, list[Measure]]]:
    """Events with figures, in the order of time, and their measures in the order of the closed list."""
    known = site.said.figures
    order = list(wording.MEASURES)
    return [
        (event, sorted(known[event.id], key=order.index)) for event in site.graph.timeline if event.id in known
    ]


def said_of(site: Site, event: Event) -> list[tuple[str, str, str]]:
    """(path, words, how many figures or answers) of every page that compares what was said of an event.

    What is printed twice from one origin counts once, as on the page itself.
    """
    measures = site.said.figures.get(event.id, {})
    found = [
        (f"said/{event.id}-{measure}", words, wording.number(len(origins(measures[measure])), "figure"))
        for measure, words in wording.MEASURES.items()
        if measure in measures
    ]
    answers = {question: site.said.answers.get(question.id, {}) for question in questions.of_event(site, event.id)}
    return found + [
        (f"questions/{question.id}", question.question, wording.number(len(origins(claims)), "answer"))
        for question, claims in answers.items()
    ]


def _index(site: Site) -> Page:
    draft = Draft(site, "said/index")
    listed = [(event, said_of(site, event)) for event in site.graph.timeline]
    return draft.page(
        "said-index.html",
        title="What was said",
        description="Every figure and every answer that a party gave, beside those of the others, none of them judged.",
        kind="index",
        listed=[(event, found) for event, found in listed if found],
        claims=len(site.graph.claims),
    )


def _page(site: Site, event: Event, measure: Measure) -> Page:
    path = f"said/{event.id}-{measure}"
    draft = Draft(site, path)
    claims = site.said.figures[event.id][measure]
    found = _by_name(draft, groups(claims))
    figures = [figure for group in found for figure in group.figures]
    sides = [
        (side or "all", _side(draft, side), [_section(draft, measure, group) for group in of_side])
        for side, of_side in groupby(found, key=lambda group: group.side)
    ]
    moments = _moments([figure.at for figure in figures])
    hours = any("T" in claim_of(file).as_of for file in claims.values())
    return draft.page(
        "said.html",
        title=f"{wording.MEASURES[measure]}: {event.name}",
        description=f"{wording.MEASURES[measure]}, {event.name}: what each source says, as of when, through whom.",
        kind="said",
        event=event,
        measure=measure,
        sides=sides,
        figures=len(figures),
        claimants=len({claim_of(file).claimant for file in claims.values()}),
        categories=_categories(claims.values()),
        moments=moments if len(moments) > 1 else [],
        hours=zone_words(zone(claims.values())) if hours else "",
        address=_address(site, path),
        used={claim.subject.category for claim in map(claim_of, claims.values()) if claim.subject},
        unit=unit(measure),
        rendered=notes,
    )


def _side(draft: Draft, side: str | None) -> Markup:
    return draft.name(side) if side else Markup("All sides together")


def _address(site: Site, path: str) -> str:
    """How the page is cited: its whole address where that is known."""
    return f"{site.settings.site_url.rstrip('/')}/{path}.html" if site.settings.site_url else f"{path}.html"


def _by_name(draft: Draft, found: list[Group]) -> list[Group]:
    """Sides by their names, all sides together last; categories in the order of the closed list."""
    order = list(wording.CATEGORIES)
    entities = draft.graph.entities

    def key(group: Group) -> tuple[bool, str, str, int]:
        name = entities[group.side].name if group.side in entities else group.side or ""
        return group.side is None, name.casefold(), group.side or "", order.index(group.category or order[0])

    return sorted(found, key=key)


def _categories(claims: Iterable[AnnotationFile]) -> list[str]:
    """The categories that a page counts, in the order of the closed list."""
    used = {claim.subject.category for claim in map(claim_of, claims) if claim.subject and claim.subject.category}
    return [words for category, words in wording.CATEGORIES.items() if category in used]


def _moments(found: list[Moment]) -> list[Moment]:
    """The moments in order, each once."""
    by_stamp = {moment.stamp: moment for moment in sorted(found, reverse=True) if moment.stamp}
    return sorted(by_stamp.values())


def _section(draft: Draft, measure: Measure, group: Group) -> Section:
    rows = _rows(draft, group)
    days = [(day, list(found)) for day, found in groupby(rows, key=lambda row: row.day)]
    voices = {figure.id: _voice(draft, figure) for figure in group.figures}
    printed = (statements.statement(draft, [figure.file, *figure.also]) for figure in group.figures)
    told = [statement for statement in printed if statement and not statement.same]
    return Section(
        f"{group.side or 'all'}-{group.category or measure}",
        wording.CATEGORIES[group.category] if group.category else "",
        days,
        said_chart.chart(group, voices),
        told,
    )


def _voice(draft: Draft, figure: Figure) -> str:
    """Whose figures a line of the chart joins: a side and its stance."""
    side = side_of(draft.graph.entities, figure.claim.claimant)
    entity = draft.graph.entities.get(side)
    name = entity.name if entity else side
    return f"{name}, {wording.STANCES[figure.claim.stance]}" if figure.claim.stance else name


def _rows(draft: Draft, group: Group) -> list[Row]:
    by_id = {figure.id: figure for figure in group.figures}
    return [_row(draft, figure, by_id) for figure in group.figures]


def _row(draft: Draft, figure: Figure, group: dict[str, Figure]) -> Row:
    claim, file = figure.claim, figure.file
    assert claim.value
    side = side_of(draft.graph.entities, claim.claimant)
    after = group.get(figure.successor or "")
    return Row(
        id=figure.id,
        day=day_of(figure.at, claim.as_of),
        hour=hour_of(figure.at, claim.as_of),
        stamp=figure.at.stamp,
        until=after.at.stamp if after else "",
        words=claim.value.as_written,
        language=saying.language(draft, file),
        reading=reading(claim.value),
        href=saying.address(draft, file),
        claimant=draft.name(claim.claimant),
        side=draft.name(side) if side != claim.claimant and claim.stance != "own-losses" else Markup(""),
        stance=wording.STANCES.get(claim.stance or "", ""),
        chain=saying.chain(draft, file),
        also=[(other.record.id, _also(draft, file, other)) for other in figure.also],
        beside=_beside(draft, figure, group),
        differs=bool(figure.differs),
        disputed=(file.record.reason or "").rstrip(".") if file.record.status == "disputed" else "",
        fixes=[
            (draft.href(f"articles/{fix.file.record.article}", f"a-{fix.file.record.id}"), fix.number)
            for fix in statements.corrections(draft, file)
        ],
        remarks=list(notes.thread(draft, (file, *figure.also))),
    )


def day_of(at: Moment, as_of: str) -> str:
    """The day, in local time, or the longer time that a claim is dated to, in words."""
    if at.precision in ("hour", "day"):
        return dates.words(at.at.date().isoformat())
    return dates.words(as_of)


def hour_of(at: Moment, as_of: str) -> str:
    """The hour, or what of the time is not recorded."""
    match at.precision:
        case "hour":
            return f"{at.at:%H:%M}"
        case "day":
            return "hour not recorded"
        case "open":
            return "end not recorded"
    return "over these days" if "/" in as_of and at.precision == "span" else "day not recorded"


def reading(value: Value) -> str:
    """The figure in our words, where the source does not begin with just that."""
    ours, printed = saying.amount(value), value.as_written.replace("-", "–").casefold()
    return "" if printed == ours or printed.startswith(f"{ours} ") else ours


def _also(draft: Draft, file: AnnotationFile, other: AnnotationFile) -> Markup:
    """Where else the same figure is printed: "also printed in the … article, as “6 500”"."""
    one, two = claim_of(file), claim_of(other)
    words = Markup("also printed {}").format(saying.carrier(draft, other))
    if one.claimant != two.claimant:
        words += Markup(", as said by {}").format(draft.name(two.claimant))
    if one.value and two.value and one.value.as_written.casefold() != two.value.as_written.casefold():
        words += Markup(", as <q>{}</q>").format(two.value.as_written)
    if two.via:
        through = saying.chain(draft, other)[:-1]
        words += Markup(", {}").format(Markup(", ").join(through))
    return words


def _beside(draft: Draft, figure: Figure, group: dict[str, Figure]) -> list[tuple[str, list[Markup]]]:
    """How a figure stands to others: its relations, what followed it, and those it differs from."""
    year = dates.year(figure.claim.as_of)
    found = saying.relations(draft, [figure.file, *figure.also])
    if figure.successor:
        found.append(("followed by", [saying.label(draft, group[figure.successor].file, year)]))
    if figure.differs:
        by_claimant: dict[str, list[Markup]] = {}
        for other in figure.differs:
            label = saying.label(draft, group[other].file, year)
            by_claimant.setdefault(group[other].claim.claimant, []).append(label)
        words = [Markup("{}, {}").format(Markup(", ").join(all_), draft.name(who)) for who, all_ in by_claimant.items()]
        more = figure.differing - len(figure.differs)
        found.append(("differs", words + ([Markup("and {} more").format(more)] if more > 0 else [])))
    return found
