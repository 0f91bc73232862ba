from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.insight.clashes import HEADINGS, clash_list, clashes
from engage.insight.lists import engagement_list

from .sample import make_facts

FIRM = {"employer_id": "EMP-1", "Employer": "Brightwell Bakery Ltd", "First seen": "2026-01-05"}


def call(day: str, agency: str, *, firm: str = "EMP-1", **more: str) -> dict[str, str]:
    return {
        "Date": day,
        "agency": agency,
        "employer_id": firm,
        "Employer": "x",
        "Status": "Done",
        "Type": "Visit",
        **more,
    }


def facts_of(*calls: dict[str, str], lead: str = "", **more: object):
    return make_facts({"Engagements": calls}, employers=[{**FIRM, "Lead agency": lead}], **more)


@pytest.mark.parametrize(("day", "found"), [("2026-11-02", 1), ("2026-11-09", 1), ("2026-11-10", 0)])
def test_two_agencies_clash_up_to_and_on_the_seventh_day(day, found):
    assert len(clash_list(facts_of(call("2026-11-02", "A"), call(day, "B")))) == found


@pytest.mark.parametrize(("day", "found"), [("2026-12-02", 1), ("2026-12-03", 0)])
@pytest.mark.parametrize("mark", [{"Type": "Redundancy"}, {"Reason": "Redundancy support"}])
def test_where_jobs_are_at_risk_they_clash_up_to_the_thirtieth_day(day, found, mark):
    assert len(clashes(facts_of(call("2026-11-02", "A", **mark), call(day, "B")))) == found


def test_one_agency_never_clashes_with_itself():
    assert clashes(facts_of(call("2026-11-02", "A"), call("2026-11-03", "A"))) == ()


def test_a_cancelled_engagement_never_clashes():
    assert clashes(facts_of(call("2026-11-02", "A", Status="Cancelled"), call("2026-11-03", "B"))) == ()


def test_two_planned_engagements_clash_while_they_can_still_be_changed():
    planned = [
        call(day, agency, Status="Planned") for day, agency in (("2026-12-02", "A"), ("2026-12-03", "B"))
    ]
    assert len(clashes(facts_of(*planned))) == 1


def test_employers_that_nobody_has_resolved_never_clash():
    assert clashes(facts_of(call("2026-11-02", "A", firm=""), call("2026-11-03", "B", firm=""))) == ()


def test_different_employers_do_not_clash():
    assert clashes(facts_of(call("2026-11-02", "A"), call("2026-11-03", "B", firm="EMP-2"))) == ()


def test_each_call_is_paired_with_the_nearest_of_the_other_agency_only():
    calls = [call(f"2026-11-0{day}", "A") for day in (2, 3, 4)]
    found = clashes(facts_of(*calls, call("2026-11-05", "B")))
    assert [(str(one.first.day), str(one.second.day)) for one in found] == [("2026-11-04", "2026-11-05")]


def test_three_agencies_make_three_clashes():
    assert len(clashes(facts_of(*(call("2026-11-02", agency) for agency in "ABC")))) == 3


def test_the_marked_lead_agency_is_suggested_first():
    one = clashes(facts_of(call("2026-11-02", "A"), call("2026-11-03", "B"), lead="C"))[0]
    assert one.lead == "C"
    assert "lead agency in the Employer list" in one.why


def test_else_the_agency_that_spoke_to_them_last_before():
    earlier = call("2026-09-01", "B", Type="Meeting")
    one = clashes(facts_of(earlier, call("2026-11-02", "A"), call("2026-11-03", "B")))[0]
    assert one.lead == "B"
    assert "it was the last in touch before (Meeting on 1 Sep 2026)" in one.why


def test_else_the_agency_that_came_first():
    assert clashes(facts_of(call("2026-11-03", "B"), call("2026-11-02", "A")))[0].lead == "A"


def test_a_run_of_clashes_has_one_suggested_lead():
    run = [("2026-11-02", "A"), ("2026-11-04", "B"), ("2026-11-06", "C"), ("2026-11-08", "A")]
    found = clashes(facts_of(*(call(day, agency) for day, agency in run)))
    assert len(found) > 3
    assert {one.lead for one in found} == {"A"}


def test_after_a_while_without_approaches_a_new_run_goes_by_who_was_last_in_touch():
    calls = [("2026-09-01", "A"), ("2026-09-02", "B"), ("2026-11-02", "C"), ("2026-11-03", "A")]
    found = clashes(facts_of(*(call(day, agency) for day, agency in calls)))
    assert [one.lead for one in found] == ["A", "B"]


def test_what_lies_ahead_comes_first_and_then_the_newest():
    days = [("2026-09-01", "A"), ("2026-09-02", "B"), ("2026-11-02", "A"), ("2026-11-03", "B")]
    days += [("2026-12-01", "A"), ("2026-12-02", "B"), ("2027-01-11", "A"), ("2027-01-12", "B")]
    seen = clash_list(facts_of(*(call(day, agency, Status="") for day, agency in days)))["Second date"]
    assert seen.tolist() == ["2026-12-02", "2027-01-12", "2026-11-03", "2026-09-02"]


def test_both_rows_of_the_engagement_list_carry_the_clash():
    facts = facts_of(call("2026-11-02", "A"), call("2026-11-03", "B"), call("2026-01-03", "B"))
    key = clashes(facts)[0].key
    assert engagement_list(facts)["Clash"].tolist() == [key, key, ""]


def test_the_limits_are_the_partnerships():
    pair = call("2026-11-02", "A"), call("2026-11-12", "B")
    assert len(clashes(facts_of(*pair, clash_days=10))) == 1


days = st.integers(1, 28).map(lambda day: f"2026-11-{day:02d}")


@given(
    st.lists(st.tuples(days, st.sampled_from("ABC"), st.sampled_from(["Visit", "Redundancy"])), max_size=8)
)
def test_two_agencies_within_the_limit_are_always_told_of_each_other(told):
    facts = facts_of(*(call(day, agency, Type=kind) for day, agency, kind in told))
    found = {frozenset((one.first.agency, one.second.agency)) for one in clashes(facts)}
    close = {
        frozenset((a, b))
        for day, a, kind in told
        for other, b, its in told
        if a != b and abs(int(day[-2:]) - int(other[-2:])) <= (30 if "Redundancy" in (kind, its) else 7)
    }
    assert found == close


@given(st.permutations([("2026-11-02", "A"), ("2026-11-03", "B"), ("2026-11-06", "A"), ("2026-11-06", "C")]))
def test_the_order_of_rows_changes_no_clash(order):
    rows = [{**call(day, agency), "record_id": f"R-{day}{agency}"} for day, agency in order]
    assert {one.key for one in clashes(facts_of(*rows))} == {
        one.key for one in clashes(facts_of(*sorted(rows, key=str)))
    }


def test_the_tab_has_its_headings_even_when_empty():
    assert tuple(clash_list(make_facts()).columns) == HEADINGS
