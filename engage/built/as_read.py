"""A built tab as it was read: its rows by heading."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from engage.model import Tab

HEADER_DEPTH = 10  # how far down people may have pushed the headings by rows inserted above them


def header_row(tab: Tab, headings: Collection[str]) -> int:
    """The row (from 1) with the most of these headings; the upper one of two, row 1 if there is none."""
    near = tab.rows[:HEADER_DEPTH]
    return 1 + max(range(len(near)), key=lambda at: (len({*near[at]} & {*headings}), -at), default=0)


def read_rows(tab: Tab | None, headings: Collection[str] = ()) -> list[dict[str, str]]:
    """The rows below the headings as texts by heading, rows without any text left out; no tab has none.

    headings: some by which the heading row is known, should it have been pushed down.
    """
    if tab is None or not tab.rows:
        return []
    return [cells for _, cells in numbered_rows(tab, headings)]


def numbered_rows(tab: Tab, headings: Collection[str] = ()) -> Iterator[tuple[int, dict[str, str]]]:
    """(row number in the sheet, texts by heading); of two columns with one heading the first is read."""
    top = header_row(tab, headings)
    header = tab.rows[top - 1]
    for number, row in enumerate(tab.rows[top:], top + 1):
        padded = (*row, *[""] * (len(header) - len(row)))
        cells: dict[str, str] = {}
        for heading, text in zip(header, padded, strict=False):
            if heading:
                cells.setdefault(heading, text.strip())
        if any(cells.values()):
            yield number, cells


def answer_of(cells: Mapping[str, str], answers: Iterable[str]) -> str:
    """What PublishTab calls the answer of a row: its answer cells, joined by line breaks."""
    return "\n".join(cells.get(heading, "").strip() for heading in answers).rstrip("\n")
