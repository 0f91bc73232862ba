"""A pledge's stage as it was on an earlier day, as far as the register knows it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from engage.insight.capabilities import told_of
from engage.insight.facts import Facts, as_of
from engage.insight.pledge_funnel import CAPABILITY
from engage.insight.pledge_list import Stage, stage_of, stages_of
from engage.insight.quarters import quarter_named
from engage.insight.reading import rows_of
from engage.model import History

from .sample import make_facts

QUARTER = quarter_named("2026/27-Q2")
END = date(2026, 9, 30)
NAMES = {"Ashdown": "Delivered", "Birch": "Delivered", "Coal": "Signed", "Dale": "Enquired"}


def register(**histories: History) -> Facts:
    days = {"Ashdown": "2026-08-03", "Birch": "2026-08-10", "Coal": "2026-10-12"}
    facts = make_facts(
        {"Pledges": [{"Pledge": "Skills", "Employer": e, "Stage": s, "Date signed": days.get(e, ""),
                      "record_id": e, "employer_id": e} for e, s in NAMES.items()]}
    )  # fmt: skip
    return replace(facts, histories={**facts.histories, **histories})


def then(facts: Facts) -> dict[str, Stage | None]:
    earlier = as_of(facts, END)
    return {row["record_id"]: stage_of(earlier, row) for row in rows_of(earlier, "Pledges")}


def test_a_stage_that_has_not_changed_since_is_what_it_was():
    assert then(register()) == {name: Stage(stage) for name, stage in NAMES.items()}


def test_one_that_changed_since_is_told_as_it_is_now_and_says_so():
    facts = register(Birch=History("2026-01-05", {"Stage": "2026-10-20"}))
    assert then(facts)["Birch"] == Stage("Delivered", is_later=True)
    insight = told_of(facts, CAPABILITY, QUARTER)
    assert insight.says == (
        "2 pledges signed by 2 employers, of which 2 delivered by 30 Sep 2026. "
        "The stage of 1 has changed since 30 Sep 2026 and counts as it is now."
    )
    notes = {one.label: one.note for one in insight.headlines}
    assert notes["Delivered"] == "stage on 30 Sep 2026, of 1 as it is now"
    assert notes["Signed"] == "stage on 30 Sep 2026"


def test_one_signed_after_that_day_was_an_enquiry_then():
    facts = register(Coal=History("2026-01-05", {"Stage": "2026-10-12"}))
    assert then(facts)["Coal"] == Stage("Enquired")


def test_one_that_was_not_in_the_register_yet_is_not_counted():
    facts = register(Dale=History("2026-11-02"))
    assert then(facts)["Dale"] is None
    assert stages_of(as_of(facts, END))["Enquired"] == (0, 0)
    assert stages_of(facts)["Enquired"] == (1, 0)


def test_one_typed_late_with_its_day_was_signed_then_but_how_far_it_was_is_not_known():
    facts = register(Ashdown=History("2026-10-01"))
    assert then(facts)["Ashdown"] == Stage("Delivered", is_later=True)


def test_a_register_that_began_later_says_of_every_stage_but_signed_that_it_is_of_now():
    facts = register(**dict.fromkeys(NAMES, History("2026-11-02")))
    assert then(facts) == {
        "Ashdown": Stage("Delivered", is_later=True),
        "Birch": Stage("Delivered", is_later=True),
        "Coal": Stage("Signed", is_later=True),
        "Dale": Stage("Enquired", is_later=True),
    }
