"""make bench: measure everything, print it, and keep it in benchmarks/RESULTS.md in place of the last run."""

from __future__ import annotations

import argparse
import os
import platform
from collections.abc import Iterator
from datetime import date
from importlib.metadata import version
from pathlib import Path

from . import page
from .peers import PEERS

RESULTS = Path(__file__).with_name("RESULTS.md")
SIZES = (500, 2000, 8000, 20000)
FIGURES = (12500, 25000, 50000)
FILE_SIZES = (1000, 5000, 20000)
LIST_SIZES = (1000, 10000, 100000)
MORNING = (50000, 1000)
GOOGLE = ((11, 2000), (1, 2000), (1, 20000))
LIBRARIES = ("splink", "duckdb", "pandas", "openpyxl")


def main() -> None:
    """Run all of it; --quick takes the smallest sizes and keeps nothing."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="the smallest sizes; RESULTS.md stays as it is")
    parser.add_argument(
        "--google", action="store_true", help="Google Sheets alone; RESULTS.md stays as it is"
    )
    parser.add_argument("--figures", action="store_true", help="all figures alone; RESULTS.md stays as it is")
    parser.add_argument("--digests", action="store_true", help="digests alone; RESULTS.md stays as it is")
    parser.add_argument(
        "--lists", nargs="+", type=int, metavar="ROWS", help="lists of so many rows alone; RESULTS.md stays"
    )
    parser.add_argument("--scoring", action="store_true", help="with --lists: beside Splink's scoring alone")
    wanted = parser.parse_args()
    alone = wanted.google or wanted.figures or wanted.digests or wanted.lists
    part = page.google_part(GOOGLE) if wanted.google else results(quick=wanted.quick)
    if wanted.figures:
        part = page.figures_part(FIGURES)
    if wanted.digests:
        part = page.digest_part(*MORNING)
    if wanted.lists:
        part = page.list_part(wanted.lists, () if wanted.scoring else tuple(PEERS))
    lines = []
    for line in part:
        print(line, flush=True)  # noqa: T201
        lines.append(line)
    if not (wanted.quick or alone):
        RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def results(*, quick: bool) -> Iterator[str]:
    """The page, line by line as it is measured."""
    yield "# Benchmarks: the last run\n"
    yield f"`make bench` measures and writes this page. {machine()}\n"
    yield "Each measurement runs in a process of its own; MB is the most memory that process held."
    yield from page.linkage_part(SIZES[:1] if quick else SIZES)
    yield from page.list_part(LIST_SIZES[:1] if quick else LIST_SIZES)
    yield from page.night_part()
    yield from page.figures_part(FIGURES[:1] if quick else FIGURES)
    yield from page.digest_part(*((500, 20) if quick else MORNING))
    yield from page.file_part(FILE_SIZES[:1] if quick else FILE_SIZES)
    yield from page.google_part(((1, 200),) if quick else GOOGLE)


def machine() -> str:
    """When and on what this was measured."""
    python = f"{platform.python_implementation()} {platform.python_version()}"
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    busy = f", load {os.getloadavg()[0]:.1f} at the start" if hasattr(os, "getloadavg") else ""
    return (
        f"Measured on {date.today().isoformat()} on {platform.system()} {platform.machine()},"  # noqa: DTZ011
        f" {os.cpu_count()} cores{busy}; {python}, {libraries}."
    )


if __name__ == "__main__":
    main()
