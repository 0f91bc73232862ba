"""The rows behind each merged employer and person, and how the people in one row are told apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from engage.linkage.mentions import people_in, person_mentions
from engage.model import Linked, Record, mention
from engage.register.names import read_people
from engage.register.text import split_several

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
    employers_on: phone number → the employers whose own rows give it; people_on: → the people who use it.
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
        for ordinal in resolved_people(record_id, linked):
            people[linked.person_of[mention(record_id, ordinal)]].append((record, ordinal))
    return Evidence(
        {key: tuple(rows) for key, rows in employers.items()},
        {key: tuple(rows) for key, rows in people.items()},
        _users(
            {key: tuple(r for r in rows if r.tab == "Employers") for key, rows in employers.items()},
            ("Phone",),
        ),
        _users({key: tuple(r for r, _ in rows) for key, rows in people.items()}, ("Phone", "Mobile")),
    )


def resolved_people(record_id: str, linked: Linked) -> list[int]:
    """The ordinals of the resolved people in a row (at most nine stand in one cell)."""
    return [ordinal for ordinal in range(1, 10) if mention(record_id, ordinal) in linked.person_of]


def person_cells(record: Record, ordinal: int) -> dict[str, str]:
    """The row's cells that are about its ordinal-th person (1 is the first), as linkage tells them apart.

    Addresses go to the name that they spell. Any other cell with as many values as the row has people is
    dealt out in order; one value is everybody's, except a mobile of two people, which is surely nobody's.
    """
    cells, names = dict(record.clean), names_in(record)
    if 0 < ordinal <= len(names):
        cells["First name"], cells["Last name"] = names[ordinal - 1]
    people = person_mentions(record)
    if 0 < ordinal <= len(people):
        person = people[ordinal - 1]
        cells["Email"] = "; ".join(person.mailboxes or person.shared_mailboxes)
    for heading in ("Title", "Job title", "Mobile"):
        cells[heading] = _dealt(record[heading], ordinal, max(len(names), 1), heading)
    return cells


def names_in(record: Record) -> tuple[tuple[str, str], ...]:
    """(first name, last name) of each person that a row names, in the order of their mentions."""
    people = people_in(record)
    if len(people) == 1 and (record["First name"] or record["Last name"]):
        return ((record["First name"], record["Last name"]),)
    return tuple(_first_and_last(person.typed) for person in people)


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
                for number in split_several(record[heading]):
                    users[number].add(key)
    return {number: frozenset(keys) for number, keys in users.items()}


def _dealt(cell: str, ordinal: int, people: int, heading: str) -> str:
    values = split_several(cell)
    if people == 1:
        return cell
    if len(values) == people:
        return values[ordinal - 1]
    return cell if len(values) == 1 and heading != "Mobile" else ""


def _first_and_last(typed: str) -> tuple[str, str]:
    read = read_people(typed)
    return (read[0].first, read[0].last) if read else ("", typed)
