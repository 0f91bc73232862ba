"""The single offer against plain dictionaries, and against the bank holidays that gov.uk publishes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engage.insight.facts import as_of
from engage.insight.quarters import quarter_of
from engage.insight.single_offer import CAPABILITY
from engage.insight.situations import situations, working_days_after
from engage.insight.weeks import week_of
from engage.model import History

from .registers import three_nights
from .sample import COLLEGE, COUNCIL, TODAY, make_facts

QUARTER = quarter_of(TODAY)
# www.gov.uk/bank-holidays, England and Wales, those around which the days below fall
BANK_HOLIDAYS = {
    *(date(2026, month, day) for month, day in ((1, 1), (4, 3), (4, 6), (5, 4), (5, 25), (8, 31))),
    *(date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1)),
}


def about(day: str, agency: str = COLLEGE, firm: str = "EMP-1", **more: str) -> dict[str, str]:
    cells = {"Date": day, "agency": agency, "employer_id": firm, "Employer": f"Firm {firm[-1]}"}
    return {**cells, "Status": "Done", "Type": "Redundancy", **more}


def facts_of(*rows: dict[str, str], **more: object):
    return make_facts({"Engagements": rows}, **more)


def stand(*rows: dict[str, str], **more: object) -> list[str]:
    return [one.stands for one in situations(facts_of(*rows, **more))]


def figures(facts) -> dict[str, int | None]:
    return {one.label: one.value for one in CAPABILITY.tell(facts, QUARTER).headlines}


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2026, 11, 23), date(2026, 11, 30)),
        (date(2026, 12, 23), date(2027, 1, 4)),  # Christmas, the substitute for Boxing Day, New Year
        (date(2026, 4, 1), date(2026, 4, 10)),  # Good Friday and Easter Monday
        (date(2026, 11, 21), date(2026, 11, 27)),  # a Saturday
    ],
)
def test_five_working_days_leave_out_weekends_and_englands_bank_holidays(day, due):
    assert working_days_after(day, 5) == due


@given(st.dates(date(2026, 1, 2), date(2026, 12, 31)))
def test_working_days_are_those_counted_by_hand(day):
    left, on = 5, day
    while left:
        on += timedelta(days=1)
        left -= on.weekday() < 5 and on not in BANK_HOLIDAYS
    assert working_days_after(day, 5) == on


@pytest.mark.parametrize(
    ("offer", "stands"),
    [("2026-11-09", "In time"), ("2026-11-10", "Late"), ("", "Overdue")],
)
def test_an_offer_counts_by_the_day_of_the_row_that_says_so(offer, stands):
    rows = [about("2026-11-02")]
    rows += [about(offer, COUNCIL, Type="Meeting", **{"Offer made": "Yes"})] if offer else []
    assert stand(*rows) == [stands]


def test_an_offer_ticked_later_counts_by_the_day_on_which_it_was():
    facts = facts_of(about("2026-11-02", **{"Offer made": "Yes"}))
    assert [one.stands for one in situations(facts)] == ["In time"]
    later = History("2026-11-02", {"Offer made": "2026-11-12"})
    known = replace(facts, histories={"R-ENGAGEMENTS1": later})
    assert [one.stands for one in situations(known)] == ["Late"]
    assert [one.stands for one in situations(as_of(known, date(2026, 11, 11)))] == ["Overdue"]


def test_what_several_agencies_do_about_one_redundancy_is_one_situation():
    rows = [about("2026-11-02"), about("2026-11-05", COUNCIL, **{"Number of jobs": "35"})]
    (one,) = situations(facts_of(*rows, about("2026-11-03", firm="EMP-2")))[:1]
    assert (one.agencies, one.jobs, len(one.rows)) == ((COLLEGE, COUNCIL), 35, 2)
    assert len(situations(facts_of(about("2026-08-01"), about("2026-11-02")))) == 2


@pytest.mark.parametrize(
    ("day", "rows", "stands"),
    [
        (date(2026, 10, 4), 0, ""),
        (date(2026, 10, 8), 1, "Not yet due"),
        (date(2026, 10, 19), 1, "Overdue"),
        (date(2026, 10, 20), 2, "Late"),
        (date(2026, 11, 10), 3, "Late"),
    ],
)
def test_a_situation_is_told_of_an_earlier_day_as_it_stood_then(day, rows, stands):
    facts = facts_of(
        about("2026-10-05"),
        about("2026-10-20", **{"Offer made": "Yes"}),
        about("2026-11-10", COUNCIL, **{"Offer made": "Yes"}),
    )
    told = [(len(one.rows), one.stands) for one in situations(as_of(facts, day))]
    assert told == ([(rows, stands)] if rows else [])


def test_a_vacancy_for_many_jobs_is_a_large_recruitment_as_the_partnership_counts():
    rows = [about("2026-11-02", Type="Vacancy", **{"Number of jobs": jobs}) for jobs in ("19", "")]
    assert not situations(facts_of(*rows))
    many = about("2026-11-02", Type="Vacancy", **{"Number of jobs": "20"})
    assert [one.kind for one in situations(facts_of(many))] == ["Large-scale recruitment"]
    assert not situations(facts_of(many, large_recruitment=21))


def test_an_offer_to_the_same_employer_about_something_else_answers_no_redundancy():
    hiring = about("2026-11-04", Type="Large-scale recruitment", **{"Offer made": "Yes"})
    assert sorted(stand(about("2026-11-02"), hiring)) == ["In time", "Overdue"]


def test_one_without_an_offer_is_news_for_those_concerned_and_a_row_to_mend_and_is_neither_once_it_is_made():
    left = about("2026-11-12", workbook="college")
    told = CAPABILITY.tell(facts_of(left), week_of(date(2026, 11, 19)))
    assert [(one.text, one.agencies) for one in told.news] == [
        ("Redundancy at Firm 1: no offer is on record by 19 November 2026.", frozenset({COLLEGE}))
    ]
    assert [(one.kind, one.place.workbook) for one in told.problems] == [("no-offer-made", "college")]
    made = about("2026-11-16", Type="Email", **{"Offer made": "Yes"})
    mended = CAPABILITY.tell(facts_of(left, made), week_of(date(2026, 11, 19)))
    assert (mended.news, mended.problems) == ((), ())


def test_kinds_of_which_there_were_none_are_not_counted_out():
    hiring = about("2026-11-02", Type="Large-scale recruitment", **{"Offer made": "Yes"})
    assert CAPABILITY.tell(facts_of(hiring), QUARTER).says.startswith("1 situation: 1 large recruitment. The")
    earlier = CAPABILITY.tell(facts_of(about("2026-09-01")), QUARTER).says
    assert earlier == (
        "No redundancy and no large recruitment began. 1 earlier one waits for the offer, overdue."
    )


def test_an_offer_that_was_not_made_half_a_year_ago_is_no_longer_a_row_to_mend():
    told = CAPABILITY.tell(facts_of(about("2026-05-01")), QUARTER)
    assert (told.problems, figures(facts_of(about("2026-05-01")))["Still without an offer, overdue"]) == (
        (),
        0,
    )


def test_planned_and_cancelled_ones_are_no_situations_and_a_share_of_none_is_not_known():
    rows = [about("2026-11-12", Status="Cancelled"), about("2026-12-12", Status="Planned")]
    assert figures(facts_of(*rows))["Situations with an offer, %"] is None


ROWS = st.lists(
    st.tuples(
        st.integers(0, 53), st.sampled_from(["EMP-1", "EMP-2", "EMP-3"]), st.sampled_from(["Yes", "No", ""]),
        st.sampled_from(["Redundancy", "Large-scale recruitment"]),
    ),
    max_size=8, unique_by=lambda one: one[:2],
)  # fmt: skip


@settings(max_examples=30, deadline=None)
@given(ROWS)
def test_the_shares_are_those_of_a_plain_count_before_and_after_a_merge_and_a_split(told):
    """All rows lie within 53 days, and each firm's within 45 of one another or not: both happen."""
    for whose in three_nights("EMP-1", "EMP-2", "EMP-4"):
        rows = [
            (date(2026, 10, 1) + timedelta(days=at), whose(firm, number), offer, kind)
            for number, (at, firm, offer, kind) in enumerate(told)
        ]
        found = []
        for day, firm, offer, kind in sorted(rows):
            same = [one for one in found if one["key"] == (firm, kind) and (day - one["last"]).days <= 45]
            if same:
                same[-1]["last"] = day
                same[-1]["offers"] += [day] if offer == "Yes" else []
            else:
                offers = [day] if offer == "Yes" else []
                found.append({"key": (firm, kind), "first": day, "last": day, "offers": offers})
        calls = [
            about(str(day), firm=firm, Type=kind, **{"Offer made": offer}) for day, firm, offer, kind in rows
        ]
        told_now = figures(facts_of(*calls))
        offered = [one for one in found if one["offers"]]
        in_time = [one for one in offered if one["offers"][0] <= working_days_after(one["first"], 5)]
        share = len(offered) * 100 // len(found) if found else None
        assert told_now["Redundancies"] == sum(one["key"][1] == "Redundancy" for one in found)
        assert told_now["Situations with an offer, %"] == share
        assert told_now["With an offer in 5 working days, %"] == (
            len(in_time) * 100 // len(found) if found else None
        )


def test_those_that_still_wait_from_before_the_period_are_told_apart():
    facts = facts_of(
        about("2026-11-02"), about("2026-09-01", firm="EMP-2"), about("2026-08-03", firm="EMP-3")
    )
    said = CAPABILITY.tell(facts, QUARTER).says
    assert said.startswith("1 situation: 1 redundancy.")
    assert said.endswith("3 still wait for it, overdue, 2 of them from before.")
