"""Weeks, quarters and the ways of writing a day: Monday to Sunday, and a label that says which year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import ClassVar, Protocol

YEAR_STARTS = {"financial": 4, "academic": 8, "academic-september": 9, "calendar": 1}
YEAR_WORDS = {name: name for name in YEAR_STARTS} | {"academic-september": "academic, from September"}


class Period(Protocol):
    """Days in a row that have a name: a week, a month, a quarter, a year.

    label: its short name. words: its dates in words. unit: "week". back: the one that many before.
    """

    @property
    def first(self) -> date: ...  # noqa: D102
    @property
    def last(self) -> date: ...  # noqa: D102
    @property
    def label(self) -> str: ...  # noqa: D102
    @property
    def words(self) -> str: ...  # noqa: D102
    @property
    def unit(self) -> str: ...  # noqa: D102
    def back(self, periods: int, /) -> Period: ...  # noqa: D102
    def __contains__(self, day: date | None) -> bool: ...


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """A Monday-to-Sunday week, named by its Monday."""

    monday: date

    unit: ClassVar[str] = "week"

    @property
    def first(self) -> date:
        """Its Monday."""
        return self.monday

    @property
    def last(self) -> date:
        """Its Sunday."""
        return self.monday + timedelta(days=6)

    @property
    def label(self) -> str:
        """ISO week: "2026-W47"."""
        return self.monday.strftime("%G-W%V")

    @property
    def words(self) -> str:
        """Its dates, no more said than needed: "16 to 22 November 2026"."""
        return span_words(self.first, self.last)

    def back(self, weeks: int) -> Week:
        """The week that many weeks before."""
        return Week(self.monday - timedelta(weeks=weeks))

    def __contains__(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month, named by its first day. Asked the same questions as a week."""

    first: date

    unit: ClassVar[str] = "month"

    @property
    def last(self) -> date:
        """Its last day."""
        return month_of(self.first + timedelta(days=31)).first - timedelta(days=1)

    @property
    def label(self) -> str:
        """ "2026-11"."""
        return f"{self.first:%Y-%m}"

    @property
    def words(self) -> str:
        """ "November 2026"."""
        return f"{self.first:%B %Y}"

    def back(self, months: int) -> Month:
        """The month that many months before."""
        year, month = divmod(self.first.year * 12 + self.first.month - 1 - months, 12)
        return Month(date(year, month + 1, 1))

    def __contains__(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last


def month_of(day: date) -> Month:
    """The month that holds a day."""
    return Month(day.replace(day=1))


def last_complete_month(today: date) -> Month:
    """The last month that had ended before today began."""
    return month_of(today).back(1)


def weeks_of(period: Period) -> tuple[Week, ...]:
    """The weeks that begin in a period, oldest first."""
    monday = period.first + timedelta(days=-period.first.weekday() % 7)
    return tuple(Week(monday + timedelta(days=at)) for at in range(0, (period.last - monday).days + 1, 7))


def week_of(day: date) -> Week:
    """The week that holds a day."""
    return Week(day - timedelta(days=day.weekday()))


def last_complete_week(today: date) -> Week:
    """The last week that had ended before today began."""
    return week_of(today).back(1)


def week_named(label: str) -> Week:
    """The week of an ISO label ("2026-W47"). Raises ValueError."""
    year, _, number = label.upper().partition("-W")
    return Week(date.fromisocalendar(int(year), int(number), 1))


def period_named(label: str) -> Period:
    """The week or month of a label ("2026-W47", "2026-11"). Raises ValueError."""
    if re.fullmatch(r"\d{4}-\d{1,2}", label):
        year, month = label.split("-")
        return Month(date(int(year), int(month), 1))
    return week_named(label)


def read_day(text: object) -> date | None:
    """The day that an ISO text stands for; None if it is blank or no day."""
    return text if isinstance(text, date) else _iso_day(str(text)[:10])


@lru_cache(maxsize=16384)  # forty years
def _iso_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def year_name(day: date, year: str = "financial") -> str:
    """The year that holds a day: "2026/27"; the calendar's "2026"."""
    start = YEAR_STARTS[year]
    first = day.year if day.month >= start else day.year - 1
    return str(first) if start == 1 else f"{first}/{(first + 1) % 100:02d}"


def quarter_label(day: date, year: str = "financial") -> str:
    """The quarter of a day, saying which kind of year: "2026/27 Q3 (financial)", "2026 Q4 (calendar)"."""
    quarter = (day.month - YEAR_STARTS[year]) % 12 // 3 + 1
    return f"{year_name(day, year)} Q{quarter} ({YEAR_WORDS[year]})"


@lru_cache(maxsize=4096)
def day_words(day: date) -> str:
    """A day as people say it: "Tuesday 17 November"."""
    return f"{day:%A} {day.day} {day:%B}"


@lru_cache(maxsize=4096)
def short_day(day: date) -> str:
    """A day in few letters: "17 Nov 2026"."""
    return f"{day.day} {day:%b} {day.year}"


@lru_cache(maxsize=4096)
def long_day(day: date) -> str:
    """A day in full: "17 November 2026"."""
    return f"{day.day} {day:%B} {day.year}"


def british(text: str) -> str:
    """A cell's ISO day as people write it, "17/11/2026"; any other text as it is."""
    day = read_day(text) if len(text) == len("2026-11-17") else None
    return f"{day:%d/%m/%Y}" if day else text


def moment_words(text: str) -> str:
    """An ISO minute in a sentence, "17 November 2026, 02:30"; a text that is none as it is."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return f"{long_day(moment)}, {moment:%H:%M}"


def span_words(first: date, last: date) -> str:
    """Two days as one span: "30 November to 6 December 2026"."""
    if first.year != last.year:
        return f"{first.day} {first:%B} {first.year} to {last.day} {last:%B} {last.year}"
    if first.month != last.month:
        return f"{first.day} {first:%B} to {last.day} {last:%B} {last.year}"
    return f"{first.day} to {last.day} {last:%B} {last.year}"
