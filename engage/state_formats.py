"""The formats of the hidden tab _engage: a step from each to the next, and the refusal of a newer one.

Format 2 remembers who was erased and who objects. An Engage that knows only format 1 would have read such a
tab and written it again without them, so the number alone protects them. Format 3 keeps the ended
stretches of an objection, and format 4 what each row answered on news by e-mail and which agencies have
left, which the formats before would drop in the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from .errors import UnsafePlan
from .model import Grid

FORMAT = "4"
FIRST = "1"
Found = Mapping[str, Mapping[str, str]]  # kind → key → value
# Every kind of row that a format before this one had.
BEFORE = frozenset(
    {
        "format", "workbook", "holder", "ledger", "ledger turn", "read", "kept", "settled", "tab", "record",
        "employer", "site", "person", "built", "decided", "erased", "objected",
    }
)  # fmt: skip


def _to_2(found: Found) -> Found:
    return found


def _to_3(found: Found) -> Found:
    return found


def _to_4(found: Found) -> Found:
    return found


STEPS: Mapping[str, Callable[[Found], Found]] = {
    FIRST: _to_2,
    "2": _to_3,
    "3": _to_4,
}  # from which format → what makes it the next


def brought_up(found: Found, workbook: str, tab: str) -> Found:
    """The rows of _engage as the newest format has them. Raises UnsafePlan for a newer format than ours.

    A number that is none is left for the reading to find fault with.
    """
    version = _format_in(found)
    if version.isdigit() and int(version) > int(FORMAT):
        raise UnsafePlan(
            f"its hidden tab {tab} was written by a newer version of Engage, in format {version}; "
            f"this version reads up to format {FORMAT}",
            where=workbook,
            fix="install the newer version of Engage on this machine",
        )
    while version in STEPS:
        found = STEPS[version](found)
        version = str(int(version) + 1)
    return found


def _format_in(found: Found) -> str:
    return found.get("format", {}).get("", FIRST)


def format_in(rows: Grid) -> str:
    """The format in which a tab _engage is written; "" for a tab that holds nothing."""
    marked = [row[2] for row in rows if tuple(row[:2]) == ("format", "") and len(row) > 2]
    return marked[0] if marked else (FIRST if len(rows) > 1 else "")


def written_before(rows: Grid) -> frozenset[tuple[str, str, str]]:
    """The rows of ours in a tab that an older version wrote, as (kind, key, value); none in one of today."""
    if format_in(rows) in ("", FORMAT):
        return frozenset()
    ours = ((*row, "", "", "")[:3] for row in rows if row and row[0] in BEFORE)
    return frozenset((kind, key, value) for kind, key, value in ours)
