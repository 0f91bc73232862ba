"""What a target may count: one function a measure, and the filter that narrows it down."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from engage.insight.activity import done_ids
from engage.insight.event_list import turnouts
from engage.insight.facts import Facts, once
from engage.insight.measures import events_between, events_held
from engage.insight.needs import names_a_need
from engage.insight.outcomes import as_number, outcome_of
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
    rows_of,
    several,
)
from engage.insight.sectors import sector_rows, sectors_by_employer, sectors_of
from engage.insight.weeks import Week, read_day, week_of
from engage.insight.whole_firm import NOT_KNOWN, SME, size_classes

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
    "Fund",
)


@dataclass(frozen=True, slots=True)
class Span:
    """The days that a target counts, both ends in it, and the filter: heading → wanted value, folded."""

    first: date
    last: date
    filters: Mapping[str, str]


SME_SHARE, DEMAND_LED = "sme share of employers engaged", "share started by the employer"
TOLD_BACK, FEEDBACK = "share of needs told back", "average feedback"
LEVELS = frozenset(
    {SME_SHARE, DEMAND_LED, TOLD_BACK, FEEDBACK}
)  # they do not grow with time, but hold or fail
EVENTS_REACHING = "events reaching a number of employers"  # the measure of a target in two parts


class NotUnderstood(Exception):
    """A measure or a filter that the system does not know, or that nothing can pass; its text says which."""


NOTHING_YET = "Nothing to judge by yet"


class NothingYet(Exception):
    """A share of nothing so far: not known, and never 0. Nobody has to mend it."""


def read_filter(text: str) -> dict[str, str]:
    """ "Sector = Construction; Agency = Dale Council" as heading → value, folded. Raises NotUnderstood."""
    wanted: dict[str, str] = {}
    headings = {fold(name): name for name in FILTERS}
    for part in several(text):
        heading, sign, value = part.partition("=")
        if not sign or fold(heading) not in headings or not value.strip():
            raise NotUnderstood(f"Filter not understood: {part}")
        name = headings[fold(heading)]
        if wanted.setdefault(name, fold(value)) != fold(value):
            raise NotUnderstood(f"No row can pass two filters for {name}: write a target for each")
    return wanted


def _rows(facts: Facts, tab: str, dated: str, span: Span, allowed: frozenset[str]) -> list[PlainRow]:
    """The rows of a tab within the span that pass the filter. Raises NotUnderstood for a filter that the
    tab cannot answer: a filter is never silently left out."""
    foreign = set(span.filters) - allowed
    if foreign:
        raise NotUnderstood(f"Filter cannot be used with this measure: {', '.join(sorted(foreign))}")
    for name, wanted in span.filters.items():
        _check_possible(facts, tab, name, wanted)
    found = dated_rows(facts, tab, dated, span.first, span.last)
    return [row for row in found if _passes(facts, row, span)] if span.filters else found


def _check_possible(facts: Facts, tab: str, name: str, wanted: str) -> None:
    """Raises NotUnderstood for a value that no list knows and no row has ever had: it would count nothing
    for ever, and nobody would know why."""
    known = known_values(facts, tab, name)
    if known and _meant(facts, name, wanted) not in known:
        raise NotUnderstood(f"Nothing can pass this filter: there is no {name} called “{wanted}”")


@once
def known_values(facts: Facts, tab: str, name: str) -> frozenset[str]:
    """What a filter on this heading may ask for, folded: its list, and whatever stands in the tab."""
    columns = (one for one in facts.columns.get(tab, ()) if one.heading == name)
    listed = [value for one in columns for value in one.values or facts.lists.get(one.list_name, ())]
    if name == "Agency":
        listed += facts.agencies.values()
    if name == "Sector":
        listed += [*sector_rows(facts), *(s for found in sectors_by_employer(facts).values() for s in found)]
    typed = (value for row in rows_of(facts, tab) for value in several(_cell(facts, row, name)))
    return frozenset(fold(value) for value in (*listed, *typed))


def _cell(facts: Facts, row: PlainRow, name: str) -> str:
    if name == "Agency":
        return agency_of(row)
    if name == "Sector":
        return "; ".join(sectors_of(facts, row)) or row.get("Sector", "")
    return row.get(name, "")


def _passes(facts: Facts, row: PlainRow, span: Span) -> bool:
    return all(
        _meant(facts, name, wanted) in {fold(value) for value in several(_cell(facts, row, name))}
        for name, wanted in span.filters.items()
    )


def _meant(facts: Facts, name: str, wanted: str) -> str:
    """An agency by any of its spellings."""
    return fold(facts.agencies.get(wanted, wanted)) if name == "Agency" else wanted


_TALK = frozenset({"Agency", "Sector", "Type", "Reason", "Scheme", "Offer made", "Who started it"})
_PLEDGE = frozenset({"Agency", "Sector", "Pledge", "Route"})
_EVENT = frozenset({"Agency", "Sector", "Kind"})
_OUTCOME = frozenset({"Agency", "Sector", "Type", "Fund"})


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
    for name, wanted in span.filters.items():
        _check_possible(facts, "Employers", name, wanted)
    rows = (row for row in employers_by_id(facts).values() if _passes(facts, row, span))
    days = [read_day(row.get("First seen", "")) for row in rows]
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


def _outcomes(facts: Facts, span: Span) -> list[PlainRow]:
    return _rows(facts, "Outcomes", "Date", span, _OUTCOME)


def _results(facts: Facts, span: Span, _: int) -> float:
    return _tidy(sum(outcome_of(row).number for row in _outcomes(facts, span)))


def _pounds(facts: Facts, span: Span, _: int) -> float:
    return _tidy(sum(outcome_of(row).pounds or 0 for row in _outcomes(facts, span)))


def _tidy(number: float) -> float:
    return int(number) if float(number).is_integer() else round(number, 2)


def _share(part: int, whole: int, of_what: str) -> float:
    if not whole:
        raise NothingYet(f"{NOTHING_YET}: no {of_what}")
    return part * 100 // whole


def _sme_share(facts: Facts, span: Span, _: int) -> float:
    classes = size_classes(facts)
    spoken = {row.get("employer_id", "") for row in _talks(facts, span)}
    known = [one for key in spoken if (one := classes.get(key, NOT_KNOWN)) != NOT_KNOWN]
    return _share(sum(one in SME for one in known), len(known), "employer whose whole size is known")


def _demand_led(facts: Facts, span: Span, _: int) -> float:
    said = [fold(row["Who started it"]) for row in _talks(facts, span) if row.get("Who started it", "")]
    return _share(said.count("employer"), len(said), "engagement of which it is said who started it")


def _needs_told_back(facts: Facts, span: Span, _: int) -> float:
    named = [row for row in _talks(facts, span) if names_a_need(row)]
    told = sum(fold(row.get("Told them back", "")) == "yes" for row in named)
    return _share(told, len(named), "need named")


def _feedback(facts: Facts, span: Span, _: int) -> float:
    scores = [as_number(row.get("Feedback 1-5", "")) for row in _talks(facts, span)]
    known = [score for score in scores if score is not None and 1 <= score <= 5]
    if not known:
        raise NothingYet(f"{NOTHING_YET}: no feedback")
    return round(sum(known) / len(known), 1)


MEASURES: dict[str, Callable[[Facts, Span, int], float]] = {
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
    "outcomes": _results,
    "pounds brought in": _pounds,
    SME_SHARE: _sme_share,
    DEMAND_LED: _demand_led,
    TOLD_BACK: _needs_told_back,
    FEEDBACK: _feedback,
}
