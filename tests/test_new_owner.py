"""A Google Sheet that somebody else owns now: said once, by the request that is made anyway."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engage.owners import NEW_OWNER
from engage.telling import as_document, in_words

from .google_sheets import SharedSheet
from .partnership import NOW, Town

HOUR = timedelta(hours=1)


@pytest.fixture
def town(tmp_path):
    town = Town(tmp_path, make=SharedSheet)
    town.sync()
    return town


def hand_over(sheet, to="new.head@college.example"):
    sheet.book.people[sheet.book.owner], sheet.book.owner = "writer", to


def logged(town):
    return [row[1] for row in town.hub.rows("Sync log") if NEW_OWNER in row]


def test_a_new_owner_is_told_once_and_nothing_stops(town):
    assert town.sync(NOW + HOUR).cells_written == 0
    hand_over(town.college)
    report = town.sync(NOW + 2 * HOUR)
    assert (report.problems, logged(town)) == ({}, ["college"])
    assert f"college: {NEW_OWNER}" in in_words(report)
    again = town.sync(NOW + 30 * HOUR)
    assert NEW_OWNER not in in_words(again)
    assert logged(town) == ["college"]


def test_the_hub_and_a_workbook_that_we_only_view_have_owners_too(town):
    hand_over(town.hub)
    hand_over(town.jobcentre)
    report = town.sync(NOW + HOUR)
    told = {book["workbook"]: book["new_owner"] for book in as_document(report)["workbooks"]}
    assert told == {"hub": True, "college": False, "jobcentre": True}


def test_a_dry_run_tells_it_and_leaves_it_to_be_told(town):
    hand_over(town.college)
    for dry_run in (True, False):
        assert NEW_OWNER in in_words(town.sync(NOW + HOUR, dry_run=dry_run))


def test_a_drive_that_does_not_say_forgets_nobody(town):
    town.college.google.served.front.faults.plan("503", on=r"^GET /drive/", times=100)
    town.sync(NOW + HOUR)
    town.college.google.served.front.faults.clear()
    assert NEW_OWNER not in in_words(town.sync(NOW + 2 * HOUR))
    hand_over(town.college)
    assert NEW_OWNER in in_words(town.sync(NOW + 3 * HOUR))


def test_no_address_is_remembered(town):
    assert not any("@" in text for text in town.texts("hub", "_engage"))
