"""What is too old goes by itself if we made it, and is a person's to decide if staff typed it."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.cache import Cache, Entry
from engage.config import Keep
from engage.insight.retention import months_after, to_be_reviewed, to_be_told
from engage.pipeline import look
from engage.ports import Change
from engage.privacy.notice import notice
from engage.sharing import HUB
from engage.stores.expiring import expire
from tests.partnership import COUNCIL, NOW, by_heading, row_of

from .planted import Planted, talk

USUAL = {"Employer": "Ember Digital Ltd", "Agency": COUNCIL, "Last_name": "Marsh"}


@pytest.fixture
def town(tmp_path):
    rows = [
        row_of("Contacts", First_name="Ada", Email="ada@ember.example", Date_got="01/11/2026", **USUAL),
        row_of("Contacts", First_name="Ben", Email="ben@ember.example", Date_got="02/10/2024", **USUAL),
        row_of("Contacts", First_name="Cleo", Email="cleo@ember.example", **USUAL),
    ]
    return Planted(tmp_path, Contacts=rows, Engagements=[talk("met", Contact="Ada Marsh", Date="12/11/2026")])


def test_review_by_counts_from_the_last_contact_or_the_day_the_details_came(town):
    town.sync(NOW)
    rows = by_heading(town.hub.rows("Contact list (built nightly)"))
    days = {row["First name"]: row["Review by"] for row in rows if row["Last name"] == "Marsh"}
    assert days == {"Ada": "2028-11-12", "Ben": "2026-10-02", "Cleo": "2028-11-16"}


def test_whose_day_has_come_is_listed_and_nobody_is_deleted(town):
    facts = look(town.partnership, now=NOW).facts[HUB]
    assert [row[1] for row in to_be_reviewed(facts)] == ["Ben"]
    town.sync(NOW)
    assert "Ben" in town.texts("hub", "Contacts")


def test_who_was_never_told_is_listed_the_most_urgent_first(town):
    facts = look(town.partnership, now=NOW).facts[HUB]
    told = {row[1]: row[8] for row in to_be_told(facts)}
    assert {name: told[name] for name in ("Ben", "Ada", "Cleo")} == {
        "Ben": "2024-11-02", "Ada": "2026-12-01", "Cleo": ""
    }  # fmt: skip
    assert next(iter(told)) == "Ben"


def test_whoever_was_told_by_one_agency_is_told(town):
    town.college.delete_tab("Contacts")
    rows = [["First name", "Last name", "Company", "Email", "Told on"],
            ["Ada", "Marsh", "Ember Digital Ltd", "ada@ember.example", "03/11/2026"]]  # fmt: skip
    town.college.add_tab("Contacts", rows)
    facts = look(town.partnership, now=NOW).facts[HUB]
    assert "Ada" not in [row[1] for row in to_be_told(facts)]


def test_the_notice_names_the_agencies_and_their_lawful_basis(town):
    text = notice(look(town.partnership, now=NOW), town.config)
    assert f"- {COUNCIL} (lawful basis: public task)" in text
    assert "24 months" in text


def test_a_partnerships_own_notice_takes_the_place_of_ours(town, tmp_path):
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / "notice.txt").write_text("We are {{ partnership }}.")
    own = replace(town.config, templates=tmp_path / "ours")
    assert notice(look(town.partnership, now=NOW), own) == "We are Marlbeck Works."


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 120))
def test_so_many_months_later_is_the_same_day_or_the_last_of_the_month(day, months):
    later = months_after(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


def aged(path: Path, days: int) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x")
    moment = (NOW - timedelta(days=days)).timestamp()
    os.utime(path, (moment, moment))
    return path


def test_what_we_made_expires_as_the_settings_say(town):
    config = replace(town.config, keep=Keep(exports=30, outbox=60, copies=90))
    old = [aged(config.state / "exports" / "a.xlsx", 31), aged(config.mail.outbox / "b.eml", 61)]
    kept = [aged(config.state / "access" / "c.html", 29), aged(config.mail.outbox / "d.eml", 59)]
    copies = [aged(config.state / "backups" / "hub" / f"2026-0{n}.xlsx", 200) for n in range(1, 7)]
    gone = expire(config, town.partnership.cache, NOW)
    assert gone == {"copies of workbooks": 2, "messages and previews": 1, "lists and answers": 1}
    assert [path.exists() for path in (*old, *kept)] == [False, False, True, True]
    assert [path.exists() for path in copies] == [False, False, True, True, True, True]


def test_machine_backups_expire_and_the_newest_stays_however_old(town):
    config = replace(town.config, keep=Keep(backups=100))
    folder = config.path.parent / "engage-backups"
    made = [aged(folder / f"engage-2026-0{n}-01T020000.zip", days) for n, days in ((1, 300), (2, 200))]
    other = aged(folder / "ours.zip", 900)
    assert expire(config, town.partnership.cache, NOW) == {"machine backups": 1}
    assert [path.exists() for path in (*made, other)] == [False, True, True]


def test_the_journal_expires_with_what_was_undone_of_it_and_leaves_no_byte(tmp_path):
    cache = Cache(tmp_path / "cache.sqlite")
    runs = ("20250101T020000", "undo 20250101T020000", "20261101T020000", "stop")
    for run in runs:
        change = Change("Contacts", 2, 1, "", f"Zyxandra {run}" * 40)
        cache.write_down([Entry(run, "hub", "GiveId", "Contacts", f"R-ZYX{run}", "x", 1, (change,))])
    assert cache.expire("20260101T000000") == 2
    assert cache.runs() == ("20261101T020000", "stop")
    assert b"R-ZYX20250101" not in cache.path.read_bytes()


def test_a_night_expires_what_is_too_old(town):
    path = aged(town.config.state / "exports" / "a.xlsx", 99)
    town.sync(NOW)
    assert not path.exists()
