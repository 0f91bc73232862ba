from datetime import timedelta

import pytest

from engage.errors import UsageError
from engage.undoing import last_run, undo_run

from .partnership import NOW, SCHEMA, Town, by_heading, without_ids


@pytest.fixture
def town(tmp_path):
    return Town(tmp_path)


def undo(town):
    cache = town.partnership.cache
    return undo_run(last_run(cache), town.books, SCHEMA, cache)


def test_undo_puts_every_built_tab_and_every_id_back(town):
    town.sync()
    before = town.grids()
    town.college.type("Firms", 7, 1, "Acorn Trust")
    town.sync(NOW + timedelta(days=1))
    undone = undo(town)
    after = town.grids()
    assert after["college"]["Firms"][6] == ("Acorn Trust",)
    for grids in (before, after):
        grids["college"].pop("Firms")
        grids["hub"].pop("Start here")
        for tabs in (tabs for tabs in grids.values() if "_engage" in tabs):
            tabs["_engage"] = tuple(sorted(tabs["_engage"]))  # where its rows stand means nothing
    assert after == before
    assert undone.cells > 0


def test_undo_skips_and_names_what_people_have_changed_since(town):
    town.sync()
    town.college.type("Firms", 7, 1, "Acorn Trust")
    town.sync(NOW + timedelta(days=1))
    town.hub.type("Employer list (built nightly)", 2, 2, "Ember (ask Priya)")
    undone = undo(town)
    assert any("Employer list" in line and "people have changed" in line for line in undone.skipped)
    assert "Ember (ask Priya)" in town.texts("hub", "Employer list (built nightly)")


def test_an_undone_run_is_done_again_by_the_next_sync_and_undo_goes_one_run_further_back(town):
    town.sync()
    town.college.type("Firms", 7, 1, "Acorn Trust")
    town.sync(NOW + timedelta(days=1))
    lists = by_heading(town.hub.rows("Employer list (built nightly)"))
    undo(town)
    first = last_run(town.partnership.cache)
    town.sync(NOW + timedelta(days=1, hours=1))
    assert len(by_heading(town.hub.rows("Employer list (built nightly)"))) == len(lists)
    assert first == NOW.strftime("%Y%m%dT%H%M%S")


def test_undo_never_touches_a_cell_that_people_typed(town):
    town.sync()
    staff = without_ids(town.college.rows("Firms"))
    undo(town)
    assert without_ids(town.college.rows("Firms")) == staff


def test_without_a_journal_there_is_nothing_to_take_back(town):
    with pytest.raises(UsageError, match="dated backups"):
        last_run(town.partnership.cache)


def test_undo_gives_people_back_the_answers_that_the_run_had_taken(town):
    town.sync()
    at = town.hub.rows("To review")[0].index("Decision") + 1
    town.hub.type("To review", 2, at, "Same")
    question = town.hub.cell("To review", 2, 1)
    town.sync(NOW + timedelta(hours=1))
    undo(town)
    rows = by_heading(town.hub.rows("To review"))
    assert [row["Decision"] for row in rows if row["Question"] == question] == ["Same"]
