"""A workbook as it was once read, or a copy of its file, without those who were erased.

Rows that staff typed are understood as the sync understands them, so that a copy reads as the sheet will when
its agency has accepted every question; rows of grey tabs, and of tabs that nobody understands, are judged by
what stands in them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from engage.config import HUB, Config
from engage.erased.book import ErasedBook
from engage.erased.cleansing import cleanse_grid, cleanse_memory
from engage.erased.clearing import cells_to_clear
from engage.model import Grid, Snapshot, Tab
from engage.register.read import Source, TabReading, read_workbook
from engage.schema import Schema
from engage.state import TAB as MEMORY


@dataclass(frozen=True, slots=True)
class Copies:
    """How copies of one workbook are cleared. workbook: its key in engage.toml, or of one that was there."""

    workbook: str
    config: Config
    schema: Schema
    book: ErasedBook

    def cleared(self, tabs: tuple[Tab, ...]) -> tuple[Tab, ...]:
        """The tabs without those who were erased."""
        typed = {reading.tab.title: reading for reading in self._readings(tabs)}
        return tuple(replace(tab, rows=self._rows(tab, typed.get(tab.title))) for tab in tabs)

    def snapshot(self, snapshot: Snapshot) -> Snapshot:
        """The workbook as it was read, without them."""
        return replace(snapshot, tabs=self.cleared(snapshot.tabs))

    def _rows(self, tab: Tab, reading: TabReading | None) -> Grid:
        if tab.title == MEMORY:
            return cleanse_memory(tab.rows, self.book)
        if reading is None:
            return cleanse_grid(tab.rows, self.book)
        clear = dict(_cells(reading, self.book, self.schema))
        return tuple(
            tuple(clear.get((number, column), text) for column, text in enumerate(row, 1))
            for number, row in enumerate(tab.rows, 1)
        )

    def _readings(self, tabs: tuple[Tab, ...]) -> Iterator[TabReading]:
        """The tabs of staff, each as its own agency lays it out."""
        home = next((one for one in self.config.sources if one.key == self.workbook), None)
        agencies = home.agencies if home else ()
        named: Mapping[str, str] = {title: spec for one in agencies for title, spec in one.tabs.items()}
        headings = {title: meant for one in agencies for title, meant in one.headings.items()}
        alone = agencies[0].name if len(agencies) == 1 and self.workbook != HUB else ""
        source = Source(self.workbook, alone, named, headings, self.config.country)
        # No cell's meaning hangs on the day here: only whom it names.
        found = read_workbook(Snapshot(self.workbook, tabs), self.schema, source, today=date(2000, 1, 1))
        yield from (one for one in found if one.spec is not None and one.spec.has_ids and one.header_row)


def _cells(reading: TabReading, book: ErasedBook, schema: Schema) -> Iterator[tuple[tuple[int, int], str]]:
    for record in reading.records:
        for column, text in cells_to_clear(record, reading, book, schema):
            yield (record.place.row, column), text
