"""Head-counts in people's words ("circa 50", "50+", "<10", "1-10") and the size bands of the ONS."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from engage.register.reading import Reading, unreadable
from engage.register.text import squash

# Office for National Statistics, UK business: employment size bands; and the classes micro to large.
BANDS = (
    (0, 4, "0-4"), (5, 9, "5-9"), (10, 19, "10-19"), (20, 49, "20-49"), (50, 99, "50-99"),
    (100, 249, "100-249"), (250, 499, "250-499"), (500, 999, "500-999"), (1000, None, "1000+"),
)  # fmt: skip
CLASSES = ((0, 9, "micro"), (10, 49, "small"), (50, 249, "medium"), (250, None, "large"))
NOT_SURE = "not sure"

_NUMBER = r"([0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]{1,7}(?:\.[0-9]+)?)\s*(k\b)?"
_ABOUT = r"(?:(?:circa|about|approx(?:imately)?\.?|around|roughly|nearly|est(?:imated)?\.?|c\.?a?\.?|~)\s*)?"
_UNIT = (
    r"(?:\s*\(?(?:f\.?t\.?e\.?s?|full[- ]time(?: equivalents?)?|staff|employees?|people|persons?|ees|heads?"
    r"|workers?|in all|in total|total|locally|on site|here)\)?)*"
)
_EXACT = re.compile(rf"{_ABOUT}{_NUMBER}{_UNIT}\s*(?:approx(?:imately)?\.?|ish|or so)?{_UNIT}")
_RANGE = re.compile(rf"{_ABOUT}(?:between\s+)?{_NUMBER}\s*(?:-|to|/|and)\s*{_NUMBER}{_UNIT}")
_OPEN = re.compile(
    rf"{_NUMBER}\s*(?:\+|plus|or more|and over|and above){_UNIT}|(?:at least|min\.?)\s*{_NUMBER}{_UNIT}"
)
_OVER = re.compile(rf"(?:>|over|more than|above)\s*{_NUMBER}\+?{_UNIT}")
_UNDER = re.compile(rf"(?:<|under|fewer than|less than|below)\s*{_NUMBER}{_UNIT}")
_UP_TO = re.compile(rf"(?:<=|up to|max\.?|at most)\s*{_NUMBER}{_UNIT}")
_MEANINGS: tuple[tuple[re.Pattern[str], Callable[[int, int], tuple[int, int | None]]], ...] = (
    (_EXACT, lambda count, _: (count, count)),
    (_RANGE, lambda low, high: (low, high)),
    (_OPEN, lambda low, _: (low, None)),
    (_OVER, lambda count, _: (count + 1, None)),
    (_UNDER, lambda count, _: (0, count - 1)),
    (_UP_TO, lambda count, _: (0, count)),
)
_WORDS = {"micro": (0, 9), "small": (10, 49), "medium": (50, 249), "large": (250, None), "sme": (0, 249)}
_AS_DATE = re.compile(r"[0-9]{4}-([0-9]{2})-([0-9]{2})")


@dataclass(frozen=True, slots=True)
class Size:
    """A head-count as understood: low to high people, high None if open, both None if unreadable."""

    low: int | None = None
    high: int | None = None

    @property
    def known(self) -> bool:
        """Whether anything could be read."""
        return self.low is not None

    @property
    def band(self) -> str:
        """The ONS band that all of it lies in; "not sure" across bands, "" if unreadable."""
        return self._within(BANDS)

    @property
    def size_class(self) -> str:
        """micro, small, medium or large if all of it is one; "not sure" across them, "" if unreadable."""
        return self._within(CLASSES)

    def _within(self, parts: tuple[tuple[int, int | None, str], ...]) -> str:
        if self.low is None:
            return ""
        for low, high, name in parts:
            if low <= self.low and (
                high is None or (self.low <= high and self.high is not None and self.high <= high)
            ):
                return name
        return NOT_SURE

    def __str__(self) -> str:
        if self.low is None:
            return ""
        if self.high is None:
            return f"{self.low}+"
        return str(self.low) if self.low == self.high else f"{self.low}-{self.high}"


@lru_cache(maxsize=65536)
def size_of(text: str) -> Size:
    """What a head-count in words means; an unknown Size if it cannot be read."""
    words = squash(text).casefold().strip(" .;")
    if words in _WORDS:
        return Size(*_WORDS[words])
    for pattern, meaning in _MEANINGS:
        if match := pattern.fullmatch(words):
            counts = [_count(match, group) for group in range(1, pattern.groups, 2) if match[group]]
            low, high = meaning(counts[0], counts[-1])
            return Size(low, high) if high is None or low <= high else Size()
    return Size()


def _count(match: re.Match[str], group: int) -> int:
    return int(float(match[group].replace(",", "")) * (1000 if match[group + 1] else 1))


def size_band(text: str) -> str:
    """The ONS band of a head-count in words: "50-99"; "not sure" across bands; "" if unreadable."""
    return size_of(text).band


@lru_cache(maxsize=65536)
def read_size(text: str) -> Reading:
    """A head-count as "50", "10-49" or "50+"; "1-10" that became a date is suggested back."""
    size = size_of(text)
    if size.known:
        return Reading(str(size))
    if match := _AS_DATE.match(squash(text)):
        month, day = int(match[1]), int(match[2])
        what = "The spreadsheet has turned this number of employees into a date."
        meant = f"{day} to {month}" if day < month else ""
        return unreadable("size-as-date", what, "Type it with a word, like 1 to 10.", meant)
    what = "We cannot read a number of employees in this."
    return unreadable("bad-size", what, "Type a number, or something like circa 50, 10-20 or 50+.")
