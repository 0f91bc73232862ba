"""The files that say who we are: a service account's key, an app's client secrets. Never quoted anywhere."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from engage.config import Google
from engage.errors import ConfigError

CONSOLE = "the Google Cloud console"


def key_path(google: Google) -> Path:
    """The key file: as engage.toml says, or as GOOGLE_APPLICATION_CREDENTIALS does. Raises ConfigError."""
    named = google.credentials or os.environ.get("GOOGLE_APPLICATION_CREDENTIALS")
    if not named:
        raise ConfigError(
            "no key file is named",
            where="engage.toml, [google], credentials",
            fix="name the file of the service account's key there, or in GOOGLE_APPLICATION_CREDENTIALS",
        )
    return Path(named)


def read_key(path: Path, google: Google) -> dict[str, Any]:
    """The content of a service account's key file. Raises ConfigError."""
    info = _json(path)
    if (
        not {"client_email", "private_key", "token_uri"} <= info.keys()
        or info.get("type") != "service_account"
    ):
        raise not_a_key(path)
    _check_token_uri(info, path, google)
    return info


def read_client_secrets(google: Google) -> dict[str, Any]:
    """The app that a person signs in with: client_id, client_secret, auth_uri, token_uri."""
    path = google.credentials
    info = _installed(path) if path else {}
    if not path or not {"client_id", "client_secret", "token_uri"} <= info.keys():
        raise ConfigError(
            "no file of an OAuth client for desktop apps is named, or it is not one",
            where=f"engage.toml, [google], credentials{f' ({path})' if path else ''}",
            fix=f"in {CONSOLE}, under APIs and services, Credentials, make an OAuth client of the type "
            "Desktop app and download its JSON",
        )
    _check_token_uri(info, path, google)
    return info


def not_a_key(path: Path) -> ConfigError:
    """The file is not there, not readable, or not a key."""
    return ConfigError(
        "this is not the key file of a service account, or it cannot be read",
        where=str(path),
        fix=f"download a JSON key in {CONSOLE} (IAM, Service accounts, Keys)",
    )


def _installed(path: Path) -> dict[str, Any]:
    try:
        info = _json(path).get("installed")
    except ConfigError:  # which speaks of a service account's key
        return {}
    return info if isinstance(info, dict) else {}


def _json(path: Path) -> dict[str, Any]:
    try:
        info = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        raise not_a_key(path) from None
    return info if isinstance(info, dict) else {}


def _check_token_uri(info: dict[str, Any], path: Path, google: Google) -> None:
    """Refuse a file that would send what the key signs anywhere but to Google or this machine."""
    uri = str(info.get("token_uri", ""))
    parts = urlsplit(uri)
    at_google = parts.scheme == "https" and (parts.hostname or "").endswith(
        (".googleapis.com", ".google.com")
    )
    if uri.startswith(google.endpoint + "/") if google.endpoint else at_google:
        return
    raise ConfigError(
        "the token_uri in this file is not where engage.toml says that Google is",
        where=str(path),
        fix="use the file as it was downloaded",
    )
