"""A register in which every capability has something to say: offers, seats, needs, outcomes, targets."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace

from engage.insight.facts import Facts
from engage.insight.target_measures import MEASURES
from engage.model import Place, Record

from .big_register import AGENCIES, SECTORS, a_day, facts_from, records_of

ENGAGEMENTS_A_ROW = 0.504  # of the rows of big_register, what its shares of other tabs leave
COORDINATORS = 5
SIC = ("25620", "41201", "86210", "10710", "49410", "62012", "47110")  # in the order of SECTORS
NEEDS = ("Digital skills", "Technical skills", "Recruitment", "Management")
GROUPS = ("Skills Board", "Employer forum", "14-19 group", "Health and care forum")
RULES = ("Top N by headcount", "Sector", "Agency")
KINDS = ("Redundancy", "Large-scale recruitment", "Vacancy")  # one talk in a hundred, in fifty, in twelve
OUTCOMES = ("Apprenticeship start", "Trained", "Skill card")
MORE = {"Outcomes": 0.02, "Pledge page views": 0.001, "Group members": 0.002}  # of the rows of big_register


def full_facts(engagements: int, seed: int) -> Facts:
    """The hub's facts of a register of about so many engagements, with rows in every staff tab."""
    rows, chance = int(engagements / ENGAGEMENTS_A_ROW), random.Random(seed)
    return facts_from((*_filled(rows, chance), *_more(rows, chance)))


def _filled(rows: int, chance: random.Random) -> Iterator[Record]:
    """The rows of big_register with the cells that the capabilities read."""
    firms: list[str] = []
    for record in records_of(rows, COORDINATORS, chance):
        cells = dict(record.clean)
        if record.tab == "Employers":
            firms.append(cells["Employer"])
            cells |= _sizes(cells, chance)
        if record.tab == "Engagements":
            cells |= _talk(chance)
        if record.tab == "Attendance":
            cells["Status"] = chance.choice(("Invited", "Booked", "Came"))
        yield replace(record, typed=cells, clean=cells)


def _sizes(cells: dict[str, str], chance: random.Random) -> dict[str, str]:
    """One in five says nothing of how many it employs; one in three has its sector by SIC code alone."""
    stage, rest = chance.choice(("1 Aware", "3 Met", "4 Taking part", "")), a_day(chance, 60)
    typed = cells["Sector"] if chance.random() > 0.33 else ""
    return {
        "Employees in all": "" if chance.random() < 0.2 else str(chance.randrange(1, 2000)),
        "SIC code": SIC[SECTORS.index(cells["Sector"])],
        "Sector": typed,
        "Stage": stage,
        "Rest until": rest if chance.random() < 0.02 else "",
    }


def _talk(chance: random.Random) -> dict[str, str]:
    made = {
        "Status": "Cancelled" if chance.random() < 0.03 else "",
        "Who started it": chance.choice(("Employer", "Us", "Us", "Partner referral", "")),
        "Aim / Summary": "Talk about training",
    }
    if chance.random() < 0.11:
        kind = chance.choices(KINDS, (1, 2, 8))[0]
        offer = chance.choice(("Yes", "No", ""))
        made |= {"Type": kind, "Number of jobs": str(chance.randrange(1, 90)), "Offer made": offer}
    if chance.random() < 0.2:
        need = {"Need type": chance.choice(NEEDS), "What the employer needs": "Training for three people"}
        made |= need | {"Told them back": chance.choice(("Yes", "No", ""))}
    if chance.random() < 0.1:
        made["Feedback 1-5"] = str(chance.randrange(1, 6))
    return made


def _more(rows: int, chance: random.Random) -> Iterator[Record]:
    """The tabs that big_register does not have; those of one length whatever the register's."""
    firms = max(1, rows * 18 // 300)
    made: dict[str, Callable[[int], dict[str, str]]] = {
        "Outcomes": lambda number: _outcome(number, firms, chance),
        "Pledge page views": lambda _: {"Date": a_day(chance, 700), "Views": str(chance.randrange(90))},
        "Group members": lambda number: _member(number, firms, chance),
    }
    for tab, share in MORE.items():
        for number in range(int(rows * share)):
            yield _record(tab, number, made[tab](number))
    for tab, listed in _few().items():
        yield from (_record(tab, number, cells) for number, cells in enumerate(listed))


def _outcome(number: int, firms: int, chance: random.Random) -> dict[str, str]:
    return {
        "Date": a_day(chance, 700),
        "Employer": f"Firm of Harwick number {chance.randrange(firms)}",
        "Type": OUTCOMES[number % len(OUTCOMES)],
        "Number": str(chance.randrange(1, 12)),
        "£": str(chance.randrange(500)),
        "Fund": f"Fund {number % 3}",
    }


def _member(number: int, firms: int, chance: random.Random) -> dict[str, str]:
    firm = f"Firm of Harwick number {chance.randrange(firms)}"
    return {"Group": GROUPS[number % len(GROUPS)], "Employer": firm, "From": a_day(chance, 700)}


def _few() -> dict[str, list[dict[str, str]]]:
    filters = ("", "Agency = Agency 03 of the partnership")
    seats = [{"Group": group, "Rule": rule, "Seats": "5"} for group in GROUPS for rule in RULES]
    return {
        "Groups": [{"Group": group} for group in GROUPS],
        "Group seats": seats,
        "Sectors": [
            {"Sector": name, "SIC prefixes": code[:2], "Known businesses": "900"}
            for name, code in zip(SECTORS, SIC, strict=True)
        ],
        "Targets": [
            {"Target": f"{measure} {narrow}", "Measure": measure, "Filter": narrow, "At least": "40"}
            | {"How many events reach it": "2", "From": "2026-04-01", "By": "31 March 2027"}
            for measure in MEASURES
            for narrow in filters
        ],
    }


def _record(tab: str, number: int, cells: dict[str, str]) -> Record:
    agency = AGENCIES[number % len(AGENCIES)]
    with_agency = {"Agency": agency, **cells}
    name = "".join(tab.split()).upper()
    return Record(
        f"R-{name}{number:06}", tab, agency, Place("hub", tab, number + 2), with_agency, with_agency
    )
