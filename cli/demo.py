"""engage demo: an invented partnership, two nights and a week of work on it, and its digests."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .digest import run_digest
from .sync import run_sync

if TYPE_CHECKING:
    from engage.config import Config
    from engage.pipeline import Report

NIGHT = time(5, 30)


@click.command("demo")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=Path("demo"))
@click.option("--seed", type=int, default=1, show_default=True, help="Another number, another partnership.")
@click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day on which the demo ends, instead of the real one. Say it to get the same demo again.",
)
def command(folder: Path, seed: int, today: datetime | None) -> None:
    """Build an invented partnership in FOLDER, and run two nights and a week's digest on it.

    A hub and five agencies' workbooks, untidy as real ones are. Nobody in them exists. A demo that is
    there already is built afresh; a folder that holds anything else is refused.
    """
    from engage.config import load_config  # noqa: PLC0415
    from engage.demo.build import build_demo  # noqa: PLC0415
    from engage.demo.summary import summary  # noqa: PLC0415
    from engage.demo.week import week_of_edits  # noqa: PLC0415
    from engage.insight.weeks import week_of  # noqa: PLC0415

    clock = _london()
    day = today.date() if today else clock.date()
    monday = week_of(day).monday  # the digest tells the week that ended the day before
    click.echo("Inventing a partnership …", err=True)
    demo = build_demo(folder, seed=seed, today=monday)
    config = load_config(folder / "engage.toml")
    first = _night(config, datetime.combine(demo.first_night, NIGHT), seed)
    click.echo("A week goes by …", err=True)
    played = week_of_edits(folder)
    # Early in the day, so that the same day gives the same demo; never ahead of the clock.
    now = min(datetime.combine(day, NIGHT), clock) if day == clock.date() else datetime.combine(day, NIGHT)
    second = _night(config, min(datetime.combine(monday, NIGHT), now), seed)
    if day != monday:
        _night(config, now, seed)  # nothing has happened since, so that a sync today is a quiet one
    posted, _ = run_digest(config, now=now)
    digests = [str(one.delivery.path) for one in posted if one.delivery]
    click.echo(summary(demo, first, played, second, digests))


def _night(config: Config, now: datetime, seed: int) -> Report:
    """A sync whose ids are drawn from the seed."""
    from engage.demo.world import stream  # noqa: PLC0415

    return run_sync(config, now=now, draw=stream(seed, f"ids {now:%Y-%m-%d}").choice)


def _london() -> datetime:
    from zoneinfo import ZoneInfo  # noqa: PLC0415

    return datetime.now(ZoneInfo("Europe/London")).replace(tzinfo=None)
