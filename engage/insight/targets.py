"""Targets: where every promise in figures stands, and which of them cannot be worked out as it is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from engage.insight.capability import Capability, CellsByHeading, Chart, Headline, Insight, Source, Table
from engage.insight.facts import Facts
from engage.insight.target_list import target_list
from engage.insight.target_shares import NOTHING_YET
from engage.insight.weeks import Period
from engage.model import Finding
from engage.wording import counted

TAB = "Target list (built nightly)"
ON_COURSE = {"Met": "Targets met", "Yes": "Targets on course", "At risk": "Targets at risk",
             "Missed": "Targets missed"}  # fmt: skip
ON_PAPER = ("Target", "Measure", "At least", "At most", "By", "Now", "%", "On course", "In words")


def tell(facts: Facts, _: Period) -> Insight:
    """Each target as it stands on facts.today, counted from its own first day."""
    rows = tuple(
        {str(name): cell for name, cell in row.items()} for row in target_list(facts).to_dict("records")
    )
    if not rows:
        return Insight()
    stand = Counter(str(row["On course"]) for row in rows)
    table = Table(
        TAB,
        rows,
        sources=(Source("Targets", len(rows)),),
        shown=ON_PAPER,
        charts=(Chart("How much of each target is reached, %", "Target", ("%",)),),
    )
    return Insight(
        says=targets_words(stand, len(rows)),
        headlines=tuple(Headline(label, stand[word]) for word, label in ON_COURSE.items()),
        tables=(table,),
        problems=tuple(_problems(facts, rows)),
    )


def targets_words(stand: Counter[str], targets: int) -> str:
    """ "5 targets: 2 met, 1 on course, 1 at risk, 1 missed." """
    said = [
        f"{stand[word]:,} {label.removeprefix('Targets ')}"
        for word, label in ON_COURSE.items()
        if stand[word]
    ]
    rest = targets - sum(stand[word] for word in ON_COURSE)
    said += [f"{rest:,} that cannot be judged"] if rest else []
    return f"{counted(targets, 'target')}: {', '.join(said)}."


def _problems(facts: Facts, rows: Sequence[CellsByHeading]) -> Iterator[Finding]:
    """A finding for each target whose measure, filter, figure or date says nothing that can be counted."""
    for row in rows:
        record = facts.records.get(str(row["Record"]))
        waits = str(row["On course"]).startswith(NOTHING_YET)
        if record is not None and row["On course"] not in ON_COURSE and not waits:
            yield Finding(
                kind="target-not-counted",
                place=record.place,
                wrong=f"This target cannot be judged. {row['On course']}.",
                found=str(row["Target"]),
                record_id=record.record_id,
                agency=record.agency,
            )


CAPABILITY = Capability(
    key="targets",
    number=16,
    title="Targets",
    clause="Tameside 3.6.d: “2 Events targeting 100+ employers per event by end of March 08”",
    tabs=(TAB,),
    tell=tell,
)
