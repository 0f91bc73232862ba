"""The report: every number is the built tab's, and what an audience may not see is nowhere in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from engage.built.material import Material
from engage.built.registry import agency_tabs, hub_tabs
from engage.built.typed import typed_value
from engage.insight import capabilities
from engage.insight.capabilities import period_words, tab_periods
from engage.insight.capability import Capability, Chart, Headline, Insight, Table
from engage.insight.quarters import quarter_of, year_named
from engage.model import cell_text
from engage.report.build import build_report
from engage.report.model import Figure, Report
from engage.schema import Column, Schema, TabSpec, load_schema
from tests.insight.sample import CHAMBER, COLLEGE, TODAY, facts_of_all, make_facts

SCHEMA = load_schema()
QUARTER = quarter_of(TODAY)


def report_of(facts=None, span=QUARTER, schema: Schema = SCHEMA, **more: object) -> Report:
    return build_report(facts or facts_of_all(), schema, span, read="23 November 2026, 09:00", **more)


def built(facts) -> dict[str, list[dict[str, str]]]:
    """The hub's built tabs as they read once they are published."""
    intents = hub_tabs(Material(facts=facts, schema=SCHEMA))
    return {
        intent.tab: [
            dict(zip(intent.headings, (cell_text(cell) for cell in row), strict=True)) for row in intent.rows
        ]
        for intent in intents
    }


@pytest.mark.parametrize("which", range(3), ids=["running quarter", "last quarter", "running year"])
def test_every_number_of_a_report_is_that_of_the_built_tab_of_the_same_run(which):
    facts = facts_of_all()
    span, tabs = tab_periods(facts)[which], built(facts_of_all())
    grids = [grid for section in report_of(facts, span).sections for grid in section.sheets]
    assert grids
    for grid in grids:
        rows = tabs[grid.title]
        if "Period" in SCHEMA.tabs[grid.title].headings:
            rows = [row for row in rows if row["Period"] == period_words(facts, span)]
        elif which == 1:
            continue  # it stands as it stood when that quarter ended: the tab says how it stands today
        said = [
            [cell_text(typed_value(column, cell)) for column, cell in zip(grid.columns, row, strict=True)]
            for row in grid.rows
        ]
        assert said == [[row[column.heading] for column in grid.columns] for row in rows]


def test_the_figures_of_a_section_are_set_against_the_period_before():
    (figures, *_) = report_of(span=quarter_of(TODAY)).sections
    known = {figure.label: figure for figure in figures.figures}
    assert (known["Engagements"].value, known["Engagements"].before) == (10, 0)
    assert known["Engagements"].change == "up 10 from 0"
    assert (Figure("", 3, 3).change, Figure("", 1, 4).change) == ("as before", "down 3 from 4")
    assert (Figure("", None, 4).change, Figure("", None).text) == ("", "not known")


def test_a_finished_period_stands_as_it_stood_on_its_last_day():
    rows = [{"Date": day, "Employer": "Acorn", "Status": "Done"} for day in ("2026-09-30", "2026-10-01")]
    facts = make_facts({"Engagements": rows})
    report = report_of(facts, QUARTER.back(1))
    assert report.as_of == date(2026, 9, 30)
    assert report.title == "Quarterly report, 2026/27 Q2 (financial)"
    assert report.sections[0].says.startswith("1 engagement with 1 employer")
    running = report_of(facts, QUARTER)
    assert (running.as_of, running.kind) == (TODAY, "The quarter so far")
    assert "up to the same day" in running.before_words


def test_a_finished_period_tells_the_key_messages_of_its_last_day():
    rows = [
        {"Text": "Of the summer", "From": "2026-07-01", "To": "2026-09-30"},
        {"Text": "Of the autumn", "From": "2026-10-01"},
        {"Text": "By ourselves", "From": "2026-09-01", "Kind": "Introduction"},
        {"Text": "By our successors", "From": "2026-11-01", "Kind": "Introduction"},
    ]
    facts = make_facts({"Key messages": rows})
    report = report_of(facts, QUARTER.back(1))
    assert (report.messages, report.introduction) == (("Of the summer",), "By ourselves")
    assert report_of(facts, QUARTER).messages == ("Of the autumn",)


def test_what_has_nothing_to_say_is_named_and_takes_no_room():
    report = report_of(make_facts(), year_named("2024/25"))
    assert report.sections == ()
    assert set(report.silent) == {one.title for one in capabilities.CAPABILITIES}


def test_a_workbook_that_could_not_be_read_is_said_at_the_head():
    assert CHAMBER in report_of().warning
    assert any(agency == CHAMBER and not ok for agency, _, ok in report_of().reads)


def test_key_messages_are_those_of_the_day_for_its_audience():
    rows = [
        {"Text": "Visits in by Thursday"},
        {"Text": "For the college only", "Audience": COLLEGE},
        {"Text": "Past", "To": "2026-11-01"},
        {"Text": "Welcome to our report", "Kind": "Introduction"},
    ]
    facts = make_facts({"Key messages": rows}, agencies={"hc": COLLEGE})
    assert report_of(facts).introduction == "Welcome to our report"
    assert report_of(facts).messages == ("Visits in by Thursday",)
    assert report_of(replace(facts, audience=COLLEGE)).messages == (
        "Visits in by Thursday",
        "For the college only",
    )


# --- What the house does with any table -----------------------------------------------------------------

TAB = TabSpec(
    "Trial",
    "built",
    "hub",
    (
        Column("Part"),
        Column("Name"),
        Column("Why"),
        Column("Count", type="number"),
        Column("Signed by", personal=True),
    ),
)
ROWS = tuple(
    {"Part": part, "Name": name, "Why": why, "Count": count, "Signed by": "Jo Lund"}
    for part, name, why, count in (
        ("A", "Visit", "Pledge", 3),
        ("A", "Visit", "Jobs", 2),
        ("A", "Email", "Jobs", 9),
        ("B", "Ring 0161 496 0123", "Jobs", 1),
    )
)


def report_with(monkeypatch, where: str = "hub", audience: str = "hub", **table: object) -> Report:
    insight = Insight("Trial.", (Headline("Tried", 4),), (Table("Trial", **{"rows": ROWS, **table}),))
    trial = Capability("trial", 1, "Trial", "", ("Trial",), lambda facts, span: insight)
    monkeypatch.setattr("engage.report.build.CAPABILITIES", (trial,))
    return report_of(
        facts_of_all(audience=audience), schema=replace(SCHEMA, tabs={"Trial": replace(TAB, where=where)})
    )


def test_no_personal_column_and_no_phone_number_comes_on_paper(monkeypatch):
    said = str(report_with(monkeypatch))
    assert "Jo Lund" not in said
    assert "0161" not in said


def test_a_table_in_parts_leaves_out_what_the_headlines_say(monkeypatch):
    (section,) = report_with(monkeypatch, parts="Part", skipped=("B",)).sections
    (part,) = section.grids
    assert (part.title, [column.heading for column in part.columns]) == ("A", ["Name", "Why", "Count"])
    assert len(section.sheets[0].rows) == len(ROWS)


def test_the_values_of_a_heading_stand_side_by_side_and_add_up(monkeypatch):
    (section,) = report_with(monkeypatch, parts="Part", across="Why", cells="Count").sections
    crossed = section.grids[0]
    assert [column.heading for column in crossed.columns] == ["Name", "Jobs", "Pledge", "All"]
    assert crossed.rows == (("Email", 9, "", 9), ("Visit", 2, 3, 5))


def test_bars_of_one_name_are_added_up_and_the_rest_are_counted(monkeypatch):
    chart = Chart("By name", "Name", ("Count",), most=1)
    (section,) = report_with(monkeypatch, charts=(chart,)).sections
    (drawing,) = section.grids[0].drawings
    assert (drawing.names, drawing.series, drawing.more) == (("Email",), (("Count", (9.0,)),), 2)
    assert not drawing.in_table


def test_what_nobody_gave_a_figure_of_has_no_bar_and_nought_has_one(monkeypatch):
    rows = [{"Part": "A", "Name": name, "Count": count} for name, count in (("Visit", ""), ("Email", 0))]
    chart = Chart("By name", "Name", ("Count",))
    (section,) = report_with(monkeypatch, rows=tuple(rows), charts=(chart,)).sections
    (drawing,) = section.grids[0].drawings
    assert (drawing.names, drawing.series) == (("Email",), (("Count", (0.0,)),))


def test_bars_that_are_the_rows_of_a_table_are_drawn_in_it(monkeypatch):
    chart = Chart("By part", "Name", ("Count",), part="B")
    (section,) = report_with(monkeypatch, parts="Part", charts=(chart,)).sections
    whole, last = section.grids
    assert (whole.bars, last.bars, last.share(last.rows[0])) == ("", "Count", 100.0)
    assert last.drawings[0].in_table


def test_a_tab_of_an_agencys_own_workbook_is_in_that_agencys_report_alone(monkeypatch):
    assert report_with(monkeypatch, where="agency").sections[0].sheets == ()
    assert len(report_with(monkeypatch, where="agency", audience=COLLEGE).sections[0].sheets) == 1


def test_the_tabs_that_a_report_of_an_agency_holds_are_in_its_workbook_or_the_hub():
    tabs = {
        intent.tab for intent in agency_tabs(Material(facts=facts_of_all(audience=COLLEGE), schema=SCHEMA))
    }
    shown = {grid.title for one in report_of(facts_of_all(audience=COLLEGE)).sections for grid in one.sheets}
    assert all(SCHEMA.tabs[tab].where == "hub" or tab in tabs for tab in shown)
