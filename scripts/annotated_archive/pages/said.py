"""What was said: for each event and measure every figure claimed, whose it is, as of when, and through whom."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import cast

from markupsafe import Markup

from annotated_archive.claims.groups import Figure, Group, claim_of, origins, zone
from annotated_archive.claims.moments import Moment, zone_words
from annotated_archive.claims.sides import side_of
from annotated_archive.claims.units import unit
from annotated_archive.pages import notes, questions, said_chart, saying, statements, wording
from annotated_archive.pages.base import Job, Page
from annotated_archive.pages.draft import Draft, Site
from annotated_archive.pages.parts import Item, Listing, numbered
from annotated_archive.records import dates
from annotated_archive.records.claim import Measure, Value
from annotated_archive.store import AnnotationFile

INDEX = "said/index"
MOST = 150_000  # bytes of a page's figures, about
CHARTED = 120  # figures of a chart; more could not be told apart


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


def jobs(site: Site) -> Iterator[Job]:
    """The index, and a page for each event and measure that has claims."""
    yield from site.parts.jobs(INDEX, _index)
    order = list(wording.MEASURES)
    known = site.asked.said.index.figures
    for event in site.graph.timeline:
        for measure in sorted(known.get(event.id, ()), key=order.index):
            yield from site.parts.jobs(f"said/{event.id}-{measure}", _page, event=event.id, measure=measure)


def listing(site: Site, name: str) -> Listing:
    """The events of the index; or the figures of an event and measure, with the claims that are the same figure."""
    if name == "index":
        found = [
            Item(event, 300 + 220 * len(listed), dates.words(date)) for event, date, listed in events(site, "")
        ]
        return Listing(found, MOST, numbered(INDEX))
    event, _, measure = name.rpartition("-")
    figures = [figure for group in site.asked.said.groups(event, cast("Measure", measure)) for figure in group.figures]
    items = []
    for figure in figures:
        also = tuple(other.record.id for other in figure.also)
        items.append(Item(figure.id, 1800 + 1500 * len(also), dates.words(figure.claim.as_of), also=also))
    return Listing(items, MOST, numbered(f"said/{name}", "/"))


def events(site: Site, _: str) -> list[tuple[str, str, list[tuple[str, str, str]]]]:
    """(event, date, its pages as `said_of` gives them) of all events with claims, in the order of time."""
    return site.once("said events", lambda: [
        (event.id, event.date, listed) for event in site.graph.timeline if (listed := said_list(site, event.id))
    ])  # fmt: skip


def said_of(site: Site, event: str) -> list[tuple[str, str, str]]:
    """(path, words, how many figures or answers) of every page that compares what was said of an event."""
    found: list[tuple[str, str, str]] = site.ask("said of", event)
    return found


def said_list(site: Site, event: str) -> list[tuple[str, str, str]]:
    """What `said_of` gives. What is printed twice from one origin counts once, as on the page itself."""
    measures = site.said.figures(event)
    found = [
        (f"said/{event}-{measure}", words, wording.number(len(origins(measures[measure])), "figure"))
        for measure, words in wording.MEASURES.items()
        if measure in measures
    ]
    answers = {question: site.said.answers(question.id) for question in questions.of_event(site, event)}
    return found + [
        (f"questions/{question.id}", question.question, wording.number(len(origins(claims)), "answer"))
        for question, claims in answers.items()
    ]


def _index(site: Site, base: str, number: int) -> Page:
    part = site.parts.part(base, number)
    draft = Draft(site, part.path)
    known = {event: (date, found) for event, date, found in site.ask("said events")}
    return draft.page(
        "said-index.html",
        title="What was said" if number == 1 else f"What was said, part {number}",
        description="Every figure and every answer that a party gave, beside those of the others, none of them judged.",
        kind="index",
        listed=[(event, *known[event]) for event in part.ids],
        claims=site.ask("claims"),
        parts=site.parts.nav(base),
        part=part,
    )


def claims(site: Site, _: str) -> int:
    """How many claims there are."""
    return len(site.graph.claims)


def _page(site: Site, base: str, number: int, event: str, measure: Measure) -> Page:
    part = site.parts.part(base, number)
    draft = Draft(site, part.path)
    about = site.graph.label(event)
    assert about is not None
    claims = site.said.figures(event)[measure]
    found = _by_name(draft, site.said.groups(event, measure))
    here = set(part.ids)
    shown = [figure for group in found for figure in group.figures if figure.id in here]
    sides = [
        (side or "all", _side(draft, side), sections)
        for side, of_side in groupby(found, key=lambda group: group.side)
        if (sections := [section for group in of_side if (section := _section(draft, measure, group, here))])
    ]
    moments = _moments([figure.at for figure in shown])
    hours = any("T" in claim_of(file).as_of for file in claims.values())
    title = f"{wording.MEASURES[measure]}: {about.name}"
    return draft.page(
        "said.html",
        title=title if number == 1 else f"{title}, part {number}",
        description=f"{wording.MEASURES[measure]}, {about.name}: what each source says, as of when, through whom.",
        kind="said",
        event=about,
        measure=measure,
        sides=sides,
        figures=sum(len(group.figures) for group in found),
        shown=len(shown),
        claimants=len({claim_of(file).claimant for file in claims.values()}),
        categories=_categories(claims.values()),
        moments=moments if len(moments) > 1 else [],
        hours=zone_words(zone(claims.values())) if hours else "",
        address=_address(site, part.path),
        used={claim.subject.category for claim in map(claim_of, claims.values()) if claim.subject},
        unit=unit(measure),
        rendered=notes,
        parts=site.parts.nav(base),
        part=part,
    )


def _side(draft: Draft, side: str | None) -> Markup:
    return draft.name(side) if side else Markup("All sides together")


def _address(site: Site, path: str) -> str:
    """How the page is cited: its whole address where that is known."""
    return f"{site.settings.site_url.rstrip('/')}/{path}.html" if site.settings.site_url else f"{path}.html"


def _by_name(draft: Draft, found: list[Group]) -> list[Group]:
    """Sides by their names, all sides together last; categories in the order of the closed list."""
    order = list(wording.CATEGORIES)

    def key(group: Group) -> tuple[bool, str, str, int]:
        label = draft.graph.label(group.side or "")
        name = label.name if label else group.side or ""
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


def _section(draft: Draft, measure: Measure, group: Group, here: Container[str]) -> Section | None:
    """The figures of a group that stand `here`; None without any. The chart stands beside the first of them all."""
    figures = [figure for figure in group.figures if figure.id in here]
    if not figures:
        return None
    by_id = {figure.id: figure for figure in group.figures}
    rows = [_row(draft, figure, by_id) for figure in figures]
    drawn = figures[0] is group.figures[0] and len(group.figures) <= CHARTED
    printed = (statements.statement(draft, [figure.file, *figure.also]) for figure in figures)
    return Section(
        f"{group.side or 'all'}-{group.category or measure}",
        wording.CATEGORIES[group.category] if group.category else "",
        [(day, list(of_day)) for day, of_day in groupby(rows, key=lambda row: row.day)],
        said_chart.chart(group, {figure.id: _voice(draft, figure) for figure in group.figures}) if drawn else None,
        [statement for statement in printed if statement and not statement.same],
    )


def _voice(draft: Draft, figure: Figure) -> str:
    """Whose figures a line of the chart joins: a side and its stance."""
    side = side_of(draft.graph.outlines, figure.claim.claimant)
    entity = draft.graph.label(side)
    name = entity.name if entity else side
    return f"{name}, {wording.STANCES[figure.claim.stance]}" if figure.claim.stance else name


def _row(draft: Draft, figure: Figure, group: dict[str, Figure]) -> Row:
    claim, file = figure.claim, figure.file
    assert claim.value
    side = side_of(draft.graph.outlines, claim.claimant)
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
