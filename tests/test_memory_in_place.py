"""Where the rows of _engage stand: as few of them move as can be."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from engage.memory_tab import in_place
from engage.model import Tab

keys = st.lists(st.text("abcdefgh", min_size=1, max_size=1), unique=True)
HEADER = ("Kind", "Key", "Value")


def memory(names: list[str], value: str = "v") -> tuple[tuple[str, ...], ...]:
    return tuple(("record", name, value) for name in names)


@given(keys, keys)
def test_the_same_rows_stand_there_whatever_stood_there_before(before: list[str], after: list[str]) -> None:
    rows = in_place(memory(after), Tab("_engage", (HEADER, *memory(before))))
    assert sorted(rows) == sorted(memory(after))


@given(keys, keys)
def test_a_row_that_is_still_wanted_stays_where_it_is_unless_it_fills_a_gap(
    before: list[str], after: list[str]
) -> None:
    rows = in_place(memory(after, "new"), Tab("_engage", (HEADER, *memory(before))))
    moved = [
        name for at, name in enumerate(before) if name in after and rows[at : at + 1] != memory([name], "new")
    ]
    gone = [name for name in before if name not in after]
    assert len(moved) <= len(gone)


@given(keys)
def test_what_has_not_changed_is_not_moved(names: list[str]) -> None:
    assert in_place(memory(sorted(names)), Tab("_engage", (HEADER, *memory(names)))) == memory(names)
