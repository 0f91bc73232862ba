"""The single offer: whether each large recruitment and redundancy was offered help within five days."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from engage.insight.activity import undated
from engage.insight.capability import (
    Capability,
    CellsByHeading,
    Chart,
    Headline,
    Insight,
    News,
    Source,
    Table,
)
from engage.insight.event_list import percent
from engage.insight.facts import Facts, once_a_day
from engage.insight.situations import (
    IN_TIME,
    LATE,
    OVERDUE,
    RECRUITMENT,
    REDUNDANCY,
    WORKING_DAYS,
    Situation,
    situations,
)
from engage.insight.weeks import Period, long_day
from engage.model import Finding
from engage.wording import counted, in_a_row

TAB = "Single offer"
ON_PAPER = ("Employer", "Since", "Jobs", "Agencies", "Offer due by", "Offer made on", "Offer")
LONG_AGO = timedelta(days=182)  # an offer that was not made half a year ago is history
GOAL = "against 100% of situations"


def tell(facts: Facts, span: Period) -> Insight:
    """The situations that began in the period, and what was offered by facts.today. A share of none is not
    known; one that is not yet due counts as not offered, and is said."""
    begun = _begun_in(situations(facts), span)
    overdue = overdue_situations(facts)
    headlines = _headlines(begun, len(overdue))
    problems = _problems(facts)
    if not begun and not overdue:
        return Insight(headlines=headlines)
    table = Table(
        TAB,
        tuple(_row(one) for one in begun),
        sources=(
            Source(
                "Engagements", sum(len(one.rows) for one in begun), undated(facts), "no date that can be read"
            ),
        ),
        parts="Situation",
        shown=ON_PAPER,
        charts=(Chart("Jobs to fill or at risk", "Situation", ("Jobs",)),),
    )
    news = tuple(_missed(one) for one in overdue if one.due in span)
    return Insight(offer_words(begun, len(overdue)), headlines, (table,) if begun else (), news, problems)


def _begun_in(found: Sequence[Situation], span: Period) -> Sequence[Situation]:
    """found: by their first day."""
    begin = bisect_left(found, span.first, key=_first_day)
    return found[begin : bisect_right(found, span.last, key=_first_day)]


def _first_day(one: Situation) -> date:
    return one.first.day or date.max


@once_a_day
def overdue_situations(facts: Facts) -> tuple[Situation, ...]:
    """Those without an offer that was due in the last half year."""
    since = facts.today - LONG_AGO
    return tuple(one for one in situations(facts) if one.stands == OVERDUE and one.due > since)


def _headlines(begun: Sequence[Situation], overdue: int) -> tuple[Headline, ...]:
    kinds = [one.kind for one in begun]
    offered = [one for one in begun if one.offered]
    in_time = sum(one.stands == IN_TIME for one in begun)
    pending = sum(one.stands not in {IN_TIME, LATE, OVERDUE} for one in begun)
    note = f"{GOAL}; {pending:,} not yet due" if pending else GOAL
    return (
        Headline("Redundancies", kinds.count(REDUNDANCY), "one employer's rows about it count once"),
        Headline("Large recruitments", kinds.count(RECRUITMENT), "one employer's rows about it count once"),
        Headline("Situations with an offer, %", _share(len(offered), len(begun)), note),
        Headline(f"With an offer in {WORKING_DAYS} working days, %", _share(in_time, len(begun)), note),
        Headline(
            "Still without an offer, overdue",
            overdue,
            f"after {WORKING_DAYS} working days, in the last half year",
        ),
    )


def _share(part: int, whole: int) -> int | None:
    share = percent(part, whole)
    return share if isinstance(share, int) else None


def _row(one: Situation) -> CellsByHeading:
    return {
        "Situation": one.kind,
        "Employer": one.first.employer,
        "Employer ID": one.first.employer_id,
        "Since": one.first.day.isoformat() if one.first.day else "",
        "Jobs": "" if one.jobs is None else one.jobs,
        "Agencies": "; ".join(one.agencies),
        "Offer due by": one.due.isoformat(),
        "Offer made on": one.offered.isoformat() if one.offered else "",
        "Offer": one.stands,
        "Record": one.first.record_id,
    }


def offer_words(begun: Sequence[Situation], overdue: int) -> str:
    """ "4 situations: 3 redundancies and 1 large recruitment. The offer was made in 3 of them (75%), …" """
    if not begun:
        waits = "one waits" if overdue == 1 else "ones wait"
        late = f" {overdue:,} earlier {waits} for the offer, overdue." if overdue else ""
        return f"No redundancy and no large recruitment began.{late}"
    kinds = [one.kind for one in begun]
    redundancies, recruitments = kinds.count(REDUNDANCY), kinds.count(RECRUITMENT)
    said = [counted(redundancies, "redundancy", "redundancies")] if redundancies else []
    said += [counted(recruitments, "large recruitment")] if recruitments else []
    offered, in_time = sum(bool(one.offered) for one in begun), sum(one.stands == IN_TIME for one in begun)
    made = f"The offer was made in {offered:,} of them ({percent(offered, len(begun))}% against 100%)"
    made += f", in {in_time:,} within {WORKING_DAYS} working days."
    return f"{counted(len(begun), 'situation')}: {in_a_row(said)}. {made}{_late_words(begun, overdue)}"


def _late_words(begun: Sequence[Situation], overdue: int) -> str:
    """How many still wait; of how many of these it was known before the period."""
    if not overdue:
        return ""
    before = overdue - sum(one.stands == OVERDUE for one in begun)
    earlier = f", {before:,} of them from before" if before > 0 else ""
    return f" {overdue:,} still {'waits' if overdue == 1 else 'wait'} for it, overdue{earlier}."


def _missed(one: Situation) -> News:
    about = f"{one.kind} at {one.first.employer or 'an employer that is not named'}"
    jobs = f" ({counted(one.jobs, 'job')})" if one.jobs else ""
    said = f"{about}{jobs}: no offer is on record by {long_day(one.due)}."
    return News(said, frozenset({one.first.employer_key} - {""}), frozenset(one.agencies))


@once_a_day
def _problems(facts: Facts) -> tuple[Finding, ...]:
    return tuple(_findings(facts))


def _findings(facts: Facts) -> Iterator[Finding]:
    for one in overdue_situations(facts):
        record = facts.records.get(one.first.record_id)
        if record is not None:
            yield Finding(
                kind="no-offer-made",
                place=record.place,
                wrong=f"No offer is on record within {WORKING_DAYS} working days, by {long_day(one.due)}. "
                "Make it, and put Yes in Offer made in this row or in that of the talk.",
                found=record["Date"],
                record_id=record.record_id,
                agency=record.agency,
            )


CAPABILITY = Capability(
    key="single-offer",
    number=3,
    title="Single offer",
    clause="Tameside 3.1.b: “all large scale recruitment”; 3.1.c: “all employers who are facing a redundancy "
    "situation”",
    tabs=(TAB,),
    tell=tell,
)
