"""One tab laid out by itself, for a workbook that `engage init` did not make: the looks, and no text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from io import BytesIO

from openpyxl import Workbook

from engage.model import Row
from engage.schema import Column, TabSpec

from .layout_lists import LISTS, DropDowns, ListRange
from .layout_xlsx import lay_out_tab


def blank_tab(title: str, headings: Row, known: Mapping[str, TabSpec], lists: Row) -> bytes:
    """A workbook of one tab as the schema lays it out, every cell without its text, as a file's bytes.

    known: tabs by title; one that is not in it, or has other headings there, is laid out by its headings
    alone. lists: the heading row of the Lists tab in the workbook that the tab is for, () if it has none.
    """
    book = Workbook()
    sheet = book.worksheets[0]
    lay_out_tab(sheet, _spec(title, headings, known), _drop_downs(lists), ())
    sheet.sheet_state = (
        "visible"  # a file of its own needs one; whether people see it is the workbook's to say
    )
    for row in sheet.iter_rows():
        for cell in row:
            cell.value = None
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _spec(title: str, headings: Row, known: Mapping[str, TabSpec]) -> TabSpec:
    spec = known.get(title)
    if spec is not None and spec.headings == headings:
        return spec
    columns = tuple(Column(heading, type="long-text", width=24) for heading in headings)
    return TabSpec(title, "built", "both", columns)


def _drop_downs(lists: Iterable[str]) -> DropDowns:
    """The lists that stand in the workbook; an answer whose words Excel takes inline needs none."""
    return DropDowns({name: ListRange(LISTS, at) for at, name in enumerate(lists, 1) if name}, {})
