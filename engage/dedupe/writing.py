"""The two files that come of a list: its rows with their clusters, and the pairs to look at."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from typing import TextIO

from engage.errors import UsageError

from .clusters import Clustered
from .columns import Columns
from .listing import Listing

CLUSTER, CONFIDENCE, PERSON = "cluster_id", "confidence", "person_id"
REVIEW = ("row_a", "row_b", "probability", "reasons", "about")


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


def write_review(file: TextIO, clustered: Clustered) -> None:
    """One line for each two clusters that may be one, those first whose answer brings most rows together."""
    out = csv.writer(file, lineterminator="\n")
    out.writerow(REVIEW)
    for pair in clustered.doubtful:
        out.writerow((pair.row_a, pair.row_b, f"{pair.probability:.4f}", pair.reasons, pair.about))


def _padded(row: Sequence[str], width: int) -> tuple[str, ...]:
    return (*row, *[""] * (width - len(row)))
