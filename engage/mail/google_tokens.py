"""Access tokens of Google, for sending by SMTP: a person's, or a service account's that acts for one."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engage.errors import MailError

SCOPE = "https://mail.google.com/"
TOKENS = "https://oauth2.googleapis.com/token"
CONSOLE = "the Google Cloud console"


@dataclass(slots=True)
class GoogleTokens:
    """make: google-auth's credentials; raises MailError. denied: what to say where Google gives no token."""

    make: Callable[[], Any]
    denied: Callable[[], MailError]
    _signed_in: Any = field(default=None, repr=False)

    def access(self) -> str:
        """A token that is still good. Raises MailError if nobody may have one, OSError to try later."""
        from google.auth.exceptions import GoogleAuthError, RefreshError  # noqa: PLC0415 - only where used
        from google.auth.transport.requests import Request  # noqa: PLC0415

        try:
            if self._signed_in is None:
                self._signed_in = self.make()
            if not self._signed_in.valid:
                self._signed_in.refresh(Request())
        except RefreshError as error:
            if error.retryable:
                raise OSError("Google's sign-in service does not answer") from error
            raise self.denied() from error
        except GoogleAuthError as error:
            raise OSError("Google's sign-in service cannot be reached") from error
        return str(self._signed_in.token)


def is_service_account(file: Path) -> bool:
    """Whether this is the key of a service account, and not the file of an OAuth client."""
    try:
        content = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(content, dict) and content.get("type") == "service_account"


def of_service_account(file: Path, user: str) -> GoogleTokens:
    """Tokens for `user` (an address), made out to the service account of this key file."""
    return GoogleTokens(lambda: _acting_for(file, user), lambda: _may_not_act(file, user))


def of_person(client_file: Path, refresh_token: Callable[[], str]) -> GoogleTokens:
    """Tokens by a person's refresh token, for the OAuth client of a desktop app."""
    return GoogleTokens(lambda: _refreshing(client_file, refresh_token()), _no_longer_good)


def _acting_for(file: Path, user: str) -> Any:
    from google.oauth2 import service_account  # noqa: PLC0415

    try:
        info = json.loads(file.read_text("utf-8"))
        return service_account.Credentials.from_service_account_info(info, scopes=[SCOPE], subject=user)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise MailError(
            "this is not a whole key file of a service account",
            where=str(file),
            fix=f"download the key anew from {CONSOLE}, Service accounts, as JSON",
        ) from error


def _refreshing(client_file: Path, refresh_token: str) -> Any:
    from google.oauth2.credentials import Credentials  # noqa: PLC0415

    try:
        client = json.loads(client_file.read_text("utf-8"))["installed"]
        app = {"client_id": client["client_id"], "client_secret": client["client_secret"]}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise MailError(
            "this is not the file of an OAuth client for a desktop app",
            where=str(client_file),
            fix=f"download it from {CONSOLE}, Credentials, as JSON",
        ) from error
    return Credentials(None, refresh_token=refresh_token, token_uri=TOKENS, scopes=[SCOPE], **app)


def _may_not_act(file: Path, user: str) -> MailError:
    return MailError(
        f"Google does not let the service account send as {user}",
        where=str(file),
        fix="let an administrator of Google Workspace give it domain-wide delegation for the scope " + SCOPE,
    )


def _no_longer_good() -> MailError:
    return MailError(
        "Google does not, or no longer, take the refresh token",
        fix=f"have a new one made for the scope {SCOPE}, and give it to engage mail password",
    )
