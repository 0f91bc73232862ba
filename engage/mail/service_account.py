"""Sending at Google as a service account that an administrator lets act for the account that sends."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engage.errors import MailError
from engage.mail.oauth import GOOGLE_SCOPE

ALLOW = "let an administrator of Google Workspace give it domain-wide delegation"


def is_service_account(file: Path) -> bool:
    """Whether this is the key of a service account, and not the file of an OAuth client."""
    try:
        content = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(content, dict) and content.get("type") == "service_account"


@dataclass(slots=True)
class Delegated:
    """Access tokens for `user` (an address), made out to the service account of this key file."""

    file: Path
    user: str
    _signed_in: Any = field(default=None, repr=False)

    def access(self) -> str:
        """A token that is still good. Raises MailError if the account may not send, OSError to try later."""
        from google.auth.exceptions import GoogleAuthError, RefreshError  # noqa: PLC0415 - only where used
        from google.auth.transport.requests import Request  # noqa: PLC0415

        try:
            if self._signed_in is None:
                self._signed_in = _of(self.file, self.user)
            if not self._signed_in.valid:
                self._signed_in.refresh(Request())
        except RefreshError as error:
            if error.retryable:
                raise OSError("Google's sign-in service does not answer") from error
            raise MailError(
                f"Google does not let the service account send as {self.user}",
                where=str(self.file),
                fix=f"{ALLOW} for the scope {GOOGLE_SCOPE}",
            ) from error
        except GoogleAuthError as error:
            raise OSError("Google's sign-in service cannot be reached") from error
        return str(self._signed_in.token)


def _of(file: Path, user: str) -> Any:
    from google.oauth2 import service_account  # noqa: PLC0415

    try:
        info = json.loads(file.read_text("utf-8"))
        return service_account.Credentials.from_service_account_info(
            info, scopes=[GOOGLE_SCOPE], subject=user
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise MailError(
            "this is not a whole key file of a service account",
            where=str(file),
            fix="download the key anew from the Google Cloud console, Service accounts, as JSON",
        ) from error
