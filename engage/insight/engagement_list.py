"""The Engagement list: every engagement with the merged ids, its week, quarter and clashes."""

from __future__ import annotations

import pandas as pd

from engage.insight.clashes import clashes
from engage.insight.facts import Facts
from engage.insight.reading import PlainRow, agency_of, as_frame, employer_name, employers_by_id, rows_of
from engage.insight.weeks import quarter_label, read_day, week_of

HEADINGS = (
    "Record",
    "Date",
    "Week",
    "Quarter",
    "Employer",
    "Employer ID",
    "Contact",
    "Person ID",
    "Agency",
    "Staff member",
    "Status",
    "Type",
    "Reason",
    "Scheme",
    "Who started it",
    "Offer made",
    "Number of jobs",
    "Aim / Summary",
    "Next step",
    "Next step by",
    "Clash",
)
_BUILT = {"Record": "record_id", "Employer ID": "employer_id", "Person ID": "person_id"}


def engagement_list(facts: Facts) -> pd.DataFrame:
    """One row an engagement, newest first, those without a readable date last; dates ISO text.

    Week: "2026-W47". Quarter: "2026/27 Q3 (financial)". Clash: keys of the Clashes tab, joined "; ".
    """
    employers = employers_by_id(facts)
    known = _clash_keys(facts)
    rows = sorted(rows_of(facts, "Engagements"), key=lambda row: row["record_id"])
    rows.sort(key=lambda row: row.get("Date", ""), reverse=True)
    return as_frame((_row(row, employers, known, facts.year) for row in rows), HEADINGS)


def _clash_keys(facts: Facts) -> dict[str, str]:
    keys: dict[str, list[str]] = {}
    for clash in clashes(facts):
        for one in (clash.first, clash.second):
            keys.setdefault(one.record_id, []).append(clash.key)
    return {record: "; ".join(found) for record, found in keys.items()}


def _row(row: PlainRow, employers: dict[str, PlainRow], known: dict[str, str], year: str) -> list[str]:
    day = read_day(row.get("Date", ""))
    worked_out = {
        "Week": week_of(day).label if day else "",
        "Quarter": quarter_label(day, year) if day else "",
        "Employer": employer_name(row, employers),
        "Agency": agency_of(row),
        "Clash": known.get(row["record_id"], ""),
    }
    return [worked_out.get(name, row.get(_BUILT.get(name, name), "")) for name in HEADINGS]
