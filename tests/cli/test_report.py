"""engage report from the command line, on real files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import time_machine
from click.testing import CliRunner, Result

from cli import main

pytestmark = pytest.mark.slow
AUTUMN = "2026-11-16T02:00:00+00:00"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    with time_machine.travel(AUTUMN, tick=False):
        made = CliRunner().invoke(
            main, ["init", str(folder), "--yes", "--name", "Marlbeck Works", "--agency", "The College"]
        )
        assert made.exit_code == 0, made.output
        synced = CliRunner().invoke(main, ["sync", "--config", str(folder / "engage.toml")])
        assert synced.exit_code == 0, synced.output
    return folder


def report(folder: Path, *arguments: str, when: str = AUTUMN) -> Result:
    with time_machine.travel(when, tick=False):
        return CliRunner().invoke(main, ["report", "--config", str(folder / "engage.toml"), *arguments])


def test_a_finished_quarter_is_issued_once_shown_again_and_issued_anew_when_asked(folder):
    first = report(folder, "--quarter", "2026/27-Q2")
    assert first.exit_code == 0, first.output
    page = folder / "packs" / "2026-27-Q2-financial" / "v1" / "2026-27-Q2-financial-v1.html"
    assert str(page) in first.output
    frozen = page.read_bytes()
    again = report(folder, "--quarter", "2026-27-Q2", when="2027-02-01T09:00:00+00:00")
    assert "as issued on 16 November 2026, as of 30 September 2026" in again.output
    assert "Reading the workbooks" not in again.output
    document = json.loads(report(folder, "--quarter", "2026/27-Q2", "--again", "--json").stdout)
    assert (document["version"], document["new"], document["changed_since"]) == (2, True, [])
    assert page.read_bytes() == frozen
    listed = report(folder, "--list").output
    assert "version 1, issued 16 November 2026" in listed
    assert "version 2" in listed


def test_without_a_period_it_says_how_the_running_quarter_stands(folder):
    said = report(folder).stdout
    assert said.startswith("Marlbeck Works: The quarter so far, 2026/27 Q3 (financial)")
    assert json.loads(report(folder, "--json").stdout)["as_of"] == "2026-11-16"
    page = Path(report(folder, "--html", "--no-open").stdout.strip())
    assert page.parent == folder / "packs" / "now"
    assert page.with_suffix(".xlsx").exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--quarter", "2026-Q2"], "write it like 2026/27-Q2"),
        (["--year", "26/27"], "write it like 2026/27"),
        (["--month", "2026-13"], "write it like 2026-11"),
        (["--month", "2026-11"], "runs until 30 November 2026"),
        (["--year", "2025/26", "--month", "2026-10"], "one period at a time"),
        (["--again"], "name the period"),
        (["--year", "2025/26", "--again", "--html"], "name the period"),
        (["--agency", "Nobody"], "use one of"),
    ],
)
def test_what_cannot_be_is_said_with_what_to_do(folder, options, said):
    done = report(folder, *options)
    assert done.exit_code == 2
    assert said in done.output
