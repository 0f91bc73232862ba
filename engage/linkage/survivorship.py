"""Which of several agencies' values for one field stands in the golden record, and why.

In this order: a person's decision (Log.choose), the agency marked as source of truth, the most specific
valid value, the most recently changed; a blank never beats a value; ties go to the smaller record id.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from engage.linkage.normalise.organisations import read_name
from engage.linkage.normalise.text import squash, words
from engage.model import Record
from engage.register.company_number import company_number
from engage.register.email import is_shared_mailbox
from engage.register.postcode import read_postcode

CHOSEN, TRUTH, SPECIFIC, NEWEST = "decided by a person", "source of truth", "most specific", "most recent"
AGREED, FIRST, STRICTEST = "only value", "none better or newer", "most restrictive"
# Words of charities' and public bodies' registered names that stand in their middle as well as at the end.
PUBLIC_FORMS = re.compile(r"\b(CIO|SCIO|CIC|Trust|Council|Charity|University)\b", re.IGNORECASE)
Rank = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value that one record holds. since: ISO date it last changed; bias: ranked before specificity."""

    value: str
    record: Record
    since: str
    bias: int = 0


@dataclass(frozen=True, slots=True)
class Chosen:
    """A value that a person decided on. on: ISO date; by: agency or person, "" unknown; decision: its row's
    key in Decisions. because: what else it stands by, in words."""

    value: str
    on: str = ""
    by: str = ""
    decision: str = ""
    because: str = ""

    @property
    def rule(self) -> str:
        """Why it stands, in words: "decided by a person on 22/11/2026"."""
        if self.because:
            return self.because
        day = f" on {self.on[8:10]}/{self.on[5:7]}/{self.on[:4]}" if self.on else ""
        return f"{CHOSEN}{day}{f' ({self.by})' if self.by else ''}"


@dataclass(frozen=True, slots=True)
class Steering:
    """What people have laid down. source_of_truth: heading → agency. chosen: (EMP-/PER- id, heading) → the
    value that a person decided on for that golden record; it beats every row."""

    source_of_truth: Mapping[str, str] = field(default_factory=dict)
    chosen: Mapping[tuple[str, str], Chosen] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Survivor:
    """The value that stands, the record it is taken from and the rule that decided, in words."""

    value: str
    record: Record
    since: str
    rule: str


def survivor(
    heading: str,
    candidates: Iterable[Candidate],
    steering: Steering = Steering(),
    specific: Callable[[str, Sequence[str]], Rank] | None = None,
) -> Survivor | None:
    """The value that stands for a heading, or None if nobody has one.

    specific: (value, all values) → rank, the greater the more specific; None ranks all alike.
    """
    filled = sorted((c for c in candidates if c.value), key=lambda c: c.record.record_id)
    if not filled:
        return None
    values = [c.value for c in filled]

    def keys(c: Candidate) -> tuple[bool, Rank, str]:
        rank = specific(c.value, values) if specific else ()
        return steering.source_of_truth.get(heading) == c.record.agency, (c.bias, *rank), c.since

    best = max(filled, key=keys)
    rivals = [keys(c) for c in filled if c.value != best.value]
    return Survivor(best.value, best.record, best.since, _rule(keys(best), rivals))


def strictest(candidates: Iterable[Candidate], order: Callable[[str], int]) -> Survivor | None:
    """The most restrictive permission (greatest order), whichever agency typed it and whenever."""
    filled = sorted((c for c in candidates if c.value), key=lambda c: c.record.record_id)
    if not filled:
        return None
    best = max(filled, key=lambda c: (order(c.value), c.value))
    rule = AGREED if len({c.value for c in filled}) == 1 else STRICTEST
    return Survivor(best.value, best.record, best.since, rule)


def _rule(best: tuple[object, ...], rivals: Sequence[tuple[object, ...]]) -> str:
    if not rivals:
        return AGREED
    nearest = max(rivals)
    for mine, theirs, rule in zip(best, nearest, (TRUTH, SPECIFIC, NEWEST), strict=True):
        if mine != theirs:
            return rule
    return FIRST


# --- How specific a value is, heading by heading ------------------------------------------------------


def legal_name(value: str, others: Sequence[str]) -> Rank:
    """A registered name over a short one; then without brackets, in mixed case, the fuller wording."""
    return (
        int(has_legal_form(value)),
        int("(" not in value),
        int(not value.isupper() and not value.islower()),
        int(not any(set(words(value)) < set(words(other)) for other in others)),
    )


@lru_cache(maxsize=50_000)
def has_legal_form(name: str) -> bool:
    """Whether a name says what kind of body it is (Ltd, LLP, CIO, NHS Foundation Trust, Council)."""
    return bool(read_name(name).legal) or bool(PUBLIC_FORMS.search(name))


def full_name(value: str, others: Sequence[str]) -> Rank:
    """A name over an initial, Joanne over Jo, Siobhán over Siobhan."""
    mine = plain(value)
    shorter = any(plain(other).startswith(mine) and len(plain(other)) > len(mine) for other in others)
    accents = sum(not letter.isascii() for letter in value)
    return int(len(mine) > 1), int(not shorter), accents


def own_mailbox(value: str, _others: Sequence[str]) -> Rank:
    """A whole address over a broken one, a person's mailbox over a shared one."""
    _local, at, domain = value.partition("@")
    return int(bool(at) and "." in domain), int(not is_shared_mailbox(value))


def rung(value: str, _others: Sequence[str]) -> Rank:
    """The furthest rung of the ladder that any agency reached: who has met them has also contacted them."""
    digits = re.match(r"\d+", value)
    return (int(digits.group()) if digits else -1,)


def headcount(value: str, _others: Sequence[str]) -> Rank:
    """The greatest number given for one site, which rows of it count over again; a bare number over words."""
    return int(value.isdecimal()), int(value) if value.isdecimal() else 0


def known_to_offer(value: str, _others: Sequence[str]) -> Rank:
    """Yes if any agency knows that it does, then No, then Not sure."""
    return (int(value == "Yes"), int(value == "No"))


def valid_postcode(value: str, _others: Sequence[str]) -> Rank:
    """A postcode that can exist over one that cannot."""
    return (int(read_postcode(value).clean == value),)


def valid_company_number(value: str, _others: Sequence[str]) -> Rank:
    """A company number that proves who it is over one that should be checked."""
    return (int(company_number(value).may_veto),)


def plain(text: str) -> str:
    """What two spellings are compared by: folded letters and digits, written as one."""
    return squash(words(text))
