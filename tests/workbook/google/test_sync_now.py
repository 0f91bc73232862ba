"""Sync now on a Google Sheet: what a look costs, and that the tick box stays a tick box."""

from __future__ import annotations

from datetime import datetime

import pytest

from engage.runner import Start, answer_tick, look_at_start, take_tick
from engage.workbook.google.adapter import GoogleWorkbook
from tests.sheets_server.cells import Cell
from tests.sheets_server.spreadsheet import Spreadsheet
from tests.workbook.rehearsal import Rehearsal, rehearsal

NOW = datetime.fromisoformat("2026-11-22T10:05")
LABELS = ("Last sync", "Sync now", "What Sync now did")
BOX = {"condition": {"type": "BOOLEAN"}}


@pytest.fixture
def google() -> Rehearsal:
    return rehearsal()


@pytest.fixture
def sheet(google: Rehearsal) -> Spreadsheet:
    """Start here with a ticked box, and a long tab beside it."""
    rows = [
        ("Start here", "How this workbook works"),
        ("Last sync", "22/11/2026 02:00"),
        *((x,) for x in LABELS[1:]),
    ]
    made = google.sheet(
        {"Start here": rows, "Employers": [("Employer",), *[(f"Firm {n}",) for n in range(3000)]]}
    )
    made.tabs[0].put(2, 1, Cell(True, validation=BOX))
    return made


@pytest.fixture
def hub(google: Rehearsal, sheet: Spreadsheet) -> GoogleWorkbook:
    return google.workbook("hub", sheet.id)


def test_a_look_is_one_read_of_one_tab(google: Rehearsal, hub: GoogleWorkbook) -> None:
    before = google.client.requests.read, google.client.requests.total
    assert look_at_start(hub) == Start(datetime.fromisoformat("2026-11-22T02:00"), "TRUE")
    assert (google.client.requests.read, google.client.requests.total) == (before[0] + 1, before[1] + 1)
    assert hub.peek("Start here")[0] == ("Start here", "How this workbook works")


def test_a_taken_tick_leaves_a_box_that_can_be_ticked_again(sheet: Spreadsheet, hub: GoogleWorkbook) -> None:
    assert take_tick(hub, look_at_start(hub), NOW)
    box = sheet.tabs[0].cell(2, 1)
    assert box is not None
    assert (box.entered, box.validation) == (False, BOX)
    assert not look_at_start(hub).is_ticked


def test_what_came_of_it_stands_beside_the_box(sheet: Spreadsheet, hub: GoogleWorkbook) -> None:
    answer_tick(hub, NOW, "done, nothing had changed.")
    said = sheet.tabs[0].cell(3, 1)
    assert said is not None
    assert said.entered == "22/11/2026 10:05: done, nothing had changed."


def test_a_tick_that_somebody_else_took_is_not_taken_again(sheet: Spreadsheet, hub: GoogleWorkbook) -> None:
    seen = look_at_start(hub)
    assert take_tick(hub, seen, NOW)
    assert not take_tick(hub, seen, NOW)


def test_a_hub_without_such_a_tab_is_looked_at_whole(google: Rehearsal) -> None:
    other = google.sheet({"Read me": [("Hello",)]})
    assert look_at_start(google.workbook("hub", other.id)) == Start()
