"""engage doctor --security says who else could read what is kept here."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import main
from engage.config import load_config
from engage.doctor.security import examine_security

TOML = '[partnership]\nname = "Marlbeck Works"\n[hub]\npath = "{hub}"\n'
on_posix = pytest.mark.skipif(os.name != "posix", reason="there the folder's rights decide")


def installed(folder: Path, hub: str = "hub.xlsx", more: str = ""):
    (folder / "engage.toml").write_text(TOML.format(hub=hub) + more)
    config = load_config(folder / "engage.toml")
    config.state.mkdir(mode=0o700)
    (config.state / "cache.sqlite").write_text("x")
    return config


def verdicts(config) -> dict[str, str]:
    return {line.part: line.verdict for line in examine_security(config)}


@on_posix
def test_a_state_folder_that_others_can_open_is_named_with_what_to_do(tmp_path):
    config = installed(tmp_path)
    assert verdicts(config)["Files"] == "ok"
    config.state.chmod(0o755)
    (config.state / "cache.sqlite").chmod(0o644)
    (line,) = [line for line in examine_security(config) if line.part == "Files"]
    assert (line.verdict, "chmod" in line.fix, "cache.sqlite" in line.what) == ("look", True, True)
    (config.state / "cache.sqlite").chmod(0o600)
    assert verdicts(config)["Files"] == "ok"


@on_posix
@pytest.mark.parametrize("name", ["outbox", "packs", "engage-backups"])
def test_messages_packs_and_backups_that_others_can_open_are_named(tmp_path, name):
    tmp_path.chmod(0o755)
    config = installed(tmp_path)
    (tmp_path / name).mkdir(mode=0o755)
    (tmp_path / name / "one").write_text("x")
    (tmp_path / name / "one").chmod(0o644)
    open_ones = [
        line.where for line in examine_security(config) if line.part == "Files" and line.verdict == "look"
    ]
    assert open_ones == [str(tmp_path / name)]
    (tmp_path / name).chmod(0o700)
    assert verdicts(config)["Files"] == "ok"


def test_a_state_folder_beside_the_workbooks_that_everybody_opens_is_named(tmp_path):
    assert verdicts(installed(tmp_path))["Where it lies"] == "look"
    (tmp_path / "apart").mkdir()
    assert verdicts(installed(tmp_path / "apart", hub="../shared/hub.xlsx"))["Where it lies"] == "ok"


@on_posix
def test_a_key_that_others_can_read_is_wrong(tmp_path):
    key = tmp_path / "key.json"
    key.write_text("{}")
    key.chmod(0o644)
    sheet = "https://docs.google.com/spreadsheets/d/1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789abcdefg/edit"
    config = installed(tmp_path, sheet, '[google]\ncredentials = "key.json"\n')
    assert verdicts(config)["Keys"] == "wrong"
    key.chmod(0o600)
    assert verdicts(config)["Keys"] == "ok"


def test_where_files_have_no_rights_of_their_own_the_folders_are_to_be_looked_at(tmp_path):
    lines = list(examine_security(installed(tmp_path), posix=False))
    assert (lines[0].part, lines[0].verdict) == ("Files", "look")


def test_the_command_says_it_and_opens_no_workbook(tmp_path):
    installed(tmp_path)
    told = CliRunner().invoke(main, ["doctor", "--security", "--config", str(tmp_path / "engage.toml")])
    assert told.exit_code == 0
    assert "Where it lies" in told.stdout
