"""How a workbook that we lay out looks: one fill, font and number format for each kind of cell."""

from __future__ import annotations

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from openpyxl.worksheet.worksheet import Worksheet

from engage.schema import Column, TabSpec

# White tabs are people's, grey ones the system's, yellow cells an answer (templates/start_here.txt says so).
STAFF_TAB, BUILT_TAB = "1F6F6B", "A6A6A6"
AMBER, RED, GREEN, BLUE = "FFD27F", "F4B6B0", "BFE3C0", "BDD7EE"


def fill(colour: str) -> PatternFill:
    """A plain ground of this colour."""
    return PatternFill("solid", start_color=colour, end_color=colour)


HEADING_FONT = Font(name="Calibri", size=11, bold=True, color="FFFFFF")
DARK_HEADING_FONT = Font(name="Calibri", size=11, bold=True, color="333333")
BODY_FONT = Font(name="Calibri", size=11)
ID_FONT = Font(name="Calibri", size=10, color="7F7F7F")
HEADING_ALIGNMENT = Alignment(vertical="center", wrap_text=True)
LONG_HEADING_ALIGNMENT = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
BODY_ALIGNMENT = Alignment(vertical="top", wrap_text=True)
LINE = Border(bottom=Side(style="thin", color="BFBFBF"))
_HAIR = Side(style="thin", color="DDDDDD")
GRID = Border(left=_HAIR, right=_HAIR, top=_HAIR, bottom=_HAIR)  # a coloured ground hides the program's own

STAFF_HEADING, BUILT_HEADING, ANSWER_HEADING = fill(STAFF_TAB), fill("D0D0D0"), fill("FFD966")
REQUIRED_HEADING = fill("124B48")
BUILT_GROUND, ANSWER_GROUND, ID_GROUND = fill("F2F2F2"), fill("FFF8D6"), fill("F2F2F2")

# Text format where Excel would turn what people type into something else: 01234567 into a number, 10-20
# into the tenth of October, "March 08" into a day of this year, action 3.10 into 3.1.
_AS_TYPED = {"text", "name", "due-date", "size", "postcode", "phone", "email", "company-number"}
_AS_TYPED |= {"charity-number", "sic", "id", "people", "bodies"}
_FIGURES = {"number", "money", "percent"}
_FORMATS = {
    "date": "dd/mm/yyyy",
    "moment": "dd/mm/yyyy hh:mm",
    "time": "hh:mm",
    "money": '"£"#,##0',
    # The system writes 45 for 45 %: "0%" would show 4500%. What a person types stays as typed.
    "percent": '0"%"',
}


def number_format(tab: TabSpec, column: Column) -> str:
    """Excel's number format for a column's cells."""
    if column.type in _AS_TYPED or (column.type == "percent" and tab.kind == "staff"):
        return "@"
    return _FORMATS.get(column.type, "General")


def alignment(column: Column, before: Column | None = None) -> Alignment:
    """Figures to the right, but not against the next column's text; dates and all else to the left.

    before: the column to its left. LibreOffice ignores the indent of many a figure, so whatever stands beside
    one has an indent of its own, and so has a long text, which may stand anywhere.
    """
    if column.type in _FIGURES:
        return Alignment(horizontal="right", vertical="top", wrap_text=True, indent=1)
    if is_indented(column, before):
        return Alignment(horizontal="left", vertical="top", wrap_text=True, indent=1)
    if column.type in {"date", "moment", "time"}:
        return Alignment(horizontal="left", vertical="top", wrap_text=True)
    return BODY_ALIGNMENT


def is_indented(column: Column, before: Column | None) -> bool:
    """Whether a column keeps its distance from what stands to its left."""
    beside = before is not None and before.type in _FIGURES and column.type not in _FIGURES
    return beside or column.type == "long-text"


def heading_fill(tab: TabSpec, column: Column) -> PatternFill:
    """Green for people's tabs, darker where a value is required; grey for built ones, yellow for answers."""
    if column.filled_by == "answer":
        return ANSWER_HEADING
    if tab.kind == "built":
        return BUILT_HEADING
    return REQUIRED_HEADING if column.required else STAFF_HEADING


def ground(tab: TabSpec, column: Column) -> PatternFill | None:
    """The ground of a column's body: yellow where an answer goes, grey in the rest of a built tab."""
    if column.filled_by == "answer":
        return ANSWER_GROUND
    return BUILT_GROUND if tab.kind == "built" else None


def mark(sheet: Worksheet, cells: str, formula: str, colour: str, *, number_format: str = "") -> None:
    """Colour these cells, and show them otherwise, where the formula, written for the first, is true."""
    shown = NumberFormat(numFmtId=_OWN_FORMAT, formatCode=number_format) if number_format else None
    look = DifferentialStyle(fill=PatternFill(bgColor=colour), font=Font(color="000000"), numFmt=shown)
    sheet.conditional_formatting.add(cells, Rule(type="expression", dxf=look, formula=[formula]))


_OWN_FORMAT = 200  # below 164 the numbers are Excel's own; the few after it openpyxl gives out
