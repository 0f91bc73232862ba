"""How the shipped models are made.

What is judged (judgements.py, models/*.judged.toml), what is counted on an invented register (register.py,
counting.py), and the files that come of both (build.py).
"""
