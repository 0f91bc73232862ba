"""What becomes of ranges when rows and columns are inserted, deleted or moved. Pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Json = dict[str, Any]
Move = Callable[[int, int], tuple[int, int] | None]
"""Start and end of a span to where they are afterwards; None where nothing is left of it."""
Place = Callable[[int], int | None]
NAMES = {"ROWS": ("startRowIndex", "endRowIndex"), "COLUMNS": ("startColumnIndex", "endColumnIndex")}


def inserted(start: int, end: int, at: int, count: int) -> tuple[int, int]:
    """A span grows where the insertion is inside it and moves where it is at or before its start."""
    return (start + count if start >= at else start), (end + count if end > at else end)


def deleted(start: int, end: int, first: int, last: int) -> tuple[int, int] | None:
    """A span shrinks by what is deleted of it."""
    new_start = _point(start, first, last)
    new_end = _point(end, first, last)
    return (new_start, new_end) if new_end > new_start else None


def _point(index: int, first: int, last: int) -> int:
    if index <= first:
        return index
    return first if index <= last else index - (last - first)


def index_after_delete(index: int, first: int, last: int) -> int | None:
    """Where an index is after rows or columns first..last are gone; None where it was among them."""
    if first <= index < last:
        return None
    return index if index < first else index - (last - first)


def moved(start: int, end: int, to: int) -> Callable[[int], int]:
    """Where each index is after start..end moved before `to`."""
    count = end - start

    def place(index: int) -> int:
        if start <= index < end:
            return index - start + (to - count if to > start else to)
        if to > start:
            return index - count if end <= index < to else index
        return index + count if to <= index < start else index

    return place


def after_move(start: int, end: int, place: Callable[[int], int]) -> tuple[int, int]:
    """A span goes along where it moves as one, and otherwise stays where it was."""
    first, last = place(start), place(end - 1)
    return (first, last + 1) if last - first == end - 1 - start else (start, end)


def range_moved(span: Json, dimension: str, move: Move) -> Json | None:
    """A GridRange afterwards; an open side stays open."""
    first, last = NAMES[dimension]
    if first not in span and last not in span:
        return span
    far = 1 << 40
    answer = move(span.get(first, 0), span.get(last, far))
    if answer is None:
        return None
    new = {**span, first: answer[0]}
    if last in span:
        new[last] = answer[1]
    if first not in span and answer[0] == 0:
        del new[first]
    return new


def ranges_moved(held: list[Json], dimension: str, move: Move) -> list[Json]:
    """GridRanges afterwards, without those of which nothing is left."""
    answers = (range_moved(span, dimension, move) for span in held)
    return [span for span in answers if span is not None]


def groups_moved(held: list[Json], move: Move) -> list[Json]:
    """DimensionGroups afterwards."""
    answer = []
    for group in held:
        there = move(group["range"]["startIndex"], group["range"]["endIndex"])
        if there is not None:
            span = {**group["range"], "startIndex": there[0], "endIndex": there[1]}
            answer.append({**group, "range": span})
    return answer


def bounds(span: Json, row_count: int, column_count: int) -> tuple[int, int, int, int]:
    """r0, r1, c0, c1 of a GridRange, cut at the grid's end."""
    return (
        span.get("startRowIndex", 0),
        min(span.get("endRowIndex", row_count), row_count),
        span.get("startColumnIndex", 0),
        min(span.get("endColumnIndex", column_count), column_count),
    )


def touch(one: tuple[int, int, int, int], two: tuple[int, int, int, int]) -> bool:
    """Two rectangles share a cell."""
    return one[0] < two[1] and two[0] < one[1] and one[2] < two[3] and two[2] < one[3]
