"""The action plan in figures: how much of it is overdue, at risk, on track, complete, or stale."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from engage.insight.action_list import WORDS, Action, actions
from engage.insight.action_refs import lost_pointers
from engage.insight.capability import Capability, CellsByHeading, Chart, Headline, Insight, Source, Table
from engage.insight.facts import Facts
from engage.insight.late_actions import is_stale
from engage.insight.reading import PlainRow, row_by_id, rows_of
from engage.insight.weeks import Period
from engage.model import Finding
from engage.wording import counted, in_a_row

TAB = "Action plan in figures"
WHOLE = "All actions"
COLUMNS = {"Red": "Overdue or red", "Amber": "At risk", "Green": "On track", "Blue": "Complete"}
Labels = Callable[[Action, PlainRow], Iterable[str]]
COUNTED_BY: Mapping[str, Labels] = {
    "Plan": lambda _, row: (row.get("Plan", "") or "Not given",),
    "Priority": lambda _, row: (row.get("Priority", "") or row.get("Theme", "") or "Not given",),
    "Agency": lambda one, _: one.agencies or ("No agency recognised",),
    "Category": lambda _, row: (row.get("Category", "") or "Not given",),
}


def tell(facts: Facts, _: Period) -> Insight:
    """Each action as it stands on facts.today. One with several owners counts for each of them."""
    found = actions(facts)
    problems = tuple(_problems(facts))
    if not found:
        return Insight(problems=problems)
    colours = Counter(one.rag for one in found)
    stale = sum(is_stale(one, facts.today) for one in found)
    headlines = (
        *(Headline(f"Actions {WORDS[rag]}", colours[rag], rag, dated=False) for rag in WORDS),
        Headline("Actions without a date or a colour", colours[""], dated=False),
        Headline("Actions nobody has touched for two months", stale, "open ones", dated=False),
    )
    table = Table(
        TAB,
        tuple(_rows(found, facts)),
        sources=(Source("Actions", len(found)),),
        parts="Counted by",
        skipped=(WHOLE,),
        charts=(Chart("Actions by agency", "Which", tuple(COLUMNS.values()), part="Agency"),),
    )
    return Insight(plan_words(colours, len(found), stale), headlines, (table,), problems=problems)


def _rows(found: Sequence[Action], facts: Facts) -> Iterator[CellsByHeading]:
    rows = row_by_id(facts, "Actions")
    yield _row(WHOLE, WHOLE, found, facts)
    for kind, labels in COUNTED_BY.items():
        groups: dict[str, list[Action]] = {}
        for one in found:
            for label in labels(one, rows[one.record_id]):
                groups.setdefault(label, []).append(one)
        for label, ones in groups.items():  # in the order of the plan
            yield _row(kind, label, ones, facts)


def _row(kind: str, label: str, found: Sequence[Action], facts: Facts) -> CellsByHeading:
    colours = Counter(one.rag for one in found)
    return {
        "Counted by": kind,
        "Which": label,
        "Actions": len(found),
        **{heading: colours[rag] for rag, heading in COLUMNS.items()},
        "No date or colour": colours[""],
        "Stale": sum(is_stale(one, facts.today) for one in found),
    }


def plan_words(colours: Counter[str], whole: int, stale: int) -> str:
    """ "19 actions: 3 overdue, 2 at risk, 9 on track and 4 complete. 5 open ones have not been touched …" """
    parts = [f"{colours[rag]:,} {word}" for rag, word in WORDS.items() if colours[rag]]
    parts += [f"{colours['']:,} dropped or without a date"] if parts and colours[""] else []
    said = f"{counted(whole, 'action')}: {in_a_row(parts)}." if parts else f"{counted(whole, 'action')}."
    if stale:
        said += f" {stale:,} open {'one has' if stale == 1 else 'ones have'} not been touched for two months."
    return said


def _problems(facts: Facts) -> Iterator[Finding]:
    """One for each cell that points at an action that is not there."""
    for row in rows_of(facts, "Actions"):
        record = facts.records.get(row["record_id"])
        for heading in lost_pointers(facts, row) if record else ():
            assert record is not None
            yield Finding(
                kind="no-such-action",
                place=record.place,
                wrong=f"{heading} points at an action that is not there. Type its number, or what is meant.",
                found=record.typed.get(heading, ""),
                record_id=record.record_id,
                agency=record.agency,
            )


CAPABILITY = Capability(
    key="action-plan",
    number=8,
    title="Action plan",
    clause="Halton: “Action / Outcome / Start date / Finish date / Person/s Responsible / Progress”; "
    "Tameside: “Responsible Partnership(s) … Due Date”",
    tabs=(TAB,),
    tell=tell,
    told_in="Actions",
    on_dashboard=False,
)
