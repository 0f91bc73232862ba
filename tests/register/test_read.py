import time
from datetime import date

from engage.model import Snapshot, Tab
from engage.register.read import Source, read_workbook
from engage.schema import Column, Schema, TabSpec

from .sample import finding, kinds, read
from .small_schema import SCHEMA

TODAY = date(2026, 9, 14)
HEADINGS = ("Organisation", "Post Code", "Tel No", "E-mail", "Colour of door")


def test_a_title_above_the_headings_is_tolerated():
    reading = read(("Our employers",), (), HEADINGS, ("Ember Digital Ltd", "M34 3QQ"))
    assert reading.header_row == 3
    assert reading.columns == {"Employer": 0, "Postcode": 1, "Phone": 2, "Email": 3}
    assert reading.records[0].place.row == 4
    assert reading.records[0]["Employer"] == "Ember Digital Ltd"


def test_an_unknown_column_is_kept_under_its_own_heading_and_asked_about():
    reading = read(HEADINGS, ("Ember Digital Ltd", "", "", "", "green"))
    assert reading.unknown == ("Colour of door",)
    assert reading.records[0].typed["Colour of door"] == "green"
    assert "Colour of door" not in reading.records[0].clean
    assert finding(reading, "unknown-heading").place.column == "Colour of door"


def test_built_tabs_and_working_state_are_skipped():
    tabs = (Tab("To review", ()), Tab("_engage", ()), Tab("Your employers (built nightly)", ()))
    assert read_workbook(Snapshot("hub", tabs), SCHEMA, Source("hub"), today=TODAY) == ()


def test_a_budget_is_left_alone():
    reading = read(("Item", "Amount", "Date", "Notes", "Type"), ("Chairs", "40", "3/9/26"), title="Budget")
    assert reading.spec is None
    assert not reading.records


def test_a_tab_with_a_title_of_its_own_is_known_by_its_headings_and_asked_about():
    reading = read(HEADINGS, ("Ember Digital Ltd", "M34 3QQ"), title="Sheet1")
    assert reading.spec is SCHEMA.tabs["Employers"]
    assert finding(reading, "tab-guessed").wrong.startswith("This tab is read as Employers")


def test_what_the_owner_said_of_a_tab_outranks_its_title():
    assert read(HEADINGS, title="Sheet1", tabs={"Sheet1": "Contacts"}).spec is SCHEMA.tabs["Contacts"]
    assert read(HEADINGS, title="Employers", tabs={"Employers": ""}).spec is None


def test_a_tab_whose_headings_are_gone_is_reported_and_not_read():
    reading = read(("Ember Digital Ltd", "M34 3QQ"), ("Holt Roofing", "SK15 2QQ"))
    assert reading.spec is SCHEMA.tabs["Employers"]
    assert (reading.header_row, reading.records) == (0, ())
    assert kinds(reading) == ["no-heading-row"]


def test_a_required_heading_that_is_missing_is_reported():
    reading = read(("Town", "Postcode", "Phone"), ("Hyde", "SK14 1QQ", ""))
    assert finding(reading, "missing-heading").place.column == "Employer"


def test_the_record_id_column_is_found_wherever_it_stands():
    reading = read((*HEADINGS, "record id"), ("Ember Digital Ltd", "", "", "", "", " R-4QX7M2A "))
    assert reading.id_column == 5
    assert reading.records[0].record_id == "R-4QX7M2A"
    assert "record id" not in reading.records[0].typed


def test_a_shared_workbooks_rows_belong_to_the_agency_of_their_own_cell():
    head = ("Agency", "Employer", "Town")
    reading = read(
        head, ("the council", "Ember Digital Ltd"), ("", "Holt Roofing"), ("Nobody", "Bridge Cafe"), agency=""
    )
    assert [record.agency for record in reading.records] == ["Tame Council", "", "Nobody"]
    assert kinds(reading) == ["agency-missing", "not-in-list"]


def test_an_agencys_own_workbook_says_whose_rows_they_are():
    (record,) = read(HEADINGS, ("Ember Digital Ltd",)).records
    assert (record.agency, record["Agency"]) == ("Tame College", "Tame College")


def test_a_row_without_what_it_needs_is_read_and_reported():
    reading = read(HEADINGS, ("n/a", "M34 3QQ", "0161 496 0200"))
    assert reading.records[0]["Postcode"] == "M34 3QQ"
    assert finding(reading, "missing").place.column == "Organisation"


def test_words_for_unknown_are_blank_and_no_fault():
    reading = read(HEADINGS, ("Ember Digital Ltd", "tbc", "?", "N/A"))
    assert [reading.records[0][heading] for heading in ("Postcode", "Phone", "Email")] == ["", "", ""]
    assert reading.records[0].typed["Postcode"] == "tbc"
    assert kinds(reading) == ["unknown-heading"]


def test_a_finding_says_where_in_the_sheets_own_words_and_whose():
    reading = read(HEADINGS[:4], ("Greenline Logistics", "SKI4 5QQ"))
    (found,) = reading.findings
    assert str(found.place) == "Employers, row 2, Post Code (college)"
    assert found.place.column_number == 2
    assert (found.found, found.suggestion, found.agency) == ("SKI4 5QQ", "SK14 5QQ", "Tame College")


def test_what_stands_under_no_heading_is_kept_and_reported():
    reading = read(("Employer", "Town", "", "Postcode"), ("Ember Digital", "", "moved?", "", "", "far right"))
    assert reading.records[0].typed["(column C)"] == "moved?"
    assert reading.records[0].typed["(column F)"] == "far right"
    assert kinds(reading) == ["column-without-heading", "column-without-heading"]


def test_a_column_of_residents_details_draws_a_warning_and_no_copy_of_them():
    reading = read(("Employer", "Town", "Postcode", "NI number"), ("Ember Digital", "", "", "AB123456C"))
    assert kinds(reading) == ["sensitive-column", "sensitive-value"]
    assert "AB123456C" not in {found.found for found in reading.findings}


def test_an_action_plan_is_read_with_its_priority_and_words_for_dates():
    reading = read(
        ("Priority", "Ref", "Task", "Lead", "Start", "Finish date", "Status"),
        ("1 Skills", "1.1.a", "Audit the sector", "The Council; LSC", "", "October 2007 – March 2008", ""),
        ("", "1.1.b", "Hold events", "", "", "July 2008 and then ongoing", ""),
        ("", "1.1.c", "Print leaflet", "", "", "Done", ""),
        title="Actions",
    )
    first, second, third = reading.records
    assert (first["Start date"], first["Due date"]) == ("2007-10-01", "2008-03-31")
    assert first["Responsible"] == "Tame Council; LSC"
    assert (second["Priority"], second.typed["Priority"]) == ("1 Skills", "")
    assert (second["Due date"], second["Ongoing"]) == ("2008-07-31", "Yes")
    assert (third["Status"], third.typed["Status"]) == ("Done", "")


def test_the_lists_tab_is_kept_as_typed_with_the_partnerships_own_lists():
    lists = TabSpec("Lists", "staff", "hub", (Column("Scheme kind", values=("A",)),), has_ids=False)
    schema = Schema({"Lists": lists}, SCHEMA.blanks)
    tab = Tab("Lists", (("Scheme kind", "Our own"), ("B", "none"), ("", "x:")))
    (reading,) = read_workbook(Snapshot("hub", (tab,)), schema, Source("hub"), today=TODAY)
    assert [dict(record.typed) for record in reading.records] == [
        {"Scheme kind": "B", "Our own": "none"},
        {"Our own": "x:"},
    ]
    assert reading.findings == ()


def test_five_thousand_rows_of_twenty_columns_are_read_in_a_few_seconds():
    heads = (
        "Employer",
        "Postcode",
        "Phone",
        "Email",
        "Company number",
        "Contact name",
        "Notes",
        "Rest until",
    )
    rest = (
        "Town",
        "Site",
        "Trading as",
        "Sector",
        "SIC code",
        "Website",
        "Mobile",
        "Stage",
        "Agency",
        "Role",
    )
    same = ("rang them", "3/9/26", "Hyde", "", "", "care", "62012", "", "", "Met", "college", "Buyer")
    rows = [
        (
            f"Firm {i}",
            "M1 1AE",
            f"0161 496 {i % 1000:04d}",
            f"a{i}@f{i}.example",
            f"{99000000 + i}",
            f"Jo {i}",
            *same,
        )
        for i in range(5000)
    ]
    started = time.perf_counter()
    reading = read((*heads, *rest, "Own 1", "Own 2"), *rows)
    assert len(reading.records) == 5000
    assert time.perf_counter() - started < 10  # about 1 s on a quiet machine; slack for a busy one
