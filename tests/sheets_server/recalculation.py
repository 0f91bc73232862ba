"""Results of formulas, computed when asked and kept until something changes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from .cells import CellError, Formula, Value
from .evaluation import evaluate
from .formula import Unreadable, parsed
from .formula_scope import Failure

if TYPE_CHECKING:
    from .spreadsheet import Spreadsheet
    from .tab import Tab

PENDING = CellError("REF", "Circular dependency detected.")


def result(book: Spreadsheet, tab: Tab, row: int, column: int, formula: Formula) -> Value:
    """What the formula comes to; an error is a value too."""
    key = (tab.sheet_id, row, column)
    if key in book.results:
        return book.results[key]
    book.results[key] = PENDING
    book.results[key] = _computed(book, tab, row, column, formula)
    return book.results[key]


def _computed(book: Spreadsheet, tab: Tab, row: int, column: int, formula: Formula) -> Value:
    try:
        value = evaluate(parsed(str(formula)), book, tab, row, column)
    except Unreadable:
        return CellError("ERROR", "Formula parse error.")
    except Failure as failure:
        return failure.error
    except RecursionError:
        return PENDING
    if isinstance(value, list):
        value = value[0][0] if value and value[0] else None
    if isinstance(value, float) and not math.isfinite(value):
        return CellError("NUM", "The result is out of range.")
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    return 0 if value is None else value
