"""A drawing as inline SVG: bars to the right, their names to the left, their numbers at the end."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from engage.report.model import Drawing

WIDTH, NAMES = 660, 230  # of the whole and of the names, in units of the viewBox
DIGIT = 8  # how wide one is, at most
BAR, GAP, BETWEEN, LEGEND = 15, 3, 9, 26
COLOURS = ("#1f5f7a", "#c08a2e", "#7a7468", "#a3486b")
LETTERS = 32  # that fit beside a bar, unless they are wide ones
NARROW = frozenset(" .,:;'!|ijltfrI-()")
Number = float


def svg_of(drawing: Drawing) -> str:
    """The drawing as an <svg> with a title and its numbers in words, for whoever cannot see it.

    "" if there is nothing to draw. Every text is escaped; nothing is loaded from anywhere.
    """
    longest = max((number for _, numbers in drawing.series for number in numbers), default=0)
    if longest <= 0:
        return ""
    several = len(drawing.series) > 1
    height = len(drawing.names) * _row_height(drawing) + (LEGEND if several else 0)
    parts = [
        f'<svg class="chart" role="img" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'aria-label="{escape(_in_words(drawing))}">',
        f"<title>{escape(drawing.title)}</title>",
        *(_legend(drawing) if several else ()),
        *_bars(drawing, longest, LEGEND if several else 0),
        "</svg>",
    ]
    return "".join(parts)


def _row_height(drawing: Drawing) -> int:
    return len(drawing.series) * (BAR + GAP) - GAP + BETWEEN


def _bars(drawing: Drawing, longest: Number, top: int) -> Iterator[str]:
    values = (_number(number) for _, numbers in drawing.series for number in numbers)
    room = WIDTH - NAMES - 14 - DIGIT * max(map(len, values))
    for at, name in enumerate(drawing.names):
        y = top + at * _row_height(drawing)
        middle = y + (_row_height(drawing) - BETWEEN) / 2
        yield (
            f'<text class="name" x="{NAMES - 10}" y="{middle:g}" text-anchor="end" '
            f'dominant-baseline="central"{_squeezed(_short(name))}>'
            f"{escape(_short(name))}<title>{escape(name)}</title></text>"
        )
        for which, (_, numbers) in enumerate(drawing.series):
            bar = y + which * (BAR + GAP)
            length = max(1.5, room * numbers[at] / longest) if numbers[at] > 0 else 0
            if length:
                colour = COLOURS[which % len(COLOURS)]
                yield f'<rect x="{NAMES}" y="{bar}" width="{length:.1f}" height="{BAR}" fill="{colour}"/>'
            yield (
                f'<text class="value" x="{NAMES + length + 7:.1f}" y="{bar + BAR / 2:g}" '
                f'dominant-baseline="central">{_number(numbers[at])}</text>'
            )


def _legend(drawing: Drawing) -> Iterator[str]:
    x = NAMES
    for which, (heading, _) in enumerate(drawing.series):
        colour = COLOURS[which % len(COLOURS)]
        yield f'<rect x="{x}" y="2" width="11" height="11" fill="{colour}"/>'
        yield f'<text class="value" x="{x + 17}" y="8" dominant-baseline="central">{escape(heading)}</text>'
        x += 34 + 7 * len(heading)


def _short(name: str) -> str:
    return name if len(name) <= LETTERS else name[: LETTERS - 1].rstrip() + "…"


def _squeezed(name: str) -> str:
    """What keeps a name within its room where its letters are wide ones; "" where it fits as it is."""
    about = sum(5 if one in NARROW else 7.5 if one.islower() and one.isascii() else 13 for one in name)
    return f' textLength="{NAMES - 14}" lengthAdjust="spacingAndGlyphs"' if about > NAMES - 14 else ""


def _number(number: Number) -> str:
    return f"{number:,.1f}".removesuffix(".0")


def _in_words(drawing: Drawing) -> str:
    """ "Signed by route. Visit: 12; Event: 3"."""
    several = len(drawing.series) > 1
    said = (
        f"{name}: "
        + ", ".join(_number(n[at]) + (f" {h.lower()}" if several else "") for h, n in drawing.series)
        for at, name in enumerate(drawing.names)
    )
    return f"{drawing.title}. {'; '.join(said)}"


def bar_of(share: float) -> str:
    """A bar for a row of a table, share per cent long; the number beside it says the same."""
    length = max(0.8, min(share, 100)) if share > 0 else 0
    return (
        '<svg class="bar" aria-hidden="true" viewBox="0 0 100 12" preserveAspectRatio="none">'
        f'<rect width="{length:.1f}" height="12" fill="{COLOURS[0]}"/></svg>'
    )
