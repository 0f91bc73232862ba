"""What a target may count: one function a measure, and the filter that narrows it down."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from engage.insight.activity import done_ids
from engage.insight.event_list import turnouts
from engage.insight.facts import Facts
from engage.insight.measures import events_between, events_held
from engage.insight.page_views import views_in
from engage.insight.pledge_list import sign_ups
from engage.insight.reading import (
    PlainRow,
    agency_of,
    dated_rows,
    employer_key,
    employers_by_id,
    fold,
    number_in,
    plain_rows,
    several,
)
from engage.insight.weeks import Week, read_day, week_of

FILTERS = (
    "Agency",
    "Sector",
    "Type",
    "Reason",
    "Scheme",
    "Offer made",
    "Who started it",
    "Pledge",
    "Route",
    "Kind",
)


@dataclass(frozen=True, slots=True)
class Span:
    """The days that a target counts, both ends in it, and the filter: heading → wanted value, folded."""

    first: date
    last: date
    filters: Mapping[str, str]


EVENTS_REACHING = "events reaching a number of employers"  # the measure of a target in two parts


class NotUnderstood(Exception):
    """A measure or a filter that the system does not know; its text says which."""


def read_filter(text: str) -> dict[str, str]:
    """ "Sector = Construction; Agency = Dale Council" as heading → value, folded. Raises NotUnderstood."""
    wanted: dict[str, str] = {}
    headings = {fold(name): name for name in FILTERS}
    for part in several(text):
        heading, sign, value = part.partition("=")
        if not sign or fold(heading) not in headings or not value.strip():
            raise NotUnderstood(f"Filter not understood: {part}")
        wanted[headings[fold(heading)]] = fold(value)
    return wanted


def _rows(facts: Facts, tab: str, dated: str, span: Span, allowed: frozenset[str]) -> list[PlainRow]:
    """The rows of a tab within the span that pass the filter. Raises NotUnderstood for a filter that the
    tab cannot answer: a filter is never silently left out."""
    foreign = set(span.filters) - allowed
    if foreign:
        raise NotUnderstood(f"Filter cannot be used with this measure: {', '.join(sorted(foreign))}")
    employers = employers_by_id(facts)
    found = dated_rows(facts, tab, dated, span.first, span.last)
    return [row for row in found if _passes(row, span, employers)] if span.filters else found


def _passes(row: PlainRow, span: Span, employers: Mapping[str, PlainRow]) -> bool:
    sector = employers.get(row.get("employer_id", ""), {}).get("Sector", "") or row.get("Sector", "")
    cells = {**row, "Agency": agency_of(row), "Sector": sector}
    return all(
        wanted in {fold(value) for value in several(cells.get(name, ""))}
        for name, wanted in span.filters.items()
    )


_TALK = frozenset({"Agency", "Sector", "Type", "Reason", "Scheme", "Offer made", "Who started it"})
_PLEDGE = frozenset({"Agency", "Sector", "Pledge", "Route"})
_EVENT = frozenset({"Agency", "Sector", "Kind"})


def _talks(facts: Facts, span: Span) -> list[PlainRow]:
    happened = done_ids(facts)
    return [row for row in _rows(facts, "Engagements", "Date", span, _TALK) if row["record_id"] in happened]


def _employers_engaged(facts: Facts, span: Span, _: int) -> int:
    return len({key for row in _talks(facts, span) if (key := employer_key(row))})


def _offers(facts: Facts, span: Span, _: int) -> int:
    return sum(fold(row.get("Offer made", "")) == "yes" for row in _talks(facts, span))


def _new_employers(facts: Facts, span: Span, _: int) -> int:
    foreign = set(span.filters) - {"Sector"}
    if foreign:
        raise NotUnderstood(f"Filter cannot be used with this measure: {', '.join(sorted(foreign))}")
    employers = plain_rows(facts.employers) if len(facts.employers) else []
    days = [read_day(row.get("First seen", "")) for row in employers if _passes(row, span, {})]
    return sum(day is not None and span.first <= day <= span.last for day in days)


def _held(facts: Facts, span: Span) -> list[PlainRow]:
    wanted = {row["record_id"] for row in _rows(facts, "Events", "Date", span, _EVENT)}
    counting = [row for row in events_held(facts, span.first, span.last) if row["record_id"] in wanted]
    return [row for row in counting if fold(row.get("Counts toward target", "")) != "no"]


def events_coming(facts: Facts, span: Span, least: int) -> int:
    """The events still to come in the span that are meant for so many employers or more, and count."""
    wanted = {row["record_id"] for row in _rows(facts, "Events", "Date", span, _EVENT)}
    return sum(
        row["record_id"] in wanted
        and row.get("Date", "") > facts.today.isoformat()
        and fold(row.get("Counts toward target", "")) != "no"
        and (number_in(row.get("Target employers", "")) or 0) >= least
        for row in events_between(facts, span.first, span.last)
    )


def _came(facts: Facts, span: Span) -> list[frozenset[str]]:
    known = turnouts(facts)
    found = [known[row["record_id"]] for row in _held(facts, span)]
    return [turnout.came for turnout in found if turnout is not None]


def _events_reaching(facts: Facts, span: Span, least: int) -> int:
    return sum(len(came) >= least for came in _came(facts, span))


def _pledged(facts: Facts, span: Span) -> list[tuple[str, str]]:
    wanted = {row["record_id"] for row in _rows(facts, "Pledges", "Date signed", span, _PLEDGE)}
    found = [one for one in sign_ups(facts) if one.record_id in wanted and not one.duplicate_of]
    return [(one.record_id, one.employer_key or one.record_id) for one in found]


def _views(facts: Facts, span: Span, _: int) -> int:
    if span.filters:
        raise NotUnderstood("Filter cannot be used with this measure: page views have no agency or sector")
    weeks: list[Week] = []
    week = week_of(span.first)
    while week.monday <= span.last:
        weeks.append(week)
        week = week.back(-1)
    return sum(views_in(facts, one) or 0 for one in weeks)


MEASURES: dict[str, Callable[[Facts, Span, int], int]] = {
    "engagements": lambda facts, span, _: len(_talks(facts, span)),
    "employers engaged": _employers_engaged,
    "new employers": _new_employers,
    "offers made": _offers,
    "events held": lambda facts, span, _: len(_held(facts, span)),
    "employers at events": lambda facts, span, _: len(frozenset().union(*_came(facts, span))),
    EVENTS_REACHING: _events_reaching,
    "pledges signed": lambda facts, span, _: len(_pledged(facts, span)),
    "employers pledged": lambda facts, span, _: len({key for _, key in _pledged(facts, span)}),
    "pledge page views": _views,
}
