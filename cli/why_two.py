"""engage why A B: why two records are one, or are not; in words, and as a picture."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .asking import echo_json
from .layout import bullet
from .opening import settings_of

if TYPE_CHECKING:
    from engage.built.why_two import WhyTwo
    from engage.insight.facts import Facts
    from engage.linkage.weighing import Weighed
    from engage.night import Night
    from engage.pipeline import Partnership

HERE = "."
OUTCOMES = {"one": "they are one", "two": "they are two", "asked": "they are asked about in To review"}


def show_two(
    partnership: Partnership,
    night: Night,
    facts: Facts,
    pair: tuple[str, str],
    *,
    chart: Path | None,
    as_json: bool,
) -> None:
    """What is known of two records, in words or as a document.

    chart: where to draw it; HERE gives it a name of its own.
    """
    from engage.built.why_two import why_two  # noqa: PLC0415
    from engage.config import HUB  # noqa: PLC0415

    settings = settings_of(partnership.config)
    found, weighed = why_two(facts, night.worlds[HUB], night.book, pair, settings)
    drawn = _draw(found, weighed, chart) if chart else None
    if as_json:
        echo_json(found.document() | ({"chart": str(drawn)} if drawn else {}))
        return
    click.echo("\n".join(explain_two(found)))
    if drawn:
        click.echo(f"\nDrawn in {drawn}")


def _draw(found: WhyTwo, weighed: Weighed, chart: Path) -> Path:
    from engage.errors import EngageError, UsageError  # noqa: PLC0415
    from engage.linkage.chart import waterfall_page  # noqa: PLC0415

    name = f"why {found.a.key} {found.b.key}".replace("#0", "").replace("#", "-").replace(" ", "-")
    path = Path(f"{name}.html") if str(chart) == HERE else chart
    title = f"{found.a.key} and {found.b.key}"
    said = {"Tonight:": OUTCOMES[found.outcome], "What no weight outvotes:": "; ".join(found.bars)}
    if path.exists() and "vegaEmbed" not in path.read_text("utf-8", "replace"):
        raise UsageError(
            f"{path} is there already, and is no chart", fix="give another name: --chart FILE.html"
        )
    try:
        path.write_text(
            waterfall_page(weighed, title, {k: v for k, v in said.items() if v}), "utf-8", newline="\n"
        )
    except OSError as error:
        raise EngageError(
            f"the chart cannot be written: {error.strerror or error}",
            where=str(path),
            fix="give another place: --chart FILE.html",
        ) from error
    return path


def explain_two(found: WhyTwo) -> Iterator[str]:
    """The answer on two records in lines of at most 79 characters."""
    for end in (found.a, found.b):
        yield from bullet(f"{end.key}: {end.label}: {end.row}{f', {end.cluster}' if end.cluster else ''}")
    yield f"\nTonight {OUTCOMES[found.outcome]}"
    for line in found.decided:
        yield from bullet(line)
    yield "\nFor and against (each point doubles the odds that they are one)"
    for reason, bits in found.parts:
        yield from _points(bits, reason)
    if found.extra:
        yield from _points(found.extra, "a free text mostly names somebody who is listed")
    yield from _points(found.start, "before anything is compared: any two rows")
    yield from _points(found.weight, f"together: {_likely(found.probability)}")
    if found.bars:
        yield "\nWhat no weight outvotes"
        for line in found.bars:
            yield from bullet(line)


def _points(bits: float, words: str) -> Iterator[str]:
    yield from textwrap.wrap(words, 79, initial_indent=f"  {bits:+7.1f}  ", subsequent_indent=" " * 11)


def _likely(probability: float) -> str:
    if probability > 0.999:
        return "more than 99.9 % likely the same"
    return f"{probability * 100:.1f} % likely the same" if probability > 0.001 else "hardly likely the same"
