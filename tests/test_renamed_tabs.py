"""A tab with another title goes on working, and people are told of it; also one without a row."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engage.workbook.memory import MemoryWorkbook

from .google_sheets import SharedSheet
from .partnership import NOW, SCHEMA, Town, by_heading, row_of

HOUR = timedelta(hours=1)


@pytest.fixture(params=[MemoryWorkbook, SharedSheet], ids=["memory", "google"])
def town(request, tmp_path):
    town = Town(tmp_path, make=request.param)
    town.sync()
    return town


def renamed(town, book="hub"):
    """Tabs that Problems to fix says were renamed: what they are called now → what it says."""
    rows = by_heading(town.books[book].rows("Problems to fix"))
    return {row["What it says"]: row for row in rows if row["What is wrong"].startswith("Somebody renamed")}


@pytest.mark.parametrize("title", ["Agencies", "Events", "Lists"])
def test_a_renamed_tab_is_told_until_its_name_is_back(town, title):
    town.hub.rename_tab(title, "Our own")
    town.sync(NOW + HOUR)
    assert f'the tab "{title}"' in renamed(town)["Our own"]["What is wrong"]
    assert town.sync(NOW + 2 * HOUR).cells_written == 0
    town.hub.rename_tab("Our own", title)
    town.sync(NOW + 3 * HOUR)
    assert not renamed(town)


def test_a_tab_that_is_to_keep_its_new_name_is_not_told_again(town):
    town.college.rename_tab("Firms", "Autumn")
    town.sync(NOW + HOUR)
    rows = town.college.rows("Problems to fix")
    row = next(n for n, cells in enumerate(rows, 1) if "Autumn" in cells)
    town.college.type("Problems to fix", row, rows[0].index("Decision") + 1, "Leave as it is")
    for night in (2, 3):
        town.sync(NOW + night * HOUR)
        assert not renamed(town, "college")


def test_a_renamed_tab_of_a_workbook_that_we_only_view_is_told_in_the_hub(town):
    town.jobcentre.rename_tab("List", "Spring")
    town.sync(NOW + HOUR)
    assert renamed(town)["Spring"]["Agency"] == "Marlbeck Jobcentre"


def test_another_case_or_space_is_no_other_name(town):
    town.hub.rename_tab("Events", "events ")
    town.sync(NOW + HOUR)
    assert not renamed(town)


def test_two_tabs_that_swapped_their_titles_are_each_read_as_what_they_are(town):
    town.hub.insert_row("Employers", 2, ["", *row_of("Employers", Employer="Cedar Crafts", Agency="MBC")])
    town.hub.insert_row("Contacts", 2, ["", *row_of("Contacts", Contact_name="Ann Oakes", Agency="MBC")])
    town.sync(NOW + HOUR)
    before = [town.hub.rows(tab) for tab in ("Employers", "Contacts")]
    listed = town.hub.rows("Employer list (built nightly)")
    for old, new in (("Employers", "x"), ("Contacts", "Employers"), ("x", "Contacts")):
        town.hub.rename_tab(old, new)
    town.sync(NOW + 2 * HOUR)
    assert [town.hub.rows(tab) for tab in ("Contacts", "Employers")] == before
    assert set(renamed(town)) == {"Employers", "Contacts"}
    assert town.hub.rows("Employer list (built nightly)") == listed
    assert any("Cedar Crafts" in row for row in listed)
    assert town.sync(NOW + 3 * HOUR).cells_written == 0


def test_lists_under_another_title_still_say_what_may_be_chosen(tmp_path):
    row = row_of("Employers", Employer="Cedar Crafts", Legal_form="Brotherhood", Agency="MBC")
    town = Town(tmp_path, Employers=[row])
    headings = SCHEMA.tabs["Lists"].headings
    town.hub.type("Lists", 2, headings.index("Legal form") + 1, "Guild")
    town.sync()
    town.hub.rename_tab("Lists", "What may be chosen")
    town.sync(NOW + HOUR)
    assert "Brotherhood" in town.texts("hub", "Problems to fix")
