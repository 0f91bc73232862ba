"""A timed fuzz run of the readers: files and cells made at random are read, or refused in plain words.

`python -m tests.fuzz --minutes 10 --seed 1` prints what was tried, how much was refused, how long it ran and
the most memory that the process ever had. It ends at the first file or cell that crashes a reader, shown.
"""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from engage.errors import EngageError
from engage.model import Snapshot, Tab
from engage.register.read import Source, read_workbook
from engage.workbook.xlsx import XlsxWorkbook

from .partnership import SCHEMA
from .security.hostile import ATTACKS, packed, usual
from .security.test_hostile_files import ODD, PARTS, PLAIN

EXAMPLES = 100  # of a target in one round; then the next target has its turn
FEW = 10  # of those that are big before they are refused
MOST_MB = 1500  # a reader that needs more for files of a few kilobytes has no bound
TODAY = date(2026, 11, 16)
STAFF = [spec.title for spec in SCHEMA.staff_tabs()]
WORDS = [b'"', b"<", b"-1", b"99999999999999", b"XFD", b"&#0;", b"&a;", b"\x00", b"</c>", b"1E309", b"t='e'",
         b"<v>", b"<row r='9999999'>", b"xml:space='x'"]  # fmt: skip
VALUES = st.one_of(
    ODD,
    st.integers(-(10**18), 10**18),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.datetimes(datetime.fromisoformat("1900-03-01"), datetime.fromisoformat("9999-01-01")),
    st.times(),
    st.timedeltas(timedelta(0), timedelta(days=30000)),
)


@st.composite
def changed_bytes(draw: st.DrawFn) -> bytes:
    """A workbook file with up to forty bytes changed, or cut off."""
    raw = bytearray(PLAIN)
    for _ in range(draw(st.integers(1, 40))):
        raw[draw(st.integers(0, len(raw) - 1))] = draw(st.integers(0, 255))
    return bytes(raw[: draw(st.sampled_from([len(raw), len(raw) // 2, len(raw) - 10]))])


@st.composite
def changed_parts(draw: st.DrawFn, attacks: bool = False) -> bytes:
    """A workbook file of which parts have words put in or left out. attacks: of one made to do harm."""
    how = draw(st.sampled_from(sorted(ATTACKS))) if attacks else ""
    parts = dict(ATTACKS[how](usual()) if how else PARTS)
    for _ in range(draw(st.integers(0 if how else 1, 5))):
        part = draw(st.sampled_from(sorted(parts)))
        text, at = parts[part], draw(st.integers(0, len(parts[part])))
        parts[part] = text[:at] + draw(st.sampled_from(WORDS)) + text[at + draw(st.integers(0, 30)) :]
    return packed(parts)


@st.composite
def odd_cells(draw: st.DrawFn) -> bytes:
    """A sound file with a few rows of whatever a cell may hold, under headings that we know or do not."""
    book = openpyxl.Workbook()
    title = draw(st.sampled_from(STAFF))
    sheet = book.create_sheet(title[:31], 0)
    headings = draw(
        st.lists(st.one_of(st.sampled_from(SCHEMA.tabs[title].headings), ODD), min_size=3, max_size=12)
    )
    for row in [headings, *draw(st.lists(st.lists(VALUES, max_size=12), max_size=6))]:
        sheet.append([_for_excel(value) for value in row])
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _for_excel(value: object) -> object:
    """What openpyxl agrees to write: no control characters, no text of more than a cell holds."""
    if not isinstance(value, str):
        return value
    return "".join(sign for sign in value if sign.isprintable() or sign == "\t")[:32000]


@st.composite
def rows(draw: st.DrawFn) -> tuple[str, tuple[tuple[str, ...], ...]]:
    """A tab's title and its cells as texts, with no file between."""
    title = draw(st.sampled_from(STAFF))
    headings = SCHEMA.tabs[title].headings
    row = st.lists(ODD, min_size=len(headings), max_size=len(headings)).map(tuple)
    return title, (tuple(headings), *draw(st.lists(row, min_size=1, max_size=3)))


@dataclass(slots=True)
class Run:
    """folder: for the files. tried, refused: by target."""

    folder: Path
    tried: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)

    def file(self, name: str, data: bytes) -> None:
        """Read as a sync would read it."""
        path = self.folder / "fuzzed.xlsx"
        path.write_bytes(data)
        self.tried[name] += 1
        try:
            self.cells(XlsxWorkbook("fuzzed", path).read())
        except EngageError:
            self.refused[name] += 1

    def cells(self, snapshot: Snapshot) -> None:
        """Understand every row, as a sync would."""
        for reading in read_workbook(snapshot, SCHEMA, Source("hub"), today=TODAY):
            for record in reading.records:
                assert all(isinstance(value, str) for value in record.clean.values())

    def texts(self, name: str, found: tuple[str, tuple[tuple[str, ...], ...]]) -> None:
        """The same for cells without a file."""
        self.tried[name] += 1
        title, cells = found
        self.cells(Snapshot("hub", (Tab(title, cells),)))


Target = tuple[st.SearchStrategy[Any], Callable[[str, Any], None]]


def targets(run: Run) -> dict[str, Target]:
    """Name → what is made, and what reads it."""
    files = {
        "bytes changed": changed_bytes(),
        "parts changed": changed_parts(),
        "attacks": changed_parts(attacks=True),
        "odd cells in a file": odd_cells(),
    }
    return {name: (made, run.file) for name, made in files.items()} | {"odd cells": (rows(), run.texts)}


def one_round(name: str, made: st.SearchStrategy[Any], read: Callable[[str, Any], None], number: int) -> None:
    """Some of one target; raises what a reader raised, with the example in a note."""

    @seed(number)
    @settings(
        max_examples=FEW if name == "attacks" else EXAMPLES, deadline=None, database=None,
        phases=[Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(made)
    def tried(found: Any) -> None:
        read(name, found)

    tried()


def most_memory_mb() -> float | None:
    """The most that this process ever had; None where the system does not say."""
    try:
        import resource  # noqa: PLC0415
    except ImportError:
        return None
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / (1024 * 1024 if sys.platform == "darwin" else 1024)


def told(run: Run, seconds: float, memory: float | None) -> Iterator[str]:
    """The outcome, a line a target."""
    for name, count in run.tried.items():
        yield f"{name}: {count:,} read, {run.refused[name]:,} of them refused in plain words"
    used = "not known here" if memory is None else f"{memory:,.0f} MB"
    yield f"no crash in {sum(run.tried.values()):,} tries; at most {used} of memory"
    yield f"{seconds / 60:.1f} minutes of the clock, {time.process_time() / 60:.1f} of the processor"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs for the time that it was given, and says what it did."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--minutes", type=float, default=10)
    asked.add_argument("--seed", type=int, default=1)
    options = asked.parse_args(arguments)
    begun, number = time.monotonic(), options.seed
    with tempfile.TemporaryDirectory() as folder:
        run = Run(Path(folder))
        while time.monotonic() - begun < options.minutes * 60:
            name, (made, read) = list(targets(run).items())[number % 5]
            one_round(name, made, read, number)
            number += 1
    spent, memory = time.monotonic() - begun, most_memory_mb()
    sys.stdout.write("".join(f"{line}\n" for line in told(run, spent, memory)))
    sys.stdout.write(f"seeds {options.seed} to {number - 1}\n")
    return int(memory is not None and memory > MOST_MB)


if __name__ == "__main__":
    sys.exit(main())
