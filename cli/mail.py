"""engage mail: who gets no more of it, and the mail server."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .opening import local_now, open_workbooks
from .options import config_option

if TYPE_CHECKING:
    from engage.config import Config, Mail
    from engage.ledger import Stop


@click.group("mail")
def command() -> None:
    """Stop mail to an address; try the mail server; keep its password."""


@command.command("stop")
@click.argument("address")
@click.option("--why", default="Asked for no more mail.", help="What to write beside it.")
@click.option("--by", default="", metavar="NAME", help="Who asked for it. Otherwise the address itself.")
@config_option
def stop_command(address: str, why: str, by: str, config_path: Path) -> None:
    """Add ADDRESS to the hub's Mail stops: nothing goes there any more, whatever Coordinators says.

    It holds on this machine at once, even if the hub cannot be written now. To take it back, delete its row
    in Mail stops.
    """
    from engage.config import load_config  # noqa: PLC0415
    from engage.errors import UsageError  # noqa: PLC0415
    from engage.ledger import Stop  # noqa: PLC0415
    from engage.lock import one_at_a_time  # noqa: PLC0415
    from engage.mail.message import is_plain_address  # noqa: PLC0415

    wanted = address.strip().lower()
    if not is_plain_address(wanted):
        raise UsageError(f"“{address}” is no e-mail address", fix="write it like ruth@council.gov.uk")
    config = load_config(config_path)
    stop = Stop(wanted, local_now(config).isoformat(timespec="seconds"), why, by or wanted)
    note_here(config, stop)
    with one_at_a_time(config.state):
        added = stop_mail(config, stop)
    click.echo(f"{wanted}: {'added to' if added else 'stands already in'} Mail stops; nothing goes there.")


def note_here(config: Config, stop: Stop) -> None:
    """In this machine's ledger, if it has one: it holds at once, for a run that is sending just now too."""
    from engage.ledger import LEDGER_FILE, Ledger  # noqa: PLC0415

    path = config.state / LEDGER_FILE
    if path.exists():
        Ledger(path).stop(stop)


def stop_mail(config: Config, stop: Stop) -> int:
    """Write it into the hub. Returns how many rows were added."""
    from engage.cache import Cache  # noqa: PLC0415
    from engage.config import HUB  # noqa: PLC0415
    from engage.ledger import LEDGER_FILE, Ledger  # noqa: PLC0415
    from engage.night import run_id  # noqa: PLC0415
    from engage.schema import load_schema  # noqa: PLC0415
    from engage.stops import add_stops  # noqa: PLC0415

    path, now = config.state / LEDGER_FILE, local_now(config)
    hub = open_workbooks(config, now, load_schema(config.schema))[HUB]
    added = add_stops(hub, [stop], Cache(config.state / "cache.sqlite"), run=run_id(now))
    if path.exists():
        Ledger(path).tell_stops([stop.address])
    return added


@command.command("password")
@config_option
def password_command(config_path: Path) -> None:
    """Ask for the mail server's password and keep it in the keyring of this computer, never in a file.

    With [mail] sign_in = "google" it is the account's refresh token that is asked for.
    """
    import sys  # noqa: PLC0415

    from engage.errors import UsageError  # noqa: PLC0415
    from engage.mail.passwords import keep_password  # noqa: PLC0415

    smtp = smtp_of(config_path).smtp
    if not smtp.user:
        raise UsageError("nobody signs in", where="engage.toml, [mail]", fix="set user there first")
    if not sys.stdin.isatty():
        raise UsageError(
            "this asks for the password, and there is no terminal",
            fix=f"set the environment variable {smtp.password_env} instead",
        )
    what = "Refresh token" if smtp.sign_in == "google" else "Password"
    keep_password(smtp, click.prompt(f"{what} of {smtp.user} at {smtp.host}", hide_input=True))
    click.echo("Kept. Try it with: engage mail check")


@command.command("sign-in")
@config_option
def sign_in_command(config_path: Path) -> None:
    """Sign in at Microsoft with a code that you type into any browser; the sign-in is kept in the keyring.

    For [mail] sign_in = "microsoft". Nothing is sent.
    """
    import time  # noqa: PLC0415

    from engage.errors import UsageError  # noqa: PLC0415
    from engage.mail.choosing import issuer_for  # noqa: PLC0415
    from engage.mail.device_code import sign_in_by_code  # noqa: PLC0415
    from engage.mail.passwords import keep_password  # noqa: PLC0415

    mail = smtp_of(config_path)
    smtp = mail.smtp
    if smtp.sign_in != "microsoft":
        raise UsageError(
            "signing in by a code is for Microsoft 365",
            where="engage.toml, [mail] sign_in",
            fix="run engage mail password, and give it the password, or Google's refresh token",
        )
    token = sign_in_by_code(
        issuer_for(mail), lambda words: click.echo(words, err=True), time.sleep, time.monotonic
    )
    keep_password(smtp, token)
    click.echo("Signed in. Try it with: engage mail check")


@command.command("check")
@config_option
def check_command(config_path: Path) -> None:
    """Connect to the mail server and sign in, without sending anything; say what is wrong."""
    from engage.mail.choosing import service_for  # noqa: PLC0415

    mail = smtp_of(config_path)
    found = service_for(mail).check()
    if found.result != "sent":
        click.echo(found.why, err=True)
        click.get_current_context().exit(2 if found.result == "configuration" else 1)
    click.echo(f"{mail.smtp.host} is there, its certificate is trusted, and it lets us in.")


def smtp_of(config_path: Path) -> Mail:
    """The [mail] settings. Raises UsageError if they name no mail server."""
    from engage.config import load_config  # noqa: PLC0415
    from engage.errors import UsageError  # noqa: PLC0415

    mail = load_config(config_path).mail
    if mail.transport == "outbox":
        raise UsageError(
            "digests go into the outbox folder, so there is no mail server to sign in to",
            where="engage.toml, [mail]",
            fix='set transport = "smtp" and host there',
        )
    return mail
