"""The seats that each group should have by its rules: who holds each, and who could fill a vacant one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from engage.insight.facts import Facts, once_a_day
from engage.insight.groups import (
    Member,
    agency_named,
    best_known,
    by_headcount,
    headcounts,
    introduction,
    members,
)
from engage.insight.reading import PlainRow, employers_by_id, fold, number_in, rows_of
from engage.insight.sectors import in_sectors, sector_rows
from engage.wording import counted, in_a_row

CANDIDATES = 3


@dataclass(frozen=True, slots=True)
class Seat:
    """One seat. place: which of them, in words. holder: None while it is vacant; then candidates are named,
    the likeliest first, and ask says whom to ask about them. golden: the employer it is for or held by."""

    row: PlainRow
    place: str
    holder: Member | None
    golden: PlainRow
    candidates: tuple[str, ...] = ()
    ask: str = ""
    note: str = ""


@once_a_day
def all_seats(facts: Facts) -> tuple[Seat, ...]:
    """Every seat of every group as it stands on facts.today."""
    return tuple(seat for row in rows_of(facts, "Group seats") for seat in seats_of(row, facts))


def seats_of(row: PlainRow, facts: Facts) -> Iterator[Seat]:
    """The seats of one row of Group seats; none for a rule that cannot be followed."""
    rule = RULES.get(fold(row.get("Rule", "")))
    if rule is None or fault_of(row, facts):
        return
    sitting = members(facts).get(fold(row.get("Group", "")), ())
    names = unrecognised(sitting, facts)
    open_still = f"May be filled: not recognised yet is {in_a_row(names)}." if names else ""
    for seat in rule(row, sitting, facts):
        doubt = open_still if seat.holder is None and rule is not _of_agency else ""
        yield replace(seat, note=" ".join(part for part in (doubt, seat.note) if part))


def unrecognised(sitting: Sequence[Member], facts: Facts) -> list[str]:
    """Members' employers that nobody has matched yet: a seat that seems vacant may be theirs."""
    known = employers_by_id(facts)
    return [one.employer for one in sitting if one.employer_key and one.employer_key not in known]


def _largest(row: PlainRow, sitting: Sequence[Member], facts: Facts) -> Iterator[Seat]:
    by_key = {member.employer_key: member for member in reversed(sitting) if member.employer_key}
    note = unknown_words(facts)
    for place, golden in enumerate(by_headcount(facts)[: number_in(row.get("Seats", "")) or 0], 1):
        holder = by_key.get(golden["employer_id"])
        named = () if holder else (introduction(golden),)
        manager = "" if holder else golden.get("Relationship manager", "")
        yield Seat(row, f"{place} by headcount", holder, golden, named, manager, note)


@once_a_day
def unknown_words(facts: Facts) -> str:
    """ "Headcount not known of 41 employers, among them A, B and C: any may belong here."; "" if of none."""
    known = headcounts(facts)
    unknown = [golden["Employer"] for golden in best_known(facts) if golden["employer_id"] not in known]
    if not unknown:
        return ""
    named = in_a_row(unknown[:CANDIDATES])
    among = f", among them {named}" if len(unknown) > CANDIDATES else f": {named}"
    said = f"Headcount not known of {counted(len(unknown), 'employer')}{among}"
    return f"{said}. Any of them may belong here." if len(unknown) > 1 else f"{said}. It may belong here."


def _of_sector(row: PlainRow, sitting: Sequence[Member], facts: Facts) -> Iterator[Seat]:
    known, wanted = employers_by_id(facts), row.get("Which", "")
    there = {member.employer_key for member in sitting}
    for sector in [wanted] if wanted else sector_rows(facts):
        of_it = in_sectors(facts, (sector,))
        inside = [one for one in sitting if one.employer_key in of_it]
        absent = of_it - there
        missing = (one for one in best_known(facts) if one["employer_id"] in absent)
        others = list(islice(missing, CANDIDATES * (number_in(row.get("Seats", "")) or 0)))
        yield from _places(row, sector, inside, others, known)


def _places(
    row: PlainRow,
    which: str,
    inside: Iterable[Member],
    others: Sequence[PlainRow],
    known: dict[str, PlainRow],
) -> Iterator[Seat]:
    """One member an employer, the longest-standing; the seats left over are vacant, three names for each."""
    holders = list({member.employer_key: member for member in reversed(list(inside))}.values())[::-1]
    for place in range(number_in(row.get("Seats", "")) or 0):
        if place < len(holders):
            yield Seat(row, which, holders[place], known.get(holders[place].employer_key, {}))
            continue
        at = (place - len(holders)) * CANDIDATES
        named = others[at : at + CANDIDATES]
        managers = dict.fromkeys(golden.get("Relationship manager", "") for golden in named)
        ask = "; ".join(name for name in managers if name)
        note = "" if named else "Nobody else of this sector is in the Employer list."
        yield Seat(row, which, None, {}, tuple(map(introduction, named)), ask, note)


def _of_agency(row: PlainRow, sitting: Sequence[Member], facts: Facts) -> Iterator[Seat]:
    rows = rows_of(facts, "Agencies")
    leads = {agency_named(facts, each.get("Agency", "")): each.get("Lead person", "") for each in rows}
    wanted = row.get("Which", "")
    for agency in [agency_named(facts, wanted)] if wanted else [name for name in leads if name]:
        inside = [member for member in sitting if member.agency == agency]
        for place in range(number_in(row.get("Seats", "")) or 0):
            holder = inside[place] if place < len(inside) else None
            named = () if holder else (f"somebody from {agency}",)
            yield Seat(row, agency, holder, {}, named, "" if holder else leads.get(agency, ""))


Rule = Callable[[PlainRow, Sequence[Member], Facts], Iterator[Seat]]
RULES: dict[str, Rule] = {
    "top n by headcount": _largest,
    "sector": _of_sector,
    "agency": _of_agency,
}


def fault_of(row: PlainRow, facts: Facts) -> str:
    """Why a row of Group seats cannot be followed, and what to do; "" if it can."""
    rule, which = fold(row.get("Rule", "")), row.get("Which", "")
    if rule not in RULES:
        return "Say in Rule who is entitled: Top N by headcount, Sector or Agency."
    if not number_in(row.get("Seats", "")):
        return "Say in Seats how many there are."
    if rule == "sector" and which and fold(which) not in {fold(name) for name in sector_rows(facts)}:
        return f"“{which}” is no sector of the Sectors tab."
    if rule == "agency" and which and not agency_named(facts, which):
        return f"“{which}” is no agency of the Agencies tab."
    return ""
