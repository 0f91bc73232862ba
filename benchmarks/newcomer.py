"""An agency with a sheet of its own joins, is synced, answers, and leaves again.

`python -m benchmarks.newcomer` does it by the commands that people use, on .xlsx files in a new folder, each
in a process of its own. At the end it is looked whether the newcomer's sheet holds every name where it was
typed, and whether a name that only the newcomer knew is left in the hub.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import openpyxl

from engage.modelling.register import generate

from .__main__ import machine
from .page import head, row

HERE, NEWCOMER = "Harwick Council", "Marlbeck Chamber"
# Its own headings → ours.
COLUMNS = {
    "Company": "Employer", "Town": "Town", "Post code": "Postcode", "Tel": "Phone", "Web": "Website",
    "Co. number": "Company number", "Comments": "Notes",
}  # fmt: skip
ONLY_THEIRS = "Zyxqwv Lanterns"
ANSWERS = 20
ENGAGE = ("-c", "from engage.cli import main; main()")
Cells = list[list[str]]


def rows_of(count: int, seed: int) -> Cells:
    """So many Employers rows of the generated register, by the newcomer's columns."""
    records = [one for one in generate(count, seed).records if one.tab == "Employers"][:count]
    return [[one.typed.get(heading, "") for heading in COLUMNS.values()] for one in records]


def set_up(folder: Path, rows: Cells, known: int) -> Path:
    """A partnership of one agency with `known` of these rows, and beside it a file with the others."""
    _engage("init", str(folder), "--yes", "--name", "Harwick", "--agency", HERE)
    _fill(folder / "hub.xlsx", "Agencies", [_agreed(HERE), _agreed(NEWCOMER)])
    ours = [dict(zip(COLUMNS.values(), cells, strict=True)) for cells in rows[:known]]
    _fill(folder / "harwick-council.xlsx", "Employers", ours)
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Our firms"
    for cells in [list(COLUMNS), [ONLY_THEIRS, "Harwick", *[""] * 5], *rows[known:]]:
        sheet.append(cells)
    book.save(folder / "chamber.xlsx")
    return folder / "engage.toml"


def _agreed(agency: str) -> dict[str, str]:
    return {
        "Agency": agency, "Lawful basis": "Public task", "Sharing agreement signed": "01/02/2026",
        "Share contact details with partners": "Yes", "Active": "Yes",
    }  # fmt: skip


def _fill(path: Path, tab: str, rows: Sequence[dict[str, str]]) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book[tab]
    top = next(cells for cells in sheet.iter_rows(max_row=10) if {one.value for one in cells} & set(rows[0]))
    columns = {str(one.value): one.column for one in top if one.column}
    for number, cells in enumerate(rows, (top[0].row or 1) + 1):
        for heading, text in cells.items():
            if text:
                sheet.cell(number, columns[heading], text).data_type = "s"
    book.save(path)


def _answer(hub: Path) -> int:
    """Type Different into the first questions of To review; returns how many."""
    book = openpyxl.load_workbook(hub)
    sheet = book["To review"]
    column = next(one.column for one in sheet[1] if one.value == "Decision")
    last = min(sheet.max_row, ANSWERS + 1)
    for number in range(2, last + 1):
        sheet.cell(number, column or 1, "Different")
    book.save(hub)
    return last - 1


def _engage(*arguments: str) -> None:
    done = subprocess.run([sys.executable, *ENGAGE, *arguments], capture_output=True, text=True, check=False)
    if done.returncode not in (0, 3):
        raise SystemExit(f"engage {arguments[0]} ended with {done.returncode}: {done.stderr[-600:]}")


def timed(*arguments: str) -> tuple[float, float, int]:
    """One command: seconds by the clock, seconds of the processor, most memory in MB (POSIX)."""
    begun = time.monotonic()
    child = os.spawnv(os.P_NOWAIT, sys.executable, [sys.executable, *ENGAGE, *arguments])
    _, status, used = os.wait4(child, 0)
    spent = time.monotonic() - begun
    if os.waitstatus_to_exitcode(status) not in (0, 3):
        raise SystemExit(f"engage {arguments[0]} failed")
    return (
        spent,
        used.ru_utime + used.ru_stime,
        used.ru_maxrss // (1024 * 1024 if sys.platform == "darwin" else 1024),
    )


def life(folder: Path, count: int, known: int, seed: int) -> Iterator[str]:
    """The table, line by line as it is measured."""
    rows = rows_of(count + known, seed)
    config = str(set_up(folder, rows, known))
    theirs, hub = folder / "chamber.xlsx", folder / "hub.xlsx"
    _engage("sync", "--config", config)
    yield from head("What", "s", "s of the processor", "MB")
    joining = ("agency", "join", NEWCOMER, str(theirs), "--yes", "--config", config)
    yield row("it joins: its sheet read, adopted", *_told(timed(*joining)))
    sync = ("sync", "--config", config)
    yield row("the first night", *_told(timed(*sync)))
    yield row("a quiet night", *_told(timed(*sync)))
    answered = _answer(hub)
    yield row(f"the night after {answered} answers in To review", *_told(timed(*sync)))
    yield row(
        "it leaves, and is withdrawn", *_told(timed("agency", "leave", NEWCOMER, "--yes", "--config", config))
    )
    yield row("the night after", *_told(timed(*sync)))
    yield ""
    yield f"Its sheet afterwards: {as_typed(theirs, [[ONLY_THEIRS], *rows[known:]])}."
    yield f"{ONLY_THEIRS} in the hub afterwards: {'still there' if _holds(hub, ONLY_THEIRS) else 'nowhere'}."


def _told(measured: tuple[float, float, int]) -> tuple[str, str, int]:
    return f"{measured[0]:.0f}", f"{measured[1]:.0f}", measured[2]


def as_typed(path: Path, rows: Cells) -> str:
    """Whether its sheet has these names in this order, in words."""
    sheet = openpyxl.load_workbook(path, read_only=True)["Our firms"]
    found = [
        ["" if one is None else str(one) for one in cells] for cells in sheet.iter_rows(values_only=True)
    ]
    at = found[0].index("Company")
    lost = sum(found[number][at] != cells[0] for number, cells in enumerate(rows, 1))
    return f"{len(rows):,} names where they were typed" if not lost else f"{lost:,} NAMES NOT AS TYPED"


def _holds(path: Path, text: str) -> bool:
    book = openpyxl.load_workbook(path, read_only=True)
    return any(
        text in str(cell)
        for sheet in book
        for cells in sheet.iter_rows(values_only=True)
        for cell in cells
        if cell
    )


def main() -> None:
    """Measure, and print it."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=20_000)
    asked.add_argument("--known", type=int, default=2_000)
    asked.add_argument("--seed", type=int, default=90_211)
    options = asked.parse_args()
    sys.stdout.write(f"{machine()}\n\n")
    with tempfile.TemporaryDirectory() as folder:
        for line in life(Path(folder), options.rows, options.known, options.seed):
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
