"""How tabs that we lay out look at Google: the looks of layout_looks.py in the Sheets API's words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from openpyxl.styles import Font, PatternFill

from engage.schema import Column, TabSpec

from .. import layout_looks as looks
from ..layout_columns import ID_COLUMN

CHARACTER_PIXELS = 7.5  # a character of 11 point Calibri; Google counts widths in pixels
_KINDS = {
    "@": "TEXT",
    "dd/mm/yyyy": "DATE",
    "dd/mm/yyyy hh:mm": "DATE_TIME",
    "hh:mm": "TIME",
    '0"%"': "NUMBER",
}
_KINDS |= {'"£"#,##0': "CURRENCY"}
FIGURES = frozenset({"percent", "money"})


def colour(hex_digits: str) -> dict[str, Any]:
    """ "1F6F6B" → a ColorStyle."""
    parts = (int(hex_digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    named = zip(("red", "green", "blue"), (round(part, 4) for part in parts), strict=True)
    return {"rgbColor": {name: part for name, part in named if part}}


def heading_format(tab: TabSpec, column: Column) -> dict[str, Any]:
    """CellFormat of a heading."""
    grey = tab.kind == "built" or column is ID_COLUMN
    ground = looks.BUILT_HEADING if column is ID_COLUMN else looks.heading_fill(tab, column)
    return {
        **_ground(ground),
        "textFormat": _text(looks.DARK_HEADING_FONT if grey else looks.HEADING_FONT),
        "wrapStrategy": "WRAP",
        "verticalAlignment": "MIDDLE",
    }


def body_format(tab: TabSpec, column: Column) -> dict[str, Any]:
    """CellFormat of the cells below a heading, the empty ones too."""
    is_id = column is ID_COLUMN
    ground = looks.ID_GROUND if is_id else looks.ground(tab, column)
    shape: dict[str, Any] = {
        "wrapStrategy": "WRAP",
        "verticalAlignment": "TOP",
        "textFormat": _text(looks.ID_FONT if is_id else looks.BODY_FONT),
    }
    if looks.alignment(column).horizontal:
        shape["horizontalAlignment"] = str(looks.alignment(column).horizontal).upper()
    if tab.kind == "staff":  # in built tabs the sync says what it writes
        shape |= _number_format(tab, column)
    return shape | (_ground(ground) if ground else {})


def figures(tab: TabSpec | None, headings: Sequence[object]) -> dict[int, dict[str, Any]]:
    """Column, counted from 1 → CellFormat of a number there, where figures are more than their digits."""
    known = {column.heading: column for column in tab.columns} if tab else {}
    return {
        at: _number_format(tab, known[str(heading)])
        for at, heading in enumerate(headings, 1)
        if tab and str(heading) in known and known[str(heading)].type in FIGURES
    }


def _number_format(tab: TabSpec, column: Column) -> dict[str, Any]:
    pattern = looks.number_format(tab, column)
    kind = _KINDS.get(pattern)
    return {"numberFormat": {"type": kind} | ({"pattern": pattern} if kind != "TEXT" else {})} if kind else {}


def answer_format() -> dict[str, Any]:
    """The ground of a cell that people answer in."""
    return _ground(looks.ANSWER_GROUND)


def mark_format(hex_digits: str) -> dict[str, Any]:
    """What a conditional format gives a cell."""
    return {"backgroundColorStyle": colour(hex_digits)}


def tab_colour(tab: TabSpec) -> dict[str, Any]:
    """The colour of a tab's tongue."""
    return colour(looks.BUILT_TAB if tab.kind == "built" else looks.STAFF_TAB)


def warning_format() -> dict[str, Any]:
    """The warning of Start here."""
    return {"textFormat": {"bold": True, "foregroundColorStyle": colour("C00000")}, "wrapStrategy": "WRAP"}


def pixels(characters: int) -> int:
    """The width of a column."""
    return round(characters * CHARACTER_PIXELS) + 8


def _ground(fill: PatternFill) -> dict[str, Any]:
    return {"backgroundColorStyle": colour(str(fill.start_color.rgb)[-6:])}


def _text(font: Font) -> dict[str, Any]:
    shape: dict[str, Any] = {"fontSize": int(font.size or 11)}
    if font.bold:
        shape["bold"] = True
    if font.color is not None and isinstance(font.color.rgb, str):
        shape["foregroundColorStyle"] = colour(font.color.rgb[-6:])
    return shape
