"""The engagement survey: which agency does what kind of thing, and why; in a table and in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from engage.insight.activity import Engagement, distinct_employers, done_within, undated
from engage.insight.capability import Capability, Chart, Headline, Insight, Source, Table
from engage.insight.facts import Facts
from engage.insight.weeks import Period
from engage.wording import counted

TAB = "Engagement survey"
NOT_SAID = "Not given"
NO_DAY = "no date that can be read"


def tell(facts: Facts, span: Period) -> Insight:
    """Engagements done in the period. An agency's other type or reason is another row; employers are merged,
    each once a row, so that their column does not add up."""
    found = done_within(facts, span)
    if not found:
        return Insight(headlines=(Headline("Engagements with a type and a reason", 0),))
    complete = sum(bool(one.type and one.reason) for one in found)
    table = Table(
        TAB,
        tuple(_row(key, ones) for key, ones in _grouped(found)),
        sources=(Source("Engagements", len(found), undated(facts), NO_DAY),),
        parts="Agency",
        across="Reason",
        cells="Engagements",
        charts=(Chart("Engagements by type", "Type", ("Engagements",)),),
    )
    headline = Headline("Engagements with a type and a reason", complete, f"of {len(found):,} done")
    return Insight(survey_words(found), (headline,), (table,))


def _grouped(found: Sequence[Engagement]) -> list[tuple[tuple[str, str, str], list[Engagement]]]:
    """By agency, type and reason; an agency's commonest first."""
    groups: dict[tuple[str, str, str], list[Engagement]] = {}
    for one in found:
        groups.setdefault((one.agency or NOT_SAID, one.type or NOT_SAID, one.reason or NOT_SAID), []).append(
            one
        )
    return sorted(groups.items(), key=lambda item: (item[0][0].casefold(), -len(item[1]), item[0]))


def _row(key: tuple[str, str, str], ones: Sequence[Engagement]) -> dict[str, str | int]:
    agency, kind, reason = key
    return {
        "Agency": agency,
        "Type": kind,
        "Reason": reason,
        "Engagements": len(ones),
        "Employers": distinct_employers(ones),
    }


def survey_words(found: Sequence[Engagement]) -> str:
    """ "31 engagements with 24 employers by 5 agencies. Most often: Visit (12), for Recruitment (10)." """
    agencies = len({one.agency for one in found if one.agency})
    talked = f"{counted(len(found), 'engagement')} with {counted(distinct_employers(found), 'employer')}"
    by = f" by {counted(agencies, 'agency', 'agencies')}" if agencies else ""
    most = [_most(one.type for one in found), _most(one.reason for one in found)]
    often = ", for ".join(said for said in most if said)
    return f"{talked}{by}." + (f" Most often: {often}." if often else "")


def _most(values: Iterable[str]) -> str:
    counts = Counter(value for value in values if value)
    if not counts:
        return ""
    value, count = min(counts.items(), key=lambda item: (-item[1], item[0]))
    return f"{value} ({count:,})"


CAPABILITY = Capability(
    key="engagement-survey",
    number=6,
    title="Engagement survey",
    clause="Tameside 3.4.b: “type of employer engagement activity … and the reasons for the activity”",
    tabs=(TAB,),
    tell=tell,
    told_in="Engagements",
)
