"""Ids follow their rows even when somebody sorts one column, or all columns but the one with the ids."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .partnership import COLLEGE_EMPLOYERS, NOW, Town

HOUR = timedelta(hours=1)
LIST = "Employer list (built nightly)"
FIRST, LAST = 3, 6  # the rows of Firms
ROWS = range(FIRST, LAST + 1)


@pytest.fixture
def town(tmp_path):
    town = Town(tmp_path)
    town.sync()
    return town


def column(town):
    return town.college.rows("Firms")[1].index("Record ID") + 1


def ids(town):
    return {row[0]: row[column(town) - 1] for row in town.college.rows("Firms")[2:]}


def put_ids(town, order):
    """The cells of the id column, as they stand in these rows."""
    at = column(town)
    cells = [town.college.cell("Firms", row, at) for row in order]
    for row, text in zip(ROWS, cells, strict=True):
        town.college.type("Firms", row, at, text)


@pytest.mark.parametrize("order", [(4, 3, 5, 6), (6, 5, 4, 3), (4, 5, 6, 3)])
def test_ids_that_were_sorted_away_from_their_rows_go_back_to_them(town, order):
    before, lists = ids(town), town.hub.rows(LIST)
    put_ids(town, order)
    assert ids(town) != before
    town.sync(NOW + HOUR)
    assert ids(town) == before
    assert town.hub.rows(LIST) == lists
    assert town.sync(NOW + 2 * HOUR).cells_written == 0


def test_a_row_that_was_edited_as_well_is_known_among_them(town):
    before = ids(town)
    town.college.type("Firms", 4, 5, "rings on Tuesdays")
    put_ids(town, (4, 5, 6, 3))
    town.sync(NOW + HOUR)
    assert ids(town) == before


def test_a_decision_on_a_row_stays_with_it(town):
    at = town.hub.rows("To review")[0].index("Decision") + 1
    town.hub.type("To review", 2, at, "Same")
    town.sync(NOW + HOUR)
    lists = town.hub.rows(LIST)
    put_ids(town, (6, 5, 4, 3))
    town.sync(NOW + 2 * HOUR)
    assert town.hub.rows(LIST) == lists


def test_a_row_that_was_only_edited_keeps_its_id(town):
    before = ids(town)
    town.college.type("Firms", 3, 1, "Ember Digital and Sons Ltd")
    town.sync(NOW + HOUR)
    assert ids(town)["Ember Digital and Sons Ltd"] == before["Ember Digital Ltd"]


def test_two_rows_that_always_said_the_same_keep_their_ids(tmp_path):
    town = Town(tmp_path)
    town.college.insert_row("Firms", 7, COLLEGE_EMPLOYERS[5])
    town.sync()
    at = column(town)
    twins = [town.college.cell("Firms", row, at) for row in (6, 7)]
    town.college.type("Firms", 6, 2, "Hyde")
    town.sync(NOW + HOUR)
    assert [town.college.cell("Firms", row, at) for row in (6, 7)] == twins


@pytest.mark.slow
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(list(ROWS)))
def test_whatever_order_the_ids_are_put_in_they_go_back(tmp_path_factory, order):
    town = Town(tmp_path_factory.mktemp("town"))
    town.sync()
    before = ids(town)
    put_ids(town, order)
    town.sync(NOW + HOUR)
    assert ids(town) == before
