"""A workbook that several agencies share moves for all of them at once."""

from __future__ import annotations

import os
from types import SimpleNamespace

from cli.agency_move import _open_to
from engage.agencies.moving_account import Reached
from engage.agencies.moving_file import Compared, move
from engage.config import load_config
from engage.doctor.lines import Line

TOML = """
[partnership]
name = "Marlbeck Works"
[hub]
path = "hub.xlsx"
[[agency]]
name = "Dale College"
workbook = "both.xlsx"
[[agency]]
name = "Dale Council"
workbook = "both.xlsx"
"""


def test_at_no_moment_do_agencies_that_share_a_workbook_name_two(tmp_path, monkeypatch):
    path, moments, replace = tmp_path / "engage.toml", [], os.replace
    path.write_text(TOML, encoding="utf-8")

    def watched(*files: object) -> None:
        replace(*files)
        moments.append({agency.workbook for agency in load_config(path).agencies})

    monkeypatch.setattr("engage.config_writing.os.replace", watched)
    config = load_config(path)
    shared = config.sources[1].key
    moved = move(config, "Dale Council", tmp_path / "new.xlsx", Compared(4, 4, shared))
    assert sorted(moved) == ["Dale College", "Dale Council"]
    assert [len(named) for named in moments] == [1]
    assert {one.workbook for one in load_config(path).agencies} == {(tmp_path / "new.xlsx").resolve()}


def test_what_stays_shut_after_tabs_were_opened_is_said(monkeypatch, capsys):
    account, shut = (
        SimpleNamespace(caller="new@engage.example"),
        Line("hub", "wrong", "Decisions is shut", fix="open it"),
    )
    before = Reached("hub", (shut,), shut=True)
    monkeypatch.setattr("cli.opening.client_for", lambda _: account)
    monkeypatch.setattr("cli.agency_move._concerned", lambda *_: [(None, None)])
    monkeypatch.setattr("engage.agencies.moving_account.write_account", lambda *_: None)
    monkeypatch.setattr("engage.agencies.moving_account.let_in", lambda *_: 1)
    said = []
    for after in (before, Reached("hub", ())):
        monkeypatch.setattr("engage.agencies.moving_account.reach", lambda *_, now=after: now)
        _open_to(SimpleNamespace(google=None, schema=None), None, None, None, [before])
        said.append(capsys.readouterr().out)
    assert all("1 protected tabs were opened" in text for text in said)
    assert ["Decisions is shut" in text for text in said] == [True, False]
