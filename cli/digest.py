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
    from engage.ledger import Entry, Ledger
    from engage.mail.delivering import Delivery
    from engage.mail.standing import Standing

WORDS = {
    "sent": "sent",
    "already": "sent before, left as it is",
    "held": "HELD, nobody knows whether it arrived: look before anything is repeated",
    "waits": "not sent yet, may be tried again",
    "refused": "REFUSED by the mail server",
    "misconfigured": "NOT SENT, and nothing else would be",
}

CODES = {"held": 1, "waits": 1, "refused": 1, "misconfigured": 2}

week_option = click.option(
    "--week", "week_label", default="", help="Another week than the last whole one: 2026-W47."
)


@click.group("digest")
def command() -> None:
    """Look at the weekly digest, or send it: by mail, or into the outbox folder."""


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


@command.command("status")
@week_option
@click.option(
    "--all", "everything", is_flag=True, help="Every week that the ledger knows, not the last alone."
)
@config_option
@json_option
def status_command(week_label: str, everything: bool, config_path: Path, as_json: bool) -> None:
    """Say what went to whom, and what waits for a person because nobody knows whether it arrived.

    Reads this machine's ledger and nothing else. Ends with 3 if anything waits.
    """
    from engage.config import load_config  # noqa: PLC0415
    from engage.mail.standing import standing  # noqa: PLC0415

    read_week(week_label)
    config = load_config(config_path)
    ledger = ledger_here(config)
    found = standing(ledger.entries(), weeks=10_000 if everything else 1, period=week_label)
    click.echo(json_text(standing_document(found)) if as_json else "\n".join(standing_words(found)))
    click.get_current_context().exit(3 if found.held else 0)


@command.command("resolve")
@click.argument("address")
@click.argument("found", type=click.Choice(["sent", "not-sent"]))
@week_option
@config_option
def resolve_command(address: str, found: str, week_label: str, config_path: Path) -> None:
    """Say of a held digest whether it arrived: "ADDRESS sent", or "ADDRESS not-sent", to send it again.

    Ask the person, or look into the mail server's log.
    """
    from engage.config import load_config  # noqa: PLC0415
    from engage.lock import one_at_a_time  # noqa: PLC0415
    from engage.mail.standing import resolve  # noqa: PLC0415

    read_week(week_label)
    config = load_config(config_path)
    with one_at_a_time(config.state):
        ledger = ledger_here(config)
        entry = resolve(ledger, address, arrived=found == "sent", now=local_now(config), period=week_label)
    then = (
        "counts as sent"
        if found == "sent"
        else "goes out with the next engage digest send, if it is still due"
    )
    click.echo(f"{entry.send.address}, {entry.send.period}: {then}.")


def ledger_here(config: Config) -> Ledger:
    """This machine's ledger. Raises DigestError if there is none."""
    from engage.errors import DigestError  # noqa: PLC0415
    from engage.ledger import LEDGER_FILE, Ledger  # noqa: PLC0415

    path = config.state / LEDGER_FILE
    if not path.exists():
        raise DigestError(
            "nothing was sent from this machine: its ledger is not here",
            where=str(path),
            fix="run this on the machine that sends",
        )
    return Ledger(path)


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
        what = one.unsent if one.delivery is None else words_of(one.delivery)
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
                "why": one.unsent if one.delivery is None else one.delivery.why,
                "path": "" if one.delivery is None else str(one.delivery.path or ""),
            }
            for one in posted
        ],
        "none": [{"record": row.record_id, "why": row.why} for row in refused],
    }


def words_of(done: Delivery) -> str:
    """What became of one message: the word, then why or where."""
    more = done.path or done.why
    return f"{WORDS[done.status]}: {more}" if more else WORDS[done.status]


def exit_code(posted: Sequence[Posted]) -> int:
    """2 if the mail server does not let us in, 1 if any message has not gone out as it should, else 0."""
    return max((CODES.get(one.delivery.status, 0) for one in posted if one.delivery), default=0)


def standing_words(found: Standing) -> Iterator[str]:
    """What waits first, then a line a digest."""
    if found.held:
        yield "Waiting for a person, for nobody knows whether these arrived:"
        for entry in found.held:
            yield f"  {_line(entry)}"
        yield "Ask them, or look into the mail server's log. Then: engage digest resolve ADDRESS sent"
        yield "or: engage digest resolve ADDRESS not-sent"
        yield ""
    if not found.shown:
        yield "Nothing was sent yet."
    yield from (_line(entry) for entry in found.shown)


def _line(entry: Entry) -> str:
    from engage.ledger import STATUS_WORDS  # noqa: PLC0415

    when = entry.when[:16].replace("T", " ")
    why = f" ({entry.why})" if entry.why and entry.status != "sent" else ""
    send = entry.send
    return f"{send.address}: {send.edition} {send.period}, {when}, {STATUS_WORDS[entry.status]}{why}"


def standing_document(found: Standing) -> dict[str, object]:
    """The same for a program."""

    def rows(entries: Sequence[Entry]) -> list[dict[str, str]]:
        return [
            {
                "to": entry.send.address,
                "edition": entry.send.edition,
                "period": entry.send.period,
                "status": entry.status,
                "when": entry.when,
                "why": entry.why,
            }
            for entry in entries
        ]

    return {"waiting": rows(found.held), "digests": rows(found.shown)}


def json_text(document: object) -> str:
    """One JSON document."""
    import json  # noqa: PLC0415

    return json.dumps(document, ensure_ascii=False, indent=2)
