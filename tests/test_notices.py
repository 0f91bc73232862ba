"""A sync that has stopped is not silent: the deputy is told by mail, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from engage import runner
from engage.errors import LeaseHeld, WorkbookBusy
from engage.ledger import LEDGER_FILE, Ledger, Stop
from engage.mail.transport import Attempt, Envelope
from tests.partnership import Town
from tests.test_rounds import Post, held_by_another, make_town, tick, use

from .digest.test_editions import MONDAY

PAT = "pat@marlbeck.example"
NIGHT = timedelta(days=1)


class Kept(Post):
    """Keeps the messages as well."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[EmailMessage] = []

    def send(self, envelope: Envelope) -> Attempt:
        self.messages.append(envelope.message)
        return super().send(envelope)


@pytest.fixture
def way() -> Kept:
    return Kept()


@pytest.fixture
def town(tmp_path) -> Town:
    town = make_town(tmp_path)
    use(town, replace(town.config, schedule=replace(town.config.schedule, send_at=None, deputy=PAT)))
    tick(town, MONDAY + NIGHT, Kept())
    return town


def fails(town: Town, monkeypatch, way, nights: float, where: str = "peek") -> None:
    """One look in which nothing can be read, so many nights after the last sync."""
    with monkeypatch.context() as patched:
        if where == "peek":
            patched.setattr(town.hub, "peek", _busy)
        else:
            patched.setattr(runner, "sync", _busy)
        now = MONDAY + NIGHT + nights * NIGHT
        if where == "peek":
            with pytest.raises(WorkbookBusy):
                tick(town, now, way)
        else:
            assert tick(town, now, way).problem is not None


@pytest.mark.parametrize("where", ["peek", "sync"])
def test_the_deputy_is_told_once_that_no_sync_has_run_for_two_days(town, way, monkeypatch, where):
    for nights in (1, 1.9, 2.1, 3, 9):
        fails(town, monkeypatch, way, nights, where)
    assert way.to == [PAT]
    text = (
        message_from_bytes(bytes(way.messages[0]), policy=policy.default).get_body(("plain",)).get_content()
    )
    assert "has not been brought up to date since 24/11/2026, 05:00" in text
    assert "somebody has it open" in text


def test_another_silence_is_told_again(town, way, monkeypatch):
    fails(town, monkeypatch, way, 3)
    tick(town, MONDAY + 5 * NIGHT, way)
    fails(town, monkeypatch, way, 8)
    assert way.to == [PAT, PAT]


def test_a_notice_that_may_have_arrived_is_not_sent_again_and_is_listed(town, way, monkeypatch):
    way.result = "unknown"
    for nights in (3, 4):
        fails(town, monkeypatch, way, nights)
    assert len(way.messages) == 1
    assert [entry.status for entry in Ledger(town.config.state / LEDGER_FILE).entries()] == ["unknown"]


def test_a_deputy_who_wants_no_mail_gets_none(town, way, monkeypatch):
    Ledger(town.config.state / LEDGER_FILE).stop(Stop(PAT, "2026-11-20T10:00", "asked"))
    fails(town, monkeypatch, way, 3)
    assert way.messages == []


def test_mail_stops_as_last_seen_holds_when_the_hub_cannot_be_read(town, way, monkeypatch):
    town.hub.insert_row("Mail stops", 2, ["2026-11-20 10:00", PAT.upper(), "asked", "Ruth"])
    town.sync(MONDAY + 1.1 * NIGHT)
    fails(town, monkeypatch, way, 4)
    assert way.messages == []


def test_without_the_ledger_nobody_is_told(town, way, monkeypatch):
    (town.config.state / LEDGER_FILE).unlink()
    fails(town, monkeypatch, way, 3)
    assert way.messages == []
    assert not (town.config.state / LEDGER_FILE).exists()


def test_what_another_machine_should_have_done_is_not_ours_to_tell(town, way):
    held_by_another(town)
    use(town, replace(town.config, lease_hours=200))
    with pytest.raises(LeaseHeld):
        tick(town, MONDAY + 4 * NIGHT, way)
    assert way.messages == []


def test_a_machine_that_slept_for_a_week_and_syncs_when_it_wakes_tells_nobody(town, way):
    tick(town, MONDAY + 8 * NIGHT, way)
    assert way.messages == []


def test_the_digest_list_does_not_take_a_notice_for_a_digest(town, way, monkeypatch):
    use(town, replace(town.config, schedule=replace(town.config.schedule, deputy="ruth@marlbeck.example")))
    fails(town, monkeypatch, way, 3)
    town.sync(MONDAY + 5 * NIGHT)
    assert way.to == ["ruth@marlbeck.example"]
    header, first = town.hub.rows("Digest list (built nightly)")[:2]
    assert first[header.index("Last sent")] == ""


def _busy(*_: object, **__: object) -> None:
    raise WorkbookBusy("somebody has it open", where="hub.xlsx", fix="close it")
