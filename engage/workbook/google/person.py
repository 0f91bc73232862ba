"""A person signs in, in the browser, and stays signed in: for tenants that forbid keys or outside sharing."""

from __future__ import annotations

import contextlib
import sys
import webbrowser
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import requests
from google.auth import exceptions as auth
from google.auth import jwt
from google.oauth2.credentials import Credentials

from engage.config import Google
from engage.errors import SignInError

from .key_file import read_client_secrets
from .keyring_store import KeptSignIn, keep, kept
from .messages import SIGN_IN_COMMAND
from .transport import TimedAdapter, hush_libraries

WAIT_SECONDS = 300
# So that a message can name the address to share with; Google shows them as "see your email address".
WHO = ("openid", "https://www.googleapis.com/auth/userinfo.email")


def kept_credentials(google: Google) -> Any:
    """Credentials of the person who signed in on this computer. Raises SignInError, ConfigError."""
    client = read_client_secrets(google)
    found = kept(client["client_id"])
    if not found:
        raise SignInError("nobody has signed in to Google on this computer", fix=f"run {SIGN_IN_COMMAND}")
    return Credentials(
        None,
        refresh_token=found.refresh_token,
        token_uri=client["token_uri"],
        client_id=client["client_id"],
        client_secret=client["client_secret"],
        scopes=list(found.scopes),
        account=found.account,
    )


def sign_in_person(
    google: Google,
    scopes: Sequence[str],
    *,
    browser: str | None = None,
    now: datetime | None = None,
) -> KeptSignIn:
    """Open the browser, wait five minutes at most, and keep the sign-in. Raises SignInError, ConfigError."""
    hush_libraries()
    from google_auth_oauthlib.flow import InstalledAppFlow  # noqa: PLC0415 - slow to start, rarely needed

    client = read_client_secrets(google)
    flow = InstalledAppFlow.from_client_config({"installed": client}, [*scopes, *WHO])
    for scheme in ("https://", "http://"):
        flow.oauth2session.mount(scheme, TimedAdapter())
    credentials = _ask(flow, browser)
    sign_in = _to_keep(credentials, flow.oauth2session.token, now or datetime.now(UTC))
    keep(client["client_id"], sign_in)
    return sign_in


def _ask(flow: Any, browser: str | None) -> Any:
    """Run the flow; what it prints goes beside the results, not among them."""
    from oauthlib.oauth2 import OAuth2Error  # noqa: PLC0415 - comes with the flow

    message = "If no browser opens, open this link on this computer:\n{url}"
    try:
        with contextlib.redirect_stdout(sys.stderr):
            return flow.run_local_server(
                host="127.0.0.1",
                port=0,
                authorization_prompt_message=message,
                success_message="Engage is signed in. You can close this window.",
                timeout_seconds=WAIT_SECONDS,
                browser=browser,
                prompt="consent",
            )
    except Warning:  # oauthlib's word for: other scopes were given than were asked for
        raise _not_signed_in("not every box was ticked") from None
    except OAuth2Error as error:
        raise _not_signed_in(f"Google answered {error.error or 'no code'}") from None
    except (AttributeError, OSError, requests.RequestException, auth.GoogleAuthError, webbrowser.Error):
        raise _not_signed_in("no answer came from the browser, or Google could not be reached") from None


def _to_keep(credentials: Any, token: Any, now: datetime) -> KeptSignIn:
    if not credentials.refresh_token:
        raise _not_signed_in("Google gave no lasting sign-in")
    claims = jwt.decode(credentials.id_token, verify=False) if credentials.id_token else {}
    lasts = token.get("refresh_token_expires_in")
    return KeptSignIn(
        refresh_token=credentials.refresh_token,
        account=str(claims.get("email", "")),
        scopes=tuple(credentials.scopes or ()),
        signed_in=now.isoformat(timespec="seconds"),
        runs_out=(now + timedelta(seconds=int(lasts))).isoformat(timespec="seconds") if lasts else "",
    )


def _not_signed_in(why: str) -> SignInError:
    return SignInError(
        f"the sign-in was not finished: {why}",
        fix=f"run {SIGN_IN_COMMAND} again, choose your work account and leave every box ticked",
    )
