"""Numbers, money, percentages and times of day as people type them."""

from __future__ import annotations

import re
from functools import lru_cache

from engage.register.reading import Reading, unreadable
from engage.register.text import squash

_NUMBER = re.compile(r"(-?[0-9]{1,3}(?:,[0-9]{3})+|-?[0-9]{1,15})(\.[0-9]+)?")
_AROUND = re.compile(r"^(?:circa|about|approx(?:imately)?\.?|around|roughly|c\.?|~)\s*(?=[0-9])")
_UNIT = re.compile(r"(?<=[0-9+])\s*\+?\s*[a-z][a-z /-]{0,30}$|\s*\+$")
_MONEY = re.compile(
    r"(?:£|gbp|\$|€)?\s*([0-9][0-9,]*(?:\.[0-9]+)?)\s*(k|m|million|thousand)?\.?(?:\s*(?:gbp|pounds))?"
)
_SCALE = {"k": 1_000, "thousand": 1_000, "m": 1_000_000, "million": 1_000_000}
_TIME = re.compile(r"([0-9]{1,2})(?:[:.]([0-9]{2})(?::[0-9]{2})?)?\s*([ap]\.?m\.?)?(?:\s*(?:-|to|start).*)?")
_TO_TWELVE = "zero one two three four five six seven eight nine ten eleven twelve"
_WORDS = {word: str(number) for number, word in enumerate(_TO_TWELVE.split())}


@lru_cache(maxsize=65536)
def read_number(text: str) -> Reading:
    """A number as digits: "1,200" → "1200", "about 20 jobs" → "20"; a range is asked about."""
    words = squash(text).casefold().strip(" .")
    bare = _UNIT.sub("", _AROUND.sub("", words))
    bare = _WORDS.get(bare, bare)
    if match := _NUMBER.fullmatch(bare):
        return Reading(_plain(float(match[1].replace(",", "") + (match[2] or ""))))
    return unreadable("bad-number", "We cannot read this as one number.", "Type one number, like 20.")


@lru_cache(maxsize=65536)
def read_money(text: str) -> Reading:
    """An amount in the register's currency, without its sign: "£50,000", "50k" → "50000"."""
    match = _MONEY.fullmatch(squash(text).casefold().strip(" ."))
    if match is None:
        return unreadable("bad-money", "We cannot read this as an amount of money.", "Type it like 50000.")
    return Reading(_plain(float(match[1].replace(",", "")) * _SCALE.get(match[2] or "", 1)))


@lru_cache(maxsize=65536)
def read_percent(text: str) -> Reading:
    """A percentage without its sign: "45 %" → "45". A number without the sign is taken as it stands."""
    bare = re.sub(r"\s*(?:%|per ?cent)$", "", squash(text).casefold())
    if _NUMBER.fullmatch(bare):
        return Reading(_plain(float(bare.replace(",", ""))))
    return unreadable("bad-percent", "We cannot read this as a percentage.", "Type it like 45.")


@lru_cache(maxsize=65536)
def read_time(text: str) -> Reading:
    """A time of day as "09:30": "9.30am", "9:30 - 12", "14:00:00", "noon"."""
    words = squash(text).casefold().strip(" .")
    match = _TIME.fullmatch({"noon": "12:00", "midday": "12:00"}.get(words, words))
    if match is None or (not match[2] and not match[3]):
        return unreadable("bad-time", "We cannot read this as a time of day.", "Type it like 09:30.")
    hour, minute = int(match[1]), int(match[2] or 0)
    if match[3] and 1 <= hour <= 12:
        hour = hour % 12 + (12 if match[3].startswith("p") else 0)
    if hour > 23 or minute > 59:
        return unreadable("bad-time", "There is no such time of day.", "Type it like 09:30.")
    return Reading(f"{hour:02d}:{minute:02d}")


def _plain(number: float) -> str:
    return str(int(number)) if number.is_integer() else f"{number:.4f}".rstrip("0")
