"""engage undo: take the last run back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .opening import local_now, open_partnership
from .options import config_option, json_option

if TYPE_CHECKING:
    from engage.undoing import Undone


@click.command("undo")
@config_option
@json_option
@click.option("--dry-run", is_flag=True, help="Say what would be taken back, and write nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def command(config_path: Path, as_json: bool, dry_run: bool, yes: bool) -> None:
    """Take back what the last run wrote, in every workbook.

    What people have changed since is left as it is and named. The next sync writes it all again: to keep a
    merge apart for good, use the Undo drop-down in Decisions, or engage undo-merge.
    """
    from engage.cache import CACHE_FILE, Cache  # noqa: PLC0415
    from engage.config import load_config  # noqa: PLC0415
    from engage.lease import check_lease  # noqa: PLC0415
    from engage.lock import one_at_a_time  # noqa: PLC0415
    from engage.pipeline import pull  # noqa: PLC0415
    from engage.undoing import last_run, undo_run  # noqa: PLC0415

    config = load_config(config_path)
    cache = Cache(config.state / CACHE_FILE)
    run = last_run(cache)
    if not (dry_run or yes):
        _confirm(run)
    now = local_now(config)
    with one_at_a_time(config.state):
        partnership = open_partnership(config, now=now)
        intake = pull(partnership, now, allow_deletions=True)
        check_lease(intake, partnership.asker, now)
        undone = undo_run(
            run, partnership.workbooks, partnership.schema, cache, dry_run=dry_run, erased=intake.erased
        )
    _show(undone, as_json=as_json, dry_run=dry_run)


def _confirm(run: str) -> None:
    """Ask; without a terminal refuse rather than wait."""
    import sys  # noqa: PLC0415

    from engage.errors import UsageError  # noqa: PLC0415

    if not sys.stdin.isatty():
        raise UsageError(
            "this asks before it writes, and there is no terminal", fix="add --yes, or --dry-run"
        )
    click.confirm(f"Take back the run {run}?", abort=True)


def _show(undone: Undone, *, as_json: bool, dry_run: bool) -> None:
    if as_json:
        import json  # noqa: PLC0415

        told = {"run": undone.run, "dry_run": dry_run, "cells": undone.cells, "skipped": list(undone.skipped)}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    from engage.wording import counted  # noqa: PLC0415

    verb = "would be taken back" if dry_run else "taken back"
    click.echo(f"Run {undone.run}: {counted(undone.cells, 'cell')} {verb}")
    for line in undone.skipped:
        click.echo(f"  left: {line}")
