"""Whether a workbook's tabs and headings are understood, and its hidden memory can be read. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from engage.config import HUB, Config, Source
from engage.errors import EngageError
from engage.model import Snapshot
from engage.register.read import Source as Whose
from engage.register.read import TabReading, read_workbook
from engage.schema import Schema
from engage.state import TAB as MEMORY
from engage.state import State, decode

from .lines import Line, of_error

MOST_NAMED = 5


def check_headings(
    snapshot: Snapshot, source: Source, config: Config, schema: Schema, part: str, today: date
) -> Iterator[Line]:
    """What of its tabs is read, and which headings are in doubt. snapshot: the top rows will do."""
    readings = read_workbook(snapshot, schema, _whose(source, config), today=today)
    known = [each for each in readings if each.spec is not None and each.header_row]
    for each in readings:
        if each.spec is not None and not each.header_row and _is_expected(each, source):
            yield Line(
                part,
                "look",
                f'the tab "{each.tab.title}" has no row of headings that is understood',
                fix=f"put the headings of {each.spec.title} into its first row (engage schema "
                f'"{each.spec.title}" lists them)',
            )
    if not known:
        yield Line(
            part,
            "wrong",
            "none of its tabs is understood",
            fix="look at it with engage adopt, which says how each tab is read and how to name its headings",
        )
        return
    yield from _doubts(known, part)
    yield Line(part, "ok", f"{_count(len(known), 'tab')} understood{_left(known)}")


def _is_expected(reading: TabReading, source: Source) -> bool:
    """Whether somebody counts on the tab: one that is ours, or that its owner named in engage.toml."""
    named = {title for agency in source.agencies for title, spec in agency.tabs.items() if spec}
    spec = reading.spec
    return reading.tab.title in named or (spec is not None and reading.tab.title == spec.title)


def _whose(source: Source, config: Config) -> Whose:
    tabs = {title: spec for agency in source.agencies for title, spec in agency.tabs.items()}
    headings = {title: named for agency in source.agencies for title, named in agency.headings.items()}
    owner = "" if source.key == HUB else source.agencies[0].name
    return Whose(source.key, owner, tabs, headings, config.country)


def _doubts(known: list[TabReading], part: str) -> Iterator[Line]:
    doubtful = [f'"{heading}" in {each.tab.title}' for each in known for heading in each.doubtful]
    if doubtful:
        more = f" and {len(doubtful) - MOST_NAMED} more" if len(doubtful) > MOST_NAMED else ""
        yield Line(
            part,
            "look",
            f"headings in doubt, so not read: {', '.join(doubtful[:MOST_NAMED])}{more}",
            fix="answer in Problems to fix what each means, or name them in engage.toml "
            "(engage adopt … --accept)",
        )


def _left(known: list[TabReading]) -> str:
    left = sum(1 for each in known for heading in each.unknown if heading.strip())
    return f", {_count(left, 'column')} left alone" if left else ""


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def check_memory(snapshot: Snapshot, key: str, part: str) -> tuple[Line, State | None]:
    """Whether the hidden tab reads as the memory of this very workbook."""
    tab = snapshot.tab(MEMORY)
    if tab is None or len(tab.rows) <= 1:
        return Line(part, "ok", f"its hidden tab {MEMORY} is empty: no sync has run here yet"), None
    try:
        return Line(part, "ok", f"its hidden tab {MEMORY} can be read"), decode(tab.rows, key)
    except EngageError as error:
        return of_error(part, error), None
