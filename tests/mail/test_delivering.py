"""Once ever: whatever happens between the ledger and the server, at whatever moment a run dies."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engage.errors import MailError, UsageError
from engage.ledger import FAILED, REFUSED, SENDING, SENT, UNKNOWN, Ledger, Send
from engage.mail.delivering import deliver
from engage.mail.message import Letter, Sender, build_message
from engage.mail.pacing import Paced
from engage.mail.standing import resolve, standing
from engage.mail.transport import Attempt, Envelope

from .servers import SENDER

NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
RUTH = "ruth.hale@harwick.example"
SEND = Send(RUTH, "weekly", "2026-W47")
ALLOWED = frozenset({"harwick.example"})
OUTCOMES = {
    "sent": SENT,
    "temporary": FAILED,
    "configuration": FAILED,
    "permanent": REFUSED,
    "unknown": UNKNOWN,
}


class Scripted:
    """A way out that says what it is told to; sent: to whom anything left."""

    def __init__(self, *attempts: Attempt) -> None:
        self.attempts, self.sent = list(attempts), []

    def send(self, envelope: Envelope) -> Attempt:
        self.sent.append(envelope.send.address)
        return self.attempts.pop(0) if self.attempts else Attempt("sent")

    def trace(self, send: Send) -> Attempt | None:
        return None

    def close(self) -> None:
        pass


def envelope(send: Send = SEND) -> Envelope:
    letter = Letter(send, "Ruth", "The week", "<p>Hello</p>", "Hello\n", NOW)
    return Envelope(send, build_message(letter, Sender("Us", SENDER)), "")


def out(way, ledger: Ledger, send: Send = SEND):
    return deliver(envelope(send), transport=way, ledger=ledger, now=NOW, allowed=ALLOWED)


@pytest.fixture
def ledger(tmp_path):
    return Ledger(tmp_path / "ledger.sqlite")


@pytest.mark.parametrize("result", OUTCOMES)
def test_each_outcome_is_in_the_ledger_with_the_reason(ledger, result):
    out(Scripted(Attempt(result, "because")), ledger)
    entry = ledger.entry(SEND)
    assert (entry.status, entry.why) == (OUTCOMES[result], "because")


@pytest.mark.parametrize("result", OUTCOMES)
def test_only_what_certainly_did_not_leave_is_tried_again(ledger, result):
    way = Scripted(Attempt(result))
    out(way, ledger)
    out(way, ledger)
    assert len(way.sent) == (2 if OUTCOMES[result] == FAILED else 1)


def test_a_dead_address_is_noted_in_the_same_breath_as_the_refusal(ledger):
    out(Scripted(Attempt("permanent", "550 5.1.1 nobody", dead=True)), ledger)
    assert [(stop.address, stop.why) for stop in ledger.untold_stops()] == [(RUTH, "550 5.1.1 nobody")]
    ledger.tell_stops([RUTH])
    assert ledger.untold_stops() == ()


def test_an_address_outside_the_allowed_domains_gets_nothing_and_is_not_even_claimed(ledger):
    way, stranger = Scripted(), Send("x@evil.example", "weekly", "2026-W47")
    with pytest.raises(MailError, match="may be written to"):
        out(way, ledger, stranger)
    assert (way.sent, ledger.entries()) == ([], ())


def test_a_message_that_names_anybody_else_does_not_leave(ledger):
    for header in ("Cc", "Bcc"):
        bad = envelope()
        bad.message[header] = "x@harwick.example"
        with pytest.raises(MailError, match="names others"):
            deliver(bad, transport=Scripted(), ledger=ledger, now=NOW, allowed=ALLOWED)
    other = Envelope(Send("tom@harwick.example", "weekly", "2026-W47"), envelope().message, "")
    with pytest.raises(MailError):
        deliver(other, transport=Scripted(), ledger=ledger, now=NOW, allowed=ALLOWED)
    assert ledger.entries() == ()


def test_what_a_person_found_out_settles_it(ledger):
    way = Scripted(Attempt("unknown"))
    out(way, ledger)
    resolve(ledger, RUTH.upper(), arrived=False, now=NOW)
    assert out(way, ledger).status == "sent"
    with pytest.raises(UsageError, match="nothing"):
        resolve(ledger, RUTH, arrived=False, now=NOW)


def test_what_arrived_by_a_persons_word_is_not_sent_again(ledger):
    way = Scripted(Attempt("unknown"))
    out(way, ledger)
    resolve(ledger, RUTH, arrived=True, now=NOW)
    assert out(way, ledger).status == "already"
    assert ledger.entry(SEND).status == SENT


def test_of_two_weeks_that_wait_the_person_says_which(ledger):
    older = Send(RUTH, "weekly", "2026-W46")
    for send in (older, SEND):
        ledger.claim(send, NOW)
    with pytest.raises(UsageError, match="weekly 2026-W46, weekly 2026-W47"):
        resolve(ledger, RUTH, arrived=True, now=NOW)
    assert resolve(ledger, RUTH, arrived=True, now=NOW, period="2026-W46").send.period == "2026-W46"


def test_what_is_unknown_is_listed_of_every_week_and_the_rest_of_the_last(ledger):
    ledger.claim(Send(RUTH, "weekly", "2026-W40"), NOW)
    out(Scripted(), ledger)
    found = standing(ledger.entries())
    assert [entry.send.period for entry in found.held] == ["2026-W40"]
    assert [entry.send.period for entry in found.shown] == ["2026-W47"]


def test_the_last_month_stands_beside_the_last_week_each_newest_first(ledger):
    for edition, period in (("weekly", "2026-W44"), ("monthly", "2026-10"), ("monthly", "2026-09")):
        out(Scripted(), ledger, Send(RUTH, edition, period))
    out(Scripted(), ledger)
    shown = standing(ledger.entries()).shown
    assert [entry.send.period for entry in shown] == ["2026-W47", "2026-10"]
    everything = standing(ledger.entries(), most=99).shown
    assert [entry.send.period for entry in everything] == ["2026-W47", "2026-W44", "2026-10", "2026-09"]
    assert [entry.send.edition for entry in standing(ledger.entries(), period="2026-10").shown] == ["monthly"]


def test_messages_keep_their_distance():
    clock, slept = [100.0], []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        clock[0] += seconds

    way = Paced(Scripted(), per_minute=20, sleep=sleep, clock=lambda: clock[0])
    for _ in range(3):
        way.send(envelope())
    assert slept == [3.0, 3.0]


def test_a_ledger_of_an_earlier_version_is_read_and_keeps_its_rows(tmp_path):
    path = tmp_path / "old.sqlite"
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(
            'CREATE TABLE sends (address TEXT, edition TEXT, period TEXT, status TEXT, "when" TEXT, '
            "PRIMARY KEY (address, edition, period))"
        )
        database.execute("INSERT INTO sends VALUES (?, ?, ?, 'sent', '2026-11-23T07:00:00')", SEND.key)
    way = Scripted()
    assert out(way, Ledger(path)).status == "already"
    assert Ledger(path).entry(SEND).why == ""


STEPS = ("before the claim", "before it leaves", "after it left", "after it is settled")


def _die_at(step: str, folder: Path) -> None:
    """One delivery in a process that is gone at this step, with nothing cleaned up."""
    ledger = Ledger(folder / "ledger.sqlite")

    class Way(Scripted):
        def send(self, one: Envelope) -> Attempt:
            if step == "before it leaves":
                os._exit(9)
            with (folder / "left").open("a", encoding="utf-8") as file:
                file.write(one.send.address + "\n")
            if step == "after it left":
                os._exit(9)
            return Attempt("sent")

    if step == "before the claim":
        os._exit(9)
    out(Way(), ledger)
    if step == "after it is settled":
        os._exit(9)


def _left(folder: Path) -> Counter[str]:
    path = folder / "left"
    return Counter(path.read_text("utf-8").split()) if path.exists() else Counter()


@pytest.mark.parametrize("step", STEPS)
def test_a_run_killed_at_any_step_sends_nobody_two_and_forgets_nobody(tmp_path, step):
    dead = _spawned(_die_at, step, tmp_path)
    assert dead == 9
    _spawned(_die_at, "never", tmp_path)
    _spawned(_die_at, "never", tmp_path)
    held = [entry.send for entry in standing(Ledger(tmp_path / "ledger.sqlite").entries()).held]
    assert _left(tmp_path)[RUTH] <= 1
    assert _left(tmp_path)[RUTH] == 1 or held == [SEND]
    assert (held == [SEND]) == (step in ("before it leaves", "after it left"))


def _spawned(task, *args) -> int | None:
    process = multiprocessing.get_context("spawn").Process(target=task, args=args)
    process.start()
    process.join(60)
    return process.exitcode


def _race(folder: Path, barrier) -> None:
    ledger = Ledger(folder / "ledger.sqlite")
    barrier.wait(60)
    for number in range(20):
        send = Send(f"reader{number}@harwick.example", "weekly", "2026-W47")
        if ledger.claim(send, NOW):
            with (folder / "left").open("a", encoding="utf-8") as file:
                file.write(send.address + "\n")
            ledger.settle(send, SENT, NOW)


def test_two_runners_at_once_send_each_digest_once(tmp_path, ledger):
    spawn = multiprocessing.get_context("spawn")
    barrier = spawn.Barrier(2)
    runners = [spawn.Process(target=_race, args=(tmp_path, barrier)) for _ in range(2)]
    for each in runners:
        each.start()
    for each in runners:
        each.join(60)
    assert [each.exitcode for each in runners] == [0, 0]
    assert set(_left(tmp_path).values()) == {1}
    assert len(_left(tmp_path)) == 20
    assert {entry.status for entry in ledger.entries()} == {SENT}
    assert SENDING not in {entry.status for entry in ledger.entries()}
