import pytest

from engage.register.sizes import read_size, size_band, size_of


@pytest.mark.parametrize(
    ("typed", "clean", "band", "size_class"),
    [
        ("circa 50", "50", "50-99", "medium"),
        ("c. 50", "50", "50-99", "medium"),
        ("50+", "50+", "not sure", "not sure"),
        ("<10", "0-9", "not sure", "micro"),
        ("25 FTE", "25", "20-49", "small"),
        ("1-10", "1-10", "not sure", "not sure"),
        ("20-49 employees", "20-49", "20-49", "small"),
        ("10-49", "10-49", "not sure", "small"),
        ("250+", "250+", "not sure", "large"),
        ("1000+", "1000+", "1000+", "large"),
        ("1,200", "1200", "1000+", "large"),
        ("1.2k", "1200", "1000+", "large"),
        ("over 200", "201+", "not sure", "not sure"),
        ("up to 10", "0-10", "not sure", "not sure"),
        ("SME", "0-249", "not sure", "not sure"),
        ("0", "0", "0-4", "micro"),
    ],
)
def test_a_head_count_in_words_has_a_number_a_band_and_a_class(typed, clean, band, size_class):
    assert read_size(typed).clean == clean
    assert (size_band(typed), size_of(typed).size_class) == (band, size_class)


@pytest.mark.parametrize("typed", ["lots", "10-5", "<0", "n employees"])
def test_what_is_no_head_count_is_unknown_and_never_nought(typed):
    assert not size_of(typed).known
    assert size_band(typed) == ""
    assert [doubt.kind for doubt in read_size(typed).doubts] == ["bad-size"]


def test_a_range_that_the_spreadsheet_made_a_date_is_suggested_back():
    reading = read_size("2026-10-01")
    assert reading.clean == ""
    assert [(d.kind, d.suggestion) for d in reading.doubts] == [("size-as-date", "1 to 10")]
    assert read_size("1 to 10").clean == "1-10"
