"""What is worth saying and stops nothing: a locale, a new owner, a key file that others can read."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LOCALE = "en_GB"
TIME_ZONE = "Europe/London"
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True, slots=True)
class Remark:
    """One line for `engage doctor`: what, where, and what to do, as in an EngageError."""

    what: str
    where: str = ""
    fix: str = ""


def locale_remarks(
    properties: Mapping[str, Any], where: str, time_zone: str = TIME_ZONE
) -> tuple[Remark, ...]:
    """properties: the spreadsheet's own (locale, timeZone). Dates are shown, and typed, by its locale."""
    found, setting = [], "open it, choose File, Settings, and set {} to {}"
    if (locale := str(properties.get("locale", ""))) and locale != LOCALE:
        what = f"its locale is {locale}, so 03/04 may be read as 4 March; Engage expects 3 April"
        found.append(Remark(what, where, setting.format("Locale", "United Kingdom")))
    if (zone := str(properties.get("timeZone", ""))) and zone != time_zone:
        what = f"its time zone is {zone}, so days may begin at another hour than in {time_zone}"
        found.append(Remark(what, where, setting.format("Time zone", time_zone)))
    return tuple(found)


def owner_of(file: Mapping[str, Any]) -> str:
    """Who owns a file (Drive files.get): an address, a shared drive's id, or "" if Google does not say."""
    owners = file.get("owners") or [{}]
    return str(owners[0].get("emailAddress", "") or file.get("driveId", "") or "").casefold()


def owner_remarks(file: Mapping[str, Any], before: str, where: str) -> tuple[Remark, ...]:
    """before: owner_of() when doctor last looked, "" if it never has."""
    owner = owner_of(file)
    if not before or not owner or owner == before.casefold():
        return ()
    what = f"it has a new owner: {owner}, before {before}"
    return (Remark(what, where, "ask whether the new owner knows that Engage reads and writes there"),)


def sharing_remarks(permissions: Sequence[Mapping[str, Any]], where: str) -> tuple[Remark, ...]:
    """permissions: Drive permissions.list. What is open to more people than were named."""
    fix = "open it, press Share and set General access to Restricted"
    kinds = {str(one.get("type")): str(one.get("domain", "")) for one in permissions}
    found = []
    if "anyone" in kinds:
        found.append(Remark("anyone who has the link can open it, people's details with it", where, fix))
    if "domain" in kinds:
        found.append(
            Remark(f"everybody at {kinds['domain']} can open it", where, f"if that is too many, {fix}")
        )
    return tuple(found)


def key_file_remarks(path: Path) -> tuple[Remark, ...]:
    """Whether others on this computer can read the key. Windows: only a note, rights are not in the mode."""
    fix = f'chmod 600 "{path}"'
    if os.name == "nt":
        fix = f'icacls "{path}" /inheritance:r /grant:r "%USERNAME%:R"'
        return (Remark("only you should be able to read the key file", str(path), f"if unsure, run: {fix}"),)
    if path.exists() and path.stat().st_mode & _OTHERS:
        return (Remark("others on this computer can read the key file", str(path), f"run: {fix}"),)
    return ()
