"""engage status: what ran last, what comes next, what was missed or waits for a person."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from click.testing import CliRunner

from cli import main
from cli.status import as_document, exit_code, in_words
from engage.errors import WorkbookBusy
from engage.health import Health, health
from engage.ledger import LEDGER_FILE
from engage.slot_book import BOOK_FILE, book_of
from tests.partnership import Town
from tests.test_rounds import SEVEN, THURSDAY, WEEK, Post, held_by_another, make_town, tick, use


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return make_town(tmp_path)


def seen(town: Town, now=SEVEN) -> Health:
    return health(town.partnership, now=now)


def said(found: Health) -> str:
    return "\n".join(in_words(found))


def test_all_is_well_after_a_night_and_a_round(town):
    tick(town, SEVEN - timedelta(days=1), Post())
    tick(town, SEVEN.replace(hour=2), Post())
    tick(town, SEVEN, Post())
    found = seen(town, SEVEN + timedelta(minutes=5))
    assert exit_code(found) == 0
    assert said(found).splitlines() == [
        "Last sync      23/11/2026 02:00, by this machine",
        "Next sync      24/11/2026 02:00",
        "Last weekly    2026-W47: 1 sent (23/11/2026 07:00)",
        "Next digests   Thursday 26/11/2026 07:00, weekly",
        "Clock          23/11/2026 07:00",
        "All is well.",
    ]


def test_it_writes_nothing(town):
    before, files = town.grids(), sorted(town.config.state.rglob("*"))
    seen(town)
    assert (town.grids(), sorted(town.config.state.rglob("*"))) == (before, files)


def test_a_held_message_waits_for_a_person(town):
    tick(town, SEVEN, Post("unknown"))
    found = seen(town)
    assert exit_code(found) == 3
    assert "For you: 1 message may or may not have arrived" in said(found)


def test_digests_that_cannot_leave_are_said_with_the_tries(town):
    tick(town, SEVEN, Post("configuration"))
    assert "For you: digests have not gone out: tried 1 time, at last: 1 digest could not" in said(seen(town))


def test_a_ledger_that_is_not_here_says_what_to_run(town):
    (town.config.state / LEDGER_FILE).unlink()
    book_of(town.config.state).watch(SEVEN)
    assert "engage digest adopt" in said(seen(town))
    assert exit_code(seen(town)) == 3


def test_a_ledger_that_is_not_here_is_said_too_where_digests_are_sent_by_hand(town):
    tick(town, SEVEN, Post())
    by_hand = replace(town.config, schedule=replace(town.config.schedule, send_at=None))
    assert exit_code(health(replace(town.partnership, config=by_hand), now=SEVEN)) == 0
    (town.config.state / LEDGER_FILE).unlink()
    found = health(replace(town.partnership, config=by_hand), now=SEVEN)
    assert exit_code(found) == 3
    assert "the ledger of what was sent is not here" in said(found)


def test_another_machine_that_syncs_and_sends_is_named(town):
    held_by_another(town)
    found = seen(town)
    assert 'Last sync      23/11/2026 05:00, by "the-other-one"' in said(found)
    assert "this machine sends nothing" in said(found)


def test_a_clock_that_stands_still_is_trouble(town):
    later = SEVEN + timedelta(days=3)
    book_of(town.config.state).watch(SEVEN)
    found = seen(town, later)
    assert exit_code(found) == 1
    assert "Trouble: no sync has run for more than two days." in said(found)
    assert (
        "Trouble: nothing has looked since 23/11/2026 07:00: engage run, or the task, has stopped."
        in said(found)
    )
    assert found.next_sync == later.replace(hour=2)


def test_nights_that_cron_syncs_without_a_watch_are_no_trouble(town):
    (town.config.state / BOOK_FILE).unlink()
    assert exit_code(seen(town)) == 0
    assert "nothing keeps watch" in said(seen(town, SEVEN + timedelta(days=3)))


def test_a_hub_that_cannot_be_looked_at_is_trouble_and_the_rest_is_still_said(town, monkeypatch):
    def busy(*_: object) -> None:
        raise WorkbookBusy("somebody has it open", where="hub.xlsx", fix="close it")

    tick(town, SEVEN, Post())
    monkeypatch.setattr(town.hub, "peek", busy)
    found = seen(town)
    assert exit_code(found) == 1
    assert "Trouble: hub.xlsx: somebody has it open. What to do: close it." in said(found)
    assert "Last weekly    2026-W47: 1 sent" in said(found)
    assert found.last_sync == SEVEN.replace(hour=5)


def test_what_was_missed_is_said(town):
    tick(town, SEVEN - timedelta(days=1), Post())
    tick(town, THURSDAY + WEEK, Post())
    found = seen(town, THURSDAY + WEEK)
    assert exit_code(found) == 3
    assert "Missed: The weekly digest of 16 to 22 November 2026" in said(found)
    assert as_document(found)["missed"] == list(found.missed)


def test_by_hand_is_said_where_digests_do_not_go_out_by_themselves(town):
    use(town, replace(town.config, schedule=replace(town.config.schedule, send_at=None)))
    assert "Next digests   by hand, with engage digest send" in said(seen(town))


def test_the_command_on_a_new_partnership(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = CliRunner().invoke(main, ["init", "--yes", "--name", "Marlbeck Works", "--agency", "The College"])
    assert made.exit_code == 0, made.output
    with time_machine.travel("2026-11-22T10:00:00+00:00", tick=False):
        done = CliRunner().invoke(main, ["status", "--json"])
    told = json.loads(done.output)
    assert (done.exit_code, told["last_sync"], told["next_sync"]) == (1, None, "2026-11-22T02:00:00")
    assert told["trouble"] == [
        "nothing keeps watch on this machine: start engage run, or let the computer start engage tick"
    ]
