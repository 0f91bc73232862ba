"""Coordination: how often two agencies approached one employer unawares, and what can still be agreed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from engage.insight.activity import DONE
from engage.insight.asks import Warning, warnings
from engage.insight.capability import Capability, CellsByHeading, Chart, Headline, Insight, Source, Table
from engage.insight.clashes import Clash, clashes, window_of
from engage.insight.facts import Facts
from engage.insight.reading import PlainRow, fold, rows_of
from engage.insight.weeks import Period
from engage.model import Finding
from engage.wording import counted

TAB = "Coordination"
WHOLE = "All duplicated approaches"
AT_REST, OVER = "Planned at an employer that is to rest", "Planned beyond the most asks"


def tell(facts: Facts, span: Period) -> Insight:
    """Duplicated approaches: clashes both ends of which were made, the second in the period. Those that lie
    ahead can still be agreed, as can plans at employers that are to rest or were asked often enough."""
    made = duplicated(facts, span.first, span.last)
    ahead = clashes_ahead(facts)
    waiting = warnings(facts)
    kinds = [said.kind for found in waiting.values() for said in found]
    employers = len({one.second.employer_id for one in made})
    headlines = (
        Headline("Duplicated approaches", len(made), "the second approach made in the period"),
        Headline("Employers approached twice", employers, "merged employers, each counted once"),
        Headline("Clashes still ahead", len(ahead), "can still be agreed", dated=False),
        Headline(AT_REST, kinds.count("rest"), dated=False),
        Headline(OVER, kinds.count("asks"), f"{facts.most_asks:,} by all agencies in 90 days", dated=False),
        Headline(
            "Schemes that engage employers", len(open_schemes(facts)), "open by the Schemes tab", dated=False
        ),
    )
    problems = tuple(_problems(facts, waiting))
    if not made and not ahead and not waiting:
        return Insight(headlines=headlines)
    table = Table(
        TAB,
        tuple(_rows(made, facts)),
        sources=(Source("Clashes", len(made)),),
        parts="Counted by",
        skipped=(WHOLE,),
        charts=(
            Chart("Duplicated approaches by agency", "Which", ("Duplicated approaches",), part="Agency"),
        ),
    )
    return Insight(_words(made, ahead, len(waiting)), headlines, (table,), problems=problems)


def duplicated(facts: Facts, first: date, last: date) -> list[Clash]:
    """The clashes both ends of which were made, the second within these days and not after facts.today."""
    until = min(last, facts.today)
    return [
        one for one in clashes(facts) if _is_made(one) and one.second.day and first <= one.second.day <= until
    ]


def clashes_ahead(facts: Facts) -> list[Clash]:
    """Those whose second approach is not made, today or later: they can still be agreed."""
    return [one for one in clashes(facts) if not _is_made(one) and _is_ahead(one, facts)]


def open_schemes(facts: Facts) -> list[PlainRow]:
    """The rows of the schemes that have begun, have not ended, and are not marked as closed."""
    today = facts.today.isoformat()
    return [
        row
        for row in rows_of(facts, "Schemes")
        if row.get("Scheme", "")
        and row.get("From", "") <= today <= (row.get("To", "") or today)
        and fold(row.get("Active", "")) != "no"
    ]


def _is_made(one: Clash) -> bool:
    return one.first.status == one.second.status == DONE


def _is_ahead(one: Clash, facts: Facts) -> bool:
    return one.second.day is not None and one.second.day >= facts.today


def _rows(made: Sequence[Clash], facts: Facts) -> Iterator[CellsByHeading]:
    labels: Mapping[str, Callable[[Clash], Iterable[str]]] = {
        "Window": lambda one: (counted(window_of(one.first, one.second, facts), "day"),),
        "Agency": lambda one: (one.first.agency, one.second.agency),
        "Type": lambda one: {one.first.type or "Not given", one.second.type or "Not given"},
    }
    yield _row(WHOLE, WHOLE, made)
    for kind, labels_of in labels.items():
        groups: dict[str, list[Clash]] = {}
        for one in made:
            for label in labels_of(one):
                groups.setdefault(label, []).append(one)
        for label, ones in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0].casefold())):
            yield _row(kind, label, ones)


def _row(kind: str, label: str, made: Sequence[Clash]) -> CellsByHeading:
    return {
        "Counted by": kind,
        "Which": label,
        "Duplicated approaches": len(made),
        "Employers": len({one.second.employer_id for one in made}),
    }


def _words(made: Sequence[Clash], ahead: Sequence[Clash], waiting: int) -> str:
    """ "3 duplicated approaches to 2 employers. 1 clash lies ahead and can still be agreed." """
    said = "There were no duplicated approaches."
    if made:
        said = counted(len(made), "duplicated approach", "duplicated approaches")
        said += f" to {counted(len({one.second.employer_id for one in made}), 'employer')}."
    if ahead:
        more = counted(len(ahead), "clash", "clashes")
        said += f" {more} {'lies' if len(ahead) == 1 else 'lie'} ahead and can still be agreed."
    if waiting:
        plans = counted(waiting, "planned approach", "planned approaches")
        said += f" {plans} should wait: the employer is to rest, or was asked often enough."
    return said


def _problems(facts: Facts, waiting: Mapping[str, tuple[Warning, ...]]) -> Iterator[Finding]:
    """One for each warning of a planned row; another day for the visit is another question."""
    for record_id, found in waiting.items():
        record = facts.records.get(record_id)
        for said in found if record else ():
            assert record is not None
            yield Finding(
                kind=f"planned-{said.kind}",
                place=replace(record.place, column="Date"),
                wrong=f"{said.words} Plan it for a later day, or join another visit.",
                found=record["Date"],
                record_id=record_id,
                agency=record.agency,
            )


CAPABILITY = Capability(
    key="coordination",
    number=1,
    title="Coordination",
    clause="Tameside 3.2.a: “identify all schemes engaging with employers … agree a coordinated approach”; "
    "North West: “avoid duplication of activity and funding”",
    tabs=(TAB,),
    tell=tell,
    told_in="Clashes",
)
