"""How long an .xlsx takes to read, and to write to without re-saving it."""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook

from engage.ports import GiveId, PublishTab
from engage.workbook.xlsx import XlsxWorkbook

HEADER = ("Employer", "Town", "Postcode", "Phone", "Email", "Notes", "Record ID")


@dataclass(frozen=True, slots=True)
class FileTimes:
    """Seconds. ids: an id written into every row; publish: a built tab as long, made new."""

    rows: int
    megabytes: float
    read: float
    ids: float
    publish: float


def measure(rows: int) -> FileTimes:
    """Read a workbook of so many rows, give every row its id, and publish a tab of as many rows in it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "agency.xlsx"
        _save(path, rows)
        megabytes = path.stat().st_size / 1e6
        book = XlsxWorkbook("agency", path)
        started = time.perf_counter()
        sheet = book.read().tab("Employers")
        read = time.perf_counter() - started
        assert sheet is not None
        ids = [GiveId("Employers", 1, n, row, f"R-{n:07d}") for n, row in enumerate(sheet.rows[1:], 2)]
        given = _timed(book, ids)
        body = tuple(row[:6] for row in sheet.rows[1:])
        published = _timed(book, [PublishTab("Employer list", HEADER[:6], body, key="Employer")])
    return FileTimes(rows, megabytes, read, given, published)


def _timed(book: XlsxWorkbook, intents: list[GiveId] | list[PublishTab]) -> float:
    """Seconds that writing takes. Raises RuntimeError if anything was refused: that would measure nothing."""
    started = time.perf_counter()
    outcomes = book.apply(intents)
    seconds = time.perf_counter() - started
    if refused := [outcome for outcome in outcomes if outcome.status != "done"]:
        raise RuntimeError(f"{len(refused)} of {len(outcomes)} writes were refused: {refused[0]}")
    return seconds


def _save(path: Path, rows: int) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Employers"
    sheet.append(HEADER)
    for n in range(rows):
        phone = f"0161 496 0{n % 1000:03d}"
        sheet.append((f"Firm {n} Ltd", "Hyde", "SK14 2BB", phone, f"office@firm{n}.example", "Met in May"))
    book.save(path)
