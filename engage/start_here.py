"""What the Start here tab says, whoever writes it: init before the first night, the sync after it."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from .model import Grid

TITLE = "Start here"
LAST_SYNC, SYNC_NOW, SYNC_SAID = "Last sync", "Sync now", "What Sync now did"
LOOK_AT_THIS = "Look at this"


@cache
def guide() -> tuple[tuple[str, str], ...]:
    """Label and text of each line of templates/start_here.txt."""
    text = files("engage.templates").joinpath("start_here.txt").read_text(encoding="utf-8")
    parts = [line.partition("|") for line in text.splitlines() if line.strip()]
    return tuple((label.strip(), words.strip()) for label, _, words in parts)


def first_rows() -> tuple[tuple[str, str], ...]:
    """Label and text of every row below the headings, as laid out before the first night."""
    return ((LAST_SYNC, ""), (SYNC_NOW, ""), (SYNC_SAID, ""), *guide())


def look_in(rows: Grid) -> str:
    """What the last sync wants somebody to look at, "" if nothing; rows: of the tab."""
    return next((row[1] for row in rows if len(row) > 1 and row[0] == LOOK_AT_THIS), "")
