"""Facts and a period → the Report: what every capability says of it, its tables as the schema has them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from engage.digest.messages import introduction, messages
from engage.digest.plain import plain
from engage.insight.capabilities import CAPABILITIES, before, told_of
from engage.insight.capability import PERIOD, Capability, Cell, CellsByHeading, Chart, Headline, Table
from engage.insight.facts import Facts, as_of
from engage.insight.freshness import missing_from, read_words, without_words
from engage.insight.weeks import Period
from engage.report.model import Drawing, Figure, Grid, Report, Section
from engage.schema import Column, Schema
from engage.sharing import HUB

LONGEST_CELL = 600


def build_report(
    facts: Facts, schema: Schema, span: Period, *, read: str, version: int = 0, issued: str = ""
) -> Report:
    """The report of a period for one audience, which is that of the facts.

    It stands as it stood when the period ended, if it has; else as of facts.today. read: when the sheets were
    read, in words. version, issued: of a frozen one.
    """
    then = as_of(facts, span.last)
    sections = [_section(capability, facts, then, span, schema) for capability in CAPABILITIES]
    reader = "" if facts.audience == HUB else facts.audience
    absent = without_words(missing_from(facts, span))
    return Report(
        partnership=facts.partnership,
        audience=reader,
        unit=span.unit,
        label=span.label,
        words=span.words,
        as_of=then.today,
        read=read,
        sections=tuple(one for one in sections if one.says),
        silent=tuple(one.title for one in sections if not one.says),
        messages=messages(then, reader),
        introduction=introduction(then, reader),
        warning=f"The figures {absent}." if absent else "",
        reads=tuple((one.agency or one.workbook, read_words(one), one.ok) for one in facts.reads),
        version=version,
        issued=issued,
        is_over=span.last < facts.today,
    )


def _section(capability: Capability, facts: Facts, then: Facts, span: Period, schema: Schema) -> Section:
    insight = told_of(facts, capability, span)
    past = before(then, capability, span)
    tables = [table for table in insight.tables if table.rows and _is_for(table.tab, facts, schema)]
    return Section(
        key=capability.key,
        title=capability.title,
        says=plain(insight.says, LONGEST_CELL),
        figures=tuple(_figure(one, past) for one in insight.headlines),
        grids=tuple(grid for table in tables for grid in _on_paper(table, schema)),
        sheets=tuple(_grid(table.tab, _columns(table.tab, schema), table.rows) for table in tables),
        sources=tuple(source.words for table in tables for source in table.sources),
    )


def _is_for(tab: str, facts: Facts, schema: Schema) -> bool:
    """Whether this audience has the tab: one of an agency's own workbook is for that agency's eyes."""
    return facts.audience != HUB or schema.tabs[tab].where != "agency"


def _figure(headline: Headline, past: dict[str, int | None]) -> Figure:
    return Figure(headline.label, headline.value, past.get(headline.label), plain(headline.note, 200))


# --- Tables ----------------------------------------------------------------------------------------------


def _columns(tab: str, schema: Schema, shown: Sequence[str] = ()) -> tuple[Column, ...]:
    """Those of the built tab, in its order; nobody's personal details go on paper."""
    return tuple(
        column
        for column in schema.tabs[tab].columns
        if column.laid_out
        and not column.personal
        and column.heading != PERIOD
        and (not shown or column.heading in shown)
    )


def _grid(
    title: str, columns: Sequence[Column], rows: Sequence[CellsByHeading], charts: Iterable[Chart] = ()
) -> Grid:
    """charts: those of the very rows that are bars of the table; the others are drawn above it."""
    cells = tuple(tuple(_cell(row.get(column.heading, "")) for column in columns) for row in rows)
    charts = list(charts)
    inside = next((chart for chart in charts if _is_of_rows(chart, columns, rows)), None)
    drawings = tuple(_drawing(chart, rows, inside=chart is inside) for chart in charts)
    return Grid(title, tuple(columns), cells, drawings, bars=inside.values[0] if inside else "")


def _is_of_rows(chart: Chart, columns: Sequence[Column], rows: Sequence[CellsByHeading]) -> bool:
    """Whether each bar is one row, named by its first cell, so that the table itself can hold it."""
    names = [row.get(chart.label) for row in rows]
    headings = [column.heading for column in columns]
    once = len(set(names)) == len(names) and len(chart.values) == 1
    return once and headings[:1] == [chart.label] and chart.values[0] in headings


def _cell(cell: Cell) -> Cell:
    return plain(cell, LONGEST_CELL) if isinstance(cell, str) else cell


def _on_paper(table: Table, schema: Schema) -> Iterator[Grid]:
    """The table whole, or one grid for each value of its parts."""
    columns = _columns(table.tab, schema, table.shown)
    if not table.parts:
        yield _crossed(table, _grid("", columns, table.rows, table.charts))
        return
    whole = [chart for chart in table.charts if not chart.part]
    if whole:
        yield Grid("", (), (), tuple(_drawing(chart, table.rows) for chart in whole))
    rest = [column for column in columns if column.heading != table.parts]
    parts = dict.fromkeys(str(row.get(table.parts, "")) for row in table.rows)
    for part in (name for name in parts if name not in table.skipped):
        rows = [row for row in table.rows if str(row.get(table.parts, "")) == part]
        charts = [chart for chart in table.charts if chart.part == part]
        yield _crossed(table, _grid(plain(part), _filled(rest, rows), rows, charts))


def _crossed(table: Table, grid: Grid) -> Grid:
    """The grid with the values of `across` side by side, the commonest first, and the sum of each row."""
    if not table.across or not grid.rows:
        return grid
    headings = [column.heading for column in grid.columns]
    by, count = headings.index(table.across), headings.index(table.cells)
    sums: dict[Cell, Counter[Cell]] = {}
    for row in grid.rows:
        if isinstance(number := row[count], int):
            sums.setdefault(row[0], Counter())[row[by]] += number
    total = sum(sums.values(), Counter[Cell]())
    across = sorted(total, key=lambda name: (-total[name], str(name)))
    named = tuple(Column(str(name), type="number") for name in across)
    rows = sorted(sums.items(), key=lambda item: (-item[1].total(), str(item[0])))
    cells = tuple((name, *(found[each] or "" for each in across), found.total()) for name, found in rows)
    columns = (grid.columns[0], *named, Column("All", type="number"))
    return Grid(grid.title, columns, cells, grid.drawings, numbers=True)


def _filled(columns: Sequence[Column], rows: Sequence[CellsByHeading]) -> list[Column]:
    """Without the columns in which none of these rows says anything."""
    return [column for column in columns if any(row.get(column.heading, "") != "" for row in rows)]


def _drawing(chart: Chart, rows: Iterable[CellsByHeading], *, inside: bool = False) -> Drawing:
    """A name of which nobody gave a figure has no bar: not known is never 0."""
    sums: dict[str, list[float]] = {}
    for row in rows:
        name = plain(str(row.get(chart.label, "")), 80)
        known = [(at, cell) for at, heading in enumerate(chart.values)
                 if isinstance(cell := row.get(heading, ""), int | float)]  # fmt: skip
        for at, cell in known:
            sums.setdefault(name, [0.0] * len(chart.values))[at] += cell
    order = sorted(sums, key=lambda name: (-sum(sums[name]), list(sums).index(name)))
    names = order[: chart.most]
    series = tuple(
        (heading, tuple(sums[name][at] for name in names)) for at, heading in enumerate(chart.values)
    )
    return Drawing(chart.title, tuple(names), series, max(0, len(order) - chart.most), inside)
