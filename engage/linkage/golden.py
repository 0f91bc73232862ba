"""The golden record of each merged employer and person, field by field, and where each value came from.

Only the records handed in can be seen here, so a golden record never shows more than its audience may see.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from engage.linkage.evidence import gather
from engage.linkage.golden_employer import merge_employer
from engage.linkage.golden_log import Context, Made
from engage.linkage.golden_person import merge_person
from engage.linkage.survivorship import Steering
from engage.model import History, Linked, Record

PROVENANCE = (
    "golden_id", "field", "value", "won", "rule", "agency", "record_id", "workbook", "tab", "row", "since"
)  # fmt: skip
ALSO_EMPLOYER = ("Also known as", "Agencies", "Sites", "Records", "First seen", "Last contact",
                 "Last contact by", "Where each value came from")  # fmt: skip
ALSO_PERSON = ("Also known as", "Agencies", "Records", "Last contact", "Where each value came from")


@dataclass(frozen=True, slots=True)
class Golden:
    """frame: one row a merged employer or person (columns in insight/facts.py, and "Where each value came
    from"), by name then id. provenance: golden_id, field, value, won (bool), rule, agency, record_id,
    workbook, tab, row (int), since (ISO): every value that any row holds, the one that stands and the rest.
    """

    frame: pd.DataFrame
    provenance: pd.DataFrame


def golden_employers(
    records: Mapping[str, Record],
    linked: Linked,
    histories: Mapping[str, History],
    *,
    headings: Sequence[str],
    today: date,
    steering: Steering = Steering(),  # noqa: B008  (frozen)
) -> Golden:
    """The merged employers, one row each.

    headings: those of the Employers tab. An employer that only other tabs name (a contact, an engagement)
    is there too, with its name alone. Place fields come from one site, the one with most rows: an address
    mixed from two sites would be nowhere; Employees here is the greatest number given for that site. Sector
    is every sector given, Relationship manager each agency's own, Stage the furthest rung, Rest until the
    latest date, Offers apprenticeships Yes if any agency says so. Records holds record ids, joined by "; ".
    """
    context = Context(linked, histories, gather(records, linked), steering, today)
    made = [
        merge_employer(key, rows, headings, context)
        for key, rows in sorted(context.evidence.employer_rows.items())
    ]
    return _golden(
        made, ("employer_id", *headings, *_missing(ALSO_EMPLOYER, headings)), ("Employer", "employer_id")
    )


def golden_people(
    records: Mapping[str, Record],
    linked: Linked,
    histories: Mapping[str, History],
    employers: Golden,
    *,
    headings: Sequence[str],
    today: date,
    steering: Steering = Steering(),  # noqa: B008  (frozen)
) -> Golden:
    """The merged people, one row each, with the employer where they now work.

    headings: those of the Contacts tab. employers: as from golden_employers, of the same records. Job title,
    email and phone come from rows of the present employer. Do not contact and May we email news? are the
    most restrictive that any row says; an objection written in Notes counts as All. A person with neither
    a name nor an email (an audience that may not see them) is left out.
    """
    context = Context(linked, histories, gather(records, linked), steering, today)
    names = dict(zip(employers.frame["employer_id"], employers.frame["Employer"], strict=True))
    made = [
        merge_person(key, rows, headings, names, context)
        for key, rows in sorted(context.evidence.person_rows.items())
    ]
    made = [(row, log) for row, log in made if row["First name"] or row["Last name"] or row["Email"]]
    order = ("Last name", "First name", "person_id")
    columns = ("person_id", "employer_id", *headings, *_missing(ALSO_PERSON, headings))
    return _golden(made, columns, order)


def _golden(made: Sequence[Made], columns: Sequence[str], order: Sequence[str]) -> Golden:
    rows = sorted((row for row, _ in made), key=lambda row: [row[name].casefold() for name in order])
    frame = pd.DataFrame(
        [[row.get(name, "") for name in columns] for row in rows], columns=list(columns), dtype=object
    )
    entries = [entry for _, log in made for entry in log.rows()]
    return Golden(frame, pd.DataFrame(entries, columns=list(PROVENANCE)))


def _missing(extra: Sequence[str], headings: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for name in extra if name not in headings)
