"""engage tick: look once at what is due, and do it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .opening import local_now, open_partnership
from .options import config_option, json_option
from .sync import show

if TYPE_CHECKING:
    from engage.config import Config
    from engage.runner import Ticked


@click.command("tick")
@config_option
@json_option
@click.pass_context
def command(ctx: click.Context, config_path: Path, as_json: bool) -> None:
    """Do what is due now, and end: for cron, systemd timers and the Task Scheduler.

    A sync is due once a night, from [sync] at on, and when somebody has ticked Sync now in Start here. If
    neither is so, that costs one small look at the hub. Ends as engage sync does; with 0 if nothing is due.
    """
    from engage.config import load_config  # noqa: PLC0415

    config = load_config(config_path)
    ticked = tick_once(config, now=local_now(config))
    if ticked.problem is not None:
        raise ticked.problem
    if ticked.report is not None:
        show(ticked.report, as_json=as_json)
        ctx.exit(ticked.report.exit_code)
    click.echo('{"due": []}' if as_json else "Nothing is due.", err=not as_json)


def tick_once(config: Config, *, now: datetime, tried: datetime | None = None) -> Ticked:
    """One look under the lock of this machine; progress goes to stderr."""
    from engage.lock import one_at_a_time  # noqa: PLC0415
    from engage.runner import tick  # noqa: PLC0415

    with one_at_a_time(config.state):
        partnership = open_partnership(config, now=now)
        return tick(partnership, now=now, tried=tried, say=lambda words: click.echo(f"{words} …", err=True))
