"""The digest's numbers, each one a row of the Dashboard and linked to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from engage.digest.links import DASHBOARD, Published
from engage.digest.model import Bar, Capped, Chart, Figure, T
from engage.digest.plain import plain
from engage.digest.readers import MY_AGENCY, Reader
from engage.insight.dashboard import BREAKDOWNS, PAIRS, PROBLEMS, Line

BAR_CAP = 8
KEY_MEASURES = ("Engagements", "Employers spoken to", "Pledge sign-ups")  # as many as fit on a phone
CHART_TITLES = {
    "By agency": "Who was out there",
    "By type": "What kind of contact",
    "By sector": "Which sectors",
}
SECTOR_NOTE = "An employer in two sectors counts in both."


def figure(line: Line, shown: Published, label: str = "") -> Figure:
    """A Dashboard row as a figure; if the hub's Dashboard says otherwise, the note says what."""
    said = shown.says_otherwise(line)
    note = f"the Dashboard says {said}" if said else ""
    href, named = shown.figure_href(line), label or plain(line.measure, 60)
    return Figure(named, line.now, line.before, line.average, href, note, shown.says_so(line))


def find(lines: Iterable[Line], section: str, measure: str) -> Line | None:
    """The Dashboard row of this name."""
    return next((line for line in lines if (line.section, line.measure) == (section, measure)), None)


def week_figures(lines: Sequence[Line], reader: Reader, shown: Published) -> tuple[Figure, ...]:
    """The week in figures; for a reader of "My agency" their own agency's engagements come first."""
    week = [line for line in lines if line.section == "The week"]
    week.sort(key=lambda line: line.measure not in KEY_MEASURES)
    whole = tuple(figure(line, shown) for line in week)
    if reader.about != MY_AGENCY:
        return whole
    own = find(lines, "By agency", reader.agency)
    mine = figure(
        own or Line("By agency", reader.agency, 0, 0, 0.0), shown, f"Engagements by {reader.agency}"
    )
    return (mine, *(_of_everyone(one) for one in whole if one.label == "Engagements"))


def _of_everyone(one: Figure) -> Figure:
    return replace(one, label="Engagements by everyone")


def charts(lines: Sequence[Line], shown: Published) -> tuple[Chart, ...]:
    """Engagements by agency, type and sector as bars; one without anything to draw is left out."""
    wanted = (BREAKDOWNS[kind] for kind in ("agency", "type", "sector"))
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
    more_href = shown.href(DASHBOARD, f"{section}\x1f{lines[0].measure}")
    return Chart(CHART_TITLES[section], cap(bars, BAR_CAP, more_href), note)


def bar_width(count: int, longest: int) -> int:
    """Whole per cent of the longest; anything at all draws at least 1."""
    return 0 if count <= 0 or longest <= 0 else max(1, round(100 * min(count, longest) / longest))


def cap(items: Sequence[T], most: int, more_href: str = "") -> Capped[T]:
    """The first of them, and how many more; one row too many is shown rather than counted."""
    if len(items) <= most + 1:
        return Capped(tuple(items), 0, more_href)
    return Capped(tuple(items[:most]), len(items) - most, more_href)


def waiting_figures(lines: Sequence[Line], reader: Reader, shown: Published) -> tuple[Figure, ...]:
    """What waits for an answer: pairs in all and the reader's own; problems of their own agency only."""
    everyone = find(lines, "Waiting", PAIRS) if reader.about != MY_AGENCY else None
    rows = (
        (everyone, "Pairs to review, all agencies"),
        (find(lines, "Waiting", f"{PAIRS}: {reader.agency}"), "Pairs to review with a row of yours"),
        (find(lines, "Waiting", f"{PROBLEMS}: {reader.agency}"), "Problems to fix in your rows"),
    )
    return tuple(figure(line, shown, label) for line, label in rows if line is not None and line.now)
