"""A person signs in at Microsoft: a code, typed into any browser, becomes a refresh token (RFC 8628)."""

from __future__ import annotations

from collections.abc import Callable

from engage.errors import MailError
from engage.mail.oauth import SIGN_IN, Issuer, ask, refused

DEVICE = "urn:ietf:params:oauth:grant-type:device_code"


def sign_in_by_code(
    issuer: Issuer, tell: Callable[[str], None], sleep: Callable[[float], None], clock: Callable[[], float]
) -> str:
    """Tell a person which code to type where, wait until they have, return the refresh token.

    Raises MailError if they decline, or take longer than the code lasts.
    """
    begun = ask(issuer.device_url, {**issuer.app, "scope": issuer.scope})
    if "device_code" not in begun:
        raise refused(begun)
    tell(str(begun.get("message") or f"Open {begun['verification_uri']} and type {begun['user_code']}"))
    pause, end = float(begun.get("interval", 5)), clock() + float(begun.get("expires_in", 900))
    while clock() < end:
        sleep(pause)
        answer = ask(
            issuer.token_url, {**issuer.app, "grant_type": DEVICE, "device_code": str(begun["device_code"])}
        )
        if "refresh_token" in answer:
            return str(answer["refresh_token"])
        if answer.get("error") == "slow_down":
            pause += 5
        elif answer.get("error") != "authorization_pending":
            raise refused(answer)
    raise MailError("nobody typed the code in time", fix=f"run {SIGN_IN} again")
