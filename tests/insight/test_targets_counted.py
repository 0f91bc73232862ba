"""Targets counted again from the typed rows in the plainest way, before and after a merge or a split."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings

from engage.insight.targets import CAPABILITY, TAB

from .registers import QUARTER, SECTORS, Register, Row, done, firm, rows_told, sectors, two_nights
from .target_sample import COLUMNS, TARGET

TODAY = date(2026, 11, 23)
SIGNED = {"Signed", "Started", "Delivered"}
NOTHING = ""  # a share of none


def per_cent(part: int, whole: int) -> int | str:
    return part * 100 // whole if whole else NOTHING


def asked(register: Register) -> Counter[str]:
    first = TODAY - timedelta(days=89)
    return Counter(
        row["employer_id"]
        for row in register.tables["Engagements"]
        if row["employer_id"]
        and first.isoformat() <= row["Date"] <= TODAY.isoformat()
        and row["Status"] != "Cancelled"
        and row["Who started it"] != "Employer"
    )


def scores(register: Register) -> list[int]:
    return [int(row["Feedback 1-5"]) for row in done(register) if row["Feedback 1-5"] in {*"12345"}]


def complete(register: Register) -> int:
    return sum(bool(row["Type"] and row["Reason"]) for row in done(register))


def signed(register: Register) -> tuple[list[Row], int]:
    """The pledges that count as signed in the quarter, and how many say the same again."""
    rows = [
        row
        for row in register.tables["Pledges"]
        if row["Stage"] in SIGNED or (not row["Stage"] and row["Date signed"])
    ]
    ordered = sorted(enumerate(rows), key=lambda at: (at[1]["Date signed"] or "9999", at[0]))
    seen: set[tuple[str, str]] = set()
    found, again = [], 0
    for _, row in ordered:
        inside = QUARTER.first.isoformat() <= row["Date signed"] <= TODAY.isoformat()
        same = (row["Pledge"], firm(row)) in seen
        seen.add((row["Pledge"], firm(row)))
        again += same and inside
        found += [row] if inside and not same else []
    return found, again


def stage(*names: str) -> Callable[[Register], int | str]:
    def share(register: Register) -> int | str:
        found, _ = signed(register)
        return per_cent(sum(row["Stage"] in names for row in found), len(found))

    return share


def is_sme(golden: Row) -> bool | None:
    """None where nobody knows."""
    whole, here = golden["Employees in all"], golden["Employees here"]
    if whole == "4000" or here == "300":
        return False
    return True if whole in {"5", "30", "120"} else None


def sme_share(register: Register, keys: set[str]) -> int | str:
    said = [is_sme(register.employers[key]) for key in keys if key in register.employers]
    known = [one for one in said if one is not None]
    return per_cent(sum(known), len(known))


def seated(register: Register) -> set[str]:
    day = TODAY.isoformat()
    rows = register.tables["Group members"]
    return {row["employer_id"] for row in rows if row["From"] <= day <= (row["To"] or "9999")} - {""}


def without(reached: Callable[[Register], set[str]]) -> Callable[[Register], int]:
    """How many of the partnership's sectors have nobody among those."""

    def count(register: Register) -> int:
        there = [sectors(register.employers[key]) for key in reached(register) if key in register.employers]
        return sum(not any(row["Sector"] in names for names in there) for row in SECTORS)

    return count


def spoken_in_a_year(register: Register) -> set[str]:
    since = (TODAY - timedelta(days=365)).isoformat()
    rows = register.tables["Engagements"]
    done_ = [row for row in rows if row["Status"] in {"Done", ""}]
    return {row["employer_id"] for row in done_ if since < row["Date"] <= TODAY.isoformat()} - {""}


def ever_signed(register: Register) -> set[str]:
    rows = [row for row in register.tables["Pledges"] if row["Date signed"] <= TODAY.isoformat()]
    return {
        row["employer_id"]
        for row in rows
        if row["Stage"] in SIGNED or (not row["Stage"] and row["Date signed"])
    } - {""}


def ahead(register: Register) -> int:
    """Planned for the fortnight; a row of a day to come that was there before is a plan, whatever it says."""
    today, last = TODAY.isoformat(), (TODAY + timedelta(days=13)).isoformat()
    return sum(
        (row["Date"] == today and row["Status"] == "Planned")
        or (today < row["Date"] <= last and row["Status"] != "Cancelled")
        for row in register.tables["Engagements"]
    )


PLAIN: dict[str, Callable[[Register], int | str]] = {
    "Answers of 1 or 2": lambda register: sum(one <= 2 for one in scores(register)),
    "Feedback answers": lambda register: len(scores(register)),
    "Engagements with a type and a reason": complete,
    "Share of engagements with a type and a reason": lambda register: per_cent(
        complete(register), len(done(register))
    ),
    "SME share of employers pledged": lambda register: sme_share(
        register, {row["employer_id"] for row in signed(register)[0]}
    ),
    "SME share of employers on a group": lambda register: sme_share(register, seated(register)),
    "Employers of unknown size engaged": lambda register: sum(
        is_sme(register.employers[key]) is None if key in register.employers else True
        for key in {firm(row) for row in done(register)}
    ),
    "Employers without a sector": lambda register: sum(
        not sectors(golden) for golden in register.employers.values()
    ),
    "Sectors in which nobody was spoken to": without(spoken_in_a_year),
    "Sectors in which nobody has pledged": without(ever_signed),
    "Sectors without an employer on a group": without(seated),
    "Pledges signed": lambda register: len(signed(register)[0]),
    "Pledges signed twice": lambda register: signed(register)[1],
    "Share of pledges started": stage("Started", "Delivered"),
    "Share of pledges delivered": stage("Delivered"),
    "Employers asked in 90 days": lambda register: len(asked(register)),
    "Employers that are to rest": lambda register: sum(
        golden["Rest until"] > TODAY.isoformat() for golden in register.employers.values()
    ),
    "Approaches planned": ahead,
}


@pytest.mark.parametrize("measure", PLAIN)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(nights=two_nights)
def test_a_target_is_a_plain_count_of_the_rows_also_once_two_are_merged_or_one_is_split(measure, nights):
    for register in nights:
        register.tables["Targets"] = [{**TARGET, "At least": "4", "Measure": measure, "employer_id": ""}]
        (row,) = rows_told(register.facts(columns=COLUMNS), CAPABILITY, TAB)
        assert row["Now"] == PLAIN[measure](register)


@settings(max_examples=40, deadline=None)
@given(two_nights)
def test_a_filter_by_size_counts_the_employers_of_that_size(nights):
    target = {**TARGET, "At least": "4", "Measure": "Employers engaged", "employer_id": ""}
    for register in nights:
        register.tables["Targets"] = [
            {**target, "Filter": f"Size = {name}"} for name in ("SME", "Large (250 or more)", "not known")
        ]
        told = rows_told(register.facts(columns=COLUMNS), CAPABILITY, TAB)
        spoken = {
            firm(row): is_sme(register.employers.get(row["employer_id"], UNKNOWN)) for row in done(register)
        }
        assert [row["Now"] for row in told] == [
            [*spoken.values()].count(kind) for kind in (True, False, None)
        ]


UNKNOWN = {"Employees in all": "", "Employees here": ""}
