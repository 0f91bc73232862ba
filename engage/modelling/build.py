"""The models' files: what is judged, completed, and weakened where the invented register speaks against it.

The register is invented, so it may only ever weaken a weight, never strengthen one:
- an agreement: where two different entities stand on its level surely more often than judged (u), the
  counted share is taken;
- a disagreement: where two rows of one entity disagree surely more often than judged (m), likewise.
"Surely": the low end of the exact interval (linkage/interval.py) of the count lies above what is judged.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from engage.linkage.interval import share_interval

from .counting import Counted, Hits
from .judgements import SUBJECTS, Judged, JudgedComparison, read_judged, significant

PROCEDURE = 1
NOTHING = Hits()


@dataclass(frozen=True, slots=True)
class Share:
    """m and u of one level, and what the count changed of the judgement ("" if nothing)."""

    m: float
    u: float
    weakened: str = ""


def shares(judged: Judged, comparison: JudgedComparison, counted: Counted) -> dict[str, Share]:
    """Level → its shares, in order, the last one ("everything else") included."""
    found = {}
    for level in comparison.levels:
        hits = _hits(judged, comparison, level.name, counted)
        u, why = _at_least(level.u, hits.apart, hits.apart_of)
        found[level.name] = Share(level.m, u, f"u {_number(level.u)}, {why}" if why else "")
    rest = _hits(judged, comparison, comparison.rest, counted)
    judged_rest = 1 - sum(level.m for level in comparison.levels)
    m_rest, why = _at_least(judged_rest, rest.same, rest.same_of)
    if why:
        scale = (1 - m_rest) / (1 - judged_rest)
        found = {name: Share(significant(s.m * scale, 4), s.u, s.weakened) for name, s in found.items()}
    found[comparison.rest] = Share(
        _exact(1 - sum(share.m for share in found.values())),
        _exact(1 - sum(share.u for share in found.values())),
        f"m {_number(_exact(judged_rest))}, {why}" if why else "",
    )
    return found


def _hits(judged: Judged, comparison: JudgedComparison, level: str, counted: Counted) -> Hits:
    """What was counted of a level; nothing of a comparison of which the register cannot tell."""
    if not comparison.simulated:
        return NOTHING
    return counted.get((judged.subject, comparison.name, level), NOTHING)


def _at_least(judged: float, hits: int, of: int) -> tuple[float, str]:
    """The judged share, or the counted one if it is surely larger; and what was counted then."""
    if hits <= judged * of or share_interval(hits, of)[0] <= judged:
        return judged, ""
    return significant(hits / of), f"counted {hits} of {of}"


def build(counted: Counted, seeds: str) -> dict[str, str]:
    """File name → text of every model. seeds: what was counted on, in words."""
    return {f"{subject}.toml": model_text(read_judged(subject), counted, seeds) for subject in SUBJECTS}


def model_text(judged: Judged, counted: Counted, seeds: str) -> str:
    """One model's file, the same bytes every time."""
    return "\n".join(_lines(judged, counted, seeds)) + "\n"


def _lines(judged: Judged, counted: Counted, seeds: str) -> Iterator[str]:
    yield f"# Made by `engage model build` of {judged.subject}.judged.toml: change that, and build again."
    yield f"# Procedure {PROCEDURE}, checked on {seeds}."
    yield f"version = {_text(judged.version)}"
    yield f"subject = {_text(judged.subject)}"
    yield f"prior = {_number(judged.prior)}"
    yield ""
    yield "[term_frequency]"
    for name, value in judged.term_frequency.items():
        yield f"{name} = {_value(value)}"
    for comparison in judged.comparisons:
        yield from _comparison_lines(comparison, shares(judged, comparison, counted))


def _comparison_lines(comparison: JudgedComparison, found: Mapping[str, Share]) -> Iterator[str]:
    yield ""
    yield "[[comparison]]"
    yield f"name = {_text(comparison.name)}"
    yield f"columns = {_value(list(comparison.columns))}"
    tests = {level.name: level for level in comparison.levels}
    for name, share in found.items():
        yield "[[comparison.level]]"
        yield f"name = {_text(name)}"
        if level := tests.get(name):
            yield f"test = {_value([list(test) for test in level.tests])}"
        yield f"m = {_number(share.m)}"
        yield f"u = {_number(share.u)}"
        if level and level.term_frequency:
            yield "term_frequency = true"
        if share.weakened:
            yield f"weakened = {_text(share.weakened)}"


def _value(value: Any) -> str:
    return _number(value) if isinstance(value, float) else json.dumps(value, ensure_ascii=False)


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _exact(share: float) -> float:
    """A difference of decimal shares, without what binary fractions add to it."""
    return round(share, 9)


def _number(number: float) -> str:
    """A number as people write it: 0.00005, never 5e-05."""
    return f"{Decimal(repr(float(number))):f}"
