"""Charts over cells: the ranges that they are drawn from, and where they go. They hang on their tab."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from . import spans
from .cells import Json

if TYPE_CHECKING:
    from .spreadsheet import Spreadsheet
    from .tab import Tab

ANCHOR = {"ROWS": "rowIndex", "COLUMNS": "columnIndex"}


def source_ranges(held: Json) -> Iterator[Json]:
    """What a chart's sources say: of its names, then of each series. Its ranges are in the list "sources"."""
    basic = held["spec"]["basicChart"]
    yield from (each["domain"]["sourceRange"] for each in basic.get("domains", []))
    yield from (each["series"]["sourceRange"] for each in basic.get("series", []))


def after(book: Spreadsheet, tab: Tab, dimension: str, move: spans.Move) -> None:
    """Rows or columns of a tab came, went or moved: charts go along, and draw the same cells as before."""
    for other in book.tabs:
        for held in other.charts.values():
            if other is tab:
                _go_along(held["position"]["overlayPosition"]["anchorCell"], ANCHOR[dimension], move)
            for source in source_ranges(held):
                source["sources"] = list(_moved(source["sources"], tab.sheet_id, dimension, move))


def _go_along(anchor: Json, name: str, move: spans.Move) -> None:
    """Where the anchor's own row is gone, the one that takes its place."""
    at = anchor.get(name, 0)
    there = move(at, at + 1)
    anchor[name] = there[0] if there else (move(0, at) or (0, 0))[1]


def _moved(given: list[Json], sheet_id: int, dimension: str, move: spans.Move) -> Iterator[Json]:
    for span in given:
        if span.get("sheetId", 0) != sheet_id:
            yield span
        elif (new := spans.range_moved(span, dimension, move)) is not None:
            yield new
