"""What a reader's agency promised employers, and must do in the next days or should have done lately."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from engage.digest.links import ENGAGEMENTS, Published
from engage.digest.model import Todo
from engage.digest.plain import plain
from engage.digest.readers import Reader
from engage.digest.scope import Scope
from engage.digest.speaking import speak_to
from engage.insight.facts import Facts, once_a_day
from engage.insight.reading import (
    PlainRow,
    agency_of,
    employer_key,
    employer_name,
    employers_by_id,
    rows_of,
)
from engage.insight.weeks import day_words, read_day
from engage.sharing import PUBLIC

AHEAD_DAYS = 7
BACK_DAYS = 14  # an older next step is history that nobody ticked off
NAMED = 3
Due = tuple[date, PlainRow]


def next_steps(facts: Facts, reader: Reader, scope: Scope, shown: Published) -> Iterator[Todo]:
    """The first few by name, the rest in a line."""
    told = _promises(facts, reader, scope)
    for day, row in told[:NAMED]:
        kind = "Promised" if day < facts.today else "Next step"
        who = plain(employer_name(row, employers_by_id(facts))) or "an employer"
        when = " ".join(part for part in (_by(day, facts.today), speak_to(facts, reader, row)) if part)
        yield Todo(kind, *_step(row, who, when), shown.href(ENGAGEMENTS, row["record_id"]))
    rest = told[NAMED:]
    listed = sum(shown.shows(ENGAGEMENTS, row["record_id"]) for _, row in rest)
    if rest:
        yield _more_steps(listed, len(rest) - listed, rest[-1][0], shown)


def _more_steps(listed: int, left_out: int, last: date, shown: Published) -> Todo:
    """listed: those that stand in the Engagement list; left_out: those that it leaves out."""
    due = f"Due by {day_words(last)}."
    if not listed:
        return Todo("Next steps", f"{_steps(left_out)} in your agency's own workbook alone", due)
    beside = f" It noted {_steps(left_out)} that the Engagement list leaves out." if left_out else ""
    text = f"{_steps(listed)} that your agency noted"
    return Todo("Next steps", text, due + beside, shown.links.to(ENGAGEMENTS))


def _steps(count: int) -> str:
    return f"{count:,} more {'step' if count == 1 else 'steps'}"


def _promises(facts: Facts, reader: Reader, scope: Scope) -> list[Due]:
    """The reader's own agency's, the most pressing first; what was noted at two calls is one thing to do."""
    mine = [
        (day, row)
        for day, row in steps_due(facts).get(reader.agency, ())
        if scope.holds({employer_key(row)}, {reader.agency})
    ]
    first = {(day, employer_key(row)): (day, row) for day, row in reversed(mine)}
    return sorted(first.values(), key=_order)


@once_a_day
def steps_due(facts: Facts) -> dict[str, list[Due]]:
    """Agency → its next steps of these weeks and their days, the soonest first."""
    first, last = facts.today - timedelta(days=BACK_DAYS), facts.today + timedelta(days=AHEAD_DAYS - 1)
    found: dict[str, list[Due]] = {}
    for row in rows_of(facts, "Engagements"):
        if row.get("Next step", "") and row.get("Status", "") != "Cancelled":
            day = read_day(row.get("Next step by", ""))
            if day and first <= day <= last:
                found.setdefault(agency_of(row), []).append((day, row))
    return {agency: sorted(due, key=_order) for agency, due in found.items()}


def _order(due: Due) -> tuple[date, str]:
    return due[0], due[1]["record_id"]


def _step(row: PlainRow, who: str, by: str) -> tuple[str, str]:
    """The step in the words of the agency's own row; what is marked sensitive is for the sheet to say."""
    if row.get("Sensitive", "").casefold() in PUBLIC:
        return f"{who}: {plain(row['Next step'], 120)}", by
    return f"Do what was agreed with {who}", f"What it was stands in its row, which is marked sensitive. {by}"


def _by(day: date, today: date) -> str:
    return f"It was due on {day_words(day)}." if day < today else f"Due by {day_words(day)}."
