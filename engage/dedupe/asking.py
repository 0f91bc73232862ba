"""The pairs of a list's rows that a person should look at, and how sure each row's cluster is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engage.linkage.crew import Crew
from engage.linkage.pairing import Positions
from engage.linkage.questions import as_question, needed
from engage.model import Pair

from .linking import MOST_PEOPLE, Linked, Numbers, TakenRows

# Questions for which one line speaks (hints.py) are asked while there are fewer than so many a thousand
# rows in all; of a short list, fewer than so many.
PER_THOUSAND, ALWAYS = 15, 30


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
class Kind:
    """One kind of mention, linked. row_of: mention → its row's number; order: mention → its place among all.

    about: what a question on two of them is about.
    """

    linked: Linked
    row_of: Numbers
    order: Numbers
    about: str


def of_employers(firms: Linked) -> Kind:
    """The employers that rows name: one a row."""
    rows = np.arange(len(firms.home))
    return Kind(firms, rows, rows * MOST_PEOPLE, "organisation")


def of_persons(taken: TakenRows, persons: Linked) -> Kind:
    """The people that rows name."""
    return Kind(persons, taken.where // MOST_PEOPLE, taken.where, "person")


def confidence(clusters: Sequence[str], kind: Kind) -> list[float]:
    """Row number → 0..1: how likely its strongest tie to its cluster is, or how unlikely its likeliest doubt.

    clusters: of the rows, by number.
    """
    known: dict[str, int] = {}
    home = np.array([known.setdefault(one, len(known)) for one in clusters], np.int64)
    compared = kind.linked.compared
    scored = compared.asked.scored.at(compared.shown)
    automatic = compared.asked.automatic(compared.settings)[compared.shown]
    a, b = kind.row_of[scored.a], kind.row_of[scored.b]
    together = home[a] == home[b]
    tie = _likeliest(len(clusters), a, b, scored.probability, together & automatic & (a != b))
    doubt = _likeliest(len(clusters), a, b, scored.probability, ~together)
    return np.round(np.where(tie > 0, tie, 1 - doubt), 6).tolist()  # type: ignore[no-any-return]


def _likeliest(
    rows: int, a: Numbers, b: Numbers, probability: npt.NDArray[np.float64], where: npt.NDArray[np.bool_]
) -> npt.NDArray[np.float64]:
    most = np.zeros(rows)
    for end in (a, b):
        np.maximum.at(most, end[where], probability[where])
    return most


def doubtful(
    kinds: Sequence[Kind], number_of: npt.NDArray[np.int32], crew: Crew
) -> tuple[list[Doubtful], int]:
    """The questions, those first whose answer brings most rows together; and how many there was no room for.

    number_of: data row → its number.
    """
    chosen = [_chosen(kind) for kind in kinds]
    asked = sorted(
        question for index, kind in enumerate(kinds) for question in _questions(kind, index, chosen[index][0])
    )
    row = np.empty(len(number_of), np.int64)
    row[number_of] = np.arange(1, len(number_of) + 1)
    found: list[Doubtful | None] = [None] * len(asked)
    for index, kind in enumerate(kinds):
        mine = [(at, question[-1]) for at, question in enumerate(asked) if question[-2] == index]
        positions = np.array([position for _, position in mine], np.int64)
        scored = kind.linked.compared.asked.scored.at(positions)
        ends = np.sort(np.stack([row[kind.row_of[scored.a]], row[kind.row_of[scored.b]]], axis=1), axis=1)
        pairs = kind.linked.compared.describe(positions, crew)
        for (at, _), pair, (a, b) in zip(mine, pairs, ends.tolist(), strict=True):
            found[at] = None if a == b else _in_words(as_question(pair), a, b, kind.about)
    return [question for question in found if question], sum(left for _, left in chosen)


def _chosen(kind: Kind) -> tuple[Positions, int]:
    """The positions of the pairs that are asked about, one between two clusters; how many are left out.

    Where there are too many questions for people, those are left out for which no more than one line may
    speak, the least likely first.
    """
    compared, home = kind.linked.compared, kind.linked.home
    scored = compared.asked.scored
    at = np.flatnonzero(compared.shown & (home[scored.a] != home[scored.b]))
    ends = np.stack([home[scored.a[at]], home[scored.b[at]]], axis=1)
    vetoed = compared.asked.where(lambda found: bool(found.veto))[at]
    chosen = at[needed(ends, vetoed, scored.weight[at])]
    hints = np.array([found.hint for found in compared.judged.said] or [0.0])[compared.judged.code[chosen]]
    hinted = chosen[hints > 0]
    room = max(ALWAYS, len(home) * PER_THOUSAND // 1000) - (len(chosen) - len(hinted))
    likeliest = np.argsort(-(compared.judged.scored.weight[hinted] + hints[hints > 0]), kind="stable")
    left = hinted[likeliest[max(room, 0) :]]
    return chosen[~np.isin(chosen, left)], len(left)


def _questions(
    kind: Kind, index: int, at: Positions
) -> Iterator[tuple[bool, int, float, int, int, int, int]]:
    """The pairs at these positions: (vetoed, -value, -weight, its ends in order, index, position)."""
    compared, home = kind.linked.compared, kind.linked.home
    scored = compared.asked.scored
    vetoed = compared.asked.where(lambda found: bool(found.veto))[at]
    sizes = np.bincount(home[kind.linked.numbers], minlength=len(home))
    value = sizes[home[scored.a[at]]] + sizes[home[scored.b[at]]]
    a, b = kind.order[scored.a[at]], kind.order[scored.b[at]]
    columns = (vetoed, -value, -scored.weight[at], a, b, np.full(len(at), index), at)
    yield from zip(*(column.tolist() for column in columns), strict=True)


def _in_words(pair: Pair, row_a: int, row_b: int, about: str) -> Doubtful:
    said = [reason for reason in pair.reasons if reason.removeprefix("but ") != pair.veto]
    reasons = "; ".join(filter(None, (*said, pair.veto)))
    return Doubtful(row_a, row_b, round(pair.probability, 6), reasons, about)
