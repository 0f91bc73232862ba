"""Every fault at every request of a write: clean nights after it end as if nothing had happened."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import pytest

from engage.errors import EngageError
from engage.ports import GiveId, PublishTab
from engage.workbook.google.adapter import GoogleWorkbook
from tests.sheets_server.faults import NAMES
from tests.sheets_server.spreadsheet import Spreadsheet
from tests.workbook.hands import Hands
from tests.workbook.rehearsal import Rehearsal, rehearsal

FIRMS = {("Ash Ltd", "Hyde"), ("Birch plc", "Denton"), ("Cedar", "Mossley")}
NEW = {("New", "Town")}
BUILT = (("Name", "Town"), ("Ash Ltd", "Hyde"), ("Birch plc", "Denton"))
# More than a night has; a fault planned beyond the last request is never played, and ends the sweep.
MOST_REQUESTS = 20
Edit = Callable[[Hands], None]
HIDING = ["late", "reset-before", "reset-after", "503-after", "slow", "cut-short"]
PLAYED = [name for name in NAMES if not name.startswith("edit")]


@pytest.fixture
def google() -> Iterator[Rehearsal]:
    """The process's server, with a client that is soon tired of waiting; nothing goes wrong afterwards."""
    made = rehearsal()
    before, made.client.timeout = made.client.timeout, (2.0, 0.25)
    yield made
    made.served.front.faults.clear()
    made.client.set_timeout(before)


def night(workbook: GoogleWorkbook, number: int) -> EngageError | None:
    """Give an id to every row without one and publish the list; what went wrong, if anything did."""
    try:
        snapshot = workbook.read()
        staff, built = snapshot.tab("Employers"), snapshot.tab("Employer list")
        assert staff
        ids = [
            GiveId("Employers", 1, at, row, f"R-{number}-{at}")
            for at, row in enumerate(staff.rows, 1)
            if at > 1 and any(row) and not row[0]
        ]
        published = PublishTab("Employer list", BUILT[0], BUILT[1:], expects=built.rows if built else None)
        workbook.apply([*ids, published])
    except EngageError as error:
        return error
    return None


def sheet(google: Rehearsal) -> Spreadsheet:
    return google.sheet(
        {"Employers": [("Record ID", "Employer", "Town"), *(("", *f) for f in sorted(FIRMS))]}
    )


def check(google: Rehearsal, book: Spreadsheet, firms: set[tuple[str, str]]) -> None:
    """Two clean nights end with every firm as typed, an id of its own in each row, and the built tab."""
    google.served.front.faults.clear()
    assert [night(google.workbook("peer", book.id), number) for number in (2, 3)] == [None, None]
    hands = Hands(google.world, book)
    rows = [row for row in hands.rows("Employers")[1:] if any(row)]
    assert sorted(row[1:] for row in rows) == sorted(firms)
    assert len({row[0] for row in rows} - {""}) == len(firms)
    assert hands.rows("Employer list") == BUILT


def sweep(google: Rehearsal, name: str, edit: Edit | None = None) -> int:
    """Play the fault at the first request of a night, then at the second …; in how many it was played.

    edit: what a person does just before the request after the fault.
    """
    front = google.served.front
    for nth in range(1, MOST_REQUESTS):
        book = sheet(google)
        if name.startswith("token"):
            front.office.forget_tokens()
        fault = front.faults.plan(name, nth=nth)
        meanwhile = partial(edit, Hands(google.world, book)) if edit else None
        made = front.faults.plan("edit-before", nth=nth + 1, do=meanwhile)
        error = night(google.workbook("peer", book.id), 1)
        assert error is None or error.fix
        check(google, book, FIRMS | (NEW if edit and made.played else set()))
        if not fault.played:
            return nth - 1
    raise AssertionError("a night has more requests than this test looks at")


def insert_a_row(hands: Hands) -> None:
    hands.insert_row("Employers", 2, ("", *min(NEW)))


@pytest.mark.parametrize("name", PLAYED)
def test_after_any_fault_at_any_request_clean_nights_end_as_ever(name: str, google: Rehearsal):
    assert sweep(google, name) >= (1 if name.startswith("token") else 3)


@pytest.mark.parametrize("name", HIDING)
def test_a_row_inserted_while_an_answer_is_lost_leaves_every_row_its_own(name: str, google: Rehearsal):
    assert sweep(google, name, insert_a_row) >= 3
