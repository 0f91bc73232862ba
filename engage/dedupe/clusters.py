"""What linking a list comes to: each row's cluster, and the pairs that a person should look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engage.linkage.identifiers import new_identifier
from engage.linkage.settings import LinkSettings
from engage.model import Linked, Membership, Pair, Record, mention, record_of

from .columns import PEOPLE

ORGANISATION, SITE = "organisation", "site"
_AT_MOST = 9  # people in one cell


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A pair of rows that may be one. row_a < row_b: data rows from 1; probability 0..1; reasons in words.

    about: "organisation" or "person".
    """

    row_a: int
    row_b: int
    probability: float
    reasons: str
    about: str


@dataclass(frozen=True, slots=True)
class Clustered:
    """The rows' clusters, in the order of the rows.

    cluster_ids: by the automatic band alone. confidence, 0..1: how likely the row's strongest tie to its
    cluster is; for a row on its own, how unlikely its likeliest doubtful pair is. person_ids: several people
    in a row joined "; ", "" for none. nameless: rows that name nobody, each on its own.
    """

    cluster_ids: tuple[str, ...]
    confidence: tuple[float, ...]
    person_ids: tuple[str, ...]
    doubtful: tuple[Doubtful, ...]
    nameless: int = 0


def cluster_rows(
    records: Sequence[Record], settings: LinkSettings, *, level: str = ORGANISATION, people: bool = False
) -> Clustered:
    """Link the records of one list, as a night links the register, and say what each row belongs to."""
    from engage.linkage.linking import link  # noqa: PLC0415 - Splink's half second, when there is work

    linked = link(records, [], Membership(), settings)
    of_people = bool(records) and records[0].tab == PEOPLE
    persons = [_people(record, linked) for record in records]
    ids = persons if of_people else [_organisation(record, linked, level) for record in records]
    own = [
        found or new_identifier("ROW", record.record_id) for found, record in zip(ids, records, strict=True)
    ]
    kinds = {"person"} if of_people else {"employer", "person"} if people else {"employer"}
    return Clustered(
        cluster_ids=tuple(own),
        confidence=_confidence(records, own, linked.pairs, "person" if of_people else "employer"),
        person_ids=tuple(persons),
        doubtful=_doubtful(records, linked.questions, kinds),
        nameless=sum(not found for found in ids),
    )


def _organisation(record: Record, linked: Linked, level: str) -> str:
    key = mention(record.record_id)
    if level == SITE and key in linked.employer_of:
        return linked.site_of.get(key) or new_identifier("SIT", key)
    return linked.employer_of.get(key, "")


def _people(record: Record, linked: Linked) -> str:
    keys = (mention(record.record_id, ordinal) for ordinal in range(1, _AT_MOST + 1))
    return "; ".join(linked.person_of[key] for key in keys if key in linked.person_of)


def _confidence(
    records: Sequence[Record], ids: Sequence[str], pairs: Sequence[Pair], kind: str
) -> tuple[float, ...]:
    home = {record.record_id: found for record, found in zip(records, ids, strict=True)}
    tie: dict[str, float] = {}
    doubt: dict[str, float] = {}
    for pair in pairs:
        a, b = record_of(pair.a), record_of(pair.b)
        if pair.kind != kind or a == b:
            continue
        together = home[a] == home[b]
        if together and pair.band != "automatic":
            continue
        found = tie if together else doubt
        for key in (a, b):
            found[key] = max(found.get(key, 0.0), pair.probability)
    return tuple(
        round(tie.get(record.record_id, 1 - doubt.get(record.record_id, 0.0)), 6) for record in records
    )


def _doubtful(records: Sequence[Record], questions: Sequence[Pair], kinds: set[str]) -> tuple[Doubtful, ...]:
    """The questions in the order in which they bring most, rows by number."""
    number: Mapping[str, int] = {record.record_id: record.place.row for record in records}
    found = []
    for pair in questions:
        a, b = sorted((number[record_of(pair.a)], number[record_of(pair.b)]))
        if pair.kind in kinds and a != b:
            about = "person" if pair.kind == "person" else "organisation"
            reasons = "; ".join(filter(None, (*pair.reasons, pair.veto)))
            found.append(Doubtful(a, b, round(pair.probability, 6), reasons, about))
    return tuple(found)
