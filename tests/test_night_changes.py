"""Merges and splits in the Sync log: which, whose rows, why; and for whose eyes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from .partnership import COLLEGE, COUNCIL, NOW, by_heading, row_of
from .test_audit_whole_nights import RealTown

DAY = timedelta(days=1)
ROWS = [
    row_of("Employers", Employer="Dobson Joinery", Town="Hull", Phone="01632 960111", Agency="MBC"),
    row_of("Employers", Employer="Holt Roofing Contractors", Postcode="SK15 2QQ", Phone="0161 496 0211",
           Agency="MBC"),
]  # fmt: skip
pytestmark = pytest.mark.slow


@pytest.fixture
def town(tmp_path):
    town = RealTown(tmp_path, Employers=ROWS)
    town.sync()
    return town


def told(town):
    """What the Sync log says of merges and splits, oldest first."""
    lines = [row["What happened"] for row in by_heading(town.hub.rows("Sync log"))]
    return [line for line in lines if "now includes" in line or "was split" in line]


def merge_dobson(town):
    """The Council's Dobson Joinery turns out to be the College's: its row is filled in."""
    town.write("Employers", "Town", "Stalybridge")
    town.write("Employers", "Postcode", "SK15 1QQ")
    town.write("Employers", "Phone", "0161 496 0210")
    town.sync(NOW + DAY)


def test_a_merge_says_which_employers_whose_rows_and_why(town):
    assert told(town) == []
    merge_dobson(town)
    line = next(line for line in told(town) if line.startswith("EMP-"))
    assert line.count("“Dobson Joinery”") == 2
    assert f"{COUNCIL}'s R-" in line
    assert f"{COLLEGE}'s R-" in line
    assert "same phone number" in line
    assert "merged automatically" in line


def test_an_undo_is_told_as_the_reason_of_the_split(town):
    rows = by_heading(town.hub.rows("Decisions"))
    number = next(n for n, row in enumerate(rows, 2) if "Holt" in row["A"])
    town.write("Decisions", "Undo", "Undo", number)
    town.sync(NOW + DAY)
    (line,) = [line for line in told(town) if line.startswith("EMP-")]
    assert "was split into EMP-" in line
    assert line.endswith("the merge was undone on 17 Nov 2026")


def test_a_split_by_a_changed_row_says_who_changed_what(town):
    merge_dobson(town)
    town.write("Employers", "Company number", "99000001")
    town.college.type("Firms", 5, 2, "Hull")
    for column, text in ((3, "HU1 1AA"), (4, "01632 960999")):
        town.college.type("Firms", 5, column, text)
    town.sync(NOW + 2 * DAY)
    line = next(line for line in told(town) if "was split" in line and line.startswith("EMP-"))
    assert f"{COLLEGE} changed Phone, Postcode and Town of R-" in line


def test_names_and_reasons_leave_the_log_with_the_rows_that_they_are_of(town):
    merge_dobson(town)
    agencies = town.hub.rows("Agencies")
    row = next(n for n, cells in enumerate(agencies, 1) if COLLEGE in cells)
    town.write("Agencies", "Share contact details with partners", "No", row)
    town.sync(NOW + 2 * DAY)
    merged, *_ = told(town)
    assert "Dobson" not in merged
    assert merged.startswith("EMP-")
    assert merged.partition(" now includes ")[2].startswith("EMP-")
    assert "same phone" not in merged
    assert "same phone" not in "".join(told(town))


def test_a_quiet_night_after_it_changes_no_line(town):
    merge_dobson(town)
    before = town.hub.rows("Sync log")
    town.sync(NOW + 2 * DAY)
    assert town.hub.rows("Sync log") == before
