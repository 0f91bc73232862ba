"""What people do to the tabs that the system builds: nothing typed there is lost, nobody's word forgotten."""

from datetime import timedelta

import pytest

from engage.errors import UnsafePlan

from .partnership import NOW, Town, by_heading, row_of

pytestmark = pytest.mark.slow

LATER, LATER_STILL = NOW + timedelta(hours=1), NOW + timedelta(hours=2)
GREY = [
    "Decisions",
    "Sync log",
    "Mail stops",
    "To review",
    "Problems to fix",
    "Start here",
    "Employer list (built nightly)",
]


@pytest.fixture
def town(tmp_path):
    names = ("Acorn Trust", "Bridge Cafe", "Cask Wines")
    town = Town(
        tmp_path, Employers=[row_of("Employers", Employer=n, Postcode="M34 3QQ", Agency="MBC") for n in names]
    )
    town.sync()
    return town


def answered(town, *answers):
    column = town.hub.rows("To review")[0].index("Decision") + 1
    for row, answer in enumerate(answers, 2):
        town.hub.type("To review", row, column, answer)
    town.sync(LATER)
    return town.hub.rows("Employer list (built nightly)"), town.hub.rows("Decisions")


def right_of_everything(town, tab):
    town.hub.type(tab, min(2, len(town.hub.rows(tab))), len(town.hub.rows(tab)[0]) + 2, "ask Jo")


def in_a_column_of_their_own(town, tab):
    town.hub.insert_column(tab, 2, "Our notes")
    town.hub.type(tab, 2, 2, "ask Jo")


def above_the_headings(town, tab):
    town.hub.insert_row(tab, 1, ["ask Jo"])


def over_a_heading(town, tab):
    town.hub.type(tab, 1, len(town.hub.rows(tab)[0]), "ask Jo")


@pytest.mark.parametrize("tab", GREY)
@pytest.mark.parametrize(
    "edit", [right_of_everything, in_a_column_of_their_own, above_the_headings, over_a_heading]
)
def test_a_text_typed_around_a_grey_tab_stays_or_is_in_problems_to_fix(town, tab, edit):
    edit(town, tab)
    try:
        town.sync(LATER)
    except UnsafePlan:  # the tab is needed as it was: all is left as it is
        assert tab == "Decisions"
    typed = town.texts("hub", tab) | town.texts("hub", "Problems to fix")
    assert "ask Jo" in typed


def test_a_title_above_the_decisions_leaves_every_decision_in_force(town):
    lists, decisions = answered(town, "Different", "Same")
    town.hub.insert_row("Decisions", 1, ["Our decisions"])
    town.sync(LATER_STILL)
    assert town.hub.rows("Decisions") == decisions
    assert town.hub.rows("Employer list (built nightly)") == lists


@pytest.mark.parametrize("heading", ["Pair", "Decision", "Undone on"])
def test_a_heading_of_decisions_that_is_gone_stops_everything(town, heading):
    answered(town, "Different", "Same")
    town.hub.rename_heading("Decisions", heading, "Other words")
    before = town.grids()
    with pytest.raises(UnsafePlan, match="lost the heading"):
        town.sync(LATER_STILL)
    assert town.grids() == before


@pytest.mark.parametrize("how", ["a row", "all rows", "the tab"])
def test_decisions_that_are_gone_stop_everything_until_a_person_says_so(town, how):
    _, decisions = answered(town, "Different", "Same")
    if how == "the tab":
        town.hub.delete_tab("Decisions")
    for _ in decisions[1 : {"a row": 2, "all rows": None, "the tab": 1}[how]]:
        town.hub.delete_row("Decisions", 2)
    before = town.grids()
    with pytest.raises(UnsafePlan, match="rows of Decisions are gone"):
        town.sync(LATER_STILL)
    assert town.grids() == before
    assert town.sync(LATER_STILL, allow_deletions=True).pushed


def test_sorting_decisions_changes_nothing(town):
    lists, decisions = answered(town, "Different", "Same")
    town.hub.sort("Decisions", 3, reverse=True)
    town.sync(LATER_STILL)
    assert town.hub.rows("Employer list (built nightly)") == lists
    assert set(town.hub.rows("Decisions")) == set(decisions)


def test_answers_below_a_title_that_somebody_put_above_them_are_taken(town):
    town.hub.insert_row("To review", 1, ["For Priya to answer"])
    column = town.hub.rows("To review")[1].index("Decision") + 1
    key = town.hub.rows("To review")[2][0]
    town.hub.type("To review", 3, column, " same ")
    town.sync(LATER)
    said = {row["Pair"]: row["Decision"] for row in by_heading(town.hub.rows("Decisions"))}
    assert said[key] == "Same"
