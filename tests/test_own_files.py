"""The state folder may be full, damaged or in the way: people get words, never a stack trace."""

from datetime import timedelta

import pytest

from engage.cache import Cache
from engage.errors import EngageError, LeaseHeld, MailError
from engage.ledger import Ledger
from engage.lock import one_at_a_time

from .partnership import NOW, Town

GARBAGE = b"this is no database" * 400


def test_a_damaged_cache_says_that_it_may_be_deleted(tmp_path):
    path = tmp_path / "cache.sqlite"
    path.write_bytes(GARBAGE)
    with pytest.raises(EngageError, match="delete that file"):
        Cache(path)


def test_a_cache_that_was_cut_short_says_so_whenever_it_is_met(tmp_path):
    town = Town(tmp_path)
    town.sync()
    path = town.partnership.cache.path
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2] + GARBAGE)
    with pytest.raises(EngageError, match="damaged"):
        town.sync(NOW + timedelta(days=1))


def test_a_damaged_ledger_sends_nothing_and_asks_for_its_backup(tmp_path):
    path = tmp_path / "ledger.sqlite"
    path.write_bytes(GARBAGE)
    with pytest.raises(MailError, match="backup"):
        Ledger(path)


def test_a_file_in_the_place_of_the_state_folder_is_said_plainly(tmp_path):
    (tmp_path / "state").write_text("in the way")
    with pytest.raises(EngageError, match="in the way"), one_at_a_time(tmp_path / "state"):
        pytest.fail("nothing may run")


def test_a_second_run_is_refused_and_the_first_keeps_its_lock(tmp_path):
    with one_at_a_time(tmp_path), pytest.raises(LeaseHeld), one_at_a_time(tmp_path):
        pytest.fail("two runs at once")
    with one_at_a_time(tmp_path):
        pass


def test_an_error_of_the_work_itself_goes_through_the_lock_as_it_is(tmp_path):
    with pytest.raises(PermissionError, match="of the work"), one_at_a_time(tmp_path):
        raise PermissionError("of the work")
