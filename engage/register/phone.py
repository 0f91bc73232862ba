"""Phone numbers: several in a cell, with labels and extensions, as E.164."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from engage.register.reading import Doubt, Reading
from engage.register.text import join_several, squash, squash_lines

_EXTENSION = re.compile(
    r"(?:\b(?:extension|extn|ext|x)\b\.?|(?<=[0-9])\s*x|#)\s*:?\s*[0-9]{1,6}\b", re.IGNORECASE
)
_SEPARATOR = re.compile(r"[;,|\n]|\bor\b|\band\b|&|/", re.IGNORECASE)
_TRUNK_ZERO = re.compile(r"\(\s*0\s*\)")
_NUMBER = re.compile(r"\+?[0-9][0-9\s().-]*")
# United Kingdom (Ofcom's National Telephone Numbering Plan): ten digits after the 0, nine in a few 01 and
# 0800/0500 ranges. Ofcom's numbers for drama are accepted, which libraries call invalid.
_GB = re.compile(r"[1-357-9][0-9]{9}|1[0-9]{8}|[58]00[0-9]{6}")
_GB_LOST_ZERO = re.compile(r"[123789][0-9]{9}")
_SHORT = re.compile(r"[0-9]{1,4}")
LOST_ZERO = Doubt(
    "phone-lost-zero",
    "The first 0 of this number is lost; we read it with its 0.",
    "Format the column as text, so that it keeps what is typed.",
)


@dataclass(frozen=True, slots=True)
class Phone:
    """One number as understood. e164: "" if it cannot be one. restored: a leading 0 had been lost."""

    typed: str
    e164: str
    restored: bool = False


@lru_cache(maxsize=65536)
def read_phones(text: str, *, country: str = "GB") -> Reading:
    """Every number of a cell in E.164, joined by "; "; extensions are cut, a lost leading 0 is restored.

    A lost 0 and a piece that cannot be a number are doubts; a lost 0 is certain, so nothing is suggested.
    """
    phones = find_phones(text, country=country)
    good = [phone for phone in phones if phone.e164]
    doubts: list[Doubt] = []
    if not phones or any(not phone.e164 for phone in phones):
        doubts.append(Doubt("bad-phone", _bad(phones), "Check the number and type it again."))
    elif any(phone.restored for phone in phones):
        doubts.append(LOST_ZERO)
    return Reading(join_several([phone.e164 for phone in good]), tuple(doubts))


_NEITHER = "digits too few or too many, or a wrong beginning"


def _bad(phones: tuple[Phone, ...]) -> str:
    bad = [phone.typed for phone in phones if not phone.e164]
    if not bad:
        return "There is no phone number in this cell."
    counts = {len(re.sub("[^0-9]", "", typed)) for typed in bad}
    why = "too few digits" if max(counts) < 10 else "too many digits" if min(counts) > 13 else _NEITHER
    return f"{' and '.join(bad)} cannot be a phone number: it has {why}."


@lru_cache(maxsize=65536)
def find_phones(text: str, *, country: str = "GB") -> tuple[Phone, ...]:
    """Every number of a cell, also those that cannot be one. "0161 496 0101/2" is two numbers."""
    found: list[Phone] = []
    cut = _EXTENSION.sub(" ", _TRUNK_ZERO.sub(" ", squash_lines(text)))
    for piece in _SEPARATOR.split(cut):
        for run in _NUMBER.findall(piece):
            for typed in _side_by_side(squash(run).strip(" .-(")):
                found.append(_one(typed, found, country))
    return tuple(found)


def _side_by_side(typed: str) -> list[str]:
    """Two full numbers with no more than a space between them are two."""
    digits = re.sub(r"[^0-9]", "", typed)
    if typed.startswith("0") and len(digits) in {21, 22}:
        for match in re.finditer(r"\s\(?(?=0)", typed):
            left, right = typed[: match.start()], typed[match.end() :]
            if all(_GB.fullmatch(re.sub(r"[^0-9]", "", part)[1:]) for part in (left, right)):
                return [left, right]
    return [typed]


def _one(typed: str, before: list[Phone], country: str) -> Phone:
    digits = re.sub(r"[^0-9+]", "", typed)
    if _SHORT.fullmatch(digits) and before and before[-1].e164:
        return Phone(typed, before[-1].e164[: -len(digits)] + digits)
    if country != "GB" or (digits.startswith(("+", "00")) and not digits.startswith(("+44", "0044"))):
        return Phone(typed, _abroad(digits, country))
    if digits.startswith(("+44", "0044")):
        digits = digits[3:] if digits[0] == "+" else digits[4:]
    elif digits.startswith("44") and _GB.fullmatch(digits[2:]):
        digits = digits[2:]
    elif not digits.startswith("0"):
        restored = bool(_GB_LOST_ZERO.fullmatch(digits))
        return Phone(typed, f"+44{digits}" if restored else "", restored)
    digits = digits.removeprefix("0")
    return Phone(typed, f"+44{digits}" if _GB.fullmatch(digits) else "")


def _abroad(digits: str, country: str) -> str:
    import phonenumbers  # noqa: PLC0415 - a tenth of a second, and most registers never need it

    if digits.startswith("00"):
        digits = f"+{digits[2:]}"
    try:
        number = phonenumbers.parse(digits, country)
    except phonenumbers.NumberParseException:
        return ""
    if phonenumbers.is_possible_number_with_reason(number) != phonenumbers.ValidationResult.IS_POSSIBLE:
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


@lru_cache(maxsize=65536)
def national_phone(e164: str, *, country: str = "GB") -> str:
    """A number in E.164 as people of that country write it: "0161 496 0101"; others international."""
    import phonenumbers  # noqa: PLC0415

    try:
        number = phonenumbers.parse(e164, country)
    except phonenumbers.NumberParseException:
        return e164
    home = phonenumbers.country_code_for_region(country) == number.country_code
    style = phonenumbers.PhoneNumberFormat.NATIONAL if home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, style)
