"""engage sync: read every workbook, find the same employers and people, rebuild the lists."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .opening import local_now, open_partnership
from .options import config_option, json_option

if TYPE_CHECKING:
    from engage.config import Config
    from engage.pipeline import Report


@click.command("sync")
@config_option
@json_option
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@click.option(
    "--allow-deletions", is_flag=True, help="Go on though a tab is empty or many rows are gone: you meant it."
)
@click.pass_context
def command(
    ctx: click.Context, config_path: Path, as_json: bool, dry_run: bool, allow_deletions: bool
) -> None:
    """Read every workbook, find the same employers and people, and rebuild the lists.

    Ends with 0 when done, 3 when people have decisions to make, 1 when a workbook could not be read or
    written, 4 when a workbook was stopped for safety.
    """
    from engage.config import load_config  # noqa: PLC0415

    config = load_config(config_path)
    report = run_sync(config, now=local_now(config), dry_run=dry_run, allow_deletions=allow_deletions)
    show(report, as_json=as_json)
    ctx.exit(report.exit_code)


def run_sync(
    config: Config,
    *,
    now: datetime,
    dry_run: bool = False,
    allow_deletions: bool = False,
    draw: Callable[[Sequence[str]], str] = secrets.choice,
    quiet: bool = False,
) -> Report:
    """One sync under the lock of this machine; progress goes to stderr."""
    from engage.lock import one_at_a_time  # noqa: PLC0415
    from engage.pipeline import sync  # noqa: PLC0415

    def say(words: str) -> None:
        if not quiet:
            click.echo(f"{words} …", err=True)

    with one_at_a_time(config.state):
        partnership = open_partnership(config, now=now, draw=draw)
        return sync(partnership, now=now, dry_run=dry_run, allow_deletions=allow_deletions, say=say)


def show(report: Report, *, as_json: bool) -> None:
    """The report on the screen: in words, or as one JSON document."""
    from engage.telling import as_document, in_words  # noqa: PLC0415

    if as_json:
        import json  # noqa: PLC0415

        click.echo(json.dumps(as_document(report), ensure_ascii=False, indent=2))
    else:
        click.echo(in_words(report))
