"""engage tick: look once at what is due, and do it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .opening import local_now, open_partnership
from .options import config_option, json_option
from .stopping import stopped_by_signals

if TYPE_CHECKING:
    from engage.config import Config
    from engage.rounds import Round
    from engage.runner import Ticked

# How many digests came to what, in the order in which it is said.
ROUND_WORDS = {
    "sent": "sent",
    "already": "sent before",
    "held": "HELD: nobody knows whether they arrived",
    "waits": "not sent yet",
    "refused": "REFUSED by the mail server",
    "misconfigured": "NOT SENT: the mail server does not let us in (engage mail check says why)",
    "not tried": "not tried yet",
}
sync_only_option = click.option(
    "--sync-only",
    is_flag=True,
    help="Never send anything from here: for a machine whose disk does not last, as at a CI service.",
)


@click.command("tick")
@sync_only_option
@config_option
@json_option
@click.pass_context
def command(ctx: click.Context, config_path: Path, as_json: bool, sync_only: bool) -> None:
    """Do what is due now, and end: for cron, systemd timers and the Task Scheduler.

    A sync is due once a night, from [sync] at on, and when somebody has ticked Sync now in Start here;
    digests on their days, from [mail] send_at on. If nothing is due, that costs one small look at the hub.
    Ends as engage sync and engage digest send do, the worse of the two; with 0 if nothing is due.
    """
    from engage.config import load_config  # noqa: PLC0415

    config = load_config(config_path)
    with stopped_by_signals() as stop:
        ticked = tick_once(config, now=local_now(config), sync_only=sync_only, stop=stop.is_set)
    if as_json:
        import json  # noqa: PLC0415

        click.echo(json.dumps(as_document(ticked), ensure_ascii=False, indent=2 if ticked.due else None))
    else:
        for line in told(ticked):
            click.echo(line)
    if ticked.problem is not None:
        click.echo(ticked.problem.message, err=True)
    if ticked.left is not None:
        click.echo(f"Left to it: {ticked.left.what}.", err=True)
    elif not ticked.due and sys.stderr.isatty():  # cron would mail it, every five minutes
        click.echo("Nothing is due.", err=True)
    ctx.exit(ticked.exit_code)


def tick_once(
    config: Config, *, now: datetime, sync_only: bool = False, stop: Callable[[], bool] = lambda: False
) -> Ticked:
    """One look under the lock of this machine; progress goes to stderr."""
    from engage.lock import one_at_a_time  # noqa: PLC0415
    from engage.pinging import Ping  # noqa: PLC0415
    from engage.runner import Means, tick  # noqa: PLC0415
    from engage.slot_book import book_of  # noqa: PLC0415

    means = Means(lambda words: click.echo(f"{words} …", err=True), stop, Ping(config.schedule.ping_url))
    with one_at_a_time(config.state):
        partnership = open_partnership(config, now=now, sends=not sync_only)
        return tick(partnership, book_of(config.state), now=now, means=means)


def told(ticked: Ticked) -> Iterator[str]:
    """What was done, for a log that nobody may be named in."""
    from engage.telling import in_words  # noqa: PLC0415

    if ticked.report is not None:
        yield in_words(ticked.report)
    if ticked.round is not None:
        yield round_words(ticked.round)


def round_words(found: Round) -> str:
    """A round of digests in a line: how many came to what."""
    if found.problem is not None:
        return f"Digests: none was sent. {found.problem.message}"
    counts = found.counts
    parts = [f"{counts[status]:,} {words}" for status, words in ROUND_WORDS.items() if counts[status]]
    return f"Digests: {', '.join(parts) or 'nobody was to get one'}."


def as_document(ticked: Ticked) -> dict[str, Any]:
    """The same for a program."""
    from engage.telling import as_document as of_sync  # noqa: PLC0415

    document: dict[str, Any] = {"due": list(ticked.due)}
    if ticked.report is not None:
        document |= of_sync(ticked.report)
    if ticked.problem is not None:
        document |= {"error": ticked.problem.what, "where": ticked.problem.where, "fix": ticked.problem.fix}
    if ticked.round is not None:
        counts = {status: ticked.round.counts[status] for status in ROUND_WORDS}
        problem = ticked.round.problem.what if ticked.round.problem else ""
        document["digests"] = {**counts, "problem": problem}
    return document | ({"exit_code": ticked.exit_code} if ticked.due else {})
