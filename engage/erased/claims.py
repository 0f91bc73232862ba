"""Who of those that were erased stands in a row of the register, and how surely."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engage.model import Erased, Record

from .book import ErasedBook
from .marks import FIRM, HINT, NAME, RARE, SURE
from .matching import is_sure, whose_row
from .naming import WHOLE_ROWS, named_in


@dataclass(frozen=True, slots=True)
class Claim:
    """One who was erased stands in a row. sure: no doubt. whole: the row is theirs alone."""

    who: str
    sure: bool
    whole: bool


def claims_on(record: Record, book: ErasedBook) -> Iterator[Claim]:
    """Everybody who was erased and stands in this row, or may."""
    texts = [text for text in record.typed.values() if text]
    grades = whose_row([*texts, full_name(record)], book.matcher)
    for who, one in book.erased.items():
        found = grades.get(who, frozenset())
        about = _is_about(record, who, book)
        if record.record_id in one.rows and texts and (about or not _names(record)):
            yield Claim(who, sure=True, whole=record.tab in WHOLE_ROWS)
        elif SURE in found or (is_sure(found) and record.record_id not in one.besides):
            yield Claim(who, sure=True, whole=record.tab in WHOLE_ROWS and about)
        elif _may_be(found, record, one):
            yield Claim(who, sure=False, whole=record.tab in WHOLE_ROWS and about)


def full_name(record: Record) -> str:
    """The name that stands in two cells, as one text."""
    return f"{record['First name']} {record['Last name']}".strip()


def _may_be(found: frozenset[str], record: Record, one: Erased) -> bool:
    if record.record_id in one.besides:
        return False
    named_another = bool(_names(record)) and not found & {NAME, HINT}
    return NAME in found or (RARE in found and not named_another) or {HINT, FIRM} <= found


def _is_about(record: Record, who: str, book: ErasedBook) -> bool:
    """Whether the one person that a row is about is this one: by the name, or without one, by the address."""
    names = _names(record)
    said = names or [record.typed.get(heading, "") for heading in ("Email", "Mobile", "Phone")]
    wanted = {NAME, HINT} if names else {SURE}
    return len(names) < 2 and any(
        wanted & whose_row([text], book.matcher).get(who, frozenset()) for text in said
    )


def _names(record: Record) -> list[str]:
    """The people that a row is about, in full."""
    return [" ".join(part for part in name if part) for name in named_in(record)]
