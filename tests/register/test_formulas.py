"""Formulas that stand as text, and errors of formulas: nobody's name, and said."""

import pytest

from engage.register.formulas import read_formula

from .sample import read

HEAD = ("Employer", "Postcode", "Contact name")


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "=1/0",
            "= 1 + 2",
            "=A2",
            "=$B$2",
            "=A2&B2",
            "=A2:A9",
            "=-B3",
            "=(A2+1)",
            "=Sheet2!A1",
            "='Our firms'!B2",
        ),
        *('="Acorn"', '="a"&B2', "=SUM(A1:A3)", '=IFERROR(VLOOKUP("x",A:B,2,0),"")', "=vlookup(A2", "={1,2}"),
        *("#REF!", "#n/a", "#DIV/0!", " #NAME? ", "Loading...", "#ERROR!"),
    ],
)
def test_a_formula_or_its_error_is_no_employer_and_is_told(typed):
    reading = read(HEAD, (typed, "SK14 5QZ", ""))
    (record,) = reading.records
    assert (record.typed["Employer"], record["Employer"]) == (typed, "")
    (finding,) = reading.findings
    assert (finding.kind.startswith("formula-"), finding.found, finding.suggestion) == (True, typed, "")


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "=",
            "==",
            "= same as above",
            "=> see notes",
            "= M & S",
            "=3 sites",
            "= A2 Logistics",
            "=A Plus Ltd",
            "#1 Cars",
        ),
        *("#hashtag", "Loading", "Loading Bay Ltd", "-1", "+44 161 496 0000", "@acorn", "A=B Ltd", "N/A Ltd"),
    ],
)
def test_what_people_write_otherwise_is_no_formula(typed):
    assert read_formula(typed) is None


def test_a_formula_is_no_person_either():
    (record,) = read(HEAD, ("Acorn", "", "=A2&B2")).records
    assert (record["Contact name"], record["First name"], record["Last name"]) == ("", "", "")


def test_a_formula_where_an_objection_stands_holds_all_contact():
    head = ("First name", "Last name", "Employer", "Do not contact")
    (record,) = read(head, ("Jo", "Oak", "Acorn", "=B2"), title="Contacts").records
    assert record["Do not contact"] == "All"
