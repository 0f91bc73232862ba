"""A backup holds what another machine needs; whatever is none, or was tampered with, restores nothing."""

from __future__ import annotations

import os
import sys
import zipfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from engage.config import load_config
from engage.erased.key_file import KeyFile, read_key_file, with_key, write_key_file
from engage.errors import EngageError, UnsafePlan, UsageError
from engage.ledger import Ledger, Send
from engage.moving.archive import MANIFEST, read_archive
from engage.moving.backing_up import back_up, backups_in, folder_of
from engage.moving.restoring import restore

from ..partnership import NOW

TOML = """
[partnership]
name = "Marlbeck Works"
templates = "ours"
[mail]
transport = "smtp"
host = "mail.marlbeck.example"
user = "engage"
[[agency]]
name = "Stevenport College"
workbook = "college.xlsx"
"""
ADA = Send("ada@council.example", "weekly", "2026-W46")


@pytest.fixture
def config(tmp_path):
    here = tmp_path / "old"
    (here / "ours").mkdir(parents=True)
    (here / "ours" / "digest.txt").write_text("ours")
    (here / "engage.toml").write_text(TOML)
    config = load_config(here / "engage.toml")
    ledger = Ledger(config.state / "ledger.sqlite")
    ledger.claim(ADA, NOW)
    ledger.take_turn(4)
    write_key_file(replace(with_key(KeyFile(config.state / "erasure.key")), cleared=99.0, cleared_entry=7))
    (here / "packs" / "2026-27-Q2" / "v1").mkdir(parents=True)
    (here / "packs" / "2026-27-Q2" / "v1" / "pack.json").write_text("{}")
    return config


def made(config, **more) -> Path:
    return back_up(config, folder_of(config), machine="old", now=NOW, **more).path


def test_what_is_restored_is_what_was_backed_up(config, tmp_path):
    new = restore(made(config), tmp_path / "new").config
    ledger = Ledger(new.state / "ledger.sqlite")
    old = Ledger(config.state / "ledger.sqlite")
    assert (ledger.name, ledger.turn, ledger.status(ADA)) == (old.name, 5, "sending")
    assert (tmp_path / "new" / "ours" / "digest.txt").read_text() == "ours"
    assert (tmp_path / "new" / "packs" / "2026-27-Q2" / "v1" / "pack.json").exists()


def test_the_key_of_erasures_comes_back_and_trusts_nothing_that_came_with_it(config, tmp_path):
    restored = read_key_file(restore(made(config), tmp_path / "new").config.state)
    assert restored.key == read_key_file(config.state).key
    assert (restored.cleared, restored.cleared_entry, restored.dirty) == (0, 0, True)


def test_what_is_not_in_it_is_named(config):
    by_hand = " ".join(read_archive(made(config)).about.by_hand)
    assert "college.xlsx" in by_hand
    assert "mail password of engage" in by_hand


@pytest.mark.skipif(sys.platform == "win32", reason="there the folder's rights decide")
def test_only_its_owner_can_read_it(config):
    assert os.stat(made(config)).st_mode & 0o077 == 0


def test_only_so_many_stay_as_were_asked_for(config):
    for day in range(4):
        when = NOW + timedelta(days=day)
        back_up(config, folder_of(config), machine="old", now=when, keep=2)
    (folder_of(config) / "of my own.zip").write_text("kept")
    assert [path.name[:17] for path in backups_in(folder_of(config))] == [
        "engage-2026-11-18",
        "engage-2026-11-19",
    ]


@pytest.mark.parametrize("taken", ["engage.toml", ".engage/ledger.sqlite"])
def test_nothing_that_stands_there_is_written_over(config, tmp_path, taken):
    path = tmp_path / "new" / taken
    path.parent.mkdir(parents=True)
    path.write_text("mine")
    with pytest.raises(UsageError, match="left as they are"):
        restore(made(config), tmp_path / "new")
    assert [each for each in (tmp_path / "new").rglob("*") if each.is_file()] == [path]
    assert path.read_text() == "mine"


def test_restoring_twice_changes_nothing(config, tmp_path):
    backup = made(config)
    restore(backup, tmp_path / "new")
    key = tmp_path / "new" / ".engage" / "erasure.key"
    key.unlink()  # it was marked, so it is another file by now
    restore(backup, tmp_path / "new")
    assert key.exists()


def rewritten(path: Path, change) -> Path:
    """The same backup with its files as `change` makes them: {name: bytes} → {name: bytes}."""
    with zipfile.ZipFile(path) as file:
        files = {name: file.read(name) for name in file.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in change(files).items():
            file.writestr(name, content)
    return path


def planted(name: str):
    def plant(files):
        digest = b"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        entry = b'"files": {"' + name.encode() + b'": "' + digest + b'", '
        return files | {name: b"", MANIFEST: files[MANIFEST].replace(b'"files": {', entry, 1)}

    return plant


TAMPERED = {
    "a file outside": planted("../outside.txt"),
    "an absolute file": planted("/etc/outside.txt"),
    "a drive": planted("state/C:outside.txt"),
    "a folder of no room of ours": planted("elsewhere/x.txt"),
    "a file that the list does not name": lambda files: files | {"state/more": b"x"},
    "a file that is missing": lambda files: {k: v for k, v in files.items() if k != "settings/engage.toml"},
    "a byte that was changed": lambda files: files | {"settings/engage.toml": b"# mine"},
    "no list": lambda files: {k: v for k, v in files.items() if k != MANIFEST},
    "a list that is none": lambda files: files | {MANIFEST: b"[]"},
}


@pytest.mark.parametrize("how", TAMPERED)
def test_a_backup_that_was_tampered_with_restores_nothing(config, tmp_path, how):
    path = rewritten(made(config), TAMPERED[how])
    with pytest.raises(EngageError, match="no backup"):
        restore(path, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_file_that_unpacks_to_more_than_it_says_is_stopped_there(config, tmp_path):
    path = made(config)
    raw = bytearray(path.read_bytes())
    size = zipfile.ZipFile(path).getinfo("settings/engage.toml").file_size
    at = raw.rindex(b"settings/engage.toml") - 46 + 24  # the size in the central directory
    assert int.from_bytes(raw[at : at + 4], "little") == size
    raw[at : at + 4] = (size - 5).to_bytes(4, "little")
    path.write_bytes(raw)
    with pytest.raises(EngageError, match="no backup"):
        restore(path, tmp_path / "new")


def test_a_backup_of_a_newer_version_is_refused(config, tmp_path):
    newer = rewritten(
        made(config),
        lambda files: files | {MANIFEST: files[MANIFEST].replace(b'"format": 1', b'"format": 2')},
    )
    with pytest.raises(UnsafePlan, match="newer version"):
        restore(newer, tmp_path / "new")


def test_a_file_that_is_no_backup_is_said_to_be_none(tmp_path):
    (tmp_path / "x.zip").write_bytes(b"nothing of the kind")
    with pytest.raises(EngageError, match="no backup"):
        restore(tmp_path / "x.zip", tmp_path / "new")
