"""The mail server's password: from an environment variable, or the keyring of this computer; never a file."""

from __future__ import annotations

import os
import smtplib
from collections.abc import Mapping
from typing import Any

from engage.config import Smtp
from engage.errors import MailError

SERVICE = "engage-mail"
COMMAND = "engage mail password"


def name_of(settings: Smtp) -> str:
    """What is kept for this account, as a person calls it."""
    if settings.sign_in == "microsoft-app":
        return "Passphrase of the certificate" if settings.certificate else "Secret of the app"
    return "Refresh token" if settings.sign_in == "google" else "Password"


def entry_of(settings: Smtp) -> str:
    """The name of its entry in the keyring. Each way to sign in has its own: a password is never handed to
    Microsoft for a token, nor a token to a mail server for a password, when engage.toml changes the way."""
    name = f"{settings.user}@{settings.host}"
    kind = "certificate" if settings.certificate else settings.sign_in
    return name if settings.sign_in == "password" else f"{name} by {kind}"


def password_for(settings: Smtp, environment: Mapping[str, str] = os.environ) -> str:
    """The password to sign in with. Raises MailError if it is nowhere."""
    found = environment.get(settings.password_env, "") or in_keyring("get_password", settings)
    if not found:
        raise MailError(
            f"there is no password for {settings.user} at {settings.host}",
            where="the environment and the keyring of this computer",
            fix=f"run {COMMAND}, or set the environment variable {settings.password_env}",
        )
    return str(found)


def keep_password(settings: Smtp, password: str) -> None:
    """Keep it in the keyring, in place of the one before. Raises MailError."""
    in_keyring("set_password", settings, password)


def sign_in_with_password(
    settings: Smtp, line: smtplib.SMTP, environment: Mapping[str, str] = os.environ
) -> None:
    """Sign in. Raises MailError without a password, smtplib's errors if it is not taken."""
    password = password_for(settings, environment)
    if not (settings.user.isascii() and password.isascii()):  # which smtplib cannot send
        raise MailError(
            f"the name or password for {settings.host} holds a letter with an accent, or another sign that "
            "mail servers do not take",
            fix="set a password of plain letters, digits and signs",
        )
    line.login(settings.user, password)


def in_keyring(verb: str, settings: Smtp, *more: str, part: str = "") -> Any:
    """keyring's own `verb` on the entry of this account, or on one part of it. Raises MailError."""
    import keyring  # noqa: PLC0415 - only where somebody signs in
    from keyring.errors import KeyringError  # noqa: PLC0415

    if type(keyring.get_keyring()).__module__.startswith("keyrings.alt"):
        raise _no_keyring(settings, "the only keyring of this computer keeps secrets as readable text")
    try:
        name = entry_of(settings)
        return getattr(keyring, verb)(SERVICE, f"{name} {part}" if part else name, *more)
    except (KeyringError, OSError):
        raise _no_keyring(settings, "this computer has no keyring that opens") from None


def _no_keyring(settings: Smtp, what: str) -> MailError:
    return MailError(
        f"there is no password for {settings.user} at {settings.host}: {what}",
        fix=f"set the environment variable {settings.password_env} for the account that runs Engage",
    )
