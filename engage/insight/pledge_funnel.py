"""Pledges: from page views to delivered, and by route, agency, sector and size; employers after merging."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from engage.insight.capability import Capability, CellsByHeading, Chart, Headline, Insight, Source, Table
from engage.insight.facts import Facts
from engage.insight.page_views import views_in
from engage.insight.pledge_list import SignUp, Stage, sign_ups, stage_of, stages_of
from engage.insight.reading import PlainRow, employers_by_id, rows_of, several
from engage.insight.size_bands import size_band
from engage.insight.weeks import Period, short_day
from engage.wording import counted

TAB = "Pledge funnel"
WHOLE = "All pledges"
STARTED = frozenset({"Started", "Delivered"})


@dataclass(frozen=True, slots=True)
class Signed:
    """A sign-up that counts, with what it is counted by. stage: as it was on facts.today; is_later: it has
    changed since, and is told as it is now."""

    sign_up: SignUp
    stage: str
    is_later: bool
    sectors: tuple[str, ...]
    size: str


Labels = Callable[[Signed], Iterable[str]]
COUNTED_BY: Mapping[str, Labels] = {
    "Pledge": lambda one: (one.sign_up.pledge or "Not given",),
    "Route": lambda one: (one.sign_up.route or "Not given",),
    "Agency": lambda one: (one.sign_up.agency or "Not given",),
    "Sector": lambda one: one.sectors or ("Sector not known",),
    "Size band": lambda one: (one.size or "Size not known",),
}


def tell(facts: Facts, span: Period) -> Insight:
    """Signed in the period, each pledge of an employer once, and how many of these had come further by
    facts.today, as far as the register knows.

    An employer in two sectors counts in both. Page views are not people: they stand beside the sign-ups, and
    no share is made of them.
    """
    headlines = tuple(
        Headline(stage, count, stage_note(facts, later), dated=False)
        for stage, (count, later) in stages_of(facts).items()
    )
    signed = signed_in(facts, span)
    views = views_in(facts, span)
    if not signed and not views:
        return Insight(headlines=headlines)
    doubles = sum(one.day in span for one in sign_ups(facts) if one.duplicate_of)
    table = Table(
        TAB,
        (_row(WHOLE, WHOLE, signed, "" if views is None else views), *_parts(signed)),
        sources=(
            Source("Pledges", len(signed), doubles, "the same pledge signed again by the same employer"),
        ),
        parts="Counted by",
        charts=(Chart("Signed by route", "Which", ("Signed",), part="Route"),),
    )
    return Insight(funnel_words(signed, views, facts.today), headlines, (table,))


def stage_note(facts: Facts, later: int) -> str:
    """Of which day a count of stages is: "stage on 30 Sep 2026, of 2 as it is now"."""
    return f"stage on {short_day(facts.today)}" + (f", of {later:,} as it is now" if later else "")


def signed_in(facts: Facts, span: Period) -> tuple[Signed, ...]:
    """The sign-ups of a period, those that say the same again left out, oldest first."""
    employers = employers_by_id(facts)
    rows = {row["record_id"]: row for row in rows_of(facts, "Pledges")}
    counting = (
        one
        for one in sign_ups(facts)
        if one.day in span and one.day and one.day <= facts.today and not one.duplicate_of
    )
    return tuple(_signed(facts, one, rows[one.record_id], employers) for one in counting)


def _signed(facts: Facts, one: SignUp, row: PlainRow, employers: Mapping[str, PlainRow]) -> Signed:
    golden = employers.get(row.get("employer_id", ""), {})
    size = size_band(golden.get("Employees in all", "") or golden.get("Employees here", ""))
    stage = stage_of(facts, row) or Stage("Signed")
    return Signed(one, stage.name, stage.is_later, several(golden.get("Sector", "")), size)


def _parts(signed: Sequence[Signed]) -> Iterable[CellsByHeading]:
    for kind, labels in COUNTED_BY.items():
        groups: dict[str, list[Signed]] = {}
        for one in signed:
            for label in labels(one):
                groups.setdefault(label, []).append(one)
        for label, ones in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0].casefold())):
            yield _row(kind, label, ones)


def _row(kind: str, label: str, signed: Sequence[Signed], views: int | str = "") -> CellsByHeading:
    return {
        "Counted by": kind,
        "Which": label,
        "Page views": views,
        "Signed": len(signed),
        "Of these started": sum(one.stage in STARTED for one in signed),
        "Of these delivered": sum(one.stage == "Delivered" for one in signed),
        "Employers": len({one.sign_up.employer_key or one.sign_up.record_id for one in signed}),
    }


def funnel_words(signed: Sequence[Signed], views: int | None, today: date) -> str:
    """ "12 pledges signed by 11 employers, of which 4 delivered by 30 Sep 2026; 340 views of its pages."

    It says, too, of how many the stage has changed since and is told as it is now.
    """
    employers = len({one.sign_up.employer_key or one.sign_up.record_id for one in signed})
    delivered = sum(one.stage == "Delivered" for one in signed)
    said = f"{counted(len(signed), 'pledge')} signed by {counted(employers, 'employer')}"
    said += f", of which {delivered:,} delivered by {short_day(today)}" if delivered else ""
    said += f"; {counted(views, 'view')} of the pledge pages." if views is not None else "."
    later = sum(one.is_later for one in signed)
    return said + (
        f" The stage of {later:,} has changed since {short_day(today)} and counts as it is now."
        if later
        else ""
    )


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
