"""Rows that stay, go and come."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from engage.ports import PublishTab
from engage.workbook.google.aligning import Alignment, align
from tests.workbook.hands import Hands
from tests.workbook.rehearsal import rehearsal

keys = st.lists(st.sampled_from("abcdefghijklmnop"), unique=True, min_size=1)
HEADER = ("Key", "What")


def tab(names: list[str]) -> tuple[tuple[str, str], ...]:
    return (HEADER, *((name, f"of {name}") for name in names))


def played(found: Alignment, stands: tuple[tuple[str, ...], ...]) -> list[tuple[str, ...] | None]:
    rows: list[tuple[str, ...] | None] = list(stands)
    for first, last in reversed(found.gone):
        del rows[first - 1 : last]
    for first, last in found.come:
        rows[first - 1 : first - 1] = [None] * (last - first + 1)
    return rows


@given(keys, keys)
def test_what_stays_stands_where_it_is_wanted_and_the_rest_is_blank(old: list[str], new: list[str]) -> None:
    found = align(tab(old), tab(new), 1)
    if found is not None:
        rows, wanted = played(found, tab(old)), tab(new)
        assert len(rows) == len(wanted)
        assert all(row in (None, wanted[at]) for at, row in enumerate(rows))


@given(keys, st.sampled_from("xyz"), st.integers(0, 15))
def test_one_row_more_moves_no_other(names: list[str], name: str, place: int) -> None:
    new = [*names[:place], name, *names[place:]]
    found = align(tab(names), tab(new), 1)
    if len(names) > 2:
        assert found is not None
        assert (found.gone, len(found.come)) == ((), 1)


def test_rows_that_cannot_be_told_apart_are_not_aligned() -> None:
    assert align(tab(["a", "a"]), tab(["a", "b"]), 1) is None
    assert align(tab(["a", ""]), tab(["a"]), 1) is None
    assert align((("Other",), ("a",)), tab(["a"]), 1) is None
    assert align(tab(["a"]), tab(["a"]), 0) is None


@given(keys, keys)
def test_the_sheet_reads_as_wanted_however_it_was_done(old: list[str], new: list[str]) -> None:
    google = rehearsal()
    workbook = google.workbook("peer", google.sheet({"Mine": [("x",)]}).id)
    hands = Hands(google.world, google.world.spreadsheet(workbook.id))
    for names in (old, new):
        now = workbook.read().tab("List")
        intent = PublishTab("List", HEADER, tab(names)[1:], key="Key", expects=now.rows if now else None)
        workbook.apply([intent])
        assert hands.rows("List") == tab(names)
    google.world.books.clear()
