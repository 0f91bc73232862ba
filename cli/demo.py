"""engage demo: an invented partnership, two nights and a week of work on it, and its digests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .digest import run_digest
from .sync import run_sync

if TYPE_CHECKING:
    from engage.config import Config
    from engage.demo.build import Demo
    from engage.demo.desk import Desk
    from engage.pipeline import Report

NIGHT = time(5, 30)
A_MINUTE = timedelta(minutes=1)  # a run has a name of its own


@dataclass(frozen=True, slots=True)
class Played:
    """Two nights and what lay between. week: what people did, in words; digests: the files in the outbox."""

    first: Report
    week: tuple[str, ...]
    second: Report
    digests: tuple[str, ...]


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
    from engage.demo.build import build_demo  # noqa: PLC0415
    from engage.demo.summary import summary  # noqa: PLC0415
    from engage.insight.weeks import week_of  # noqa: PLC0415

    now = moment_of(today.date() if today else None)
    monday = week_of(now.date()).monday  # the digest tells the week that ended the day before
    click.echo("Inventing a partnership …", err=True)
    demo = build_demo(folder, seed=seed, today=monday)
    played = play(demo, now=now)
    click.echo(summary(demo, played.first, played.week, played.second, played.digests))


def moment_of(day: date | None) -> datetime:
    """When a demo of this day ends: early, so that it is the same demo again; never ahead of the clock."""
    clock = _london()
    early = datetime.combine(day or clock.date(), NIGHT)
    return min(early, clock) if early.date() == clock.date() else early


def play(demo: Demo, *, now: datetime, desks: Mapping[str, Desk] | None = None) -> Played:
    """Run the nights of a demo, its week between them, and the digests of the last complete week.

    now: when it ends, local time. desks: its workbooks by key as people edit them; None: its .xlsx files.
    """
    from engage.config import load_config  # noqa: PLC0415
    from engage.demo.week import week_of_edits  # noqa: PLC0415

    config = load_config(demo.folder / "engage.toml")
    first = _night(config, datetime.combine(demo.first_night, NIGHT), demo.seed)
    click.echo("A week goes by …", err=True)
    week = week_of_edits(demo.folder, desks=desks)
    second = _night(config, now - A_MINUTE, demo.seed)  # a digest quotes the Dashboard of its own morning
    posted, _ = run_digest(config, now=now)
    _night(config, now, demo.seed)  # the sheets say what was sent, so that one more sync is a quiet one
    digests = tuple(str(one.delivery.path) for one in posted if one.delivery)
    return Played(first, tuple(week), second, digests)


def _night(config: Config, now: datetime, seed: int) -> Report:
    """A sync whose ids are drawn from the seed."""
    from engage.demo.world import stream  # noqa: PLC0415

    return run_sync(config, now=now, draw=stream(seed, f"ids {now:%Y-%m-%d}").choice)


def _london() -> datetime:
    from zoneinfo import ZoneInfo  # noqa: PLC0415

    return datetime.now(ZoneInfo("Europe/London")).replace(tzinfo=None)
