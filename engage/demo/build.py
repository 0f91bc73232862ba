"""build_demo: the whole invented partnership, written to a folder."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from engage.demo.book import save
from engage.demo.books import BOOKS
from engage.demo.creation import make_world
from engage.demo.hub import write_chamber, write_hub
from engage.demo.settings import settings
from engage.demo.truth import TruthRow, write_truth
from engage.demo.world import World
from engage.errors import UsageError
from engage.insight.weeks import week_of
from engage.schema import load_schema

MARKER = "demo.json"


def first_night_of(today: date) -> date:
    """The Sunday before the last complete week: what the week's edits bring is what the digest tells."""
    return week_of(today).monday - timedelta(days=8)


@dataclass(frozen=True, slots=True)
class Demo:
    """A demo as built. first_night: the date the workbooks are as of; today: after the week's edits."""

    folder: Path
    seed: int
    today: date
    first_night: date
    truth: tuple[TruthRow, ...]


def build_demo(folder: Path, *, seed: int = 1, today: date) -> Demo:
    """Write the partnership as it stood on the first night into folder, afresh.

    Raises UsageError if folder holds anything that is not a demo.
    """
    clear(folder)
    world, first_night = make_world(seed, today), first_night_of(today)
    truth = _write_books(world, folder, first_night)
    write_truth(folder, truth)
    return Demo(folder, seed, today, first_night, tuple(truth))


def clear(folder: Path) -> None:
    """Make folder an empty demo folder, emptying an earlier demo. Raises UsageError for any other folder."""
    if folder.exists() and any(folder.iterdir()) and not (folder / MARKER).is_file():
        raise UsageError(
            "this folder holds something else than a demo",
            where=str(folder),
            fix="name an empty or a new folder: engage demo FOLDER",
        )
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)


def mark(folder: Path, seed: int, today: date) -> None:
    """Leave the sign by which a later run knows this folder for a demo."""
    marker = {"seed": seed, "today": today.isoformat(), "note": "made by engage demo; safe to delete"}
    (folder / MARKER).write_text(json.dumps(marker, indent=2) + "\n", encoding="utf-8")


def marked(folder: Path) -> tuple[int, date]:
    """The seed and the day of the demo in folder. Raises UsageError if there is none."""
    try:
        marker = json.loads((folder / MARKER).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise UsageError("there is no demo here", where=str(folder), fix="run: engage demo") from error
    return int(marker["seed"]), date.fromisoformat(marker["today"])


def _write_books(world: World, folder: Path, as_of: date) -> list[TruthRow]:
    schema = load_schema()
    mark(folder, world.seed, world.today)
    (folder / "engage.toml").write_text(settings(schema), encoding="utf-8")
    truth = write_hub(folder / "hub.xlsx", world, schema, as_of)
    truth += write_chamber(folder / "chamber.xlsx", world, schema, as_of)
    for key, make in BOOKS.items():
        book, rows = make(world, as_of)
        save(book, folder / f"{key}.xlsx")
        truth += rows
    return truth
