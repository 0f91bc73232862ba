"""How Engage signs in to Google, and where Google is: the [google] section of engage.toml, checked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from engage.errors import ConfigError

GOOGLE = ""
HOSTS = ("sheets.googleapis.com", "www.googleapis.com")

SIGN_IN_COMMAND = "engage init --google --sign-in"

SignIn = Literal["service-account", "default", "user"]


@dataclass(frozen=True, slots=True)
class GoogleSettings:
    """sign_in: "service-account" (a key file), "default" (what the machine offers) or "user" (a person).

    credentials: the key file; None: the file that GOOGLE_APPLICATION_CREDENTIALS names. client_secrets: the
    OAuth client of the "user" way. endpoint: "" for Google, or a server on this machine that answers as
    Google does, http://127.0.0.1:PORT and nothing else. Raises ConfigError for any other endpoint.
    """

    sign_in: SignIn = "service-account"
    credentials: Path | None = None
    client_secrets: Path | None = None
    endpoint: str = GOOGLE

    def __post_init__(self) -> None:
        check_endpoint(self.endpoint)


def check_endpoint(endpoint: str) -> None:
    """Refuse any place but Google and this machine: a key and people's rows would go there."""
    if endpoint == GOOGLE:
        return
    try:
        parts = urlsplit(endpoint)
        fine = bool(parts.port) and endpoint == f"http://127.0.0.1:{parts.port}"
    except ValueError:
        fine = False
    if not fine:
        raise ConfigError(
            "the Google endpoint may only be a server on this machine, http://127.0.0.1 and a port",
            where="engage.toml, [google], endpoint",
            fix="take the line out to use Google itself",
        )
