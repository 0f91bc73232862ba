"""An agency leaves whose employers nearly all are others' too: their merged records are all made anew.

`python -m benchmarks.departure` gives the same firms of the generated register to two agencies, each as it
typed them, with a note of its own on every row; the second leaves again. By the commands, each in a process
of its own. Before and after, every file of the partnership is searched for what only the second had typed.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import openpyxl

from engage.modelling.register import Register, generate

from .__main__ import machine
from .newcomer import COLUMNS, ENGAGE, NEWCOMER, ONLY_THEIRS, Cells, as_typed, set_up
from .page import head, row

OURS, THEIRS = "Ourmarkqv", "Theirmarkqv"  # before the number of a note
ROWS_A_FIRM = 1.95  # of the generated register
SHARED = 0.5  # of its firms two agencies know, or more


def firms(count: int, seed: int) -> tuple[Cells, Cells]:
    """Rows of so many firms that two agencies know: as the first typed them, and as the second did."""
    register = generate(int(count / SHARED * ROWS_A_FIRM), seed)
    known = [rows for rows in _by_firm(register) if len(rows) > 1][:count]
    ours = [_cells(rows[0], f"{OURS}{n:06d}") for n, rows in enumerate(known)]
    return ours, [_cells(rows[1], f"{THEIRS}{n:06d}") for n, rows in enumerate(known)]


def _by_firm(register: Register) -> Iterable[list[dict[str, str]]]:
    """Of each firm one Employers row an agency, as typed."""
    found: dict[str, dict[str, dict[str, str]]] = defaultdict(dict)
    for record in register.records:
        if record.tab == "Employers":
            firm = found[register.employers[f"{record.record_id}#0"]]
            firm.setdefault(record.agency, dict(record.typed))
    return [list(rows.values()) for rows in found.values()]


def _cells(typed: dict[str, str], note: str) -> list[str]:
    return [note if heading == "Notes" else typed.get(heading, "") for heading in COLUMNS.values()]


def told(*arguments: str) -> tuple[str, str, str, int]:
    """What a command says; seconds by the clock, of the processor, and its most memory in MB (POSIX)."""
    with tempfile.TemporaryFile("w+") as said:
        begun = time.monotonic()
        child = subprocess.Popen([sys.executable, *ENGAGE, *arguments], stdout=said, text=True)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        spent = time.monotonic() - begun
        if child.returncode not in (0, 3):
            raise SystemExit(f"engage {arguments[0]} ended with {child.returncode}")
        said.seek(0)
        memory = used.ru_maxrss // (1024 * 1024 if sys.platform == "darwin" else 1024)
        return said.read(), f"{spent:.0f}", f"{used.ru_utime + used.ru_stime:.0f}", memory


def left_over(folder: Path, apart: Path, ours: Cells, theirs: Cells) -> dict[str, int]:
    """What only they had typed → in how many files of the partnership. apart: their own workbook."""
    own = {_plain(cell) for cells in ours for cell in cells}
    only = {_plain(cell) for cells in theirs for cell in cells} - own - {""}
    only = {cell for cell in only if len(cell) > 5}
    found = dict.fromkeys(("their notes", "names, phones, sites, numbers that only they had"), 0)
    for path in folder.rglob("*"):
        if path.is_file() and path != apart:
            texts = set(_texts(path))
            marked = any(THEIRS.casefold() in text for text in texts)
            for what, hit in zip(found, (marked, bool(only & texts)), strict=True):
                found[what] += hit
    return found


def _texts(path: Path) -> Iterator[str]:
    """Every text of a workbook, cell by cell and part by part; of any other file all words of its bytes."""
    if path.suffix != ".xlsx":
        yield from map(_plain, path.read_bytes().decode("utf-8", "ignore").replace("\0", "\n").split("\n"))
        return
    for sheet in openpyxl.load_workbook(path, read_only=True):
        for cells in sheet.iter_rows(values_only=True):
            for cell in cells:
                if cell is not None:
                    yield from map(_plain, [str(cell), *re.split(r"[;\n]", str(cell))])


def _plain(text: str) -> str:
    """Letters and digits alone, a phone number without the digits that say its country."""
    signs = "".join(sign for sign in text.casefold() if sign.isalnum())
    return (
        signs.lstrip("0").removeprefix("44")
        if signs.isdigit()
        else signs.removeprefix("https").removeprefix("www")
    )


def life(folder: Path, count: int, seed: int) -> Iterator[str]:
    """The table, line by line as it is measured."""
    ours, theirs = firms(count, seed)
    config = ("--config", str(set_up(folder, [*ours, *theirs], len(ours))))
    apart = folder / "chamber.xlsx"
    sync, leave = ("sync", "--json", *config), ("agency", "leave", NEWCOMER, *config)
    told(*sync)
    told("agency", "join", NEWCOMER, str(apart), "--yes", *config)
    yield from head("What", "cells of lists", "s", "s of the processor", "MB")
    yield _night("the first night of both", sync)
    shown, *measured = told(*leave, "--dry-run")
    yield row("what would be done is shown", 0, *measured)
    before = left_over(folder, apart, ours, theirs)
    said, *measured = told(*leave, "--yes")
    yield row("it leaves, and is withdrawn", _number(r"([\d,]+) cells of lists", said), *measured)
    yield _night("the night after", sync)
    yield f"\n{_number('(Employers that leave .*)', shown)}"
    for what, files in left_over(folder, apart, ours, theirs).items():
        yield f"Files that hold {what}: {before[what]} before, {files} after."
    yield f"Its sheet afterwards: {as_typed(apart, [[ONLY_THEIRS], *theirs])}."


def _night(what: str, sync: Sequence[str]) -> str:
    said, *measured = told(*sync)
    return row(what, f"{json.loads(said)['cells_written']:,}", *measured)


def _number(pattern: str, said: str) -> str:
    found = re.search(pattern, said)
    return found[1] if found else "?"


def main() -> None:
    """Measure, and print it."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--firms", type=int, default=7_000)
    asked.add_argument("--seed", type=int, default=90_211)
    options = asked.parse_args()
    sys.stdout.write(f"{machine()}\n\n")
    with tempfile.TemporaryDirectory() as folder:
        for line in life(Path(folder), options.firms, options.seed):
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
