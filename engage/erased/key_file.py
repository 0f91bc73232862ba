"""The key of the hashes by which an erased person is known, in a file that its owner alone reads.

Beside it stand the hashes themselves, so that an old copy of the hub cannot make the system forget them.
"""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from engage.errors import EngageError, UnsafePlan
from engage.model import Erased, fingerprint
from engage.own_files import write_private
from engage.state import decode_erased, encode_erased

FILE = "erasure.key"
HASH_DIGITS = 16  # of sha256: 64 bits tell a register's tokens apart, and fit a hundred into one cell


@dataclass(frozen=True, slots=True)
class KeyFile:
    """key: hex, "" before anybody was erased.

    cleared: when the stores were last cleared of them (seconds since the epoch); cleared_entry: up to which
    entry of the journal. dirty: whether a run has begun since that copied some of them.
    """

    path: Path
    key: str = field(default="", repr=False)
    erased: Mapping[str, Erased] = field(default_factory=dict)
    cleared: float = 0
    cleared_entry: int = 0
    dirty: bool = False

    @property
    def name(self) -> str:
        """What tells this key from any other, and gives nothing of it away."""
        return fingerprint(f"erasure key {self.key}") if self.key else ""


def read_key_file(state: Path) -> KeyFile:
    """The file in the state folder, or an empty one. Raises EngageError if it is damaged."""
    path = state / FILE
    if not path.exists():
        return KeyFile(path)
    try:
        held = json.loads(path.read_text("utf-8"))
        erased = {key: decode_erased(text) for key, text in held["erased"].items()}
        upto, entry, dirty = held["cleared"]
        return KeyFile(path, held["key"], erased, float(upto), int(entry), bool(dirty))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EngageError(
            "the file that tells who was erased cannot be read",
            where=str(path),
            fix="put its newest backup in its place",
        ) from error


def write_key_file(file: KeyFile) -> None:
    """Write it whole or not at all, for its owner's eyes alone."""
    erased = {key: encode_erased(one) for key, one in sorted(file.erased.items())}
    upto = [file.cleared, file.cleared_entry, file.dirty]
    held = {"key": file.key, "erased": erased, "cleared": upto}
    write_private(file.path, json.dumps(held, indent=1).encode("utf-8"))


def with_key(file: KeyFile) -> KeyFile:
    """The file with a key in it."""
    return file if file.key else replace(file, key=secrets.token_hex(32))


def hasher(key: str) -> HashedBy:
    """What spells tokens as keyed hashes."""
    return HashedBy(bytes.fromhex(key))


class HashedBy:
    """Token → its HMAC, remembered, since words repeat."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._of = lru_cache(maxsize=1 << 18)(self._hash)

    def __call__(self, token: str) -> str:
        """The token's hash, in hex digits."""
        return self._of(token)

    def _hash(self, token: str) -> str:
        return hmac.digest(self._key, token.encode("utf-8"), sha256).hex()[:HASH_DIGITS]


def all_erased(file: KeyFile, hub: Mapping[str, Erased]) -> dict[str, Erased]:
    """Everybody who was erased, by this machine's file and by the hub's memory.

    Raises UnsafePlan if the hub names somebody whose key is not here: they could come back unseen.
    """
    whole = {**file.erased, **hub}
    strangers = [one for one in whole.values() if one.key != file.name]
    if strangers:
        raise UnsafePlan(
            "people were erased whom this machine cannot recognise: the key of their hashes is not here",
            where=str(file.path),
            fix=f"copy {FILE} from the machine that erased them, or from its backup, into that folder",
        )
    return whole
