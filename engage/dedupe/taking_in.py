"""The rows of a list as mentions, with their columns and what they share: some of them in each process."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engage.linkage.crew import Lent
from engage.linkage.employers import columns
from engage.linkage.engine.tables import Batch
from engage.linkage.mentions import Employer, employer_mention, person_mentions
from engage.linkage.namesakes import Named, named
from engage.linkage.shared import Users, users_of
from engage.linkage.shelf import pack
from engage.model import Place, Record, Row
from engage.register.text import is_blank

from .columns import Columns
from .forgetting import forget_much
from .local_numbers import in_full

NumberedRow = tuple[int, str, Row]
"""A row with its number and its id."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How rows become mentions. people: whether those that they name are wanted too."""

    columns: Columns
    blanks: frozenset[str]
    country: str
    people: bool


@dataclass(frozen=True, slots=True)
class TakenIn:
    """Some rows. batch: what the model compares of the employers.

    employers: (number, the mention packed); people: (number of the row, ordinal there, the mention packed).
    """

    employers: list[tuple[int, bytes]]
    people: list[tuple[int, int, bytes]]
    batch: Batch
    users: Users
    named: Named


def take_in(rows: Sequence[NumberedRow], reading: Lent[Reading]) -> TakenIn:
    """These rows as mentions."""
    forget_much()
    how = reading.value
    records = [(number, record_of_row(record_id, row, how)) for number, record_id, row in rows]
    found: dict[int, Employer] = {}
    for number, record in records:
        if mention := employer_mention(record, how.country):
            found[number] = mention
    people = _people(records, how) if how.people else []
    employers = [(number, pack(mention)) for number, mention in found.items()]
    return TakenIn(employers, people, columns(found), users_of(found), named(found))


def _people(records: Iterable[tuple[int, Record]], how: Reading) -> list[tuple[int, int, bytes]]:
    return [
        (number, ordinal, pack(person))
        for number, record in records
        for ordinal, person in enumerate(person_mentions(record, how.country), start=1)
    ]


def record_of_row(record_id: str, row: Row, how: Reading) -> Record:
    """A row as a record that linkage understands; a blank word ("n/a") is blank."""
    at, blanks, parts = how.columns.at, how.blanks, how.columns.address
    typed = {heading: row[place] for heading, place in at.items() if place < len(row)}
    clean = {heading: "" if not text or is_blank(text, blanks) else text for heading, text in typed.items()}
    if not clean.get("Employer") and clean.get("Parent employer"):  # a provider without its setting's name
        clean |= {"Employer": clean["Parent employer"], "Parent employer": ""}
    if not clean.get("Employer"):
        others = (row[place] for place in how.columns.else_named if place < len(row))
        clean["Employer"] = next((text for text in others if not is_blank(text, blanks)), "")
    for heading in ("Phone", "Mobile"):
        if clean.get(heading):
            clean[heading] = in_full(clean[heading], how.columns.area)
    title = row[how.columns.title] if 0 <= how.columns.title < len(row) else ""
    named = next((heading for heading in ("First name", "Contact name") if clean.get(heading)), "")
    if title and named and not is_blank(title, blanks):
        clean[named] = f"{title} {clean[named]}"
    said = {place: text for place, text in enumerate(row) if place in parts and not is_blank(text, blanks)}
    if said:
        clean["Address"] = parts.joined(clean.get("Address", ""), said)
    return Record(record_id, how.columns.kind, clean.get("Agency", ""), _NOWHERE, typed, clean)


_NOWHERE = Place("list")
