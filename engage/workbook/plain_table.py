"""Tables of texts as a new .xlsx file to read and print: no formula, no link, nothing that runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from .cells import storable, text_of

MOST_LETTERS = 32_767  # what a cell of Excel holds


def as_xlsx(tables: Mapping[str, Sequence[Sequence[str]]], widths: Sequence[int]) -> bytes:
    """The bytes of a workbook: tab title → rows, the first of them its headings. widths: in characters."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in tables.items():
        sheet = book.create_sheet(title)
        sheet.freeze_panes = "A2"
        for number, width in enumerate(widths, 1):
            sheet.column_dimensions[get_column_letter(number)].width = width
        for at, row in enumerate(rows, 1):
            for column, text in enumerate(row, 1):
                _fill(sheet.cell(at, column), text, heading=at == 1)
    packed = BytesIO()
    book.save(packed)
    return packed.getvalue()


def _fill(cell: Cell, text: str, *, heading: bool) -> None:
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text_of(storable(text)))[:MOST_LETTERS]
    cell.data_type = "s"  # a text that begins with = stays a text
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.font = Font(bold=heading)
