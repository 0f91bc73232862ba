"""A sign-in that Google refused, in plain words. Wordings: those of Google's token endpoint."""

from __future__ import annotations

from google.auth import exceptions as auth

from engage.errors import EngageError, SignInError, WorkbookBusy

from .messages import LATER, SIGN_IN_COMMAND, Place, blocked_by_policy, quote

_POLICY = ("admin_policy_enforced", "org_internal", "access_denied", "policy", "unauthorized_client")
_NEW_KEY = (
    "in the Google Cloud console, under IAM, Service accounts, look at {address}, make a new key and "
    "name its file in engage.toml"
)
_AGAIN = f"sign in again: {SIGN_IN_COMMAND}"
_NEW_APP = (
    "in the Google Cloud console, under Google Auth Platform, Clients, look whether it is switched on, "
    f"or make a new one, name its file in engage.toml and sign in again: {SIGN_IN_COMMAND}"
)
_CLOCK = "switch on the automatic setting of date and time, and run it again"
# The first whose words are in Google's answer: words, what happened, what to do.
_FAULTS = (
    (
        "Token must be a short-lived token",
        "the clock of this computer is wrong, so Google refuses its sign-in",
        _CLOCK,
    ),
    ("Invalid JWT Signature", "the key that Engage signs in with was deleted or replaced", _NEW_KEY),
    ("account not found", "the account that Engage signs in as was deleted or switched off", _NEW_KEY),
    ("disabled_client", "the app that Engage signs in with was switched off in the Google project", _NEW_APP),
    ("disabled", "the account that Engage signs in as was switched off", _NEW_KEY),
    ("invalid_client", "Google does not know the app that Engage signs in with", _NEW_APP),
    ("deleted_client", "the app that Engage signs in with was deleted in the Google project", _NEW_APP),
    ("invalid_rapt", "your organisation asks people to sign in again after a while", _AGAIN),
    ("invalid_grant", "the sign-in that was kept on this computer has run out or was withdrawn", _AGAIN),
)


def of_sign_in(error: auth.GoogleAuthError, place: Place) -> EngageError:
    """What to tell a person of a sign-in that was refused or failed."""
    if error.retryable:
        what = "Google's sign-in is not answering properly just now, also after trying again"
        return WorkbookBusy(what, where=place.where, fix=LATER)
    if isinstance(error, auth.DefaultCredentialsError):
        return no_default(place)
    text = str(error.args[0]) if error.args else ""
    if any(word in text for word in _POLICY):
        return blocked_by_policy(place)
    for words, what, fix in _FAULTS:
        if words in text:
            return SignInError(what, where=place.where, fix=fix.format(address=place.address))
    fix = "if it comes back, make a new key, or sign in again as a person: the how-to for Google says how"
    return SignInError(f"Google refused the sign-in: {quote(text)}", where=place.where, fix=fix)


def no_default(place: Place) -> SignInError:
    """Nothing on this computer says who we are."""
    return SignInError(
        "this computer has no sign-in for Google",
        where=place.where,
        fix="name a key file in engage.toml or in GOOGLE_APPLICATION_CREDENTIALS",
    )
