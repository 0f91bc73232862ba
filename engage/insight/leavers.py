"""Colleagues who have left: what still hangs on their name, for somebody else to take over.

Known from engage.toml (`engage staff leave`), or from a row of Coordinators whose Paused until says Left.
Whoever's mail came back has perhaps left: the same is asked about, with nobody suggested. Only a full name is
surely theirs; an initial and a surname are asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from engage.config import StaffLeft
from engage.insight.weeks import british, read_day
from engage.linkage.normalise.text import words
from engage.model import Finding, Record

KIND, PERHAPS = "colleague-left", "colleague-not-reached"
LEFT_WORDS = frozenset({"left", "has left", "gone"})
OPEN_DAYS = 92  # a next step of longer ago is history that nobody ticked off
_PARTS = re.compile(r"(\s*(?:[;,/\n]|\band\b|&)\s*)")
# Tab → the columns in which colleagues are named, and what each means for whoever takes over.
COLUMNS = {
    "Employers": {"Relationship manager": "looks after this employer"},
    "Engagements": {"Follow-up owner": "is to do the next step", "Staff member": "is to be there"},
    "Actions": {"Responsible": "is responsible for this action", "Reviewed by": "reviews this action"},
    "Agencies": {"Lead person": "answers for this agency"},
}


@dataclass(frozen=True, slots=True)
class Held:
    """A cell that names a leaver. sure: by the full name; then `now` is the cell with whoever takes over."""

    record: Record
    heading: str
    what: str
    leaver: StaffLeft
    sure: bool
    now: str = ""


def leavers(records: Iterable[Record], told: Sequence[StaffLeft]) -> tuple[StaffLeft, ...]:
    """Those that engage.toml names, and those whose row of Coordinators says so."""
    said = [
        StaffLeft(record["Name"], record.agency, on="")
        for record in records
        if record.tab == "Coordinators" and record["Name"] and says_left(record)
    ]
    known = {(" ".join(words(one.name)), one.agency) for one in told}
    return (*told, *(one for one in said if (" ".join(words(one.name)), one.agency) not in known))


def says_left(record: Record) -> bool:
    """Whether Paused until of a row of Coordinators says that this colleague has left."""
    return record.typed.get("Paused until", "").strip(" .!").casefold() in LEFT_WORDS


def held_by(records: Iterable[Record], gone: Sequence[StaffLeft], today: date) -> Iterator[Held]:
    """Every open thing that names one of them, in the order of the rows; a shared plan's are anybody's."""
    for record in records if gone else ():
        for heading, what, cell in _named_in(record):
            for leaver in gone if cell and _is_open(record, heading, today) else ():
                if not leaver.agency or record.agency in ("", leaver.agency):
                    yield from _held(record, heading, what, leaver, cell)


def _named_in(record: Record) -> Iterator[tuple[str, str, str]]:
    """(heading, what it means, the cell) of every column that names colleagues.

    A next step for which nobody is named is left to whoever was there: the cell is theirs, the heading is the
    empty one, since who was there stays true.
    """
    for heading, what in COLUMNS.get(record.tab, {}).items():
        cell = record.typed.get(heading, "")
        nobody = heading == "Follow-up owner" and heading in record.typed and not cell.strip()
        if nobody and record["Status"] != "Planned":
            yield heading, f"{what}, for nobody else is named", record.typed.get("Staff member", "")
        else:
            yield heading, what, cell


def digests_of(records: Iterable[Record], gone: Sequence[StaffLeft]) -> Iterator[Held]:
    """Every row of Coordinators by which one of them would go on getting digests."""
    for record in records if gone else ():
        leaver = _reader_gone(record, gone) if record.tab == "Coordinators" else None
        if leaver is not None:
            yield Held(record, "Gets", f"gets a digest: {record['Gets'] or 'blank'}", leaver, True, "None")


def _reader_gone(record: Record, gone: Sequence[StaffLeft]) -> StaffLeft | None:
    mine = (one for one in gone if _likeness(record["Name"], one.name) == "sure")
    fits = (one for one in mine if not one.agency or one.agency == record.agency)
    return next(fits, None) if record["Gets"] != "None" else None


def _held(record: Record, heading: str, what: str, leaver: StaffLeft, cell: str) -> Iterator[Held]:
    parts = [cell] if _likeness(cell, leaver.name) == "sure" else _PARTS.split(cell)  # "Price, Helen"
    likeness = [_likeness(part, leaver.name) for part in parts]
    if "sure" in likeness:
        swapped = (
            leaver.to if alike == "sure" else part for part, alike in zip(parts, likeness, strict=True)
        )
        yield Held(record, heading, what, leaver, True, "".join(swapped).strip() if leaver.to else "")
    elif "doubtful" in likeness:
        yield Held(record, heading, what, leaver, False)


def _likeness(part: str, name: str) -> str:
    """ "sure" for the full name in either order, "doubtful" for its initial and surname, else ""."""
    here, whole = words(re.sub(r"\(.*?\)", "", part)), words(name)
    if not here or not whole:
        return ""
    if sorted(here) == sorted(whole):
        return "sure"
    short = (whole[0][:1], whole[-1])
    return "doubtful" if len(whole) > 1 and tuple(here) in (short, short[::-1]) else ""


def _is_open(record: Record, heading: str, today: date) -> bool:
    """Whether somebody has still to do it; employers and agencies are always looked after."""
    status = record["Status"]
    if record.tab == "Actions":
        return status not in ("Done", "Dropped")
    if record.tab != "Engagements":
        return True
    if heading == "Staff member":
        return status == "Planned"
    day = read_day(record["Next step by"])
    fresh = day is None or day >= today - timedelta(days=OPEN_DAYS)
    return bool(record["Next step"]) and status != "Cancelled" and fresh


def leaver_findings(records: Sequence[Record], told: Sequence[StaffLeft], today: date) -> tuple[Finding, ...]:
    """The same as questions to the agencies; each goes when its cell names somebody else."""
    gone = leavers(records, told)
    own = (_own_row(held.record) for held in digests_of(records, gone))
    return (*(_finding(held) for held in held_by(records, gone, today)), *own)


def not_reached_findings(
    records: Sequence[Record], silent: Sequence[StaffLeft], told: Sequence[StaffLeft], today: date
) -> tuple[Finding, ...]:
    """Questions on what hangs on whoever no mail reaches; of their own row see digest/refusals.py.

    silent: they, since when (on). Of those who are known to have left, the other questions stand already.
    """
    gone = leavers(records, told)
    perhaps = [one for one in silent if not is_gone(one.name, one.agency, gone)]
    return tuple(_perhaps(held) for held in held_by(records, perhaps, today))


def _perhaps(held: Held) -> Finding:
    one = held.leaver
    wrong = (
        f"Mail to {one.name} comes back ({british(one.on)}), who {held.what}. If they have left, type who "
        "does it now. If not, correct their address in Coordinators."
    )
    wrong = wrong if held.sure else f"If this is the same person: {wrong}"
    return replace(_finding(held), kind=PERHAPS, wrong=wrong, suggestion="")


def _finding(held: Held) -> Finding:
    name, on = held.leaver.name, held.leaver.on
    since = f" ({british(on)})" if on else ""
    who = f"{name} has left{since} and {held.what}." if held.sure else (
        f"{name} has left{since}. If this is the same person: they {held.what.replace('is ', 'were ', 1)}."
    )  # fmt: skip
    to = "Accept suggestion, or type another name." if held.now else "Type who does it now."
    return Finding(
        kind=KIND,
        place=replace(held.record.place, column=held.heading),
        wrong=f"{who} {to}",
        found=held.record.typed.get(held.heading, ""),
        suggestion=held.now,
        record_id=held.record.record_id,
        agency=held.record.agency,
    )


def _own_row(record: Record) -> Finding:
    return Finding(
        kind=KIND,
        place=replace(record.place, column="Gets"),
        wrong=f"{record['Name']} has left and gets no digest any more. Accept None, or put another colleague "
        "into this row.",
        found=record.typed.get("Gets", ""),
        suggestion="None",
        record_id=record.record_id,
        agency=record.agency,
    )


def is_gone(name: str, agency: str, gone: Iterable[StaffLeft]) -> bool:
    """Whether a reader of digests is one of them."""
    return any(
        _likeness(name, one.name) == "sure" and (not one.agency or one.agency == agency) for one in gone
    )
