"""Start here: how the workbook works, in words, and how things stood at the last change."""

from __future__ import annotations

from collections.abc import Iterator

from engage.built.as_read import read_rows
from engage.built.material import CellsByHeading, Material

TITLE = "Start here"
LABEL, TEXT = "Start here", "How this workbook works"
LAST_SYNC, SYNC_NOW = "Last sync", "Sync now"
KEPT = (LAST_SYNC, SYNC_NOW)  # written by SetCell, or by people: left here as they are
WORDS = (
    ("What this is", "A list of every employer that the partnership knows, put together each night from the "
     "agencies' own workbooks. Nobody's rows are changed by it."),
    ("Your own rows", "Type in your own tabs as you always have: sort, insert, copy, delete. Only the column "
     "Record ID belongs to the system; please leave it as it is."),
    ("Grey tabs", "Tabs marked (built nightly) are rebuilt every night. To change what they say, change the "
     "row it comes from. What is typed into them is not lost: it is moved to Problems to fix."),
    ("To review", "Pairs of rows that may be the same employer or person. Choose an answer in the column "
     "Decision. If you are not sure, say so: nothing is merged on a doubt."),
    ("Decisions", "Every merge and every answer. Choose Undo beside a row to take it back, last night's or "
     "last year's. Merging never deletes a row."),
    ("Problems to fix", "Cells that could not be read, or look wrong. Mend the cell in its own row, or "
     "choose Accept suggestion, or Leave as it is."),
)  # fmt: skip


def start_rows(material: Material) -> Iterator[CellsByHeading]:
    """The cells that are not ours as they stand, then the words, then tonight's counts in words."""
    standing = {row.get(LABEL, ""): row.get(TEXT, "") for row in read_rows(material.tabs.get(TITLE))}
    for label in KEPT:
        yield {LABEL: label, TEXT: standing.get(label, "")}
    for label, text in (*WORDS, *count_words(material), *material.words.items()):
        yield {LABEL: label, TEXT: text}


def count_words(material: Material) -> Iterator[tuple[str, str]]:
    """(label, sentence) of what the register holds tonight; the same register, the same sentences."""
    facts = material.facts
    yield "Employers", f"{len(facts.employers):,} employers and {len(facts.people):,} people, each once"
    asked, wrong = len(material.questions), len(material.problems)
    yield "Waiting for you", f"{_count(asked, 'question')} in To review, {_count(wrong, 'problem')} to fix"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


BUILDS = {TITLE: start_rows}
