"""The hidden tab _engage as it is written, and what people typed into it: handed back like any other text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .model import Finding, Place, Row, Tab
from .ports import PublishTab
from .state import HEADINGS, TAB, State, decode, encode
from .state_formats import written_before

KEPT = " | "  # between the cells of a row that waits in _engage to be handed back


def memory_intent(state: State, workbook: str, tab: Tab | None, *, keep_typed: bool) -> PublishTab:
    """What makes this workbook's _engage hold this state. tab: as it was read.

    keep_typed: what people typed into it stays there, below, because nobody can hand it back now.
    """
    rows = in_place(encode(state, workbook), tab)
    if keep_typed:
        rows += tuple(("", "", KEPT.join(texts)) for _, texts in _typed_rows(tab, workbook))
    return PublishTab(TAB, HEADINGS, rows, expects=tab.rows if tab else None, hidden=True)


def in_place(rows: Sequence[Row], tab: Tab | None) -> tuple[Row, ...]:
    """The rows where the tab has them already, by kind and key, so that a night rewrites what it changed.

    A row that is new, or the last, takes the place of one that is no longer wanted.
    """
    wanted = {row[:2]: row for row in rows}
    stands = [wanted.pop(_three(row)[:2], None) for row in (tab.rows[1:] if tab else ())]
    new = [*wanted.values()]
    filled = [row or (new.pop(0) if new else None) for row in stands] + new
    holes = [at for at, row in enumerate(filled) if row is None]
    while holes:
        last = filled.pop()
        if len(filled) == holes[-1] and last is None:
            holes.pop()
        else:
            filled[holes.pop(0)] = last
    return tuple(row for row in filled if row is not None)


def typed_in_memory(tab: Tab | None, workbook: str) -> Iterator[Finding]:
    """A finding for each row of _engage with something in it that the system did not write."""
    for number, texts in _typed_rows(tab, workbook):
        yield Finding(
            kind="typed-in-memory",
            place=Place(workbook, TAB, number),
            wrong="This was typed into the hidden tab where the system keeps its memory. If it should stay, "
            "type it where it belongs; then choose Leave as it is.",
            found=KEPT.join(texts),
        )


def _typed_rows(tab: Tab | None, workbook: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Row number and texts: a row that the memory in this tab, written anew, would not have; or what stands
    beside one of its rows."""
    if tab is None:
        return
    ours = {*encode(decode(tab.rows, workbook), workbook), HEADINGS, *written_before(tab.rows)}
    for number, row in enumerate(tab.rows, 1):
        cells = _three(row)
        texts = tuple(text for text in (row[3:] if cells in ours else row) if text.strip())
        if texts:
            yield number, texts


def _three(row: Row) -> Row:
    return (*row[:3], *("",) * (3 - len(row)))
