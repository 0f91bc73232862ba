"""Signing in at a mail server with an access token: SASL XOAUTH2, as Microsoft and Google have it."""

from __future__ import annotations

import smtplib
from collections.abc import Callable


class NoTokenNow(OSError):
    """Whoever makes the tokens cannot be asked now; later may be better."""


def sign_in_with_token(user: str, token: str, line: smtplib.SMTP) -> None:
    """Sign in as this account. Raises smtplib's errors if the token is not taken."""
    if "XOAUTH2" not in line.esmtp_features.get("auth", "").split():
        raise smtplib.SMTPNotSupportedError("the server does not offer XOAUTH2")
    first = f"user={user}\x01auth=Bearer {token}\x01\x01"
    line.auth("XOAUTH2", lambda challenge=None: first if challenge is None else "")


def token_or_later(access: Callable[[], str]) -> str:
    """An access token. Raises NoTokenNow where `access` raises OSError, and whatever else it does."""
    try:
        return access()
    except OSError as error:
        raise NoTokenNow(f"the sign-in service gives no token now: {error}") from error
