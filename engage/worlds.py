"""Share, link and gather: one world for each audience, made only of what that audience may see.

There is one linking, the hub's, of what all may see: every merge in it stands in Decisions. An agency that
keeps something to itself has those rows beside it, merged with nobody's, so that what it does not share can
move nobody else's identifiers, lists or questions, and no merge escapes an Undo.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from .built.chosen import Choice, chosen_values
from .insight.facts import Facts
from .insight.objections import HEADING, NEWS, NO, Held, held_people
from .insight.weeks import british
from .linkage.survivorship import Chosen, Steering
from .model import (
    ON_NEWS,
    AgencyRead,
    Decision,
    Finding,
    History,
    Linked,
    Membership,
    Objection,
    Pair,
    Record,
    Refusal,
    mention,
    record_of,
)
from .register.values import Context
from .schema import Schema
from .sharing import HUB, Agreement, visible

if TYPE_CHECKING:
    import pandas as pd

Link = Callable[[Sequence[Record], Sequence[Decision], Membership], Linked]
Compared = Callable[[Iterable[Record]], Callable[[str, str], str]]


@dataclass(frozen=True, slots=True)
class Judge:
    """How linkage is asked: link(records, decisions, before), and what two mentions are compared by."""

    link: Link
    compared: Compared
    country: str = "GB"


@dataclass(frozen=True, slots=True)
class World:
    """One audience's records and how they are linked. shared: the linking is the hub's own."""

    audience: str
    records: tuple[Record, ...]
    linked: Linked
    shared: bool


def make_worlds(
    records: Sequence[Record],
    agreed: Mapping[str, Agreement],
    schema: Schema,
    decisions: Sequence[Decision],
    before: Mapping[str, Membership],
    *,
    audiences: Sequence[str],
    judge: Judge,
) -> dict[str, World]:
    """Audience → its world; HUB first. before: audience → its clusters at the last sync."""
    open_records = visible(records, HUB, agreed, schema)
    hub = World(
        HUB, open_records, judge.link(open_records, decisions, before.get(HUB, Membership())), shared=True
    )
    worlds = {HUB: hub}
    for audience in audiences:
        seen = visible(records, audience, agreed, schema)
        worlds[audience] = world_beside(
            audience, seen, hub, before.get(audience, Membership()), judge.country
        )
    return worlds


def world_beside(
    audience: str, seen: tuple[Record, ...], hub: World, before: Membership, country: str
) -> World:
    """An agency's world: the hub's, with the agency's own rows beside it."""
    from .linkage.alongside import add_alone  # noqa: PLC0415 - only where something is kept back

    if seen == hub.records:
        return World(audience, seen, hub.linked, shared=True)
    return World(audience, seen, add_alone(hub.linked, seen, before, country), shared=False)


def own_clusters(world: World, hub: World) -> Membership:
    """What an agency's own _engage remembers: the clusters of its world that are not the hub's."""
    mine, theirs = world.linked.membership(), hub.linked.membership()
    return Membership(
        {key: members for key, members in mine.employers.items() if key not in theirs.employers},
        {},
        {key: members for key, members in mine.people.items() if key not in theirs.people},
    )


@dataclass(frozen=True, slots=True)
class Setting:
    """What every audience's facts have in common. agencies: spelling, case-folded → agency's name.

    refused: address → how the mail server refused it for good. lists: as in Facts.
    truth: heading → the agency that is its source of truth. choices: values that people decided on, typed
    where all may see them. country: whose way of writing phone numbers they are read by. asked: the pairs
    that stand in To review.
    year, clash_days and what follows it: as in engage.toml.
    objections: record id → what its row says, or said, against being contacted; shares: the agencies whose
    people others may see, and so their objections; released: rows that somebody else's does not concern.
    """

    partnership: str
    today: date
    run_id: str
    reads: Sequence[AgencyRead]
    histories: Mapping[str, History]
    agencies: Mapping[str, str]
    asked: Sequence[Pair] = ()
    year: str = "financial"
    clash_days: int = 7
    redundancy_clash_days: int = 30
    review_months: int = 24
    clash_days_of: Mapping[str, int] = field(default_factory=dict)
    most_asks: int = 4
    large_recruitment: int = 20
    truth: Mapping[str, str] = field(default_factory=dict)
    choices: Sequence[Choice] = ()
    country: str = "GB"
    refused: Mapping[str, Refusal] = field(default_factory=dict)
    lists: Mapping[str, Sequence[str]] = field(default_factory=dict)
    objections: Mapping[str, Objection] = field(default_factory=dict)
    shares: frozenset[str] = frozenset()
    released: Callable[[Record], bool] = lambda _: False


def gather_facts(world: World, schema: Schema, setting: Setting, findings: Sequence[Finding]) -> Facts:
    """Everything that this audience's tabs and digests are computed from."""
    by_id = {record.record_id: record for record in world.records}
    own = {key: setting.histories[key] for key in by_id if key in setting.histories}
    steering = _steering(world, by_id, schema, setting)
    employers, people = _golden(world, by_id, own, schema, steering, setting.today)
    same = {name: getattr(setting, name) for name in SAME_FOR_ALL}
    return Facts(
        audience=world.audience,
        records=by_id,
        histories=own,
        linked=world.linked,
        tables={tab.title: frame(tab.title, world, schema) for tab in schema.staff_tabs()},
        columns={tab.title: tab.columns for tab in schema.staff_tabs()},
        steering=steering,
        employers=employers,
        people=people,
        findings=findings,
        asked=tuple(pair for pair in setting.asked if _both_seen(pair, by_id)),
        **same,
    )


SAME_FOR_ALL = (  # what every audience's facts have from the setting as it is
    "partnership",
    "today",
    "run_id",
    "reads",
    "agencies",
    "refused",
    "lists",
    "year",
    "clash_days",
    "redundancy_clash_days",
    "clash_days_of",
    "review_months",
    "most_asks",
    "large_recruitment",
)


def _steering(world: World, records: Mapping[str, Record], schema: Schema, setting: Setting) -> Steering:
    context = Context(setting.today, country=setting.country)
    chosen = chosen_values(setting.choices, world.linked.membership(), schema, context)
    return Steering(setting.truth, chosen | _held(world, records, setting))


def _golden(
    world: World,
    records: Mapping[str, Record],
    histories: Mapping[str, History],
    schema: Schema,
    steering: Steering,
    today: date,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The golden employers and people, as Facts has them."""
    from .linkage.golden import golden_employers, golden_people  # noqa: PLC0415 - pandas only in a sync

    of_firms, of_people = _headings(schema, "Employers"), _headings(schema, "Contacts")
    employers = golden_employers(
        records, world.linked, histories, headings=of_firms, today=today, steering=steering
    )
    people = golden_people(
        records, world.linked, histories, employers, headings=of_people, today=today, steering=steering
    )
    return employers.frame, people.frame


def keeps_objections(world: World, setting: Setting) -> bool:
    """Whether its agency was told of an objection that others may not know of, in a row that is gone."""
    seen = {record.record_id for record in world.records}
    return any(
        one.agency == world.audience and one.agency not in setting.shares and key not in seen
        for key, one in setting.objections.items()
    )


def _held(world: World, records: Mapping[str, Record], setting: Setting) -> dict[tuple[str, str], Chosen]:
    """Do not contact, or the No to news, of whoever is held by more than their own rows: an engagement, a
    deleted row, a mark."""
    known = {
        key: one
        for key, one in setting.objections.items()
        if one.agency in setting.shares or one.agency == world.audience
    }
    held = held_people(world.linked, records, known, setting.released) if known else {}
    return dict(_chosen(person, one) for person, one in held.items() if not one.own)


def _chosen(person: str, held: Held) -> tuple[tuple[str, str], Chosen]:
    """What the person's merged row says instead: of being contacted, or of news."""
    heading, value = (ON_NEWS, NO) if held.level == NEWS else (HEADING, held.level)
    why = f"{HELD_NO if held.level == NEWS else HELD} since {british(held.since)}"
    return (person, heading), Chosen(value, held.since, held.by, because=why)


HELD, HELD_NO = "an objection held", "a No held"


def _both_seen(pair: Pair, records: Mapping[str, Record]) -> bool:
    return record_of(pair.a) in records and record_of(pair.b) in records


def _headings(schema: Schema, title: str) -> tuple[str, ...]:
    return tuple(column.heading for column in schema.tabs[title].columns if column.laid_out)


def frame(title: str, world: World, schema: Schema) -> pd.DataFrame:
    """One staff tab's records: record_id, agency, workbook, row, employer_id, person_id and every heading."""
    import pandas as pd  # noqa: PLC0415

    headings = [column.heading for column in schema.tabs[title].columns if column.heading != "Record ID"]
    rows = [_cells(record, headings, world.linked) for record in world.records if record.tab == title]
    columns = ["record_id", "agency", "workbook", "row", "employer_id", "person_id", *headings]
    return pd.DataFrame(rows, columns=columns, dtype=object)  # a column of strings would copy every cell


def _cells(record: Record, headings: Sequence[str], linked: Linked) -> list[object]:
    key = record.record_id
    return [
        key,
        record.agency,
        record.place.workbook,
        record.place.row,
        linked.employer_of.get(mention(key), ""),
        linked.person_of.get(mention(key, 1), ""),
        *(record[heading] for heading in headings),
    ]
