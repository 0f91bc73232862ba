"""How well the demo was linked: what the sync made of its rows, set against what they truly are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engage.demo.truth import TruthRow
from engage.model import Linked, Record, mention


@dataclass(frozen=True, slots=True)
class Score:
    """Pairs of mentions. joined: in one cluster; right: of these, truly one; true: truly one in all."""

    joined: int
    right: int
    true: int

    @property
    def precision(self) -> float:
        """Share of the pairs joined that are right; 1 if none was joined."""
        return self.right / self.joined if self.joined else 1.0

    @property
    def recall(self) -> float:
        """Share of the true pairs that were joined; 1 if there are none."""
        return self.right / self.true if self.true else 1.0


def true_mentions(records: Iterable[Record], truth: Iterable[TruthRow]) -> dict[str, str]:
    """Mention key → the employer or person it truly names, for the rows that the demo was built with.

    Of a row that names several people, each in the order in which the row does. A row is known by its id;
    where the truth has none yet (before the week's edits, and in a view-only workbook), by where it stands.
    """
    known = list(truth)
    by_id = {t.record_id: t for t in known if t.record_id}
    rows = {(t.workbook, t.tab, t.row): t for t in known if not t.record_id}
    named: dict[str, str] = {}
    for record in records:
        place = record.place.workbook, record.place.tab, record.place.row
        row = by_id.get(record.record_id) or rows.get(place)
        if row and row.employer:
            named[mention(record.record_id)] = row.employer
            named |= {mention(record.record_id, at): key for at, key in enumerate(row.people, 1)}
    return named


def score_employers(linked: Linked, named: Mapping[str, str]) -> Score:
    """Pairs of mentions of employers, free-text ones too."""
    return _score(linked.employer_of, named)


def score_people(linked: Linked, named: Mapping[str, str]) -> Score:
    """Pairs of mentions of people, free-text ones too."""
    return _score(linked.person_of, named)


def wrong_merges(linked: Linked, named: Mapping[str, str]) -> list[tuple[str, str]]:
    """The automatic merges that join two mentions of different employers or people."""
    return [
        (pair.a, pair.b)
        for pair in linked.merges
        if pair.a in named and pair.b in named and named[pair.a] != named[pair.b]
    ]


def _score(cluster_of: Mapping[str, str], named: Mapping[str, str]) -> Score:
    both = [(cluster, named[key]) for key, cluster in cluster_of.items() if key in named]
    return Score(
        joined=_pairs(Counter(cluster for cluster, _ in both)),
        right=_pairs(Counter(both)),
        true=_pairs(Counter(true for _, true in both)),
    )


def _pairs(counts: Counter[object] | Counter[str] | Counter[tuple[str, str]]) -> int:
    return sum(count * (count - 1) // 2 for count in counts.values())
