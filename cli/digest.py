"""engage digest: look at the weekly digest, or send it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .opening import local_now, open_partnership
from .options import config_option, json_option

if TYPE_CHECKING:
    from engage.config import Config
    from engage.desk import Desk
    from engage.digest.readers import NotSent, Reader
    from engage.editions import Posted
    from engage.insight.weeks import Week

WORDS = {
    "sent": "written",
    "already": "already there, left as it is",
    "held": "HELD: look before anything is repeated",
}

week_option = click.option(
    "--week", "week_label", default="", help="Another week than the last whole one: 2026-W47."
)


@click.group("digest")
def command() -> None:
    """Look at the weekly digest, or send it to the outbox."""


@command.command("preview")
@click.option(
    "--for", "address", default="", metavar="EMAIL", help="One coordinator's; otherwise everybody's."
)
@week_option
@config_option
def preview_command(address: str, week_label: str, config_path: Path) -> None:
    """Write digests as pages to look at, into the outbox's preview folder, and print where they are.

    Nothing is sent, and an earlier preview is written over.
    """
    from engage.config import load_config  # noqa: PLC0415
    from engage.editions import preview  # noqa: PLC0415
    from engage.recipients import who_reads  # noqa: PLC0415

    config = load_config(config_path)
    desk = desk_of(config, now=local_now(config), week=read_week(week_label))
    if desk.stale:
        click.echo(f"Mind: {desk.stale}. Run engage sync before sending.", err=True)
    for reader in chosen(*who_reads(desk), address):
        click.echo(preview(desk, reader))


@command.command("send")
@click.option("--dry-run", is_flag=True, help="Build everything, say to whom it would go, and write nothing.")
@click.option(
    "--again",
    default="",
    metavar="EMAIL",
    help="Write a held digest: you have looked, and it did not go out.",
)
@config_option
@json_option
def send_command(dry_run: bool, again: str, config_path: Path, as_json: bool) -> None:
    """Put this week's digest of every coordinator into the outbox, once ever for each person and week.

    A digest that is there already is left alone. Run engage sync first: the figures must be those of the
    Dashboard. Ends with 1 if a message is held because an earlier run was cut off while writing it.
    """
    from engage.config import load_config  # noqa: PLC0415

    config = load_config(config_path)
    posted, refused = run_digest(config, now=local_now(config), dry_run=dry_run, again=again)
    if as_json:
        import json  # noqa: PLC0415

        click.echo(json.dumps(as_document(posted, refused), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(in_words(posted, refused)))
    if any(one.delivery is not None and one.delivery.status == "held" for one in posted):
        click.get_current_context().exit(1)


@command.command("adopt")
@click.option("--yes", is_flag=True, help="Do not ask.")
@config_option
def adopt_command(yes: bool, config_path: Path) -> None:
    """Send from this machine though the ledger of what was sent is lost, old, or stayed on another.

    Shows this week's digests, which will count as sent: nobody gets one of them again. The next week's go
    out as usual.
    """
    from engage.config import load_config  # noqa: PLC0415
    from engage.desk import open_desk  # noqa: PLC0415
    from engage.editions import sends_of  # noqa: PLC0415
    from engage.lock import one_at_a_time  # noqa: PLC0415
    from engage.our_ledger import adopt  # noqa: PLC0415

    config = load_config(config_path)
    now = local_now(config)
    with one_at_a_time(config.state):
        partnership = open_partnership(config, now=now)
        click.echo("Reading the workbooks …", err=True)
        desk = open_desk(partnership, now=now)
        sends = sends_of(desk)
        click.echo(
            f"These {len(sends)} digests of {sends[0].period if sends else 'this week'} count as sent:"
        )
        for send in sends:
            click.echo(f"  {send.address}")
        if not yes:
            confirm_adoption()
        adopt(desk, sends)
    click.echo("This machine sends from now on, beginning with the next week's.")


def confirm_adoption() -> None:
    """Ask; without a terminal refuse rather than wait."""
    import sys  # noqa: PLC0415

    from engage.errors import UsageError  # noqa: PLC0415

    if not sys.stdin.isatty():
        raise UsageError("this asks before it writes, and there is no terminal", fix="add --yes")
    click.confirm("Go on?", abort=True)


def run_digest(
    config: Config, *, now: datetime, dry_run: bool = False, again: str = ""
) -> tuple[tuple[Posted, ...], tuple[NotSent, ...]]:
    """This week's digests into the outbox, under the lock of this machine. now: local time, no zone."""
    from engage.editions import post  # noqa: PLC0415
    from engage.lock import one_at_a_time  # noqa: PLC0415
    from engage.recipients import who_reads  # noqa: PLC0415

    with one_at_a_time(config.state):
        desk = desk_of(config, now=now)
        return post(desk, dry_run=dry_run, again=again), who_reads(desk)[1]


def desk_of(config: Config, *, now: datetime, week: Week | None = None) -> Desk:
    """The register, read and linked for a digest; progress goes to stderr."""
    from engage.desk import open_desk  # noqa: PLC0415

    click.echo("Reading the workbooks …", err=True)
    return open_desk(open_partnership(config, now=now), now=now, week=week)


def read_week(label: str) -> Week | None:
    """The week of --week; None if it was not given. Raises UsageError."""
    from engage.errors import UsageError  # noqa: PLC0415
    from engage.insight.weeks import week_named  # noqa: PLC0415

    try:
        return week_named(label) if label else None
    except ValueError as error:
        raise UsageError(f"“{label}” is no week", where="--week", fix="write it like 2026-W47") from error


def chosen(found: Sequence[Reader], refused: Sequence[NotSent], address: str) -> Sequence[Reader]:
    """The readers to show: all, or the one with this address. Raises UsageError if there is none."""
    from engage.errors import UsageError  # noqa: PLC0415

    wanted = address.strip().lower()
    matching = [reader for reader in found if wanted in {"", reader.email}]
    if not matching:
        reasons = "; ".join(sorted({one.why for one in refused})) or "the Coordinators tab is empty"
        whom = address or "anybody"
        raise UsageError(
            f"no digest would go to {whom}", where="Coordinators", fix=f"look there; it says: {reasons}"
        )
    return matching


def in_words(posted: Sequence[Posted], refused: Sequence[NotSent]) -> Iterator[str]:
    """A line a reader, then the rows that get none and why."""
    for one in posted:
        what = one.unsent if one.delivery is None else f"{WORDS[one.delivery.status]}: {one.delivery.path}"
        yield f"{one.reader.email}: {what}"
    for row in refused:
        yield f"{row.record_id} in Coordinators: none, {row.why}"
    if not posted and not refused:
        yield "Nobody is in the Coordinators tab yet."


def as_document(posted: Sequence[Posted], refused: Sequence[NotSent]) -> dict[str, object]:
    """The same for a program."""
    return {
        "digests": [
            {
                "to": one.reader.email,
                "status": "unsent" if one.delivery is None else one.delivery.status,
                "why": one.unsent,
                "path": "" if one.delivery is None else str(one.delivery.path),
            }
            for one in posted
        ],
        "none": [{"record": row.record_id, "why": row.why} for row in refused],
    }
