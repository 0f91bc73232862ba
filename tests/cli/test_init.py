"""engage init: asks only what it must, and nobody who is not there."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import init, main
from engage.config import load_config


def run(*arguments: str, answers: str = "") -> Result:
    return CliRunner().invoke(main, ["init", *arguments], input=answers)


@pytest.fixture
def person(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(init, "is_terminal", lambda: True)


def test_yes_asks_nothing(tmp_path: Path) -> None:
    shown = run(str(tmp_path / "peakside"), "--yes", "--agency", "Dale Council")
    assert shown.exit_code == 0
    assert load_config(tmp_path / "peakside" / "engage.toml").partnership == "peakside"
    assert (tmp_path / "peakside" / "dale-council.xlsx").is_file()


def test_without_a_terminal_it_refuses_rather_than_waits(tmp_path: Path) -> None:
    shown = run(str(tmp_path / "new"))
    assert (shown.exit_code, (tmp_path / "new").exists()) == (2, False)
    assert "--yes" in shown.stderr


@pytest.mark.usefixtures("person")
def test_a_person_is_asked_for_the_name_the_agencies_and_the_layout(tmp_path: Path) -> None:
    run(str(tmp_path), answers="Peakside\nDale Council; Peakside College\nn\n")
    config = load_config(tmp_path / "engage.toml")
    assert [agency.name for agency in config.agencies] == ["Dale Council", "Peakside College"]
    assert {agency.workbook for agency in config.agencies} == {None}


@pytest.mark.usefixtures("person")
def test_what_was_said_is_not_asked_again(tmp_path: Path) -> None:
    shown = run(str(tmp_path), "--name", "P", "--agency", "A", "--layout", "each")
    assert (shown.exit_code, "?" in shown.output) == (0, False)


def test_again_it_changes_nothing_and_says_so(tmp_path: Path) -> None:
    run(str(tmp_path), "--yes", "--name", "P")
    shown = run(str(tmp_path), "--name", "Other")
    assert "nothing was changed" in shown.output
    assert "were not used" in shown.stderr
    assert load_config(tmp_path / "engage.toml").partnership == "P"
