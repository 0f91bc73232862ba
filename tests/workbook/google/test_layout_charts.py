"""The native charts beside the Dashboard at Google: drawn once, fed by the nights, people's from then on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from engage.built.typed import typed_row
from engage.chart_blocks import BLOCKS, CHART_FIGURES, DASHBOARD
from engage.insight.chart_figures import chart_figures
from engage.insight.dashboard import dashboard
from engage.ports import PublishTab
from engage.schema import load_schema
from engage.workbook.google.adapter import GoogleWorkbook
from engage.workbook.google.laying_out import LaidOut, lay_out
from engage.workbook.google.layout import Wanted, plan_layout
from engage.workbook.google.layout_charts import ROOM
from engage.workbook.google.layout_standing import look
from tests.insight.sample import facts_of_all, make_facts
from tests.sheets_server.asking import Book
from tests.sheets_server.charts import source_ranges
from tests.sheets_server.fixture import SheetsServer
from tests.sheets_server.people import Browser
from tests.sheets_server.spreadsheet import Spreadsheet
from tests.sheets_server.tab import Tab

SCHEMA = load_schema()
BOTH = tuple(SCHEMA.tabs[title] for title in (DASHBOARD, CHART_FIGURES))
PERSONS = 77


def laid_out(server: SheetsServer, book: Spreadsheet, tabs: tuple[Any, ...] = BOTH) -> LaidOut:
    client = server.client(timeout=(5.0, 30.0))
    wanted = Wanted(tabs, caller=server.address)
    return lay_out(client, look(client, book.id, "x"), wanted, where="x", time_zone="Europe/London")


@pytest.fixture
def book(sheets_server: SheetsServer) -> Spreadsheet:
    made = sheets_server.spreadsheet("Hub")
    laid_out(sheets_server, made)
    return made


def tab(book: Spreadsheet, title: str = DASHBOARD) -> Tab:
    found = book.tab_titled(title)
    assert found is not None
    return found


def charts(book: Spreadsheet) -> Mapping[str, Any]:
    return {each["spec"]["title"]: each for each in tab(book).charts.values()}


def drawn(server: SheetsServer, book: Spreadsheet, title: str) -> list[list[str]]:
    """What each source of a chart shows, its names first."""
    shown = Browser(server.world, book.id).rows(CHART_FIGURES)
    spans = [span for one in source_ranges(charts(book)[title]) for span in one["sources"]]
    assert all(span["sheetId"] == tab(book, CHART_FIGURES).sheet_id for span in spans)
    return [
        [
            (*row, "", "", "", "")[span["startColumnIndex"]]
            for row in shown[span["startRowIndex"] : span["endRowIndex"]]
        ]
        for span in spans
    ]


def night(server: SheetsServer, book: Spreadsheet, facts: Any) -> None:
    client = server.client(timeout=(5.0, 30.0))
    workbook = GoogleWorkbook("hub", book.id, client, token=lambda: "t", tabs=SCHEMA.tabs)
    there = workbook.read()
    figures = {CHART_FIGURES: chart_figures(facts), DASHBOARD: dashboard(facts).to_dict("records")}
    workbook.apply(
        [
            PublishTab(
                spec.title,
                spec.headings,
                tuple(typed_row(spec, cells) for cells in figures[spec.title]),
                expects=known.rows if (known := there.tab(spec.title)) else None,
            )
            for spec in BOTH
        ]
    )


def own_chart(book: Spreadsheet) -> Mapping[str, Any]:
    """A chart that a person drew beside the figures."""
    ours = next(iter(tab(book).charts.values()))
    tab(book).charts[PERSONS] = {**ours, "chartId": PERSONS, "spec": {**ours["spec"], "title": "Mine"}}
    return tab(book).charts[PERSONS]


# --- once ---


def test_a_new_hub_has_a_chart_for_each_block_beside_the_figures(book: Spreadsheet) -> None:
    assert list(charts(book)) == [block.title for block in BLOCKS]
    places = [each["position"]["overlayPosition"]["anchorCell"] for each in charts(book).values()]
    assert min(place["columnIndex"] for place in places) > len(SCHEMA.tabs[DASHBOARD].headings)
    assert len({(place["rowIndex"], place["columnIndex"]) for place in places}) == len(BLOCKS)


def test_each_chart_draws_the_cells_that_the_night_has_filled(
    sheets_server: SheetsServer, book: Spreadsheet
) -> None:
    night(sheets_server, book, facts_of_all())
    for block in BLOCKS:
        mine = [row for row in chart_figures(facts_of_all()) if row["Chart"] == block.title]
        names, now, *before = drawn(sheets_server, book, block.title)
        assert names == [str(row["Name"]) for row in mine]
        assert now == [str(row["Now"]) for row in mine]
        assert before == ([[str(row["Before"]) for row in mine]] if block.before else [])
        assert any(now), block.title


def test_a_second_time_nothing_is_sent(sheets_server: SheetsServer, book: Spreadsheet) -> None:
    before = book.version
    done = laid_out(sheets_server, book)
    assert (done.made, done.mended, book.version) == ((), (), before)


def test_a_hub_of_before_gets_its_charts_and_no_cell_changes(sheets_server: SheetsServer) -> None:
    book = sheets_server.spreadsheet("Hub")
    night(sheets_server, book, facts_of_all())  # the tabs are the sync's own: it draws none
    assert not charts(book)
    cells = Browser(sheets_server.world, book.id).rows(DASHBOARD)
    assert laid_out(sheets_server, book).mended == (DASHBOARD,)
    assert list(charts(book)) == [block.title for block in BLOCKS]
    assert Browser(sheets_server.world, book.id).rows(DASHBOARD) == cells


def test_an_answer_that_was_lost_draws_no_chart_twice(sheets_server: SheetsServer) -> None:
    book = sheets_server.spreadsheet("Hub")
    once = iter([True])

    def lose(world: object, sheet: str, requests: list[Any]) -> None:
        if "addChart" in str(requests) and next(once, False):
            sheets_server.served.front.faults.plan("reset-after", on="batchUpdate")

    sheets_server.world.before_batch.append(lose)
    laid_out(sheets_server, book)
    assert (len(tab(book).charts), tab(book).column_count) == (len(BLOCKS), 6 + ROOM)


# --- people's from then on ---


@pytest.mark.parametrize("gone", [1, len(BLOCKS)])
def test_charts_that_a_person_deleted_stay_away(
    sheets_server: SheetsServer, book: Spreadsheet, gone: int
) -> None:
    for number in list(tab(book).charts)[:gone]:
        Book(sheets_server.world, book).batch({"deleteEmbeddedObject": {"objectId": number}})
    laid_out(sheets_server, book)
    assert len(charts(book)) == len(BLOCKS) - gone


@pytest.mark.slow
def test_a_chart_of_a_persons_own_and_one_that_was_restyled_stay_as_they_are(
    sheets_server: SheetsServer, book: Spreadsheet
) -> None:
    mine = own_chart(book)
    tab(book).charts[next(iter(tab(book).charts))]["spec"]["title"] = "Our week"
    before = str(charts(book))
    laid_out(sheets_server, book)
    for facts in (make_facts(), facts_of_all()):
        night(sheets_server, book, facts)
    assert (charts(book)["Mine"], str(charts(book))) == (mine, before)


def test_a_tab_of_peoples_own_that_is_called_dashboard_gets_none(sheets_server: SheetsServer) -> None:
    book = sheets_server.spreadsheet("Ours")
    hand = Browser(sheets_server.world, book.id)
    hand.add_tab(DASHBOARD, columns=6)
    hand.type(DASHBOARD, 1, 1, "Our year")
    laid_out(sheets_server, book)
    assert not charts(book)


def test_an_agencys_own_workbook_gets_none(sheets_server: SheetsServer, book: Spreadsheet) -> None:
    tab(book).charts.clear()
    there = look(sheets_server.client(), book.id, "x")
    employers = Wanted((SCHEMA.tabs["Employers"],), caller=sheets_server.address)
    assert "addChart" not in str(plan_layout(there, employers))


def test_a_refusal_of_the_charts_leaves_everything_else_laid_out(sheets_server: SheetsServer) -> None:
    steps = plan_layout(look(sheets_server.client(), sheets_server.spreadsheet("Hub").id, "x"), Wanted(BOTH))
    assert [step.apart for step in steps] == [False, False, True]
    assert all("addChart" not in str(step.requests) for step in steps[:-1])
