"""The pledge funnel: distinct employers, duplicates once, views never people; counted again."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings

from engage.insight.capabilities import told
from engage.insight.pledge_funnel import CAPABILITY, TAB, WHOLE
from engage.insight.quarters import year_of
from engage.insight.weeks import week_of

from .registers import QUARTER, Register, rows_told, two_nights
from .sample import TODAY, make_facts

YEAR = year_of(TODAY)


def signed(register: Register, span) -> list[dict[str, str]]:
    """The first sign-up of each pledge by each employer, if it was in the period."""
    rows = [
        {**row, "record": f"R-PLEDGES{number}"}
        for number, row in enumerate(register.tables["Pledges"], 1)
        if row["Stage"] in {"Signed", "Started", "Delivered"} or (not row["Stage"] and row["Date signed"])
    ]
    first: dict[tuple[str, str], dict[str, str]] = {}
    for row in sorted(rows, key=lambda row: (row["Date signed"] or "9999", row["record"])):
        first.setdefault((row["Pledge"], row["employer_id"] or "somebody"), row)
    inside = (row for row in first.values() if row["Date signed"])
    return [
        row for row in inside if span.first <= date.fromisoformat(row["Date signed"]) <= min(span.last, TODAY)
    ]


def reached(rows: list[dict[str, str]]) -> tuple[int, int, int, int]:
    stages = [row["Stage"] or "Signed" for row in rows]
    started = sum(stage in {"Started", "Delivered"} for stage in stages)
    return (
        len(rows),
        started,
        stages.count("Delivered"),
        len({row["employer_id"] or "somebody" for row in rows}),
    )


SHOWN = ("Signed", "Of these started", "Of these delivered", "Employers")


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(two_nights)
def test_the_funnel_is_counted_in_distinct_employers_also_once_two_of_them_are_one(nights):
    for register in nights:
        for span in (QUARTER, YEAR):
            mine, told_rows = signed(register, span), rows_told(register.facts(), CAPABILITY, TAB, span)
            for row in told_rows:
                of_row = {
                    WHOLE: mine,
                    "Pledge": [one for one in mine if one["Pledge"] == row["Which"]],
                    "Route": [one for one in mine if (one["Route"] or "Not given") == row["Which"]],
                    "Agency": [one for one in mine if one["agency"] == row["Which"]],
                }.get(row["Counted by"])
                if of_row is not None:
                    assert tuple(row[name] for name in SHOWN) == reached(of_row)
            for unit in ("Week", "Quarter", "First touch", "Last touch", "Size band"):
                parts = [row["Signed"] for row in told_rows if row["Counted by"] == unit]
                assert not parts or sum(parts) == len(mine)


VIEWS = [
    {"Date": "2026-11-16", "Page": "Skills pledge page", "Views": "140", "Source of figure": "by week"},
    {"Date": "2026-11-17", "Page": "Skills pledge page", "Views": "30", "Source of figure": "by day"},
    {"Date": "2026-11-16", "Page": "Charter page", "Views": "25", "Source of figure": "by week"},
]
SIGN_UPS = [
    {
        "Pledge": "Skills pledge",
        "employer_id": "EMP-A",
        "Date signed": "2026-11-18",
        "Stage": "Delivered",
        "Route": "Pledge page",
    },
    {"Pledge": "Skills pledge", "employer_id": "EMP-A", "Date signed": "2026-11-19", "Stage": "Signed"},
    {"Pledge": "Charter", "employer_id": "EMP-A", "Date signed": "2026-11-20", "Stage": "Signed"},
    {"Pledge": "Charter", "employer_id": "EMP-B", "Stage": "Enquired"},
    {"Pledge": "Charter", "employer_id": "EMP-A", "Stage": "Enquired"},
]


def test_pledges_and_charters_stand_side_by_side_each_with_its_own_page_views():
    facts = make_facts({"Pledge page views": VIEWS, "Pledges": SIGN_UPS})
    rows = rows_told(facts, CAPABILITY, TAB, week_of(date(2026, 11, 18)))
    shown = {
        row["Which"]: (row["Page views"], row["Open enquiries"], row["Signed"])
        for row in rows
        if row["Counted by"] in {"Pledge", WHOLE}
    }
    assert shown == {WHOLE: (165, 1, 2), "Skills pledge": (140, 0, 1), "Charter": (25, 1, 1)}
    assert told(facts, CAPABILITY, week_of(date(2026, 11, 18))).says == (
        "2 pledges signed by 1 employer, of which 1 delivered by 23 Nov 2026; 165 views of the pledge pages, "
        "and 1 of the pledges signed there. Views are not people, so no share is made of them."
    )


@pytest.mark.parametrize(
    ("signed_on", "stage", "first", "last"),
    [
        ("2026-10-10", "Signed", "Dale", "Dale"),
        ("2026-11-10", "Signed", "Dale", "College"),
        ("2026-09-01", "Signed", "Nobody known", "Nobody known"),
    ],
)
def test_first_and_last_touch_are_who_spoke_to_the_employer_before_it_signed(signed_on, stage, first, last):
    talks = [
        {"employer_id": "EMP-A", "Date": "2026-10-05", "Status": "Done", "agency": "Dale"},
        {"employer_id": "EMP-A", "Date": "2026-11-05", "Status": "Done", "agency": "College"},
    ]
    pledge = {"Pledge": "Charter", "employer_id": "EMP-A", "Date signed": signed_on, "Stage": stage}
    rows = rows_told(make_facts({"Engagements": talks, "Pledges": [pledge]}), CAPABILITY, TAB, YEAR)
    touch = {row["Counted by"]: row["Which"] for row in rows}
    assert (touch["First touch"], touch["Last touch"]) == (first, last)
