"""The Attendance list: each row of Attendance with its merged ids, and whether its employer counts by it."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from engage.insight.event_list import attendance_by_event, employer_reached, how_far
from engage.insight.facts import Facts
from engage.insight.reading import PlainRow, agency_of, as_frame, employer_name, employers_by_id, rows_of

HEADINGS = (
    "Record",
    "Event",
    "Date",
    "Employer",
    "Employer ID",
    "Person",
    "Person ID",
    "Role",
    "Status",
    "Follow-up wanted",
    "Agency",
    "Counted",
)
YES, ALREADY = "Yes", "Same employer already counted"
_BUILT = {"Record": "record_id", "Employer ID": "employer_id", "Person ID": "person_id"}


def attendance_list(facts: Facts) -> pd.DataFrame:
    """One row a row of Attendance, newest event first.

    Counted: "Yes" on the one row by which an employer counts at an event, the one that got furthest (came,
    booked, invited); "Same employer already counted" on its others; "" on partners' own staff, a row without
    an employer, and one whose event cannot be told. The Yes of an event are its Employers invited.
    """
    employers, counted, days = employers_by_id(facts), count_rows(facts), _days(facts)
    rows = sorted(rows_of(facts, "Attendance"), key=lambda row: row["record_id"])
    rows.sort(key=lambda row: days.get(row["record_id"], ""), reverse=True)
    return as_frame((_row(row, employers, counted, days) for row in rows), HEADINGS)


def count_rows(facts: Facts) -> dict[str, str]:
    """Record id of an Attendance row → what its Counted says; rows that count for nothing are missing."""
    found: dict[str, str] = {}
    for rows in attendance_by_event(facts).values():
        found |= _counted(rows or ())
    return found


def _counted(rows: Iterable[PlainRow]) -> dict[str, str]:
    """The rows of one event."""
    first: dict[str, PlainRow] = {}
    known = [(key, row) for row in rows if (key := employer_reached(row))]
    for key, row in sorted(known, key=lambda one: (-how_far(one[1]), one[1]["record_id"])):
        first.setdefault(key, row)
    by = {row["record_id"] for row in first.values()}
    return {row["record_id"]: YES if row["record_id"] in by else ALREADY for _, row in known}


def _days(facts: Facts) -> dict[str, str]:
    """Record id of an Attendance row → ISO date of its event."""
    events = {event["record_id"]: event.get("Date", "") for event in rows_of(facts, "Events")}
    placed = attendance_by_event(facts).items()
    return {row["record_id"]: events[event] for event, rows in placed for row in rows or ()}


def _row(
    row: PlainRow, employers: dict[str, PlainRow], counted: dict[str, str], days: dict[str, str]
) -> list[str]:
    worked_out = {
        "Date": days.get(row["record_id"], ""),
        "Employer": employer_name(row, employers),
        "Agency": agency_of(row),
        "Counted": counted.get(row["record_id"], ""),
    }
    return [worked_out.get(name, row.get(_BUILT.get(name, name), "")) for name in HEADINGS]
