"""engage mail: who gets no more of it, and the mail server."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .mail_stop import stop_command
from .options import config_option

if TYPE_CHECKING:
    from engage.config import Mail
    from engage.errors import MailError


@click.group("mail")
def command() -> None:
    """Stop mail to an address; try the mail server; keep its password."""


command.add_command(stop_command)


@command.command("password")
@config_option
def password_command(config_path: Path) -> None:
    """Ask for the mail server's password and keep it in the keyring of this computer, never in a file.

    With [mail] sign_in = "google" it is the account's refresh token that is asked for; with "microsoft-app"
    the app's secret, or the passphrase of its certificate's key.
    """
    import sys  # noqa: PLC0415

    from engage.errors import UsageError  # noqa: PLC0415
    from engage.mail.passwords import keep_password, name_of  # noqa: PLC0415

    smtp = smtp_of(config_path).smtp
    if not smtp.user:
        raise UsageError("nobody signs in", where="engage.toml, [mail]", fix="set user there first")
    if smtp.sign_in == "microsoft":
        raise UsageError(
            "a person signs in at Microsoft, and the password stays between the two",
            where="engage.toml, [mail] sign_in",
            fix="run engage mail sign-in",
        )
    if not sys.stdin.isatty():
        raise UsageError(
            "this asks for the password, and there is no terminal",
            fix=f"set the environment variable {smtp.password_env} instead",
        )
    keep_password(smtp, click.prompt(f"{name_of(smtp)} of {smtp.user} at {smtp.host}", hide_input=True))
    click.echo("Kept. Try it with: engage mail check")


@command.command("sign-in")
@config_option
def sign_in_command(config_path: Path) -> None:
    """Sign in at Microsoft with a code that you type into any browser; the sign-in is kept in the keyring.

    For [mail] sign_in = "microsoft". Nothing is sent.
    """
    from engage.errors import UsageError  # noqa: PLC0415
    from engage.mail.choosing import tokens_for  # noqa: PLC0415
    from engage.mail.microsoft import PersonTokens  # noqa: PLC0415

    mail = smtp_of(config_path)
    tokens = tokens_for(mail) if mail.smtp.sign_in == "microsoft" else None
    if not isinstance(tokens, PersonTokens):
        raise UsageError(
            "signing in by a code is for a person's account at Microsoft 365",
            where="engage.toml, [mail] sign_in",
            fix="run engage mail password: it takes a password, Google's refresh token, or the app's secret",
        )
    try:
        who = tokens.sign_in(lambda words: click.echo(words, err=True))
    except OSError as error:
        raise no_answer(error) from error
    click.echo(f"Signed in{f' as {who}' if who else ''}. Try it with: engage mail check")
    if who and who.casefold() != mail.smtp.user.casefold():
        click.echo(
            f"engage.toml names {mail.smtp.user} as user: see that this is the same account.", err=True
        )


def no_answer(error: OSError) -> MailError:
    """Microsoft cannot be asked now."""
    from engage.errors import MailError  # noqa: PLC0415

    return MailError(
        f"Microsoft's sign-in service does not answer: {error}",
        fix="see that this machine may reach login.microsoftonline.com, and run it again in a while",
    )


@command.command("check")
@config_option
def check_command(config_path: Path) -> None:
    """Connect to the mail server and sign in, without sending anything; say what is wrong."""
    from datetime import UTC, datetime  # noqa: PLC0415

    from engage.doctor.mail import LATER, check_certificate, let_in  # noqa: PLC0415
    from engage.mail.choosing import service_for  # noqa: PLC0415

    mail = smtp_of(config_path)
    for line in check_certificate(mail.smtp, datetime.now(UTC)):
        if line.verdict == "look":
            click.echo(f"{line.what} ({line.where}).\n  What to do: {line.fix}.", err=True)
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
