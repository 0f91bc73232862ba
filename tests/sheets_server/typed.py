"""USER_ENTERED: what a text becomes when somebody types it into a cell."""

from __future__ import annotations

import datetime as dt
import re

from .cells import Formula, Json
from .formats import MONTHS, serial
from .locales import Locale

ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T](\d{1,2}:\d{2}(?::\d{2})?))?")
NUMERIC = re.compile(r"(\d{1,4})([/.-])(\d{1,2})\2(\d{1,4})(?: (\d{1,2}:\d{2}(?::\d{2})?))?")
WORDED = re.compile(r"(\d{1,2})([ -])([A-Za-z]{3,9})\.?\2(\d{4}|\d{2})")
US_WORDED = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2}), (\d{4})")
CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?(?: ?([ap])\.?m\.?)?", re.IGNORECASE)
Typed = tuple[str | bool | int | float | Formula | None, Json | None]
"""The value, and the number format that the cell takes on with it (None keeps what it has)."""


def typed(text: str, locale: Locale, today: dt.date) -> Typed:  # noqa: PLR0911  # one line a case
    """The value and number format of a typed text."""
    if text == "":
        return None, None
    if text.startswith("'"):
        return text[1:] or None, None
    if text.startswith("=") and len(text) > 1:
        return Formula(text), None
    bare = text.strip()
    if bare.upper() in {"TRUE", "FALSE"}:
        return bare.upper() == "TRUE", None
    found = _number(bare, locale) or _date(bare, locale, today) or _clock(bare)
    if found is not None:
        return found
    if text[0] == "+" and len(text) > 1:
        return Formula("=" + text), None
    return text, None


def _number(text: str, locale: Locale) -> Typed | None:
    comma, point = re.escape(locale.thousands), re.escape(locale.decimal)
    money = r"(?P<money>[£$€])?\s?"
    pattern = (
        rf"(?P<sign>[+-])?\s?{money}(?P<whole>\d{{1,3}}(?:{comma}\d{{3}})+|\d*)(?:{point}(?P<part>\d*))?"
        r"(?:[eE](?P<power>[+-]?\d+))?\s?(?P<tail>%|€)?"
    )
    found = re.fullmatch(pattern, text)
    if not found or not (found["whole"] or found["part"]):
        return None
    if found["sign"] == "+" and found["money"]:
        return None
    grouped = locale.thousands in found["whole"]
    digits = found["whole"].replace(locale.thousands, "") or "0"
    number = _as_number(digits, found["part"], found["power"])
    if number == float("inf"):
        return None
    number = -number if found["sign"] == "-" else number
    return _with_format(number, found, grouped)


def _as_number(whole: str, part: str | None, power: str | None) -> int | float:
    value = float(f"{whole}.{part or 0}e{power or 0}")
    if value == float("inf"):
        return value
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def _with_format(number: int | float, found: re.Match[str], grouped: bool) -> Typed:
    places = "0.00" if found["part"] else "0"
    if found["tail"] == "%":
        value = number / 100
        return value, {"type": "PERCENT", "pattern": f"{places}%"}
    money = found["money"] or found["tail"]
    if money:
        return number, {"type": "CURRENCY", "pattern": f'"{money}"#,##{places}'}
    if found["power"]:
        return number, {"type": "SCIENTIFIC", "pattern": "0.00E+00"}
    return number, {"type": "NUMBER", "pattern": f"#,##{places}"} if grouped else None


def _date(text: str, locale: Locale, today: dt.date) -> Typed | None:
    found = ISO.fullmatch(text)
    if found:
        return _dated(found[1], found[2], found[3], "yyyy-mm-dd", found[4])
    found = NUMERIC.fullmatch(text)
    if found:
        parts = dict(zip(locale.order, (found[1], found[3], found[4]), strict=True))
        if len(found[1]) == 4:
            parts = {"y": found[1], "m": found[3], "d": found[4]}
        return _dated(parts["y"], parts["m"], parts["d"], locale.date, found[5])
    found = WORDED.fullmatch(text)
    if found and (month := _month(found[3])):
        name = "mmm" if len(found[3]) == 3 else "mmmm"
        gap = found[2]
        return _dated(found[4], str(month), found[1], f"d{gap}{name}{gap}yyyy", None)
    found = US_WORDED.fullmatch(text)
    if found and (month := _month(found[1])):
        name = "mmm" if len(found[1]) == 3 else "mmmm"
        return _dated(found[3], str(month), found[2], f"{name} d, yyyy", None)
    return _short_date(text, locale, today)


def _short_date(text: str, locale: Locale, today: dt.date) -> Typed | None:
    """3/4 is a day of this year."""
    found = re.fullmatch(r"(\d{1,2})/(\d{1,2})", text)
    if not found:
        return None
    order = locale.order.replace("y", "")
    parts = dict(zip(order, found.groups(), strict=True))
    return _dated(str(today.year), parts["m"], parts["d"], "/".join(order), None)


def _month(name: str) -> int | None:
    for number, full in enumerate(MONTHS, 1):
        if name.casefold() in {full.casefold(), full[:3].casefold()}:
            return number
    return None


def _dated(year: str, month: str, day: str, pattern: str, clock: str | None) -> Typed | None:
    full_year = int(year) if len(year) == 4 else int(year) + (2000 if int(year) < 30 else 1900)
    if len(year) not in {2, 4}:
        return None
    try:
        days = serial(dt.datetime(full_year, int(month), int(day)))  # noqa: DTZ001  # a cell knows no time zone
    except ValueError:
        return None
    if clock is None:
        return int(days), {"type": "DATE", "pattern": pattern}
    time = _clock(clock)
    if time is None or not isinstance(time[0], float):
        return None
    return days + time[0], {"type": "DATE_TIME", "pattern": f"{pattern} {_clock_pattern(clock)}"}


def _clock(text: str) -> Typed | None:
    found = CLOCK.fullmatch(text)
    if not found:
        return None
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    if found[4]:
        hour = hour % 12 + (12 if found[4].lower() == "p" else 0)
    return (hour * 3600 + minute * 60 + second) / 86400, {"type": "TIME", "pattern": _clock_pattern(text)}


def _clock_pattern(text: str) -> str:
    pattern = "h:mm:ss" if text.count(":") == 2 else "h:mm"
    if re.search(r"[ap]\.?m", text, re.IGNORECASE):
        return pattern + " am/pm"
    return pattern
