"""What people do in a browser between two syncs, not thinking of us: no cell is lost, ids stay apart."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from .google_sheets import SharedSheet
from .partnership import NOW, Town, without_ids
from .sheets_server.people import Browser

HOUR = timedelta(hours=1)


def duplicate_the_tab(kim):
    kim.duplicate_tab("Firms", "Copy of Firms")


def replace_the_ids_everywhere(kim):
    kim.find_and_replace("R-", "Q-")


def replace_a_name_everywhere(kim):
    kim.find_and_replace("Ember", "Amber")


def rename_the_ids_heading(kim):
    kim.type("Firms", 2, kim.rows("Firms")[1].index("Record ID") + 1, "Ref")


def paste_the_ids_again_as_formulas(kim):
    at = kim.rows("Firms")[1].index("Record ID")
    kim.paste("Firms", 3, at + 3, [[f"=G{row}"] for row in range(3, 7)])


ODD = [
    duplicate_the_tab,
    replace_the_ids_everywhere,
    replace_a_name_everywhere,
    rename_the_ids_heading,
    paste_the_ids_again_as_formulas,
]


@pytest.mark.slow
@pytest.mark.parametrize("edit", ODD, ids=[edit.__name__ for edit in ODD])
def test_an_odd_edit_costs_no_cell_and_no_row_its_own_id(tmp_path, edit):
    town = Town(tmp_path, make=SharedSheet)
    town.sync()
    edit(Browser(town.college.world, town.college.book.id))
    typed = staff_cells(town)
    reports = [town.sync(NOW + night * HOUR) for night in (1, 2, 3)]
    assert ([report.problems for report in reports], reports[-1].cells_written) == ([{}] * 3, 0)
    assert staff_cells(town) == typed
    assert max(Counter(ids(town)).values()) == 1


def staff_tabs(town):
    return [tab.title for tab in town.college.book.tabs if tab.title.endswith("Firms")]


def staff_cells(town):
    """Every cell of the staff tabs but for ids and what names their column."""
    grids = [without_ids(town.college.rows(title)) for title in staff_tabs(town)]
    return [[cell for row in grid for cell in row if not cell.startswith(("R-", "Q-"))] for grid in grids]


def ids(town):
    """What stands under Record ID, in every staff tab."""
    grids = [town.college.rows(title)[1:] for title in staff_tabs(town)]
    return [row[grid[0].index("Record ID")] for grid in grids for row in grid[1:]]
