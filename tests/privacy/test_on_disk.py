"""The same on real files: nothing of the person in any byte of any file that we can reach."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from engage.privacy.access import gather
from engage.privacy.erasing import erase, new_reference
from engage.stores.registry import owner_of
from engage.workbook.xlsx import differences, last_run
from tests.partnership import NOW

from .on_disk import PlantedOnDisk
from .planted import MAIL, traces
from .test_erasing import accept_all


@pytest.mark.slow
def test_no_byte_of_any_file_holds_whoever_was_erased(tmp_path):
    town = PlantedOnDisk(tmp_path)
    town.sync(NOW)
    access = gather(town.partnership, MAIL, now=NOW)
    assert {"Backups", "Cache", "Workbooks"} == set(access.counts)
    town.college.comment("Firms", "A3", "ask Zyxandra Quillfeather")
    erase(
        town.partnership,
        access,
        reference=new_reference(random.Random(4).choice),
        now=NOW + timedelta(days=3),
    )
    left = {place.partition(":")[0].removesuffix(".xlsx") for place in traces(town, tmp_path)}
    assert left == {"hub", "college", "jobcentre"}
    assert accept_all(town) == 8
    town.college.comment("Firms", "A3", "")
    town.sync(NOW + timedelta(days=4))
    assert traces(town, tmp_path) == {}
    for key in ("hub", "college"):
        pairs = last_run(tmp_path / "state" / "backups" / key)
        assert [differences(pair.before, pair.after).unexplained for pair in pairs] == [()] * len(pairs)
    assert [path for path in tmp_path.rglob("*") if path.is_file() and not owner_of(path, town.config)] == []
