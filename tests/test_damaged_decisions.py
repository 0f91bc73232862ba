"""A row of Decisions counts as it was last read: no slip of the pen undoes a merge, or makes one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engage.built.decision_book import read_book
from engage.config import HUB
from engage.errors import UnsafePlan
from engage.remembered_decisions import hold
from engage.workbook.memory import MemoryWorkbook

from .partnership import NOW, Town, by_heading

pytestmark = pytest.mark.slow

HOUR = timedelta(hours=1)
LIST = "Employer list (built nightly)"
RUBBISH = ("Diffrent", "x", "Same group")


@pytest.fixture
def town(tmp_path):
    """Ember Digital is merged by itself with the jobcentre's; Ember and Kestrel were answered Different."""
    town = Town(tmp_path)
    town.sync()
    rows = by_heading(town.hub.rows("To review"))
    at = town.hub.rows("To review")[0].index("Decision") + 1
    for number, row in enumerate(rows, 2):
        town.hub.type("To review", number, at, "Different" if "Ember" in str(row) else "Same")
    town.sync(NOW + HOUR)
    return town


def decisions(town):
    return by_heading(town.hub.rows("Decisions"))


def type_into(town, number, heading, text):
    """number: of the row below the headings, from 1."""
    town.hub.type("Decisions", number + 1, town.hub.rows("Decisions")[0].index(heading) + 1, text)


def problems(town):
    return [row["What is wrong"] for row in by_heading(town.hub.rows("Problems to fix"))]


def employers(town):
    return {row["Employer ID"]: row["Employer"] for row in by_heading(town.hub.rows(LIST))}


@pytest.mark.parametrize("heading", ["Decision", "About", "Pair", "How decided"])
@pytest.mark.parametrize("text", ["", "oh dear", "Same", "Different", "Person", "automatically"])
def test_whatever_is_typed_over_a_decision_the_lists_stay_as_they_were(town, heading, text):
    before, rows = employers(town), len(decisions(town))
    for number in range(1, rows + 1):
        type_into(town, number, heading, text)
    for night in (2, 3):
        town.sync(NOW + night * HOUR)
        assert employers(town) == before
        assert len(decisions(town)) == rows


def test_a_damaged_row_says_what_it_counts_as_and_takes_the_mending(town):
    number = 1 + [row["Decision"] for row in decisions(town)].index("Different")
    type_into(town, number, "Decision", "Diffrent")
    town.sync(NOW + 2 * HOUR)
    assert any("counts as it was read before, “Different”" in text for text in problems(town))
    type_into(town, number, "Decision", "Different")
    town.sync(NOW + 3 * HOUR)
    assert not any("Decisions" in text for text in problems(town))


def test_a_row_that_was_changed_to_another_answer_still_counts_as_it_was_and_says_so(town):
    number = 1 + [row["Decision"] for row in decisions(town)].index("Different")
    type_into(town, number, "Decision", "Same")
    before = employers(town)
    town.sync(NOW + 2 * HOUR)
    assert employers(town) == before
    assert any("still counts as it was: “Different”" in text for text in problems(town))


def test_an_undo_in_a_damaged_row_is_heeded(town):
    merged = next(n for n, row in enumerate(decisions(town), 1) if row["How decided"] == "automatically")
    type_into(town, merged, "Decision", "Smae")
    type_into(town, merged, "Undo", "Undo")
    before = len(employers(town))
    town.sync(NOW + 2 * HOUR)
    assert len(employers(town)) == before + 1


def test_a_date_of_undoing_that_is_wiped_does_not_bring_the_decision_back(town):
    merged = next(n for n, row in enumerate(decisions(town), 1) if row["How decided"] == "automatically")
    type_into(town, merged, "Undo", "Undo")
    town.sync(NOW + 2 * HOUR)
    before = employers(town)
    type_into(town, merged, "Undo", "")
    type_into(town, merged, "Undone on", "")
    town.sync(NOW + 3 * HOUR)
    assert employers(town) == before


def test_a_row_that_nobody_ever_read_holds_its_pair_apart(town):
    tab = town.hub.read().tab("Decisions")
    at = tab.rows[0].index("Decision")
    rows = [tab.rows[0], *((*row[:at], "?", *row[at + 1 :]) for row in tab.rows[1:])]
    book = hold(read_book(type(tab)("Decisions", tuple(rows))), {})
    assert {decision.verdict for decision in book.decisions} == {"Not sure"}
    assert all("holds its pair apart" in finding.wrong for finding in book.findings)


def old_copy(town):
    tabs = {tab.title: [list(row) for row in tab.rows] for tab in town.hub.read().tabs}
    return MemoryWorkbook(HUB, tabs, title="hub")


def test_an_old_copy_of_the_hub_does_not_make_the_sync_forget_what_people_said_since(tmp_path):
    town = Town(tmp_path)
    town.sync()
    old = old_copy(town)
    town.hub.type("To review", 2, town.hub.rows("To review")[0].index("Decision") + 1, "Different")
    town.sync(NOW + HOUR)
    town.hub = town.books[HUB] = old
    before = town.grids()
    with pytest.raises(UnsafePlan, match="rows of Decisions are gone"):
        town.sync(NOW + 2 * HOUR)
    assert town.grids() == before
    assert not town.sync(NOW + 2 * HOUR, allow_deletions=True).problems
    assert not town.sync(NOW + 3 * HOUR).problems
