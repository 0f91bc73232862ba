"""What a spreadsheet is to have and what stands there → the requests that add what is missing. Pure.

A tab that stands there keeps every cell: it gets the help on headings that have none, drop-downs where no
cell has a rule, and the protection that is missing. Widths, colours and filters are people's from then on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from zlib import crc32

from engage.chart_blocks import DASHBOARD
from engage.model import Row
from engage.schema import Column, TabSpec
from engage.start_here import TITLE

from ..layout_columns import columns_of
from ..layout_lists import LISTS
from .client import LARGEST_BODY_BYTES, size_of
from .drop_downs import ListPlaces, list_places
from .layout_charts import chart_requests
from .layout_requests import Request, below
from .layout_standing import Standing, TabStanding
from .layout_tab import NewTab, new_tab, note_request, warning_request
from .protecting import is_closed, open_cells, ours, protections
from .stale_warning import AT, is_warning


@dataclass(frozen=True, slots=True)
class Wanted:
    """The tabs that a spreadsheet is to have, in order.

    rows: tab → its first rows if it is made now. lists: list → values, where its own tab is elsewhere.
    covered: titles of tabs that people's own tabs, under other names, stand for. caller: our address or "".
    """

    tabs: tuple[TabSpec, ...]
    rows: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    lists: Mapping[str, Sequence[str]] = field(default_factory=dict)
    covered: frozenset[str] = frozenset()
    caller: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """The requests for one tab, to be sent together. made: whether the tab is new.

    apart: whether they go alone, so that all else stands whatever Google says to them.
    """

    tab: str
    requests: tuple[Request, ...]
    made: bool
    apart: bool = False


def plan_layout(standing: Standing, wanted: Wanted) -> tuple[Step, ...]:
    """One step a tab that lacks something, in order; () when all is there.

    Drop-downs whose values stand in another tab come after it, as steps of their own: that tab has to be
    there, and if they are cut off the next run adds them. So do the charts of the Dashboard, last of all.
    """
    steps = tuple(_steps(standing, wanted))
    now = (replace(step, requests=tuple(r for r in step.requests if not _is_late(r))) for step in steps)
    late = (Step(s.tab, tuple(r for r in s.requests if _is_late(r)), made=False) for s in steps)
    charts = Step(DASHBOARD, _charts(standing, wanted, steps), made=False, apart=True)
    return tuple(step for step in (*now, *late, charts) if step.requests)


def _charts(standing: Standing, wanted: Wanted, steps: Iterable[Step]) -> tuple[Request, ...]:
    specs = {spec.title: spec for spec in wanted.tabs if spec.title not in wanted.covered}
    return chart_requests(standing, specs, (request for step in steps for request in step.requests))


def _is_late(request: Request) -> bool:
    rule = request.get("setDataValidation", {}).get("rule", {})
    return bool(rule.get("condition", {}).get("type") == "ONE_OF_RANGE")


def _steps(standing: Standing, wanted: Wanted) -> Iterator[Step]:
    lists = _lists(standing, wanted)
    order = [tab.title.casefold() for tab in standing.tabs]
    taken = {tab.sheet_id for tab in standing.tabs}
    before = -1
    for spec in wanted.tabs:
        there, key = standing.tab(spec.title), spec.title.casefold()
        if there is not None:
            before = order.index(key)
            if not is_closed(there.protected):
                yield Step(spec.title, tuple(_missing(spec, there, lists, wanted.caller)), made=False)
        elif spec.title not in wanted.covered:
            before += 1
            order.insert(before, key)
            number = free_id(standing.id, spec.title, taken)
            tab = NewTab(spec, number, wanted.rows.get(spec.title, ()), before)
            yield Step(spec.title, tuple(new_tab(tab, lists, caller=wanted.caller)), made=True)


def _lists(standing: Standing, wanted: Wanted) -> ListPlaces:
    there = standing.tab(LISTS)
    tabs = [tab for tab in wanted.tabs if tab.title not in wanted.covered]
    return list_places(tabs, wanted.lists, there.rows[0] if there and there.rows else ())


def free_id(book: str, title: str, taken: set[int]) -> int:
    """A tab's id to be, the same on every try, so that two who lay out at once cannot make it twice."""
    number = crc32(f"{book}/{title}".encode()) & 0x7FFFFFFF
    while number in taken:
        number += 1
    taken.add(number)
    return number


# --- a tab that is there -----------------------------------------------------------------------------------


def _missing(spec: TabSpec, tab: TabStanding, lists: ListPlaces, caller: str) -> Iterator[Request]:
    header, places = _headings(spec, tab)
    for column, at in places:
        if (header, at) not in tab.notes:
            yield note_request(tab.sheet_id, header, at, column)
        rule = lists.rule(column) if spec.has_ids and not tab.has_tables else None
        if rule and header < tab.row_count and not any(ruled == at for _, ruled in tab.ruled):
            yield {"setDataValidation": {"range": below(tab.sheet_id, header + 1, at), "rule": rule}}
    if header:
        yield from _protection(spec, tab, header, caller)
    if spec.title == TITLE and header:
        yield from _warning(tab)


def _headings(spec: TabSpec, tab: TabStanding) -> tuple[int, list[tuple[Column, int]]]:
    """The row of our headings (0: none is there) and where each stands; spelled otherwise, it is people's."""
    columns = {column.heading: column for column in columns_of(spec)}
    rows = [
        [(columns[text], at) for at, text in enumerate(row, 1) if text in columns] for row in tab.rows[:10]
    ]
    found = max(rows, key=len, default=[])
    return (rows.index(found) + 1, found) if len(found) >= min(3, len(columns)) else (0, [])


def _protection(spec: TabSpec, tab: TabStanding, header: int, caller: str) -> Iterator[Request]:
    there = ours(tab.protected)
    if there is None:
        wanted = protections(spec, tab.sheet_id, columns_of(spec), caller, header_row=header)
        yield from ({"addProtectedRange": {"protectedRange": each}} for each in wanted)
    elif there.get("requestingUserCanEdit") and (new := dict(_mended(spec, tab, header, there, caller))):
        held = {"protectedRangeId": there["protectedRangeId"], **new}
        yield {"updateProtectedRange": {"protectedRange": held, "fields": ",".join(new)}}


def _mended(
    spec: TabSpec, tab: TabStanding, header: int, there: Mapping[str, Any], caller: str
) -> Iterator[tuple[str, Any]]:
    """What our protection of a tab lacks: cells for answers, and us among its editors."""
    if not has_answers_open(spec, tab):
        yield "unprotectedRanges", list(open_cells(spec, tab.sheet_id, tab.rows[header - 1], header))
    editors = there.get("editors", {})
    users = [str(user) for user in editors.get("users", ())]
    if caller and not there.get("warningOnly") and caller.casefold() not in map(str.casefold, users):
        yield "editors", {**editors, "users": [*users, caller]}


def has_answers_open(spec: TabSpec, tab: TabStanding) -> bool:
    """Whether our protection of a built tab, where there is one, leaves people the cells of their answers."""
    there, (header, _) = ours(tab.protected), _headings(spec, tab)
    if spec.kind != "built" or there is None or not header:
        return True
    given = there.get("unprotectedRanges", ())
    return all(_is_open(each, given) for each in open_cells(spec, tab.sheet_id, tab.rows[header - 1], header))


def _is_open(wanted: Mapping[str, int], given: Iterable[Mapping[str, int]]) -> bool:
    """Whether a range lies in one of those; Google may answer an open end as the last row."""
    left, right = wanted["startColumnIndex"], wanted["endColumnIndex"]
    return any(
        each.get("startColumnIndex", 0) <= left and right <= each.get("endColumnIndex", right)
        for each in given
    )


def _warning(tab: TabStanding) -> Iterator[Request]:
    """The formula that warns, if nothing stands in its cell."""
    row = tab.rows[0] if tab.rows else ()
    if is_warning(tab.formulas.get(AT, "")) or (len(row) >= AT[1] and row[AT[1] - 1]):
        return
    if tab.column_count < AT[1]:
        more = AT[1] - tab.column_count
        yield {"appendDimension": {"sheetId": tab.sheet_id, "dimension": "COLUMNS", "length": more}}
    yield warning_request(tab.sheet_id)


# --- batches -----------------------------------------------------------------------------------------------


def batches(steps: Sequence[Step], limit: int = LARGEST_BODY_BYTES) -> list[list[Step]]:
    """Steps in as few batches as their size allows, in order, each step whole, what goes apart by itself."""
    found: list[list[Step]] = []
    size = 0
    for step in steps:
        weight = size_of({"requests": step.requests})
        if not found or step.apart or size + weight > limit * 3 // 4:
            found.append([])
            size = 0
        found[-1].append(step)
        size += weight
    return found
