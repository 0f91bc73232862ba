"""backup, restore, upgrade and handover, from the command line to the files."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import main

SETTINGS = '[partnership]\nname = "Marlbeck Works"\n'


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    from engage.ledger import Ledger  # noqa: PLC0415

    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "engage.toml").write_text(SETTINGS)
    Ledger(tmp_path / "old" / ".engage" / "ledger.sqlite")
    return tmp_path / "old"


def test_a_backup_is_made_and_restored_elsewhere(home, tmp_path):
    told = json.loads(run("backup", "--config", str(home / "engage.toml"), "--json").stdout)
    done = run("restore", told["file"], "--to", str(tmp_path / "new"))
    assert done.exit_code == 0
    assert (tmp_path / "new" / ".engage" / "ledger.sqlite").exists()
    assert "engage doctor --config" in done.stdout
    again = run("restore", told["file"], "--to", str(home))
    assert again.exit_code == 0  # the very same files


def test_an_upgrade_makes_a_backup_first_and_says_how_everything_stands(home):
    done = run("upgrade", "--config", str(home / "engage.toml"))
    assert (done.exit_code, "Backup:" in done.stdout) == (0, True)
    assert len(list((home / "engage-backups").iterdir())) == 1
    shown = run("upgrade", "--config", str(home / "engage.toml"), "--dry-run")
    assert "as it should be" in shown.stdout
    assert len(list((home / "engage-backups").iterdir())) == 1


def test_formats_stand_under_one_another_however_long_a_workbooks_key_is(home):
    config = home / "engage.toml"
    agency = '[[agency]]\nname = "The College of Further Education"\nworkbook = "college.xlsx"\n'
    config.write_text(SETTINGS + agency)
    shown = run("upgrade", "--config", str(config), "--dry-run").stdout.splitlines()
    lines = [line for line in shown if "  " in line]
    assert any("the-college-of" in line for line in lines)
    assert len({line.rindex("  ") for line in lines}) == 1


def test_an_upgrade_to_an_older_version_is_refused_and_changes_nothing(home):
    path = home / ".engage" / "ledger.sqlite"
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA user_version = 99")
    before = path.read_bytes()
    done = run("upgrade", "--config", str(home / "engage.toml"))
    assert (done.exit_code, "NEWER" in done.stdout) == (4, True)
    assert path.read_bytes() == before
    assert not (home / "engage-backups").exists()


def test_the_deputys_page_can_be_put_into_a_file(home, tmp_path):
    done = run("handover", "--config", str(home / "engage.toml"), "--out", str(tmp_path / "page.md"))
    assert done.exit_code == 0
    assert "When this machine is gone" in (tmp_path / "page.md").read_text("utf-8")
