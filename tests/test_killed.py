"""A machine that dies at any moment of a push leaves sheets that the next sync puts right."""

from __future__ import annotations

import os
import random
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook

from engage.cache import Cache
from engage.config import HUB
from engage.linkage.compared import compared_by
from engage.pipeline import Partnership, sync
from engage.register.identity import is_record_id, make_id
from engage.workbook.layout_xlsx import lay_out
from engage.workbook.xlsx import XlsxWorkbook
from engage.worlds import Judge

from .partnership import COLLEGE_EMPLOYERS, NOW, SCHEMA, Town, agency_rows, row_of, same_name, without_ids

SOAK = bool(os.environ.get("ENGAGE_SOAK"))
EVERY = 1 if SOAK else 5


def make_files(folder: Path) -> None:
    employers = [
        row_of("Employers", Employer=name, Agency="MBC") for name in ("Acorn Trust", "Ember Digital")
    ]
    lay_out(
        folder / "hub.xlsx", SCHEMA.tabs_of(HUB), rows={"Agencies": agency_rows(), "Employers": employers}
    )
    book = Workbook()
    sheet = book.active
    sheet.title = "Firms"
    for row in COLLEGE_EMPLOYERS:
        sheet.append(row)
    book.save(folder / "college.xlsx")


def partnership(folder: Path, config, on_step, seed: int) -> Partnership:
    paths = {"hub": folder / "hub.xlsx", "college": folder / "college.xlsx"}
    books = {
        key: XlsxWorkbook(
            key, path, links=paths, backups=folder / "backups", stamp=f"run {seed}", on_step=on_step
        )
        for key, path in paths.items()
    }
    draw = random.Random(seed).choice
    cache = Cache(folder / "state" / "cache.sqlite")
    return Partnership(
        config, SCHEMA, books, cache, Judge(same_name, compared_by), lambda: make_id(draw), "this-machine"
    )


def settings(folder: Path):
    config = Town(folder / "town").config
    fields = {name: getattr(config, name) for name in config.__slots__}
    college = next(agency for agency in config.agencies if agency.key == "college")
    return type(config)(**(fields | {"agencies": (config.agencies[0], college), "state": folder / "state"}))


def steps_of_a_sync(folder: Path) -> int:
    seen: list[str] = []
    make_files(folder)
    sync(partnership(folder, settings(folder), seen.append, 1), now=NOW)
    return len(seen)


def sync_and_die(folder: Path, config, step: int) -> None:
    """Run a sync in a child process that is gone, with nothing cleaned up, at this step of its writes."""
    child = os.fork()
    if child == 0:
        left = [step]

        def at(_: str) -> None:
            left[0] -= 1
            if not left[0]:
                os._exit(9)

        sync(partnership(folder, config, at, 1), now=NOW)
        os._exit(0)
    os.waitpid(child, 0)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is killed by forking it; POSIX only")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_after_a_kill_at_any_write_the_next_sync_puts_the_sheets_right(tmp_path):
    whole = tmp_path / "whole"
    whole.mkdir()
    steps = steps_of_a_sync(whole)
    assert steps > EVERY
    for step in range(1, steps + 1, EVERY):
        folder = tmp_path / str(step)
        folder.mkdir()
        make_files(folder)
        config = settings(folder)
        sync_and_die(folder, config, step)
        mended = partnership(folder, config, lambda _: None, 2)
        sync(mended, now=NOW + timedelta(hours=1))
        again = sync(mended, now=NOW + timedelta(hours=2))
        check(mended, again, whole, step)


def check(mended: Partnership, again, whole: Path, step: int) -> None:
    college = mended.workbooks["college"].read().tab("Firms").rows
    ids = [row[-1] for row in college[2:]]
    lists = mended.workbooks["hub"].read().tab("Employer list (built nightly)").rows
    usual = XlsxWorkbook("hub", whole / "hub.xlsx").read().tab("Employer list (built nightly)").rows
    assert without_ids(college) == without_ids(COLLEGE_EMPLOYERS), step
    assert all(map(is_record_id, ids)), step
    assert len(set(ids)) == len(ids), step
    assert [row[1:4] for row in lists] == [row[1:4] for row in usual], step
    assert again.cells_written == 0, step
