"""engage doctor at the terminal: in order, on after a failure, few requests, never a stack trace."""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from cli import main
from engage.config import HUB
from engage.setting_up import Wishes, set_up
from engage.state import State, encode
from tests.mail.servers import PASSWORD, Plan, new_authority, serving
from tests.sheets_server.people import Browser
from tests.sheets_server.spreadsheet import Spreadsheet
from tests.workbook.rehearsal import Rehearsal

pytestmark = pytest.mark.slow

FIRMS = [["Company", "Town", "Postcode"], ["Holt Roofing", "Hyde", "M34 3QQ"]]


def doctor(config: Path, *more: str) -> Result:
    result = CliRunner().invoke(main, ["doctor", "--config", str(config), *more])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def told(config: Path) -> tuple[int, list[dict[str, Any]]]:
    result = doctor(config, "--json")
    document = json.loads(result.stdout)
    assert document["exit_code"] == result.exit_code
    return result.exit_code, document["lines"]


def faults(config: Path, part: str = "") -> list[str]:
    lines = [line for line in told(config)[1] if line["verdict"] != "ok" and line["part"].startswith(part)]
    assert all(line["fix"] for line in lines)
    return [line["what"] for line in lines]


# --- on .xlsx files ---


def test_a_new_partnership_of_files_has_only_its_mail_to_look_at(tmp_path: Path) -> None:
    set_up(tmp_path, Wishes("P", ("Dale Council",), "each", ("dale.example",)))
    code, lines = told(tmp_path / "engage.toml")
    assert (code, {line["part"] for line in lines if line["verdict"] != "ok"}) == (0, {"Mail"})


def test_agencies_in_one_workbook_are_told_that_nothing_there_is_confidential(tmp_path: Path) -> None:
    set_up(tmp_path, Wishes("P", ("Dale Council", "Peakside College"), "one"))
    assert "nothing in it is confidential" in faults(tmp_path / "engage.toml", "Who may see what")[0]


def test_a_missing_file_does_not_keep_the_others_from_being_looked_at(tmp_path: Path) -> None:
    set_up(tmp_path, Wishes("P", ("Dale Council", "Peakside College")))
    (tmp_path / "dale-council.xlsx").unlink()
    (tmp_path / "peakside-college.xlsx").write_bytes(b"no workbook")
    code, lines = told(tmp_path / "engage.toml")
    wrong = {line["part"] for line in lines if line["verdict"] == "wrong"}
    assert (code, wrong, lines[-1]["part"]) == (1, {"Dale Council", "Peakside College"}, "Who syncs")


def test_text_says_each_fault_with_its_remedy(tmp_path: Path) -> None:
    set_up(tmp_path, Wishes("P", ("Dale Council",)))
    (tmp_path / "dale-council.xlsx").unlink()
    shown = doctor(tmp_path / "engage.toml")
    assert shown.exit_code == 1
    assert "wrong  there is no such file" in shown.output
    assert "What to do: correct its path" in shown.output


def test_what_start_here_wants_looked_at_is_said_though_another_machine_wrote_it(tmp_path: Path) -> None:
    set_up(tmp_path, Wishes("P", ("Dale Council",)))
    silent = (
        "No machine has sent digests since 26/11/2026 07:00, and some were due on 30/11/2026 at 07:00. FIX"
    )
    assert faults(tmp_path / "engage.toml", "Who syncs") == []
    book = openpyxl.load_workbook(tmp_path / "hub.xlsx")
    rows = {row[0].value: row[1] for row in book["Start here"].iter_rows()}
    rows["Last sync"].value = f"{datetime.now():%d/%m/%Y %H:%M}"  # noqa: DTZ005 - local, as the sync writes it
    book["Start here"].append(["Look at this", silent])
    for line in encode(State(), HUB)[1:]:
        book["_engage"].append(line)
    book.save(tmp_path / "hub.xlsx")
    (said,) = [
        line for line in told(tmp_path / "engage.toml")[1] if line["what"].startswith("Start here says")
    ]
    assert (said["part"], said["verdict"]) == ("Who syncs", "look")
    assert said["what"] == f"Start here says: {silent}"


def test_an_engage_toml_that_cannot_be_read_ends_with_2(tmp_path: Path) -> None:
    (tmp_path / "engage.toml").write_text("[partnership]\n", "utf-8")
    assert doctor(tmp_path / "engage.toml").exit_code == 2


def test_the_mail_server_is_tried_without_a_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    set_up(tmp_path, Wishes("P", ("Dale Council",), "each", ("dale.example",)))
    path, plan = tmp_path / "engage.toml", Plan()
    with serving(plan, new_authority(tmp_path)) as smtp:
        server = f'transport = "smtp"\nhost = "127.0.0.1"\nport = {smtp.port}\nuser = "{smtp.user}"\n'
        written = path.read_text("utf-8").replace('transport = "outbox"', f'ca_file = "ca.pem"\n{server}#')
        path.write_text(written, "utf-8")
        monkeypatch.setenv("ENGAGE_MAIL_PASSWORD", PASSWORD)
        assert faults(path, "Mail") == ["nobody is named as the sender, so no digest can be written"]
        monkeypatch.setenv("ENGAGE_MAIL_PASSWORD", "wrong")
        shown = doctor(path)
    assert (shown.exit_code, "does not let us sign in" in shown.output) == (1, True)
    assert "engage mail password" in shown.output
    assert plan.taken == []


# --- at Google ---


@pytest.fixture(scope="module")
def server() -> Rehearsal:
    return Rehearsal()


@pytest.fixture
def own(server: Rehearsal) -> Spreadsheet:
    book = server.sheet({"Firms": FIRMS}, title="Firms")
    book.time_zone = "Europe/London"
    return book


@pytest.fixture
def config(server: Rehearsal, own: Spreadsheet, tmp_path: Path) -> Path:
    """A hub in a file, an agency at Google that keeps its own layout."""
    set_up(tmp_path, Wishes("P", (), "each", ("dale.example",)))
    path = tmp_path / "engage.toml"
    text = path.read_text("utf-8").replace("# from_address", "from_address")
    path.write_text(
        f'{text}[[agency]]\nname = "Dale"\nworkbook = "https://docs.google.com/spreadsheets/d/{own.id}/edit"\n'
        f'[google]\ncredentials = "{Path(str(server.settings.credentials)).as_posix()}"\n'
        f'endpoint = "{server.settings.endpoint}"\n',
        "utf-8",
    )
    return path


def test_a_google_sheet_as_it_should_be_is_well_and_costs_five_requests(
    server: Rehearsal, config: Path
) -> None:
    server.served.front.calls.clear()
    code, lines = told(config)
    assert (code, {line["verdict"] for line in lines}) == (0, {"ok"})
    paths = [call.path for call in server.served.front.calls if "/token" not in call.path]
    assert len(paths) == 5  # the key's age, tabs, their tops, the file, its sharing


def test_every_fault_of_a_google_sheet_is_named(server: Rehearsal, own: Spreadsheet, config: Path) -> None:
    hand = Browser(server.world, own.id)
    assert faults(config) == []
    hand.set_locale("en_US")
    hand.hand_over("pat@council.example")
    hand.share("anyone", "reader")
    hand.bin()
    said = " ".join(faults(config, "Dale"))
    for word in (
        "locale is en_US",
        "new owner: pat@council.example",
        "anyone who has the link",
        "in the bin",
    ):
        assert word in said


def test_a_sheet_that_is_not_shared_any_more_is_wrong_and_says_with_whom(
    server: Rehearsal, own: Spreadsheet, config: Path
) -> None:
    Browser(server.world, own.id).unshare(server.client.caller)
    code, lines = told(config)
    mine = [line for line in lines if line["part"] == "Dale" and line["verdict"] == "wrong"]
    assert (code, len(mine)) == (1, 1)
    assert server.client.caller in mine[0]["fix"]


def test_viewing_only_is_wrong(server: Rehearsal, own: Spreadsheet, config: Path) -> None:
    Browser(server.world, own.id).share(server.client.caller, "reader")
    assert "may view it and not change it" in faults(config, "Dale")[0]


def test_a_tab_protected_from_us_is_wrong(server: Rehearsal, own: Spreadsheet, config: Path) -> None:
    own.tabs[0].protected[1] = {
        "protectedRangeId": 1,
        "range": {"sheetId": own.tabs[0].sheet_id},
        "editors": {},
    }
    assert "these are protected: Firms" in faults(config, "Dale")[0]


def test_a_sign_in_that_google_refuses_is_said_once_and_the_rest_goes_on(
    server: Rehearsal, config: Path
) -> None:
    server.served.front.faults.plan("token-400", times=50)
    code, lines = told(config)
    server.served.front.faults.clear()
    wrong = [line["part"] for line in lines if line["verdict"] == "wrong"]
    assert (code, wrong, lines[-1]["part"]) == (1, ["Sign-in at Google", "Dale"], "Who syncs")


def test_a_server_in_trouble_is_told_without_a_stack_trace(server: Rehearsal, config: Path) -> None:
    server.served.front.faults.plan("403", on="/v4/spreadsheets", times=50)
    code, lines = told(config)
    server.served.front.faults.clear()
    assert (code, lines[-1]["part"]) == (1, "Who syncs")


@pytest.mark.skipif(os.name == "nt", reason="rights are not in the mode there")
def test_a_key_that_others_can_read_is_said(server: Rehearsal, config: Path, tmp_path: Path) -> None:
    key = tmp_path / "key.json"
    key.write_bytes(Path(str(server.settings.credentials)).read_bytes())
    key.chmod(0o644)
    text = config.read_text("utf-8")
    start = text.index('credentials = "')
    end = text.index("\n", start)
    config.write_text(text[:start] + 'credentials = "key.json"' + text[end:], "utf-8")
    assert "others on this computer can read the key file" in faults(config, "Sign-in")
