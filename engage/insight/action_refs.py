"""Actions that point at another one of their plan: "As 3.3.b" in a cell means what that action says there."""

from __future__ import annotations

from itertools import pairwise

from engage.insight.facts import Facts, once_of_rows
from engage.insight.reading import PlainRow, fold, rows_of
from engage.register.refs import ABOVE, leading_ref, meant_ref, tidy_ref

POINTING = ("Action", "Outcome", "Responsible", "Due date", "Progress")


def typed(facts: Facts, row: PlainRow, heading: str) -> str:
    """The cell as typed; as understood where this audience has no more than that."""
    record = facts.records.get(row["record_id"])
    return (record.typed.get(heading, "") if record else "") or row.get(heading, "")


def ref_of(row: PlainRow) -> str:
    """The action's number, tidied: from Ref, else what its text begins with."""
    return tidy_ref(row.get("Ref", "")) or leading_ref(row.get("Action", ""))


@once_of_rows
def _by_ref(facts: Facts) -> dict[tuple[str, str], PlainRow]:
    """Plan and number → the first action of that number that says something of its own."""
    found: dict[tuple[str, str], PlainRow] = {}
    for row in sorted(
        rows_of(facts, "Actions"), key=lambda row: bool(meant_ref(typed(facts, row, "Action")))
    ):
        found.setdefault((fold(row.get("Plan", "")), ref_of(row)), row)
    return found


@once_of_rows
def _above(facts: Facts) -> dict[str, PlainRow]:
    rows = rows_of(facts, "Actions")
    return {row["record_id"]: before for before, row in pairwise(rows)}


def meant(facts: Facts, row: PlainRow, heading: str) -> PlainRow | None:
    """The row that this cell points at; None if it points at none, or at one that there is not."""
    ref = meant_ref(typed(facts, row, heading))
    if ref == ABOVE:
        return _above(facts).get(row["record_id"])
    found = _by_ref(facts).get((fold(row.get("Plan", "")), ref)) if ref else None
    return None if found is None or found["record_id"] == row["record_id"] else found


def said(facts: Facts, row: PlainRow, heading: str) -> str:
    """What the cell says, or the one that it points at, however often that points on."""
    seen = {row["record_id"]}
    while (other := meant(facts, row, heading)) is not None and other["record_id"] not in seen:
        seen.add(other["record_id"])
        row = other
    return typed(facts, row, heading)


def points_at(facts: Facts, row: PlainRow) -> PlainRow | None:
    """The first action that any of its cells points at; None if none does."""
    found = (meant(facts, row, heading) for heading in POINTING)
    return next((other for other in found if other is not None), None)


def lost_pointers(facts: Facts, row: PlainRow) -> list[str]:
    """The headings under which it points at an action that there is not."""
    return [
        heading
        for heading in POINTING
        if meant_ref(typed(facts, row, heading)) and meant(facts, row, heading) is None
    ]
