"""Packs of a whole partnership: issued from what the workbook says, then frozen, each for its audience."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest

from engage.desk import open_desk
from engage.errors import ReportError, UsageError
from engage.insight.quarters import quarter_named, quarter_of
from engage.packing import folder_of, issue_pack, write_now
from engage.report.packs import versions
from engage.sharing import HUB

from .partnership import COLLEGE, COUNCIL, NOW, SCHEMA, Town, row_of

LAST, RUNNING = quarter_named("2026/27-Q2"), quarter_of(NOW.date())


def talk(day: str, employer: str = "Ember Digital Ltd", agency: str = COUNCIL, **cells: str) -> list[str]:
    return row_of(
        "Engagements", Date=day, Employer=employer, Agency=agency, Status="Done", Type="Visit", **cells
    )


def town_in(folder, *talks: list[str]) -> Town:
    town = Town(folder, Engagements=list(talks))
    town.sync()
    return town


def desk_of(town: Town, now: datetime = NOW):
    return open_desk(town.partnership, now=now)


def engagements_in(pack) -> int:
    page = json.loads(pack.page.with_suffix(".json").read_text("utf-8"))
    figures = {one["label"]: one["value"] for section in page["sections"] for one in section["figures"]}
    return figures["Engagements"]


def test_a_pack_is_frozen_and_the_next_version_tells_what_has_changed_since(tmp_path):
    town = town_in(tmp_path, talk("2026-09-01"))
    first = issue_pack(desk_of(town), SCHEMA, LAST, HUB)
    town.hub.insert_row("Engagements", 3, ["", *talk("2026-09-02", "Acorn Catering")])
    later = NOW + timedelta(days=1)
    town.sync(later)
    second = issue_pack(desk_of(town, later), SCHEMA, LAST, HUB)
    assert [pack.version for pack in versions(folder_of(town.config, HUB, LAST))] == [1, 2]
    assert (engagements_in(first), engagements_in(second)) == (1, 2)
    assert (first.touched(), first.as_of, first.issued) == ((), "2026-09-30", "2026-11-16T02:00")
    assert "Version 2, issued 17 November 2026" in second.page.read_text("utf-8")


def test_nothing_is_issued_while_its_period_runs(tmp_path):
    town = town_in(tmp_path, talk("2026-11-02"))
    with pytest.raises(UsageError, match="runs until 31 December 2026"):
        issue_pack(desk_of(town), SCHEMA, RUNNING, HUB)
    page = write_now(desk_of(town), SCHEMA, RUNNING, HUB)
    assert page.exists()
    assert page.with_suffix(".xlsx").exists()
    assert versions(folder_of(town.config, HUB, RUNNING)) == ()


def test_nothing_is_issued_that_the_workbook_does_not_say(tmp_path):
    town = town_in(tmp_path, talk("2026-09-01"))
    town.hub.insert_row("Engagements", 3, ["", *talk("2026-09-02", "Acorn Catering")])
    with pytest.raises(ReportError, match="does not say what the rows say now"):
        issue_pack(desk_of(town), SCHEMA, LAST, HUB)
    town.sync(NOW + timedelta(hours=1))
    assert engagements_in(issue_pack(desk_of(town), SCHEMA, LAST, HUB)) == 2


def test_an_agencys_pack_counts_its_sensitive_rows_and_stands_apart(tmp_path):
    town = town_in(tmp_path, talk("2026-09-01"))
    rows = [
        ["Record ID", *SCHEMA.tabs["Engagements"].headings],
        ["", *talk("2026-09-08", agency="", Sensitive="Yes")],
    ]
    town.college.add_tab("Engagements", rows)
    town.sync(NOW + timedelta(hours=1))
    desk = desk_of(town)
    everybodys, own = (issue_pack(desk, SCHEMA, LAST, audience) for audience in (HUB, COLLEGE))
    assert (engagements_in(everybodys), engagements_in(own)) == (1, 2)
    assert everybodys.folder.parent != own.folder.parent
    assert "for-college" in own.folder.parts
