"""Seats: those that each group should have, which are vacant, and who could fill them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from engage.insight.capability import Capability, CellsByHeading, Headline, Insight, News, Source, Table
from engage.insight.facts import Facts, once_a_day
from engage.insight.group_members import sits
from engage.insight.groups import (
    Member,
    agency_named,
    best_known,
    by_headcount,
    headcount,
    headcounts,
    introduction,
    members,
)
from engage.insight.reading import PlainRow, employer_name, employers_by_id, fold, number_in, rows_of
from engage.insight.sectors import in_sectors, sector_rows
from engage.insight.weeks import Period, read_day
from engage.model import Finding
from engage.wording import counted, in_a_row

TAB = "Seats"
FILLED, VACANT = "Filled", "Vacant"
CANDIDATES = 3
ON_PAPER = ("Seat", "Place", "Status", "Held by", "Person", "Employees", "Candidates", "Whom to ask")


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


def tell(facts: Facts, span: Period) -> Insight:
    """Every seat as it stands on facts.today. An employer may fill seats under several rules."""
    found = all_seats(facts)
    problems = tuple(_problems(facts))
    if not found:
        return Insight(problems=problems)
    filled = sum(seat.holder is not None for seat in found)
    short = len({fold(seat.row.get("Group", "")) for seat in found if seat.holder is None})
    headlines = (
        Headline("Seats filled", filled, f"of {len(found):,} that groups should have"),
        Headline("Seats vacant", len(found) - filled),
        Headline("Groups with a vacant seat", short),
    )
    rows = rows_of(facts, "Group members")
    sitting = sum(sits(row, facts) for row in rows)
    table = Table(
        TAB,
        tuple(_row(seat) for seat in found),
        sources=(
            Source("Group seats", len(rows_of(facts, "Group seats"))),
            Source("Group members", sitting, len(rows) - sitting, "they do not sit there today"),
        ),
        parts="Group",
        shown=ON_PAPER,
    )
    return Insight(seat_words(found, facts), headlines, (table,), tuple(_news(facts, span)), problems)


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
    names = _unrecognised(sitting, facts)
    open_still = f"May be filled: not recognised yet is {in_a_row(names)}." if names else ""
    for seat in rule(row, sitting, facts):
        doubt = open_still if seat.holder is None and rule is not _of_agency else ""
        yield replace(seat, note=" ".join(part for part in (doubt, seat.note) if part))


def _unrecognised(sitting: Sequence[Member], facts: Facts) -> list[str]:
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


def _row(seat: Seat) -> CellsByHeading:
    holder, count = seat.holder, headcount(seat.golden)
    return {
        "Group": seat.row.get("Group", ""),
        "Seat": seat.row.get("Seat", "") or seat.row.get("Rule", ""),
        "Rule": seat.row.get("Rule", ""),
        "Place": seat.place,
        "Status": FILLED if holder else VACANT,
        "Held by": (holder.agency or holder.employer) if holder else "",
        "Employer ID": seat.golden.get("employer_id", ""),
        "Person": holder.person if holder else "",
        "Employees": "" if count is None else count,
        "Candidates": "; ".join(seat.candidates),
        "Whom to ask": seat.ask,
        "Note": seat.note,
    }


def seat_words(found: Sequence[Seat], facts: Facts) -> str:
    """ "9 seats in 2 groups: 6 filled, 3 vacant. In Board a seat may be filled: not recognised yet is Acorn.
    Headcount not known of …" """
    filled = sum(seat.holder is not None for seat in found)
    groups = len({fold(seat.row.get("Group", "")) for seat in found})
    said = f"{counted(len(found), 'seat')} in {counted(groups, 'group')}: "
    said += f"{filled:,} filled, {len(found) - filled:,} vacant."
    by_size = any(seat.place.endswith("by headcount") for seat in found)
    return " ".join((said, *_doubts(found, facts), *([unknown_words(facts)] if by_size else []))).strip()


def _doubts(found: Sequence[Seat], facts: Facts) -> Iterator[str]:
    open_to = dict.fromkeys(
        seat.row.get("Group", "")
        for seat in found
        if seat.holder is None and fold(seat.row.get("Rule", "")) != "agency"
    )
    for group in open_to:
        names = _unrecognised(members(facts).get(fold(group), ()), facts)
        if names:
            yield f"In {group} a seat may be filled: not recognised yet is {in_a_row(names)}."


def _news(facts: Facts, span: Period) -> Iterator[News]:
    """Who came to a group in the period, and who left it, up to facts.today."""
    for row in rows_of(facts, "Group members"):
        who = employer_name(row, employers_by_id(facts)) or row.get("Agency", "")
        for heading, did in (("From", "joined"), ("To", "left")):
            day = read_day(row.get(heading, ""))
            if day is not None and day in span and day <= facts.today and who:
                keys = frozenset({row.get("employer_id", "")} - {""})
                yield News(
                    f"{who} {did} {row.get('Group', '')}.", keys, frozenset({row.get("Agency", "")} - {""})
                )


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


def _problems(facts: Facts) -> Iterator[Finding]:
    groups = {fold(row.get("Group", "")) for row in rows_of(facts, "Groups")} - {""}
    for tab, kind in (("Group seats", "seat-not-counted"), ("Group members", "member-not-counted")):
        for row in rows_of(facts, tab):
            name, record = row.get("Group", ""), facts.records.get(row["record_id"])
            fault = fault_of(row, facts) if tab == "Group seats" else ""
            if name and groups and fold(name) not in groups:
                fault = f"“{name}” is no group of the Groups tab."
            if record is not None and name and fault:
                yield Finding(
                    kind, record.place, fault, name, record_id=record.record_id, agency=record.agency
                )


CAPABILITY = Capability(
    key="seats",
    number=5,
    title="Seats",
    clause="Tameside 3.3.b: “representation from the 5 largest employers”; 3.3.c: named sectors; North West: "
    "“core membership … one representative from”",
    tabs=(TAB,),
    tell=tell,
)
