"""engage init --google --sign-in, from the consent page to a night that asks nobody again."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import main
from engage.config import GoogleSheet, load_config
from tests.sheets_server.consent import InMemory, browser, ring
from tests.sheets_server.people import Browser
from tests.sheets_server.spreadsheet import Spreadsheet
from tests.workbook.rehearsal import Rehearsal

pytestmark = pytest.mark.slow

__all__ = ["browser", "ring"]

PRIYA = "priya@tameside.example"
COLLEGE = "Stevenport College"


@pytest.fixture(scope="module")
def server() -> Rehearsal:
    return Rehearsal()


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, [*arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def init(server: Rehearsal, folder: Path, *more: str) -> Result:
    server.served.client_secrets(folder).rename(folder / "credentials.json")
    told = ("--yes", "--name", "Marlbeck Works", "--endpoint", server.served.url)
    return run("init", str(folder), "--google", "--sign-in", *told, *more)


def asked(server: Rehearsal) -> tuple[int, list[str]]:
    """How often the consent page was shown, and what was asked of the token endpoint."""
    front = server.served.front
    return sum(call.path == "/o/oauth2/auth" for call in front.calls), list(front.office.asked)


def forget(server: Rehearsal) -> None:
    server.served.front.calls.clear()
    server.served.front.office.asked.clear()


def sheet_of(server: Rehearsal, config: Path, agency: str = "") -> Spreadsheet:
    loaded = load_config(config)
    home = loaded.agency(agency).workbook if agency else loaded.hub  # type: ignore[union-attr]
    assert isinstance(home, GoogleSheet)
    return server.world.spreadsheet(home.id)


@pytest.mark.slow
def test_a_person_signs_in_once_and_the_nights_after_it_ask_nobody(
    server: Rehearsal, tmp_path: Path, ring: InMemory, browser: str
) -> None:
    forget(server)
    made = init(server, tmp_path, "--agency", COLLEGE)
    assert made.exit_code == 0, made.stderr
    assert f"Signed in as {PRIYA}" in made.stderr
    assert asked(server) == (1, ["authorization_code", "refresh_token"])
    assert len(ring.entries) == 1

    config = tmp_path / "engage.toml"
    assert load_config(config).google.sign_in == "user"
    hub, college = sheet_of(server, config), sheet_of(server, config, COLLEGE)
    assert (hub.owner, college.owner, hub.locale) == (PRIYA, PRIYA, "en_GB")
    assert "Employers" in [tab.title for tab in college.tabs]
    editors = [
        each["editors"]["users"] for tab in hub.tabs for each in tab.protected.values() if "editors" in each
    ]
    assert [PRIYA] in editors

    forget(server)
    Browser(server.world, college.id).type("Employers", 2, 2, "Ember Digital Ltd")
    night = run("sync", "--config", str(config))
    assert night.exit_code == 0, night.output
    assert Browser(server.world, college.id).shown("Employers", 2, 1).startswith("R-")
    assert run("sync", "--config", str(config)).exit_code == 0
    assert "nothing was changed" in run("init", str(tmp_path), "--google").output
    assert asked(server) == (0, ["refresh_token"] * 3)


def test_who_signs_in_may_share_what_is_made(
    server: Rehearsal, tmp_path: Path, ring: InMemory, browser: str
) -> None:
    made = init(server, tmp_path, "--layout", "one", "--share", "pat@council.example")
    assert made.exit_code == 0, made.stderr
    assert sheet_of(server, tmp_path / "engage.toml").people == {"pat@council.example": "writer"}


def test_nobody_signed_in_is_said_with_the_command(
    server: Rehearsal, tmp_path: Path, ring: InMemory, browser: str
) -> None:
    assert init(server, tmp_path, "--layout", "one").exit_code == 0
    ring.entries.clear()
    night = run("sync", "--config", str(tmp_path / "engage.toml"))
    assert night.exit_code == 1
    assert "run engage init --google --sign-in" in night.stderr


def test_a_sign_in_that_is_not_finished_makes_nothing(
    server: Rehearsal, tmp_path: Path, ring: InMemory, browser: str
) -> None:
    books = len(server.world.books)
    server.served.front.faults.plan("token-400", times=9)
    made = init(server, tmp_path, "--layout", "one")
    server.served.front.faults.clear()
    assert (made.exit_code, len(server.world.books), ring.entries) == (1, books, {})
    assert "the sign-in was not finished" in made.stderr
