"""Pledges: from page views to delivered, and by route, agency, sector and size; employers after merging."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from engage.insight.capability import Capability, CellsByHeading, Chart, Headline, Insight, Source, Table
from engage.insight.facts import Facts
from engage.insight.page_views import views_in
from engage.insight.pledge_list import STAGES, SignUp, sign_ups, stages_of
from engage.insight.reading import PlainRow, employers_by_id, rows_of, several
from engage.insight.size_bands import size_band
from engage.insight.weeks import Period
from engage.wording import counted

TAB = "Pledge funnel"
WHOLE = "All pledges"
STARTED = frozenset({"Started", "Delivered"})


@dataclass(frozen=True, slots=True)
class Signed:
    """A sign-up that counts, with what it is counted by. stage: as it is now."""

    sign_up: SignUp
    stage: str
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
    """Signed in the period, each pledge of an employer once, and how many of these have come further by now.

    An employer in two sectors counts in both. Page views are not people: they stand beside the sign-ups, and
    no share is made of them.
    """
    stages = stages_of(facts)
    headlines = tuple(Headline(stage, stages[stage], "stage now", dated=False) for stage in STAGES if stages)
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
    return Insight(funnel_words(signed, views), headlines, (table,))


def signed_in(facts: Facts, span: Period) -> tuple[Signed, ...]:
    """The sign-ups of a period, those that say the same again left out, oldest first."""
    employers = employers_by_id(facts)
    rows = {row["record_id"]: row for row in rows_of(facts, "Pledges")}
    counting = (
        one
        for one in sign_ups(facts)
        if one.day in span and one.day and one.day <= facts.today and not one.duplicate_of
    )
    return tuple(_signed(one, rows[one.record_id], employers) for one in counting)


def _signed(one: SignUp, row: PlainRow, employers: Mapping[str, PlainRow]) -> Signed:
    golden = employers.get(row.get("employer_id", ""), {})
    size = size_band(golden.get("Employees in all", "") or golden.get("Employees here", ""))
    return Signed(one, row.get("Stage", "") or "Signed", several(golden.get("Sector", "")), size)


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


def funnel_words(signed: Sequence[Signed], views: int | None) -> str:
    """ "12 pledges signed by 11 employers, of which 4 delivered by now; 340 views of the pledge pages." """
    employers = len({one.sign_up.employer_key or one.sign_up.record_id for one in signed})
    delivered = sum(one.stage == "Delivered" for one in signed)
    said = f"{counted(len(signed), 'pledge')} signed by {counted(employers, 'employer')}"
    said += f", of which {delivered:,} delivered by now" if delivered else ""
    return said + (f"; {counted(views, 'view')} of the pledge pages." if views is not None else ".")


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
