from datetime import timedelta

import pytest

from engage.errors import LeaseHeld, UnsafePlan, WorkbookBusy, WorkbookMissing
from engage.model import Link
from engage.ports import AcceptSuggestion
from engage.register.identity import is_record_id
from engage.workbook.cells import Formula

from .partnership import COLLEGE_EMPLOYERS, NOW, Town, by_heading, row_of, without_ids


@pytest.fixture
def town(tmp_path):
    return Town(tmp_path)


def test_the_first_night_gives_ids_and_builds_the_lists(town):
    report = town.sync()
    rows = town.college.rows("Firms")
    ids = [row[-1] for row in rows[2:]]
    employers = by_heading(town.hub.rows("Employer list (built nightly)"))
    assert not report.problems
    assert all(is_record_id(record_id) for record_id in ids)
    assert len(employers) == 5
    assert any(
        "Marlbeck Jobcentre" in row["Agencies"] and "Stevenport" in row["Agencies"] for row in employers
    )


def test_a_second_night_on_the_same_date_writes_only_the_time_stamp(town):
    town.sync()
    before = town.grids()
    report = town.sync(NOW + timedelta(hours=1))
    after = town.grids()
    start, was = after["hub"].pop("Start here"), before["hub"].pop("Start here")
    assert report.cells_written == 0
    assert [row for row in start if row not in was] == [("Last sync", "16/11/2026 03:00")]
    assert after == before


def test_no_cell_of_a_staff_column_changes(town):
    town.sync()
    assert without_ids(town.college.rows("Firms"))[2:] == COLLEGE_EMPLOYERS[2:]
    assert town.jobcentre.rows("List")[1][0] == "Ember Digital Limited"


def test_a_view_only_workbook_keeps_its_identities_without_being_written(town):
    first = town.sync()
    town.jobcentre.sort("List", 1, reverse=True)
    second = town.sync(NOW + timedelta(days=1))
    ids = [
        {r["Employer"]: r.record_id for r in x.night.intake.records if r.tab == "Employers"}
        for x in (first, second)
    ]
    assert ids[0] == ids[1]


def test_a_dry_run_writes_nothing_and_says_what_it_would(town):
    before = town.grids()
    report = town.sync(dry_run=True)
    assert town.grids() == before
    assert {plan.workbook for plan in report.night.plans if not plan.is_quiet} == {"hub", "college"}


def test_what_is_typed_into_a_built_tab_reappears_in_problems_to_fix(town):
    town.sync()
    town.hub.type("Employer list (built nightly)", 2, 2, "Ember (ask Priya)")
    town.hub.type("Clashes", 5, 3, "remember the fair")
    town.sync(NOW + timedelta(hours=1))
    said = {row["What it says"] for row in by_heading(town.hub.rows("Problems to fix"))}
    assert {"Ember (ask Priya)", "remember the fair"} <= said
    assert "Ember (ask Priya)" not in town.texts("hub", "Employer list (built nightly)")


def test_a_grey_row_that_stays_for_a_person_and_moves_is_told_once(town):
    town.sync()
    town.hub.type("To review", 3, 1, "our own name")
    town.hub.type("To review", 3, 4, "Same")
    town.sync(NOW + timedelta(hours=1))
    town.hub.delete_row("To review", 2)
    told = town.hub.rows("Problems to fix")
    town.sync(NOW + timedelta(hours=2))
    assert "our own name" in town.texts("hub", "To review")
    assert town.hub.rows("Problems to fix") == told
    assert town.sync(NOW + timedelta(hours=3)).cells_written == 0


def test_what_is_typed_into_a_record_id_reappears_and_the_row_keeps_its_identity(town):
    first = town.sync()
    old = town.college.rows("Firms")[2][-1]
    town.college.type("Firms", 3, 7, "ask Jo")
    town.sync(NOW + timedelta(hours=1))
    assert town.college.rows("Firms")[2][-1] == old
    assert "ask Jo" in town.texts("college", "Problems to fix")
    assert first.exit_code == 3


@pytest.mark.parametrize("again", [1, 2, 3])
def test_an_answer_becomes_a_decision_and_its_question_leaves(town, again):
    town.sync()
    questions = by_heading(town.hub.rows("To review"))
    key = questions[0]["Question"]
    at = town.hub.rows("To review")[0].index("Decision") + 1
    town.hub.type("To review", 2, at, "Same")
    for night in range(again):
        town.sync(NOW + timedelta(hours=1 + night))
    decided = by_heading(town.hub.rows("Decisions"))
    assert [row["Decision"] for row in decided if row["Pair"] == key] == ["Same"]
    assert key not in town.texts("hub", "To review")


def test_a_merge_is_split_by_the_undo_cell_and_stays_split(town):
    town.sync()
    rows = town.hub.rows("Decisions")
    before = len(by_heading(town.hub.rows("Employer list (built nightly)")))
    town.hub.type("Decisions", 2, rows[0].index("Undo") + 1, "Undo")
    town.sync(NOW + timedelta(hours=1))
    town.sync(NOW + timedelta(days=1))
    assert len(by_heading(town.hub.rows("Employer list (built nightly)"))) == before + 1


def test_an_emptied_tab_stops_its_workbook_and_nothing_leaves_the_lists(town):
    town.sync()
    lists = town.hub.rows("Employer list (built nightly)")
    for _ in range(4):
        town.college.delete_row("Firms", 3)
    report = town.sync(NOW + timedelta(days=1))
    assert report.exit_code == 4
    assert isinstance(report.problems["college"], UnsafePlan)
    assert [row[:2] for row in town.hub.rows("Employer list (built nightly)")] == [row[:2] for row in lists]


def test_a_missing_workbook_leaves_the_others_running_even_without_the_cache(town, tmp_path):
    town.sync()
    lists = town.hub.rows("Employer list (built nightly)")
    (tmp_path / "state" / "cache.sqlite").unlink()
    town.partnership.cache.__init__(tmp_path / "state" / "cache.sqlite")
    town.college.read = lambda: (_ for _ in ()).throw(WorkbookMissing("it is not there", where="college"))
    town.hub.insert_row("Employers", 2, ["", *row_of("Employers", Employer="Acorn Trust", Agency="MBC")])
    report = town.sync(NOW + timedelta(days=1))
    assert report.exit_code == 1
    assert town.hub.rows("Employer list (built nightly)") == lists
    assert is_record_id(town.hub.cell("Employers", 2, 1))


def test_what_is_typed_into_a_record_id_waits_until_problems_to_fix_can_take_it_up(town):
    town.sync()
    town.college.type("Firms", 3, 7, "ask Jo")
    edits = [lambda: town.college.type("Problems to fix", 2, 2, "scribble")]
    town.college.between = lambda moment, _: edits.pop()() if moment == "before-guard" and edits else None
    town.sync(NOW + timedelta(hours=1))
    assert town.college.rows("Firms")[2][-1] == "ask Jo"
    town.sync(NOW + timedelta(hours=2))
    assert is_record_id(town.college.rows("Firms")[2][-1])
    assert {"ask Jo", "scribble"} <= town.texts("college", "Problems to fix")


def test_what_is_typed_into_a_record_id_survives_a_night_without_lists(town, tmp_path):
    town.sync()
    town.college.type("Firms", 3, 7, "ask Jo")
    (tmp_path / "state" / "cache.sqlite").unlink()
    town.partnership.cache.__init__(tmp_path / "state" / "cache.sqlite")
    town.jobcentre.read = lambda: (_ for _ in ()).throw(WorkbookMissing("it is not there", where="jobcentre"))
    assert town.sync(NOW + timedelta(hours=1)).night.intake.blind
    assert town.college.rows("Firms")[2][-1] == "ask Jo"


def test_a_text_typed_again_after_leave_as_it_is_is_taken_up_again(town):
    town.sync()
    for hours in (1, 4):
        town.college.type("Firms", 3, 7, "ask Jo")
        town.sync(NOW + timedelta(hours=hours))
        rows = by_heading(town.college.rows("Problems to fix"))
        number = next(n for n, row in enumerate(rows, 2) if row["What it says"] == "ask Jo")
        column = town.college.rows("Problems to fix")[0].index("Decision") + 1
        town.college.type("Problems to fix", number, column, "Leave as it is")
        town.sync(NOW + timedelta(hours=hours + 1))
        assert "ask Jo" not in town.texts("college", "Problems to fix")


@pytest.mark.parametrize("heading", ["", "zz"])
def test_a_heading_that_every_row_needs_and_that_is_gone_stops_its_workbook(town, heading):
    town.sync()
    before = town.texts("hub", "Employer list (built nightly)")
    town.college.type("Firms", 2, 1, heading)
    for row in range(3, 7) if heading else ():
        town.college.type("Firms", row, 1, f"Renamed {row}")
    report = town.sync(NOW + timedelta(hours=1))
    assert isinstance(report.problems["college"], UnsafePlan)
    assert town.texts("hub", "Employer list (built nightly)") == before


def test_a_heading_cell_that_went_blank_above_its_column_stops_its_workbook(town):
    town.sync()
    town.college.type("Firms", 2, 4, "")
    assert isinstance(town.sync(NOW + timedelta(hours=1)).problems["college"], UnsafePlan)


def test_signs_that_no_sheet_can_hold_are_not_taken_for_typed_words(town):
    town.college.type("Firms", 3, 1, "Ember\x02 Digital Ltd")
    town.college.type("Firms", 4, 5, "y" * 40_000)
    town.sync()
    assert town.sync(NOW + timedelta(hours=1)).cells_written == 0
    everywhere = by_heading(town.hub.rows("Problems to fix")) + by_heading(
        town.college.rows("Problems to fix")
    )
    assert not [row for row in everywhere if row["Problem"].startswith("T-")]


def test_deleting_the_cache_changes_no_cell(town, tmp_path):
    town.sync()
    town.sync(NOW + timedelta(days=1))
    before = town.grids()
    (tmp_path / "state" / "cache.sqlite").unlink()
    town.partnership.cache.__init__(tmp_path / "state" / "cache.sqlite")
    report = town.sync(NOW + timedelta(days=1))
    assert report.cells_written == 0
    assert town.grids() == before


def test_a_second_machine_is_refused_until_the_lease_is_over(town):
    town.sync()
    other = Town.__new__(Town)
    other.__dict__ = dict(town.__dict__)
    fields = {name: getattr(town.partnership, name) for name in town.partnership.__slots__}
    other.partnership = type(town.partnership)(**(fields | {"machine": "laptop"}))
    with pytest.raises(LeaseHeld, match="this-machine"):
        other.sync(NOW + timedelta(hours=2))
    assert other.sync(NOW + timedelta(hours=40)).night.plans


def test_a_renamed_heading_is_known_by_the_cells_below_it(town):
    town.sync()
    town.college.rename_heading("Firms", "Company", "Zzz", header_row=2)
    report = town.sync(NOW + timedelta(days=1))
    names = {row["Employer"] for row in by_heading(town.hub.rows("Employer list (built nightly)"))}
    assert not report.problems
    assert "Dobson Joinery" in names


def test_an_accepted_suggestion_is_written_once_and_only_onto_what_it_was_made_for(town):
    town.college.type("Firms", 5, 3, "SKI5 1QQ")
    town.sync()
    rows = town.college.rows("Problems to fix")
    at = rows[0].index("Decision") + 1
    number = next(n for n, row in enumerate(rows, 1) if "SKI5 1QQ" in row)
    assert by_heading(rows)[number - 2]["Suggestion"] == "SK15 1QQ"
    town.college.type("Problems to fix", number, at, "Accept suggestion")
    town.sync(NOW + timedelta(hours=1))
    assert town.college.cell("Firms", 5, 3) == "SK15 1QQ"
    assert "SKI5 1QQ" not in town.texts("college", "Problems to fix")
    assert town.sync(NOW + timedelta(hours=2)).cells_written == 0


def test_an_accepted_day_is_written_as_the_suggestion_shows_it(town):
    action = row_of("Actions", Action="Invite the board", Due_date="Agreed schedule for 2026")
    town.hub.insert_row("Actions", 2, ["", *action])
    town.sync()
    rows = town.hub.rows("Problems to fix")
    number = next(n for n, row in enumerate(rows, 1) if "Agreed schedule for 2026" in row)
    assert by_heading(rows)[number - 2]["Suggestion"] == "31/12/2026"
    town.hub.type("Problems to fix", number, rows[0].index("Decision") + 1, "Accept suggestion")
    town.sync(NOW + timedelta(hours=1))
    assert "31/12/2026" in town.texts("hub", "Actions")


def test_a_cell_of_a_view_only_workbook_has_its_suggestion_in_words_and_nothing_to_accept(town):
    town.jobcentre.type("List", 2, 3, "SKI5 1QQ")
    town.sync()
    rows = town.hub.rows("Problems to fix")
    number = next(n for n, row in enumerate(rows, 1) if "SKI5 1QQ" in row)
    told = by_heading(rows)[number - 2]
    assert "Suggestion" not in told or told["Suggestion"] == ""
    assert "Did you mean “SK15 1QQ”? We may not write in this workbook" in told["What is wrong"]
    town.hub.type("Problems to fix", number, rows[0].index("Decision") + 1, "Accept suggestion")
    decided = town.hub.rows("Decisions")
    town.sync(NOW + timedelta(hours=1))
    assert town.hub.rows("Decisions") == decided
    assert "There is nothing here that the system may write" in str(town.hub.rows("Problems to fix"))
    assert town.sync(NOW + timedelta(hours=2)).cells_written == 0


def test_an_accepted_suggestion_that_cannot_be_written_is_not_taken_down_night_after_night(town):
    town.college.type("Firms", 5, 3, "SKI5 1QQ")
    town.sync()
    rows = town.college.rows("Problems to fix")
    number = next(n for n, row in enumerate(rows, 1) if "SKI5 1QQ" in row)
    town.college.type("Problems to fix", number, rows[0].index("Decision") + 1, "Accept suggestion")
    apply, decided = town.college.apply, town.hub.rows("Decisions")

    def busy(intents, *then):
        if any(isinstance(intent, AcceptSuggestion) for intent in intents):
            raise WorkbookBusy("somebody has it open", where="college")
        return apply(intents, *then)

    town.college.apply = busy
    for hour in (1, 2):
        town.sync(NOW + timedelta(hours=hour))
        assert town.hub.rows("Decisions") == decided
    town.college.apply = apply
    town.sync(NOW + timedelta(hours=3))
    assert town.college.cell("Firms", 5, 3) == "SK15 1QQ"
    assert len(town.hub.rows("Decisions")) == len(decided) + 1


def accepted_postcode(town: Town) -> int:
    """Accepts the suggestion for the postcode of the college's fifth row; its row of Problems to fix."""
    town.college.type("Firms", 5, 3, "SKI5 1QQ")
    town.sync()
    rows = town.college.rows("Problems to fix")
    number = next(n for n, row in enumerate(rows, 1) if "SKI5 1QQ" in row)
    town.college.type("Problems to fix", number, rows[0].index("Decision") + 1, "Accept suggestion")
    return number


def told_of(town: Town, number: int) -> str:
    return by_heading(town.college.rows("Problems to fix"))[number - 2]["What is wrong"]


def test_an_accepted_suggestion_that_meets_a_formula_says_so_and_is_written_once_the_formula_is_gone(town):
    number = accepted_postcode(town)
    town.college.type("Firms", 5, 3, Formula("H5", "SKI5 1QQ"))
    town.sync(NOW + timedelta(hours=1))
    assert told_of(town, number).startswith("You accepted this, but a formula stands in the cell: change")
    assert town.sync(NOW + timedelta(hours=2)).cells_written == 0
    town.college.type("Firms", 5, 3, "SKI5 1QQ")
    town.sync(NOW + timedelta(hours=3))
    assert town.college.cell("Firms", 5, 3) == "SK15 1QQ"


def test_a_suggestion_whose_cell_says_something_else_by_now_is_asked_again_for_that(town):
    accepted_postcode(town)
    town.college.type("Firms", 5, 3, "SKI5 2QQ")
    town.sync(NOW + timedelta(hours=1))
    assert town.college.cell("Firms", 5, 3) == "SKI5 2QQ"
    asked = [row for row in by_heading(town.college.rows("Problems to fix")) if row["Column"] == "Postcode"]
    assert [(row["What it says"], row.get("Decision", "")) for row in asked] == [("SKI5 2QQ", "")]


def test_a_suggestion_whose_cell_changes_as_it_is_written_says_so_the_same_night(town):
    number = accepted_postcode(town)
    apply = town.college.apply

    def raced(intents, *then):
        if any(isinstance(intent, AcceptSuggestion) for intent in intents):
            town.college.type("Firms", 5, 3, "SKI5 2QQ")
        return apply(intents, *then)

    town.college.apply = raced
    town.sync(NOW + timedelta(hours=1))
    assert "it could not be written: the cell no longer holds what it held." in told_of(town, number)


def test_one_suggestion_accepted_for_a_wording_is_written_into_every_cell_that_holds_it(town):
    town.college.insert_column("Firms", 4, "Offers apprenticeships", header_row=2)
    for row in (3, 5, 6):
        town.college.type("Firms", row, 4, "yes 2")
    town.college.type("Firms", 4, 4, "Not sure")
    town.sync()
    rows = town.college.rows("Problems to fix")
    (number,) = (n for n, row in enumerate(rows, 1) if "yes 2" in row)
    assert "It stands in 3 cells, in rows 3, 5 and 6." in by_heading(rows)[number - 2]["What is wrong"]
    town.college.type("Problems to fix", number, rows[0].index("Decision") + 1, "Accept suggestion")
    town.sync(NOW + timedelta(hours=1))
    assert [town.college.cell("Firms", row, 4) for row in (3, 4, 5, 6)] == ["Yes", "Not sure", "Yes", "Yes"]
    assert "yes 2" not in town.texts("college", "Problems to fix")
    assert town.sync(NOW + timedelta(hours=2)).cells_written == 0


def test_a_heading_in_doubt_is_read_as_accepted_until_that_is_undone_and_the_sheet_stays(town):
    town.college.rename_heading("Firms", "Postcode", "Postcdoe", header_row=2)
    town.sync()
    rows = town.college.rows("Problems to fix")
    number = next(n for n, row in enumerate(rows, 1) if "Postcdoe" in row)
    assert by_heading(rows)[number - 2]["Suggestion"] == "Postcode"
    town.college.type("Problems to fix", number, rows[0].index("Decision") + 1, "Accept suggestion")
    for hour in (1, 2):
        report = town.sync(NOW + timedelta(hours=hour))
        firms = next(r for r in report.night.intake.readings_of("college") if r.tab.title == "Firms")
        assert firms.records[0]["Postcode"] == "M34 3QQ"
        assert "Postcdoe" not in town.texts("college", "Problems to fix")
    assert report.cells_written == 0
    assert town.college.cell("Firms", 2, 3) == "Postcdoe"
    book = town.hub.rows("Decisions")
    at = next(n for n, row in enumerate(book, 1) if "Accept suggestion" in row)
    town.hub.type("Decisions", at, book[0].index("Undo") + 1, "Undo")
    town.sync(NOW + timedelta(hours=3))
    assert "Postcdoe" in town.texts("college", "Problems to fix")
    assert town.sync(NOW + timedelta(hours=4)).cells_written == 0


def test_the_sectors_tab_says_how_else_a_sector_is_written(town):
    row = row_of("Sectors", Sector="Advanced manufacturing", Also_called="Mfg; engineering")
    town.hub.insert_row("Sectors", 2, ["", *row])
    town.college.insert_column("Firms", 4, "Sector", header_row=2)
    town.college.type("Firms", 3, 4, "Engineering; mfg")
    report = town.sync()
    firms = next(r for r in report.night.intake.readings_of("college") if r.tab.title == "Firms")
    assert firms.records[0]["Sector"] == "Advanced manufacturing"
    assert "not-in-list" not in {finding.kind for finding in firms.findings}


def test_start_here_and_the_dashboard_count_the_same_problems(town):
    town.sync()
    town.hub.type("Employer list (built nightly)", 2, 3, "a note in the wrong place")
    row = row_of("Employers", Employer="Acorn Trust", Postcode="M34", Agency="MBC")
    town.hub.insert_row("Employers", 2, ["", *row])
    report = town.sync(NOW + timedelta(days=1))
    words = dict(row[:2] for row in town.hub.rows("Start here") if len(row) > 1)["Waiting for you"]
    found = len(report.night.facts["hub"].findings)
    assert f"{found} problem to fix in this workbook; 1 text typed into a grey tab" in words


def test_a_link_in_problems_to_fix_opens_the_very_cell(town):
    town.college.type("Firms", 5, 3, "SKI5 1QQ")
    report = town.sync()
    plan = next(plan for plan in report.night.plans if plan.workbook == "college")
    tab = next(tab for tab in plan.first if tab.tab == "Problems to fix")
    links = [cell for row in tab.rows for cell in row if isinstance(cell, Link)]
    assert ("Firms", 5, 3) in {(link.tab, link.row, link.column) for link in links}


def test_leaving_a_problem_as_it_is_stands_in_decisions_and_can_be_undone(town):
    town.college.type("Firms", 5, 3, "SKI5 1QQ")
    town.sync()
    rows = town.college.rows("Problems to fix")
    number = next(n for n, row in enumerate(rows, 1) if "SKI5 1QQ" in row)
    town.college.type("Problems to fix", number, rows[0].index("Decision") + 1, "leave as it is")
    town.sync(NOW + timedelta(hours=1))
    assert town.sync(NOW + timedelta(hours=2)).cells_written == 0
    assert "SKI5 1QQ" not in town.texts("college", "Problems to fix")
    book = town.hub.rows("Decisions")
    at = next(n for n, row in enumerate(book, 1) if "Leave as it is" in row)
    assert "Stevenport College" in book[at - 1]
    town.hub.type("Decisions", at, book[0].index("Undo") + 1, "Undo")
    town.sync(NOW + timedelta(hours=3))
    assert "SKI5 1QQ" in town.texts("college", "Problems to fix")
    assert town.sync(NOW + timedelta(hours=4)).cells_written == 0


def test_an_edited_row_of_a_view_only_workbook_keeps_its_identity(town):
    first = town.sync()
    town.jobcentre.type("List", 2, 4, "0161 496 0999")
    second = town.sync(NOW + timedelta(days=1))
    ids = [
        {r.record_id for r in x.night.intake.records if r.place.workbook == "jobcentre"}
        for x in (first, second)
    ]
    assert ids[0] == ids[1]


def test_a_view_only_workbook_that_is_emptied_stops_itself_alone(town):
    town.jobcentre.insert_row("List", 4, ["Acorn Trust", "Hyde"])
    town.sync()
    for _ in range(3):
        town.jobcentre.delete_row("List", 2)
    report = town.sync(NOW + timedelta(days=1))
    assert list(report.problems) == ["jobcentre"]
    assert report.exit_code == 4


def test_a_missing_view_only_workbook_leaves_the_lists_running(town):
    town.sync()
    town.jobcentre.read = lambda: (_ for _ in ()).throw(WorkbookMissing("it is not there", where="jobcentre"))
    town.hub.insert_row("Employers", 2, ["", *row_of("Employers", Employer="Acorn Trust", Agency="MBC")])
    town.sync(NOW + timedelta(days=1))
    names = {row["Employer"] for row in by_heading(town.hub.rows("Employer list (built nightly)"))}
    assert {"Acorn Trust", "Riverside Hospital"} <= names


def test_a_hub_that_is_opened_at_the_last_moment_costs_the_stamp_and_not_the_report(town):
    def busy(*_):
        raise WorkbookBusy("Priya has it open", where="hub")

    town.sync()
    town.hub.apply = busy
    report = town.sync(NOW + timedelta(minutes=1))
    assert any("Priya has it open" in note for note in report.notes)


def test_a_note_in_the_for_cell_of_a_question_is_handed_back(town):
    town.sync()
    rows = town.hub.rows("To review")
    at = rows[0].index("For") + 1
    town.hub.type("To review", 2, at, "ask Priya first")
    town.sync(NOW + timedelta(hours=1))
    assert town.hub.cell("To review", 2, at) == rows[1][at - 1]
    assert "ask Priya first" in town.texts("hub", "Problems to fix")
