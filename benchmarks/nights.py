"""How long a night takes on the demo: the first, the one after a week of edits, and a quiet one."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from cli.sync import run_sync
from engage.config import load_config
from engage.demo.build import build_demo
from engage.demo.week import week_of_edits

Made = TypeVar("Made")
TODAY = date(2026, 11, 23)  # any Monday: the demo is the same for one day and one seed


@dataclass(frozen=True, slots=True)
class Nights:
    """Rows read, and per step its seconds and the cells written (None: it writes none of ours)."""

    rows: int
    steps: tuple[tuple[str, float, int | None], ...]


def measure() -> Nights:
    """Build the demo and run it through a week and a quiet night, as `engage demo` does."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "demo"
        demo, built = _timed(lambda: build_demo(home, today=TODAY))
        config = load_config(home / "engage.toml")
        start = _half_past_five(demo.first_night)
        first, first_seconds = _timed(lambda: run_sync(config, now=start, quiet=True))
        _, edits = _timed(lambda: week_of_edits(home))
        second, second_seconds = _timed(lambda: run_sync(config, now=_half_past_five(TODAY), quiet=True))
        later = _half_past_five(TODAY) + timedelta(hours=1)
        quiet, quiet_seconds = _timed(lambda: run_sync(config, now=later, quiet=True))
    return Nights(
        rows=len(second.night.intake.records),
        steps=(
            ("build six workbooks", built, None),
            ("the first night", first_seconds, first.cells_written),
            ("a week of people's edits", edits, None),
            ("the night after", second_seconds, second.cells_written),
            ("the same night again", quiet_seconds, quiet.cells_written),
        ),
    )


def _half_past_five(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 5, 30)  # noqa: DTZ001 - the partnership's own clock


def _timed(make: Callable[[], Made]) -> tuple[Made, float]:
    started = time.perf_counter()
    made = make()
    return made, time.perf_counter() - started
