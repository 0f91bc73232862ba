"""Who may sign in at this server: service accounts with their keys, and people with an app's secret."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

PROJECT = "engage-test"
PROJECT_NUMBER = "123456789012"
ADDRESS = f"engage@{PROJECT}.iam.gserviceaccount.com"
NO_END = dt.datetime(9999, 12, 31, 23, 59, 59, tzinfo=dt.UTC)


@cache
def private_key(number: int = 0) -> rsa.RSAPrivateKey:
    """One key a process and number: making one takes a while."""
    return rsa.generate_private_key(65537, 2048)


@dataclass(slots=True)
class ServiceAccount:
    """state: "fine", "deleted" or "blocked" (by a tenant's policy). keys: by id; take one out: revoked."""

    address: str = ADDRESS
    project: str = PROJECT_NUMBER
    state: str = "fine"
    keys: dict[str, rsa.RSAPrivateKey] = field(default_factory=dict)
    made: dt.datetime = dt.datetime(2026, 1, 5, 9, tzinfo=dt.UTC)
    ends: dt.datetime = NO_END

    def certificates(self) -> dict[str, str]:
        """Key id → PEM certificate, as Google publishes them."""
        return {key_id: self._certificate(key) for key_id, key in self.keys.items()}

    def _certificate(self, key: rsa.RSAPrivateKey) -> str:
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "engage-test")])
        built = x509.CertificateBuilder(name, name, key.public_key(), 1, self.made, self.ends)
        return built.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM).decode()


@dataclass(slots=True)
class Person:
    """Someone with an account at Google. refresh_tokens: those that are good; scopes: what was granted."""

    address: str
    project: str = PROJECT_NUMBER
    refresh_tokens: dict[str, tuple[str, ...]] = field(default_factory=dict)
    code_challenges: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    lasts_seconds: int | None = None
    unticked: tuple[str, ...] = ()


@dataclass(slots=True)
class App:
    """The OAuth client that people sign in with."""

    client_id: str = "123456789012-engage.apps.googleusercontent.com"
    client_secret: str = field(default_factory=lambda: "GOCSPX-" + secrets.token_urlsafe(20), repr=False)
    state: str = "fine"


def write_key(folder: Path, account: ServiceAccount, endpoint: str, *, name: str = "key.json") -> Path:
    """A service account's key file whose token_uri is this server, readable by its owner alone."""
    key_id, key = next(iter(account.keys.items()))
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    content = {
        "type": "service_account",
        "project_id": PROJECT,
        "private_key_id": key_id,
        "private_key": pem,
        "client_email": account.address,
        "client_id": "100000000000000000001",
        "token_uri": endpoint + "/token",
    }
    return _private(folder / name, content)


def write_client_secrets(folder: Path, app: App, endpoint: str) -> Path:
    """The JSON that the Google Cloud console gives for a desktop app, with this server's addresses."""
    installed = {
        "client_id": app.client_id,
        "client_secret": app.client_secret,
        "project_id": PROJECT,
        "auth_uri": endpoint + "/o/oauth2/auth",
        "token_uri": endpoint + "/token",
        "redirect_uris": ["http://localhost"],
    }
    return _private(folder / "client_secret.json", {"installed": installed})


def _private(path: Path, content: Mapping[str, object]) -> Path:
    path.write_text(json.dumps(content, indent=2), "utf-8")
    path.chmod(0o600)
    return path
