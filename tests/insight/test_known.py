"""Who was known on a day: who stood in a sheet, and who had been spoken to before there was a register."""

from __future__ import annotations

from datetime import date

from engage.insight.facts import as_of
from engage.insight.known import known_employers

from .sample import make_facts

FIRMS = [
    {"employer_id": "EMP-A", "Employer": "Acorn", "First seen": "2026-01-05"},
    {"employer_id": "EMP-B", "Employer": "Birch", "First seen": "2026-11-10"},
    {"employer_id": "EMP-C", "Employer": "Cedar", "First seen": "2026-11-10"},
]
TALK = {"Type": "Visit", "Employer": "Birch", "employer_id": "EMP-B", "Status": "Done"}


def test_whoever_was_met_before_the_first_sync_was_known_from_that_day():
    facts = make_facts({"Engagements": [{**TALK, "Date": "2026-08-03"}]}, employers=FIRMS)
    on = {day: known_employers(as_of(facts, day)) for day in (date(2026, 8, 2), date(2026, 8, 3))}
    assert on == {date(2026, 8, 2): ("EMP-A",), date(2026, 8, 3): ("EMP-A", "EMP-B")}
    assert known_employers(facts) == ("EMP-A", "EMP-B", "EMP-C")
