"""What msal knows of a person's sign-in, kept in the keyring of this computer and nowhere else.

Windows keeps 2,560 bytes of one entry, two for each character, and one refresh token of Microsoft is often
longer. So it is kept in parts, named by what they make up; the entry that names them is written last, and a
machine that dies in between has either the old sign-in or the new one.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Mapping

from engage.config import Smtp
from engage.errors import MailError
from engage.mail.passwords import in_keyring

PART = 1200  # characters
MARK = "in parts: "
NOT_KEPT = frozenset({"AccessToken", "IdToken"})  # long, and made anew in one request


def of_environment(settings: Smtp, environment: Mapping[str, str] = os.environ) -> str:
    """A refresh token of the environment, which goes before the keyring; "" if there is none."""
    return environment.get(settings.password_env, "")


def kept_sign_in(settings: Smtp) -> str:
    """What was kept: msal's cache, or a refresh token alone, as earlier versions kept it; else ""."""
    head = str(in_keyring("get_password", settings) or "")
    names = _names(head)
    if not names:
        return head
    whole = "".join(str(in_keyring("get_password", settings, part=name) or "") for name in names)
    return whole if names == _names(_head(whole)) else ""


def keep_sign_in(settings: Smtp, cache: str) -> None:
    """Keep msal's cache in place of the one before. Raises MailError if there is no keyring."""
    parts = json.loads(cache)
    whole = json.dumps({kind: parts[kind] for kind in parts if kind not in NOT_KEPT}, separators=(",", ":"))
    before = _names(str(in_keyring("get_password", settings) or ""))
    head = _head(whole)
    names = _names(head)
    for number, name in enumerate(names):
        in_keyring("set_password", settings, whole[number * PART : (number + 1) * PART], part=name)
    in_keyring("set_password", settings, head)
    for name in set(before) - set(names):
        with contextlib.suppress(MailError):
            in_keyring("delete_password", settings, part=name)


def _head(whole: str) -> str:
    called = hashlib.sha256(whole.encode()).hexdigest()[:8]
    return f"{MARK}{called} {-(-len(whole) // PART)}"


def _names(head: str) -> list[str]:
    """The entries that a head names; none if it is no head."""
    called, _, many = head.removeprefix(MARK).partition(" ")
    return [f"{called}-{number}" for number in range(int(many))] if head.startswith(MARK) else []
