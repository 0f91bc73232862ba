"""Outcomes: what came of it, in the period and in all, by kind and by fund."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from engage.insight.capability import (
    Capability,
    Cell,
    CellsByHeading,
    Chart,
    Headline,
    Insight,
    Source,
    Table,
)
from engage.insight.facts import Facts, once_of_rows
from engage.insight.reading import agency_of, employer_key, rows_of
from engage.insight.weeks import Period, read_day
from engage.wording import counted, in_a_row

TAB = "Outcome totals"
ALL_FUNDS, NO_FUND, NO_TYPE = "All funds", "Fund not given", "Type not given"
NO_DAY = "no date that can be read, or one still to come"
MOST_TYPES = 4


@dataclass(frozen=True, slots=True)
class Outcome:
    """One row of Outcomes. number: 1 where a row gives neither a number nor money, as it is one result; 0
    where it gives money alone. pounds: None where it gives none."""

    day: date | None
    type: str
    fund: str
    agency: str
    employer_key: str
    number: float
    pounds: float | None


@once_of_rows
def outcomes(facts: Facts) -> tuple[Outcome, ...]:
    """Every row of Outcomes, in their order."""
    return tuple(outcome_of(row) for row in rows_of(facts, "Outcomes") if row.get("Type", "") or _amount(row))


def outcome_of(row: dict[str, str]) -> Outcome:
    """One row of Outcomes as a value."""
    number, pounds = as_number(row.get("Number", "")), as_number(row.get("£", ""))
    return Outcome(
        day=read_day(row.get("Date", "")),
        type=row.get("Type", "") or NO_TYPE,
        fund=row.get("Fund", "") or NO_FUND,
        agency=agency_of(row),
        employer_key=employer_key(row),
        number=number if number is not None else 0 if pounds is not None else 1,
        pounds=pounds,
    )


def _amount(row: dict[str, str]) -> bool:
    return any(as_number(row.get(heading, "")) is not None for heading in ("Number", "£"))


def as_number(text: str) -> float | None:
    """A cell that was read as a number; None for any other."""
    try:
        return float(text)
    except ValueError:
        return None


def tell(facts: Facts, span: Period) -> Insight:
    """Numbers and pounds by type, in the period and since the first row; each fund's share of them apart."""
    known = [one for one in outcomes(facts) if one.day and one.day <= facts.today]
    if not known:
        return Insight()
    groups = {ALL_FUNDS: known}
    for one in sorted(known, key=lambda one: (one.fund == NO_FUND, one.fund.casefold())):
        groups.setdefault(one.fund, []).append(one)
    rows = [row for fund, ones in groups.items() for row in _rows(fund, ones, span)]
    whole = [row for row in rows if row["Fund"] == ALL_FUNDS]
    table = Table(
        TAB,
        tuple(rows),
        sources=(Source("Outcomes", len(known), len(outcomes(facts)) - len(known), NO_DAY),),
        parts="Fund",
        charts=(Chart("Outcomes in the period", "Type", ("Number",), part=ALL_FUNDS),),
    )
    headlines = tuple(
        Headline(str(row["Type"]), round(float(row["Number"])), f"{_tidy(row['Number in all'])} in all")
        for row in whole[:MOST_TYPES]
        if row["Number in all"]
    )
    pounds = sum(float(row["£"] or 0) for row in whole), sum(float(row["£ in all"] or 0) for row in whole)
    money = (Headline("Pounds brought in", round(pounds[0]), f"£{pounds[1]:,.0f} in all"),)
    return Insight(outcome_words(whole, pounds), headlines + (money if pounds[1] else ()), (table,))


def _rows(fund: str, ones: Sequence[Outcome], span: Period) -> Iterable[CellsByHeading]:
    types: dict[str, list[Outcome]] = {}
    for one in ones:
        types.setdefault(one.type, []).append(one)
    order = sorted(types.items(), key=lambda item: (-sum(one.number for one in item[1]), item[0].casefold()))
    for kind, of_kind in order:
        inside = [one for one in of_kind if one.day in span]
        yield {
            "Fund": fund,
            "Type": kind,
            "Number": _whole(sum(one.number for one in inside)),
            "£": _pounds(inside),
            "Employers": len({one.employer_key for one in inside if one.employer_key}),
            "Number in all": _whole(sum(one.number for one in of_kind)),
            "£ in all": _pounds(of_kind),
        }


def _pounds(ones: Iterable[Outcome]) -> Cell:
    known = [one.pounds for one in ones if one.pounds is not None]
    return _whole(round(sum(known), 2)) if known else ""


def _whole(number: float) -> int | float:
    return int(number) if float(number).is_integer() else number


def _tidy(cell: Cell) -> str:
    return f"{cell:,}" if isinstance(cell, int | float) else cell


def outcome_words(rows: Sequence[CellsByHeading], pounds: tuple[float, float]) -> str:
    """ "In the period: People trained 24 and Job filled 3. In all: People trained 310 and £50,000." """
    parts = []
    for lead, heading, money in (
        ("In the period", "Number", pounds[0]),
        ("In all", "Number in all", pounds[1]),
    ):
        said = [f"{row['Type']} {_tidy(row[heading])}" for row in rows if row[heading]][:MOST_TYPES]
        more = sum(bool(row[heading]) for row in rows) - len(said)
        said += [counted(more, "other kind")] if more else []
        said += [f"£{money:,.0f}"] if money else []
        parts.append(f"{lead}: {in_a_row(said) or 'nothing yet'}.")
    return " ".join(parts)


CAPABILITY = Capability(
    key="outcomes",
    number=14,
    title="Outcomes",
    clause="Stevenage 3.4: 500 trained, 150 skill cards, 40+ apprenticeships, £50,000",
    tabs=(TAB,),
    tell=tell,
)
