"""Text for an 80-column terminal: a label and its words, wrapped under each other."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from engage.insight.weeks import short_day

if TYPE_CHECKING:
    from engage.built.preview import Preview

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
