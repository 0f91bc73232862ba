"""Events: how many different employers were invited, booked and came, at all of them and at each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from engage.insight.capability import Capability, CellsByHeading, Chart, Headline, Insight, Source, Table
from engage.insight.event_list import Turnout, attendance_by_event, percent, turnouts
from engage.insight.facts import Facts
from engage.insight.measures import events_held
from engage.insight.reading import PlainRow, agency_of, fold, number_in, rows_of, several
from engage.insight.weeks import Period, british
from engage.model import Finding
from engage.wording import counted

TAB = "Events in figures"
WHOLE = "All events"
EVENT = "Event"
ONE_NAME = (
    "Another event has the same name, so nobody can tell who came to which. "
    "Write the day behind the name, here and in Attendance."
)
Labels = Callable[[PlainRow], Iterable[str]]
COUNTED_BY: Mapping[str, Labels] = {
    "Kind": lambda row: (row.get("Kind", "") or "Not given",),
    "Lead agency": lambda row: (row.get("Lead agency", "") or agency_of(row) or "Not given",),
    "Sector": lambda row: several(row.get("Sector", "")) or ("For no one sector",),
    EVENT: lambda row: (f"{row.get('Event', '') or 'Without a name'}, {british(row.get('Date', ''))}",),
}


def tell(facts: Facts, span: Period) -> Insight:
    """The events held in the period. An employer at two events counts once in any row, so that rows do not
    add up; of two events that share a name nobody knows who came, and those counts are left blank."""
    held, known = events_held(facts, span.first, span.last), turnouts(facts)
    problems = tuple(_problems(facts))
    whole = _together(held, known)
    headlines = (
        Headline("Events held", len(held)),
        Headline("Employers invited", None if whole is None else len(whole.invited), "merged, each once"),
        Headline("Employers booked", None if whole is None else len(whole.booked), "merged, each once"),
        Headline("Employers that came", None if whole is None else len(whole.came), "merged, each once"),
        Headline("Employers that came to several", _several_times(held, known)),
    )
    if not held:
        return Insight(headlines=headlines, problems=problems)
    placed = attendance_by_event(facts)
    rows = sum(len(placed[row["record_id"]] or ()) for row in held)
    table = Table(
        TAB,
        (_row(WHOLE, WHOLE, held, known), *_parts(held, known)),
        sources=(Source("Events", len(held)), Source("Attendance", rows)),
        parts="Counted by",
        skipped=(WHOLE,),
        charts=(
            Chart("Employers at each event", "Which", ("Employers booked", "Employers came"), part=EVENT),
        ),
    )
    return Insight(event_words(held, whole), headlines, (table,), problems=problems)


def _together(held: Sequence[PlainRow], known: Mapping[str, Turnout | None]) -> Turnout | None:
    """The turnout of several events, each employer once; None if that of any is not known."""
    found = [known[row["record_id"]] for row in held]
    each = [one for one in found if one is not None]
    if len(each) < len(found):
        return None
    return Turnout(
        frozenset().union(*(one.invited for one in each)),
        frozenset().union(*(one.booked for one in each)),
        frozenset().union(*(one.came for one in each)),
    )


def _several_times(held: Sequence[PlainRow], known: Mapping[str, Turnout | None]) -> int | None:
    found = [known[row["record_id"]] for row in held]
    if None in found:
        return None
    times = Counter(key for one in found if one for key in one.came)
    return sum(count > 1 for count in times.values())


def _parts(held: Sequence[PlainRow], known: Mapping[str, Turnout | None]) -> Iterator[CellsByHeading]:
    for kind, labels in COUNTED_BY.items():
        groups: dict[str, list[PlainRow]] = {}
        for row in held:
            for label in labels(row):
                groups.setdefault(label, []).append(row)
        for label, rows in groups.items() if kind == EVENT else sorted(groups.items(), key=_most_first):
            yield _row(kind, label, rows, known)


def _most_first(item: tuple[str, list[PlainRow]]) -> tuple[int, str]:
    return -len(item[1]), item[0].casefold()


def _row(
    kind: str, label: str, held: Sequence[PlainRow], known: Mapping[str, Turnout | None]
) -> CellsByHeading:
    turnout = _together(held, known)
    goals = [number_in(row.get("Target employers", "")) for row in held] if kind == EVENT else []
    goal = sum(each or 0 for each in goals) or None
    return {
        "Counted by": kind,
        "Which": label,
        "Events": len(held),
        "Employers invited": "" if turnout is None else len(turnout.invited),
        "Employers booked": "" if turnout is None else len(turnout.booked),
        "Employers came": "" if turnout is None else len(turnout.came),
        "Target employers": goal or "",
        "% of target": "" if turnout is None else percent(len(turnout.came), goal),
    }


def event_words(held: Sequence[PlainRow], whole: Turnout | None) -> str:
    """ "6 events. 214 different employers were invited, 150 booked and 121 came." """
    said = f"{counted(len(held), 'event')}."
    if whole is None:
        return f"{said} How many employers came is not known: two events share a name."
    invited = counted(len(whole.invited), "different employer")
    was = "was" if len(whole.invited) == 1 else "were"
    return f"{said} {invited} {was} invited, {len(whole.booked):,} booked and {len(whole.came):,} came."


def _problems(facts: Facts) -> Iterator[Finding]:
    """Events of one name whose attendance could be either's, and attendance at an event that nobody knows."""
    placed = attendance_by_event(facts)
    names = {fold(row.get("Event", "")) for row in rows_of(facts, "Events")}
    there = {row["record_id"] for rows in placed.values() for row in rows or ()}
    for row in rows_of(facts, "Events"):
        if placed[row["record_id"]] is None:
            yield from _finding(facts, row, "events-of-one-name", ONE_NAME)
    for row in rows_of(facts, "Attendance"):
        name = row.get("Event", "")
        if name and row["record_id"] not in there and fold(name) not in names:
            wrong = f"“{name}” is no event of the Events tab, so this row counts nowhere."
            yield from _finding(facts, row, "attendance-at-no-event", wrong)


def _finding(facts: Facts, row: PlainRow, kind: str, wrong: str) -> Iterator[Finding]:
    record = facts.records.get(row["record_id"])
    if record is not None:
        name = row.get("Event", "")
        yield Finding(kind, record.place, wrong, name, record_id=record.record_id, agency=record.agency)


CAPABILITY = Capability(
    key="events",
    number=7,
    title="Events",
    clause="Tameside 3.6.d: “2 Events targeting 100+ employers per event by end of March 08”",
    tabs=(TAB,),
    tell=tell,
    told_in="Events",
)
