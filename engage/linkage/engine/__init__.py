"""Where pairs are found and scored: databases that Splink runs on. Nothing else here knows of them.

Read opening.py (what an engine does), tables.py (mentions as rows of a database), settings.py (a fixed model
as Splink's settings), bound.py (the most that a pair can weigh), grounds.py (what it must share), duck.py
(DuckDB, on which every night runs), spark.py (Apache Spark, for lists that no machine holds), predicted.py
and scored.py (what comes back).
"""
