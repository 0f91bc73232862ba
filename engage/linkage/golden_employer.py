"""One merged employer: its values field by field, from the rows of its cluster."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from engage.linkage.evidence import Evidence, last_contact
from engage.linkage.golden_log import Context, Log, Made, aliases, joined
from engage.linkage.survivorship import (
    Candidate,
    Rank,
    Survivor,
    headcount,
    known_to_offer,
    legal_name,
    own_mailbox,
    rung,
    strictest,
    survivor,
    valid_company_number,
    valid_postcode,
)
from engage.model import Linked, Record, mention
from engage.register.text import split_several

EVERY_ROW = "all rows together"
MANAGER = "Relationship manager"
PLACE_FIELDS = frozenset({"Site", "Address", "Town", "Postcode", "Employees here"})
Ranks = Mapping[str, Callable[[str, Sequence[str]], Rank]]


def merge_employer(key: str, rows: tuple[Record, ...], headings: Sequence[str], context: Context) -> Made:
    """One employer's values by heading, and the log of what every row says; rows: all that name it."""
    own = tuple(row for row in rows if row.tab == "Employers") or rows[:1]
    log = Log(key)
    ranks = _employer_ranks(context.evidence, key)
    main = _main_site(own, context)
    for heading in headings:
        candidates = [
            context.candidate(row, heading, row[heading])
            for row in own
            if heading not in PLACE_FIELDS or _belongs(row, main, heading, context)
        ]
        log.add(heading, candidates, _stands(heading, candidates, ranks, context))
    _several_of(log, "Sector", own)
    _managers(log, own)
    log.notes(own, context)
    log.choose(context.steering.chosen)
    contact = last_contact(rows, context.today)
    golden = {"employer_id": key, **log.values}
    golden |= {
        "Agency": joined(row.agency for row in rows),
        "Agencies": joined(row.agency for row in rows),
        "Also known as": aliases(golden.get("Employer", ""), _names(rows)),
        "Sites": _sites(own, context.linked),
        "Records": joined(row.record_id for row in own),
        "First seen": min((context.candidate(row, "", "").since for row in rows), default=""),
        "Last contact": contact.day,
        "Last contact by": contact.by,
        "Where each value came from": log.sources(),
    }
    return golden, log


def _employer_ranks(evidence: Evidence, key: str) -> Ranks:
    return {
        "Employer": legal_name,
        "Postcode": valid_postcode,
        "Company number": valid_company_number,
        "Stage": rung,
        "Employees here": headcount,
        "Offers apprenticeships": known_to_offer,
        "Email": own_mailbox,
        "Phone": lambda value, _others: (int(evidence.employers_on.get(value, frozenset()) <= {key}),),
    }


def _stands(
    heading: str,
    candidates: Sequence[Candidate],
    ranks: Ranks,
    context: Context,
) -> Survivor | None:
    if heading == "Rest until":
        latest = max((c.value for c in candidates), default="")
        return strictest(candidates, lambda value: int(value == latest))
    return survivor(heading, candidates, context.steering, ranks.get(heading))


def _main_site(rows: Sequence[Record], context: Context) -> str:
    """The site whose place is shown: one with a postcode, then of most rows, then changed last."""
    by_site: dict[str, list[Record]] = defaultdict(list)
    for row in rows:
        by_site[context.linked.site_of.get(mention(row.record_id), "")].append(row)

    def weight(site: str) -> tuple[bool, int, str]:
        members = by_site[site]
        newest = max(context.candidate(row, "Postcode", "").since for row in members)
        return any(row["Postcode"] for row in members), len(members), newest

    return max(sorted(by_site), key=weight)


def _belongs(row: Record, main: str, heading: str, context: Context) -> bool:
    """Whether a row may speak for the main site: it is there, says no place, or people told us to ask it."""
    told = context.steering.source_of_truth.get(heading) == row.agency
    here = context.linked.site_of.get(mention(row.record_id), "") == main
    return told or here or not row["Postcode"]


def _several_of(log: Log, heading: str, rows: Sequence[Record]) -> None:
    """Every value that any row gives: an employer may be in several sectors."""
    values = (part for row in rows for part in split_several(row[heading]))
    if heading in log.values:
        log.make(heading, joined(values), EVERY_ROW)


def _managers(log: Log, rows: Sequence[Record]) -> None:
    """Each agency's own manager, with the agency: no agency's colleague displaces another's."""
    said = (f"{row[MANAGER]} ({row.agency})" if row.agency else row[MANAGER] for row in rows if row[MANAGER])
    if MANAGER in log.values:
        log.make(MANAGER, joined(said), EVERY_ROW)


def _names(rows: Iterable[Record]) -> list[str]:
    """What its own rows and its contacts call the employer; not the free words of an engagement."""
    told = [row for row in rows if row.tab in ("Employers", "Contacts")]
    return [name for row in told for name in (row["Employer"], row["Trading as"]) if name]


def _sites(rows: Sequence[Record], linked: Linked) -> str:
    """The sites in words, "Dukinfield SK16 4AA; Hyde SK14 2BB"."""
    places: dict[str, str] = {}
    for row in rows:
        site = linked.site_of.get(mention(row.record_id), "")
        words = " ".join(part for part in (row["Site"], row["Town"], row["Postcode"]) if part)
        places[site] = max(places.get(site, ""), words, key=lambda text: (len(text), text))
    return joined(places.values())
