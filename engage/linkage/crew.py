"""Work on many mentions, some at a time: here, or, when it is worth it, by processes of their own."""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Generic, Protocol, TypeVar

from engage.errors import EngageError

T = TypeVar("T")
R = TypeVar("R")
T_co = TypeVar("T_co", covariant=True)

# Below this many mentions a process takes longer to start than to do its share.
WORTH_A_PROCESS = 20_000
MOST_PROCESSES = 8  # each holds some 200 MB: word lists, phone numbers of the world, names read lately
AHEAD = 2  # chunks that wait for each process


class Lent(Protocol[T_co]):
    """A value that every process can have, sent once."""

    @property
    def value(self) -> T_co:
        """The value."""


class Crew(Protocol):
    """Does the same to every chunk."""

    def map(self, work: Callable[[T], R], chunks: Iterable[T]) -> Iterator[R]:
        """What the work makes of each chunk, in their order. Both must be fit to be sent to a process."""

    def lend(self, value: T) -> Lent[T]:
        """The value as an argument of work; it must not change any more."""


class Alone:
    """Everything here, one chunk after the other."""

    def map(self, work: Callable[[T], R], chunks: Iterable[T]) -> Iterator[R]:
        """What the work makes of each chunk, in their order."""
        return map(work, chunks)

    def lend(self, value: T) -> Lent[T]:
        """The value itself."""
        return _Here(value)


@contextmanager
def crew_for(mentions: int) -> Iterator[Crew]:
    """Those who do the work on so many mentions."""
    processes = min(os.cpu_count() or 1, MOST_PROCESSES)
    if mentions < WORTH_A_PROCESS or processes == 1:
        yield Alone()
        return
    context = multiprocessing.get_context("spawn")  # the same on every system; nothing is open twice
    with (
        TemporaryDirectory(prefix="engage-", ignore_cleanup_errors=True) as folder,
        ProcessPoolExecutor(processes, context, initializer=gc.disable) as pool,  # see unswept.py
    ):
        yield Processes(pool, processes, Path(folder))


class Processes:
    """Chunks go to whichever process is free; a few wait, so that none is idle and no memory fills up."""

    def __init__(self, pool: ProcessPoolExecutor, processes: int, folder: Path) -> None:
        self._pool = pool
        self._most = processes * (1 + AHEAD)
        self._folder = folder
        self._lent = 0

    def map(self, work: Callable[[T], R], chunks: Iterable[T]) -> Iterator[R]:
        """What the work makes of each chunk, in their order. Raises EngageError if a process was killed."""
        waiting: deque[Future[R]] = deque()
        try:
            for chunk in chunks:
                waiting.append(self._pool.submit(work, chunk))
                if len(waiting) >= self._most:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool as error:
            raise EngageError(
                "a part of the work was stopped from outside, most likely for want of memory",
                fix="close other programs, or give a shorter list, and run it again",
            ) from error
        finally:
            for future in waiting:
                future.cancel()

    def lend(self, value: T) -> Lent[T]:
        """The value in a file, which each process reads once."""
        path = self._folder / f"lent{self._lent}"
        self._lent += 1
        path.write_bytes(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))
        return _InFile(path)


class _Here(Generic[T]):
    def __init__(self, value: T) -> None:
        self.value = value


class _InFile(Generic[T]):
    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def value(self) -> T:
        found: T = _read(self._path)
        return found


@lru_cache(maxsize=16)
def _read(path: Path) -> Any:
    return pickle.loads(path.read_bytes())
