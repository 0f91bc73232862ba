"""Why clusters became one or came apart since last night: the pairs and people's answers that decided it."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from engage.model import Decision, Linked, Pair

from .decisions import standing
from .pieces import Edge, edge


@dataclass(frozen=True, slots=True)
class Cause:
    """Two mentions that are held together, or apart. answer: a person's; None: the rows speak for themselves.

    reasons: of a pair without an answer, strongest first.
    """

    a: str
    b: str
    answer: Decision | None = None
    reasons: tuple[str, ...] = ()


def joining(
    one: frozenset[str], other: frozenset[str], linked: Linked, decisions: Sequence[Decision], kind: str
) -> tuple[Cause, ...]:
    """The shortest way from one set of mentions to another by pairs that hold clusters together.

    kind: "employer" or "person". () if they are one by a name in free text alone, which is no pair.
    """
    told = standing(decisions, kind)
    ties = {edge(p.a, p.b): Cause(p.a, p.b, reasons=p.reasons) for p in linked.merges if p.kind == kind}
    ties |= {pair: Cause(*pair, answer=(told.answered or {}).get(pair)) for pair in told.together}
    return tuple(ties[step] for step in _way(one, other, ties))


def parting(
    one: frozenset[str], other: frozenset[str], linked: Linked, decisions: Sequence[Decision], kind: str
) -> Cause | None:
    """What keeps two clusters apart: the latest answer; else a veto; else the likeliest pair in doubt.

    None if nothing between them is worth a look any more.
    """
    told = standing(decisions, kind)
    answers = [
        decision
        for pair, decision in (told.answered or {}).items()
        if pair in told.apart and _across(pair, one, other)
    ]
    if answers:
        last = max(answers, key=lambda decision: (decision.when, decision.a, decision.b))
        return Cause(last.a, last.b, answer=last)
    pairs = [p for p in (*linked.pairs, *linked.questions) if _across((p.a, p.b), one, other)]
    if not pairs:
        return None
    worst = max(pairs, key=lambda pair: (pair.veto != "", pair.weight, pair.a, pair.b))
    return Cause(worst.a, worst.b, reasons=_against(worst))


def _against(pair: Pair) -> tuple[str, ...]:
    """What bars a pair; if nothing does, what is said for and against it."""
    return (pair.veto,) if pair.veto else pair.reasons


def _across(pair: Edge, one: frozenset[str], other: frozenset[str]) -> bool:
    return (pair[0] in one and pair[1] in other) or (pair[1] in one and pair[0] in other)


def _way(one: frozenset[str], other: frozenset[str], ties: Mapping[Edge, Cause]) -> list[Edge]:
    """Breadth first, in the order of keys, so that the same night tells the same way."""
    near = _neighbours(ties)
    came: dict[str, str] = dict.fromkeys(one, "")
    line = deque(sorted(one))
    while line:
        here = line.popleft()
        if here in other:
            return _back(here, came)
        for there in near[here]:
            if there not in came:
                came[there] = here
                line.append(there)
    return []


def _neighbours(ties: Iterable[Edge]) -> dict[str, list[str]]:
    near: dict[str, list[str]] = defaultdict(list)
    for a, b in sorted(ties):
        near[a].append(b)
        near[b].append(a)
    return near


def _back(here: str, came: Mapping[str, str]) -> list[Edge]:
    steps: list[Edge] = []
    while before := came[here]:
        steps.append(edge(before, here))
        here = before
    return steps[::-1]
