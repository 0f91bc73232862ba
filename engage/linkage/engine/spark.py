"""Pairs on Apache Spark: the same model by Splink's Spark backend, on this machine or on a cluster.

What duck.py does, in Spark's words. The mentions' columns are put together here and handed over in one piece.
"""

from __future__ import annotations

import math
import shutil
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from engage.errors import UsageError

from ..blocking import LARGE, LARGE_TOGETHER
from ..model_file import FixedModel
from .bound import Besides, likely_of, lowest, possible
from .dialect import SPARK
from .predicted import as_scored, columns_of
from .scored import Numbers, Scored, nothing_scored
from .settings import splink_settings
from .tables import Batch

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession
    from splink import Linker

LOCAL = "local[*]"
# Spark's 200 are for a cluster; on one machine each costs more than its work.
PARTITIONS_HERE = "8"
_SHARED = "usable one JOIN usable other ON one.key = other.key AND one.id < other.id"


def start_spark(master: str) -> SparkSession:
    """The session at this master URL, with Splink's functions. Raises UsageError where Spark cannot start."""
    try:
        from pyspark.errors import PySparkException  # noqa: PLC0415 - an extra, and a second's import
        from pyspark.sql import SparkSession  # noqa: PLC0415
        from splink.backends.spark import similarity_jar_location  # noqa: PLC0415
    except ImportError as error:
        fix = "pip install 'engage-register[spark]'"
        raise UsageError("Apache Spark is not installed", fix=fix) from error
    if shutil.which("java") is None:
        raise UsageError("Apache Spark needs Java, which is not here", fix="install Java 17 or newer")
    builder = SparkSession.builder.master(master).appName("engage")
    settings = {"spark.jars": similarity_jar_location(), "spark.sql.legacy.sizeOfNull": "false"}
    settings |= {"spark.ui.showConsoleProgress": "false", "spark.sql.ansi.enabled": "false"}
    if master.startswith("local"):
        settings |= {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": PARTITIONS_HERE}
    for name, value in settings.items():
        builder = builder.config(name, value)
    try:
        session = builder.getOrCreate()
    except (PySparkException, RuntimeError, OSError) as error:
        raise UsageError(f"Apache Spark does not start at {master}", fix="check --spark-master") from error
    session.sparkContext.setLogLevel("ERROR")
    return session


class SparkEngine:
    """Mentions by number, their keys and their pairs, for one model."""

    def __init__(self, model: FixedModel, session: SparkSession) -> None:
        self._model = model
        self._spark = session
        self._rows: list[pa.Table] = []
        self._keys: list[pa.Table] = []
        self._signs: list[pa.Table] = []
        self._made: Linker | None = None
        self._api: Any = None
        self._kept: list[DataFrame] = []

    def add(self, batch: Batch) -> None:
        """Take in some more mentions, before any pair is asked for."""
        self._rows.append(batch.rows)
        self._keys.append(batch.keys)
        if batch.grounds is not None:
            self._signs.append(batch.grounds)

    def withdraw(self, numbers: Numbers) -> None:
        """Take these mentions out again."""
        self._rows = [_without(table, "unique_id", numbers) for table in self._rows]
        self._keys = [_without(table, "id", numbers) for table in self._keys]
        self._signs = [_without(table, "id", numbers) for table in self._signs]

    def likely(
        self,
        probability: float,
        *,
        unlike: bool = False,
        grounded: bool = False,
        besides: Besides | None = None,
    ) -> Scored:
        """The pairs that share a key and are one with this probability or more, in order.

        unlike: only those of two kinds of mentions. grounded: only those that share a ground or a name; names
        that several employers have are not told from others here, as engine/grounds.py does.
        """
        linker = self._linker()
        weight = math.log2(probability / (1 - probability)) if probability > 0 else -math.inf
        conditions = [] if weight == -math.inf else [possible(self._model, SPARK, weight, besides)]
        conditions += ["l.kind <> r.kind"] if unlike else []
        conditions += [_GROUNDED] if grounded else []
        candidates = self._spark.sql(
            f"SELECT a AS join_key_l, b AS join_key_r, '0' AS match_key FROM"
            f" (SELECT DISTINCT one.id AS a, other.id AS b FROM {_SHARED})"
            " JOIN mentions l ON l.unique_id = a JOIN mentions r ON r.unique_id = b"
            f"{_WITH_GROUNDS if grounded else ''}"
            f" WHERE {' AND '.join(conditions) or 'TRUE'}"
        )
        found = self._predict(linker, candidates, lowest(weight, besides))
        return likely_of(found, probability, self._model, besides)

    def score(self, a: Numbers, b: Numbers) -> Scored:
        """Exactly these pairs, a < b, each once, in order."""
        if not len(a):
            return nothing_scored(self._model)
        pairs = pa.table({"join_key_l": a, "join_key_r": b, "match_key": ["0"] * len(a)})
        return self._predict(self._linker(), self._spark.createDataFrame(pairs), -math.inf)

    def blocked_among(self, numbers: Numbers) -> tuple[Numbers, Numbers]:
        """(a, b) of every two of these mentions that share a key."""
        self._linker()
        self._spark.createDataFrame(pa.table({"id": numbers})).createOrReplaceTempView("few")
        found = self._spark.sql(
            f"SELECT DISTINCT one.id AS a, other.id AS b FROM {_SHARED}"
            " WHERE one.id IN (SELECT id FROM few) AND other.id IN (SELECT id FROM few)"
        ).toArrow()
        return found["a"].to_numpy(), found["b"].to_numpy()

    def close(self) -> None:
        """Let go of what Spark keeps for it."""
        for kept in self._kept:
            kept.unpersist()

    def _linker(self) -> Linker:
        """What scores, once all mentions are in."""
        if self._made is None:
            from splink import Linker, SparkAPI  # noqa: PLC0415

            api = SparkAPI(spark_session=self._spark, break_lineage_method="persist")
            self._keep("mentions", self._spark.createDataFrame(pa.concat_tables(self._rows)))
            registered = api.register("mentions", dataset_display_name="mentions")
            linker = Linker(registered, splink_settings(self._model, SPARK), log_level=None)
            self._keep("frequencies", self._spark.sql(self._count_names()))
            linker.table_management.register_term_frequency_lookup(
                api.register("frequencies"), self._model.term_column
            )
            keyed = self._spark.createDataFrame(pa.concat_tables(self._keys))
            keyed.createOrReplaceTempView("named_keys")
            self._keep("keys", self._spark.sql("SELECT id, xxhash64(key) AS key FROM named_keys"))
            self._keep("usable", self._spark.sql(_USABLE))
            if self._signs:
                signs = self._spark.createDataFrame(pa.concat_tables(self._signs))
                signs.createOrReplaceTempView("signs")
                self._keep("grounds", self._spark.sql(_GROUNDS))
            self._rows, self._keys, self._signs = [], [], []
            self._api, self._made = api, linker
        return self._made

    def _keep(self, name: str, frame: DataFrame) -> DataFrame:
        kept = frame.persist()
        kept.createOrReplaceTempView(name)
        self._kept.append(kept)
        return kept

    def _count_names(self) -> str:
        """As duck.py counts them."""
        term = SPARK.column(self._model.term_column)
        return (
            f"SELECT {term}, max(coalesce(tf, 0)) AS {SPARK.column(f'tf_{self._model.term_column}')}"
            f" FROM mentions WHERE {term} IS NOT NULL GROUP BY {term}"
        )

    def _predict(self, linker: Linker, candidates: DataFrame, weight: float) -> Scored:
        candidates.createOrReplaceTempView("candidates")
        registered = self._api.register("candidates")
        linker.table_management.register_blocked_pairs_for_predict(registered)
        least = None if weight == -math.inf else weight - 1e-9
        found = linker.inference.predict(threshold_match_weight=least, warning_mode="never")
        table = self._spark.sql(
            f"SELECT {columns_of(self._model, SPARK)} FROM {found.physical_name}"
        ).toArrow()
        found.drop_table_from_database_and_remove_from_cache()
        columns = {name: table[name].to_numpy() for name in table.column_names}
        return as_scored(columns, self._model).in_order()


def _without(table: pa.Table, column: str, numbers: Numbers) -> pa.Table:
    return table.filter(pc.invert(pc.is_in(table[column], value_set=pa.array(numbers, pa.int32()))))


_GROUNDS = "SELECT id, collect_set(xxhash64(sign)) AS signs FROM signs GROUP BY id"
_WITH_GROUNDS = " LEFT JOIN grounds gl ON gl.id = a LEFT JOIN grounds gr ON gr.id = b"
_GROUNDED = "(arrays_overlap(gl.signs, gr.signs) OR l.name_key = r.name_key OR l.bag = r.bag)"
# Keys that block, as duck.py has them.
_USABLE = f"""
WITH sizes AS (SELECT key, count(*) AS n FROM keys GROUP BY key HAVING n > 1),
large AS (SELECT id, key FROM keys JOIN sizes USING (key) WHERE n > {LARGE}),
second AS (
  SELECT one.id, xxhash64(one.key, other.key) AS key
  FROM large one JOIN large other ON one.id = other.id AND one.key < other.key
),
together AS (SELECT key, count(*) AS n FROM second GROUP BY key)
SELECT id, key FROM keys JOIN sizes USING (key) WHERE n <= {LARGE}
UNION ALL SELECT id, key FROM second JOIN together USING (key) WHERE n BETWEEN 2 AND {LARGE_TOGETHER}
"""
