"""Numbers as a cell shows them: number format patterns, dates counted from 1899-12-30."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import Any

from .cells import CellError, Json, Value
from .locales import Locale

EPOCH = dt.datetime(1899, 12, 30)  # noqa: DTZ001  # a cell knows no time zone
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
DATE_KINDS = {"DATE", "TIME", "DATE_TIME"}
DATE_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|(?P<elapsed>\[[hms]+\])|(?P<half>a/p|am/pm)|(?P<part>y+|m+|d+|h+|s+)'
    r"|(?P<fraction>\.0+)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)


def shown(value: Value, number_format: Json, locale: Locale) -> str:
    """The text that stands in the cell."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, CellError):
        return value.shown
    if value is None:
        return ""
    return _number(value, number_format.get("type", ""), number_format.get("pattern", ""), locale)


@lru_cache(maxsize=65536)
def _number(value: float, kind: str, pattern: str, locale: Locale) -> str:
    pattern = pattern or usual_pattern(kind, locale)
    if kind in DATE_KINDS:
        return _date(value, pattern)
    if not pattern or pattern.casefold() == "general" or kind == "TEXT" or pattern == "@":
        return general(value, locale)
    return _patterned(value, pattern, locale)


def usual_pattern(kind: str, locale: Locale) -> str:
    """The pattern of a format that names its type alone."""
    return {
        "DATE": locale.date,
        "TIME": locale.time,
        "DATE_TIME": f"{locale.date} {locale.time}",
        "PERCENT": "0.00%",
        "NUMBER": "#,##0.00",
        "CURRENCY": locale.currency_pattern,
        "SCIENTIFIC": "0.00E+00",
    }.get(kind, "")


def general(value: float, locale: Locale) -> str:
    """A number without a format: up to ten digits after the point, scientific where very large or small."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    size = abs(value)
    if size >= 1e15 or size < 1e-9:
        mantissa, exponent = f"{value:.5E}".split("E")
        mantissa = mantissa.rstrip("0").rstrip(".")
        text = f"{mantissa}E{exponent[0]}{exponent[1:].lstrip('0').zfill(2)}"
        return text.replace(".", locale.decimal)
    whole_digits = len(str(int(size))) if size >= 1 else 0
    text = f"{value:.{max(0, 10 - whole_digits)}f}".rstrip("0").rstrip(".")
    return text.replace(".", locale.decimal)


def serial(moment: dt.datetime) -> float:
    """A moment as days since 1899-12-30."""
    return (moment - EPOCH) / dt.timedelta(days=1)


def moment(value: float) -> dt.datetime:
    """The moment of a serial number, to the nearest millisecond."""
    return EPOCH + dt.timedelta(milliseconds=round(value * 86_400_000))


def _date(value: float, pattern: str) -> str:
    try:
        when = moment(value)
    except OverflowError:
        return str(value)
    tokens = [(found.lastgroup or "", found.group()) for found in DATE_TOKEN.finditer(pattern)]
    has_half = any(kind == "half" for kind, _ in tokens)
    parts = []
    for at, (kind, text) in enumerate(tokens):
        if kind == "quoted":
            parts.append(text[1:-1])
        elif kind == "escaped":
            parts.append(text[1:])
        elif kind == "elapsed":
            unit = {"h": 24, "m": 1440, "s": 86400}[text[1].lower()]
            parts.append(str(int(value * unit + 1e-6)).zfill(len(text) - 2))
        elif kind == "half":
            parts.append(("AM" if when.hour < 12 else "PM")[: 1 if len(text) == 3 else 2])
        elif kind == "fraction":
            parts.append("." + f"{when.microsecond / 1e6:.{len(text) - 1}f}"[2:])
        elif kind == "part":
            parts.append(_part(text.lower(), when, has_half, _is_minute(tokens, at)))
        else:
            parts.append(text)
    return "".join(parts)


def _is_minute(tokens: list[tuple[str, str]], at: int) -> bool:
    """`m` means minutes next to hours or seconds, months otherwise."""

    def neighbour(step: int) -> str:
        index = at + step
        while 0 <= index < len(tokens):
            kind, text = tokens[index]
            if kind in {"part", "elapsed"}:
                return text.strip("[]")[0].lower()
            index += step
        return ""

    return neighbour(-1) == "h" or neighbour(1) == "s"


def _part(text: str, when: dt.datetime, has_half: bool, is_minute: bool) -> str:
    letter, width = text[0], len(text)
    if letter == "y":
        return f"{when.year % 100:02d}" if width <= 2 else f"{when.year:04d}"
    if letter == "m" and not is_minute:
        name = MONTHS[when.month - 1]
        return {1: str(when.month), 2: f"{when.month:02d}", 3: name[:3], 5: name[0]}.get(width, name)
    if letter == "d":
        name = DAYS[when.weekday()]
        return {1: str(when.day), 2: f"{when.day:02d}", 3: name[:3]}.get(width, name)
    hour = (when.hour % 12 or 12) if has_half else when.hour
    number = {"h": hour, "m": when.minute, "s": when.second}[letter]
    return str(number) if width == 1 else f"{number:02d}"


def _patterned(value: float, pattern: str, locale: Locale) -> str:
    sections = re.split(r";(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", pattern)
    section, sign = sections[0], "-" if value < 0 else ""
    if value < 0 and len(sections) > 1:
        section, sign = sections[1], ""
    elif value == 0 and len(sections) > 2:
        section = sections[2]
    section = re.sub(r"\[(?!\$)[^\]]*\]", "", section)
    section = re.sub(r"\[\$([^\]-]*)[^\]]*\]", r'"\1"', section)
    section = re.sub(r"_.|\*.", "", section)
    found = re.search(r"[#0?](?:[#0?,.]*[#0?])?(?:\.(?=E|%|$))?(?:E[+-]?0+)?", _masked(section))
    if not found:
        return sign + _plain(section)
    body = section[found.start() : found.end()]
    before, after = section[: found.start()], section[found.end() :]
    size = abs(value) * (100 if "%" in _masked(section) else 1)
    return sign + _plain(before) + _digits(size, body, locale) + _plain(after)


def _masked(section: str) -> str:
    """The pattern with its literal texts blanked out, of the same length."""
    return re.sub(r'"[^"]*"|\\.', lambda found: "\x00" * len(found[0]), section)


def _plain(text: str) -> str:
    return re.sub(r'"([^"]*)"|\\(.)', lambda found: found[1] if found[1] is not None else found[2], text)


def _digits(size: float, body: str, locale: Locale) -> str:
    if "E" in body:
        mantissa, exponent = body.split("E")
        places = len(mantissa.partition(".")[2])
        number, power = f"{size:.{places}E}".split("E")
        width = len(exponent.strip("+-"))
        return f"{number.replace('.', locale.decimal)}E{power[0]}{power[1:].lstrip('0').zfill(width)}"
    whole_pattern, _, fraction_pattern = body.partition(".")
    text = _rounded(size, len(fraction_pattern))
    whole, _, fraction = text.partition(".")
    keep = len(fraction_pattern.rstrip("#?"))
    while len(fraction) > keep and fraction.endswith("0"):
        fraction = fraction[:-1]
    least = whole_pattern.count("0")
    whole = whole.lstrip("0").zfill(least)
    if "," in whole_pattern:
        whole = f"{int(whole or 0):,}".zfill(least).replace(",", locale.thousands)
    return whole + (locale.decimal + fraction if fraction else "")


def _rounded(size: float, places: int) -> str:
    """Half away from zero, as people round."""
    from decimal import ROUND_HALF_UP, Decimal  # noqa: PLC0415  # only patterns need it

    return str(Decimal(repr(size)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP))


def unformatted(value: Value, number_format: Json, locale: Locale, dates_as_text: bool) -> Any:
    """UNFORMATTED_VALUE: numbers, booleans and texts; a date as its serial number unless asked as text."""
    if isinstance(value, CellError):
        return value.shown
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if is_number and dates_as_text and number_format.get("type") in DATE_KINDS:
        return shown(value, number_format, locale)
    return value
