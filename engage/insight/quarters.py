"""Quarters and years as a partnership counts them, and the labels that say which year it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from engage.insight.weeks import YEAR_STARTS, YEAR_WORDS, quarter_label, span_words, year_name

MONTHS = {"quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """A quarter or a year, named by its first day. unit: "quarter" or "year". year: which kind of year, as in
    engage.toml. Asked the same questions as a week."""

    first: date
    unit: str
    year: str = "financial"

    @property
    def last(self) -> date:
        """Its last day."""
        return _months_after(self.first, MONTHS[self.unit]) - timedelta(days=1)

    @property
    def label(self) -> str:
        """ "2026/27 Q2 (financial)", "2026/27 (financial)"."""
        if self.unit == "quarter":
            return quarter_label(self.first, self.year)
        return f"{year_name(self.first, self.year)} ({YEAR_WORDS[self.year]})"

    @property
    def words(self) -> str:
        """Its dates: "1 July to 30 September 2026"."""
        return span_words(self.first, self.last)

    def back(self, periods: int) -> Stretch:
        """The quarter or year that many before."""
        return Stretch(_months_after(self.first, -MONTHS[self.unit] * periods), self.unit, self.year)

    def __contains__(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last


def _months_after(first: date, months: int) -> date:
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, 1)


def quarter_of(day: date, year: str = "financial") -> Stretch:
    """The quarter that holds a day."""
    into = (day.month - YEAR_STARTS[year]) % 3
    return Stretch(_months_after(day.replace(day=1), -into), "quarter", year)


def year_of(day: date, year: str = "financial") -> Stretch:
    """The year that holds a day."""
    into = (day.month - YEAR_STARTS[year]) % 12
    return Stretch(_months_after(day.replace(day=1), -into), "year", year)


def year_named(label: str, year: str = "financial") -> Stretch:
    """The year of "2026/27" ("2026" if it is the calendar's). Raises ValueError."""
    found = re.fullmatch(r"(\d{4})(?:[/-](\d{2}))?", label.strip())
    if found is None:
        raise ValueError(label)
    first = int(found[1])
    second = f"{(first + 1) % 100:02d}"
    if (found[2] or "") != ("" if YEAR_STARTS[year] == 1 else second):
        raise ValueError(label)
    return Stretch(date(first, YEAR_STARTS[year], 1), "year", year)


def quarter_named(label: str, year: str = "financial") -> Stretch:
    """The quarter of "2026/27-Q2" ("2026-Q2" if the year is the calendar's). Raises ValueError."""
    found = re.fullmatch(r"(.+?)[ -]Q([1-4])", label.strip().upper())
    if found is None:
        raise ValueError(label)
    whole = year_named(found[1], year)
    return Stretch(_months_after(whole.first, 3 * (int(found[2]) - 1)), "quarter", year)
