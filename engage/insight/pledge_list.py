"""The Pledge list: who signed, who spoke to them first and last, and which sign-ups say the same twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from engage.insight.activity import after, talks_by_employer
from engage.insight.facts import Facts, once_a_day, once_of_rows
from engage.insight.reading import (
    PlainRow,
    agency_of,
    as_frame,
    employer_key,
    employer_name,
    employers_by_id,
    fold,
    rows_of,
)
from engage.insight.sectors import sectors_of
from engage.insight.size_bands import size_band
from engage.insight.weeks import Period, read_day

HEADINGS = (
    "Record",
    "Pledge",
    "Employer",
    "Employer ID",
    "Signed by",
    "Date signed",
    "Route",
    "Agency",
    "Stage",
    "Sector",
    "Size band",
    "First touch agency",
    "Last touch before signing",
    "Duplicate sign-up of",
)
STAGES = ("Enquired", "Signed", "Started", "Delivered")
SIGNED = frozenset({"Signed", "Started", "Delivered"})


@dataclass(frozen=True, slots=True)
class SignUp:
    """One signed pledge. duplicate_of: record id of the same employer's earlier sign-up, "" if it is new."""

    record_id: str
    pledge: str
    employer: str
    employer_key: str
    day: date | None
    agency: str
    route: str
    duplicate_of: str


@once_a_day
def sign_ups(facts: Facts) -> tuple[SignUp, ...]:
    """The pledges that stand as signed (Stage Signed, Started or Delivered; or blank with a date), oldest
    first. A second one of the same pledge by the same merged employer is a duplicate of the first."""
    employers = employers_by_id(facts)
    rows = [row for row in rows_of(facts, "Pledges") if is_signed(row)]
    rows.sort(key=lambda row: (row.get("Date signed", "") or "9999", row["record_id"]))
    first: dict[tuple[str, str], str] = {}
    return tuple(_sign_up(row, employers, first) for row in rows)


@once_a_day
def signed_within(facts: Facts, period: Period) -> tuple[SignUp, ...]:
    """The sign-ups of a period, without those that say the same a second time."""
    return tuple(one for one in sign_ups(facts) if one.day in period and not one.duplicate_of)


def _sign_up(row: PlainRow, employers: Mapping[str, PlainRow], first: dict[tuple[str, str], str]) -> SignUp:
    key = employer_key(row)
    known = (
        first.setdefault((fold(row.get("Pledge", "")), key), row["record_id"]) if key else row["record_id"]
    )
    return SignUp(
        record_id=row["record_id"],
        pledge=row.get("Pledge", ""),
        employer=employer_name(row, employers),
        employer_key=key,
        day=read_day(row.get("Date signed", "")),
        agency=agency_of(row),
        route=row.get("Route", ""),
        duplicate_of="" if known == row["record_id"] else known,
    )


def is_signed(row: Mapping[str, str]) -> bool:
    """Whether a pledge row stands as signed."""
    stage = row.get("Stage", "")
    return stage in SIGNED or (not stage and bool(row.get("Date signed", "")))


@dataclass(frozen=True, slots=True)
class Stage:
    """How far a pledge was on facts.today. is_later: it has changed since, and nobody knows from what."""

    name: str
    is_later: bool = False


def stage_of(facts: Facts, row: PlainRow) -> Stage | None:
    """A pledge's stage; of an earlier day as far as the register knows it, None if it was not there yet.

    A blank stage is Signed if there is a date, else Enquired. One that has changed after that day is told as
    it is now, unless the day of signing shows that it was no more than an enquiry.
    """
    day, today = read_day(row.get("Date signed", "")), facts.today.isoformat()
    signed = day is not None and day <= facts.today
    stage = row.get("Stage", "") or ("Signed" if row.get("Date signed", "") else "Enquired")
    history = facts.histories.get(row["record_id"])
    if history is None or history.changed_on("Stage") <= today or (signed and stage == "Signed"):
        return Stage(stage)
    if history.first_seen > today and not signed:
        return None if _began(facts) <= today else Stage(stage, is_later=True)
    return Stage("Enquired") if day is not None and not signed else Stage(stage, is_later=True)


@once_of_rows
def _began(facts: Facts) -> str:
    """The first day on which the register saw a row, "" if it has none."""
    return min((history.first_seen for history in facts.histories.values()), default="")


def stages_of(facts: Facts) -> Mapping[str, tuple[int, int]]:
    """Stage → how many pledges stand there, and of how many of them that is told as it is now, later than
    facts.today; the same pledge of one employer counts once, at its furthest. Lapsed and withdrawn ones are
    not counted; {} if there are none.
    """
    furthest: dict[tuple[str, str], tuple[int, bool]] = {}
    for row in rows_of(facts, "Pledges"):
        stage = stage_of(facts, row)
        if stage is not None and stage.name in STAGES:
            key = fold(row.get("Pledge", "")), employer_key(row) or row["record_id"]
            found = STAGES.index(stage.name), stage.is_later
            furthest[key] = max(furthest.get(key, found), found)
    counts, later = (
        Counter(at for at, _ in furthest.values()),
        Counter(at for at, late in furthest.values() if late),
    )
    return {name: (counts[at], later[at]) for at, name in enumerate(STAGES)} if furthest else {}


@once_a_day
def enquiries(facts: Facts) -> tuple[str, ...]:
    """The pledge of each enquiry that is open today: asked about and not signed; an employer counts once a
    pledge. It has no day of its own, so nobody can say when it was."""
    signed = {(fold(one.pledge), one.employer_key) for one in sign_ups(facts) if one.employer_key}
    found: dict[tuple[str, str], str] = {}
    for row in rows_of(facts, "Pledges"):
        key = fold(row.get("Pledge", "")), employer_key(row) or row["record_id"]
        if not is_signed(row) and row.get("Stage", "") in {"", "Enquired"} and key not in signed:
            found.setdefault(key, row.get("Pledge", "") or "Not given")
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class Touch:
    """Who had the first and the last done engagement with the employer of a pledge up to the day of signing;
    while it is not signed, the first so far and no last. "" if nobody had."""

    first: str = ""
    last: str = ""


@once_a_day
def touches(facts: Facts) -> dict[str, Touch]:
    """Record id of a pledge → who spoke to its employer."""
    return {row["record_id"]: _touch(row, facts) for row in rows_of(facts, "Pledges")}


def _touch(row: PlainRow, facts: Facts) -> Touch:
    talks = talks_by_employer(facts).get(row.get("employer_id", ""), [])
    signed = read_day(row.get("Date signed", ""))
    before = after(talks, min(signed or facts.today, facts.today))
    if not before:
        return Touch()
    return Touch(talks[0].agency, talks[before - 1].agency if signed else "")


def pledge_list(facts: Facts) -> pd.DataFrame:
    """One row a pledge, newest first. Sector: all that the employer is in, by its SIC codes too. Size band:
    ONS, from Employees in all (here, if that is unknown).

    First touch agency, Last touch before signing: as `touches` has them.
    """
    duplicates = {one.record_id: one.duplicate_of for one in sign_ups(facts)}
    rows = sorted(rows_of(facts, "Pledges"), key=lambda row: (row.get("Date signed", ""), row["record_id"]))
    return as_frame((_row(row, facts, duplicates) for row in reversed(rows)), HEADINGS)


def _row(row: PlainRow, facts: Facts, duplicates: Mapping[str, str]) -> list[str]:
    employers = employers_by_id(facts)
    golden = employers.get(row.get("employer_id", ""), {})
    touch = touches(facts)[row["record_id"]]
    worked_out = {
        "Record": row["record_id"],
        "Employer": employer_name(row, employers),
        "Employer ID": row.get("employer_id", ""),
        "Agency": agency_of(row),
        "Sector": "; ".join(sectors_of(facts, row)),
        "Size band": size_band(golden.get("Employees in all", "") or golden.get("Employees here", "")),
        "First touch agency": touch.first,
        "Last touch before signing": touch.last,
        "Duplicate sign-up of": duplicates.get(row["record_id"], ""),
    }
    return [worked_out.get(name, row.get(name, "")) for name in HEADINGS]
