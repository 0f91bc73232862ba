"""Why two records are one, or are not: what was decided, and what speaks for and against it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Protocol

from engage.built.decision_book import Book
from engage.built.preview import place_order
from engage.built.rows_then import who_said
from engage.built.sides import side_of
from engage.errors import UsageError
from engage.insight.facts import Facts
from engage.linkage.causes import Cause, joining, parting
from engage.linkage.settings import LinkSettings
from engage.linkage.weighing import Weighed, weigh
from engage.model import Linked, Record, mention, record_of

ROW = re.compile(r"^(R-\w+)(#\d+)?$")
ONE, TWO, ASKED = "one", "two", "asked"


class Linking(Protocol):
    """Rows, and how they are linked."""

    @property
    def records(self) -> Sequence[Record]: ...  # noqa: D102
    @property
    def linked(self) -> Linked: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class End:
    """One of the two. cluster: its EMP- or PER- id tonight, "" if it has none yet."""

    key: str
    label: str
    row: str
    cluster: str


@dataclass(frozen=True, slots=True)
class WhyTwo:
    """An answer to `engage why A B`. outcome: "one", "two" or "asked".

    decided: by whom, or by way of which rows. parts: (reason, bits), what speaks for them first, strongest
    first; start: bits before anything is compared; extra: bits because a free text mostly names somebody who
    is listed; weight: the sum. bars: what no weight outvotes.
    """

    kind: str
    a: End
    b: End
    outcome: str
    decided: tuple[str, ...]
    parts: tuple[tuple[str, float], ...]
    start: float
    extra: float
    weight: float
    probability: float
    band: str
    bars: tuple[str, ...]

    def document(self) -> dict[str, object]:
        """The answer for --json."""
        return asdict(self)


def why_two(
    facts: Facts, hub: Linking, book: Book, names: tuple[str, str], settings: LinkSettings
) -> tuple[WhyTwo, Weighed]:
    """Two records weighed against each other, of what this audience may see.

    hub: the rows that were linked, and how. names: EMP-, SIT- or PER- ids, record ids (R-…) or mentions
    (R-…#1); of records made of several rows the likeliest pair speaks. Raises UsageError if one is not there,
    or if they are not two of a kind that were compared.
    """
    a, b = _the_pair(facts, hub.linked, names)
    weighed = weigh(a, b, hub.records, hub.linked, settings, book.decisions)
    if weighed is None:
        raise UsageError(
            f"{a} and {b} are not compared",
            fix="name two employers or two people; what an agency keeps to itself is compared with nobody's",
        )
    pair = weighed.pair
    one, other = (_end(facts, key, pair.kind) for key in sorted((a, b)))
    found = WhyTwo(
        kind=pair.kind,
        a=one,
        b=other,
        outcome=_outcome(hub.linked, one, other),
        decided=tuple(_decided(hub.linked, book, one, other, pair.kind)),
        parts=weighed.parts,
        start=weighed.start,
        extra=weighed.extra,
        weight=pair.weight,
        probability=pair.probability,
        band=pair.band,
        bars=tuple(text for text in (pair.veto, *pair.reasons[len(weighed.parts) :]) if text),
    )
    return found, weighed


# --- Which two are meant -----------------------------------------------------------------------------------


def _the_pair(facts: Facts, linked: Linked, names: tuple[str, str]) -> tuple[str, str]:
    """The likeliest pair of mentions of one kind; people's first where both rows are of Contacts."""
    firsts, seconds = (_mentions(facts, linked, name) for name in names)
    tabs = {facts.records[record_of(key)].tab for key in (*firsts, *seconds)}
    kinds = (True, False) if tabs == {"Contacts"} else (False, True)
    for of_people in kinds:
        one = [key for key in firsts if _is_person(key) == of_people]
        other = [key for key in seconds if _is_person(key) == of_people]
        if one and other and {*one, *other} != {one[0]}:
            return _likeliest(linked, one, other)
    raise UsageError(
        f"{names[0]} and {names[1]} are no pair", fix="name two employers, two people, or a row of each"
    )


def _likeliest(linked: Linked, one: Sequence[str], other: Sequence[str]) -> tuple[str, str]:
    between = [
        pair
        for pair in linked.pairs
        if (pair.a in one and pair.b in other) or (pair.b in one and pair.a in other)
    ]
    if between:
        best = max(between, key=lambda pair: (pair.weight, pair.a, pair.b))
        return best.a, best.b
    return next((a, b) for a in one for b in other if a != b)


def _mentions(facts: Facts, linked: Linked, name: str) -> list[str]:
    """The mentions that an id stands for, rows about them first. Raises UsageError if there are none."""
    text = name.strip()
    row = ROW.match(text)
    if row and row[2]:
        keys = {text}
    elif row:
        people = {mention(text, ordinal) for ordinal in range(1, 10)}
        keys = {mention(text), *people.intersection(linked.person_of)}
    else:
        keys = {key for ids in _clusters(facts.linked) for key, one in ids.items() if one == text.upper()}
    seen = [key for key in sorted(keys) if record_of(key) in facts.records]
    if not seen:
        raise UsageError(f"there is no {text} in the lists", fix="find its number with: engage who NAME")
    return sorted(seen, key=lambda key: place_order(facts.records[record_of(key)]))


def _clusters(linked: Linked) -> tuple[Mapping[str, str], ...]:
    return linked.employer_of, linked.site_of, linked.person_of


def _is_person(key: str) -> bool:
    return not key.endswith("#0")


# --- What is said of them ----------------------------------------------------------------------------------


def _end(facts: Facts, key: str, kind: str) -> End:
    record, side = facts.records[record_of(key)], side_of(key, facts.records)
    ids = facts.linked.employer_of if kind == "employer" else facts.linked.person_of
    place = record.place
    where = f"{place.tab}, row {place.row} ({place.workbook})"
    return End(key, side.label if side else "", where, ids.get(key, ""))


def _outcome(linked: Linked, a: End, b: End) -> str:
    if a.cluster and a.cluster == b.cluster:
        return ONE
    ends = {a.cluster or a.key, b.cluster or b.key}
    ids = {**linked.employer_of, **linked.person_of}
    asked = any({ids.get(pair.a, pair.a), ids.get(pair.b, pair.b)} == ends for pair in linked.questions)
    return ASKED if asked else TWO


def _decided(linked: Linked, book: Book, a: End, b: End, kind: str) -> Iterator[str]:
    """The answers and automatic merges that hold the two together, or the answer that holds them apart."""
    ids = linked.employer_of if kind == "employer" else linked.person_of
    one, other = (
        frozenset(key for key, cluster in ids.items() if cluster == end.cluster and cluster) or {end.key}
        for end in (a, b)
    )
    if one == other:
        for cause in joining(frozenset({a.key}), frozenset({b.key}), linked, book.decisions, kind):
            who = who_said(cause.answer) if cause.answer else f"merged automatically: {_listed(cause)}"
            yield f"{record_of(cause.a)} and {record_of(cause.b)}: {who}"
        return
    cause_apart = parting(frozenset(one), frozenset(other), linked, book.decisions, kind)
    if cause_apart and cause_apart.answer:
        yield who_said(cause_apart.answer)


def _listed(cause: Cause) -> str:
    return "; ".join(cause.reasons)
