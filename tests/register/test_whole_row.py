import pytest

from .sample import finding, kinds, read, rows_of

HEAD = ("Organisation", "Post code", "Co No", "Main contact", "Role", "E-mail", "Tel", "Comments")
FIELDS = "employer_as_typed postcode_as_typed company_no_as_typed contact_as_typed job_title email_as_typed"
FIELDS += " phone_as_typed notes"


@pytest.fixture(scope="module")
def messy():
    rows = [tuple(row[field] for field in FIELDS.split()) for row in rows_of("messy_rows.csv")]
    head = tuple({"Tel": "Telephone", "Comments": "Notes"}.get(heading, heading) for heading in HEAD)
    return read(head, *rows)


def test_every_messy_row_is_read_and_only_what_is_wrong_is_asked(messy):
    assert len(messy.records) == 40
    assert sorted(kinds(messy)) == ["bad-postcode", "company-number-check", "objection", "phone-lost-zero"]


@pytest.mark.parametrize(
    ("row", "heading", "clean"),
    [
        (2, "Postcode", "SK16 4AA"),
        (2, "Phone", "+441614960101"),
        (2, "Email", "j.whittle@peakside.example"),
        (3, "Phone", "+441614960100"),
        (3, "First name", "J"),
        (6, "Contact name", ""),
        (6, "Job title", "Registered Manager"),
        (10, "Legal form", "Sole trader"),
        (10, "Company number", ""),
        (14, "Contact name", ""),
        (16, "Company number", ""),
        (31, "Company number", "1990017"),
        (33, "Company number", "00990018"),
        (33, "Phone", "+441632960400"),
        (34, "Contact name", "Siobhán O'Connor"),
        (34, "Title", "Mrs"),
        (34, "Last name", "O'Connor"),
        (36, "Contact name", "Priya Nair; Colin Webb"),
        (36, "First name", ""),
        (36, "Email", "p.nair@greenline.example; c.webb@greenline.example"),
        (37, "Postcode", ""),
        (38, "Do not contact", "All"),
        (40, "Contact name", ""),
    ],
)
def test_the_messy_rows_are_understood(messy, row, heading, clean):
    assert messy.records[row - 1][heading] == clean


def test_an_objection_in_the_notes_is_held_at_once_and_put_to_the_agency_in_its_own_column():
    head = ("Contact name", "Employer", "Email", "Do not contact", "Notes")
    reading = read(head, ("Jo Oak", "Ember", "", "", "asked to be removed 3/9"), title="Contacts")
    found = finding(reading, "objection")
    assert reading.records[0]["Do not contact"] == "All"
    assert (found.place.column, found.found, found.suggestion) == ("Do not contact", "", "All")


def test_an_objection_outranks_a_milder_one_and_is_seen_in_unknown_columns():
    head = ("Contact name", "Employer", "Email", "Do not contact", "Our remarks")
    reading = read(head, ("Jo Oak", "Ember", "", "Marketing", "do not ring"), title="Contacts")
    assert reading.records[0]["Do not contact"] == "All"
    assert finding(reading, "objection").found == "Marketing"


def test_what_confirms_an_objection_is_said_as_it_is_for_each_kind_of_tab():
    """Marketing does not end the hold, and a tab without the column reads none of that name."""
    head = ("Contact name", "Employer", "Email", "Do not contact", "Notes")
    row = ("Jo Oak", "Ember", "", "Marketing", "do not ring")
    told = finding(read(head, row, title="Contacts"), "objection")
    otherwise = "If it is none, or is about news alone, reword Notes."
    assert told.wrong.endswith(f"Choose All under Do not contact. {otherwise}")
    head = ("Date", "Employer", "Contact", "Type", "Summary", "Do not contact")
    row = ("03/09/2026", "Ember", "Jo Oak", "Visit", "please do not ring", "All")
    told = finding(read(head, row, title="Engagements"), "objection")
    assert (told.place.column, told.suggestion) == ("Summary", "")
    assert "Leave as it is keeps it so" in told.wrong


def test_an_objection_already_in_its_column_is_not_asked_about():
    head = ("Contact name", "Employer", "Do not contact", "Notes")
    assert kinds(read(head, ("Jo Oak", "Ember", "all", "do not ring"), title="Contacts")) == []


def test_a_name_in_parts_makes_a_whole_one_and_a_whole_one_its_parts():
    head = ("Title", "Forename", "Surname", "Employer")
    (record,) = read(head, ("mrs", "JO", "o'connor", "Ember"), title="Contacts").records
    assert [record[h] for h in ("Title", "First name", "Last name", "Contact name")] == [
        "Mrs",
        "JO",
        "O'Connor",
        "JO O'Connor",
    ]
    (record,) = read(("Full name", "Employer", "Email"), ("Oak, Jo", "Ember"), title="Contacts").records
    assert [record[h] for h in ("First name", "Last name")] == ["Jo", "Oak"]


def test_a_post_in_the_name_cells_is_no_person():
    head = ("First name", "Last name", "Employer", "Job title")
    (record,) = read(head, ("Registered", "Manager", "Ember", ""), title="Contacts").records
    assert [record[h] for h in ("First name", "Contact name", "Job title")] == ["", "", "Registered Manager"]


def test_somebody_in_care_of_whom_a_firm_is_reached_is_an_agent():
    (record,) = read(
        ("Full name", "Employer", "Email"), ("c/o Ledgerpoint", "Holt"), title="Contacts"
    ).records
    assert (record["Contact name"], record["Contact kind"]) == ("", "Agent")
