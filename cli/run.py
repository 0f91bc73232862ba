"""engage run: tick until told to stop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click

from .opening import local_now
from .options import config_option
from .stopping import stopped_by_signals
from .tick import sync_only_option, tick_once, told


@click.command("run")
@sync_only_option
@config_option
def command(config_path: Path, sync_only: bool) -> None:
    """Keep watch until stopped: sync every night and at Sync now, send the digests on their day.

    Looks at the hub every few minutes ([sync] check_every_minutes). What was missed because the machine was
    off is made up for once. Digests go out by themselves if [mail] says when (send_at). SIGTERM or Ctrl-C
    ends it after the step in hand, a second one at once.
    """
    from engage.config import load_config  # noqa: PLC0415
    from engage.watching import keep_running  # noqa: PLC0415

    every = load_config(config_path).schedule.check_every_minutes
    click.echo(f"Watching every {every} minute{'s' * (every != 1)}; Ctrl-C to stop.", err=True)
    with stopped_by_signals() as stop:
        keep_running(Watch(config_path, sync_only, stop.is_set).check, every, stop)
    click.echo("Stopped.", err=True)


@dataclass(frozen=True, slots=True)
class Watch:
    """One partnership under watch. stop: whether to end after the step in hand."""

    config_path: Path
    sync_only: bool = False
    stop: Callable[[], bool] = lambda: False

    def check(self) -> None:
        """Look once; what goes wrong is said, and looked at again later."""
        from engage.config import load_config  # noqa: PLC0415
        from engage.errors import EngageError  # noqa: PLC0415

        try:
            config = load_config(self.config_path)
            ticked = tick_once(config, now=local_now(config), sync_only=self.sync_only, stop=self.stop)
        except EngageError as error:
            click.echo(error.message, err=True)
            return
        if ticked.problem is not None:
            click.echo(ticked.problem.message, err=True)
        for line in told(ticked):
            click.echo(line)
