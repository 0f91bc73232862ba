"""One spreadsheet: its tabs, properties, named ranges, and who may do what with it."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from zoneinfo import ZoneInfo

from . import a1, recalculation, references
from .cells import MOST_CHARACTERS, Cell, Formula, Json, Value
from .errors import Refused
from .spans import bounds
from .tab import LARGEST_BOOK, Tab

Now = Callable[[], dt.datetime]


class Spreadsheet:
    """State of one file; change it under the world's lock only."""

    def __init__(
        self, spreadsheet_id: str, title: str, *, owner: str, now: Now, locale: str = "en_US"
    ) -> None:
        self.id = spreadsheet_id
        self.title = title
        self.locale = locale
        self.time_zone = "Etc/GMT"
        self.properties: Json = {}
        """SpreadsheetProperties beyond title, locale and time zone, where somebody set them."""
        self.tabs: list[Tab] = [Tab(0, "Sheet1")]
        self.named: dict[str, Json] = {}
        self.metadata: dict[int, Json] = {}
        self.owner = owner
        self.people: dict[str, str] = {}
        """Address (or "anyone") -> "reader", "commenter" or "writer"; the owner is not among them."""
        self.pending_owner: str | None = None
        """Whom the owner asked to take the file over, and who has not yet said yes."""
        self.file: Json = {}
        """What Drive alone knows: description, parents …"""
        self.trashed = False
        self.now = now
        self.created = self.modified = now()
        self.version = 1
        self.results: dict[tuple[int, int, int], Value] = {}

    # --- all or nothing ---

    @contextmanager
    def all_or_nothing(self) -> Iterator[None]:
        """What happens inside is undone if it raises; `modified` moves on if it does not."""
        kept = {**self.__dict__, "tabs": list(self.tabs)}
        tabs = [(tab, tab.copied()) for tab in self.tabs]
        for name in ("properties", "named", "metadata", "people", "file"):
            kept[name] = copy.deepcopy(kept[name])
        try:
            yield
        except BaseException:
            self.__dict__.update(kept)
            for tab, old in tabs:
                tab.__dict__.update(old.__dict__)
            self.results = {}
            raise
        self.touched()

    def local_now(self) -> dt.datetime:
        """The moment as clocks in the spreadsheet's time zone show it, without a zone, as cells hold it."""
        return self.now().astimezone(ZoneInfo(self.time_zone)).replace(tzinfo=None)

    def touched(self) -> None:
        """Somebody changed something: results are computed afresh, and Drive's clock moves on."""
        self.results = {}
        self.modified = self.now()
        self.version += 1

    # --- tabs ---

    def tab_titled(self, title: str | None) -> Tab | None:
        """The tab, in this spelling or in another case."""
        if title is None:
            return None
        for tab in self.tabs:
            if tab.title == title:
                return tab
        return next((tab for tab in self.tabs if tab.title.casefold() == title.casefold()), None)

    def tab(self, sheet_id: int, what: str = "grid") -> Tab:
        """The tab with this id, or refusal. what: Google says "grid" of a range, "sheet" of a tab as such."""
        for tab in self.tabs:
            if tab.sheet_id == sheet_id:
                return tab
        raise Refused(f"No {what} with id: {sheet_id}")

    def area(self, span: Json) -> a1.Area:
        """The rectangle of a GridRange; refused where it lies past the grid."""
        tab = self.tab(span.get("sheetId", 0))
        r0, r1, c0, c1 = bounds(span, tab.row_count, tab.column_count)
        over = (
            span.get("endRowIndex", 0) > tab.row_count
            or span.get("endColumnIndex", 0) > tab.column_count
            or r0 >= tab.row_count
            or c0 >= tab.column_count
        )
        if over:
            r_end = span.get("endRowIndex", tab.row_count)
            c_end = span.get("endColumnIndex", tab.column_count)
            raise a1.past_grid(tab, r0, max(r_end, r0 + 1), c0, max(c_end, c0 + 1))
        return a1.Area(tab, r0, r1, c0, c1)

    def named_area(self, name: str) -> a1.Area | None:
        """The rectangle of a named range."""
        for named in self.named.values():
            if named["name"].casefold() == name.casefold():
                return self.area(named["range"])
        return None

    def check_size(self) -> None:
        """Refuse more cells than a spreadsheet may hold."""
        if sum(tab.row_count * tab.column_count for tab in self.tabs) > LARGEST_BOOK:
            raise Refused(
                "This action would increase the number of cells in the workbook above the limit of "
                f"{LARGEST_BOOK} cells."
            )

    # --- rows and columns, with the formulas that speak of them ---

    def insert(self, tab: Tab, dimension: str, at: int, count: int, inherit: bool = False) -> None:
        """Insert rows or columns, and let formulas and named ranges follow."""
        tab.insert(dimension, at, count, inherit)
        self.check_size()
        references.after_insert(self, tab, dimension, at, count)

    def delete(self, tab: Tab, dimension: str, start: int, end: int) -> None:
        """Delete rows or columns; a reference to what is gone becomes #REF!."""
        tab.delete(dimension, start, end)
        references.after_delete(self, tab, dimension, start, end)

    def move(self, tab: Tab, dimension: str, start: int, end: int, to: int) -> None:
        """Move rows or columns, and let formulas follow."""
        tab.move(dimension, start, end, to)
        references.after_move(self, tab, dimension, start, end, to)

    # --- values ---

    def value(self, tab: Tab, row: int, column: int, cell: Cell | None) -> Value:
        """What the cell comes to: a formula's result, else what was entered."""
        if cell is None or not isinstance(cell.entered, Formula):
            return None if cell is None else cell.entered
        return recalculation.result(self, tab, row, column, cell.entered)


def check_length(value: Any) -> None:
    """Refuse more characters than a cell may hold."""
    if isinstance(value, str) and len(value) > MOST_CHARACTERS:
        raise Refused(
            f"Your input contains more than the maximum of {MOST_CHARACTERS} characters in a single cell."
        )
