"""What else has changed: a line for a capability that has, and its news for those whom it concerns."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engage.digest.model import Capped, ChangeItem, Digest, Figure
from engage.digest.readers import MY_AGENCY, MY_EMPLOYERS
from engage.digest.render import render
from engage.insight.capability import Capability, Headline, Insight, News
from engage.insight.facts import Facts
from engage.insight.weeks import Period
from tests.insight.sample import CHAMBER, COLLEGE, FIRMS, TODAY, facts_of_all

from .test_digest import READER, Page, digest_of

NEWS = (
    News("Brightwell Bakery took the last seat", frozenset({FIRMS[0][0]}), frozenset({COLLEGE})),
    News("A seat is vacant", agencies=frozenset({CHAMBER})),
)


def seats(now: int | None, before: int | None, **more: object) -> Capability:
    """A capability with one figure: so many today, so many on any earlier day."""

    def tell(facts: Facts, span: Period) -> Insight:
        filled = now if facts.today == TODAY else before
        return Insight(f"{now} seats are filled.", (Headline("Seats filled", filled),), news=NEWS)

    made = Capability("seats", 5, "Seats", "", ("Target list (built nightly)",), tell)
    return replace(made, **more)


@pytest.fixture
def told(monkeypatch):
    def digest(capability: Capability, **reader: object) -> Digest:
        for module in ("engage.digest.changes", "engage.insight.dashboard"):
            monkeypatch.setattr(f"{module}.CAPABILITIES", (capability,))
        return digest_of(facts_of_all(), replace(READER, **reader))

    return digest


def lines(digest: Digest) -> list[str]:
    return [change.words for change in digest.changes.items]


def test_a_figure_that_has_changed_is_a_line_that_opens_the_tab_and_links_the_dashboard(told):
    change = told(seats(5, 3)).changes.items[0]
    assert (change.title, change.words) == ("Seats", "5 seats are filled.")
    assert "Target%20list" in change.href
    (figure,) = change.figures
    assert (figure.now, figure.before, figure.in_dashboard) == (5, 3, True)
    assert "Dashboard" in figure.href


def test_what_has_not_changed_has_no_past_or_is_told_elsewhere_has_no_line(told):
    for capability in (seats(5, 5), seats(5, 3, told_in="Events")):
        assert "5 seats are filled." not in lines(told(capability))


def test_nobody_knew_before_is_a_change_and_no_zero(told):
    (figure,) = told(seats(5, None)).changes.items[0].figures
    assert (figure.now, figure.before) == (5, None)


def test_news_are_for_those_whom_they_concern(told):
    assert lines(told(seats(5, 5))) == [news.text for news in NEWS]
    assert lines(told(seats(5, 3), about=MY_AGENCY)) == [NEWS[0].text]
    assert lines(told(seats(5, 3), about=MY_EMPLOYERS)) == [NEWS[0].text]  # R. Hale has visited the bakery
    assert lines(told(seats(5, 3), about=MY_EMPLOYERS, name="Jo Nobody")) == []


def test_a_coordinator_may_leave_it_out(told):
    assert not told(seats(5, 3), sections=("Events",)).changes
    assert told(seats(5, 3), sections=("What else has changed",)).changes


def test_both_parts_say_it_in_figures_and_its_news_in_words(told):
    out = render(told(seats(5, 3)))
    for seen in (Page(out.html).text, " ".join(out.text.split())):
        part = seen.casefold().partition("what else has changed")[2].strip("- ")
        assert part.startswith("this week before seats seats filled 5 3")
        assert NEWS[0].text in seen
        assert part.count("seats filled") == 1


def test_figures_of_the_agencys_own_workbook_are_marked_and_the_mark_is_said_once_at_the_end(told):
    plain = told(seats(5, 3))
    (first, *_) = plain.changes.items
    own = replace(first, figures=(replace(first.figures[0], in_dashboard=False, in_own_tab=True),))
    problems = Figure("Problems to fix in your rows", 43, in_own_tab=True)
    out = render(replace(plain, changes=Capped((own,)), waiting=(problems,)))
    for seen in (Page(out.html).text, " ".join(out.text.split())):
        assert "5†" in seen.replace("5 †", "5†")
        assert "43†" in seen
        assert (
            seen.count("† A row of Your figures or Your weeks and months in your agency's own workbook") == 1
        )
        assert "Every other figure is a row of the Dashboard" in seen
    assert "†" not in render(plain).html


def test_contact_details_never_stand_in_a_line(told, monkeypatch):
    capability = replace(
        seats(5, 3),
        tell=lambda facts, span: Insight(
            "Ring 0161 496 0123.", (Headline("Seats filled", 5 if facts.today == TODAY else 3),)
        ),
    )
    assert "0161" not in str(told(capability).changes)
    assert isinstance(told(capability).changes.items[0], ChangeItem)


def test_news_alone_stand_under_no_columns_of_figures(told):
    out = render(told(seats(5, 5)))
    for seen in (Page(out.html).text, " ".join(out.text.split())):
        assert NEWS[0].text in seen
        assert "this week before" not in seen.casefold().partition("what else has changed")[2]


def test_all_that_has_changed_of_one_capability_stands_below_its_name_once(told):
    (group,) = (one for one in told(seats(5, 3)).changed if one.title == "Seats")
    assert [line if isinstance(line, str) else line.label for line in group.lines] == [
        "Seats filled",
        *(one.text for one in NEWS),
    ]
    page = render(told(seats(5, 3))).html
    assert page.count('class="about first"') == page.count('class="about') == 1
