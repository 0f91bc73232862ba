"""The week's answers: questions decided as the truth has it, suggestions taken, wrong merges undone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING

from engage.demo.agencies import AGENCY_LIST
from engage.demo.desk import Desk
from engage.demo.truth import TruthRow
from engage.model import mention, record_of

if TYPE_CHECKING:
    from engage.demo.week import Week

ANSWERED, ACCEPTED, UNDONE = 14, 3, 3
_ROW = re.compile(r"^(?P<tab>.*), row (?P<row>\d+)$")
_KEYS = {agency.name: agency.key for agency in AGENCY_LIST}


def answer_questions(week: Week) -> None:
    """The first questions of To review, answered as people who know would answer them."""
    hub, counted = week.desks["hub"], dict[str, int]()
    for number, cells in islice(_rows(hub, "To review"), ANSWERED):
        answer = _answer(week, cells)
        if answer:
            _type(hub, "To review", number, "Decision", answer)
            counted[answer] = counted.get(answer, 0) + 1
    if counted:
        words = ", ".join(f"{count} {answer}" for answer, count in sorted(counted.items()))
        week.say(f"{sum(counted.values())} questions of To review were answered: {words}")


def _answer(week: Week, cells: Mapping[str, str]) -> str:
    a, b = (_side(week, cells, side) for side in "AB")
    if a is None or b is None:
        return ""
    ordinals = [int(key.rpartition("#")[2]) for key in cells["Question"].split(" ~ ")]
    if all(ordinals):
        return _same_person(a, b, ordinals)
    return _same_employer(week, a.employer, b.employer)


def _same_person(a: TruthRow, b: TruthRow, ordinals: list[int]) -> str:
    people = [row.people[at - 1 : at] for row, at in zip((a, b), ordinals, strict=True)]
    if people[0] != people[1] or not people[0]:
        return "Different"
    return "Same" if a.employer == b.employer else "Same person, new job"


def _same_employer(week: Week, a: str, b: str) -> str:
    if a == b:
        return "Same"
    first, second = week.world.employers[a], week.world.employers[b]
    group = {first.parent or first.key} & {second.parent or second.key}
    return "Same group, different firm" if group else "Different"


def _side(week: Week, cells: Mapping[str, str], side: str) -> TruthRow | None:
    found = _ROW.match(cells.get(f"Row {side}", ""))
    if found is None:
        return None
    homes = (_KEYS.get(cells.get(f"Agency {side}", ""), "hub"), "hub")
    tab, row = found["tab"], int(found["row"])
    rows = {(t.workbook, t.tab, t.row): t for t in week.truth}
    return next((rows[home, tab, row] for home in homes if (home, tab, row) in rows), None)


def undo_wrong_merges(week: Week) -> None:
    """Automatic merges that the truth denies are taken back, a few at most: people notice only some."""
    hub, undone = week.desks["hub"], 0
    known = {t.record_id: t for t in week.truth if t.record_id}
    for number, cells in _rows(hub, "Decisions"):
        a, _, b = cells.get("Pair", "").partition(" ~ ")
        rows = known.get(record_of(a)), known.get(record_of(b))
        if undone < UNDONE and cells.get("Decision") == "Same" and rows[0] and rows[1] and _wrong(rows, a, b):
            _type(hub, "Decisions", number, "Undo", "Undo")
            undone += 1
    if undone:
        week.say(f"{undone} automatic merges were undone in Decisions: they were wrong")


def _wrong(rows: tuple[TruthRow | None, TruthRow | None], a: str, b: str) -> bool:
    first, second = rows
    assert first is not None
    assert second is not None
    if mention(record_of(a)) == a:
        return first.employer != second.employer
    ordinals = [int(key.rpartition("#")[2]) for key in (a, b)]
    return _same_person(first, second, ordinals) == "Different"


def settle_problems(week: Week) -> None:
    """Suggestions accepted in each workbook's Problems to fix, and one problem left as it is."""
    for workbook in ("council", "college", "chamber"):
        desk = week.desks[workbook]
        rows = list(_rows(desk, "Problems to fix"))
        offered = [number for number, cells in rows if cells.get("Suggestion")][:ACCEPTED]
        refused = [number for number, cells in rows if not cells.get("Suggestion")][:1]
        for number in offered:
            _type(desk, "Problems to fix", number, "Decision", "Accept suggestion")
        for number in refused:
            _type(desk, "Problems to fix", number, "Decision", "Leave as it is")
        if offered or refused:
            counts = f"{len(offered)} suggestions accepted, {len(refused)} left as it is"
            week.say(f"Problems to fix ({workbook}): {counts}")


def _rows(desk: Desk, tab: str) -> Iterator[tuple[int, dict[str, str]]]:
    rows = desk.texts(tab)
    for number, cells in enumerate(rows[1:], 2):
        if any(cells):
            yield number, dict(zip(rows[0], cells, strict=False))


def _type(desk: Desk, tab: str, row: int, heading: str, value: str) -> None:
    desk.type(tab, row, desk.headings(tab)[heading], value)
