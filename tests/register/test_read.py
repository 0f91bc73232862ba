from __future__ import annotations

from datetime import date

from engage.model import Snapshot, Tab
from engage.register.read import Source, TabReading, read_workbook

from .small_schema import SCHEMA

TODAY = date(2026, 9, 14)
HEADINGS = ("Organisation", "Post Code", "Tel No", "E-mail", "Colour of door")


def read(*rows: tuple[str, ...], title: str = "Employers", **source: object) -> TabReading:
    snapshot = Snapshot("college", (Tab(title, rows),))
    return read_workbook(snapshot, SCHEMA, Source("college", "College", **source), today=TODAY)[0]  # type: ignore[arg-type]


def test_a_title_above_the_headings_is_tolerated() -> None:
    reading = read(("Our employers",), (), HEADINGS, ("Ember Digital Ltd", "M34 3QQ"))
    assert reading.header_row == 3
    assert reading.columns == {"Employer": 0, "Postcode": 1, "Phone": 2, "Email": 3}
    assert reading.records[0].place.row == 4
    assert reading.records[0]["Employer"] == "Ember Digital Ltd"


def test_an_unknown_column_is_kept_under_its_own_heading() -> None:
    reading = read(HEADINGS, ("Ember Digital Ltd", "", "", "", "green"))
    assert reading.unknown == ("Colour of door",)
    assert reading.records[0].typed["Colour of door"] == "green"
    assert "Colour of door" not in reading.records[0].clean


def test_built_tabs_and_working_state_are_skipped() -> None:
    tabs = (Tab("To review", ()), Tab("_engage", ()), Tab("Your employers (built nightly)", ()))
    assert read_workbook(Snapshot("hub", tabs), SCHEMA, Source("hub"), today=TODAY) == ()


def test_a_budget_is_left_alone() -> None:
    reading = read(("Item", "Amount", "Notes"), ("Chairs", "40", "blue"), title="Budget")
    assert reading.spec is None
    assert not reading.records


def test_a_tab_whose_headings_are_gone_is_reported_and_not_read() -> None:
    reading = read(("Ember Digital Ltd", "M34 3QQ"), ("Holt Roofing", "SK15 2QQ"))
    assert reading.spec is SCHEMA.tabs["Employers"]
    assert (reading.header_row, reading.records) == (0, ())
    assert [finding.kind for finding in reading.findings] == ["no-heading-row"]
