"""What a typed text becomes, and what a cell then shows."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from . import formats, locales
from .a1 import column, letters
from .typed import typed

TODAY = dt.date(2026, 3, 5)


def retyped(text: str, locale: str) -> str:
    """What the cell shows after the text was typed into it."""
    habits = locales.of(locale)
    value, number_format = typed(text, habits, TODAY)
    return formats.shown(value, number_format or {}, habits)


@pytest.mark.parametrize(
    ("text", "locale", "shown"),
    [
        ("5/3/2026", "en_GB", "05/03/2026"),
        ("5/3/2026", "en_US", "5/3/2026"),
        ("13/3/2026", "en_GB", "13/03/2026"),
        ("13/3/2026", "en_US", "13/3/2026"),
        ("31/2/2026", "en_GB", "31/2/2026"),
        ("5/3/26", "en_GB", "05/03/2026"),
        ("5.3.2026", "de_DE", "05.03.2026"),
        ("2026-03-05", "en_GB", "2026-03-05"),
        ("2026-03-05 09:30", "en_GB", "2026-03-05 9:30"),
        ("5 Mar 2026", "en_GB", "5 Mar 2026"),
        ("5-Mar-2026", "en_GB", "5-Mar-2026"),
        ("March 5, 2026", "en_US", "March 5, 2026"),
        ("9:30", "en_GB", "9:30"),
        ("0042", "en_GB", "42"),
        ("1e5", "en_GB", "1.00E+05"),
        ("12%", "en_GB", "12%"),
        ("£1,250", "en_GB", "£1,250"),
        ("2,000,000.01", "en_GB", "2,000,000.01"),
        ("1,5", "fr_FR", "1,5"),
        ("true", "en_GB", "TRUE"),
        ("'0042", "en_GB", "0042"),
        ("M1 1AA", "en_GB", "M1 1AA"),
        ("  spaced  ", "en_GB", "  spaced  "),
        ("0161 496 0000", "en_GB", "0161 496 0000"),
    ],
)
def test_a_typed_text_shows_as_google_shows_it(text, locale, shown):
    assert retyped(text, locale) == shown


@pytest.mark.parametrize(
    ("value", "pattern", "shown"),
    [
        (1234.5, "#,##0.00", "1,234.50"),
        (-1234.5, '"£"#,##0.00', "-£1,234.50"),
        (-5, "0;(0)", "(5)"),
        (0, "0;-0;none", "none"),
        (0.256, "0.0%", "25.6%"),
        (7, "000", "007"),
        (2.5, "0.##", "2.5"),
        (12345, "0.00E+00", "1.23E+04"),
        (1234567, "#,##0", "1,234,567"),
        (3, '0 "seats"', "3 seats"),
    ],
)
def test_a_number_shows_by_its_pattern(value, pattern, shown):
    assert formats.shown(value, {"type": "NUMBER", "pattern": pattern}, locales.of("en_GB")) == shown


@pytest.mark.parametrize(
    ("value", "pattern", "shown"),
    [
        (43831, "yyyy-mm-dd", "2020-01-01"),
        (43831, "dddd d mmmm yyyy", "Wednesday 1 January 2020"),
        (43831.75, "dd/mm/yyyy hh:mm", "01/01/2020 18:00"),
        (43831.75, "h:mm am/pm", "6:00 PM"),
        (1.5, "[h]:mm", "36:00"),
        (43831, "mmm yy", "Jan 20"),
    ],
)
def test_a_date_shows_by_its_pattern(value, pattern, shown):
    assert formats.shown(value, {"type": "DATE", "pattern": pattern}, locales.of("en_GB")) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [(1 / 1024, "0.0009765625"), (1 / 3, "0.3333333333"), (1234.5678, "1234.5678"), (10**14, "1" + "0" * 14)],
)
def test_a_number_without_a_pattern_shows_up_to_ten_digits(value, shown):
    assert formats.shown(value, {}, locales.of("en_GB")) == shown


@given(
    st.dates(min_value=dt.date(1900, 3, 1), max_value=dt.date(2199, 12, 31)),
    st.sampled_from(["en_GB", "en_US"]),
)
def test_a_date_typed_as_it_is_shown_is_the_same_date(day, locale):
    habits = locales.of(locale)
    value = formats.serial(dt.datetime.combine(day, dt.time()))  # a cell knows no time zone
    shown = formats.shown(value, {"type": "DATE"}, habits)
    assert typed(shown, habits, TODAY)[0] == value


@given(st.integers(min_value=0, max_value=18277))
def test_letters_name_every_column_once(number):
    assert column(letters(number)) == number
