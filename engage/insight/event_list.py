"""The Event list: who was invited, booked and came, counted in distinct merged employers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from engage.insight.facts import Facts, once_of_rows
from engage.insight.reading import PlainRow, as_frame, employer_key, fold, number_in, rows_of

HEADINGS = (
    "Record",
    "Event",
    "Kind",
    "Date",
    "Lead agency",
    "Other agencies",
    "Status",
    "Target employers",
    "Employers invited",
    "Employers booked",
    "Employers came",
    "% of target",
)
# Who came was booked, who was booked was invited, whatever else was written down: came ⊆ booked ⊆ invited.
# "Did not come" had booked; "Apologies" were only invited; a blank status was at least invited.
STAFF = "Partner staff"  # not employers reached
CAME = frozenset({"Came"})
BOOKED = CAME | {"Booked", "Did not come"}
AT_CAME, AT_BOOKED = 3, 2


@dataclass(frozen=True, slots=True)
class Turnout:
    """Employers of one event as sets of keys (merged ids; spellings where unresolved)."""

    invited: frozenset[str] = frozenset()
    booked: frozenset[str] = frozenset()
    came: frozenset[str] = frozenset()


@once_of_rows
def turnouts(facts: Facts) -> dict[str, Turnout | None]:
    """Turnout by the event's record id; None where two events share a name, so that no row can be placed."""
    placed = attendance_by_event(facts).items()
    return {event: None if rows is None else _turnout(rows) for event, rows in placed}


def attendance_by_event(facts: Facts) -> dict[str, list[PlainRow] | None]:
    """The Attendance rows of each event, by its record id; None where two events share a name.

    An Attendance row names its event by name, by name and ISO date, or by record id.
    """
    by_event: dict[str, list[PlainRow]] = {}
    for row in rows_of(facts, "Attendance"):
        by_event.setdefault(fold(row.get("Event", "")), []).append(row)
    events = rows_of(facts, "Events")
    names = Counter(fold(event.get("Event", "")) for event in events)
    return {event["record_id"]: _rows_at(event, names, by_event) for event in events}


def _rows_at(
    event: PlainRow, names: Counter[str], by_event: dict[str, list[PlainRow]]
) -> list[PlainRow] | None:
    name = fold(event.get("Event", ""))
    if names[name] > 1 and name in by_event:
        return None
    exact = (fold(event["record_id"]), f"{name} {event.get('Date', '')}", f"{name} ({event.get('Date', '')})")
    return [row for key in dict.fromkeys((name, *exact)) for row in by_event.get(key, [])]


def employer_reached(row: PlainRow) -> str:
    """What an Attendance row's employer counts by; "" if it counts for none (partners' own staff)."""
    return "" if row.get("Role", "") == STAFF else employer_key(row)


def how_far(row: PlainRow) -> int:
    """3 came, 2 booked, 1 invited."""
    status = row.get("Status", "")
    return AT_CAME if status in CAME else AT_BOOKED if status in BOOKED else 1


def _turnout(rows: Iterable[PlainRow]) -> Turnout:
    invited, booked, came = set(), set(), set()
    for row in rows:
        key, far = employer_reached(row), how_far(row)
        if not key:
            continue
        invited.add(key)
        if far >= AT_BOOKED:
            booked.add(key)
        if far >= AT_CAME:
            came.add(key)
    return Turnout(frozenset(invited), frozenset(booked), frozenset(came))


def event_list(facts: Facts) -> pd.DataFrame:
    """One row an event, newest first. % of target: came (booked while nobody has come yet) ÷ Target
    employers, a whole per cent. Counts are "" where two events share a name: the rows could be either's."""
    known = turnouts(facts)
    rows = sorted(
        rows_of(facts, "Events"), key=lambda row: (row.get("Date", ""), row["record_id"]), reverse=True
    )
    return as_frame((_row(row, known[row["record_id"]]) for row in rows), HEADINGS)


def _row(row: PlainRow, turnout: Turnout | None) -> list[str | int]:
    target = number_in(row.get("Target employers", ""))
    cells: list[str | int] = [row["record_id"], *(row.get(name, "") for name in HEADINGS[1:7])]
    cells.append("" if target is None else target)
    if turnout is None:
        return [*cells, "", "", "", ""]
    counts = [len(turnout.invited), len(turnout.booked), len(turnout.came)]
    return [*cells, *counts, percent(counts[2] or counts[1], target)]


def percent(part: float, whole: float | None) -> int | str:
    """A whole per cent, rounded down so that 99.6 % is not yet 100; "" without a whole."""
    return "" if not whole else int(part * 100 // whole)
