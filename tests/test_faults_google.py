"""Every fault at every request of a sync on Google Sheets: an end in words, and then as if nothing had been.

`make test` plays each fault at some requests, by turns; `make soak` plays each at every one.
"""

from __future__ import annotations

import contextlib
import os
import random
import re
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from engage.errors import EngageError
from engage.register.identity import identify, make_id
from engage.workbook.google.patient import PatientClient
from tests.sheets_server.faults import NAMES

from .google_sheets import SharedSheet, leave
from .partnership import COUNCIL, NOW, Town, row_of
from .workbook.rehearsal import Rehearsal, rehearsal

pytestmark = pytest.mark.slow

SOAK = bool(os.environ.get("ENGAGE_SOAK"))
PERSONS = {"edit-before", "edit-after"}  # what people do meanwhile is test_promises_google's
PLAYED = sorted(set(NAMES) - PERSONS - {"lag"})  # Drive's lagging clock decides nothing here
EVERY = 31  # in make test: about half of the faults, each at one request
EMPLOYERS = [
    row_of("Employers", Employer=name, Postcode="M34 3QQ", Phone="1614960200", Agency=COUNCIL)
    for name in ("Ember Digital Limited", "Bridge Cafe", "Acorn Trust")
]


@pytest.fixture(autouse=True)
def a_clean_table(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("engage.intake.identify", same_dice)
    yield
    rehearsal().served.front.faults.clear()
    rehearsal().client.set_timeout((5.0, 60.0))
    leave(rehearsal())


def new_town(folder: Path) -> Town:
    """A town after its first night, in which people have worked a day since."""
    town = Town(folder, make=SharedSheet, Employers=EMPLOYERS)
    town.sync(NOW - timedelta(days=1))
    town.hub.insert_row("Employers", 2, ["", *row_of("Employers", Employer="Dobson Joinery", Agency=COUNCIL)])
    town.college.type("Firms", 4, 5, "rings on Tuesdays")
    town.college.insert_row("Firms", 4, ["Acorn Trust", "Hyde", "M34 3QQ"])
    decide(town, "Different")
    return town


def decide(town: Town, answer: str) -> None:
    column = town.hub.rows("To review")[0].index("Decision") + 1
    town.hub.type("To review", 2, column, answer)


def same_dice(records: Any, known: Any, _: object) -> Any:
    """Every look at the rows draws from the start, so that a sync tried again gives the same ids."""
    draw = random.Random(7).choice
    return identify(records, known, lambda: make_id(draw))


def reads(town: Town) -> dict[str, Any]:
    """Every tab as people find it; but for the log, for when a thing was first seen, and for the order in
    which Decisions tells of merges: one that a fault put off comes after the others."""
    left_out = ("_engage", "Sync log")
    found = {
        key: {t: [list(map(undated, r)) for r in rows] for t, rows in tabs.items() if t not in left_out}
        for key, tabs in town.grids().items()
    }
    found["hub"]["Decisions"].sort()
    return found


def undated(cell: str) -> str:
    return re.sub(r"2026-11-16 02:0\d|16/11/2026 02:0\d", "then", cell)


@cache
def undisturbed() -> tuple[int, dict[str, Any]]:
    """How many requests two nights take, and what the sheets read then."""
    import tempfile  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        town = new_town(Path(folder))
        before = len(rehearsal().served.front.calls)
        town.sync(NOW)
        requests = len(rehearsal().served.front.calls) - before
        town.sync(NOW + timedelta(minutes=5))
        return requests, reads(town)


def turns() -> list[tuple[str, int]]:
    """The faults, each with the request at which it is played."""
    requests = 14
    every = [(name, nth) for name in PLAYED for nth in range(1, requests + 1)]
    return [pair for at, pair in enumerate(every) if SOAK or (at * 7 + at // requests) % EVERY == 0]


@pytest.mark.parametrize(("name", "nth"), turns())
def test_a_fault_ends_in_words_and_the_next_sync_is_as_if_it_had_not_been(
    name: str, nth: int, tmp_path: Path
) -> None:
    _, expected = undisturbed()
    google = rehearsal()
    town = new_town(tmp_path)
    if name == "slow":
        hang_up_soon(google)
    google.served.front.faults.plan(name, nth=nth, on=r"^\w+ /(v4|drive)/" if "token" not in name else "")
    assert how_it_ends(town) in (0, 1, 3, 4)
    google.served.front.faults.clear()
    town.sync(NOW + timedelta(minutes=4))
    town.sync(NOW + timedelta(minutes=5))
    assert reads(town) == expected


def test_an_agencys_spreadsheet_in_the_bin_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    town = new_town(tmp_path)
    town.college.book.trashed, before = True, town.college.rows("Firms")
    report = town.sync(NOW)
    assert "in the bin" in report.problems["college"].what
    assert (report.exit_code, town.college.rows("Firms")) == (1, before)
    assert "Kestrel Payroll LLP" in town.texts("hub", "Employer list (built nightly)")
    assert town.hub.rows("Start here")[1][1] == NOW.strftime("%d/%m/%Y %H:%M")


class Death(BaseException):
    """The process is gone: nothing is caught, nothing is cleared up."""


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("nth", range(1, 15) if SOAK else (2, 7, 13))
def test_a_process_that_dies_at_a_request_leaves_nothing_that_the_next_does_not_put_right(
    moment: str, nth: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, expected = undisturbed()
    town, left = new_town(tmp_path), [nth]
    ask = PatientClient.send_once

    def mortal(self: PatientClient, *args: Any, **options: Any) -> Any:
        left[0] -= 1
        answer = ask(self, *args, **options) if left[0] or moment == "after" else None
        if not left[0]:
            raise Death
        return answer

    with monkeypatch.context() as patched:
        patched.setattr(PatientClient, "send_once", mortal)
        with contextlib.suppress(Death):
            town.sync(NOW)
    (tmp_path / "state" / "cache.sqlite").unlink()
    town.partnership.cache.__init__(town.partnership.cache.path)  # type: ignore[misc]
    for book in town.books.values():
        book.begin_anew()
    town.sync(NOW + timedelta(minutes=4))
    town.sync(NOW + timedelta(minutes=5))
    assert reads(town) == expected


def how_it_ends(town: Town) -> int:
    """The exit code of a sync; an error without a remedy is none that we accept."""
    try:
        return town.sync(NOW).exit_code
    except EngageError as error:
        return error.exit_code if error.fix else -1


def hang_up_soon(google: Rehearsal) -> None:
    """The client waits half a second for each piece of an answer, and no longer."""
    google.client.set_timeout((2.0, 0.5))
