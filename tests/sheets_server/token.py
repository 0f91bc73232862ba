"""The token endpoint, the consent page, and who stands behind a token.

A service account's assertion is checked as Google checks it (RFC 7523): the signature with the public key,
the audience, the times. It is checked with `cryptography` alone, so that google-auth does not check itself.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from werkzeug import Request, Response

from .accounts import App, Person, ServiceAccount
from .bodies import JSON, token_failure

AUDIENCE = "https://oauth2.googleapis.com/token"
JWT_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
LIFETIME_SECONDS = 3599
SKEW_SECONDS = 300


class Denied(Exception):
    """A token was refused: what the endpoint answers."""

    def __init__(self, error: str, description: str, code: int = 400) -> None:
        super().__init__(description)
        self.answer = token_failure(code, error, description)


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whom a token stands for."""

    address: str
    project: str
    scopes: frozenset[str]
    ends: float


@dataclass(slots=True)
class Office:
    """Gives and knows tokens. now: seconds since the epoch."""

    services: dict[str, ServiceAccount] = field(default_factory=dict)
    people: list[Person] = field(default_factory=list)
    app: App = field(default_factory=App)
    now: Callable[[], float] = time.time
    bearers: dict[str, Bearer] = field(default_factory=dict, repr=False)
    asked: list[str] = field(default_factory=list)

    def bearer(self, authorization: str) -> Bearer | None:
        """Whom an Authorization heading stands for; None: nobody, or it has run out."""
        found = self.bearers.get(authorization.removeprefix("Bearer "))
        return found if found and found.ends > self.now() else None

    def forget_tokens(self) -> None:
        """Every token given so far is worth nothing from now on."""
        self.bearers.clear()

    def token(self, request: Request) -> Response:
        """POST /token."""
        kind = request.form.get("grant_type", "")
        self.asked.append(kind)
        grants = {
            JWT_GRANT: self._assertion,
            "refresh_token": self._refresh,
            "authorization_code": self._code,
        }
        try:
            if kind not in grants:
                raise Denied("unsupported_grant_type", f"Invalid grant_type: {kind}")
            return Response(json.dumps(grants[kind](_fields(request))), 200, content_type=JSON)
        except Denied as denied:
            return denied.answer

    def consent(self, request: Request) -> Response:
        """GET /o/oauth2/auth: the first person says yes at once, to all but what they leave unticked."""
        person, asked = self.people[0], request.args
        code = secrets.token_urlsafe(24)
        granted = tuple(s for s in asked["scope"].split() if s not in person.unticked)
        person.code_challenges[code] = (asked.get("code_challenge", ""), granted)
        back = urlencode({"state": asked["state"], "code": code, "scope": " ".join(granted)})
        return Response("", 302, {"Location": f"{asked['redirect_uri']}?{back}"})

    def _assertion(self, form: Any) -> dict[str, Any]:
        head, claims, signed, signature = _parts(form.get("assertion", ""))
        account = self.services.get(claims.get("iss", ""))
        if account is None or account.state == "deleted":
            raise Denied("invalid_grant", "Invalid grant: account not found")
        if account.state == "blocked":
            raise Denied("admin_policy_enforced", "Access blocked: authorisation error", 403)
        key = account.keys.get(head.get("kid", ""))
        if key is None:
            raise Denied("invalid_grant", "Invalid JWT Signature.")
        try:
            key.public_key().verify(signature, signed, padding.PKCS1v15(), hashes.SHA256())
        except InvalidSignature:
            raise Denied("invalid_grant", "Invalid JWT Signature.") from None
        self._check_claims(claims)
        return self._given(account.address, account.project, tuple(claims["scope"].split()))

    def _check_claims(self, claims: dict[str, Any]) -> None:
        if claims.get("aud") != AUDIENCE:
            raise Denied("invalid_grant", "Invalid JWT: Failed audience check.")
        begins, ends, now = claims.get("iat", 0), claims.get("exp", 0), self.now()
        if not (begins - SKEW_SECONDS <= now <= ends + SKEW_SECONDS and ends - begins <= 3600):
            raise Denied(
                "invalid_grant",
                "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. "
                "Check your iat and exp values in the JWT claim.",
            )
        if not claims.get("scope"):
            raise Denied("invalid_scope", "Invalid OAuth scope or ID token audience provided.")

    def _refresh(self, form: Any) -> dict[str, Any]:
        self._check_app(form)
        token = form.get("refresh_token", "")
        for person in self.people:
            if token in person.refresh_tokens:
                return self._given(person.address, person.project, person.refresh_tokens[token])
        raise Denied("invalid_grant", "Token has been expired or revoked.")

    def _code(self, form: Any) -> dict[str, Any]:
        self._check_app(form)
        for person in self.people:
            challenge, scopes = person.code_challenges.pop(form.get("code", ""), (None, ()))
            if challenge is not None and challenge == _challenge(form.get("code_verifier", "")):
                return self._signed_in(person, scopes)
        raise Denied("invalid_grant", "Malformed auth code.")

    def _signed_in(self, person: Person, scopes: tuple[str, ...]) -> dict[str, Any]:
        refresh = "1//" + secrets.token_urlsafe(40)
        person.refresh_tokens[refresh] = scopes
        lasts = {"refresh_token_expires_in": person.lasts_seconds} if person.lasts_seconds else {}
        identity = {"id_token": _unsigned({"email": person.address, "iat": int(self.now())})}
        given = self._given(person.address, person.project, scopes)
        return {**given, "refresh_token": refresh, **lasts, **(identity if "openid" in scopes else {})}

    def _check_app(self, form: Any) -> None:
        if self.app.state != "fine":
            raise Denied("disabled_client", "The OAuth client was disabled.", 401)
        if (form.get("client_id"), form.get("client_secret")) != (self.app.client_id, self.app.client_secret):
            raise Denied("invalid_client", "The OAuth client was not found.", 401)

    def _given(self, address: str, project: str, scopes: tuple[str, ...]) -> dict[str, Any]:
        token = "ya29." + secrets.token_urlsafe(40)
        self.bearers[token] = Bearer(address, project, frozenset(scopes), self.now() + LIFETIME_SECONDS)
        return {
            "access_token": token,
            "expires_in": LIFETIME_SECONDS,
            "scope": " ".join(scopes),
            "token_type": "Bearer",
        }


def _fields(request: Request) -> dict[str, str]:
    """What was posted; an app may name itself in the body or in Basic (RFC 6749, 2.3.1)."""
    basic = request.authorization
    named = {"client_id": basic.username, "client_secret": basic.password} if basic else {}
    return {**{name: value or "" for name, value in named.items()}, **request.form.to_dict()}


def _parts(assertion: str) -> tuple[dict[str, Any], dict[str, Any], bytes, bytes]:
    try:
        head, claims, signature = assertion.split(".")
        return (
            json.loads(_decoded(head)),
            json.loads(_decoded(claims)),
            f"{head}.{claims}".encode(),
            _decoded(signature),
        )
    except ValueError:
        raise Denied("invalid_request", "Bad Request") from None


def _decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _challenge(verifier: str) -> str:
    return _encoded(hashlib.sha256(verifier.encode()).digest())


def _unsigned(claims: dict[str, Any]) -> str:
    return ".".join(_encoded(json.dumps(part).encode()) for part in ({"alg": "RS256"}, claims)) + ".c2ln"
