"""The hidden _engage is the system's; what a person types there is handed back, and never lost on the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from engage.errors import WorkbookMissing
from engage.lease import write_memory
from engage.memory_tab import typed_in_memory
from engage.model import Tab
from engage.pipeline import pull
from engage.state import HEADINGS, State, encode

from .partnership import NOW, Town

pytestmark = pytest.mark.slow

HOUR = timedelta(hours=1)
NOTE = "ring Priya about Holt"


@pytest.fixture
def town(tmp_path):
    town = Town(tmp_path)
    town.sync()
    return town


def below(town, workbook):
    return len(town.books[workbook].rows("_engage")) + 1


@pytest.mark.parametrize("workbook", ["hub", "college"])
@pytest.mark.parametrize("column", [1, 2, 3, 5])
@pytest.mark.parametrize("where", ["below", "beside", "heading"])
def test_what_is_typed_into_the_hidden_memory_reappears_in_problems_to_fix(town, workbook, column, where):
    if where != "below":
        column += 3
    row = {"below": below(town, workbook), "beside": 4, "heading": 1}[where]
    town.books[workbook].type("_engage", row, column, NOTE)
    assert not town.sync(NOW + HOUR).problems
    assert NOTE in town.texts(workbook, "Problems to fix")
    assert NOTE not in town.texts(workbook, "_engage")
    assert town.sync(NOW + 2 * HOUR).cells_written == 0


def test_it_waits_in_the_memory_while_problems_to_fix_cannot_take_it_up(town):
    town.college.type("_engage", below(town, "college"), 1, NOTE)

    def type_meanwhile(moment, _):
        if moment == "before-guard":
            town.college.type("Problems to fix", 1, 30, "meanwhile")

    town.college.between = type_meanwhile
    town.sync(NOW + HOUR)
    assert NOTE in town.texts("college", "_engage") | town.texts("college", "Problems to fix")
    town.college.between = None
    town.sync(NOW + 2 * HOUR)
    assert NOTE in town.texts("college", "Problems to fix")


def test_it_waits_through_a_night_on_which_the_lists_wait(town, monkeypatch):
    town.hub.type("_engage", below(town, "hub"), 2, NOTE)
    town.partnership.cache.path.unlink()
    town.partnership.cache.__init__(town.partnership.cache.path)
    with monkeypatch.context() as patched:
        patched.setattr(town.college, "read", lambda: _raise(WorkbookMissing("it is not there")))
        town.sync(NOW + 24 * HOUR)
    assert NOTE in town.texts("hub", "_engage")
    town.sync(NOW + 25 * HOUR)
    assert NOTE in town.texts("hub", "Problems to fix")


def test_it_outlasts_a_change_of_the_machine_that_sends(town):
    town.hub.type("_engage", below(town, "hub"), 2, NOTE)
    intake = pull(town.partnership, NOW, allow_deletions=False)
    state = replace(intake.pulled["hub"].state, holder="another-machine")
    write_memory(state, intake, town.hub, town.partnership.cache, run="x")
    assert NOTE in town.texts("hub", "_engage")


def test_the_memory_itself_is_never_taken_for_something_typed(town):
    for workbook in ("hub", "college"):
        assert not list(typed_in_memory(town.books[workbook].read().tab("_engage"), workbook))
    assert not list(typed_in_memory(Tab("_engage", (HEADINGS, *encode(State(), "hub"))), "hub"))


def _raise(error):
    raise error
