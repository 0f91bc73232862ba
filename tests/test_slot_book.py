"""What became of slots, on the disk before anything is done, and what is said of those that were missed."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.missed import missed_words
from engage.slot_book import BOOK_FILE, SlotBook, missed_of_late
from engage.slots import BEGUN, FAILED, MISSED, Mark, digest_slots, nights_missed

NOW = datetime.fromisoformat("2026-11-23T07:00")
MONDAY = next(s for s in digest_slots(NOW.date(), time(7)) if s.label == "2026-W47 Monday")
OFF = "nothing was running, or this machine was off"
A_DAY = timedelta(days=1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / BOOK_FILE


def test_what_is_begun_is_on_the_disk_before_anything_is_done(path: Path) -> None:
    SlotBook(path).begin([MONDAY], NOW)
    assert SlotBook(path).marks == {MONDAY.key: Mark(BEGUN, 1, NOW)}


def test_tries_are_counted_through_restarts_and_the_reason_is_kept(path: Path) -> None:
    for _ in range(3):
        book = SlotBook(path)
        book.begin([MONDAY], NOW)
        book.end([MONDAY], FAILED, NOW, "the server says not now")
    assert SlotBook(path).marks[MONDAY.key] == Mark(FAILED, 3, NOW, "the server says not now")


def test_the_first_book_is_new_and_the_next_is_not(path: Path) -> None:
    book = SlotBook(path)
    book.watch(NOW)
    assert (book.is_new, SlotBook(path).is_new) == (True, False)
    assert (SlotBook(path).since, SlotBook(path).looked) == (NOW, NOW)


def test_a_watch_that_a_wrong_clock_began_in_the_future_begins_now(path: Path) -> None:
    SlotBook(path).watch(NOW + 500 * A_DAY)
    book = SlotBook(path)
    book.watch(NOW)
    assert book.since == NOW
    book.watch(NOW + A_DAY)
    assert (book.since, book.looked) == (NOW, NOW + A_DAY)


def test_what_was_noticed_is_remembered(path: Path) -> None:
    book = SlotBook(path)
    assert (book.last_sync, book.expected) == (None, frozenset())
    book.saw_sync(NOW)
    book.saw_sync(None)
    book.expect({("weekly", "Monday")})
    assert (SlotBook(path).last_sync, SlotBook(path).expected) == (NOW, {("weekly", "Monday")})


def test_a_damaged_book_is_set_aside_and_a_new_one_begun(path: Path) -> None:
    path.write_bytes(b"this is no database, and never was one" * 100)
    book = SlotBook(path)
    book.begin([MONDAY], NOW)
    assert SlotBook(path).status(MONDAY) == BEGUN
    assert path.with_name("clock.sqlite.damaged").exists()


def test_what_was_missed_is_told_for_a_week(path: Path) -> None:
    assert missed_of_late(path.parent, NOW) == ()
    book = SlotBook(path)
    book.miss([MONDAY], NOW)
    assert len(missed_of_late(path.parent, NOW + 7 * A_DAY)) == 1
    assert missed_of_late(path.parent, NOW + 8 * A_DAY) == ()
    path.write_bytes(b"no database" * 500)
    assert missed_of_late(path.parent, NOW) == ()


# --- what is said ------------------------------------------------------------------------------------------


def said(slots, marks=None) -> list[str]:
    return [words for _, words in missed_words(slots, marks or {}) if words]


def nights(*days: int):
    first, last = datetime.fromisoformat("2026-11-01"), datetime.fromisoformat("2026-11-30T12:00")
    found = nights_missed(first, last, time(2), first)
    return [night for night in found if night.due.day in days]


def test_a_digest_that_was_missed_is_named_by_its_week_its_day_and_the_reason() -> None:
    head = "The weekly digest of 16 to 22 November 2026, due on 23/11/2026 at 07:00, was missed: "
    assert said([MONDAY]) == [f"{head}{OFF}."]
    failed = {MONDAY.key: Mark(FAILED, 12, NOW, "2 digests could not leave")}
    assert said([MONDAY], failed) == [head + "tried 12 times, at last: 2 digests could not leave."]
    assert "cut off" in said([MONDAY], {MONDAY.key: Mark(BEGUN, 1, NOW)})[0]


def test_nights_in_a_row_are_one_sentence() -> None:
    assert said(nights(20, 21, 22, 25)) == [
        f"No sync ran in 3 nights, 20/11/2026 to 22/11/2026 (due at 02:00): {OFF}.",
        f"No sync ran in the night of 25/11/2026 (due at 02:00): {OFF}.",
    ]


@given(st.sets(st.integers(2, 29)))
def test_every_missed_night_is_said_once_and_none_twice(days: set[int]) -> None:
    told = list(missed_words(nights(*days), {}))
    assert [slot.due.day for slot, _ in told] == sorted(days)
    runs = sum(day + 1 not in days for day in days)
    assert sum(1 for _, words in told if words) == runs


def test_a_book_in_memory_forgets_nothing_while_it_lives() -> None:
    book = SlotBook(None)
    book.watch(NOW)
    book.begin([MONDAY], NOW)
    book.miss([MONDAY], NOW)
    assert (book.status(MONDAY), book.since) == (MISSED, NOW)
