"""A hub that somebody made by hand in LibreOffice, after ten nights: everything they made is still there."""

from __future__ import annotations

import random
import shutil
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from engage.cache import Cache
from engage.config import HUB, Agency, Config, Mail
from engage.linkage.compared import compared_by
from engage.pipeline import Partnership, sync
from engage.proof import judge_changes
from engage.register.identity import make_id
from engage.workbook.xlsx import XlsxWorkbook, differences
from engage.worlds import Judge

from .partnership import NOW, SCHEMA, same_name

SAMPLE = Path(__file__).parent / "workbook" / "data" / "made_by_libreoffice.xlsx"
MADE_BY_HAND = ("xl/charts/chart1.xml", "xl/media/image1.png", "xl/comments1.xml", "xl/drawings/drawing1.xml")


def partnership(folder: Path) -> Partnership:
    hub = folder / "hub.xlsx"
    config = Config(
        folder / "engage.toml",
        "Marlbeck Works",
        hub,
        folder / "state",
        Mail(folder),
        (Agency("Marlbeck Council", "MBC"),),
    )
    draw = random.Random(3).choice
    return Partnership(
        config,
        SCHEMA,
        {HUB: XlsxWorkbook(HUB, hub)},
        Cache(folder / "state" / "cache.sqlite"),
        Judge(same_name, compared_by),
        lambda: make_id(draw),
        "this-machine",
    )


@pytest.mark.slow
def test_charts_pictures_comments_formats_and_results_are_there_after_ten_nights(tmp_path):
    shutil.copy(SAMPLE, tmp_path / "hub.xlsx")
    town = partnership(tmp_path)
    before = {tab.title: tab.rows for tab in town.workbooks[HUB].read().tabs}
    for night in range(10):
        sync(town, now=NOW + timedelta(days=night))
    found = differences(SAMPLE, tmp_path / "hub.xlsx")
    after = {tab.title: tab.rows for tab in town.workbooks[HUB].read().tabs}
    with zipfile.ZipFile(SAMPLE) as old, zipfile.ZipFile(tmp_path / "hub.xlsx") as new:
        assert all(old.read(part) == new.read(part) for part in MADE_BY_HAND)
    assert not found.unexplained
    assert not judge_changes(found.cells, SCHEMA, []).unexplained
    assert [row[3] for row in after["Employers"][1:3]] == [row[3] for row in before["Employers"][1:3]]
    assert after["Summary"] == before["Summary"]
    assert sync(town, now=NOW + timedelta(days=9)).cells_written == 0
