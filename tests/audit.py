"""What is known against the packages that we pin: `python -m tests.audit`, which `make audit` runs.

Asks pip-audit for advisories on requirements.lock. Where it cannot reach a database, or the database knows
none of the packages, that is said, and what can be proved without one: that what is installed here is what is
pinned.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from packaging.markers import Marker

ROOT = Path(__file__).parent.parent
LOCK, DEV_LOCK = ROOT / "requirements.lock", ROOT / "requirements-dev.lock"
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)(?: ; (.*?))? \\$", re.MULTILINE)
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")
SECONDS = "20"


@dataclass(frozen=True, slots=True)
class Pin:
    """One package of a lock. marker: where it is installed, "" everywhere. hashes: how many files of it."""

    name: str
    version: str
    marker: str
    hashes: int

    @property
    def is_for_here(self) -> bool:
        """Whether this system and Python install it."""
        return not self.marker or Marker(self.marker).evaluate()


def pins_in(lock: str) -> tuple[Pin, ...]:
    """Every package of a lock file's text."""
    starts = [*PINNED.finditer(lock)]
    ends = [*(one.start() for one in starts[1:]), len(lock)]
    return tuple(
        Pin(one[1], one[2], one[3] or "", len(HASH.findall(lock[one.end() : end])))
        for one, end in zip(starts, ends, strict=True)
    )


def not_as_pinned(pins: Sequence[Pin]) -> Iterator[str]:
    """Packages that are installed here in another version, or not at all."""
    for pin in pins:
        try:
            found = version(pin.name)
        except PackageNotFoundError:
            found = "not installed"
        if pin.is_for_here and found != pin.version:
            yield f"{pin.name}: {found}, pinned is {pin.version}"


def advisories(said: Mapping[str, Any]) -> tuple[int, tuple[str, ...]]:
    """How many packages pip-audit could judge, and what is known against them."""
    judged = [one for one in said["dependencies"] if "skip_reason" not in one]
    known = (
        f"{one['name']} {one['version']}: {weak['id']}, mended in {', '.join(weak['fix_versions']) or 'none'}"
        for one in judged
        for weak in one["vulns"]
    )
    return len(judged), tuple(known)


def ask() -> Mapping[str, Any]:
    """What pip-audit says of the lock; no dependencies at all if it cannot say anything."""
    done = subprocess.run(
        [sys.executable, "-m", "pip_audit", "-r", str(LOCK), "--no-deps", "--disable-pip", "-f", "json",
         "--progress-spinner", "off", "--timeout", SECONDS],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    try:
        found: Mapping[str, Any] = json.loads(done.stdout)
    except ValueError:
        return {"dependencies": []}
    return found


def main() -> int:
    """1 if a weakness is known, or what is installed is not what is pinned."""
    pins = pins_in(LOCK.read_text("utf-8"))
    judged, known = advisories(ask())
    other = tuple(not_as_pinned(pins_in(DEV_LOCK.read_text("utf-8"))))
    say = [*known, *other]
    if judged:
        say.append(f"audited: {judged} of {len(pins)} pinned packages; known weaknesses: {len(known)}")
    else:
        say.append("NOT audited: no database of advisories could be reached, or none knows these packages")
    if not other:
        say.append("verified: what is installed here is requirements-dev.lock, package by package")
    sys.stdout.write("".join(f"{line}\n" for line in say))
    return int(bool(known or other))


if __name__ == "__main__":
    sys.exit(main())
