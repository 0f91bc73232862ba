"""Rows of docs/reference/sync.md that no other test plays: what a night makes of a row, a tab, a workbook."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engage.errors import UnsafePlan, WorkbookBusy, WorkbookMissing
from engage.register.identity import is_record_id
from engage.workbook.memory import MemoryWorkbook

from .partnership import NOW, Town, by_heading, row_of

DAY = timedelta(days=1)
LIST = "Employer list (built nightly)"


@pytest.fixture
def town(tmp_path):
    return Town(tmp_path)


def employers(town):
    return {row["Employer"]: row["Employer ID"] for row in by_heading(town.hub.rows(LIST))}


def id_of(town, row):
    heading = town.college.rows("Firms")[1]
    return town.college.cell("Firms", row, heading.index("Record ID") + 1)


def test_a_new_row_gets_an_id_at_the_next_sync_and_stands_in_the_list(town):
    town.sync()
    town.college.insert_row("Firms", 4, ["Sandhurst Print", "Hyde"])
    town.sync(NOW + DAY)
    assert is_record_id(id_of(town, 4))
    assert "Sandhurst Print" in employers(town)


def test_a_deleted_row_leaves_the_lists_and_the_sync_log_says_so(town):
    town.sync()
    town.college.delete_row("Firms", 6)
    report = town.sync(NOW + DAY)
    assert "Holt Roofing" not in employers(town)
    assert "1 row gone since the last sync, and so from the lists" in town.texts("hub", "Sync log")
    assert not report.problems


def test_a_row_cut_one_night_and_pasted_back_later_has_its_id_again(town):
    town.sync()
    cut, old = town.college.rows("Firms")[5][:6], id_of(town, 6)
    town.college.delete_row("Firms", 6)
    town.sync(NOW + DAY)
    town.college.insert_row("Firms", 3, cut)
    town.sync(NOW + 9 * DAY)
    assert id_of(town, 3) == old


def test_a_row_that_is_copied_gets_an_id_of_its_own_and_the_original_keeps_its(town):
    town.sync()
    old = id_of(town, 3)
    town.college.copy_row("Firms", 3, 3)
    town.sync(NOW + DAY)
    assert {id_of(town, 3), id_of(town, 4)} > {old}
    assert is_record_id(id_of(town, 3))
    assert is_record_id(id_of(town, 4))


def test_a_row_moved_to_another_workbooks_tab_is_still_the_same_employer(town):
    town.sync()
    old, was = id_of(town, 6), employers(town)["Holt Roofing"]
    town.college.delete_row("Firms", 6)
    row = row_of("Employers", Employer="Holt Roofing", Agency="STC")
    town.hub.insert_row("Employers", 2, [old, *row])
    town.sync(NOW + DAY)
    assert town.hub.cell("Employers", 2, 1) == old
    assert employers(town)["Holt Roofing"] == was


def test_a_renamed_tab_is_still_read_as_what_it_was(town):
    town.sync()
    before, old = employers(town), id_of(town, 3)
    town.college.rename_tab("Firms", "Autumn")
    report = town.sync(NOW + DAY)
    assert not report.problems
    assert employers(town) == before
    assert old in town.texts("college", "Autumn")


def test_a_deleted_tab_stops_its_workbook(town):
    town.sync()
    before = employers(town)
    town.college.delete_tab("Firms")
    report = town.sync(NOW + DAY)
    assert report.exit_code == 4
    assert "is gone or has lost its headings" in report.problems["college"].what
    assert employers(town) == before


def test_headings_that_are_gone_stop_their_workbook(town):
    town.sync()
    for column in range(1, 8):
        town.college.type("Firms", 2, column, "")
    report = town.sync(NOW + DAY)
    assert isinstance(report.problems["college"], UnsafePlan)
    assert "Dobson Joinery" in employers(town)


def test_what_was_meant_goes_through_when_a_person_says_so(town):
    town.sync()
    for _ in range(4):
        town.college.delete_row("Firms", 3)
    report = town.sync(NOW + DAY, allow_deletions=True)
    assert report.exit_code != 4
    assert "Dobson Joinery" not in employers(town)


def test_the_hub_itself_stops_everything_and_nothing_is_written(town):
    town.hub.insert_row("Employers", 2, ["", *row_of("Employers", Employer="Acorn Trust", Agency="MBC")])
    town.sync()
    town.hub.delete_tab("Employers")
    before = town.grids()
    with pytest.raises(UnsafePlan, match="is gone or has lost its headings"):
        town.sync(NOW + DAY)
    assert town.grids() == before


def test_a_workbook_somebody_has_open_is_read_and_left_and_the_others_are_written(town, monkeypatch):
    town.sync()
    town.college.insert_row("Firms", 4, ["Sandhurst Print", "Hyde"])
    with monkeypatch.context() as patched:
        patched.setattr(town.college, "apply", lambda *_: _raise(WorkbookBusy("Jo has it open")))
        report = town.sync(NOW + DAY)
    assert report.exit_code == 1
    assert "Sandhurst Print" in employers(town)
    assert not id_of(town, 4)
    town.sync(NOW + 2 * DAY)
    assert is_record_id(id_of(town, 4))


def test_a_workbook_that_comes_back_is_read_again_with_its_ids(town, monkeypatch):
    town.sync()
    before, old = employers(town), id_of(town, 3)
    with monkeypatch.context() as patched:
        patched.setattr(town.college, "read", lambda: _raise(WorkbookMissing("it is not there")))
        assert town.sync(NOW + DAY).exit_code == 1
        assert employers(town) == before
    assert not town.sync(NOW + 2 * DAY).problems
    assert employers(town) == before
    assert id_of(town, 3) == old


def test_an_answer_that_is_not_in_the_list_stays_in_its_cell_and_decides_nothing(town):
    town.sync()
    at = town.hub.rows("To review")[0].index("Decision") + 1
    town.hub.type("To review", 2, at, "ask Jo")
    decided = town.hub.rows("Decisions")
    town.sync(NOW + timedelta(hours=1))
    assert town.hub.cell("To review", 2, at) == "ask Jo"
    assert town.hub.rows("Decisions") == decided
    assert "ask Jo" in town.texts("hub", "Problems to fix")
    told = next(
        row for row in by_heading(town.hub.rows("Problems to fix")) if row["What it says"] == "ask Jo"
    )
    assert told["Record"] == town.hub.cell("To review", 2, 1)


def test_an_answer_with_a_blank_behind_it_is_taken_and_its_question_leaves(town):
    town.sync()
    at = town.hub.rows("To review")[0].index("Decision") + 1
    town.hub.type("To review", 2, at, "different ")
    question = town.hub.cell("To review", 2, 1)
    for hour in (1, 2):
        town.sync(NOW + timedelta(hours=hour))
        assert question not in town.texts("hub", "To review")
        assert "rebuilt every night" not in str(town.hub.rows("Problems to fix"))
    assert question in town.texts("hub", "Decisions")


def test_leave_as_it_is_takes_a_problem_away_for_good_and_its_cell_stands(town):
    town.college.type("Firms", 5, 3, "SKI5 1QQ")
    town.sync()
    rows = town.college.rows("Problems to fix")
    number = next(n for n, row in enumerate(rows, 1) if "SKI5 1QQ" in row)
    town.college.type("Problems to fix", number, rows[0].index("Decision") + 1, "Leave as it is")
    for night in (1, 2):
        town.sync(NOW + night * DAY)
        assert "SKI5 1QQ" not in town.texts("college", "Problems to fix")
    assert town.college.cell("Firms", 5, 3) == "SKI5 1QQ"


def test_a_suggestion_accepted_for_a_cell_that_changed_meanwhile_is_not_written(town):
    town.college.type("Firms", 5, 3, "SKI5 1QQ")
    town.sync()
    rows = town.college.rows("Problems to fix")
    number = next(n for n, row in enumerate(rows, 1) if "SKI5 1QQ" in row)
    town.college.type("Problems to fix", number, rows[0].index("Decision") + 1, "Accept suggestion")
    town.college.type("Firms", 5, 3, "SK15 9ZZ")
    town.sync(NOW + DAY)
    assert town.college.cell("Firms", 5, 3) == "SK15 9ZZ"


def test_a_built_tab_that_was_deleted_is_built_again(town):
    town.sync()
    before = town.hub.rows(LIST)
    town.hub.delete_tab(LIST)
    town.sync(NOW + timedelta(hours=1))
    assert town.hub.rows(LIST) == before


def test_a_column_that_people_add_is_kept_and_never_touched(town):
    town.sync()
    town.college.insert_column("Firms", 2, "Lanyard colour", header_row=2)
    town.college.type("Firms", 3, 2, "green")
    report = town.sync(NOW + DAY)
    assert not report.problems
    assert town.college.cell("Firms", 3, 2) == "green"
    assert "Dobson Joinery" in employers(town)


def _raise(error):
    raise error


def test_another_file_in_a_workbooks_place_stops_it(town):
    town.sync()
    before = town.hub.rows("Employer list (built nightly)")
    rows = [list(row) for row in town.college.rows("Firms")][:2]
    other = {"Firms": [*rows, ["Somebody Else Ltd"]]}
    town.books["college"] = MemoryWorkbook("college", other, title="college")
    report = town.sync(NOW + timedelta(hours=1))
    assert isinstance(report.problems["college"], UnsafePlan)
    assert town.hub.rows("Employer list (built nightly)") == before
    assert "Somebody Else Ltd" in employers_after_leave(town)


def employers_after_leave(town):
    town.sync(NOW + timedelta(hours=2), allow_deletions=True)
    return employers(town)


@pytest.mark.parametrize("workbook", ["hub", "college"])
def test_a_memory_that_was_deleted_is_never_taken_for_a_first_night(town, workbook):
    town.sync()
    lists = town.hub.rows(LIST)
    town.books[workbook].delete_tab("_engage")
    if workbook == "hub":
        with pytest.raises(UnsafePlan, match="_engage is gone"):
            town.sync(NOW + timedelta(hours=1))
    else:
        assert town.sync(NOW + timedelta(hours=1)).exit_code == 4
    assert town.hub.rows(LIST) == lists


def test_a_workbook_that_could_not_be_written_on_its_first_night_is_no_accident(town):
    town.college.between = lambda moment, _: busy() if moment == "before-guard" else None
    assert isinstance(town.sync().problems["college"], WorkbookBusy)
    town.college.between = None
    assert not town.sync(NOW + timedelta(hours=1)).problems


def busy():
    raise WorkbookBusy("somebody has it open", where="college")


def test_a_copy_of_another_agencys_workbook_stops_it(town):
    town.sync()
    engage = [list(row) for row in town.hub.rows("_engage")]
    town.college.delete_tab("_engage")
    town.college.add_tab("_engage", engage, hidden=True)
    assert isinstance(town.sync(NOW + timedelta(hours=1)).problems["college"], UnsafePlan)


def test_a_problem_left_as_it_is_leaves_the_dashboard_the_same_night(town):
    row = row_of("Employers", Employer="Acorn Trust", Postcode="M34", Agency="MBC")
    town.hub.insert_row("Employers", 2, ["", *row])
    town.sync()
    rows = town.hub.rows("Problems to fix")
    number = next(n for n, row in enumerate(rows, 1) if row[0].startswith("F-"))
    town.hub.type("Problems to fix", number, rows[0].index("Decision") + 1, "Leave as it is")
    town.sync(NOW + timedelta(hours=1))
    assert town.sync(NOW + timedelta(hours=2)).cells_written == 0
