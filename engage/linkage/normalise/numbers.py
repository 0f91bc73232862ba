"""Company and charity numbers: padded, and how sure we are that they are what their column says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

# Companies House prefixes (two characters) of numbers that are not England and Wales companies.
PREFIXES = frozenset(
    "SC NI R0 OC SO NC LP SL NL FC SF NF BR OE CE CS RS IP SP NP RC ZC SE GE AC".split()
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Number:
    """value: eight characters, "" if the cell holds none. certain: False when it may be a charity's number.

    Only a certain number may veto a merge.
    """

    value: str = ""
    certain: bool = False


@lru_cache(maxsize=65536)
def read_company_number(cell: str) -> Number:
    """A Companies House number as typed: zeros restored, prefix kept; VAT numbers and words are none."""
    text = re.sub(r"[^0-9A-Z]", "", cell.upper())
    if text.isdigit() and 5 <= len(text) <= 8:
        return Number(text.zfill(8), certain=not (len(text) == 7 and text.startswith("1")))
    match = re.fullmatch(r"([A-Z][A-Z0])(\d{1,6})", text)
    if match and match.group(1) in PREFIXES and int(match.group(2)):
        return Number(match.group(1) + match.group(2).zfill(6), certain=True)
    return Number()


@lru_cache(maxsize=65536)
def read_charity_number(cell: str) -> str:
    """A charity number (five to seven digits, SC or NIC before it in Scotland and Northern Ireland), or ""."""
    text = re.sub(r"[^0-9A-Z]", "", cell.upper())
    match = re.fullmatch(r"(SC|NIC)?0*(\d{5,7})", text)
    return (match.group(1) or "") + match.group(2) if match else ""
