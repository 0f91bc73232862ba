"""engage digest status and resolve: what the ledger of this machine knows, and what a person found out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .digest_adopting import confirm
from .digest_said import json_text
from .opening import local_now
from .options import config_option, json_option

if TYPE_CHECKING:
    from engage.config import Config
    from engage.ledger import Entry, Ledger
    from engage.mail.standing import Standing

period_option = click.option(
    "--week", "--month", "label", default="", help="Of this week or month alone: 2026-W47, or 2026-11."
)


@click.command("status")
@period_option
@click.option(
    "--all", "everything", is_flag=True, help="Every period that the ledger knows, not the last alone."
)
@config_option
@json_option
def status_command(label: str, everything: bool, config_path: Path, as_json: bool) -> None:
    """Say what went to whom, and what waits for a person because nobody knows whether it arrived.

    Reads this machine's ledger and nothing else. Ends with 3 if anything waits.
    """
    from engage.config import load_config  # noqa: PLC0415
    from engage.mail.standing import standing  # noqa: PLC0415

    period = read_period(label)
    ledger = ledger_here(load_config(config_path))
    found = standing(ledger.entries(), most=10_000 if everything else 1, period=period)
    click.echo(json_text(standing_document(found)) if as_json else "\n".join(standing_words(found)))
    click.get_current_context().exit(3 if found.held else 0)


@click.command("resolve")
@click.argument("address")
@click.argument("found", type=click.Choice(["sent", "not-sent"]))
@period_option
@click.option("--yes", is_flag=True, help="Do not ask before releasing an adopted one.")
@config_option
def resolve_command(address: str, found: str, label: str, yes: bool, config_path: Path) -> None:
    """Say of a held digest whether it arrived: "ADDRESS sent", or "ADDRESS not-sent", to send it again.

    Ask the person, or look into the mail server's log. The same releases one that counts as sent by an
    adoption alone (engage digest adopt), after asking: nobody's ledger knows of it.
    """
    from engage.config import load_config  # noqa: PLC0415
    from engage.ledger import ADOPTED  # noqa: PLC0415
    from engage.lock import one_at_a_time  # noqa: PLC0415
    from engage.mail.standing import resolve, to_settle  # noqa: PLC0415

    period = read_period(label)
    config = load_config(config_path)
    with one_at_a_time(config.state):
        ledger = ledger_here(config)
        if to_settle(ledger, address, period).status == ADOPTED and found == "not-sent" and not yes:
            click.echo(
                "It counts as sent because somebody adopted it: by this ledger nobody knows.", err=True
            )
            confirm("Has the person said that it did not come?")
        entry = resolve(ledger, address, arrived=found == "sent", now=local_now(config), period=period)
    then = (
        "counts as sent"
        if found == "sent"
        else "goes out with the next engage digest send, if it is still due"
    )
    click.echo(f"{entry.send.address}, {entry.send.edition} {entry.send.period}: {then}.")


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


def read_period(label: str) -> str:
    """The label of --week or --month as the ledger writes it; "" if none was given. Raises UsageError."""
    from engage.errors import UsageError  # noqa: PLC0415
    from engage.insight.weeks import period_named  # noqa: PLC0415

    try:
        return period_named(label).label if label else ""
    except ValueError as error:
        raise UsageError(
            f"“{label}” is neither a week nor a month",
            where="--week, --month",
            fix="write it like 2026-W47, or 2026-11",
        ) from error


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

    def rows(entries: tuple[Entry, ...]) -> list[dict[str, str]]:
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
