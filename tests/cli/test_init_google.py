"""engage init --google: spreadsheets made or taken over; a night on them runs, and doctor finds all well."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import main
from engage.config import GoogleSheet, load_config
from tests.sheets_server.people import Browser
from tests.sheets_server.spreadsheet import Spreadsheet
from tests.workbook.rehearsal import Rehearsal

pytestmark = pytest.mark.slow

COLLEGE = "Stevenport College"


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, [*arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture(scope="module")
def server() -> Rehearsal:
    return Rehearsal()


def init(server: Rehearsal, folder: Path, *more: str) -> Result:
    key, endpoint = str(server.settings.credentials), server.settings.endpoint
    told = ("--yes", "--name", "Marlbeck Works", "--credentials", key, "--endpoint", endpoint)
    return run("init", str(folder), "--google", *told, *more)


def link(book: Spreadsheet) -> str:
    return f"https://docs.google.com/spreadsheets/d/{book.id}/edit#gid=0"


def contents(server: Rehearsal) -> dict[str, object]:
    return {
        key: [
            (tab.title, [[cell.entered if cell else None for cell in row] for row in tab.rows])
            for tab in book.tabs
        ]
        for key, book in server.world.books.items()
    }


@pytest.mark.slow
def test_a_partnership_made_at_google_has_a_quiet_night_and_doctor_finds_all_well(
    server: Rehearsal, tmp_path: Path
) -> None:
    college = server.sheet({"Sheet1": []}, title="College")
    made = init(server, tmp_path, "--agency", f"{COLLEGE}={link(college)}", "--domain", "marlbeck.example")
    assert made.exit_code == 0, made.stderr
    config = tmp_path / "engage.toml"
    assert load_config(config).agency(COLLEGE).workbook == GoogleSheet(college.id)  # type: ignore[union-attr]
    assert isinstance(load_config(config).hub, GoogleSheet)
    config.write_text(
        config.read_text("utf-8").replace(
            '# from_address = "engage@council', 'from_address = "engage@council'
        ),
        "utf-8",
    )

    before = contents(server)
    again = run("init", str(tmp_path), "--google")
    assert (again.exit_code, contents(server)) == (0, before)
    assert "nothing was changed" in again.output

    hand = Browser(server.world, college.id)
    hand.type("Employers", 2, 2, "Ember Digital Ltd")
    hand.type("Employers", 2, 7, "M34 3QQ")
    night = run("sync", "--config", str(config))
    assert night.exit_code == 0, night.output
    assert hand.shown("Employers", 2, 1).startswith("R-")
    assert hand.shown("Your employers (built nightly)", 2, 1)

    told = json.loads(run("doctor", "--config", str(config), "--json").stdout)
    assert {line["verdict"] for line in told["lines"]} == {"ok"}, told
    assert "nothing was changed" in run("init", str(tmp_path), "--google").output


def test_a_service_account_without_room_is_told_what_to_do(server: Rehearsal, tmp_path: Path) -> None:
    server.served.front.faults.plan("403", on="POST /v4/spreadsheets$|POST /v4/spreadsheets[?]")
    shown = init(server, tmp_path, "--layout", "one")
    server.served.front.faults.clear()
    assert shown.exit_code == 1
    assert server.client.caller in shown.stderr
    assert "--hub LINK" in shown.stderr


def test_what_was_cut_short_goes_on_from_there(server: Rehearsal, tmp_path: Path) -> None:
    server.served.front.faults.plan("403", nth=2, on="POST /v4/spreadsheets$|POST /v4/spreadsheets[?]")
    assert init(server, tmp_path, "--agency", COLLEGE).exit_code == 1
    server.served.front.faults.clear()
    college = load_config(tmp_path / "engage.toml").agency(COLLEGE).workbook  # type: ignore[union-attr]
    assert isinstance(college, GoogleSheet)
    books = len(server.world.books)
    assert run("init", str(tmp_path), "--google").exit_code == 0
    assert (load_config(tmp_path / "engage.toml").agency(COLLEGE).workbook, len(server.world.books)) == (  # type: ignore[union-attr]
        college,
        books + 1,
    )


def test_an_agencys_own_sheet_gets_no_tab_and_keeps_every_cell(server: Rehearsal, tmp_path: Path) -> None:
    own = server.sheet({"Firms": [["Company", "Town", "Postcode"], ["Holt Roofing", "Hyde", "M34 3QQ"]]})
    hub = server.sheet({"Sheet1": []})
    before = contents(server)[own.id]
    shown = init(server, tmp_path, "--hub", link(hub), "--agency", f"{COLLEGE}={link(own)}")
    assert shown.exit_code == 0, shown.stderr
    assert contents(server)[own.id] == before
    assert "Employers" in [tab.title for tab in hub.tabs]


def test_a_sheet_that_we_laid_out_stays_ours_when_people_add_tabs(server: Rehearsal, tmp_path: Path) -> None:
    hub, college = server.sheet({"Sheet1": []}), server.sheet({"Sheet1": []})
    init(server, tmp_path, "--hub", link(hub), "--agency", f"{COLLEGE}={link(college)}")
    hand = Browser(server.world, college.id)
    hand.type("Sheet1", 1, 1, "Our budget")
    hand.delete_tab("Contacts")
    run("init", str(tmp_path), "--google")
    assert {"Sheet1", "Contacts"} <= {tab.title for tab in college.tabs}
    assert hand.shown("Sheet1", 1, 1) == "Our budget"


def test_who_is_to_share_a_new_spreadsheet_may_edit_it(server: Rehearsal, tmp_path: Path) -> None:
    assert init(server, tmp_path, "--layout", "one", "--share", "pat@council.example").exit_code == 0
    hub = load_config(tmp_path / "engage.toml").hub
    assert isinstance(hub, GoogleSheet)
    assert server.world.spreadsheet(hub.id).people == {"pat@council.example": "writer"}


def test_a_new_link_for_an_agency_that_is_there_is_written_into_engage_toml(
    server: Rehearsal, tmp_path: Path
) -> None:
    hub = server.sheet({"Sheet1": []})
    init(server, tmp_path, "--hub", link(hub), "--layout", "one", "--agency", COLLEGE)
    own = server.sheet({"Firms": [["Company", "Town", "Postcode"], ["Holt Roofing", "Hyde", "M34 3QQ"]]})
    shown = run("init", str(tmp_path), "--google", "--agency", f"{COLLEGE}={link(own)}")
    assert shown.exit_code == 0, shown.stderr
    assert load_config(tmp_path / "engage.toml").agency(COLLEGE).workbook == GoogleSheet(own.id)  # type: ignore[union-attr]


def test_another_link_for_a_hub_that_is_there_is_refused(server: Rehearsal, tmp_path: Path) -> None:
    hub, other = server.sheet({"Sheet1": []}), server.sheet({"Sheet1": []})
    init(server, tmp_path, "--hub", link(hub), "--layout", "one")
    shown = run("init", str(tmp_path), "--google", "--hub", link(other))
    assert (shown.exit_code, load_config(tmp_path / "engage.toml").hub) == (2, GoogleSheet(hub.id))
    assert "another Google Sheet" in shown.stderr


def test_what_only_google_understands_needs_google(tmp_path: Path) -> None:
    shown = run(
        "init", str(tmp_path), "--yes", "--hub", "https://docs.google.com/spreadsheets/d/1aaaaaaaaaaaa/edit"
    )
    assert (shown.exit_code, list(tmp_path.iterdir())) == (2, [])


def test_a_person_cannot_sign_in_where_a_key_does(server: Rehearsal, tmp_path: Path) -> None:
    hub = server.sheet({"Sheet1": []})
    init(server, tmp_path, "--hub", link(hub), "--layout", "one")
    shown = run("init", str(tmp_path), "--google", "--sign-in")
    assert shown.exit_code == 2
    assert 'sign_in = "user"' in shown.stderr
