"""The certificate that an app signs in with at Microsoft: one .pem file that holds it and its private key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from engage.errors import MailError

ENCRYPTED = b"ENCRYPTED"
MAKE = (
    "put the private key and the certificate into one .pem file, and upload the certificate alone in "
    "Microsoft Entra, App registrations, Certificates & secrets"
)


def credential_of(path: Path, passphrase: Callable[[], str]) -> dict[str, str]:
    """What msal signs with. passphrase: asked for only where the key is encrypted. Raises MailError."""
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415 - only where it is used
    from cryptography.hazmat.primitives import serialization as form  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey  # noqa: PLC0415

    content = _read(path)
    found = _certificates(content, path)
    words = passphrase() if ENCRYPTED in content else None
    try:
        key: Any = form.load_pem_private_key(content, words.encode() if words else None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise _not_one(path, "no private key that opens") from error
    if not isinstance(key, RSAPrivateKey):
        raise _not_one(path, "no RSA key, and Microsoft takes no other")
    certificate = next((one for one in found if one.public_key() == key.public_key()), None)
    if certificate is None:
        raise _not_one(path, "a key and a certificate that do not belong together")
    plain = key.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption())
    public = certificate.public_bytes(form.Encoding.PEM)
    return {"private_key": plain.decode(), "public_certificate": public.decode()}


def certificate_in(path: Path) -> Any:
    """The certificate that issued none of the others in the file, an x509.Certificate: the app's own,
    wherever in the chain it stands. Raises MailError if there is none."""
    found = _certificates(_read(path), path)
    issuers = [one.issuer for one in found if one.issuer != one.subject]
    return next((one for one in found if one.subject not in issuers), found[0])


def _certificates(content: bytes, path: Path) -> list[Any]:
    from cryptography import x509  # noqa: PLC0415

    try:
        return list(x509.load_pem_x509_certificates(content))
    except ValueError as error:
        raise _not_one(path, "no certificate") from error


def runs_out(path: Path) -> datetime:
    """When the certificate does, in UTC. Raises MailError."""
    ends: datetime = certificate_in(path).not_valid_after_utc
    return ends


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise MailError(
            f"the file of the app's certificate cannot be read: {error.strerror or error}",
            where=str(path),
            fix="put it there, readable for the account that runs Engage, or correct certificate in [mail]",
        ) from error


def _not_one(path: Path, holds: str) -> MailError:
    return MailError(f"the file of the app's certificate holds {holds}", where=str(path), fix=MAKE)
