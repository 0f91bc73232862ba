"""Dates as people type them, day first: "3/9/26", "03.09.25", "3rd Sept 2026", "Mon 14 May 08"."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from engage.register.reading import Reading, unreadable
from engage.register.text import squash

_MONTH_NAMES = "january february march april may june july august september october november december"
MONTHS = {name[:3]: number for number, name in enumerate(_MONTH_NAMES.split(), start=1)}
_MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_YEAR = r"'?(?P<{0}>(?:19|20)[0-9]{{2}}|[0-9]{{2}})(?![0-9])"
_DAY = r"(?P<{0}>[0-9]{{1,2}})"
_PATTERN = re.compile(
    "|".join(
        (
            r"(?<![0-9])(?P<iy>(?:19|20)[0-9]{2})[-/.](?P<im>[0-9]{1,2})[-/.](?P<id>[0-9]{1,2})(?![0-9])"
            r"(?:[ t][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?z?)?",
            rf"(?<![0-9]){_DAY.format('nd')}(?P<sep>[/.-])(?P<nm>[0-9]{{1,2}})(?P=sep){_YEAR.format('ny')}",
            rf"(?<![0-9]){_DAY.format('wd')}(?:st|nd|rd|th)?(?:\s+of)?[\s-]*{_MONTH.format('wm')}"
            rf"(?:\s*,?\s*|-){_YEAR.format('wy')}",
            rf"\b{_MONTH.format('am')}\s*{_DAY.format('ad')}(?:st|nd|rd|th)?(?:,\s*|\s+)(?P<ay>(?:19|20)[0-9]{{2}})\b",
            rf"(?<![0-9]){_DAY.format('dd')}(?:st|nd|rd|th)?(?:\s+of)?[\s-]*{_MONTH.format('dm')}",
            rf"\b{_MONTH.format('mm')}(?:\s*,?\s*|[/-]){_YEAR.format('my')}(?!\s*(?:st|nd|rd|th)\b)",
            rf"\b{_MONTH.format('om')}",
            r"(?<![0-9/.-])(?P<sm>0?[1-9]|1[0-2])[/-](?P<sy>(?:19|20)[0-9]{2})(?![0-9/.-])",
            r"(?<![0-9/.-])(?P<bd>[0-9]{1,2})[/.](?P<bm>[0-9]{1,2})(?![0-9/.-])",
            r"(?<![0-9/.-])(?P<yy>(?:19|20)[0-9]{2})(?![0-9/.-]|\s*\+)",
        )
    )
)
_WEEKDAY = re.compile(r"\b(?:mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs|ur)?(?:day)?\b[\s,.]*")
FIRST_YEAR, LAST_YEAR = 1950, 2100
# Day 1 of a spreadsheet's calendar; serials from 1982 to 2064 are taken for dates that lost their format.
_EPOCH = date(1899, 12, 30)
_SERIALS = range(30000, 60001)


@dataclass(frozen=True, slots=True)
class DateSpan:
    """One date found in a text. 0 stands for a part that is not said; begin, end: where it stands."""

    year: int
    month: int
    day: int
    begin: int
    end: int

    @property
    def first(self) -> date:
        """Its first day. Raises ValueError if there is no such day."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """Its last day. Raises ValueError if there is no such day."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    @property
    def exists(self) -> bool:
        """Whether the calendar has such a day, as far as it is said."""
        try:
            date(self.year or 2000, self.month or 1, self.day or 1)
        except ValueError:
            return False
        return True


def find_dates(text: str) -> Iterator[DateSpan]:
    """Every date in a lower-case text, in order: full ones, months, years, days without a year."""
    for match in _PATTERN.finditer(text):
        said = {name[1]: part for name, part in match.groupdict().items() if part and name != "sep"}
        month = said.get("m", "0")
        number = MONTHS.get(month[:3]) or int(month)
        yield DateSpan(_full_year(said.get("y", "")), number, int(said.get("d", 0)), *match.span())


def _full_year(text: str) -> int:
    """Two digits are of this century up to 69."""
    if len(text) != 2:
        return int(text or 0)
    return int(text) + (2000 if int(text) < 70 else 1900)


@lru_cache(maxsize=65536)
def read_date(text: str, *, today: date | None = None) -> Reading:
    """One day as ISO text. today: only to suggest the year where none is typed, the nearest one.

    A month or a year alone, a day without a year and a bare serial number are asked about, not guessed.
    """
    words = _WEEKDAY.sub("", squash(text).casefold()).strip(" .,")
    spans = list(find_dates(words))
    if len(spans) != 1 or (spans[0].begin, spans[0].end) != (0, len(words)):
        return _no_single_date(words, spans)
    span = spans[0]
    if not span.exists:
        what = "There is no such day in the calendar."
        return unreadable("impossible-date", what, "Type the day that is meant.", _month_first(span))
    if span.year and span.month and span.day:
        return _checked_year(span.first)
    return _part_of_date(span, today)


def _checked_year(day: date) -> Reading:
    if FIRST_YEAR <= day.year <= LAST_YEAR:
        return Reading(day.isoformat())
    return unreadable("impossible-date", f"The year {day.year} cannot be right.", "Put the year right.")


def _part_of_date(span: DateSpan, today: date | None) -> Reading:
    if not span.year:
        what = "No year is typed, so we cannot say which day this is."
        meant = nearest_year(span, today) if today and span.day else ""
        return unreadable("date-without-year", what, "Type the date with its year.", meant)
    if span.month:
        remedy = "Type the day, or the first of the month if you do not know it."
        return unreadable("date-without-day", "Only the month is typed.", remedy, span.first.isoformat())
    return unreadable("date-without-day", "Only the year is typed.", "Type the day and the month too.")


def _no_single_date(words: str, spans: list[DateSpan]) -> Reading:
    if re.fullmatch("[0-9]{5}", words) and int(words) in _SERIALS:
        what = "This is a number; it looks like a date whose cell lost its date format."
        meant = (_EPOCH + timedelta(days=int(words))).isoformat()
        return unreadable("date-as-number", what, "Type the date, and format the column as a date.", meant)
    full = [span for span in spans if span.exists and span.year and span.month and span.day]
    suggestion = full[0].first.isoformat() if len(spans) == 1 and full else ""
    return unreadable("bad-date", "We cannot read this as one date.", "Type it like 03/09/2026.", suggestion)


def _month_first(span: DateSpan) -> str:
    """What an impossible day is if the month was typed first, as some programs do; "" if that fails too."""
    swapped = DateSpan(span.year, span.day, span.month, 0, 0)
    if not span.year or span.month <= 12 or not swapped.exists:
        return ""
    return swapped.first.isoformat()


def nearest_year(span: DateSpan, today: date) -> str:
    """A day without a year, in the year that brings it nearest to today (ISO); "" for 29 February."""
    try:
        days = [date(today.year + shift, span.month, span.day) for shift in (-1, 0, 1)]
    except ValueError:
        return ""
    return min(days, key=lambda day: abs(day - today)).isoformat()
