"""engage agency move at Google: a copy in somebody else's account, a new owner, another service account."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import main
from engage.config import GoogleSheet, link_of, load_config
from tests.sheets_server.accounts import ServiceAccount, private_key, write_key
from tests.sheets_server.people import Browser
from tests.sheets_server.spreadsheet import Spreadsheet
from tests.workbook.rehearsal import Rehearsal

pytestmark = pytest.mark.slow

COLLEGE, MINE = "Stevenport College", "Your employers (built nightly)"
TOWNS, FIRM, PROBLEMS = "Employers", "Ember Digital Ltd", "Problems to fix"
NEW = "engage-2@engage-test.iam.gserviceaccount.com"
HEAD = "head@college.example"


@dataclass
class Town:
    """A partnership at Google that has had its first night. college: the link's spreadsheet."""

    server: Rehearsal
    folder: Path
    hub: Spreadsheet
    college: Spreadsheet

    def run(self, *words: str) -> Result:
        done = CliRunner().invoke(main, [*words, "--config", str(self.folder / "engage.toml")])
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done

    def moved(self, *words: str) -> Result:
        return self.run("agency", "move", *words, "--yes")

    def home(self) -> object:
        found = load_config(self.folder / "engage.toml").agency(COLLEGE)
        return found and found.workbook

    def ids(self, book: Spreadsheet) -> list[str]:
        """The Record IDs of the college's employers, as its people see them."""
        return [row[0] for row in Browser(self.server.world, book.id).rows(TOWNS)[1:] if any(row)]

    def copy(self, *, shared: bool = True) -> Spreadsheet:
        """The college's spreadsheet, copied into the account of its head."""
        made = Browser(self.server.world, self.college.id, HEAD).make_a_copy("College 2027")
        if shared:
            Browser(self.server.world, made, HEAD).share(self.server.client.caller)
        return self.server.world.spreadsheet(made)


@pytest.fixture(scope="module")
def first_night(tmp_path_factory: pytest.TempPathFactory) -> Town:
    server, folder = Rehearsal(), tmp_path_factory.mktemp("marlbeck")
    hub, college = server.sheet({"Sheet1": []}, title="Hub"), server.sheet({"Sheet1": []}, title="College")
    town = Town(server, folder, hub, college)
    key, endpoint = str(server.settings.credentials), server.settings.endpoint
    told = ("--yes", "--name", "Marlbeck Works", "--credentials", key, "--endpoint", endpoint)
    links = ("--hub", link_of(hub.id), "--agency", f"{COLLEGE}={link_of(college.id)}")
    made = CliRunner().invoke(main, ["init", str(folder), "--google", *told, *links])
    assert made.exit_code == 0, made.output
    for row, (name, postcode) in enumerate([(FIRM, "M34 3QQ"), ("Holt Roofing", "0L6 7ZZ")], 2):
        Browser(server.world, college.id).type(TOWNS, row, 2, name)
        Browser(server.world, college.id).type(TOWNS, row, 7, postcode)
    assert town.run("sync").exit_code in (0, 3)
    return town


@pytest.fixture
def town(first_night: Town, tmp_path: Path) -> Iterator[Town]:
    """As it stood after its first night, in a folder of its own, with a whole minute's quota."""
    world, services = first_night.server.world, first_night.server.served.front.office.services
    books, accounts = copy.deepcopy(world.books), dict(services)
    shutil.copytree(first_night.folder, tmp_path, dirs_exist_ok=True)
    at = [world.books[book.id] for book in (first_night.hub, first_night.college)]
    first_night.server.served.front.quota.forget()
    yield Town(first_night.server, tmp_path, *at)
    world.books.clear()
    world.books.update(books)
    services.clear()
    services.update(accounts)


def answer(town: Town, book: Spreadsheet, of: Callable[[list[str]], bool], word: str) -> None:
    """Choose an answer in the college's Problems to fix."""
    hand = Browser(town.server.world, book.id)
    rows = hand.rows(PROBLEMS)
    number = next(n for n, row in enumerate(rows, 1) if n > 1 and of(row))
    hand.type(PROBLEMS, number, rows[0].index("Decision") + 1, word)


def test_a_copy_in_another_account_takes_its_place_with_ids_answers_and_journal(town: Town) -> None:
    before = town.ids(town.college)
    answer(town, town.college, lambda row: "OL6 7ZZ" in row, "Accept suggestion")
    new = town.copy()
    shown = town.run("agency", "move", COLLEGE, link_of(new.id), "--dry-run")
    assert (shown.exit_code, town.home()) == (0, GoogleSheet(town.college.id))
    assert "2 of 2 rows that are remembered" in shown.stdout
    done = town.moved(COLLEGE, link_of(new.id))
    assert (done.exit_code, town.home()) == (0, GoogleSheet(new.id)), done.output
    old = Browser(town.server.world, town.college.id).rows(TOWNS)
    assert town.run("sync").exit_code in (0, 3)
    assert town.ids(new) == before
    hand = Browser(town.server.world, new.id)
    assert hand.shown(TOWNS, 3, 7) == "OL6 7ZZ"  # what was answered before the move
    assert town.run("undo", "--yes").exit_code in (0, 3)
    assert hand.shown(TOWNS, 3, 7) == "0L6 7ZZ"
    assert Browser(town.server.world, town.college.id).rows(TOWNS) == old


def test_after_a_move_the_next_sync_writes_nothing_and_the_original_is_left_alone(town: Town) -> None:
    new = town.copy()
    town.moved(COLLEGE, link_of(new.id))
    Browser(town.server.world, town.college.id).type(TOWNS, 4, 2, "Typed into the old one")
    night = town.run("sync", "--json")
    assert '"cells_written": 0' in night.stdout
    assert "Typed into the old one" not in str(
        Browser(town.server.world, town.hub.id).rows("Employer list (built nightly)")
    )
    assert town.ids(town.college)[2] == ""


def test_what_was_typed_into_the_original_after_it_was_copied_is_counted(town: Town) -> None:
    new = town.copy()
    Browser(town.server.world, town.college.id).type(TOWNS, 4, 2, "Too late Ltd")
    shown = town.run("agency", "move", COLLEGE, link_of(new.id), "--dry-run")
    assert "Employers: 1 row of the old file is not in it" in shown.stdout


def test_a_copy_is_never_read_beside_its_original(town: Town) -> None:
    new = town.copy()
    joined = town.run("agency", "join", "Another College", link_of(new.id), "--yes")
    assert (joined.exit_code, "copy of it" in joined.output) == (2, True)
    taken = town.moved("hub", link_of(new.id))
    assert (taken.exit_code, "or a copy of it" in taken.output) == (2, True)
    assert load_config(town.folder / "engage.toml").hub == GoogleSheet(town.hub.id)


def test_agencies_that_share_a_spreadsheet_move_with_it(town: Town) -> None:
    with (town.folder / "engage.toml").open("a", encoding="utf-8") as settings:
        settings.write(f'\n[[agency]]\nname = "Second College"\nworkbook = "{link_of(town.college.id)}"\n')
    new = town.copy()
    done = town.moved("Second College", link_of(new.id))
    assert f"for {COLLEGE}, Second College" in done.stdout
    assert {one.workbook for one in load_config(town.folder / "engage.toml").agencies} == {
        GoogleSheet(new.id)
    }


def test_a_copy_that_is_not_shared_with_us_is_not_taken(town: Town) -> None:
    new = town.copy(shared=False)
    refused = town.moved(COLLEGE, link_of(new.id))
    assert (refused.exit_code, town.home()) == (1, GoogleSheet(town.college.id))
    Browser(town.server.world, new.id, HEAD).share(town.server.client.caller, "reader")
    refused = town.moved(COLLEGE, link_of(new.id))
    assert (refused.exit_code, "may view it and not change it" in refused.output) == (2, True)
    assert town.home() == GoogleSheet(town.college.id)


def test_a_new_owner_of_the_same_file_changes_nothing_in_the_settings(town: Town) -> None:
    before = (town.folder / "engage.toml").read_text("utf-8")
    Browser(town.server.world, town.college.id).hand_over(HEAD)
    done = town.moved(COLLEGE, link_of(town.college.id))
    assert "It is the file that engage.toml has already" in done.stdout
    assert (town.folder / "engage.toml").read_text("utf-8") == before
    assert "has a new owner" in town.run("sync").stdout


# --- another service account -------------------------------------------------------------------------------


@pytest.fixture
def key(town: Town) -> Path:
    account = ServiceAccount(NEW, keys={"key-2": private_key(2)})
    town.server.served.front.office.services[NEW] = account
    return write_key(town.folder, account, town.server.served.url, name="new.json")


def share_both(town: Town) -> None:
    for book in (town.hub, town.college):
        Browser(town.server.world, book.id).share(NEW)


def test_an_account_that_may_not_open_every_spreadsheet_is_not_taken(town: Town, key: Path) -> None:
    before = (town.folder / "engage.toml").read_text("utf-8")
    Browser(town.server.world, town.hub.id).share(NEW)
    refused = town.moved("--account", str(key))
    assert (refused.exit_code, f"not shared with {NEW}" in refused.output) == (2, True), refused.output
    assert (town.folder / "engage.toml").read_text("utf-8") == before


def test_the_account_before_opens_its_tabs_to_the_new_one_and_the_sync_goes_on(town: Town, key: Path) -> None:
    share_both(town)
    before = town.ids(town.college)
    assert town.run("agency", "move", "--account", str(key), "--dry-run").exit_code == 0
    done = town.moved("--account", str(key))
    assert (done.exit_code, f"protected tabs were opened to {NEW}" in done.stdout) == (0, True), done.output
    assert load_config(town.folder / "engage.toml").google.credentials == key
    town.server.served.front.office.services.pop(town.server.client.caller)  # the old one is gone
    Browser(town.server.world, town.college.id).type(TOWNS, 4, 2, "New after the move Ltd")
    assert town.run("sync").exit_code in (0, 3)
    after = town.ids(town.college)
    assert (after[:2], after[2][:2]) == (before, "R-")
    assert "New after the move Ltd" in str(Browser(town.server.world, town.college.id).rows(MINE))


def test_once_the_account_before_is_gone_the_owner_is_told_what_to_delete(town: Town, key: Path) -> None:
    share_both(town)
    town.server.served.front.office.services.pop(town.server.client.caller)
    done = town.moved("--account", str(key))
    assert done.exit_code == 0
    assert 'begins with "Engage:"' in done.stdout
    assert "the account before could open no tab" in done.stdout
    assert load_config(town.folder / "engage.toml").google.credentials == key


def test_another_file_and_another_account_are_written_together(town: Town, key: Path) -> None:
    share_both(town)
    new = town.copy()
    Browser(town.server.world, new.id, HEAD).share(NEW)
    assert town.moved(COLLEGE, link_of(new.id), "--account", str(key)).exit_code == 0
    config = load_config(town.folder / "engage.toml")
    assert (town.home(), config.google.credentials) == (GoogleSheet(new.id), key)
    assert town.run("sync").exit_code in (0, 3)
    assert len(town.ids(new)) == 2


def test_a_file_that_is_not_taken_is_said_before_another_account_is_written(town: Town, key: Path) -> None:
    share_both(town)
    new = town.copy()
    Browser(town.server.world, new.id, HEAD).share(NEW)
    tried = town.run("agency", "move", "hub", link_of(new.id), "--account", str(key), "--dry-run")
    refused = town.moved("hub", link_of(new.id), "--account", str(key))
    assert [(each.exit_code, "or a copy of it" in each.output) for each in (tried, refused)] == [
        (2, True)
    ] * 2
    assert load_config(town.folder / "engage.toml").google.credentials != key
