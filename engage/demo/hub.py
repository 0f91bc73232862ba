"""The hub and the chamber's workbook: both laid out as engage init lays them out, then filled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import cast

from engage.demo.agencies import NAMES
from engage.demo.book import restamp
from engage.demo.mess import Typist
from engage.demo.office import LISTS, SECTORS, office_rows
from engage.demo.truth import TruthRow
from engage.demo.views import CARE, Line, Typed, View
from engage.demo.words import SCHEMES
from engage.demo.world import Event, Pledge, World, stream
from engage.insight.weeks import week_of
from engage.model import Row
from engage.schema import Column, Schema, TabSpec
from engage.workbook.layout_xlsx import lay_out


def write_hub(path: Path, world: World, schema: Schema, as_of: date) -> list[TruthRow]:
    """Lay out hub.xlsx and fill its staff tabs as they stood on a day; returns what the rows are."""
    rows = office_rows(world.today) | {
        "Events": [event_line(event, as_of) for event in world.events],
        "Attendance": list(attendance(world, as_of)),
        "Pledges": [line for line in pledges(world) if _by(line, "Date signed", as_of)],
        "Pledge page views": list(page_views(world, until=as_of)),
        "Group members": list(_members(world)),
        "Outcomes": [line for line in _outcomes(world) if _by(line, "Date", as_of)],
    }
    return _write(path, "hub", schema, rows)


def write_chamber(path: Path, world: World, schema: Schema, as_of: date) -> list[TruthRow]:
    """Lay out the chamber's workbook, which uses Engage's own tabs, and fill it."""
    engagements = View.of(world, "chamber", "engagements").engagements(since=None, until=as_of, as_of=as_of)
    rows = {
        "Employers": list(View.of(world, "chamber", "employers").employers()),
        "Contacts": list(View.of(world, "chamber", "people").people()),
        "Engagements": list(engagements),
    }
    return _write(path, "chamber", schema, rows)


def _write(path: Path, workbook: str, schema: Schema, rows: Mapping[str, Sequence[Line]]) -> list[TruthRow]:
    where = "hub" if workbook == "hub" else "agency"
    tabs = [_with_own_lists(tab) for tab in schema.tabs_of(where)]
    cells = {title: _cells(schema.tabs[title], lines) for title, lines in rows.items()}
    lists = {"Agencies": tuple(NAMES.values()), "Sectors": SECTORS, "Schemes": SCHEMES}
    # lay_out writes what it is given; real dates and numbers are what Excel would hold here.
    lay_out(path, tabs, rows=cast("Mapping[str, Sequence[Row]]", cells), lists=lists)
    restamp(path.read_bytes(), path)
    return [
        TruthRow(workbook, title, row, line.key, line.employer, line.site, line.people, line.mess_in(typed))
        for title, lines in rows.items()
        for row, (line, typed) in enumerate(zip(lines, cells[title], strict=True), 2)
    ]


def _cells(tab: TabSpec, lines: Sequence[Line]) -> list[tuple[Typed, ...]]:
    laid_out = [column for column in tab.columns if column.laid_out]
    return [tuple(_as_typed(line.values.get(c.heading, ""), c) for c in laid_out) for line in lines]


def _as_typed(value: Typed, column: Column) -> Typed:
    """Dates in people's words stand in a column of text: there a date, too, is what was typed."""
    return f"{value:%d/%m/%Y}" if column.type == "due-date" and isinstance(value, date) else value


def _with_own_lists(tab: TabSpec) -> TabSpec:
    """The Lists tab as this partnership has edited it."""
    if tab.title != "Lists":
        return tab
    own = tuple(replace(column, values=LISTS.get(column.heading, column.values)) for column in tab.columns)
    return replace(tab, columns=own)


def _by(line: Line, heading: str, day: date) -> bool:
    """Had this happened by the day? A row without the date had."""
    when = line.values.get(heading, "")
    return not isinstance(when, date) or when <= day


def event_line(event: Event, as_of: date) -> Line:
    """One event; what is held later is still open."""
    cells: dict[str, Typed] = {
        "Event": event.name,
        "Kind": event.kind,
        "Date": event.date,
        "Start": event.start,
        "Venue": event.venue,
        "Lead agency": NAMES[event.lead],
        "Other agencies": "; ".join(NAMES[other] for other in event.others),
        "Sector": event.sector,
        "Target employers": event.target,
        "Open to partner input": "Yes" if event.input_wanted else "",
        "Input wanted": event.input_wanted,
        "Status": "Open" if event.status == "Held" and event.date > as_of else event.status,
        "Counts toward target": "Yes" if event.target >= 100 else "",
    }
    return Line(event.key, cells)


def attendance(world: World, as_of: date) -> Iterator[Line]:
    """Who was invited, booked and came, typed by whoever sat at the door."""
    typist = Typist(stream(world.seed, "typing attendance"), 0.5)
    for event in world.events:
        for employer, person, status, agency in event.guests:
            yield _guest(world, typist, event, (employer, person, status, agency), as_of)


def _guest(world: World, typist: Typist, event: Event, guest: tuple[str, str, str, str], as_of: date) -> Line:
    employer, person_key, status, agency = guest
    person = world.people.get(person_key)
    early = event.date > as_of and status in {"Came", "Did not come"}
    cells: dict[str, Typed] = {
        "Event": event.name,
        "Employer": typist.employer(world.employers[employer]),
        "Person": typist.person(person) if person else "",
        "Email": typist.email(person.post.email) if person and typist.rng.random() < 0.6 else "",
        "Role": "Delegate",
        "Status": "Booked" if early else status,
        "Follow-up wanted": "Yes" if status == "Came" and typist.rng.random() < 0.12 else "",
        "Agency": NAMES[agency],
    }
    people = (person_key,) if person else ()
    return Line(f"{event.key}-{employer}", cells, employer, "", people, typist.noted())


def pledges(world: World) -> Iterator[Line]:
    """Every sign-up, and a few typed twice by two agencies."""
    typist = Typist(stream(world.seed, "typing pledges"), 0.55)
    for pledge in world.pledges:
        yield _pledge(world, typist, pledge, pledge.agency)
        others = [agency for agency in world.known[pledge.employer] if agency != pledge.agency]
        if others and typist.rng.random() < 0.06:
            typist.note("duplicate-row")
            yield _pledge(world, typist, pledge, others[0])


def _pledge(world: World, typist: Typist, pledge: Pledge, agency: str) -> Line:
    person = world.people.get(pledge.person)
    cells: dict[str, Typed] = {
        "Pledge": pledge.pledge,
        "Employer": typist.employer(world.employers[pledge.employer]),
        "Signed by": typist.person(person) if person else "",
        "Date signed": pledge.signed or "",
        "Route": pledge.route,
        "Agency": NAMES[agency],
        "Commitment": pledge.commitment,
        "Number pledged": pledge.number,
        "Stage": pledge.stage,
        "Review date": pledge.review or "",
    }
    people = (pledge.person,) if person else ()
    return Line(pledge.key, cells, pledge.employer, "", people, typist.noted())


def page_views(world: World, *, until: date, since: date | None = None) -> Iterator[Line]:
    """Week rows for half a year and day rows for the last eight weeks, which overlap them."""
    rng = stream(world.seed, "page views")
    first = week_of(world.today).back(26)
    for week in range(27):
        start = first.monday + timedelta(weeks=week)
        days = [rng.randint(4, 40) if day < 5 else rng.randint(0, 9) for day in range(7)]
        if start + timedelta(days=6) <= until and (since is None or start + timedelta(days=6) > since):
            yield _views(start, sum(days), "Website figures, by week")
        if week >= 19:
            dates = [(start + timedelta(days=day), views) for day, views in enumerate(days)]
            yield from (
                _views(day, views, "Website figures, by day")
                for day, views in dates
                if day <= until and (since is None or day > since)
            )


def _views(day: date, views: int, source: str) -> Line:
    cells: dict[str, Typed] = {
        "Date": day,
        "Page": "Skills Pledge page",
        "Views": views,
        "Visitors": round(views * 0.7),
        "Came from": "Newsletter" if day.day <= 7 else "",
        "Source of figure": source,
    }
    return Line(f"views-{day}", cells)


def _members(world: World) -> Iterator[Line]:
    """The board: three of the five largest employers and a builder; the sub group: two care firms and an
    officer of the college, who chairs it."""
    typist = Typist(stream(world.seed, "typing members"), 0.7)
    largest = sorted(world.employers.values(), key=lambda employer: -employer.in_all)[:3]
    builder = next(e for e in world.employers.values() if e.sector == "Construction")
    carers = [e for e in world.employers.values() if e.sector == "Health and social care"][-2:]
    seats = [*((e, "Marlbeck & Stevenport Works Board") for e in [*largest, builder])]
    for employer, group in [*seats, *((e, "Skills Sub Group") for e in carers)]:
        person = next((p for p in world.people.values() if p.post.employer == employer.key), None)
        cells: dict[str, Typed] = {
            "Group": group,
            "Employer": typist.employer(employer),
            "Person": typist.person(person) if person else "",
            "Role": "Member",
            "From": world.today - timedelta(days=200),
        }
        people = (person.key,) if person else ()
        yield Line(f"M-{employer.key}", cells, employer.key, "", people, typist.noted())
    chair: dict[str, Typed] = {
        "Group": "Skills Sub Group",
        "Person": "Sunita Verma",
        "Role": "Chair",
        "From": world.today - timedelta(days=6),
        "Agency": NAMES["college"],
    }
    yield Line("M-college", chair)


_OUTCOMES = (("People trained", 6, 30), ("Apprenticeship started", 1, 4), ("Job filled", 1, 12),
             ("Skill card issued", 2, 20), ("Work placement", 1, 6),
             ("Money brought in", 500, 20_000))  # fmt: skip


def _outcomes(world: World) -> Iterator[Line]:
    rng, typist = (
        stream(world.seed, "outcomes"),
        Typist(stream(world.seed, "typing outcomes"), CARE["college"]),
    )
    for number in range(1, 31):
        employer = world.employers[rng.choice(list(world.employers))]
        kind, low, high = rng.choice(_OUTCOMES)
        cells: dict[str, Typed] = {
            "Date": world.today - timedelta(days=rng.randint(8, 300)),
            "Employer": typist.employer(employer),
            "Type": kind,
            "£" if kind == "Money brought in" else "Number": rng.randint(low, high),
            "Agency": NAMES[rng.choice(world.known[employer.key])],
            "Fund": rng.choice(("Core budget", "Skills fund", "")),
        }
        yield Line(f"O{number:02d}", cells, employer.key, "", (), typist.noted())
