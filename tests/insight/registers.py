"""Random registers, to count figures again in another way; and the next night's, in which two employers are
merged or one is split."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeVar

from hypothesis import strategies as st

from engage.insight.capabilities import told
from engage.insight.capability import Capability, CellsByHeading
from engage.insight.facts import Facts
from engage.insight.quarters import quarter_of

from .sample import TODAY, make_facts

T = TypeVar("T")
Row = dict[str, str]
QUARTER = quarter_of(TODAY)
FIRMS = ("EMP-A", "EMP-B", "EMP-C", "EMP-D")
SPLIT_OFF = "EMP-E"
AGENCIES = ("Harwick College", "Dale Borough Council")
SECTORS: list[Row] = [
    {"Sector": "Construction", "SIC prefixes": "41; 42; 43", "Known businesses": "20"},
    {"Sector": "Care", "SIC prefixes": "86; 87", "Why": "Growth"},
    {"Sector": "Retail", "SIC prefixes": "47"},
]
days = st.integers(-400, 40).map(lambda back: (TODAY + timedelta(days=back)).isoformat()) | st.just("")


def cells(**choices: Sequence[str]) -> st.SearchStrategy[Row]:
    """Rows of a named firm, an agency and the given headings, _ for spaces."""
    drawn = {heading.replace("_", " "): st.sampled_from(values) for heading, values in choices.items()}
    return st.fixed_dictionaries(
        {"employer_id": st.sampled_from((*FIRMS, "")), "agency": st.sampled_from(AGENCIES), **drawn}
    )


ROWS: Mapping[str, st.SearchStrategy[Row]] = {
    "Engagements": st.builds(
        lambda row, day: {"Date": day, "Employer": "Somebody", **row},
        cells(
            Type=("Visit", "Email", ""),
            Reason=("Recruitment", "Pledge", ""),
            Status=("Done", "Done", "Planned", "Cancelled", ""),
            Who_started_it=("Employer", "Us", "Partner referral", ""),
            Need_type=("", "", "Digital skills", "Recruitment"),
            What_the_employer_needs=("", "two welders"),
            Told_them_back=("Yes", "No", ""),
            Feedback_1_5=("1", "4", "5", "", "9"),
        ),
        days,
    ),
    "Pledges": st.builds(
        lambda row, day: {"Date signed": day, "Employer": "Somebody", **row},
        cells(
            Pledge=("Skills pledge", "Charter"),
            Route=("Pledge page", "Visit", ""),
            Stage=("Signed", "Delivered", "Started", "Enquired", "Lapsed", ""),
        ),
        days,
    ),
    "Outcomes": st.builds(
        lambda row, day: {"Date": day, **row},
        cells(
            Type=("People trained", "Job filled"),
            Number=("3", "12", "", "2.5"),
            **{"£": ("", "", "1200")},
            Fund=("Core", "Skills fund", ""),
        ),
        days,
    ),
    "Group members": st.builds(
        lambda row, first, last: {"From": first, "To": last, **row},
        cells(Group=("Board", "Care group")),
        days,
        days,
    ),
}
GOLDEN = st.fixed_dictionaries(
    {
        "Sector": st.sampled_from(("", "Construction", "Care; Retail", "Fishing")),
        "SIC code": st.sampled_from(("", "41201", "87100; 47110", "03110")),
        "Employees in all": st.sampled_from(("", "5", "30", "120", "4000", "50+")),
        "Employees here": st.sampled_from(("", "8", "300")),
        "Rest until": st.sampled_from(("", "2027-01-31", "2026-01-01")),
        "Agencies": st.sampled_from(("", AGENCIES[0], "; ".join(AGENCIES))),
    }
)


@dataclass(frozen=True)
class Register:
    """Rows by tab, and the merged employers by id."""

    tables: Mapping[str, list[Row]]
    employers: Mapping[str, Row]

    def facts(self, **more: object) -> Facts:
        """The register as the insight is told from it."""
        named = [
            {"employer_id": key, "Employer": f"Firm {key}", "First seen": "2026-01-05", **row}
            for key, row in self.employers.items()
        ]
        return make_facts({"Sectors": SECTORS, **self.tables}, employers=named, **more)

    def merged(self, kept: str, gone: str) -> Register:
        """The same after the next night has found two of them to be one."""
        if kept == gone:
            return self
        tables = {
            tab: [
                {**row, "employer_id": kept if row["employer_id"] == gone else row["employer_id"]}
                for row in rows
            ]
            for tab, rows in self.tables.items()
        }
        one, other = self.employers[kept], self.employers[gone]
        both = {key: one[key] or other[key] for key in one}
        for heading in ("Sector", "SIC code", "Agencies"):
            both[heading] = "; ".join(
                dict.fromkeys(filter(None, [*one[heading].split("; "), *other[heading].split("; ")]))
            )
        rest = {key: row for key, row in self.employers.items() if key not in (kept, gone)}
        return replace(self, tables=tables, employers={kept: both, **rest})

    def split(self, key: str, rows: frozenset[int], golden: Row) -> Register:
        """The same after the next night has found these rows of one, in every tab, to be another's."""
        tables = {
            tab: [
                {**row, "employer_id": SPLIT_OFF} if row["employer_id"] == key and at in rows else row
                for at, row in enumerate(ones)
            ]
            for tab, ones in self.tables.items()
        }
        return replace(self, tables=tables, employers={**self.employers, SPLIT_OFF: golden})


@st.composite
def registers(draw: st.DrawFn) -> Register:
    """Up to eight rows a tab, about four employers."""
    tables = {tab: draw(st.lists(rows, max_size=8)) for tab, rows in ROWS.items()}
    tables["Engagements"] = [
        {**row, "Feedback 1-5": row.pop("Feedback 1 5")} for row in tables["Engagements"]
    ]
    return Register(tables, {key: draw(GOLDEN) for key in FIRMS})


@st.composite
def nights_of(draw: st.DrawFn) -> tuple[Register, Register]:
    """The register of one night, and of the next, when two employers have become one (or none have), or when
    some rows of one have turned out to be another's."""
    register, one = draw(registers()), draw(st.sampled_from(FIRMS))
    if draw(st.booleans()):
        return register, register.merged(one, draw(st.sampled_from(FIRMS)))
    return register, register.split(one, draw(st.frozensets(st.integers(0, 7))), draw(GOLDEN))


two_nights = nights_of()


Whose = Callable[[T, int], T]


def three_nights(one: T, other: T, new: T) -> tuple[Whose[T], ...]:
    """Whose a row is, from who it was and its number: as it was; once other is found to be one; and once
    every second row of one is found to be a new employer's."""
    return (
        lambda firm, _: firm,
        lambda firm, _: one if firm == other else firm,
        lambda firm, at: new if firm == one and at % 2 else firm,
    )


def done(register: Register, span=QUARTER, today: date = TODAY) -> list[Row]:
    """The engagements that have happened in a period, counted in the plainest way."""
    return [
        row
        for row in register.tables["Engagements"]
        if row["Date"]
        and row["Status"] in {"Done", ""}
        and span.first <= date.fromisoformat(row["Date"]) <= min(span.last, today)
    ]


def firm(row: Row) -> str:
    """Whom a row counts as: the merged employer, or the spelling of one that nobody knows."""
    return row["employer_id"] or "somebody"


def rows_told(facts: Facts, capability: Capability, tab: str, span=QUARTER) -> list[CellsByHeading]:
    """The rows of one of its tables."""
    return [row for table in told(facts, capability, span).tables if table.tab == tab for row in table.rows]


def headline(facts: Facts, capability: Capability, label: str, span=QUARTER) -> int | None:
    """One of its figures."""
    return next(one.value for one in told(facts, capability, span).headlines if one.label == label)


def sectors(golden: Row) -> set[str]:
    """Those typed and those of its SIC codes."""
    typed = {name for name in golden["Sector"].split("; ") if name}
    codes = [code for code in golden["SIC code"].split("; ") if code]
    by_code = {
        row["Sector"]
        for row in SECTORS
        for prefix in row["SIC prefixes"].split("; ")
        if any(code.startswith(prefix) for code in codes)
    }
    return typed | by_code
