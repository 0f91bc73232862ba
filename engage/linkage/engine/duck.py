"""Pairs in DuckDB: which mentions share a key, which of those can be one, and what Splink says of them.

Nothing is held twice: mentions and keys are tables that spill to disk, pairs come and go a part at a time,
and only those that reach the limit asked for leave the database. A list of texts is only ever searched for
equal ones: it is kept as their numbers, which are found faster and take less room.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
import pyarrow as pa
from splink import DuckDBAPI, Linker

from ..blocking import LARGE, LARGE_TOGETHER
from ..model_file import FixedModel
from .bound import Besides, likely_of, lowest, possible
from .dialect import DUCKDB
from .grounds import FIND_GROUNDS, near, sharing
from .predicted import as_scored, columns_of
from .scored import Numbers, Scored, all_of
from .settings import splink_settings
from .tables import Batch, list_columns, model_columns

# Splink reports its own steps at INFO and above; our log is for the people who run the sync.
logging.getLogger("splink").setLevel(logging.ERROR)

# Megabytes that a database may hold before it spills, for a million mentions or fewer and each million more.
MEMORY = 600
_MILLION = 1_000_000
# Mentions whose pairs are looked at together: in the fullest registers ten million pairs before the bound. Of
# more than a million a tenth is, for which there is as much more memory: each portion reads all tables whole.
TOGETHER = 100_000
_PORTIONS = 10
_SHARED = "usable one JOIN usable other ON one.key = other.key AND one.id < other.id"


def quiet_connection(
    database: str = ":memory:", folder: str = "", *, mentions: int = 0
) -> duckdb.DuckDBPyConnection:
    """A database that says nothing, with little memory for so many mentions and a folder to spill into.

    Where Python runs no file (python -c, a program packed into one), DuckDB takes itself for a notebook's and
    draws its progress on stdout, in the middle of our JSON.
    """
    connection = duckdb.connect(database)
    connection.execute("SET enable_progress_bar = false")
    connection.execute(f"SET memory_limit = '{MEMORY * max(mentions, _MILLION) // _MILLION}MB'")
    connection.execute("SET preserve_insertion_order = false")
    if folder:
        connection.execute("SET temp_directory = ?", [folder])
    return connection


@contextmanager
def _lent(database: duckdb.DuckDBPyConnection, name: str, table: pa.Table) -> Iterator[None]:
    """A table of ours under a name in the database, as long as it is needed."""
    database.register(name, table)
    try:
        yield
    finally:
        database.unregister(name)


class DuckEngine:
    """Mentions by number, their keys and their pairs, for one model."""

    def __init__(self, model: FixedModel, database: duckdb.DuckDBPyConnection) -> None:
        self._model = model
        self._database = database
        self._usable = self._grounded = False
        self._numbered_lists = ", ".join(
            f'list_transform("{name}", lambda text: hash(text)) AS "{name}"' for name in list_columns(model)
        )
        self._make_tables()
        api = DuckDBAPI(self._database)
        registered = api.register("mentions", dataset_display_name="mentions")
        self._linker = Linker(registered, splink_settings(model, DUCKDB), log_level=None)
        tables = self._linker.table_management
        tables.register_term_frequency_lookup(api.register("frequencies"), model.term_column)
        self._candidates = api.register("candidates")

    def _make_tables(self) -> None:
        lists = list_columns(self._model)
        columns = [
            f'"{name}" {"UBIGINT[]" if name in lists else "VARCHAR"}' for name in model_columns(self._model)
        ]
        term = self._model.term_column
        self._run(f"CREATE TABLE mentions (unique_id INTEGER, {', '.join(columns)}, tf DOUBLE, kind INTEGER)")
        self._run(f'CREATE TABLE frequencies ("{term}" VARCHAR, "tf_{term}" DOUBLE)')
        self._run("CREATE TABLE keys (id INTEGER, key UBIGINT)")
        self._run("CREATE TABLE usable (id INTEGER, key UBIGINT)")
        self._run("CREATE TABLE signs (id INTEGER, sign UBIGINT)")
        self._run("CREATE TABLE grounds (id INTEGER, signs UBIGINT[], bits HUGEINT)")
        self._run("CREATE TABLE candidates (join_key_l INTEGER, join_key_r INTEGER, match_key VARCHAR)")

    def forget(self) -> None:
        """Empty it."""
        self._usable = self._grounded = False
        for table in ("mentions", "frequencies", "keys", "usable", "signs", "grounds", "candidates"):
            self._run(f"DELETE FROM {table}")

    def add(self, batch: Batch) -> None:
        """Take in some more mentions, before any pair is asked for."""
        with _lent(self._database, "batch", batch.rows):
            self._run(f"INSERT INTO mentions BY NAME SELECT * REPLACE ({self._numbered_lists}) FROM batch")
        with _lent(self._database, "batch", batch.keys):
            self._run("INSERT INTO keys SELECT id, hash(key) FROM batch")
        if batch.grounds is not None:
            with _lent(self._database, "batch", batch.grounds):
                self._run("INSERT INTO signs SELECT id, hash(sign) FROM batch")

    def withdraw(self, numbers: Numbers) -> None:
        """Take these mentions out again, all at once: each time the tables are read whole."""
        with _lent(self._database, "few", pa.table({"id": numbers})):
            self._run("DELETE FROM mentions WHERE unique_id IN (SELECT id FROM few)")
            self._run("DELETE FROM keys WHERE id IN (SELECT id FROM few)")
            self._run("DELETE FROM signs WHERE id IN (SELECT id FROM few)")

    def likely(
        self,
        probability: float,
        *,
        unlike: bool = False,
        grounded: bool = False,
        besides: Besides | None = None,
    ) -> Scored:
        """The pairs that share a key and are one with this probability or more, in order.

        unlike: only those of two kinds of mentions. grounded: only those that share a ground as well.
        besides: which less likely ones are found, too.
        """
        weight = math.log2(probability / (1 - probability)) if probability > 0 else -math.inf
        self._find_usable()
        self._count_names()
        if grounded:
            self._find_grounds()
        conditions = [] if weight == -math.inf else [possible(self._model, DUCKDB, weight, besides)]
        conditions += ["l.kind <> r.kind"] if unlike else []
        parts = []
        for first, last in self._portions():
            self._find_candidates(f"one.id BETWEEN {first} AND {last}", conditions, grounded)
            parts.append(self._predict(lowest(weight, besides)))
        return likely_of(all_of(parts, self._model).in_order(), probability, self._model, besides)

    def score(self, a: Numbers, b: Numbers) -> Scored:
        """Exactly these pairs, a < b, each once, in order."""
        if not len(a):
            return all_of((), self._model)
        self._count_names()
        with _lent(self._database, "pairs", pa.table({"a": a, "b": b})):
            self._hold("SELECT a AS join_key_l, b AS join_key_r FROM pairs")
        return self._predict(-math.inf).in_order()

    def blocked_among(self, numbers: Numbers) -> tuple[Numbers, Numbers]:
        """(a, b) of every two of these mentions that share a key."""
        self._find_usable()
        with _lent(self._database, "few", pa.table({"id": numbers})):
            found = self._database.execute(
                f"SELECT DISTINCT one.id AS a, other.id AS b FROM {_SHARED}"
                " SEMI JOIN few ON one.id = few.id SEMI JOIN few AS same ON other.id = same.id"
            ).fetchnumpy()
        return found["a"], found["b"]

    def _find_usable(self) -> None:
        """Keys that block: those of two mentions and more, up to LARGE; of larger ones any two together."""
        if self._usable:
            return
        self._usable = True
        self._run(
            "CREATE TABLE sizes AS SELECT key, count(*) AS n FROM keys GROUP BY key HAVING n > 1;"
            f"INSERT INTO usable SELECT id, key FROM keys JOIN sizes USING (key) WHERE n <= {LARGE};"
            f"CREATE TABLE large AS SELECT id, key FROM keys JOIN sizes USING (key) WHERE n > {LARGE};"
            "CREATE TABLE second AS SELECT one.id, hash(one.key, other.key) AS key"
            " FROM large one JOIN large other ON one.id = other.id AND one.key < other.key;"
            "CREATE TABLE sizes_together AS SELECT key, count(*) AS n FROM second GROUP BY key;"
            "INSERT INTO usable SELECT id, key FROM second JOIN sizes_together USING (key)"
            f" WHERE n BETWEEN 2 AND {LARGE_TOGETHER};"
            "DROP TABLE second; DROP TABLE sizes_together; DROP TABLE large; DROP TABLE sizes"
        )

    def _find_grounds(self) -> None:
        if not self._grounded:
            self._grounded = True
            self._run(FIND_GROUNDS)

    def _count_names(self) -> None:
        """How often each name is met. "Steakhouse" and "Steak House" are one name of unlike words: the larger
        figure holds, whichever came last.
        """
        term = self._model.term_column
        self._run(
            f'DELETE FROM frequencies; INSERT INTO frequencies SELECT "{term}", max(coalesce(tf, 0))'
            f' FROM mentions WHERE "{term}" IS NOT NULL GROUP BY "{term}"'
        )

    def _portions(self) -> Iterator[tuple[int, int]]:
        """(first, last) numbers of mentions whose pairs are looked at together."""
        found = self._database.execute("SELECT min(id), max(id) FROM usable").fetchall()
        first, last = found[0]
        if first is not None:
            together = max(TOGETHER, (last - first) // _PORTIONS + 1)
            for start in range(first, last + 1, together):
                yield start, min(start + together - 1, last)

    def _find_candidates(self, some: str, conditions: list[str], grounded: bool) -> None:
        pairs = f"SELECT DISTINCT one.id AS a, other.id AS b FROM {_SHARED} WHERE {some}"
        if grounded:
            self._run(f"CREATE OR REPLACE TEMP TABLE near AS {near(_SHARED, some)}")
            pairs = sharing("near")
        self._hold(
            f"SELECT a AS join_key_l, b AS join_key_r FROM ({pairs})"
            " JOIN mentions l ON l.unique_id = a JOIN mentions r ON r.unique_id = b"
            f" WHERE {' AND '.join(conditions) or 'TRUE'}"
        )

    def _hold(self, pairs: str) -> None:
        """These pairs as the candidates, in a table of their own: deleted rows would go on taking room."""
        self._run(f"CREATE OR REPLACE TABLE candidates AS SELECT *, '0' AS match_key FROM ({pairs})")

    def _predict(self, weight: float) -> Scored:
        self._linker.table_management.register_blocked_pairs_for_predict(self._candidates)
        least = None if weight == -math.inf else weight - 1e-9
        found = self._linker.inference.predict(threshold_match_weight=least, warning_mode="never")
        scored = self._read(found.physical_name)
        found.drop_table_from_database_and_remove_from_cache()
        return scored

    def _read(self, table: str) -> Scored:
        sql = f"SELECT {columns_of(self._model, DUCKDB)} FROM {table}"
        return as_scored(self._database.execute(sql).fetchnumpy(), self._model)

    def _run(self, sql: str) -> None:
        self._database.execute(sql).fetchall()
