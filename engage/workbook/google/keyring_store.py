"""A person's sign-in, kept in the keyring of this computer (Windows' Credential Locker, macOS' Keychain, …).

Only the refresh token and what goes with it are kept: the client's secret stays in its own file, an access
token is made anew. Well under the 2,560 bytes that Windows keeps of one entry.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from engage.errors import SignInError

SERVICE = "engage-google"


@dataclass(frozen=True, slots=True)
class KeptSignIn:
    """What is kept of one person's sign-in. runs_out: ISO time, "" if Google set no end to it."""

    refresh_token: str = field(repr=False)
    account: str = ""
    scopes: tuple[str, ...] = ()
    signed_in: str = ""
    runs_out: str = ""

    @property
    def end(self) -> datetime | None:
        """When it runs out, where Google said so."""
        return datetime.fromisoformat(self.runs_out) if self.runs_out else None


def keep(client_id: str, sign_in: KeptSignIn) -> None:
    """Keep it in place of the one before. Raises SignInError."""
    _in_keyring("set_password", client_id, json.dumps(asdict(sign_in)))


def kept(client_id: str) -> KeptSignIn | None:
    """What is kept for this app, or None. Raises SignInError if the keyring does not open."""
    text = _in_keyring("get_password", client_id)
    try:
        values = json.loads(text) if text else None
        return KeptSignIn(**{**values, "scopes": tuple(values["scopes"])}) if values else None
    except (ValueError, TypeError, KeyError):
        return None


def forget(client_id: str) -> None:
    """Take it out of the keyring; nothing happens if there is none."""
    if kept(client_id):
        _in_keyring("delete_password", client_id)


def _in_keyring(verb: str, client_id: str, *more: str) -> Any:
    import keyring  # noqa: PLC0415 - only where a person signs in
    from keyring.errors import KeyringError  # noqa: PLC0415

    if type(keyring.get_keyring()).__module__.startswith("keyrings.alt"):
        raise _no_keyring("the only keyring of this computer keeps secrets as readable text")
    try:
        return getattr(keyring, verb)(SERVICE, client_id, *more)
    except (KeyringError, OSError):
        raise _no_keyring(
            "this computer has no keyring that opens, and a sign-in is kept nowhere else"
        ) from None


def _no_keyring(what: str) -> SignInError:
    return SignInError(
        what,
        fix="unlock or set up the keyring (on a server without a desktop: use a service account's key file)",
    )
