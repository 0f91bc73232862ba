"""What a digest says beside the figures of the week: messages, plans, pledges, actions, silence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engage.digest.build import build_digest, built_tabs
from engage.digest.figures import charts
from engage.digest.links import EMPLOYERS, Links, published
from engage.digest.messages import introduction, messages
from engage.digest.model import Digest
from engage.digest.readers import Reader
from engage.digest.render import render
from engage.digest.standing import DASHBOARD
from engage.insight.happened import Line
from engage.model import History
from tests.insight.sample import COLLEGE, COUNCIL, FIRMS, make_facts, rich_facts

RUTH = Reader("Ruth Hale", "ruth.hale@harwick-college.example", COLLEGE)


def digest_of(facts=None, **rules: object) -> Digest:
    return build_digest(facts or rich_facts(), replace(RUTH, **rules), Links("../hub.xlsx"))


def both_parts(digest: Digest) -> tuple[str, str]:
    out = render(digest)
    return " ".join(out.html.split()), " ".join(out.text.split())


# --- Key messages ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({}, True),
        ({"From": "2026-11-23", "To": "2026-11-23"}, True),
        ({"From": "2026-11-24"}, False),
        ({"To": "2026-11-22"}, False),
        ({"To": "after Christmas"}, False),
        ({"Audience": f"Dale BC; {COLLEGE}"}, True),
        ({"Audience": COUNCIL}, False),
        ({"Text": ""}, False),
    ],
)
def test_a_key_message_is_told_to_its_audience_on_its_days(cells, told):
    row = {"Text": "Pledge week begins on 7 December", **cells}
    facts = make_facts({"Key messages": [row]}, agencies=rich_facts().agencies)
    assert bool(messages(facts, COLLEGE)) is told


def test_the_introduction_is_the_last_one_begun_for_its_audience_and_is_no_key_message():
    rows = [
        {"Text": "November's words", "Kind": "Introduction", "From": "2026-11-01"},
        {"Text": "October's words", "Kind": "Introduction", "From": "2026-10-01"},
        {"Text": "For the council", "Kind": "Introduction", "Audience": COUNCIL},
        {"Text": "December's words", "Kind": "Introduction", "From": "2026-12-01"},
        {"Text": "Pledge week begins on 7 December"},
    ]
    facts = make_facts({"Key messages": rows}, agencies=rich_facts().agencies)
    assert introduction(facts, COLLEGE) == "November's words"
    assert introduction(facts, COUNCIL) == "For the council"
    assert messages(facts, COLLEGE) == ("Pledge week begins on 7 December",)
    page, text = both_parts(digest_of(facts))
    assert page.index("November's words") < page.index("Pledge week begins")
    assert text.index("November's words") < text.index("Pledge week begins")


def test_a_key_message_stands_in_both_parts_and_gives_nobodys_details_away():
    facts = make_facts({"Key messages": [{"Text": "Ring Jo on 0161 496 0101 <b>now</b>"}]})
    page, text = both_parts(digest_of(facts))
    assert "Ring Jo on (contact details left out) &lt;b&gt;now&lt;/b&gt;" in page
    assert "Ring Jo on (contact details left out) <b>now</b>" in text


# --- Engagements ----------------------------------------------------------------------------------------


def test_engagements_are_drawn_by_reason_and_size_band_too():
    charts = {chart.title: chart for chart in digest_of().charts}
    assert set(charts) == {
        "Who was out there",
        "What kind of contact",
        "Why",
        "Which sectors",
        "How many people they employ",
    }
    assert [
        (bar.figure.label, bar.figure.now) for bar in charts["How many people they employ"].bars.items
    ] == [("50-99", 6)]


def test_size_bands_stand_from_the_smallest_to_the_largest_whichever_is_the_commonest():
    sizes = {"Size not known": 9, "1000+": 2, "20-49": 7, "5-9": 1, "100-249": 3}
    lines = [Line("By size band", name, count, 0, 0.0) for name, count in sizes.items()]
    (chart,) = charts(lines, published(Links("../hub.xlsx"), {}))
    names = [bar.figure.label for bar in chart.bars.items]
    assert names == ["5-9", "20-49", "100-249", "1000+", "Size not known"]


def test_an_employer_whose_size_nobody_asked_is_not_counted_as_small():
    facts = rich_facts()
    facts = replace(facts, employers=facts.employers.assign(**{"Employees in all": ""}))
    rows = built_tabs(facts)[DASHBOARD]
    assert list(rows[rows["Section"] == "By size band"]["Measure"]) == ["Size not known"]


def test_the_plans_of_the_next_fortnight_are_told_by_agency_and_open_their_rows():
    plans = digest_of().planned.items
    assert [(plan.agency, [talk.words for talk in plan.talks.items]) for plan in plans] == [
        (COUNCIL, ["Phone call, Friday 27 November"]),
        (COLLEGE, ["Visit, Thursday 26 November"]),
    ]
    assert all("Engagement" in talk.href for plan in plans for talk in plan.talks.items)
    page, text = both_parts(digest_of())
    assert "Planned for the next 14 days" in page
    assert "PLANNED FOR THE NEXT 14 DAYS" in text


def test_one_busy_agencys_plans_leave_room_for_the_others():
    talk = {"agency": COLLEGE, "Agency": COLLEGE, "Status": "Planned", "Date": "2026-11-26"}
    rows = [{**talk, "Employer": f"Firm {number}"} for number in range(12)]
    facts = make_facts({"Engagements": [*rows, {**talk, "agency": COUNCIL, "Employer": "Oak"}]})
    plans = digest_of(facts).planned.items
    assert [(len(plan.talks.items), plan.talks.more) for plan in plans] == [(1, 0), (3, 9)]
    assert all("and 9 more" in part for part in both_parts(digest_of(facts)))


# --- Pledges --------------------------------------------------------------------------------------------


def test_the_pledge_funnel_counts_each_employer_once_at_its_furthest_stage():
    funnel = digest_of().funnel
    assert [(figure.label, figure.now) for figure in funnel] == [
        ("Enquired", 1),
        ("Signed", 1),  # the bakery signed twice
        ("Started", 0),
        ("Delivered", 0),
    ]
    assert all("Dashboard" in figure.href for figure in funnel)


def test_a_pledge_that_lapsed_is_in_no_stage_and_no_pledges_make_no_funnel():
    pledges = [{"Pledge": "Skills pledge", "Employer": "Oak", "Stage": "Lapsed"}]
    assert digest_of(make_facts({"Pledges": pledges})).funnel == ()


# --- Actions --------------------------------------------------------------------------------------------


def test_the_plan_stands_in_colours_each_with_its_word():
    told = {figure.label: figure.now for figure in digest_of().action_figures}
    assert told == {
        "Actions overdue (red)": 1,
        "Actions at risk (amber)": 1,
        "Actions on track (green)": 1,
        "Actions complete (blue)": 1,
    }


def test_an_action_that_nobody_has_touched_for_two_months_is_stale():
    facts = rich_facts()
    fresh = {key: History("2026-01-05", {"Progress": "2026-11-20"}) for key in facts.histories}
    stale = [(one.ref, one.rag, one.word, one.due) for one in digest_of(facts).actions.items][1:]
    assert stale == [("1.1.a", "Green", "stale", "Ongoing. No change since 5 Jan 2026")]
    assert len(digest_of(replace(facts, histories=fresh)).actions.items) == 1


def test_what_is_done_is_never_stale():
    assert "1.1.b" not in {one.ref for one in digest_of().actions.items}


# --- Silence --------------------------------------------------------------------------------------------


def test_an_employer_gone_quiet_is_told_with_its_last_contact_and_opens_its_row():
    facts = rich_facts()
    firms = facts.employers.assign(**{"Last contact": "", "Last contact by": COUNCIL})
    firms.loc[0, "Last contact"] = "2026-05-20"
    (one,) = digest_of(replace(facts, employers=firms)).silent.items
    assert (one.employer, one.words) == (FIRMS[0][1], f"Last contact 20 May 2026, {COUNCIL}")
    assert EMPLOYERS.partition(" ")[0] in one.href
