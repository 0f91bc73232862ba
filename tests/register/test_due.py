from datetime import date

import pytest

from engage.register.due import read_due

from .sample import rows_of


@pytest.mark.parametrize("row", rows_of("due_dates.csv"), ids=lambda row: row["as_typed"])
def test_a_due_date_in_peoples_words_is_read_as_the_sample_says(row):
    due = read_due(row["as_typed"])
    flags = [row[name] == "yes" for name in ("ongoing", "done", "ask_a_person")]
    assert (due.start, due.due) == (row["read_start"], row["read_due"])
    assert [due.ongoing, due.done, due.ask] == flags


@pytest.mark.parametrize(
    ("typed", "start", "due"),
    [
        ("31/03/2026", "2026-03-31", "2026-03-31"),
        ("1 March - 30 April 2009", "2009-03-01", "2009-04-30"),
        ("from 3 May 2026 to 5 June 2026", "2026-05-03", "2026-06-05"),
        ("between Nov 2025 and Feb 2026", "2025-11-01", "2026-02-28"),
        ("end of 2026", "", "2026-12-31"),
        ("to be completed by March 2009", "", "2009-03-31"),
        ("", "", ""),
    ],
)
def test_other_wordings_of_a_time(typed, start, due):
    read = read_due(typed)
    assert (read.start, read.due, read.ask, read.done) == (start, due, False, False)


@pytest.mark.parametrize(
    "typed", ["asap", "Q3 2026", "autumn 2026", "31 June 2026", "soon", "April 09 - March 08"]
)
def test_what_says_no_day_is_asked_about_and_not_guessed(typed):
    read = read_due(typed)
    assert read.ask
    assert (read.start, read.due) == ("", "")
    assert read.note


def test_a_month_without_a_year_suggests_the_next_one_to_come():
    assert read_due("September", today=date(2026, 9, 14)).suggestion == "2026-09-30"
    assert read_due("by March", today=date(2026, 9, 14)).suggestion == "2027-03-31"


def test_not_done_is_not_done():
    assert not read_due("not yet completed, March 2009").done
    assert read_due("Completed March 2009").done


def test_a_year_with_a_slash_is_read_as_a_financial_year_and_asked_about():
    read = read_due("2025/26")
    assert (read.start, read.due, read.ask) == ("2025-04-01", "2026-03-31", True)
