"""Two small registers with one target each: what happened, and how things stand."""

from __future__ import annotations

from dataclasses import replace

from engage.insight.facts import Facts
from engage.model import History
from engage.schema import load_schema

from .registers import SECTORS
from .sample import COLLEGE, COUNCIL, make_facts

COLUMNS = {tab.title: tab.columns for tab in load_schema().staff_tabs()}
TARGET = {"Target": "T", "From": "2026-10-01", "By": "2026-12-31"}
HAPPENED_LISTS = {"Engagement type": ("Visit", "Curriculum design"), "Outcome type": ("People trained",)}
TALKS = [
    {
        "Date": "2026-11-03",
        "Status": "Done",
        "Type": "Visit",
        "agency": COLLEGE,
        "employer_id": "EMP-A",
        "Who started it": "Employer",
        "Feedback 1-5": "5",
    },
    {
        "Date": "2026-11-04",
        "Status": "Done",
        "Type": "Email",
        "agency": COLLEGE,
        "employer_id": "EMP-B",
        "Who started it": "Us",
        "Feedback 1-5": "4",
        "Need type": "Other",
    },
]
SPOKEN_TO = [
    {"employer_id": "EMP-A", "Employer": "A", "Employees in all": "8", "SIC code": "41201"},
    {"employer_id": "EMP-B", "Employer": "B", "Employees in all": "900"},
]
WON = [{"Date": "2026-11-05", "Type": "People trained", "Number": "12", "£": "1500.50", "Fund": "Core"}]


def happened(measure: str, filters: str = "", **cells: str) -> Facts:
    target = {**TARGET, "At least": "4", "Measure": measure, "Filter": filters, **cells}
    tables = {"Targets": [target], "Engagements": TALKS, "Sectors": SECTORS, "Outcomes": WON}
    return make_facts(
        tables, employers=SPOKEN_TO, columns=COLUMNS, lists=HAPPENED_LISTS, agencies={"hc": COLLEGE}
    )


LISTS = {
    "Groups": ("Board", "Care group"),
    "Engagement type": ("Visit", "Redundancy", "Large-scale recruitment"),
}
FIRMS = [
    {"employer_id": "EMP-A", "Employer": "A", "SIC code": "41201", "Employees in all": "900"},
    {"employer_id": "EMP-B", "Employer": "B", "Employees in all": "8"},
]
TABLES = {
    "Sectors": SECTORS,
    "Employers": [{"Employer": "A", "employer_id": "EMP-A", "agency": COLLEGE}],
    "Groups": [{"Group": "Board"}, {"Group": "Care group"}],
    "Group seats": [
        {"Group": "Board", "Rule": "Top N by headcount", "Seats": "2"},
        {"Group": "Care group", "Rule": "Agency", "Which": COLLEGE, "Seats": "1"},
    ],
    "Group members": [
        {"Group": "Board", "Employer": "A", "employer_id": "EMP-A", "agency": COLLEGE},
        {"Group": "Care group", "Employer": "A", "employer_id": "EMP-A", "To": "2026-11-20"},
        {"Group": "Care group", "Agency": COLLEGE, "agency": COLLEGE},
    ],
    "Engagements": [
        {"Date": "2026-11-02", "Type": "Redundancy", "Status": "Done", "agency": COLLEGE,
         "Employer": "A", "employer_id": "EMP-A", "Offer made": "Yes", "Need type": "Recruitment"},
        {"Date": "2026-11-03", "Type": "Large-scale recruitment", "Status": "Done", "agency": COUNCIL,
         "Employer": "B", "employer_id": "EMP-B", "Need type": "Digital skills"},
    ],
    "Actions": [
        {"Action": "Meet", "Responsible": COLLEGE, "Status": "Done", "Plan": "P"},
        {"Action": "Ask", "Responsible": COLLEGE, "Status": "Under way", "Plan": "P"},
        {"Action": "Go", "Responsible": COLLEGE, "Status": "Dropped", "Plan": "P"},
    ],
}  # fmt: skip
CLIMBED = History("2026-01-05", rungs=(("2026-01-05", "2"), ("2026-11-01", "4")))


def standing(measure: str, filters: str = "", **cells: str) -> Facts:
    target = {**TARGET, "At least": "100", "Measure": measure, "Filter": filters, **cells}
    facts = make_facts(
        {**TABLES, "Targets": [target]}, employers=FIRMS, columns=COLUMNS, lists=LISTS,
        agencies={COLLEGE.casefold(): COLLEGE, COUNCIL.casefold(): COUNCIL},
    )  # fmt: skip
    return replace(facts, histories={**facts.histories, "R-EMPLOYERS1": CLIMBED})
