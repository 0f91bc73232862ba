"""engage tick from the command line, on real files."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
import time_machine
from click.testing import CliRunner

from cli import main


def engage(*arguments: str, folder: Path) -> tuple[int, str]:
    command, *rest = arguments
    done = CliRunner().invoke(main, [command, "--config", str(folder / "engage.toml"), *rest])
    return done.exit_code, done.output


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    made = CliRunner().invoke(main, ["init", "--yes", "--name", "Marlbeck Works", "--agency", "The College"])
    assert made.exit_code == 0, made.output
    return tmp_path


def start_here(folder: Path, label: str, typed: str | None = None) -> object:
    """What stands beside a label; typed over it first, as a person does in Excel."""
    book = openpyxl.load_workbook(folder / "hub.xlsx")
    row = next(row for row in book["Start here"].iter_rows() if row[0].value == label)
    if typed is not None:
        row[1].value = typed
        book.save(folder / "hub.xlsx")
    return row[1].value


def test_a_new_partnership_is_synced_once_then_at_night_and_when_yes_is_chosen(folder: Path) -> None:
    with time_machine.travel("2026-11-22T10:00:00+00:00", tick=False) as clock:
        assert "Sync done (22/11/2026 10:00)" in engage("tick", folder=folder)[1]
        clock.move_to("2026-11-22T10:05:00+00:00")
        assert engage("tick", "--json", folder=folder) == (0, '{"due": []}\n')
        start_here(folder, "Sync now", "Yes")
        clock.move_to("2026-11-22T10:10:00+00:00")
        code, told = engage("tick", "--json", folder=folder)
        assert (code, json.loads(told[told.index("{") :])["run"]) == (0, "20261122T101000")
        assert start_here(folder, "Sync now") is None
        assert start_here(folder, "What Sync now did") == "22/11/2026 10:10: done, nothing had changed."
        clock.move_to("2026-11-23T02:00:00+00:00")
        assert "Sync done (23/11/2026 02:00)" in engage("tick", folder=folder)[1]
    assert engage("verify", folder=folder)[0] == 0
