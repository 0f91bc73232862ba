"""A register of any size as its facts: seeded, linked by its truth, something to say in every section."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

from engage.insight.facts import Facts
from engage.model import AgencyRead, History, Linked, Place, Record, mention
from engage.schema import load_schema
from engage.worlds import Setting, World, gather_facts

TODAY = date(2026, 11, 23)
AGENCIES = tuple(f"Agency {number:02} of the partnership" for number in range(1, 21))
SECTORS = (
    "Engineering",
    "Construction",
    "Health and care",
    "Food and drink",
    "Transport",
    "Digital",
    "Retail",
)
TYPES = ("Visit", "Phone call", "Email", "Meeting", "Event", "Letter")
REASONS = ("Recruitment", "Apprenticeships", "Skills of staff", "Work placements", "Redundancy support")
SHARES = {
    "Employers": 0.18, "Contacts": 0.24, "Attendance": 0.04, "Pledges": 0.02, "Events": 0.01,
    "Actions": 0.006,
}  # fmt: skip
FIRMS_A_ROW = 3  # rows of Employers to one firm


def facts_of(rows: int, readers: int, seed: int) -> Facts:
    """The hub's facts of a register of so many rows, `readers` of them in Coordinators."""
    return facts_from(tuple(records_of(rows, readers, random.Random(seed))))


def facts_from(records: tuple[Record, ...]) -> Facts:
    """The hub's facts of these rows; firms of one name are one."""
    firms = {r.record_id: r["Employer"] for r in records if r["Employer"]}
    employer_of = {mention(key): f"EMP-{int(name.split()[-1]):07}" for key, name in firms.items()}
    linked = Linked(employer_of, {}, {})
    histories = {record.record_id: History(_first_seen(record)) for record in records}
    setting = Setting(
        partnership="Harwick and Dale Skills Partnership",
        today=TODAY,
        run_id="run-2026-11-23",
        reads=tuple(AgencyRead(name, name, True, 1, "2026-11-23", "2026-11-20") for name in AGENCIES),
        histories=histories,
        agencies={name.casefold(): name for name in AGENCIES},
    )
    return gather_facts(World("hub", records, linked, shared=True), load_schema(), setting, ())


def records_of(rows: int, readers: int, chance: random.Random) -> Iterator[Record]:
    """So many rows of the tabs in SHARES, the readers, and engagements."""
    counts = {tab: int(rows * share) for tab, share in SHARES.items()}
    firms = max(1, counts["Employers"] // FIRMS_A_ROW)
    counts["Coordinators"] = readers
    counts["Engagements"] = rows - sum(counts.values())
    for tab, count in counts.items():
        for number in range(count):
            agency = AGENCIES[number % len(AGENCIES)]
            cells = {"Agency": agency, **_cells(tab, number, firms, chance)}
            place = Place("hub", tab, number + 2)
            yield Record(f"R-{tab.upper()}{number:06}", tab, agency, place, cells, cells)


def _cells(tab: str, number: int, firms: int, chance: random.Random) -> dict[str, str]:
    firm = {"Employer": f"Firm of Harwick number {chance.randrange(firms)}"}
    made = {
        "Employers": lambda: _firm(number, firms, chance),
        "Contacts": lambda: firm | _person(number),
        "Engagements": lambda: firm | _talk(chance),
        "Attendance": lambda: firm | {"Event": f"Breakfast {chance.randrange(500)}", "Status": "Booked"},
        "Pledges": lambda: firm | _pledge(chance),
        "Events": lambda: _event(number, chance),
        "Actions": lambda: _action(number),
        "Coordinators": lambda: _reader(number),
    }
    return made[tab]()


def _firm(number: int, firms: int, chance: random.Random) -> dict[str, str]:
    name = f"Firm of Harwick number {number % firms}"
    return {"Employer": name, "Sector": chance.choice(SECTORS), "Town": "Harwick", "Employees in all": "60"}


def _person(number: int) -> dict[str, str]:
    return {"First name": "Jo", "Last name": f"Lund {number}", "Email": f"jo{number}@firm.example"}


def _pledge(chance: random.Random) -> dict[str, str]:
    stage = chance.choice(("Signed", "Started"))
    return {"Pledge": "Skills pledge", "Date signed": a_day(chance, 700), "Stage": stage}


def _event(number: int, chance: random.Random) -> dict[str, str]:
    return {"Event": f"Breakfast {number}", "Date": a_day(chance, 700), "Target employers": "40"}


def _action(number: int) -> dict[str, str]:
    due = f"{1 + number % 28} November 2026"
    return {"Ref": str(number), "Action": "Agree on a plan", "Responsible": AGENCIES[0], "Due date": due}


def _talk(chance: random.Random) -> dict[str, str]:
    return {
        "Date": a_day(chance, 700),
        "Type": chance.choice(TYPES),
        "Reason": chance.choice(REASONS),
        "Staff member": f"R. Hale{chance.randrange(1000):03}",
        "Next step": "Send the training plan" if chance.random() < 0.3 else "",
        "Next step by": a_day(chance, 60),
    }


def _reader(number: int) -> dict[str, str]:
    about = ("Everything", "My agency", "My sectors", "My employers")[number % 4]
    cells = {"Name": f"Ruth Hale{number:03}", "Email": f"ruth{number}@harwick.example", "Gets": "Weekly"}
    return {
        **cells,
        "About": about,
        "Sectors": SECTORS[number % len(SECTORS)] if about == "My sectors" else "",
    }


def a_day(chance: random.Random, back: int) -> str:
    """A day of the last so many, or of the twenty to come."""
    return (TODAY + timedelta(days=chance.randrange(-back, 20))).isoformat()


def _first_seen(record: Record) -> str:
    return "2026-11-18" if record.place.row % 400 == 0 else "2026-01-05"
