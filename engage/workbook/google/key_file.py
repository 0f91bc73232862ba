"""The files that say who we are: a service account's key, an app's client secrets. Never quoted anywhere."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from engage.errors import ConfigError

from .settings import GoogleSettings

CONSOLE = "the Google Cloud console"


def key_path(settings: GoogleSettings) -> Path:
    """The key file: as engage.toml says, or as GOOGLE_APPLICATION_CREDENTIALS does. Raises ConfigError."""
    named = settings.credentials or os.environ.get("GOOGLE_APPLICATION_CREDENTIALS")
    if not named:
        raise ConfigError(
            "no key file is named",
            where="engage.toml, [google], credentials",
            fix="name the file of the service account's key there, or in GOOGLE_APPLICATION_CREDENTIALS",
        )
    return Path(named)


def read_key(path: Path, settings: GoogleSettings) -> dict[str, Any]:
    """The content of a service account's key file. Raises ConfigError."""
    info = _json(path)
    if (
        not {"client_email", "private_key", "token_uri"} <= info.keys()
        or info.get("type") != "service_account"
    ):
        raise not_a_key(path)
    _check_token_uri(info, path, settings)
    return info


def read_client_secrets(settings: GoogleSettings) -> dict[str, Any]:
    """The app that a person signs in with: client_id, client_secret, auth_uri, token_uri."""
    path = settings.client_secrets
    info = (_json(path).get("installed") if path else None) or {}
    if (
        not path
        or not isinstance(info, dict)
        or not {"client_id", "client_secret", "token_uri"} <= info.keys()
    ):
        raise ConfigError(
            "no client secrets file of a desktop app is named, or it is not one",
            where=f"engage.toml, [google], client_secrets{f' ({path})' if path else ''}",
            fix=f"in {CONSOLE}, under APIs and services, Credentials, make an OAuth client of the type "
            "Desktop app and download its JSON",
        )
    _check_token_uri(info, path, settings)
    return info


def not_a_key(path: Path) -> ConfigError:
    """The file is not there, not readable, or not a key."""
    return ConfigError(
        "this is not the key file of a service account, or it cannot be read",
        where=str(path),
        fix=f"download a JSON key in {CONSOLE} (IAM, Service accounts, Keys)",
    )


def _json(path: Path) -> dict[str, Any]:
    try:
        info = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        raise not_a_key(path) from None
    return info if isinstance(info, dict) else {}


def _check_token_uri(info: dict[str, Any], path: Path, settings: GoogleSettings) -> None:
    """Refuse a file that would send what the key signs anywhere but to Google or this machine."""
    uri = str(info.get("token_uri", ""))
    parts = urlsplit(uri)
    google = parts.scheme == "https" and (parts.hostname or "").endswith((".googleapis.com", ".google.com"))
    if uri.startswith(settings.endpoint + "/") if settings.endpoint else google:
        return
    raise ConfigError(
        "the token_uri in this file is not where engage.toml says that Google is",
        where=str(path),
        fix="use the file as it was downloaded",
    )
