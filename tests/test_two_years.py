"""Two years of slots on machines that sleep, restart and die: each period's digest exactly once.

Real: the tick with all that it decides, the order in which it writes things down, the book of slots, the
ledger of what was sent and the delivering of a message. Pretended: the clock, the host's time zone, what a
sync does but for its time stamp, and the way by which messages leave. No test waits.
"""

from __future__ import annotations

import os
import random
import sqlite3
import time as host
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine

from cli.opening import local_now
from engage import rounds, runner
from engage.config import Schedule
from engage.digest.due import is_due, last_period
from engage.digest.readers import Reader
from engage.editions import Posted
from engage.ledger import HELD, SENT, Ledger, Send
from engage.mail.delivering import deliver
from engage.mail.transport import Attempt, Envelope
from engage.runner import tick
from engage.slot_book import SlotBook
from engage.slots import MISSED, SYNC, Slot, digest_slots, night_slot
from engage.watching import keep_running
from engage.workbook.memory import MemoryWorkbook
from tests.partnership import Town

SOAK = bool(os.environ.get("ENGAGE_SOAK"))
SEEDS = range(40) if SOAK else range(1)
BEGIN, END = datetime(2026, 2, 2, tzinfo=UTC), datetime(2028, 2, 7, tzinfo=UTC)  # four changes of the clocks
NEVER, SEVEN, TWO = BEGIN.replace(tzinfo=None), time(7), time(2)
READERS = tuple(
    Reader(name, f"{name}@marlbeck.example", "", edition=edition, day=day)
    for name, edition, day in (
        ("ann", "weekly", "Monday"),
        ("bob", "weekly", "Thursday"),
        ("cat", "weekly", "Friday"),
        ("cat", "monthly", "Friday"),
        ("dee", "monthly", "Monday"),
    )
)
MESSAGES = {one.email: EmailMessage(policy=SMTP) for one in READERS}
for address, message in MESSAGES.items():
    message["To"] = address
WANTED = frozenset((one.edition, one.day) for one in READERS)
pytestmark = pytest.mark.skipif(not hasattr(host, "tzset"), reason="the host's time zone is set; POSIX only")


class Died(BaseException):
    """The machine is gone, in the middle of something."""


class OneLine(Ledger):
    """A ledger that keeps its file open and does not wait for the disk, so that two years take seconds."""

    line: sqlite3.Connection | None = None

    def _open(self) -> AbstractContextManager[Any]:
        if self.line is None:
            self.line = sqlite3.connect(self.path, isolation_level=None)
            self.line.execute("PRAGMA synchronous = OFF")
            self.line.execute("PRAGMA journal_mode = MEMORY")
        return nullcontext(self.line)


@dataclass(slots=True)
class World:
    """A machine, its hub and the post. dice: what befalls it. left: who was sent what, and when, local."""

    folder: Path
    dice: random.Random
    deaths: float
    now: datetime = NEVER
    left: list[tuple[Send, datetime]] = field(default_factory=list)
    nights: list[Slot] = field(default_factory=list)
    rounds: list[datetime] = field(default_factory=list)
    book: SlotBook = field(default_factory=lambda: SlotBook(None))
    ledger: OneLine = field(init=False)
    partnership: Any = field(init=False)
    refuses: bool = False

    def __post_init__(self) -> None:
        start = [["Start here", "How this workbook works"], ["Last sync", ""], ["Sync now", ""]]
        memory = [["Kind", "Key", "Value"], ["format", "", "1"], ["holder", "", "this-machine"]]
        hub = MemoryWorkbook("hub", {"Start here": start, "_engage": memory}, title="hub")
        town = Town(self.folder)
        config = replace(town.config, schedule=Schedule(TWO, 5, SEVEN))
        self.partnership = replace(town.partnership, config=config, workbooks={"hub": hub})
        self.ledger = OneLine(self.folder / "state" / "ledger.sqlite")

    def may_die(self) -> None:
        if self.dice.random() < self.deaths:
            raise Died

    # --- what the tick works with --------------------------------------------------------------------------

    def sync(self, *_: object, now: datetime, **__: object) -> Any:
        self.may_die()
        self.partnership.workbooks["hub"].type("Start here", 2, 2, now.strftime("%d/%m/%Y %H:%M"))
        self.nights.append(night_slot(now, TWO))
        self.may_die()
        return SimpleNamespace(night=SimpleNamespace(late=()), exit_code=0)

    def open_desk(self, *_: object, **__: object) -> Any:
        self.may_die()
        return SimpleNamespace(stale="figures have changed" if self.dice.random() < 0.1 else "", held_by=None)

    def post(self, *_: object, **__: object) -> tuple[Posted, ...]:
        found = tuple(self._posted())
        if not any(one.is_open for one in found):
            self.rounds.append(self.now)
        self.may_die()
        return found

    def _posted(self) -> Iterator[Posted]:
        self.refuses = self.dice.random() < 0.1
        for one in READERS:
            period = last_period(one.edition, self.now.date())
            if is_due(period, one.day, self.now.date()):
                self.may_die()
                envelope = Envelope(Send(one.email, one.edition, period.label), MESSAGES[one.email], "")
                allowed = frozenset({"marlbeck.example"})
                done = deliver(envelope, transport=self, ledger=self.ledger, now=self.now, allowed=allowed)
                yield Posted(one, done)

    def send(self, envelope: Envelope) -> Attempt:
        self.may_die()
        if self.refuses and self.dice.random() < 0.5:
            return Attempt("temporary", "not now")
        self.left.append((envelope.send, self.now))
        self.may_die()
        return Attempt("sent")

    def trace(self, send: Send) -> None:
        return None

    def close(self) -> None:
        pass


@pytest.fixture(params=["UTC", "Europe/London", "America/New_York"])
def host_zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("TZ", request.param)
    host.tzset()
    yield request.param
    monkeypatch.undo()
    host.tzset()


def live(world: World, monkeypatch: pytest.MonkeyPatch, *, sleeps: float, slips: float = 0.0) -> None:
    """Two years of looks. sleeps, slips: how likely the machine is suspended, its clock set back, at each."""
    monkeypatch.setattr(runner, "sync", world.sync)
    monkeypatch.setattr(rounds, "sync", world.sync)
    monkeypatch.setattr(runner, "digests_wanted", lambda *_: WANTED)
    monkeypatch.setattr(rounds, "open_desk", world.open_desk)
    monkeypatch.setattr(rounds, "post", world.post)
    monkeypatch.setattr(rounds, "Ledger", lambda _: world.ledger)
    with time_machine.travel(BEGIN.timestamp(), tick=False) as clock:
        woke = pass_time(world, clock, BEGIN, END, sleeps=sleeps, slips=slips)
        world.deaths = 0.0  # and two days in which what was missed at the end can be said
        pass_time(world, clock, woke, woke + timedelta(days=2), sleeps=0.0, slips=0.0)


def pass_time(
    world: World,
    clock: time_machine.Traveller,
    true: datetime,
    end: datetime,
    *,
    sleeps: float,
    slips: float,
) -> datetime:
    """Look again and again until the end; returns when the machine was awake next."""
    dice, slip = world.dice, timedelta()
    while true < end:
        clock.move_to((true - slip).timestamp())
        world.now = local_now(world.partnership.config)
        with suppress(Died):
            tick(world.partnership, world.book, now=world.now)
        world.book.is_new = False  # every look is a program of its own
        true += timedelta(minutes=pause(dice, world.now, sleeps))
        slip = timedelta(hours=dice.randint(1, 120)) if dice.random() < slips else slip * dice.choice((0, 1))
    return true


def pause(dice: random.Random, now: datetime, sleeps: float) -> int:
    """Minutes until the next look: mostly where something may happen, sometimes anywhere, sometimes days."""
    if dice.random() < sleeps:
        return dice.randint(60, 60 * 24 * 12)
    if dice.random() < 0.4:
        return dice.choice((5, 15, 60, 240))
    hours = [datetime.combine(now.date() + timedelta(days=day), at) for day in (0, 1) for at in (TWO, SEVEN)]
    ahead = min(at for at in hours if at > now) - now
    return int(ahead.total_seconds() // 60) + dice.choice((0, 0, 5, 40))


def slots_of(world: World) -> Iterator[tuple[Reader, Slot]]:
    """Every reader's slots that began and ended within the two years."""
    first, last = BEGIN.replace(tzinfo=None) + timedelta(days=15), END.replace(tzinfo=None)
    seen: dict[tuple[str, str], Slot] = {}
    for weeks in range(106):
        found = digest_slots((BEGIN + timedelta(weeks=weeks)).date(), SEVEN)
        seen |= {slot.key: slot for slot in found if first <= slot.due and slot.until <= last}
    for slot in seen.values():
        yield from ((r, slot) for r in READERS if (r.edition, r.day) == (slot.job, slot.day))


def check_digests(world: World) -> Counter[str]:
    """Each exactly once: it left once, or is listed as held, or was said to be missed. Returns how many."""
    times = Counter(send.key for send, _ in world.left)
    assert set(times.values()) <= {1}
    status = {entry.send.key: entry.status for entry in world.ledger.entries()}
    when = {send.key: moment for send, moment in world.left}
    found: Counter[str] = Counter()
    for one, slot in slots_of(world):
        key = (one.email, one.edition, slot.period)
        if status.get(key) in HELD:
            found["held"] += 1
        elif key in when:
            assert status[key] == SENT
            assert slot.due <= when[key] < slot.until
            assert when[key].time() >= SEVEN
            said = world.book.marks[slot.key]
            assert said.status != MISSED or "cut off" in said.why, said
            found["on its day" if when[key].date() == slot.due.date() else "late"] += 1
        else:
            assert world.book.status(slot) == MISSED, (key, world.book.marks.get(slot.key))
            assert not [at for at in world.rounds if slot.due <= at < slot.until], key
            found["missed"] += 1
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_each_digest_comes_once_on_a_machine_that_never_sleeps(host_zone, seed, tmp_path, monkeypatch):
    world = World(tmp_path, random.Random(f"{seed} {host_zone}"), deaths=0.0)
    live(world, monkeypatch, sleeps=0.0)
    found = check_digests(world)
    assert found["held"] == 0
    assert found["missed"] <= 2  # one that the server refused at every look of its days
    assert found["late"] <= found["on its day"] / 10  # refused at a day's last look
    early = [when for _, when in world.left if when.time() < time(9)]
    assert len(early) > 0.8 * len(world.left)  # seven o'clock in London, summer and winter
    assert {slot.due.date() for slot in world.nights} >= {
        (BEGIN + timedelta(days=day)).date() for day in range(1, 734)
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_each_digest_comes_once_is_held_or_is_said_to_be_missed(host_zone, seed, tmp_path, monkeypatch):
    world = World(tmp_path, random.Random(f"{seed} {host_zone} and deaths"), deaths=0.02)
    live(world, monkeypatch, sleeps=0.03)
    found = check_digests(world)
    assert found.keys() == {"on its day", "late", "held", "missed"}
    assert found["on its day"] > found["held"] + found["missed"]
    check_nights(world)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_clock_that_is_set_back_sends_nobody_a_second_one(host_zone, seed, tmp_path, monkeypatch):
    world = World(tmp_path, random.Random(f"{seed} {host_zone} and slips"), deaths=0.01)
    live(world, monkeypatch, sleeps=0.01, slips=0.03)
    times = Counter(send.key for send, _ in world.left)
    assert set(times.values()) == {1}
    assert len(times) > 200


def check_nights(world: World) -> None:
    """Each night was synced, or is said to have been missed by the sync that came after it."""
    synced = {night.key for night in world.nights}
    last = max(night.due for night in world.nights)
    nights = [night_slot(BEGIN.replace(tzinfo=None) + timedelta(days=day), TWO) for day in range(2, 735)]
    for night in nights:
        if night.due <= last:
            assert (night.key in synced) != (world.book.status(night) == MISSED), night
    assert any(world.book.status(night) == MISSED for night in nights)
    assert all(night.job == SYNC for night in world.nights)


# Each is at most an hour before a change of the clocks in one of the host's zones.
CHANGES = ("2026-03-08T06:30", "2026-03-29T00:30", "2026-10-25T00:30", "2026-11-01T05:30")


@pytest.mark.parametrize("begin", CHANGES)
def test_engage_run_looks_on_through_every_change_of_the_clocks(host_zone, begin):
    looks: list[float] = []

    class Passing:
        """Four hours, twenty seconds at a time."""

        def wait(self, _: float) -> bool:
            clock.shift(20)
            return host.time() - looks[0] > 4 * 3600

    with time_machine.travel(datetime.fromisoformat(f"{begin}+00:00").timestamp(), tick=False) as clock:
        keep_running(lambda: looks.append(host.time()), 5, Passing())
    gaps = [after - before for before, after in pairwise(looks)]
    assert max(gaps) <= 660
    assert min(gaps) >= 20
