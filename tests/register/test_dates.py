from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.register.dates import read_date

TODAY = date(2026, 9, 14)


@pytest.mark.parametrize(
    "typed",
    [
        "2026-09-03",
        "2026-09-03 00:00:00",
        "3/9/2026",
        "03.09.26",
        "3-9-26",
        "3rd Sept 2026",
        "3 of September 2026",
        "Thurs 3 September 2026",
        "3-Sep-26",
        "Sept 3, 2026",
        " 03/09/2026. ",
    ],
)
def test_a_day_is_read_day_first_however_it_is_typed(typed):
    assert read_date(typed).clean == "2026-09-03"


@pytest.mark.parametrize(
    ("typed", "kind", "suggestion"),
    [
        ("3/9", "date-without-year", "2026-09-03"),
        ("20 Dec", "date-without-year", "2026-12-20"),
        ("April 2009", "date-without-day", "2009-04-01"),
        ("2009", "date-without-day", ""),
        ("31/02/2026", "impossible-date", ""),
        ("09/13/2026", "impossible-date", "2026-09-13"),
        ("45000", "date-as-number", "2023-03-15"),
        ("approx 3/9/2026", "bad-date", "2026-09-03"),
        ("3/9/26 & 4/9/26", "bad-date", ""),
        ("last week", "bad-date", ""),
        ("01/01/1905", "impossible-date", ""),
    ],
)
def test_what_is_no_one_day_is_blank_with_a_doubt_and_perhaps_a_suggestion(typed, kind, suggestion):
    reading = read_date(typed, today=TODAY)
    assert reading.clean == ""
    assert [(doubt.kind, doubt.suggestion) for doubt in reading.doubts] == [(kind, suggestion)]


@given(st.dates(date(1950, 1, 1), date(2069, 12, 31)))
def test_every_day_reads_as_itself_in_every_usual_spelling(day):
    for shape in ("%d/%m/%Y", "%d.%m.%y", "%d %B %Y", "%Y-%m-%d", "%d-%b-%Y"):
        if "%y" not in shape or day.year >= 1970:
            assert read_date(day.strftime(shape)).clean == day.isoformat()
