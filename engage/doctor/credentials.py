"""The sign-in at Google: the key file, how long it lasts, whether Google takes it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from engage.config import Google
from engage.errors import EngageError
from engage.workbook.google.expiry import KeyDates, key_dates, key_remarks, person_remarks
from engage.workbook.google.key_file import read_client_secrets
from engage.workbook.google.keyring_store import kept
from engage.workbook.google.remarks import key_file_remarks

from .lines import Line, of_error
from .sheets import of_remarks

PART = "Sign-in at Google"


def check_key_file(google: Google) -> Iterator[Line]:
    """Whether the file that engage.toml names is there and its owner's alone."""
    path = google.credentials
    if google.sign_in == "default" or path is None:
        yield Line(PART, "ok", "by what this machine offers (application-default credentials)")
        return
    if not path.is_file():
        fix = "put the key there, or name its file in engage.toml, [google], credentials"
        yield Line(PART, "wrong", "the file of the key is not there", str(path), fix)
        return
    remarks = _of_the_file(path)
    yield from of_remarks(PART, remarks)
    if not remarks:
        yield Line(PART, "ok", "the key file is there, for its owner alone", str(path))


def _of_the_file(path: Path) -> Any:
    return tuple(remark for remark in key_file_remarks(path) if not remark.fix.startswith("if unsure"))


def check_sign_in(client: Any, google: Google, now: datetime) -> Iterator[Line]:
    """Whether Google takes it, and until when. now: aware. Asks Google once, for a service account's key."""
    try:
        dates = key_dates(client, client.auth)
        remarks = (*key_remarks(dates, now), *_of_person(google, now))
    except EngageError as error:
        yield of_error(PART, error)
        return
    yield from of_remarks(PART, remarks)
    if not remarks:
        yield Line(
            PART, "ok", f"as {client.caller or 'an account that Google does not name'}{_until(dates, now)}"
        )


def _of_person(google: Google, now: datetime) -> Any:
    if google.sign_in != "user":
        return ()
    return person_remarks(kept(read_client_secrets(google)["client_id"]), now)


def _until(dates: KeyDates | None, now: datetime) -> str:
    if dates is None:
        return ""
    days = (now - dates.made).days if dates.made else 0
    age = f", with a key made {days} days ago" if dates.made else ""
    return (
        f"{age}, which ends on {dates.ends.day} {dates.ends:%B %Y}"
        if dates.ends
        else f"{age} that has no end"
    )
