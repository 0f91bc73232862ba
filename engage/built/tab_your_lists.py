"""Your employers and Your contacts: what the partnership knows about the rows of one agency."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from engage.built.material import CellsByHeading, Material
from engage.built.standing import standing_of
from engage.insight.asks import before_you_go
from engage.insight.facts import Facts
from engage.insight.reading import plain_rows
from engage.model import record_of
from engage.register.text import split_several

EMPLOYER_ROWS, PERSON_ROWS = frozenset({"Employers"}), frozenset({"Employers", "Contacts"})


def your_employer_rows(material: Material) -> Iterator[CellsByHeading]:
    """One row a merged employer that this agency has a row about, by name then id."""
    facts, standing = material.facts, standing_of(material.facts)
    yours = _own_rows(facts, facts.linked.employer_of, EMPLOYER_ROWS)
    for golden in plain_rows(facts.employers):
        if rows := len(yours.get(golden["employer_id"], ())):
            key = golden["employer_id"]
            yield {
                **golden,
                **standing.employer(key),
                "Employer ID": key,
                "Your rows": rows,
                "Who else knows them": _others(golden.get("Agencies", ""), facts.audience),
                "Asks in 90 days": standing.asks.get(key, 0),
                "Clash": standing.clash_of(key, facts.audience),
                "Before you go": before_you_go(facts, key),
            }


def your_contact_rows(material: Material) -> Iterator[CellsByHeading]:
    """One row a merged person that this agency has a row about, by name then id."""
    facts, standing = material.facts, standing_of(material.facts)
    employers = {golden["employer_id"]: golden for golden in plain_rows(facts.employers)}
    yours = _own_rows(facts, facts.linked.person_of, PERSON_ROWS)
    for golden in plain_rows(facts.people):
        if golden["person_id"] in yours:
            employer = employers.get(golden.get("employer_id", ""), {})
            names = (golden.get(heading, "") for heading in ("Title", "First name", "Last name"))
            yield {
                **golden,
                "Person ID": golden["person_id"],
                "Name": " ".join(name for name in names if name),
                "Rest until": employer.get("Rest until", ""),
                "Asks in 90 days": standing.asks_of_person.get(golden["person_id"], 0),
                "Clash": standing.clash_of(golden.get("employer_id", ""), facts.audience),
                "Who else knows them": _others(golden.get("Agencies", ""), facts.audience),
            }


def _own_rows(facts: Facts, cluster_of: Mapping[str, str], tabs: frozenset[str]) -> dict[str, set[str]]:
    """Merged id → this agency's record ids in it."""
    own: dict[str, set[str]] = defaultdict(set)
    for key, cluster in cluster_of.items():
        record = facts.records.get(record_of(key))
        if record is not None and record.agency == facts.audience and record.tab in tabs:
            own[cluster].add(record.record_id)
    return own


def _others(agencies: str, own: str) -> str:
    return "; ".join(name for name in split_several(agencies) if name != own)


BUILDS = {
    "Your employers (built nightly)": your_employer_rows,
    "Your contacts (built nightly)": your_contact_rows,
}
