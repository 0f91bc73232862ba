import pytest

from engage.register.company_number import (
    company_number,
    legal_form_hint,
    read_charity_number,
    read_company_number,
)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("99000001", "99000001"),
        ("990018", "00990018"),
        ("oc990007", "OC990007"),
        ("SC 1234", "SC001234"),
        ("CE990017", "CE990017"),
        ("R0000012", "R0000012"),
        ("IP12345R", "IP12345R"),
        ("Company no: 01234567", "01234567"),
    ],
)
def test_a_company_number_has_eight_characters_and_may_veto(typed, value):
    number = company_number(typed)
    assert (number.value, number.kind, number.may_veto) == (value, "company", True)
    assert read_company_number(typed).clean == value


@pytest.mark.parametrize(
    ("typed", "kind", "doubt"),
    [
        ("1990017", "charity?", "company-number-check"),
        ("12345", "company", "company-number-check"),
        ("XX123456", "company", "company-number-check"),
        ("GB123456789", "vat", "vat-number"),
        ("123456789", "vat", "vat-number"),
        ("00000000", "invalid", "bad-company-number"),
        ("applied for", "invalid", "bad-company-number"),
    ],
)
def test_a_number_that_is_not_sure_never_vetoes_and_is_put_to_a_person(typed, kind, doubt):
    assert (company_number(typed).kind, company_number(typed).may_veto) == (kind, False)
    assert [d.kind for d in read_company_number(typed).doubts] == [doubt]


def test_the_clean_value_of_an_unsure_number_is_as_unsure_as_the_typed_one():
    for typed in ("1990017", "12345", "XX123456"):
        assert not company_number(read_company_number(typed).clean).may_veto


def test_letters_among_the_digits_are_suggested_as_digits():
    assert read_company_number("OC99OOO7").doubts[0].suggestion == "OC990007"


def test_a_legal_form_in_the_wrong_column_is_no_fault():
    assert read_company_number("sole trader").doubts == ()
    assert legal_form_hint("Sole trader") == "Sole trader"
    assert legal_form_hint("99000001") == ""


def test_charity_numbers():
    assert [read_charity_number(text).clean for text in ("1990017", "SC012345", "NIC100123")] == [
        "1990017",
        "SC012345",
        "NIC100123",
    ]
    assert read_charity_number("99000001").doubts[0].kind == "bad-charity-number"
