"""Forty invented rows with the truth, as five agencies' tabs, and records made by hand."""

from __future__ import annotations

import csv
from itertools import combinations
from pathlib import Path

from engage.linkage.linking import LinkSettings, link
from engage.model import Decision, Linked, Membership, Place, Record

DATA = Path(__file__).parent / "data"
SETTINGS = LinkSettings()


def record(record_id: str, tab: str, agency: str = "Council", **values: str) -> Record:
    """A row; underscores in the names of values are spaces: Company_number="99000001"."""
    clean = {heading.replace("_", " "): value for heading, value in values.items() if value}
    return Record(record_id, tab, agency, Place(agency, tab), clean, clean)


def employer(record_id: str, name: str, agency: str = "Council", **values: str) -> Record:
    """A row of an Employers tab."""
    return record(record_id, "Employers", agency, Employer=name, **values)


def contact(record_id: str, name: str, at: str, agency: str = "Council", **values: str) -> Record:
    """A row of a Contacts tab."""
    return record(record_id, "Contacts", agency, Employer=at, Contact_name=name, **values)


def linked(
    *records: Record, decisions: tuple[Decision, ...] = (), before: Membership | None = None
) -> Linked:
    """One night over these rows."""
    return link(records, decisions, before or Membership(), SETTINGS)


def together(ids: dict[str, str] | object, *keys: str) -> bool:
    """True when all these mentions have one identifier."""
    return len({ids.get(key, key) for key in keys}) == 1  # type: ignore[attr-defined]


def messy_rows() -> list[dict[str, str]]:
    with (DATA / "messy_rows.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def expected_pairs() -> list[dict[str, str]]:
    with (DATA / "expected_pairs.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def one_tab() -> list[Record]:
    """Each row as an Employers row with contact columns."""
    return [_employers_row(row, contacts=True) for row in messy_rows()]


def two_tabs() -> list[Record]:
    """Each row as an Employers row and, if it names somebody, a Contacts row."""
    records = [_employers_row(row, contacts=False) for row in messy_rows()]
    for row in messy_rows():
        if row["contact_as_typed"]:
            name, at = row["contact_as_typed"], row["employer_as_typed"]
            records.append(
                contact(f"R-C{int(row['row']):03d}", name, at, row["agency"], **_contact_values(row))
            )
    return records


def _employers_row(row: dict[str, str], *, contacts: bool) -> Record:
    values = {
        "Postcode": row["postcode_as_typed"],
        "Company_number": row["company_no_as_typed"],
        "Notes": row["notes"],
    }
    if contacts:
        values |= {"Contact_name": row["contact_as_typed"], **_contact_values(row)}
    elif not row["contact_as_typed"]:
        values["Phone"] = row["phone_as_typed"]
    return employer(f"R-E{int(row['row']):03d}", row["employer_as_typed"], row["agency"], **values)


def _contact_values(row: dict[str, str]) -> dict[str, str]:
    return {"Job_title": row["job_title"], "Email": row["email_as_typed"], "Phone": row["phone_as_typed"]}


def employer_key(row: int | str) -> str:
    return f"R-E{int(row):03d}#0"


def true_pairs(truth: dict[str, str]) -> list[tuple[str, str]]:
    return [(a, b) for a, b in combinations(sorted(truth), 2) if truth[a] == truth[b]]


def true_employers() -> dict[str, str]:
    return {employer_key(row["row"]): row["truth_employer"] for row in messy_rows()}


def true_people(tab: str) -> dict[str, str]:
    """Mention → person; tab is "E" or "C"."""
    return {
        f"R-{tab}{int(row['row']):03d}#{ordinal}": person
        for row in messy_rows()
        for ordinal, person in enumerate(filter(None, row["truth_person"].split("+")), start=1)
    }
