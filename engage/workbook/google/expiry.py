"""When a key or a sign-in runs out, where that can be known: for `engage doctor`.

A service account's key file does not say. Google publishes each key's certificate under the account's
address, with the day that the key was made and, where the organisation limits keys
(constraints/iam.serviceAccountKeyExpiryHours), the day that it ends; a key that is not among them has been
deleted or switched off. A person's sign-in ends on a day only where Google says so when it is given (an app
in testing: seven days).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from .keyring_store import KeptSignIn
from .messages import SIGN_IN_COMMAND
from .remarks import Remark

SOON = timedelta(days=30)
SOON_PERSON = timedelta(days=3)
NEVER_YEAR = 9999


class _Certificates(Protocol):
    def get_certificates(self, account: str) -> Mapping[str, str]: ...


@dataclass(frozen=True, slots=True)
class KeyDates:
    """made, ends: in UTC; ends None: the key has no end. listed: False if Google knows the key no more."""

    made: datetime | None = None
    ends: datetime | None = None
    listed: bool = True


def key_dates(client: _Certificates, credentials: Any) -> KeyDates | None:
    """What Google publishes of this service account's key; None for any other kind of sign-in."""
    key_id = getattr(getattr(credentials, "signer", None), "key_id", None)
    if not key_id:
        return None
    pem = client.get_certificates(credentials.service_account_email).get(key_id)
    return _dates(pem) if pem else KeyDates(listed=False)


def key_remarks(dates: KeyDates | None, now: datetime) -> tuple[Remark, ...]:
    """What to say of a service account's key today."""
    fix = "in the Google Cloud console, under IAM, Service accounts, Keys, make a new one"
    if dates and not dates.listed:
        return (Remark("Google no longer lists the key that Engage signs in with", "", fix),)
    if dates and dates.ends and dates.ends - now < SOON:
        return (Remark(f"the key that Engage signs in with ends on {_day(dates.ends)}", "", fix),)
    return ()


def person_remarks(sign_in: KeptSignIn | None, now: datetime) -> tuple[Remark, ...]:
    """What to say of a person's kept sign-in today."""
    if not sign_in or not sign_in.end or sign_in.end - now >= SOON_PERSON:
        return ()
    when = f"the sign-in of {sign_in.account or 'this computer'} ends on {_day(sign_in.end)}"
    fix = f"run {SIGN_IN_COMMAND}; an app that is no longer in testing is not asked again every seven days"
    return (Remark(when, "", fix),)


def _dates(pem: str) -> KeyDates:
    from cryptography import x509  # noqa: PLC0415 - only for doctor

    certificate = x509.load_pem_x509_certificate(pem.encode())
    ends = certificate.not_valid_after_utc
    return KeyDates(certificate.not_valid_before_utc, None if ends.year >= NEVER_YEAR else ends)


def _day(when: datetime) -> str:
    return f"{when.day} {when:%B %Y}"
