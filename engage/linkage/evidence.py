"""The rows behind each merged employer and person, and how the people in one row are told apart."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from engage.model import Linked, Record, mention

NAME_HEADINGS = ("Contact name", "Contact", "Person", "Signed by")
PERSONAL = ("Title", "First name", "Last name", "Job title", "Email", "Mobile")
HAPPENED = frozenset({"", "Done"})  # a blank status is a talk that took place, if its date is past


@dataclass(frozen=True, slots=True)
class Contacted:
    """The newest talk with somebody: ISO date, and by whom ("Tameside College, A. Shah"); "" if none."""

    day: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of one audience's clusters. Ids are EMP- and PER-; lists are in record id order.

    employer_rows: every row that names the employer. person_rows: (row, its ordinal for this person).
    employers_on, people_on: phone number → the employers and the people that use it.
    """

    employer_rows: Mapping[str, tuple[Record, ...]]
    person_rows: Mapping[str, tuple[tuple[Record, int], ...]]
    employers_on: Mapping[str, frozenset[str]] = field(default_factory=dict)
    people_on: Mapping[str, frozenset[str]] = field(default_factory=dict)


def gather(records: Mapping[str, Record], linked: Linked) -> Evidence:
    """The rows of each cluster, of the given records only: what is not among them is not seen here."""
    employers: dict[str, list[Record]] = defaultdict(list)
    people: dict[str, list[tuple[Record, int]]] = defaultdict(list)
    for record_id in sorted(records):
        record = records[record_id]
        if employer := linked.employer_of.get(mention(record_id)):
            employers[employer].append(record)
        for ordinal in people_in(record_id, linked):
            people[linked.person_of[mention(record_id, ordinal)]].append((record, ordinal))
    return Evidence(
        {key: tuple(rows) for key, rows in employers.items()},
        {key: tuple(rows) for key, rows in people.items()},
        _users({key: tuple(rows) for key, rows in employers.items()}, ("Phone",)),
        _users({key: tuple(r for r, _ in rows) for key, rows in people.items()}, ("Phone", "Mobile")),
    )


def people_in(record_id: str, linked: Linked) -> list[int]:
    """The ordinals of the resolved people in a row (at most nine stand in one cell)."""
    return [ordinal for ordinal in range(1, 10) if mention(record_id, ordinal) in linked.person_of]


def person_cells(record: Record, ordinal: int) -> dict[str, str]:
    """The row's cells that are about its ordinal-th person (1 is the first).

    A cell with as many values as the row has people is dealt out in order; one value is everybody's, except
    an address or mobile of two people, which is nobody's for certain and is left out.
    """
    cells = dict(record.clean)
    names = names_in(record)
    if names:
        cells["First name"], cells["Last name"] = names[min(ordinal, len(names)) - 1]
    for heading in PERSONAL:
        if heading not in ("First name", "Last name"):
            cells[heading] = _dealt(record[heading], ordinal, max(len(names), ordinal), heading)
    return cells


def names_in(record: Record) -> tuple[tuple[str, str], ...]:
    """(first name, last name) of each person that a row names, in order."""
    firsts, lasts = _several(record["First name"]), _several(record["Last name"])
    if firsts or lasts:
        count = max(len(firsts), len(lasts))
        return tuple(
            zip(firsts + [""] * (count - len(firsts)), lasts + [""] * (count - len(lasts)), strict=True)
        )
    whole = next((record[heading] for heading in NAME_HEADINGS if record[heading]), "")
    return tuple(_split(name) for name in _several(whole))


def last_contact(rows: Iterable[Record], today: date) -> Contacted:
    """The newest engagement that has taken place among these rows."""
    talks = [
        (row["Date"], row.agency, row["Staff member"])
        for row in rows
        if row.tab == "Engagements" and row["Status"] in HAPPENED and "" < row["Date"] <= today.isoformat()
    ]
    if not talks:
        return Contacted()
    day, agency, staff = max(talks)
    return Contacted(day, ", ".join(part for part in (agency, staff) if part))


def _users(rows: Mapping[str, tuple[Record, ...]], headings: Iterable[str]) -> dict[str, frozenset[str]]:
    users: dict[str, set[str]] = defaultdict(set)
    for key, records in rows.items():
        for record in records:
            for heading in headings:
                for number in _several(record[heading]):
                    users[number].add(key)
    return {number: frozenset(keys) for number, keys in users.items()}


def _several(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _dealt(cell: str, ordinal: int, people: int, heading: str) -> str:
    values = _several(cell)
    if people <= 1:
        return cell
    if len(values) == people:
        return values[ordinal - 1]
    return values[0] if len(values) == 1 and heading not in ("Email", "Mobile") else ""


def _split(name: str) -> tuple[str, str]:
    first, _, last = re.sub(r"\s+", " ", name).strip().rpartition(" ")
    return (first, last) if first else ("", last)
