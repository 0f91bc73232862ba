"""Whom a row names, staff of agencies too, who are nobody's contact and are not linked."""

from __future__ import annotations

from engage.linkage.evidence import names_in, person_cells
from engage.linkage.mentions import person_mentions
from engage.model import Record
from engage.register.names import read_people
from engage.register.text import split_several

# Tabs about agencies' own people: the column of the name, and of the address.
STAFF = {
    "Coordinators": ("Name", "Email"),
    "Agencies": ("Lead person", "Lead email"),
    "Groups": ("Chair", ""),
}
WHOLE_ROWS = frozenset({"Contacts", "Coordinators"})  # a row is one person, and nothing else
Name = tuple[str, str]
"""Given and family name, as typed."""


def named_in(record: Record) -> tuple[Name, ...]:
    """(given name, family name) of each person that a row names, in the order of their mentions."""
    if record.tab in STAFF:
        return tuple((one.first, one.last) for one in read_people(record[STAFF[record.tab][0]]))
    return names_in(record)


def mails_of(record: Record, ordinal: int) -> tuple[str, ...]:
    """The addresses of the row's ordinal-th person (1 is the first), shared mailboxes left out."""
    if record.tab in STAFF:
        return split_several(record[STAFF[record.tab][1]])
    people = person_mentions(record)
    if ordinal <= len(people):
        return people[ordinal - 1].mailboxes
    return () if people else split_several(record["Email"])


def phones_of(record: Record, ordinal: int) -> tuple[str, ...]:
    """The numbers that the row gives for its ordinal-th person."""
    cells = person_cells(record, ordinal)
    return tuple(n for heading in ("Phone", "Mobile") for n in split_several(cells.get(heading, "")))
