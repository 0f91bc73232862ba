"""Each measurement in a process of its own: nothing is warm, and the memory is its own."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

from cli import collect_seldom

Result = TypeVar("Result")


def run_apart(measure: Callable[..., Result], *args: object) -> tuple[Result, int | None]:
    """What `measure` returns, and the most memory its process held, in MB (None on Windows)."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=context) as pool:
        return pool.submit(_with_peak, measure, *args).result()


def _with_peak(measure: Callable[..., Result], *args: object) -> tuple[Result, int | None]:
    collect_seldom()  # as every command does
    result = measure(*args)
    return result, _peak_megabytes()


def _peak_megabytes() -> int | None:
    try:
        import resource  # noqa: PLC0415 - POSIX alone has it
    except ImportError:
        return None
    import sys  # noqa: PLC0415

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(peak / (1024 * 1024 if sys.platform == "darwin" else 1024))
