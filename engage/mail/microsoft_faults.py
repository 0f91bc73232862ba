"""Why Microsoft gives no token, in words and with the remedy.

Microsoft asks programs not to decide by these numbers, which may change: here they choose the words alone.
Whether it is worth trying later is told by the protocol's own `error`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engage.errors import MailError

SIGN_IN = "engage mail sign-in"
SECRET = "engage mail password"
LATER = frozenset({"temporarily_unavailable", "server_error"})  # RFC 6749, 4.1.2.1
_APP = "in Microsoft Entra, App registrations"
_AGAIN = f"run {SIGN_IN}"
_NEW_SECRET = f"{_APP}, Certificates & secrets, make a new one, and give its Value to {SECRET}"
_CONSENT = f"have an administrator add the permission {_APP}, API permissions, and press Grant admin consent"
# learn.microsoft.com/entra/identity-platform/reference-error-codes
_WORDS: Mapping[int, tuple[str, str]] = {
    7000215: (
        "Microsoft does not take the app's secret",
        f"give the secret's Value, which is not its ID, to {SECRET}; it is shown only when it is made, so "
        "have a new one made if nobody kept it",
    ),
    7000222: ("the app's secret has run out", _NEW_SECRET),
    700027: (
        "Microsoft does not know the certificate that the app signs in with, or it has run out",
        f"{_APP}, Certificates & secrets, upload the certificate that is in the file of [mail] certificate",
    ),
    700024: ("Microsoft finds the time of this machine wrong", "set this machine's clock"),
    7000218: (
        "Microsoft takes this app for one that needs a secret",
        f'{_APP}, Authentication, set "Allow public client flows" to Yes',
    ),
    700016: (
        "there is no such app in the tenant",
        "compare client_id and tenant in engage.toml with the app's Overview in Microsoft Entra",
    ),
    7000112: ("the app has been switched off", "ask an administrator of Microsoft 365 why"),
    90002: (
        "there is no such tenant",
        "write the Directory (tenant) ID, from the app's Overview in Microsoft Entra, under tenant",
    ),
    50059: ("Microsoft cannot tell which tenant is meant", "write its ID under tenant in engage.toml"),
    50194: ("the app belongs to one tenant alone", "write that tenant's ID under tenant in engage.toml"),
    65001: ("nobody has agreed that the app may send mail", _CONSENT),
    500011: ("the tenant does not know the service that mail goes through", _CONSENT),
    50105: ("the account has not been given the app", "have an administrator assign it to the account"),
    700082: ("the sign-in has run out, since it was not used for a long time", _AGAIN),
    70008: ("the sign-in has run out", _AGAIN),
    70043: ("the sign-in has run out, by your organisation's rules", _AGAIN),
    50173: ("the sign-in was ended, for instance by a new password", _AGAIN),
    50076: ("Microsoft asks for a second factor", _AGAIN),
    50079: ("Microsoft asks for a second factor", _AGAIN),
    50057: ("the account has been switched off", "ask an administrator of Microsoft 365"),
    50034: ("there is no such account in the tenant", "see that user and tenant in engage.toml are right"),
    53003: (
        "a rule of your organisation (Conditional Access) keeps this sign-in out",
        "ask an administrator of Microsoft 365 to let this app through from this machine",
    ),
}
_ERRORS: Mapping[str, tuple[str, str]] = {
    "invalid_grant": ("the sign-in is not, or no longer, good", _AGAIN),
    "interaction_required": ("Microsoft wants to see the person who signed in again", _AGAIN),
    "authorization_declined": ("whoever typed the code said no", f"{_AGAIN} again"),
    "authorization_pending": ("nobody typed the code in time", f"{_AGAIN} again"),
    "expired_token": ("nobody typed the code in time", f"{_AGAIN} again"),
    "code_expired": ("nobody typed the code in time", f"{_AGAIN} again"),
    "invalid_client": ("Microsoft does not take what the app signs in with", _NEW_SECRET),
}
_UNKNOWN = (
    "Microsoft lets nobody sign in so",
    "look the code up at https://login.microsoftonline.com/error, or ask an administrator of Microsoft 365",
)


def refused(answer: Mapping[str, Any]) -> MailError:
    """What an answer without a token means. It never repeats the answer's own words: they may name people.

    Raises OSError where the answer says that later may be better.
    """
    error, number = str(answer.get("error", ""))[:60], _number(answer)
    if error in LATER:
        raise OSError(f"it says {error}")
    what, fix = _WORDS.get(number) or _ERRORS.get(error) or _UNKNOWN
    called = f"AADSTS{number}" if number else error
    return MailError(f"{what} ({called})" if called else what, fix=fix)


def nobody_signed_in(user: str) -> MailError:
    """There is nothing to sign in with."""
    return MailError(f"nobody has signed in here as {user} for this app yet", fix=_AGAIN)


def _number(answer: Mapping[str, Any]) -> int:
    codes = answer.get("error_codes")
    return codes[0] if isinstance(codes, list) and codes and isinstance(codes[0], int) else 0
