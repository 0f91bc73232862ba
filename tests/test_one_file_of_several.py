"""Agencies whose rows stand in the hub's own file, or who name one file in two ways, and renamed sheets."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from engage.config import HUB, Agency, load_config
from engage.workbook.memory import MemoryWorkbook

from .partnership import COUNCIL, NOW, SCHEMA, Town, agency_rows, by_heading, row_of

HOUR = timedelta(hours=1)
LIST = "Employer list (built nightly)"
TOML = """
[partnership]
name = "Marlbeck Works"
[hub]
path = "hub.xlsx"
[[agency]]
name = "Stevenport College"
workbook = "one.xlsx"
[[agency]]
name = "Marlbeck Jobcentre"
workbook = "{other}"
"""


def in_the_hub(town, tabs):
    """The council names the hub's file as its own workbook."""
    council = Agency(COUNCIL, "MBC", "council", town.config.hub, tabs=tabs)
    config = replace(town.config, agencies=(council, *town.config.agencies[1:]))
    town.config, town.partnership = config, replace(town.partnership, config=config)
    return town


def agencies_of(town):
    return {row["Employer"]: row["Agencies"] for row in by_heading(town.hub.rows(LIST))}


def test_an_agency_that_names_the_hub_as_its_workbook_has_its_rows_in_the_shared_tabs(tmp_path):
    town = in_the_hub(Town(tmp_path), {})
    town.hub.insert_row("Employers", 2, ["", *row_of("Employers", Employer="Acorn Trust", Agency="MBC")])
    assert not town.sync().problems
    assert agencies_of(town)["Acorn Trust"] == COUNCIL
    assert town.sync(NOW + HOUR).cells_written == 0


def test_an_agency_may_keep_a_tab_of_its_own_in_the_hub(tmp_path):
    town = in_the_hub(Town(tmp_path), {"Council firms": "Employers"})
    town.hub.add_tab("Council firms", [["Company", "Town", "Postcode"], ["Cedar Ltd", "Hyde", "M34 3QQ"]])
    town.sync()
    assert agencies_of(town)["Cedar Ltd"] == COUNCIL
    assert town.sync(NOW + HOUR).cells_written == 0


def test_a_row_of_no_agency_is_asked_about_without_an_empty_name_among_those_it_is_put_to(tmp_path):
    row = row_of("Employers", Employer="Cedar Ltd", Town="Hyde", Postcode="M34 3QQ")
    town = Town(tmp_path, Employers=[row])
    town.sync()
    put_to = [row["For"] for row in by_heading(town.hub.rows("To review"))]
    assert put_to
    assert not any(cell.startswith(";") for cell in put_to)
    assert town.sync(NOW + HOUR).cells_written == 0


@pytest.mark.parametrize(("workbook", "title"), [("jobcentre", "List"), ("college", "Firms")])
def test_a_renamed_sheet_is_read_as_what_it_was_for_good(tmp_path, workbook, title):
    town = Town(tmp_path)
    town.sync()
    before = by_heading(town.hub.rows(LIST))
    for night, (old, new) in enumerate([(title, "Autumn"), ("Autumn", "Winter"), ("Winter", title)], 1):
        town.books[workbook].rename_tab(old, new)
        assert not town.sync(NOW + night * HOUR).problems
        assert by_heading(town.hub.rows(LIST)) == before
        assert town.sync(NOW + (night + 0.5) * HOUR).cells_written == 0


def test_sheets_that_a_program_numbered_anew_are_not_taken_for_one_another(tmp_path):
    town = in_one_file(Town(tmp_path), "No")
    town.sync()
    before = by_heading(town.hub.rows(LIST))
    for night in (1, 2):
        tabs = [tab for tab in town.college.read().tabs if not tab.title.startswith("Your ")]
        again = {tab.title: [list(row) for row in tab.rows] for tab in reversed(tabs)}
        town.college = town.books["college"] = MemoryWorkbook("college", again, title="college")
        assert not town.sync(NOW + night * HOUR).problems
        assert by_heading(town.hub.rows(LIST)) == before
    assert town.sync(NOW + 3 * HOUR).cells_written == 0


def in_one_file(town, share):
    """The college and a trust, which shares what `share` says, keep a tab each in the college's file."""
    college, jobcentre = town.config.agencies[1:]
    trust = Agency("Hale Trust", "HT", "trust", college.workbook, tabs={"Trust": "Employers"})
    config = replace(town.config, agencies=(town.config.agencies[0], college, trust, jobcentre))
    town.config, town.partnership = config, replace(town.partnership, config=config)
    row = ["Hale Trust", "HT", *agency_rows()[0][2:]]
    row[SCHEMA.tabs["Agencies"].headings.index("Share contact details with partners")] = share
    town.hub.insert_row("Agencies", 2, ["", *row])
    town.college.add_tab("Trust", [["Company", "Town", "Postcode"], ["Secret Foundry", "Hyde", "M34 3QQ"]])
    return town


@pytest.mark.parametrize("share", ["Yes", "No"])
def test_a_renamed_tab_of_a_file_of_two_agencies_stays_its_agencys(tmp_path, share):
    town = in_one_file(Town(tmp_path), share)
    for night in range(4):
        town.sync(NOW + night * HOUR)
        assert agencies_of(town).get("Secret Foundry") == {"Yes": "Hale Trust", "No": None}[share]
        if night == 1:
            town.college.rename_tab("Trust", "Autumn")


def test_a_tab_of_two_agencies_file_that_cannot_be_known_again_stops_that_file(tmp_path):
    town = in_one_file(Town(tmp_path), "Yes")
    town.sync()
    before = by_heading(town.hub.rows(LIST))
    tabs = {tab.title: tab.rows for tab in town.college.read().tabs}
    spare = [f"spare {number}" for number in range(9)]  # so that no sheet has another one's old number
    again = {**dict.fromkeys(spare, ()), **{"Autumn" if t == "Trust" else t: r for t, r in tabs.items()}}
    town.college = town.books["college"] = MemoryWorkbook("college", again, title="college")
    for title in spare:
        town.college.delete_tab(title)
    report = town.sync(NOW + HOUR)
    assert "has another title now" in report.problems["college"].what
    assert by_heading(town.hub.rows(LIST)) == before


def test_a_row_of_an_agencys_file_that_nobody_owns_is_shown_to_nobody(tmp_path):
    town = in_one_file(Town(tmp_path), "No")
    town.college.rename_tab("Trust", "Autumn")
    town.sync()
    assert "Secret Foundry" not in agencies_of(town)


@pytest.mark.parametrize("other", ["one.xlsx", "./one.xlsx", "folder/../one.xlsx"])
def test_two_agencies_that_name_one_file_share_one_workbook(tmp_path, other):
    (tmp_path / "engage.toml").write_text(TOML.format(other=other), encoding="utf-8")
    sources = load_config(tmp_path / "engage.toml").sources
    assert [source.key for source in sources] == [HUB, "stevenport-college"]
    assert len(sources[1].agencies) == 2


def test_a_file_and_a_link_to_it_are_one_workbook(tmp_path):
    (tmp_path / "one.xlsx").write_bytes(b"")
    try:
        (tmp_path / "two.xlsx").symlink_to(tmp_path / "one.xlsx")
    except OSError:
        pytest.skip("this account may make no links")
    (tmp_path / "engage.toml").write_text(TOML.format(other="two.xlsx"), encoding="utf-8")
    assert len(load_config(tmp_path / "engage.toml").sources) == 2
