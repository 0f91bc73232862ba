"""An agency's workbook is another file now, or stands in another account: is it really the same one?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from engage.accepting import place_written
from engage.cache import Cache
from engage.config import HUB, Config, Home
from engage.config_writing import write_workbook
from engage.errors import UsageError
from engage.model import Snapshot
from engage.night import home_of
from engage.schema import Schema
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
    """state: what is remembered of the old file; if that is nothing, the new one's own memory is asked."""
    tab = new.tab(TAB)
    ids = _ids(state, workbook) or (_ids(decode(tab.rows, workbook), workbook) if tab else set())
    there = {cell for tab in new.tabs if tab.title != TAB for row in tab.rows for cell in row if cell in ids}
    return Compared(len(ids), len(there), owner_of(tab.rows) if tab else "")


def _ids(state: State, workbook: str) -> set[str]:
    return {key for key, past in state.records.items() if past.workbook == workbook and not past.gone}


def typed_since(old: Snapshot, new: Snapshot, schema: Schema) -> Mapping[str, int]:
    """Staff tab → rows of the old file that do not stand in the new one as they do there.

    They were typed after it was copied, or changed in one of the two since.
    """
    left: Counter[str] = Counter()
    for tab in old.tabs:
        spec = schema.tabs.get(tab.title)
        if tab.title != TAB and (spec is None or spec.kind != "built"):
            there = new.tab(tab.title)
            rows = Counter(map(_filled, there.rows)) if there else Counter[tuple[str, ...]]()
            left[tab.title] += (Counter(filter(None, map(_filled, tab.rows))) - rows).total()
    return {title: count for title, count in left.items() if count}


def _filled(row: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(cell for cell in row if cell)


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


def who_moves(config: Config, owner: str, compared: Compared) -> tuple[str, ...]:
    """ "hub", or the agencies whose workbook it is from now on: all that keep rows in it.

    One of them alone would leave a copy to be read beside its original. Raises UsageError if the file is
    somebody else's workbook, or not the whole of that one.
    """
    key = home_of(config, owner)
    if compared.memory not in ("", key):
        raise UsageError(
            f'by its hidden tab {TAB}, this is the workbook "{compared.memory}", or a copy of it',
            fix="name the agency's own file",
        )
    source = next(one for one in config.sources if one.key == key)
    names = (owner,) if owner == HUB else tuple(one.name for one in source.agencies)
    if len(names) > 1 and compared.memory != key:
        raise UsageError(
            f"{' and '.join(names)} keep their rows in one workbook, and this is not that one as a whole",
            fix=f"move or copy it with all its tabs, {TAB} too",
        )
    return names


def check_free(config: Config, owner: str, home: Home) -> None:
    """Raise UsageError if owner has no workbook of its own, or this one is read for somebody else."""
    if owner != HUB and home_of(config, owner) == HUB:
        raise UsageError(
            f"{owner} has no workbook of its own: its rows are in the hub",
            fix=f'engage agency join "{owner}" WORKBOOK gives it one',
        )
    key = home_of(config, owner)
    place = home.resolve() if isinstance(home, Path) else home
    other = next((one for one in config.sources if one.workbook == place and one.key != key), None)
    if other is not None:
        whose = ", ".join(one.name for one in other.agencies)
        words = "the hub" if other.key == HUB else f"the workbook of {whose} already"
        raise UsageError(f"this is {words}", fix="name the file that it is now")


def move(config: Config, owner: str, home: Home, compared: Compared) -> tuple[str, ...]:
    """Write the new place into engage.toml. owner: "hub", or an agency's name; its workbook stays as it is.

    Returns whom it was written for. Raises UsageError for somebody else's workbook, ConfigError if the
    result could not be read.
    """
    check_free(config, owner, home)
    moved = who_moves(config, owner, compared)
    write_workbook(config.path, place_written(home, config.path.parent), *moved)
    return moved
