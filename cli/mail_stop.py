"""engage mail stop: an address, or the token of a one-click link, gets no more mail."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .opening import local_now, open_workbooks
from .options import config_option

if TYPE_CHECKING:
    from engage.config import Config
    from engage.ledger import Stop
    from engage.ports import Workbook

ASKED, CLICKED, BOUNCED = "Asked for no more mail.", "Pressed unsubscribe in a digest.", "Its mail came back."


@click.command("stop")
@click.argument("whom", metavar="ADDRESS|TOKEN")
@click.option("--why", default="", help="What to write beside it.")
@click.option("--by", default="", metavar="NAME", help="Who asked for it. Otherwise the address itself.")
@click.option(
    "--bounced", is_flag=True, help="Its mail came back: the lead of its agency is told, as of a refused one."
)
@config_option
def stop_command(whom: str, why: str, by: str, bounced: bool, config_path: Path) -> None:
    """Add an address to the hub's Mail stops: nothing goes there any more, whatever Coordinators says.

    TOKEN is what follows in the link of a digest's one-click unsubscribe; one that was not made here is
    refused. It holds on this machine at once, even if the hub cannot be written now. To take it back, delete
    its row in Mail stops.
    """
    from engage.config import load_config  # noqa: PLC0415
    from engage.ledger import Stop  # noqa: PLC0415
    from engage.lock import one_at_a_time  # noqa: PLC0415
    from engage.mail.one_click import is_token  # noqa: PLC0415
    from engage.wording import ENGAGE  # noqa: PLC0415

    config = load_config(config_path)
    clicked = is_token(whom)
    address = address_of_token(config, whom) if clicked else checked_address(whom)
    usual = BOUNCED if bounced else CLICKED if clicked else ASKED
    when = local_now(config).isoformat(timespec="seconds")
    stop = Stop(address, when, why or usual, ENGAGE if bounced else by or address)
    note_here(config, stop)
    with one_at_a_time(config.state):
        added = stop_mail(config, stop)
    click.echo(f"{address}: {'added to' if added else 'stands already in'} Mail stops; nothing goes there.")


def checked_address(text: str) -> str:
    """One plain address, lower-case. Raises UsageError."""
    from engage.errors import UsageError  # noqa: PLC0415
    from engage.mail.message import is_plain_address  # noqa: PLC0415

    wanted = text.strip().lower()
    if not is_plain_address(wanted):
        raise UsageError(
            f"“{text}” is neither an e-mail address nor the token of a one-click link",
            fix="write it like ruth@council.gov.uk, or copy the whole token",
        )
    return wanted


def address_of_token(config: Config, token: str) -> str:
    """Whose one-click link it is. Raises UsageError if it is nobody's, MailError without a key."""
    from engage.errors import UsageError  # noqa: PLC0415
    from engage.mail.one_click import KEY_FILE, address_of, read_key  # noqa: PLC0415

    key = read_key(config.state)
    if key is None:
        raise UsageError(
            "there is no key here, so no one-click link was made on this machine",
            where=str(config.state / KEY_FILE),
            fix="run this on the machine that sends; if its key is lost, give the address instead",
        )
    found = address_of(token, known_addresses(config), key)
    if not found:
        raise UsageError(
            "this token was not made here for anybody who is written to, so nothing was stopped",
            fix="copy the whole token; if it is whole, somebody made it up, or the key that made it is lost: "
            "ask who wants to stop, and give the address instead",
        )
    return found


def known_addresses(config: Config) -> Iterator[str]:
    """Everybody who may have got a digest: whom the ledger knows, then who stands in Coordinators."""
    from engage.ledger import LEDGER_FILE, Ledger  # noqa: PLC0415
    from engage.recipients import addresses_of  # noqa: PLC0415

    path, mail = config.state / LEDGER_FILE, config.mail
    if path.exists():
        yield from dict.fromkeys(entry.send.key[0] for entry in Ledger(path).entries())
    yield from (one.lower() for one in (mail.unsubscribe, mail.reply_to, mail.from_address) if one)
    yield from addresses_of(hub_of(config).read())


def note_here(config: Config, stop: Stop) -> None:
    """In this machine's ledger, if it has one: it holds at once, for a run that is sending just now too."""
    from engage.ledger import LEDGER_FILE, Ledger  # noqa: PLC0415

    path = config.state / LEDGER_FILE
    if path.exists():
        Ledger(path).stop(stop)


def stop_mail(config: Config, stop: Stop) -> int:
    """Write it into the hub. Returns how many rows were added."""
    from engage.cache import CACHE_FILE, Cache  # noqa: PLC0415
    from engage.ledger import LEDGER_FILE, Ledger  # noqa: PLC0415
    from engage.night import run_id  # noqa: PLC0415
    from engage.stops import add_stops  # noqa: PLC0415

    path, now = config.state / LEDGER_FILE, local_now(config)
    cache = Cache(config.state / CACHE_FILE)
    added = add_stops(hub_of(config), [stop], cache, run=run_id(now))
    if path.exists():
        Ledger(path).tell_stops([stop.address])
    return added


def hub_of(config: Config) -> Workbook:
    """The hub. Raises what opening it raises."""
    from engage.config import HUB  # noqa: PLC0415
    from engage.schema import load_schema  # noqa: PLC0415

    return open_workbooks(config, local_now(config), load_schema(config.schema))[HUB]
