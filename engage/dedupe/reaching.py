"""Columns that say in more ways than one how an employer is reached: "Email / Web", "How to apply"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from engage.model import Grid, Row

from .guessing import OTHERWISE
from .naming import FEWEST
from .wording import words

# What a heading says of a column about reaching somebody.
_REACHED = frozenset(
    {
        "apply",
        "application",
        "applications",
        "contact",
        "contacts",
        "details",
        "reach",
        "enquiries",
        "booking",
    }
)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_WEB = re.compile(
    r"(?<!@)\b(?:https?://|www\.)\S+|(?<![@\w.])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?:/\S*)?", re.I
)
_PHONE = re.compile(r"(?<!\d)(?:\+44|0)[\d ()-]{9,14}\d")
_WAYS = {"Email": _EMAIL, "Website": _WEB, "Phone": _PHONE}
_OFTEN = 4  # rows to each value, on average: somebody who writes the list
_MOST = 0.8  # of a column's cells say a way, and little besides


def reached_by(header: Row, body: Grid, free: Sequence[int]) -> Mapping[str, int]:
    """Our heading → the column that says it beside another; {} if there is none. free: columns from 0.

    A column of ways alone, whatever its heading; or one whose heading speaks of reaching somebody and whose
    words hold phones and addresses. Notes may hold anybody's, and so may a column of an adviser's, or of
    whoever stands on many rows.
    """
    for at in free:
        values = [row[at].strip() for row in body if at < len(row) and row[at].strip()]
        theirs = not OTHERWISE.isdisjoint(words(header[at])) or len({*values}) * _OFTEN < len(values)
        if theirs or len(values) < FEWEST:
            continue
        ways = [{way for way, said in _WAYS.items() if said.search(text)} for text in values]
        bare = sum(bool(some) and len(_left(text)) < 4 for some, text in zip(ways, values, strict=True))
        found = set().union(*ways)
        if len(found) > 1 and bare >= _MOST * len(values):
            return dict.fromkeys(sorted(found), at)
        told = sum(bool(some & {"Email", "Phone"}) for some in ways)
        if _REACHED & {*words(header[at])} and told * 2 > len(values):
            return dict.fromkeys(("Phone", "Email"), at)
    return {}


def _left(text: str) -> str:
    """The letters and digits of a cell without the ways to reach somebody."""
    for said in _WAYS.values():
        text = said.sub(" ", text)
    return re.sub(r"[\W_]+", "", text)
