"""Findings that are one question are put once: a wording in many cells, a column's lost zeros, title rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from engage.model import Finding

NAMED = 5  # so many rows are named in a sentence; the rest are counted
BY_VALUE = frozenset({"not-in-list"})
# What several cells of one column, or several rows of one tab, say together; {} is how many.
BY_COLUMN = {
    "agency-missing": "{} rows name no agency, so we cannot say whose they are. Choose the agency in each.",
    "phone-lost-zero": "{} numbers of this column have lost their first 0; we read them with it. "
    "Format the column as text, so that it keeps what is typed.",
    "sic-lost-zero": "{} codes of this column have lost their first 0; we read them with it. "
    "Format the column as text, so that it keeps what is typed.",
}
BY_TAB = {
    "row-passed-over": "{} rows hold only a title, a total or a remark, so they are not read as records. "
    "Leave them as they are; if one is a record, fill in its other cells.",
}


def group_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings, each group of one question as one finding in the place of its first cell.

    One wording of one column is a group, even in a single cell, so that its key, and with it an answer,
    outlives a second cell and a sort; so are the lost zeros of a column, and a tab's rows passed over.
    """
    groups: dict[object, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(_question(finding) or id(finding), []).append(finding)
    return tuple(_as_one(group) if _question(group[0]) else group[0] for group in groups.values())


def _question(finding: Finding) -> tuple[str, ...]:
    place = finding.place
    where = (finding.kind, place.workbook, place.tab)
    if finding.kind in BY_VALUE:
        return (*where, place.column, finding.found)
    if finding.kind in BY_COLUMN:
        return (*where, place.column)
    return where if finding.kind in BY_TAB else ()


def _as_one(group: Sequence[Finding]) -> Finding:
    rows = sorted(group, key=lambda finding: finding.place.row)
    first = rows[0]
    agencies = {finding.agency for finding in rows}
    return replace(
        first,
        wrong=_told(rows),
        found=first.found if first.kind in BY_VALUE else "",
        record_id="",
        agency=first.agency if len(agencies) == 1 else "",
        cells=tuple((finding.place.row, finding.record_id) for finding in rows),
    )


def _told(rows: Sequence[Finding]) -> str:
    first, count = rows[0], len(rows)
    together = {**BY_COLUMN, **BY_TAB}.get(first.kind, "")
    if not together:
        return first.wrong if count == 1 else f"{first.wrong} {_stands_in(rows)}"
    said = together.format(f"{count:,}") if count > 1 else first.wrong
    quoted = first.kind in BY_TAB
    if count == 1 and not quoted:
        return said  # its row stands in a column of its own
    where = _list(f"{f.place.row} (“{f.found}”)" if quoted else f"{f.place.row}" for f in rows)
    return f"{said} {'Rows' if count > 1 else 'Row'} {where}."


def _stands_in(rows: Sequence[Finding]) -> str:
    where = f"It stands in {len(rows):,} cells, in rows {_list(str(f.place.row) for f in rows)}."
    return f"{where} Accept suggestion writes it into all of them." if rows[0].suggestion else where


def _list(rows: Iterable[str]) -> str:
    every = list(rows)
    named, more = every[:NAMED], len(every) - NAMED
    if more > 1:
        return f"{', '.join(named)} and {more:,} more"
    return f"{', '.join(every[:-1])} and {every[-1]}" if len(every) > 1 else every[0]
