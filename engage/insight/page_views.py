"""Views of the pledge page by week, never adding a day to the week that already holds it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from engage.insight.facts import Facts, once_of_rows
from engage.insight.reading import PlainRow, fold, number_in, rows_of
from engage.insight.weeks import Period, Week, read_day, week_of, weeks_of

DayRow = tuple[date, PlainRow]


def views_in(facts: Facts, period: Period, page: str = "") -> int | None:
    """Views of every pledge page; None if nobody has given a figure for it (which is not 0).

    page: only of pages whose name begins so, capitals and spaces apart; "" all of them.

    A longer period's are those of the weeks that begin in it and are over, if all of them are known. A week's
    own row wins over day rows of the same page and week. One figure given twice (same page, day and Came
    from) counts once, the larger one; several Came from of one day are added.
    """
    if isinstance(period, Week):
        return _of_week(facts, period, fold(page))
    counts = [_of_week(facts, week, fold(page)) for week in weeks_of(period) if week.last < facts.today]
    return None if None in counts or not counts else sum(count or 0 for count in counts)


@once_of_rows
def _pages(facts: Facts) -> dict[Week, dict[str, list[DayRow]]]:
    """Week → page, folded → its rows that give a figure."""
    weeks: dict[Week, dict[str, list[DayRow]]] = {}
    for row in rows_of(facts, "Pledge page views"):
        day = read_day(row.get("Date", ""))
        if day is not None and number_in(row.get("Views", "")) is not None:
            weeks.setdefault(week_of(day), {}).setdefault(fold(row.get("Page", "")), []).append((day, row))
    return weeks


def _of_week(facts: Facts, week: Week, page: str) -> int | None:
    known = _pages(facts).get(week, {}).items()
    pages = [_views_of_page(rows) for name, rows in known if name.startswith(page)]
    return sum(pages) if pages else None


def _views_of_page(rows: Sequence[DayRow]) -> int:
    weekly = _weekly(rows)
    if weekly:
        return _added((fold(row.get("Came from", "")), row) for _, row in weekly)
    return _added((f"{day} {fold(row.get('Came from', ''))}", row) for day, row in rows)


def _added(rows: Iterable[tuple[str, PlainRow]]) -> int:
    largest: dict[str, int] = {}
    for key, row in rows:
        largest[key] = max(largest.get(key, 0), number_in(row.get("Views", "")) or 0)
    return sum(largest.values())


def _weekly(rows: Sequence[DayRow]) -> list[DayRow]:
    """The rows that stand for the whole week: those that say so, else a Monday's too big to be a day.

    A Monday row that says neither is the week's if it holds at least the views of all other days together;
    beside no other day it makes no difference which it is.
    """
    said = [(day, row) for day, row in rows if "week" in row.get("Source of figure", "").casefold()]
    if said:
        return said
    silent = [(day, row) for day, row in rows if day.weekday() == 0 and not _says_day(row)]
    others = [(day, row) for day, row in rows if day.weekday() != 0]
    rest = _added((f"{day} {fold(row.get('Came from', ''))}", row) for day, row in others)
    whole = _added((fold(row.get("Came from", "")), row) for _, row in silent)
    return silent if others and silent and whole >= rest else []


def _says_day(row: PlainRow) -> bool:
    source = row.get("Source of figure", "").casefold()
    return "day" in source or "daily" in source
