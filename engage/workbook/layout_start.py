"""The Start here tab: how the register works, and a warning when the sync has stopped."""

from __future__ import annotations

from openpyxl.styles import Font
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from engage.start_here import SYNC_NOW, first_rows

from .layout_looks import ANSWER_GROUND, BODY_ALIGNMENT, BODY_FONT, RED, mark

_STAMP, _TICK = "B2", "B3"
_LABEL_FONT = Font(name="Calibri", size=11, bold=True)
_LINES = 25  # labels are bold this far down, for the counts that the sync adds

# The warning is a conditional format that puts words before the time stamp: a formula in a cell of a built
# tab would be written over by the next sync. The stamp is text, "22/11/2026 02:30", or a date if retyped; it
# is taken apart by hand because what DATEVALUE makes of it depends on the reader's country.
_STALE = (
    'AND({at}<>"",IFERROR(NOW()-IF(ISNUMBER({at}),{at},'
    "DATE(MID({at},7,4),MID({at},4,2),LEFT({at},2))+TIME(MID({at},12,2),MID({at},15,2),0))>2,FALSE))"
)
_WARNING = '"WARNING: no sync has run for more than two days, since "'
_WARNING_FORMAT = f"{_WARNING}dd/mm/yyyy hh:mm;;;{_WARNING}@"


def write_start(sheet: Worksheet) -> None:
    """Fill the tab below its heading row."""
    for number, (label, text) in enumerate(first_rows(), 2):
        sheet.cell(number, 1, label)
        sheet.cell(number, 2, text or None)
        sheet.row_dimensions[number].height = 16 * (1 + len(text) // 88) + 5
    for number in range(2, _LINES):
        sheet.cell(number, 1).font, sheet.cell(number, 2).font = _LABEL_FONT, BODY_FONT
        sheet.cell(number, 1).alignment = sheet.cell(number, 2).alignment = BODY_ALIGNMENT
    mark(sheet, _STAMP, _STALE.format(at=f"${_STAMP[0]}${_STAMP[1]}"), RED, number_format=_WARNING_FORMAT)
    _sync_now(sheet)


def _sync_now(sheet: Worksheet) -> None:
    rule = DataValidation(type="list", formula1='"Yes"', allow_blank=True)
    rule.promptTitle, rule.showInputMessage = SYNC_NOW, True
    rule.prompt = (
        "Choose Yes for a sync at once, if one machine keeps watch (engage run): it empties this cell as it "
        "begins."
    )
    rule.add(_TICK)
    sheet.add_data_validation(rule)
    sheet[_TICK].fill = ANSWER_GROUND
