"""The record of an erasure, for the officer's file: what was done and what is left, never who it was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from engage.insight.weeks import moment_words
from engage.own_files import write_private
from engage.wording import counted

from .erasing import Erasure, Standing
from .unreachable import BEYOND


def write_record(erasure: Erasure, folder: Path) -> Path:
    """Put the record into the folder; returns where it is."""
    path = folder / f"{erasure.reference}.md"
    write_private(path, ("\n".join(record_lines(erasure)) + "\n").encode("utf-8"))
    return path


def record_lines(erasure: Erasure) -> Iterator[str]:
    """The record as text."""
    yield f"# {erasure.reference}"
    yield ""
    when = moment_words(erasure.on.isoformat(" ", "minutes"))
    yield f"Erased on {when}. Who it was stands nowhere. Whoever comes"
    yield "back with the same address, number or name is recognised by keyed hashes and shown to nobody."
    yield ""
    yield "## Taken out"
    yield ""
    yield "- the lists, questions and other grey tabs of every workbook that could be written"
    yield from (f"- {store}: {counted(count, 'piece')}" for store, count in erasure.cleared.pieces.items())
    waiting = erasure.cleared.left.items()
    yield from (f"- NOT YET: {store}: {problem.what}; the next sync does it" for store, problem in waiting)
    problems = erasure.report.problems
    yield from (
        f"- NOT YET: {key}: {problem.what}; the next sync does it" for key, problem in problems.items()
    )
    yield ""
    yield "## Asked of agencies, in their Problems to fix"
    yield ""
    yield from standing_lines(erasure.standing)
    yield from _perhaps_lines(erasure)
    yield ""
    yield "## What only people can reach"
    yield ""
    yield from (f"- [ ] {place}: take the person out by hand" for place in erasure.by_hand)
    yield from (f"- [ ] {line}" for line in BEYOND)


def _perhaps_lines(erasure: Erasure) -> Iterator[str]:
    """What was found by a name alone that others have too."""
    if erasure.perhaps:
        yield ""
        yield "## May be theirs, or somebody else's of that name"
        yield ""
        for store, count in erasure.perhaps.items():
            yield f"- [ ] {store}: {counted(count, 'value')}, left where nothing else tells whose it is"
        yield "- [ ] if it is the same person, engage erase for the number of those rows too; engage access"
        yield "  names the numbers"


def standing_lines(standing: Standing) -> Iterator[str]:
    """What still stands in sheets that staff keep."""
    if not standing.open:
        yield "- nothing: no sheet names the person any more"
    for (title, agency, writable), count in sorted(standing.open.items()):
        what = f"{agency or 'no agency named'}, {title}: {counted(count, 'row or cell', 'rows and cells')}"
        yield f"- {what}{', once somebody accepts' if writable else '; we may not write there: ask them'}"
