"""engage adopt LINK: an agency's own Google Sheet is looked at and taken in as a file is."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from cli import main
from engage.config import GoogleSheet, load_config
from tests.workbook.rehearsal import Rehearsal, rehearsal

FIRMS = [
    ["Our employers"],
    ["Company", "Town", "Postcode", "Tel", "Our own code"],
    ["Ember Digital Ltd", "Hyde", "M34 3QQ", "0161 496 0200", "X1"],
]


def partnership(folder: Path, server: Rehearsal) -> Path:
    path = folder / "engage.toml"
    path.write_text(
        f'[partnership]\nname = "Marlbeck Works"\n[google]\ncredentials = "{server.settings.credentials}"\n'
        f'endpoint = "{server.settings.endpoint}"\n',
        encoding="utf-8",
    )
    return path


def adopt(config: Path, link: str, *more: str) -> Result:
    return CliRunner().invoke(main, ["adopt", link, "--config", str(config), *more])


def test_a_google_sheet_is_reported_on_by_its_link(tmp_path: Path) -> None:
    server = rehearsal()
    sheet = server.sheet({"Firms": FIRMS}, title="Firms of the college")
    shown = adopt(
        partnership(tmp_path, server), f"https://docs.google.com/spreadsheets/d/{sheet.id}/edit#gid=0"
    )
    assert shown.exit_code == 0, shown.output
    assert "Firms of the college" in shown.output
    assert "Company" in shown.output


def test_accepting_writes_the_link_and_what_was_understood_and_leaves_the_sheet_alone(tmp_path: Path) -> None:
    server = rehearsal()
    sheet = server.sheet({"Firms": FIRMS})
    before = [tab.rows for tab in sheet.tabs]
    path = partnership(tmp_path, server)
    shown = adopt(
        path, f"https://docs.google.com/spreadsheets/d/{sheet.id}/edit", "--agency", "Dale", "--accept"
    )
    assert shown.exit_code == 0, shown.output
    dale = load_config(path).agency("Dale")
    assert dale is not None
    assert (dale.workbook, dale.tabs) == (GoogleSheet(sheet.id), {"Firms": "Employers"})
    assert [tab.rows for tab in sheet.tabs] == before


def test_a_sheet_that_is_not_shared_says_with_whom_to_share_it(tmp_path: Path) -> None:
    server = rehearsal()
    sheet = server.sheet({"Firms": FIRMS}, share=False)
    shown = adopt(partnership(tmp_path, server), f"https://docs.google.com/spreadsheets/d/{sheet.id}/edit")
    assert shown.exit_code == 1
    assert server.client.caller in shown.stderr


def test_a_link_to_something_else_is_refused(tmp_path: Path) -> None:
    shown = adopt(
        partnership(tmp_path, rehearsal()), "https://docs.google.com/document/d/1234567890abcdef/edit"
    )
    assert shown.exit_code == 2
    assert "no link to a Google Sheet" in shown.stderr
