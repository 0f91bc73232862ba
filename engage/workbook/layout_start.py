"""The Start here tab: how the register works, and whether the sync still runs."""

from __future__ import annotations

from importlib.resources import files

from openpyxl.styles import Font
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from .layout_looks import ANSWER_GROUND, BODY_ALIGNMENT, BODY_FONT, GREEN, RED, mark

LAST_SYNC, IN_WORDS, RUNNING, SYNC_NOW = "Last sync", "In words", "Is it running?", "Sync now"
_LABEL_FONT = Font(name="Calibri", size=11, bold=True)

# The stamp is text, "2026-11-22 21:04", or a date if somebody has retyped it; both are read.
_RUNNING = (
    '=IF({at}="","No sync has run yet.",IFERROR(IF(NOW()-IF(ISNUMBER({at}),{at},'
    "DATEVALUE(LEFT({at},10))+IFERROR(TIMEVALUE(MID({at},12,5)),0))>2,"
    '"WARNING: no sync has run for more than two days. What you see may be out of date; please tell '
    'the person who runs the sync.","Yes: the last sync was within two days."),'
    '"The time of the last sync cannot be read."))'
)


def write_start(sheet: Worksheet) -> None:
    """Fill the tab below its heading row."""
    lines = [(LAST_SYNC, ""), (IN_WORDS, "No sync has run yet."), (RUNNING, _RUNNING.format(at="B2"))]
    lines += [(SYNC_NOW, ""), *guide()]
    for number, (label, text) in enumerate(lines, 2):
        _write_line(sheet, number, label, text)
    _sync_now(sheet, "B5")
    for start, colour in (("WARNING", RED), ("Yes", GREEN)):
        mark(sheet, "B4", f'LEFT($B$4,{len(start)})="{start}"', colour)


def guide() -> list[tuple[str, str]]:
    """Label and text of each line of templates/start_here.txt."""
    text = files("engage.templates").joinpath("start_here.txt").read_text(encoding="utf-8")
    parts = [line.partition("|") for line in text.splitlines() if line.strip()]
    return [(label.strip(), words.strip()) for label, _, words in parts]


def _write_line(sheet: Worksheet, number: int, label: str, text: str) -> None:
    for column, (words, font) in enumerate(((label, _LABEL_FONT), (text, BODY_FONT)), 1):
        cell = sheet.cell(number, column, words or None)
        cell.font, cell.alignment = font, BODY_ALIGNMENT
    shown = 1 if text.startswith("=") else len(text)
    sheet.row_dimensions[number].height = 16 * (1 + shown // 88) + 5


def _sync_now(sheet: Worksheet, at: str) -> None:
    rule = DataValidation(type="list", formula1='"Yes"', allow_blank=True)
    rule.promptTitle, rule.prompt, rule.showInputMessage = SYNC_NOW, "Choose Yes to ask for a sync.", True
    rule.add(at)
    sheet.add_data_validation(rule)
    sheet[at].fill = ANSWER_GROUND
