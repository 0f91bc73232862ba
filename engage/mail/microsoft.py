"""Access tokens of Microsoft 365, by msal: of a person who typed a code once, or of the app itself."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from engage.config import Smtp
from engage.errors import MailError
from engage.mail.app_certificate import credential_of
from engage.mail.microsoft_faults import SECRET, nobody_signed_in, refused
from engage.mail.microsoft_wire import Wire
from engage.mail.passwords import password_for
from engage.mail.sign_in_kept import keep_sign_in, kept_sign_in, of_environment

LOGIN = "https://login.microsoftonline.com"
Way = Literal["graph", "smtp"]
PERSONS_SCOPE: Mapping[Way, str] = {
    "graph": "https://graph.microsoft.com/Mail.Send",
    "smtp": "https://outlook.office.com/SMTP.Send",
}
APPS_SCOPE: Mapping[Way, str] = {  # of an app by itself: whatever its administrator gave it there
    "graph": "https://graph.microsoft.com/.default",
    "smtp": "https://outlook.office365.com/.default",
}


@dataclass(slots=True)
class AppTokens:
    """Tokens of the app itself, by its certificate or its secret; nobody has to be signed in."""

    settings: Smtp
    way: Way
    _app: Any = field(default=None, repr=False)

    def access(self) -> str:
        """A token that is still good. Raises MailError if the app gets none, OSError to try later."""
        import msal  # noqa: PLC0415 - only where it is used: a fifth of a second

        if self._app is None:
            own = {"client_credential": _credential(self.settings), "azure_region": False}
            self._app = msal.ConfidentialClientApplication(**_asked_of(self.settings), **own)
        return _token(self._app.acquire_token_for_client([APPS_SCOPE[self.way]]))


@dataclass(slots=True)
class PersonTokens:
    """Tokens of whoever signed in for settings.user. What msal knows of them is kept in the keyring."""

    settings: Smtp
    way: Way
    _app: Any = field(default=None, repr=False)

    def access(self) -> str:
        """A token that is still good. Raises MailError if the sign-in is not, OSError to try later."""
        if self._app is None:
            self._app = self._remembered()
        account = next(iter(self._app.get_accounts()), None)
        answer = self._app.acquire_token_silent_with_error(self._scopes, account) if account else None
        token = _token(answer, nobody_signed_in(self.settings.user))
        with contextlib.suppress(
            MailError
        ):  # what cannot be kept costs nothing now: the one before is still good
            self._keep()
        return token

    def sign_in(self, tell: Callable[[str], None]) -> str:
        """Tell a person which code to type where, and wait until they have. Returns who they are.

        Raises MailError if they decline, take longer than the code lasts, or it cannot be kept.
        """
        self._app = self._new()
        flow = self._app.initiate_device_flow(self._scopes)
        if "user_code" not in flow:
            raise refused(flow)
        tell(str(flow.get("message") or f"Open {flow['verification_uri']} and type {flow['user_code']}"))
        _token(self._app.acquire_token_by_device_flow(flow))
        self._keep()
        accounts: list[dict[str, Any]] = self._app.get_accounts()
        return str(accounts[0].get("username", "")) if accounts else ""

    @property
    def _scopes(self) -> list[str]:
        return [PERSONS_SCOPE[self.way]]

    def _remembered(self) -> Any:
        """An app that knows what was kept; a refresh token alone, as earlier versions kept it, is enough."""
        kept = of_environment(self.settings) or kept_sign_in(self.settings)
        if not kept:
            raise nobody_signed_in(self.settings.user)
        app = self._new()
        if kept.startswith("{"):
            app.token_cache.deserialize(kept)
        else:
            _token(app.acquire_token_by_refresh_token(kept, self._scopes))
        return app

    def _keep(self) -> None:
        cache = self._app.token_cache
        if cache.has_state_changed and not of_environment(self.settings):
            keep_sign_in(self.settings, cache.serialize())

    def _new(self) -> Any:
        import msal  # noqa: PLC0415 - only where it is used: a fifth of a second

        cache = msal.SerializableTokenCache()
        return msal.PublicClientApplication(**_asked_of(self.settings), token_cache=cache)


def _asked_of(settings: Smtp) -> dict[str, Any]:
    """Who makes the tokens, and how they are asked. The address is known, so nobody is asked where it is."""
    return {
        "client_id": settings.client_id,
        "authority": f"{LOGIN}/{settings.tenant}",
        "http_client": Wire(),
        "instance_discovery": False,
    }


def _credential(settings: Smtp) -> Any:
    if settings.certificate is not None:
        return credential_of(settings.certificate, lambda: _secret(settings, "passphrase"))
    return _secret(settings, "secret")


def _secret(settings: Smtp, word: str) -> str:
    try:
        return password_for(settings)
    except MailError as error:
        raise MailError(
            f"there is no {word} to sign the app in with",
            where=error.where,
            fix=f"run {SECRET}, or set the environment variable {settings.password_env}",
        ) from error


def _token(answer: Any, nothing: MailError | None = None) -> str:
    if answer is None and nothing is not None:
        raise nothing
    if "access_token" not in answer:
        raise refused(answer)
    return str(answer["access_token"])
