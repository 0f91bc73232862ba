import pytest

from engage.register.phone import national_phone, read_phones


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("0161 496 0101", "+441614960101"),
        ("+44 (0)161 4960101", "+441614960101"),
        ("(0161) 496-0101", "+441614960101"),
        ("0044 161 496 0101", "+441614960101"),
        ("447700900123", "+447700900123"),
        ("01614960100 ext 101", "+441614960100"),
        ("0161 496 0100 x12", "+441614960100"),
        ("Tel: 020 7946 0000 (Jo)", "+442079460000"),
        ("07700 900 123", "+447700900123"),
        ("01632 960201", "+441632960201"),
        ("0161 496 0101 / 07700 900123", "+441614960101; +447700900123"),
        ("0161 496 0101 or 0161 496 0102", "+441614960101; +441614960102"),
        ("0161 496 0101 0161 496 0102", "+441614960101; +441614960102"),
        ("0161 496 0101\n07700 900123", "+441614960101; +447700900123"),
        ("0161 496 0101/2", "+441614960101; +441614960102"),
        ("0161 496 0101; 0161 496 0101", "+441614960101"),
        ("+1 212 555 0100", "+12125550100"),
    ],
)
def test_numbers_become_e164_and_several_in_a_cell_are_parted(typed, clean):
    reading = read_phones(typed)
    assert (reading.clean, reading.doubts) == (clean, ())


def test_a_lost_leading_zero_is_restored_and_reported():
    reading = read_phones("1632960400")
    assert reading.clean == "+441632960400"
    assert [(d.kind, d.suggestion) for d in reading.doubts] == [("phone-lost-zero", "")]


@pytest.mark.parametrize("typed", ["12345", "see email", "0161 496", "0000 000 0000", "1.61E+09"])
def test_what_is_no_number_is_blank_with_a_doubt(typed):
    reading = read_phones(typed)
    assert reading.clean == ""
    assert [doubt.kind for doubt in reading.doubts] == ["bad-phone"]


def test_a_good_number_beside_a_bad_one_is_kept():
    reading = read_phones("0161 496 0101; 123456")
    assert reading.clean == "+441614960101"
    assert [doubt.kind for doubt in reading.doubts] == ["bad-phone"]


def test_another_country_is_a_setting():
    assert read_phones("(212) 555-0100", country="US").clean == "+12125550100"


def test_numbers_are_shown_as_people_write_them():
    assert national_phone("+441614960101") == "0161 496 0101"
    assert national_phone("not a number") == "not a number"
