"""engage mail: who gets no more of it, and the mail server."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .mail_stop import stop_command
from .options import config_option

if TYPE_CHECKING:
    from engage.config import Mail


@click.group("mail")
def command() -> None:
    """Stop mail to an address; try the mail server; keep its password."""


command.add_command(stop_command)


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
    from engage.doctor.mail import LATER, let_in  # noqa: PLC0415
    from engage.mail.choosing import service_for  # noqa: PLC0415

    mail = smtp_of(config_path)
    found = service_for(mail).check()
    if found.result != "sent":
        click.echo(f"{found.why}.\n  What to do: {found.fix or LATER}.", err=True)
        click.get_current_context().exit(2 if found.result == "configuration" else 1)
    click.echo(f"{let_in(mail)}.")


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
