"""An agency's workbook is another file now, or stands in another account: is it really the same one?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engage.accepting import place_written
from engage.cache import Cache
from engage.config import HUB, Config, Home
from engage.config_writing import write_workbook
from engage.errors import UsageError
from engage.model import Snapshot
from engage.state import TAB, Remembered, State, decode, owner_of


@dataclass(frozen=True, slots=True)
class Compared:
    """The new file beside what is remembered of the old one. known: rows remembered; found: of them, those
    whose Record ID stands in the new file. memory: whose hidden memory it has, "" for none."""

    known: int
    found: int
    memory: str


def remembered(cache: Cache, workbook: str) -> State:
    """What this machine's last readings remember of a workbook's rows: its own memory, and the hub's."""
    records: dict[str, Remembered] = {}
    for name in (HUB, workbook):
        last = cache.last(name)
        tab = last[0].tab(TAB) if last else None
        if tab is not None:
            records.update(decode(tab.rows, name).records)
    return State(records=records)


def compare(new: Snapshot, state: State, workbook: str) -> Compared:
    """state: what is remembered of the old file, in its own _engage or the hub's."""
    ids = {key for key, past in state.records.items() if past.workbook == workbook and not past.gone}
    there = {cell for tab in new.tabs if tab.title != TAB for row in tab.rows for cell in row if cell in ids}
    tab = new.tab(TAB)
    return Compared(len(ids), len(there), owner_of(tab.rows) if tab else "")


def doubts(compared: Compared, workbook: str) -> Iterator[str]:
    """What speaks against it, in sentences."""
    if compared.memory and compared.memory != workbook:
        yield f'By its hidden tab {TAB} it is the workbook "{compared.memory}", or a copy of it.'
    if not compared.memory:
        yield (
            f"It has no hidden tab {TAB}: the next sync takes it for another file, and has to be run with "
            "--allow-deletions. Move the file with all its tabs if you can."
        )
    missing = compared.known - compared.found
    if missing:
        yield f"{missing:,} of {compared.known:,} rows that are remembered are not in it."


def move(config: Config, owner: str, home: Home, compared: Compared) -> None:
    """Write the new place into engage.toml. owner: "hub", or an agency's name; its workbook stays as it is.

    Raises UsageError for somebody else's workbook, ConfigError if the result could not be read.
    """
    key = HUB if owner == HUB else next(one.key for one in config.agencies if one.name == owner)
    if compared.memory not in ("", key):
        raise UsageError(
            f'by its hidden tab {TAB}, this is the workbook "{compared.memory}", or a copy of it',
            fix="name the agency's own file",
        )
    write_workbook(config.path, owner, place_written(home, config.path.parent))
