"""Signing in to Google: a key file, what the machine offers, or a person; with the least scopes."""

from __future__ import annotations

import json
import logging
import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from google.oauth2 import service_account

from engage.errors import ConfigError

from .settings import GoogleSettings

log = logging.getLogger(__name__)

SPREADSHEETS = "https://www.googleapis.com/auth/spreadsheets"
FILE_NAMES = "https://www.googleapis.com/auth/drive.metadata.readonly"
OWN_FILES = "https://www.googleapis.com/auth/drive.file"


def scopes(*, creating: bool = False) -> list[str]:
    """What Engage asks for: spreadsheets; names, owners and bin of files; to make a file, when it does."""
    return [SPREADSHEETS, FILE_NAMES, *([OWN_FILES] if creating else [])]


def sign_in(settings: GoogleSettings, *, creating: bool = False) -> Any:
    """Credentials for a GoogleClient. Raises ConfigError or SignInError; nothing is asked of Google yet."""
    return _service_account(settings, scopes(creating=creating))


def _service_account(settings: GoogleSettings, wanted: list[str]) -> Any:
    path = key_path(settings)
    return service_account.Credentials.from_service_account_info(read_key(path, settings), scopes=wanted)


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
    """The content of a service account's key file. Raises ConfigError, which never quotes the file."""
    try:
        info = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        raise _not_a_key(path) from None
    if not isinstance(info, dict) or info.get("type") != "service_account" or not info.get("private_key"):
        raise _not_a_key(path)
    _check_token_uri(str(info.get("token_uri", "")), path, settings)
    return info


def _not_a_key(path: Path) -> ConfigError:
    return ConfigError(
        "this is not the key file of a service account, or it cannot be read",
        where=str(path),
        fix="download a JSON key in the Google Cloud console (IAM, Service accounts, Keys)",
    )


def _check_token_uri(uri: str, path: Path, settings: GoogleSettings) -> None:
    """Refuse a key file that would send what the key signs anywhere but to Google or this machine."""
    parts = urlsplit(uri)
    google = parts.scheme == "https" and (parts.hostname or "").endswith((".googleapis.com", ".google.com"))
    if uri.startswith(settings.endpoint + "/") if settings.endpoint else google:
        return
    raise ConfigError(
        "the key file's token_uri is not where engage.toml says that Google is",
        where=str(path),
        fix="use the key file as it was downloaded",
    )
