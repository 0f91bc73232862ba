"""Which cells of a tab are protected, from whom, and which protections stand already. Pure.

A built tab is protected as a whole, but for the cells where people answer: only we and the spreadsheet's
owner can type there. The lists of merged employers and people only warn, for a value typed over there can be
made to stand (docs/decisions/0007); so do headings of people's tabs, for columns can be added and moved.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from engage.schema import Column, TabSpec
from engage.start_here import SYNC_NOW, TITLE, first_rows

Protection = dict[str, Any]
BUILT = "Engage: built by the system. Answer in the yellow cells."
HEADINGS = "Engage: the sync knows the columns by these headings."
LIST = "Engage: rebuilt every night. A value typed here is asked about in Problems to fix."
_MINE = (BUILT, HEADINGS, LIST)


def protections(
    spec: TabSpec, sheet_id: int, columns: Sequence[Column], caller: str, *, header_row: int = 1
) -> Iterator[Protection]:
    """The ProtectedRange that a tab has. caller: our address, "" if not known (Google adds who asks)."""
    if is_decided_in(spec):
        yield {"range": {"sheetId": sheet_id}, "description": LIST, "warningOnly": True}
        return
    if spec.kind == "built":
        yield {
            "range": {"sheetId": sheet_id},
            "description": BUILT,
            "unprotectedRanges": list(open_cells(spec, sheet_id, [c.heading for c in columns], header_row)),
            "editors": {"users": [caller] if caller else []},
        }
        return
    area = {"sheetId": sheet_id, "startRowIndex": header_row - 1, "endRowIndex": header_row}
    yield {"range": area, "description": HEADINGS, "warningOnly": True}


def is_decided_in(spec: TabSpec) -> bool:
    """Whether people decide values by typing over them: the hub's lists of merged employers and people."""
    return spec.kind == "built" and spec.where == "hub" and bool(spec.subject)


def open_cells(
    spec: TabSpec, sheet_id: int, headings: Sequence[str], header_row: int = 1
) -> Iterator[Mapping[str, int]]:
    """The cells of a built tab that are for people: under the headings of answers; the Sync now box."""
    if spec.title == TITLE:
        row = tick_row()
        yield {
            "sheetId": sheet_id,
            "startRowIndex": row - 1,
            "endRowIndex": row,
            "startColumnIndex": 1,
            "endColumnIndex": 2,
        }
    for at, heading in enumerate(headings):
        if heading in spec.answers:
            yield {
                "sheetId": sheet_id,
                "startRowIndex": header_row,
                "startColumnIndex": at,
                "endColumnIndex": at + 1,
            }


def tick_row() -> int:
    """The row of Start here, from 1, with the box of Sync now."""
    return 2 + [label for label, _ in first_rows()].index(SYNC_NOW)


def ours(standing: Iterable[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The protection of a tab that Engage set, or None."""
    return next((each for each in standing if each.get("description") in _MINE), None)


def shuts_us_out(standing: Iterable[Mapping[str, Any]]) -> bool:
    """Whether any protection of a tab keeps us from writing somewhere in it."""
    return any(_shuts(each) for each in standing)


def peoples(standing: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """The protections that do, and that Engage did not set."""
    return (each for each in standing if _shuts(each) and each.get("description") not in _MINE)


def is_closed(standing: Iterable[Mapping[str, Any]]) -> bool:
    """Whether a protection of the whole tab keeps us from writing there."""
    return any(_shuts(each) and set(each.get("range", ())) <= {"sheetId"} for each in standing)


def is_closed_by_engage(standing: Iterable[Mapping[str, Any]]) -> bool:
    """Whether it was ours, set when we signed in with another account."""
    return is_closed(each for each in standing if each.get("description") in _MINE)


def _shuts(each: Mapping[str, Any]) -> bool:
    return not each.get("warningOnly") and not each.get("requestingUserCanEdit")
