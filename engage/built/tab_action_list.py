"""Action list (built nightly): the plan as read, and what Progress said on which day.

The past stands in the built cell itself and nowhere else: it is read back and added to, never written anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from engage.built.as_read import read_rows
from engage.built.material import CellsByHeading, Material
from engage.insight.action_refs import points_at
from engage.insight.facts import Facts
from engage.insight.lists import action_list
from engage.insight.reading import row_by_id
from engage.insight.weeks import british
from engage.model import CellValue, Link

TITLE = "Action list (built nightly)"
HISTORY, SAME = "History of progress", "Same as"
LONGEST = 30_000  # Excel holds 32,767 characters in a cell
CUT = "… (older wording is in the backups)\n"


def action_rows(material: Material) -> Iterator[CellsByHeading]:
    """One row an action, in the order of its plan."""
    standing = read_rows(material.tabs.get(TITLE), ("Record", "Action", HISTORY))
    past = {row.get("Record", ""): row.get(HISTORY, "") for row in standing}
    for row in action_list(material.facts).to_dict("records"):
        key = str(row["Record"])
        history = material.facts.histories.get(key)
        since = history.changed_on("Progress") if history else ""
        said = with_progress(past.get(key, ""), str(row["Progress"]), since or str(material.facts.today))
        cells = {str(heading): value for heading, value in row.items()}
        yield {**cells, SAME: _link(key, str(row[SAME]), material.facts), HISTORY: said}


def _link(record_id: str, text: str, facts: Facts) -> CellValue:
    """Opens the row that this one points at, in the tab where it was typed."""
    other = points_at(facts, row_by_id(facts, "Actions")[record_id])
    record = facts.records.get(other["record_id"]) if other else None
    if record is None:
        return text
    place = record.place
    return Link(text, place.workbook, place.tab, max(1, place.row))


def with_progress(past: str, progress: str, since: str) -> str:
    """The history with what Progress says now at its end, unless it ends so already; blank adds nothing.

    since: ISO date. The oldest wording gives way where a cell can hold no more.
    """
    text = progress.strip()
    ends = re.search(rf"(?:^|\s)\d\d/\d\d/\d{{4}}: {re.escape(_squeezed(text))}$", _squeezed(past))
    if not text or ends:
        return past
    whole = "\n".join(part for part in (past, f"{british(since[:10])}: {text}") if part)
    return whole if len(whole) <= LONGEST else CUT + whole[len(CUT) - LONGEST :]


def _squeezed(text: str) -> str:
    """Without what a spreadsheet may change in a text: kinds of spaces and line breaks."""
    return " ".join(text.split())


BUILDS = {TITLE: action_rows}
