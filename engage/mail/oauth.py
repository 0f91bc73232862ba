"""Signing in without a password: a refresh token becomes an access token (RFC 6749, section 6)."""

from __future__ import annotations

import json
import smtplib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engage.errors import MailError

PATIENCE_SECONDS = 30
EARLY_SECONDS = 60  # an access token is made anew so long before it runs out
MICROSOFT = "https://login.microsoftonline.com"
SMTP_SEND = "https://outlook.office.com/SMTP.Send offline_access"
GOOGLE_TOKENS = "https://oauth2.googleapis.com/token"
GOOGLE_SCOPE = "https://mail.google.com/"
SIGN_IN = "engage mail sign-in"


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who makes tokens, and for which app. device_url: where a code to type is had, "" if there is none."""

    token_url: str
    client_id: str
    scope: str
    client_secret: str = field(default="", repr=False)
    device_url: str = ""

    @property
    def app(self) -> dict[str, str]:
        """What each request says of the app."""
        secret = {"client_secret": self.client_secret} if self.client_secret else {}
        return {"client_id": self.client_id, **secret}


def microsoft(tenant: str, client_id: str, scope: str = SMTP_SEND) -> Issuer:
    """Microsoft 365."""
    base = f"{MICROSOFT}/{tenant}/oauth2/v2.0"
    return Issuer(f"{base}/token", client_id, scope, device_url=f"{base}/devicecode")


def google(client_file: Path) -> Issuer:
    """Google, for sending by SMTP. client_file: the OAuth client of a desktop app. Raises MailError."""
    try:
        client = json.loads(client_file.read_text("utf-8"))["installed"]
        return Issuer(GOOGLE_TOKENS, client["client_id"], GOOGLE_SCOPE, client["client_secret"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise MailError(
            "this is not the file of an OAuth client for a desktop app",
            where=str(client_file),
            fix="download it from the Google Cloud console, Credentials, as JSON",
        ) from error


@dataclass(slots=True)
class Tokens:
    """Access tokens of one account. secret: reads the refresh token; keep: puts a newer one in its place."""

    issuer: Callable[[], Issuer]
    secret: Callable[[], str]
    keep: Callable[[str], None]
    clock: Callable[[], float]
    _token: str = field(default="", repr=False)
    _until: float = 0.0

    def access(self) -> str:
        """An access token that is still good. Raises MailError if the sign-in is, OSError to try later."""
        if self._token and self.clock() < self._until - EARLY_SECONDS:
            return self._token
        refresh, issuer = self.secret(), self.issuer()
        form = {"grant_type": "refresh_token", "refresh_token": refresh, **issuer.app}
        answer = ask(issuer.token_url, form)
        if "access_token" not in answer:
            raise refused(answer)
        self._token = str(answer["access_token"])
        self._until = self.clock() + float(answer.get("expires_in", 0))
        newer = str(answer.get("refresh_token", refresh))
        if newer != refresh:  # Microsoft hands out a new one now and then
            self.keep(newer)
        return self._token


def sign_in_with_token(user: str, token: str, line: smtplib.SMTP) -> None:
    """SASL XOAUTH2, as Microsoft and Google have it. Raises smtplib's errors if it is not taken."""
    if "XOAUTH2" not in line.esmtp_features.get("auth", "").split():
        raise smtplib.SMTPNotSupportedError("the server does not offer XOAUTH2")
    first = f"user={user}\x01auth=Bearer {token}\x01\x01"
    line.auth("XOAUTH2", lambda challenge=None: first if challenge is None else "")


def ask(url: str, form: dict[str, str]) -> dict[str, Any]:
    """The answer to a form, an error of the protocol among them. Raises OSError if there is none."""
    import requests  # noqa: PLC0415 - only where it is used

    reply = requests.post(url, data=form, timeout=PATIENCE_SECONDS)
    if reply.status_code >= 500 or reply.status_code == 429:
        raise OSError(f"the sign-in service answers {reply.status_code}")
    try:
        answer = reply.json()
    except ValueError:
        raise OSError("the sign-in service answers what cannot be read") from None
    return answer if isinstance(answer, dict) else {}


def refused(answer: dict[str, Any]) -> MailError:
    """What an answer without a token means. Never holds a token."""
    why = str(answer.get("error", "no token came"))[:80]
    return MailError(f"the sign-in is not, or no longer, good: {why}", fix=f"run {SIGN_IN}")
