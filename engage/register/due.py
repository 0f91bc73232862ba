"""Start and due dates in people's own words: "By end of March 08", "May 2008 ongoing", "Nov - April 2008"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from engage.register.dates import DateSpan, find_dates, nearest_year
from engage.register.refs import meant_ref
from engage.register.text import squash

_ONGOING = re.compile(
    r"\bon[- ]?going\b|\bcontinu(?:ous|al|ing)(?:ly)?\b|\brolling\b|\bthroughout\b|\bonwards?\b"
)
_DONE = re.compile(r"\b(?:done|completed?|achieved|finished)\b")
_NOT_DONE = re.compile(
    r"(?:\bnot(?: yet)?|\bto be|\bwill be|\bto|%|\bpart(?:ly|ially)?|\buntil|\bwhen|\bonce|\bnearly|\balmost)"
    r"\s+(?:be\s+)?(?:done|completed?|achieved|finished)\b"
)
_FROM = re.compile(r"\b(?:from|starting|starts?|since|after|commencing|beginning)\b")
_BETWEEN = re.compile(r"\s*(?:-|to|until|till|through|and|up to)\s*")
_YEARS = re.compile(r"(?<![0-9/.-])(20[0-9]{2}) ?[/-] ?(?:20)?([0-9]{2})(?![0-9/.-])")
_QUARTER = re.compile(r"\b(?:q[1-4]|quarter [1-4]|[1-4](?:st|nd|rd|th) quarter|[1-4]q)\b")
_SEASON = re.compile(r"\b(?:spring|summer|autumn|winter|christmas|easter|term|half[- ]term|early|mid|late)\b")


@dataclass(frozen=True, slots=True)
class DueDate:
    """A cell of start or due dates as understood. start, due: ISO, "" unknown.

    A month alone is its first day as a start and its last as a due date. ongoing: it has no end, so it is
    never overdue. done: the cell says that the action is finished. ask: a person should say what is meant;
    note: why, or what was assumed. suggestion: a date that may be meant.
    """

    start: str = ""
    due: str = ""
    ongoing: bool = False
    done: bool = False
    ask: bool = False
    note: str = ""
    suggestion: str = ""


@lru_cache(maxsize=65536)
def read_due(text: str, *, today: date | None = None) -> DueDate:
    """What a person meant by a start or due date. today: only to suggest a year where none is typed.

    "As 3.3.b" is blank here: it means what another action says."""
    words = squash(text).casefold().strip(" .,;")
    if not words or meant_ref(text):
        return DueDate()
    done = bool(_DONE.search(_NOT_DONE.sub("", words)))
    read = _read_years(words) or _read_spans(words, list(find_dates(words)), today)
    read = replace(read, ongoing=bool(_ONGOING.search(words)), done=done)
    if not read.start and not read.due and not read.note:
        said = read.ongoing or done
        return read if said else replace(read, ask=True, note="We cannot read a date in this.")
    return read


def _read_years(words: str) -> DueDate | None:
    """ "2025/26" by itself or in a text: a financial year, unless somebody says otherwise."""
    years = _YEARS.search(words)
    if years is None or int(years[2]) != (int(years[1]) + 1) % 100:
        return None
    begin = int(years[1])
    note = f"Read as the financial year April {begin} to March {begin + 1}."
    if _QUARTER.search(words):
        return DueDate(ask=True, note="Which months this quarter is, depends on when the year begins.")
    return DueDate(f"{begin}-04-01", f"{begin + 1}-03-31", ask=True, note=note)


def _read_spans(words: str, spans: list[DateSpan], today: date | None) -> DueDate:
    if any(not span.exists for span in spans):
        return DueDate(ask=True, note="There is no such day in the calendar.")
    if len(spans) == 2 and (period := _read_period(words, *spans)):
        return period
    dated = [span for span in spans if span.year]
    if not dated:
        return _without_year(spans, today)
    if len(dated) > 1:
        last = max(dated, key=lambda span: span.last)
        return DueDate(
            "", last.last.isoformat(), ask=True, note="There are several dates; we take the last one."
        )
    return _read_one(words, dated[0])


def _read_period(words: str, begin: DateSpan, end: DateSpan) -> DueDate | None:
    """Two dates with a dash or "to" between: the first may leave its year to the second."""
    if not _BETWEEN.fullmatch(words[begin.end : end.begin]) or not end.year:
        return None
    if begin.year:
        year = begin.year
    elif begin.month:
        year = end.year - (1 if (begin.month, begin.day) > (end.month, end.day or 31) else 0)
    else:
        return None
    start = replace(begin, year=year)
    if not start.exists or start.first > end.last:
        return DueDate(ask=True, note="The end comes before the beginning.")
    weak = not (begin.month and end.month)
    note = "A month is missing, so we take whole years." if weak else ""
    return DueDate(start.first.isoformat(), end.last.isoformat(), ask=weak, note=note)


def _read_one(words: str, span: DateSpan) -> DueDate:
    """One date: by itself it may be a start or an end; words around it say which."""
    rest = words[: span.begin] + words[span.end :]
    start, due = span.first.isoformat(), span.last.isoformat()
    if _QUARTER.search(rest) or _SEASON.search(rest):
        return DueDate(ask=True, note="A season or a quarter may be any of several months.")
    if not span.month:
        weak = not re.search(r"\bend\b", rest)
        return DueDate(
            start if weak else "",
            due,
            ask=weak,
            note=f"Only the year is typed, so we read it as the whole of {span.year}." if weak else "",
        )
    if _FROM.search(rest):
        return DueDate(start=start)
    return DueDate("" if rest.strip(" .,;/()-") else start, due)


def _without_year(spans: list[DateSpan], today: date | None) -> DueDate:
    if not spans:
        return DueDate()
    span, suggestion = spans[0], ""
    if today and len(spans) == 1:
        suggestion = nearest_year(span, today) if span.day else _next_month_end(span, today)
    return DueDate(
        ask=True, note="No year is typed, so we cannot say which day this is.", suggestion=suggestion
    )


def _next_month_end(span: DateSpan, today: date) -> str:
    """The last day of a month without a year, the next one to come."""
    year = today.year + (1 if span.month < today.month else 0)
    return replace(span, year=year).last.isoformat()
