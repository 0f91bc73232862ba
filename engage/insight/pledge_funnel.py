"""Pledges: from page views to delivered, by when, route, agency, touch, sector and size; employers merged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from engage.insight.capability import Capability, CellsByHeading, Chart, Headline, Insight, Source, Table
from engage.insight.facts import Facts
from engage.insight.page_views import views_in
from engage.insight.pledge_list import SignUp, Stage, enquiries, sign_ups, stage_of, stages_of, touches
from engage.insight.quarters import quarter_of
from engage.insight.reading import employers_by_id, rows_of
from engage.insight.sectors import NOT_KNOWN, sectors_of
from engage.insight.size_bands import size_band
from engage.insight.weeks import Period, short_day, week_of
from engage.wording import counted

TAB = "Pledge funnel"
WHOLE = "All pledges"
BY_PAGE = "Pledge page"  # the route of who signs on the page
STARTED = frozenset({"Started", "Delivered"})
NOT_GIVEN = "Not given"


@dataclass(frozen=True, slots=True)
class Signed:
    """A sign-up that counts, with what it is counted by. stage: as it was on facts.today; which may be
    told as it is now. first, last: the agency that spoke to the employer first, and last
    before it signed; "" nobody."""

    sign_up: SignUp
    day: date
    stage: Stage
    sectors: tuple[str, ...]
    size: str
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Whole:
    """Everything of one period that the funnel tells of. enquiries: the pledge of each that is open."""

    span: Period
    signed: tuple[Signed, ...]
    views: int | None
    enquiries: tuple[str, ...]


Labels = Callable[[Signed], Iterable[str]]
COUNTED_BY: Mapping[str, Labels] = {
    "Pledge": lambda one: (one.sign_up.pledge or NOT_GIVEN,),
    "Route": lambda one: (one.sign_up.route or NOT_GIVEN,),
    "Agency": lambda one: (one.sign_up.agency or NOT_GIVEN,),
    "First touch": lambda one: (one.first or "Nobody known",),
    "Last touch": lambda one: (one.last or "Nobody known",),
    "Sector": lambda one: one.sectors or (NOT_KNOWN,),
    "Size band": lambda one: (one.size or "Size not known",),
}


def tell(facts: Facts, span: Period) -> Insight:
    """Signed in the period, each pledge of an employer once, and how many of these had come further by
    facts.today, as far as the register knows.

    An employer in two sectors counts in both. Page views are not people: they stand beside the sign-ups, and
    no share is made of them. An enquiry has no day, so it stands in the rows as it is today.
    """
    headlines = tuple(
        Headline(stage, count, stage_note(facts, later), dated=False)
        for stage, (count, later) in stages_of(facts).items()
    )
    whole = Whole(span, signed_in(facts, span), views_in(facts, span), enquiries(facts))
    if not whole.signed and not whole.views:
        return Insight(headlines=headlines)
    doubles = sum(one.day in span for one in sign_ups(facts) if one.duplicate_of)
    table = Table(
        TAB,
        tuple(_rows(facts, whole)),
        sources=(
            Source(
                "Pledges", len(whole.signed), doubles, "the same pledge signed again by the same employer"
            ),
        ),
        parts="Counted by",
        charts=(
            Chart("Signed by route", "Which", ("Signed",), part="Route"),
            Chart("Signed and delivered by pledge", "Which", ("Signed", "Of these delivered"), part="Pledge"),
        ),
    )
    return Insight(funnel_words(whole.signed, whole.views, facts.today), headlines, (table,))


def stage_note(facts: Facts, later: int) -> str:
    """Of which day a count of stages is: "stage on 30 Sep 2026, of 2 as it is now"."""
    return f"stage on {short_day(facts.today)}" + (f", of {later:,} as it is now" if later else "")


def signed_in(facts: Facts, span: Period) -> tuple[Signed, ...]:
    """The sign-ups of a period, those that say the same again left out, oldest first."""
    rows = {row["record_id"]: row for row in rows_of(facts, "Pledges")}
    employers, touched = employers_by_id(facts), touches(facts)
    return tuple(
        Signed(
            sign_up=one,
            day=one.day,
            stage=stage_of(facts, row := rows[one.record_id]) or Stage("Signed"),
            sectors=sectors_of(facts, row),
            size=_size(employers.get(row.get("employer_id", ""), {})),
            first=touched[one.record_id].first,
            last=touched[one.record_id].last,
        )
        for one in sign_ups(facts)
        if one.day and one.day in span and one.day <= facts.today and not one.duplicate_of
    )


def _size(golden: Mapping[str, str]) -> str:
    return size_band(golden.get("Employees in all", "") or golden.get("Employees here", ""))


def _rows(facts: Facts, whole: Whole) -> Iterable[CellsByHeading]:
    enquired = len(whole.enquiries)
    yield _row(WHOLE, WHOLE, whole.signed, views=whole.views, enquired=enquired)
    for unit, spans in _stretches(facts, whole.span).items():
        for span in spans:
            ones = [one for one in whole.signed if one.day in span]
            yield _row(unit, span.label, ones, views=views_in(facts, span))
    for kind, labels in COUNTED_BY.items():
        yield from _part(facts, whole, kind, labels)


def _stretches(facts: Facts, span: Period) -> dict[str, list[Period]]:
    """The weeks and, of a year, the quarters of a period that have begun; a week at its edge is whole."""
    if span.unit == "week":
        return {}
    end = min(span.last, facts.today)
    weeks: list[Period] = [week_of(span.first)]
    while (following := weeks[-1].back(-1)).first <= end:
        weeks.append(following)
    quarters: list[Period] = [quarter_of(span.first, facts.year)]
    while (later := quarters[-1].back(-1)).first <= end:
        quarters.append(later)
    return {"Week": weeks} | ({"Quarter": quarters} if span.unit == "year" else {})


def _part(facts: Facts, whole: Whole, kind: str, labels: Labels) -> Iterable[CellsByHeading]:
    groups: dict[str, list[Signed]] = {}
    if kind == "Pledge":
        groups = {pledge: [] for pledge in whole.enquiries}
    for one in whole.signed:
        for label in labels(one):
            groups.setdefault(label, []).append(one)
    for label, ones in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0].casefold())):
        row = _row(kind, label, ones)
        if kind == "Pledge":
            asked = whole.enquiries.count(label)
            row = _row(kind, label, ones, views=views_in(facts, whole.span, label), enquired=asked)
        elif (kind, label) == ("Route", BY_PAGE):
            row = _row(kind, label, ones, views=whole.views)
        yield row


def _row(
    kind: str, label: str, signed: Sequence[Signed], *, views: int | None = None, enquired: int | None = None
) -> CellsByHeading:
    delivered = sum(one.stage.name == "Delivered" for one in signed)
    return {
        "Counted by": kind,
        "Which": label,
        "Page views": "" if views is None else views,
        "Open enquiries": "" if enquired is None else enquired,
        "Signed": len(signed),
        "Of these started": sum(one.stage.name in STARTED for one in signed),
        "Of these delivered": delivered,
        "Delivered, % of signed": "" if not signed else delivered * 100 // len(signed),
        "Employers": _employers(signed),
    }


def _employers(signed: Sequence[Signed]) -> int:
    return len({one.sign_up.employer_key or one.sign_up.record_id for one in signed})


def funnel_words(signed: Sequence[Signed], views: int | None, today: date) -> str:
    """ "12 pledges signed by 11 employers, of which 4 delivered by 30 Sep 2026; 340 views of the pages,
    5 of the pledges were signed there. Views are not people, so no share is made of them." It says, too, of
    how many the stage has changed since and is told as it is now."""
    delivered = sum(one.stage.name == "Delivered" for one in signed)
    there = sum(one.sign_up.route == BY_PAGE for one in signed)
    said = f"{counted(len(signed), 'pledge')} signed by {counted(_employers(signed), 'employer')}"
    said += f", of which {delivered:,} delivered by {short_day(today)}" if delivered else ""
    if views is not None:
        said += f"; {counted(views, 'view')} of the pledge pages, and {there:,} of the pledges signed there"
        said += ". Views are not people, so no share is made of them"
    later = sum(one.stage.is_later for one in signed)
    since = f" The stage of {later:,} has changed since {short_day(today)} and counts as it is now."
    return f"{said}.{since if later else ''}"


CAPABILITY = Capability(
    key="pledges",
    number=4,
    title="Pledges",
    clause="Tameside 3.3.g: “how many employers have looked at the skills pledge page and how many employers "
    "have signed up via the site”",
    tabs=(TAB,),
    tell=tell,
    told_in="Pledges",
)
