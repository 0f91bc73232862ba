from __future__ import annotations

from datetime import date, timedelta

import pytest

from engage.insight.gone_quiet import QUIET_DAYS, gone_quiet
from engage.insight.weeks import Week

from .sample import COLLEGE, make_facts

WEEK = Week(date(2026, 11, 16))


def names(last: str, talks=(), **cells: str) -> list[str]:
    firm = {
        "employer_id": "EMP-1",
        "Employer": "Oak",
        "Last contact": last,
        "Last contact by": COLLEGE,
        **cells,
    }
    return [one.employer for one in gone_quiet(make_facts({"Engagements": talks}, employers=[firm]), WEEK)]


def days_before(day: date) -> str:
    return (day - timedelta(days=QUIET_DAYS)).isoformat()


def test_an_employer_is_told_in_the_week_in_which_half_a_year_is_up_and_in_no_other():
    assert names(days_before(WEEK.first)) == names(days_before(WEEK.last)) == ["Oak"]
    assert names(days_before(WEEK.first - timedelta(days=1))) == []
    assert names(days_before(WEEK.last + timedelta(days=1))) == []


@pytest.mark.parametrize("last", ["", "long ago"])
def test_an_employer_without_a_known_contact_has_not_gone_quiet(last):
    assert names(last) == []


def test_whoever_has_a_visit_coming_or_is_to_rest_is_left_in_peace():
    coming = {"employer_id": "EMP-1", "Date": "2026-11-30", "Status": "Planned", "agency": COLLEGE}
    assert names(days_before(WEEK.first), [coming]) == []
    assert names(days_before(WEEK.first), [{**coming, "Status": "Cancelled"}]) == ["Oak"]
    assert names(days_before(WEEK.first), **{"Rest until": "2026-12-31"}) == []


def test_those_we_knew_best_come_first():
    firms = [
        {"employer_id": f"EMP-{n}", "Employer": f"Firm {n}", "Last contact": days_before(WEEK.first)}
        for n in range(3)
    ]
    talks = [{"employer_id": "EMP-2", "Date": f"2026-0{month}-01", "Status": "Done"} for month in (1, 2)]
    found = gone_quiet(make_facts({"Engagements": talks}, employers=firms), WEEK)
    assert [(one.employer, one.talks) for one in found] == [("Firm 2", 2), ("Firm 0", 0), ("Firm 1", 0)]
