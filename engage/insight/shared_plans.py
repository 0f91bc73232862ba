"""Shared plans: what each agency plans for the fortnight and to what end, and where partners may join in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from engage.insight.activity import CANCELLED, PLANNED, Engagement, after, engagements
from engage.insight.asks import warnings
from engage.insight.capability import Capability, CellsByHeading, Headline, Insight, News, Source, Table
from engage.insight.clashes import Clash, clashes_within
from engage.insight.facts import Facts, once_a_day, once_of_rows
from engage.insight.measures import events_between
from engage.insight.reading import PlainRow, agency_of, cells_of, fold
from engage.insight.weeks import Period, long_day, read_day, short_day
from engage.wording import counted

TAB = "Shared plans"
AHEAD_DAYS = 14
ON_PAPER = ("Date", "What", "Type", "Employer or event", "Aim", "Partners may join in", "Look out")
APPROACH, EVENT = "Approach", "Event"
NOBODY = "Agency not given"
A_YEAR = timedelta(days=366)


def tell(facts: Facts, span: Period) -> Insight:
    """The fortnight that begins on facts.today, whatever the period; events open to input within a year."""
    plans, inviting = plans_ahead(facts), events_inviting(facts)
    events = events_between(facts, facts.today, _last(facts))
    aims = sum(one.record_id in aims_of(facts) for one in plans)
    headlines = (
        Headline("Approaches planned", len(plans), f"{AHEAD_DAYS} days ahead", dated=False),
        Headline("Planned with an aim", aims, f"of {len(plans):,} approaches planned", dated=False),
        Headline("Events open to partners' input", len(inviting), "a year ahead", dated=False),
    )
    if not plans and not events and not inviting:
        return Insight(headlines=headlines)
    found = [*(_plan_row(one, facts) for one in plans)]
    found += [_event_row(row) for row in (*events, *(row for row in inviting if row not in events))]
    found.sort(key=lambda row: (str(row["Agency"]).casefold(), str(row["Date"]), str(row["Record"])))
    table = Table(
        TAB,
        tuple(found),
        sources=(Source("Engagements", len(plans)), Source("Events", len(found) - len(plans))),
        parts="Agency",
        shown=ON_PAPER,
    )
    news = tuple(_opened(inviting, facts, span))
    return Insight(plans_words(plans, len(events), len(inviting), facts.today), headlines, (table,), news)


def _last(facts: Facts) -> date:
    return facts.today + timedelta(days=AHEAD_DAYS - 1)


def plans_ahead(facts: Facts) -> list[Engagement]:
    """The approaches planned for the fortnight that begins on facts.today, the soonest first."""
    everything = engagements(facts)
    ahead = everything[after(everything, facts.today - timedelta(days=1)) : after(everything, _last(facts))]
    return [one for one in ahead if _is_plan(one, facts)]


def events_inviting(facts: Facts) -> list[PlainRow]:
    """The events of the year ahead that are open to partners' input."""
    return [row for row in events_between(facts, facts.today, facts.today + A_YEAR) if is_open(row)]


@once_of_rows
def aims_of(facts: Facts) -> dict[str, str]:
    """Record id of an engagement → its aim; only of those that say it."""
    cells = cells_of(facts, "Engagements", "record_id", "Aim / Summary")
    return {record_id: aim for record_id, aim in cells if aim}


def _is_plan(one: Engagement, facts: Facts) -> bool:
    """Planned and not past; told of an earlier day, what was written down then and has been done since."""
    if one.day is None or one.day < facts.today or one.status == CANCELLED:
        return False
    history = facts.histories.get(one.record_id)
    return one.status == PLANNED or (
        one.day > facts.today and history is not None and history.first_seen[:10] <= facts.today.isoformat()
    )


def is_open(row: Mapping[str, str]) -> bool:
    """Whether an event says that partners may contribute, or what would be welcome."""
    said = fold(row.get("Open to partner input", ""))
    return said == "yes" or (not said and bool(row.get("Input wanted", "")))


def _plan_row(one: Engagement, facts: Facts) -> CellsByHeading:
    return {
        "Agency": one.agency or NOBODY,
        "Date": one.day.isoformat() if one.day else "",
        "What": APPROACH,
        "Type": one.type,
        "Employer or event": one.employer,
        "Employer ID": one.employer_id,
        "Aim": aims_of(facts).get(one.record_id, ""),
        "Partners may join in": "",
        "Look out": look_out(one, facts),
        "Record": one.record_id,
    }


def look_out(one: Engagement, facts: Facts) -> str:
    """What speaks against a plan: another agency within days, a rest, too many asks; "" nothing."""
    said = []
    for clash, other in _others(facts).get(one.record_id, ()):
        when = short_day(other.day) if other.day else ""
        said.append(f"{other.agency}, {other.type or 'contact'}, {when}: {clash.lead} to lead.")
    said += [warning.words for warning in warnings(facts).get(one.record_id, ())]
    return " ".join(said)


@once_a_day
def _others(facts: Facts) -> dict[str, list[tuple[Clash, Engagement]]]:
    """Record id of an approach still ahead → its clashes, each with the other agency's approach."""
    found: dict[str, list[tuple[Clash, Engagement]]] = {}
    for clash in clashes_within(facts, facts.today, date.max):
        found.setdefault(clash.first.record_id, []).append((clash, clash.second))
        found.setdefault(clash.second.record_id, []).append((clash, clash.first))
    return found


def _event_row(row: PlainRow) -> CellsByHeading:
    wanted = row.get("Input wanted", "") or "Yes"
    return {
        "Agency": _host(row),
        "Date": row.get("Date", ""),
        "What": EVENT,
        "Type": row.get("Kind", ""),
        "Employer or event": row.get("Event", ""),
        "Employer ID": "",
        "Aim": "",
        "Partners may join in": wanted if is_open(row) else "",
        "Look out": "",
        "Record": row["record_id"],
    }


def _host(row: PlainRow) -> str:
    return row.get("Lead agency", "") or agency_of(row) or NOBODY


def _opened(inviting: Sequence[PlainRow], facts: Facts, span: Period) -> Iterator[News]:
    """The events that were opened to input in the period; that concerns every agency."""
    everybody = frozenset(facts.agencies.values())
    for row in inviting:
        history, day = facts.histories.get(row["record_id"]), read_day(row.get("Date", ""))
        opened = read_day(history.changed_on("Open to partner input")) if history else None
        if opened in span and day:
            wanted = row.get("Input wanted", "").rstrip(".")
            said = f"“{row.get('Event', '')}” on {long_day(day)} ({_host(row)}) is open to partners' input"
            yield News(f"{said}: {wanted}." if wanted else f"{said}.", agencies=everybody | {_host(row)})


def plans_words(plans: Sequence[Engagement], events: int, inviting: int, today: date) -> str:
    """ "In the 14 days from 23 November 2026: 9 approaches by 4 agencies, and 2 events. …" """
    agencies = len({one.agency for one in plans if one.agency})
    said = counted(len(plans), "approach", "approaches")
    said += f" by {counted(agencies, 'agency', 'agencies')}" if agencies else ""
    said = f"In the {AHEAD_DAYS} days from {long_day(today)}: {said}, and {counted(events, 'event')}."
    if inviting:
        said += f" {counted(inviting, 'event')} {'is' if inviting == 1 else 'are'} open to partners' input."
    return said


CAPABILITY = Capability(
    key="shared-plans",
    number=2,
    title="Shared plans",
    clause="Tameside 3.3.e: “share plans for employer engagement activities and the specific aims”; "
    "3.6.b: “opportunities for occasional inputs”",
    tabs=(TAB,),
    tell=tell,
)
