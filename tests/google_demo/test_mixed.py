"""The demo on a mixture of Google Sheets and .xlsx files comes to what it comes to on .xlsx files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from cli.demo import NIGHT, Played, play
from cli.opening import open_workbooks
from cli.sync import run_sync
from engage.config import HUB, load_config
from engage.demo import activity, firms, people
from engage.demo.build import Demo, build_demo
from engage.demo.world import stream
from engage.model import Grid
from engage.pipeline import Report
from engage.schema import load_schema
from engage.telling import as_document
from tests.sheets_server.app import application
from tests.sheets_server.serving import Served, serving
from tests.sheets_server.world import World

from .__main__ import ON_GOOGLE
from .moving import move_to_google

MONDAY = date(2026, 11, 23)
END = datetime.combine(MONDAY, NIGHT)
FIGURES = (
    "employers", "people", "automatic_merges", "questions", "questions_waiting", "problems_to_fix", "changes",
    "exit_code",
)  # fmt: skip
AGENCIES_ON_GOOGLE = ("council", "chamber")
LONG = bool(os.environ.get("ENGAGE_SOAK") or os.environ.get("ENGAGE_CI"))  # more than a minute of two cores
pytestmark = [
    pytest.mark.skipif(not LONG, reason="runs in .ci/run and make soak"),
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.xdist_group("google demo"),
]


@pytest.fixture(scope="module")
def small() -> Iterator[None]:
    """A smaller world, with all its families: linking it is what takes the time."""
    with pytest.MonkeyPatch.context() as patch:
        for name, number in (("PLAIN", 30), ("SOLE", 6), ("LLPS", 2)):
            patch.setattr(firms, name, number)
        patch.setattr(people, "PEOPLE", 200)
        patch.setattr(activity, "ENGAGEMENTS", 300)
        yield


@pytest.fixture(scope="module")
def google() -> Iterator[tuple[World, Served]]:
    world = World()
    with serving(application(world)) as served:
        yield world, served


def figures(report: Report) -> dict[str, Any]:
    """What a night came to: counts, rows a workbook, what was said of clusters."""
    told = as_document(report)
    rows = {book["workbook"]: book["rows"] for book in told["workbooks"]}
    return {name: told[name] for name in FIGURES} | {"rows": rows}


@pytest.fixture(scope="module")
def demo(small: None, tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """As built, to be copied."""
    return build_demo(tmp_path_factory.mktemp("built") / "demo", seed=3, today=MONDAY)


@pytest.fixture(scope="module")
def on_files(small: None, tmp_path_factory: pytest.TempPathFactory) -> Played:
    return play(build_demo(tmp_path_factory.mktemp("files") / "demo", seed=3, today=MONDAY), now=END)


@pytest.fixture(scope="module")
def mixed(
    small: None, google: tuple[World, Served], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Played]:
    """A Google hub and three agencies on Google, two on .xlsx."""
    demo = build_demo(tmp_path_factory.mktemp("mixed") / "demo", seed=3, today=MONDAY)
    moved = move_to_google(demo.folder, ON_GOOGLE, *google)
    return demo.folder, play(demo, now=END, desks=moved.desks)


def test_a_google_hub_with_xlsx_agencies_comes_to_the_same(
    on_files: Played, mixed: tuple[Path, Played]
) -> None:
    assert figures(mixed[1].first) == figures(on_files.first)
    assert figures(mixed[1].second) == figures(on_files.second)
    assert len(on_files.second.night.worlds[HUB].linked.merges) > 100
    assert mixed[1].week == on_files.week
    assert len(mixed[1].digests) == len(on_files.digests) > 0


def test_an_xlsx_hub_with_google_agencies_comes_to_the_same(
    on_files: Played, google: tuple[World, Served], tmp_path: Path
) -> None:
    demo = build_demo(tmp_path / "demo", seed=3, today=MONDAY)
    move_to_google(demo.folder, AGENCIES_ON_GOOGLE, *google)
    night = datetime.combine(demo.first_night, NIGHT)
    draw = stream(demo.seed, f"ids {night:%Y-%m-%d}").choice
    first = run_sync(load_config(demo.folder / "engage.toml"), now=night, draw=draw, quiet=True)
    assert figures(first) == figures(on_files.first)


def test_a_sync_again_on_the_same_day_writes_nothing(mixed: tuple[Path, Played]) -> None:
    again = run_sync(load_config(mixed[0] / "engage.toml"), now=END.replace(hour=9), quiet=True)
    assert again.cells_written == 0


def test_an_uploaded_workbook_reads_as_its_file_does(
    demo: Demo, google: tuple[World, Served], tmp_path: Path
) -> None:
    folder = tmp_path / "demo"
    copytree(demo.folder, folder)
    files = read(folder, "hub", "chamber")
    move_to_google(folder, files, *google)
    assert read(folder, "hub", "chamber") == files


def read(folder: Path, *keys: str) -> dict[str, dict[str, Grid]]:
    """Workbook → tab → rows. These two hold no formulas: Google computes those of a file never opened."""
    books = open_workbooks(load_config(folder / "engage.toml"), END, load_schema())
    return {key: {tab.title: tab.rows for tab in books[key].read().tabs} for key in keys}
