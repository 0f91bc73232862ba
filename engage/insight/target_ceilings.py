"""Targets that say At most: how they are judged, and in which words. Pure."""

from __future__ import annotations

from datetime import date

from engage.insight.weeks import long_day


def stays_under(now: float, most: float, first: date, by: date | None, today: date, *, is_level: bool) -> str:
    """Met, Missed, Yes or At risk; "No date to judge it on" without a day.

    What adds up is missed once there is more of it, and until its day on course while no more of the ceiling
    is used than of the time. is_level: it stands as it stands, and is judged on its day alone.
    """
    if by is None:
        return "No date to judge it on"
    if now > most:
        return "At risk" if is_level and today <= by else "Missed"
    if today > by:
        return "Met"
    return "Yes" if is_level or now <= most * _gone(first, by, today) else "At risk"


def ceiling_words(
    now: float, most: float, first: date, by: date | None, today: date, *, is_level: bool
) -> str:
    """ "3 of at most 10, 46% of the time gone"; of a level, or once the day is past, without the time."""
    said = f"{now:,} of at most {most:,.10g}"
    if by is None or is_level:
        return said
    if today > by:
        return f"{said} by {long_day(by)}"
    return f"{said}, {int(_gone(first, by, today) * 100)}% of the time gone"


def _gone(first: date, by: date, today: date) -> float:
    """The share of the time that is gone, 0 to 1 until the day."""
    return max(0, (today - first).days) / max(1, (by - first).days)
