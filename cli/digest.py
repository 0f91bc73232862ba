"""engage digest: look at the weekly digest, or send it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .digest_adopting import adopt_command
from .digest_said import CODES, as_document, exit_code, in_words, json_text, words_of
from .digest_standing import resolve_command, status_command
from .opening import local_now, open_partnership
from .options import config_option, json_option

if TYPE_CHECKING:
    from engage.config import Config
    from engage.desk import Desk
    from engage.digest.readers import NotSent, Reader
    from engage.editions import Posted
    from engage.insight.weeks import Week

MOST_OPENED = 2  # a weekly and a monthly page of one reader; a window each for thirty people helps nobody


@click.group("digest")
def command() -> None:
    """Look at the weekly digest, or send it: by mail, or into the outbox folder."""


command.add_command(status_command)
command.add_command(resolve_command)
command.add_command(adopt_command)


@command.command("preview")
@click.option(
    "--for", "address", default="", metavar="EMAIL", help="One coordinator's; otherwise everybody's."
)
@click.option("--week", "week_label", default="", help="Another week than the last whole one: 2026-W47.")
@click.option(
    "--open/--no-open",
    "opens",
    default=None,
    help="Open it in the browser; without either, only at a terminal.",
)
@config_option
def preview_command(address: str, week_label: str, opens: bool | None, config_path: Path) -> None:
    """Write digests as pages to look at, into the outbox's preview folder, print where, open one person's.

    Nothing is sent, and an earlier preview is written over. With --week a monthly digest is about the month
    that was over by then.
    """
    from engage.config import load_config  # noqa: PLC0415
    from engage.editions import preview  # noqa: PLC0415
    from engage.recipients import who_reads  # noqa: PLC0415

    config = load_config(config_path)
    now = local_now(config)
    desk = desk_of(config, now=now, week=week_gone_by(week_label, now.date()))
    if desk.stale:
        click.echo(f"Mind: {desk.stale}. Run engage sync before sending.", err=True)
    pages = preview(desk, chosen(*who_reads(desk), address))
    for page in pages:
        click.echo(page)
    if sys.stdout.isatty() if opens is None else opens:
        show(pages)


def show(pages: Sequence[Path]) -> None:
    """Open one person's pages in the browser; those of everybody would be too many windows."""
    import webbrowser  # noqa: PLC0415

    if len(pages) > MOST_OPENED:
        click.echo("Not opened: there are many. Name one person with --for EMAIL.", err=True)
        return
    opened = [webbrowser.open(page.absolute().as_uri()) for page in pages]
    if not all(opened):
        click.echo("No browser was found here; open the page by hand.", err=True)


@command.command("send")
@click.option("--dry-run", is_flag=True, help="Build everything, say to whom it would go, and send nothing.")
@click.option(
    "--again",
    default="",
    metavar="EMAIL",
    help="Send a held digest: you have looked, and it did not arrive.",
)
@click.option(
    "--to", "test_address", default="", metavar="EMAIL", help="A test to this address alone; it never counts."
)
@config_option
@json_option
def send_command(dry_run: bool, again: str, test_address: str, config_path: Path, as_json: bool) -> None:
    """Send this week's digest to every coordinator, or put it into the outbox: once ever a person and week.

    One that was sent is left alone, one that nobody knows of is held for a person. Run engage sync first: the
    figures must be those of the Dashboard. Ends with 1 if a message is held, refused or has to wait, with 2
    if the mail server does not let us in.
    """
    from engage.config import load_config  # noqa: PLC0415
    from engage.errors import UsageError  # noqa: PLC0415

    config = load_config(config_path)
    if test_address:
        if dry_run or again:
            raise UsageError("--to goes with neither --dry-run nor --again", fix="leave one of them out")
        send_test(config, test_address, as_json=as_json)
        return
    posted, refused = run_digest(config, now=local_now(config), dry_run=dry_run, again=again)
    if as_json:
        click.echo(json_text(as_document(posted, refused)))
    else:
        click.echo("\n".join(in_words(posted, refused)))
    click.get_current_context().exit(exit_code(posted))


def send_test(config: Config, address: str, *, as_json: bool) -> None:
    """One test message, and what came of it; ends with 1, or 2, if it did not leave."""
    from engage.editions import post_test  # noqa: PLC0415
    from engage.lock import one_at_a_time  # noqa: PLC0415

    with one_at_a_time(config.state):
        desk = desk_of(config, now=local_now(config))
        if desk.stale:
            click.echo(f"Mind: {desk.stale}. Run engage sync before sending.", err=True)
        done = post_test(desk, address)
    if as_json:
        document = {"test": {"to": done.send.address, "status": done.status, "why": done.why}}
        click.echo(json_text(document))
    else:
        click.echo(f"{done.send.address}: {words_of(done)} (a test, which does not count)")
    click.get_current_context().exit(CODES.get(done.status, 0))


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


def week_gone_by(label: str, today: date) -> Week | None:
    """The week of --week; None if it was not given. Raises UsageError, for one that is not over yet too."""
    from engage.errors import UsageError  # noqa: PLC0415
    from engage.insight.weeks import week_named  # noqa: PLC0415

    try:
        week = week_named(label) if label else None
    except ValueError as error:
        raise UsageError(f"“{label}” is no week", where="--week", fix="write it like 2026-W47") from error
    if week is not None and week.last >= today:
        raise UsageError(f"the week {week.label} is not over yet", where="--week", fix="name one that is")
    return week


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
