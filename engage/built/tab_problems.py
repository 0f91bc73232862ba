"""Problems to fix: a row for each finding that nobody has answered, with a link to its cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from engage.built.as_read import read_rows
from engage.built.material import CellsByHeading, Material
from engage.insight.weeks import british
from engage.model import AgencyRead, CellValue, Finding, Link, Place

TITLE = "Problems to fix"
KEY = "Problem"
HEADED = (KEY, "Decision", "Suggestion")  # the heading row is known by these
TYPED_KEY = "T-"  # text typed where the system writes: its cell is rebuilt, so only this row still holds it
WHERE = re.compile(r"^(?P<tab>.*?)(?:, row (?P<row>\d+))? \((?P<workbook>[^()]*)\)$")


def problem_rows(material: Material) -> Iterator[CellsByHeading]:
    """Rows that stand keep their order and their Since; then the new ones, by workbook, tab, row, column.

    A row stays too if it holds what somebody typed into a built tab and nobody has answered it, or if its
    workbook could not be read tonight.
    """
    standing = {row[KEY]: row for row in read_rows(material.tabs.get(TITLE), HEADED) if row.get(KEY)}
    found = {finding.key: finding for finding in sorted(material.problems, key=_order)}
    going = dict(material.answered.get(TITLE, ()))
    unread = _unread(material.facts.reads)
    for key, row in standing.items():
        if key in found:
            cells = problem_cells(found[key], row.get("Since") or material.facts.today.isoformat())
            yield {**cells, **_as_first_told(row)} if key.startswith(TYPED_KEY) else cells
        elif key not in going and (key.startswith(TYPED_KEY) or row.get("Agency", "") in unread):
            yield {**row, "Where": link_from(row)}
    for key, finding in found.items():
        if key not in standing:
            yield problem_cells(finding, material.facts.today.isoformat())


def problem_cells(finding: Finding, since: str) -> dict[str, CellValue]:
    """The row of Problems to fix by heading, without its answer."""
    place = finding.place
    return {
        KEY: finding.key,
        "Where": Link(
            _where(place), place.workbook, place.tab, max(1, place.row), max(1, place.column_number)
        ),
        "Row": place.row or "",
        "Column": place.column,
        "What it says": finding.found,
        "What is wrong": finding.wrong,
        "Suggestion": british(finding.suggestion),
        "Agency": finding.agency,
        "Since": since,
        "Record": finding.record_id,
    }


def _as_first_told(row: Mapping[str, str]) -> CellsByHeading:
    """Where a text was typed: its row moves with every rebuilding, and is no news."""
    return {"Where": link_from(row), "Row": row.get("Row", "")}


def link_from(row: Mapping[str, str]) -> CellValue:
    """The link that a row of the tab as read had in its Where cell, from its text."""
    where = WHERE.match(row.get("Where", ""))
    if where is None:
        return row.get("Where", "")
    return Link(row["Where"], where["workbook"], where["tab"], int(where["row"] or 1))


def _where(place: Place) -> str:
    return str(replace(place, column=""))


def _unread(reads: Sequence[AgencyRead]) -> set[str]:
    return {read.agency for read in reads if not read.ok}


def _order(finding: Finding) -> tuple[str, str, int, str, str]:
    place = finding.place
    return place.workbook, place.tab, place.row, place.column, finding.key


BUILDS = {TITLE: problem_rows}
