"""What a person types over a value of a list can be made to stand: used, explained, taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from engage.built.chosen import Choice, choices, met_tonight, record_for
from engage.built.decision_book import read_book
from engage.built.why import why
from engage.cache import Cache
from engage.config import HUB
from engage.model import Membership
from tests.partnership import COLLEGE, NOW, SCHEMA, Town, by_heading, row_of

pytestmark = pytest.mark.slow

FIRMS = "Employer list (built nightly)"
EMBER, TYPED = "Ember Digital Ltd", "0161 496 0999"
SHOWN = {"Ember Digital Ltd", "Ember Digital Limited"}


@pytest.fixture
def town(tmp_path):
    town = Town(tmp_path)
    town.sync()
    return town


def night(number):
    return NOW + timedelta(days=number)


def ember(town):
    return next(row for row in by_heading(town.hub.rows(FIRMS)) if row["Employer"] in SHOWN)


def type_over(town, heading, text, employer=None):
    header, *rows = town.hub.rows(FIRMS)
    wanted = employer or ember(town)["Employer"]
    row = next(n for n, cells in enumerate(rows, 2) if cells[header.index("Employer")] == wanted)
    town.hub.type(FIRMS, row, header.index(heading) + 1, text)


def choose(town, tab, key_heading, key, column, answer):
    header, *rows = town.hub.rows(tab)
    row = next(n for n, cells in enumerate(rows, 2) if cells[header.index(key_heading)] == key)
    town.hub.type(tab, row, header.index(column) + 1, answer)


def used(town, heading, text, *, first=1):
    """Typed over a value on one day, answered on the next: two nights."""
    type_over(town, heading, text)
    town.sync(night(first))
    choose(town, "Problems to fix", "What it says", text, "Decision", "Use this")
    return town.sync(night(first + 1))


def values_decided(town):
    return [row for row in by_heading(town.hub.rows("Decisions")) if row["About"] == "Value"]


def test_a_value_typed_over_a_list_and_used_stands_there_from_that_night_on(town):
    assert ember(town)["Phone"] == "0161 496 0200"
    used(town, "Phone", TYPED)
    row, (decided,) = ember(town), values_decided(town)
    assert row["Phone"] == TYPED
    assert "decided by a person on 18/11/2026: Phone" in row["Where each value came from"]
    assert (decided["B"], decided["How decided"]) == (f"Phone: {TYPED}", "by a person")
    assert decided["Pair"] == f"{row['Employer ID']} Phone"
    assert TYPED not in town.texts("hub", "Problems to fix")
    assert town.sync(night(2)).cells_written == 0
    town.sync(night(3))
    assert ember(town)["Phone"] == TYPED


def test_a_value_is_tied_to_the_employers_own_rows_before_any_engagement(tmp_path):
    talks = [row_of("Engagements", Employer=EMBER, Date="2026-11-10", Agency="MBC") for _ in range(6)]
    town = Town(tmp_path, Engagements=talks)
    town.sync()
    used(town, "Phone", TYPED)
    night_after = town.sync(night(3)).night
    own = {record.record_id for record in night_after.intake.records if record.tab == "Employers"}
    first, second, *_ = values_decided(town)[0]["Compared"].split()
    assert {first.partition("#")[0], second.partition("#")[0]} <= own


def test_staff_rows_are_not_touched_by_a_value_that_is_used(town):
    before = town.college.rows("Firms"), town.jobcentre.rows("List")
    used(town, "Phone", TYPED)
    assert (town.college.rows("Firms"), town.jobcentre.rows("List")) == before


def test_undo_brings_back_what_the_rows_say(town):
    used(town, "Phone", TYPED)
    (decided,) = values_decided(town)
    choose(town, "Decisions", "Pair", decided["Pair"], "Undo", "Undo")
    town.sync(night(3))
    assert ember(town)["Phone"] == "0161 496 0200"
    assert "decided by" not in ember(town)["Where each value came from"]
    assert values_decided(town)[0]["Undone on"] == night(3).date().isoformat()
    assert town.sync(night(3)).cells_written == 0


def test_why_names_the_decision_and_the_values_that_gave_way(town):
    report = used(town, "Phone", TYPED)
    key = ember(town)["Employer ID"]
    found = why(report.night.facts[HUB], SCHEMA, report.night.book, key, "phone")
    stands = [one for one in found.said if one.stands]
    assert [(one.value, one.rule, one.tab) for one in stands] == [
        (TYPED, "decided by a person on 18/11/2026", "Decisions")
    ]
    assert {one.value for one in found.said if not one.stands} == {"0161 496 0200"}


def test_the_later_of_two_decisions_on_one_field_stands_and_undo_brings_back_the_earlier(town):
    used(town, "Phone", TYPED)
    used(town, "Phone", "0161 496 0888", first=3)
    assert ember(town)["Phone"] == "0161 496 0888"
    choose(town, "Decisions", "Pair", values_decided(town)[1]["Pair"], "Undo", "Undo")
    town.sync(night(5))
    assert ember(town)["Phone"] == TYPED


def test_deleting_the_cache_loses_no_decided_value(town, tmp_path):
    used(town, "Phone", TYPED)
    town.partnership = replace(town.partnership, cache=Cache(tmp_path / "another.sqlite"))
    assert town.sync(night(2)).cells_written == 0
    assert ember(town)["Phone"] == TYPED


def test_a_decided_value_is_in_the_agencies_own_lists_too(town):
    used(town, "Town", "Denton")
    rows = by_heading(town.college.rows("Your employers (built nightly)"))
    assert {row["Town"] for row in rows if row["Employer"] in SHOWN} == {"Denton"}


def test_a_decided_value_is_gone_from_the_hub_once_its_agency_shares_no_more(town):
    type_over(town, "Phone", TYPED, "Kestrel Payroll LLP")
    town.sync(night(1))
    choose(town, "Problems to fix", "What it says", TYPED, "Decision", "Use this")
    town.sync(night(2))
    assert TYPED in town.texts("hub", FIRMS)
    sharing = "Share contact details with partners"
    choose(town, "Agencies", "Agency", COLLEGE, sharing, "No")
    town.sync(night(3))
    assert not [tab.title for tab in town.hub.read().tabs if TYPED in str(tab.rows)]
    assert town.sync(night(3)).cells_written == 0


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("Agencies", "ask Jo"),  # worked out
        ("Notes", "never call"),  # joined, never merged away
        ("Rest until", "2027-01-01"),  # the latest that any agency asked for
        ("Phone", "ask Jo"),  # not a phone number
        ("Employer ID", "mine"),
    ],
)
def test_what_is_not_offered_changes_nothing_and_is_handed_back(town, heading, text):
    before = town.hub.rows(FIRMS)
    used(town, heading, text)
    assert town.hub.rows(FIRMS) == before
    assert values_decided(town) == []
    assert text in town.texts("hub", "Problems to fix")


def test_use_this_on_an_agencys_own_problem_does_nothing(town):
    header = town.college.rows("Your employers (built nightly)")[0]
    town.college.type("Your employers (built nightly)", 2, header.index("Town") + 1, "Ashtown")
    town.sync(night(1))
    header, *rows = town.college.rows("Problems to fix")
    row = next(n for n, cells in enumerate(rows, 2) if "Ashtown" in cells)
    town.college.type("Problems to fix", row, header.index("Decision") + 1, "Use this")
    town.sync(night(2))
    assert values_decided(town) == []
    assert "Ashtown" in town.texts("college", "Problems to fix")
    assert "Ashtown" not in town.texts("hub", FIRMS)


def test_what_is_said_of_a_use_this_without_effect_can_be_left_once_and_for_all(town):
    header = town.college.rows("Your employers (built nightly)")[0]
    town.college.type("Your employers (built nightly)", 2, header.index("Town") + 1, "Ashtown")
    town.sync(night(1))
    header, *rows = town.college.rows("Problems to fix")
    row = next(n for n, cells in enumerate(rows, 2) if "Ashtown" in cells)
    town.college.type("Problems to fix", row, header.index("Decision") + 1, "Use this")
    town.sync(night(2))
    said = next(
        n for n, cells in enumerate(town.college.rows("Problems to fix"), 1) if "Use this" in cells[4:5]
    )
    town.college.type("Problems to fix", said, header.index("Decision") + 1, "Leave as it is")
    town.sync(night(3))
    assert "Use this" not in [cells[4] for cells in town.college.rows("Problems to fix")]
    assert town.sync(night(3)).cells_written == 0


def test_an_answer_of_ones_own_words_decides_nothing(town):
    type_over(town, "Phone", TYPED)
    town.sync(night(1))
    choose(town, "Problems to fix", "What it says", TYPED, "Decision", "yes please use it")
    town.sync(night(2))
    assert values_decided(town) == []
    assert ember(town)["Phone"] == "0161 496 0200"
    assert "yes please use it" in town.texts("hub", "Problems to fix")


def test_a_decided_value_follows_its_record_into_a_merge_and_the_later_of_two_stands(town):
    """Dobson and Holt are two employers until somebody gives them one name."""
    for number, (employer, text) in enumerate(
        [("Dobson Joinery", TYPED), ("Holt Roofing", "0161 496 0777")], 1
    ):
        type_over(town, "Phone", text, employer)
        town.sync(night(2 * number - 1))
        choose(town, "Problems to fix", "What it says", text, "Decision", "Use this")
        town.sync(night(2 * number))
    town.college.type("Firms", 6, 1, "Dobson Joinery")
    town.sync(night(5))
    rows = [row for row in by_heading(town.hub.rows(FIRMS)) if row["Employer"] == "Dobson Joinery"]
    assert [row["Phone"] for row in rows] == ["0161 496 0777"]
    said = [text for text in town.texts("hub", "Sync log") if "two values that people decided on" in text]
    assert len(said) == 1
    assert TYPED not in said[0]
    assert town.sync(night(5)).cells_written == 0


@pytest.mark.parametrize("column", ["B", "Pair", "Compared"])
def test_what_is_typed_over_a_value_in_decisions_has_no_effect_and_is_reported(town, column):
    used(town, "Phone", TYPED)
    (decided,) = values_decided(town)
    choose(town, "Decisions", "Pair", decided["Pair"], column, "Phone: 0161 496 0001")
    town.sync(night(3), allow_deletions=True)
    assert ember(town)["Phone"] == "0161 496 0200"
    assert [text for text in town.texts("hub", "Problems to fix") if "row of Decisions cannot be" in text]


def test_a_used_value_waits_in_problems_to_fix_until_decisions_holds_it(town):
    """Somebody types in Decisions at the very moment when the sync would add the row to it."""
    type_over(town, "Phone", TYPED)
    town.sync(night(1))
    choose(town, "Problems to fix", "What it says", TYPED, "Decision", "Use this")
    edits = [lambda: town.hub.type("Decisions", 2, 5, "scribble")]
    town.hub.between = lambda moment, _: edits.pop()() if moment == "before-guard" and edits else None
    town.sync(night(2))
    assert values_decided(town) == []
    assert TYPED in town.texts("hub", "Problems to fix")
    town.sync(night(2))
    assert len(values_decided(town)) == 1
    assert ember(town)["Phone"] == TYPED


# --- The rules by themselves ---------------------------------------------------------------------------

ONE = Choice("EMP-0000001 Phone", "EMP-0000001", "Phone", TYPED, "2026-11-20 02:00", "", ("R-A#0",))
TWO = Choice("EMP-0000002 Phone", "EMP-0000002", "Phone", "x", "2026-11-21 02:00", "", ("R-B#0",))


def test_a_value_finds_its_record_by_its_mentions_once_the_identifier_is_gone():
    merged = Membership(employers={"EMP-0000009": frozenset({"R-A#0", "R-C#0"})})
    assert record_for(ONE, merged) == "EMP-0000009"
    assert record_for(TWO, merged) == ""


def test_values_are_said_to_meet_on_the_night_of_the_merge_alone():
    apart = Membership({"EMP-0000001": frozenset({"R-A#0"}), "EMP-0000002": frozenset({"R-B#0"})})
    merged = Membership({"EMP-0000001": frozenset({"R-A#0", "R-B#0"})})
    (line,) = met_tonight([ONE, TWO], apart, merged)
    assert "“EMP-0000002 Phone” of 2026-11-21 stands" in line
    assert not list(met_tonight([ONE, TWO], merged, merged))
    assert not list(met_tonight([ONE, TWO], apart, apart))


def test_a_row_that_somebody_sorted_or_copied_still_says_the_same(town):
    used(town, "Phone", TYPED)
    tab = town.hub.read().tab("Decisions")
    before = {(one.golden_id, one.heading, one.text) for one in choices(read_book(tab))}
    town.hub.insert_row("Decisions", 2, town.hub.rows("Decisions")[-1])
    after = {(o.golden_id, o.heading, o.text) for o in choices(read_book(town.hub.read().tab("Decisions")))}
    assert after == before == {(ember(town)["Employer ID"], "Phone", TYPED)}
