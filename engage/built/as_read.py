"""A built tab as it was read: its rows by heading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from engage.model import Tab


def read_rows(tab: Tab | None) -> list[dict[str, str]]:
    """The rows under row 1 as texts by heading, rows without any text left out; no tab has none."""
    if tab is None or not tab.rows:
        return []
    return [cells for _, cells in numbered_rows(tab)]


def numbered_rows(tab: Tab) -> Iterator[tuple[int, dict[str, str]]]:
    """(row number in the sheet, texts by heading); of two columns with one heading the first is read."""
    header = tab.rows[0]
    for number, row in enumerate(tab.rows[1:], 2):
        padded = (*row, *[""] * (len(header) - len(row)))
        pairs = reversed(list(zip(header, padded, strict=False)))
        cells = {heading: text.strip() for heading, text in pairs if heading}
        if any(cells.values()):
            yield number, cells


def answer_of(cells: Mapping[str, str], answers: Iterable[str]) -> str:
    """What PublishTab calls the answer of a row: its answer cells, joined by line breaks."""
    return "\n".join(cells.get(heading, "") for heading in answers).rstrip("\n")
