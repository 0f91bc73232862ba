"""The native charts beside the Dashboard of a new .xlsx, fed by the cells of Chart figures."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.series import SeriesLabel
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from engage.chart_blocks import BLOCKS, CHART_FIGURES, DASHBOARD, NUMBER_ALONE, Block, first_row

NOW_COLOUR, BEFORE_COLOUR = "1F5C99", "B8C7D9"
BESIDE = 8  # the first column that the Dashboard's own six and a gap leave free
_WIDTH, _HEIGHT, _ROWS = 16, 8, 17  # centimetres; rows that one chart covers
_AWAY = 10  # columns that one chart covers


def add_charts(book: Workbook) -> None:
    """Draw every block, two charts a row, if the workbook has both tabs."""
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    dashboard, figures = sheets.get(DASHBOARD), sheets.get(CHART_FIGURES)
    if dashboard is None or figures is None:
        return
    for at, block in enumerate(BLOCKS):
        column = get_column_letter(BESIDE + _AWAY * (at % 2))
        dashboard.add_chart(_chart(figures, block), f"{column}{2 + _ROWS * (at // 2)}")


def _chart(figures: Worksheet, block: Block) -> BarChart:
    first, last = first_row(block), first_row(block) + block.rows - 1
    chart = BarChart()
    chart.type = "col" if block.upright else "bar"
    chart.title, chart.gapWidth = block.title, 60
    chart.width, chart.height = _WIDTH, _HEIGHT
    for column in (3, 4) if block.before else (3,):
        chart.add_data(Reference(figures, min_col=column, min_row=first, max_row=last))
    chart.set_categories(Reference(figures, min_col=2, min_row=first, max_row=last))
    _name(chart, block)
    chart.dataLabels = DataLabelList(**NUMBER_ALONE)  # no scale, no lines to read it off
    chart.x_axis.delete, chart.y_axis.delete, chart.y_axis.majorGridlines = False, True, None
    if not block.upright:
        chart.x_axis.scaling.orientation = "maxMin"  # the first row is the uppermost bar
    return chart


def _name(chart: BarChart, block: Block) -> None:
    named = (("Last whole week", NOW_COLOUR), ("Week before", BEFORE_COLOUR))
    for series, (words, colour) in zip(chart.series, named, strict=False):
        series.tx = SeriesLabel(v=words)
        series.graphicalProperties.solidFill = colour
    if block.before:
        chart.legend.position = "b"
    else:
        chart.legend = None
