"""A machine that syncs and never sends, as at a CI service, beside the one that sends."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from engage import runner
from engage.digest.due import DAYS
from engage.editions import post, sends_of
from engage.errors import LeaseHeld
from engage.health import health
from engage.late_digests import first_late, late_digests
from engage.ledger import LEDGER_FILE, Ledger
from engage.our_ledger import adopt
from engage.pinging import SILENT
from engage.pipeline import Partnership, sync
from engage.runner import Means, Ticked
from engage.slot_book import book_of
from engage.slots import FAILED
from engage.start_here import look_in
from engage.state import decode
from engage.telling import as_document, in_words
from engage.workbook.memory import MemoryWorkbook
from tests.digest.test_editions import MONDAY, desk_of, talk
from tests.partnership import Town
from tests.test_rounds import SEVEN, THURSDAY, WEEK, Post, make_town, mark, tick

TWO = MONDAY.replace(hour=2) + WEEK  # the night before the next digests
NEXT = SEVEN + WEEK


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return make_town(tmp_path)


@pytest.fixture
def way() -> Post:
    return Post()


def service(town: Town) -> Partnership:
    """The same partnership from a CI service, where nothing lasts."""
    config = replace(town.config, state=town.config.state / "service")
    return replace(town.partnership, machine="service", config=config, sends=False)


def tick_there(town: Town, now: datetime) -> Ticked:
    there = service(town)
    return runner.tick(there, book_of(there.config.state), now=now)


def holder(town: Town) -> tuple[str, bool]:
    state = decode(town.hub.rows("_engage"), "hub")
    return state.holder, state.only_syncs


def lose_the_ledger(town: Town) -> None:
    (town.config.state / LEDGER_FILE).unlink()


def test_its_lease_keeps_no_digest_back(town, way):
    tick(town, SEVEN, way)
    assert tick_there(town, TWO).due == ("night",)
    assert holder(town) == ("service", True)
    assert tick(town, NEXT, way).round.counts["sent"] == 1
    assert [send.period for send in way.left] == ["2026-W47", "2026-W48"]


def test_it_goes_on_syncing_after_a_sending(town, way):
    tick_there(town, TWO)
    tick(town, NEXT, way)
    assert holder(town) == ("service", True)
    assert tick_there(town, TWO + timedelta(days=1)).report.problems == {}


def test_what_people_typed_since_its_night_is_synced_by_the_machine_that_sends(town, way):
    tick_there(town, TWO)
    town.hub.insert_row("Engagements", 2, ["", *talk("27/11/2026")])
    assert tick(town, NEXT, way).round.counts["sent"] == 1
    assert holder(town) == ("this-machine", False)


def test_it_stands_by_without_a_failure_while_the_machine_that_sends_syncs(town):
    there = tick_there(town, MONDAY.replace(hour=2) + timedelta(days=1))
    assert there.left is not None
    assert (there.due, there.exit_code) == ((), 0)
    assert "this-machine" in there.left.what


def test_it_takes_over_once_that_machine_has_fallen_silent_and_makes_way_when_it_is_back(town, way):
    assert tick_there(town, MONDAY + timedelta(hours=36)).due == ("night",)
    assert tick(town, SEVEN + timedelta(days=2), way).round.counts["sent"] == 1
    assert tick(town, SEVEN + timedelta(days=2, hours=20), way).due == ("night",)
    assert holder(town) == ("this-machine", False)


def test_without_the_ledger_nothing_leaves_and_it_is_said_until_a_person_adopts(town, way):
    tick_there(town, TWO)
    lose_the_ledger(town)
    assert tick(town, NEXT, way).round.exit_code == 1
    assert mark(town, "2026-W48 Monday").status == FAILED
    assert "never sends" in mark(town, "2026-W48 Monday").why
    desk = desk_of(town, NEXT)
    with pytest.raises(LeaseHeld, match="never sends") as raised:
        post(desk, transport=way)
    assert "engage digest adopt" in raised.value.fix
    adopt(desk, sends_of(desk), "this-machine")
    tick(town, TWO + WEEK, way)
    assert tick(town, NEXT + WEEK, way).round.counts["sent"] == 1
    assert [send.period for send in way.left] == ["2026-W49"]


def test_an_old_copy_of_the_ledger_sends_nothing_whoever_syncs(town, way):
    old = (town.config.state / LEDGER_FILE).read_bytes()
    tick(town, SEVEN, way)
    tick_there(town, TWO)
    (town.config.state / LEDGER_FILE).write_bytes(old)
    assert "old copy" in tick(town, NEXT, way).round.problem.what
    assert len(way.left) == 1


def test_a_sending_in_the_middle_of_its_sync_sends_once_and_leaves_no_trace(town, way):
    tick_there(town, TWO)
    problems = len(town.hub.rows("Problems to fix"))

    def send_meanwhile(_: str, book: MemoryWorkbook) -> None:
        book.between = None
        tick(town, NEXT, way)

    town.hub.insert_row("Engagements", 2, ["", *talk("30/11/2026")])
    town.hub.between = send_meanwhile
    sync(service(town), now=NEXT)
    assert len(way.left) == 1
    tick(town, NEXT + timedelta(minutes=5), way)
    assert sync(service(town), now=NEXT + timedelta(minutes=10)).problems == {}
    assert tick(town, NEXT + timedelta(minutes=15), way).round is None
    assert len(way.left) == 1
    assert len(town.hub.rows("Problems to fix")) == problems
    ledger = Ledger(town.config.state / LEDGER_FILE)
    assert decode(town.hub.rows("_engage"), "hub").turn == ledger.turn


# --- nobody sends ------------------------------------------------------------------------------------------


def nights_there(town: Town, days: int, *, pings: list[str] | None = None) -> Ticked:
    """So many nights of the service after the first digests, alone; the last one."""
    there = service(town)
    means = Means(ping=pings.append if pings is not None else SILENT)
    ticks = [
        runner.tick(there, book_of(there.config.state), now=TWO + timedelta(days=day), means=means)
        for day in range(days)
    ]
    return ticks[-1]


def sent_this_week(town: Town, way: Post) -> None:
    tick(town, SEVEN, way)
    tick(town, THURSDAY, way)


def start_here(town: Town) -> str:
    return look_in(town.hub.rows("Start here"))


@pytest.mark.slow
def test_while_the_machine_that_sends_is_there_nothing_is_said_of_it(town, way):
    sent_this_week(town, way)
    nights_there(town, 1)
    tick(town, NEXT, way)
    assert nights_there(town, 3).report.night.late == ()
    assert start_here(town) == ""


def test_when_it_is_off_everybody_is_told_two_days_after_the_digests_were_due(town, way):
    sent_this_week(town, way)
    pings: list[str] = []
    assert nights_there(town, 3, pings=pings).report.night.late == ()
    last = nights_there(town, 4, pings=pings)
    assert "since 26/11/2026 07:00" in start_here(town)
    assert "due on 30/11/2026 at 07:00" in start_here(town)
    assert "No machine has sent digests" in in_words(last.report)
    assert as_document(last.report)["digests_late"] == list(last.report.night.late)
    assert pings[-1] == "fail"
    assert last.exit_code in (0, 3)


@pytest.mark.slow
def test_it_is_in_the_sync_log_once_and_in_engage_status_on_any_machine(town, way):
    sent_this_week(town, way)
    nights_there(town, 6)
    log = [row for row in town.hub.rows("Sync log") if "No machine has sent digests" in "".join(row)]
    assert len(log) == 1
    elsewhere = replace(town.partnership, machine="somebody's laptop")
    assert any("No machine has sent" in line for line in health(elsewhere, now=TWO).troubles)


@pytest.mark.slow
def test_once_it_sends_again_the_next_sync_takes_the_words_away(town, way):
    sent_this_week(town, way)
    nights_there(town, 5)
    assert start_here(town) != ""
    tick(town, NEXT + timedelta(days=4), way)
    tick_there(town, TWO + timedelta(days=5))
    assert start_here(town) == ""


def by_hand(town: Town) -> None:
    town.config = replace(town.config, schedule=replace(town.config.schedule, send_at=None))


def test_where_people_have_never_sent_by_hand_or_nobody_wants_one_nothing_is_late(town, way):
    monday = NEXT.date() - timedelta(days=7)
    assert first_late((), monday, NEXT + timedelta(days=9), SEVEN.time()) is None
    by_hand(town)
    assert nights_there(town, 5).report.night.late == ()


def test_who_sent_by_hand_and_does_so_no_more_is_told_of_two_days_after_the_day(town, way):
    by_hand(town)
    town.sync(MONDAY)
    for day in (SEVEN, THURSDAY):
        post(desk_of(town, day), transport=way)
    nights_there(town, 3)
    assert start_here(town) == ""
    nights_there(town, 5)
    assert "Nobody has sent digests since 26/11/2026 07:00, and some were due on 30/11/2026." in start_here(
        town
    )
    post(desk_of(town, NEXT + timedelta(days=4)), transport=way)
    tick_there(town, TWO + timedelta(days=5))
    assert start_here(town) == ""


def test_a_machine_that_sends_by_the_clock_leaves_it_to_its_own_book_and_one_by_hand_does_not(town, way):
    town.sync(MONDAY)
    post(desk_of(town, SEVEN), transport=way)
    night = tick_there(town, TWO + timedelta(days=6)).report.night
    assert late_digests(night, town.config) != ()
    assert late_digests(night, town.config, sends=True) == ()
    by_hand(town)
    assert "by hand" in late_digests(night, town.config, sends=True)[0]


def test_what_was_due_on_the_day_of_the_last_sending_has_been_seen_to():
    week = {("weekly", day) for day in DAYS}
    for late in range(10):
        day = NEXT.date() + timedelta(days=late)
        due = first_late(week, day, NEXT + timedelta(days=6), SEVEN.time())
        assert due is None or (due.date() > day and NEXT + timedelta(days=6) - due > timedelta(days=2))


def test_a_partnership_that_began_this_week_is_not_reproached_with_last_weeks(town):
    assert "No machine" not in start_here(town)
    assert tick_there(town, MONDAY + timedelta(hours=40)).report.night.late == ()
