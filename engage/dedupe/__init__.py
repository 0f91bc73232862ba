"""Somebody's own list, deduplicated with no set-up by the linkage of every night: engage dedupe.

Read reading.py (a file's rows), columns.py (what its headings mean), listed.py (its records), clusters.py
(what linking them comes to).
"""
