"""Needs that employers named: the log, by sector and size, and those that nobody has answered in 30 days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from engage.insight.activity import Engagement, done
from engage.insight.capability import Capability, CellsByHeading, Chart, Headline, Insight, Source, Table
from engage.insight.facts import Facts, once_a_day, once_of_rows
from engage.insight.reading import cells_of, fold
from engage.insight.sectors import NOT_KNOWN
from engage.insight.weeks import Period
from engage.wording import counted

LOG, TAB = "Needs log", "Needs by sector and size"
ANSWER_DAYS = 30
NOT_SAID = "Kind not given"


@dataclass(frozen=True, slots=True)
class Need:
    """What one done engagement says that an employer needs. kind: its Need type, "" if nobody gave one.

    waited: days from the engagement to facts.today while nobody has told them back, else None.
    """

    talk: Engagement
    day: date
    kind: str
    text: str
    when: str
    told_back: bool
    waited: int | None

    @property
    def is_late(self) -> bool:
        """Whether it has waited for more than 30 days."""
        return self.waited is not None and self.waited > ANSWER_DAYS


@once_a_day
def needs(facts: Facts) -> tuple[Need, ...]:
    """Every need of an engagement that has happened, oldest first: with a Need type, or in words."""
    said = needs_said(facts)
    return tuple(
        _need(one, one.day, said[one.record_id], facts.today)
        for one in done(facts)
        if one.day and one.record_id in said
    )


@dataclass(frozen=True, slots=True)
class Said:
    """What an engagement's row says of a need."""

    kind: str
    text: str
    when: str
    told_back: bool


@once_of_rows
def needs_said(facts: Facts) -> dict[str, Said]:
    """Record id → what it says of a need; only of the rows that name one, by its type or in words."""
    rows = cells_of(facts, "Engagements", "record_id", *_SAID, "Told them back")
    return {
        record_id: Said(kind, text, when, fold(told) == "yes")
        for record_id, kind, text, when, told in rows
        if kind or text
    }


_SAID = ("Need type", "What the employer needs", "Need when")


def _need(one: Engagement, day: date, said: Said, today: date) -> Need:
    waited = None if said.told_back else (today - day).days
    return Need(one, day, said.kind, said.text, said.when, said.told_back, waited)


@once_a_day
def late_needs(facts: Facts) -> tuple[Need, ...]:
    """Those that nobody has answered in 30 days, oldest first."""
    return tuple(one for one in needs(facts) if one.is_late)


def tell(facts: Facts, span: Period) -> Insight:
    """Needs named in the period by sector and size of the employer; one in two sectors counts in both."""
    first, last = span.first, span.last
    inside = [one for one in needs(facts) if first <= one.day <= last]
    late = len(late_needs(facts))
    headlines = (
        Headline("Needs named", len(inside)),
        Headline(
            "Needs told back", sum(one.told_back for one in inside), f"of {len(inside):,} named", dated=False
        ),
        Headline("Needs not answered in 30 days", late, "of all that are in the log", dated=False),
    )
    if not needs(facts):
        return Insight(headlines=headlines)
    table = Table(
        TAB,
        tuple(_rows(inside)),
        sources=(Source("Engagements", len(inside)),),
        parts="Counted by",
        across="Need type",
        cells="Needs",
        charts=(Chart("Needs by kind", "Need type", ("Needs",), part="Sector"),),
    )
    return Insight(need_words(inside, late), headlines, (table, _log(facts)))


SHOWN_OF_LOG = ("Date", "Employer", "Need type", "Need when", "Agency", "Told them back", "Days waiting")


@once_a_day
def _log(facts: Facts) -> Table:
    return Table(LOG, tuple(_logged(one) for one in reversed(needs(facts))), shown=SHOWN_OF_LOG)


def _logged(one: Need) -> CellsByHeading:
    return {
        "Record": one.talk.record_id,
        "Date": one.day.isoformat(),
        "Employer": one.talk.employer,
        "Employer ID": one.talk.employer_id,
        "Need type": one.kind,
        "What they need": one.text,
        "Need when": one.when,
        "Sector": "; ".join(one.talk.sectors),
        "Size band": one.talk.size_band,
        "Agency": one.talk.agency,
        "Told them back": "Yes" if one.told_back else "",
        "Days waiting": "" if one.waited is None else one.waited,
    }


Labels = Callable[[Need], Iterable[str]]
COUNTED_BY: Mapping[str, Labels] = {
    "Sector": lambda one: one.talk.sectors or (NOT_KNOWN,),
    "Size band": lambda one: (one.talk.size_band or "Size not known",),
}


def _rows(inside: Sequence[Need]) -> Iterator[CellsByHeading]:
    for counted_by, labels in COUNTED_BY.items():
        groups: dict[tuple[str, str], list[Need]] = {}
        for one in inside:
            for label in labels(one):
                groups.setdefault((label, one.kind or NOT_SAID), []).append(one)
        for (label, kind), ones in sorted(
            groups.items(), key=lambda item: (item[0][0].casefold(), -len(item[1]), item[0])
        ):
            yield {
                "Counted by": counted_by,
                "Which": label,
                "Need type": kind,
                "Needs": len(ones),
                "Employers": len({one.talk.employer_key for one in ones if one.talk.employer_key}),
                "Told back": sum(one.told_back for one in ones),
            }


def need_words(inside: Sequence[Need], late: int) -> str:
    """ "14 needs named by 12 employers, most often Digital skills (5); 9 told back. 3 needs have waited for
    more than 30 days." """
    employers = len({one.talk.employer_key for one in inside if one.talk.employer_key})
    said = "No needs were named"
    if inside:
        said = f"{counted(len(inside), 'need')} named by {counted(employers, 'employer')}"
    kinds = Counter(one.kind for one in inside if one.kind)
    if kinds:
        kind, most = min(kinds.items(), key=lambda item: (-item[1], item[0]))
        said += f", most often {kind} ({most:,})"
    said += f"; {sum(one.told_back for one in inside):,} told back." if inside else "."
    waiting = (
        f" {counted(late, 'need')} {'has' if late == 1 else 'have'} waited for more than {ANSWER_DAYS} days."
    )
    return said + (waiting if late else "")


CAPABILITY = Capability(
    key="needs",
    number=12,
    title="What employers need",
    clause="Tameside 3.8.b: “by sector and size of employer”; Halton 3: “audit the sector”",
    tabs=(TAB, LOG),
    tell=tell,
)
