"""Which of people's answers hold: the latest of each agency on a pair, unless it was undone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from engage.model import Decision

from .pieces import Edge, edge

SAME = frozenset({"Same", "Same person, new job"})
APART = frozenset({"Different", "Same group, different firm"})
BY_MACHINE = "automatically"
_THEMSELVES: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Standing:
    """The answers that hold for one kind; pairs are of the mentions that stand for a typing.

    together: in the order they were given. apart: pairs held apart: the different, contradictions, and what a
    person could not tell. answered: the latest decision on each pair, with the mentions that it was given on.
    """

    together: tuple[Edge, ...] = ()
    apart: frozenset[Edge] = frozenset()
    answered: Mapping[Edge, Decision] | None = None
    contradictions: tuple[tuple[Decision, Decision], ...] = ()


def standing(decisions: Sequence[Decision], kind: str, nodes: Mapping[str, str] = _THEMSELVES) -> Standing:
    """What people's decisions on this kind ("employer", "person") come to.

    nodes: mention → the mention that stands for its typing: identical text is asked about once and for all.
    A later answer of the same agency on a pair replaces its earlier one; an undone one is no answer; an
    automatic merge that was undone is held apart. Two agencies that differ hold the pair apart. Where one
    was not sure, the machine never merges by itself, whatever is corrected later: it may only ask again.
    """
    latest: dict[Edge, dict[str, Decision]] = defaultdict(dict)
    for decision in sorted(_of_people(decisions, kind), key=_order):
        pair = edge(nodes.get(decision.a, decision.a), nodes.get(decision.b, decision.b))
        latest[pair][decision.by] = decision
    together: list[tuple[str, Edge]] = []
    apart: set[Edge] = set()
    answered: dict[Edge, Decision] = {}
    contradictions: list[tuple[Decision, Decision]] = []
    for pair in sorted(latest):
        answers = [found for found in latest[pair].values() if not (found.undone and found.how != BY_MACHINE)]
        if not answers:
            continue
        answered[pair] = max(answers, key=_order)
        same = [found for found in answers if found.verdict in SAME and not found.undone]
        different = [found for found in answers if found.verdict in APART or found.undone]
        if different or not same:
            apart.add(pair)
        elif same:
            together.append((same[0].when, pair))
        if same and different:
            contradictions.append((on_pair(pair, same[-1]), on_pair(pair, different[-1])))
    return Standing(
        tuple(pair for _, pair in sorted(together)), frozenset(apart), answered, tuple(contradictions)
    )


def rows_told(decisions: Sequence[Decision], kind: str) -> dict[str, set[str]]:
    """Mention → those that each agency's latest answer, if it is not undone, says are the same."""
    latest = {(d.a, d.b, d.by): d for d in sorted(_of_people(decisions, kind), key=_order)}
    found: dict[str, set[str]] = defaultdict(set)
    for decision in latest.values():
        if decision.verdict in SAME and not decision.undone:
            found[decision.a].add(decision.b)
            found[decision.b].add(decision.a)
    return found


def on_pair(pair: Edge, decision: Decision) -> Decision:
    """A decision as one on the mentions that stand for its own."""
    return replace(decision, a=pair[0], b=pair[1])


def _of_people(decisions: Sequence[Decision], kind: str) -> list[Decision]:
    """People's answers, and automatic merges that people took back; the machine's own do not bind it."""
    return [d for d in decisions if d.kind == kind and (d.how != BY_MACHINE or d.undone)]


def _order(decision: Decision) -> tuple[str, str, str, str]:
    return decision.when, decision.by, decision.verdict, decision.reason
