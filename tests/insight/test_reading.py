"""Reading a few columns of a long tab, and telling an earlier day from what is known today."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings

from engage.insight.activity import done, done_between, engagements
from engage.insight.facts import as_of
from engage.insight.reading import agencies_of, agency_of, cells_of, rows_of

from .registers import registers
from .sample import COLLEGE, TODAY, make_facts

EARLIER = [TODAY - timedelta(days=days) for days in (0, 9, 40, 100)]


def test_a_few_columns_read_as_the_rows_do_and_a_missing_one_is_blank():
    rows = [{"Type": "Visit", "agency": COLLEGE}, {"Type": "", "Agency": "Dale"}]
    facts = make_facts({"Engagements": rows})
    assert list(cells_of(facts, "Engagements", "Type", "Nowhere")) == [("Visit", ""), ("", "")]
    assert agencies_of(facts, "Engagements") == [agency_of(row) for row in rows_of(facts, "Engagements")]
    assert list(cells_of(facts, "No such tab", "Type")) == []


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(registers())
def test_an_earlier_day_is_told_as_if_no_later_row_had_been_typed(register):
    talks = [{"record_id": f"R-{at}", **row} for at, row in enumerate(register.tables["Engagements"])]
    facts = replace(register, tables={**register.tables, "Engagements": talks}).facts()
    for day in EARLIER:
        rows = [row for row in talks if row["Date"] <= day.isoformat()]
        cut = replace(register, tables={**register.tables, "Engagements": rows}).facts(today=day)
        then = as_of(facts, day)
        assert done(then) == done(cut)
        assert done_between(then, EARLIER[-1], TODAY) == done_between(cut, EARLIER[-1], TODAY)


@given(registers())
@settings(max_examples=25, deadline=None)
def test_engagements_are_oldest_first_and_those_of_no_day_come_last(register):
    found = engagements(register.facts())
    days = [one.day for one in found if one.day]
    assert days == sorted(days)
    assert all(one.day is None for one in found[len(days) :])
