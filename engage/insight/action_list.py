"""The Action list: who must do what by when, as we read it, and how it stands in a colour and a word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from engage.insight.action_refs import points_at, ref_of, said, typed
from engage.insight.facts import Facts, once_a_day
from engage.insight.reading import PlainRow, as_frame, rows_of
from engage.insight.weeks import read_day
from engage.register.bodies import body_keys, find_bodies
from engage.register.due import DueDate, read_due

HEADINGS = (
    "Record",
    "Plan",
    "Theme",
    "Priority",
    "Ref",
    "Same as",
    "Action",
    "Responsible",
    "Agencies matched",
    "Due date",
    "Due (read as)",
    "Ongoing",
    "Days left",
    "Status",
    "RAG",
    "Progress",
    "History of progress",
    "Last changed",
)
WORDS = {"Red": "overdue", "Amber": "at risk", "Green": "on track", "Blue": "complete"}
AT_RISK_DAYS = 14  # due within a fortnight and not done: the next two digests are the last to say so
AT_RISK_UNSTARTED_DAYS = 28


@dataclass(frozen=True, slots=True)
class Action:
    """One action as read. due: None if it has no day we can read. rag: "Red", "Amber", "Green", "Blue", "".

    ref: tidied. responsible, due_typed: as typed, or as the action says that the cell points at.
    word: what the colour means here. agencies: those recognised in Responsible. changed: ISO day of the
    newest change of any cell, "" if nobody knows.
    """

    record_id: str
    ref: str
    action: str
    responsible: str
    agencies: tuple[str, ...]
    due_typed: str
    due: date | None
    ongoing: bool
    days_left: int | None
    status: str
    rag: str
    word: str
    changed: str = ""


@once_a_day
def actions(facts: Facts) -> tuple[Action, ...]:
    """Every action, in the order of its plan."""
    known = body_keys(facts.agencies)
    return tuple(_action(row, facts, known) for row in rows_of(facts, "Actions"))


def _action(row: PlainRow, facts: Facts, known: Mapping[str, str]) -> Action:
    typed_due, responsible = said(facts, row, "Due date"), said(facts, row, "Responsible")
    read = read_due(typed_due, today=facts.today)
    due = read_day(read.due)
    status = row.get("Status", "") or ("Done" if read.done else "")
    left = days_left(status, due, read, facts.today)
    rag, word = rag_of(status, row.get("RAG", ""), left, read)
    return Action(
        record_id=row["record_id"],
        ref=ref_of(row),
        action=row.get("Action", ""),
        responsible=responsible,
        agencies=tuple(body.name for body in find_bodies(responsible, known) if body.known),
        due_typed=typed_due,
        due=due,
        ongoing=read.ongoing,
        days_left=left,
        status=status,
        rag=rag,
        word=word,
        changed=_changed(facts, row["record_id"]),
    )


def _changed(facts: Facts, record_id: str) -> str:
    history = facts.histories.get(record_id)
    return max([history.first_seen, *history.changed.values()])[:10] if history else ""


def days_left(status: str, due: date | None, read: DueDate, today: date) -> int | None:
    """Days until it is due, below nought once it is overdue; None without a day, once it is done or dropped,
    and for what goes on after its day and has been begun ("July 2026 and then ongoing")."""
    if due is None or status in {"Done", "Dropped"}:
        return None
    goes_on = read.ongoing and due < today and status != "Not started"
    return None if goes_on else (due - today).days


def rag_of(status: str, marked: str, days_left: int | None, read: DueDate) -> tuple[str, str]:
    """Colour and word. Done is blue and a day gone by is red whatever was marked; else what people marked;
    else at risk when it is stuck, due within a fortnight, or within four weeks and not begun. What is ongoing
    is late, or near it, only until somebody begins it; without a date and a mark there is no colour."""
    unstarted = status == "Not started"
    counts = days_left is not None and (unstarted or not read.ongoing)
    late = counts and days_left is not None and days_left < 0
    near = (
        counts
        and days_left is not None
        and days_left <= (AT_RISK_UNSTARTED_DAYS if unstarted else AT_RISK_DAYS)
    )
    if status == "Dropped":
        return "", ""
    if status == "Done":
        return "Blue", WORDS["Blue"]
    if late:
        return "Red", WORDS["Red"]
    if marked in WORDS:
        return marked, WORDS[marked] if marked != "Red" else "marked red by its owner"
    if near or status == "Stuck":
        return "Amber", "stuck" if status == "Stuck" else WORDS["Amber"]
    known = days_left is not None or (read.ongoing and not unstarted)
    return ("Green", WORDS["Green"]) if known else ("", "")


def action_list(facts: Facts) -> pd.DataFrame:
    """One row an action, in the order of its plan. Days left: below nought it is overdue; "" where days_left
    says None. RAG: "Red: overdue". Same as: the number of the action that "As 3.3.b" points at. Last changed:
    the newest change of any cell.
    History of progress is left blank: it stands in the built tab and is added to there."""
    known = {one.record_id: one for one in actions(facts)}
    rows = rows_of(facts, "Actions")
    return as_frame((_row(row, known[row["record_id"]], facts) for row in rows), HEADINGS)


def _row(row: PlainRow, one: Action, facts: Facts) -> list[str | int]:
    other = points_at(facts, row)
    worked_out: dict[str, str | int] = {
        "Record": one.record_id,
        "Ref": one.ref,
        "Same as": (ref_of(other) or "the row above") if other else "",
        "Responsible": typed(facts, row, "Responsible"),
        "Agencies matched": "; ".join(one.agencies),
        "Due date": typed(facts, row, "Due date"),
        "Due (read as)": one.due.isoformat() if one.due else "",
        "Ongoing": "Yes" if one.ongoing else "",
        "Days left": "" if one.days_left is None else one.days_left,
        "Status": one.status,
        "RAG": f"{one.rag}: {one.word}" if one.rag else "",
        "Last changed": one.changed,
    }
    return [worked_out.get(name, row.get(name, "")) for name in HEADINGS]
