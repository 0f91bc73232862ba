"""One merged person: values field by field, from the rows that name them; permissions by the strictest."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from engage.linkage.evidence import Evidence, last_contact, person_cells
from engage.linkage.golden_log import Context, Log, Made, aliases, joined
from engage.linkage.survivorship import Candidate, Rank, Survivor, full_name, own_mailbox, strictest, survivor
from engage.model import Record, mention
from engage.register.objection import objects

POST_FIELDS = frozenset({"Job title", "Email", "Phone"})  # they belong to a post, not to the person
IN_NOTES = "an objection in Notes"
DO_NOT_CONTACT = {"Marketing": 1, "All": 3}
NEWS = {"Yes - asked": 0, "Yes - existing contact": 1, "Not asked": 2, "No": 4}
Ranks = Mapping[str, Callable[[str, Sequence[str]], Rank]]


def merge_person(
    key: str,
    rows: tuple[tuple[Record, int], ...],
    headings: Sequence[str],
    employers: Mapping[str, str],
    context: Context,
) -> Made:
    """One person's values by heading, and the log; employers: EMP- id → golden name."""
    own = tuple(row for row in rows if row[0].tab in ("Contacts", "Employers")) or rows[:1]
    cells = [(record, person_cells(record, ordinal)) for record, ordinal in own]
    employer_id = _present_employer(cells, context)
    log, ranks = Log(key), _person_ranks(context.evidence, key)
    for heading in headings:
        candidates = [
            context.candidate(row, heading, found.get(heading, ""), _bias(row, heading, employer_id, context))
            for row, found in cells
        ]
        log.add(heading, candidates, _permitted(heading, candidates, ranks, context))
    _add_objections(log, [row for row, _ in cells], context)
    log.notes([row for row, _ in cells if row.tab == "Contacts"], context)
    log.choose(context.steering.chosen)
    golden = {"person_id": key, "employer_id": employer_id, **log.values}
    whole = [f"{found.get('First name', '')} {found.get('Last name', '')}".strip() for _, found in cells]
    golden |= {
        "Employer": employers.get(employer_id, golden.get("Employer", "")),
        "Agency": joined(row.agency for row, _ in rows),
        "Agencies": joined(row.agency for row, _ in rows),
        "Also known as": aliases(f"{golden['First name']} {golden['Last name']}".strip(), whole),
        "Records": joined(row.record_id for row, _ in own),
        "Last contact": last_contact((row for row, _ in rows), context.today).day,
        "Where each value came from": log.sources(),
    }
    return golden, log


def _person_ranks(evidence: Evidence, key: str) -> Ranks:
    def direct(value: str, _others: Sequence[str]) -> Rank:
        """A line of one's own over the switchboard, the switchboard over an agent's number."""
        users, firms = (side.get(value, frozenset()) for side in (evidence.people_on, evidence.employers_on))
        return int(users <= {key} and not firms), int(users <= {key}), int(len(firms) <= 1)

    return {
        "First name": full_name,
        "Last name": full_name,
        "Email": own_mailbox,
        "Phone": direct,
        "Mobile": direct,
    }


def _present_employer(cells: Sequence[tuple[Record, Mapping[str, str]]], context: Context) -> str:
    """Where the person works: the newest row that does not say they have left."""
    known = [
        context.candidate(row, "Employer", employer, int(found.get("Still in post?", "") != "No"))
        for row, found in cells
        if (employer := context.linked.employer_of.get(mention(row.record_id), ""))
    ]
    found = survivor("Employer", known, context.steering)
    return found.value if found else ""


def _bias(row: Record, heading: str, employer_id: str, context: Context) -> int:
    here = context.linked.employer_of.get(mention(row.record_id), "") == employer_id
    return int(heading not in POST_FIELDS or here)


def _permitted(
    heading: str,
    candidates: Sequence[Candidate],
    ranks: Ranks,
    context: Context,
) -> Survivor | None:
    """Permissions go by the strictest; a word that is in neither list is taken for a refusal."""
    if heading == "Do not contact":
        return strictest(candidates, lambda value: DO_NOT_CONTACT.get(value, 2))
    if heading == "May we email news?":
        return strictest(candidates, lambda value: NEWS.get(value, 3))
    return survivor(heading, candidates, context.steering, ranks.get(heading))


def _add_objections(log: Log, rows: Sequence[Record], context: Context) -> None:
    objecting = [row for row in rows if objects(row["Notes"])]
    if objecting and log.values.get("Do not contact") != "All":
        candidates = [context.candidate(row, "Notes", "All") for row in objecting]
        log.overrule(
            "Do not contact", candidates, Survivor("All", objecting[0], candidates[0].since, IN_NOTES)
        )
