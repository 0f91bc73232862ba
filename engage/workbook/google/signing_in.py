"""Signing in to Google: a key file, what the machine offers, or a person; with the least scopes."""

from __future__ import annotations

import logging
import warnings
from typing import Any

import google.auth
from google.auth import exceptions as auth
from google.oauth2 import service_account

from engage.config import Google

from .key_file import key_path, not_a_key, read_key
from .messages import Place
from .person import kept_credentials
from .remarks import key_file_remarks
from .sign_in_faults import no_default
from .transport import hush_libraries

log = logging.getLogger(__name__)

SPREADSHEETS = "https://www.googleapis.com/auth/spreadsheets"
# What the Sheets API never says: whether a file is in the bin, who owns it, who may see it.
FILE_FACTS = "https://www.googleapis.com/auth/drive.metadata.readonly"
# Only files that Engage itself made; asked for by `engage init` when it makes one in a shared drive.
OWN_FILES = "https://www.googleapis.com/auth/drive.file"


def scopes(*, creating: bool = False) -> list[str]:
    """The least that Engage needs; creating: to make a spreadsheet in a folder, too."""
    return [SPREADSHEETS, FILE_FACTS, *([OWN_FILES] if creating else [])]


def sign_in(way: Google, *, creating: bool = False) -> Any:
    """Credentials for a GoogleClient, which asks Google for a token when it first needs one.

    Raises ConfigError (a file is missing or wrong) or SignInError (nobody has signed in on this computer).
    """
    hush_libraries()
    if way.sign_in == "user":
        return kept_credentials(way)
    if way.sign_in == "default":
        return _default(scopes(creating=creating))
    return _service_account(way, scopes(creating=creating))


def _service_account(way: Google, wanted: list[str]) -> Any:
    path = key_path(way)
    info = read_key(path, way)
    for remark in key_file_remarks(path):
        log.warning("%s: %s. %s", remark.where, remark.what, remark.fix)
    try:
        return service_account.Credentials.from_service_account_info(info, scopes=wanted)
    except (ValueError, auth.GoogleAuthError):  # their messages may quote the key
        raise not_a_key(path) from None


def _default(wanted: list[str]) -> Any:
    try:
        with warnings.catch_warnings():  # about gcloud's own projects: nothing that a person here can act on
            warnings.simplefilter("ignore")
            credentials, _ = google.auth.default(scopes=wanted)
    except auth.DefaultCredentialsError:
        raise no_default(Place()) from None
    return credentials
