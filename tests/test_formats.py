"""Whatever an earlier version wrote is read by this one; what a later one wrote is refused in plain words."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from engage import cache, ledger, slot_book
from engage.cache import Cache
from engage.errors import UnsafePlan
from engage.ledger import Ledger, Send
from engage.migrating import bring_up, format_of
from engage.slot_book import SlotBook
from engage.state import decode, encode
from engage.state_formats import FORMAT, STEPS

from .partnership import NOW, Town

WRITTEN = Path(__file__).parent / "formats"  # by the versions that had these formats
ADA = Send("ada@council.example", "weekly", "2026-W46")


def opened(name: str, folder: Path) -> Path:
    path = folder / "old.sqlite"
    with closing(sqlite3.connect(path)) as database:
        database.executescript((WRITTEN / name).read_text("utf-8"))
    return path


def stands(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as database:
        return list(database.iterdump())


@pytest.mark.parametrize("name", sorted(path.name for path in WRITTEN.glob("ledger-*.sql")))
def test_a_ledger_of_every_earlier_format_still_knows_what_was_sent(name, tmp_path):
    old = Ledger(opened(name, tmp_path))
    assert old.status(ADA) == "sent"
    assert not old.claim(ADA, NOW + timedelta(days=1))
    assert format_of(old.path) == len(ledger.STEPS)
    assert Ledger(old.path).name == old.name


def test_a_ledger_keeps_its_name_turns_adoptions_and_stops(tmp_path):
    old = Ledger(opened("ledger-0-b.sql", tmp_path))
    assert (old.name, old.turn) == ("0123456789abcdef0123456789abcdef", 1)
    assert [stop.address for stop in old.untold_stops()] == ["ben@council.example"]
    assert old.status(Send("eve@council.example", "monthly", "2026-10")) == "adopted"


def test_a_cache_of_every_earlier_format_still_undoes_its_runs(tmp_path):
    old = Cache(opened("cache-0.sql", tmp_path))
    assert (old.runs(), old.entries("run-1")[0].record) == (("run-1",), "R-AAAAAAA1")
    found = old.last("hub")
    assert found is not None
    assert found[0].tabs[0].rows[1] == ("Ember",)


def test_a_book_of_slots_of_every_earlier_format_is_read(tmp_path):
    assert SlotBook(opened("clock-0.sql", tmp_path)).marks == {}


@pytest.mark.parametrize(
    ("open_one", "steps"),
    [(Ledger, ledger.STEPS), (Cache, cache.STEPS), (SlotBook, slot_book.STEPS)],
)
def test_a_database_of_a_later_version_is_refused_and_left_as_it_is(open_one, steps, tmp_path):
    path = tmp_path / "one.sqlite"
    open_one(path)
    with closing(sqlite3.connect(path)) as database:
        database.execute(f"PRAGMA user_version = {len(steps) + 1}")
    before = path.read_bytes()
    with pytest.raises(UnsafePlan, match="newer version of Engage"):
        open_one(path)
    assert path.read_bytes() == before


def test_a_step_that_is_cut_off_leaves_the_file_as_it_was(tmp_path):
    path = opened("ledger-0-b.sql", tmp_path)
    before = stands(path)

    def cut_off(_: sqlite3.Connection) -> None:
        raise OSError("the power went")

    with closing(sqlite3.connect(path)) as database, pytest.raises(OSError, match="power"), database:
        bring_up(database, (*ledger.STEPS, cut_off), path)
    assert (stands(path), format_of(path)) == (before, 0)


@pytest.mark.parametrize("path", sorted(WRITTEN.glob("engage-*.json")), ids=lambda path: path.stem)
def test_a_memory_of_every_earlier_format_is_read_whole(path):
    rows = tuple(tuple(row) for row in json.loads(path.read_text("utf-8")))
    state = decode(rows, "hub")
    assert len(state.records) == sum(row[0] == "record" for row in rows)
    again = encode(state, "hub")
    assert ("format", "", FORMAT) in again
    kept = {(*row, "", "")[:3] for row in rows[1:] if row[0] != "format"}
    assert kept <= set(again)


def test_every_format_but_the_newest_has_a_step_to_the_next():
    assert list(STEPS) == [str(number) for number in range(1, int(FORMAT))]


def test_a_night_after_an_upgrade_writes_the_new_number_and_hands_nothing_back(tmp_path):
    town = Town(tmp_path)
    town.sync()
    rows = town.hub.rows("_engage")
    at = next(number for number, row in enumerate(rows, 1) if row[0] == "format")
    town.hub.type("_engage", at, 3, "1")
    report = town.sync(NOW + timedelta(minutes=5))
    assert report.cells_written == 0
    assert [f.kind for f in report.night.intake.findings if f.kind == "typed-in-memory"] == []
    assert town.hub.rows("_engage")[at - 1] == ("format", "", FORMAT)


def test_a_workbook_that_a_later_version_wrote_is_not_touched(tmp_path):
    town = Town(tmp_path)
    town.sync()
    rows = town.hub.rows("_engage")
    at = next(number for number, row in enumerate(rows, 1) if row[0] == "format")
    town.hub.type("_engage", at, 3, str(int(FORMAT) + 1))
    before = town.grids()
    with pytest.raises(UnsafePlan, match="newer version of Engage"):
        town.sync(NOW + timedelta(days=1))
    assert town.grids() == before
