"""What the ledger keeps of a reader is what tells again what they were sent."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engage.corrections.as_sent import as_sent, asked_by
from engage.digest.readers import MY_EMPLOYERS, MY_SECTORS, Reader
from engage.ledger import Entry, Send
from tests.insight.sample import COLLEGE, rich_facts

FACTS = rich_facts()
TODAY = Reader("Ruth Hale", "ruth@harwick.example", COLLEGE, edition="weekly", record_id="R-NONE")
THEN = replace(
    TODAY, about=MY_SECTORS, sectors=("Engineering",), sections=("Events", "Clashes"), contacts=True
)


def entry(asked: str, edition: str = "weekly") -> Entry:
    return Entry(Send(TODAY.email, edition, "2026-W47"), "sent", "2026-11-23T07:00:00", asked=asked)


def test_a_reader_is_who_they_were():
    sent = as_sent(TODAY, entry(asked_by(THEN, COLLEGE)), COLLEGE, FACTS)
    assert (sent.reader, sent.audience, sent.is_theirs) == (THEN, COLLEGE, True)
    monthly = as_sent(TODAY, entry(asked_by(THEN, COLLEGE), "monthly"), COLLEGE, FACTS)
    assert monthly.reader == replace(THEN, edition="monthly")


def test_who_is_told_from_something_else_today_is_known():
    sent = as_sent(TODAY, entry(asked_by(THEN, COLLEGE)), "hub", FACTS)
    assert (sent.audience, sent.is_theirs) == (COLLEGE, False)


def test_nobodys_name_is_kept():
    deputy = replace(THEN, stands_in_for="Priya Shah", about=MY_EMPLOYERS)
    assert "Priya" not in asked_by(deputy, COLLEGE)
    assert "Ruth" not in asked_by(deputy, COLLEGE)
    assert as_sent(deputy, entry(asked_by(deputy, COLLEGE)), COLLEGE, FACTS).reader.owner == "Priya Shah"


def test_my_employers_were_those_of_the_row_that_it_was_sent_for():
    row = next(key for key, one in FACTS.records.items() if one.place.tab == "Coordinators")
    stood_in = replace(THEN, record_id=row, about=MY_EMPLOYERS)
    sent = as_sent(TODAY, entry(asked_by(stood_in, COLLEGE)), COLLEGE, FACTS)
    assert sent.reader.owner == FACTS.records[row].clean["Name"]


@pytest.mark.parametrize("asked", ["", "x", "[]", "{}", '{"about": "Everything", "audience": "hub"}'])
def test_where_nothing_that_is_understood_was_kept_today_holds(asked):
    sent = as_sent(TODAY, entry(asked, "monthly"), COLLEGE, FACTS)
    assert (sent.reader, sent.audience) == (replace(TODAY, edition="monthly"), COLLEGE)
