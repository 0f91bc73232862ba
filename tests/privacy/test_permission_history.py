"""Every answer to "May we email news?" is remembered: what a row said, from when until when, and whose."""

from __future__ import annotations

import json
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engage.model import Place, Record, Stretch
from engage.permitted import HEADING, expire_permissions, forget_permissions, stretches
from engage.privacy.access import gather
from engage.privacy.erasing import erase
from engage.remembering import remember
from engage.state import Permission, Remembered, State, decode, encode
from tests.agencies.on_paper import Changing
from tests.partnership import COUNCIL, JOBCENTRE, NOW, row_of

from .planted import Planted

FIRST, A_DAY = date(2026, 11, 16), timedelta(days=1)
YES, NO = "Yes - asked", "No"
ADA = {
    "First_name": "Ada",
    "Last_name": "Marsh",
    "Employer": "Ember Digital Ltd",
    "Email": "ada@ember.example",
}
NEWS = "May_we_email_news?"


def night(said: str | None, known: dict[str, Remembered], day: date) -> dict[str, Remembered]:
    cells = {"First name": "Ada", **({} if said is None else {HEADING: said})}
    row = Record("R-1", "Contacts", "College", Place("college", "Contacts", 2), cells, cells)
    memory = remember([row], known, day, unread=frozenset())
    return dict(decode(encode(State(records=memory), "college"), "college").records)


def nights(*said: str | None) -> list[tuple[str, str, str]]:
    known: dict[str, Remembered] = {}
    for number, answer in enumerate(said):
        known = night(answer, known, FIRST + timedelta(days=number))
    return [(one.level, one.since[8:], one.until[8:]) for one in stretches(known["R-1"].permissions)]


def test_what_was_given_stays_when_it_is_withdrawn():
    assert nights(YES, YES, NO, "", YES) == [
        (YES, "16", "18"), (NO, "18", "19"), (YES, "20", "")
    ]  # fmt: skip


def test_a_column_that_was_taken_away_has_withdrawn_nothing():
    assert nights(YES, None, None) == [(YES, "16", "")]


ANSWERS = (Permission("2020-01-05", YES, "College"), Permission("2020-03-01", NO, "Council"),
           Permission("2020-05-01", YES, "Council"))  # fmt: skip
ROW = {"R-1": Remembered("hub", "Contacts", "Contacts", "2020-01-05", permissions=ANSWERS)}


def test_an_answer_that_was_changed_goes_after_its_time_and_one_that_stands_never():
    def left(before: str) -> int:
        return len(expire_permissions(ROW, before)["R-1"].permissions)

    assert [left(day) for day in ("2020-03-01", "2020-03-02", "2020-05-02", "2099-01-01")] == [3, 2, 1, 1]


def test_what_another_agency_answered_keeps_its_days_when_one_leaves():
    known = forget_permissions(ROW, agencies={"Council"})
    assert stretches(known["R-1"].permissions) == (Stretch(YES, "2020-01-05", "2020-03-01", "College"),)
    assert forget_permissions(known, agencies={"Council"}) == known


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["", YES, NO]), min_size=1, max_size=10))
def test_on_every_day_the_history_says_what_the_row_said(said):
    known: dict[str, Remembered] = {}
    days = [FIRST + timedelta(days=number) for number in range(len(said))]
    for day, answer in zip(days, said, strict=True):
        known = night(answer, known, day)
    history = stretches(known["R-1"].permissions)
    assert all(a.until and a.until <= b.since for a, b in pairwise(history))
    for day, answer in zip(days, said, strict=True):
        on = day.isoformat()
        assert [o.level for o in history if o.since <= on and (not o.until or on < o.until)] == (
            [answer] if answer else []
        )


def test_a_memory_from_before_it_was_kept_learns_since_when_the_answer_stands():
    rows = json.loads((Path(__file__).parents[1] / "formats" / "engage-3.json").read_text("utf-8"))
    old = decode(tuple(tuple(row) for row in rows), "hub").records
    key = next(k for k, one in old.items() if HEADING in one.marks)
    cells = {HEADING: YES}
    row = Record(key, "Contacts", COUNCIL, Place("hub", "Contacts", 2), cells, cells)
    known = remember([row], {key: old[key]}, date(2027, 1, 5), unread=frozenset())
    assert known[key].permissions[0].since == old[key].changed.get(HEADING, old[key].first_seen)


def type_news(town, said: str) -> None:
    rows = town.hub.rows("Contacts")
    number = next(n for n, row in enumerate(rows, 1) if "ada@ember.example" in row)
    town.hub.type("Contacts", number, rows[0].index(HEADING) + 1, said)


def remembered_news(town, book: str = "hub") -> list[str]:
    state = decode(town.books[book].rows("_engage"), book)
    return [one.said for past in state.records.values() for one in past.permissions]


@pytest.mark.slow
def test_the_answer_to_a_request_for_access_shows_each_answer_with_its_days(tmp_path):
    town = Planted(
        tmp_path, Contacts=[row_of("Contacts", Agency=COUNCIL, **ADA, **{NEWS: YES})], Engagements=[]
    )
    town.sync()
    type_news(town, NO)
    town.sync(NOW + A_DAY)
    access = gather(town.partnership, "ada@ember.example", now=NOW + 2 * A_DAY)
    found = [hit for hit in access.hits if hit.heading == HEADING and hit.place.startswith("what")]
    assert [(hit.text, hit.day, hit.agency, hit.sure) for hit in found] == [
        ("Yes - asked, until 17/11/2026", "2026-11-16", COUNCIL, True),
        ("No, in force", "2026-11-17", COUNCIL, True),
    ]


@pytest.mark.slow
def test_it_goes_with_the_person_who_is_erased(tmp_path):
    town = Planted(
        tmp_path, Contacts=[row_of("Contacts", Agency=COUNCIL, **ADA, **{NEWS: YES})], Engagements=[]
    )
    town.sync()
    assert remembered_news(town) == [YES]
    access = gather(town.partnership, "ada@ember.example", now=NOW + A_DAY)
    erase(town.partnership, access, reference="ERA-AAAAA", now=NOW + A_DAY)
    assert remembered_news(town) == []
    town.sync(NOW + 2 * A_DAY)
    assert remembered_news(town) == []


@pytest.mark.slow
@pytest.mark.parametrize("agency", [COUNCIL, JOBCENTRE])
def test_the_hub_forgets_it_when_the_agency_leaves_wherever_its_rows_are(tmp_path, agency):
    mine = row_of("Contacts", Agency=COUNCIL if agency == COUNCIL else "", **ADA, **{NEWS: YES})
    town = Changing(tmp_path, Contacts=[mine] if agency == COUNCIL else [], Engagements=[])
    if agency == JOBCENTRE:
        from .planted import contacts  # noqa: PLC0415

        town.jobcentre.add_tab("Contacts", contacts(mine))
    town.sync()
    assert remembered_news(town) == [YES]
    town.leave(agency, NOW + A_DAY)
    assert remembered_news(town) == []
