"""Numbers, dates and their formats: what a person sees of a figure that the file holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from engage.model import cell_text

# ECMA-376 18.8.30: number formats that have a number and no entry in the file.
_BUILT_IN = {
    **dict.fromkeys([14, 15, 16, 17, *range(27, 32), 36, *range(50, 55), 57, 58], "date"),
    **dict.fromkeys([18, 19, 20, 21, *range(32, 36), 45, 47, 55, 56], "time"),
    22: "datetime",
    49: "text",
    46: "elapsed",
}
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.IGNORECASE)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_DIGITS_ONLY = re.compile(r"[0#?() +\-\d]*")


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """kind: "plain", "text", "date", "datetime", "time", "elapsed" or "digits" (where pattern says)."""

    kind: str = "plain"
    pattern: str = ""


def number_format(number: int, code: str = "") -> NumberFormat:
    """What a cell's number format means for its text. code: "" for the built-in ones."""
    if not code:
        return NumberFormat(_BUILT_IN.get(number, "plain"))
    section = code.split(";", maxsplit=1)[0]
    bare = _LITERAL.sub("", section).lower().replace("am/pm", "").replace("a/p", "")
    if bare in ("general", "@"):
        return NumberFormat("text" if bare == "@" else "plain")
    if _ELAPSED.search(bare):
        return NumberFormat("elapsed")
    if set(bare) & set("dymhs"):
        return NumberFormat(_date_kind(bare))
    return _digits(section)


def _date_kind(bare: str) -> str:
    clock = "h" in bare or "s" in bare
    if not clock:
        return "date"
    return "datetime" if "d" in bare or "y" in bare else "time"


def _digits(section: str) -> NumberFormat:
    """A pattern that shows digits which the number has not: 00000000, or "0"#### for telephones."""
    shown = _LITERAL.sub(lambda found: _marked(found.group(1) or found.group(2) or ""), section)
    literal_digit = any(ch in shown for ch in _MARKED.values())
    plain = "".join(_UNMARKED.get(ch, ch) for ch in shown)
    if _DIGITS_ONLY.fullmatch(plain) and (shown.count("0") > 1 or literal_digit):
        return NumberFormat("digits", shown)
    return NumberFormat()


# Digits that stand in the format as text, told apart from the placeholder 0 while filling in.
_MARKED = {str(digit): chr(0xE000 + digit) for digit in range(10)}
_UNMARKED = {mark: digit for digit, mark in _MARKED.items()}


def _marked(literal: str) -> str:
    return "".join(_MARKED.get(ch, ch) for ch in literal)


def number_text(raw: str, form: NumberFormat, *, date1904: bool = False) -> str:
    """The text of a numeric cell: as short as the figure allows, dates ISO, leading zeros as formatted."""
    if form.kind == "plain" and len(raw) <= 15 and raw.isascii() and raw.isdigit():
        return raw
    try:
        value = float(raw)
        if form.kind == "digits":
            return _filled(value, form.pattern)
        if form.kind not in ("plain", "text"):
            return _moment_text(value, form.kind, date1904=date1904)
    except (ValueError, OverflowError):
        return raw
    return _plain_text(value)


def _plain_text(value: float) -> str:
    """Fifteen significant digits, which is what spreadsheets show and keep."""
    if not abs(value) < float("inf"):
        return str(value)
    return cell_text(float(f"{value:.15g}"))


def _filled(value: float, pattern: str) -> str:
    if value < 0 or not value.is_integer():
        return _plain_text(value)
    digits, out = list(str(int(value))), []
    for ch in reversed(pattern):
        if ch == "0" or (ch in "#?" and digits):
            out.append(digits.pop() if digits else "0")
        elif ch not in "#?":
            out.append(_UNMARKED.get(ch, ch))
    return ("".join(digits) + "".join(reversed(out))).strip()


def _moment_text(value: float, kind: str, *, date1904: bool) -> str:
    minutes = round(value * 1440)
    if kind == "elapsed" or (kind == "time" and 0 <= value < 1):
        return f"{minutes // 60:02d}:{minutes % 60:02d}" if value >= 0 else _plain_text(value)
    if value < 0:
        return _plain_text(value)
    if kind == "date" or float(value).is_integer():
        return _day(int(value), date1904=date1904).isoformat()
    start = datetime.combine(_day(0, date1904=date1904), datetime.min.time())
    shift = 0 if minutes // 1440 >= 60 or date1904 else 1
    return (start + timedelta(days=shift, minutes=minutes)).isoformat(" ", "minutes")


def _day(serial: int, *, date1904: bool) -> date:
    """The day of a serial. The 1900 system counts a 29 February 1900 that never was."""
    if date1904:
        return date(1904, 1, 1) + timedelta(days=serial)
    return date(1899, 12, 30) + timedelta(days=serial + (0 < serial < 60))


def serial_of(day: date, *, date1904: bool = False) -> int | float:
    """The serial number of a day or a moment; none is agreed on before March 1900."""
    first = date(1904, 1, 1) if date1904 else date(1899, 12, 30)
    whole = day.toordinal() - first.toordinal()
    return whole + (day.hour * 60 + day.minute) / 1440 if isinstance(day, datetime) else whole
