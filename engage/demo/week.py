"""What a week brings: people at five agencies and in the office work on their workbooks as people do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from random import Random

from engage.demo import week_answers, week_hands, week_rows
from engage.demo.build import first_night_of, marked
from engage.demo.creation import make_world
from engage.demo.desk import Desk
from engage.demo.sheets import Sheet, open_sheet
from engage.demo.truth import TruthRow, read_truth, write_truth
from engage.demo.world import AGENCIES, World, stream
from engage.register.identity import is_record_id


@dataclass(slots=True)
class Week:
    """The week as it is played. truth: of the workbooks as built; said: what was done, in words."""

    world: World
    folder: Path
    first_night: date
    rng: Random
    truth: tuple[TruthRow, ...]
    desks: Mapping[str, Desk]
    said: list[str] = field(default_factory=list)

    @property
    def today(self) -> date:
        """The day on which the week ends."""
        return self.world.today

    def sheet(self, workbook: str, tab: str) -> Sheet:
        """A staff tab, by the workbook's key and the schema's title."""
        return open_sheet(self.desks[workbook], workbook, tab)

    def rows_of(self, workbook: str, sheet: Sheet) -> dict[str, int]:
        """World key → row, as built (before any row has moved)."""
        return {t.key: t.row for t in self.truth if (t.workbook, t.tab) == (workbook, sheet.title) and t.key}

    def say(self, text: str) -> None:
        """Note what was done."""
        self.said.append(text)


PLAYS: tuple[Callable[[Week], None], ...] = (
    # What needs rows to stand where they were built comes first, then new rows, then what moves rows.
    week_answers.answer_questions,
    week_answers.undo_wrong_merges,
    week_answers.settle_problems,
    week_rows.visits_happened,
    week_rows.events_happened,
    week_rows.progress_was_made,
    week_hands.copied_a_row,
    week_hands.wiped_ids,
    week_hands.typed_in_built_tabs,
    week_rows.write_down_the_week,
    week_rows.plan_a_clash,
    week_rows.met_new_employers,
    week_rows.pledges_signed,
    week_hands.climbed_the_ladder,
    week_hands.renamed_headings,
    week_hands.deleted_rows,
    week_hands.sorted_tabs,
)


def week_of_edits(
    folder: Path, *, seed: int | None = None, desks: Mapping[str, Desk] | None = None
) -> list[str]:
    """Play a week on the workbooks of a demo, after its first night; returns what was done, in words.

    seed: of the week's chances; the demo's own if None. desks: workbooks that are not in the folder, by key.
    Raises UsageError if folder holds no demo.
    """
    world_seed, today = marked(folder)
    given = desks or {}
    desks = {key: given.get(key) or Desk(folder / f"{key}.xlsx") for key in ("hub", *AGENCIES)}
    world = make_world(world_seed, today)
    rng = stream(world_seed if seed is None else seed, "week")
    truth = tuple(_with_ids(read_truth(folder), desks))
    write_truth(folder, truth)
    week = Week(world, folder, first_night_of(today), rng, truth, desks)
    for play in PLAYS:
        play(week)
    for desk in desks.values():
        desk.save()
    return week.said


def _with_ids(truth: tuple[TruthRow, ...], desks: Mapping[str, Desk]) -> Iterator[TruthRow]:
    """The truth with the Record IDs that the first night gave, where the workbook shows them."""
    texts = {(w, tab): desks[w].texts(tab) for w, tab in {(t.workbook, t.tab) for t in truth}}
    for row in truth:
        cells = texts[row.workbook, row.tab]
        found = [cell for cell in cells[row.row - 1] if is_record_id(cell)] if row.row <= len(cells) else []
        yield replace(row, record_id=found[0]) if found else row
