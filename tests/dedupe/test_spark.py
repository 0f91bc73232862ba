"""engage dedupe on Apache Spark: the same rows in one cluster as by DuckDB, and the same pairs in doubt."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks.dedupe_file import write
from cli import main
from engage.linkage.engine.dialect import DUCKDB, SPARK

no_spark = importlib.util.find_spec("pyspark") is None or shutil.which("java") is None


def _run(folder: Path, name: str, *more: str) -> tuple[bytes, bytes]:
    """clusters.csv and review.csv of a list, made in a process of its own."""
    out, review = folder / f"{name}.csv", folder / f"{name}.review.csv"
    call = [
        sys.executable,
        "-c",
        "from cli import main; main()",
        "dedupe",
        str(folder / "list.csv"),
        "--people",
    ]
    ran = subprocess.run([*call, "--out", str(out), "--review", str(review), *more], check=False)
    assert ran.returncode in {0, 3}
    return out.read_bytes(), review.read_bytes()


@pytest.mark.skipif(
    no_spark, reason="Apache Spark or Java is not installed: pip install 'engage-register[spark]'"
)
@pytest.mark.timeout(1800)
def test_spark_finds_the_same_clusters_and_the_same_pairs_in_doubt(tmp_path):
    write(tmp_path / "list.csv", 150, seed=5)
    by_spark = _run(tmp_path, "spark", "--engine", "spark", "--spark-master", "local[2]")
    assert by_spark == _run(tmp_path, "duckdb")


def test_spark_has_words_for_every_test_that_the_models_may_make():
    assert SPARK.tests.keys() == DUCKDB.tests.keys()
    assert SPARK.needed.keys() == DUCKDB.needed.keys()


def test_without_spark_it_says_what_to_install(tmp_path, monkeypatch):
    write(tmp_path / "list.csv", 5, seed=5)
    for name in ("pyspark", "pyspark.errors", "pyspark.sql"):
        monkeypatch.setitem(sys.modules, name, None)
    shown = CliRunner().invoke(main, ["dedupe", str(tmp_path / "list.csv"), "--engine", "spark"])
    assert shown.exit_code == 2
    assert "engage-register[spark]" in shown.output
