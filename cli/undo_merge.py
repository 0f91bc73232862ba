"""engage undo-merge: take a merge back, last night's or last year's."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .asking import echo_json, look_at
from .layout import bullet, preview_lines
from .options import config_option, json_option
from .told_otherwise import reached_by, reached_document, reached_lines, what_follows

if TYPE_CHECKING:
    from engage.built.decision_book import Entry


@click.command("undo-merge")
@click.argument("wanted", metavar="EMP-…|PER-…|PAIR")
@click.option("--by", default="", help="Who takes it back; it is written into Decisions.")
@click.option("--yes", is_flag=True, help="Do it without asking.")
@click.option("--dry-run", is_flag=True, help="Only show what it would change.")
@config_option
@json_option
def command(wanted: str, by: str, yes: bool, dry_run: bool, config_path: Path, as_json: bool) -> None:
    """Take a merge back and hold its two rows apart from now on.

    Give the number of a merged employer or person, or the Pair as it stands in Decisions. It shows first
    which rows and figures would change, and which digests and packs have told of the two as one since. No
    row of any agency is changed; the next sync splits the merged record. To take the undoing back in turn,
    choose Undo beside its new row in Decisions.
    """
    from dataclasses import asdict  # noqa: PLC0415

    from engage.answering import (  # noqa: PLC0415
        facts_with,
        merges_of,
        preview_of,
        seeing_tonight,
        take_back,
        write_decisions,
    )
    from engage.lock import one_at_a_time  # noqa: PLC0415

    partnership, night, _ = look_at(config_path)
    entry = _the_one(merges_of(night, wanted), wanted, may_ask=not (yes or as_json))
    seeing = seeing_tonight(partnership, night)
    book = take_back(night, entry, by=by, now=night.now, seeing=seeing)
    right = facts_with(partnership, night, book)
    preview, reached = preview_of(night, right, entry), reached_by(partnership, night, entry, right)
    if not as_json:
        click.echo(f"Taking back {entry.key}, decided {entry.cells.get('When', '')}")
        click.echo("\n".join([*preview_lines(preview), *reached_lines(reached)]))
    if not dry_run:
        _confirm(yes)
        with one_at_a_time(partnership.config.state):
            write_decisions(partnership, night, book)
    if as_json:
        told = {"preview": asdict(preview), "told": reached_document(reached)}
        echo_json({"pair": entry.key, "dry_run": dry_run, **told})
    elif not dry_run:
        click.echo("Taken back. The next sync splits the merged record.")
        for line in what_follows(reached):
            click.echo(line)


def _the_one(entries: Sequence[Entry], wanted: str, *, may_ask: bool) -> Entry:
    """The merge that is meant; of several, the one that the person picks."""
    from engage.errors import UsageError  # noqa: PLC0415

    if not entries:
        raise UsageError(
            f"Decisions holds no merge called {wanted}",
            fix="see which rows are merged with: engage why EMP-…",
        )
    if len(entries) == 1:
        return entries[0]
    lines = [
        line
        for at, entry in enumerate(entries, 1)
        for line in bullet(f"{at}: {entry.cells.get('A', '')} with {entry.cells.get('B', '')} [{entry.key}]")
    ]
    if not may_ask or not sys.stdin.isatty():
        pairs = "; ".join(entry.key for entry in entries)
        raise UsageError(
            f"{wanted} is held together by {len(entries)} merges", fix=f"name one of them: {pairs}"
        )
    click.echo("\n".join([f"{wanted} is held together by {len(entries)} merges:", *lines]))
    return entries[click.prompt("Which one", type=click.IntRange(1, len(entries))) - 1]


def _confirm(yes: bool) -> None:
    from engage.errors import UsageError  # noqa: PLC0415

    if yes:
        return
    if not sys.stdin.isatty():
        raise UsageError(
            "there is no terminal to ask in", fix="add --yes if you mean it, or --dry-run to look"
        )
    click.confirm("Take it back?", abort=True)
