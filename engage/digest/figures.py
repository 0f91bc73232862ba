"""The digest's numbers, each one as it stands in a row of the tab that it links to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from engage.digest.links import Published
from engage.digest.model import Bar, Capped, Chart, Figure, T
from engage.digest.plain import plain
from engage.digest.readers import EVERYTHING, MY_AGENCY, MY_SECTORS
from engage.digest.scope import Scope
from engage.insight.dashboard import ACTION_MEASURES, PAIRS, PROBLEMS
from engage.insight.happened import BREAKDOWNS, Line
from engage.insight.reading import fold
from engage.insight.size_bands import place_of_band

S = TypeVar("S")
BAR_CAP = 5
KEY_MEASURES = ("Engagements", "Employers spoken to", "Pledge sign-ups")  # as many as fit on a phone
CHART_TITLES = {
    "By agency": "Who was out there",
    "By type": "What kind of contact",
    "By reason": "Why",
    "By sector": "Which sectors",
    "By size band": "How many people they employ",
}
SECTOR_NOTE = "An employer in two sectors counts in both."


def as_told(lines: Iterable[Line], shown: Published) -> tuple[Line, ...]:
    """The rows as the tab has them that the reader may quote, without those that it has not."""
    told = (shown.as_told(line) for line in lines)
    return tuple(line for line in told if line is not None)


def figure(line: Line, shown: Published, label: str = "") -> Figure:
    """A row as told as a figure that opens it."""
    place, named = shown.place_of(line), label or plain(line.measure, 60)
    counts, tabs = (line.now, line.before, line.average), (place.in_dashboard, place.in_own_tab)
    return Figure(named, *counts, place.href, *tabs, line.trend, place.trend_href)


def find(lines: Iterable[Line], section: str, measure: str) -> Line | None:
    """The Dashboard row of this name, however its capitals are written."""
    return next(
        (line for line in lines if line.section == section and fold(line.measure) == fold(measure)), None
    )


def week_figures(lines: Sequence[Line], scope: Scope, shown: Published) -> tuple[Figure, ...]:
    """The week in figures; a reader of their own agency or sectors gets those first, then everyone's."""
    week = [line for line in lines if line.section == "The week"]
    week.sort(key=lambda line: line.measure not in KEY_MEASURES)
    whole = tuple(figure(line, shown) for line in week)
    if scope.about == EVERYTHING:
        return whole
    return (*_own(lines, scope, shown), *(_of_everyone(one) for one in whole if one.label == "Engagements"))


def _own(lines: Sequence[Line], scope: Scope, shown: Published) -> Iterable[Figure]:
    """The reader's own rows; nothing for one who reads of single employers, or where no tab has a row."""
    section = {MY_AGENCY: "By agency", MY_SECTORS: "By sector"}.get(scope.about, "")
    names = {MY_AGENCY: (scope.agency,), MY_SECTORS: scope.sectors}.get(scope.about, ())
    said = "by" if scope.about == MY_AGENCY else "in"
    for name in names:
        own = find(lines, section, name)
        if own is not None:
            yield figure(own, shown, plain(f"Engagements {said} {name}", 60))


def _of_everyone(one: Figure) -> Figure:
    return replace(one, label="Engagements by everyone")


def charts(lines: Sequence[Line], shown: Published) -> tuple[Chart, ...]:
    """Engagements by agency, type, reason, sector and size as bars; one with nothing to draw is left out."""
    wanted = BREAKDOWNS.values()
    drawn = (
        _chart(section, [line for line in lines if line.section == section], shown) for section in wanted
    )
    return tuple(chart for chart in drawn if chart.bars)


def _chart(section: str, lines: Sequence[Line], shown: Published) -> Chart:
    seen = [line for line in lines if line.now or line.now is None]
    longest = max((line.now or 0 for line in seen), default=0)
    if not longest:
        return Chart(CHART_TITLES[section], Capped())
    bars = tuple(Bar(figure(line, shown), bar_width(line.now or 0, longest)) for line in seen)
    note = SECTOR_NOTE if section == "By sector" else ""
    places = [shown.place_of(line) for line in lines]
    place = next((one for one in places if one.in_own_tab), places[0])  # where all of them stand
    few = cap(bars, BAR_CAP, place.href)
    if section == BREAKDOWNS["size"]:
        few = replace(few, items=tuple(sorted(few.items, key=lambda bar: place_of_band(bar.figure.label))))
    return Chart(CHART_TITLES[section], few, note, place.tab)


def bar_width(count: int, longest: int) -> int:
    """Whole per cent of the longest; anything at all draws at least 1."""
    return 0 if count <= 0 or longest <= 0 else max(1, round(100 * min(count, longest) / longest))


def is_listed(_: object) -> bool:
    """What a list shows that leaves nothing out."""
    return True


def cap(
    items: Sequence[T], most: int, more_href: str = "", listed: Callable[[T], bool] = is_listed
) -> Capped[T]:
    """The first of them, and how many more; one row too many is shown rather than counted.

    listed: whether the list that more_href opens has it.
    """
    shown = items if len(items) <= most + 1 else items[:most]
    rest = items[len(shown) :]
    left_out, unlisted = sum(not listed(one) for one in rest), tuple(not listed(one) for one in shown)
    return Capped(tuple(shown), len(rest) - left_out, more_href, left_out, unlisted)


def cap_of(
    found: Iterable[S],
    most: int,
    make: Callable[[S], T],
    more_href: str = "",
    listed: Callable[[S], bool] = is_listed,
) -> Capped[T]:
    """The same of what is made only if it is shown."""
    few = cap(tuple(found), most, more_href, listed)
    items = tuple(make(one) for one in few.items)
    return Capped(items, few.more, more_href, few.left_out, few.unlisted)


def action_figures(lines: Sequence[Line], scope: Scope, shown: Published) -> tuple[Figure, ...]:
    """How the whole plan stands, each colour with its word; for readers of everything."""
    rows = ((find(lines, "Actions", measure), rag) for rag, measure in ACTION_MEASURES.items())
    told = tuple(figure(line, shown, f"{line.measure} ({rag.lower()})") for line, rag in rows if line)
    return told if scope.about == EVERYTHING and any(one.now for one in told) else ()


def waiting_figures(lines: Sequence[Line], scope: Scope, shown: Published) -> tuple[Figure, ...]:
    """What waits for an answer: pairs in all and the reader's own; problems of their own agency only."""
    everyone = find(lines, "Waiting", PAIRS) if scope.about == EVERYTHING else None
    rows = (
        (everyone, "Pairs to review, all agencies"),
        (find(lines, "Waiting", f"{PAIRS}: {scope.agency}"), "Pairs to review with a row of yours"),
    )
    pairs = tuple(figure(line, shown, label) for line, label in rows if line is not None and line.now)
    problems = find(lines, "Waiting", f"{PROBLEMS}: {scope.agency}")
    if problems is None or not problems.now:
        return pairs
    return (*pairs, figure(problems, shown, "Problems to fix in your rows"))
