"""A machine is replaced: the next sync changes nothing, a digest goes out once, nobody erased is back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from engage.cache import CACHE_FILE, Cache
from engage.desk import open_desk
from engage.editions import post
from engage.errors import DigestError, LeaseHeld, UnsafePlan, WorkbookMissing
from engage.moving.backing_up import back_up, folder_of
from engage.moving.formats import formats
from engage.moving.handover import handover
from engage.moving.restoring import restore
from engage.privacy.access import gather
from engage.privacy.erasing import erase

from ..partnership import COUNCIL, NOW, Town, row_of
from ..privacy.planted import Planted, traces
from ..privacy.test_coming_back import with_mail

A_DAY = timedelta(days=1)
RUTH = "ruth@marlbeck.example"
ODESSA = "odessa.featherstonehaugh@marlbeck.example"


def coordinator(name: str, mail: str) -> list[str]:
    return row_of("Coordinators", Name=name, Email=mail, Agency=COUNCIL, Gets="Weekly")


def begun(town: Town) -> Town:
    """Synced, with settings on the disk and an address to send from."""
    town.config = with_mail(town.config)
    town.partnership = replace(town.partnership, config=town.config)
    town.config.path.write_text('[partnership]\nname = "Marlbeck Works"\n')
    town.sync(NOW)
    return town


@pytest.fixture
def town(tmp_path):
    return begun(Town(tmp_path / "old", Coordinators=[coordinator("Ruth", RUTH)]))


def backup(town: Town, now=NOW) -> Path:
    return back_up(town.config, folder_of(town.config), machine="this-machine", now=now).path


def move(town: Town, file: Path, to: Path) -> None:
    """The old machine is gone; a new one goes on from the backup, with the same workbooks."""
    restore(file, to)
    town.config = replace(town.config, path=to / "engage.toml", state=to / ".engage")
    cache = Cache(town.config.state / CACHE_FILE)
    town.partnership = replace(town.partnership, config=town.config, cache=cache, machine="a new machine")


def sent(town: Town, now) -> list[str]:
    found = post(open_desk(town.partnership, now=now))
    return [one.reader.email for one in found if one.delivery and one.delivery.status == "sent"]


def test_after_a_move_the_next_sync_changes_nothing_and_the_digest_goes_out_once(town, tmp_path):
    move(town, backup(town), tmp_path / "new")
    typed = town.grids()
    report = town.sync(NOW + 2 * A_DAY)
    report = town.sync(NOW + 2 * A_DAY + timedelta(minutes=5))
    assert report.cells_written == 0
    assert {name: grids["Employers"] for name, grids in town.grids().items() if "Employers" in grids} == {
        name: grids["Employers"] for name, grids in typed.items() if "Employers" in grids
    }
    assert sent(town, NOW + 2 * A_DAY) == [RUTH]
    assert sent(town, NOW + 2 * A_DAY) == []


def test_on_the_same_day_it_writes_no_cell_at_all(town, tmp_path):
    move(town, backup(town), tmp_path / "new")
    town.partnership = replace(town.partnership, machine="this-machine")  # ENGAGE_MACHINE says so
    assert town.sync(NOW + timedelta(minutes=5)).cells_written == 0


def test_what_went_out_before_the_backup_goes_to_nobody_again(town, tmp_path):
    assert sent(town, NOW + timedelta(hours=1)) == [RUTH]
    move(town, backup(town), tmp_path / "new")
    town.sync(NOW + 2 * A_DAY)
    assert sent(town, NOW + 2 * A_DAY) == []


def test_what_went_out_after_the_backup_stops_the_sending_until_a_person_looks(town, tmp_path):
    file = backup(town)
    assert sent(town, NOW + timedelta(hours=1)) == [RUTH]
    move(town, file, tmp_path / "new")
    town.sync(NOW + 2 * A_DAY)
    with pytest.raises(DigestError, match="old copy"):
        sent(town, NOW + 2 * A_DAY)


def test_a_new_machine_waits_for_the_lease_of_the_old_one(town, tmp_path):
    move(town, backup(town), tmp_path / "new")
    with pytest.raises(LeaseHeld, match="this-machine"):
        town.sync(NOW + timedelta(hours=1))


def odessa_in(folder: Path) -> Planted:
    town = Planted(
        folder / "old",
        Contacts=[],
        Engagements=[],
        Coordinators=[coordinator("Odessa Featherstonehaugh", ODESSA)],
    )
    begun(town)
    assert sent(town, NOW) == [ODESSA]
    return town


def erased(town: Town, now) -> None:
    access = gather(town.partnership, ODESSA, now=now)
    erase(town.partnership, access, reference=f"ERA-{now:%d%H}A", now=now)


def gone(town: Town, now) -> None:
    """Her agency takes her row out of Coordinators."""
    rows = town.hub.rows("Coordinators")
    town.hub.delete_row("Coordinators", next(n for n, row in enumerate(rows, 1) if ODESSA in row))
    town.sync(now)


def test_whoever_is_erased_goes_from_the_backups_too(tmp_path):
    town = odessa_in(tmp_path)
    file = backup(town)
    erased(town, NOW + A_DAY)
    gone(town, NOW + A_DAY)
    assert traces(town, file.parent, ("featherstonehaugh",)) == {}
    move(town, file, tmp_path / "new")  # it is still a backup
    assert town.config.path.exists()


def test_a_backup_of_before_an_erasure_brings_nobody_back(tmp_path):
    town = odessa_in(tmp_path)
    other = tmp_path / "elsewhere.zip"
    town.sync(NOW + A_DAY)
    erased_first = row_of(
        "Contacts",
        First_name="Ada",
        Last_name="Marsh",
        Employer="Ember Digital Ltd",
        Email="ada@ember.example",
        Agency=COUNCIL,
    )
    town.hub.insert_row("Contacts", 2, ["", *erased_first])
    town.sync(NOW + A_DAY)
    erase(
        town.partnership,
        gather(town.partnership, "ada@ember.example", now=NOW + A_DAY),
        reference="ERA-FIRST",
        now=NOW + A_DAY,
    )
    other.write_bytes(backup(town, NOW + A_DAY).read_bytes())  # has the key, and Odessa in its ledger
    erased(town, NOW + 2 * A_DAY)
    gone(town, NOW + 2 * A_DAY)
    move(town, other, tmp_path / "new")
    assert traces(town, tmp_path / "new", ("featherstonehaugh",)) != {}
    town.sync(NOW + 5 * A_DAY)
    assert traces(town, tmp_path / "new", ("featherstonehaugh",)) == {}


def test_a_machine_without_the_key_of_an_erasure_refuses_to_sync(tmp_path):
    town = odessa_in(tmp_path)
    file = backup(town)
    kept = file.read_bytes()
    erased(town, NOW + A_DAY)
    file.write_bytes(kept)
    move(town, file, tmp_path / "new")
    with pytest.raises(UnsafePlan, match="cannot recognise"):
        town.sync(NOW + 5 * A_DAY)


def test_every_file_and_sheet_says_in_which_format_it_is(town):
    found = {one.what: one for one in formats(town.config, town.books)}
    assert not any(one.is_older or one.is_newer for one in found.values())
    assert {"the ledger", "the cache", "_engage of hub", "_engage of college"} <= set(found)
    assert found["_engage of jobcentre"].found == ""  # may only be looked at
    assert (found["_engage of hub"].found, found["the clock"].found) == (found["_engage of hub"].ours, "")


def test_a_sheet_that_cannot_be_looked_at_is_named(town, monkeypatch):
    def away(_: str) -> None:
        raise WorkbookMissing("it is not there")

    monkeypatch.setattr(town.college, "peek", away)
    troubles = {one.what: one.trouble for one in formats(town.config, town.books) if one.trouble}
    assert troubles == {"_engage of college": "it is not there"}


def test_the_page_for_the_deputy_is_of_this_very_installation(town):
    backup(town)
    page = handover(town.config, machine="this-machine", now=NOW)
    for told in (
        "Marlbeck Works",
        str(town.config.path),
        str(town.config.hub),
        "engage restore",
        "16 November 2026",
    ):
        assert told in page
    assert "NONE YET" not in page
    assert "The workbook that it names was left as it was" in page  # the others were synced
    assert "knows of none yet" not in page  # syncs that people run are in no book of this machine


def test_the_page_says_what_is_missing(tmp_path):
    town = Town(tmp_path)
    page = handover(town.config, machine="this-machine", now=NOW)
    assert "NONE YET; run engage backup" in page
    assert "NOTHING HAS EVER LOOKED" in page
