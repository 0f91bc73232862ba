"""What is remembered of an employer's stage from night to night, so that movement can be told."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from engage.model import Place, Record
from engage.remembering import remember
from engage.state import Remembered

FIRST = date(2026, 11, 1)
STAGES = ("", "2 Contacted", "3 Met", "Signed")


def night(
    stage: str, known: dict[str, Remembered], day: date, tab: str = "Employers"
) -> dict[str, Remembered]:
    cells = {"Employer": "Acorn", "Stage": stage}
    record = Record("R-1", tab, "College", Place("college", tab, 2), cells, cells)
    return remember([record], known, day, unread=frozenset())


@given(st.lists(st.sampled_from(STAGES), min_size=1, max_size=8))
def test_every_night_an_employer_stands_where_its_row_says_and_has_stood_where_it_said(stages):
    known: dict[str, Remembered] = {}
    for at, stage in enumerate(stages):
        known = night(stage, known, FIRST + timedelta(days=at))
    rungs = known["R-1"].rungs
    for at, stage in enumerate(stages):
        day = (FIRST + timedelta(days=at)).isoformat()
        stood = [rung for since, rung in rungs if since <= day]
        assert (stood[-1] if stood else "") == (stage[:1] if stage[:1].isdigit() else "")
    assert all(one[1] != other[1] for one, other in pairwise(rungs))


def test_a_memory_from_before_stages_were_kept_learns_since_when_its_stage_stands():
    old = Remembered("college", "Employers", "Employers", "2026-03-01")
    whole = night("3 Met", {}, FIRST)["R-1"].marks
    marked = Remembered("college", "Employers", "Employers", "2026-03-01", whole, {"Stage": "2026-05-02"})
    assert night("3 Met", {"R-1": marked}, FIRST)["R-1"].rungs == (("2026-05-02", "3"),)
    assert night("3 Met", {"R-1": old}, FIRST)["R-1"].rungs == ((FIRST.isoformat(), "3"),)


def test_the_stage_of_a_pledge_is_no_rung_of_the_ladder():
    assert night("3 Met", {}, FIRST, tab="Pledges")["R-1"].rungs == ()
