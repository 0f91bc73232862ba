"""The clock: what is due, Sync now, and a watch that can be stopped. No test waits: clocks are pretended."""

from __future__ import annotations

import signal
from collections.abc import Callable
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from cli.run import Watch
from cli.stopping import stopped_by_signals
from engage import runner
from engage.errors import LeaseHeld, WorkbookBusy
from engage.runner import Ticked, what_is_due
from engage.slot_book import SlotBook
from engage.slots import BEGUN, FAILED, Mark
from engage.state import TAB as MEMORY
from engage.sync_now import Start, read_start
from engage.watching import keep_running
from engage.workbook.memory import MemoryWorkbook
from tests.partnership import NOW, Town

TWO = time(2)
START = "Start here"
LONDON = ZoneInfo("Europe/London")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


# --- what is due -------------------------------------------------------------------------------------------


def test_a_night_is_due_from_its_hour_until_a_sync_has_run_since() -> None:
    start = Start(at("2026-11-21T02:00"))
    assert what_is_due(start, at("2026-11-22T01:59"), TWO) == ()
    assert what_is_due(start, at("2026-11-22T02:00"), TWO) == ("night",)
    assert what_is_due(Start(at("2026-11-22T02:00")), at("2026-11-22T02:05"), TWO) == ()


def test_a_hub_that_was_never_synced_is_due_at_once() -> None:
    assert what_is_due(Start(), at("2026-11-22T01:00"), TWO) == ("night",)


def test_a_sync_by_hand_in_the_evening_does_not_stand_for_the_night() -> None:
    assert what_is_due(Start(at("2026-11-21T23:30")), at("2026-11-22T02:01"), TWO) == ("night",)


@pytest.mark.parametrize(("tries", "minutes"), [(1, 5), (2, 10), (3, 20), (4, 40), (5, 60), (99, 60)])
@pytest.mark.parametrize("status", [BEGUN, FAILED])
def test_a_night_that_failed_is_tried_again_ever_later_and_the_box_at_once(
    tries: int, minutes: int, status: str
) -> None:
    start, then = Start(at("2026-11-20T02:00"), "Yes"), at("2026-11-22T02:30")
    mark, again = Mark(status, tries, then), then + timedelta(minutes=minutes)
    assert what_is_due(start, again - timedelta(seconds=1), TWO, mark) == ("asked",)
    assert what_is_due(start, again, TWO, mark) == ("asked", "night")


def test_a_failure_that_a_wrong_clock_wrote_down_holds_nothing_up() -> None:
    mark = Mark(FAILED, 9, at("2031-01-01T00:00"))
    assert what_is_due(Start(at("2026-11-20T02:00")), at("2026-11-22T02:30"), TWO, mark) == ("night",)


def test_a_stamp_far_ahead_of_the_clock_stops_nothing() -> None:
    assert what_is_due(Start(at("2027-11-22T02:00")), at("2026-11-22T10:00"), TWO) == ("night",)


@pytest.mark.parametrize("box", ["Yes", "y", "TRUE", " x", "1"])
def test_a_box_is_ticked_in_whatever_way_people_tick(box: str) -> None:
    assert Start(None, box).is_ticked


@pytest.mark.parametrize("box", ["", "FALSE", "No", "n", "0", "what is this?"])
def test_any_other_text_is_no_tick(box: str) -> None:
    assert not Start(None, box).is_ticked


def nights(first: datetime, hours: int, slot: time, *, asleep: range = range(0)) -> list[datetime]:
    """Local times at which a machine that looks every five minutes syncs, from `first` (UTC) on."""
    last, found = at("2026-01-01T00:00"), list[datetime]()
    for step in range(hours * 12):
        if step in asleep:
            continue
        now = (first + timedelta(minutes=5 * step)).astimezone(LONDON).replace(tzinfo=None)
        if what_is_due(Start(last), now, slot):
            found.append(now)
            last = now
    return found


@given(st.times(max_value=time(23, 59)), st.sampled_from(["2026-03-28", "2026-10-24", "2026-06-01"]))
def test_each_night_runs_once_whatever_the_clocks_do(slot: time, day: str) -> None:
    first = datetime.combine(at(day).date(), slot, LONDON).astimezone(ZoneInfo("UTC"))
    found = nights(first, 72, slot.replace(second=0, microsecond=0))
    assert 3 <= len(found) <= 4
    assert len({(now - timedelta(hours=slot.hour, minutes=slot.minute)).date() for now in found}) == len(
        found
    )


def test_an_hour_that_the_clocks_jump_over_is_made_up_for_at_once() -> None:
    found = nights(datetime(2026, 3, 28, 12, tzinfo=ZoneInfo("UTC")), 24, time(1, 30))
    assert found == [at("2026-03-28T12:00"), at("2026-03-29T02:00")]


def test_nights_missed_while_the_machine_slept_are_made_up_for_once() -> None:
    asleep = range(12, 12 * 72)  # from one hour after the first look, three days
    found = nights(datetime(2026, 6, 1, 12, tzinfo=ZoneInfo("UTC")), 80, TWO, asleep=asleep)
    assert found == [at("2026-06-01T13:00"), at("2026-06-04T13:00"), at("2026-06-05T02:00")][: len(found)]
    assert len(found) == 3 or found[-1] == at("2026-06-04T13:00")


# --- Sync now ----------------------------------------------------------------------------------------------


@pytest.fixture
def town(tmp_path: Path) -> Town:
    """Synced once, as `engage init` and the first night leave it."""
    made = Town(tmp_path)
    made.sync(NOW)
    return made


def cell(town: Town, label: str) -> str:
    return next((row[1] if len(row) > 1 else "" for row in town.hub.rows(START) if row[0] == label), "gone")


def tick_the_box(town: Town, text: str = "Yes") -> None:
    row = [row[0] for row in town.hub.rows(START)].index("Sync now") + 1
    town.hub.type(START, row, 2, text)


LATER = NOW + timedelta(minutes=30)


def tick(town: Town, *, now: datetime) -> Ticked:
    return runner.tick(town.partnership, SlotBook(None), now=now)


def test_nothing_due_reads_one_tab_and_writes_nothing(town: Town) -> None:
    before = town.grids()
    looked: list[str] = []
    town.hub.between = lambda moment, _: looked.append(moment)
    assert tick(town, now=LATER) == Ticked()
    town.hub.between = None
    assert (looked, town.grids()) == (["before-read"], before)


def test_a_ticked_box_brings_a_sync_is_emptied_and_answered(town: Town) -> None:
    town.college.type("Firms", 6, 1, "Holt Roofing and Guttering")
    tick_the_box(town)
    ticked = tick(town, now=LATER)
    assert ticked.due == ("asked",)
    assert "Holt Roofing and Guttering" in town.texts("hub", "Employer list (built nightly)")
    assert (cell(town, "Sync now"), cell(town, "Last sync")) == ("", "16/11/2026 02:30")
    assert cell(town, "What Sync now did").startswith("16/11/2026 02:30: done, ")
    assert tick(town, now=LATER + timedelta(minutes=5)).due == ()


def test_a_google_box_is_unticked_and_stays_a_box(town: Town) -> None:
    tick_the_box(town, "TRUE")
    tick(town, now=LATER)
    assert cell(town, "Sync now") == "FALSE"
    assert tick(town, now=LATER + timedelta(minutes=5)).due == ()


def test_a_box_ticked_while_the_sync_runs_is_for_the_next_look(town: Town) -> None:
    def again(moment: str, book: MemoryWorkbook) -> None:
        if moment == "before-read" and cell(town, "Sync now") == "":
            book.between = None
            tick_the_box(town)

    tick_the_box(town)
    town.hub.between = again
    assert tick(town, now=LATER).due == ("asked",)
    assert cell(town, "Sync now") == "Yes"
    assert tick(town, now=LATER + timedelta(minutes=5)).due == ("asked",)


def test_a_night_that_is_due_and_asked_for_is_one_sync(town: Town) -> None:
    tick_the_box(town)
    ticked = tick(town, now=NOW + timedelta(days=1))
    assert (ticked.due, cell(town, "Sync now")) == (("asked", "night"), "")


def test_a_sync_that_stops_for_safety_unticks_the_box_and_says_why(town: Town) -> None:
    for _ in range(4):
        town.college.delete_row("Firms", 3)
    tick_the_box(town)
    ticked = tick(town, now=LATER)
    assert ticked.report is not None
    assert ticked.report.exit_code == 4
    said = cell(town, "What Sync now did")
    assert "college" in said
    assert "--allow-deletions" in said
    assert cell(town, "Sync now") == ""


def test_a_sync_that_fails_unticks_the_box_says_why_and_is_not_repeated(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise WorkbookBusy("somebody has it open", where="hub.xlsx", fix="close it")

    monkeypatch.setattr(runner, "sync", fails)
    tick_the_box(town)
    ticked = tick(town, now=LATER)
    assert isinstance(ticked.problem, WorkbookBusy)
    assert cell(town, "What Sync now did") == (
        "16/11/2026 02:30: not done. hub.xlsx: somebody has it open. What to do: close it."
    )
    assert tick(town, now=LATER + timedelta(minutes=5)).due == ()


def test_a_box_that_cannot_be_emptied_brings_no_sync(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise WorkbookBusy("somebody has it open")

    tick_the_box(town)
    before = town.grids()
    monkeypatch.setattr(town.hub, "apply", fails)
    with pytest.raises(WorkbookBusy):
        tick(town, now=LATER)
    assert town.grids() == before


def test_a_box_that_somebody_unticked_meanwhile_brings_no_sync(town: Town) -> None:
    def untick(moment: str, book: MemoryWorkbook) -> None:
        if moment == "before-guard":
            book.between = None
            tick_the_box(town, "")

    tick_the_box(town)
    town.hub.between = untick
    assert tick(town, now=LATER) == Ticked()
    assert cell(town, "Last sync") == "16/11/2026 02:00"


def test_where_another_machine_syncs_the_box_stays_ticked_and_that_is_said(town: Town) -> None:
    rows = town.hub.rows(MEMORY)
    row = next(number for number, cells in enumerate(rows, 1) if cells[0] == "holder")
    town.hub.type(MEMORY, row, 3, rows[row - 1][2].replace("this-machine", "the-other-one"))
    tick_the_box(town)
    before = town.grids()
    with pytest.raises(LeaseHeld, match="the-other-one"):
        tick(town, now=LATER)
    assert town.grids() == before


def test_a_renamed_start_here_is_found_or_made_again_and_never_syncs_for_ever(town: Town) -> None:
    town.hub.rename_tab(START, "Read me")
    assert tick(town, now=LATER).due == ("night",)
    assert tick(town, now=LATER + timedelta(minutes=5)).due == ()


def test_what_sync_now_did_outlives_the_next_night(town: Town) -> None:
    tick_the_box(town)
    tick(town, now=LATER)
    said = cell(town, "What Sync now did")
    report = town.sync(NOW + timedelta(days=1))
    assert (cell(town, "What Sync now did"), report.notes) == (said, ())
    assert read_start(town.hub.rows(START)) == Start(at("2026-11-17T02:00"), "")


# --- keeping watch -----------------------------------------------------------------------------------------


class PretendStop:
    """Moves the clock in place of waiting; asks to stop after so many seconds. jumps: second → jump."""

    def __init__(self, clock: time_machine.Traveller, seconds: int, jumps: dict[int, timedelta]) -> None:
        self.clock, self.left, self.at, self.jumps = clock, seconds, 0, jumps

    def wait(self, timeout: float) -> bool:
        self.at += 1
        self.clock.shift(timedelta(seconds=timeout) + self.jumps.get(self.at, timedelta()))
        return self.at >= self.left


def watched(minutes: int, *, check: Callable[[], None], jumps: dict[int, timedelta] | None = None) -> None:
    with time_machine.travel("2026-11-22T02:00:00", tick=False) as clock:
        keep_running(check, 5, PretendStop(clock, minutes * 60, jumps or {}))


def test_a_watch_looks_at_once_and_then_every_so_many_minutes() -> None:
    looks: list[int] = []
    watched(21, check=lambda: looks.append(1))
    assert len(looks) == 5


def test_a_machine_that_slept_looks_once_when_it_wakes() -> None:
    looks: list[int] = []
    watched(4, check=lambda: looks.append(1), jumps={60: timedelta(hours=9)})
    assert len(looks) == 2


def test_clocks_that_go_back_do_not_stop_the_looking() -> None:
    looks: list[int] = []
    watched(21, check=lambda: looks.append(1), jumps={60: timedelta(hours=-1)})
    assert len(looks) >= 4


def test_a_watch_that_is_told_to_stop_has_finished_its_look() -> None:
    done: list[str] = []

    class Stops:
        def wait(self, timeout: float) -> bool:
            return True

    keep_running(lambda: done.append("whole"), 5, Stops())
    assert done == ["whole"]


def test_a_signal_stops_the_watch_and_a_second_one_does_what_it_always_did() -> None:
    usual = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)
    with stopped_by_signals() as stop:
        signal.raise_signal(signal.SIGTERM)
        assert stop.is_set()
        assert (signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)) == usual


def test_the_handlers_of_a_watch_that_was_never_stopped_are_put_back() -> None:
    usual = signal.getsignal(signal.SIGTERM)
    with stopped_by_signals():
        assert signal.getsignal(signal.SIGTERM) != usual
    assert signal.getsignal(signal.SIGTERM) == usual


def test_what_goes_wrong_in_a_look_is_said_and_the_watch_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Watch(tmp_path / "engage.toml").check()
    assert "there is no such file" in capsys.readouterr().err
