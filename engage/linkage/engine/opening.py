"""The engine for so many mentions: DuckDB in memory for a few, in a file for many; Spark when asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from engage.errors import LinkageTooLarge

from ..model_file import FixedModel
from .bound import Besides
from .duck import DuckEngine, quiet_connection
from .remembering import Remembering
from .scored import Numbers, Scored
from .tables import Batch

# Up to here what was scored is remembered: after each answer in the terminal all is linked again.
REMEMBERED = 5_000
# Beyond this many mentions the tables are a file, packed; below, making one costs more than it saves.
IN_MEMORY = 50_000
_IDLE: dict[tuple[str, str], DuckEngine] = {}


class Engine(Protocol):
    """Mentions by number, their blocking keys and their pairs, for one model."""

    def add(self, batch: Batch) -> None:
        """Take in some more mentions, before any pair is asked for."""

    def withdraw(self, numbers: Numbers) -> None:
        """Take these mentions out again; others may come under their numbers."""

    def likely(
        self,
        probability: float,
        *,
        unlike: bool = False,
        grounded: bool = False,
        besides: Besides | None = None,
    ) -> Scored:
        """The pairs that share a key and are one with this probability or more, in order.

        unlike: only those of two kinds of mentions (`Batch` says which kind each is). grounded: without those
        that share no ground, of which nothing can be said (features.employer_grounds). besides: which less
        likely ones are found, too.
        """

    def score(self, a: Numbers, b: Numbers) -> Scored:
        """Exactly these pairs, a < b, each once, in order."""

    def blocked_among(self, numbers: Numbers) -> tuple[Numbers, Numbers]:
        """(a, b) of every two of these mentions that share a key."""


@contextmanager
def open_engine(model: FixedModel, mentions: int, spark: str = "") -> Iterator[Engine]:
    """An engine for about so many mentions, empty; gone when the with statement ends.

    spark: the master URL of an Apache Spark, "" for DuckDB.
    """
    if spark:
        with _on_spark(model, spark) as engine:
            yield engine
        return
    if mentions > IN_MEMORY:
        with TemporaryDirectory(prefix="engage-", ignore_cleanup_errors=True) as folder:
            database = quiet_connection(str(Path(folder) / "pairs.duckdb"), folder, mentions=mentions)
            try:
                yield DuckEngine(model, database)
            except Exception as error:
                if "Out of Memory" in str(error):  # Splink wraps DuckDB's error in one of its own
                    raise _too_large(mentions) from error
                raise
            finally:
                database.close()
        return
    small = Remembering(model, lambda: _idle(model)) if mentions <= REMEMBERED else None
    engine = small or _idle(model)
    yield engine
    used = small.engine if small else engine
    if isinstance(used, DuckEngine):
        used.forget()
        _IDLE[model.subject, model.version] = used


def _too_large(mentions: int) -> LinkageTooLarge:
    return LinkageTooLarge(
        f"linking {mentions:,} rows needs more memory than it may use",
        fix="link the list in parts, by town or county, or on Apache Spark (engage dedupe --engine spark)",
    )


@contextmanager
def _on_spark(model: FixedModel, master: str) -> Iterator[Engine]:
    from .spark import SparkEngine, start_spark  # noqa: PLC0415 - an extra that few have

    engine = SparkEngine(model, start_spark(master))
    try:
        yield engine
    finally:
        engine.close()


def _idle(model: FixedModel) -> DuckEngine:
    """A small engine of before, or a new one: making it takes longer than what it is made for."""
    return _IDLE.pop((model.subject, model.version), None) or DuckEngine(model, quiet_connection())
