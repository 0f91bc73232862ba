"""The native charts beside the Dashboard: there from the first day, fed by the cells that nights fill."""

from __future__ import annotations

from datetime import date

import pytest
from openpyxl import load_workbook

from engage.built.typed import typed_row
from engage.chart_blocks import BLOCKS, CHART_FIGURES, DASHBOARD, first_row
from engage.insight.chart_figures import OTHERS, chart_figures
from engage.insight.dashboard import dashboard
from engage.insight.weeks_and_months import TITLE as WEEKS
from engage.insight.weeks_and_months import weeks_and_months
from engage.ports import PublishTab
from engage.schema import load_schema
from engage.workbook.layout_xlsx import lay_out
from engage.workbook.xlsx.adapter import XlsxWorkbook
from tests.insight.sample import facts_of_all, make_facts

SCHEMA = load_schema()


def published(workbook: XlsxWorkbook, title: str, rows) -> PublishTab:
    spec = SCHEMA.tabs[title]
    known = workbook.read().tab(title)
    typed = tuple(typed_row(spec, cells) for cells in rows)
    return PublishTab(title, spec.headings, typed, expects=known.rows)


def charts_of(path) -> dict[str, list[str]]:
    """Title → where its names and its numbers stand."""
    found = {}
    for chart in load_workbook(path)[DASHBOARD]._charts:
        title = "".join(run.t for part in chart.title.tx.rich.p for run in part.r)
        series = [one.val.numRef.f for one in chart.series]
        names = chart.series[0].cat
        found[title] = [(names.numRef or names.strRef).f, *series]
    return found


def cells_at(path, reference: str) -> list[object]:
    sheet, _, cells = reference.replace("'", "").replace("$", "").partition("!")
    return [
        "" if one.value is None else one.value for row in load_workbook(path)[sheet][cells] for one in row
    ]


@pytest.fixture
def hub(tmp_path):
    path = tmp_path / "hub.xlsx"
    lay_out(path, SCHEMA.tabs_of("hub"))
    return path


def test_a_new_workbook_has_a_chart_for_each_block_and_no_night_moves_one(hub):
    assert list(charts_of(hub)) == [block.title for block in BLOCKS]
    first, workbook = charts_of(hub), XlsxWorkbook("hub", hub)
    for facts in (make_facts(), facts_of_all()):
        workbook.apply(
            [
                published(workbook, CHART_FIGURES, chart_figures(facts)),
                published(workbook, DASHBOARD, dashboard(facts).to_dict("records")),
            ]
        )
        assert charts_of(hub) == first


def test_a_hub_laid_out_before_there_were_weeks_and_months_gets_them_and_keeps_its_charts(tmp_path):
    path, facts = tmp_path / "hub.xlsx", facts_of_all()
    lay_out(path, [spec for spec in SCHEMA.tabs_of("hub") if spec.title != WEEKS])
    workbook, first = XlsxWorkbook("hub", path), charts_of(path)
    rows = weeks_and_months(facts).to_dict("records")
    spec = SCHEMA.tabs[WEEKS]
    new = PublishTab(WEEKS, spec.headings, tuple(typed_row(spec, cells) for cells in rows))
    told = published(workbook, DASHBOARD, dashboard(facts).to_dict("records"))
    assert [one.status for one in workbook.apply([new, told])] == ["done", "done"]
    assert len(workbook.read().tab(WEEKS).rows) == len(rows) + 1
    assert charts_of(path) == first != {}
    again = published(workbook, WEEKS, rows)
    assert [one.status for one in workbook.apply([again])] == ["same"]


def test_each_chart_draws_the_cells_that_the_night_has_filled(hub):
    workbook, facts = XlsxWorkbook("hub", hub), facts_of_all()
    workbook.apply([published(workbook, CHART_FIGURES, chart_figures(facts))])
    rows = dashboard(facts).to_dict("records")
    figures = {row["Measure"]: (row["Last whole week"], row["Week before"]) for row in rows}
    names, now, before = (cells_at(hub, where) for where in charts_of(hub)["The last whole week"])
    assert dict(zip(names, zip(now, before, strict=True), strict=True)) == {
        name: figures[name] for name in names
    }
    agencies, now, _ = (cells_at(hub, where) for where in charts_of(hub)["Engagements by agency"])
    named = {name: count for name, count in zip(agencies, now, strict=True) if name}
    assert named == {name: figures[name][0] for name in named}
    assert named["Harwick Chamber"] == ""  # it could not be read: not known, and never 0
    assert len(named) == 3


@pytest.mark.parametrize("agencies", [0, 3, 8, 20])
def test_a_block_has_always_as_many_rows_and_its_bars_add_up(agencies):
    talks = [{"Date": "2026-11-17", "Status": "Done", "agency": f"Agency {n}"} for n in range(agencies)]
    rows = list(chart_figures(make_facts({"Engagements": talks})))
    assert len(rows) == sum(block.rows for block in BLOCKS)
    for block in BLOCKS:
        mine = rows[first_row(block) - 2 : first_row(block) - 2 + block.rows]
        assert {row["Chart"] for row in mine} == {block.title}
    bars = [row for row in rows if row["Chart"] == "Engagements by agency" and row["Name"]]
    assert sum(row["Now"] for row in bars) == agencies
    assert (bars[-1]["Name"] == OTHERS if bars else False) == (agencies > 8)


def test_the_weeks_go_by_their_mondays_the_last_whole_one_at_the_right():
    rows = [row for row in chart_figures(facts_of_all()) if row["Chart"] == "Engagements, week by week"]
    assert (rows[-1]["Name"], rows[-1]["Now"]) == (f"16 {date(2026, 11, 16):%b} 2026", 6)
    assert rows[0]["Name"] == "28 Sep 2026"


def test_a_label_is_the_number_alone_also_where_what_is_not_said_is_shown(hub):
    for chart in load_workbook(hub)[DASHBOARD]._charts:
        labels = chart.dataLabels
        shown = (labels.showSerName, labels.showCatName, labels.showLegendKey, labels.showPercent)
        assert labels.showVal is True
        assert shown == (False, False, False, False), "".join(r.t for p in chart.title.tx.rich.p for r in p.r)
