"""A small invented partnership as Facts: rows in, facts out, ids given in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pandas as pd

from engage.insight.facts import Facts
from engage.model import AgencyRead, Finding, History, Linked, Membership, Pair, Place, Record, mention
from engage.schema import load_schema

TODAY = date(2026, 11, 23)  # a Monday: the last complete week is 16 to 22 November, 2026-W47
Row = Mapping[str, str]
__all__ = ["TODAY", "Membership", "facts_of_all", "make_facts", "rich_facts"]


def make_facts(
    tables: Mapping[str, Sequence[Row]] | None = None,
    *,
    employers: Sequence[Row] = (),
    first_seen: Mapping[str, str] | None = None,
    audience: str = "hub",
    **more: object,
) -> Facts:
    """Facts from rows a tab; a row may say record_id, agency, employer_id, person_id beside its headings."""
    numbered = {tab: _numbered(tab, rows) for tab, rows in (tables or {}).items()}
    records = {row["record_id"]: _record(tab, row) for tab, rows in numbered.items() for row in rows}
    seen = first_seen or {}
    facts = Facts(
        audience=audience,
        partnership="Harwick & Dale Skills Partnership",
        today=TODAY,
        run_id="run-2026-11-23",
        records=records,
        histories={key: History(seen.get(key, "2026-01-05")) for key in records},
        linked=_linked(numbered),
        tables={tab: pd.DataFrame(rows) for tab, rows in numbered.items()},
        employers=pd.DataFrame(
            [{"Sector": "", "Agencies": "", "Town": "", "Lead agency": "", **row} for row in employers]
        ),
        people=pd.DataFrame(),
    )
    return replace(facts, **more)


def _numbered(tab: str, rows: Sequence[Row]) -> list[dict[str, str]]:
    blank = {"workbook": "hub", "agency": "", "employer_id": "", "person_id": ""}
    prefix = tab.replace(" ", "").upper()
    return [
        {**blank, "record_id": f"R-{prefix}{number}", "row": str(number + 1), **row}
        for number, row in enumerate(rows, start=1)
    ]


def _record(tab: str, row: dict[str, str]) -> Record:
    cells = {key: cell for key, cell in row.items() if key not in {"record_id", "agency", "workbook", "row"}}
    place = Place(row["workbook"], tab, int(row["row"]))
    return Record(row["record_id"], tab, row["agency"], place, cells, cells)


def _linked(tables: Mapping[str, list[dict[str, str]]]) -> Linked:
    known = {
        mention(row["record_id"]): row["employer_id"]
        for rows in tables.values()
        for row in rows
        if row["employer_id"]
    }
    return Linked(employer_of=known, site_of={}, person_of={})


COLLEGE, COUNCIL, CHAMBER = "Harwick College", "Dale Borough Council", "Harwick Chamber"
FIRMS = (
    ("EMP-AAAAAA1", "Brightwell Bakery Ltd", "Food and drink", "Harwick", COLLEGE),
    ("EMP-AAAAAA2", "Oakfield Precision Engineering Ltd", "Engineering", "Dale", ""),
    ("EMP-AAAAAA3", "St Anne's Care Homes", "Health and care", "Harwick", ""),
    ("EMP-AAAAAA4", "Pennine Logistics Group", "Transport", "Nether Dale", COUNCIL),
    ("EMP-AAAAAA5", "Marlowe & Daughters Joinery", "Construction", "Harwick", ""),
    ("EMP-AAAAAA6", "Quayside Hotel", "Hospitality; Food and drink", "Harwick", ""),
)


def rich_facts(**more: object) -> Facts:
    """A week with something in every section of the digest."""
    employers = [
        {
            "employer_id": key,
            "Employer": name,
            "Sector": sector,
            "Town": town,
            "Lead agency": lead,
            "Agencies": COLLEGE,
            "First seen": "2026-11-18" if key.endswith("6") else "2026-01-05",
            "Employees in all": "60",
        }
        for key, name, sector, town, lead in FIRMS
    ]
    facts = make_facts(
        {
            "Employers": [
                {"Employer": name, "employer_id": key, "agency": COLLEGE} for key, name, *_ in FIRMS
            ],
            "Engagements": _engagements(),
            "Events": _events(),
            "Attendance": _attendance(),
            "Pledges": _pledges(),
            "Pledge page views": [
                {
                    "Date": "2026-11-16",
                    "Page": "Skills pledge",
                    "Views": "140",
                    "Source of figure": "Weekly report",
                },
                {"Date": "2026-11-17", "Page": "Skills pledge", "Views": "30", "Source of figure": "Daily"},
                {
                    "Date": "2026-11-09",
                    "Page": "Skills pledge",
                    "Views": "95",
                    "Source of figure": "Weekly report",
                },
            ],
            "Actions": _actions(),
            "Coordinators": _coordinators(),
        },
        employers=employers,
        first_seen={"R-EMPLOYERS6": "2026-11-18"},
    )
    return replace(facts, **{**_surroundings(facts), **more})


def _surroundings(facts: Facts) -> dict[str, object]:
    question = Pair("R-EMPLOYERS1#0", "R-EMPLOYERS2#0", "employer", 0.8, 2.0, "review", ("names alike",))
    return {
        "reads": (
            AgencyRead(COLLEGE, "college", True, 412, "2026-11-23", "2026-11-22"),
            AgencyRead(COUNCIL, "council", True, 238, "2026-11-23", "2026-11-20"),
            AgencyRead(
                CHAMBER, "chamber", False, 0, "2026-11-12", "2026-11-11", "the file is locked by Excel"
            ),
        ),
        "agencies": {"HC": COLLEGE, "Dale BC": COUNCIL, "Chamber": CHAMBER},
        "linked": replace(facts.linked, questions=(question,)),
        "findings": (
            Finding(
                "bad-postcode",
                Place("college", "Employers", 12, "Postcode"),
                "no such postcode",
                agency=COLLEGE,
            ),
            Finding("bad-phone", Place("council", "Contacts", 7, "Phone"), "too short", agency=COUNCIL),
        ),
    }


def _engagements() -> list[dict[str, str]]:
    told = (
        ("2026-11-16", 1, COLLEGE, "Visit", "Apprenticeships", "Done"),
        ("2026-11-18", 1, COUNCIL, "Phone call", "Recruitment", "Done"),
        ("2026-11-17", 2, COLLEGE, "Meeting", "Skills of staff", "Done"),
        ("2026-11-19", 3, COLLEGE, "Phone call", "Recruitment", "Done"),
        ("2026-11-20", 4, COUNCIL, "Redundancy", "Redundancy support", "Done"),
        ("2026-10-28", 4, COLLEGE, "Email", "Skills of staff", "Done"),
        ("2026-11-22", 6, COLLEGE, "Event", "Relationship", "Done"),
        ("2026-11-10", 2, COLLEGE, "Email", "Skills of staff", "Done"),
        ("2026-11-11", 5, COUNCIL, "Visit", "Work placements", "Done"),
        ("2026-11-03", 3, COLLEGE, "Visit", "Recruitment", "Done"),
        ("2026-11-26", 5, COLLEGE, "Visit", "Apprenticeships", "Planned"),
        ("2026-11-27", 5, COUNCIL, "Phone call", "Work placements", "Planned"),
        ("2026-11-19", 2, COUNCIL, "Visit", "Recruitment", "Cancelled"),
    )
    return [
        {
            "Date": day,
            "employer_id": FIRMS[firm - 1][0],
            "Employer": FIRMS[firm - 1][1],
            "Agency": agency,
            "agency": agency,
            "Type": kind,
            "Reason": reason,
            "Status": status,
            "Next step": "Send the training plan" if firm == 2 else "",
            "Next step by": "2026-11-25" if firm == 2 else "",
            "Staff member": "R. Hale",
        }
        for day, firm, agency, kind, reason, status in told
    ]


def _events() -> list[dict[str, str]]:
    return [
        {
            "Event": "Care careers breakfast",
            "Kind": "Breakfast",
            "Date": "2026-11-19",
            "Lead agency": COLLEGE,
            "agency": COLLEGE,
            "Target employers": "4",
            "Status": "Held",
        },
        {
            "Event": "Winter jobs fair",
            "Kind": "Jobs fair",
            "Date": "2026-12-02",
            "Lead agency": COUNCIL,
            "agency": COUNCIL,
            "Target employers": "40",
            "Status": "Open",
        },
        {
            "Event": "Spring showcase",
            "Date": "2027-03-02",
            "Lead agency": COUNCIL,
            "agency": COUNCIL,
            "Status": "Planned",
        },
    ]


def _attendance() -> list[dict[str, str]]:
    return [
        {
            "Event": event,
            "Employer": FIRMS[firm - 1][1],
            "employer_id": FIRMS[firm - 1][0],
            "Status": status,
            "agency": COLLEGE,
            "Email": "someone@private.example",
        }
        for event, firm, status in (
            ("Care careers breakfast", 3, "Came"),
            ("Care careers breakfast", 3, "Came"),
            ("Care careers breakfast", 1, "Came"),
            ("Care careers breakfast", 2, "Did not come"),
            ("Care careers breakfast", 4, "Invited"),
            ("Winter jobs fair", 1, "Booked"),
            ("Winter jobs fair", 2, "Booked"),
            ("Winter jobs fair", 5, "Invited"),
        )
    ]


def _pledges() -> list[dict[str, str]]:
    return [
        {
            "Pledge": "Skills pledge",
            "Employer": FIRMS[0][1],
            "employer_id": "EMP-AAAAAA1",
            "Date signed": "2026-11-18",
            "Stage": "Signed",
            "agency": COLLEGE,
            "Agency": COLLEGE,
            "Route": "Visit",
            "Signed by": "A. Baker",
        },
        {
            "Pledge": "Skills pledge",
            "Employer": "Brightwell Bakery",
            "employer_id": "EMP-AAAAAA1",
            "Date signed": "2026-11-20",
            "Stage": "Signed",
            "agency": COUNCIL,
            "Agency": COUNCIL,
            "Route": "Pledge page",
        },
        {
            "Pledge": "Skills pledge",
            "Employer": FIRMS[1][1],
            "employer_id": "EMP-AAAAAA2",
            "Stage": "Enquired",
            "agency": COLLEGE,
            "Agency": COLLEGE,
        },
    ]


def _actions() -> list[dict[str, str]]:
    return [
        {
            "Plan": "Skills plan",
            "Ref": "3.3.b",
            "Action": "Agree one offer for large-scale recruitment",
            "Responsible": f"{COLLEGE} / Dale BC; Steering group",
            "Due date": "By end of October 2026",
            "Status": "Under way",
            "agency": COUNCIL,
        },
        {
            "Plan": "Skills plan",
            "Ref": "3.3.c",
            "Action": "Invite the five largest employers",
            "Responsible": COUNCIL,
            "Due date": "30 November 2026",
            "Status": "Not started",
            "agency": COUNCIL,
        },
        {
            "Plan": "Skills plan",
            "Ref": "1.1.a",
            "Action": "Publish the events calendar",
            "Responsible": COLLEGE,
            "Due date": "Ongoing",
            "Status": "Under way",
            "agency": COUNCIL,
        },
        {
            "Plan": "Skills plan",
            "Ref": "1.1.b",
            "Action": "Map providers",
            "Responsible": COLLEGE,
            "Due date": "March 2026",
            "Status": "Done",
            "agency": COUNCIL,
        },
    ]


def _coordinators() -> list[dict[str, str]]:
    return [
        {
            "Name": "Ruth Hale",
            "Email": "ruth.hale@harwick-college.example",
            "Agency": COLLEGE,
            "agency": COLLEGE,
            "Gets": "Weekly",
            "About": "Everything",
            "If nothing happened": "Send short note",
        },
        {
            "Name": "Tom Ash",
            "Email": "tom.ash@dale.example",
            "Agency": COUNCIL,
            "agency": COUNCIL,
            "Gets": "Weekly",
            "About": "My agency",
            "If nothing happened": "Send nothing",
        },
    ]


TARGETS = [
    {"Target": "100 engagements", "Measure": "Engagements", "At least": "100", "By": "2027-03-31"},
    {"Target": "Happiness", "Measure": "Smiles", "At least": "5"},
]


SAID = {
    "Need type": "Technical skills",
    "What the employer needs": "two welders",
    "Who started it": "Employer",
    "Feedback 1-5": "4",
}
"""What the first engagements say beyond who met whom."""
OTHERS = {
    "Group seats": [
        {"Group": "Board", "Seat": "Largest employers", "Rule": "Top N by headcount", "Seats": "5"}
    ],
    "Sectors": [
        {"Sector": "Construction", "SIC prefixes": "41; 42; 43", "Known businesses": "520", "Jobs": "4300"},
        {"Sector": "Engineering", "SIC prefixes": "25; 28", "Why": "Concentration"},
        {"Sector": "Digital", "SIC prefixes": "62", "Why": "Growth"},
    ],
    "Outcomes": [
        {"Date": "2026-11-17", "Type": "People trained", "Number": "24", "Fund": "Skills fund"},
        {"Date": "2026-08-20", "Type": "Money brought in", "£": "50000", "agency": COLLEGE},
    ],
    "Group members": [
        {"Group": "Board", "Employer": FIRMS[0][1], "employer_id": FIRMS[0][0], "From": "2026-02-01"}
    ],
}


def facts_of_all(**more: object) -> Facts:
    """Facts in which every capability has something to say."""
    facts, others = rich_facts(), make_facts({"Targets": TARGETS, **OTHERS})
    talks = facts.tables["Engagements"].copy()
    for heading, cell in SAID.items():
        talks.loc[:2, heading] = cell
    both = {
        "tables": {**facts.tables, **others.tables, "Engagements": talks.fillna("")},
        "records": {**facts.records, **others.records},
        "columns": {tab.title: tab.columns for tab in load_schema().staff_tabs()},
    }
    return rich_facts(**{**both, **more})
