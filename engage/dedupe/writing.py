"""The two files that come of a list: its rows with their clusters, and the pairs to look at."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from typing import TextIO

from engage.errors import UsageError
from engage.model import Row

from .clusters import Clustered
from .columns import ORGANISATIONS, PEOPLE, Columns
from .listing import Listing

CLUSTER, CONFIDENCE, PERSON = "cluster_id", "confidence", "person_id"
REVIEW = ("row_a", "row_b", "name_a", "name_b", "probability", "reasons", "about")
# Which cells name a row, the first that are there and filled: a firm's, a person's in one cell or in two.
_NAMING = {
    ORGANISATIONS: (("Employer",), ("Trading as",)),
    PEOPLE: (("First name", "Last name"), ("Contact name",)),
}


def check_headings(columns: Columns, *, people: bool) -> None:
    """Raises UsageError if the list has a column of a name that we are to add."""
    ours = {CLUSTER, CONFIDENCE} | ({PERSON} if people else set())
    if taken := sorted(ours & set(columns.header)):
        raise UsageError(
            f"the list has a column {taken[0]} already", fix="rename that column in the list, then run again"
        )


def write_clusters(file: TextIO, listing: Listing, clustered: Clustered, *, people: bool) -> None:
    """The list's rows in order, every cell as typed, then cluster_id, confidence and perhaps person_id."""
    header = listing.columns.header
    width = max(clustered.width, len(header))
    out = csv.writer(file, lineterminator="\n")
    out.writerow((*_padded(header, width), CLUSTER, CONFIDENCE, *((PERSON,) if people else ())))
    added = zip(clustered.cluster_ids, clustered.confidence, clustered.person_ids, strict=True)
    for row, (cluster, confidence, persons) in zip(listing, added, strict=True):
        more = (cluster, f"{confidence:.4f}", *((persons,) if people else ()))
        out.writerow((*_padded(row, width), *more))


def write_review(file: TextIO, listing: Listing, clustered: Clustered) -> None:
    """One line for each two clusters that may be one, those first whose answer brings most rows together."""
    out = csv.writer(file, lineterminator="\n")
    out.writerow(REVIEW)
    wanted = {row for pair in clustered.doubtful for row in (pair.row_a, pair.row_b)}
    rows = {number: row for number, row in enumerate(listing if wanted else (), start=1) if number in wanted}
    for pair in clustered.doubtful:
        kind = PEOPLE if pair.about == "person" else ORGANISATIONS
        names = (_name(rows[number], listing.columns, kind) for number in (pair.row_a, pair.row_b))
        out.writerow((pair.row_a, pair.row_b, *names, f"{pair.probability:.4f}", pair.reasons, pair.about))


def _name(row: Row, columns: Columns, kind: str) -> str:
    """What a row calls itself, as typed."""
    for headings in _NAMING[kind]:
        at = [columns.at[heading] for heading in headings if heading in columns.at]
        if said := " ".join(row[place].strip() for place in at if place < len(row)).strip():
            return said
    return ""


def _padded(row: Sequence[str], width: int) -> tuple[str, ...]:
    return (*row, *[""] * (width - len(row)))
