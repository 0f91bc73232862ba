"""What the partnership has of one agency: for whoever decides on a pause or a departure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from engage.config import HUB, Agency, Config
from engage.errors import UsageError
from engage.insight.reading import agency_of, rows_of
from engage.model import AgencyRead, record_of
from engage.night import Night, home_of
from engage.schema import Schema


@dataclass(frozen=True, slots=True)
class Standing:
    """One agency tonight. rows: tab → how many rows. workbook: the key of where they are.

    alone, shared: merged employers that only its rows are in, or others' too; people_alone, people_shared:
    the same of people. readers: rows of Coordinators that are its own. questions: of To review on its rows.
    read: how fresh its rows are.
    """

    agency: Agency
    workbook: str
    rows: Mapping[str, int]
    alone: int
    shared: int
    people_alone: int
    people_shared: int
    readers: int
    questions: int
    read: AgencyRead | None

    @property
    def in_the_hub(self) -> bool:
        """Whether its rows are typed into the hub itself, where only people take them out."""
        return self.workbook == HUB


def agency_named(config: Config, name: str) -> Agency:
    """The agency of engage.toml. Raises UsageError if there is none of this name, or it has left."""
    found = config.agency(name)
    if found is None:
        gone = replace(config, agencies=config.departed).agency(name) is not None
        known = ", ".join(one.short or one.name for one in config.agencies)
        raise UsageError(
            f"{name} has left" if gone else f"there is no agency called “{name}”",
            fix="engage agency join takes it in again" if gone else f"use one of: {known}",
        )
    return found


def standing_of(night: Night, config: Config, schema: Schema, agency: Agency) -> Standing:
    """The same, from a night that has been read. Rows of tabs that only the hub has are not its own."""
    kept = [record for record in night.intake.records if schema.tabs[record.tab].where != HUB]
    mine = {record.record_id for record in kept if record.agency == agency.name}
    linked = night.worlds[HUB].linked
    alone, shared = _clusters(linked.employer_of, mine)
    people_alone, people_shared = _clusters(linked.person_of, mine)
    coordinators = rows_of(night.facts[HUB], "Coordinators")
    return Standing(
        agency=agency,
        workbook=home_of(config, agency.name),
        rows=dict(Counter(record.tab for record in kept if record.record_id in mine).most_common()),
        alone=alone,
        shared=shared,
        people_alone=people_alone,
        people_shared=people_shared,
        readers=sum(agency_of(row) == agency.name for row in coordinators),
        questions=sum(_touches(pair.a, pair.b, mine) for pair in linked.questions),
        read=next((one for one in night.reads if one.agency == agency.name), None),
    )


def _clusters(of: Mapping[str, str], mine: set[str]) -> tuple[int, int]:
    """How many clusters hold only these records' mentions, and how many hold others' too."""
    ours = {cluster for key, cluster in of.items() if record_of(key) in mine}
    theirs = {cluster for key, cluster in of.items() if record_of(key) not in mine}
    return len(ours - theirs), len(ours & theirs)


def _touches(a: str, b: str, mine: set[str]) -> bool:
    return record_of(a) in mine or record_of(b) in mine
