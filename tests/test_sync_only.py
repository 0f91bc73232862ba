"""A machine that syncs and never sends, as at a CI service, beside the one that sends."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from engage import runner
from engage.editions import post, sends_of
from engage.errors import LeaseHeld
from engage.ledger import LEDGER_FILE, Ledger
from engage.our_ledger import adopt
from engage.pipeline import Partnership, sync
from engage.runner import Ticked
from engage.slot_book import book_of
from engage.slots import FAILED
from engage.state import decode
from engage.workbook.memory import MemoryWorkbook
from tests.digest.test_editions import MONDAY, desk_of, talk
from tests.partnership import Town
from tests.test_rounds import SEVEN, WEEK, Post, make_town, mark, tick

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
