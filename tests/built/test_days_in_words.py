"""Days as people read them, and as the machine goes on comparing them."""

from __future__ import annotations

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from engage.built.tab_problems import problem_cells
from engage.built.typed import typed_value
from engage.insight.weeks import british, moment_words
from engage.lease import STAMP_FORMAT, read_stamp
from engage.model import Finding, Place, cell_text
from engage.schema import Column

MOMENT = Column("When", type="moment")
MINUTES = st.datetimes(datetime.fromisoformat("1901-01-01"), datetime.fromisoformat("2200-01-01")).map(
    lambda at: at.replace(second=0, microsecond=0)
)


@given(MINUTES)
def test_a_moment_reads_back_as_the_text_that_it_was_made_of(at: datetime) -> None:
    text = at.isoformat(" ", "minutes")
    assert cell_text(typed_value(MOMENT, text)) == text
    assert typed_value(MOMENT, at.isoformat(timespec="minutes")) == at


@given(MINUTES)
def test_the_time_stamp_is_understood_as_it_is_written_and_as_it_was_before(at: datetime) -> None:
    assert read_stamp(at.strftime(STAMP_FORMAT)) == read_stamp(at.isoformat(" ", "minutes")) == at


def test_a_stamp_that_nobody_can_read_is_no_stamp() -> None:
    assert [read_stamp(text) for text in ("", "never", "22/13/2026 02:30")] == [None, None, None]


def test_a_suggested_day_is_shown_as_people_write_it() -> None:
    finding = Finding("bad-date", Place("college", "Events", 3, "Date"), "wrong", "30 Feb", "2026-03-02")
    assert problem_cells(finding, "2026-11-22")["Suggestion"] == "02/03/2026"
    assert british("0161 496 0000") == "0161 496 0000"


def test_a_moment_in_a_sentence_names_its_month() -> None:
    assert moment_words("2026-11-22 02:30") == "22 November 2026, 02:30"
    assert moment_words("an earlier row") == "an earlier row"
