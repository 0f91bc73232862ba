"""Text for an 80-column terminal: a label and its words, wrapped under each other."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from engage.insight.weeks import short_day

if TYPE_CHECKING:
    from engage.built.preview import Preview
    from engage.built.sides import Side

WIDTH = 79
LABEL = 21


def field(label: str, text: str) -> Iterator[str]:
    """The label, then the text wrapped under itself; nothing for a blank."""
    for at, line in enumerate(text.splitlines()):
        head = f"  {label:<{LABEL}} " if at == 0 else " " * (LABEL + 3)
        wrapped = textwrap.wrap(line, WIDTH, initial_indent=head, subsequent_indent=" " * (LABEL + 3))
        yield from wrapped


def bullet(text: str) -> list[str]:
    """ "  - text", wrapped."""
    return textwrap.wrap(text, WIDTH, initial_indent="  - ", subsequent_indent="    ")


def day_words(iso: str) -> str:
    """ "20 Nov 2026" for an ISO date; any other text as it is."""
    try:
        return short_day(date.fromisoformat(iso))
    except ValueError:
        return iso


def preview_lines(preview: Preview) -> Iterator[str]:
    """What would change, in words."""
    for cluster, rows in preview.clusters:
        yield from field(cluster, f"{len(rows)} row{'' if len(rows) == 1 else 's'}")
        for row in rows[:6]:
            yield from field("", row)
        if len(rows) > 6:
            yield from field("", f"and {len(rows) - 6} more")
    for noun, (before, after) in (("Employers", preview.employers), ("People", preview.people)):
        if before != after:
            yield from field(noun, f"{before:,} → {after:,}")
    for figure in preview.figures:
        words = (
            f"{figure.measure}, {figure.column.lower()}: {figure.before or 'none'} → {figure.after or 'none'}"
        )
        yield from field("Dashboard", words)


def side_by_side(a: Side, b: Side) -> Iterator[str]:
    """Two rows beside each other, what differs marked with a star."""
    from engage.built.sides import SIDE_HEADINGS, differs_in  # noqa: PLC0415

    differing = differs_in(a, b)
    yield from _columns("", a.agency, b.agency)
    for heading in SIDE_HEADINGS:
        if a.shown[heading] or b.shown[heading]:
            mark = "* " if heading in differing else "  "
            yield from _columns(mark + heading, a.shown[heading], b.shown[heading])
    yield from _columns("  Row", a.row.text, b.row.text)


def _columns(label: str, left: str, right: str) -> Iterator[str]:
    sides = textwrap.wrap(left, 28) or [""], textwrap.wrap(right, 28) or [""]
    for at in range(max(len(side) for side in sides)):
        first, second = (side[at] if at < len(side) else "" for side in sides)
        yield f"{label if at == 0 else '':<18} {first:<29} {second}".rstrip()
