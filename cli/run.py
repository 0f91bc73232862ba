"""engage run: tick until told to stop."""

from __future__ import annotations

import signal
import threading
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import FrameType

import click

from .opening import local_now
from .options import config_option
from .tick import tick_once


@click.command("run")
@config_option
def command(config_path: Path) -> None:
    """Keep watch until stopped: sync every night, and when somebody ticks Sync now.

    Looks at the hub every few minutes ([sync] check_every_minutes). A night that was missed because the
    machine was off is made up for once. SIGTERM or Ctrl-C ends it after the step in hand, a second one at
    once.
    """
    from engage.config import load_config  # noqa: PLC0415
    from engage.runner import keep_running  # noqa: PLC0415

    every = load_config(config_path).schedule.check_every_minutes
    click.echo(f"Watching every {every} minute{'s' * (every != 1)}; Ctrl-C to stop.", err=True)
    keep_running(Watch(config_path).check, every, stopped_by_signals())
    click.echo("Stopped.", err=True)


@dataclass(slots=True)
class Watch:
    """One partnership under watch. tried: when a sync last failed."""

    config_path: Path
    tried: datetime | None = None

    def check(self) -> None:
        """Look once; what goes wrong is said, and looked at again later."""
        from engage.config import load_config  # noqa: PLC0415
        from engage.errors import EngageError  # noqa: PLC0415
        from engage.telling import in_words  # noqa: PLC0415

        try:
            config = load_config(self.config_path)
            now = local_now(config)
            ticked = tick_once(config, now=now, tried=self.tried)
        except EngageError as error:
            click.echo(error.message, err=True)
            return
        if ticked.problem is not None:
            self.tried = now
            click.echo(ticked.problem.message, err=True)
        if ticked.report is not None:
            click.echo(in_words(ticked.report))


def stopped_by_signals() -> threading.Event:
    """An event that SIGTERM or Ctrl-C sets; a second one then ends the program as it always does."""
    stop = threading.Event()
    usual = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}

    def asked(number: int, _: FrameType | None) -> None:
        click.echo("Stopping after the step in hand …", err=True)
        stop.set()
        for each, handler in usual.items():
            signal.signal(each, handler)

    for number in usual:
        signal.signal(number, asked)
    return stop
