"""Seats: how many are filled, which are vacant, who came and who left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engage.insight.capability import Capability, CellsByHeading, Headline, Insight, News, Source, Table
from engage.insight.facts import Facts
from engage.insight.group_members import sits
from engage.insight.groups import headcount, members
from engage.insight.reading import employer_name, employers_by_id, fold, rows_of
from engage.insight.seat_rules import Seat, all_seats, fault_of, unknown_words, unrecognised
from engage.insight.weeks import Period, read_day
from engage.model import Finding
from engage.wording import counted, in_a_row

TAB = "Seats"
FILLED, VACANT = "Filled", "Vacant"
ON_PAPER = ("Seat", "Place", "Status", "Held by", "Person", "Employees", "Candidates", "Whom to ask")


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
        names = unrecognised(members(facts).get(fold(group), ()), facts)
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
