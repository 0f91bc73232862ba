"""The one formula of ours outside the links: Start here says by itself that no sync has run for two days.

It stands in a cell that no sync publishes, and the pipeline never sees it: where the clock stops, nobody is
there to write a warning.
"""

from __future__ import annotations

from dataclasses import replace

from engage.model import Row
from engage.start_here import TITLE

from ..cells import trim, trim_grid
from .reading import Sheet

# The stamp in B2 is text, 22/11/2026 02:30, taken apart by hand: what a locale makes of it is another thing.
SAYS = "WARNING: no sync has run for more than two days, since "
STALE = (
    "=IFERROR(IF(NOW()-DATE(RIGHT(LEFT(B2,10),4),RIGHT(LEFT(B2,5),2),LEFT(B2,2))-LEFT(RIGHT(B2,5),2)/24>2,"
    f'"{SAYS}"&B2,""),"")'
)
AT = (1, 3)  # row and column: right of the headings


def is_warning(formula: str) -> bool:
    """Whether a formula is ours, however the spreadsheet's locale spells it."""
    return _plain(formula) == _plain(STALE)


def without_warning(sheet: Sheet) -> Sheet:
    """The tab without our formula and what it shows."""
    if sheet.title != TITLE or not is_warning(sheet.seen.formulas.get(AT, "")):
        return sheet
    row, column = AT
    formulas = {at: formula for at, formula in sheet.seen.formulas.items() if at != AT}
    rows = list(sheet.seen.rows)
    if len(rows) >= row and len(rows[row - 1]) >= column:
        cells = list(rows[row - 1])
        cells[column - 1] = ""
        rows[row - 1] = trim(cells)
    return replace(sheet, seen=replace(sheet.seen, rows=trim_grid(rows), formulas=formulas))


def without_text(number: int, cells: Row) -> Row:
    """A row that was copied as values, without what our formula showed in it. number: of the row."""
    row, column = AT
    if number != row or len(cells) < column or not cells[column - 1].startswith(SAYS):
        return cells
    return trim([*cells[: column - 1], "", *cells[column:]])


def _plain(formula: str) -> str:
    return formula.replace(" ", "").replace(";", ",").casefold()
