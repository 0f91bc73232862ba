"""The native charts beside the Dashboard at Google: the blocks of chart_blocks.py as requests. Pure.

They are laid out once. From then on they are people's, to move, restyle or delete: where one of ours stands,
or where the columns that we add for them are there already, none is added again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

from engage.chart_blocks import BLOCKS, CHART_FIGURES, DASHBOARD, Block, first_row
from engage.schema import TabSpec

from ..layout_charts import BEFORE_COLOUR, NOW_COLOUR
from .layout_looks import colour
from .layout_requests import Request
from .layout_standing import Standing
from .protecting import is_closed

WIDTH, HEIGHT = 640, 340  # pixels; a row of Google's is 21 high, a column that we add 100 wide
ROWS, COLUMNS = 17, 7  # that one chart covers
ROOM = 1 + 2 * COLUMNS  # columns added at the right of the tab: a gap, and two charts side by side
PERIODS = "Dark: the last whole week. Pale: the week before."


@dataclass(frozen=True, slots=True)
class _Place:
    """A tab in which the charts, or what they are drawn from, stand; rows and columns: of its grid."""

    sheet_id: int
    rows: int
    columns: int


def chart_requests(
    standing: Standing, specs: Mapping[str, TabSpec], made: Iterable[Request]
) -> tuple[Request, ...]:
    """What draws the charts, () where they were drawn before, or one of their two tabs is not as we make it.

    specs: title → the tabs that the spreadsheet is to have. made: the requests that make the others.
    """
    news = {each["addSheet"]["properties"]["title"]: each["addSheet"] for each in made if "addSheet" in each}
    beside, drawn_from = (_place(standing, specs, news, title) for title in (DASHBOARD, CHART_FIGURES))
    ids = [chart_id(standing.id, block) for block in BLOCKS]
    if beside is None or drawn_from is None or not standing.charts.isdisjoint(ids):
        return ()
    if beside.columns >= len(specs[DASHBOARD].columns) + ROOM or not _fits(beside, drawn_from):
        return ()
    room = {"sheetId": beside.sheet_id, "dimension": "COLUMNS", "length": ROOM}
    return ({"appendDimension": room}, *_charts(ids, beside, drawn_from))


def chart_id(book: str, block: Block) -> int:
    """A chart's id, the same on every try, so that an answer that was lost draws none twice."""
    return crc32(f"{book}/chart/{block.title}".encode()) & 0x7FFFFFFF


def _place(
    standing: Standing, specs: Mapping[str, TabSpec], news: Mapping[str, Request], title: str
) -> _Place | None:
    """The tab of this title that is ours, made now or with our headings in its first row; else None."""
    if title in news:
        about = news[title]["properties"]
        grid = about["gridProperties"]
        return _Place(about["sheetId"], grid["rowCount"], grid["columnCount"])
    tab, spec = standing.tab(title), specs.get(title)
    if tab is None or spec is None or is_closed(tab.protected) or not tab.rows:
        return None
    if tab.rows[0][: len(spec.headings)] != spec.headings:
        return None
    return _Place(tab.sheet_id, tab.row_count, tab.column_count)


def _fits(beside: _Place, drawn_from: _Place) -> bool:
    """Whether all the cells are there that the charts hang on."""
    last = first_row(BLOCKS[-1]) + BLOCKS[-1].rows - 1
    return beside.rows > _row(len(BLOCKS) - 1) and drawn_from.rows >= last


def _row(at: int) -> int:
    """The row, from 0, at which the chart of this number begins."""
    return 1 + ROWS * (at // 2)


def _charts(ids: Sequence[int], beside: _Place, drawn_from: _Place) -> Iterator[Request]:
    for at, (number, block) in enumerate(zip(ids, BLOCKS, strict=True)):
        anchor = {
            "sheetId": beside.sheet_id,
            "rowIndex": _row(at),
            "columnIndex": beside.columns + 1 + COLUMNS * (at % 2),
        }
        where = {"anchorCell": anchor, "widthPixels": WIDTH, "heightPixels": HEIGHT}
        chart = {
            "chartId": number,
            "spec": _spec(block, drawn_from.sheet_id),
            "position": {"overlayPosition": where},
        }
        yield {"addChart": {"chart": chart}}


def _spec(block: Block, figures: int) -> Request:
    """A ChartSpec. Rows that a person hides or filters away in Chart figures are drawn all the same."""
    colours = (NOW_COLOUR, BEFORE_COLOUR) if block.before else (NOW_COLOUR,)
    names = {"domain": _cells(block, figures, 1)}
    chart = {
        "chartType": "COLUMN" if block.upright else "BAR",
        "legendPosition": "NO_LEGEND",  # it would need a heading above each block: the subtitle says it
        "headerCount": 0,
        "domains": [names],
        "series": [_series(block, figures, at, shade) for at, shade in enumerate(colours, 2)],
    }
    about = {"title": block.title} | ({"subtitle": PERIODS} if block.before else {})
    return {**about, "hiddenDimensionStrategy": "SHOW_ALL", "basicChart": chart}


def _series(block: Block, figures: int, column: int, shade: str) -> Request:
    return {
        "series": _cells(block, figures, column),
        "targetAxis": "LEFT_AXIS" if block.upright else "BOTTOM_AXIS",
        "colorStyle": colour(shade),
        "dataLabel": {"type": "DATA"},
    }


def _cells(block: Block, figures: int, column: int) -> Request:
    """ChartData: the block's cells in a column of Chart figures, from 0."""
    top = first_row(block) - 1
    area = {
        "sheetId": figures,
        "startRowIndex": top,
        "endRowIndex": top + block.rows,
        "startColumnIndex": column,
        "endColumnIndex": column + 1,
    }
    return {"sourceRange": {"sources": [area]}}
