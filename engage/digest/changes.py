"""A line for each capability that has changed, for readers of everything; its news for whom it concerns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from engage.digest.figures import cap, figure, find
from engage.digest.links import Published
from engage.digest.model import Capped, ChangeItem
from engage.digest.plain import plain
from engage.digest.readers import EVERYTHING
from engage.digest.scope import Scope
from engage.insight.capabilities import CAPABILITIES, before, has_changed, told
from engage.insight.capability import Capability, Insight
from engage.insight.facts import Facts
from engage.insight.happened import Line
from engage.insight.weeks import Period

MOST_CHANGES = 12
MOST_FIGURES = 4
LONGEST = 400


def changes(
    facts: Facts, span: Period, scope: Scope, lines: Sequence[Line], shown: Published
) -> Capped[ChangeItem]:
    """The capabilities of which a figure is another than in the period before, in their order, then the news.

    One that a section of its own tells of (told_in) has no line here.
    """
    found = []
    for capability in CAPABILITIES:
        if not capability.told_in:
            found += list(_of(capability, facts, span, scope, lines, shown))
    return replace(cap(found, MOST_CHANGES), is_counted=False)  # they stand in many tabs


def _of(
    capability: Capability, facts: Facts, span: Period, scope: Scope, lines: Sequence[Line], shown: Published
) -> Iterator[ChangeItem]:
    insight = told(facts, capability, span)
    href = shown.links.to(capability.tabs[0]) if capability.tabs else ""
    changed = _changed(capability, insight, facts, span) if scope.about == EVERYTHING else ()
    if changed and insight.says:
        rows = (find(lines, capability.title, label) for label in changed[:MOST_FIGURES])
        figures = tuple(figure(line, shown) for line in rows if line is not None and line.now != line.before)
        if figures:
            yield ChangeItem(capability.title, plain(insight.says, LONGEST), figures, href)
    for news in insight.news:
        if scope.holds(news.employers, news.agencies):
            yield ChangeItem(capability.title, plain(news.text, LONGEST), (), href)


def _changed(capability: Capability, insight: Insight, facts: Facts, span: Period) -> tuple[str, ...]:
    past = before(facts, capability, span)
    return tuple(one.label for one in insight.headlines if has_changed(one, past))
