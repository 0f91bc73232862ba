"""One-click unsubscribing (RFC 8058): a link in each message that only we can have made, and reading it back.

The partnership's web page that is asked (a POST, by the reader's mail program) needs to know nothing: it
hands the token on, and `engage mail stop TOKEN` finds whose it is. A token is a keyed fingerprint of the
address, so it names nobody to whoever sees the link, cannot be made up, and is good for as long as the key is
kept.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from engage.errors import MailError
from engage.own_files import make_folder

KEY_FILE = "unsubscribe.key"
PLACE = "{token}"
KEY_BYTES = 32
TOKEN_LENGTH = 26  # 128 bits in base32, which survives capitals and being read out
_TOKEN = re.compile(rf"[a-z2-7]{{{TOKEN_LENGTH}}}")
_MEANT_FOR = b"engage mail stop\0"


@dataclass(frozen=True, slots=True)
class OneClick:
    """The partnership's page for it. page: https, with {token} where the token goes."""

    page: str
    key: bytes = field(repr=False)

    def link(self, address: str) -> str:
        """The link that stops mail to this address."""
        return self.page.replace(PLACE, token_for(address, self.key))


def token_for(address: str, key: bytes) -> str:
    """The token of an address; capitals do not make another."""
    told = hmac.new(key, _MEANT_FOR + address.strip().lower().encode(), hashlib.sha256).digest()
    return base64.b32encode(told[:16]).decode("ascii").rstrip("=").lower()


def is_token(text: str) -> bool:
    """Whether a text looks like a token at all."""
    return bool(_TOKEN.fullmatch(text.strip().lower()))


def address_of(token: str, addresses: Iterable[str], key: bytes) -> str:
    """Whose token it is, of these addresses; "" if it is nobody's, or was made up."""
    wanted = token.strip().lower()
    return next((one for one in addresses if hmac.compare_digest(token_for(one, key), wanted)), "")


def read_key(state: Path) -> bytes | None:
    """The key in the state folder, None if there is none. Raises MailError if it is no key."""
    path = state / KEY_FILE
    try:
        found = bytes.fromhex(path.read_text("ascii"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise _unusable(path) from error
    if len(found) < KEY_BYTES:
        raise _unusable(path)
    return found


def our_key(state: Path) -> bytes:
    """The key in the state folder; made now, for its owner alone, if there is none. Raises MailError."""
    found = read_key(state)
    if found is not None:
        return found
    path, key = state / KEY_FILE, secrets.token_bytes(KEY_BYTES)
    make_folder(state)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(key.hex())
    except OSError as error:
        raise _unusable(path) from error
    return key


def _unusable(path: Path) -> MailError:
    return MailError(
        "the key that one-click unsubscribing is signed with cannot be read or made",
        where=str(path),
        fix="put its backup in its place, or see that this account may write there; if you delete it a new "
        "one is made, and the links in messages that have gone out are no longer understood",
    )
