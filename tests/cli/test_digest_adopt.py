"""engage digest adopt, and digests that go out by themselves, from the command line."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from click.testing import CliRunner

from cli import digest_adopting, digest_standing, main, tick
from engage.ledger import LEDGER_FILE, Ledger
from tests.partnership import Town
from tests.test_rounds import RUTH, SEVEN, TOM, Post, held_by_another, make_town
from tests.test_rounds import tick as look


@pytest.fixture
def town(tmp_path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    """The commands find this town wherever engage.toml would be."""
    made = make_town(tmp_path)

    def opened(*_: object, sends: bool = True, **__: object) -> Any:
        return replace(made.partnership, sends=sends)

    for module in (digest_adopting, tick):
        monkeypatch.setattr(module, "open_partnership", opened)
        monkeypatch.setattr(module, "local_now", lambda _: SEVEN)
    monkeypatch.setattr(digest_standing, "local_now", lambda _: SEVEN)
    monkeypatch.setattr("engage.config.load_config", lambda _: made.config)
    return made


def run(*arguments: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, list(arguments))
    return done.exit_code, done.stdout, done.stderr


def test_it_shows_what_would_count_as_sent_and_what_the_sheet_says_of_it(town):
    look(town, SEVEN, Post())
    town.sync(SEVEN + timedelta(minutes=1))
    code, out, _ = run("digest", "adopt", "--yes")
    assert code == 0
    assert out.splitlines()[:3] == [
        "These digests count as sent, and nobody gets one of 2026-W47 any more:",
        f"  {RUTH}: weekly 2026-W47 (last sent by the Digest list: 2026-11-23 07:00, sent)",
        f"  {TOM}: weekly 2026-W47 (NOTHING SENT YET by the Digest list)",
    ]
    statuses = {e.send.address: e.status for e in Ledger(town.config.state / LEDGER_FILE).entries()}
    assert statuses == {RUTH: "sent", TOM: "adopted"}


def test_it_says_which_machine_it_takes_the_lease_from(town):
    held_by_another(town)
    assert 'Mind: another machine, "the-other-one", syncs' in run("digest", "adopt", "--yes")[1]
    assert "the-other-one" not in str(town.hub.rows("_engage"))


def test_without_a_terminal_it_changes_nothing_unless_told_to(town):
    before = town.grids()
    code, _, err = run("digest", "adopt")
    assert (code, town.grids()) == (2, before)
    assert "add --yes" in err


def test_an_adopted_digest_is_released_only_after_asking(town):
    run("digest", "adopt", "--yes")
    ledger = Ledger(town.config.state / LEDGER_FILE)
    code, _, err = run("digest", "resolve", RUTH, "not-sent")
    assert (code, "add --yes" in err) == (2, True)
    assert {entry.status for entry in ledger.entries()} == {"adopted"}
    code, out, _ = run("digest", "resolve", RUTH, "not-sent", "--yes")
    assert (code, out.splitlines()[0].startswith(RUTH)) == (0, True)
    assert {e.send.address: e.status for e in ledger.entries()} == {RUTH: "failed", TOM: "adopted"}


def test_a_machine_that_only_syncs_says_that_it_leaves_the_sync_to_another(town, monkeypatch):
    monkeypatch.setattr(tick, "local_now", lambda _: SEVEN + timedelta(days=1))
    held_by_another(town)
    code, out, err = run("tick", "--sync-only")
    assert (code, out) == (0, "")
    assert 'Left to it: another machine, "the-other-one", syncs this partnership until' in err


def test_a_tick_says_how_many_went_out_and_names_nobody(town):
    code, out, err = run("tick")
    assert (code, out) == (0, "Digests: 1 sent.\n")
    assert "@" not in out + err


def test_a_tick_tells_a_program_the_same(town):
    code, out, _ = run("tick", "--json")
    told = json.loads(out)
    assert (code, told["due"], told["digests"]["sent"], told["exit_code"]) == (0, ["digests"], 1, 0)
    assert "@" not in out


def test_a_tick_that_cannot_send_says_why_and_ends_with_one(town):
    (town.config.state / LEDGER_FILE).unlink()
    code, out, _ = run("tick")
    assert code == 1
    assert out.startswith("Digests: none was sent. ")
    assert "engage digest adopt" in out


def test_a_tick_that_may_only_sync_sends_nothing(town):
    assert run("tick", "--sync-only")[:2] == (0, "")
    assert not town.config.mail.outbox.exists()


def test_a_look_at_which_nothing_is_due_is_silent_where_cron_would_mail_it(town, monkeypatch):
    run("tick")
    assert run("tick") == (0, "", "")
    assert not sys.stderr.isatty()
