"""Digests that go out by themselves: on their day, at their hour, from the rows of the sheets to the post."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from engage import runner
from engage.config import Schedule
from engage.editions import post, sends_of
from engage.errors import DigestError, LeaseHeld, WorkbookBusy
from engage.ledger import LEDGER_FILE, Ledger, Send
from engage.mail.transport import Attempt, Envelope
from engage.our_ledger import adopt, said_of
from engage.runner import Means, Ticked
from engage.slot_book import BOOK_FILE, book_of
from engage.slots import DONE, ELSEWHERE, FAILED, MISSED
from tests.digest.test_editions import MONDAY, desk_of, reader, talk
from tests.partnership import COLLEGE, Town, by_heading

pytestmark = pytest.mark.slow

RUTH, TOM = "ruth@marlbeck.example", "tom@marlbeck.example"
SEVEN = MONDAY.replace(hour=7)
THURSDAY, WEEK = SEVEN + timedelta(days=3), timedelta(days=7)


@dataclass(slots=True)
class Post:
    """A way out that says what it is told to. left: to whom something left."""

    result: str = "sent"
    refused: set[str] = field(default_factory=set)
    left: list[Send] = field(default_factory=list)

    def send(self, envelope: Envelope) -> Attempt:
        if envelope.send.address in self.refused:
            return Attempt("temporary", "because")
        if self.result == "sent":
            self.left.append(envelope.send)
        return Attempt(self.result, "because")

    def trace(self, send: Send) -> None:
        return None

    def close(self) -> None:
        pass

    @property
    def to(self) -> list[str]:
        return [send.address for send in self.left]


@pytest.fixture
def way() -> Post:
    return Post()


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return make_town(tmp_path)


PRISTINE: dict[str, Any] = {}  # the books and files of the usual town after its first night, made once


def make_town(folder: Path, *rows: list[str]) -> Town:
    """Synced on Monday at five, sends at seven; of Ruth and Tom unless rows say otherwise."""
    if not rows and PRISTINE:
        return copied_town(folder)
    usual = (reader(), reader(Name="Tom", Email=TOM, Agency=COLLEGE, Day="Thursday"))
    town = with_clock(folder, *(rows or usual))
    town.sync(MONDAY)
    book_of(town.config.state).watch(MONDAY)
    if not rows:
        PRISTINE["books"] = copy.deepcopy(town.books)
        PRISTINE["files"] = {path.name: path.read_bytes() for path in town.config.state.iterdir()}
    return town


def copied_town(folder: Path) -> Town:
    town = with_clock(folder)
    town.books.update(copy.deepcopy(PRISTINE["books"]))
    town.hub, town.college = town.books["hub"], town.books["college"]
    for name, content in PRISTINE["files"].items():
        (town.config.state / name).write_bytes(content)
    return town


def with_clock(folder: Path, *rows: list[str]) -> Town:
    town = Town(folder, Coordinators=list(rows), Engagements=[talk("17/11/2026"), talk("24/11/2026")])
    mail = replace(
        town.config.mail, allowed_domains=("marlbeck.example",), from_address="us@marlbeck.example"
    )
    use(town, replace(town.config, mail=mail, schedule=Schedule(time(2), 5, time(7))))
    return town


def use(town: Town, config) -> None:
    town.config, town.partnership = config, replace(town.partnership, config=config)


def tick(town: Town, now: datetime, way: Post, stop: Callable[[], bool] = lambda: False) -> Ticked:
    means = Means(transport=way, stop=stop)
    return runner.tick(town.partnership, book_of(town.config.state), now=now, means=means)


def mark(town: Town, label: str, job: str = "weekly"):
    return book_of(town.config.state).marks[job, label]


def hub_says(town: Town, label: str) -> str:
    return next((row[1] for row in town.hub.rows("Start here") if row[0] == label), "")


# --- on their day ------------------------------------------------------------------------------------------


def test_digests_go_out_at_their_hour_on_their_day_and_once(town, way):
    assert tick(town, SEVEN - timedelta(minutes=1), way).due == ()
    assert tick(town, SEVEN, way).due == ("digests",)
    assert tick(town, SEVEN + timedelta(minutes=5), way).due == ()
    assert way.to == [RUTH]
    tick(town, THURSDAY.replace(hour=2), way)
    assert tick(town, THURSDAY, way).round.counts == {"sent": 1, "already": 1}
    assert way.to == [RUTH, TOM]
    assert mark(town, "2026-W47 Thursday").status == DONE


def test_a_machine_that_slept_until_wednesday_syncs_and_then_sends_mondays(town, way):
    ticked = tick(town, SEVEN + timedelta(days=2, hours=1), way)
    assert ticked.due == ("night", "digests")
    assert way.to == [RUTH]


def test_what_people_typed_since_the_night_is_synced_before_anything_is_sent(town, way):
    town.hub.insert_row("Engagements", 2, ["", *talk("20/11/2026")])
    assert tick(town, SEVEN, way).round.counts["sent"] == 1
    assert hub_says(town, "Last sync") == "23/11/2026 07:00"


def test_without_send_at_nothing_goes_out_by_itself(town, way):
    use(town, replace(town.config, schedule=Schedule(time(2))))
    assert tick(town, SEVEN, way).due == ()


def test_a_first_look_sends_nothing_so_a_disk_that_does_not_last_never_sends(town, way):
    for _ in range(3):
        (town.config.state / BOOK_FILE).unlink()
        assert tick(town, SEVEN, way).due == ()
    assert tick(town, SEVEN, way).due == ("digests",)


def test_a_machine_that_only_syncs_names_no_ledger_and_sends_nothing(tmp_path, way):
    town = Town(tmp_path, Coordinators=[reader()])
    town.partnership = replace(town.partnership, sends=False)
    use(town, replace(town.config, schedule=Schedule(time(2), 5, time(7))))
    book_of(town.config.state).watch(MONDAY)
    assert tick(town, SEVEN, way).due == ("night",)
    assert not (town.config.state / LEDGER_FILE).exists()
    assert "ledger" not in {row[0] for row in town.hub.rows("_engage")}


# --- what goes wrong ---------------------------------------------------------------------------------------


def test_what_could_not_leave_is_tried_again_ever_later_until_it_is_sent(town, way):
    way.result = "temporary"
    assert tick(town, SEVEN, way).round.exit_code == 1
    assert mark(town, "2026-W47 Monday").why == "1 digest could not leave; engage digest status says why"
    assert tick(town, SEVEN + timedelta(minutes=4), way).due == ()
    assert tick(town, SEVEN + timedelta(minutes=5), way).due == ("digests",)
    way.result = "sent"
    assert tick(town, SEVEN + timedelta(minutes=10), way).due == ()
    assert tick(town, SEVEN + timedelta(minutes=15), way).round.left == {}
    assert (way.to, mark(town, "2026-W47 Monday").tries) == ([RUTH], 3)


def test_one_that_could_not_leave_all_week_is_missed_alone_and_not_the_days_after_it(town, way):
    tick(town, SEVEN - timedelta(days=1), way)
    tick(town, MONDAY, way)
    way.refused = {RUTH}
    for day in range(6):
        now = SEVEN + timedelta(days=day)
        town.sync(now.replace(hour=2))
        tick(town, now, way)
    assert [mark(town, f"2026-W47 {day}").status for day in ("Monday", "Tuesday", "Thursday")] == [
        FAILED,
        DONE,
        DONE,
    ]
    town.sync(SEVEN + WEEK)
    tick(town, MONDAY + WEEK + timedelta(days=1), way)
    said = [row["What happened"] for row in by_heading(town.hub.rows("Sync log"))]
    missed = [line for line in said if "was missed" in line]
    assert len(missed) == 1
    assert "due on 23/11/2026 at 07:00, was missed: tried 6 times" in missed[0]


def test_a_held_digest_is_tried_by_nobody_and_the_day_is_done(town, way):
    way.result = "unknown"
    assert tick(town, SEVEN, way).round.counts == {"held": 1, "none": 1}
    assert mark(town, "2026-W47 Monday").status == DONE
    town.sync(SEVEN + timedelta(hours=1))
    assert hub_says(town, "Look at this") == (
        "1 digest may or may not have arrived: run engage digest status."
    )


def test_what_a_person_found_not_to_have_arrived_goes_out_by_itself(town, way):
    way.result = "unknown"
    tick(town, SEVEN, way)
    way.result, now = "sent", SEVEN + timedelta(hours=2)
    Ledger(town.config.state / LEDGER_FILE).resolve(Send(RUTH, "weekly", "2026-W47"), "failed", now, why="")
    assert tick(town, now, way).due == ("digests",)
    assert tick(town, now + timedelta(days=1), way).due == ("night", "digests")  # Tuesday's own
    assert way.to == [RUTH]


def test_digests_wait_for_a_sync_that_is_due_and_fails(town, way, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(runner, "sync", _busy)
        ticked = tick(town, SEVEN + timedelta(days=1), way)
    assert (ticked.due, type(ticked.problem), ticked.exit_code) == (("night",), WorkbookBusy, 1)
    assert tick(town, SEVEN + timedelta(days=1, minutes=5), way).due == ("night", "digests")
    assert way.to == [RUTH]


def test_whoever_is_told_to_stop_finishes_the_message_in_hand_and_leaves_the_rest(tmp_path, way):
    town = make_town(tmp_path, *(reader(Email=f"r{number}@marlbeck.example") for number in range(4)))
    ticked = tick(town, SEVEN, way, stop=lambda: len(way.left) >= 2)
    assert ticked.round.counts == {"sent": 2, "not tried": 2}
    assert tick(town, SEVEN + timedelta(minutes=5), way).round.counts == {"already": 2, "sent": 2}
    assert len(set(way.to)) == len(way.to) == 4


def test_weeks_in_which_nothing_ran_are_said_once_in_the_sync_log_and_in_start_here(town, way):
    tick(town, SEVEN - timedelta(days=1), way)  # a sync by the runner: it knows now who gets what
    tick(town, MONDAY, way)
    later = SEVEN + 2 * WEEK + timedelta(days=1, hours=-1)
    tick(town, later, way)
    said = [row["What happened"] for row in by_heading(town.hub.rows("Sync log"))]
    missed = [line for line in said if "was missed" in line]
    assert [line[:46] for line in missed] == [
        "The weekly digest of 16 to 22 November 2026, d",
        "The weekly digest of 16 to 22 November 2026, d",
        "The weekly digest of 23 to 29 November 2026, d",
        "The weekly digest of 23 to 29 November 2026, d",
    ]
    assert sum(line.startswith("No sync ran in 14 nights, 24/11/2026 to 07/12/2026") for line in said) == 1
    assert "was missed" in hub_says(town, "Look at this")
    tick(town, later + timedelta(days=1), way)
    again = [row["What happened"] for row in by_heading(town.hub.rows("Sync log"))]
    assert [line for line in again if "was missed" in line] == missed
    town.sync(later + timedelta(days=9))
    assert hub_says(town, "Look at this") == ""
    assert mark(town, "2026-W47 Monday").status == MISSED


# --- one machine at a time ---------------------------------------------------------------------------------


def held_by_another(town: Town) -> None:
    rows = town.hub.rows("_engage")
    row = next(number for number, cells in enumerate(rows, 1) if cells[0] == "holder")
    town.hub.type("_engage", row, 3, rows[row - 1][2].replace("this-machine", "the-other-one"))


def test_where_another_machine_holds_the_lease_its_digests_are_left_to_it_without_a_word(town, way):
    held_by_another(town)
    assert tick(town, SEVEN, way).due == ()
    assert mark(town, "2026-W47 Monday").status == ELSEWHERE
    assert tick(town, SEVEN + timedelta(minutes=5), way).due == ()
    assert way.left == []


def test_adopting_takes_the_lease_over_and_the_other_machine_refuses_from_then_on(town, way):
    other = town.partnership
    town.partnership = replace(
        other, machine="the-new-one", config=replace(town.config, state=town.config.state / "new")
    )
    desk = desk_of(town, SEVEN)
    with pytest.raises(LeaseHeld):
        post(desk, transport=way)
    adopt(desk, sends_of(desk), "the-new-one")
    town.partnership, new = other, town.partnership
    assert tick(town, SEVEN, way).due == ()
    with pytest.raises(LeaseHeld, match="the-new-one"):
        tick(town, MONDAY.replace(hour=2) + timedelta(days=1), way)
    town.partnership, town.config = new, new.config
    book_of(town.config.state).watch(MONDAY)
    assert tick(town, SEVEN, way).round.counts == {"already": 1, "none": 1}
    tick(town, MONDAY + WEEK, way)
    assert tick(town, SEVEN + WEEK, way).round.counts["sent"] == 1
    assert way.left == [Send(RUTH, "weekly", "2026-W48")]


# --- the ledger --------------------------------------------------------------------------------------------


def test_without_the_ledger_nothing_is_sent_until_a_person_adopts(town, way):
    (town.config.state / LEDGER_FILE).unlink()
    found = tick(town, SEVEN, way).round
    assert isinstance(found.problem, DigestError)
    assert (mark(town, "2026-W47 Monday").status, way.left) == (FAILED, [])
    desk = desk_of(town, SEVEN)
    adopt(desk, sends_of(desk), "this-machine")
    assert tick(town, SEVEN + timedelta(minutes=5), way).round.counts["already"] == 1
    assert way.left == []


def test_a_ledger_older_than_last_sent_sends_nothing_though_the_hub_has_lost_its_memory(town, way):
    shutil.copy(town.config.state / LEDGER_FILE, town.config.state / "old")
    tick(town, SEVEN, way)
    town.sync(SEVEN + timedelta(hours=1))  # the Digest list says so now
    shutil.move(town.config.state / "old", town.config.state / LEDGER_FILE)
    rows = town.hub.rows("_engage")
    number = next(number for number, cells in enumerate(rows, 1) if cells[0] == "ledger turn")
    town.hub.type("_engage", number, 3, "0")
    desk = desk_of(town, SEVEN + timedelta(hours=2))
    with pytest.raises(DigestError, match="by the Digest list one went out on 23/11/2026 at 07:00"):
        post(desk, transport=way)
    assert said_of(desk) == {RUTH: "2026-11-23 07:00, sent"}
    adopt(desk, sends_of(desk), "this-machine")
    post(desk_of(town, SEVEN + timedelta(hours=2)), transport=way)
    assert way.to == [RUTH]


def test_what_was_adopted_goes_to_nobody_who_was_away_that_day_either(tmp_path, way):
    town = make_town(tmp_path, reader(), reader(Name="Tom", Email=TOM, Paused_until="24/11/2026"))
    desk = desk_of(town, SEVEN)
    assert [send.address for send in sends_of(desk)] == [RUTH]
    adopt(desk, sends_of(desk), "this-machine")
    tick(town, THURSDAY.replace(hour=2), way)
    assert tick(town, THURSDAY, way).round.counts == {"already": 2}
    assert way.left == []


def _busy(*_: object, **__: object) -> None:
    raise WorkbookBusy("somebody has it open", where="hub.xlsx", fix="close it")
