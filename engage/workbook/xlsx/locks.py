"""Whether somebody has the workbook open: the lock files that Excel and LibreOffice put beside it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engage.errors import WorkbookBusy

LEFT_BEHIND_HOURS = 24


@dataclass(frozen=True, slots=True)
class Lock:
    """A lock file. who: the person it names, "" if it does not say. age_hours: since it was last touched."""

    path: Path
    program: str
    who: str
    age_hours: float


def find_locks(path: Path, now: float) -> list[Lock]:
    """The lock files beside a workbook. now: seconds since the epoch."""
    found: list[Lock] = []
    excel = path.with_name(f"~${path.name}")
    if excel.is_file():
        found.append(_lock(excel, "Excel", _excel_owner(excel), now))
    office = path.with_name(f".~lock.{path.name}#")
    if office.is_file():
        found.append(_lock(office, "LibreOffice", _office_owner(office), now))
    return found


def _lock(path: Path, program: str, who: str, now: float) -> Lock:
    return Lock(path, program, who, max(0.0, now - path.stat().st_mtime) / 3600)


def check_unlocked(path: Path, title: str, now: float) -> None:
    """Raise WorkbookBusy, naming who has the workbook open and what to do, if anybody has."""
    for lock in find_locks(path, now):
        who = lock.who or "somebody"
        if lock.age_hours >= LEFT_BEHIND_HOURS:
            days = int(lock.age_hours // 24)
            raise WorkbookBusy(
                f"{lock.program} says that {who} has had it open for {days} day{'s' if days > 1 else ''}; "
                "the mark was probably left behind by a crash",
                where=title,
                fix=f"make sure that nobody has it open, then delete the file {lock.path}",
            )
        raise WorkbookBusy(
            f"{who} has it open in {lock.program}",
            where=title,
            fix="ask them to save and close it; the next sync will write what was left out",
        )


def _excel_owner(path: Path) -> str:
    """Excel's lock: a length byte and the name in the local 8-bit code, then again in UTF-16."""
    data = _read(path)
    if len(data) > 56:
        length = data[55] if data[55] < 55 else 0
        name = data[56 : 56 + 2 * length].decode("utf-16-le", "ignore").strip("\x00 ")
        if name:
            return name
    length = data[0] if data else 0
    return data[1 : 1 + length].decode("cp1252", "ignore").strip("\x00 ")


def _office_owner(path: Path) -> str:
    """LibreOffice's lock: name,login,machine,time,profile; with commas escaped."""
    fields = _read(path).decode("utf-8", "replace").split(",")
    who = fields[0].strip() or (fields[1].strip() if len(fields) > 1 else "")
    machine = fields[2].strip() if len(fields) > 2 else ""
    return f"{who} on {machine}" if who and machine else who or machine


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # Excel on Windows may lock the lock file itself
        return b""
