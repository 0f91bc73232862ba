"""What an answer would change before anybody gives it: the rows it joins or parts, the figures that move."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from engage.insight.dashboard import dashboard
from engage.insight.facts import Facts
from engage.insight.reading import plain_rows
from engage.model import Linked, Record, record_of

FIGURES = ("Last whole week", "Week before", "Four-week average")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the Dashboard that would change."""

    measure: str
    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Preview:
    """clusters: the merged records that would be there, each with its rows in words.

    employers, people: how many there are before and after. figures: those of the Dashboard that would move.
    """

    clusters: tuple[tuple[str, tuple[str, ...]], ...]
    employers: tuple[int, int]
    people: tuple[int, int]
    figures: tuple[Figure, ...]


def if_merged(facts: Facts, kind: str, a: str, b: str) -> Preview:
    """What answering "Same" would do: the two clusters become one. The next sync links anew, and decides.

    A mention that is in no cluster yet (free text in doubt) joins the other's.
    """
    cluster_of = facts.linked.employer_of if kind == "employer" else facts.linked.person_of
    into = cluster_of.get(a) or cluster_of.get(b) or a
    other = cluster_of.get(b, into)
    joined = {key: into if one == other else one for key, one in cluster_of.items()} | {a: into, b: into}
    if kind == "employer":
        rows = {record_of(a), record_of(b)}
        after = replace(
            facts,
            linked=replace(facts.linked, employer_of=joined),
            tables={title: _joined(table, rows, other, into) for title, table in facts.tables.items()},
            employers=facts.employers[(facts.employers["employer_id"] != other) | (other == into)],
        )
    else:
        people = facts.people[(facts.people["person_id"] != other) | (other == into)]
        after = replace(facts, linked=replace(facts.linked, person_of=joined), people=people)
    return compare(facts, after, kind, frozenset({a, b}))


def _joined(table: pd.DataFrame, rows: set[str], other: str, into: str) -> pd.DataFrame:
    if "employer_id" not in table:
        return table
    moved = (table["employer_id"] == other) | table["record_id"].isin(rows)
    return table.assign(employer_id=table["employer_id"].where(~moved, into))


def compare(before: Facts, after: Facts, kind: str, keys: frozenset[str]) -> Preview:
    """What is different for the clusters of these mentions, and in the Dashboard."""
    return Preview(
        clusters=_clusters(after.linked, kind, keys, after.records),
        employers=(len(before.employers), len(after.employers)),
        people=(len(before.people), len(after.people)),
        figures=_moved(_figures(before), _figures(after)),
    )


def _clusters(
    linked: Linked, kind: str, keys: frozenset[str], records: Mapping[str, Record]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    cluster_of = linked.employer_of if kind == "employer" else linked.person_of
    rows: dict[str, list[Record]] = {one: [] for one in sorted({cluster_of.get(key, key) for key in keys})}
    for key, one in cluster_of.items():
        if one in rows and record_of(key) in records:
            rows[one].append(records[record_of(key)])
    return tuple(
        (one, tuple(_row_words(row) for row in sorted(found, key=place_order))) for one, found in rows.items()
    )


def place_order(record: Record) -> tuple[bool, str, str, int]:
    """Sort key: rows about the employer or person first, then those that only name it."""
    return record.tab not in ("Employers", "Contacts"), record.agency, record.place.tab, record.place.row


def _row_words(record: Record) -> str:
    return f"{record.agency}: {record.place.tab}, row {record.place.row}"


def _figures(facts: Facts) -> dict[tuple[str, str, str], str]:
    return {
        (row["Section"], row["Measure"], column): row[column]
        for row in plain_rows(dashboard(facts))
        for column in FIGURES
    }


def _moved(
    before: Mapping[tuple[str, str, str], str], after: Mapping[tuple[str, str, str], str]
) -> tuple[Figure, ...]:
    keys = [*before, *(key for key in after if key not in before)]
    return tuple(
        Figure(f"{section}: {measure}", column, before.get((section, measure, column), ""), now)
        for section, measure, column in keys
        if before.get((section, measure, column), "") != (now := after.get((section, measure, column), ""))
    )
