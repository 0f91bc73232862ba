"""A ledger restored from an old copy does not know what has gone out since: nothing is sent by it."""

from __future__ import annotations

import shutil
from datetime import timedelta

import pytest

from engage.editions import post, sends_of
from engage.errors import DigestError, UsageError, WorkbookBusy
from engage.ledger import ADOPTED, LEDGER_FILE, SENT, Ledger
from engage.mail.standing import resolve
from engage.our_ledger import adopt
from engage.undoing import last_run, undo_run
from tests.partnership import SCHEMA

from .test_editions import MONDAY, desk_of, make_town, messages

WEEK = timedelta(days=7)


@pytest.fixture
def town(tmp_path):
    return make_town(tmp_path)


def ledger_file(town):
    return town.config.state / LEDGER_FILE


def statuses(posted):
    return [one.delivery.status for one in posted if one.delivery]


def restored(town, tmp_path):
    """The ledger as it was before anything was sent, and an outbox that somebody has emptied."""
    shutil.copy(ledger_file(town), tmp_path / "old.sqlite")
    sent = statuses(post(desk_of(town)))
    shutil.copy(tmp_path / "old.sqlite", ledger_file(town))
    shutil.rmtree(town.config.mail.outbox)
    return sent


def test_an_old_copy_of_the_ledger_sends_nothing(town, tmp_path):
    town.sync(MONDAY)
    assert restored(town, tmp_path) == ["sent", "sent"]
    with pytest.raises(DigestError, match="an old copy"):
        post(desk_of(town))
    with pytest.raises(DigestError, match="an old copy"):
        post(desk_of(town), dry_run=True)
    assert not town.config.mail.outbox.exists()


def test_an_old_copy_is_known_after_the_nights_that_follow_too(town, tmp_path):
    town.sync(MONDAY)
    restored(town, tmp_path)
    town.sync(MONDAY + timedelta(hours=1))
    with pytest.raises(DigestError, match="an old copy"):
        post(desk_of(town))


def test_an_old_copy_that_a_person_adopts_sends_this_week_to_nobody_and_the_next_as_usual(town, tmp_path):
    town.sync(MONDAY)
    restored(town, tmp_path)
    desk = desk_of(town)
    adopt(desk, sends_of(desk), "this-machine")
    assert statuses(post(desk_of(town))) == ["already", "already"]
    town.sync(MONDAY + WEEK)
    assert statuses(post(desk_of(town, MONDAY + WEEK))) == ["sent", "sent"]


def test_an_adopted_digest_that_a_person_releases_goes_out_once_and_nobody_elses_does(town, tmp_path):
    town.sync(MONDAY)
    restored(town, tmp_path)
    desk = desk_of(town)
    sends = sends_of(desk)
    adopt(desk, sends, "this-machine")
    ledger = Ledger(ledger_file(town))
    assert resolve(ledger, sends[0].address, arrived=False, now=MONDAY).status == ADOPTED
    assert sorted(statuses(post(desk_of(town)))) == ["already", "sent"]
    assert statuses(post(desk_of(town))) == ["already", "already"]
    assert ledger.status(sends[0]) == SENT
    with pytest.raises(UsageError, match="nothing for"):
        resolve(ledger, sends[0].address, arrived=False, now=MONDAY)


def test_one_whom_the_adoption_did_not_name_is_released_by_their_week_alone(town):
    town.sync(MONDAY)
    desk = desk_of(town)
    last, *others = sends_of(desk)
    adopt(desk, others, "this-machine")
    ledger = Ledger(ledger_file(town))
    with pytest.raises(UsageError, match="nothing for"):
        resolve(ledger, last.address, arrived=False, now=MONDAY)
    resolve(ledger, last.address, arrived=False, now=MONDAY, period="2026-W47")
    assert sorted(statuses(post(desk_of(town)))) == ["already", "sent"]


def test_nothing_leaves_if_the_hub_cannot_be_told_and_the_next_try_sends(town, monkeypatch):
    town.sync(MONDAY)
    with monkeypatch.context() as patched:
        patched.setattr(town.hub, "apply", _busy)
        with pytest.raises(WorkbookBusy):
            post(desk_of(town))
    assert not town.config.mail.outbox.exists()
    assert statuses(post(desk_of(town))) == ["sent", "sent"]


def test_a_kill_between_the_turn_and_the_first_message_refuses_nothing_later(town, monkeypatch):
    town.sync(MONDAY)
    with monkeypatch.context() as patched:
        patched.setattr("engage.editions.deliver", _killed)
        with pytest.raises(KeyboardInterrupt):
            post(desk_of(town))
    assert statuses(post(desk_of(town))) == ["sent", "sent"]
    assert len(messages(town)) == 2


def test_sending_again_tells_the_hub_nothing(town):
    town.sync(MONDAY)
    post(desk_of(town))
    before = town.grids()
    post(desk_of(town))
    assert town.grids() == before


def test_a_sync_after_a_sending_says_what_was_sent_and_is_quiet_from_then_on(town):
    town.sync(MONDAY)
    before = town.grids()["hub"]
    post(desk_of(town))
    town.sync(MONDAY + timedelta(hours=1))
    after = town.grids()["hub"]
    changed = {title for title in after if after[title] != before[title]}
    assert changed == {"Digest list (built nightly)", "Start here", "_engage"}
    assert town.sync(MONDAY + timedelta(hours=2)).cells_written == 0
    assert town.hub.rows("_engage") == after["_engage"]


def test_undoing_the_sync_does_not_make_the_hub_forget_what_was_sent(town, tmp_path):
    town.sync(MONDAY)
    town.college.type("Firms", 7, 1, "Acorn Trust")
    town.sync(MONDAY + timedelta(hours=1))
    restored(town, tmp_path)
    cache = town.partnership.cache
    undone = undo_run(last_run(cache), town.books, SCHEMA, cache)
    assert not any("_engage" in line for line in undone.skipped)
    assert "Acorn Trust" not in town.texts("hub", "Employer list (built nightly)")
    town.sync(MONDAY + timedelta(hours=2))
    with pytest.raises(DigestError, match="an old copy"):
        post(desk_of(town))


def _busy(*_: object) -> object:
    raise WorkbookBusy("somebody has it open", where="hub")


def _killed(*_: object, **__: object) -> object:
    raise KeyboardInterrupt
